"""The cells of one sheet of a workbook, read as a stream: what each shows, and what none shows."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .. import _limits
from .._drawingml import inner, local
from . import date as _date
from . import format as _format
from .region import Item
from .xlsxstyles import PLAIN, Style, colour

if TYPE_CHECKING:
    from lxml.etree import _Element

    from .. import _ooxml as ox

MOST_ROWS, MOST_COLUMNS = 1 << 20, 1 << 14
_MOST_ELEMENTS = 3_000_000
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LITERAL = re.compile('"([^"]*)"')
WORDS = re.compile(r"[㐀-鿿]|://|www\.|@[\w-]{1,60}\.", re.IGNORECASE)
_PICTURE = "=DISPIMG("
_MOST_LITERALS = 2000
_MOST_FORMULA = 10_000

Runs = Sequence[tuple[str, str]]
"""Pieces of a text, each with its colour ("" for that of the cell)."""


@dataclass(slots=True, kw_only=True)
class Cells:
    """What the cells of a sheet hold. `items` are shown, `hidden` are texts that their cell does not show."""

    items: list[Item] = field(default_factory=list)
    hidden: list[Item] = field(default_factory=list)
    zeros: list[Item] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    uncomputed: list[Item] = field(default_factory=list)
    pictures: list[tuple[int, int]] = field(default_factory=list)
    literals: dict[str, None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """What all sheets of a workbook share."""

    strings: Sequence[Runs]
    styles: Sequence[Style]
    date1904: bool


def reference(text: str) -> tuple[int, int] | None:
    """Row and column of a reference such as B3; None when it is none."""
    match = _REFERENCE.fullmatch(text)
    if match is None:
        return None
    column = 0
    for letter in match[1].upper():
        column = 26 * column + ord(letter) - 64
    row = int(match[2])
    return (row, column) if 1 <= row <= MOST_ROWS and column <= MOST_COLUMNS else None


def area(text: str) -> tuple[int, int, int, int] | None:
    """First row, first column, last row, last column of a range such as A1:C3 or of one cell."""
    first, _, second = text.partition(":")
    start, end = reference(first), reference(second or first)
    if start is None or end is None:
        return None
    return min(start[0], end[0]), min(start[1], end[1]), max(start[0], end[0]), max(start[1], end[1])


def runs(element: _Element) -> Runs:
    """Text of a string item; phonetic guides (rPh) are no part of it."""
    pieces: list[tuple[str, str]] = []
    for child in element:
        tag = local(child)
        if tag == "t":
            pieces.append((clean(child.text or ""), ""))
        elif tag == "r":
            text = inner(child, "t")
            ink = inner(child, "rPr", "color")
            if text is not None and text.text:
                pieces.append((clean(text.text), "" if ink is None else colour(ink, "")))
    return pieces


def clean(text: str) -> str:
    """Text of a cell: escapes such as _x000D_ resolved, line ends as LF."""
    if "_x" in text:
        text = _ESCAPE.sub(_character, text)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _character(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    return chr(code) if code in (9, 10, 13) or 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE else ""


def stream(package: ox.Package, part: str, *tags: str) -> Iterator[tuple[str, _Element]]:
    """Parse events of a large part for these elements; the last event is ("root", root element).

    Raises:
        ReadError: not valid XML, or with a document type declaration (DOC001).
    """
    from lxml import etree

    events = etree.iterparse(
        io.BytesIO(package.read(part)),
        events=("start", "end"),
        tag=[f"{{*}}{tag}" for tag in tags],
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    checked = False
    try:
        for event, element in events:
            if not checked:
                checked = True
                _refuse_dtd(package, part, element)
            yield event, element
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _limits.damaged(
            package.shown, f"内部文件 {part} 不是有效的 XML", f"part {part} is not valid XML"
        ) from error
    root = events.root
    if root is None:
        raise _limits.damaged(package.shown, f"内部文件 {part} 是空的", f"part {part} is empty")
    _refuse_dtd(package, part, root)
    yield "root", root


def _refuse_dtd(package: ox.Package, part: str, element: _Element) -> None:
    if element.getroottree().docinfo.internalDTD is not None:
        raise _limits.damaged(
            package.shown, f"内部文件 {part} 含有 DTD，已拒绝", f"part {part} holds a DTD, refused"
        )


def strings(package: ox.Package, part: str) -> list[Runs]:
    """The shared strings by their index.

    Raises:
        ReadError: over a limit (DOC007), damaged (DOC001).
    """
    out: list[Runs] = []
    size = 0
    for event, element in stream(package, part, "si"):
        if event == "end":
            found = runs(element)
            out.append(found)
            size += sum(len(text) for text, _ in found)
            element.clear()
            _limits.check_size(package.shown, 0, size)
    return out


class CellStream:
    """Reads one sheet part; `cells` holds what was found, `root` what stands beside the cells."""

    def __init__(self, package: ox.Package, part: str, book: Book) -> None:
        self.package = package
        self.book = book
        self.cells = Cells()
        self._row = self._column = 0
        self._size = self._seen = 0
        self.root = self._read(part)

    def _read(self, part: str) -> _Element:
        for event, element in stream(self.package, part, "row", "c"):
            if event == "root":
                return element
            row = local(element) == "row"
            if row and event == "start":
                self._open_row(element)
            elif row:
                element.clear()
            elif event == "end":
                self._cell(element)
                element.clear()
        raise AssertionError  # the stream ends with its root

    def _open_row(self, element: _Element) -> None:
        number = element.get("r")
        self._row = self._number(number) if number else self._row + 1
        self._column = 0
        if element.get("hidden") in ("1", "true") or (
            element.get("customHeight") in ("1", "true") and element.get("ht") in ("0", "0.0")
        ):
            self.cells.hidden_rows.append(self._row)

    def _number(self, text: str) -> int:
        if text.isdecimal() and len(text) < 8 and 1 <= int(text) <= MOST_ROWS:
            return int(text)
        raise self._damaged(f"行号 {text[:20]} 无效", f"row number {text[:20]!r} is not valid")

    def _damaged(self, zh: str, en: str) -> Exception:
        return _limits.damaged(self.package.shown, zh, en)

    def _cell(self, element: _Element) -> None:
        self._seen += 1
        if self._seen > _MOST_ELEMENTS:
            raise _limits.over(
                self.package.shown, f"单元格超过 {_MOST_ELEMENTS} 个", f"more than {_MOST_ELEMENTS} cells"
            )
        name = element.get("r")
        if name:
            place = reference(name)
            if place is None:
                raise self._damaged(f"单元格地址 {name[:20]} 无效", f"cell {name[:20]!r} is not valid")
            self._row, self._column = place
        else:
            self._column += 1
        if len(element):
            self._filled(element)

    def _filled(self, element: _Element) -> None:
        cells, row, column = self.cells, max(1, self._row), self._column
        value, formula, pieces = _content(element)
        kind = element.get("t") or "n"
        if formula is not None:
            literals(formula, cells.literals)
        if pieces is None and not value and (value is None or kind == "n"):
            if formula is not None and kind == "n":
                item = Item(row=row, column=column, text=f"={formula}")
                cells.uncomputed.append(item)
                cells.items.append(item)
            return
        style = self._style(element)
        if kind == "s" and pieces is None:
            pieces = self._shared(value or "")
        shown, gone = _colours(pieces, style) if pieces is not None else self._value(value or "", kind, style)
        if shown.startswith(_PICTURE) or (kind == "e" and element.get("vm") is not None):
            # A picture placed in the cell has a formula of WPS or an error as its value.
            cells.pictures.append((row, column))
            return
        self._keep(row, column, shown, gone, zero=kind == "n" and not (value or "").strip("0.-"))

    def _keep(self, row: int, column: int, shown: str, gone: str, *, zero: bool) -> None:
        if shown:
            item = Item(row=row, column=column, text=shown)
            self.cells.items.append(item)
            if zero:
                self.cells.zeros.append(item)
        if gone.strip():
            self.cells.hidden.append(Item(row=row, column=column, text=gone))
        self._size += len(shown) + len(gone)
        _limits.check_size(self.package.shown, len(self.cells.items) + len(self.cells.hidden), self._size)

    def _shared(self, value: str) -> Runs:
        if value.isdecimal() and len(value) < 10 and int(value) < len(self.book.strings):
            return self.book.strings[int(value)]
        raise self._damaged("单元格文字的编号无效", f"shared string {value[:20]!r} does not exist")

    def _style(self, element: _Element) -> Style:
        index = element.get("s") or ""
        known = self.book.styles
        return (
            known[int(index)] if index.isdecimal() and len(index) < 8 and int(index) < len(known) else PLAIN
        )

    def _value(self, value: str, kind: str, style: Style) -> tuple[str, str]:
        """What is shown of a value, and what is there but not shown; a hidden zero tells nothing."""
        shown = self._shown(value, kind, style)
        if not style.hides and shown.strip():
            return shown, ""
        return "", "" if kind == "n" and not value.strip("0.-") else shown or value

    def _shown(self, value: str, kind: str, style: Style) -> str:
        if kind == "b":
            return "TRUE" if value.strip() in ("1", "true") else "FALSE"
        if kind == "e":
            return value
        if kind == "str":
            return _format.shown(clean(value), style.code)
        number = _date.iso(value) if kind == "d" else None
        try:
            number = float(value) if number is None else number
        except ValueError:
            return clean(value)
        # The serial of an ISO date counts from 1900 whatever the workbook counts from.
        return _format.shown(number, style.code, date1904=self.book.date1904 and kind != "d")


def literals(formula: str, found: dict[str, None]) -> None:
    """Add the texts that stand in a formula, as far as they are words or addresses."""
    if '"' not in formula or len(found) >= _MOST_LITERALS:
        return
    for match in _LITERAL.finditer(formula[:_MOST_FORMULA]):
        if WORDS.search(match[1]):
            found.setdefault(match[1])


def _content(element: _Element) -> tuple[str | None, str | None, Runs | None]:
    """Value, formula and own text of a cell element, each None where there is none."""
    value = formula = pieces = None
    for child in element:
        tag = local(child)
        if tag == "v":
            value = child.text or ""
        elif tag == "f":
            formula = child.text or ""
        elif tag == "is":
            pieces = runs(child)
    return value, formula, pieces


def _colours(pieces: Runs, style: Style) -> tuple[str, str]:
    """The text that is seen, and the runs in the colour of the ground; a format such as ;;; hides all."""
    if len(pieces) == 1 and not pieces[0][1] and style.code == "General" and not style.hides:
        return pieces[0][0], ""
    white = style.ink != style.ground and style.hides
    seen = [white or (ink or style.ink) != style.ground for _, ink in pieces]
    text = "".join(text for (text, _), is_seen in zip(pieces, seen, strict=True) if is_seen)
    gone = "".join(text for (text, _), is_seen in zip(pieces, seen, strict=True) if not is_seen)
    shown = "" if white else _format.shown(text, style.code) if text else ""
    return (shown, gone) if shown.strip() or not text.strip() else ("", text + gone)
