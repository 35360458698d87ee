"""SARIF: what GitHub code scanning and other readers ask for, and nothing of a document that acts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hosted_runs import (
    ABSENT,
    ALL,
    BROKEN,
    IN_ARCHIVE,
    IN_WORD,
    LOCKED,
    RUNS,
    SCHEMAS,
    TEXT,
    WAIVED,
    WITH_TEXT,
    codes,
    finding,
    look,
    rendered,
    result,
    run,
)
from jsonschema import Draft202012Validator

from tests.conftest import Program
from validator.model.location import Location
from validator.model.report import Run
from validator.model.words import Lang
from validator.reporters import _sarif_text as write
from validator.reporters import sarif
from validator.reporters._base import Look

SCHEMA = Draft202012Validator(json.loads((SCHEMAS / "sarif.schema.json").read_bytes()))


def output(of: Run, how: Look | None = None) -> bytes:
    return rendered(sarif.REPORTER, of, how)


def log(of: Run, how: Look | None = None) -> dict[str, Any]:
    data = json.loads(output(of, how))
    SCHEMA.validate(data)
    one: dict[str, Any] = data["runs"][0]
    return one


def results(of: Run, how: Look | None = None) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = log(of, how)["results"]
    return found


def physical(of: Run, at: int = 0) -> dict[str, Any]:
    place: dict[str, Any] = results(of)[at]["locations"][0]["physicalLocation"]
    return place


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from strings(one)


@pytest.mark.parametrize("lang", list(Lang))
@pytest.mark.parametrize("name", RUNS)
def test_every_run_is_valid(name: str, lang: Lang) -> None:
    data = log(RUNS[name], look(lang))
    assert all(strings(data)), "no empty strings"
    assert data["language"] == data["tool"]["driver"]["language"] == ("en" if lang is Lang.EN else "zh-CN")


def test_a_finding_of_a_text() -> None:
    (one,) = results(run(WITH_TEXT))
    assert one == {
        "ruleId": "PLC001",
        "ruleIndex": 0,
        "level": "error",
        "message": {"text": "“体育场地面积”还没有填数（第1段）。请填写真实数字。"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {
                        "uri": "%E6%8A%A5%E5%91%8A/%E6%80%BB%E7%BB%93%201.md",
                        "uriBaseId": "%SRCROOT%",
                    },
                    "region": {"startLine": 3, "startColumn": 8, "endLine": 3, "endColumn": 9},
                },
                "logicalLocations": [{"fullyQualifiedName": "第1段", "kind": "text"}],
            }
        ],
        "partialFingerprints": {
            "primaryLocationLineHash": one["partialFingerprints"]["primaryLocationLineHash"],
            "validatorFingerprint/v1": "0123456789abcdef",
            "validatorAnchor/v1": "0a1b2c3d.4e5f6071",
        },
        "suppressions": [],
        "properties": {"severity": "error", "format": "md"},
    }
    assert TEXT.splitlines()[2][8 - 1] == "X", "columns are characters, also behind one outside the BMP"


FIRST = {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 2}
AT_3 = {"startLine": 3, "startColumn": 5, "endLine": 3, "endColumn": 6}


def at(**more: Any) -> Location:
    return Location(**{"line": 4, "column": 2, "end_line": 4, "end_column": 6, **more})


@pytest.mark.parametrize(
    ("report", "expected"),
    [
        (result("a.md", finding()), AT_3),
        (IN_WORD, FIRST),
        (result("a.pdf", finding(location=at(page=7))), FIRST),
        (IN_ARCHIVE, FIRST),
        (result("急!/a.md", finding()), AT_3),
        (LOCKED, FIRST),
        (BROKEN, FIRST),
        (ABSENT, {**FIRST, "endColumn": 1}),
        (result("a.md", finding(location=at(end_line=5, end_column=1))), {**FIRST, "startLine": 4, "startColumn": 2, "endLine": 5, "endColumn": 1}),
        (result("a.md", finding(location=at(end_line=3))), {"startLine": 4, "startColumn": 2, "endLine": 4, "endColumn": 2}),
        (result("a.md", finding(location=at(line=0, column=0, end_line=0, end_column=0))), {**FIRST, "endColumn": 1}),
    ],
)  # fmt: skip
def test_the_region(report: Any, expected: dict[str, int]) -> None:
    assert physical(run(report))["region"] == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("总结.docx", {"uri": "%E6%80%BB%E7%BB%93.docx", "uriBaseId": "%SRCROOT%"}),
        ("a b/c#d?.md", {"uri": "a%20b/c%23d%3F.md", "uriBaseId": "%SRCROOT%"}),
        ("50%0A.md", {"uri": "50%250A.md", "uriBaseId": "%SRCROOT%"}),
        ("c:d.md", {"uri": "c%3Ad.md", "uriBaseId": "%SRCROOT%"}),
        ("坏\udcff.md", {"uri": "%E5%9D%8F%FF.md", "uriBaseId": "%SRCROOT%"}),
        ("坏\ud800.md", {"uri": "%E5%9D%8F%ED%A0%80.md", "uriBaseId": "%SRCROOT%"}),
        ("a\nb.md", {"uri": "a%0Ab.md", "uriBaseId": "%SRCROOT%"}),
        ("/repo/x/a.md", {"uri": "x/a.md", "uriBaseId": "%SRCROOT%"}),
        ("/other/甲.md", {"uri": "file:///other/%E7%94%B2.md"}),
        ("../a.md", {"uri": "../a.md", "uriBaseId": "%SRCROOT%"}),
        ("包.ZIP!/县/丁.md", {"uri": "%E5%8C%85.ZIP", "uriBaseId": "%SRCROOT%"}),
    ],
)
def test_the_address_of_a_file(path: str, expected: dict[str, str]) -> None:
    assert physical(run(result(path, finding())))["artifactLocation"] == expected


@pytest.mark.parametrize(
    ("path", "uri"),
    [("C:/甲/a.md", "file:///C:/%E7%94%B2/a.md"), ("//server/甲/a.md", "file://server/%E7%94%B2/a.md")],
)
def test_addresses_of_windows(path: str, uri: str) -> None:
    assert write.located(path) == {"uri": uri}


def test_a_path_starts_at_the_top_of_the_repository() -> None:
    how = Look(folder="/repo/各县", root="/repo", version="1", codes=codes())
    place = results(run(result("甲/a.md", finding())), how)[0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "%E5%90%84%E5%8E%BF/%E7%94%B2/a.md"


def test_people_are_told_the_place_in_a_binary_file() -> None:
    (one,) = results(run(IN_WORD))
    assert "（四、体育 > （一）设施 第2段）" in one["message"]["text"]
    assert one["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] == "四、体育 > （一）设施 第2段"
    assert one["properties"]["obfuscated"] is True
    first, second = results(run(IN_ARCHIVE))
    assert "县/丁.md" in first["message"]["text"]
    assert first["locations"][0]["logicalLocations"][0]["fullyQualifiedName"].startswith("县/丁.md ")
    assert first["partialFingerprints"] != second["partialFingerprints"]


def test_what_was_waived_is_suppressed_and_no_failure() -> None:
    data = log(run(WAIVED))
    standing, *waived = data["results"]
    assert (standing["ruleId"], standing["suppressions"]) == ("CON001", [])
    assert [one["suppressions"] for one in waived] == [
        [{"kind": "inSource", "status": "accepted", "justification": "型号里的字母"}],
        [{"kind": "external", "status": "accepted", "justification": "上年已核"}],
    ]
    assert {one["level"] for one in waived} == {"note"}
    assert {one["properties"]["severity"] for one in waived} == {"error"}
    assert all(one["message"]["text"].startswith("【已豁免】") for one in waived)
    assert data["properties"]["summary"] == {"errors": 0, "warnings": 0, "infos": 1, "waived": 2}


def test_a_waiver_without_a_reason_has_no_empty_string() -> None:
    (one,) = results(run(result("a.md", finding(waived="", waived_by="path"))))
    assert one["suppressions"] == [{"kind": "external", "status": "accepted"}]


def test_an_absent_indicator_has_a_place() -> None:
    (one,) = results(run(ABSENT))
    assert len(one["locations"]) == 1
    assert one["properties"]["indicator"] == "environment.forest"


def test_an_unreadable_file_is_a_result_and_a_notification() -> None:
    data = log(run(LOCKED, unreadable=("丙.docx",)))
    assert [one["ruleId"] for one in data["results"]] == ["DOC002"]
    (invocation,) = data["invocations"]
    assert invocation["executionSuccessful"] is True
    assert invocation["toolExecutionNotifications"] == [
        {
            "level": "error",
            "message": {"text": "没读成：丙.docx（文件有密码）"},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": "%E4%B8%99.docx", "uriBaseId": "%SRCROOT%"}
                    }
                }
            ],
        }
    ]


def test_a_check_that_broke_off_is_no_success() -> None:
    assert log(RUNS["broken"])["invocations"][0]["executionSuccessful"] is False


def test_the_ledger() -> None:
    assert log(ALL)["properties"]["ledger"] == {
        "found": 8,
        "checked": 6,
        "skipped": 1,
        "unreadable": 1,
        "skippedFiles": [{"path": "图.png", "reason": "不是文字报告"}],
        "unreadableFiles": [{"path": "丙.docx", "reason": "文件有密码"}],
    }


@pytest.mark.parametrize("lang", list(Lang))
def test_the_rules_are_the_documentation_of_the_codes(lang: Lang) -> None:
    of = run(result("a.md", *(finding(one) for one in codes())))
    data = log(of, look(lang))
    rules = data["tool"]["driver"]["rules"]
    assert [one["id"] for one in rules] == sorted(codes())
    for one in rules:
        code = codes()[one["id"]]
        for form in ("text", "markdown"):
            assert code.bad in one["help"][form]
            assert code.good in one["help"][form]
        assert code.meaning.get(lang) in one["help"]["text"]
        assert code.remedy.get(lang) in one["help"]["text"]
        outside = re.sub(r"(?s)```+text\n.*?\n```+|`[^`\n]+`", "", one["help"]["markdown"])
        assert not re.search(r"[<>|\[]", outside)
    assert all(
        data["tool"]["driver"]["rules"][one["ruleIndex"]]["id"] == one["ruleId"] for one in data["results"]
    )


def test_only_the_codes_that_occur_are_rules() -> None:
    assert [one["id"] for one in log(run(WAIVED))["tool"]["driver"]["rules"]] == [
        "CON001",
        "PLC002",
        "PLC003",
    ]


def test_a_code_that_nobody_documents_still_has_a_rule() -> None:
    data = json.loads(output(run(result("a.md", finding("XYZ001"))), Look(version="1")))
    (rule,) = data["runs"][0]["tool"]["driver"]["rules"]
    assert rule["id"] == rule["help"]["text"] == "XYZ001"


def prints(of: Run) -> list[str]:
    return [one["partialFingerprints"]["primaryLocationLineHash"] for one in results(of)]


def test_a_fingerprint_survives_a_move_of_the_file_and_of_the_line() -> None:
    here = prints(run(result("a.md", finding())))
    assert here == prints(run(result("b/总结.md", finding(location=at()))))
    assert here != prints(run(result("a.md", finding(fingerprint="aaaaaaaaaaaaaaaa"))))
    assert here != prints(run(result("a.md", finding("PLC002"))))


def test_fingerprints_of_one_file_differ() -> None:
    members = [result(f"包.zip!/{name}.md", finding()) for name in ("甲", "乙")]
    same = [result("a.md", finding(), finding()), result("b.md", finding())]
    found = prints(run(*members, *same))
    assert len(set(found[:2])) == 2
    assert [one.partition(":")[2] for one in found] == ["1", "1", "1", "2", "1"]


def test_english() -> None:
    data = log(ALL, look(Lang.EN))
    assert data["results"][0]["message"]["text"].endswith(". Fill in the figure.")
    waived = [one for one in data["results"] if one["suppressions"]]
    assert waived[0]["message"]["text"].startswith("[waived] “sports area” is not filled in (四、体育 > ")
    assert data["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"] == (
        "not read: 丙.docx (it is encrypted)"
    )


def test_the_same_run_gives_the_same_bytes() -> None:
    assert output(ALL) == output(replace(ALL))
    assert output(ALL).endswith(b"}\n")


def test_from_the_command_line(program: Program, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "总结.txt").write_text("宁安县2023年工作总结\n\n全县森林覆盖率XX%。\n", encoding="utf-8")
    assert program("check", "总结.txt", "--output", "out.sarif").code == 1
    data = json.loads((tmp_path / "out.sarif").read_bytes())["runs"][0]
    assert data["results"][0]["ruleId"] == "PLC001"
    place = data["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"].endswith("%E6%80%BB%E7%BB%93.txt")
    assert place["region"] == {"startLine": 3, "startColumn": 8, "endLine": 3, "endColumn": 10}
