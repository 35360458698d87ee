"""Automatic numbering of a Word document: the label that Word puts before a paragraph (ECMA-376 §17.9)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from validator.text.lazy import lazy

from .. import _ooxml as ox
from .numerals import numeral
from .styles import NO_NUMBER, ListPlace, Styles, is_on

if TYPE_CHECKING:
    from lxml.etree import _Element

_LEVELS = 9
_PART = lazy(r"%([1-9])")
_CLOSED = tuple("、）】」』〕》〉：；。，．")
_MOST_LINKS = 10
_MOST_LABEL = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One level of a list. `restart` is the level (from 1) whose use restarts this one; 0 is never."""

    start: int = 1
    form: str = "decimal"
    pattern: str = ""
    text: str = ""
    suffix: str = "tab"
    restart: int | None = None
    style: str = ""
    legal: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class List:
    """A list instance: the key of the counters that it shares, its levels, and what it starts anew."""

    counters: str
    levels: tuple[Level, ...]
    starts: tuple[int, ...] = ()


@dataclass(slots=True)
class _State:
    values: list[int | None] = field(default_factory=lambda: [None] * _LEVELS)
    known: set[str] = field(default_factory=set)


class Numbering:
    """All lists of a document, with their counters; every story (body, text boxes, notes) counts alone."""

    def __init__(self, root: _Element | None, styles: Styles) -> None:
        self._styles = styles
        self._lists: dict[str, List | None] = {}
        self._states: dict[tuple[str, str], _State] = {}
        self._nums: dict[str, _Element] = {}
        self._abstract: dict[str, _Element] = {}
        for element in ox.children(root, "w:num") if root is not None else ():
            self._nums.setdefault(ox.value(element, "w:numId"), element)
        for element in ox.children(root, "w:abstractNum") if root is not None else ():
            self._abstract.setdefault(ox.value(element, "w:abstractNumId"), element)

    def label(self, story: str, place: ListPlace, style: str) -> str:
        """The label of the next paragraph of a list, with what parts it from the text; "" for a bullet.

        `place` is what the paragraph itself says, `style` the key of its style.
        """
        number, depth = self._resolve(place, style)
        found = self.find(number)
        if found is None:
            return ""
        depth = min(max(depth, 0), len(found.levels) - 1)
        values = self._count(story, number, found, depth)
        return _written(found.levels, values, depth)

    def _resolve(self, place: ListPlace, style: str) -> tuple[str, int]:
        by_style = self._styles.list_place(style)
        number = by_style.number if place.number is None else place.number
        if number is None or number == NO_NUMBER:
            return "", 0
        if place.level is not None:
            return number, place.level
        if place.number is not None:
            return number, 0
        found = self.find(number)
        levels = enumerate(found.levels if found else ())
        linked = next((at for at, one in levels if one.style and one.style == style), None)
        return number, linked if linked is not None else by_style.level or 0

    def _count(self, story: str, number: str, found: List, depth: int) -> list[int]:
        state = self._states.setdefault((story, found.counters), _State())
        values = state.values
        if number not in state.known:
            state.known.add(number)
            for at in found.starts:
                values[at] = None
        levels = found.levels
        before = values[depth]
        values[depth] = levels[depth].start if before is None else before + 1
        for at in range(depth):
            if values[at] is None:
                values[at] = levels[at].start
        for at in range(depth + 1, len(levels)):
            restart = levels[at].restart
            if restart is None or depth < restart:
                values[at] = None
        return [one or 0 for one in values]

    def find(self, number: str) -> List | None:
        """The list with this id, if there is one."""
        if number not in self._lists:
            self._lists[number] = self._read(number)
        return self._lists[number]

    def _read(self, number: str) -> List | None:
        element = self._nums.get(number)
        key, abstract = self._abstract_of(element)
        if element is None or abstract is None:
            return None
        levels = [Level(form="none")] * _LEVELS
        for one in ox.children(abstract, "w:lvl"):
            at = ox.number(ox.attribute(one, "w:ilvl"))
            if at is not None and 0 <= at < _LEVELS:
                levels[at] = _level(one)
        starts = []
        for one in ox.children(element, "w:lvlOverride"):
            at = ox.number(ox.attribute(one, "w:ilvl"))
            if at is None or not 0 <= at < _LEVELS:
                continue
            own = ox.child(one, "w:lvl")
            if own is not None:
                levels[at] = _level(own)
            start = ox.number(ox.value(ox.child(one, "w:startOverride")))
            if start is not None:
                levels[at] = replace(levels[at], start=start)
                starts.append(at)
        return List(counters=key, levels=tuple(levels), starts=tuple(starts))

    def _abstract_of(self, num: _Element | None) -> tuple[str, _Element | None]:
        key = ox.value(ox.child(num, "w:abstractNumId"))
        for _ in range(_MOST_LINKS):
            abstract = self._abstract.get(key)
            link = ox.value(ox.child(abstract, "w:numStyleLink"))
            if not link:
                return key, abstract
            # A list that only names a list style: its levels stand in the list that the style uses.
            num = self._nums.get(self._styles.list_place(link).number or "")
            key = ox.value(ox.child(num, "w:abstractNumId"))
        return key, None


def _level(element: _Element) -> Level:
    form = next(ox.inside(element, "w:numFmt"), None)
    picture = ox.child(element, "w:lvlPicBulletId") is not None
    return Level(
        start=_start(ox.child(element, "w:start")),
        form="bullet" if picture else ox.value(form) or "decimal",
        pattern=ox.value(form, "w:format"),
        text=ox.value(ox.child(element, "w:lvlText"))[:_MOST_LABEL],
        suffix=ox.value(ox.child(element, "w:suff")) or "tab",
        restart=ox.number(ox.value(ox.child(element, "w:lvlRestart"))),
        style=ox.value(ox.child(element, "w:pStyle")),
        legal=bool(is_on(ox.child(element, "w:isLgl"))),
        hidden=bool(is_on(ox.child(ox.child(element, "w:rPr"), "w:vanish"))),
    )


def _start(element: _Element | None) -> int:
    # A level without a start begins at 0 (ECMA-376 §17.9.25).
    return ox.number(ox.value(element)) or 0


def _written(levels: tuple[Level, ...], values: list[int], depth: int) -> str:
    level = levels[depth]
    if level.form == "bullet" or level.hidden:
        return ""

    def figure(found: re.Match[str]) -> str:
        at = int(found[1]) - 1
        if at > depth:
            return ""
        form = levels[at].form
        if level.legal and form not in ("none", "bullet", "decimalZero"):
            form = "decimal"
        return numeral(values[at], form, levels[at].pattern)

    text = _PART.sub(figure, level.text).strip()
    if not text or level.suffix == "nothing" or text.endswith(_CLOSED):
        return text
    return text + " "
