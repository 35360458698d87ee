"""RTF: body, tables, headers, notes, text boxes, comments, properties, hidden and deleted text."""

from __future__ import annotations

from validator.model.document import Document

from ._base import Reader, Source


def _sniff(source: Source) -> bool:
    r"""Old Word and WPS files are often RTF under another suffix: ``{\rtf`` decides."""
    head = source.data[:64].removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n\0")
    return head.startswith(b"{\\rtf")


def _read(source: Source) -> Document:
    from ._rtf.reader import read

    return read(source)


READER = Reader(
    format="rtf",
    suffixes=(".rtf",),
    sniff=_sniff,
    read=_read,
    binary=True,
    parts=(
        *("body", "table", "header", "footer", "footnote", "endnote", "comment", "textbox", "watermark"),
        *("properties", "link", "alt", "hidden", "deleted", "field", "picture", "attachment"),
    ),
)
