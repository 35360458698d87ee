"""Characters of a PDF page by PDFium's text interface: shown, slanting or hidden, each at its place."""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from .._page.page import Box, Drawn, Fill, Glyph, Layer, Page, Style, covered, turn
from . import drawing as _drawing
from .pdfium import string

_UPRIGHT = math.radians(4)
_TINY = 1.6
"""Font size in points below which nobody reads."""
_SAME_COLOUR = 24
_CLEAR = 0.06
_PALE, _WHITE, _PALE_ALPHA = 140, 245, 0.65
_SCAN = 0.65
_BROKEN = 0.5
_UNPAINTED = (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP)
_STROKED = (
    pdfium.FPDF_TEXTRENDERMODE_STROKE,
    pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE,
    pdfium.FPDF_TEXTRENDERMODE_STROKE_CLIP,
    pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE_CLIP,
)
_HYPHENS = (0x02, 0xFFFE)
_SYMBOLS = {
    **dict.fromkeys((0xF0A8, 0xF06F, 0xF071, 0xF0A3), "□"),
    **dict.fromkeys((0xF0FE, 0xF052), "☑"),
    **dict.fromkeys((0xF0B7, 0xF06C, 0xF09F, 0xE00C), "●"),
    **dict.fromkeys((0xF0D8, 0xF0E0, 0xF0F0), "➢"),
    **dict.fromkeys((0xF0FC, 0xF050), "✓"),
    0xF0FD: "☒",
    0xF0FB: "✗",
    0xF0B4: "×",
    0xF06E: "■",
    0xF075: "◆",
}
"""Marks of the symbol fonts that word processors put before lists and into forms."""


def read_page(page: Any, text: Any, number: int, shown: str, added: Iterable[Glyph] = ()) -> Page:
    """A page with all its characters; `added` are characters of form fields, in page coordinates."""
    drawn = _drawing.drawn(page, shown)
    box = _page_box(page)
    glyphs, broken = _glyphs(text, drawn)
    total = sum(1 for one in glyphs if not one.text.isspace())
    readable = bool(total) and broken < total * _BROKEN
    if not readable:
        glyphs = []
    scanned = covered(drawn.images, box) >= _SCAN and _mostly_unpainted(glyphs)
    kept: dict[int, list[Glyph]] = {}
    slanting: list[Glyph] = []
    hidden: list[Glyph] = []
    for glyph in glyphs:
        if _is_hidden(glyph, box, drawn.fills, scanned=scanned):
            hidden.append(glyph)
        elif glyph.style.quadrant is None:
            slanting.append(glyph)
        else:
            kept.setdefault(glyph.style.quadrant, []).append(glyph)
    for glyph in added:
        kept.setdefault(glyph.style.quadrant or 0, []).append(glyph)
    layers = [
        Layer(box=box.turned(q), glyphs=kept[q], rules=[one.turned(q) for one in drawn.rules])
        for q in sorted(kept, key=lambda one: (-len(kept[one]), one))
    ]
    return Page(
        number=number,
        box=box,
        layers=layers,
        slanting=slanting,
        hidden=hidden,
        images=[] if scanned or (not readable and total) else drawn.images,
        readable=readable or bool(layers),
        broken=broken,
        drawn_only=not total and (bool(drawn.images) or drawn.curves > 0 or drawn.paths > 50),
    )


def painted(page: Any, text: Any, shown: str) -> list[Glyph]:
    """All characters of a page in the order of painting."""
    return _glyphs(text, _drawing.drawn(page, shown))[0]


def _page_box(page: Any) -> Box:
    rectangle = pdfium.FS_RECTF()
    if pdfium.FPDF_GetPageBoundingBox(page, rectangle):
        return Box(rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)
    return Box(0.0, 0.0, pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page))


def _glyphs(text: Any, drawn: Drawn) -> tuple[list[Glyph], int]:
    """All characters in the order of painting, in the direction of their line; how many are unreadable."""
    found: list[Glyph] = []
    styles: dict[int, Style] = {}
    fonts: dict[int, str] = {}
    broken = 0
    high = 0
    generated, object_of = pdfium.FPDFText_IsGenerated, pdfium.FPDFText_GetTextObject
    code_of, failed = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_HasUnicodeMapError
    address = ctypes.addressof
    place = _Place(text)
    for at in range(max(0, pdfium.FPDFText_CountChars(text))):
        if generated(text, at) == 1:
            continue
        item = object_of(text, at)
        key = address(item.contents) if item else 0
        style = styles.get(key)
        if style is None:
            style = styles[key] = _style(text, at, item, drawn.text_marks.get(key, (0, False)), fonts)
        code = code_of(text, at)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000 and high:
            code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00
        high = 0
        character, bad = _character(code)
        broken += bad or (failed(text, at) == 1 and not character.isspace())
        found.append(place.glyph(at, character, style))
    return found, broken


