"""Role, year and scope of a value: title, heading, opening of the sentence, cue in the clause."""

from __future__ import annotations

import pytest
from engine import facts, read

ROLES = [
    # (title, text, expected)
    ("临川县2023年工作总结", "地区生产总值86.5亿元。", ["gdp actual 86.5"]),
    ("临川县2024年工作计划", "地区生产总值达到90亿元。", ["gdp target 90"]),
    ("临川县2024年工作要点", "地区生产总值增长5.5%。", ["gdp change/target up 5.5%"]),
    ("临川县2023年工作总结和2024年工作打算", "地区生产总值86.5亿元。", ["gdp actual 86.5"]),
    # headings
    ("临川县2023年工作总结", "二、2024年工作打算\n\n地区生产总值达到90亿元。", ["gdp target 90"]),
    ("临川县2023年工作总结", "二、下一步工作\n\n森林覆盖率达到62%。", ["forest target 62"]),
    ("临川县2023年工作总结", "一、主要工作成效\n\n森林覆盖率达到62%。", ["forest actual 62"]),
    ("临川县2023年工作总结", "一、存在问题\n\n森林覆盖率仅为52%。", ["forest actual 52"]),
    # opening of the sentence
    ("临川县2023年工作总结", "2024年，地区生产总值达到90亿元。", ["gdp target 90"]),
    ("临川县2023年工作总结", "2023年，地区生产总值达到86.5亿元。", ["gdp actual 86.5"]),
    # cues
    ("临川县2023年工作总结", "明年力争地区生产总值达到90亿元。", ["gdp target 90"]),
    ("临川县2023年工作总结", "确保森林覆盖率不低于62%。", ["forest target 62"]),
    ("临川县2023年工作总结", "地区生产总值力争突破90亿元。", ["gdp target 90"]),
    (
        "临川县2023年工作总结",
        "主要预期目标是：地区生产总值增长5.5%，森林覆盖率达到62%。",
        [
            "gdp change/target up 5.5%",
            "forest target 62",
        ],
    ),
    ("临川县2023年工作总结", "超额完成年度目标任务，地区生产总值达到86.5亿元。", ["gdp actual 86.5"]),
    ("临川县2023年工作总结", "实施特岗计划，招聘新教师45名。", ["recruits actual 45"]),
    ("临川县2023年工作总结", "计划招聘新教师45名。", ["recruits target 45"]),
    # the aim is what comes after the value that it starts from
    (
        "临川县2023年工作总结",
        "中考平均分力争在今年546.3分的基础上提高3分。",
        ["score actual 546.3", "score change/target up 3分"],
    ),
    (
        "临川县2023年工作总结",
        "森林覆盖率力争由61.2%提高到62%。",
        ["forest previous 61.2", "forest target 62"],
    ),
    (
        "临川县2024年工作计划",
        "中考平均分在2023年546.3分的基础上再提高3分。",
        ["score previous 546.3", "score change/target up 3分"],
    ),
    # earlier periods in the same sentence
    ("临川县2023年工作总结", "地区生产总值86.5亿元，上年为82亿元。", ["gdp actual 86.5", "gdp previous 82"]),
    (
        "临川县2023年工作总结",
        "地区生产总值由2022年的82亿元增加到86.5亿元。",
        ["gdp previous 82", "gdp actual 86.5"],
    ),
]


@pytest.mark.parametrize(("title", "text", "expected"), ROLES, ids=[f"{a} {b}" for a, b, _ in ROLES])
def test_roles(title: str, text: str, expected: list[str]) -> None:
    assert facts(text, title=f"{title}\n\n") == expected


SCOPES = {
    "小学在校生9800人。": ["students actual 9800 part"],
    "其中，初中在校学生5600人。": ["students actual 5600 part"],
    "全县在校学生2.3万人，其中小学在校生9800人。": ["students actual 23000", "students actual 9800 part"],
    "全国森林覆盖率24.9%。": ["forest actual 24.9 other"],
    "青石岭镇森林覆盖率68%。": ["forest actual 68 part"],
    "青石镇森林覆盖率68%。": ["forest actual 68 part"],
    "柳河区地区生产总值210亿元。": ["gdp actual 210 other"],
    "我县地区生产总值86.5亿元。": ["gdp actual 86.5"],
    "临川县地区生产总值86.5亿元。": ["gdp actual 86.5"],
    "五年来，累计招聘新教师260名。": ["recruits actual 260 period"],
    "近三年累计招聘新教师260名，今年招聘45名。": ["recruits actual 260 period", "recruits actual 45"],
    "近三年累计招聘新教师260名，其中2021年招聘98名。": ["recruits actual 260 period"],
    # the years are those of one number, not of the sentences after it
    "森林覆盖率61.2%，“十四五”期间累计提高2个百分点。招聘新教师45名。": [
        "forest actual 61.2",
        "forest change/actual up 2个百分点 period",
        "recruits actual 45",
    ],
    "地区生产总值年均增长6.1%。": ["gdp change/actual up 6.1% period"],
    "“十四五”期间，地区生产总值年均增长6.1%。": ["gdp change/actual up 6.1% period"],
    "地区生产总值增长5.2%，高于全省1.1个百分点。": [
        "gdp change/actual up 5.2%",
        "gdp change/actual up 1.1个百分点 other",
    ],
}


@pytest.mark.parametrize(("text", "expected"), SCOPES.items(), ids=list(SCOPES))
def test_scopes(text: str, expected: list[str]) -> None:
    assert facts(text) == expected


YEARS = [
    ("临川县2023年工作总结", "森林覆盖率61%。", 2023),
    ("临川县二〇二三年工作总结", "森林覆盖率61%。", 2023),
    ("临川县2023年工作总结和2024年工作打算", "森林覆盖率61%。", 2023),
    ("临川县2024年工作计划", "森林覆盖率达到61%。", 2024),
    ("临川县2024年政府工作报告", "一、2023年工作回顾\n\n森林覆盖率61%。", 2023),
    ("工作总结", "2023年，森林覆盖率61%。", 2023),
    ("工作总结", "森林覆盖率61%。", None),
]


@pytest.mark.parametrize(("title", "text", "year"), YEARS, ids=[one[0] + one[1][:6] for one in YEARS])
def test_the_year_that_a_report_is_on(title: str, text: str, year: int | None) -> None:
    assert read(text, title=f"{title}\n\n").year == year


def test_facts_carry_their_year() -> None:
    text = "地区生产总值86.5亿元。2022年，地区生产总值82亿元。2024年，地区生产总值力争达到90亿元。"
    assert [one.year for one in read(text).facts] == [2023, 2022, 2024]


def test_definitions_state_nothing() -> None:
    assert facts("名词解释\n\n一、指标解释\n\n森林覆盖率61%。") == []


def test_a_target_of_last_year_beside_this_years_result() -> None:
    assert facts("森林覆盖率达到61.2%，超过年度目标0.2个百分点。")[0] == "forest actual 61.2"


GAPS = {
    "2022年，地区生产总值达到82亿元。": ["gdp previous 82"],
}


@pytest.mark.xfail
@pytest.mark.parametrize(("text", "expected"), GAPS.items(), ids=list(GAPS))
def test_what_is_not_read_yet(text: str, expected: list[str]) -> None:
    assert facts(text) == expected
