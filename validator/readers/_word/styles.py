"""Styles of a Word document: heading levels, what is hidden, lists; each with those that it is based on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from validator.text.lazy import lazy

from .. import _ooxml as ox
from .look import PLAIN, Look, is_dark, is_on, look_of

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["NO_NUMBER", "ListPlace", "Style", "Styles", "is_on", "list_place", "outline_level"]

_HEADING_NAME = lazy(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_CONTENTS_NAME = lazy(r"(?:toc|目录)\s*\d", re.IGNORECASE)
_BODY_LEVEL = 9
_DEEPEST = 20
NO_NUMBER = "0"
"""The list id that takes a paragraph out of the list of its style."""


@dataclass(frozen=True, slots=True)
class ListPlace:
    """Which list and level paragraph properties name; None where they say nothing."""

    number: str | None = None
    level: int | None = None


NO_PLACE = ListPlace()


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """What matters of one style, those that it is based on included."""

    level: int | None = None
    title: bool = False
    contents: bool = False
    look: Look = PLAIN
    hides: bool = False
    backed: bool = False
    place: ListPlace = NO_PLACE


class Styles:
    """All styles of a document, each read when it is first asked for."""

    def __init__(self, root: _Element | None) -> None:
        self._elements: dict[str, _Element] = {}
        self._known: dict[str, Style] = {}
        self._shaded: dict[str, bool] = {}
        self._default = ""
        self.base = PLAIN
        if root is not None:
            inner = ox.child(ox.child(root, "w:docDefaults"), "w:rPrDefault")
            self.base = look_of(ox.child(inner, "w:rPr"))
        for element in ox.children(root, "w:style") if root is not None else ():
            key = ox.value(element, "w:styleId")
            self._elements.setdefault(key, element)
            if ox.value(element, "w:default") in ("1", "true", "on") and self._is_paragraph(element):
                self._default = self._default or key

    @staticmethod
    def _is_paragraph(element: _Element) -> bool:
        return ox.value(element, "w:type") in ("", "paragraph")

    def _chain(self, key: str) -> list[_Element]:
        found: list[_Element] = []
        while key in self._elements and len(found) < _DEEPEST:
            found.append(self._elements[key])
            key = ox.value(ox.child(found[-1], "w:basedOn"))
        return found

    def paragraph(self, key: str) -> Style:
        """The paragraph style with this key; without one, that of ordinary paragraphs."""
        return self.get(key if key in self._elements else self._default)

    def get(self, key: str) -> Style:
        """The style with this key, of any type; a plain one where there is none."""
        if key not in self._known:
            self._known[key] = self._read(key)
        return self._known[key]

    def _read(self, key: str) -> Style:
        chain = self._chain(key)
        name = ox.value(ox.child(chain[0], "w:name")).strip() if chain else ""
        look, place = PLAIN, NO_PLACE
        backed = None
        for element in chain:
            properties = ox.child(element, "w:pPr")
            look = look.over(look_of(ox.child(element, "w:rPr")))
            place = _over(place, list_place(ox.child(properties, "w:numPr")))
            shading = ox.child(properties, "w:shd")
            if backed is None and shading is not None:
                backed = is_dark(shading)
        return Style(
            level=_level(chain),
            title=name.lower() in ("title", "标题"),
            contents=bool(_CONTENTS_NAME.match(name)),
            look=look,
            hides=look.over(self.base).is_hidden(on_white=True),
            backed=bool(backed),
            place=place,
        )

    @cached_property
    def hiding_characters(self) -> bool:
        """Whether any character style hides text."""
        styles = (key for key, one in self._elements.items() if ox.value(one, "w:type") == "character")
        return any(self.get(key).look.is_hidden(on_white=True) for key in styles)

    def list_place(self, key: str) -> ListPlace:
        """The list that a style puts its paragraphs into."""
        return self.paragraph(key).place

    def shades(self, key: str) -> bool:
        """Whether a table style puts a colour behind any of its cells."""
        if key not in self._shaded:
            shadings = (one for style in self._chain(key) for one in ox.inside(style, "w:shd"))
            self._shaded[key] = any(is_dark(one) for one in shadings)
        return self._shaded[key]


def _level(chain: list[_Element]) -> int | None:
    for element in chain:
        outline = outline_level(ox.child(ox.child(element, "w:pPr"), "w:outlineLvl"))
        if outline is not None:
            return outline + 1 if outline < _BODY_LEVEL else None
        named = _HEADING_NAME.fullmatch(ox.value(ox.child(element, "w:name")).strip())
        if named:
            return int(named.group(1))
    return None


def outline_level(element: _Element | None) -> int | None:
    """`w:outlineLvl`: 0 to 8 for headings, 9 for body text; None where it is not set or no such number."""
    level = ox.number(ox.value(element))
    return level if level is not None and 0 <= level <= _BODY_LEVEL else None


def list_place(element: _Element | None) -> ListPlace:
    """What `w:numPr` says."""
    if element is None:
        return NO_PLACE
    number = ox.child(element, "w:numId")
    level = ox.number(ox.value(ox.child(element, "w:ilvl")))
    return ListPlace(ox.value(number) if number is not None else None, level)


def _over(upper: ListPlace, lower: ListPlace) -> ListPlace:
    if lower is NO_PLACE:
        return upper
    return ListPlace(
        lower.number if upper.number is None else upper.number,
        lower.level if upper.level is None else upper.level,
    )
