"""The frame of a Word binary file: its header (FIB), and the pieces that make up the text. [MS-DOC]"""

from __future__ import annotations

import re
import struct
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import accumulate, pairwise

from validator.model.errors import ReadError

from .. import _limits
from .ole import Compound, old_word

_IDENT = 0xA5EC
_OLD_IDENTS = (0xA5DB, 0xA5DC, 0xA697, 0xA698, 0xA699)
_FIRST_VERSION = 0xC0
"""nFib of Word 97; Word 6 and 95 have less."""
_ENCRYPTED, _TABLE_ONE = 0x0100, 0x0200
_LENGTHS = 0x4C
_PAIRS = 0x9A
_SHORTEST = _PAIRS + 8
_COMPRESSED = 0x4000_0000
_PRC, _PCDT = 1, 2
_MOST_PIECES = 200_000
_MOST_PLACES = 500_000
_MOST_SPENT = 20_000_000
_HALVES = re.compile("[\ud800-\udfff]")


class Part(IntEnum):
    """Index of a part of the table stream in FibRgFcLcb97. [MS-DOC] 2.5.6"""

    STYLES = 1
    FOOTNOTE_PLACES = 2
    FOOTNOTES = 3
    COMMENT_PLACES = 4
    COMMENTS = 5
    SECTIONS = 6
    HEADERS = 11
    CHARACTER_PAGES = 12
    PARAGRAPH_PAGES = 13
    FONTS = 15
    PIECES = 33
    COMMENT_AUTHORS = 36
    SHAPES = 40
    HEADER_SHAPES = 41
    ENDNOTES = 47
    DRAWINGS = 50
    REVISION_AUTHORS = 51
    BOXES = 56
    HEADER_BOXES = 58
    LISTS = 73
    LIST_USES = 74


class Length(IntEnum):
    """Index of the length of a story among those of the header. [MS-DOC] 2.5.4"""

    MAIN = 0
    FOOTNOTES = 1
    HEADERS = 2
    COMMENTS = 4
    ENDNOTES = 5
    BOXES = 6
    HEADER_BOXES = 7


_ORDER = (*Length,)


class Cursor:
    """Reads numbers and bytes one after the other, and never beyond the end.

    Raises:
        ReadError: DOC001 at the end of the data.
    """

    def __init__(self, data: bytes, shown: str, at: int = 0) -> None:
        self.data = data
        self.at = at
        self._shown = shown

    def take(self, count: int) -> bytes:
        """The next bytes."""
        if count < 0 or self.at + count > len(self.data):
            raise cut_off(self._shown)
        self.at += count
        return self.data[self.at - count : self.at]

    def number(self, size: int, *, signed: bool = False) -> int:
        """The next number of `size` bytes."""
        return int.from_bytes(self.take(size), "little", signed=signed)

    def words(self) -> str:
        """The next UTF-16 string behind its length in two bytes. [MS-DOC] 2.9.352"""
        return self.take(2 * self.number(2)).decode("utf-16-le", "replace")


def cut_off(shown: str) -> ReadError:
    """The error for a file that names what it does not hold."""
    return _limits.damaged(shown, "文件不完整或已损坏", "the file is truncated or damaged")


def too_many(shown: str) -> ReadError:
    """The error for a file with more pieces of anything than a report can have."""
    return _limits.over(shown, "文档结构过于复杂", "the structure of the document is too complex")


@dataclass(frozen=True, slots=True)
class Piece:
    """Text from `start` to `end` (in characters) that stands at byte `place`; `wide` has two bytes each.
    `formats` are properties that the piece lays over those of its text."""

    start: int
    end: int
    place: int
    wide: bool
    formats: bytes


