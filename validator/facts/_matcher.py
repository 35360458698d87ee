"""Finds the names of indicators in folded text, longest first, in time independent of their number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from validator.model.rule import Indicator
from validator.text.lazy import lazy
from validator.text.wordings import Sequence, Way, ways, wording_heads

_MARKS = ("*", "#")
_STOP = frozenset("，。；：！？、")
_GAP = 8
_WIDE_GAP = 24
_REMARK = 30
_PURPOSE = lazy("，(?:全部|专项|主要)?(?:用于|用在|投向)")
_BESIDE = frozenset("，、和")
_BEFORE_NUMBER = lazy("(?:了|近|约|超过|超|逾|达到|达|共计|共|突破|不少于|不低于|至少)?")


@dataclass(frozen=True, slots=True)
class Name:
    """One wording of one indicator; `kind` is name, trap (a longer name that is not it) or after."""

    indicator: str
    kind: str
    wording: str
    order: int
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A name found at `start:end`. `slot` is the start of the quantity that the wording itself holds,
    `head` the start of the words of an earlier clause that the name leans on (粮食播种面积58万亩，总产量)."""

    start: int
    end: int
    name: Name
    slot: int | None = None
    weight: int = 0
    head: int | None = None

    @property
    def begin(self) -> int:
        """Where the words begin that name the indicator, those of an earlier clause among them."""
        return self.start if self.head is None else self.head


class Dictionary:
    """All names of all indicators, keyed by the characters with which they can begin."""

    def __init__(
        self, indicators: Iterable[Indicator], known_heads: Mapping[str, tuple[str, ...]] | None = None
    ) -> None:
        self._heads: dict[str, list[Name]] = {}
        self._known_heads = known_heads or {}
        self._count = 0
        for indicator in indicators:
            for wording in indicator.wordings:
                self._add(indicator.id, "name", wording, ())
            for wording in indicator.never:
                self._add(indicator.id, "trap", wording, ())
            for after in indicator.after:
                for wording in after.wordings:
                    self._add(indicator.id, "after", wording, after.indicators)

    def _add(self, indicator: str, kind: str, wording: str, after: tuple[str, ...]) -> None:
        self._count += 1
        name = Name(indicator, kind, wording, self._count, after)
        for head in self._known_heads.get(wording) or wording_heads(wording):
            self._heads.setdefault(head, []).append(name)

    def find(self, text: str, starts: Mapping[int, int]) -> list[Hit]:
        """Every hit in `text`; `starts` maps the start of each quantity to its end."""
        known = self._heads
        ends = {end: start for start, end in starts.items()}
        present = frozenset(text)
        hits: list[Hit] = []
        for at in range(len(text)):
            for key in (text[at : at + 2], text[at]) if at + 1 < len(text) else (text[at],):
                for name in known.get(key, ()):
                    for one in _ready(name.wording):
                        if one.needed <= present and text.startswith(one.first, at):
                            hit = _best(name, text, at, starts, ends)
                            if hit is not None:
                                hits.append(hit)
                            break
        return hits

    def named(self, text: str) -> bool:
        """Whether `text` holds a name of any indicator."""
        return any(hit.name.kind == "name" for hit in self.find(text, {}))

    def whole(self, text: str) -> set[str]:
        """Indicators of which `text` as a whole is a name."""
        return {
            hit.name.indicator
            for hit in self.find(text, {})
            if hit.name.kind == "name" and hit.start == 0 and hit.end == len(text) and hit.slot is None
        }


class _Ready(NamedTuple):
    """A way with what makes it not worth trying: the characters of which a text must have all, and the
    literal, if any, that must stand at the place."""

    way: Way
    needed: frozenset[str]
    first: str


@lru_cache(maxsize=8192)
def _ready(wording: str) -> tuple[_Ready, ...]:
    found = []
    for way in ways(wording):
        first = way.body[0] if way.body else ""
        literal = first if isinstance(first, str) and first not in _MARKS else ""
        found.append(_Ready(way, _needed(way.body), literal))
    return tuple(found)


def _needed(sequence: Sequence) -> frozenset[str]:
    found: frozenset[str] = frozenset()
    for node in sequence:
        if not isinstance(node, str):
            found |= frozenset.intersection(*map(_needed, node))
        elif node not in _MARKS:
            found |= frozenset(node)
    return found


