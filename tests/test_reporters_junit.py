"""JUnit XML: a case a requirement and a finding, every name once, the counts right, below the limit."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from runs import HOSTILE, RULES, found, hostile, many, missing, report, required, run

from validator.model.finding import Finding, IndicatorResult
from validator.model.location import Location
from validator.model.report import Run
from validator.model.words import Bilingual, Lang, Severity, Status
from validator.reporters import junit
from validator.reporters._base import Look
from validator.reporters.junit import LIMIT, REPORTER


@cache
def schema() -> Any:
    return etree.XMLSchema(etree.parse(Path(__file__).parent / "schemas" / "junit.xsd"))


def parsed(of: Run, **look: Any) -> Any:
    """The file as XML, after its shape, names and counts are checked."""
    assert REPORTER.check is not None
    out = REPORTER.check(of, RULES, Look(**look))
    assert isinstance(out, bytes)
    root = etree.fromstring(out, etree.XMLParser(huge_tree=True))
    schema().assertValid(root)
    for suite in (root, *root):
        cases = suite.findall(".//testcase")
        assert suite.get("tests") == str(len(cases))
        for attribute, element in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            assert suite.get(attribute) == str(sum(one.find(element) is not None for one in cases))
    return root


def told(root: Any) -> list[tuple[str, str]]:
    """Name (without the path) and outcome of each case, the account of files aside."""
    return [
        (case.get("name").partition(" | ")[0], case[0].tag if len(case) else "passed")
        for suite in root
        for case in suite
        if suite.get("name") != "validator"
    ]


NAMED = "sports.area 体育场地面积"


@pytest.mark.parametrize(
    ("indicators", "findings", "cases"),
    [
        ((), (), [("没有发现问题", "passed")]),
        ((required(Status.REPORTED),), (), [(NAMED, "passed")]),
        ((required(Status.NOT_APPLICABLE),), (), [("没有发现问题", "passed")]),
        ((required(Status.ABSENT),), (missing(),), [(NAMED, "failure")]),
        ((required(Status.ABSENT),), (missing(severity=Severity.WARNING),), [(NAMED, "failure")]),
        ((required(Status.ABSENT),), (missing(severity=Severity.INFO),), [(NAMED, "system-out")]),
        ((required(Status.ABSENT),), (missing(waived="不涉及"),), [(NAMED, "skipped")]),
        ((required(Status.CONFLICTING),), (), [(NAMED, "failure")]),
        (
            (required(Status.REPORTED),),
            (found("IND006", indicator="sports.area", text="96"),),
            [(NAMED, "passed"), ("IND006 四、体育 第2段 96 01234567", "failure")],
        ),
        (
            (required(Status.PLACEHOLDER),),
            (found("IND003", indicator="sports.area"), found(indicator="sports.area")),
            [(NAMED, "failure"), ("PLC001 四、体育 第2段 X 01234567", "failure")],
        ),
        ((), (found(severity=Severity.INFO),), [("PLC001 四、体育 第2段 X 01234567", "system-out")]),
        ((), (found(waived="型号"),), [("PLC001 四、体育 第2段 X 01234567", "skipped")]),
        (
            (),
            (found("DOC004", location=Location(part="file"), text="", fingerprint=""),),
            [("DOC004", "failure")],
        ),
    ],
)
def test_the_cases_of_a_report(
    indicators: tuple[IndicatorResult, ...], findings: tuple[Finding, ...], cases: list[tuple[str, str]]
) -> None:
    assert told(parsed(run(report(*findings, indicators=indicators)))) == cases


def test_a_failure_says_what_where_and_how() -> None:
    root = parsed(run(report(missing(), indicators=(required(Status.ABSENT),))))
    case = root.find(".//testcase")
    assert case.get("classname") == "报告/甲.docx"
    assert case.get("name") == "sports.area 体育场地面积 | 报告/甲.docx"
    failure = case.find("failure")
    assert (failure.get("type"), failure.get("message")) == ("IND001", "缺少“体育场地面积”")
    assert failure.text.split("\n") == [
        "位置：四、体育 第2段",
        "怎么改：请在“体育”部分写明，例如：体育场地面积96万平方米",
        "级别：error",
    ]


def test_where_no_finding_says_it_the_rule_does() -> None:
    failure = parsed(run(report(indicators=(required(Status.BLANK),)))).find(".//failure")
    assert failure.get("message") == "体育场地面积 是空白"
    assert failure.text == "应写在：体育\n怎么写：体育场地面积96万平方米\n问：体育股"


def test_a_waived_finding_keeps_its_reason() -> None:
    skipped = parsed(run(report(found(waived="型号\n名称")))).find(".//skipped")
    assert skipped.get("message") == "占位符“X”：还没有填数 已豁免：型号 名称"


def test_an_unreadable_file_is_an_error_and_the_account_has_all() -> None:
    of = run(
        report(),
        report(found("DOC001", location=Location(part="file")), path="坏.doc"),
        skipped=60,
        unreadable=("坏.doc",),
    )
    root = parsed(of)
    assert told(root) == [("没有发现问题", "passed"), ("DOC001 读文件", "error")]
    account = root[-1]
    assert account.get("name") == "validator"
    assert account[0].findtext("system-out") == "检查了 1 份，跳过 60 份，没读成 1 份"
    message = account[1].find("skipped").get("message")
    assert message.startswith("p0.py、p1.py、")
    assert message.endswith("p49.py 等 60 份")


def test_the_names_are_unique_in_the_whole_file() -> None:
    same = [found() for _ in range(5)]
    names = ["a", "a (2)", "a (2) (2)"]
    odd = [found("PLC001", text=text, fingerprint="", location=Location(part="file")) for text in names * 3]
    of = run(
        report(*same, *odd, indicators=(required(Status.REPORTED),)),
        report(*same, path="报告/乙.docx", indicators=(required(Status.REPORTED),)),
        report(*same),
    )
    assert len(told(parsed(of))) == 26


def test_paths_start_at_the_top_of_the_repository() -> None:
    root = parsed(run(report(path="../报告/甲.docx")), folder="/w/repo/tools", root="/w/repo")
    assert root[0].get("name") == "报告/甲.docx"


def test_english() -> None:
    root = parsed(run(report(missing(), indicators=(required(Status.ABSENT),))), lang=Lang.EN)
    case = root.find(".//testcase")
    assert case.get("name").startswith(NAMED)
    assert case.find("failure").get("message") == "'sports area' is missing"


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_of_a_document_is_markup(text: str) -> None:
    root = parsed(hostile(text))
    assert {one.tag for one in root.iter()} <= {
        "testsuites", "testsuite", "testcase", "failure", "error", "skipped", "system-out",
    }  # fmt: skip
    assert len(told(root)) == 9


def test_large_runs_stay_below_the_limit() -> None:
    of = many(20_000)
    root = parsed(of)
    assert len(told(root)) == 20_020
    assert REPORTER.check is not None
    out = REPORTER.check(of, RULES, Look())
    assert len(out) < 30_000_000
    assert out == REPORTER.check(of, RULES, Look())


def test_what_does_not_fit_is_left_out_from_the_least_severe_on(monkeypatch: pytest.MonkeyPatch) -> None:
    assert LIMIT < 30_000_000
    monkeypatch.setattr(junit, "LIMIT", 130_000)
    root = parsed(many(900))
    cases = told(root)
    assert sum(outcome == "failure" for _, outcome in cases) + sum(
        outcome == "system-out" for _, outcome in cases
    ) == len(cases)
    last = root[-1][-1]
    assert last.get("name") == "没有写入的部分 | validator"
    left = 920 - len(cases)
    assert last.find("failure").get("message").startswith(f"还有 {left} 项没有写入")
    errors = sum("级别：error" in (one.text or "") for one in root.iter("failure"))
    assert errors == 300


def test_where_only_passing_cases_are_left_out_nothing_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(junit, "LIMIT", 120)
    of = run(*(report(path=f"{at}.docx") for at in range(5)))
    root = parsed(of)
    assert root.get("failures") == "0"
    assert root[-1][-1].find("skipped").get("message").startswith("还有 4 项没有写入（没通过的 0 项）")


def test_very_long_texts_are_cut() -> None:
    long = "长" * 100_000
    words = Bilingual(long, long)
    of = run(report(found(message=words, remedy=words, text=long, location=Location(section=(long,)))))
    assert REPORTER.check is not None
    assert len(REPORTER.check(of, RULES, Look())) < 20_000
