"""Display width: columns, cutting, and wrapping with the rules of Chinese lines."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validator.text.width import NO_END, NO_START, cut, pad, quoted, width, wrap


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("", 0),
        ("abc", 3),
        ("在校生", 6),
        ("Ａ", 2),
        ("a在", 3),
        ("e\u0301", 1),
        ("\u200b", 0),
        ("\x07", 0),
        ("“”", 2),
        ("×", 1),
    ],
)
def test_width(text: str, columns: int) -> None:
    assert width(text) == columns


def test_pad() -> None:
    assert pad("在校", 6) == "在校  "
    assert pad("在校生", 4) == "在校生"


@pytest.mark.parametrize(
    ("text", "columns", "expected"),
    [
        ("在校学生", 8, "在校学生"),
        ("在校学生", 7, "在校学…"),
        ("在校学生", 6, "在校…"),
        ("abc", 2, "a…"),
        ("在", 1, "…"),
    ],
)
def test_cut(text: str, columns: int, expected: str) -> None:
    assert cut(text, columns) == expected


@pytest.mark.parametrize(
    ("text", "columns", "lines"),
    [
        ("", 10, [""]),
        ("全县在校学生", 8, ["全县在校", "学生"]),
        ("全县在校，学生", 8, ["全县在", "校，学生"]),
        ("全县在（校）生", 8, ["全县在", "（校）生"]),
        ("see validator rules show", 14, ["see validator", "rules show"]),
        ("aaaaaaaaaaaa", 5, ["aaaaa", "aaaaa", "aa"]),
        ("在校", 2, ["在", "校"]),
    ],
)
def test_wrap(text: str, columns: int, lines: list[str]) -> None:
    assert wrap(text, columns) == lines


texts = st.text("在校学生，。；（）“”a b1/%…　\u0301", max_size=60)


@settings(max_examples=200, deadline=None)
@given(texts, st.integers(2, 30))
def test_lines_fit_and_nothing_but_blanks_is_lost(text: str, columns: int) -> None:
    lines = wrap(text, columns)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(width(line) <= columns for line in lines)


@settings(max_examples=200, deadline=None)
@given(st.text("在校学生，。；（", max_size=60).filter(lambda one: "，，" not in one), st.integers(12, 30))
def test_punctuation_stands_where_it_may_if_there_is_a_choice(text: str, columns: int) -> None:
    for line, following in zip(wrap(text, columns), wrap(text, columns)[1:], strict=False):
        run = line[-5:] + following[:1]
        if not any(one in NO_START | NO_END for one in run[:-1]):
            assert following[0] not in NO_START


@settings(max_examples=200, deadline=None)
@given(texts, st.integers(1, 30))
def test_cut_text_fits(text: str, columns: int) -> None:
    assert width(cut(text, columns)) <= columns


@pytest.mark.parametrize(
    ("text", "expected"), [("在校学生数", "“在校学生数”"), ("党建“三化”达标占比", "“党建‘三化’达标占比”")]
)
def test_quotation_marks_inside_are_single(text: str, expected: str) -> None:
    assert quoted(text) == expected
