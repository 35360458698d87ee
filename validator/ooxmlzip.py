"""A ZIP file with the content of some members changed or added; every other byte of it is copied.

Headers, names, times, attributes and the order of members stay as they are; only sizes, checksums and
positions follow.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping

_END = b"PK\5\6"
_LOCAL = b"PK\3\4"
_CENTRAL = b"PK\1\2"
_STREAMED = 0x08
"""The flag that says that sizes follow the data; those of a changed member are known before."""
_UTF8 = 0x800
_STORED, _DEFLATED = 0, 8
_LARGE = 0xFFFFFFFF
_ZIP64_EXTRA = 1
_VERSION = 20
_1980 = 1 << 5 | 1
"""The first day that a ZIP file can name."""


class UnchangeableError(Exception):
    """The archive is damaged, or written in a way in which members cannot be replaced."""


def rewritten(data: bytes, changed: Mapping[str, bytes], added: Mapping[str, bytes] | None = None) -> bytes:
    """The archive with new content for the members of `changed`, in whatever case their names are, and with
    the members of `added` behind all others.

    Raises:
        UnchangeableError: a member is not there, is larger than 4 GB, or the directory is irregular.
    """
    end, entries = _directory(data)
    wanted = {key(name): content for name, content in changed.items()}
    if not wanted.keys() <= {key(one.name) for one in entries}:
        raise UnchangeableError
    by_place = sorted(entries, key=lambda one: one.offset)
    stops = [*(one.offset for one in by_place[1:]), end.start]
    out = [data[: by_place[0].offset]]
    size = len(out[0])
    for one, stop in zip(by_place, stops, strict=True):
        content = wanted.get(key(one.name))
        piece = data[one.offset : stop] if content is None else one.rewritten(data, content)
        one.offset = size
        out.append(piece)
        size += len(piece)
    for name, content in (added or {}).items():
        new, piece = _member(name, content)
        new.offset = size
        entries.append(new)
        out.append(piece)
        size += len(piece)
    directory = b"".join(one.record() for one in entries)
    tail = bytearray(data[end.at :])
    struct.pack_into("<2H2L", tail, 8, len(entries), len(entries), len(directory), size)
    return b"".join([*out, directory, bytes(tail)])


def key(name: str) -> str:
    """How a member is named in a package: its parts are the same in every case (ECMA-376 part 2 §9.1.1)."""
    return name.replace("\\", "/").lstrip("/").lower()


class _Entry:
    """An entry of the directory; `raw` is the whole record."""

    def __init__(self, raw: bytearray) -> None:
        self.raw = raw
        (flags,) = struct.unpack_from("<H", raw, 8)
        (length,) = struct.unpack_from("<H", raw, 28)
        self.name = bytes(raw[46 : 46 + length]).decode("utf-8" if flags & _UTF8 else "cp437", "replace")
        sizes = struct.unpack_from("<2L", raw, 20)
        (self.offset,) = struct.unpack_from("<L", raw, 42)
        if _LARGE in (*sizes, self.offset):
            raise UnchangeableError

    def rewritten(self, data: bytes, content: bytes) -> bytes:
        """The member with other content: its local header, adapted, and the content packed as it was."""
        if data[self.offset : self.offset + 4] != _LOCAL:
            raise UnchangeableError
        name, extra = struct.unpack_from("<2H", data, self.offset + 26)
        body = self.offset + 30 + name
        kept = _without_zip64(data[body : body + extra])
        header = bytearray(data[self.offset : body] + kept)
        flags, method = struct.unpack_from("<2H", header, 6)
        method = _STORED if method == _STORED else _DEFLATED
        packed = content if method == _STORED else _deflated(content)
        figures = zlib.crc32(content), len(packed), len(content)
        struct.pack_into("<2H", header, 6, flags & ~_STREAMED, method)
        struct.pack_into("<3L", header, 14, *figures)
        struct.pack_into("<H", header, 28, len(kept))
        struct.pack_into("<2H", self.raw, 8, flags & ~_STREAMED, method)
        struct.pack_into("<3L", self.raw, 16, *figures)
        return bytes(header) + packed

    def record(self) -> bytes:
        """The record of the directory, with the place where the member stands now."""
        struct.pack_into("<L", self.raw, 42, self.offset)
        return bytes(self.raw)


class _Ending:
    """The end of the archive: the place of its record, and where the directory starts."""

    def __init__(self, at: int, start: int) -> None:
        self.at = at
        self.start = start


def _directory(data: bytes) -> tuple[_Ending, list[_Entry]]:
    at = data.rfind(_END)
    if at < 0 or len(data) < at + 22:
        raise UnchangeableError
    count, size, start = struct.unpack_from("<H2L", data, at + 10)
    if start + size != at or not count:
        raise UnchangeableError
    entries: list[_Entry] = []
    place = start
    while place < at:
        if data[place : place + 4] != _CENTRAL or len(data) < place + 46:
            raise UnchangeableError
        length = 46 + sum(struct.unpack_from("<3H", data, place + 28))
        entries.append(_Entry(bytearray(data[place : place + length])))
        place += length
    if len(entries) != count or place != at:
        raise UnchangeableError
    return _Ending(at, start), entries


def _member(name: str, content: bytes) -> tuple[_Entry, bytes]:
    """A new member: its entry for the directory, and its header with the content behind it."""
    told, packed = name.encode("utf-8"), _deflated(content)
    flags = 0 if name.isascii() else _UTF8
    common = struct.pack("<5H", _VERSION, flags, _DEFLATED, 0, _1980)
    common += struct.pack("<3L2H", zlib.crc32(content), len(packed), len(content), len(told), 0)
    raw = _CENTRAL + struct.pack("<H", _VERSION) + common + struct.pack("<3H2L", 0, 0, 0, 0, 0) + told
    return _Entry(bytearray(raw)), _LOCAL + common + told + packed


def _without_zip64(extra: bytes) -> bytes:
    """The extra fields but for the sizes of a large member: the changed one is small, and has its own."""
    kept, at = b"", 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<2H", extra, at)
        if kind != _ZIP64_EXTRA:
            kept += extra[at : at + 4 + size]
        at += 4 + size
    return kept + extra[at:]


def _deflated(content: bytes) -> bytes:
    deflater = zlib.compressobj(wbits=-15)
    return deflater.compress(content) + deflater.flush()
