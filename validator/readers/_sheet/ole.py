"""The compound file around an old workbook: its stream, its properties, what is embedded."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Any

from validator.model.document import Kind

from .. import _limits, _ole
from .._draft import Draft
from .biff import codec

_STREAMS = ("workbook", "book")
_OTHERS = ("worddocument", "powerpoint document")
_SETS = ("\x05SummaryInformation", "\x05DocumentSummaryInformation")
_SUMMARY, _DOCUMENT = (2, 3, 4, 5, 6, 8), (2, 14, 15, 27)
_TITLE, _CODE_PAGE = 2, 1
_BYTES, _WIDE = 0x1E, 0x1F
_MOST_PROPERTIES = 1000


def _names(ole: Any) -> dict[str, str]:
    """Streams and storages at the root by their lower-case names."""
    return {path[0].lower(): path[0] for path in ole.listdir(streams=True, storages=True) if len(path) == 1}


def has_workbook(data: bytes) -> bool:
    """Whether the root of a compound file has a workbook, and is no document with one embedded."""
    try:
        names = _names(_ole.opened(data))
    except _ole.FAILURES:
        return True  # the stream is named somewhere: reading tells what is wrong
    return any(one in names for one in _STREAMS) and not any(one in names for one in _OTHERS)


class Compound:
    """An opened compound file.

    Raises:
        ReadError: damaged (DOC001) or over a limit (DOC007).
    """

    def __init__(self, data: bytes, shown: str) -> None:
        self.shown = shown
        self.drafts: list[Draft] = []
        self.title = ""
        try:
            ole = _ole.opened(data)
            names = _names(ole)
            found = next((names[one] for one in _STREAMS if one in names), None)
            self.workbook = self._stream(ole, found) if found else b""
            self.embedded = sorted(name for key, name in names.items() if key.startswith("mbd"))
            for name in _SETS:
                if name.lower() in names:
                    self._properties(self._stream(ole, names[name.lower()]), summary=name == _SETS[0])
        except _ole.FAILURES as error:
            raise _limits.damaged(shown, "文件不完整或已损坏", "the file is truncated or damaged") from error
        if not self.workbook:
            raise _limits.damaged(shown, "不是 Excel 工作簿（找不到数据）", "not a workbook (no stream)")

    def _stream(self, ole: Any, name: str) -> bytes:
        if ole.get_size([name]) > _limits.MOST_MEMBER_BYTES:
            raise _limits.over(self.shown, "内部数据过大", "a stream is too large")
        return bytes(ole.openstream([name]).read())

    def _properties(self, data: bytes, *, summary: bool) -> None:
        for section, key, text in texts(data):
            if section or key in (_SUMMARY if summary else _DOCUMENT):
                self.drafts.append(Draft(text=text, kind=Kind.META, part="properties"))
            if summary and not section and key == _TITLE:
                self.title = text


def texts(data: bytes) -> Iterator[tuple[int, int, str]]:
    """Section, number and text of the properties of a property set stream that are text (MS-OLEPS)."""
    if len(data) < 28:
        return
    (count,) = struct.unpack_from("<I", data, 24)
    for section in range(min(count, 2)):
        if len(data) < 48 + 20 * section:
            return
        (start,) = struct.unpack_from("<I", data, 44 + 20 * section)
        yield from ((section, key, text) for key, text in _section(data[start:]))


def _section(data: bytes) -> Iterator[tuple[int, str]]:
    if len(data) < 8:
        return
    (count,) = struct.unpack_from("<I", data, 4)
    count = min(count, _MOST_PROPERTIES, (len(data) - 8) // 8)
    places = [struct.unpack_from("<II", data, 8 + 8 * index) for index in range(count)]
    name = "gb18030"
    for key, at in places:
        if key == _CODE_PAGE and data[at : at + 2] == b"\x02\0" and at + 6 <= len(data):
            (page,) = struct.unpack_from("<H", data, at + 4)
            name = "utf-8" if page == 65001 else codec(page)
    for key, at in places:
        if key <= _CODE_PAGE or at + 8 > len(data):
            continue
        kind, size = struct.unpack_from("<II", data, at)
        if kind & 0xFFFF not in (_BYTES, _WIDE):
            continue
        wide = kind & 0xFFFF == _WIDE
        raw = data[at + 8 : at + 8 + min(size, len(data)) * (2 if wide else 1)]
        text = raw.decode("utf-16-le" if wide else name, "replace").split("\0")[0]
        if text.strip():
            yield key, " ".join(text.split())
