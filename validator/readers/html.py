"""HTML pages: the text a browser shows, and what it hides; places are those of the decoded source."""

from __future__ import annotations

import re

from validator.model.document import Document
from validator.text.lazy import lazy

from ._base import Reader, Source

_OPENING = lazy(
    rb"(?:\s|\xef\xbb\xbf|<!--.*?-->|<\?xml[^>]*\?>)*<(?:!doctype\s+html|html|head|body)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
_HEAD = 4096


def _sniff(source: Source) -> bool:
    head = source.data[:_HEAD]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.replace(b"\x00", b"")[2:]
    return bool(_OPENING.match(head))


def _read(source: Source) -> Document:
    from ._html.reader import decoded, document

    text, encoding = decoded(source)
    return document(source.path, [(text, "")], form="html", encoding=encoding)


READER = Reader(
    format="html",
    suffixes=(".htm", ".html", ".xhtml"),
    sniff=_sniff,
    read=_read,
    parts=(
        *("body", "table", "header", "footer", "footnote", "endnote", "comment", "textbox", "watermark"),
        *("properties", "link", "alt", "hidden", "deleted", "field", "picture"),
    ),
)
