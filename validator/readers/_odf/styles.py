"""Styles of OpenDocument: headings, hidden and invisible text, resolved through their parents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from validator.text.lazy import lazy

from .._flow import Look
from . import names as odf
from .lists import ListStyle, list_style

if TYPE_CHECKING:
    from lxml.etree import _Element

_HEADING = lazy(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_CONTENTS = lazy(r"(?:toc|目录|contents)\s*\d", re.IGNORECASE)
_TITLES = ("title", "标题")
_POINTS = lazy(r"([0-9]{1,4}(?:\.[0-9]{1,6})?)pt")
_COLOUR = lazy(r"#([0-9A-Fa-f]{2})([0-9A-Fa-f]{2})([0-9A-Fa-f]{2})")
_HAN = lazy("[㐀-鿿豈-﫿]")
_DEEPEST = 20
_WHITE = 0xF8
_TINY = 1.0
"""Points."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """What makes a run invisible; None is not set. `tiny` is that of western text."""

    hidden: bool | None = None
    white: bool | None = None
    shaded: bool | None = None
    tiny: bool | None = None
    tiny_han: bool | None = None

    def over(self, other: Face) -> Face:
        """This face, and `other` for what it does not set."""
        if self is _PLAIN:
            return other
        return Face(
            hidden=other.hidden if self.hidden is None else self.hidden,
            white=other.white if self.white is None else self.white,
            shaded=other.shaded if self.shaded is None else self.shaded,
            tiny=other.tiny if self.tiny is None else self.tiny,
            tiny_han=other.tiny_han if self.tiny_han is None else self.tiny_han,
        )

    def is_hidden(self, text: str, *, on_white: bool) -> bool:
        """Whether `text` cannot be seen; `on_white`: there is white paper behind it."""
        if self.hidden or (self.white and not self.shaded and on_white):
            return True
        if self.tiny or self.tiny_han:
            return bool(self.tiny_han if _HAN.search(text) else self.tiny)
        return False


_PLAIN = Face()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Style:
    """One style, not yet resolved. `numbered` is "" where the style takes the number away."""

    name: str
    parent: str
    automatic: bool
    level: int | None
    face: Face
    numbered: str | None


class Styles:
    """The styles that hold for one file: those for all, and the automatic ones of that file."""

    def __init__(self, common: _Element | None, own: _Element) -> None:
        self._styles: dict[tuple[str, str], _Style] = {}
        self.lists: dict[str, ListStyle] = {}
        self.outline: ListStyle = {}
        self.white_page = True
        self._faces: dict[tuple[str, str], Face] = {}
        self._looks: dict[str, Look] = {}
        for root, block in ((common, "office:styles"), (own, "office:automatic-styles")):
            for element in _inside(root, block):
                self._add(element, automatic=block != "office:styles")
        for root in (common, own):
            for element in _inside(root, "office:automatic-styles"):
                if odf.name(element) == "style:page-layout":
                    self._page(element)

    def _add(self, element: _Element, *, automatic: bool) -> None:
        tag = odf.name(element)
        if tag == "style:style":
            key = (odf.get(element, "style:family"), odf.get(element, "style:name"))
            self._styles[key] = _style(element, automatic=automatic)
        elif tag == "text:list-style":
            self.lists[odf.get(element, "style:name")] = list_style(element)
        elif tag == "text:outline-style":
            self.outline = list_style(element)

    def _page(self, element: _Element) -> None:
        for inner in element:
            if _is_colour(odf.get(inner, "fo:background-color")):
                self.white_page = False

    def _chain(self, family: str, key: str) -> Iterator[_Style]:
        for _ in range(_DEEPEST):
            style = self._styles.get((family, key))
            if style is None:
                return
            yield style
            key = style.parent

    def face(self, family: str, key: str) -> Face:
        """What a style of the family `text` or `paragraph` makes of its text."""
        if not key:
            return _PLAIN
        if (family, key) not in self._faces:
            found = _PLAIN
            for style in self._chain(family, key):
                found = found.over(style.face)
            self._faces[family, key] = found
        return self._faces[family, key]

    def look(self, key: str) -> Look:
        """What a paragraph style makes of its paragraph."""
        if key not in self._looks:
            named = next((one.name for one in self._chain("paragraph", key) if not one.automatic), "")
            self._looks[key] = Look(
                level=self._level(key),
                title=named.lower() in _TITLES,
                contents=bool(_CONTENTS.match(named)),
            )
        return self._looks[key]

    def _level(self, key: str) -> int | None:
        for style in self._chain("paragraph", key):
            if style.level is not None:
                return style.level or None
            if named := _HEADING.fullmatch(style.name):
                return int(named[1])
        return None

    def list_name(self, key: str) -> str | None:
        """The list style that a paragraph style names; "" where it takes the number away, else None."""
        named = (one.numbered for one in self._chain("paragraph", key))
        return next((one for one in named if one is not None), None)


def _inside(root: _Element | None, block: str) -> Iterator[_Element]:
    found = odf.child(root, block)
    return iter(found) if found is not None else iter(())


def _style(element: _Element, *, automatic: bool) -> _Style:
    level = element.get(odf.clark("style:default-outline-level"))
    return _Style(
        name=odf.get(element, "style:display-name") or odf.get(element, "style:name").replace("_20_", " "),
        parent=odf.get(element, "style:parent-style-name"),
        automatic=automatic,
        level=None if level is None else odf.whole(element, "style:default-outline-level", 0),
        face=_face(element),
        numbered=element.get(odf.clark("style:list-style-name")),
    )


def _face(element: _Element) -> Face:
    text = odf.child(element, "style:text-properties")
    paragraph = odf.child(element, "style:paragraph-properties")
    display, colour, size, size_han, back = (
        odf.get(text, one) if text is not None else ""
        for one in (
            "text:display",
            "fo:color",
            "fo:font-size",
            "style:font-size-asian",
            "fo:background-color",
        )
    )
    if text is not None and odf.get(text, "style:use-window-font-color") == "true":
        colour = "#000000"
    behind = back or (odf.get(paragraph, "fo:background-color") if paragraph is not None else "")
    if not (display or colour or size or size_han or behind):
        return _PLAIN
    return Face(
        hidden=display == "none" if display else None,
        white=_is_white(colour) if colour else None,
        shaded=_is_colour(behind) if behind else None,
        tiny=_is_tiny(size),
        tiny_han=_is_tiny(size_han),
    )


def _is_white(colour: str) -> bool:
    found = _COLOUR.fullmatch(colour)
    return found is not None and all(int(one, 16) >= _WHITE for one in found.groups())


def _is_colour(colour: str) -> bool:
    return bool(colour) and colour != "transparent" and not _is_white(colour)


def _is_tiny(size: str) -> bool | None:
    found = _POINTS.fullmatch(size)
    return float(found[1]) <= _TINY if found else None
