"""Chinese numerals against an independent reader of them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from cn2an import an2cn
from hypothesis import given, settings
from hypothesis import strategies as st

from validator.text.numerals import parse_arabic, parse_chinese, scale_factor

NUMERALS = {
    "零": 0,
    "〇": 0,
    "两": 2,
    "十": 10,
    "十五": 15,
    "二十": 20,
    "一百零三": 103,
    "一百二十": 120,
    "一百二": 120,
    "两千三": 2300,
    "两千三百": 2300,
    "三千零五": 3005,
    "一万": 10000,
    "两万三": 23000,
    "两万三千": 23000,
    "一万零三": 10003,
    "十二万": 120000,
    "三十五万六千": 356000,
    "一亿": 10**8,
    "一亿两千万": 120000000,
    "二〇二五": 2025,
    "一九": 19,
    "十二点五": Fraction("12.5"),
    "零点零三": Fraction("0.03"),
}


@pytest.mark.parametrize(("text", "value"), NUMERALS.items())
def test_numerals(text: str, value: int | Fraction) -> None:
    assert parse_chinese(text) == value


@pytest.mark.parametrize("text", ["", "点五", "十点", "万", "十百", "一二百", "甲", "一点甲", "亿"])
def test_what_is_none(text: str) -> None:
    with pytest.raises(ValueError, match=r"numeral|invalid"):
        parse_chinese(text)


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 10**12 - 1))
def test_any_number_written_by_another_library(number: int) -> None:
    assert parse_chinese(an2cn(str(number))) == number


@settings(max_examples=100, deadline=None)
@given(st.decimals("0.01", "99999.99", places=2))
def test_any_decimal_written_by_another_library(number: object) -> None:
    assert parse_chinese(an2cn(str(number))) == Fraction(str(number))


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 10**15))
def test_grouped_and_plain_are_the_same(number: int) -> None:
    assert parse_arabic(f"{number:,}") == parse_arabic(str(number)) == number


def test_scales_multiply() -> None:
    assert [scale_factor(one) for one in ("", "百", "万", "十万", "亿", "万亿", "百万亿")] == [
        1,
        100,
        10**4,
        10**5,
        10**8,
        10**12,
        10**14,
    ]


@pytest.mark.parametrize("text", ["", "1.2.3", "abc"])
def test_no_arabic_number(text: str) -> None:
    with pytest.raises(ValueError, match="Invalid literal"):
        parse_arabic(text)
