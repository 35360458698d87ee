"""One slide: its title first, then its text, tables, charts and diagrams; its notes and comments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from validator.model.document import Cell, Kind

from .. import _drawingml as dml
from .. import _limits
from .. import _ooxml as ox
from .._draft import Draft
from .._drawingml import Shape, every, inner, local

if TYPE_CHECKING:
    from lxml.etree import _Element

_TITLES = ("title", "ctrTitle")
_RUNNING = ("dt", "ftr", "hdr", "sldNum")
_MOST_SPAN = 1000
UNNUMBERED = 99
"""The level of a slide's title before those of all slides are compared."""


@dataclass(slots=True, kw_only=True)
class Deck:
    """What all slides share: the package, the size of a slide, and what is counted."""

    package: ox.Package
    media: dml.Media
    width: int
    height: int
    tables: int = 0
    comments: int = 0

    def is_low(self, shape: _Element) -> bool:
        """Whether the shape stands in the lower half of the slide."""
        box = _box(shape)
        return box is not None and box[1] + box[3] / 2 > self.height / 2

    def is_outside(self, shape: _Element) -> bool:
        """Whether nothing of the shape is on the slide."""
        box = _box(shape)
        if box is None:
            return False
        left, top, wide, high = box
        return left >= self.width or top >= self.height or left + wide <= 0 or top + high <= 0


def placeholder(shape: _Element) -> _Element | None:
    """The placeholder that a shape fills."""
    for child in shape:
        if local(child).startswith("nv"):
            return inner(child, "nvPr", "ph")
    return None


def _box(shape: _Element) -> tuple[int, int, int, int] | None:
    frame = inner(shape, "spPr", "xfrm")
    if frame is None:
        frame = inner(shape, "xfrm")
    start, size = inner(frame, "off"), inner(frame, "ext")
    if start is None or size is None:
        return None
    found = [_whole(start.get("x")), _whole(start.get("y")), _whole(size.get("cx")), _whole(size.get("cy"))]
    left, top, wide, high = (0 if one is None else one for one in found)
    return None if None in found else (left, top, wide, high)


def _whole(text: str | None) -> int | None:
    plain = (text or "").removeprefix("-")
    return int(text or "") if plain.isdecimal() and len(plain) < 15 else None


