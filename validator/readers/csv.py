"""Tables as text (.csv, .tsv): every field at its line and column, quoted fields across lines too."""

from __future__ import annotations

from validator.model.document import Document

from ._base import Reader, Source


def _never(_source: Source) -> bool:
    return False


def _read(source: Source) -> Document:
    from ._sheet.csv import read

    return read(source)


READER = Reader(format="csv", suffixes=(".csv", ".tsv"), sniff=_never, read=_read, parts=("body", "table"))
