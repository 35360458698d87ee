"""Old workbooks (MS-XLS): sheets with what their cells show, and the texts beside the cells.

Not read: colours of single words in a cell, macros, caches of pivot tables, diagrams.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from validator.model.document import Block, Document, Kind, Notice

from .. import _limits, _notices
from .._base import Source
from .._draft import Draft, assemble, rendition
from .biff import Reader, Record, TruncatedError, codec, records
from .drafts import Grid, drafts
from .format import BUILTIN
from .ole import Compound
from .xlssheet import Shared, XlsSheet
from .xlsxstyles import Style

_BOF, _EOF, _FILEPASS, _CODEPAGE, _DATEMODE, _FONT, _XF, _FORMAT = (
    0x809,
    0x0A,
    0x2F,
    0x42,
    0x22,
    0x31,
    0xE0,
    0x41E,
)
_PALETTE, _BOUNDSHEET, _SST, _NAME = 0x92, 0x85, 0xFC, 0x18
_BIFF8 = 0x600
_WHITE, _BLACK = "FFFFFF", "000000"
_STRING_TOKEN = 0x17


def read(source: Source) -> Document:
    """Read an old workbook.

    Raises:
        ReadError: damaged, encrypted, or over a limit.
    """
    compound = Compound(source.data, source.path)
    book = _Book(compound)
    grids = book.grids()
    found = [*drafts(grids, source.path), *book.names, *compound.drafts]
    _limits.check_size(source.path, len(found), sum(len(one.text) for one in found))
    text = rendition(found)
    blocks, title = assemble(found, compound.title)
    return Document(
        path=source.path,
        format="xls",
        encoding=None,
        source=text,
        blocks=blocks,
        title=title,
        notices=tuple(book.notices(blocks)),
    )


@dataclass(slots=True)
class _Listed:
    at: int
    name: str
    hidden: bool


@dataclass(slots=True)
class _Formats:
    """Fonts, colours, number formats and cell formats while they are listed."""

    codes: dict[int, str] = field(default_factory=lambda: dict(BUILTIN))
    inks: list[int] = field(default_factory=list)
    cells: list[tuple[int, int, int, int]] = field(default_factory=list)
    palette: dict[int, str] = field(default_factory=lambda: {8: _BLACK, 9: _WHITE})

    def colour(self, index: int) -> str:
        if index in (64, 0x7FFF, 0):
            return _BLACK
        return _WHITE if index in (1, 65) else self.palette.get(index, f"indexed {index}")

    def styles(self) -> list[Style]:
        out: list[Style] = []
        for font, code, pattern, ground in self.cells:
            at = font - (font > 4)  # there is no font 4
            ink = self.colour(self.inks[at]) if at < len(self.inks) else _BLACK
            known = _WHITE if pattern == 0 else self.colour(ground) if pattern == 1 else ""
            out.append(Style(self.codes.get(code, "General"), ink, known))
        return out


class _Book:
    """The global part of the stream, then its sheets."""

    def __init__(self, compound: Compound) -> None:
        self.shown = compound.shown
        self.data = compound.workbook
        self.embedded = compound.embedded
        self.listed: list[_Listed] = []
        self.names: list[Draft] = []
        self.strings: list[str] = []
        self.formats = _Formats()
        self.date1904 = False
        self.codec: str | None = None
        self.sheets: list[XlsSheet] = []
        self._globals()

    def _damaged(self) -> Exception:
        return _limits.damaged(self.shown, "文件不完整或已损坏", "the file is truncated or damaged")

    def _globals(self) -> None:
        uses: dict[int, Callable[[Record], None]] = {
            _CODEPAGE: self._code_page,
            _DATEMODE: self._date_mode,
            _FONT: self._font,
            _XF: self._cell_format,
            _FORMAT: self._number_format,
            _PALETTE: self._palette,
            _BOUNDSHEET: self._sheet,
            _SST: self._sst,
            _NAME: self._name,
        }
        try:
            for index, record in enumerate(records(self.data)):
                if index == 0:
                    self._begin(record)
                if record.kind == _FILEPASS:
                    raise _limits.encrypted(self.shown)
                if record.kind == _EOF:
                    return
                if record.kind in uses:
                    uses[record.kind](record)
        except TruncatedError as error:
            raise self._damaged() from error
        raise self._damaged()

    def _begin(self, record: Record) -> None:
        if record.kind != _BOF or len(record.data) < 4:
            raise self._damaged()
        if Reader(record.chunks).number(2) < _BIFF8:
            self.codec = "gb18030"

    def _code_page(self, record: Record) -> None:
        if self.codec is not None:
            self.codec = codec(Reader(record.chunks).number(2))

    def _date_mode(self, record: Record) -> None:
        self.date1904 = Reader(record.chunks).number(2) == 1

    def _font(self, record: Record) -> None:
        self.formats.inks.append(Reader(record.chunks, 4).number(2))

    def _cell_format(self, record: Record) -> None:
        reader = Reader(record.chunks)
        font, code = reader.number(2), reader.number(2)
        if self.codec is None:
            reader.take(10)
            pattern = reader.number(4) >> 26
            ground = reader.number(2) & 0x7F
        else:
            reader.take(4)
            ground = reader.number(2) & 0x7F
            pattern = reader.number(2) & 0x3F
        self.formats.cells.append((font, code, pattern, ground))

    def _number_format(self, record: Record) -> None:
        reader = Reader(record.chunks, codec=self.codec)
        key = reader.number(2)
        self.formats.codes[key] = reader.string(2 if self.codec is None else 1)

    def _palette(self, record: Record) -> None:
        reader = Reader(record.chunks)
        for index in range(8, 8 + min(reader.number(2), 56)):
            self.formats.palette[index] = reader.take(4)[:3].hex().upper()

    def _sheet(self, record: Record) -> None:
        reader = Reader(record.chunks, codec=self.codec)
        at, state, _kind = reader.number(4), reader.number(1), reader.number(1)
        self.listed.append(_Listed(at, reader.string(1), state & 3 != 0))

    def _sst(self, record: Record) -> None:
        reader = Reader(record.chunks)
        reader.take(4)
        size = 0
        for _ in range(reader.number(4)):
            if not reader.left:
                break
            text = reader.string()
            size += len(text)
            _limits.check_size(self.shown, 0, size)
            self.strings.append(text)

    def _name(self, record: Record) -> None:
        """A defined name that is a text constant."""
        if self.codec is not None:
            return
        reader = Reader(record.chunks)
        hidden = reader.number(2) & 1
        reader.take(1)
        count, size = reader.number(1), reader.number(2)
        reader.take(8)
        reader.characters(count, wide=bool(reader.number(1) & 1))
        if size > 2 and reader.number(1) == _STRING_TOKEN:
            text = reader.string(1).strip()
            if text:
                self.names.append(Draft(text=text, kind=Kind.META, part="name", visible=not hidden))

    def grids(self) -> list[Grid]:
        """All sheets in the order of their tabs."""
        shared = Shared(
            shown=self.shown,
            strings=self.strings,
            styles=self.formats.styles(),
            date1904=self.date1904,
            codec=self.codec,
        )
        out: list[Grid] = []
        count = 0
        for one in self.listed:
            if one.at >= len(self.data):
                raise self._damaged()
            try:
                sheet = XlsSheet(shared, one.name, records(self.data, one.at))
            except TruncatedError as error:
                raise self._damaged() from error
            self.sheets.append(sheet)
            grid = sheet.grid(hidden=one.hidden)
            count += len(grid.items) + len(grid.hidden_cells) + len(grid.extras)
            _limits.check_size(self.shown, count)
            out.append(grid)
        return out

    def notices(self, blocks: tuple[Block, ...]) -> Iterator[Notice]:
        """What is left in the workbook, and what of it was not read."""
        yield from _notices.draft_notices(blocks, comments=sum(one.comments for one in self.sheets))
        yield from _notices.embedded(self.embedded)
        places = [f"工作表“{one.name}”" for one in self.sheets for _ in range(one.pictures)]
        yield from _notices.pictures(len(places), places)
