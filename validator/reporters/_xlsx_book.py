"""A workbook in memory: sheets with one table each, every text typed as text and every number as a number."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from io import BytesIO
from typing import Any, NamedTuple

from validator.model.report import Run
from validator.model.words import Bilingual, Lang
from validator.reporters._tongue import Tongue
from validator.text.escape import visible
from validator.text.width import cut, width

MOST_ROWS = 1_048_576
MOST_CHARACTERS = 32_767
"""What Excel can hold in a sheet and, in UTF-16 units, in a cell."""
HEAD = 2
"""The row, from 0, of the head of a table: above it stand the title and one line about what follows."""
FIRST = HEAD + 1
_CREATED = datetime(2000, 1, 1)
_ILLEGAL = str.maketrans({"\ufffe": "\\ufffe", "\uffff": "\\uffff"})
_GB2312 = 134
_LINE, _TALLEST = 15.0, 409.0
"""Points of a line, and of the tallest row that Excel has."""
_TALL = 4000


class Paint(StrEnum):
    """What a cell is, and so how it looks. Colour never says what the text does not."""

    TITLE = "title"
    NOTE = "note"
    DONE = "done"
    HEAD = "head"
    PLAIN = "plain"
    STRONG = "strong"
    SMALL = "small"
    CENTRE = "centre"
    LEFT = "left"
    NUMBER = "number"
    DECIMAL = "decimal"
    SIGNED = "signed"
    YEAR = "year"
    FILL = "fill"
    REMARK = "remark"
    RED = "red"
    ORANGE = "orange"
    YELLOW = "yellow"
    BLUE = "blue"
    PURPLE = "purple"
    BARE = "bare"


_CELL: dict[str, Any] = {"border": 1, "border_color": "#A6A6A6", "text_wrap": True, "valign": "vcenter"}
_TAG = {**_CELL, "align": "center", "bold": True}
_FORMATS: dict[Paint, dict[str, Any]] = {
    Paint.TITLE: {"bold": True, "font_size": 16, "valign": "vcenter"},
    Paint.NOTE: {"valign": "vcenter", "font_color": "#404040"},
    Paint.DONE: {"bold": True, "font_size": 14, "font_color": "#1E7B34"},
    Paint.HEAD: {**_CELL, "bold": True, "align": "center", "bg_color": "#DCE6F1"},
    Paint.PLAIN: _CELL,
    Paint.STRONG: {**_CELL, "bold": True},
    Paint.SMALL: {**_CELL, "font_size": 9, "font_color": "#595959"},
    Paint.CENTRE: {**_CELL, "align": "center"},
    Paint.LEFT: {**_CELL, "align": "left"},
    Paint.NUMBER: {**_CELL, "num_format": "#,##0"},
    Paint.DECIMAL: {**_CELL, "num_format": "General", "align": "right"},
    Paint.SIGNED: {**_CELL, "num_format": "+General;-General;0", "align": "right"},
    Paint.YEAR: {**_CELL, "num_format": "0", "align": "center"},
    Paint.FILL: {
        **_CELL,
        "border_color": "#7F6000",
        "bg_color": "#FFF9DB",
        "locked": False,
        "align": "right",
    },
    Paint.REMARK: {**_CELL, "locked": False},
    Paint.RED: {**_TAG, "bg_color": "#F8D7DA"},
    Paint.ORANGE: {**_TAG, "bg_color": "#FFE0C2"},
    Paint.YELLOW: {**_TAG, "bg_color": "#FFF0B3"},
    Paint.BLUE: {**_TAG, "bg_color": "#DDEBF7"},
    Paint.PURPLE: {**_TAG, "bg_color": "#E6DCF0"},
    Paint.BARE: {"text_wrap": True, "valign": "top"},
}


class Cell(NamedTuple):
    """A value and its look; None is an empty cell."""

    value: str | float | None
    paint: Paint = Paint.PLAIN


class Row(NamedTuple):
    """The cells of a row; `first` draws a strong line above it, where another group begins."""

    cells: Sequence[Cell]
    first: bool = False


class Column(NamedTuple):
    """The head of a column and its width in half-width characters."""

    title: Bilingual
    width: int


FILE = Column(Bilingual("文件", "file"), 24)
CODE = Column(Bilingual("代码", "code"), 9)


class Sheet(NamedTuple):
    """A sheet as written: how many rows it holds, and how many were left out for want of room."""

    sheet: Any
    rows: int
    left: int


class Book:
    """A workbook that is the same, byte for byte, whenever and wherever it is made."""

    def __init__(self, title: str, lang: Lang) -> None:
        import xlsxwriter  # type: ignore[import-untyped]

        self._lang = lang
        self._out = BytesIO()
        self._book = xlsxwriter.Workbook(
            self._out,
            {
                "in_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
                "default_format_properties": {"font_name": "等线", "font_size": 11},
            },
        )
        self._book.set_properties({"title": title, "created": _CREATED})
        self._formats: dict[tuple[Paint, bool], Any] = {}

    def table(
        self, name: str, title: str, note: str, columns: Sequence[Column], rows: Iterable[Row]
    ) -> Sheet:
        """A sheet with a title, a line about it, and a table with a filter and a head that stays in view."""
        sheet = self._sheet(name, [one.width for one in columns])
        count, left = self._rows(sheet, FIRST, rows, [one.width for one in columns])
        if left:
            more = Bilingual(f"还有 {left} 行放不下，没有列出。", f"{left} more rows found no room.")
            note = f"{more.get(self._lang)}{note}"
        self._write(sheet, 0, Row((Cell(title, Paint.TITLE),)))
        self._write(sheet, 1, Row((Cell(note, Paint.NOTE),)))
        self._write(sheet, HEAD, Row([Cell(one.title.get(self._lang), Paint.HEAD) for one in columns]))
        sheet.set_row(0, 28)
        sheet.set_row(1, 21)
        sheet.set_row(HEAD, 24)
        sheet.freeze_panes(FIRST, 2)
        sheet.repeat_rows(0, HEAD)
        sheet.autofilter(HEAD, 0, max(HEAD, HEAD + count), len(columns) - 1)
        return Sheet(sheet, count, left)

    def page(self, name: str, widths: Sequence[int], rows: Iterable[Row]) -> None:
        """A sheet to be read from the top, without a head of its own."""
        sheet = self._sheet(name, widths)
        self._rows(sheet, 0, rows, widths)
        sheet.set_row(0, 28)

    def done(self, sheet: Sheet, text: str) -> None:
        """Say below the head of an empty table why it is empty."""
        self._write(sheet.sheet, FIRST, Row((Cell(text, Paint.DONE),)))

    def close(self) -> bytes:
        """The finished file."""
        self._book.close()
        return self._out.getvalue()

    def _sheet(self, name: str, widths: Sequence[int]) -> Any:
        sheet = self._book.add_worksheet(name)
        for at, room in enumerate(widths):
            sheet.set_column(at, at, room)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&C" + Bilingual("第 &P 页，共 &N 页", "page &P of &N").get(self._lang))
        sheet.hide_gridlines(2)
        return sheet

    def _rows(self, sheet: Any, start: int, rows: Iterable[Row], widths: Sequence[int]) -> tuple[int, int]:
        count = left = 0
        for row in rows:
            if start + count >= MOST_ROWS:
                left += 1
                continue
            self._write(sheet, start + count, row)
            if row.cells:
                sheet.set_row(start + count, _height(row, widths))
            count += 1
        return count, left

    def _write(self, sheet: Any, at: int, row: Row) -> None:
        for column, cell in enumerate(row.cells):
            look = self._format(cell.paint, first=row.first)
            value = cell.value
            if isinstance(value, str):
                value = cell_text(value)
            if isinstance(value, float) and not math.isfinite(value):
                value = str(value)
            if value is None or value == "":
                sheet.write_blank(at, column, None, look)
            elif isinstance(value, str):
                sheet.write_string(at, column, value, look)
            else:
                sheet.write_number(at, column, value, look)

    def _format(self, paint: Paint, *, first: bool) -> Any:
        key = (paint, first)
        if key not in self._formats:
            made = self._book.add_format(
                _FORMATS[paint] | ({"top": 2, "top_color": "#404040"} if first else {})
            )
            made.set_font_charset(_GB2312)
            self._formats[key] = made
        return self._formats[key]


def _height(row: Row, widths: Sequence[int]) -> float:
    """Points for the tallest cell of a row: LibreOffice and WPS do not find out by themselves."""
    lines = 1
    for cell, room in zip(row.cells, widths, strict=False):
        if isinstance(cell.value, str):
            # a line ends before it is full: closing marks and figures stay with what is before them
            lines = max(lines, math.ceil(width(cell.value[:_TALL]) / (room - 2)))
    return min(_TALLEST, _LINE * lines + 4)


def heading(words: str, run: Run, tongue: Tongue) -> str:
    """The heading of a sheet with the file's name, or the number of files."""
    if len(run.reports) == 1:
        return f"{words}　{cut(cell_text(run.reports[0].path, 200), 80)}"
    return words + tongue.say(f"　{len(run.reports)} 份报告", f"　{len(run.reports)} reports")


def cell_text(text: str, most: int = MOST_CHARACTERS) -> str:
    """`text` on one line of at most `most` UTF-16 units, of characters that XML can hold."""
    shown = visible(text).translate(_ILLEGAL)
    if len(shown) + sum(char > "\uffff" for char in shown) <= most:
        return shown
    room, kept = most - 1, 0
    for char in shown:
        room -= 2 if char > "\uffff" else 1
        if room < 0:
            break
        kept += 1
    return shown[:kept] + "…"
