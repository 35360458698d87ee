"""Where in the XML the characters stand that were read, for those who write beside them.

Reading does not need it, so it is kept only on request: the text is then a `Traced`, which is an ordinary
string that remembers through the few operations of the reader where its characters came from.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

_MOST_PIECES = 30_000
"""Pieces of one paragraph from which on their places are given up: appending would cost the square of it."""

Piece = tuple[int, "_Element | None", int]
"""How many characters, the element that holds them (None: Word makes them up), and their start in it."""
Place = tuple["_Element", int]


class Traced(str):
    """A text with the origin of its characters; `holder` is the paragraph that it belongs to."""

    __slots__ = ("holder", "pieces")

    pieces: tuple[Piece, ...]
    holder: _Element | None

    @staticmethod
    def of(text: str, element: _Element, start: int = 0) -> Traced:
        """A text that stands in one element, from the character `start` of it on."""
        return _made(text, ((len(text), element, start),) if text else (), None)

    def __add__(self, other: str, /) -> Traced:
        holder = self.holder if self.holder is not None else getattr(other, "holder", None)
        return _made(str.__add__(self, other), self.pieces + _pieces(other), holder)

    def __radd__(self, other: str, /) -> Traced:
        return _made(str.__add__(other, self), _pieces(other) + self.pieces, self.holder)

    def strip(self, chars: str | None = None, /) -> Traced:
        """As of a string."""
        return self.lstrip(chars).rstrip(chars)

    def lstrip(self, chars: str | None = None, /) -> Traced:
        """As of a string."""
        text = str.lstrip(self, chars)
        return self if len(text) == len(self) else self._part(text, len(self) - len(text))

    def rstrip(self, chars: str | None = None, /) -> Traced:
        """As of a string."""
        text = str.rstrip(self, chars)
        return self if len(text) == len(self) else self._part(text, 0)

    def _part(self, text: str, start: int) -> Traced:
        found: list[Piece] = []
        at, end = 0, start + len(text)
        for length, element, first in self.pieces:
            left, right = max(at, start), min(at + length, end)
            if left < right:
                found.append((right - left, element, first + left - at))
            at += length
        return _made(text, tuple(found), self.holder)

    def places(self) -> list[Place | None]:
        """The place of each character; None where it has none in the file, such as an automatic number."""
        found: list[Place | None] = []
        for length, element, start in self.pieces:
            if element is None:
                found += [None] * length
            else:
                found += [(element, start + at) for at in range(length)]
        return found + [None] * (len(self) - len(found))


def _made(text: str, pieces: tuple[Piece, ...], holder: _Element | None) -> Traced:
    made = Traced(text)
    made.pieces = pieces if len(pieces) <= _MOST_PIECES else ((len(text), None, 0),)
    made.holder = holder
    return made


def _pieces(text: str) -> tuple[Piece, ...]:
    if isinstance(text, Traced):
        return text.pieces
    return ((len(text), None, 0),) if text else ()


def held(text: str, paragraph: _Element) -> Traced:
    """The text with the paragraph that it belongs to, unless it is known to belong to one inside that."""
    if isinstance(text, Traced) and text.holder is not None:
        return text
    return _made(text, _pieces(text), paragraph)


def joined(separator: str, texts: Sequence[str]) -> str:
    """`separator.join(texts)` that keeps places; there is at least one text."""
    if not isinstance(texts[0], Traced):
        return separator.join(texts)
    whole: str = texts[0]
    for one in texts[1:]:
        whole = whole + separator + one
    return whole
