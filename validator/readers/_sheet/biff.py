"""Records of an old workbook (MS-XLS, BIFF5 and BIFF8): record stream, strings, numbers, shapes."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .xlsxcells import WORDS

CONTINUE = 0x3C
_CODE_PAGES = {
    1200: "utf-16-le",
    936: "gb18030",
    32768: "mac_roman",
    32769: "cp1252",
    950: "cp950",
    10008: "gb2312",
}
_ALT_TEXT, _WORD_ART = 0x0381, 0x00C0
_MOST_DEPTH = 30


class TruncatedError(ValueError):
    """A record ends before what it promises."""


@dataclass(frozen=True, slots=True)
class Record:
    """A record with the CONTINUE records behind it, each a chunk of its own."""

    kind: int
    chunks: Sequence[bytes]

    @property
    def data(self) -> bytes:
        """The record without its continuations."""
        return self.chunks[0]


def records(data: bytes, start: int = 0) -> Iterator[Record]:
    """Records from `start` to the end of the stream; a broken tail ends them.

    Raises:
        TruncatedError: the last record is longer than the stream.
    """
    at = start
    kind, chunks = -1, []
    size = len(data)
    while at + 4 <= size:
        number, length = struct.unpack_from("<HH", data, at)
        at += 4
        if at + length > size:
            raise TruncatedError
        if number == CONTINUE and kind >= 0:
            chunks.append(data[at : at + length])
        else:
            if kind >= 0:
                yield Record(kind, chunks)
            kind, chunks = number, [data[at : at + length]]
        at += length
    if kind >= 0:
        yield Record(kind, chunks)


def codec(page: int) -> str:
    """Python's name of a code page."""
    name = _CODE_PAGES.get(page, f"cp{page}")
    try:
        "".encode(name)
    except LookupError:
        return "gb18030"
    return name


class Reader:
    """Reads over the chunks of one record; the characters of a string may go on in the next chunk."""

    def __init__(self, chunks: Sequence[bytes], at: int = 0, *, codec: str | None = None) -> None:
        self.chunks = chunks
        self.index = 0
        self.at = at
        self.codec = codec

    def take(self, count: int) -> bytes:
        """The next bytes, across chunks.

        Raises:
            TruncatedError: there are not so many.
        """
        out: list[bytes] = []
        while count > 0:
            piece = self.chunks[self.index][self.at : self.at + count]
            self.at += len(piece)
            count -= len(piece)
            out.append(piece)
            if count > 0:
                self._next()
        return out[0] if len(out) == 1 else b"".join(out)

    def _next(self) -> None:
        self.index += 1
        self.at = 0
        if self.index >= len(self.chunks):
            raise TruncatedError

    def number(self, size: int) -> int:
        """An unsigned number of so many bytes."""
        return int.from_bytes(self.take(size), "little")

    @property
    def left(self) -> bool:
        """Whether there is anything more."""
        return self.index < len(self.chunks) - 1 or self.at < len(self.chunks[self.index])

    def string(self, length_size: int = 2) -> str:
        """A string with its length before it: of BIFF8, or of bytes in the code page where there is one."""
        count = self.number(length_size)
        if self.codec is not None:
            return self.take(count).decode(self.codec, "replace")
        flags = self.number(1)
        formats = self.number(2) if flags & 8 else 0
        extra = self.number(4) if flags & 4 else 0
        text = self.characters(count, wide=bool(flags & 1))
        self.take(4 * formats + extra)
        return text

    def characters(self, count: int, *, wide: bool) -> str:
        """So many characters; each further chunk says anew whether they take two bytes."""
        out: list[str] = []
        while count > 0:
            chunk = self.chunks[self.index]
            room = (len(chunk) - self.at) // (2 if wide else 1)
            now = min(count, room)
            raw = chunk[self.at : self.at + now * (2 if wide else 1)]
            out.append(raw.decode("utf-16-le", "replace") if wide else raw.decode("latin-1"))
            self.at += len(raw)
            count -= now
            if count > 0:
                self._next()
                wide = bool(self.number(1) & 1)
        return "".join(out)


def rk(raw: int) -> float:
    """The number that an RK value stands for (2.5.122)."""
    if raw & 2:
        value = float((raw >> 2) - (1 << 30 if raw & 0x80000000 else 0))
    else:
        (value,) = struct.unpack("<d", struct.pack("<Q", (raw & 0xFFFFFFFC) << 32))
    return value / 100 if raw & 1 else value


def shape_texts(data: bytes) -> Iterator[tuple[str, str]]:
    """("alt", text) and ("watermark", text) of the shapes in a drawing stream (MS-ODRAW, OfficeArtFOPT)."""
    stack = [(0, len(data), 0)]
    while stack:
        at, end, depth = stack.pop()
        while at + 8 <= end:
            head, kind, length = struct.unpack_from("<HHI", data, at)
            at += 8
            stop = min(at + length, end)
            if head & 0xF == 0xF and depth < _MOST_DEPTH:
                stack.append((stop, end, depth))
                stack.append((at, stop, depth + 1))
                break
            if kind == 0xF00B:
                yield from _options(data[at:stop], head >> 4)
            at = stop


def _options(data: bytes, count: int) -> Iterator[tuple[str, str]]:
    at = 6 * count
    for index in range(min(count, len(data) // 6)):
        key, size = struct.unpack_from("<HI", data, 6 * index)
        if not key & 0x8000:
            continue
        raw = data[at : at + size]
        at += size
        part = {_ALT_TEXT: "alt", _WORD_ART: "watermark"}.get(key & 0x3FFF)
        if part:
            text = " ".join(
                raw[: len(raw) // 2 * 2].decode("utf-16-le", "replace").replace("\0", " ").split()
            )
            if text:
                yield part, text


_TOKENS = {
    0x01: 4, 0x02: 4, 0x1C: 1, 0x1D: 1, 0x1E: 2, 0x1F: 8, 0x20: 7, 0x21: 2, 0x22: 3, 0x23: 4, 0x24: 4,
    0x25: 8, 0x26: 6, 0x27: 6, 0x28: 6, 0x29: 2, 0x2A: 4, 0x2B: 8, 0x2C: 4, 0x2D: 8, 0x39: 6, 0x3A: 6,
    0x3B: 10, 0x3C: 6, 0x3D: 10,
} | dict.fromkeys(range(0x03, 0x17), 0)  # fmt: skip
"""Bytes behind the tokens of a formula in BIFF8 (2.5.198); those from 0x40 on repeat those from 0x20."""


def formula_texts(data: bytes) -> Iterator[str]:
    """Words in the texts of a parsed formula: what it may show, and addresses."""
    at = 0
    while at < len(data):
        token = data[at]
        at += 1
        if token == 0x17 and at + 2 <= len(data):
            wide = data[at + 1] & 1
            raw = data[at + 2 : at + 2 + data[at] * (2 if wide else 1)]
            at += 2 + len(raw)
            text = raw.decode("utf-16-le" if wide else "latin-1", "replace")
            if WORDS.search(text):
                yield text
        elif token == 0x19 and at + 3 <= len(data):
            at += 3
            if data[at - 3] & 4:  # CHOOSE: a table of jumps follows
                at += 2 * (int.from_bytes(data[at - 2 : at], "little") + 1)
        else:
            base = token if token < 0x40 else (token & 0x1F) | 0x20
            if base not in _TOKENS:
                return
            at += _TOKENS[base]
