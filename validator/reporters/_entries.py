"""Findings as a person reads them: one entry a place, with the words around it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from validator.model.document import Document
from validator.model.finding import Finding
from validator.model.report import ReportResult
from validator.model.words import Lang, Severity, Status
from validator.reporters._lines import Span, Style

AROUND = 20
"""How many characters are shown on each side of what is marked."""
_STOPS = "。；！？;!?\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """All findings at one place, the most telling first."""

    findings: tuple[Finding, ...]

    @property
    def lead(self) -> Finding:
        """The finding whose message is shown: one that names an indicator tells more."""
        return min(self.findings, key=lambda one: (one.indicator is None, one.severity.rank, one.code))

    @property
    def severity(self) -> Severity:
        """The worst severity of the entry."""
        return min((one.severity for one in self.findings), key=lambda one: one.rank)

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the entry, each once, sorted."""
        return tuple(sorted({one.code for one in self.findings}))


def absent(report: ReportResult) -> frozenset[str]:
    """Ids of the required indicators that the report does not mention."""
    return frozenset(one.id for one in report.required if one.status is Status.ABSENT)


def entries(report: ReportResult, *, waived: bool = False) -> list[Entry]:
    """The findings of the report in document order, those at one place together.

    What is not mentioned at all is not among them: it has a list of its own.
    """
    missing = absent(report)
    shown = [
        one
        for one in report.findings
        if (one.waived is not None) is waived and (waived or not is_missing(one, missing))
    ]
    return [Entry(findings=tuple(group)) for group in _together(shown)]


def spoken(report: ReportResult) -> tuple[int, int]:
    """How many findings of the report stand, and how many entries a person reads for them: those at one
    place are one entry, and so is each indicator that is not mentioned."""
    missing = absent(report)
    standing = [one for one in report.findings if one.waived is None]
    apart = sum(is_missing(one, missing) for one in standing)
    return len(standing), len(entries(report)) + apart


def is_missing(finding: Finding, missing: frozenset[str]) -> bool:
    """Whether the finding says that an indicator of `missing` is not mentioned."""
    return finding.indicator in missing and finding.code.startswith("IND")


def _together(findings: Iterable[Finding]) -> list[list[Finding]]:
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for number, one in enumerate(findings):
        place = one.location
        if one.block is not None:
            key: tuple[object, ...] = (one.block, one.start, one.end)
        elif place.part == "file":
            key = ("alone", number)
        else:
            key = (place, one.text)
        groups.setdefault(key, []).append(one)
    return list(groups.values())


def address(finding: Finding, lang: Lang) -> str:
    """The place for people, with the sections above: `一、教育 > （二）高中 第2段`."""
    place = finding.location
    above = place.section[:-1] if place.part == "body" else ()
    return " > ".join((*above, place.address(lang)))


def in_source(finding: Finding, report: ReportResult, lang: Lang) -> str:
    """`第12行第45列` where the format has lines of its own, else nothing."""
    place = finding.location
    if report.encoding is None or place.part == "file":
        return ""
    zh = lang is Lang.ZH
    return f"第{place.line}行第{place.column}列" if zh else f"line {place.line}, column {place.column}"


def excerpt(finding: Finding, report: ReportResult) -> list[Span]:
    """The words around the finding with its own text marked; empty where there is no text."""
    document = report.document
    if document is None or finding.block is None or not document.blocks[finding.block].text:
        return _in_line(finding, document)
    text = document.blocks[finding.block].text
    start, end = max(0, finding.start), min(len(text), max(finding.start, finding.end))
    if not finding.text and ((start, end) == (0, len(text)) or finding.code.startswith("DOC")):
        return [Span(text if len(text) <= 2 * AROUND else text[: 2 * AROUND] + "…")]
    return _marked(text, start, end)


def _in_line(finding: Finding, document: Document | None) -> list[Span]:
    """The words around a finding that is tied to no block, by its place in the text as it was read; its own
    text alone where that line holds markup."""
    if not finding.text:
        return []
    place = finding.location
    if document is not None and place.part != "file" and place.line == place.end_line:
        begin = document.line_starts[place.line - 1] if place.line <= len(document.line_starts) else 0
        text = document.source[begin : document.source.find("\n", begin) % (len(document.source) + 1)]
        start, end = place.column - 1, place.end_column - 1
        if text[start:end] == finding.text and not set("<>|") & set(text):
            return _marked(text, start, end)
    return [Span(finding.text, Style.MARK)]


def _marked(text: str, start: int, end: int) -> list[Span]:
    first, last = _window(text, start, end)
    marked = text[start:end]
    if len(marked) > 3 * AROUND:
        marked = marked[: 2 * AROUND] + "…" + marked[-AROUND // 2 :]
    before = ("…" if first > 0 and text[first - 1] not in _STOPS else "") + text[first:start]
    after = text[end:last] + ("…" if last < len(text) and text[last - 1] not in _STOPS else "")
    return [Span(before), Span(marked, Style.MARK), Span(after)]


def _window(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence around a span, but no more than `AROUND` characters on each side."""
    first = max([0, start - AROUND, *(text.rfind(stop, 0, start) + 1 for stop in _STOPS)])
    stops = [at + 1 for stop in _STOPS if (at := text.find(stop, end)) >= 0]
    return first, min([len(text), end + AROUND, *stops])


def by_address(found: Sequence[Entry], lang: Lang) -> list[tuple[str, list[Entry]]]:
    """Neighbouring entries of one address together, in document order."""
    groups: list[tuple[str, list[Entry]]] = []
    for one in found:
        words = address(one.lead, lang)
        if not groups or groups[-1][0] != words:
            groups.append((words, []))
        groups[-1][1].append(one)
    return groups