def _best(name: Name, text: str, at: int, starts: Mapping[int, int], ends: Mapping[int, int]) -> Hit | None:
    """The longest way in which the wording matches at `at`."""
    best: Hit | None = None
    for way, _, first in _ready(name.wording):
        before = _number_before(way, text, at, ends) if way.leading else None
        if way.leading and before is None:
            continue
        if not text.startswith(first, at):
            continue
        for end, slot, weight, own in _ends(way.body, text, at, starts):
            if best is None or (weight, end) > (best.weight, best.end):
                start, head = (at, None) if own is None else (own, at)
                best = Hit(start, end, name, before if before is not None else slot, weight, head)
    return best


def _number_before(way: Way, text: str, at: int, ends: Mapping[int, int]) -> int | None:
    before = ends.get(at)
    if before is None and (text[at - 1 : at] == "的" or _PURPOSE.match(text, at - 1)):
        before = ends.get(at - 1)
    if before is None and way.wide:
        before = _nearest(text, at, ends)
    return before


def _nearest(text: str, at: int, ends: Mapping[int, int]) -> int | None:
    """Start of the last quantity before `at` in the same clause; a remark in brackets is stepped over."""
    here, least = at, max(0, at - _WIDE_GAP)
    while here > least:
        if here in ends:
            return ends[here]
        if text[here - 1] in _STOP:
            return None
        opening = text.rfind("(", max(0, here - _REMARK), here) if text[here - 1] == ")" else -1
        here = here - 1 if opening < 0 else opening
    return None


_End = tuple[int, int | None, int, int | None]
"""Where a match ends, the start of the quantity at `#`, the number of literal characters of the name itself,
and where that begins if what stands before belongs to an earlier clause."""


def _ends(tree: Sequence, text: str, at: int, starts: Mapping[int, int]) -> Iterator[_End]:
    """Every way to match."""
    if not tree:
        yield at, None, 0, None
        return
    node, rest = tree[0], tree[1:]
    if isinstance(node, tuple):
        for option in node:
            tree = (*option, *rest)
            if _may_begin(tree, text, at):
                yield from _ends(tree, text, at, starts)
    elif node == "#":
        yield from _after_number(rest, text, at, starts)
    elif node == "*":
        yield from _after_gap(rest, text, at, starts, _GAP)
    elif text.startswith(node, at):
        for end, slot, weight, own in _ends(rest, text, at + len(node), starts):
            yield end, slot, weight + (len(node) if own is None else 0), own


def _may_begin(tree: Sequence, text: str, at: int) -> bool:
    """False where the very first literal is not there: most ways end here, and cost nothing more."""
    first = tree[0] if tree else ""
    return not isinstance(first, str) or first in _MARKS or text.startswith(first, at)


def _after_number(rest: Sequence, text: str, at: int, starts: Mapping[int, int]) -> Iterator[_End]:
    """A number that the wording closes off with a comma is that of an earlier clause and none of ours."""
    match = _BEFORE_NUMBER.match(text, at)
    for start in {at, match.end() if match else at}:
        end = starts.get(start)
        if end is not None:
            if rest and rest[0] == "*":
                ways = _after_gap(rest[1:], text, end, starts, _WIDE_GAP)
            else:
                ways = _ends(rest, text, end, starts)
            for stop, slot, weight, own in ways:
                if stop > end and text[end] in _BESIDE:
                    yield stop, slot, weight, end + 1 if own is None else own
                else:
                    yield stop, start, weight, own


def _after_gap(rest: Sequence, text: str, at: int, starts: Mapping[int, int], width: int) -> Iterator[_End]:
    for here in range(at, min(len(text), at + width) + 1):
        if _may_begin(rest, text, here):
            yield from _ends(rest, text, here, starts)
        if here < len(text) and (text[here] in _STOP or here in starts):  # a number is never passed over
            return


def select(hits: list[Hit]) -> list[Hit]:
    """The hits that hold: longest first, none overlaps another; traps are kept out and shadow names."""
    chosen: list[Hit] = []
    for hit in sorted(
        hits,
        key=lambda one: (
            -one.weight,
            one.name.kind != "trap",
            one.head is None,
            one.slot is None,
            one.start,
            one.name.order,
        ),
    ):
        rivals = [one for one in chosen if hit.start < one.end and one.start < hit.end]
        if all(_together(hit, one) for one in rivals):
            chosen.append(hit)
    return sorted(
        (one for one in chosen if one.name.kind != "trap"), key=lambda one: (one.start, one.name.order)
    )


def _together(hit: Hit, other: Hit) -> bool:
    """A trap only shadows its own indicator; one span may name two indicators, other overlaps may not."""
    if "trap" in (hit.name.kind, other.name.kind):
        return hit.name.indicator != other.name.indicator
    return (hit.start, hit.end) == (other.start, other.end) and hit.name.indicator != other.name.indicator
