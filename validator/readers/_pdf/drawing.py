"""What is drawn on a page of a PDF besides text: lines, fills, pictures; and the marks of text objects."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable, Iterator
from typing import Any

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from .. import _limits
from .._page.page import Box, Drawn, Fill
from .pdfium import marked

MOST_OBJECTS = 200_000
_MOST_SEGMENTS = 4000
_MOST_RULES = 20_000
_MOST_FILLS = 300
_THIN = 3.0
"""A filled area as thin as this, in points, is a line."""
_LEAST_FILL = 4.0
_STRAIGHT = 0.75

Matrix = tuple[float, float, float, float, float, float]
_SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def drawn(page: Any, shown: str) -> Drawn:
    """Everything but the text of a page.

    Raises:
        ReadError: more objects than a page of a report has (DOC007).
    """
    found = Drawn()
    top = pdfium.FPDFPage_CountObjects(page)
    for item, matrix, artifact in _objects(page, top, found, shown):
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            found.text_marks[ctypes.addressof(item.contents)] = (found.objects, artifact)
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            _path(item, matrix, found)
        elif kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING):
            box = _bounds(item, matrix)
            if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                found.images.append(box)
            _fill(found, Fill(box, None, False, found.objects))
    return found


def _objects(page: Any, count: int, found: Drawn, shown: str) -> Iterator[tuple[Any, Matrix, bool]]:
    """Objects in the order of painting, through all forms, each with its matrix and artifact mark."""
    stack: list[tuple[Callable[[int], Any], int, int, Matrix, bool]] = [
        (lambda at: pdfium.FPDFPage_GetObject(page, at), 0, count, _SAME, False)
    ]
    while stack:
        get, at, total, matrix, outer = stack.pop()
        if at >= total:
            continue
        stack.append((get, at + 1, total, matrix, outer))
        item = get(at)
        if not item:
            continue
        found.objects += 1
        if found.objects > MOST_OBJECTS:
            raise _limits.over(
                shown, f"一页的图形超过 {MOST_OBJECTS} 个", f"more than {MOST_OBJECTS} objects on a page"
            )
        artifact = outer or _artifact(item)
        if pdfium.FPDFPageObj_GetType(item) != pdfium.FPDF_PAGEOBJ_FORM:
            yield item, matrix, artifact
        elif len(stack) < _limits.MOST_DEPTH:
            inner = pdfium.FPDFFormObj_CountObjects(item)
            stack.append((_form_child(item), 0, max(0, inner), _times(_matrix(item), matrix), artifact))


def _form_child(form: Any) -> Callable[[int], Any]:
    return lambda at: pdfium.FPDFFormObj_GetObject(form, at)


def _artifact(item: Any) -> bool:
    """Whether the producer marks an object as no content: page furniture. PDFium does not tell which."""
    marks = (
        pdfium.FPDFPageObj_GetMark(item, at) for at in range(max(0, pdfium.FPDFPageObj_CountMarks(item)))
    )
    return any(mark and _mark_name(mark) == "Artifact" for mark in marks)


def _mark_name(mark: Any) -> str:
    return marked(lambda buffer, size, out: pdfium.FPDFPageObjMark_GetName(mark, buffer, size, out))


def _matrix(item: Any) -> Matrix:
    value = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, value):
        return _SAME
    return value.a, value.b, value.c, value.d, value.e, value.f


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _point(x: float, y: float, matrix: Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _bounds(item: Any, matrix: Matrix) -> Box:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top):
        return Box(0.0, 0.0, 0.0, 0.0)
    return _box([_point(x.value, y.value, matrix) for x in (left, right) for y in (bottom, top)])


def _box(points: list[tuple[float, float]]) -> Box:
    xs, ys = [one for one, _ in points], [one for _, one in points]
    if not all(map(math.isfinite, (*xs, *ys))):
        return Box(0.0, 0.0, 0.0, 0.0)
    return Box(min(xs), min(ys), max(xs), max(ys))


def _path(item: Any, matrix: Matrix, found: Drawn) -> None:
    found.paths += 1
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(item, mode, stroke)
    filled, stroked = mode.value != pdfium.FPDF_FILLMODE_NONE, bool(stroke.value)
    if not filled and not stroked:
        return
    count = pdfium.FPDFPath_CountSegments(item)
    box = _bounds(item, matrix)
    if filled and (box.width <= _THIN or box.height <= _THIN):
        _rule(found, box)
        return
    edges, straight = _edges(item, min(count, _MOST_SEGMENTS), _times(_matrix(item), matrix))
    if not straight:
        found.curves += 1
    if stroked:
        for edge in edges:
            _rule(found, edge)
    if filled:
        colour, alpha = fill_colour(item)
        plain = straight and count <= 6 and colour is not None and alpha > 0.99
        opaque = plain and not pdfium.FPDFPageObj_HasTransparency(item)
        if alpha > 0.05:
            _fill(found, Fill(box, colour, opaque, found.objects))
        if filled and not stroked and straight and count > 6:
            _thin_parts(found, edges)


def _thin_parts(found: Drawn, edges: list[Box]) -> None:
    # Several thin rectangles filled at once: their long sides lie on the lines that they draw.
    for edge in edges:
        if max(edge.width, edge.height) > 2 * _THIN:
            _rule(found, edge)


def _edges(item: Any, count: int, matrix: Matrix) -> tuple[list[Box], bool]:
    """Upright and level sides of a path, and whether it has no other ones and no curves."""
    edges: list[Box] = []
    straight = True
    x, y = ctypes.c_float(), ctypes.c_float()
    start = last = (0.0, 0.0)
    for at in range(max(0, count)):
        segment = pdfium.FPDFPath_GetPathSegment(item, at)
        if not segment or not pdfium.FPDFPathSegment_GetPoint(segment, x, y):
            continue
        point = _point(x.value, y.value, matrix)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = point
        else:
            straight &= kind == pdfium.FPDF_SEGMENT_LINETO and _edge(edges, last, point)
        last = point
        if pdfium.FPDFPathSegment_GetClose(segment):
            straight &= _edge(edges, last, start)
            last = start
    return edges, straight


def _edge(edges: list[Box], one: tuple[float, float], other: tuple[float, float]) -> bool:
    box = _box([one, other])
    if box.width > _STRAIGHT and box.height > _STRAIGHT:
        return False
    edges.append(box)
    return True


def _rule(found: Drawn, box: Box) -> None:
    if len(found.rules) < _MOST_RULES:
        found.rules.append(box)


def _fill(found: Drawn, fill: Fill) -> None:
    large = fill.box.width >= _LEAST_FILL and fill.box.height >= _LEAST_FILL
    if large and len(found.fills) < _MOST_FILLS:
        found.fills.append(fill)


def fill_colour(item: Any) -> tuple[tuple[int, int, int] | None, float]:
    """Colour and opacity with which an object is filled; no colour where a pattern fills it."""
    parts = [ctypes.c_uint() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetFillColor(item, *parts):
        return None, 1.0
    red, green, blue, alpha = (one.value for one in parts)
    return (red, green, blue), alpha / 255
