"""One story of an RTF file (body, header, note, text box): its paragraphs, and tables in tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from validator.model.document import Kind

from . import _limits
from ._draft import Draft
from ._flow import GridCell, Look, Mode, Paragraph, Volume, hide, table_drafts

_SAME_EDGE = 60
"""Twips. Edges of cells in different rows that are meant to be one differ by a millimetre."""
_MOST_CELLS = 2000
_NO_LOOK = Look()


@dataclass(slots=True)
class CellDef:
    """One cell of a row as `\\cellx` ends it: its right edge in twips, and what it is merged with."""

    right: int
    beside: bool = False
    above: bool = False


@dataclass(slots=True)
class RowDef:
    """The definition of a row: `\\trowd` begins it. It holds for the rows after it too."""

    left: int = 0
    cells: list[CellDef] = field(default_factory=list)
    beside: bool = False
    above: bool = False

    def end_cell(self, right: int) -> None:
        """`\\cellx`: the flags since the last one are those of this cell."""
        if len(self.cells) < _MOST_CELLS:
            self.cells.append(CellDef(right, self.beside, self.above))
        self.beside = self.above = False


@dataclass(slots=True)
class _Row:
    left: int
    cells: list[tuple[CellDef, list[Draft]]]


@dataclass(slots=True)
class _Level:
    """A table that is still being read: its rows, the cells of the open row, the open cell."""

    number: int
    rows: list[_Row] = field(default_factory=list)
    cells: list[list[Draft]] = field(default_factory=list)
    open: list[Draft] = field(default_factory=list)


class Story:
    """Text in reading order. `part` and `kind` are those of its ordinary paragraphs."""

    def __init__(
        self, volume: Volume, part: str, kind: Kind = Kind.PARAGRAPH, *, hidden: bool = False
    ) -> None:
        self.part = part
        self.kind = kind
        self.author = ""
        self.revision = 0
        self.row = RowDef()
        self.nested_row = RowDef()
        self.paragraph = Paragraph()
        self._hidden = hidden
        self._volume = volume
        self._drafts: list[Draft] = []
        self._levels: list[_Level] = []

    def end_paragraph(self, look: Look = _NO_LOOK, level: int = 0) -> None:
        """A paragraph mark; `level` tells in how many tables the paragraph stands."""
        self._settle(level)
        drafts = self.paragraph.drafts(self.part, self.kind, look, in_table=level > 0)
        self.paragraph = Paragraph()
        self._volume.add(drafts)
        (self._levels[-1].open if self._levels else self._drafts).extend(drafts)

    def end_cell(self, look: Look, level: int) -> None:
        """The mark of a cell: it ends a paragraph too."""
        if self.paragraph or len(self._levels) < level or not self._levels[level - 1].open:
            self.end_paragraph(look, level)
        else:
            self._settle(level)
        table = self._levels[-1]
        table.cells.append(table.open)
        table.open = []

    def end_row(self, level: int, *, nested: bool) -> None:
        """The mark of a row: its cells get the edges of the definition that holds now."""
        if self.paragraph:
            self.end_paragraph(level=level)
        self._settle(level)
        self._finish_row(self._levels[-1], self.nested_row if nested else self.row)

    @staticmethod
    def _finish_row(table: _Level, row: RowDef) -> None:
        if any(one.text.strip() for one in table.open):
            table.cells.append(table.open)
        table.open = []
        if not table.cells:
            return
        edges = list(row.cells)
        right = edges[-1].right if edges else row.left
        while len(edges) < len(table.cells):
            right += 1000
            edges.append(CellDef(right))
        table.rows.append(_Row(row.left, list(zip(edges, table.cells, strict=False))))
        table.cells = []

    def _settle(self, level: int) -> None:
        """Close the tables that are deeper than `level`, and open those up to it."""
        if level > _limits.MOST_DEPTH:
            raise _limits.over(
                self._volume.shown,
                f"表格嵌套超过 {_limits.MOST_DEPTH} 层",
                f"tables are nested more than {_limits.MOST_DEPTH} deep",
            )
        while len(self._levels) > level:
            self._close_table()
        while len(self._levels) < level:
            self._volume.tables += 1
            self._levels.append(_Level(self._volume.tables))

    def _close_table(self) -> None:
        table = self._levels.pop()
        if table.cells or table.open:
            self._finish_row(table, self.nested_row if self._levels else self.row)
        drafts = table_drafts(table.number, _grid(table.rows), self.part, self.kind)
        (self._levels[-1].open if self._levels else self._drafts).extend(drafts)

    def add(self, text: str, mode: Mode) -> None:
        """Append a run to the open paragraph."""
        self.paragraph.add(text, mode)

    def finish(self) -> list[Draft]:
        """All drafts, also of a last paragraph, cell or row without its mark."""
        if self.paragraph:
            self.end_paragraph(level=len(self._levels))
        self._settle(0)
        return hide(self._drafts, self.part, self.kind) if self._hidden else self._drafts


def _grid(rows: Sequence[_Row]) -> list[GridCell]:
    """Cells at their columns: every edge that occurs in any row is one of the grid."""
    columns = _columns(rows)
    cells: list[GridCell] = []
    above: dict[int, GridCell] = {}
    for number, row in enumerate(rows, 1):
        left, current = row.left, {}
        previous: GridCell | None = None
        column = columns.get(left, 1)
        for place, drafts in row.cells:
            end = max(columns[place.right], column + 1)
            cell = GridCell(row=number, column=column, column_span=end - column, drafts=drafts)
            upper = above.get(column)
            if place.beside and previous is not None:
                cell.covered = True
                if previous.row == number:
                    previous.column_span += cell.column_span
            elif place.above and upper is not None:
                cell.covered = True
                upper.row_span = number - upper.row + 1
                current[column] = previous = upper
            else:
                current[column] = previous = cell
            cells.append(cell)
            column = end
        above = current
    return cells


def _columns(rows: Sequence[_Row]) -> dict[int, int]:
    """The number of the column that begins at an edge, from 1."""
    edges = {row.left for row in rows if row.cells}
    edges.update(place.right for row in rows for place, _ in row.cells)
    numbers: dict[int, int] = {}
    number, first = 0, None
    for edge in sorted(edges):
        if first is None or edge - first > _SAME_EDGE:
            number += 1
            first = edge
        numbers[edge] = number
    return numbers
