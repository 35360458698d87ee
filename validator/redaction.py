"""A run without the numbers that belong to a person, for outputs that others may read."""

from __future__ import annotations

from dataclasses import replace

from validator.model.document import Document
from validator.model.fact import Fact
from validator.model.finding import Finding, IndicatorResult
from validator.model.report import ReportResult, Run
from validator.model.words import Bilingual
from validator.text.redact import redact


def redacted(run: Run) -> Run:
    """The run with identity, mobile and account numbers masked, character for character.

    Places and fingerprints stay as they are. Names of files are not changed: they must lead somewhere.
    """
    return replace(run, reports=tuple(map(_report, run.reports)))


def _report(report: ReportResult) -> ReportResult:
    return replace(
        report,
        title=redact(report.title),
        indicators=tuple(map(_indicator, report.indicators)),
        findings=tuple(map(_finding, report.findings)),
        facts=tuple(map(_fact, report.facts)),
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
    )


def _fact(one: Fact) -> Fact:
    return replace(one, text=redact(one.text))


def _document(document: Document) -> Document:
    source = redact(document.source)
    blocks = tuple(
        replace(block, text=text) if (text := redact(block.text)) != block.text else block
        for block in document.blocks
    )
    return replace(document, source=source, blocks=blocks)


def _both(text: Bilingual) -> Bilingual:
    return Bilingual(redact(text.zh), redact(text.en))
