"""A Word document with its blocks tied to the paragraphs that hold them, and what of them is banned."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from validator.mending._model import Edit, Passage, Range
from validator.mending._parts import Parts
from validator.mending._words import place_of, significant
from validator.model.document import Document
from validator.model.words import Bilingual
from validator.readers import _ooxml as ox
from validator.readers._word.trace import Traced

if TYPE_CHECKING:
    from lxml.etree import _Element

BESIDE = frozenset(("link", "alt", "name", "field", "attachment", "annotation", "watermark", "properties"))
"""Parts of blocks of which a paragraph is the place, but not the text."""
_SAFE = frozenset(("body", "header", "footer", "textbox", "footnote", "endnote", "watermark", "properties"))


@dataclass(frozen=True, slots=True)
class Atom:
    """Text of a block in one paragraph: `text[start:end]`, from the character `first` of `element` on;
    `element` is None where none holds it, such as an automatic number or the target of a link."""

    block: int
    start: int
    end: int
    element: _Element | None
    first: int

    @property
    def range(self) -> Range:
        """The text as a range of the block."""
        return self.block, self.start, self.end


class Site:
    """What the makers of changes look at. `content` are the atoms of each paragraph."""

    def __init__(self, document: Document, parts: Parts) -> None:
        self.document = document
        self.parts = parts
        self.content = _content(document)
        self.passages: Sequence[Passage] = ()
        self._banned: dict[tuple[int, int], Passage] = {}

    def mark(self, passages: Sequence[Passage]) -> None:
        """Say what is banned."""
        self.passages = passages
        self._banned = {(one.block, at): one for one in passages for at in range(one.start, one.end)}

    def text(self, atom: Atom) -> str:
        """The text of an atom."""
        return str(self.document.blocks[atom.block].text)[atom.start : atom.end]

    def texts(self, paragraph: _Element) -> list[Atom]:
        """The atoms that are text of the paragraph."""
        return [one for one in self.content.get(paragraph, ()) if not self._is_beside(one)]

    def beside(self, paragraph: _Element) -> list[Atom]:
        """The atoms that only have their place there: targets of links, names of shapes."""
        return [one for one in self.content.get(paragraph, ()) if self._is_beside(one)]

    def _is_beside(self, atom: Atom) -> bool:
        return self.document.blocks[atom.block].part in BESIDE and atom.element is None

    def is_watermark(self, atom: Atom) -> bool:
        """Whether the atom is text of a watermark."""
        return self.document.blocks[atom.block].part == "watermark"

    def passage(self, block: int, at: int) -> Passage | None:
        """The banned passage that a character is in."""
        return self._banned.get((block, at))

    def is_banned(self, atoms: Iterable[Atom]) -> bool:
        """Whether all text of the atoms but blanks and punctuation is banned."""
        return all(
            self.passage(one.block, at) is not None
            for one in atoms
            for at, char in enumerate(self.text(one), one.start)
            if significant(char)
        )

    def is_safe(self, atoms: Iterable[Atom]) -> bool:
        """Whether the banned text of the atoms is vendor text for sure, and stands where anybody sees it."""
        for one in atoms:
            block = self.document.blocks[one.block]
            if not block.visible or block.part not in _SAFE:
                return False
            for at in range(one.start, one.end):
                found = self.passage(one.block, at)
                if found is not None and not found.sure:
                    return False
        return True

    def first(self, atoms: Iterable[Atom]) -> Passage | None:
        """The first banned passage in the atoms."""
        for one in atoms:
            for at in range(one.start, one.end):
                found = self.passage(one.block, at)
                if found is not None:
                    return found
        return None

    def where(self, passage: Passage) -> Bilingual:
        """Where a passage stands."""
        return place_of(self.document, passage.block, passage.finding.location)

    def whole_block(self, index: int) -> Atom:
        """A block that no paragraph holds, as one atom."""
        return Atom(index, 0, len(self.document.blocks[index].text), None, 0)


def _content(document: Document) -> dict[_Element, list[Atom]]:
    content: dict[_Element, list[Atom]] = defaultdict(list)
    for index, block in enumerate(document.blocks):
        if not isinstance(block.text, Traced):
            continue
        paragraph, at = block.text.holder, 0
        for length, element, first in block.text.pieces:
            if element is not None:
                paragraph = next(element.iterancestors(*ox.clark("w:p")), paragraph)
            if paragraph is not None:
                content[paragraph].append(Atom(index, at, at + length, element, first))
            at += length
        if paragraph is not None and at < len(block.text):
            content[paragraph].append(Atom(index, at, len(block.text), None, 0))
    return dict(content)


def edits(*made: Iterable[Edit]) -> tuple[Edit, ...]:
    """All edits of a change."""
    return tuple(one for some in made for one in some)


def ranges(atoms: Iterable[Atom]) -> tuple[Range, ...]:
    """The text of atoms as ranges of blocks."""
    return tuple(one.range for one in atoms)


def normal(text: str | None) -> str:
    """A text with single blanks."""
    return " ".join((text or "").split())
