"""The running text of a PDF over all its pages: paragraphs, tables, footnotes, in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from validator.model.document import Cell, Kind

from .._draft import Draft
from .aligned import is_contents, with_tables
from .columns import flows, gutters
from .furniture import Measures, Sheet
from .join import Group, Line, Margins, Paragraph, join, margins
from .page import Box
from .rows import Row, Segment, joined
from .tables import Table, TableCell

_NOTE_MARK = re.compile(r"\s*(?:[\[［〔【(（]?(\d{1,3})[\]］〕】)）]?|([①-⑳*＊†‡]))[\s、.．]*")
_SHORT_RULE = 0.5
_SMALLER = 0.93
_JOINED_CELL = 200
"""The paragraphs of a cell are one block up to this length, as in Word documents."""
_UNDERLINE = 0.3
_SAME_EDGE = 4.0
_MOST_GUTTERS = 8
_PADDING = 9.0
"""Space left and right of the text in a cell, together, in points: a little less than Word leaves."""
_LOOSE = 0.3


def take_footnotes(sheet: Sheet, measures: Measures) -> None:
    """Move the rows below a short drawn line at the foot of a page, in smaller type, to `sheet.foot`."""
    for rule in sorted(sheet.rules, key=lambda one: one.y0):
        below = [row for row in sheet.rows if row.main.y < rule.y0]
        if (
            not below
            or rule.width > _SHORT_RULE * sheet.box.width
            or rule.y0 > sheet.box.y0 + 0.7 * sheet.box.height
        ):
            continue
        small = all(row.main.size <= _SMALLER * measures.size for row in below)
        if small and _NOTE_MARK.match(below[0].text) and not any(t.box.y0 < rule.y0 for t in sheet.tables):
            sheet.foot = below
            sheet.rows = [row for row in sheet.rows if row.main.y >= rule.y0]
            return


class Body:
    """Builds the drafts of the running text from the pages, which come without their furniture."""

    def __init__(self) -> None:
        self.tables = 0
        self._drafts: list[Draft] = []
        self._open: Paragraph | None = None
        self._last_table: _Open | None = None
        self._margins: dict[Group, Margins] = {}

    def drafts(self, sheets: Sequence[Sheet]) -> list[Draft]:
        """Paragraphs and cells of all pages; a sentence that a page break parts is one again."""
        self._begin()
        known = _known_gutters(sheets)
        pages = [(sheet, list(_items(sheet, known.get(round(sheet.box.width), ())))) for sheet in sheets]
        self._measure(pages)
        for _, items in pages:
            for item in items:
                if isinstance(item, Line):
                    self._line(item)
                else:
                    self._table(*item)
        self._close()
        return self._drafts

    def _begin(self) -> None:
        self._drafts, self._open, self._last_table = [], None, None

    def footnotes(self, sheets: Sequence[Sheet]) -> list[Draft]:
        """The notes at the foot of the pages."""
        self._begin()
        pages = [
            (sheet, [_line(row, sheet, (0, 0, 0), ()) for row in sheet.foot])
            for sheet in sheets
            if sheet.foot
        ]
        self._measure(pages)
        for _, items in pages:
            for line in items:
                if self._open and _NOTE_MARK.match(line.text):
                    self._close()
                self._line(line)
            self._close()
        for draft in self._drafts:
            draft.part, draft.style, draft.kind = "footnote", None, Kind.PARAGRAPH
            draft.text = _without_mark(draft.text)
        return self._drafts

    def _measure(self, pages: Sequence[tuple[Sheet, Sequence[Line | tuple[Table, int]]]]) -> None:
        groups: dict[Group, list[Line]] = {}
        boxes: dict[Group, Box] = {}
        for sheet, items in pages:
            for item in items:
                if isinstance(item, Line):
                    groups.setdefault(item.group, []).append(item)
                    boxes.setdefault(item.group, sheet.box)
        self._margins = {
            group: margins(lines, boxes[group].x0, boxes[group].x1 if group[1] <= 1 else -1e9)
            for group, lines in groups.items()
        }

    def _line(self, line: Line) -> None:
        self._last_table = None
        if is_contents(line.text):
            self._close()
            self._drafts.append(Draft(text=line.text, kind=Kind.FURNITURE, page=line.page))
            return
        if self._open is not None:
            last = self._open.lines[-1]
            if self._open.takes(line, self._margins[last.group], self._margins[line.group]):
                self._open.lines.append(line)
                return
            self._close()
        self._open = Paragraph(line)

    def _close(self) -> None:
        if self._open is not None:
            self._drafts.append(Draft(text=self._open.text, page=self._open.lines[0].page))
        self._open = None

    def _table(self, table: Table, page: int) -> None:
        self._close()
        last = self._last_table
        goes_on = last is not None and page == last.page + 1 and _goes_on(last.table, table)
        if last is None or not goes_on:
            self.tables += 1
            last = _Open(table=table, page=page)
        first = _repeated(last.table, table) if goes_on else 0
        first += goes_on and self._split_row(last, table, first)
        for cell in table.cells:
            if cell.row <= first:
                continue
            place = Cell(
                table=self.tables,
                row=last.rows + cell.row - first,
                column=cell.column,
                row_span=cell.row_span,
                column_span=cell.column_span,
            )
            drafts = list(_cell_drafts(cell, place, page))
            self._drafts.extend(drafts)
            if cell.row + cell.row_span > table.depth:
                last.ends[cell.column] = (cell, drafts[-1])
        last.page, last.rows = page, last.rows + table.depth - first
        self._last_table = last

    def _split_row(self, last: _Open, table: Table, first: int) -> bool:
        """Add the rest of a row that the page break parted to its first half; whether there was one.

        Such a rest has no text in most of its cells, and goes on where a cell was full.
        """
        rest = [cell for cell in table.cells if cell.row == first + 1]
        filled = [cell for cell in rest if cell.rows]
        if table.depth <= first + 1 or not filled or 2 * len(filled) > len(rest):
            return False
        ends = [last.ends.get(cell.column) for cell in filled]
        if not all(
            end is not None and _is_full(end[0], cell) for end, cell in zip(ends, filled, strict=True)
        ):
            return False
        for end, cell in zip(ends, filled, strict=True):
            if end is not None:
                end[1].text = join([end[1].text, *_cell_paragraphs(cell)])
        return True


@dataclass(slots=True, kw_only=True)
class _Open:
    """A table that may go on, on the next page: its first part, its rows so far, its lowest cells."""

    table: Table
    page: int
    rows: int = 0
    ends: dict[int, tuple[TableCell, Draft]] = field(default_factory=dict)


def _known_gutters(sheets: Sequence[Sheet]) -> dict[int, list[float]]:
    """Gutters of the document by the width of the page; a page at its end may have few lines to show them."""
    found: dict[int, list[float]] = {}
    for sheet in sheets:
        known = found.setdefault(round(sheet.box.width), [])
        for edge in gutters(sheet.rows, sheet.tables):
            if all(abs(edge - one) > _SAME_EDGE for one in known) and len(known) < _MOST_GUTTERS:
                known.append(edge)
    return found


def _items(sheet: Sheet, known: Sequence[float]) -> Iterator[Line | tuple[Table, int]]:
    """Lines and tables of a page in reading order."""
    marks = {match[1] or match[2] for row in sheet.foot if (match := _NOTE_MARK.match(row.text))}
    width = round(sheet.box.width)
    for flow in flows(sheet.rows, sheet.tables, known):
        group = (width, *flow.column)
        above: Segment | None = None
        for item in with_tables(flow.items, sheet.rules):
            if isinstance(item, Table):
                yield item, sheet.number
                above = None
                continue
            line = _line(item, sheet, group, marks)
            line.parted = above is not None and _is_parted(above, line.run, sheet.rules)
            above = line.run
            yield line


def _line(row: Row, sheet: Sheet, group: Group, marks: Iterable[str]) -> Line:
    run = joined(row.segments)
    text = run.text
    for start, end in reversed(run.notes):
        if text[start:end].strip("[]") in marks:
            text = text[:start] + text[end:]
    return Line(run=run, text=text.strip(), page=sheet.number, group=group)


def _is_parted(above: Segment, below: Segment, rules: Sequence[Box]) -> bool:
    """Whether a line is drawn between two lines of text, which is no underline."""
    high, low = above.y - _UNDERLINE * above.size, below.y + 0.5 * below.size
    return any(
        low < rule.y0 < high and min(rule.x1, above.x1) - max(rule.x0, above.x0) > above.size
        for rule in rules
    )


def _without_mark(text: str) -> str:
    match = _NOTE_MARK.match(text)
    return text[match.end() :] if match and match[1] and match.end() < len(text) else text


# Tables.


def _goes_on(table: Table, other: Table) -> bool:
    """Whether a table at the top of a page is the rest of one at the end of the page before."""
    return (
        table.ruled
        and other.ruled
        and len(table.edges) == len(other.edges)
        and all(abs(one - two) <= _SAME_EDGE for one, two in zip(table.edges, other.edges, strict=True))
    )


def _repeated(table: Table, other: Table) -> int:
    """How many rows at the top of the rest repeat the head of the table, as Word sets it on each page."""
    head = _row_texts(table)
    again = _row_texts(other)
    count = 0
    while count < min(2, len(head), len(again) - 1) and again[count] == head[count] and any(again[count]):
        count += 1
    return count


def _row_texts(table: Table) -> list[tuple[str, ...]]:
    rows: dict[int, list[str]] = {}
    for cell in table.cells:
        if cell.row <= 3:
            rows.setdefault(cell.row, []).append("".join(row.text for row in cell.rows))
    return [tuple(rows[number]) for number in sorted(rows)]


def _cell_drafts(cell: TableCell, place: Cell, page: int) -> Iterator[Draft]:
    """The text of a cell as one block; a cell with a whole text gives one for each paragraph."""
    paragraphs = _cell_paragraphs(cell)
    if sum(map(len, paragraphs)) <= _JOINED_CELL:
        paragraphs = [" ".join(paragraphs)]
    for text in paragraphs:
        yield Draft(text=text, kind=Kind.CELL, cell=place, page=page)


def _is_full(cell: TableCell, rest: TableCell) -> bool:
    """Whether the last line of a cell had no room for the first characters of its rest."""
    if not cell.rows:
        return False
    last, first = joined(cell.rows[-1].segments), joined(rest.rows[0].segments)
    return cell.box.width - _PADDING - (last.x1 - last.x0) - first.token <= 2 * first.size


def _cell_paragraphs(cell: TableCell) -> list[str]:
    """Lines of a cell, joined where the next did not fit."""
    runs = [joined(row.segments) for row in cell.rows]
    widest = max((run.x1 - run.x0 for run in runs), default=0.0)
    width = max(widest, cell.box.width - _PADDING)
    found: list[list[str]] = []
    last: Segment | None = None
    for run in runs:
        if last is None or width - (last.x1 - last.x0) - run.token > _LOOSE * run.size:
            found.append([run.text])
        else:
            found[-1].append(run.text)
        last = run
    return [join(lines) for lines in found]
