"""Text objects of OFD (11.2): each character at its place on the page, seen in the direction of its line."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from .. import _flow
from .._page.page import Glyph, Style, turn
from .draw import POINTS, Space
from .res import Paint, Resources
from .xml import attributes, children, deltas, number, numbers

if TYPE_CHECKING:
    from lxml.etree import _Element

_UPRIGHT = math.radians(4)
_WIDE = frozenset("mwMW@%")
_LEAST, _MOST_HAN, _MOST = 0.3, 1.02, 1.35
"""An advance of so many usual widths of a character is its width in this font; a wider one has a gap in it.
Chinese characters are all of one width."""
_SAID = (0.6, 1.35)
_BOLD = 600
_NO_CHARACTER = "¤\ufffd"
"""What a writer puts for a glyph without a character (11.4)."""
_FALSE = ("false", "0")


@lru_cache(maxsize=4096)
def width(char: str) -> float:
    """Usual width of a character in font sizes."""
    if not char.isascii():
        return 1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.55
    # Chinese fonts have half a size for each; too much for an "i" of others only hides a small gap.
    return 0.85 if char in _WIDE else 0.65 if char.isupper() else 0.5


def is_shown(values: dict[str, str]) -> bool:
    """Whether the attribute `Visible` of an object lets it be seen."""
    return values.get("visible", "true").lower() not in _FALSE


def style_of(
    inner: dict[str, _Element], values: dict[str, str], resources: Resources, *, parameter: str, alpha: float
) -> tuple[Paint, bool, str]:
    """Paint of a text object, whether anything paints it, and the face of its characters."""
    filled = values.get("fill", "true").lower() not in _FALSE
    stroked = values.get("stroke", "false").lower() not in _FALSE
    wanted = "fillcolor" if filled else "strokecolor"
    own = resources.paint(inner.get(wanted), wanted, values.get("drawparam", parameter))
    alpha *= min(1.0, max(0.0, number(values.get("alpha"), 255.0) / 255))
    bold = stroked or number(values.get("weight"), 400.0) >= _BOLD
    face = values.get("font", "") + ("!" if bold else "")
    return Paint(colour=own.colour, alpha=own.alpha * alpha), filled or stroked, face


class TextObject:
    """The characters of one text object. `broken` counts those that tell nobody what is on the page."""

    def __init__(self, element: _Element, values: dict[str, str], space: Space, font: str) -> None:
        self.broken = 0
        self._element = element
        self._values = values
        self._space = space.inside(values.get("boundary"), values.get("ctm"))
        self._wide = POINTS * math.hypot(*space.matrix[:2])
        self._font = font if _flow.is_symbol_font(font) else ""
        high = (numbers(values.get("boundary"), 4) or (0.0,) * 4)[3]
        self._size = number(values.get("size")) or high
        self._stretch = number(values.get("hscale"), 1.0)
        self._reading = round(number(values.get("readdirection")) / 90) % 4
        a, b, c, d, _, _ = self._space.matrix
        self.size = abs(self._size) * math.hypot(c, d) * POINTS
        self._em = abs(self._size * self._stretch) * math.hypot(a, b) * POINTS

    def codes(self) -> Iterator[tuple[list[tuple[str, float, float]], float]]:
        """For each `TextCode` its characters with their places in the object, and its direction."""
        x = y = 0.0
        for code in children(self._element, "textcode"):
            values = attributes(code)
            x, y = number(values.get("x"), x), number(values.get("y"), y)
            text = "".join(str(one) for one in code.itertext())
            if "\n" in text or "\r" in text:
                text = "".join(line.strip("\t ") for line in text.splitlines())
            if text:
                yield self._placed(text, x, y, values)

    def _placed(
        self, text: str, x: float, y: float, values: dict[str, str]
    ) -> tuple[list[tuple[str, float, float]], float]:
        across = deltas(values.get("deltax"), len(text) - 1)
        down = deltas(values.get("deltay"), len(text) - 1)
        along: tuple[float, float] = (1, 0, -1, 0)[self._reading], (0, 1, 0, -1)[self._reading]
        placed = [(text[0], x, y)]
        for at, char in enumerate(text[1:]):
            if at < len(across) or at < len(down):
                x += across[at] if at < len(across) else 0.0
                y += down[at] if at < len(down) else 0.0
            else:
                step = width(text[at]) * self._size * self._stretch
                x, y = x + along[0] * step, y + along[1] * step
            placed.append((char, x, y))
        if not across and down:
            along = (0, 1 if y >= placed[0][2] else -1)
        elif sum(1 for one, other in zip(across, down, strict=False) if abs(other) > abs(one) / 5) * 2 > len(
            across
        ):
            along = x - placed[0][1], y - placed[0][2]
        a, b, c, d, _, _ = self._space.matrix
        p, q = along if any(along) else (1, 0)
        return placed, math.atan2(-(b * p + d * q), a * p + c * q)

    def glyphs(self, code: Sequence[tuple[str, float, float]], style: Style) -> list[Glyph]:
        """The characters of one code, seen in the direction of the style."""
        quadrant = style.quadrant or 0
        points = [self._space.at(x, y) for _, x, y in code]
        if quadrant:
            points = [turn(x, y, quadrant) for x, y in points]
        found: list[Glyph] = []
        for at, ((char, _, _), (x, y)) in enumerate(zip(code, points, strict=True)):
            usual = width(char) * self._em
            step = points[at + 1][0] - x if at + 1 < len(points) else self._said(usual, len(code), quadrant)
            most = _MOST if char.isascii() else _MOST_HAN
            if not _LEAST * usual <= step <= most * usual:
                step = usual
            found.append(Glyph(self._character(char), x, x + step, y, style))
        return found

    def _said(self, usual: float, count: int, quadrant: int) -> float:
        """Width of a character that has an object of its own: that of the object, where it is likely."""
        boundary = None if count > 1 or quadrant else numbers(self._values.get("boundary"), 4)
        own = boundary[2] * self._wide if boundary else 0.0
        return own if _SAID[0] * usual <= own <= _SAID[1] * usual else usual

    def _character(self, char: str) -> str:
        if char < " " or "\x7f" <= char < "\xa0":
            return " "
        private = unicodedata.category(char) == "Co"
        if private and self._font:
            char = _flow.symbol(self._font, ord(char))
            private = unicodedata.category(char) == "Co"
        self.broken += private or char in _NO_CHARACTER
        return char


def quadrant_of(angle: float) -> int | None:
    """Which way text with this angle runs, in quarter turns counter-clockwise; None for slanting text."""
    quarter = round(angle / (math.pi / 2))
    return quarter % 4 if abs(angle - quarter * math.pi / 2) <= _UPRIGHT else None
