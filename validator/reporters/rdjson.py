"""Diagnostics for reviewdog. It takes an unknown key for an error, so the ledger and what was waived have no
place."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from validator.model.document import Document
from validator.model.report import Run
from validator.model.rule import Rules
from validator.model.words import Severity
from validator.reporters import _hosted as hosted
from validator.reporters._base import Look, Reporter
from validator.reporters._facts import dumped
from validator.text.escape import visible

_SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.INFO: "INFO"}


class _Bytes:
    """Columns in bytes of UTF-8, which is what reviewdog counts. The last line is kept: findings of one
    line follow each other, and a line may be as long as a book."""

    def __init__(self) -> None:
        self._of: tuple[Document, int] | None = None
        self._ends: Sequence[int] = ()

    def column(self, document: Document, line: int, column: int) -> int:
        """The 1-based column in bytes for one in characters."""
        if self._of is None or self._of[0] is not document or self._of[1] != line:
            self._of = (document, line)
            self._ends = (0, *accumulate(map(_width, _line(document, line))))
        return self._ends[max(0, min(column, len(self._ends)) - 1)] + 1


def _line(document: Document, line: int) -> str:
    starts = document.line_starts
    if not 1 <= line <= len(starts):
        return ""
    end = starts[line] - 1 if line < len(starts) else len(document.source)
    return document.source[starts[line - 1] : end]


def _width(char: str) -> int:
    number = ord(char)
    return 1 if number < 0x80 else 2 if number < 0x800 else 3 if number < 0x10000 else 4


def _check(run: Run, _rules: Rules, look: Look) -> bytes:
    count = _Bytes()
    worst = min((one for one in Severity if run.count(one)), key=lambda one: one.rank, default=Severity.INFO)
    rows = ",".join("\n" + dumped(_diagnostic(one, count, look)) for one in hosted.standing(run))
    source = dumped({"name": "validator"})
    return (
        f'{{"source": {source}, "severity": "{_SEVERITIES[worst]}", "diagnostics": [{rows}\n]}}\n'
    ).encode()


def _diagnostic(one: hosted.Placed, count: _Bytes, look: Look) -> dict[str, object]:
    location: dict[str, object] = {"path": visible(hosted.hosted_file(one.report, look))}
    if hosted.has_lines(one.report) and one.finding.location.part != "file":
        location["range"] = _range(one, count)
    return {
        "message": hosted.told(one, look),
        "location": location,
        "severity": _SEVERITIES[one.finding.severity],
        "code": {"value": one.finding.code},
    }


def _range(one: hosted.Placed, count: _Bytes) -> dict[str, dict[str, int]]:
    """Whole lines where the text is not at hand to count bytes in."""
    place, document = one.finding.location, one.report.document
    start, end = max(1, place.line), max(1, place.line, place.end_line)
    if document is None:
        return {"start": {"line": start}, "end": {"line": end}}
    first = count.column(document, start, place.column)
    last = count.column(document, end, place.end_column)
    return {
        "start": {"line": start, "column": first},
        "end": {"line": end, "column": max(first, last) if start == end else last},
    }


REPORTER = Reporter(name="rdjson", media_type="application/json", suffixes=(".rdjson",), check=_check)
