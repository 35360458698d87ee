"""One sheet of an old workbook: records to cells, comments, headers, shapes, links."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from validator.model.document import Kind

from .. import _limits
from .._draft import Draft
from . import format as _format
from .biff import Reader, Record, TruncatedError, formula_texts, rk, shape_texts
from .drafts import Grid, place
from .region import Item
from .xlsxextras import header_texts
from .xlsxmerge import Area, spanned, split_hidden
from .xlsxstyles import PLAIN, Style

_BOF, _EOF = (0x809, 0x409, 0x209, 0x009), 0x0A
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_URL = bytes.fromhex("E0C9EA79F9BACE118C8200AA004BA90B")
_FILE = bytes.fromhex("0303000000000000C000000000000046")
_NOTE_OBJECT, _PICTURE_OBJECT = 0x19, 8
_STRING, _SERIES_TEXT, _DRAWING = 0x207, 0x100D, 0xEC
_MOST_ROWS, _MOST_COLUMNS = 65536, 256


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What all sheets of a workbook share; `codec` is None in BIFF8."""

    shown: str
    strings: Sequence[str]
    styles: Sequence[Style]
    date1904: bool
    codec: str | None


class XlsSheet:
    """Reads the records of one sheet.

    Raises:
        TruncatedError: a record ends too early.
        ReadError: over a limit (DOC007), damaged (DOC001).
    """

    def __init__(self, shared: Shared, name: str, source: Iterable[Record]) -> None:
        self.shared = shared
        self.name = name
        self.comments = self.pictures = 0
        self._items: list[Item] = []
        self._gone: list[Item] = []
        self._areas: list[Area] = []
        self._hidden_rows: list[int] = []
        self._hidden_columns: set[int] = set()
        self._drafts: list[tuple[Draft, tuple[int, int] | None]] = []
        self._notes: dict[int, tuple[int, int]] = {}
        self._boxes: list[tuple[int, int, str]] = []
        self._object = (0, 0)
        self._drawing: list[bytes] = []
        self._open: tuple[int, int, Style] | None = None
        self._size = 0
        self._walk(source)

    def _walk(self, source: Iterable[Record]) -> None:
        uses: dict[int, Callable[[Record], None]] = {
            0xFD: self._label_sst, 0x204: self._label, 0xD6: self._label, 0x203: self._number,
            0x27E: self._rk, 0xBD: self._many_rk, 0x06: self._formula, 0x205: self._bool,
            _STRING: self._result, 0xE5: self._merged, 0x208: self._row, 0x7D: self._column,
            0x14: self._header, 0x15: self._footer, 0x89C: self._more_headers, 0x1C: self._note,
            0x5D: self._obj, 0x1B6: self._text_object, 0x1B8: self._link, 0x800: self._tip,
            0x1BE: self._prompt,
        }  # fmt: skip
        depth = 0
        for record in source:
            if record.kind in _BOF:
                depth += 1
            elif record.kind == _EOF:
                depth -= 1
                if depth <= 0:
                    break
            elif record.kind == _SERIES_TEXT:
                text = Reader(record.chunks, 2, codec=self.shared.codec).string(1)
                self._add(text, "chart", Kind.FURNITURE)
            elif depth == 1 and record.kind in uses:
                uses[record.kind](record)
            if record.kind == _DRAWING:
                self._drawing.extend(record.chunks)
        else:
            raise TruncatedError
        for part, text in shape_texts(b"".join(self._drawing)):
            self._add(text, part, Kind.META if part == "alt" else Kind.FURNITURE)

    # Cells.

    def _place(self, reader: Reader) -> tuple[int, int, Style]:
        row, column, index = reader.number(2), reader.number(2), reader.number(2)
        return row, column, self._style(index)

    def _style(self, index: int) -> Style:
        return self.shared.styles[index] if index < len(self.shared.styles) else PLAIN

    def _keep(self, row: int, column: int, value: float | str, style: Style) -> None:
        """A cell by its row and column from 0."""
        shown = _format.shown(value, style.code, date1904=self.shared.date1904)
        raw = value if isinstance(value, str) else _format.general(value)
        gone = style.hides or not shown.strip()
        if gone and (value == 0 or not raw.strip()):
            return
        item = Item(row=row + 1, column=column + 1, text=(shown or raw) if gone else shown)
        (self._gone if gone else self._items).append(item)
        self._size += len(item.text)
        _limits.check_size(self.shared.shown, len(self._items) + len(self._gone), self._size)

    def _label_sst(self, record: Record) -> None:
        reader = Reader(record.chunks)
        row, column, style = self._place(reader)
        index = reader.number(4)
        if index >= len(self.shared.strings):
            raise TruncatedError
        self._keep(row, column, _lines(self.shared.strings[index]), style)

    def _label(self, record: Record) -> None:
        reader = Reader(record.chunks, codec=self.shared.codec)
        row, column, style = self._place(reader)
        self._keep(row, column, _lines(reader.string()), style)

    def _number(self, record: Record) -> None:
        reader = Reader(record.chunks)
        row, column, style = self._place(reader)
        self._keep(row, column, _double(reader.take(8)), style)

    def _rk(self, record: Record) -> None:
        reader = Reader(record.chunks)
        row, column, style = self._place(reader)
        self._keep(row, column, rk(reader.number(4)), style)

    def _many_rk(self, record: Record) -> None:
        reader = Reader(record.chunks)
        row, column = reader.number(2), reader.number(2)
        for offset in range(max(0, len(record.data) - 6) // 6):
            style = self._style(reader.number(2))
            self._keep(row, column + offset, rk(reader.number(4)), style)

    def _formula(self, record: Record) -> None:
        reader = Reader(record.chunks)
        row, column, style = self._place(reader)
        result = reader.take(8)
        if result[6:] != b"\xff\xff":
            self._keep(row, column, _double(result), style)
        elif result[0] == 0:
            self._open = (row, column, style)  # the text stands in the next record
        elif result[0] == 1:
            self._keep(row, column, "TRUE" if result[2] else "FALSE", PLAIN)
        elif result[0] == 2:
            self._keep(row, column, _ERRORS.get(result[2], "#N/A"), PLAIN)
        for text in formula_texts(record.data[22:]):
            self._add(text, "link" if "://" in text else "field", Kind.META, visible="://" in text)

    def _result(self, record: Record) -> None:
        if self._open is not None:
            row, column, style = self._open
            self._open = None
            text = Reader(record.chunks, codec=self.shared.codec).string()
            self._keep(row, column, _lines(text), style)

    def _bool(self, record: Record) -> None:
        reader = Reader(record.chunks)
        row, column, _ = self._place(reader)
        value, is_error = reader.number(1), reader.number(1)
        text = _ERRORS.get(value, "#N/A") if is_error else "TRUE" if value else "FALSE"
        self._keep(row, column, text, PLAIN)

    def _merged(self, record: Record) -> None:
        reader = Reader(record.chunks)
        for _ in range(reader.number(2)):
            top, bottom, left, right = (reader.number(2) + 1 for _ in range(4))
            if top <= bottom <= _MOST_ROWS and left <= right <= _MOST_COLUMNS:
                self._areas.append((top, left, bottom, right))

    def _row(self, record: Record) -> None:
        reader = Reader(record.chunks)
        row = reader.number(2)
        reader.take(10)
        if reader.number(2) & 0x20:
            self._hidden_rows.append(row + 1)

    def _column(self, record: Record) -> None:
        reader = Reader(record.chunks)
        first, last, width = reader.number(2), reader.number(2), reader.number(2)
        reader.take(2)
        if reader.number(2) & 1 or width == 0:
            self._hidden_columns.update(range(first + 1, min(last, _MOST_COLUMNS) + 2))

    # Beside the cells.

    def _add(
        self, text: str, part: str, kind: Kind, at: tuple[int, int] | None = None, *, visible: bool = True
    ) -> None:
        plain = " ".join(text.replace("\0", " ").split())
        if plain:
            self._drafts.append((Draft(text=plain, part=part, kind=kind, visible=visible), at))
            self._size += len(plain)
            _limits.check_size(self.shared.shown, len(self._drafts), self._size)

    def _header(self, record: Record) -> None:
        self._running(record, "header")

    def _footer(self, record: Record) -> None:
        self._running(record, "footer")

    def _running(self, record: Record, part: str) -> None:
        if record.data:
            reader = Reader(record.chunks, codec=self.shared.codec)
            for text in header_texts(reader.string(2 if self.shared.codec is None else 1)):
                self._add(text, part, Kind.FURNITURE)

    def _more_headers(self, record: Record) -> None:
        """Headers and footers of even and first pages (HeaderFooter)."""
        reader = Reader(record.chunks, 30)
        counts = [reader.number(2) for _ in range(4)]
        for count, part in zip(counts, ("header", "footer", "header", "footer"), strict=True):
            if count:
                for text in header_texts(reader.string()):
                    self._add(text, part, Kind.FURNITURE)

    def _note(self, record: Record) -> None:
        reader = Reader(record.chunks, codec=self.shared.codec)
        row, column, flags = reader.number(2), reader.number(2), reader.number(2)
        if self.shared.codec is None:
            self._notes[reader.number(2)] = (row + 1, column + 1)
            self.comments += 1
        elif row != 0xFFFF:
            self.comments += 1
            text = reader.take(min(flags, len(record.data) - 6)).decode(self.shared.codec, "replace")
            self._add(text, "comment", Kind.META, (row + 1, column + 1))

    def _obj(self, record: Record) -> None:
        if self.shared.codec is not None or len(record.data) < 8:
            return
        kind, key = struct.unpack_from("<HH", record.data, 4)
        self._object = (kind, key)
        self.pictures += kind == _PICTURE_OBJECT

    def _text_object(self, record: Record) -> None:
        if self.shared.codec is not None or len(record.data) < 14:
            return
        (count,) = struct.unpack_from("<H", record.data, 10)
        if count and len(record.chunks) > 1:
            reader = Reader(record.chunks[1:])
            text = reader.characters(count, wide=bool(reader.number(1) & 1))
            self._boxes.append((*self._object, text))

    def _link(self, record: Record) -> None:
        data = record.data
        row, column = Reader(record.chunks).number(2), Reader(record.chunks, 4).number(2)
        for mark, skip, code in ((_URL, 0, "utf-16-le"), (_FILE, 2, "gb18030")):
            found = data.find(mark)
            if found >= 0:
                reader = Reader([data], found + len(mark) + skip)
                size = min(reader.number(4), len(data))
                text = data[reader.at : reader.at + size].decode(code, "replace").split("\0")[0]
                self._add(text, "link", Kind.META, (row + 1, column + 1))

    def _tip(self, record: Record) -> None:
        reader = Reader(record.chunks, 2)
        row, _, column = reader.number(2), reader.number(2), reader.number(2)
        text = record.data[10:].decode("utf-16-le", "replace")
        self._add(text, "alt", Kind.META, (row + 1, column + 1))

    def _prompt(self, record: Record) -> None:
        """What data validation says when a cell is chosen."""
        reader = Reader(record.chunks, 4)
        for _ in range(4):
            self._add(reader.string(), "name", Kind.META, visible=False)

    def grid(self, *, hidden: bool) -> Grid:
        """The sheet with everything on it."""
        items, covered = spanned(self._areas, self._items, self.shared.shown)
        items, unseen = split_hidden(items, self._hidden_rows, sorted(self._hidden_columns))
        for kind, key, text in self._boxes:
            if kind == _NOTE_OBJECT or key in self._notes:
                self._add(text, "comment", Kind.META, self._notes.get(key))
            else:
                self._add(text, "textbox", Kind.PARAGRAPH)
        grid = Grid(
            name=self.name,
            items=items,
            hidden=hidden,
            hidden_cells=[*self._gone, *covered, *unseen],
            hidden_rows=sorted(set(self._hidden_rows)),
        )
        for draft, at in self._drafts:
            draft.cell = place(grid, *at) if at is not None else None
            grid.extras.append(draft)
        return grid


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _double(raw: bytes) -> float:
    (value,) = struct.unpack("<d", raw)
    return float(value)
