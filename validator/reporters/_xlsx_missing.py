"""What is required and not reported, by the office that knows the number."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from validator.model.document import Block, Document
from validator.model.fact import Fact
from validator.model.finding import Finding, IndicatorResult
from validator.model.location import Location
from validator.model.report import ReportResult, Run
from validator.model.rule import Indicator, Rules
from validator.model.words import Lang, Role, Scope, Status
from validator.reporters._tongue import Tongue

CODES = {
    Status.PLACEHOLDER: "IND003",
    Status.BLANK: "IND004",
    Status.NO_VALUE: "IND002",
    Status.ABSENT: "IND001",
    Status.CONFLICTING: "IND007",
}
LONGEST = 160
"""Characters of a sentence that are shown; of a longer one those around the place."""
_STOPS = "。；！？;!?\n"


class Missing(NamedTuple):
    """One number that somebody has to supply; `rule` is None where no pack knows the indicator any more."""

    report: ReportResult
    result: IndicatorResult
    rule: Indicator | None
    finding: Finding | None

    @property
    def owner(self) -> str:
        """The office that knows the number, or nothing."""
        return (self.rule.owner if self.rule else "") or self.result.owner

    @property
    def place(self) -> Location:
        """Where it stands, or where it belongs."""
        return self.finding.location if self.finding else Location()


class Wanted(NamedTuple):
    """The list, and how many more were accepted as they are."""

    rows: list[Missing]
    accepted: int


def wanted(run: Run, rules: Rules) -> Wanted:
    """The missing numbers of all reports: by office in the order in which the profiles name them, what has
    no office last, then by report and place."""
    found: list[tuple[int, Missing]] = []
    ranks: dict[str, int] = {}
    accepted = 0
    for number, report in enumerate(run.reports):
        graded = {(one.indicator, one.code): one for one in report.findings if one.indicator}
        for result in report.required:
            code = CODES.get(result.status, "")
            one = Missing(report, result, rules.indicators.get(result.id), graded.get((result.id, code)))
            ranks.setdefault(one.owner, len(ranks))
            if one.finding is not None and one.finding.waived is not None:
                accepted += 1
            elif code:
                found.append((number, one))
    found.sort(
        key=lambda pair: (
            not pair[1].owner,
            ranks[pair[1].owner],
            pair[0],
            pair[1].place.line,
            pair[1].place.column,
        )
    )
    return Wanted([one for _, one in found], accepted)


def place_words(one: Missing, lang: Lang) -> str:
    """Where the number stands; for what is not mentioned, the section that it belongs to."""
    if one.result.status is not Status.ABSENT and one.finding is not None:
        return one.finding.location.address(lang)
    if one.place.section:
        return one.place.section[-1]
    return one.rule.section if one.rule else ""


def slots(one: Missing) -> Iterator[str]:
    """The values as written that the number will replace, the one that the finding is about first."""
    facts = [
        fact
        for fact in one.result.facts
        if (fact.value is None and fact.role is not Role.CHANGE) or _counts(fact, one.result)
    ]
    facts.sort(key=lambda fact: (fact.location != one.place, fact.role.value != one.result.role))
    return (fact.value_text for fact in facts)


def written(one: Missing, tongue: Tongue) -> str:
    """What the report says now: the sentence with the empty place in 【】, or the values that differ."""
    if one.result.status is Status.ABSENT:
        return tongue.say("（全文没有提到）", "(not mentioned)")
    if one.result.status is Status.CONFLICTING:
        places: dict[str, str] = {}
        for fact in one.result.facts:
            if _counts(fact, one.result):
                places.setdefault(fact.value_text, fact.location.address(tongue.lang))
        return tongue.say("；", "; ").join(
            value + tongue.say(f"（{place}）", f" ({place})") for value, place in places.items()
        )
    return _sentence(one)


def _counts(fact: Fact, result: IndicatorResult) -> bool:
    return fact.value is not None and fact.scope is Scope.WHOLE and fact.role.value == result.role


def _sentence(one: Missing) -> str:
    finding, document = one.finding, one.report.document
    if finding is None or document is None:
        return finding.text if finding else ""
    spot = _spot(finding, document)
    if spot is None:
        return finding.text
    index, start, end = spot
    block = document.blocks[index]
    hole = one.result.status in (Status.PLACEHOLDER, Status.BLANK)
    text = _around(block.text, start, end, mark=hole)
    if block.cell is None:
        return text
    row = [other.text if other is not block else text for other in _row(block, document.blocks, index)]
    joined = " | ".join(filter(None, (cell.strip() for cell in row)))
    return joined if len(joined) <= LONGEST else text


def _spot(finding: Finding, document: Document) -> tuple[int, int, int] | None:
    """The block and the span in it: as the finding says, else found by the place."""
    if finding.block is not None:
        return finding.block, finding.start, finding.end
    place = finding.location
    if not 1 <= place.line <= len(document.line_starts):
        return None
    offset = document.line_starts[place.line - 1] + place.column - 1
    for index, block in enumerate(document.blocks):
        offsets = block.offsets
        if block.part == place.part and len(offsets) and offsets[0] <= offset <= offsets[-1]:
            start = bisect_left(offsets, offset)
            return index, start, min(len(block.text), start + len(finding.text))
    return None


def _around(text: str, start: int, end: int, *, mark: bool) -> str:
    """The sentence around a span, cut at both ends where it is longer than `LONGEST`."""
    end = min(len(text), max(start, end), start + LONGEST)
    first = max(text.rfind(stop, 0, start) + 1 for stop in _STOPS)
    last = min((at + 1 for stop in _STOPS if (at := text.find(stop, end)) >= 0), default=len(text))
    before, after = text[first:start], text[end:last]
    if last - first > LONGEST:
        room = LONGEST - (end - start)
        head = min(len(before), max(room // 2, room - len(after)))
        if head < len(before):
            before = "…" + before[len(before) - head :]
        if room - head < len(after):
            after = after[: room - head] + "…"
    inner = text[start:end]
    shown = f"【{inner.strip() or '　'}】" if mark else inner
    return f"{before}{shown}{after}".strip()


def _row(block: Block, blocks: Sequence[Block], index: int) -> list[Block]:
    """The cells of the row that a cell is in; cells of a table stand beside each other."""

    def same(other: Block) -> bool:
        mine, its = block.cell, other.cell
        return bool(
            mine
            and its
            and other.part == block.part
            and (its.table, its.row, its.sheet) == (mine.table, mine.row, mine.sheet)
        )

    first = last = index
    while first > 0 and same(blocks[first - 1]):
        first -= 1
    while last + 1 < len(blocks) and same(blocks[last + 1]):
        last += 1
    return list(blocks[first : last + 1])
