"""Excel 97–2003 and Kingsoft workbooks (.xls, .et): cells as shown, comments, headers, shapes."""

from __future__ import annotations

from validator.model.document import Document

from . import _container
from ._base import Reader, Source


def _sniff(source: Source) -> bool:
    if not (_container.has_stream(source, "Workbook") or _container.has_stream(source, "Book")):
        return False
    from ._sheet.ole import has_workbook

    return has_workbook(source.data)


def _read(source: Source) -> Document:
    from ._sheet.xls import read

    return read(source)


READER = Reader(
    format="xls",
    suffixes=(".xls", ".xlt", ".et", ".ett"),
    sniff=_sniff,
    read=_read,
    binary=True,
    parts=(
        *("body", "table", "header", "footer", "comment", "textbox", "chart", "watermark", "field"),
        *("properties", "link", "alt", "hidden", "name", "picture", "attachment"),
    ),
)
