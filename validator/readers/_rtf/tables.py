"""The tables at the head of an RTF file: fonts, colours and styles."""

from __future__ import annotations

import re
from dataclasses import dataclass

from validator.text.lazy import lazy

from .. import _flow
from .._flow import Look
from . import codes

_HEADING = lazy(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_CONTENTS = lazy(r"(?:toc|目录|contents)\s*\d", re.IGNORECASE)
_TITLES = ("title", "标题")
_BODY_LEVEL = 9
_DEEPEST = 20
_WHITE = 0xF8


class Fonts:
    """Font numbers to codecs and names. `entry` is the font whose entry is being read."""

    def __init__(self) -> None:
        self.entry = 0
        self._codecs: dict[int, str] = {}
        self._names: dict[int, str] = {}

    def add(self, text: str) -> None:
        """A piece of the name of the font `entry`."""
        known = self._names.get(self.entry, "")
        if len(known) < 100:
            self._names[self.entry] = known + text

    def set_codec(self, codec: str) -> None:
        """The codec of the font `entry`."""
        self._codecs[self.entry] = codec

    def name(self, number: int) -> str:
        """Name of a font without its closing semicolon."""
        return self._names.get(number, "").partition(";")[0].strip()

    def codec(self, number: int, page: str) -> str:
        """Codec of the text in a font; text in a font of signs that is none of them is of the page."""
        codec = self._codecs.get(number, page)
        return page if codec == codes.SYMBOL and not _flow.is_symbol_font(self.name(number)) else codec


class Colours:
    """Which colours of the table are white. A semicolon ends each; an empty one is automatic."""

    def __init__(self) -> None:
        self.rgb: list[int] = []
        self._white: list[bool] = []

    def add(self, text: str) -> None:
        """The text between the control words of the table."""
        for _ in range(text.count(";")):
            self._white.append(len(self.rgb) >= 3 and min(self.rgb[-3:]) >= _WHITE)
            self.rgb.clear()

    def is_white(self, number: int) -> bool:
        """Whether the colour is white, or nearly."""
        return 0 <= number < len(self._white) and self._white[number]


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """What matters of one style, not yet resolved; `level` counts from 0, 9 is body text."""

    name: str
    level: int | None
    based: int | None
    hidden: bool


class StyleSheet:
    """All styles of a document by number."""

    def __init__(self) -> None:
        self._styles: dict[int, Style] = {}
        self._looks: dict[tuple[int, int | None], Look] = {}

    def add(self, number: int, name: str, *, level: int | None, based: int | None, hidden: bool) -> None:
        """An entry of the style sheet, unless it has no name."""
        name = name.partition(";")[0].strip()
        if name:
            self._styles[number] = Style(name=name, level=level, based=based, hidden=hidden)
            self._looks.clear()

    def is_hidden(self, number: int) -> bool:
        """Whether text of this style is hidden."""
        return number in self._styles and self._styles[number].hidden

    def look(self, number: int, level: int | None) -> Look:
        """What a paragraph is by its style, and by the outline level that it sets itself."""
        key = (number, level)
        if key not in self._looks:
            self._looks[key] = self._look(number, level)
        return self._looks[key]

    def _look(self, number: int, level: int | None) -> Look:
        own = self._styles.get(number)
        name = own.name.lower() if own else ""
        heading = self._level(number) if level is None else _from_outline(level)
        return Look(level=heading, title=name in _TITLES, contents=bool(_CONTENTS.match(name)))

    def _level(self, number: int | None) -> int | None:
        for _ in range(_DEEPEST):
            style = self._styles.get(number) if number is not None else None
            if style is None:
                return None
            if style.level is not None:
                return _from_outline(style.level)
            if named := _HEADING.fullmatch(style.name):
                return int(named[1])
            number = style.based
        return None


def _from_outline(level: int) -> int | None:
    return level + 1 if 0 <= level < _BODY_LEVEL else None
