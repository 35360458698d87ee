"""From the filled cells of a sheet to drafts: tables, the lines of text around them, hidden cells.

A sheet is a table only in parts: a title and 单位：万人 stand above the heads, notes and 填表人 below,
two tables may stand below or beside each other. Lines around a table become paragraphs that keep the
place of their cell (`Cell.table` is 0 there), so that the first row of a table is its head row.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from validator.model.document import Cell, Kind

from .. import _limits
from .._draft import Draft, title_of
from .region import Item, bands, continues, core_of, parts

_DEFAULT_NAME = re.compile(r"(?:Sheet|工作表|Table|Feuil)\s*\d*", re.IGNORECASE)
_JOINED = 200
_SPARSE = 10
_SMALL = 400
_MOST_SPARSE = 50_000
_SPANS = 20
_CAPTION = re.compile(r"^附[件表]?\s*[\d一二三四五六七八九十]*\s*[:：]?\s*$|[:：]|^表\s*\d+$")


@dataclass(slots=True, kw_only=True)
class Grid:
    """A sheet as read: its filled cells, by row and column from 1, and what else belongs to it.

    `hidden_cells` are texts that nobody sees at their places; `hidden_rows` are sorted row numbers;
    `extras` are drafts of other parts (comments, drawings …), placed after the cells. `row_ends` has
    the place in the source where a row ends, for formats whose source is the file itself.
    """

    name: str | None
    items: list[Item]
    hidden: bool = False
    hidden_cells: list[Item] = field(default_factory=list)
    hidden_rows: Sequence[int] = ()
    extras: list[Draft] = field(default_factory=list)
    row_ends: Mapping[int, int] | None = None


def drafts(grids: Sequence[Grid], shown: str) -> list[Draft]:
    """Drafts of all sheets in order, headings with their names, and the title marked.

    Raises:
        ReadError: more cells than the limit (DOC007).
    """
    named = [grid for grid in grids if not grid.hidden]
    headings = any(grid.name and not _DEFAULT_NAME.fullmatch(grid.name.strip()) for grid in named)
    out: list[Draft] = []
    tables = 0
    titled = False
    for grid in grids:
        if grid.hidden:
            out.extend(_hidden_sheet(grid))
            continue
        if headings and grid.name:
            out.append(Draft(text=grid.name, kind=Kind.HEADING, style=1))
        own, tables = _visible(grid, tables, shown, len(out))
        if not titled and own:
            titled = True
            _mark_title(own, grid, out[-1:] if headings else [])
        out.extend(own)
        out.extend(_hidden_cell(item, grid) for item in grid.hidden_cells)
        out.extend(grid.extras)
        _limits.check_size(shown, len(out))
    return out


def place(grid: Grid, row: int, column: int) -> Cell | None:
    """A place on a sheet outside its tables."""
    return Cell(table=0, row=row, column=column, sheet=grid.name) if grid.name is not None else None


def _mark_title(own: Sequence[Draft], grid: Grid, heading: Sequence[Draft]) -> None:
    """The title of a workbook is the line above its first table, else the first name of a sheet."""
    above: list[Draft] = []
    for draft in own:
        if draft.kind is Kind.CELL:
            break
        above.append(draft)
    only_text = len(above) == len(own)
    lines = [("" if _CAPTION.search(one.text) and not only_text else one.text, True) for one in above]
    at = title_of(lines)
    if at is not None:
        above[at].title = True
    elif heading and _DEFAULT_NAME.fullmatch((grid.name or "").strip()):
        heading[0].style, heading[0].kind = None, Kind.FURNITURE


def _hidden_sheet(grid: Grid) -> Iterable[Draft]:
    if grid.name:
        yield Draft(text=grid.name, kind=Kind.META, part="hidden", visible=False)
    for item in [*grid.items, *grid.hidden_cells]:
        if item.text.strip():
            yield _hidden_cell(item, grid)
    for draft in grid.extras:
        draft.visible = False
        if draft.kind is Kind.PARAGRAPH:
            draft.part = "hidden"
        yield draft


def _hidden_cell(item: Item, grid: Grid) -> Draft:
    cell = Cell(table=0, row=item.row, column=item.column, sheet=grid.name)
    text = " ".join(item.text.split("\n"))
    return Draft(text=text, kind=Kind.CELL, part="hidden", cell=cell, visible=False)


def _visible(grid: Grid, tables: int, shown: str, before: int) -> tuple[list[Draft], int]:
    """Drafts of the visible cells, and the number of the last table."""
    out: list[Draft] = []
    known = {(item.row, item.column): item for item in grid.items}
    hidden = sorted(grid.hidden_rows)
    wide: range | None = None
    columns: list[int] = []
    for band in bands(grid.items, lambda row: row - bisect_left(hidden, row)):
        above, core, below = core_of(band)
        out.extend(draft for row in above for item in row for draft in _paragraphs(item, grid))
        for part in parts(core):
            _clamp(part)
            if wide is None or not continues(part, wide):
                tables += 1
                columns = sorted({one.column for row in part for one in row})
                end = max(one.column + one.column_span for row in part for one in row)
                wide = range(columns[0], end) if len(part) > 1 else None
            for item in _with_blanks(part, columns, known, grid):
                out.extend(_cells(item, grid, tables))
                if len(out) > _limits.MOST_BLOCKS:
                    _limits.check_size(shown, before + len(out))
        out.extend(draft for row in below for item in row for draft in _paragraphs(item, grid))
    return out, tables


def _clamp(rows: Sequence[Sequence[Item]]) -> None:
    """Merged cells reach no further than the table, and together not over more than it has cells, so that
    nobody who walks over them can be held up."""
    bottom = rows[-1][0].row
    right = max(row[-1].column for row in rows)
    left = min(row[0].column for row in rows)
    items = sum(len(row) for row in rows)
    budget = min((bottom - rows[0][0].row + 1) * (right - left + 1), _SPANS * items + _SMALL)
    for row in rows:
        for item in row:
            down = min(item.row_span, bottom - item.row + 1)
            across = min(item.column_span, right - item.column + 1)
            if down * across > budget:
                down = across = 1
            budget -= down * across
            item.row_span, item.column_span = down, across


def _with_blanks(
    rows: Sequence[Sequence[Item]],
    columns: Sequence[int],
    known: Mapping[tuple[int, int], Item],
    grid: Grid,
) -> Iterable[Item]:
    """The cells of a table by rows, with the empty ones of its columns unless the table is very sparse."""
    covered = {
        (row, column)
        for cells in rows
        for one in cells
        for row in range(one.row, one.row + one.row_span)
        for column in range(one.column, one.column + one.column_span)
    }
    filled = sum(len(row) for row in rows)
    area = len(rows) * len(columns)
    if area > max(_SMALL, 2 * filled) and (area > _SPARSE * filled or area > _MOST_SPARSE):
        columns = ()
    for row in rows:
        here = {item.column: item for item in row}
        number = row[0].row
        for column in sorted({*columns, *here}):
            if column in here:
                yield here[column]
            elif (number, column) not in covered:
                yield known.get((number, column)) or _blank(number, column, grid)


def _blank(row: int, column: int, grid: Grid) -> Item:
    at = (grid.row_ends or {}).get(row)
    return Item(row=row, column=column, text="", offsets=() if at is None else (at,))


def _cells(item: Item, grid: Grid, table: int) -> Iterable[Draft]:
    cell = Cell(
        table=table,
        row=item.row,
        column=item.column,
        row_span=item.row_span,
        column_span=item.column_span,
        sheet=grid.name,
    )
    for text, offsets, widths in _lines(item):
        yield Draft(text=text, offsets=offsets, widths=widths, kind=Kind.CELL, cell=cell)


def _paragraphs(item: Item, grid: Grid) -> Iterable[Draft]:
    for text, offsets, widths in _lines(item):
        cell = place(grid, item.row, item.column)
        yield Draft(text=text, offsets=offsets, widths=widths, cell=cell)


def _lines(item: Item) -> Iterable[tuple[str, Sequence[int], Mapping[int, int]]]:
    """A short cell as one text; the paragraphs of a long one each for itself, as in a Word table."""
    if "\n" not in item.text:
        yield _stripped(item, 0, len(item.text))
        return
    if len(item.text) <= _JOINED:
        text, offsets, widths = _stripped(item, 0, len(item.text))
        yield text.replace("\n", " "), offsets, widths
        return
    start = 0
    for line in item.text.split("\n"):
        if line.strip():
            yield _stripped(item, start, start + len(line))
        start += len(line) + 1


def _stripped(item: Item, start: int, end: int) -> tuple[str, Sequence[int], Mapping[int, int]]:
    """A piece of the text without blanks at its ends; one that is only blanks stays as it is."""
    whole = item.text[start:end]
    text = whole.strip(" \n\r　\u00a0")
    if not text:
        return whole, item.offsets[start:end] or item.offsets, item.widths
    first = start + whole.index(text)
    last = first + len(text)
    if not item.offsets:
        return text, (), {}
    widths = {at - first: width for at, width in item.widths.items() if first <= at < last}
    return text, item.offsets[first:last], widths
