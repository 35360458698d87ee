"""HTML pages: the text a browser shows, and what it hides; places are those of the decoded source."""

from __future__ import annotations

import re

from validator.model.document import Document, Notice
from validator.text import encodings
from validator.text.lazy import lazy

from . import _text
from ._base import Reader, Source
from ._draft import assemble

_META_CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([A-Za-z0-9_-]+)""", re.IGNORECASE)
_CHARSETS = {
    b"gb2312": "gb18030",
    b"gbk": "gb18030",
    b"gb18030": "gb18030",
    b"utf-8": "utf-8",
    b"utf8": "utf-8",
}
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


def _decode(source: Source) -> tuple[str, str]:
    try:
        return encodings.decode(source.data)
    except ValueError:
        # What a page declares is often wrong, so it is asked only where the content does not tell.
        declared = _META_CHARSET.search(source.data[:_HEAD])
        codec = _CHARSETS.get(declared.group(1).lower()) if declared else None
        if codec is None or b"\0" in source.data:
            return _text.decoded(source)
    try:
        text = source.data.decode(codec)
    except UnicodeDecodeError:
        return _text.decoded(source)
    return text.replace("\r\n", "\n").replace("\r", "\n"), codec


def _read(source: Source) -> Document:
    from ._markup import Folder

    text, encoding = _decode(source)
    folder = Folder(text)
    blocks, title = assemble(folder.drafts, folder.title)
    notices = []
    if folder.hidden:
        first = next(at for at, block in enumerate(blocks) if block.part == "hidden")
        notices.append(
            Notice(
                code="DOC006",
                zh=f"网页中有 {folder.hidden} 处不显示的文字",
                en=f"the page has {folder.hidden} pieces of text that are not shown",
                block=first,
            )
        )
    return Document(
        path=source.path,
        format="html",
        encoding=encoding,
        source=text,
        blocks=blocks,
        title=title,
        notices=tuple(notices),
    )


READER = Reader(
    format="html",
    suffixes=(".htm", ".html", ".xhtml"),
    sniff=_sniff,
    read=_read,
    parts=("body", "table", "header", "footer", "comment", "properties", "link", "alt", "hidden"),
)
