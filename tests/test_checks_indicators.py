"""Findings on required indicators: which code, at which place, and what the clerk is told."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from engine import INDICATORS, TITLE, document, small

from validator.checks._base import Context
from validator.checks.indicators import CHECK
from validator.facts.reading import read_facts
from validator.facts.statuses import judge
from validator.model.finding import Finding
from validator.model.rule import Profile, Requirement, Rules
from validator.model.words import Bilingual

DETAILS = {
    "gdp": {"section": "经济", "owner": "统计股", "how": "地区生产总值86.5亿元", "range": (1, 100000)},
    "per_head": {
        "section": "体育",
        "owner": "群体股",
        "how": "人均体育场地面积2.35平方米",
        "range": (0.1, 20),
    },
    "students": {"section": "教育", "owner": "基教股", "how": "在校学生2.3万人", "range": (100, None)},
    "forest": {"section": "生态", "owner": "", "how": "森林覆盖率61.2%", "range": (0, 100)},
    "score_rank": {"section": "教育", "owner": "", "how": "列全市第4名", "range": (1, 50)},
}


def rules() -> Rules:
    from dataclasses import replace

    made = {one.id: replace(one, **DETAILS.get(one.id, {})) for one in INDICATORS}  # type: ignore[arg-type]
    return Rules(indicators=made, placeholders=small().placeholders)


RULES = rules()


def findings(
    text: str, *required: Requirement | str, suffix: str = ".txt", title: str = TITLE
) -> list[Finding]:
    wanted = tuple(one if isinstance(one, Requirement) else Requirement(indicator=one) for one in required)
    profile = Profile(id="p", name=Bilingual("p", "p"), require=wanted)
    read = document(title + text, suffix)
    reading = read_facts(read, RULES)
    results = judge(reading, RULES, profile)
    context = Context(document=read, reading=reading, rules=RULES, profile=profile, indicators=results)
    return list(CHECK.find(context))


def codes(found: Iterable[Finding]) -> list[str]:
    return [one.code for one in found]


CASES = {
    "全年平稳。": ["IND001"],
    "地区生产总值稳步提升。": ["IND002"],
    "地区生产总值X亿元。": ["IND003"],
    "地区生产总值    亿元。": ["IND004"],
    "地区生产总值达到86.5。": ["IND005"],
    "地区生产总值0.0865亿元。": ["IND006"],
    "地区生产总值86.5亿元。地区生产总值96.5亿元。": ["IND007"],
    "地区生产总值86.5亿元。": [],
    "地区生产总值865000万元。": [],
}


@pytest.mark.parametrize(("text", "expected"), CASES.items(), ids=list(CASES))
def test_codes(text: str, expected: list[str]) -> None:
    assert codes(findings(text, "gdp")) == expected


@pytest.mark.parametrize("text", ["森林覆盖率612%。", "森林覆盖率1000%。"])
def test_out_of_range(text: str) -> None:
    (one,) = findings(text, "forest")
    assert (one.code, one.severity) == ("IND006", "warning")
    assert "超出合理范围" in one.message.zh


def test_a_rank_needs_no_unit() -> None:
    assert findings("中考平均分546.3分，列全市第4。", "score_rank") == []


def test_what_nobody_requires_is_no_finding() -> None:
    assert findings("地区生产总值X亿元。", "students")[0].indicator == "students"
    assert findings("地区生产总值X亿元。") == []


def test_a_companion() -> None:
    wanted = Requirement(indicator="gdp", companions=("change",))
    assert codes(findings("地区生产总值86.5亿元。", wanted)) == ["IND008"]
    assert codes(findings("地区生产总值86.5亿元，增长5.2%。", wanted)) == []
    assert "增减幅" in findings("地区生产总值86.5亿元。", wanted)[0].message.zh


def test_a_target_is_told_as_one() -> None:
    (one,) = findings("全年平稳。", Requirement(indicator="gdp", roles=("target",)))
    assert "计划数" in one.message.zh


def test_the_message_says_what_where_how_and_whom_to_ask() -> None:
    (one,) = findings("一、教育工作\n\n全年平稳。", "students")
    for word in ("students", "教育工作", "在校学生2.3万人", "基教股"):
        assert word in one.message.zh + one.remedy.zh
    assert "在校学生2.3万人" in one.remedy.en


PLACES = [
    # (text, indicator, line, column)
    ("地区生产总值X亿元。", "gdp", 3, 7),
    ("森林覆盖率为%。", "forest", 3, 7),
    ("地区生产总值稳步提升。", "gdp", 3, 1),
    ("在校学生2万人。后来在校学生3万人。", "students", 3, 11),
    ("一、经济\n\n全年平稳。\n\n二、教育\n\n质量提升。", "students", 7, 1),
    ("一、经济\n\n全年平稳。\n\n二、教育\n\n质量提升。", "gdp", 3, 1),
    ("全年平稳。", "gdp", 1, 1),
]


@pytest.mark.parametrize(("text", "wanted", "line", "column"), PLACES)
def test_places(text: str, wanted: str, line: int, column: int) -> None:
    (one,) = findings(text, wanted)
    assert (one.location.line, one.location.column) == (line, column)


def test_every_finding_is_in_both_languages_and_names_its_indicator() -> None:
    text = "地区生产总值X亿元，森林覆盖率612%，在校学生稳步增加。人均体育场地面积达到2.35。"
    found = findings(text, "gdp", "forest", "students", "per_head", "grain")
    assert codes(found) == ["IND003", "IND006", "IND002", "IND005", "IND001"]
    for one in found:
        assert one.indicator
        assert one.message.zh
        assert one.message.en
        assert one.message.zh != one.message.en
