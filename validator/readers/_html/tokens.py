"""HTML as tokens with exact places; the standard parser loses characters and places on broken pages."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from validator.text.lazy import lazy

ENTITY = lazy(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?")
_TAG = lazy(r"</?([A-Za-z][^\s/>]*)(?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+>")
_SLOPPY_TAG = lazy(r"</?([A-Za-z][^\s/>]*)[^>]*>")
_COMMENT = lazy(r"<!--(.*?)(?:--!?>|\Z)", re.DOTALL)
_BOGUS = lazy(r"<(?:[!?]|/(?![A-Za-z]))[^>]*(?:>|\Z)")
_ATTRIBUTE = lazy(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")
_VERBATIM = frozenset(("script", "style", "xmp", "iframe", "noembed", "noframes", "textarea", "title"))
_UNSHOWN = frozenset(("script", "style"))
_MOST_BROKEN = 100


@dataclass(frozen=True, slots=True)
class Token:
    """`kind` is text, entity, open, close or comment; `start` and `end` are its place in the source.

    A comment's place is that of its content. `attributes` holds the place of each raw value.
    """

    kind: str
    start: int
    end: int
    name: str = ""
    attributes: dict[str, tuple[int, int]] = field(default_factory=dict)


def unescaped(text: str) -> str:
    """The text with its references resolved; the library fails on numbers of thousands of digits."""
    return ENTITY.sub(lambda found: html.unescape(found.group()), text) if "&" in text else text


def tokens(source: str) -> Iterator[Token]:
    """All tokens in order; what is no markup is text."""
    at, broken = 0, 0
    verbatim = ""
    unclosed: set[str] = set()
    last_close = source.rfind(">")
    while at < len(source):
        if verbatim:
            end = _end_of_verbatim(source, at, verbatim)
            if end is None:
                unclosed.add(verbatim)
                end = len(source) if verbatim in _UNSHOWN else at
            yield from _text(source, at, end)
            at, verbatim = end, ""
            continue
        mark = source.find("<", at)
        if mark < 0 or mark > last_close:
            yield from _text(source, at, len(source))
            return
        yield from _text(source, at, mark)
        token, at, is_broken = _markup(source, mark, strict=broken < _MOST_BROKEN)
        broken += is_broken
        if token is None:
            continue
        yield token
        if token.kind == "open" and token.name in _VERBATIM - unclosed:
            verbatim = token.name


def _end_of_verbatim(source: str, at: int, name: str) -> int | None:
    found = re.compile(f"</{name}(?=[\\s/>])", re.IGNORECASE).search(source, at)
    return found.start() if found else None


def _markup(source: str, at: int, *, strict: bool) -> tuple[Token | None, int, bool]:
    """The token at a `<`, the place after it, and whether the tag was broken."""
    comment = _COMMENT.match(source, at)
    if comment:
        return Token("comment", comment.start(1), comment.end(1)), comment.end(), False
    bogus = _BOGUS.match(source, at)
    if bogus:
        return None, bogus.end(), False
    tag = _TAG.match(source, at) if strict else None
    is_broken = tag is None
    tag = tag or _SLOPPY_TAG.match(source, at)
    if tag is None:
        return Token("text", at, at + 1), at + 1, False
    name = tag.group(1).lower()
    if source[at + 1] == "/":
        return Token("close", at, tag.end(), name), tag.end(), is_broken
    attributes = _attributes(source, tag.end(1), tag.end() - 1)
    return Token("open", at, tag.end(), name, attributes), tag.end(), is_broken


def _attributes(source: str, start: int, end: int) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for one in _ATTRIBUTE.finditer(source, start, end):
        group = next((at for at in (2, 3, 4) if one.group(at) is not None), 0)
        found.setdefault(one.group(1).lower(), one.span(group) if group else (one.end(), one.end()))
    return found


def _text(source: str, start: int, end: int) -> Iterator[Token]:
    done = start
    for found in ENTITY.finditer(source, start, end):
        if html.unescape(found.group()) == found.group():
            continue
        if done < found.start():
            yield Token("text", done, found.start())
        yield Token("entity", found.start(), found.end())
        done = found.end()
    if done < end:
        yield Token("text", done, end)
