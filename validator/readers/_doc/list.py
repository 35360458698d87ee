"""Automatic numbering in a Word binary file: its lists (LST) and their uses (LFO). [MS-DOC] 2.4.6.3"""

from __future__ import annotations

from dataclasses import dataclass, replace

from .._word.list import Level, List, Numbering
from .._word.look import PLAIN
from .._word.styles import ListPlace, Styles
from .file import Cursor, Part, WordFile, too_many
from .look import read_look

_LEVELS = 9
_LIST_HEAD = 28
_SIMPLE, _LEGAL, _NO_RESTART = 0x01, 0x04, 0x08
_STARTS, _FORMATS = 0x10, 0x20
_BULLET = 23
_MOST_LABEL = 100
_MOST_USES = 100_000
_SUFFIXES = {1: "space", 2: "nothing"}
_FORMS = {
    **dict(
        enumerate(
            (
                *("decimal", "upperRoman", "lowerRoman", "upperLetter", "lowerLetter", "ordinal"),
                *("cardinalText", "ordinalText", "hex", "chicago", "ideographDigital", "japaneseCounting"),
                *("aiueo", "iroha", "decimalFullWidth", "decimalHalfWidth", "japaneseLegal"),
                *("japaneseDigitalTenThousand", "decimalEnclosedCircle", "decimalFullWidth2"),
                *("aiueoFullWidth", "irohaFullWidth", "decimalZero", "bullet", "ganada", "chosung"),
                *("decimalEnclosedFullstop", "decimalEnclosedParen", "decimalEnclosedCircleChinese"),
                *("ideographEnclosedCircle", "ideographTraditional", "ideographZodiac"),
                *("ideographZodiacTraditional", "taiwaneseCounting", "ideographLegalTraditional"),
                *("taiwaneseCountingThousand", "taiwaneseDigital", "chineseCounting"),
                *("chineseLegalSimplified", "chineseCountingThousand", "koreanDigital", "koreanCounting"),
                *("koreanLegal", "koreanDigital2", "vietnameseCounting", "russianLower", "russianUpper"),
                *("none", "numberInDash"),
            )
        )
    ),
    0xFF: "none",
}
"""Number formats (MSONFC) under the names that newer files have for them. [MS-OSHARED] 2.2.1.3"""


@dataclass(frozen=True, slots=True)
class _Definition:
    counters: str
    styles: tuple[int, ...]
    levels: tuple[Level, ...]


class Lists(Numbering):
    """The lists of a file by the number that paragraphs use, with their counters."""

    def __init__(self, file: WordFile) -> None:
        super().__init__(None, Styles(None))
        self._linked: dict[int, tuple[int, ...]] = {}
        self._by_use = self._read_uses(file)

    def find(self, number: str) -> List | None:
        """The list with this number, if there is one."""
        return self._by_use.get(number)

    def next_label(self, story: str, use: int | None, depth: int, style: int) -> str:
        """The label of the next paragraph of a list; `depth` is -1 where the level is that of the style."""
        if use is None:
            return ""
        if depth < 0:
            linked = self._linked.get(use, ())
            depth = linked.index(style) if style in linked else 0
        return self.label(story, ListPlace(str(use), depth), "")

    def _read_uses(self, file: WordFile) -> dict[str, List]:
        definitions = _read_definitions(file)
        data = file.part(Part.LIST_USES)
        found: dict[str, List] = {}
        if not data:
            return found
        cursor = Cursor(data, file.shown)
        count = cursor.number(4)
        if count > _MOST_USES:
            raise too_many(file.shown)
        heads = [cursor.take(16) for _ in range(count)]
        for use, head in enumerate(heads, 1):
            cursor.take(4)
            overrides = [_read_override(cursor) for _ in range(head[12])]
            definition = definitions.get(int.from_bytes(head[:4], "little"))
            if definition is None:
                continue
            levels, starts = list(definition.levels), []
            for number, own, start in overrides:
                if number >= len(levels):
                    continue
                levels[number] = own or levels[number]
                if start is not None:
                    levels[number] = replace(levels[number], start=start)
                if own or start is not None:
                    starts.append(number)
            self._linked[use] = definition.styles
            found[str(use)] = List(counters=definition.counters, levels=tuple(levels), starts=tuple(starts))
        return found


def _read_definitions(file: WordFile) -> dict[int, _Definition]:
    start, length = file.place(Part.LISTS)
    found: dict[int, _Definition] = {}
    if not length:
        return found
    cursor = Cursor(file.table, file.shown, start)
    heads = [cursor.take(_LIST_HEAD) for _ in range(cursor.number(2))]
    # The levels stand behind the lists, beyond the length that the header gives.
    for head in heads:
        count = 1 if head[26] & _SIMPLE else _LEVELS
        levels = [_read_level(cursor) for _ in range(count)]
        levels += [Level(form="none")] * (_LEVELS - count)
        styles = tuple(int.from_bytes(head[at : at + 2], "little") for at in range(8, 26, 2))
        key = int.from_bytes(head[:4], "little")
        found[key] = _Definition(str(key), styles, tuple(levels))
    return found


def _read_level(cursor: Cursor) -> Level:
    """One level (LVL): 28 bytes, two lists of properties, the text of the label. [MS-DOC] 2.9.138"""
    start = cursor.number(4, signed=True)
    form, flags = cursor.number(1), cursor.number(1)
    cursor.take(9)
    follow = cursor.number(1)
    cursor.take(8)
    characters, paragraph, restart = cursor.number(1), cursor.number(1), cursor.number(1)
    cursor.take(1 + paragraph)
    look = read_look(cursor.take(characters), PLAIN)
    words = cursor.words()[:_MOST_LABEL]
    text = "".join(f"%{ord(one) + 1}" if ord(one) < _LEVELS else one for one in words)
    return Level(
        start=max(0, start),
        form="bullet" if form == _BULLET else _FORMS.get(form, "decimal"),
        text=text,
        suffix=_SUFFIXES.get(follow, "tab"),
        restart=restart if flags & _NO_RESTART else None,
        legal=bool(flags & _LEGAL),
        hidden=bool(look.vanish),
    )


def _read_override(cursor: Cursor) -> tuple[int, Level | None, int | None]:
    """The level that a use of a list changes, how, and what it starts at. [MS-DOC] 2.9.133"""
    start, flags = cursor.number(4, signed=True), cursor.number(4)
    own = _read_level(cursor) if flags & _FORMATS else None
    begins = max(0, start) if flags & _STARTS and own is None else None
    return flags & 0xF, own, begins
