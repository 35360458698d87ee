"""Styles of a Word binary file, and what properties make of characters and paragraphs. [MS-DOC] 2.6"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from validator.text.lazy import lazy

from .. import _flow
from .._flowstory import RowDef
from .._word.look import PLAIN
from .file import Cursor, Part, WordFile
from .format import properties, with_huge
from .look import Look, read_look, shading
from .row import read_row

_HEADING_NAME = lazy(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_CONTENTS_NAME = lazy(r"(?:toc|目录)\s*\d", re.IGNORECASE)
_TITLES = ("title", "标题")
_HEADINGS, _CONTENTS, _TITLE = range(1, 10), range(19, 28), 62
"""Built-in styles by number (sti). [MS-DOC] 2.9.260"""
_PLAIN_LOOK = _flow.Look()
_PARAGRAPH, _CHARACTER = 1, 2
_NONE = 0xFFF
_DEEPEST = 20
_BODY_LEVEL = 9
_LISTED = range(1, 0x7FF)
_PARAGRAPH_SHADINGS = (0x442D, 0xC64D)
_STYLED = (0x2640, 0x460B, 0x260A, *_PARAGRAPH_SHADINGS)
_PARAGRAPH_REVISIONS = (0xC63F, 0xC66F, 0xC645)
_CHARACTER_REVISIONS = (0xCA57, 0xCA89)


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """One style, those that it is based on included. `place` is the list and level that it gives."""

    level: int | None = None
    title: bool = False
    contents: bool = False
    look: Look = PLAIN
    backed: bool = False
    list: int | None = None
    depth: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What the properties of a run say. `font` is a number in the table of fonts, `symbol` a sign in a font,
    `place` where a picture or the data of a field stands."""

    look: Look = PLAIN
    deleted: bool = False
    inserted: bool = False
    changed: bool = False
    data: bool = False
    object: bool = False
    font: int | None = None
    symbol: tuple[int, int] | None = None
    place: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What a paragraph is: its style, heading level, list, and its place in tables. `level` is the number
    of tables it stands in; `ends_row` and `ends_cell` tell what its mark ends."""

    style: int = 0
    look: _flow.Look = _PLAIN_LOOK
    list: int | None = None
    depth: int = 0
    level: int = 0
    ends_row: bool = False
    ends_cell: bool = False
    row: RowDef | None = None
    backed: bool = False
    changed: bool = False


@dataclass(frozen=True, slots=True)
class _Entry:
    """A style as it is written. [MS-DOC] 2.9.258"""

    sti: int
    kind: int
    base: int
    name: str
    paragraph: bytes
    character: bytes


class Styles:
    """The style sheet of a file, and what properties come to with its styles; each is worked out once."""

    def __init__(self, file: WordFile) -> None:
        self._file = file
        self._entries = _read_entries(file)
        self._styles: dict[int, Style] = {}
        self._marks: dict[tuple[int, bytes], Mark] = {}
        self._forms: dict[bytes, Form] = {}

    def get(self, number: int) -> Style:
        """The style with this number; a plain one where there is none."""
        if number not in self._styles:
            self._styles[number] = self._read(number)
        return self._styles[number]

    def _chain(self, number: int) -> list[int]:
        found: list[int] = []
        while number in self._entries and len(found) < _DEEPEST:
            found.append(number)
            number = self._entries[number].base
        return found

    def _read(self, number: int) -> Style:
        """The style with all that it is based on; those are worked out on the way and kept."""
        style = Style()
        for one in reversed(self._chain(number)):
            style = self._styles[one] if one in self._styles else _over(style, self._entries[one])
            self._styles[one] = style
        return style

    def mark(self, style: int, data: bytes) -> Mark:
        """What the properties of a run in a paragraph of this style say."""
        found = self._marks.get((style, data))
        if found is None:
            found = self._marks[style, data] = self._read_mark(style, data)
        return found

    def _read_mark(self, style: int, data: bytes) -> Mark:
        look = self.get(style).look
        said: dict[str, bool | int | tuple[int, int]] = {}
        for code, operand in properties(data):
            value = int.from_bytes(operand, "little")
            if code in _FLAGS:
                said[_FLAGS[code]] = value in _ON
            elif code in _CHARACTER_REVISIONS:
                said["changed"] = operand[:1] == b"\1"
            elif code in (0x6A03, 0x680E):
                said["place"] = value
            elif code == 0x4A4F:
                said["font"] = value
            elif code == 0x6A09:
                said["symbol"] = (value & 0xFFFF, value >> 16)
            elif code == 0x4A30 and value in self._entries and self._entries[value].kind == _CHARACTER:
                look = self.get(value).look.over(look)
        return Mark(look=read_look(data, look).over(look), **said)  # type: ignore[arg-type]

    def form(self, data: bytes) -> Form:
        """What a paragraph with these properties (behind the number of its style) is."""
        found = self._forms.get(data)
        if found is None:
            found = self._forms[data] = self._read_form(data)
        return found

    def _read_form(self, data: bytes) -> Form:
        number = int.from_bytes(data[:2], "little")
        said = list(with_huge(self._file, data[2:]))
        number = next(
            (int.from_bytes(one, "little") for code, one in reversed(said) if code == 0x4600), number
        )
        style = self.get(number)
        own = style
        values: dict[int, int] = {}
        for code, operand in said:
            values[code] = int.from_bytes(operand[:4], "little")
            if code in _STYLED:
                own = _with_property(own, code, operand)
        depth = values.get(0x6649, 0) or (1 if values.get(0x2416) or values.get(0x2417) else 0)
        inner = depth > 1
        return Form(
            style=number,
            look=_flow.Look(level=own.level, title=style.title, contents=style.contents),
            list=own.list if own.list in _LISTED else None,
            depth=-1 if own.depth is None else own.depth,
            level=depth if values.get(0x2416, 1) or values.get(0x2417) else 0,
            ends_row=bool(values.get(0x244C) if inner else values.get(0x2417)),
            ends_cell=inner and bool(values.get(0x244B)),
            row=read_row(said) if values.get(0x2417) or values.get(0x244C) else None,
            backed=own.backed,
            changed=any(code in _PARAGRAPH_REVISIONS and operand[:1] == b"\1" for code, operand in said),
        )


_ON = (0x01, 0x81)
"""On, and not as in the style, which never has these."""
_FLAGS = {0x0800: "deleted", 0x0801: "inserted", 0x0806: "data", 0x080A: "object"}


def _over(style: Style, entry: _Entry) -> Style:
    """A style that is based on another."""
    if (named := _named_level(entry)) is not None:
        style = replace(style, level=named)
    style = replace(
        style,
        look=read_look(entry.character, style.look).over(style.look),
        title=entry.sti == _TITLE or entry.name.lower() in _TITLES,
        contents=entry.sti in _CONTENTS or bool(_CONTENTS_NAME.match(entry.name)),
    )
    for code, operand in properties(entry.paragraph):
        style = _with_property(style, code, operand)
    return style


def _with_property(style: Style, code: int, operand: bytes) -> Style:
    """A style with one more paragraph property."""
    value = int.from_bytes(operand, "little")
    if code == 0x2640:
        return replace(style, level=value + 1 if value < _BODY_LEVEL else None)
    if code == 0x460B:
        return replace(style, list=value)
    if code == 0x260A:
        return replace(style, depth=value)
    if code in _PARAGRAPH_SHADINGS:
        return replace(style, backed=shading(operand))
    return style


def _named_level(entry: _Entry) -> int | None:
    if entry.kind != _PARAGRAPH:
        return None
    if entry.sti in _HEADINGS:
        return entry.sti
    named = _HEADING_NAME.fullmatch(entry.name)
    return int(named[1]) if named else None


def _read_entries(file: WordFile) -> dict[int, _Entry]:
    """The style sheet (STSH). [MS-DOC] 2.9.271"""
    data = file.part(Part.STYLES)
    found: dict[int, _Entry] = {}
    if not data:
        return found
    cursor = Cursor(data, file.shown)
    head = Cursor(cursor.take(cursor.number(2)), file.shown)
    count, base = head.number(2), head.number(2)
    for number in range(count):
        if len(data) - cursor.at < 2:
            break
        entry = cursor.take(cursor.number(2))
        if cursor.at % 2:
            cursor.at += 1
        if len(entry) > base:
            found[number] = _read_entry(Cursor(entry, file.shown), base)
    return found


def _read_entry(cursor: Cursor, base: int) -> _Entry:
    sti, kind, count = cursor.number(2), cursor.number(2), cursor.number(2)
    cursor.at = base
    name = cursor.words()
    cursor.take(2)
    lists: list[bytes] = []
    for _ in range(count & 0xF):
        cursor.at += cursor.at % 2
        if len(cursor.data) - cursor.at < 2:
            break
        lists.append(cursor.take(cursor.number(2)))
    paragraph = character = b""
    if kind & 0xF == _PARAGRAPH:
        paragraph, character = [*lists, b"", b""][:2]
    elif kind & 0xF == _CHARACTER:
        character = [*lists, b""][0]
    return _Entry(
        sti=sti & 0xFFF,
        kind=kind & 0xF,
        base=kind >> 4 if kind >> 4 != _NONE else -1,
        name=name.partition(",")[0].strip(),
        paragraph=paragraph[2:],
        character=character,
    )
