"""Web archives (.mht) of browsers, Word and WPS: a page with its parts in one MIME file."""

from __future__ import annotations

import re

from validator.model.document import Document
from validator.text.lazy import lazy

from ._base import Reader, Source

_FIRST = lazy(rb"(?:\xef\xbb\xbf)?\s{0,20}[A-Za-z][A-Za-z0-9-]{0,60}:")
_VERSION = lazy(rb"^MIME-Version:", re.IGNORECASE | re.MULTILINE)
_KIND = lazy(rb"^Content-Type:\s{0,80}(?:multipart/related|text/html)", re.IGNORECASE | re.MULTILINE)
_HEAD = 16_384
_BLANK_LINE = lazy(rb"\r?\n\r?\n")


def _sniff(source: Source) -> bool:
    head = source.data[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not _FIRST.match(head):
        return False
    # Word names some .doc files like that which are web archives.
    head = _BLANK_LINE.split(head, maxsplit=1)[0]
    return bool(_VERSION.search(head) and _KIND.search(head))


def _read(source: Source) -> Document:
    from ._mht import read

    return read(source)


READER = Reader(
    format="mht",
    suffixes=(".mht", ".mhtml"),
    sniff=_sniff,
    read=_read,
    binary=True,
    parts=(
        *("body", "table", "header", "footer", "footnote", "endnote", "comment", "textbox", "watermark"),
        *("properties", "link", "alt", "hidden", "deleted", "field", "picture", "attachment"),
    ),
)
