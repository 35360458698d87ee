"""Text of HTML with exact places: references, folded blanks, and which attributes hold text."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

from validator.text.lazy import lazy

from .._draft import Draft
from .._text import Pieces
from .tokens import ENTITY

_LINK = lazy(r"(?:https?|ftp|mailto|tel|weixin|wechat|tencent|mqqwpa):|//|www\.", re.IGNORECASE)
_META_NAMES = frozenset(
    (
        *("description", "keywords", "author", "generator", "copyright", "company", "subject", "category"),
        *("manager", "changedby", "classification", "abstract", "originator"),
    )
)
_HAN = lazy(r"[\u2e80-\U0003ffff]")


def wanted(tag: str, values: Mapping[str, str]) -> dict[str, str]:
    """Which attributes of a tag hold text that is scanned, and the part that they are."""
    found = {"title": "alt", "aria-label": "alt"} if tag != "title" else {}
    if tag == "div" and values.get("title") in ("header", "footer"):
        del found["title"]
    if tag in ("a", "area", "iframe") and _LINK.match(values.get("href", values.get("src", "")).strip()):
        found |= {"href": "link", "src": "link"}
    if tag in ("img", "input", "area", "v:shape", "v:imagedata", "v:rect"):
        found |= {"alt": "alt", "o:title": "alt", "placeholder": "alt"}
        if _LINK.match(values.get("src", "").strip()):
            found["src"] = "link"
        if tag == "input":
            found["value"] = "hidden" if values.get("type", "").lower() == "hidden" else "alt"
    elif tag == "textarea":
        found["placeholder"] = "alt"
    elif tag == "table":
        found["summary"] = "alt"
    elif tag == "v:textpath":
        found["string"] = "watermark"
    elif tag == "meta" and _tells(values.get("name", values.get("property", "")), values.get("content", "")):
        found = {"content": "properties"}
    return found


def _tells(name: str, content: str) -> bool:
    return bool(name) and (name.lower() in _META_NAMES or bool(_HAN.search(content)))


def decoded(raw: str, start: int) -> Pieces:
    """The value of an attribute that stands at `start`, its references resolved."""
    pieces, done = Pieces(), 0
    for found in ENTITY.finditer(raw):
        text = html.unescape(found.group())
        if text != found.group() and found.group().endswith(";"):
            pieces.run(raw[done : found.start()], start + done)
            pieces.char(text, start + found.start(), len(found.group()))
            done = found.end()
    pieces.run(raw[done:], start + done)
    return pieces


def unfold(pieces: Pieces) -> Pieces:
    """Drop a line break of the source between two Chinese characters; elsewhere it is a blank."""
    out, text = Pieces(), pieces.text
    for at, char in enumerate(text):
        if (
            char == "\n"
            and not _is_ascii_word(text[at - 1 : at])
            and not _is_ascii_word(text[at + 1 : at + 2])
        ):
            continue
        width = pieces.widths.get(at, 1)
        out.char(" " if char == "\n" else char, pieces.offsets[at], width)
    return out


def _is_ascii_word(char: str) -> bool:
    return char.isascii() and char.isalnum()


def joined(one: Pieces, other: Pieces) -> Pieces:
    """Both, one after the other."""
    at = len(one.offsets)
    one.chars.extend(other.chars)
    one.offsets.extend(other.offsets)
    one.widths.update({place + at: width for place, width in other.widths.items()})
    return one


def extended(draft: Draft, other: Draft) -> None:
    """Append the text of another draft to one."""
    at = len(draft.text)
    draft.text += other.text
    draft.offsets = [*draft.offsets, *other.offsets]
    draft.widths = {**draft.widths, **{place + at: width for place, width in other.widths.items()}}


def moved(draft: Draft, pieces: Pieces) -> Draft:
    """A draft of a text that was itself made of pieces of the source, with its places there."""
    offsets, widths = [], {}
    for at, place in enumerate(draft.offsets):
        last = min(place + draft.widths.get(at, 1), len(pieces.offsets)) - 1
        start = pieces.offsets[place]
        width = pieces.offsets[last] + pieces.widths.get(last, 1) - start
        offsets.append(start)
        if width != 1:
            widths[at] = width
    draft.offsets, draft.widths = offsets, widths
    return draft
