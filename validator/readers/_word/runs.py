"""Runs of a paragraph: what is shown, hidden and deleted is kept apart; signs that are no plain text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .. import _ooxml as ox
from .._draft import Draft

if TYPE_CHECKING:
    from lxml.etree import _Element

_SYMBOLS = {
    ("wingdings", 0xF0FE): "☑",
    ("wingdings", 0xF0FD): "☒",
    ("wingdings", 0xF0A8): "□",
    ("wingdings", 0xF06F): "□",
    ("wingdings", 0xF071): "□",
    ("wingdings", 0xF0FC): "✓",
    ("wingdings", 0xF0FB): "✗",
    ("wingdings 2", 0xF052): "☑",
    ("wingdings 2", 0xF050): "✓",
    ("wingdings 2", 0xF0A3): "□",
    ("symbol", 0xF0B4): "×",
}
CHARACTERS = {"w:tab": "\t", "w:ptab": "\t", "w:noBreakHyphen": "-", "w:softHyphen": ""}
"""Elements that stand for one character."""


@dataclass(slots=True)
class Runs:
    """Text of one paragraph while its runs are read; a break starts a new line."""

    lines: list[str] = field(default_factory=lambda: [""])
    hidden: list[str] = field(default_factory=lambda: [""])
    deleted: list[str] = field(default_factory=lambda: [""])
    boxes: list[Draft] = field(default_factory=list)
    pictures: int = 0

    def add(self, text: str, *, hidden: bool, deleted: bool) -> None:
        """Append to the text that is shown, hidden or deleted; these never mix."""
        (self.deleted if deleted else self.hidden if hidden else self.lines)[-1] += text

    def end_line(self, *, hidden: bool, deleted: bool) -> None:
        """A break inside the paragraph."""
        (self.deleted if deleted else self.hidden if hidden else self.lines).append("")


def text_of(element: _Element) -> str:
    """Text of `w:t`: blanks at its ends count only where they are declared to."""
    text = (element.text or "").replace("\n", " ").replace("\r", " ")
    kept = element.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"
    return text if kept else text.strip(" ")


def symbol(element: _Element) -> str:
    """The character of `w:sym`, or of `w16se:symEx` (an emoji)."""
    extended = ox.name(element) == "w16se:symEx"
    font = ox.value(element, "w16se:font" if extended else "w:font").lower()
    said = ox.value(element, "w16se:char" if extended else "w:char")
    try:
        code = int(said[:8], 16)
    except ValueError:
        return ""
    if (font, code) in _SYMBOLS:
        return _SYMBOLS[font, code]
    return chr(code) if 0x20 <= code < 0xD800 or 0xE000 <= code <= 0x10FFFF else ""
