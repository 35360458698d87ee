"""Drawings in a Word binary file: what their shapes say, by the numbers that the text names. [MS-ODRAW]"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from validator.model.document import Kind

from .. import _limits
from .._draft import Draft
from .._flow import Volume
from . import file as _file
from .file import Part, WordFile

_GROUP, _SHAPE, _SHAPE_HEAD = 0xF003, 0xF004, 0xF00A
_OPTIONS = (0xF00B, 0xF121, 0xF122)
_CONTAINER = 0xF
_PICTURE_SHAPE = 75
_ART_TEXT, _NAME, _DESCRIPTION, _LINK, _TIP, _PICTURE_NAME, _PICTURE = (
    *(0x00C0, 0x0380, 0x0381, 0x0382, 0x038D, 0x0105, 0x0104),
)
_FLAGS = 0x03BF
_HIDDEN = 0x0002_0002
_COMPLEX = 0x8000
_ADDRESS = bytes.fromhex("e0c9ea79f9bace118c8200aa004ba90b")
_FILE = bytes.fromhex("0303000000000000c000000000000046")
_PICTURE_HEAD = 68
_WITH_NAME = 0x66
_ANCHOR = 26
_BACKDROP = 6_300, 2_300
"""Width and height in twips (567 to the centimetre) from which something behind the text backs it."""
_BEHIND = 0x4000
_COST = 40
"""What one record counts, in bytes of `WordFile.spend`: a report of half a million is none."""
_MOST_OPTIONS = 200_000
_WATERMARK_NAMES = ("watermark", "水印")


@dataclass(slots=True, kw_only=True)
class Shape:
    """One shape of a drawing; `inner` are the numbers of the shapes of a group."""

    number: int = 0
    name: str = ""
    art: str = ""
    words: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    hidden: bool = False
    picture: bool = False
    inner: list[int] = field(default_factory=list)

    @property
    def is_watermark(self) -> bool:
        """Whether its name says so; only what is in headers and footers can be one."""
        return any(one in self.name.lower() for one in _WATERMARK_NAMES)

    def drafts(self, kind: Kind, volume: Volume) -> list[Draft]:
        """What the shape says beside the text in it; a hidden one shows nothing."""
        found = [draft for one in self.words for draft in volume.once(one, "alt")]
        found += [Draft(text=one, kind=Kind.META, part="link") for one in self.links]
        if self.art and self.hidden:
            found.append(Draft(text=self.art, kind=kind, part="hidden", visible=False))
        elif self.art:
            part = "watermark" if kind is Kind.FURNITURE else "textbox"
            found.append(Draft(text=self.art, kind=kind, part=part))
        return found


class Drawings:
    """All shapes of a file, and which character of the text each is anchored to."""

    def __init__(self, file: WordFile) -> None:
        self._file = file
        self._inline: dict[int, list[Shape]] = {}
        self.shapes: dict[int, Shape] = {}
        self.anchors: dict[int, int] = {}
        self.backdrop = False
        for shape in self._of_file():
            self.shapes.setdefault(shape.number, shape)
        for part, story in (
            (Part.SHAPES, _file.Length.MAIN),
            (Part.HEADER_SHAPES, _file.Length.HEADERS),
        ):
            self._anchor(part, file.span(story)[0])

    def _anchor(self, part: Part, first: int) -> None:
        places = self._file.places(part, _ANCHOR)
        data = self._file.part(part)
        for number, place in enumerate(places[:-1]):
            key, left, top, right, bottom, flags = struct.unpack_from(
                "<LllllH", data, 4 * len(places) + _ANCHOR * number
            )
            self.anchors[first + place] = key
            size = right - left, bottom - top
            if flags & _BEHIND and all(one >= least for one, least in zip(size, _BACKDROP, strict=True)):
                self.backdrop = True

    def family(self, number: int) -> list[Shape]:
        """A shape and all those inside it, groups in groups too, each once."""
        found: list[Shape] = []
        waiting, seen = [number], {number}
        while waiting:
            shape = self.shapes.get(waiting.pop())
            if shape is not None:
                found.append(shape)
                waiting += [one for one in reversed(shape.inner) if one not in seen]
                seen.update(shape.inner)
        return found

    def inline(self, place: int) -> list[Shape]:
        """The shapes of a picture that stands in the text, by its place in the data stream."""
        if place not in self._inline:
            self._inline[place] = self._read_inline(place)
        return self._inline[place]

    def _read_inline(self, place: int) -> list[Shape]:
        data = self._file.data
        if place < 0 or place + _PICTURE_HEAD > len(data):
            return []
        length, head, kind = struct.unpack_from("<LHH", data, place)
        at, end = place + head, min(len(data), place + length)
        if kind == _WITH_NAME and at < end:
            at += 1 + data[at]
        return self._shapes(data, at, end, whole=False)

    def _of_file(self) -> list[Shape]:
        """The shapes of the drawings; before each drawing one byte tells what text it is for."""
        start, length = self._file.place(Part.DRAWINGS)
        table, end = self._file.table, start + length
        found: list[Shape] = []
        at = start
        if length:
            at = _skip(table, at, end, self._file.shown)
        while at + 9 <= end:
            after = _skip(table, at + 1, end, self._file.shown)
            found += self._shapes(table, at + 1, after, whole=True)
            at = after
        return found

    def _shapes(self, data: bytes, at: int, end: int, *, whole: bool) -> list[Shape]:
        shown = self._file.shown
        found: list[Shape] = []
        groups: list[tuple[int, Shape | None]] = []
        for kind, instance, start, stop, depth in _records(data, at, end, shown, whole=whole):
            self._file.spend(_COST)
            while groups and depth <= groups[-1][0]:
                groups.pop()
            if kind == _GROUP:
                groups.append((depth, None))
            elif kind == _SHAPE:
                found.append(Shape())
            elif kind == _SHAPE_HEAD and found and stop - start >= 4:
                found[-1].number = int.from_bytes(data[start : start + 4], "little")
                found[-1].picture = instance == _PICTURE_SHAPE
                _join(groups, found[-1])
            elif kind in _OPTIONS and found:
                self._file.spend(min(stop - start, _MOST_OPTIONS))
                _read_options(found[-1], data[start : min(stop, start + _MOST_OPTIONS)], instance)
        return found


def _skip(data: bytes, at: int, end: int, shown: str) -> int:
    if at + 8 > end:
        raise _file.cut_off(shown)
    after = at + 8 + int.from_bytes(data[at + 4 : at + 8], "little")
    if after > end:
        raise _file.cut_off(shown)
    return after


def _records(
    data: bytes, at: int, end: int, shown: str, *, whole: bool
) -> Iterator[tuple[int, int, int, int, int]]:
    """Kind, instance, start, end and depth of all records, those in containers too. [MS-ODRAW] 2.2.1

    A drawing that is not `whole` ends where a record does not fit.
    """
    ends: list[int] = []
    while at + 8 <= end:
        while ends and at >= ends[-1]:
            ends.pop()
        head, kind, length = struct.unpack_from("<HHL", data, at)
        at += 8
        if at + length > (ends[-1] if ends else end):
            if whole:
                raise _file.cut_off(shown)
            return
        yield kind, head >> 4, at, at + length, len(ends)
        if head & _CONTAINER == _CONTAINER:
            if len(ends) >= 4 * _limits.MOST_DEPTH:
                raise _limits.over(shown, "图形嵌套过深", "drawings are nested too deeply")
            ends.append(at + length)
        else:
            at += length


def _join(groups: list[tuple[int, Shape | None]], shape: Shape) -> None:
    """The first shape of a group is the group itself; the others are in it, it is in the group around."""
    if not groups:
        return
    depth, own = groups[-1]
    if own is None:
        groups[-1] = depth, shape
        own = groups[-2][1] if len(groups) > 1 else None
    if own is not None:
        own.inner.append(shape.number)


def _read_options(shape: Shape, data: bytes, count: int) -> None:
    """The table of properties of a shape: fixed entries first, long values behind them. [MS-ODRAW] 2.2.9"""
    at = 6 * count
    for number in range(min(count, len(data) // 6)):
        code, value = struct.unpack_from("<HL", data, 6 * number)
        long = b""
        if code & _COMPLEX:
            long = data[at : at + value]
            at += value
        code &= 0x3FFF
        if code == _FLAGS:
            shape.hidden = value & _HIDDEN == _HIDDEN
        elif code == _PICTURE:
            shape.picture = shape.picture or value > 0
        elif long:
            _read_words(shape, code, long)


def _read_words(shape: Shape, code: int, long: bytes) -> None:
    if code == _LINK:
        shape.links += [one for one in (_target(long),) if one]
        return
    if code not in (_ART_TEXT, _NAME, _DESCRIPTION, _TIP, _PICTURE_NAME):
        return
    text = " ".join(long.decode("utf-16-le", "replace").partition("\0")[0].split())
    if code == _ART_TEXT:
        shape.art = text
    elif code == _PICTURE_NAME and text:
        shape.links.append(text)
    elif code == _NAME:
        shape.name = text
        shape.words += [] if _is_given(text) else [text]
    elif text:
        shape.words.append(text)


def _is_given(name: str) -> bool:
    """Whether there is no name, or one that the program gives by itself: a word and a number."""
    return name.isascii() or name.rstrip("0123456789") != name


def _target(data: bytes) -> str:
    """The address of a link: that of an address moniker, or the path of a file moniker. [MS-OSHARED] 2.3.7"""
    at = data.find(_ADDRESS)
    if at >= 0:
        at += len(_ADDRESS)
        length = int.from_bytes(data[at : at + 4], "little")
        text = data[at + 4 : at + 4 + length].decode("utf-16-le", "replace")
        return text.partition("\0")[0].strip()
    at = data.find(_FILE)
    if at >= 0:
        at += len(_FILE) + 2
        length = int.from_bytes(data[at : at + 4], "little")
        return data[at + 4 : at + 4 + length].partition(b"\0")[0].decode("gb18030", "replace").strip()
    return ""
