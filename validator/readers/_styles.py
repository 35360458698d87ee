"""Word styles: heading levels and hidden text, resolved through the styles that others are based on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from validator.text.lazy import lazy

from . import _ooxml as ox

if TYPE_CHECKING:
    from lxml.etree import _Element

_HEADING_NAME = lazy(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_BODY_LEVEL = 9
_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Style:
    """What matters of one style, not yet resolved."""

    name: str
    based_on: str
    outline: int | None
    hidden: bool | None


def is_on(element: _Element | None) -> bool | None:
    """State of an on/off property; None where it is not set."""
    if element is None:
        return None
    return (ox.attribute(element, "w:val") or "true").lower() not in ("0", "false", "off", "none")


class Styles:
    """All styles of a document."""

    def __init__(self, root: _Element | None) -> None:
        self._styles: dict[str, Style] = {}
        for element in ox.children(root, "w:style") if root is not None else ():
            key = ox.attribute(element, "w:styleId") or ""
            self._styles[key] = Style(
                name=_value(element, "w:name"),
                based_on=_value(element, "w:basedOn"),
                outline=outline_level(ox.child(element, "w:pPr")),
                hidden=is_on(ox.child(ox.child(element, "w:rPr"), "w:vanish")),
            )

    def _chain(self, key: str) -> list[Style]:
        found: list[Style] = []
        while key in self._styles and len(found) < _DEEPEST:
            found.append(self._styles[key])
            key = found[-1].based_on
        return found

    def level(self, key: str) -> int | None:
        """Heading level of a paragraph style, from 1; None for body text."""
        for style in self._chain(key):
            if style.outline is not None:
                return style.outline + 1 if style.outline < _BODY_LEVEL else None
            named = _HEADING_NAME.fullmatch(style.name.strip())
            if named:
                return int(named.group(1))
        return None

    def is_hidden(self, key: str) -> bool:
        """Whether text of this style is hidden."""
        return next((style.hidden for style in self._chain(key) if style.hidden is not None), False) or False

    def is_title(self, key: str) -> bool:
        """Whether it is the style of the document's title."""
        return any(style.name.strip().lower() in ("title", "标题") for style in self._chain(key)[:1])

    def is_contents(self, key: str) -> bool:
        """Whether it is a style of a line of the table of contents."""
        return any(
            re.match(r"(?:toc|目录)\s*\d", style.name.strip(), re.IGNORECASE)
            for style in self._chain(key)[:1]
        )


def outline_level(properties: _Element | None) -> int | None:
    """`w:outlineLvl` of paragraph properties: 0 to 8 for headings, 9 for body text; None where not set."""
    value = _value(properties, "w:outlineLvl")
    return int(value) if value.isdigit() else None


def _value(element: _Element | None, wanted: str) -> str:
    found = ox.child(element, wanted)
    return (ox.attribute(found, "w:val") or "") if found is not None else ""
