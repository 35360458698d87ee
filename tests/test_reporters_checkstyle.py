"""Checkstyle XML: what its readers have in common, of legal characters only."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from hosted_runs import (
    ABSENT,
    ALL,
    BROKEN,
    HOSTILE,
    IN_ARCHIVE,
    IN_WORD,
    LOCKED,
    RUNS,
    SCHEMAS,
    UNSAFE,
    WAIVED,
    WITH_TEXT,
    codes,
    finding,
    hostile,
    look,
    many,
    rendered,
    result,
    run,
)
from lxml import etree

from validator.model.location import Location
from validator.model.report import ReportResult, Run
from validator.model.words import Lang, Severity
from validator.reporters import checkstyle
from validator.reporters._base import Look
from validator.text.escape import visible

SCHEMA = etree.XMLSchema(etree.parse(str(SCHEMAS / "checkstyle.xsd")))


def output(of: Run, how: Look | None = None) -> bytes:
    return rendered(checkstyle.REPORTER, of, how)


def parsed(of: Run, how: Look | None = None) -> Any:
    root = etree.fromstring(output(of, how))
    SCHEMA.assertValid(root)
    return root


def errors(of: Run, how: Look | None = None) -> list[dict[str, str]]:
    return [dict(one.attrib) for one in parsed(of, how).iter("error")]


@pytest.mark.parametrize("lang", list(Lang))
@pytest.mark.parametrize("name", RUNS)
def test_every_run_is_valid(name: str, lang: Lang) -> None:
    standing = [one for report in RUNS[name].reports for one in report.findings if one.waived is None]
    assert len(errors(RUNS[name], look(lang))) == len(standing)


def test_the_document() -> None:
    assert output(run(WITH_TEXT, result("空.md"))).decode() == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<checkstyle version="4.3">\n'
        "  <!-- 找到 2，已检查 2，跳过 0，没读成 0；已豁免的问题 0 -->\n"
        '  <file name="报告/总结 1.md">\n'
        '    <error line="3" column="8" severity="error"'
        ' message="“体育场地面积”还没有填数（第1段）。请填写真实数字。" source="validator.placeholders.PLC001"/>\n'
        "  </file>\n"
        '  <file name="空.md"/>\n'
        "</checkstyle>\n"
    )


@pytest.mark.parametrize(
    ("report", "line", "column"),
    [
        (result("a.md", finding()), "3", "5"),
        (result("急!/a.md", finding()), "3", "5"),
        (result("a.md", finding(location=Location(line=0, column=0))), "1", "1"),
        (ABSENT, "1", "1"),
        (IN_WORD, "1", None),
        (IN_ARCHIVE, "1", None),
        (LOCKED, "1", None),
        (BROKEN, "1", None),
    ],
)
def test_the_place(report: ReportResult, line: str, column: str | None) -> None:
    one = errors(run(report))[0]
    assert (one["line"], one.get("column")) == (line, column)


def test_people_are_told_the_place() -> None:
    assert "（四、体育 > （一）设施 第2段）" in errors(run(IN_WORD))[0]["message"]
    assert "（县/丁.md " in errors(run(IN_ARCHIVE))[0]["message"]


@pytest.mark.parametrize("severity", list(Severity))
def test_severities(severity: Severity) -> None:
    assert errors(run(result("a.md", finding(severity=severity))))[0]["severity"] == severity.value


def test_every_code_has_a_family() -> None:
    sources = [one["source"] for one in errors(run(result("a.md", *map(finding, codes()))))]
    assert not [one for one in sources if ".other." in one]


def test_members_of_an_archive_are_one_file() -> None:
    members = [result(f"包.zip!/{name}.md", finding()) for name in ("甲", "乙")]
    files = parsed(run(*members)).findall("file")
    assert [(one.get("name"), len(one)) for one in files] == [("包.zip", 2)]


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (Lang.ZH, "找到 8，已检查 6，跳过 1，没读成 1；已豁免的问题 2"),
        (Lang.EN, "found 8, checked 6, skipped 1, unreadable 1; waived findings 2"),
    ],
)
def test_the_ledger_and_the_waived_are_counted(lang: Lang, words: str) -> None:
    (comment,) = parsed(ALL, look(lang)).xpath("comment()")
    assert comment.text.strip() == words
    assert [one["source"] for one in errors(run(WAIVED))] == ["validator.consistency.CON001"]


def test_every_report_is_a_file() -> None:
    names = [one.get("name") for one in parsed(ALL).findall("file")]
    assert names == ["报告/总结 1.md", "报告/总结.docx", "甲.txt", "乙.md", "丙.docx", "包.zip", "空.md"]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_only_text(name: str) -> None:
    out = output(hostile(HOSTILE[name])).decode()
    assert not re.search(UNSAFE, out)
    assert not re.search(r"^\s*(?:::|##)", out, re.MULTILINE)
    root = parsed(hostile(HOSTILE[name]))
    assert [child.tag for child in root.iter(etree.Element)] == [
        "checkstyle",
        "file",
        "error",
        "file",
        "error",
    ]
    for one in root.iter("file"):
        told = one.get("name") + one[0].get("message")
        assert not re.search(UNSAFE, told)
        if name != "noncharacters":
            assert visible(HOSTILE[name].replace("/", "")).strip() in one.get("name")


def test_what_xml_does_not_allow_is_shown_as_an_escape() -> None:
    assert "\\ufffe\\uffff" in errors(hostile("\ufffe\uffff"))[0]["message"]


def test_twenty_thousand_findings_are_all_there() -> None:
    assert len(errors(many())) == 18_000


def test_the_same_run_gives_the_same_bytes() -> None:
    assert output(ALL) == output(replace(ALL))
