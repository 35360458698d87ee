"""An HTML page as a document, or several pages that are parts of one."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from validator.model.document import Block, Document, Kind, Notice
from validator.text import encodings
from validator.text.lazy import lazy

from .. import _limits, _notices, _text
from .._base import Source
from .._draft import Draft, assemble
from .markup import Folder

_META_CHARSET = lazy(rb"""<meta[^>]+charset\s*=\s*["']?\s*([A-Za-z0-9_-]+)""", re.IGNORECASE)
_CHARSETS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "big5": "big5",
    "us-ascii": "ascii",
}
_HEAD = 4096


def decoded(source: Source, declared: str = "") -> tuple[str, str]:
    """Text and encoding of a page; `declared` is what is said about it outside.

    Raises:
        ReadError: when the bytes are no text.
    """
    try:
        return encodings.decode(source.data)
    except ValueError:
        # What a page declares is often wrong, so it is asked only where the content does not tell.
        found = _META_CHARSET.search(source.data[:_HEAD])
        inside = found.group(1).decode("ascii") if found else declared
        codec = _CHARSETS.get(inside.lower())
        if codec is None or b"\0" in source.data:
            return _text.decoded(source)
    try:
        text = source.data.decode(codec)
    except UnicodeDecodeError:
        return _text.decoded(source)
    return text.replace("\r\n", "\n").replace("\r", "\n"), codec


def document(
    path: str,
    pages: Sequence[tuple[str, str]],
    *,
    form: str,
    encoding: str | None,
    attached: Sequence[str] = (),
) -> Document:
    """The document of these pages, each its text and the region that it is: "", or "header".

    Places are those in the text of the first page; the text of further ones stands behind it.

    Raises:
        ReadError: DOC007 for more text or more blocks than a report has.
    """
    drafts: list[Draft] = []
    folders: list[Folder] = []
    pictures: list[int] = []
    start = characters = tables = 0
    for text, region in pages:
        folder = Folder(text, region=region)
        for draft in folder.drafts:
            if start:
                draft.offsets = [place + start for place in draft.offsets]
            if draft.cell is not None:
                draft.cell = replace(draft.cell, table=draft.cell.table + tables)
        tables = max((one.cell.table for one in folder.drafts if one.cell), default=tables)
        pictures.extend(place + start for place in folder.pictures)
        drafts.extend(folder.drafts)
        folders.append(folder)
        start += len(text) + 1
        characters += sum(len(one.text) for one in folder.drafts)
        _limits.check_size(path, sum(1 for one in drafts if one.text), characters)
    end = [max(0, start - 2)]
    drafts.extend(
        Draft(text=one, offsets=end * len(one), kind=Kind.META, part="attachment") for one in attached
    )
    blocks, title = assemble(drafts, next((one.title for one in folders if one.title), ""))
    return Document(
        path=path,
        format=form,
        encoding=encoding,
        source="\n".join(text for text, _ in pages),
        blocks=blocks,
        title=title,
        notices=tuple(_all_notices(blocks, folders, pictures, attached)),
    )


def _all_notices(
    blocks: Sequence[Block], folders: Sequence[Folder], pictures: Sequence[int], attached: Sequence[str]
) -> Iterator[Notice]:
    yield from _notices.draft_notices(
        blocks,
        revisions=sum(one.revisions for one in folders),
        comments=sum(one.comments for one in folders),
        hidden=sum(one.hidden for one in folders),
    )
    shown = [
        at
        for at, one in enumerate(blocks)
        if one.part == "body" and one.kind is not Kind.META and one.offsets
    ]
    starts = [blocks[at].offsets[0] for at in shown]
    before = [bisect_right(starts, place) - 1 for place in pictures]
    places = [_section(blocks[shown[at]]) if at >= 0 else "开头" for at in before]
    first = shown[max(0, before[0])] if before and shown else None
    yield from _notices.pictures(len(pictures), list(dict.fromkeys(places)), first)
    yield from _notices.embedded(attached, _notices.first_of(blocks, "attachment"))


def _section(block: Block) -> str:
    return block.section[-1] if block.section else "正文"
