"""Merged cells of a sheet, and cells in hidden rows and columns."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

from .. import _limits
from .._drawingml import inner, local
from .region import Item
from .xlsxcells import MOST_COLUMNS, area

if TYPE_CHECKING:
    from lxml.etree import _Element

Area = tuple[int, int, int, int]
_MOST_VISITS = 20 * _limits.MOST_BLOCKS


def hidden_columns(root: _Element) -> list[int]:
    """Numbers of the columns that are switched off or have no width, in order."""
    found: set[int] = set()
    columns = inner(root, "cols")
    for one in columns if columns is not None else ():
        first, last, width = one.get("min") or "", one.get("max") or "", one.get("width")
        off = one.get("hidden") in ("1", "true") or width in ("0", "0.0")
        if off and first.isdecimal() and last.isdecimal() and len(first) < 8 and len(last) < 8:
            found.update(range(int(first), min(int(last), MOST_COLUMNS) + 1))
    return sorted(found)


def merge(root: _Element, items: list[Item], shown: str) -> tuple[list[Item], list[Item]]:
    """Give merged cells their spans; the cells left, and those that are merged over and not seen.

    Raises:
        ReadError: merged areas lie over each other so often that they cannot be meant (DOC001).
    """
    listed = inner(root, "mergeCells")
    areas = [] if listed is None else [area(one.get("ref") or "") for one in listed if local(one)]
    return spanned([one for one in areas if one is not None], items, shown)


def spanned(areas: Sequence[Area], items: list[Item], shown: str) -> tuple[list[Item], list[Item]]:
    """As `merge`, from areas: first row, first column, last row, last column."""
    if not areas:
        return items, []
    rows: dict[int, dict[int, Item]] = {}
    for item in items:
        rows.setdefault(item.row, {})[item.column] = item
    numbers = sorted(rows)
    columns = {number: sorted(cells) for number, cells in rows.items()}
    covered: dict[int, Item] = {}
    visits = 0
    for top, left, bottom, right in areas:
        for number in numbers[bisect_left(numbers, top) : bisect_right(numbers, bottom)]:
            filled = columns[number]
            inside = filled[bisect_left(filled, left) : bisect_right(filled, right)]
            visits += 1 + len(inside)
            if visits > _MOST_VISITS:
                raise _limits.damaged(shown, "合并单元格互相重叠", "merged cells overlap")
            for column in inside:
                item = rows[number][column]
                if (number, column) == (top, left):
                    item.row_span, item.column_span = bottom - top + 1, right - left + 1
                else:
                    covered[id(item)] = item
    return [one for one in items if id(one) not in covered], list(covered.values())


def split_hidden(
    items: Sequence[Item], rows: Sequence[int], columns: Sequence[int]
) -> tuple[list[Item], list[Item]]:
    """The cells that are seen, and those of which every row or every column is hidden. Both sorted."""
    seen: list[Item] = []
    unseen: list[Item] = []
    rows = sorted(rows)
    for item in items:
        gone = _all_hidden(item.row, item.row_span, rows) or _all_hidden(
            item.column, item.column_span, columns
        )
        (unseen if gone else seen).append(item)
    return seen, unseen


def _all_hidden(first: int, span: int, hidden: Sequence[int]) -> bool:
    return bisect_right(hidden, first + span - 1) - bisect_left(hidden, first) >= span if hidden else False
