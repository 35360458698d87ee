"""`facts --explain` and `rules coverage`: what was made of every name, and what the packs may miss."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Program
from validator.coverage import cover
from validator.facts.reading import read_facts
from validator.model.fact import Attempt, Outcome
from validator.model.report import ReportResult, Run
from validator.rulepacks.loader import load_rules
from validator.trial import document_of

RULES = load_rules()


def attempts(text: str, indicator: str) -> list[Attempt]:
    found = read_facts(document_of(text), RULES, explain=True).attempts
    return [one for one in found if one.indicator == indicator]


@pytest.mark.parametrize(
    ("text", "indicator", "outcome", "number", "detail"),
    [
        ("地区生产总值完成88.2亿元。", "economy.gdp", Outcome.TAKEN, "88.2亿元", "level"),
        ("地区生产总值增长6.1%。", "economy.gdp", Outcome.TAKEN, "6.1%", "change"),
        ("地区生产总值XX亿元。", "economy.gdp", Outcome.TAKEN, "XX亿元", "hole"),
        ("地区生产总值与邻县的茶叶加工合起来达到9亿元。", "economy.gdp", Outcome.GAP, "9亿元", "与"),
        ("地区生产总值稳步提升。", "economy.gdp", Outcome.ALONE, "", ""),
        ("地区生产总值达到88人。", "economy.gdp", Outcome.MISFIT, "88人", "人"),
        ("研发投入占GDP比重2.1%。", "economy.gdp", Outcome.TRAP, "", "占GDP比重"),
    ],
)
def test_every_name_has_an_outcome(
    text: str, indicator: str, outcome: Outcome, number: str, detail: str
) -> None:
    found = [one for one in attempts(text, indicator) if one.outcome is outcome]
    assert found, attempts(text, indicator)
    assert found[0].number == number
    assert found[0].detail.startswith(detail)
    assert found[0].context in text


def test_reading_without_explain_tells_nothing_and_finds_the_same() -> None:
    document = document_of("地区生产总值完成88.2亿元，增长6.1%。高新技术企业12家。")
    plain, told = read_facts(document, RULES), read_facts(document, RULES, explain=True)
    assert plain.attempts == ()
    assert plain.facts == told.facts
    assert len(told.attempts) >= len(told.facts)


def test_a_number_beside_words_like_a_name() -> None:
    found = attempts("粮食在本年度的总产量为12万吨。", "economy.grain_output")
    assert [one.outcome for one in found] == [Outcome.LOOSE]
    assert found[0].number == "12万吨"


def test_console_and_json_lines(folder: Path, program: Program) -> None:
    (folder / "a.txt").write_text("地区生产总值完成88.2亿元，邻县的茶叶产值9亿元。", encoding="utf-8")
    done = program("facts", "--explain", "--indicator", "economy.gdp", "a.txt")
    assert done.code == 0
    assert "取为数值" in done.out
    assert "“邻县" in done.out
    assert "地区生产总值" in program("--lang", "en", "facts", "--explain", "a.txt").out
    done = program("facts", "--explain", "--indicator", "economy.gdp", "a.txt", "--format", "jsonl")
    records = [json.loads(line) for line in done.out.splitlines()]
    assert [one["outcome"] for one in records] == ["taken", "gap"]
    assert records[1]["between"] == "，邻县的茶叶产值"
    done = program("facts", "--explain", "a.txt", "--format", "csv")
    assert done.code == 2
    assert "--explain" in done.err


def result(path: str, text: str) -> ReportResult:
    document = document_of(text)
    reading = read_facts(document, RULES, explain=True)
    return ReportResult(
        path=path, format="txt", facts=reading.facts, attempts=reading.attempts, document=document
    )


def test_coverage_counts_over_reports() -> None:
    reports = (
        result("a", "地区生产总值完成88.2亿元。高新技术企业与瞪羚共12家。"),
        result("b", "高新技术企业与瞪羚共15家。森林覆盖率稳步提升。"),
    )
    found = cover(Run(reports=reports), RULES)
    assert (found.reports, found.facts) == (2, 1)
    assert "economy.gdp" not in found.silent
    assert found.silent["environment.forest_coverage"] == 1
    assert found.silent["education.schools"] == 0
    near = {(one.indicator, one.key): one for one in found.near}
    gap = near["science.hightech_total", "与瞪羚共"]
    assert (gap.count, gap.path, gap.example.number) == (2, "a", "12家")
    assert all(word not in found.unused.get("economy.gdp", ()) for word in [gap.example.wording])


def test_coverage_command(folder: Path, program: Program) -> None:
    (folder / "a.txt").write_text("地区生产总值完成88.2亿元。\n高新技术企业与瞪羚共12家。", encoding="utf-8")
    done = program("rules", "coverage", "a.txt")
    assert done.code == 0
    assert "读了 1 份报告，读出 1 个数" in done.out
    assert "中间的“与瞪羚共”不认识" in done.out
    assert "--all" in done.out
    assert len(program("rules", "coverage", "a.txt", "--all").out) > len(done.out)
    assert program("rules", "coverage").code == 2
    assert program("rules", "coverage", "nothing.txt").code == 2
