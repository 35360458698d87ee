"""Tables with merged cells, made from cells that know their row and column."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from validator.reporters._html.flow import Text

_WIDEST = 200
"""Columns that are drawn beside each other; what lies further right joins the last one."""
_FEW = 8
_MOST_SPOTS = 100_000
"""Spots that merged cells may cover in one table; what is merged beyond is drawn as single cells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GridCell:
    """A cell as the file has it; rows and columns count from 1."""

    row: int
    column: int
    texts: list[Text]
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A cell as it is drawn; without texts it is an empty place."""

    texts: Sequence[Text] = ()
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Rows of cells that cover the table without holes and overlaps; the first row is its head."""

    rows: list[list[Drawn]]
    kind: str = "grid"

    @classmethod
    def of(cls, cells: Sequence[GridCell]) -> Grid:
        """Draw the cells. Rows and columns in which no cell begins are left out."""
        rows = sorted({one.row for one in cells})
        columns = sorted({one.column for one in cells})
        width = min(len(columns), _WIDEST)
        layout = _Layout(height=len(rows), width=width)
        for one in cells:
            row, column = bisect_left(rows, one.row), min(bisect_left(columns, one.column), width - 1)
            known = layout.starts[row].get(column)
            if known is not None:
                known.texts.extend(one.texts)
                continue
            down = bisect_left(rows, one.row + max(1, one.row_span)) - row
            right = min(bisect_left(columns, one.column + max(1, one.column_span)), width) - column
            layout.starts[row][column] = _Start(list(one.texts), max(1, down), max(1, right))
        return cls(rows=[layout.row(number) for number in range(len(rows))])


@dataclass(slots=True)
class _Start:
    texts: list[Text]
    down: int
    right: int


class _Layout:
    """Where cells begin, and what merged cells have covered so far; rows are drawn from the first on."""

    def __init__(self, *, height: int, width: int) -> None:
        self.starts: list[dict[int, _Start]] = [{} for _ in range(height)]
        self._covered: list[set[int]] = [set() for _ in range(height)]
        self._width = width
        self._room = _MOST_SPOTS

    def row(self, number: int) -> list[Drawn]:
        drawn: list[Drawn] = []
        done = 0
        for column in sorted({*self.starts[number], *self._covered[number], self._width}):
            if column < done:
                continue
            drawn += _empty(column - done)
            done = column + 1
            start = self.starts[number].get(column)
            if start is not None:
                down, right = self._free(number, column, start)
                self._cover(number, column, down, right)
                drawn.append(Drawn(texts=start.texts, rows=down, columns=right))
                done = column + right
        return drawn

    def _free(self, row: int, column: int, start: _Start) -> tuple[int, int]:
        """How far a merged cell reaches before it meets another: no text may be covered."""
        if start.down * start.right > self._room:
            return 1, 1
        right = 1
        while right < start.right and not self._busy(row, column + right):
            right += 1
        down = 1
        while down < start.down and not any(self._busy(row + down, column + x) for x in range(right)):
            down += 1
        return down, right

    def _busy(self, row: int, column: int) -> bool:
        return column in self.starts[row] or column in self._covered[row]

    def _cover(self, row: int, column: int, down: int, right: int) -> None:
        if down > 1:
            self._room -= down * right
        for below in range(row + 1, row + down):
            self._covered[below].update(range(column, column + right))


def _empty(columns: int) -> list[Drawn]:
    """Empty places; many beside each other are drawn as one."""
    if columns > _FEW:
        return [Drawn(columns=columns)]
    return [Drawn() for _ in range(columns)]
