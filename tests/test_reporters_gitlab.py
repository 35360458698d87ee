"""Code quality of GitLab: one array of what its parser reads, and fingerprints that differ."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from hosted_runs import (
    ABSENT,
    ALL,
    HOSTILE,
    IN_ARCHIVE,
    IN_WORD,
    LOCKED,
    RUNS,
    SCHEMAS,
    UNSAFE,
    WAIVED,
    WITH_TEXT,
    finding,
    hostile,
    look,
    many,
    rendered,
    result,
    run,
)
from jsonschema import Draft202012Validator

from validator.model.location import Location
from validator.model.report import ReportResult, Run
from validator.model.words import Lang, Severity
from validator.reporters import gitlab
from validator.reporters._base import Look
from validator.text.escape import visible

SCHEMA = Draft202012Validator(json.loads((SCHEMAS / "gitlab.schema.json").read_bytes()))


def output(of: Run, how: Look | None = None) -> bytes:
    return rendered(gitlab.REPORTER, of, how)


def issues(of: Run, how: Look | None = None) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(output(of, how))
    SCHEMA.validate(found)
    return found


@pytest.mark.parametrize("lang", list(Lang))
@pytest.mark.parametrize("name", RUNS)
def test_every_run_is_valid(name: str, lang: Lang) -> None:
    found = issues(RUNS[name], look(lang))
    standing = [one for report in RUNS[name].reports for one in report.findings if one.waived is None]
    assert len(found) == len(standing) == len({one["fingerprint"] for one in found})


def test_an_issue() -> None:
    (one,) = issues(run(WITH_TEXT))
    assert one == {
        "description": "“体育场地面积”还没有填数（第1段）。请填写真实数字。",
        "check_name": "PLC001",
        "fingerprint": one["fingerprint"],
        "severity": "major",
        "location": {"path": "报告/总结 1.md", "lines": {"begin": 3}},
    }


@pytest.mark.parametrize(
    ("report", "path", "line"),
    [
        (IN_WORD, "报告/总结.docx", 1),
        (IN_ARCHIVE, "包.zip", 1),
        (ABSENT, "甲.txt", 1),
        (LOCKED, "丙.docx", 1),
        (result("急!/a.md", finding()), "急!/a.md", 3),
        (result("/repo/各县/a.md", finding()), "各县/a.md", 3),
        (result("a.md", finding(location=Location(line=0))), "a.md", 1),
    ],
)
def test_the_place(report: ReportResult, path: str, line: int) -> None:
    assert issues(run(report))[0]["location"] == {"path": path, "lines": {"begin": line}}


def test_people_are_told_the_place() -> None:
    assert "（四、体育 > （一）设施 第2段）" in issues(run(IN_WORD))[0]["description"]
    assert "（县/丁.md 四、体育 > （一）设施 第2段）" in issues(run(IN_ARCHIVE))[0]["description"]


@pytest.mark.parametrize(
    ("severity", "expected"),
    [(Severity.ERROR, "major"), (Severity.WARNING, "minor"), (Severity.INFO, "info")],
)
def test_severities(severity: Severity, expected: str) -> None:
    assert issues(run(result("a.md", finding(severity=severity))))[0]["severity"] == expected


def test_an_unreadable_file_is_critical() -> None:
    found = issues(ALL)
    (locked,) = [one for one in found if one["severity"] == "critical"]
    assert locked["check_name"] == "DOC002"
    assert locked["description"] == "文件有密码。请填写真实数字。", "the path is not said twice"


def test_what_was_waived_is_no_issue() -> None:
    assert [one["check_name"] for one in issues(run(WAIVED))] == ["CON001"]


def test_fingerprints_differ_over_all_reports_and_stay() -> None:
    same = [result(path, finding()) for path in ("a.md", "b.md", "包.zip!/a.md", "包.zip!/b.md")]
    twice = result("c.md", finding(), finding(), finding())
    found = [one["fingerprint"] for one in issues(run(*same, twice))]
    assert len(set(found)) == 7
    moved = result("a.md", finding(location=Location(line=90)))
    assert issues(run(moved))[0]["fingerprint"] == found[0]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_only_text(name: str) -> None:
    out = output(hostile(HOSTILE[name])).decode()
    assert not re.search(UNSAFE, out)
    for one in issues(hostile(HOSTILE[name])):
        assert not re.search(UNSAFE, one["description"] + one["location"]["path"])
        assert visible(HOSTILE[name].replace("/", "")).strip() in one["location"]["path"]


def test_twenty_thousand_findings() -> None:
    found = issues(many())
    assert len(found) == 18_000 == len({one["fingerprint"] for one in found})
    assert [one["severity"] for one in found[:4_000]] == ["major"] * 4_000


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (Lang.ZH, "还有 {} 个问题超出大小限制，没有列出"),
        (Lang.EN, "{} more findings are over the limit of size and not listed"),
    ],
)
def test_what_is_over_the_limit_is_counted(monkeypatch: pytest.MonkeyPatch, lang: Lang, words: str) -> None:
    monkeypatch.setattr(gitlab, "MOST_BYTES", 20_000)
    of = many(2_000, files=2)
    out = output(of, look(lang))
    assert len(out) < 21_000
    *kept, last = issues(of, look(lang))
    assert kept
    assert {one["severity"] for one in kept} == {"major"}
    assert last["description"] == words.format(1_800 - len(kept))
    assert (last["check_name"], last["severity"]) == ("validator", "info")


def test_the_bytes() -> None:
    out = output(ALL)
    assert out == output(replace(ALL))
    assert out.startswith(b"[\n{"), "no byte order mark"
    assert out.endswith(b"}\n]\n")
    assert output(Run()) == b"[\n]\n"
