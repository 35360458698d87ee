"""Places on an OFD page, and what is drawn there besides text: lines, fills, pictures.

An OFD page is measured in millimetres from its upper left corner; what leaves this module is in points
from its lower left one, as the layout of pages takes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from validator.text.lazy import lazy

from .._page.page import Box, Drawn, Fill
from .res import Paint
from .xml import number, numbers

POINTS = 72 / 25.4
Matrix = tuple[float, float, float, float, float, float]
SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_THIN = 3.0
_LEAST_FILL = 4.0
_STRAIGHT = 0.75
_MOST_RULES = 20_000
_MOST_FILLS = 300
_MOST_STEPS = 4000
_PLAIN_STEPS = 6
_FAINTEST = 0.05
_ARGUMENTS = {"M": 2, "S": 2, "L": 2, "Q": 4, "B": 6, "A": 7}
_STEP = lazy(r"([MSLQBAC])([^MSLQBAC]*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Space:
    """From the coordinates inside an object to those of the page in points: `box` is the page in mm."""

    matrix: Matrix
    box: Box

    def inside(self, boundary: str | None, transform: str | None) -> Space:
        """The space inside an object with these attributes `Boundary` and `CTM` (8.5)."""
        x, y, _, _ = numbers(boundary, 4) or (0.0, 0.0, 0.0, 0.0)
        p, q, r, s, t, u = self.matrix
        own = numbers(transform, 6) if transform else None
        if own is None:
            return Space((p, q, r, s, x * p + y * r + t, x * q + y * s + u), self.box)
        a, b, c, d, e, f = own
        e, f = e + x, f + y
        return Space(
            (
                a * p + b * r,
                a * q + b * s,
                c * p + d * r,
                c * q + d * s,
                e * p + f * r + t,
                e * q + f * s + u,
            ),
            self.box,
        )

    def at(self, x: float, y: float) -> tuple[float, float]:
        """A point on the page in points, upwards."""
        a, b, c, d, e, f = self.matrix
        return (a * x + c * y + e - self.box.x0) * POINTS, (self.box.y1 - b * x - d * y - f) * POINTS

    def around(self, boundary: str | None) -> Box:
        """The rectangle `Boundary` of an object in this space."""
        x, y, width, height = numbers(boundary, 4) or (0.0, 0.0, 0.0, 0.0)
        return box_of([self.at(one, other) for one in (x, x + width) for other in (y, y + height)])


def box_of(points: list[tuple[float, float]]) -> Box:
    """The rectangle around points."""
    xs, ys = [one for one, _ in points], [one for _, one in points]
    return Box(min(xs), min(ys), max(xs), max(ys))


def path(
    data: str, space: Space, found: Drawn, *, stroke: Paint | None, fill: Paint | None, order: int
) -> None:
    """Take in a path object (9.1): the lines it draws and the area it fills."""
    found.paths += 1
    edges: list[Box] = []
    points: list[tuple[float, float]] = []
    straight, steps = True, 0
    for box, ends in _sides(data, space):
        steps += 1
        points.extend(ends)
        if box is None:
            straight = False
        else:
            edges.append(box)
    if not points:
        return
    whole = box_of(points)
    found.curves += not straight
    if fill is not None and min(whole.width, whole.height) <= _THIN:
        _rule(found, whole)
        return
    if (stroke is not None and stroke.alpha > _FAINTEST) or (
        fill is not None and stroke is None and straight and steps > _PLAIN_STEPS
    ):
        # Several thin rectangles filled at once: their long sides lie on the lines that they draw.
        for edge in edges:
            if stroke is not None or max(edge.width, edge.height) > 2 * _THIN:
                _rule(found, edge)
    if fill is not None and fill.alpha > _FAINTEST:
        plain = straight and steps <= _PLAIN_STEPS and fill.colour is not None and fill.alpha > 1 - _FAINTEST
        paint_area(found, Fill(whole, fill.colour, plain, order))


def _sides(data: str, space: Space) -> Iterator[tuple[Box | None, list[tuple[float, float]]]]:
    """The sides of a path as flat boxes, None for a curve or a slope; and the points where they end."""
    start = last = (0.0, 0.0)
    for count, step in enumerate(_STEP.finditer(data)):
        if count >= _MOST_STEPS:
            return
        kind = step[1].upper()
        words = step[2].replace(",", " ").split(None, 8)
        wanted = _ARGUMENTS.get(kind, 0)
        if len(words) < wanted:
            continue
        point = space.at(number(words[wanted - 2]), number(words[wanted - 1])) if wanted else start
        if kind in "MS":
            start = last = point
            continue
        box = box_of([last, point])
        flat = kind in "LC" and (box.width <= _STRAIGHT or box.height <= _STRAIGHT)
        yield (box if flat else None), [last, point]
        last = point


def _rule(found: Drawn, box: Box) -> None:
    if len(found.rules) < _MOST_RULES:
        found.rules.append(box)


def paint_area(found: Drawn, fill: Fill) -> None:
    """Keep an area that is large enough to hide text or to be its ground."""
    large = fill.box.width >= _LEAST_FILL and fill.box.height >= _LEAST_FILL
    if large and len(found.fills) < _MOST_FILLS:
        found.fills.append(fill)
