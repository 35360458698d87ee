"""What the formats for code hosts and CI services share: paths of the repository, order, lines."""

from __future__ import annotations

import hashlib
import posixpath
from collections.abc import Iterator
from typing import NamedTuple

from validator.model.finding import Finding
from validator.model.report import ReportResult, Run
from validator.model.words import Lang, Severity
from validator.reporters._base import Look
from validator.reporters._entries import address
from validator.text.escape import visible
from validator.text.members import split_member

LINE_FORMATS = frozenset({"txt", "md", "html", "yaml"})
"""Formats whose lines are those of the file itself, so that a diff view can show a finding beside them."""
FAMILIES = {
    "IND": "indicators",
    "PLC": "placeholders",
    "BAN": "banned",
    "CON": "consistency",
    "DOC": "document",
    "RUL": "rules",
}
"""What hosts group findings by, by the letters of the code."""
MOST_MESSAGE = 600
"""Characters of a message; what is longer is cut, so that no document decides how large an output is."""


class Placed(NamedTuple):
    """A finding and the report it is of."""

    report: ReportResult
    finding: Finding


def repository_path(report: ReportResult, look: Look) -> str:
    """The report's path from the top of the repository, with `/`; as given where it lies outside.

    A member of an archive keeps its name behind `!/`.
    """
    return from_root(report.path, look)


def from_root(given: str, look: Look) -> str:
    """A path as given, from the top of the repository; see `repository_path`."""
    shown = given.replace("\\", "/") if look.folder[1:2] == ":" else given
    if not look.folder or not look.root:
        return shown
    path = posixpath.normpath(posixpath.join(look.folder, shown))
    if path == look.root or not path.startswith(look.root.rstrip("/") + "/"):
        return shown
    return path[len(look.root.rstrip("/")) + 1 :]


def hosted_file(report: ReportResult, look: Look) -> str:
    """The path of the file that the host knows: of the archive for a member of one."""
    return split_member(repository_path(report, look))[0]


def member_of(report: ReportResult) -> str:
    """The name of the report in its archive; empty where it lies in none."""
    return split_member(report.path)[1]


def has_lines(report: ReportResult) -> bool:
    """Whether the lines of the findings are lines of the file: false for Word, PDF, members of archives."""
    return report.format in LINE_FORMATS and not member_of(report)


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


def told(placed: Placed, look: Look) -> str:
    """What is wrong, where, and what to do, on one harmless line of at most `MOST_MESSAGE` characters.

    The place is the one for people: no view of changes can show one in Word or PDF.
    """
    finding, zh = placed.finding, look.lang is not Lang.EN
    place = "" if finding.location.part == "file" else address(finding, look.lang)
    where = " ".join(filter(None, (member_of(placed.report), place)))
    message = without_path(finding.message.get(look.lang), placed.report.path)
    message = message.removesuffix("。" if zh else ".")
    if where:
        message += f"（{where}）" if zh else f" ({where})"
    remedy = finding.remedy.get(look.lang)
    return clipped(visible(message + ("。" if zh else ". ") + remedy).strip())


def without_path(message: str, path: str) -> str:
    """A message of a file that could not be read, without its path before it: a host names the file itself,
    and from the top of the repository."""
    return message.removeprefix(f"{path}：").removeprefix(f"{path}: ")


def clipped(text: str, most: int = MOST_MESSAGE) -> str:
    """`text`, or its beginning and `…` where it has more than `most` characters."""
    return text if len(text) <= most else text[: most - 1] + "…"


def identity(placed: Placed, within: str) -> str:
    """32 hex digits that stay the same through edits elsewhere; `within` tells equal findings apart that
    stand in different files."""
    finding = placed.finding
    parts = "\0".join((within, finding.code, finding.fingerprint or finding.anchor))
    return hashlib.sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()[:32]
