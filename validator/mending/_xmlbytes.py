"""Where the elements of an XML part stand in its bytes, so that some can be cut out and all else stays.

Writing a tree out again would keep what it means and change how it is written: quotes, declarations, places
of namespaces. The parser of the standard library tells byte positions; the elements come in the same order
as in the tree that was read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.parsers import expat

from validator.mending._words import merged

if TYPE_CHECKING:
    from lxml.etree import _Element

_TAG = re.compile(rb"""<[^"'>]*(?:"[^"]*"[^"'>]*|'[^']*'[^"'>]*)*>""")
_ENCODING = re.compile(rb"""^(?:\xef\xbb\xbf)?<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_PLAIN = (b"utf-8", b"utf8", b"us-ascii", b"ascii")
_TOKEN = re.compile("&[^;]{1,12};|\r\n|[^&<]", re.DOTALL)


class UneditableError(Exception):
    """The part is written so that no single place of it can be changed."""


@dataclass(slots=True)
class _Extent:
    """Byte positions of one element: `start` to `end`, its content from `inner` to `outer`."""

    start: int
    inner: int
    outer: int = 0
    end: int = 0


class XmlBytes:
    """One part: the tree that was read of it, and its bytes."""

    def __init__(self, data: bytes, root: _Element) -> None:
        declared = _ENCODING.match(data)
        if (declared and declared[1].lower() not in _PLAIN) or b"\0" in data[:8]:
            raise UneditableError
        elements = list(root.iter("*"))
        self._extents = _extents(data)
        if len(elements) != len(self._extents):
            raise UneditableError
        self._number = {element: at for at, element in enumerate(elements)}
        self.data = data

    def whole(self, element: _Element) -> tuple[int, int]:
        """The bytes of an element with its tags."""
        found = self._extents[self._number[element]]
        return found.start, found.end

    def tags(self, element: _Element) -> list[tuple[int, int]]:
        """The bytes of the tags of an element, without what is between them."""
        found = self._extents[self._number[element]]
        return [(found.start, found.inner), (found.outer, found.end)]

    def characters(self, element: _Element, places: Iterable[int]) -> list[tuple[int, int]]:
        """The bytes of these characters of the text of an element that holds nothing but text.

        Raises:
            UneditableError: it holds a comment or a marked section.
        """
        found = self._extents[self._number[element]]
        raw = self.data[found.inner : found.outer].decode("utf-8")
        tokens = _TOKEN.findall(raw)
        if "".join(tokens) != raw or len(tokens) != len(element.text or ""):
            raise UneditableError
        at, starts = found.inner, []
        for token in tokens:
            starts.append(at)
            at += len(token.encode("utf-8"))
        starts.append(at)
        return merged((starts[place], starts[place + 1]) for place in places)


def _extents(data: bytes) -> list[_Extent]:
    found: list[_Extent] = []
    stack: list[tuple[_Extent, bool]] = []
    parser = expat.ParserCreate()

    def start(_name: str, _attributes: object) -> None:
        at = parser.CurrentByteIndex
        tag = _TAG.match(data, at)
        if tag is None:
            raise UneditableError
        one = _Extent(at, tag.end())
        found.append(one)
        stack.append((one, data[tag.end() - 2 : tag.end()] == b"/>"))

    def end(_name: str) -> None:
        one, is_empty = stack.pop()
        if is_empty:
            one.outer = one.end = one.inner
            return
        one.outer = parser.CurrentByteIndex
        close = data.find(b">", one.outer)
        if data[one.outer : one.outer + 2] != b"</" or close < 0:
            raise UneditableError
        one.end = close + 1

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise UneditableError from error
    return found
