"""OpenDocument spreadsheets: cells as shown, comments, headers, shapes, charts, hidden cells and sheets."""

from __future__ import annotations

from validator.model.document import Document

from . import _container
from ._base import Reader, Source


def _sniff(source: Source) -> bool:
    return _container.mimetype(source).startswith("application/vnd.oasis.opendocument.spreadsheet")


def _read(source: Source) -> Document:
    from ._sheet.ods import read

    return read(source)


READER = Reader(
    format="ods",
    suffixes=(".ods", ".ots"),
    sniff=_sniff,
    read=_read,
    binary=True,
    parts=(
        *("body", "table", "header", "footer", "comment", "textbox", "chart", "deleted", "field"),
        *("properties", "link", "alt", "hidden", "name", "picture", "attachment"),
    ),
)
