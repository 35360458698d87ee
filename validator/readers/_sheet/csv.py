"""Delimited text (RFC 4180 as spreadsheets write and read it): fields with their places in the source."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from validator.model.document import Document

from .. import _limits, _text
from .._base import Source
from .._draft import assemble
from .drafts import Grid, drafts
from .region import Item

_DELIMITERS = ",\t;|"
_SAMPLE_LINES = 200
_SAMPLE = 100_000
_QUOTED = re.compile('"[^"]*"')
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?\n?', re.IGNORECASE)


def read(source: Source) -> Document:
    """Read delimited text; a row with a single field is a paragraph, the others are the table.

    Raises:
        ReadError: no text (DOC001), or more fields than the limit (DOC007).
    """
    text, encoding = _text.decoded(source)
    start, mark = 0, ""
    named = _SEPARATOR_LINE.match(text)
    if named:
        start, mark = named.end(), named[1]
    fields = _Fields(text, start, mark or delimiter(text, source.suffix), source.path)
    grid = Grid(name=None, items=fields.items, row_ends=fields.row_ends)
    blocks, title = assemble(drafts([grid], source.path))
    return Document(
        path=source.path, format="csv", encoding=encoding, source=text, blocks=blocks, title=title
    )


def delimiter(text: str, suffix: str = "") -> str:
    """The character that parts the fields: the one that stands equally often on the most lines."""
    sample = _QUOTED.sub("", text[:_SAMPLE])
    lines = [line for line in sample.split("\n")[:_SAMPLE_LINES] if line.strip()]
    best, found = (0, 0), "\t" if suffix == ".tsv" else ","
    if suffix == ".tsv" and any("\t" in line for line in lines):
        return "\t"
    for mark in _DELIMITERS:
        counts = Counter(line.count(mark) for line in lines)
        counts.pop(0, None)
        if counts:
            number, times = max(counts.items(), key=lambda one: (one[1], one[0]))
            if (times, number) > best:
                best, found = (times, number), mark
    return found


class _Fields:
    """One pass over the text. `row_ends` has the place where each row ends."""

    def __init__(self, text: str, start: int, mark: str, shown: str) -> None:
        self.text = text
        self.mark = mark
        self.items: list[Item] = []
        self.row_ends: dict[int, int] = {}
        self._plain = re.compile(f"[^{re.escape(mark)}\n]*")
        self._whole = True
        row = 0
        seen = 0
        while start < len(text):
            row += 1
            column = 0
            while True:
                column += 1
                item, start = self._field(row, column, start)
                if item.text.strip():
                    seen += 1
                    _limits.check_size(shown, seen)
                if item.text.strip() or len(self.items) - seen < _limits.MOST_BLOCKS:
                    self.items.append(item)  # an empty field has a place of its own too
                if start >= len(text) or text[start] == "\n":
                    break
                start += 1
            self.row_ends[row] = start
            start += 1

    def _field(self, row: int, column: int, start: int) -> tuple[Item, int]:
        if self.text.startswith('"', start):
            end = self._closing(start + 1)
            if end is not None:
                return self._quoted(row, column, start, end)
        match = self._plain.match(self.text, start)
        end = match.end() if match else start
        text = self.text[start:end]
        return Item(row=row, column=column, text=text, offsets=range(start, max(end, start + 1))), end

    def _closing(self, start: int) -> int | None:
        """The place of the closing quote. After one that is never closed a field ends on its line."""
        stop = len(self.text)
        if not self._whole:
            found = self.text.find("\n", start)
            stop = stop if found < 0 else found
        at = start
        while True:
            at = self.text.find('"', at, stop)
            if at < 0:
                self._whole = False
                return None
            if not self.text.startswith('""', at):
                return at
            at += 2

    def _quoted(self, row: int, column: int, start: int, close: int) -> tuple[Item, int]:
        rest = self._plain.match(self.text, close + 1)
        end = rest.end() if rest else close + 1
        chars: list[str] = []
        offsets: list[int] = []
        widths: dict[int, int] = {}
        for first, last, doubled in self._runs(start + 1, close):
            chars.append(self.text[first:last])
            offsets.extend(range(first, last))
            if doubled:
                widths[len(offsets) - 1] = 2
        chars.append(self.text[close + 1 : end])
        offsets.extend(range(close + 1, end))
        return self._item(row, column, "".join(chars), offsets, widths, start), end

    def _runs(self, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
        """Pieces of the text between quotes; the last character of a piece may stand for two."""
        at = start
        while (found := self.text.find('""', at, end)) >= 0:
            yield at, found + 1, True
            at = found + 2
        if at < end:
            yield at, end, False

    @staticmethod
    def _item(
        row: int, column: int, text: str, offsets: Sequence[int], widths: Mapping[int, int], start: int
    ) -> Item:
        return Item(row=row, column=column, text=text, offsets=offsets or (start,), widths=widths)
