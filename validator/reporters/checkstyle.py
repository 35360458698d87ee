"""Checkstyle XML, which most CI services and review tools read. Every report is a `file`, also one without
findings; the ledger and the number of waived findings stand in a comment."""

from __future__ import annotations

from collections.abc import Iterator

from validator.model.report import ReportResult, Run
from validator.model.rule import Rules
from validator.model.words import Lang
from validator.reporters import _hosted as hosted
from validator.reporters._base import Look, Reporter
from validator.reporters._markup import markup

_FORMAT = "4.3"
"""The version of the format that every writer of it names and every reader knows."""


def _check(run: Run, _rules: Rules, look: Look) -> bytes:
    files: dict[str, list[hosted.Placed]] = {}
    for report in run.reports:
        files.setdefault(hosted.hosted_file(report, look), []).extend(_standing(report))
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<checkstyle version="{_FORMAT}">',
        _account(run, look),
    ]
    for path, found in files.items():
        if not found:
            lines.append(f'  <file name="{markup(path)}"/>')
            continue
        errors = [_error(one, look) for one in found]
        lines += [f'  <file name="{markup(path)}">', *errors, "  </file>"]
    return ("\n".join([*lines, "</checkstyle>"]) + "\n").encode()


def _standing(report: ReportResult) -> Iterator[hosted.Placed]:
    return (hosted.Placed(report, one) for one in report.findings if one.waived is None)


def _account(run: Run, look: Look) -> str:
    ledger = run.ledger
    numbers = (
        ledger.found,
        len(ledger.checked),
        len(ledger.skipped),
        len(ledger.unreadable),
        sum(1 for _ in hosted.accepted(run)),
    )
    words = (
        "  <!-- found {}, checked {}, skipped {}, unreadable {}; waived findings {} -->"
        if look.lang is Lang.EN
        else "  <!-- 找到 {}，已检查 {}，跳过 {}，没读成 {}；已豁免的问题 {} -->"
    )
    return words.format(*numbers)


def _error(one: hosted.Placed, look: Look) -> str:
    finding, place = one.finding, one.finding.location
    lined = hosted.has_lines(one.report) and place.part != "file"
    at = f'line="{max(1, place.line)}" column="{max(1, place.column)}"' if lined else 'line="1"'
    source = f"validator.{hosted.FAMILIES.get(finding.code[:3], 'other')}.{finding.code}"
    return (
        f'    <error {at} severity="{finding.severity.value}"'
        f' message="{markup(hosted.told(one, look))}" source="{markup(source)}"/>'
    )


REPORTER = Reporter(name="checkstyle", media_type="application/xml", check=_check)
