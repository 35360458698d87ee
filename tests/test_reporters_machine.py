"""The outputs for programs: the same records in JSON, JSON Lines and CSV, safe to read."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import replace

import pytest

from validator.model.fact import Fact, Hole
from validator.model.finding import Finding, IndicatorResult
from validator.model.location import Location
from validator.model.report import Ledger, LedgerEntry, ReportResult, Run
from validator.model.rule import Indicator, Profile, Requirement, Rules
from validator.model.words import Bilingual, Lang, Role, Scope, Severity, Status
from validator.reporters import csv as csv_reporter
from validator.reporters import json as json_reporter
from validator.reporters import jsonl as jsonl_reporter
from validator.reporters._base import Look, Reporter
from validator.reporters.console import REPORTER as CONSOLE

PLACE = Location(line=3, column=5, end_line=3, end_column=9, paragraph=2, section=("一、经济", "（一）总量"))
FACT = Fact(
    indicator="economy.gdp",
    role=Role.ACTUAL,
    value=286.40000000000003,
    unit="亿元",
    location=PLACE,
    text="地区生产总值286.4亿元",
    value_text="286.4亿元",
    year=2023,
)
NASTY = "=cmd|\x1b[31m\x85\u2028\u202e\u200f\ud800"
FACTS = (
    FACT,
    replace(
        FACT,
        role=Role.CHANGE,
        of=Role.ACTUAL,
        direction="up",
        value=5.0,
        unit="%",
        value_text="5%",
        text=NASTY,
    ),
    replace(FACT, scope=Scope.PART),
    replace(FACT, indicator="sports.venues", value=3.0, unit="个"),
    replace(
        FACT,
        value=None,
        hole=Hole(code="PLC001", text="X", block=0, start=0, end=1, location=PLACE),
        value_text="X",
    ),
)
RULES = Rules(
    indicators={
        "economy.gdp": Indicator(
            id="economy.gdp", name=Bilingual("地区生产总值", "GDP"), wordings=(), unit="亿元", kind="amount"
        )
    },
    profiles={
        "p": Profile(id="p", name=Bilingual("甲", "A"), require=(Requirement(indicator="sports.venues"),))
    },
)
FINDING = Finding(
    code="PLC001",
    severity=Severity.ERROR,
    message=Bilingual("没有填", "not filled in"),
    remedy=Bilingual("填写", "fill in"),
    location=PLACE,
    text=NASTY,
    fingerprint="0123456789abcdef",
    waived="型号",
)
RUN = Run(
    reports=(
        ReportResult(
            path="r/a.txt",
            format="txt",
            encoding="gb18030",
            profile="p",
            title="总结",
            year=2023,
            indicators=(
                IndicatorResult(
                    id="economy.gdp",
                    name=Bilingual("地区生产总值", "GDP"),
                    status=Status.REPORTED,
                    required=True,
                    role="actual",
                    facts=(FACTS[0], FACTS[4]),
                ),
            ),
            findings=(FINDING, replace(FINDING, waived=None, severity=Severity.WARNING)),
            facts=FACTS,
        ),
    ),
    ledger=Ledger(checked=("r/a.txt",), skipped=(LedgerEntry(path="r/a.py", zh="程序", en="code"),)),
)


def output(reporter: Reporter, form: str, look: Look | None = None) -> str:
    out = getattr(reporter, form)(RUN, RULES, look or Look(version="9"))
    return out if isinstance(out, str) else out.decode()


def records(look: Look | None = None) -> list[dict[str, object]]:
    return [json.loads(row) for row in output(jsonl_reporter.REPORTER, "facts", look).splitlines()]


def test_the_json_document() -> None:
    text = output(json_reporter.REPORTER, "check")
    assert text.endswith("}\n")
    data = json.loads(text)
    assert list(data) == ["schema_version", "tool", "ledger", "summary", "reports"]
    assert data["tool"] == {"name": "validator", "version": "9"}
    assert data["ledger"] == {
        "found": 2,
        "checked": 1,
        "skipped": [{"path": "r/a.py", "reason": "程序"}],
        "unreadable": [],
    }
    assert data["summary"] == {
        "errors": 0,
        "warnings": 1,
        "infos": 0,
        "required": 1,
        "reported": 1,
        "completeness": 1.0,
    }
    report = data["reports"][0]
    assert list(report) == [
        "path", "format", "encoding", "profile", "stage", "title", "year", "indicators", "findings",
    ]  # fmt: skip
    finding = report["findings"][0]
    assert list(finding) == [
        "code", "severity", "message", "remedy", "text", "indicator", "obfuscated", "anchor", "fingerprint",
        "waived", "waived_by", "location",
    ]  # fmt: skip
    assert finding["text"] == NASTY
    assert finding["location"] == {
        "part": "body",
        "line": 3,
        "column": 5,
        "end_line": 3,
        "end_column": 9,
        "page": None,
        "paragraph": 2,
        "table": None,
        "row": None,
        "cell": None,
        "sheet": None,
        "section": "一、经济 > （一）总量",
        "address": "（一）总量 第2段",
    }
    indicator = report["indicators"][0]
    assert list(indicator) == ["id", "name", "status", "required", "role", "facts"]
    assert [fact["hole"] for fact in indicator["facts"]] == [None, "placeholder"]


def test_json_in_english() -> None:
    data = json.loads(output(json_reporter.REPORTER, "check", Look(lang=Lang.EN)))
    assert data["reports"][0]["findings"][0]["message"] == "not filled in"
    assert data["ledger"]["skipped"][0]["reason"] == "code"


def test_completeness_of_nothing_required_is_unknown() -> None:
    assert json_reporter.REPORTER.check is not None
    out = json_reporter.REPORTER.check(Run(), RULES, Look())
    assert json.loads(out)["summary"]["completeness"] is None


def test_a_line_of_jsonl() -> None:
    first = records()[0]
    assert list(first) == [
        "path", "indicator", "role", "of", "direction", "scope", "value", "unit", "qualifier",
        "value_text", "text", "year", "location",
    ]  # fmt: skip
    assert (first["value"], first["year"], first["of"]) == (286.4, 2023, None)
    assert records()[1]["value"] == 5


@pytest.mark.parametrize(
    ("look", "indicators"),
    [
        (Look(), ["economy.gdp", "economy.gdp", "sports.venues"]),
        (Look(all_scopes=True), ["economy.gdp", "economy.gdp", "economy.gdp", "sports.venues"]),
        (Look(indicator="sports.venues"), ["sports.venues"]),
        (Look(profile="p"), ["sports.venues"]),
        (Look(profile="p", indicator="economy.gdp"), []),
    ],
)
def test_which_facts_are_listed(look: Look, indicators: list[str]) -> None:
    assert [one["indicator"] for one in records(look)] == indicators


@pytest.mark.parametrize("form", ["check", "facts"])
def test_no_raw_control_characters(form: str) -> None:
    reporter = json_reporter.REPORTER if form == "check" else jsonl_reporter.REPORTER
    out = output(reporter, form)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u200f\ud800-\udfff]", out)


def test_csv_is_safe_for_spreadsheets() -> None:
    out = output(csv_reporter.REPORTER, "facts")
    rows = list(csv.DictReader(out.splitlines()))
    assert rows[0] | {"value": "286.4", "name": "地区生产总值", "line": "3"} == rows[0]
    assert rows[1]["text"].startswith("'=cmd|\\x1b[31m")
    assert len(rows) == 3


def test_the_table_of_facts_for_people() -> None:
    out = output(CONSOLE, "facts")
    assert out.splitlines()[0] == "r/a.txt  3 个数"
    assert "地区生产总值" in out
    assert "+5%" in out
    assert "\x1b" not in out
