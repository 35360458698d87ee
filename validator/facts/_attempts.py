"""Tells what was made of every name in the text, for those who want to know why."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from validator.facts._linking import Trace
from validator.facts._matcher import Hit
from validator.facts._quantities import Quantity
from validator.facts._statement import Judge
from validator.model.document import Document
from validator.model.fact import Attempt, Fact, Outcome
from validator.model.rule import Indicator
from validator.text.fold import Folded
from validator.text.units import family

_AROUND = 24
_ALIKE = 0.6
_FEWEST_PIECES = 3
_OPTIONAL = re.compile(r"\([^()]*\)")
_NOTATION = re.compile(r"[{}|*#（）]")


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


def told(
    place: Place, judge: Judge, traces: Sequence[Trace], found: Sequence[Hit], kept: Sequence[Hit]
) -> list[Attempt]:
    """The attempts of one sentence: what was decided on the names kept, and why the others were not."""
    attempts = [_attempt(place, judge, one, indicator) for one in traces for indicator in one.indicators]
    return [*attempts, *_dropped(place, found, kept)]


def loose(
    place: Place, judge: Judge, quantities: Iterable[Quantity], used: Collection[int]
) -> Iterator[Attempt]:
    """Numbers of the sentence that nothing claims (`used` are the starts of the others), where the words
    before them are like those of an indicator: a wording that the packs do not know, perhaps."""
    for quantity in quantities:
        if quantity.start in used or quantity.value is None or family(quantity.unit) in (None, "time"):
            continue
        text = place.sentence
        begin = max(
            0, quantity.start - _AROUND, *(text.rfind(mark, 0, quantity.start) + 1 for mark in "。；")
        )
        words = text[begin : quantity.start]
        best = max(
            (
                (_likeness(one, words), one.id)
                for one in judge.indicators.values()
                if judge.fits(one.id, quantity)
            ),
            default=(0.0, ""),
        )
        if best[0] >= _ALIKE:
            yield Attempt(
                indicator=best[1],
                wording="",
                name=words,
                outcome=Outcome.LOOSE,
                location=place.document.locate(
                    place.index,
                    *place.folded.span(place.shift + quantity.start, place.shift + quantity.end),
                ),
                context=text[max(0, quantity.start - 2 * _AROUND) : quantity.end + _AROUND],
                number=place.text(quantity.start, quantity.end),
                fits=True,
            )


def _likeness(rule: Indicator, words: str) -> float:
    """The largest share of the two-character pieces of a wording that occur in `words`."""
    return max(
        (sum(piece in words for piece in pieces) / len(pieces) for pieces in _pieces(rule.wordings)),
        default=0.0,
    )


@lru_cache(maxsize=2000)
def _pieces(wordings: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """The two-character pieces of each wording without what may be left out."""
    found = []
    for wording in wordings:
        plain = _NOTATION.sub(" ", _OPTIONAL.sub("", wording))
        pieces = tuple(word[at : at + 2] for word in plain.split() for at in range(len(word) - 1))
        if len(pieces) >= _FEWEST_PIECES:
            found.append(pieces)
    return tuple(found)


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


def _attempt(place: Place, judge: Judge, trace: Trace, indicator: str) -> Attempt:
    quantity = trace.quantity
    hole = trace.outcome is Outcome.TAKEN and quantity is not None and quantity.value is None
    return _at(
        place,
        trace.hit,
        indicator,
        trace.outcome,
        number=place.text(quantity.start, quantity.end) if quantity else "",
        between=trace.between,
        detail="hole" if hole else trace.detail,
        fits=quantity is not None and judge.fits(indicator, quantity),
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
    fits: bool = False,
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
        fits=fits,
    )
