"""Tables of a PDF page by the lines that are drawn around their cells."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from .page import Box, Glyph
from .rows import Row, rows

_NEAR = 2.0
_GRID = 3.0
"""Lines no farther apart than this, in points, are one line of the grid."""
_GAP = 3.5
_LEAST = 8.0
_MOST_PAIRS = 4_000_000
_MOST_GRIDS = 100
_MOST_SLOTS = 20_000


@dataclass(slots=True, kw_only=True)
class TableCell:
    """A cell: its place in the grid, from 1, and the rows of text in it."""

    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    box: Box
    rows: list[Row] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Table:
    """A table on one page. `edges` are the x of its column lines, `depth` its number of rows."""

    box: Box
    edges: tuple[float, ...]
    depth: int
    cells: list[TableCell]
    ruled: bool = True


@dataclass(slots=True, kw_only=True)
class _Rule:
    """A line: its place across, and from where to where it runs."""

    at: float
    start: float
    end: float


def tables(glyphs: Sequence[Glyph], rules: Sequence[Box]) -> tuple[list[Table], list[Glyph], list[Box]]:
    """The ruled tables, the characters that stand in none, and the level lines that belong to none."""
    level = _merged(_Rule(at=(r.y0 + r.y1) / 2, start=r.x0, end=r.x1) for r in rules if r.height <= _NEAR + 1)
    upright = _merged(
        _Rule(at=(r.x0 + r.x1) / 2, start=r.y0, end=r.y1) for r in rules if r.width <= _NEAR + 1
    )
    grids = [grid for one in _components(level, upright) if (grid := _Grid.of(*one)) is not None]
    if len(grids) > _MOST_GRIDS:
        grids = []
    grids.sort(key=lambda one: one.box.width * one.box.height)
    taken: list[list[Glyph]] = [[] for _ in grids]
    rest: list[Glyph] = []
    for glyph in glyphs:
        x, y = (glyph.x0 + glyph.x1) / 2, glyph.y + 0.3 * glyph.style.size
        at = next((at for at, grid in enumerate(grids) if grid.box.holds(x, y)), None)
        (rest if at is None else taken[at]).append(glyph)
    found = [grid.table(inner) for grid, inner in zip(grids, taken, strict=True) if inner]
    found.sort(key=lambda one: (-one.box.y1, one.box.x0))
    free = [
        Box(one.start, one.at, one.end, one.at)
        for one in level
        if not any(grid.box.holds((one.start + one.end) / 2, one.at) for grid in grids)
    ]
    return found, rest, free


def _merged(rules: Iterable[_Rule]) -> list[_Rule]:
    """Pieces of one line put together, specks left out."""
    merged: list[_Rule] = []
    band: list[_Rule] = []
    for one in [*sorted(rules, key=lambda rule: rule.at), None]:
        if band and (one is None or one.at - band[0].at > _NEAR):
            merged.extend(_lengthened(band))
            band = []
        if one is not None:
            band.append(one)
    return [one for one in merged if one.end - one.start >= _LEAST]


def _lengthened(band: list[_Rule]) -> list[_Rule]:
    found: list[_Rule] = []
    for one in sorted(band, key=lambda rule: rule.start):
        if found and one.start - found[-1].end <= _GAP:
            found[-1].end = max(found[-1].end, one.end)
        else:
            found.append(_Rule(at=one.at, start=one.start, end=one.end))
    return found


def _components(level: Sequence[_Rule], upright: Sequence[_Rule]) -> list[tuple[list[_Rule], list[_Rule]]]:
    """Lines that hang together by crossing or touching, as (level, upright)."""
    if len(level) * len(upright) > _MOST_PAIRS:
        return []
    upright = sorted(upright, key=lambda rule: rule.at)
    places = [one.at for one in upright]
    parent = list(range(len(level) + len(upright)))
    for at, one in enumerate(level):
        for other in range(bisect_left(places, one.start - _GAP), bisect_right(places, one.end + _GAP)):
            if upright[other].start - _GAP <= one.at <= upright[other].end + _GAP:
                _unite(parent, at, len(level) + other)
    groups: dict[int, tuple[list[_Rule], list[_Rule]]] = {}
    for at, one in enumerate([*level, *upright]):
        group = groups.setdefault(_root(parent, at), ([], []))
        group[0 if at < len(level) else 1].append(one)
    return [group for group in groups.values() if len(group[0]) > 1 and group[1]]


def _root(parent: list[int], at: int) -> int:
    while parent[at] != at:
        parent[at] = parent[parent[at]]
        at = parent[at]
    return at


def _unite(parent: list[int], one: int, other: int) -> None:
    parent[_root(parent, one)] = _root(parent, other)


def _clustered(values: Iterable[float]) -> list[float]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _GRID:
            found.append(value)
    return found


class _Grid:
    """The grid of one table: columns from the left, rows from the top, slots that lines do not part."""

    def __init__(self, xs: list[float], ys: list[float], level: list[_Rule], upright: list[_Rule]) -> None:
        self.xs = xs
        self.ys = ys
        self.box = Box(xs[0], ys[-1], xs[-1], ys[0])
        columns = len(xs) - 1
        self._parent = list(range(columns * (len(ys) - 1)))
        below = _by_place(level, ys)
        beside = _by_place(upright, xs)
        for row in range(len(ys) - 1):
            for column in range(columns):
                slot = row * columns + column
                x, y = (xs[column] + xs[column + 1]) / 2, (ys[row] + ys[row + 1]) / 2
                if column + 1 < columns and not _covers(beside[column + 1], y):
                    _unite(self._parent, slot, slot + 1)
                if row + 2 < len(ys) and not _covers(below[row + 1], x):
                    _unite(self._parent, slot, slot + columns)

    @classmethod
    def of(cls, level: list[_Rule], upright: list[_Rule]) -> _Grid | None:
        """The grid of lines that hang together; None for a frame or a stack of boxes without columns."""
        xs = _clustered(
            [one.at for one in upright] + [min(r.start for r in level), max(r.end for r in level)]
        )
        ys = _clustered(
            [one.at for one in level] + [min(r.start for r in upright), max(r.end for r in upright)]
        )
        if len(xs) < 3 or len(ys) < 2 or (len(xs) - 1) * (len(ys) - 1) > _MOST_SLOTS:
            return None
        grid = cls(xs, ys[::-1], level, upright)
        columns = len(xs) - 1
        roots = [_root(grid._parent, slot) for slot in range(columns * (len(ys) - 1))]
        parted = any(
            one != other
            for at in range(0, len(roots), columns)
            for one, other in zip(roots[at : at + columns], roots[at + 1 : at + columns], strict=False)
        )
        return grid if parted else None

    def table(self, glyphs: Sequence[Glyph]) -> Table:
        """The table with its text; every cell is there, also the empty ones."""
        columns = len(self.xs) - 1
        ups = [-one for one in self.ys]
        inside: dict[int, list[Glyph]] = {}
        for glyph in glyphs:
            x, y = (glyph.x0 + glyph.x1) / 2, glyph.y + 0.3 * glyph.style.size
            column = min(max(bisect_right(self.xs, x) - 1, 0), columns - 1)
            row = min(max(bisect_right(ups, -y) - 1, 0), len(self.ys) - 2)
            inside.setdefault(_root(self._parent, row * columns + column), []).append(glyph)
        slots: dict[int, list[int]] = {}
        for slot in range(columns * (len(self.ys) - 1)):
            slots.setdefault(_root(self._parent, slot), []).append(slot)
        cells = [self._cell(own, inside.get(root, [])) for root, own in slots.items()]
        cells.sort(key=lambda one: (one.row, one.column))
        return Table(box=self.box, edges=tuple(self.xs), depth=len(self.ys) - 1, cells=cells)

    def _cell(self, slots: Sequence[int], glyphs: Sequence[Glyph]) -> TableCell:
        columns = len(self.xs) - 1
        row_numbers = [slot // columns for slot in slots]
        column_numbers = [slot % columns for slot in slots]
        top, bottom = min(row_numbers), max(row_numbers)
        left, right = min(column_numbers), max(column_numbers)
        return TableCell(
            row=top + 1,
            column=left + 1,
            row_span=bottom - top + 1,
            column_span=right - left + 1,
            box=Box(self.xs[left], self.ys[bottom + 1], self.xs[right + 1], self.ys[top]),
            rows=rows(glyphs),
        )


def _by_place(rules: Sequence[_Rule], places: Sequence[float]) -> list[list[_Rule]]:
    """For each line of the grid the pieces that are drawn on it."""
    order = sorted(range(len(places)), key=lambda at: places[at])
    values = [places[at] for at in order]
    found: list[list[_Rule]] = [[] for _ in places]
    for one in rules:
        at = bisect_left(values, one.at - _GRID)
        while at < len(values) and values[at] <= one.at + _GRID:
            found[order[at]].append(one)
            at += 1
    for group in found:
        group.sort(key=lambda rule: rule.start)
    return found


def _covers(rules: Sequence[_Rule], at: float) -> bool:
    return any(one.start - 1 <= at <= one.end + 1 for one in rules)
