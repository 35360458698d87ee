"""The verdict on an indicator: all seven statuses, and what counts as a contradiction."""

from __future__ import annotations

import pytest
from engine import read, small, status

from validator.facts.statuses import conflicts, judge

STATUSES = [
    ("地区生产总值86.5亿元。", "gdp", "reported"),
    ("地区生产总值增长5.2%。", "gdp", "no_value"),
    ("地区生产总值稳步提升。", "gdp", "no_value"),
    ("地区生产总值X亿元。", "gdp", "placeholder"),
    ("地区生产总值【待补充】亿元。", "gdp", "placeholder"),
    ("各级各类学校〇〇所。", "schools", "placeholder"),
    ("各级各类学校○○所。", "schools", "placeholder"),
    ("地区生产总值    亿元。", "gdp", "blank"),
    ("森林覆盖率为%。", "forest", "blank"),
    ("森林覆盖率____%。", "forest", "placeholder"),
    ("森林覆盖率（  ）%。", "forest", "placeholder"),
    ("全年工作平稳有序。", "gdp", "absent"),
    ("小学在校生9800人。", "students", "absent"),
    ("小学在校生9800人。在校学生23000人。", "students", "reported"),
    ("地区生产总值86.5亿元。地区生产总值96.5亿元。", "gdp", "conflicting"),
    ("地区生产总值86.5亿元。2022年，地区生产总值82亿元。", "gdp", "reported"),
    ("地区生产总值86.5亿元，增长X%。", "gdp", "reported"),
    ("地区生产总值跨过80亿元大关。", "gdp", "reported"),
    ("明年地区生产总值力争达到90亿元。", "gdp", "no_value"),
    ("全县在校学生23000人。其中寄宿在校学生5600人。", "students", "reported"),
    ("地区生产总值86.5亿元。上半年地区生产总值40亿元。", "gdp", "reported"),
    ("全年招聘新教师45名。上半年招聘新教师20名。", "recruits", "reported"),
    ("森林覆盖率61.2%-61.5%。", "forest", "reported"),
]


@pytest.mark.parametrize(("text", "wanted", "expected"), STATUSES, ids=[one[0] for one in STATUSES])
def test_statuses(text: str, wanted: str, expected: str) -> None:
    assert status(text, wanted) == expected


def test_not_applicable_wins() -> None:
    assert status("地区生产总值X亿元。", "gdp", not_applicable={"gdp": "不统计"}) == "not_applicable"


@pytest.mark.parametrize(
    ("roles", "expected"),
    [
        (("actual",), "no_value"),
        (("actual", "change"), "reported"),
        (("change",), "reported"),
        (("target",), "no_value"),
    ],
)
def test_the_roles_that_count(roles: tuple[str, ...], expected: str) -> None:
    assert status("地区生产总值增长5.2%。", "gdp", *roles) == expected


def test_without_a_profile_only_what_is_named_is_judged() -> None:
    results = judge(read("地区生产总值86.5亿元，森林覆盖率稳步提升。"), small(), None)
    assert {one.id: one.status.value for one in results} == {"gdp": "reported", "forest": "no_value"}
    assert not any(one.required for one in results)


AGREE = {
    "the same in another unit": "地区生产总值86.5亿元。地区生产总值865000万元。",
    "rounded to the last digit": "在校学生52600人。在校学生5.26万人。",
    "rounded off": "在校学生52643人。在校学生5.26万人。",
    "rounded up": "在校学生52551人。在校学生5.26万人。",
    "more than": "在校学生52643人。在校学生5万余人。",
    "about": "在校学生52643人。在校学生约5万人。",
    "above": "森林覆盖率61.2%。森林覆盖率60%以上。",
    "another year": "森林覆盖率61.2%。2022年，森林覆盖率60.1%。",
    "a target": "森林覆盖率61.2%。明年森林覆盖率力争达到63%。",
    "a part": "在校学生23000人。小学在校生9800人。",
}
CONFLICT = {
    "another number": "在校学生52600人。在校学生56200人。",
    "digits swapped": "在校学生5.26万人。在校学生5.62万人。",
    "a unit too many": "地区生产总值86.5亿元。地区生产总值86.5万元。",
    "rounded wrongly": "在校学生52700人。在校学生5.26万人。",
    "one tenth": "森林覆盖率61.2%。森林覆盖率61.3%。",
}


@pytest.mark.parametrize("text", AGREE.values(), ids=list(AGREE))
def test_values_that_agree(text: str) -> None:
    facts = [one for one in read(text).facts if one.scope == "whole"]
    assert conflicts(facts) == []


@pytest.mark.parametrize("text", CONFLICT.values(), ids=list(CONFLICT))
def test_values_that_contradict(text: str) -> None:
    facts = list(read(text).facts)
    assert conflicts(facts) == [(facts[0], facts[1])]


def test_a_part_of_what_the_paragraph_has_stated() -> None:
    assert status("党建经费36万元。其中县本级党建经费20万元。", "funding") == "reported"
    assert status("其中县本级党建经费20万元。党建经费36万元。", "funding") == "conflicting"


def test_what_the_province_has_is_not_the_countys() -> None:
    assert status("全省森林覆盖率63%。", "forest") == "absent"
    assert status("全市森林覆盖率63%。", "forest", title="临川市2023年工作总结\n\n") == "reported"


def test_two_values_side_by_side() -> None:
    assert status("党建经费36万元（财政口径为39万元）。", "funding") == "conflicting"
    assert status("党建经费36万元（或39万元）。", "funding") == "conflicting"
    assert status("党建经费36万元（其中省级9万元）。", "funding") == "reported"


def test_the_year_as_a_whole_is_no_part_of_the_schools_just_named() -> None:
    assert status("河湾小学、东岭初中按期开学，全县在校学生1860人。", "students") == "reported"
    assert status("新建初中8所，在校学生1860人。", "students") != "reported"


GAPS = [
    # (text, indicator, expected)
    ("2022年，地区生产总值达到82亿元。", "gdp", "no_value"),
]


@pytest.mark.xfail
@pytest.mark.parametrize(("text", "wanted", "expected"), GAPS, ids=[one[0] for one in GAPS])
def test_statuses_not_right_yet(text: str, wanted: str, expected: str) -> None:
    assert status(text, wanted) == expected
