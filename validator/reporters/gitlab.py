"""Code quality of GitLab: one JSON array. The ledger and what was waived have no place in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from validator.model.report import Run
from validator.model.rule import Rules
from validator.model.words import Lang, Severity
from validator.reporters import _hosted as hosted
from validator.reporters._base import Look, Reporter
from validator.reporters._facts import dumped
from validator.text.escape import visible

MOST_BYTES = 95_000_000
"""An artifact of a job is 100 MB at most unless an administrator says otherwise."""
_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}
_UNREAD = "critical"


def _check(run: Run, _rules: Rules, look: Look) -> bytes:
    found = hosted.standing(run)
    lines: list[str] = []
    size = 0
    for line in _issues(found, run, look):
        size += len(line.encode()) + 2
        if size > MOST_BYTES:
            lines.append(dumped(_left_out(found[0], len(found) - len(lines), look)))
            break
        lines.append(line)
    return ("[" + ",".join("\n" + line for line in lines) + "\n]\n").encode()


def _issues(found: list[hosted.Placed], run: Run, look: Look) -> Iterator[str]:
    unread = {one.path for one in run.ledger.unreadable}
    seen: Counter[str] = Counter()
    for one in found:
        fingerprint = hosted.identity(one, hosted.repository_path(one.report, look))
        seen[fingerprint] += 1
        if seen[fingerprint] > 1:
            fingerprint = hosted.identity(one, f"{fingerprint}:{seen[fingerprint]}")
        finding = one.finding
        severity = _UNREAD if one.report.path in unread else _SEVERITIES[finding.severity]
        yield dumped(
            {
                "description": hosted.told(one, look),
                "check_name": finding.code,
                "fingerprint": fingerprint,
                "severity": severity,
                "location": _location(one, look),
            }
        )


def _location(one: hosted.Placed, look: Look) -> dict[str, object]:
    """The line is obligatory; where the file has none it is the first."""
    line = one.finding.location.line if hosted.has_lines(one.report) else 1
    return {"path": visible(hosted.hosted_file(one.report, look)), "lines": {"begin": max(1, line)}}


def _left_out(first: hosted.Placed, number: int, look: Look) -> dict[str, object]:
    zh = look.lang is not Lang.EN
    return {
        "description": f"还有 {number} 个问题超出大小限制，没有列出"
        if zh
        else f"{number} more findings are over the limit of size and not listed",
        "check_name": "validator",
        "fingerprint": hosted.identity(first, "left out"),
        "severity": "info",
        "location": {"path": visible(hosted.hosted_file(first.report, look)), "lines": {"begin": 1}},
    }


REPORTER = Reporter(name="gitlab", media_type="application/json", check=_check)
