"""Excel workbooks: cells as they are shown, sheet by sheet, comments, drawings, headers, hidden cells."""

from __future__ import annotations

from validator.model.document import Document

from . import _container
from ._base import Reader, Source


def _sniff(source: Source) -> bool:
    names = _container.member_names(source)
    return "xl/workbook.xml" in names or any(
        name.startswith("xl/worksheets/") and name.endswith(".xml") for name in names
    )


def _read(source: Source) -> Document:
    from ._sheet.xlsx import read

    return read(source)


READER = Reader(
    format="xlsx",
    suffixes=(".xlsx", ".xlsm", ".xltx", ".xltm"),
    sniff=_sniff,
    read=_read,
    binary=True,
    parts=(
        *("body", "table", "header", "footer", "comment", "textbox", "chart", "diagram", "watermark"),
        *("properties", "link", "alt", "hidden", "field", "name", "picture", "attachment"),
    ),
)
