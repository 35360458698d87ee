"""Numbers with unit, scale and qualifier in folded text, however they are written."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest
from cn2an import an2cn
from engine import read
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from validator.facts import _quantities
from validator.text.fold import HOLE, fold
from validator.text.units import convert, family

WRITTEN = [
    # (text, value, unit, qualifier)
    ("86.5亿元", 8650000000, "元", ""),
    ("1,234.5万元", 12345000, "元", ""),
    ("二点三五亿元", 235000000, "元", ""),
    ("五百四十六点三分", "546.3", "分", ""),
    ("十二点五万人", 125000, "人", ""),
    ("5.26万人", 52600, "人", ""),
    ("1.2万亿元", 1200000000000, "元", ""),
    ("300多人", 300, "人", "多"),
    ("3千余户", 3000, "户", "余"),
    ("5百名", 500, "名", ""),
    ("１，２００人", 1200, "人", ""),
    ("60%以上", 60, "%", "以上"),
    ("12.5‰", "12.5", "‰", ""),
    ("百分之八十五", 85, "%", ""),
    ("百分之85.5", "85.5", "%", ""),
    ("千分之三", "0.3", "%", ""),
    ("六成五", 65, "%", ""),
    ("七成半", 75, "%", ""),
    ("两万三千人", 23000, "人", ""),
    ("一百二十八所", 128, "所", ""),
    ("三家", 3, "家", ""),
    ("0.4个百分点", "0.4", "个百分点", ""),
    ("-3.1%", "-3.1", "%", ""),
    ("４５名", 45, "名", ""),
    ("4.8个亿", "4.8", "个亿", ""),
    ("12人次", 12, "人次", ""),
    ("40.5万平方米", 405000, "平方米", ""),
    ("2.3平方公里", "2.3", "平方公里", ""),
]


@pytest.mark.parametrize(("text", "value", "unit", "qualifier"), WRITTEN, ids=[one[0] for one in WRITTEN])
def test_written_forms(text: str, value: int | str, unit: str, qualifier: str) -> None:
    found = _quantities.find(fold(f"共{text}。").text)
    assert [(one.value, one.unit, one.qualifier) for one in found] == [(Fraction(value), unit, qualifier)]


def test_ranks_and_holes() -> None:
    text = f"第4名，{HOLE}万人，第{HOLE}位"
    assert [(one.value, one.unit, one.rank, one.hole) for one in _quantities.find(text)] == [
        (4, "名", True, None),
        (None, "人", False, 0),
        (None, "位", True, 1),
    ]


def test_the_low_end_of_a_range_takes_the_unit_of_the_high_end() -> None:
    found = _quantities.find("增长5—5.5%，新增2-4家")
    assert [(one.value, one.unit, one.range_to) for one in found] == [
        (5, "%", False),
        (Fraction("5.5"), "%", True),
        (2, "家", False),
        (4, "家", True),
    ]


@pytest.mark.parametrize("text", ["PM2.5", "一致推进", "成立", "X", "上午九点五分"])
def test_what_is_no_quantity(text: str) -> None:
    assert all(not one.unit for one in _quantities.find(fold(text).text))


def test_a_vague_number_has_a_unit_and_no_value() -> None:
    assert [(one.value, one.unit) for one in _quantities.find("数十家企业")] == [(None, "家")]


# ── any value in any form reads back ─────────────────────────────────────────
FAMILIES = {
    "money": ("元", "万元", "亿元"),
    "people": ("人", "名", "万人"),
    "things": ("个", "家", "所", "项"),
    "area": ("平方米", "万平方米"),
    "percent": ("%",),
    "mass": ("吨", "万吨"),
}
SCALES = {"万": 10**4, "亿": 10**8}
BASE = {"money": "元", "people": "人", "things": "个", "area": "平方米", "percent": "%", "mass": "吨"}
WIDE = {ord(a): ord(b) for a, b in zip("0123456789.%", "０１２３４５６７８９．％", strict=True)}

units = st.sampled_from([(group, unit) for group, listed in FAMILIES.items() for unit in listed])
numbers = st.one_of(st.integers(1, 10**9).map(Fraction), st.decimals("0.01", "99999", places=2).map(Fraction))


def plain(number: Fraction) -> str:
    return str(number.numerator) if number.denominator == 1 else f"{float(number):.10f}".rstrip("0")


@settings(max_examples=150, deadline=None)
@given(number=numbers, unit=units, grouped=st.booleans(), wide=st.booleans())
def test_any_arabic_number_reads_back(
    number: Fraction, unit: tuple[str, str], grouped: bool, wide: bool
) -> None:
    group, written = unit
    whole, _, rest = plain(number).partition(".")
    text = (f"{int(whole):,}" if grouped else whole) + (f".{rest}" if rest else "") + written
    found = _quantities.find(fold(text.translate(WIDE) if wide else text).text)
    scale = SCALES.get(written[0], 1)
    assert [convert(one.value, one.unit, BASE[group]) for one in found if one.value is not None] == [
        number * scale
    ]
    assert family(found[0].unit) == group


@settings(max_examples=150, deadline=None)
@given(
    number=st.integers(1, 10**8 - 1),
    unit=st.sampled_from([("people", "人"), ("things", "所"), ("money", "元")]),
)
def test_any_chinese_number_reads_back(number: int, unit: tuple[str, str]) -> None:
    found = _quantities.find(an2cn(str(number)) + unit[1])
    assert [(one.value, one.unit) for one in found] == [(number, unit[1])]


@settings(max_examples=100, deadline=None)
@given(number=numbers, unit=units)
def test_any_number_has_the_same_value_in_all_units_of_its_family(
    number: Fraction, unit: tuple[str, str]
) -> None:
    group, _ = unit
    base = BASE[group]
    for word in {"money": ("元", "块"), "area": ("平方米", "公顷", "平方公里"), "mass": ("吨", "公斤")}.get(
        group, ()
    ):
        factor = convert(Fraction(1), word, base)
        assert convert(number / factor, word, base) == number


STATED: dict[str, tuple[str, dict[str, Fraction | int]]] = {
    "gdp": ("地区生产总值达到", {"亿元": 1, "万元": Fraction(1, 10**4), "元": Fraction(1, 10**8)}),
    "students": ("在校学生", {"人": 1, "万人": 10**4, "名": 1}),
    "area": ("体育场地面积为", {"平方米": 1, "万平方米": 10**4, "公顷": 10**4, "平方公里": 10**6}),
    "grain": ("粮食产量", {"吨": 1, "万吨": 10**4, "公斤": Fraction(1, 1000), "亿斤": 50000}),
    "patents": ("专利授权量", {"件": 1, "万件": 10**4, "项": 1}),
    "forest": ("森林覆盖率", {"%": 1}),
    "score": ("中考平均分", {"分": 1}),
}
FORMS: dict[str, Callable[[str], str]] = {
    "plain": lambda text: text,
    "full-width": lambda text: text.translate(WIDE),
    "grouped": lambda text: f"{int(text.partition('.')[0]):,}" + "".join(text.partition(".")[1:]),
    "full-width and grouped": lambda text: FORMS["grouped"](text).translate(WIDE),
    "Chinese": an2cn,
}
ways = st.sampled_from([(name, unit) for name, (_, listed) in STATED.items() for unit in listed])


@settings(max_examples=200, deadline=None)
@given(
    way=ways, form=st.sampled_from(list(FORMS)), digits=st.integers(1000, 9_999_999), places=st.integers(0, 3)
)
def test_a_statement_reads_back_however_it_is_written(
    way: tuple[str, str], form: str, digits: int, places: int
) -> None:
    """The same number in any unit of the family, and in Arabic or Chinese figures."""
    name, unit = way
    assume((form, unit) != ("Chinese", "分") or digits >= 100 * 10**places)  # 十分 is a word, 九点五分 a time
    number = Fraction(digits, 10**places) / (10**4 if unit == "%" else 1)
    text = FORMS[form](plain(number))
    written = f"百分之{text}" if (form, unit) == ("Chinese", "%") else text + unit
    (fact,) = read(f"{STATED[name][0]}{written}。").facts
    assert (fact.indicator, fact.role, fact.scope) == (name, "actual", "whole")
    assert fact.value == float(number * STATED[name][1][unit])
