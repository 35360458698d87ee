"""What the formats for code hosts and CI services share: paths of the repository, order, lines."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import NamedTuple

from validator.model.finding import Finding
from validator.model.report import ReportResult, Run
from validator.model.words import Severity
from validator.reporters._base import Look

LINE_FORMATS = frozenset({"txt", "md", "html", "yaml"})
"""Formats whose lines are those of the file itself, so that a diff view can show a finding beside them."""
_MEMBER = "!/"


class Placed(NamedTuple):
    """A finding and the report it is of."""

    report: ReportResult
    finding: Finding


def repository_path(report: ReportResult, look: Look) -> str:
    """The report's path from the top of the repository, with `/`; as given where it lies outside.

    A member of an archive keeps its name behind `!/`.
    """
    shown = report.path.replace("\\", "/") if look.folder[1:2] == ":" else report.path
    if not look.folder or not look.root:
        return shown
    path = posixpath.normpath(posixpath.join(look.folder, shown))
    if path == look.root or not path.startswith(look.root.rstrip("/") + "/"):
        return shown
    return path[len(look.root.rstrip("/")) + 1 :]


def has_lines(report: ReportResult) -> bool:
    """Whether the lines of the findings are lines of the file: false for Word, PDF, members of archives."""
    return report.format in LINE_FORMATS and _MEMBER not in report.path


def standing(run: Run) -> list[Placed]:
    """The findings that count, the most severe first, else in the order of reports and places."""
    found = [Placed(report, one) for report in run.reports for one in report.findings if one.waived is None]
    return sorted(found, key=lambda one: one.finding.severity.rank)


def accepted(run: Run) -> Iterator[Placed]:
    """The findings that were waived, in the order of reports and places."""
    for report in run.reports:
        for one in report.findings:
            if one.waived is not None:
                yield Placed(report, one)


def worst(report: ReportResult) -> Severity | None:
    """The highest severity that stands in a report, or None where nothing does."""
    found = [one.severity for one in report.findings if one.waived is None]
    return min(found, key=lambda one: one.rank, default=None)
