"""Tells what was made of every name in the text, for those who want to know why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from validator.facts._linking import Trace
from validator.facts._matcher import Hit
from validator.model.document import Document
from validator.model.fact import Attempt, Fact, Outcome
from validator.text.fold import Folded

_AROUND = 24


@dataclass(frozen=True, slots=True)
class Place:
    """One sentence: it begins at `shift` of the folded block `index`."""

    document: Document
    index: int
    folded: Folded
    shift: int
    sentence: str

    def text(self, start: int, end: int) -> str:
        """What the source has for a span of the sentence."""
        first, last = self.folded.span(self.shift + start, self.shift + end)
        return self.document.blocks[self.index].text[first:last]


def told(place: Place, traces: Sequence[Trace], found: Sequence[Hit], kept: Sequence[Hit]) -> list[Attempt]:
    """The attempts of one sentence: what was decided on the names kept, and why the others were not."""
    attempts = [_attempt(place, one, indicator) for one in traces for indicator in one.indicators]
    return [*attempts, *_dropped(place, found, kept)]


def of_cell(fact: Fact) -> Attempt:
    """A fact of a table: the name stands in the head of its row or column."""
    return Attempt(
        indicator=fact.indicator,
        wording="",
        name=fact.text,
        outcome=Outcome.TAKEN,
        location=fact.location,
        context=fact.text,
        number=fact.value_text,
        detail=fact.via or "table",
    )


def _attempt(place: Place, trace: Trace, indicator: str) -> Attempt:
    quantity = trace.quantity
    return _at(
        place,
        trace.hit,
        indicator,
        trace.outcome,
        number=place.text(quantity.start, quantity.end) if quantity else "",
        between=trace.between,
        detail=trace.detail,
    )


def _dropped(place: Place, found: Sequence[Hit], kept: Sequence[Hit]) -> Iterator[Attempt]:
    taken = {(hit.name.indicator, hit.start, hit.end) for hit in kept}
    told: set[tuple[str, int, int]] = set()
    for hit in found:
        key = (hit.name.indicator, hit.start, hit.end)
        if hit.name.kind == "trap" or key in taken or key in told:
            continue
        if any(one.name.indicator == hit.name.indicator and _overlap(one, hit) for one in kept):
            continue
        told.add(key)
        yield _at(place, hit, hit.name.indicator, *_why(place, hit, found, kept))


def _why(place: Place, hit: Hit, found: Sequence[Hit], kept: Sequence[Hit]) -> tuple[Outcome, str]:
    traps = [one for one in found if one.name.kind == "trap" and one.name.indicator == hit.name.indicator]
    trap = next((one for one in traps if _overlap(one, hit)), None)
    if trap is not None:
        return Outcome.TRAP, place.text(trap.start, trap.end)
    longer = next((one for one in kept if _overlap(one, hit)), None)
    if longer is not None:
        return Outcome.SHADOWED, longer.name.indicator
    return Outcome.UNFOUNDED, ""


def _overlap(one: Hit, other: Hit) -> bool:
    return one.start < other.end and other.start < one.end


def _at(
    place: Place,
    hit: Hit,
    indicator: str,
    outcome: Outcome,
    detail: str = "",
    *,
    number: str = "",
    between: str = "",
) -> Attempt:
    start, end = place.folded.span(place.shift + hit.start, place.shift + hit.end)
    text = place.document.blocks[place.index].text
    return Attempt(
        indicator=indicator,
        wording=hit.name.wording,
        name=text[start:end],
        outcome=outcome,
        location=place.document.locate(place.index, start, end),
        context=text[max(0, start - _AROUND) : end + 2 * _AROUND],
        number=number,
        between=between,
        detail=detail,
    )
