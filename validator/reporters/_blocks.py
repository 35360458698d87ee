"""A report as the checks see it: block by block, with the place of each and whether it states values."""

from __future__ import annotations

from collections.abc import Iterator

from validator.model.document import Block, Document, Kind
from validator.model.report import ReportResult, Run
from validator.model.words import Lang
from validator.reporters._base import Look
from validator.reporters._facts import place_record
from validator.reporters._lines import Line, Span, Style, line
from validator.reporters._tongue import Tongue

_KINDS = {
    Kind.HEADING: ("标题", "heading"),
    Kind.PARAGRAPH: ("段落", "paragraph"),
    Kind.CELL: ("单元格", "cell"),
    Kind.FURNITURE: ("版面", "furniture"),
    Kind.META: ("附带", "meta"),
}


def block_lines(run: Run, tongue: Tongue) -> Iterator[Line]:
    """One entry a block: its number, what it is and where it stands; below it the text."""
    for report in run.reports:
        if report.document is None:
            yield line(Span(report.path, Style.TITLE))
            for finding in report.findings:
                yield line(Span(finding.message.get(tongue.lang), Style.ERROR), indent=2, hang=2)
        else:
            yield from _document(report, report.document, tongue)
        yield line()


def _document(report: ReportResult, document: Document, tongue: Tongue) -> Iterator[Line]:
    words = [document.format, document.encoding or "", tongue.label("标题", "title", document.title)]
    yield line(Span(report.path, Style.TITLE), Span("  " + "  ".join(one for one in words if one), Style.DIM))
    yield line(
        Span(
            tongue.say(
                "每段先写序号、类别和位置；“不计数”的只查占位和广告，里面的数不算已填。",
                "Number, kind and place of each block; what is “not counted” is only searched for leftovers.",
            ),
            Style.DIM,
        ),
        indent=2,
    )
    for index, block in enumerate(document.blocks):
        yield _head(index, block, document, tongue)
        text = block.text or tongue.say("（空）", "(empty)")
        yield line(Span(text, Style.TITLE if block.kind is Kind.HEADING else Style.PLAIN), indent=6)
    for notice in document.notices:
        yield line(Span(f"{notice.code} {tongue.say(notice.zh, notice.en)}", Style.WARNING), indent=2, hang=2)


def _head(index: int, block: Block, document: Document, tongue: Tongue) -> Line:
    kind = _KINDS[block.kind][0 if tongue.lang is Lang.ZH else 1]
    place = document.locate(index, 0, len(block.text))
    address = place.address(tongue.lang)
    if document.encoding is not None:
        address += tongue.say(f"  第{place.line}行", f"  line {place.line}")
    spans = [Span(f"{index + 1:>4}  ", Style.DIM), Span(kind, Style.SECTION), Span(f"  {address}", Style.DIM)]
    if not block.states:
        spans.append(Span(tongue.say("  不计数", "  not counted"), Style.INFO))
    return line(*spans)


def block_records(run: Run, look: Look) -> Iterator[dict[str, object]]:
    """One record a block, for machines; a report that cannot be read has one with `error`."""
    for report in run.reports:
        if report.document is None:
            yield {
                "path": report.path,
                "block": None,
                "error": " ".join(one.message.get(look.lang) for one in report.findings),
            }
            continue
        for index, block in enumerate(report.document.blocks):
            place = report.document.locate(index, 0, len(block.text))
            yield {
                "path": report.path,
                "block": index + 1,
                "kind": block.kind.value,
                "states": block.states,
                "visible": block.visible,
                "level": block.level,
                "text": block.text,
                "location": place_record(place, look.lang),
            }
