"""OpenDocument text, packed and flat: body, tables, headers, notes, text boxes, comments, hidden text."""

from __future__ import annotations

from validator.model.document import Document

from . import _container
from ._base import Reader, Source

_TYPE = b"application/vnd.oasis.opendocument.text"
_HEAD = 8192


def _sniff(source: Source) -> bool:
    if _container.is_zip(source):
        return _container.mimetype(source).startswith(_TYPE.decode())
    head = source.data[:_HEAD]
    return b"<office:document" in head and _TYPE in head


def _read(source: Source) -> Document:
    from ._odf.reader import read

    return read(source)


READER = Reader(
    format="odt",
    suffixes=(".odt", ".ott", ".fodt"),
    sniff=_sniff,
    read=_read,
    binary=True,
    parts=(
        *("body", "table", "header", "footer", "footnote", "endnote", "comment", "textbox", "watermark"),
        *("properties", "link", "alt", "hidden", "deleted", "chart", "field", "picture", "attachment"),
    ),
)
