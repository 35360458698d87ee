"""Word 97–2003 and Kingsoft Writer files: every story, tables, fields, hidden and deleted text, drawings."""

from __future__ import annotations

from validator.model.document import Document

from . import _container
from ._base import Reader, Source


def _sniff(source: Source) -> bool:
    if not _container.has_stream(source, "WordDocument"):
        return False
    from ._doc.ole import has_word

    return has_word(source.data)


def _read(source: Source) -> Document:
    from ._doc.reader import read

    return read(source)


READER = Reader(
    format="doc",
    suffixes=(".doc", ".dot", ".wps", ".wpt"),
    sniff=_sniff,
    read=_read,
    binary=True,
    parts=(
        *("body", "table", "header", "footer", "footnote", "endnote", "comment", "textbox", "watermark"),
        *("properties", "link", "alt", "hidden", "deleted", "field", "name", "picture", "attachment"),
    ),
)