def _character(code: int) -> tuple[str, bool]:
    """The character of a code, and whether it tells nobody what is on the page."""
    if code in _SYMBOLS:
        return _SYMBOLS[code], False
    if code in _HYPHENS:
        return "-", False
    if code == 0 or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
        return "\ufffd", True
    if code < 0x20 or 0x7F <= code < 0xA0:
        return " ", False
    return chr(code), code == 0xFFFD or unicodedata.category(chr(code)) == "Co"


class _Place:
    """Reads where a character stands, into buffers that are made once."""

    def __init__(self, text: Any) -> None:
        self._text = text
        self._box = pdfium.FS_RECTF()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()

    def glyph(self, at: int, character: str, style: Style) -> Glyph:
        """The character with its place, seen in the direction of its line."""
        box = self._box
        pdfium.FPDFText_GetLooseCharBox(self._text, at, box)
        pdfium.FPDFText_GetCharOrigin(self._text, at, self._x, self._y)
        x, y = self._x.value, self._y.value
        if style.quadrant:
            seen = Box(box.left, box.bottom, box.right, box.top).turned(style.quadrant)
            x, y = turn(x, y, style.quadrant)
            left, right = seen.x0, seen.x1
        else:
            left, right = box.left, box.right
        if not (math.isfinite(left) and math.isfinite(right) and math.isfinite(y)):
            left, right, y = 0.0, 0.0, 0.0
        if right - left < 0.01:
            left = x if math.isfinite(x) else 0.0
            right = left + style.size * (0.5 if character.isascii() else 1.0)
        return Glyph(character, left, right, y, style)


def _face(item: Any, fonts: dict[int, str]) -> str:
    font = pdfium.FPDFTextObj_GetFont(item) if item else None
    if not font:
        return ""
    key = ctypes.addressof(font.contents)
    if key not in fonts:
        fonts[key] = string(
            lambda b, n: pdfium.FPDFFont_GetBaseFontName(
                font, ctypes.cast(b, ctypes.POINTER(ctypes.c_char)), n
            ),
            encoding="utf-8",
        )
    return fonts[key]


def _style(text: Any, at: int, item: Any, mark: tuple[int, bool], fonts: dict[int, str]) -> Style:
    matrix = pdfium.FS_MATRIX()
    size = float(pdfium.FPDFText_GetFontSize(text, at))
    angle = 0.0
    if pdfium.FPDFText_GetMatrix(text, at, matrix):
        size *= math.hypot(matrix.c, matrix.d)
        angle = math.atan2(matrix.b, matrix.a)
    quarter = round(angle / (math.pi / 2))
    upright = abs(angle - quarter * math.pi / 2) <= _UPRIGHT
    mode = pdfium.FPDFTextObj_GetTextRenderMode(item) if item else pdfium.FPDF_TEXTRENDERMODE_FILL
    colour, alpha = _colour(item, mode)
    return Style(
        size=size if math.isfinite(size) else 0.0,
        quadrant=quarter % 4 if upright else None,
        colour=colour,
        alpha=alpha,
        unpainted=mode in _UNPAINTED,
        face=_face(item, fonts) + ("!" if mode in _STROKED else ""),
        order=mark[0],
        artifact=mark[1],
        faint=_is_faint(colour, alpha),
    )


def _is_faint(colour: tuple[int, int, int] | None, alpha: float) -> bool:
    # White is not faint: it is seen only on a dark ground, where it is as strong as any.
    return alpha < _PALE_ALPHA or (colour is not None and _PALE <= min(colour) < _WHITE)


def _colour(item: Any, mode: int) -> tuple[tuple[int, int, int] | None, float]:
    if not item:
        return (0, 0, 0), 1.0
    if mode in _STROKED:
        parts = [ctypes.c_uint() for _ in range(4)]
        if pdfium.FPDFPageObj_GetStrokeColor(item, *parts):
            red, green, blue, alpha = (one.value for one in parts)
            return (red, green, blue), alpha / 255
    return _drawing.fill_colour(item)


def _mostly_unpainted(glyphs: Sequence[Glyph]) -> bool:
    unpainted = sum(1 for one in glyphs if one.style.unpainted)
    return unpainted * 2 > len(glyphs)


def _is_hidden(glyph: Glyph, page: Box, fills: Sequence[Fill], *, scanned: bool) -> bool:
    style = glyph.style
    if style.unpainted:
        # A scanner writes the recognised text unpainted over its picture: that is the text of the page.
        return not scanned
    if style.size < _TINY or style.alpha < _CLEAR:
        return True
    middle = ((glyph.x0 + glyph.x1) / 2, glyph.y + 0.3 * style.size)
    x, y = turn(*middle, (4 - (style.quadrant or 0)) % 4)
    if not page.holds(x, y):
        return True
    if style.colour is None:
        return False
    ground: tuple[int, int, int] | None = (255, 255, 255)
    for fill in fills:
        if fill.box.holds(x, y):
            if fill.order < style.order:
                ground = fill.colour
            elif fill.opaque:
                return True
    return ground is not None and all(
        abs(one - other) <= _SAME_COLOUR for one, other in zip(style.colour, ground, strict=True)
    )
