"""Presentations: slides in order, tables, charts, diagrams, notes, comments, masters, hidden slides."""

from __future__ import annotations

from validator.model.document import Document

from . import _container
from ._base import Reader, Source


def _sniff(source: Source) -> bool:
    names = _container.member_names(source)
    return "ppt/presentation.xml" in names or any(name.startswith("ppt/slides/") for name in names)


def _read(source: Source) -> Document:
    from ._pptx.reader import read

    return read(source)


READER = Reader(
    format="pptx",
    suffixes=(".pptx", ".pptm", ".ppsx", ".ppsm", ".potx", ".potm"),
    sniff=_sniff,
    read=_read,
    binary=True,
    parts=(
        *("body", "table", "header", "footer", "comment", "notes", "chart", "diagram"),
        *("properties", "link", "alt", "hidden", "name", "picture", "attachment"),
    ),
)
