"""Paragraphs and tables of formats that come as a stream of runs: RTF and OpenDocument text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from validator.model.document import Block, Cell, Kind, Notice
from validator.model.location import Location

from . import _limits
from ._draft import Draft
from ._notices import draft_notices, embedded, first_of, pictures
from ._word.table import one_block

_PADDING = " \n\r　\u00a0"
_PICTURE = "picture"
_CLOSED = tuple("、）】」』〕》〉：；。，．")

_SYMBOLS = {
    "wingdings": {
        **dict(zip(b"lnoqruv\x9f\xa1\xa7\xa8\xd8\xe0\xfb\xfc\xfd\xfe", "●■□□□◆❖•○▪□➢→✗✓☒☑", strict=True)),
        **{0x8B + digit: chr(0x2775 + digit) for digit in range(1, 11)},
        **{0x81 + digit: chr(0x2460 + digit) for digit in range(10)},
    },
    "wingdings 2": {0x50: "✓", 0x52: "☑", 0x54: "☒", 0xA3: "□"},
    "symbol": {0xB4: "×", 0xB7: "•", 0xA3: "≤", 0xB3: "≥", 0xB1: "±", 0xA5: "∞", 0xAE: "→", 0xB0: "°"},
}
_SYMBOL_FONTS = ("symbol", "wingdings", "webdings", "marlett", "mt extra", "opensymbol", "starsymbol")


_ANCHORED = ("textbox", "watermark", "chart")


class Mode(IntEnum):
    """How a run is seen. Shown, hidden and deleted text never mix."""

    SHOWN = 0
    HIDDEN = 1
    DELETED = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What the style of a paragraph makes of it; `level` is that of a heading, from 1."""

    level: int | None = None
    title: bool = False
    contents: bool = False


@dataclass(slots=True)
class Volume:
    """What has been read of one report, held against the limits, and what it was seen to hold."""

    shown: str
    tables: int = 0
    blocks: int = 0
    characters: int = 0
    revisions: int = 0
    comments: int = 0
    embedded: list[str] = field(default_factory=list)
    _seen: set[tuple[str, str]] = field(default_factory=set)

    def add(self, drafts: Iterable[Draft]) -> None:
        """Count drafts.

        Raises:
            ReadError: DOC007.
        """
        for draft in drafts:
            self.blocks += 1
            self.characters += len(draft.text)
        _limits.check_size(self.shown, self.blocks, self.characters)

    def once(self, text: str, part: str) -> list[Draft]:
        """A draft of what is not the report's text, unless the report has had the same before."""
        text = " ".join(text.split())
        if not text or (part, text) in self._seen:
            return []
        self._seen.add((part, text))
        return [Draft(text=text, kind=Kind.META, part=part)]

    def embed(self, name: str) -> list[Draft]:
        """Note a file inside the file that is not read, at the place where it stands."""
        self.embedded.append(name)
        return self.once(name, "attachment")


class Paragraph:
    """The text of one paragraph while its runs are read, and what is anchored in it.

    Pieces are kept in lists: a report of one huge paragraph must not be copied for each run.
    """

    __slots__ = ("_lines", "_touched", "boxes", "label")

    def __init__(self) -> None:
        self._lines: tuple[list[list[str]], ...] = ([[]], [[]], [[]])
        self._touched = False
        self.boxes: list[Draft] = []
        self.label = ""

    def __bool__(self) -> bool:
        return self._touched or bool(self.boxes)

    @property
    def is_only_boxes(self) -> bool:
        """Whether nothing but what is anchored has been read."""
        return not self._touched

    def add(self, text: str, mode: Mode = Mode.SHOWN) -> None:
        """Append a run."""
        self._touched = True
        self._lines[mode][-1].append(text)

    def end_line(self, mode: Mode = Mode.SHOWN) -> None:
        """A break inside the paragraph: what follows is a block of its own."""
        self._touched = True
        self._lines[mode].append([])

    def box(self, text: str, part: str, kind: Kind = Kind.META) -> None:
        """Add a link, an alternative text or the like, which stands behind the paragraph."""
        if text.strip():
            self.boxes.append(Draft(text=text.strip(), kind=kind, part=part))

    def picture(self) -> None:
        """Mark the place of a picture."""
        self.boxes.append(Draft(text="", kind=Kind.META, part=_PICTURE))

    def carry(self) -> None:
        """Go on with the next paragraph on the last line: the mark between the two is deleted."""
        for mode in (Mode.HIDDEN, Mode.DELETED):
            self.end_line(mode)

    def drafts(self, part: str, kind: Kind, look: Look, *, in_table: bool) -> list[Draft]:
        """The blocks of the paragraph, the label of its list item before the first. In a table also a
        blank line is one: the cell keeps its place."""
        found: list[Draft] = []
        for number, pieces in enumerate(self._lines[Mode.SHOWN]):
            line = "".join(pieces)
            text = line.strip(_PADDING)
            if text and not number:
                text = self.label + text
            if not text and not in_table:
                continue
            draft = Draft(text=text or line, kind=kind, part=part)
            if draft.prose:
                draft.style = look.level if not number else None
                draft.title = look.title
                if look.contents:
                    draft.kind, draft.style = Kind.FURNITURE, None
            found.append(draft)
        for mode, name in ((Mode.HIDDEN, "hidden"), (Mode.DELETED, "deleted")):
            texts = ("".join(pieces).strip(_PADDING + "\t") for pieces in self._lines[mode])
            found.extend(Draft(text=text, kind=kind, part=name, visible=False) for text in texts if text)
        return found + self.boxes


