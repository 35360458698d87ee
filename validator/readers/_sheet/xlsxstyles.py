"""Styles of a workbook as far as text depends on them: number formats, text in the colour of its ground."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .._drawingml import inner, local
from .format import BUILTIN

if TYPE_CHECKING:
    from lxml.etree import _Element

_WHITE, _BLACK = "FFFFFF", "000000"
_INDEXED = {"0": _BLACK, "1": _WHITE, "8": _BLACK, "9": _WHITE, "64": _BLACK, "65": _WHITE}
_THEME = {"0": _WHITE, "1": _BLACK}
_WHITE_FORMAT = re.compile(r"\[(?:white|白色?|色2|color\s*2)\]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Style:
    """Format code, colour of the text, colour of the ground ("" when not known)."""

    code: str = "General"
    ink: str = _BLACK
    ground: str = _WHITE

    @property
    def hides(self) -> bool:
        """Whether the text cannot be told from its ground."""
        return self.ink == self.ground or (self.ground == _WHITE and bool(_WHITE_FORMAT.search(self.code)))


PLAIN = Style()


def colour(element: _Element | None, default: str) -> str:
    """A colour as six hex digits where it is known, else any name that equals only itself."""
    if element is None:
        return default
    if element.get("auto") in ("1", "true"):
        return default
    tint = element.get("tint") or ""
    try:
        plain = not tint or float(tint) == 0
    except ValueError:
        plain = False
    theme, indexed, rgb = element.get("theme"), element.get("indexed"), element.get("rgb")
    if rgb is not None:
        return rgb[-6:].upper() if plain else f"{rgb} {tint}"
    if theme is not None:
        return _THEME.get(theme, f"theme {theme}") if plain else f"theme {theme} {tint}"
    if indexed is not None:
        return _INDEXED.get(indexed, f"indexed {indexed}")
    return default


def styles(root: _Element | None) -> list[Style]:
    """The cell formats of a style sheet by their index."""
    if root is None:
        return []
    codes = dict(BUILTIN)
    for one in _list(root, "numFmts"):
        key = one.get("numFmtId") or ""
        if key.isdigit():
            codes[int(key)] = one.get("formatCode") or "General"
    inks = [colour(inner(one, "color"), _BLACK) for one in _list(root, "fonts")]
    grounds = [_ground(one) for one in _list(root, "fills")]
    return [
        Style(
            codes.get(_index(one, "numFmtId"), "General"),
            _at(inks, _index(one, "fontId"), _BLACK),
            _at(grounds, _index(one, "fillId"), _WHITE),
        )
        for one in _list(root, "cellXfs")
    ]


def _list(root: _Element, name: str) -> list[_Element]:
    found = inner(root, name)
    return [] if found is None else [one for one in found if local(one)]


def _index(element: _Element, key: str) -> int:
    value = element.get(key) or ""
    return int(value) if value.isdecimal() and len(value) < 10 else 0


def _at(values: list[str], index: int, default: str) -> str:
    return values[index] if index < len(values) else default


def _ground(fill: _Element) -> str:
    pattern = inner(fill, "patternFill")
    if pattern is None:
        return _WHITE if len(fill) == 0 else ""
    kind = pattern.get("patternType") or "none"
    if kind == "none":
        return _WHITE
    return colour(inner(pattern, "fgColor"), "") if kind == "solid" else ""