class Slide:
    """Reads one slide part."""

    def __init__(self, deck: Deck, part: str, number: int) -> None:
        self.deck = deck
        self.package = deck.package
        self.part = part
        self.number = number
        self.root = self.package.xml(part)
        self.hidden = self.root.get("show") in ("0", "false")
        self.canvas = dml.Canvas(
            package=self.package, part=part, media=deck.media, where=f"第{number}页", page=number
        )

    def layouts(self) -> list[str]:
        """The layout that the slide is built on."""
        return self._related("slideLayout")

    def _related(self, kind: str) -> list[str]:
        found = [
            one.target for one in self.canvas.relations.values() if one.type == kind and not one.external
        ]
        return [one for one in dict.fromkeys(found) if self.package.has(one)]

    def drafts(self) -> list[Draft]:
        """Everything on the slide and belonging to it."""
        tree = inner(self.root, "cSld", "spTree")
        titles: list[Draft] = []
        rest: list[Draft] = []
        groups: set[int] = set()
        for shape in dml.shapes(tree) if tree is not None else ():
            if local(shape.element) == "grpSp":
                groups.update(id(one) for one in shape.element)
            # Inside a group places count in the group's own measure.
            outside = id(shape.element) not in groups and self.deck.is_outside(shape.element)
            own = Shape(shape.element, shape.hidden or self.hidden or outside)
            held = placeholder(shape.element)
            kind = held.get("type") or "body" if held is not None else ""
            (titles if kind in _TITLES else rest).extend(self._shape(own, kind))
        background = inner(self.root, "cSld", "bg")
        if background is not None and any(True for _ in every(background, "blip")):
            self.deck.media.pictures.append(self.canvas.where)
        self.canvas.name_media()
        return [*titles, *rest, *self._notes(), *self._comments()]

    def _shape(self, shape: Shape, kind: str) -> Iterator[Draft]:
        body = inner(shape.element, "txBody")
        if body is not None:
            yield from self._text(body, kind, hidden=shape.hidden)
        if local(shape.element) == "graphicFrame":
            for table in every(shape.element, "tbl"):
                yield from self._table(table, hidden=shape.hidden)
        yield from self.canvas.extras(shape)

    def _text(self, body: _Element, kind: str, *, hidden: bool) -> Iterator[Draft]:
        texts = dml.paragraphs(body)
        if kind in _TITLES and texts:
            draft = self.canvas.draft(" ".join(texts), "body", hidden=hidden)
            if not hidden:
                draft.style = UNNUMBERED
                draft.title = self.number == 1
            yield draft
            return
        for text in texts:
            if kind in _RUNNING:
                if kind != "sldNum":
                    yield self.canvas.draft(text, "footer", Kind.FURNITURE, hidden=hidden)
            else:
                yield self.canvas.draft(text, "body", hidden=hidden)

    def _table(self, table: _Element, *, hidden: bool) -> Iterator[Draft]:
        self.deck.tables += 1
        rows = [[one for one in row if local(one) == "tc"] for row in table if local(row) == "tr"]
        widest = max((len(row) for row in rows), default=0)
        budget = len(rows) * widest  # spans that lie over each other are nonsense and would cost much time
        for number, row in enumerate(rows, 1):
            for column, element in enumerate(row, 1):
                body = inner(element, "txBody")
                texts = dml.paragraphs(body) if body is not None else []
                covered = element.get("hMerge") in ("1", "true") or element.get("vMerge") in ("1", "true")
                if covered:
                    if texts:
                        yield self.canvas.draft(" ".join(texts), "hidden", hidden=True)
                    continue
                down = min(_span(element.get("rowSpan")), len(rows) - number + 1)
                across = min(_span(element.get("gridSpan")), widest - column + 1)
                down, across = (1, 1) if down * across > budget else (down, across)
                budget -= down * across
                draft = self.canvas.draft(" ".join(texts), "body", Kind.CELL)
                draft.cell = Cell(
                    table=self.deck.tables, row=number, column=column, row_span=down, column_span=across
                )
                if hidden:
                    draft.part, draft.visible = "hidden", False
                if texts or not hidden:
                    yield draft

    def _notes(self) -> Iterator[Draft]:
        for part in self._related("notesSlide"):
            canvas = dml.Canvas(
                package=self.package,
                part=part,
                media=dml.Media(),
                where=self.canvas.where,
                page=self.number,
            )
            tree = inner(self.package.xml(part), "cSld", "spTree")
            for shape in dml.shapes(tree) if tree is not None else ():
                held = placeholder(shape.element)
                body = inner(shape.element, "txBody")
                if body is not None and (held is None or held.get("type") not in ("sldNum", "sldImg", "dt")):
                    for text in dml.paragraphs(body):
                        yield canvas.draft(text, "notes", Kind.META)
                yield from canvas.extras(shape)

    def _comments(self) -> Iterator[Draft]:
        for relation in self.canvas.relations.values():
            if relation.type != "comments" or relation.external or not self.package.has(relation.target):
                continue
            for one in every(self.package.xml(relation.target), "cm", "reply"):
                self.deck.comments += 1
                plain, body = inner(one, "text"), inner(one, "txBody")
                texts = (
                    dml.paragraphs(body)
                    if body is not None
                    else [(plain.text or "") if plain is not None else ""]
                )
                for text in texts:
                    if text.strip():
                        yield self.canvas.draft(" ".join(text.split()), "comment", Kind.META)
        _limits.check_size(self.package.shown, self.deck.comments)


def _span(text: str | None) -> int:
    value = text or ""
    return max(1, min(int(value), _MOST_SPAN)) if value.isdecimal() and len(value) < 8 else 1