class WordFile:
    """One text of a Word file; `base` is where its header stands (a template may hold a second one).

    `text` has one character for each unit of UTF-16, so that places in the file are places in it.

    Raises:
        ReadError: encrypted, damaged, of an older Word, or over a limit.
    """

    def __init__(self, compound: Compound, base: int = 0) -> None:
        self.shown = compound.shown
        self.compound = compound
        self.stream = compound.stream("WordDocument")
        self._base = base
        self._spent = 0
        self._check_header()
        self.table = compound.stream("1Table" if self.u16(10) & _TABLE_ONE else "0Table")
        self.data = compound.stream("Data")
        self._count = self.u16(_PAIRS - 2)
        lengths = struct.unpack_from("<8l", self.stream, base + _LENGTHS)
        if any(one < 0 for one in lengths):
            raise cut_off(self.shown)
        self.lengths = {one: lengths[one] for one in _ORDER}
        self.pieces = self._read_pieces()
        self._starts = [one.start for one in self.pieces]
        self.text = self._read_text()

    def _check_header(self) -> None:
        if len(self.stream) < self._base + _SHORTEST:
            raise cut_off(self.shown)
        ident, version = self.u16(0), self.u16(2)
        if ident in _OLD_IDENTS or (ident == _IDENT and 0 < version < _FIRST_VERSION):
            raise old_word(self.shown)
        if ident != _IDENT or not version:
            raise cut_off(self.shown)
        if self.u16(10) & _ENCRYPTED:
            raise _limits.encrypted(self.shown)

    def spend(self, count: int) -> None:
        """Count bytes and records that are read again and again where many places name them.

        Raises:
            ReadError: DOC007.
        """
        self._spent += count
        if self._spent > _MOST_SPENT:
            raise too_many(self.shown)

    def u16(self, at: int) -> int:
        """A number of two bytes in the header."""
        return int.from_bytes(self.stream[self._base + at : self._base + at + 2], "little")

    def place(self, part: Part) -> tuple[int, int]:
        """Where a part stands in the table stream, and its length in bytes: 0 when it is not there."""
        if part >= self._count:
            return 0, 0
        at = self._base + _PAIRS + 8 * part
        if at + 8 > len(self.stream):
            raise cut_off(self.shown)
        start, length = struct.unpack_from("<LL", self.stream, at)
        if length and start + length > len(self.table):
            raise cut_off(self.shown)
        return start, length

    def part(self, part: Part) -> bytes:
        """A part of the table stream; empty when it is not there."""
        start, length = self.place(part)
        return self.table[start : start + length]

    def span(self, story: Length) -> tuple[int, int]:
        """Where a story begins and ends in `text`."""
        start = sum(self.lengths[one] for one in _ORDER if one < story)
        return start, start + self.lengths[story]

    def ranges(self, part: Part, story: Length, size: int) -> list[tuple[int, int]]:
        """The pieces of a story as its list of places (PLC) parts it; `size` is that of its data. What
        the list leaves out at the end is a piece too: no text of the story is lost."""
        first, last = self.span(story)
        bounds = [min(first + one, last) for one in self.places(part, size)]
        return list(pairwise([first, *bounds[1:], last] if bounds else [first, last]))

    def places(self, part: Part, size: int) -> Sequence[int]:
        """The character places of a PLC whose entries have `size` bytes of data, none before the one
        before it. [MS-DOC] 2.2.2"""
        data = self.part(part)
        count = (len(data) + size) // (4 + size)
        if count > _MOST_PLACES:
            raise too_many(self.shown)
        return list(accumulate(struct.unpack_from(f"<{count}L", data), max)) if count > 0 else ()

    # Pieces.

    def _read_pieces(self) -> list[Piece]:
        cursor = Cursor(self.part(Part.PIECES), self.shown)
        formats: list[bytes] = []
        while (kind := cursor.number(1)) == _PRC:
            formats.append(cursor.take(cursor.number(2)))
        if kind != _PCDT:
            raise cut_off(self.shown)
        table = cursor.take(cursor.number(4))
        count = (len(table) - 4) // 12
        if count > _MOST_PIECES:
            raise too_many(self.shown)
        if count < 1:
            if any(self.lengths.values()):
                raise cut_off(self.shown)
            return []
        bounds = struct.unpack_from(f"<{count + 1}L", table)
        found: list[Piece] = []
        for at, (start, end) in enumerate(pairwise(bounds)):
            _, place, prm = struct.unpack_from("<HLH", table, 4 * (count + 1) + 8 * at)
            if end < start:
                raise cut_off(self.shown)
            wide = not place & _COMPRESSED
            place &= _COMPRESSED - 1
            if end > start:
                found.append(Piece(start, end, place if wide else place // 2, wide, self._prm(prm, formats)))
        return found

    def _prm(self, prm: int, formats: list[bytes]) -> bytes:
        """Properties of a piece: one that is named in the piece, or a list of them. [MS-DOC] 2.9.214"""
        if prm & 1:
            if prm >> 1 >= len(formats):
                raise cut_off(self.shown)
            return formats[prm >> 1]
        code = _SHORT_CODES.get(prm >> 1 & 0x7F)
        return struct.pack("<HB", code, prm >> 8) if code else b""

    def _read_text(self) -> str:
        total = sum(self.lengths.values())
        end = self.pieces[-1].end if self.pieces else 0
        if end < total or (self.pieces and self.pieces[0].start):
            raise cut_off(self.shown)
        _limits.check_size(self.shown, 0, end)
        return "".join(self._piece_text(one) for one in self.pieces)

    def _piece_text(self, piece: Piece) -> str:
        count = piece.end - piece.start
        length = 2 * count if piece.wide else count
        raw = self.stream[piece.place : piece.place + length]
        if len(raw) < length:
            raise cut_off(self.shown)
        if not piece.wide:
            return raw.decode("latin-1").translate(_WESTERN)
        text = raw.decode("utf-16-le", "surrogatepass")
        if len(text) < count:
            text = "".join(map(chr, struct.unpack(f"<{count}H", raw)))
        return text

    def byte_of(self, at: int) -> tuple[Piece | None, int]:
        """The piece that a character is in, and the place of the character in the stream."""
        index = bisect_right(self._starts, at) - 1
        if index < 0 or at >= self.pieces[index].end:
            return None, 0
        piece = self.pieces[index]
        return piece, piece.place + (at - piece.start) * (2 if piece.wide else 1)


_WESTERN = {code: text for code in range(0x80, 0xA0) if (text := bytes((code,)).decode("cp1252", "ignore"))}
_SHORT_CODES = {
    0x0C: 0x260A,
    0x18: 0x2416,
    0x19: 0x2417,
    0x41: 0x0800,
    0x42: 0x0801,
    0x4D: 0x2A0C,
    0x53: 0x2A33,
    0x5C: 0x083C,
    0x62: 0x2A42,
}
"""Properties that a piece can name in seven bits, as far as they matter here. [MS-DOC] 2.9.215"""


def units(text: str) -> str:
    """Text with the halves of its characters beyond U+FFFF put together."""
    if not _HALVES.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
