"""What makes text of a Word document unreadable: hidden, white on white, one point high."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from .. import _ooxml as ox

if TYPE_CHECKING:
    from lxml.etree import _Element

_PALE = 0xF0
"""A colour whose every channel is at least this cannot be read on white paper."""
_TINY = 2
"""Half points: text of one point is a line of dust."""
_THIN = 5
"""Per cent of the width of a character."""
_WHITE_THEME = ("background1", "light1", "bg1", "lt1")
_RGB = re.compile("[0-9A-Fa-f]{6}")
_SIZE = re.compile(r"([0-9]{1,5})(?:\.[0-9]{1,5})?(pt)?", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Properties of text as far as they decide whether it can be read; None is "not said here"."""

    vanish: bool | None = None
    pale: bool | None = None
    tiny: bool | None = None
    thin: bool | None = None
    backed: bool | None = None

    def over(self, lower: Look) -> Look:
        """These properties, and those of `lower` where these say nothing."""
        if self is PLAIN:
            return lower
        return Look(
            vanish=lower.vanish if self.vanish is None else self.vanish,
            pale=lower.pale if self.pale is None else self.pale,
            tiny=lower.tiny if self.tiny is None else self.tiny,
            thin=lower.thin if self.thin is None else self.thin,
            backed=lower.backed if self.backed is None else self.backed,
        )

    def is_hidden(self, *, on_white: bool) -> bool:
        """Whether a reader of the page cannot see such text; `on_white` is what is behind it."""
        return bool(self.vanish or self.tiny or self.thin or (self.pale and on_white and not self.backed))


PLAIN = Look()
_WANTED = frozenset(("w:vanish", "w:color", "w:sz", "w:w", "w:shd", "w:highlight"))


def look_of(properties: _Element | None) -> Look:
    """The look that run properties (`w:rPr`) give."""
    if properties is None:
        return PLAIN
    said: dict[str, bool] = {}
    for element in properties:
        tag = ox.name(element)
        if tag not in _WANTED:
            continue
        if tag == "w:vanish":
            said["vanish"] = bool(is_on(element))
        elif tag == "w:color":
            said["pale"] = is_pale(element)
        elif tag == "w:sz":
            said["tiny"] = is_tiny(element)
        elif tag == "w:w":
            said["thin"] = is_thin(element)
        elif tag == "w:shd":
            said["backed"] = is_dark(element)
        elif ox.value(element) not in ("none", "white"):
            said["backed"] = True
    return Look(**said) if said else PLAIN


def is_on(element: _Element | None) -> bool | None:
    """State of an on/off property; None where it is not set."""
    if element is None:
        return None
    return (ox.attribute(element, "w:val") or "true").lower() not in ("0", "false", "off", "none")


def is_pale(color: _Element) -> bool:
    """Whether `w:color` is white or so near it that nobody reads it on paper."""
    said = ox.value(color)
    if _RGB.fullmatch(said):
        return is_pale_rgb(said)
    return ox.value(color, "w:themeColor") in _WHITE_THEME and not ox.value(color, "w:themeShade")


def is_pale_rgb(rgb: str) -> bool:
    """The same of a colour in six hexadecimal digits; False for anything else."""
    return bool(_RGB.fullmatch(rgb)) and min(int(rgb[at : at + 2], 16) for at in (0, 2, 4)) >= _PALE


def is_tiny(size: _Element) -> bool:
    """Whether `w:sz` is one point or less; strict files may write it as 1pt."""
    return is_tiny_size(ox.value(size))


@lru_cache(maxsize=500)
def is_tiny_size(said: str) -> bool:
    """The same of the value."""
    found = _SIZE.fullmatch(said)
    return found is not None and 0 < int(found[1]) * (2 if found[2] else 1) <= _TINY


def is_thin(scale: _Element) -> bool:
    """Whether `w:w` narrows characters to a stroke."""
    said = ox.number(ox.value(scale).rstrip("%"))
    return said is not None and 0 < said <= _THIN


def is_dark(shading: _Element) -> bool:
    """Whether `w:shd` puts something other than white behind the text."""
    if ox.value(shading) not in ("", "clear", "nil"):
        return True
    fill = ox.value(shading, "w:fill")
    if _RGB.fullmatch(fill):
        return not is_pale_rgb(fill)
    theme = ox.value(shading, "w:themeFill")
    return bool(theme) and theme not in _WHITE_THEME
