"""SARIF 2.1.0: findings for code scanning and other readers, what was waived marked as suppressed.

Kept are the 5,000 results that GitHub shows, what stands and is most severe first, and as many as keep the
compressed file under its limit of 10 MB. How many were left out is a notification.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from validator.model.report import LedgerEntry, Run
from validator.model.rule import Rules
from validator.model.words import Lang, Severity
from validator.reporters import _hosted as hosted
from validator.reporters import _sarif_text as write
from validator.reporters._base import Look, Reporter
from validator.reporters._entries import address
from validator.reporters._facts import dumped
from validator.text.escape import visible

MOST_RESULTS = 5_000
MOST_BYTES = 9_500_000
"""After compression."""
MOST_LISTED = 1_000
"""Files of the ledger that are named one by one."""
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_CATEGORY = "validator/"
_PROGRAM_FAILED = "DOC010"
_COMMENT = "comment"


def _check(run: Run, _rules: Rules, look: Look) -> bytes:
    import zlib

    found = [*hosted.standing(run), *sorted(hosted.accepted(run), key=lambda one: one.finding.severity.rank)]
    results, listed = MOST_RESULTS, MOST_LISTED
    while True:
        log = (dumped(_log(run, found, look, results, listed), indent=1) + "\n").encode()
        if len(log) <= MOST_BYTES or len(zlib.compress(log)) <= MOST_BYTES or results == listed == 0:
            return log
        results, listed = min(results, len(found)) // 2, listed // 2


def _log(
    run: Run, found: Sequence[hosted.Placed], look: Look, most_results: int, most_listed: int
) -> dict[str, object]:
    kept = found[:most_results]
    ids = sorted({one.finding.code for one in kept})
    language = "en" if look.lang is Lang.EN else "zh-CN"
    driver = {"name": "validator", "version": look.version, "language": language}
    return {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {key: value for key, value in driver.items() if value}
                    | {"rules": write.rules(ids, look)}
                },
                "language": language,
                "columnKind": "unicodeCodePoints",
                "automationDetails": {"id": _CATEGORY},
                "originalUriBaseIds": {write.BASE: {"description": {"text": _root(look)}}},
                "invocations": [_invocation(run, look, len(found) - len(kept), most_listed)],
                "results": list(_results(kept, {one: at for at, one in enumerate(ids)}, look)),
                "properties": _properties(run, look, most_listed),
            }
        ],
    }


def _root(look: Look) -> str:
    return "The top of the repository" if look.lang is Lang.EN else "仓库的最上层文件夹"


def _results(kept: Sequence[hosted.Placed], index: dict[str, int], look: Look) -> Iterator[dict[str, object]]:
    seen: Counter[tuple[str, str]] = Counter()
    for one in kept:
        finding = one.finding
        fingerprint = hosted.identity(one, hosted.member_of(one.report))[:16]
        key = (hosted.hosted_file(one.report, look), fingerprint)
        seen[key] += 1
        prints = {
            "primaryLocationLineHash": f"{fingerprint}:{seen[key]}",
            "validatorFingerprint/v1": finding.fingerprint,
            "validatorAnchor/v1": finding.anchor,
        }
        yield {
            "ruleId": finding.code,
            "ruleIndex": index[finding.code],
            "level": "note" if finding.waived is not None else write.LEVELS[finding.severity],
            "message": write.message(_told(one, look)),
            "locations": [_location(one, look)],
            "partialFingerprints": {name: value for name, value in prints.items() if value},
            "suppressions": [] if finding.waived is None else [_suppression(one)],
            "properties": _about(one),
        }


def _told(one: hosted.Placed, look: Look) -> str:
    """GitHub shows suppressed results as open alerts, so the message says that they are accepted."""
    told = hosted.told(one, look)
    if one.finding.waived is None:
        return told
    return f"[waived] {told}" if look.lang is Lang.EN else f"【已豁免】{told}"


def _location(one: hosted.Placed, look: Look) -> dict[str, object]:
    place = one.finding.location
    lined = hosted.has_lines(one.report) and place.part != "file"
    span = (place.line, place.column, place.end_line, place.end_column) if lined else None
    location: dict[str, object] = {"physicalLocation": write.region(one.report, look, span)}
    words = [hosted.member_of(one.report), "" if place.part == "file" else address(one.finding, look.lang)]
    if name := " ".join(filter(None, words)):
        location["logicalLocations"] = [{"fullyQualifiedName": hosted.clipped(visible(name)), "kind": "text"}]
    return location


def _about(one: hosted.Placed) -> dict[str, object]:
    finding = one.finding
    about: dict[str, object] = {"severity": finding.severity.value, "format": visible(one.report.format)}
    if finding.indicator:
        about["indicator"] = visible(finding.indicator)
    if finding.obfuscated:
        about["obfuscated"] = True
    if finding.waived_by:
        about["waivedBy"] = finding.waived_by
    return {name: value for name, value in about.items() if value}


def _suppression(one: hosted.Placed) -> dict[str, str]:
    finding = one.finding
    suppression = {
        "kind": "inSource" if finding.waived_by == _COMMENT else "external",
        "status": "accepted",
    }
    if reason := hosted.clipped(visible(finding.waived or "").strip()):
        suppression["justification"] = reason
    return suppression


def _invocation(run: Run, look: Look, left_out: int, most_listed: int) -> dict[str, object]:
    """A check that broke off makes the run unsuccessful; a file that cannot be read is a finding."""
    failed = any(
        one.code == _PROGRAM_FAILED and one.waived is None
        for report in run.reports
        for one in report.findings
    )
    return {
        "executionSuccessful": not failed,
        "toolExecutionNotifications": list(_notifications(run, look, left_out, most_listed)),
    }


def _notifications(run: Run, look: Look, left_out: int, most_listed: int) -> Iterator[dict[str, object]]:
    zh = look.lang is not Lang.EN
    if left_out:
        text = (
            f"还有 {left_out} 个问题超出上限，没有列出（最严重的在前）"
            if zh
            else f"{left_out} more findings are over the limit and not listed (the most severe are)"
        )
        yield {"level": "warning", "message": {"text": text}}
    unread = run.ledger.unreadable
    reports = {one.path: one for one in run.reports}
    for entry in unread[:most_listed]:
        path, reason = hosted.from_root(entry.path, look), _reason(entry, look)
        text = f"没读成：{path}（{reason}）" if zh else f"not read: {path} ({reason})"
        notification: dict[str, object] = {"level": "error", "message": write.message(text)}
        if report := reports.get(entry.path):
            physical = {"artifactLocation": write.artifact(report, look)}
            notification["locations"] = [{"physicalLocation": physical}]
        yield notification
    if len(unread) > most_listed:
        more = len(unread) - most_listed
        text = f"还有 {more} 个文件没读成，没有列出" if zh else f"{more} more files were not read"
        yield {"level": "error", "message": {"text": text}}


def _properties(run: Run, look: Look, most_listed: int) -> dict[str, object]:
    ledger = run.ledger
    return {
        "ledger": {
            "found": ledger.found,
            "checked": len(ledger.checked),
            "skipped": len(ledger.skipped),
            "unreadable": len(ledger.unreadable),
            "skippedFiles": [_entry(one, look) for one in ledger.skipped[:most_listed]],
            "unreadableFiles": [_entry(one, look) for one in ledger.unreadable[:most_listed]],
        },
        "summary": {
            "errors": run.count(Severity.ERROR),
            "warnings": run.count(Severity.WARNING),
            "infos": run.count(Severity.INFO),
            "waived": sum(1 for _ in hosted.accepted(run)),
        },
    }


def _entry(entry: LedgerEntry, look: Look) -> dict[str, str]:
    path = hosted.from_root(entry.path, look)
    return {
        "path": hosted.clipped(visible(path)),
        "reason": hosted.clipped(visible(_reason(entry, look))),
    }


def _reason(entry: LedgerEntry, look: Look) -> str:
    return hosted.without_path(entry.en if look.lang is Lang.EN else entry.zh, entry.path)


REPORTER = Reporter(name="sarif", media_type="application/sarif+json", suffixes=(".sarif",), check=_check)
