"""A run without the numbers that belong to a person, for outputs that others may read."""

from __future__ import annotations

from dataclasses import replace

from validator.model.document import Block, Document
from validator.model.fact import Attempt, Fact
from validator.model.finding import Finding, IndicatorResult
from validator.model.location import Location
from validator.model.report import ReportResult, Run
from validator.model.words import Bilingual
from validator.text.redact import redact


def redacted(run: Run) -> Run:
    """The run with identity, mobile and account numbers masked, character for character.

    Lines, columns and fingerprints stay as they are. Names of files are not changed: they must lead
    somewhere.
    """
    return replace(run, reports=tuple(map(_report, run.reports)))


def _report(report: ReportResult) -> ReportResult:
    return replace(
        report,
        title=redact(report.title),
        indicators=tuple(map(_indicator, report.indicators)),
        findings=tuple(map(_finding, report.findings)),
        facts=tuple(map(_fact, report.facts)),
        attempts=tuple(map(_attempt, report.attempts)),
        document=_document(report.document) if report.document is not None else None,
    )


def _indicator(one: IndicatorResult) -> IndicatorResult:
    return replace(one, facts=tuple(map(_fact, one.facts)))


def _finding(one: Finding) -> Finding:
    return replace(
        one,
        text=redact(one.text),
        message=_both(one.message),
        remedy=_both(one.remedy),
        waived=None if one.waived is None else redact(one.waived),
        location=_place(one.location),
    )


def _fact(one: Fact) -> Fact:
    hole = None if one.hole is None else replace(one.hole, location=_place(one.hole.location))
    return replace(one, text=redact(one.text), location=_place(one.location), hole=hole)


def _attempt(one: Attempt) -> Attempt:
    return replace(
        one,
        name=redact(one.name),
        number=redact(one.number),
        between=redact(one.between),
        context=redact(one.context),
        detail=redact(one.detail),
        location=_place(one.location),
    )


def _place(one: Location) -> Location:
    """A place is told by its headings and its sheet."""
    section = tuple(map(redact, one.section))
    sheet = None if one.sheet is None else redact(one.sheet)
    if (section, sheet) == (one.section, one.sheet):
        return one
    return replace(one, section=section, sheet=sheet)


def _document(document: Document) -> Document:
    return replace(
        document,
        source=redact(document.source),
        title=redact(document.title),
        blocks=tuple(map(_block, document.blocks)),
        notices=tuple(replace(one, zh=redact(one.zh), en=redact(one.en)) for one in document.notices),
    )


def _block(block: Block) -> Block:
    text, section, cell = redact(block.text), tuple(map(redact, block.section)), block.cell
    if cell is not None and cell.sheet is not None and (sheet := redact(cell.sheet)) != cell.sheet:
        cell = replace(cell, sheet=sheet)
    if (text, section, cell) == (block.text, block.section, block.cell):
        return block
    return replace(block, text=text, section=section, cell=cell)


def _both(text: Bilingual) -> Bilingual:
    return Bilingual(redact(text.zh), redact(text.en))
