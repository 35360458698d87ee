"""Where in the blocks of a document a place stands that is known only by its line and column."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import NamedTuple

from validator.model.document import Block, Document
from validator.model.finding import Finding
from validator.model.location import Location

_TRIES = 8
"""How many blocks that begin before a place are looked at: the text of a few may overlap in the source."""


class Extent(NamedTuple):
    """`blocks[block].text[start:end]`."""

    block: int
    start: int
    end: int


class Places:
    """Finds the blocks of places of one document."""

    def __init__(self, document: Document) -> None:
        self._document = document
        filled = [(one.offsets[0], index) for index, one in enumerate(document.blocks) if len(one.offsets)]
        self._starts = sorted(filled)

    def of_finding(self, finding: Finding) -> Extent | None:
        """Where a finding stands; None where it has no place in the text."""
        if finding.block is not None and 0 <= finding.block < len(self._document.blocks):
            length = len(self._document.blocks[finding.block].text)
            start = min(max(0, finding.start), length)
            return Extent(finding.block, start, min(max(start, finding.end), length))
        if finding.location.part == "file":
            return None
        return self.find(finding.location)

    def find(self, place: Location) -> Extent | None:
        """Where a place stands; None where no block holds it."""
        document = self._document
        lines = document.line_starts
        if not 1 <= place.line <= len(lines) or not 1 <= place.end_line <= len(lines):
            return None
        first = lines[place.line - 1] + place.column - 1
        last = lines[place.end_line - 1] + place.end_column - 1
        at = bisect_right(self._starts, (first, len(document.blocks)))
        for _, index in reversed(self._starts[max(0, at - _TRIES) : at]):
            block = document.blocks[index]
            if block.offsets[-1] + block.widths.get(len(block.text) - 1, 1) >= first and _same(block, place):
                start = min(bisect_left(block.offsets, first), len(block.text))
                end = min(bisect_left(block.offsets, max(first, last)), len(block.text))
                return Extent(index, start, max(start, end))
        return None


def _same(block: Block, place: Location) -> bool:
    """Whether a place can be one of the block: lines alone do not tell where texts overlap in the source."""
    if block.part != place.part or block.paragraph != place.paragraph:
        return False
    cell = block.cell
    if cell is None:
        return place.row is None
    return (cell.row, cell.column) == (place.row, place.cell)
