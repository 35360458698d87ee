"""What a reader makes of a file: blocks of text, each with its place."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from validator.model.location import Location

_NO_WIDTHS: Mapping[int, int] = {}


class Kind(StrEnum):
    """What a block is to a reader of the page."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    CELL = "cell"
    FURNITURE = "furniture"
    """Running headers and footers, watermarks: scanned for leftovers, never states a value."""
    META = "meta"
    """Properties, link targets, alternative text: scanned for leftovers, never states a value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """Place of a table cell. Numbers count from 1; a merged cell stands at its first row and column.

    `sheet` is the name of the sheet in a workbook; there the row and column are those of the sheet, and
    table 0 means a place outside any table.
    """

    table: int
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    sheet: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One paragraph, heading, table cell or other piece of text, in reading order.

    `offsets[i]` is the place of `text[i]` in `Document.source`; `widths` holds the length there of
    characters that take more than one (an entity, an escape). A line that was wrapped in the source
    is joined in `text`, so neighbouring characters need not be neighbours in the source.
    """

    text: str
    offsets: Sequence[int]
    widths: Mapping[int, int] = field(default_factory=lambda: _NO_WIDTHS)
    kind: Kind = Kind.PARAGRAPH
    part: str = "body"
    level: int = 0
    section: tuple[str, ...] = ()
    paragraph: int | None = None
    cell: Cell | None = None
    page: int | None = None
    visible: bool = True

    @property
    def states(self) -> bool:
        """Whether the text can state a value: what the reader of the page takes as the report's text."""
        return self.visible and self.kind in (Kind.HEADING, Kind.PARAGRAPH, Kind.CELL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something about the document itself that the reader noticed: revisions, comments, hidden text."""

    code: str
    zh: str
    en: str
    block: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A report as read: the decoded source (or plain-text rendition) and its blocks."""

    path: str
    format: str
    encoding: str | None
    source: str
    blocks: tuple[Block, ...]
    title: str = ""
    notices: tuple[Notice, ...] = ()
    line_starts: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if not self.line_starts:
            starts = [0]
            at = self.source.find("\n")
            while at >= 0:
                starts.append(at + 1)
                at = self.source.find("\n", at + 1)
            object.__setattr__(self, "line_starts", tuple(starts))

    def position(self, offset: int) -> tuple[int, int]:
        """1-based line and column of a source offset, in characters."""
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    def locate(self, index: int, start: int, end: int) -> Location:
        """Where `blocks[index].text[start:end]` stands; an empty span is the place before `start`."""
        block = self.blocks[index]
        if not block.text:
            first = last = block.offsets[0] if block.offsets else 0
        elif start >= len(block.text):
            first = last = self._end(block, len(block.text) - 1)
        else:
            first = block.offsets[start]
            last = self._end(block, end - 1) if end > start else first
        line, column = self.position(first)
        end_line, end_column = self.position(last)
        cell = block.cell
        return Location(
            part=block.part,
            line=line,
            column=column,
            end_line=end_line,
            end_column=end_column,
            page=block.page,
            paragraph=block.paragraph,
            table=(cell.table or None) if cell else None,
            row=cell.row if cell else None,
            cell=cell.column if cell else None,
            sheet=cell.sheet if cell else None,
            section=block.section,
        )

    @staticmethod
    def _end(block: Block, index: int) -> int:
        return block.offsets[index] + block.widths.get(index, 1)
