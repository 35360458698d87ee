"""Plain text: paragraphs (also across hard line wraps), headings by their numbers, tables of tabs or bars."""

from __future__ import annotations

from collections.abc import Iterable

from validator.model.document import Cell, Document, Kind
from validator.text import headings

from . import _text
from ._base import Reader, Source
from ._draft import Draft, assemble, title_of
from ._text import Line, Pieces, Wrap


def _read(source: Source) -> Document:
    text, encoding = _text.decoded(source)
    blocks, title = assemble(_Lines(text).drafts())
    return Document(
        path=source.path, format="txt", encoding=encoding, source=text, blocks=blocks, title=title
    )


def _never(_source: Source) -> bool:
    return False


class _Lines:
    """One pass over the lines; paragraphs of a wrapped document stay open across page furniture."""

    def __init__(self, text: str) -> None:
        self.lines = _text.split_lines(text)
        self.furniture = _text.find_furniture(self.lines)
        self.furniture |= {at for at, line in enumerate(self.lines) if _text.is_page_number(line.text)}
        self.tables = _text.find_tables(self.lines, self.furniture)
        in_tables = {at for group in self.tables.values() for at in group}
        self.wrap = _text.find_wrap(self.lines, self.furniture | in_tables)
        self.title = title_of(
            [
                (line.text if at not in in_tables else "", at not in self.furniture)
                for at, line in enumerate(self.lines)
            ]
        )
        self.out: list[Draft] = []
        self.pending: list[Draft] = []
        self.open: list[Line] = []
        self.gap = False

    def drafts(self) -> list[Draft]:
        at = 0
        tables = 0
        while at < len(self.lines):
            line = self.lines[at]
            if at in self.tables:
                self._close()
                tables += 1
                self.out.extend(table_drafts([self.lines[row] for row in self.tables[at]], tables))
                at = self.tables[at][-1] + 1
                continue
            if line.blank:
                self.gap = True
            elif at in self.furniture and at != self.title:
                self._furniture(line)
            else:
                self._text_line(line, is_title=at == self.title)
            at += 1
        self._close()
        return self.out

    def _furniture(self, line: Line) -> None:
        start = line.start + len(line.text) - len(line.text.lstrip())
        text = line.text.strip()
        draft = Draft(text=text, offsets=range(start, start + len(text)), kind=Kind.FURNITURE)
        if self.open:
            self.pending.append(draft)
        else:
            self.out.append(draft)

    def _text_line(self, line: Line, *, is_title: bool) -> None:
        if is_title:
            self._close()
            self.open = [line]
            self._close(title=True)
            return
        if not (self.open and self.wrap and self._joins(self.wrap, line)):
            self._close()
        self.open.append(line)
        self.gap = False

    def _joins(self, wrap: Wrap, line: Line) -> bool:
        before = self.open[-1].text.rstrip()
        if _text.INDENT.match(line.text):
            return False
        ended = before.endswith(_text.SENTENCE_ENDS)
        full = wrap.is_full(before, line.text)
        numbered = headings.level(line.text)
        if numbered is not None and (ended or not full or numbered <= 3):
            return False
        if self.gap:
            return bool(self.pending) and not ended
        if full:
            return True
        whole = "".join(one.text for one in self.open)
        if headings.is_heading(whole):
            return False
        return wrap.indented or (not ended and any(mark in whole for mark in "，。；"))

    def _close(self, *, title: bool = False) -> None:
        if self.open:
            text, offsets, widths = _joined(self.open).stripped()
            self.out.append(Draft(text=text, offsets=offsets, widths=widths, title=title))
        self.out.extend(self.pending)
        self.open, self.pending, self.gap = [], [], False


def _joined(lines: list[Line]) -> Pieces:
    pieces = Pieces()
    for at, line in enumerate(lines):
        last = at == len(lines) - 1
        text = line.text if last else line.text.rstrip()
        start = line.start
        if at:
            text = text.lstrip()
            start += len(line.text) - len(line.text.lstrip())
            before = pieces.chars[-1][-1:] if pieces.chars else ""
            if before.isascii() and before.isalpha() and text[:1].isascii() and text[:1].isalpha():
                pieces.char(" ", line.start - 1, 1)
        pieces.run(text, start)
    return pieces


def table_drafts(rows: list[Line], table: int) -> list[Draft]:
    """Cells of a table of tabs or bars; an empty cell keeps its blanks, or just its place."""
    drafts = []
    kept = [row for row in rows if not _text.is_rule_row(row.text)]
    width = max((len(_filled(_text.row_cells(row))) for row in kept), default=0)
    for number, row in enumerate(kept, 1):
        cells = _text.row_cells(row)[:width]
        for column, (place, raw) in zip(_columns(kept[0], row, cells), cells, strict=False):
            text = raw.strip() or raw
            start = place + raw.index(text)
            offsets = range(start, start + max(1, len(text)))
            cell = Cell(table=table, row=number, column=column)
            drafts.append(Draft(text=text, offsets=offsets, kind=Kind.CELL, cell=cell))
    return drafts


def _columns(head: Line, row: Line, cells: list[tuple[int, str]]) -> Iterable[int]:
    """Columns count up, but where blanks part the cells: an empty one leaves no trace but its place."""
    if _text.is_parted_by_blanks(row):
        return _text.columns_of(head, row)
    return range(1, len(cells) + 1)


def _filled(cells: list[tuple[int, str]]) -> list[tuple[int, str]]:
    while cells and not cells[-1][1].strip():
        cells = cells[:-1]
    return cells


READER = Reader(
    format="txt",
    suffixes=(".txt", ".text"),
    sniff=_never,
    read=_read,
    parts=("body", "table"),
)