@dataclass(slots=True, kw_only=True)
class GridCell:
    """A cell of a table with its place, from 1, and what is in it; a covered one is merged into another."""

    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    covered: bool = False
    drafts: list[Draft] = field(default_factory=list)


def table_drafts(number: int, cells: Sequence[GridCell], part: str, kind: Kind) -> list[Draft]:
    """The blocks of a table. A table of one cell is a frame around ordinary paragraphs."""
    found: list[Draft] = []
    if len(cells) == 1:
        return [one for one in cells[0].drafts if one.text.strip() or one.part == _PICTURE]
    for one in cells:
        if one.covered:
            found.extend(hide(one.drafts, part, kind))
            continue
        place = Cell(
            table=number,
            row=one.row,
            column=one.column,
            row_span=one.row_span,
            column_span=one.column_span,
        )
        for draft in one.drafts:
            if draft.cell is None and draft.visible and draft.part == part:
                draft.cell, draft.style, draft.title = place, None, False
                draft.kind = Kind.CELL if kind is Kind.PARAGRAPH else kind
        found.extend(one_block(one.drafts, place, kind, part))
    return found


def hide(drafts: Iterable[Draft], part: str, kind: Kind) -> list[Draft]:
    """The same text as hidden text: what is typed in a merged-over cell or a hidden section is not shown."""
    found: list[Draft] = []
    for draft in drafts:
        if draft.part == _PICTURE or not draft.text.strip():
            continue
        draft.visible = False
        draft.cell, draft.style, draft.title = None, None, False
        draft.kind = kind if draft.kind is Kind.CELL else draft.kind
        draft.part = "hidden" if draft.part in (part, "textbox") else draft.part
        found.append(draft)
    return found


def without_repeats(drafts: Iterable[Draft]) -> list[Draft]:
    """Headers and footers, every variant once: each section of a report repeats them."""
    seen: set[tuple[str, str]] = set()
    found: list[Draft] = []
    for draft in drafts:
        key = (draft.part, draft.text)
        if draft.part == _PICTURE or (draft.text.strip() and key not in seen):
            seen.add(key)
            found.append(draft)
    return found


def without_pictures(drafts: Iterable[Draft]) -> tuple[list[Draft], list[int | None]]:
    """The drafts without the marks of pictures, and for each picture the index of the draft before it."""
    kept: list[Draft] = []
    marks: list[int | None] = []
    for draft in drafts:
        if draft.part == _PICTURE:
            marks.append(len(kept) - 1 if kept else None)
        else:
            kept.append(draft)
    return kept, marks


def notices(volume: Volume, blocks: Sequence[Block], marks: Sequence[int | None]) -> Iterator[Notice]:
    """Everything that these formats notice about a report; `marks` are those of the pictures."""
    yield from draft_notices(blocks, revisions=volume.revisions, comments=volume.comments)
    yield from embedded(volume.embedded, first_of(blocks, "attachment"))
    first = next((mark for mark in marks if mark is not None), None)
    yield from pictures(len(marks), _addresses(blocks, marks), first)


def _addresses(blocks: Sequence[Block], marks: Iterable[int | None]) -> list[str]:
    """The places of pictures for people, by the last paragraph, cell or header before them."""
    seen = [-1] * len(blocks)
    last = -1
    for at, block in enumerate(blocks):
        if block.visible and block.kind is not Kind.META and block.part not in _ANCHORED:
            last = at
        seen[at] = last
    return [_address(blocks[seen[mark]]) for mark in marks if mark is not None and seen[mark] >= 0]


def _address(block: Block) -> str:
    cell = block.cell
    place = Location(
        part=block.part,
        section=block.section,
        paragraph=block.paragraph,
        table=cell.table if cell else None,
        row=cell.row if cell else None,
        cell=cell.column if cell else None,
    )
    return place.address()


def label(text: str) -> str:
    """A list label as it stands before its text: 一、 at once, 1. with a space, as digits would run
    together with the text. A bullet is no text."""
    text = text.strip(" \t\u00a0")
    if not any(one.isalnum() for one in text):
        return ""
    return text if text.endswith(_CLOSED) else text + " "


def is_symbol_font(font: str) -> bool:
    """Whether the characters of a font are signs, whatever letters they are stored as."""
    return font.lower().startswith(_SYMBOL_FONTS)


def symbol(font: str, code: int) -> str:
    """The character that a sign of a symbol font looks like, where it matters; else the private one."""
    known = _SYMBOLS.get(font.lower(), {}).get(code & 0xFF)
    return known or chr(0xF000 | (code & 0xFF))
