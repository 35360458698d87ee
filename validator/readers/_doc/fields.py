"""Fields in the text of a Word binary file: marks that belong together, codes, forms. [MS-DOC] 2.8.25"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from validator.model.errors import ReadError

from .._flowfields import Field
from .file import Cursor, WordFile, units

_BEGIN, _SEPARATOR = "\x13", "\x14"
_MARKS = re.compile("[\x13-\x15]")
_GUIDE = re.compile(r"\s*EQ\b.*\\[sS]\s*\\up", re.DOTALL)
_FORM_HEAD = 68
_CHECKBOX, _CHOICE = 1, 2
_MOST_ITEMS = 100
_MOST_FORM = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a field adds to the text around it."""

    shown: str = ""
    links: tuple[str, ...] = ()
    tips: tuple[str, ...] = ()
    scanned: tuple[str, ...] = ()


@dataclass(slots=True)
class _Open:
    code: list[str] = field(default_factory=list)
    in_code: bool = True
    shown: bool = False
    form: Field = field(default_factory=Field)
    hints: list[str] = field(default_factory=list)


def matched(text: str, start: int, end: int) -> frozenset[int]:
    """Places of the marks that make whole fields: a field that never ends must not swallow the text."""
    found: list[int] = []
    opened: list[list[int]] = []
    for mark in _MARKS.finditer(text, start, end):
        if mark[0] == _BEGIN:
            opened.append([mark.start()])
        elif mark[0] == _SEPARATOR:
            if opened and len(opened[-1]) == 1:
                opened[-1].append(mark.start())
        elif opened:
            found += [*opened.pop(), mark.start()]
    return frozenset(found)


class Fields:
    """The fields that are open at a place of the text."""

    def __init__(self) -> None:
        self._open: list[_Open] = []
        self._codes: list[_Open] = []

    @property
    def in_code(self) -> bool:
        """Whether the text here belongs to the code of a field."""
        return bool(self._codes)

    @property
    def embedded(self) -> str:
        """The type of the embedded file that a field here shows, as Excel.Sheet.8."""
        words = self._open[-1].form.code.split() if self._open else []
        return words[1] if len(words) > 1 and words[0].upper() in ("EMBED", "LINK") else ""

    @property
    def embeds(self) -> bool:
        """Whether a picture here only shows an embedded file, or a drawing again."""
        codes = (one.form.code[:20].strip().upper() for one in self._open[-2:])
        return any(one.startswith(("EMBED", "SHAPE")) for one in codes)

    def add(self, text: str) -> bool:
        """Take text that belongs to a code; tells whether it does."""
        if self._codes:
            self._codes[-1].code.append(text)
            return True
        if self._open and text.strip():
            self._open[-1].shown = True
        return False

    def mark(self, sign: str) -> Words | None:
        """A mark of a field: what is known of the field with it, None with the first one."""
        if sign == _BEGIN:
            self._open.append(_Open())
            self._codes.append(self._open[-1])
            return None
        top = self._open[-1]
        words = None
        if top.in_code:
            top.in_code = False
            self._codes.pop()
            top.form.code = units("".join(top.code))
            words = _pointing(top)
        if sign == _SEPARATOR:
            return words
        self._open.pop()
        shown = "" if top.shown else top.form.replacement(top.form.words())
        if self._open:
            self._open[-1].shown = self._open[-1].shown or top.shown
        return Words(
            shown=shown,
            links=words.links if words else (),
            tips=words.tips if words else (),
            scanned=words.scanned if words else (),
        )

    def form(self, file: WordFile, place: int) -> None:
        """The data of a form field, which stands in its code."""
        if self._open:
            _read_form(self._open[-1], file, place)


def _pointing(one: _Open) -> Words:
    words = one.form.words()
    # The reading above a character (a phonetic guide) is no part of its sentence.
    above = one.form.code if _GUIDE.match(one.form.code) else ""
    scanned = (words.scanned, above, *one.form.items, *one.hints)
    return Words(links=words.links, tips=words.tips, scanned=tuple(text for text in scanned if text))


def _read_form(one: _Open, file: WordFile, place: int) -> None:
    """The state, the choices and the help of a form field (FFData). [MS-DOC] 2.9.78"""
    data = file.data
    if place + _FORM_HEAD > len(data):
        return
    length, head = int.from_bytes(data[place : place + 4], "little"), data[place + 4]
    cursor = Cursor(data[place + head : place + min(length, _MOST_FORM)], file.shown)
    try:
        version, bits = cursor.number(4), cursor.number(2)
        if version != 0xFFFFFFFF:
            return
        cursor.take(4)
        name = cursor.words()
        one.hints += [] if name.isascii() else [name]
        cursor.take(2)
        kind = bits & 3
        if kind in (_CHECKBOX, _CHOICE):
            one.form.default = cursor.number(2)
            one.form.choice = bits >> 2 & 0x1F
        else:
            one.hints.append(cursor.words())
            cursor.take(2)
        for wanted in (False, True, True, False, False):
            words = cursor.words()
            cursor.take(2)
            if wanted:
                one.hints.append(words)
        if kind == _CHOICE:
            cursor.take(2)
            count = min(cursor.number(2), _MOST_ITEMS)
            cursor.take(2)
            one.form.items = [cursor.words() for _ in range(count)]
    except ReadError:
        # Other fields keep other data here, and say nothing that people read.
        return
