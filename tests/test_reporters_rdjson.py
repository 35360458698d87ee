"""Diagnostics for reviewdog: no key that it does not know, and columns in bytes."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from engine import document
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
    TEXT,
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
from validator.model.words import Lang
from validator.reporters import rdjson
from validator.reporters._base import Look
from validator.text.escape import visible

SCHEMA = Draft202012Validator(json.loads((SCHEMAS / "rdjson.schema.json").read_bytes()))


def output(of: Run, how: Look | None = None) -> bytes:
    return rendered(rdjson.REPORTER, of, how)


def diagnostics(of: Run, how: Look | None = None) -> list[dict[str, Any]]:
    data = json.loads(output(of, how))
    SCHEMA.validate(data)
    found: list[dict[str, Any]] = data["diagnostics"]
    return found


@pytest.mark.parametrize("lang", list(Lang))
@pytest.mark.parametrize("name", RUNS)
def test_every_run_is_valid(name: str, lang: Lang) -> None:
    standing = [one for report in RUNS[name].reports for one in report.findings if one.waived is None]
    assert len(diagnostics(RUNS[name], look(lang))) == len(standing)


def test_a_diagnostic() -> None:
    assert diagnostics(run(WITH_TEXT)) == [
        {
            "message": "“体育场地面积”还没有填数（第1段）。请填写真实数字。",
            "location": {
                "path": "报告/总结 1.md",
                "range": {"start": {"line": 3, "column": 23}, "end": {"line": 3, "column": 24}},
            },
            "severity": "ERROR",
            "code": {"value": "PLC001"},
        }
    ]
    assert TEXT.splitlines()[2].encode()[23 - 1 : 24 - 1] == b"X"


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("abc", "b"),
        ("体育X人", "X"),
        ("体育X人", "X人"),
        ("体育X人", "体育X人"),
        ("é𠮷ab", "a"),
        ("ab𠮷", "𠮷"),
        ("\tX", "X"),
    ],
)
def test_columns_are_bytes_of_utf_8(text: str, marked: str) -> None:
    first = text.index(marked) + 1
    place = Location(line=2, column=first, end_line=2, end_column=first + len(marked))
    report = result("a.txt", finding(location=place), document=document(f"前\n{text}\n后"))
    (one,) = diagnostics(run(report))
    span = one["location"]["range"]
    line = text.encode()
    assert line[span["start"]["column"] - 1 : span["end"]["column"] - 1] == marked.encode()


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ((1, 2, 2, 2), ((1, 4), (2, 4))),
        ((1, 3, 1, 3), ((1, 7), (1, 7))),
        ((2, 9, 2, 99), ((2, 4), (2, 4))),
        ((2, 2, 2, 1), ((2, 4), (2, 4))),
        ((9, 1, 9, 2), ((9, 1), (9, 1))),
        ((0, 0, 0, 0), ((1, 1), (1, 1))),
    ],
)
def test_odd_places(place: tuple[int, int, int, int], expected: tuple[tuple[int, int], ...]) -> None:
    where = Location(line=place[0], column=place[1], end_line=place[2], end_column=place[3])
    report = result("a.txt", finding(location=where), document=document("甲乙\n丙"))
    span = diagnostics(run(report))[0]["location"]["range"]
    assert tuple((span[end]["line"], span[end]["column"]) for end in ("start", "end")) == expected


def test_without_the_text_at_hand_the_range_is_whole_lines() -> None:
    (one,) = diagnostics(run(result("a.md", finding())))
    assert one["location"]["range"] == {"start": {"line": 3}, "end": {"line": 3}}


@pytest.mark.parametrize(
    ("report", "path"),
    [(IN_WORD, "报告/总结.docx"), (IN_ARCHIVE, "包.zip"), (LOCKED, "丙.docx"), (BROKEN, "戊.txt")],
)
def test_what_has_no_lines_has_only_a_path(report: ReportResult, path: str) -> None:
    assert diagnostics(run(report))[0]["location"] == {"path": path}


def test_people_are_told_the_place() -> None:
    assert "（四、体育 > （一）设施 第2段）" in diagnostics(run(IN_WORD))[0]["message"]
    assert "（县/丁.md " in diagnostics(run(IN_ARCHIVE))[0]["message"]


def test_an_absent_indicator() -> None:
    (one,) = diagnostics(run(ABSENT))
    assert one["location"] == {"path": "甲.txt", "range": {"start": {"line": 1}, "end": {"line": 1}}}
    assert one["message"].startswith("没有提到“森林覆盖率”")


def test_an_unreadable_file_is_a_diagnostic() -> None:
    (one,) = diagnostics(RUNS["unreadable"])
    assert (one["code"]["value"], one["severity"]) == ("DOC002", "ERROR")


def test_what_was_waived_is_no_diagnostic() -> None:
    assert [one["code"]["value"] for one in diagnostics(run(WAIVED))] == ["CON001"]


@pytest.mark.parametrize(
    ("name", "expected"), [("all", "ERROR"), ("word", "WARNING"), ("waived", "INFO"), ("nothing", "INFO")]
)
def test_the_severity_of_all(name: str, expected: str) -> None:
    assert json.loads(output(RUNS[name]))["severity"] == expected


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_only_text(name: str) -> None:
    assert not re.search(UNSAFE, output(hostile(HOSTILE[name])).decode())
    for one in diagnostics(hostile(HOSTILE[name])):
        assert not re.search(UNSAFE, one["message"] + one["location"]["path"])
        assert visible(HOSTILE[name].replace("/", "")).strip() in one["location"]["path"]


def test_twenty_thousand_findings_are_all_there() -> None:
    found = json.loads(output(many()))["diagnostics"]
    assert len(found) == 18_000
    assert [one["severity"] for one in found[:4_000]] == ["ERROR"] * 4_000


def test_a_line_is_measured_once_for_all_its_findings(monkeypatch: pytest.MonkeyPatch) -> None:
    measured: list[str] = []

    def line(text: Any, number: int) -> str:
        measured.append(str(number))
        return "甲" * 2_000

    monkeypatch.setattr(rdjson, "_line", line)
    places = [Location(line=1, column=at, end_line=1, end_column=at + 1) for at in range(1, 2_000)]
    report = result("a.txt", *(finding(location=one) for one in places), document=document("甲"))
    found = diagnostics(run(report))
    assert found[-1]["location"]["range"]["start"]["column"] == 1_998 * 3 + 1
    assert measured == ["1"]


def test_the_bytes() -> None:
    out = output(ALL)
    assert out == output(replace(ALL))
    assert out.startswith(b'{"source": {"name": "validator"}, "severity": "ERROR", "diagnostics": [\n{')
    assert output(Run(), look(Lang.EN)).endswith(b'"diagnostics": [\n]}\n')
