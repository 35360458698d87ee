"""Families of units: what fits what, and how it converts."""

from __future__ import annotations

from fractions import Fraction

import pytest

from validator.text.units import UNITS, convert, family, fits

CONVERSIONS = [
    (8600 * 10**4, "元", "亿元", Fraction("0.86")),
    (10**8, "元", "万元", 10**4),
    (1, "个亿", "万元", 10**4),
    (5, "块钱", "元", 5),
    (2, "公顷", "平方米", 20000),
    (1, "平方公里", "平方米", 10**6),
    (12, "‰", "%", Fraction("1.2")),
    (3, "公斤", "吨", Fraction("0.003")),
    (4, "斤", "吨", Fraction("0.002")),
    (7, "名", "人", 7),
    (1, "亩", "平方米", Fraction("666.6666667")),
]


@pytest.mark.parametrize(("value", "unit", "wanted", "expected"), CONVERSIONS)
def test_conversions(value: int, unit: str, wanted: str, expected: Fraction | int) -> None:
    assert fits(unit, wanted)
    assert convert(Fraction(value), unit, wanted) == expected


def test_land_in_square_metres_comes_back_as_mu() -> None:
    assert convert(Fraction("666.6666667") * 65, "平方米", "亩") == 65


@pytest.mark.parametrize(
    ("unit", "wanted"),
    [
        ("元", "%"),
        ("%", "元"),
        ("人", "个"),
        ("个", "人"),
        ("人次", "人"),
        ("美元", "亿元"),
        ("个百分点", "%"),
        ("年", "个"),
        ("倍", "%"),
        ("公里", "平方米"),
        ("没有", "个"),
        ("分", "名"),
        ("", "人"),
    ],
)
def test_what_does_not_fit(unit: str, wanted: str) -> None:
    assert not fits(unit, wanted)


@pytest.mark.parametrize("unit", ["个", "家", "所", "户", "项", "件", "支", "处"])
def test_classifiers_for_things_stand_for_each_other(unit: str) -> None:
    assert all(fits(unit, wanted) for wanted in ("个", "家", "所", "项", "件"))


def test_a_ratio_may_count_people_in_general_classifiers() -> None:
    assert fits("个", "人", ratio=True)
    assert not fits("人", "个", ratio=True)


def test_every_unit_has_one_family() -> None:
    assert all(family(unit) for unit in UNITS)
    assert family("光年") is None


@pytest.mark.parametrize(
    ("unit", "wanted", "value", "expected"),
    [
        ("人次", "人次", 83000, 83000),
        ("人次", "万人次", 83000, 8.3),
        ("人", "万人", 52000, 5.2),
        ("平方米", "万平方米", 1125000, 112.5),
        ("公里", "公里", 12, 12),
        ("元", "亿元", 130000000, 1.3),
        ("斤", "万吨", 3000000, 0.15),
    ],
)
def test_a_users_own_unit_is_read_too(unit: str, wanted: str, value: int, expected: float) -> None:
    assert fits(unit, wanted)
    assert float(convert(Fraction(value), unit, wanted)) == pytest.approx(expected)


@pytest.mark.parametrize(("unit", "wanted"), [("册", "公里"), ("人次", "人"), ("元", "人"), ("年", "岁")])
def test_what_counts_something_else_does_not_fit(unit: str, wanted: str) -> None:
    assert not fits(unit, wanted)
