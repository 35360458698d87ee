"""Where the comment of a finding goes.

Word shows comments on the text of the body alone; those in headers, footers, notes and text boxes it ignores
([MS-OI29500] 2.1.315). So what is found in a note is told at the mark of the note, what is found in a text
box at the place that holds the box, and what has no place in the body (headers, properties, other
comments) at its beginning. Each of these names the place in words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from validator.model.document import Block, Document, Kind
from validator.readers import _ooxml as ox
from validator.readers._word.trace import Place, Traced

if TYPE_CHECKING:
    from lxml.etree import _Element

    from validator.model.finding import Finding
    from validator.model.location import Location

_NOTES = {"w:footnote": "w:footnoteReference", "w:endnote": "w:endnoteReference"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """What a comment is put around, in elements of the reader's tree of the main part.

    Either the characters from `first` to `last`, both included; or the whole of `around` (a paragraph, or
    what stands in a run); or, with neither, the beginning of the body. `exact` tells whether these are the
    very words of the finding, or of the heading that it belongs to.
    """

    first: Place | None = None
    last: Place | None = None
    around: _Element | None = None
    exact: bool = False


START = Anchor()


class Anchors:
    """Finds the places of findings in a document that was read with the places of its characters."""

    def __init__(self, document: Document, root: _Element) -> None:
        self._document = document
        self._blocks = document.blocks
        self._root = root
        self._places: dict[int, list[Place | None]] = {}
        self._references: dict[tuple[str, str], _Element] | None = None
        self._title = _title(document)

    def of(self, finding: Finding) -> Anchor:
        """The place for the comment of a finding."""
        place = finding.location
        if place.part == "file":
            return START
        if finding.block is None and not finding.text and place.part == "body":
            return self._heading(place)
        return self._span(self._spans(place))

    def _spans(self, place: Location) -> list[tuple[int, int, int]]:
        """Stretches of blocks that a location covers: in the rendition each block is a line."""
        first, last = place.line - 1, min(place.end_line - 1, len(self._blocks) - 1)
        return [
            (
                at,
                place.column - 1 if at == first else 0,
                place.end_column - 1 if at == last else len(self._blocks[at].text),
            )
            for at in range(first, last + 1)
        ]

    def _heading(self, place: Location) -> Anchor:
        """The heading of the section that a location is in, else the title."""
        name = place.section[-1] if place.section else ""
        for at in range(min(place.line, len(self._blocks)) - 1, -1, -1) if name else ():
            block = self._blocks[at]
            start = len(block.text) - len(block.text.lstrip())
            text = block.text.strip()
            if block.kind is Kind.HEADING and text.removesuffix("。") == name:
                return self._span([(at, start, start + len(text))])
            if block.kind is Kind.PARAGRAPH and block.part == "body" and text.startswith(name):
                return self._span([(at, start, start + len(name))])
        if self._title is None:
            return START
        return self._span([(self._title, 0, len(self._blocks[self._title].text))])

    def _span(self, spans: Sequence[tuple[int, int, int]]) -> Anchor:
        found = [one for at, start, end in spans for one in self._of_block(at, start, end)]
        if not found:
            text = self._blocks[spans[0][0]].text if spans else ""
            holder = text.holder if isinstance(text, Traced) else None
            if holder is not None and not text and self._is_body(holder):
                return Anchor(around=holder, exact=True)
            return START if holder is None else self._around(holder)
        first, last = found[0], found[-1]
        if not self._is_body(first[0]) or not self._is_body(last[0]):
            return self._around(first[0])
        return Anchor(first=first, last=last, exact=True)

    def _of_block(self, at: int, start: int, end: int) -> list[Place]:
        text = self._blocks[at].text
        if not isinstance(text, Traced) or not text:
            return []
        if at not in self._places:
            self._places[at] = text.places()
        # An empty span is an empty slot: it is shown by the character behind it.
        start = max(0, min(start, len(text) - 1))
        return [one for one in self._places[at][start : max(end, start + 1)] if one is not None]

    def _is_body(self, element: _Element) -> bool:
        top = element
        for top in element.iterancestors():
            if ox.name(top) == "w:txbxContent":
                return False
        return top is self._root

    def _around(self, element: _Element) -> Anchor:
        """The nearest that Word can show a comment on: the paragraph, what holds the box, the note's mark."""
        boxed = element
        path = [element, *element.iterancestors()]
        for at, one in enumerate(path):
            if ox.name(one) == "w:txbxContent":
                boxed = next((up for up in path[at:] if ox.name(up) in ("w:r", "w:p")), element)
        if path[-1] is self._root:
            return Anchor(around=_content(path, boxed))
        for one in path:
            mark = _NOTES.get(ox.name(one))
            if mark is not None:
                found = self._reference(mark, ox.value(one, "w:id"))
                return START if found is None else Anchor(around=found)
        return START

    def _reference(self, mark: str, number: str) -> _Element | None:
        if self._references is None:
            self._references = {}
            for one in ox.inside(self._root, *_NOTES.values()):
                if self._is_body(one):
                    self._references.setdefault((ox.name(one), ox.value(one, "w:id")), one)
        return self._references.get((mark, number))


def _content(path: Sequence[_Element], boxed: _Element) -> _Element:
    """Of the run that holds a text box, the child with the box: the run may hold words beside it."""
    at = path.index(boxed)
    return path[at - 1] if at and ox.name(boxed) == "w:r" else boxed


def _title(document: Document) -> int | None:
    stated = [at for at, one in enumerate(document.blocks) if one.states and one.text.strip()]
    named = (at for at in stated if _is_title(document.blocks[at], document.title))
    return next(named, stated[0] if stated else None)


def _is_title(block: Block, title: str) -> bool:
    return block.kind is Kind.HEADING and title.endswith(block.text.strip())
