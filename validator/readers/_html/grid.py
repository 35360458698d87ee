"""Tables of an HTML page: places of cells under their spans, and tables that only lay out the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from validator.model.document import Cell, Kind

from .._draft import Draft
from .._text import Pieces

_MOST_SPAN = 100
_LAYOUT_PARAGRAPHS = 4
_LAYOUT_LENGTH = 200


@dataclass(slots=True)
class _Table:
    number: int
    row: int = 0
    column: int = 0
    taken: dict[int, int] = field(default_factory=dict)
    """The last row that a cell from above reaches, by column."""
    cell: Cell | None = None
    place: int = 0
    drafts: int = 0
    blank: Pieces | None = None
    nested: bool = False


class Grid:
    """The tables that are open while a page is read, and all that were."""

    def __init__(self) -> None:
        self._open: list[_Table] = []
        self._all: list[_Table] = []

    @property
    def cell(self) -> Cell | None:
        """The cell that text belongs to now."""
        return self._open[-1].cell if self._open else None

    def start_table(self) -> None:
        """A table begins, perhaps inside a cell."""
        if self._open:
            self._open[-1].nested = True
        self._all.append(_Table(len(self._all) + 1))
        self._open.append(self._all[-1])

    def start_row(self) -> None:
        """A row begins."""
        if self._open:
            self._open[-1].row += 1
            self._open[-1].column = 0

    def start_cell(self, values: Mapping[str, str], place: int) -> None:
        """A cell begins; `place` is where its content stands in the source."""
        if not self._open:
            return
        table = self._open[-1]
        table.row = max(table.row, 1)
        column = table.column + 1
        while table.taken.get(column, 0) >= table.row:
            column += 1
        rows, columns = _span(values.get("rowspan")), _span(values.get("colspan"))
        for one in range(column, column + columns) if rows > 1 else ():
            table.taken[one] = max(table.taken.get(one, 0), table.row + rows - 1)
        table.column = column + columns - 1
        table.cell = Cell(
            table=table.number, row=table.row, column=column, row_span=rows, column_span=columns
        )
        table.place, table.drafts, table.blank = place, 0, None

    def filled(self) -> None:
        """The open cell has got text."""
        if self._open:
            self._open[-1].drafts += 1

    def keep_blank(self, pieces: Pieces) -> None:
        """The open cell holds these blanks; they matter when it has nothing else."""
        if self.cell is not None and pieces.text and self._open[-1].blank is None:
            self._open[-1].blank = pieces

    def end_cell(self) -> Draft | None:
        """The cell ends; where it has no text this is the block of the empty cell."""
        if not self._open:
            return None
        table = self._open[-1]
        cell, table.cell = table.cell, None
        if cell is None or table.drafts or table.nested:
            return None
        blank = table.blank or Pieces()
        offsets = blank.offsets or [table.place]
        return Draft(text=blank.text, offsets=offsets, widths=blank.widths, kind=Kind.CELL, cell=cell)

    def end_table(self) -> Draft | None:
        """The table ends, and with it a cell that was not closed."""
        blank = self.end_cell()
        if self._open:
            self._open.pop()
        return blank

    def without_layout(self, drafts: Sequence[Draft]) -> list[Draft]:
        """Cells of tables that only lay out the page become paragraphs; the others are numbered anew."""
        per_cell = Counter(one.cell for one in drafts if one.cell)
        longest: Counter[int] = Counter()
        columns: dict[int, set[int]] = {}
        most: Counter[int] = Counter()
        for draft in drafts:
            if draft.cell:
                table = draft.cell.table
                longest[table] = max(longest[table], len(draft.text))
                most[table] = max(most[table], per_cell[draft.cell])
                columns.setdefault(table, set()).add(draft.cell.column)
        numbers: dict[int, int] = {}
        for one in self._all:
            wide = len(columns.get(one.number, ())) == 1 and longest[one.number] > _LAYOUT_LENGTH
            if one.number in columns and not (one.nested or wide or most[one.number] >= _LAYOUT_PARAGRAPHS):
                numbers[one.number] = len(numbers) + 1
        return _renumbered(drafts, numbers)


def _span(value: str | None) -> int:
    text = (value or "").strip()[:6]
    return max(1, min(int(text), _MOST_SPAN)) if text.isascii() and text.isdigit() else 1


def _renumbered(drafts: Sequence[Draft], numbers: Mapping[int, int]) -> list[Draft]:
    out: list[Draft] = []
    for draft in drafts:
        cell = draft.cell
        if cell is None:
            out.append(draft)
        elif cell.table not in numbers:
            draft.cell = None
            draft.kind = Kind.PARAGRAPH if draft.kind is Kind.CELL else draft.kind
            if draft.text.strip():
                out.append(draft)
        else:
            draft.cell = replace(cell, table=numbers[cell.table])
            before = out[-1] if out else None
            if before is not None and (before.cell, before.visible) == (draft.cell, draft.visible):
                _append(before, draft)
            else:
                out.append(draft)
    return out


def _append(before: Draft, draft: Draft) -> None:
    """A further paragraph of the same cell: one block a cell, with a blank for what stands between."""
    at = len(before.text)
    gap = before.offsets[-1] + before.widths.get(at - 1, 1)
    moved = {place + at + 1: width for place, width in draft.widths.items()}
    before.widths = {**before.widths, at: max(1, draft.offsets[0] - gap), **moved}
    before.offsets = [*before.offsets, gap, *draft.offsets]
    before.text += " " + draft.text
