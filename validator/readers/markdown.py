"""Markdown, by lines: headings, lists, quotes, tables, code, comments; places are those of the raw source."""

from __future__ import annotations

from validator.model.document import Document

from ._base import Reader, Source


def _never(_source: Source) -> bool:
    return False


def _read(source: Source) -> Document:
    from ._markdown.lines import read

    return read(source)


READER = Reader(
    format="md",
    suffixes=(".markdown", ".md"),
    sniff=_never,
    read=_read,
    parts=("body", "table", "comment", "properties", "link", "alt"),
)
