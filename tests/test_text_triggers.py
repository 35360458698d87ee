"""Which patterns can match at all: the same answer as asking word by word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.text.triggers import Triggers

WORDS = [["下载", "转发"], [], ["扫"], ["微信号", "VX"], [""], ["载"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [1, 4]),
        ("扫", [1, 2, 4]),
        ("下", [1, 4]),
        ("请下载", [0, 1, 4, 5]),
        ("下不载", [1, 4, 5]),
        ("微信好", [1, 4]),
        ("加微信号", [1, 3, 4]),
        ("加VX扫码", [1, 2, 3, 4]),
    ],
)
def test_possible_patterns_in_order(text: str, expected: list[int]) -> None:
    assert Triggers(WORDS).possible(text) == expected


@given(
    st.lists(st.lists(st.text("甲乙丙", max_size=4), max_size=3), max_size=6), st.text("甲乙丙丁", max_size=9)
)
def test_the_answer_is_that_of_asking_word_by_word(words: list[list[str]], text: str) -> None:
    asked = [at for at, one in enumerate(words) if not one or any(word in text for word in one)]
    assert Triggers(words).possible(text) == asked
