"""Word documents: the text with its automatic numbers, and every other place of the file that holds words."""

from __future__ import annotations

from validator.model.document import Document

from . import _container
from ._base import Reader, Source


def _sniff(source: Source) -> bool:
    return any(name.startswith("word/document") for name in _container.member_names(source))


def _read(source: Source) -> Document:
    from ._word.reader import read

    return read(source)


READER = Reader(
    format="docx",
    suffixes=(".docx", ".docm", ".dotx", ".dotm"),
    sniff=_sniff,
    read=_read,
    binary=True,
    parts=(
        *("body", "table", "header", "footer", "footnote", "endnote", "comment", "textbox", "watermark"),
        *("chart", "diagram", "annotation", "properties", "link", "alt", "field", "name", "attachment"),
        *("picture", "hidden", "deleted"),
    ),
)
