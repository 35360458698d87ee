"""Properties of characters and paragraphs in a Word binary file, and where they hold. [MS-DOC] 2.4.6"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from . import file as _file
from .file import Part, WordFile

_PAGE = 512
_PAGE_NUMBER = 0x3F_FFFF
_SIZES = (1, 1, 2, 4, 2, 2, 0, 3)
_VARIABLE = 6
_TABLE_DEFINITION, _TABS = 0xD608, 0xC615
_HUGE = (0x6646, 0x646B)
"""sprmPHugePapx and sprmPTableProps: more properties, which stand in the data stream."""
_MOST_HUGE = 16
_MOST_RUNS = 1_000_000


def properties(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The codes (sprm) and operands of a list of properties; a cut-off end is left out. [MS-DOC] 2.2.5"""
    at, end = 0, len(data)
    while at + 2 <= end:
        code = data[at] | data[at + 1] << 8
        at += 2
        size = _SIZES[code >> 13]
        if code >> 13 == _VARIABLE:
            if code == _TABLE_DEFINITION:
                size = int.from_bytes(data[at : at + 2], "little") - 1
                at += 2
            else:
                size = data[at] if at < end else 0
                at += 1
                if code == _TABS and size == 0xFF:
                    size = _tabs_size(data, at)
        if size < 0 or at + size > end:
            return
        yield code, data[at : at + size]
        at += size


def _tabs_size(data: bytes, at: int) -> int:
    """Length of a list of tab stops that is too long for its length byte. [MS-DOC] 2.9.182"""
    if at >= len(data):
        return 0
    added = at + 1 + 4 * data[at]
    return added + 1 + 3 * data[added] - at if added < len(data) else 0


@dataclass(slots=True)
class Runs:
    """Stretches of bytes of the main stream with the same properties, by their starts."""

    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    values: list[bytes] = field(default_factory=list)

    def find(self, place: int) -> int | None:
        """The run that a byte is in."""
        at = bisect_right(self.starts, place) - 1
        return at if at >= 0 and place < self.ends[at] else None


def character_runs(file: WordFile) -> Runs:
    """Properties of characters by the pages (FKP) that hold them."""

    def value(page: bytes, run: int, count: int) -> bytes:
        at = 2 * page[4 * (count + 1) + run]
        return page[at + 1 : at + 1 + page[at]] if at else b""

    return _runs(file, Part.CHARACTER_PAGES, 1, value)


def paragraph_runs(file: WordFile) -> Runs:
    """Properties of paragraphs: the number of the style in two bytes, then a list of properties."""

    def value(page: bytes, run: int, count: int) -> bytes:
        at = 2 * page[4 * (count + 1) + 13 * run]
        if not at:
            return b""
        length = page[at]
        if length:
            return page[at + 1 : at + 2 * length]
        return page[at + 2 : at + 2 + 2 * page[at + 1]] if at + 1 < _PAGE else b""

    return _runs(file, Part.PARAGRAPH_PAGES, 13, value)


def _runs(file: WordFile, part: Part, size: int, value: Callable[[bytes, int, int], bytes]) -> Runs:
    plc = file.part(part)
    pages = max(0, (len(plc) - 4) // 8)
    if pages > _MOST_RUNS:
        raise _file.too_many(file.shown)
    numbers = struct.unpack_from(f"<{pages}L", plc, 4 * (pages + 1)) if pages else ()
    found: list[tuple[int, int, bytes]] = []
    # Each page once: a table that names one again and again must not make more of the file than it is.
    for number in dict.fromkeys(one & _PAGE_NUMBER for one in numbers):
        page = file.stream[number * _PAGE : (number + 1) * _PAGE]
        count = page[-1] if len(page) == _PAGE else 0xFF
        if 4 * (count + 1) + size * count >= _PAGE:
            raise _file.cut_off(file.shown)
        bounds = struct.unpack_from(f"<{count + 1}L", page)
        found.extend((bounds[run], bounds[run + 1], value(page, run, count)) for run in range(count))
        if len(found) > _MOST_RUNS:
            raise _file.too_many(file.shown)
    found.sort(key=lambda one: one[0])
    return Runs([one[0] for one in found], [one[1] for one in found], [one[2] for one in found])


@dataclass(frozen=True, slots=True)
class Spans:
    """Stretches of characters with the same properties, by their ends, over all stories."""

    ends: list[int]
    values: list[bytes]

    def at(self, place: int) -> bytes:
        """The properties of one character."""
        index = bisect_right(self.ends, place)
        return self.values[index] if index < len(self.values) else b""

    def between(self, start: int, end: int) -> Iterator[tuple[int, int, bytes]]:
        """Start, end and properties of the stretches from `start` to `end`."""
        at = bisect_right(self.ends, start)
        while start < end and at < len(self.ends):
            stop = min(self.ends[at], end)
            yield start, stop, self.values[at]
            start = stop
            at += 1


def character_spans(file: WordFile) -> Spans:
    """The properties of all characters of the text, with those of the piece that they are in."""
    runs = character_runs(file)
    spans = Spans([], [])
    for piece in file.pieces:
        width = 2 if piece.wide else 1
        at = max(0, bisect_right(runs.starts, piece.place) - 1)
        start = piece.start
        while start < piece.end:
            byte = piece.place + (start - piece.start) * width
            while at + 1 < len(runs.starts) and runs.starts[at + 1] <= byte:
                at += 1
            value, stop = b"", piece.place + (piece.end - piece.start) * width
            if at < len(runs.starts) and runs.starts[at] <= byte < runs.ends[at]:
                value, stop = runs.values[at], runs.ends[at]
            elif at < len(runs.starts) and runs.starts[at] > byte:
                stop = runs.starts[at]
            elif at + 1 < len(runs.starts):
                stop = runs.starts[at + 1]
            end = min(piece.end, max(start + 1, piece.start + -((piece.place - stop) // width)))
            spans.ends.append(end)
            spans.values.append(value + piece.formats)
            start = end
    return spans


class Paragraphs:
    """The properties of paragraphs, by the character that ends them."""

    def __init__(self, file: WordFile) -> None:
        self._file = file
        self._runs = paragraph_runs(file)

    def at(self, mark: int) -> bytes:
        """Style number and properties of the paragraph that ends with this character."""
        piece, byte = self._file.byte_of(mark)
        run = self._runs.find(byte) if piece else None
        value = self._runs.values[run] if run is not None else b""
        return (value or b"\0\0") + piece.formats if piece and piece.formats else value

    def ends_at(self, mark: int) -> bool:
        """Whether a paragraph ends with this character, as its properties have it."""
        piece, byte = self._file.byte_of(mark)
        run = self._runs.find(byte) if piece else None
        return piece is None or run is None or self._runs.ends[run] <= byte + (2 if piece.wide else 1)


def with_huge(file: WordFile, data: bytes) -> Iterator[tuple[int, bytes]]:
    """Properties of a paragraph, and those that they refer to in the data stream. [MS-DOC] 2.6.2"""
    waiting = [data]
    for _ in range(_MOST_HUGE):
        if not waiting:
            return
        for code, operand in properties(waiting.pop()):
            if code in _HUGE:
                at = int.from_bytes(operand, "little")
                length = int.from_bytes(file.data[at : at + 2], "little")
                if at + 2 + length > len(file.data):
                    raise _file.cut_off(file.shown)
                file.spend(length)
                waiting.append(file.data[at + 2 : at + 2 + length])
            else:
                yield code, operand
