"""OFD (GB/T 33190): text by place, ruled tables, page furniture, notes, hidden text; scans are named."""

from __future__ import annotations

from validator.model.document import Document

from . import _container
from ._base import Reader, Source


def _sniff(source: Source) -> bool:
    return _container.has_member(source, "OFD.xml")


def _read(source: Source) -> Document:
    from ._ofd.reader import read

    return read(source)


READER = Reader(
    format="ofd",
    suffixes=(".ofd",),
    sniff=_sniff,
    read=_read,
    binary=True,
    parts=(
        *("body", "table", "header", "footer", "footnote", "comment", "watermark", "annotation"),
        *("properties", "link", "hidden", "attachment", "picture"),
    ),
)
