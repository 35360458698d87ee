"""SARIF: the limits of GitHub, and nothing of a document that acts."""

from __future__ import annotations

import json
import re
import zlib
from typing import Any

import pytest
from hosted_runs import HOSTILE, SCHEMAS, UNSAFE, finding, hostile, many, rendered, result, run
from jsonschema import Draft202012Validator

from validator.model.report import Ledger, LedgerEntry, Run
from validator.model.words import Bilingual, Severity
from validator.reporters import _sarif_text as write
from validator.reporters import sarif
from validator.text.escape import visible

SCHEMA = Draft202012Validator(json.loads((SCHEMAS / "sarif.schema.json").read_bytes()))
_ESCAPED = re.compile(r"(\\[\\\[\]])|\[(?:[^\\\[\]]|\\[\\\[\]])*\]\([^)]*\)")


def output(of: Run) -> bytes:
    return rendered(sarif.REPORTER, of)


def log(of: Run) -> dict[str, Any]:
    data = json.loads(output(of))
    SCHEMA.validate(data)
    one: dict[str, Any] = data["runs"][0]
    return one


def shown(text: str) -> str:
    """What a reader that follows the standard shows; fails where it would show a link or fill in a value."""
    assert [match[0] for match in _ESCAPED.finditer(text) if not match[1]] == []
    assert not re.search("[{}]", text.replace("{{", "").replace("}}", ""))
    if r"\](" in text:
        text = re.sub(r"\\([\\\[\]])", r"\1", text)
    return text.replace("{{", "{").replace("}}", "}")


def strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for one in inside for text in strings(one)]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("数值[待补充]", "数值[待补充]"),
        ("[点](http://x)", r"\[点\](http://x)"),
        (r"\[点\](1)", r"\\\[点\\\](1)"),
        ("[a][b](1)", r"\[a\]\[b\](1)"),
        ("{0}", "{{0}}"),
        ("{{1}}", "{{{{1}}}}"),
        ("\x1b[31m", r"\x1b[31m"),
        ("", "-"),
    ],
)
def test_nothing_in_a_message_is_a_link_or_a_placeholder(text: str, written: str) -> None:
    assert write.message(text)["text"] == written
    assert shown(written) == (visible(text) or "-")


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_only_text(name: str) -> None:
    of = hostile(HOSTILE[name])
    out = output(of).decode()
    assert not re.search(UNSAFE, out)
    assert not re.search(r"^\s*(?:::|##)", out, re.MULTILINE)
    data = log(of)
    assert all(one and not re.search(UNSAFE, one) for one in strings(data))
    for one in data["results"]:
        assert visible(HOSTILE[name]).strip()[:2] in shown(one["message"]["text"]).strip()
    for note in data["invocations"][0]["toolExecutionNotifications"]:
        shown(note["message"]["text"])


def test_a_long_text_is_cut() -> None:
    long = Bilingual("长" * 10_000, "l" * 10_000)
    (one,) = log(run(result("a.md", finding(message=long))))["results"]
    assert len(one["message"]["text"]) == 600
    assert one["message"]["text"].endswith("…")


def test_twenty_thousand_findings_stay_within_the_limits() -> None:
    out = output(many())
    data = json.loads(out)
    SCHEMA.validate(data)
    found = data["runs"][0]["results"]
    assert len(found) == 5_000
    assert len(zlib.compress(out)) < 10_000_000
    assert [one["level"] for one in found] == ["error"] * 4_000 + ["warning"] * 1_000
    (note,) = data["runs"][0]["invocations"][0]["toolExecutionNotifications"]
    assert note == {
        "level": "warning",
        "message": {"text": "还有 15000 个问题超出上限，没有列出（最严重的在前）"},
    }
    assert data["runs"][0]["properties"]["summary"]["errors"] == 4_000
    assert data["runs"][0]["properties"]["summary"]["waived"] == 2_000


def test_what_stands_goes_before_what_was_waived() -> None:
    noted = [finding(severity=Severity.INFO, fingerprint=f"{at:016x}") for at in range(4_990)]
    waived = [
        finding(waived="旧", waived_by="baseline", fingerprint=f"{at:016x}") for at in range(5_000, 5_100)
    ]
    found = json.loads(output(run(result("a.md", *waived, *noted))))["runs"][0]["results"]
    assert len(found) == 5_000
    assert [bool(one["suppressions"]) for one in found] == [False] * 4_990 + [True] * 10


def test_a_file_that_is_too_large_is_cut_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "MOST_BYTES", 20_000)
    out = output(many(2_000, files=2))
    assert len(zlib.compress(out)) <= 20_000
    data = json.loads(out)["runs"][0]
    left = 2_000 - len(data["results"])
    assert 0 < left < 2_000
    assert f"还有 {left} 个问题" in data["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"]


def test_a_ledger_without_end_is_cut_and_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    entries = tuple(LedgerEntry(path=f"{at}.docx", zh="坏", en="bad") for at in range(3_000))
    of = Run(ledger=Ledger(skipped=entries, unreadable=entries))
    data = log(of)
    assert data["properties"]["ledger"]["unreadable"] == data["properties"]["ledger"]["skipped"] == 3_000
    notes = data["invocations"][0]["toolExecutionNotifications"]
    assert len(notes) == 1_001
    assert notes[-1]["message"]["text"] == "还有 2000 个文件没读成，没有列出"
    monkeypatch.setattr(sarif, "MOST_BYTES", 100)
    assert json.loads(output(of))["runs"][0]["properties"]["ledger"]["skippedFiles"] == []
