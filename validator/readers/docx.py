"""Word documents: body, tables, headers, notes, text boxes, comments, properties, hidden and deleted text."""

from __future__ import annotations

from validator.model.document import Document

from ._base import Reader, Source

_ZIP = b"PK\x03\x04"


def _sniff(source: Source) -> bool:
    # The name of a Word main part stands uncompressed in the directory at the end of the archive.
    return source.data.startswith(_ZIP) and b"word/document" in source.data[-(1 << 20) :]


def _read(source: Source) -> Document:
    from ._word import read

    return read(source)


READER = Reader(format="docx", suffixes=(".docx", ".docm", ".dotx", ".dotm"), sniff=_sniff, read=_read)
