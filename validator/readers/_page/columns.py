"""The reading order of a PDF page: columns side by side are read one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .rows import Row, Segment
from .tables import Table

_GUTTER = 9.0
"""The narrowest space between two columns of text, in points."""
_LEAST_ROWS = 3
_LEAST_WIDTH = 9
"""The narrowest column of running text, in font sizes: numbers and short cells are no columns."""
_FULL = 0.75
_MOSTLY_FULL = 0.45
_MOST_PARTED = 0.2
_LEAST_WORDS = 5
"""Letters and characters in an average line: lines of numbers are no running text."""
_MOST_BAND = 300

Item = Row | Table


@dataclass(frozen=True, slots=True)
class Flow:
    """Items below each other. `column` is (number of columns, number of this one from 0), `edges` are
    the middles between the columns."""

    column: tuple[int, int]
    items: list[Item]
    edges: tuple[float, ...] = ()


def gutters(rows: Sequence[Row], tables: Sequence[Table]) -> list[float]:
    """Where the page is certainly parted into columns of running text: the middles between them."""
    return [edge for flow in flows(rows, tables) for edge in flow.edges]


def flows(rows: Sequence[Row], tables: Sequence[Table], known: Sequence[float] = ()) -> list[Flow]:
    """Rows and tables of a page in reading order. `known` are the gutters that other pages have."""
    items: list[Item] = sorted([*rows, *tables], key=lambda one: -_top(one))
    found: list[Flow] = []
    at = 0
    while at < len(items):
        columns, edges, end = _columns(items, at, known)
        if columns:
            found.extend(Flow((len(columns), number), own, edges) for number, own in enumerate(columns))
            at = end
            continue
        if not found or found[-1].column != (1, 0):
            found.append(Flow((1, 0), []))
        found[-1].items.append(items[at])
        at += 1
    return found


def _top(item: Item) -> float:
    return item.box.y1 if isinstance(item, Table) else item.main.top


def _spans(item: Item) -> list[tuple[float, float]]:
    if isinstance(item, Table):
        return [(item.box.x0, item.box.x1)]
    return [(one.x0, one.x1) for one in item.segments]


def _columns(
    items: Sequence[Item], start: int, known: Sequence[float]
) -> tuple[list[list[Item]], tuple[float, ...], int]:
    """The columns that begin at an item and the end of their band; none where text runs across."""
    band = items[start : start + _MOST_BAND]
    free = [
        (
            min(low for one in band for low, _ in _spans(one)),
            max(high for one in band for _, high in _spans(one)),
        )
    ]
    inner: list[tuple[float, float]] = []
    leftmost, rightmost = free[0][1], free[0][0]
    end = start
    for item in band:
        spans = _spans(item)
        free = _without(free, spans)
        leftmost = min(leftmost, *(high for _, high in spans))
        rightmost = max(rightmost, *(low for low, _ in spans))
        left = [gap for gap in free if leftmost <= gap[0] + 1 and rightmost >= gap[1] - 1]
        if not free or (inner and not left):
            break
        inner = left
        end += 1
    edges = tuple((low + high) / 2 for low, high in inner)
    if edges and end - start >= _LEAST_ROWS:
        columns = _split(items[start:end], edges)
        if all(_is_running(column) for column in columns):
            return columns, edges, end
    edges = tuple(edge for edge in known if any(low < edge < high for low, high in inner))
    return (_split(items[start:end], edges), edges, end) if edges else ([], (), start)


def _without(
    free: Sequence[tuple[float, float]], spans: Sequence[tuple[float, float]]
) -> list[tuple[float, float]]:
    for low, high in spans:
        free = [
            part
            for one, other in free
            for part in ((one, min(other, low)), (max(one, high), other))
            if part[1] - part[0] >= _GUTTER
        ]
    return list(free)


def _split(band: Sequence[Item], edges: Sequence[float]) -> list[list[Item]]:
    columns: list[list[Item]] = [[] for _ in range(len(edges) + 1)]
    for item in band:
        if isinstance(item, Table):
            columns[sum(edge < item.box.x0 for edge in edges)].append(item)
            continue
        parts: dict[int, list[Segment]] = {}
        for one in item.segments:
            parts.setdefault(sum(edge < one.x0 for edge in edges), []).append(one)
        for number, own in parts.items():
            columns[number].append(Row(segments=own))
    for column in columns:
        column.sort(key=lambda one: -_top(one))
    return columns


def _is_running(column: Sequence[Item]) -> bool:
    """Whether a column is running text: enough rows, wide enough, most of them filled, few parted."""
    lines = [one for one in column if isinstance(one, Row)]
    if len(lines) < _LEAST_ROWS:
        return False
    left = min(one.segments[0].x0 for one in lines)
    width = max(one.segments[-1].x1 for one in lines) - left
    size = lines[len(lines) // 2].main.size
    full = sum(1 for one in lines if one.segments[-1].x1 - one.segments[0].x0 >= _FULL * width)
    parted = sum(1 for one in lines if len(one.segments) > 1)
    words = sum(
        1 for one in lines for part in one.segments for c in part.text if c >= "\u2e80" or c.isalpha()
    )
    return (
        width >= _LEAST_WIDTH * size
        and full >= _MOSTLY_FULL * len(lines)
        and parted <= _MOST_PARTED * len(lines)
        and words >= _LEAST_WORDS * len(lines)
    )
