"""What is taken from a page of a PDF: characters with their places, lines drawn, fills, pictures.

Coordinates are points; x grows to the right and y upwards in the direction of the text, so that a page
of turned text is laid out as any other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple


class Box(NamedTuple):
    """A rectangle: left, bottom, right, top."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        """Horizontal extent."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Vertical extent."""
        return self.y1 - self.y0

    def holds(self, x: float, y: float) -> bool:
        """Whether the point lies inside or on the rim."""
        return self.x0 <= x <= self.x1 and self.y0 <= y <= self.y1

    def turned(self, quadrant: int) -> Box:
        """The same rectangle seen in the direction of text that runs at `quadrant` times 90 degrees."""
        (ax, ay), (bx, by) = turn(self.x0, self.y0, quadrant), turn(self.x1, self.y1, quadrant)
        return Box(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))


def turn(x: float, y: float, quadrant: int) -> tuple[float, float]:
    """A point seen in the direction of text that runs at `quadrant` times 90 degrees, counter-clockwise."""
    return ((x, y), (y, -x), (-x, -y), (-y, x))[quadrant]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Style:
    """What all characters of one text object share. `quadrant` is None for slanting text.

    `colour` is red, green, blue from 0 to 255, or None where a pattern paints; `alpha` is 1 for opaque.
    `face` names the font and tells whether it is made bold by a stroke. `order` is the place in the order
    of painting; `artifact` tells that the producer marks it as no content; `faint` text is light enough to
    lie behind other text.
    """

    size: float
    quadrant: int | None
    colour: tuple[int, int, int] | None = (0, 0, 0)
    alpha: float = 1.0
    unpainted: bool = False
    face: str = ""
    order: int = 0
    artifact: bool = False
    faint: bool = False


class Glyph(NamedTuple):
    """One character: its text, extent along the line, base line, and style."""

    text: str
    x0: float
    x1: float
    y: float
    style: Style

    @property
    def size(self) -> float:
        """Font size in points."""
        return self.style.size


class Fill(NamedTuple):
    """A painted area. `colour` is None for a picture, a pattern or a shading."""

    box: Box
    colour: tuple[int, int, int] | None
    opaque: bool
    order: int


@dataclass(slots=True, kw_only=True)
class Drawn:
    """What is on a page besides text, in the coordinates of the page."""

    rules: list[Box] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)
    images: list[Box] = field(default_factory=list)
    paths: int = 0
    objects: int = 0
    curves: int = 0
    text_marks: dict[int, tuple[int, bool]] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class Layer:
    """The text of a page that runs in one direction, with the page and its drawing seen in it."""

    box: Box
    glyphs: list[Glyph]
    rules: Sequence[Box]


@dataclass(slots=True, kw_only=True)
class Page:
    """A page as read; `layers` come with the most text first."""

    number: int
    box: Box
    layers: list[Layer]
    slanting: list[Glyph]
    hidden: list[Glyph]
    images: list[Box]
    readable: bool
    broken: int = 0
    drawn_only: bool = False


def covered(images: Sequence[Box], page: Box) -> float:
    """Share of the page under pictures; a scan can come in strips, which lie side by side."""
    area = page.width * page.height
    total = 0.0
    for one in images:
        width = min(one.x1, page.x1) - max(one.x0, page.x0)
        height = min(one.y1, page.y1) - max(one.y0, page.y0)
        total += max(0.0, width) * max(0.0, height)
    return min(1.0, total / area) if area > 0 else 0.0
