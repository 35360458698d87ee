"""Comment marks in the XML of a document: runs are split where a comment begins or ends within them.

A mark stands beside runs and never inside one, so the run is cut in two; both halves have its properties.
Nothing else of the part is touched.
"""

from __future__ import annotations

from bisect import bisect_right
from copy import deepcopy
from itertools import pairwise
from typing import TYPE_CHECKING

from validator.readers import _ooxml as ox

if TYPE_CHECKING:
    from lxml.etree import _Element

    from validator.readers._word.trace import Place

_TEXTS = ("w:t", "w:delText")
_MATHS = ("m:oMath", "m:oMathPara")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_EDGES = " \n\r"
_SIZED = frozenset(("w:rFonts", "w:sz", "w:szCs"))
"""What decides how high a line is: the run of a mark, which shows nothing, must not make it higher."""


class Marks:
    """Puts comments into one part; `space` is the namespace of its elements.

    First it is said where runs are to be cut (`cut`, `cut_around`), then all of them are (`split`), and only
    then the comments are put there.
    """

    def __init__(self, space: str) -> None:
        self._space = space
        self._cuts: dict[_Element, set[int]] = {}
        self._pieces: dict[_Element, list[tuple[int, _Element]]] = {}

    def cut(self, first: Place, last: Place) -> None:
        """Let a run begin with the character `first`, and one end with `last`."""
        for element, bound in (first, (last[0], last[1] + 1)):
            _, inner = _unit(element)
            if inner is element and ox.name(element) in _TEXTS:
                self._cuts.setdefault(element, set()).add(bound)
            elif inner is not None:
                self._cuts.setdefault(inner, set()).add(min(bound, 1))

    def cut_around(self, element: _Element) -> None:
        """Let one thing in a run stand in a run of its own; a paragraph needs no cut."""
        if ox.name(element) != "w:p":
            self.cut((element, 0), (element, 0))

    def split(self) -> None:
        """Cut all texts and runs."""
        runs: dict[_Element, set[_Element]] = {}
        for element, bounds in self._cuts.items():
            run = element.getparent()
            if run is None:
                continue
            begins = runs.setdefault(run, set())
            is_text = ox.name(element) in _TEXTS
            pieces = _cut_text(element, sorted(bounds)) if is_text else [(0, element)]
            if is_text:
                self._pieces[element] = pieces
            start, last = pieces[-1]
            begins |= {piece for _, piece in pieces[1:]}
            if min(bounds) <= pieces[0][0]:
                begins.add(element)
            following = next((one for one in last.itersiblings() if isinstance(one.tag, str)), None)
            if following is not None and max(bounds) >= start + (len(last.text or "") if is_text else 1):
                begins.add(following)
        for run, begins in runs.items():
            _split(run, begins)

    def put(self, number: int, first: Place, last: Place) -> None:
        """Comment the characters from `first` to `last`, both included."""
        self._put(number, self._at(*first), self._at(*last))

    def _at(self, element: _Element, at: int) -> _Element:
        """The run (or the like) that a character stands in now."""
        pieces = self._pieces.get(element)
        if pieces is None:
            return _unit(element)[0]
        index = bisect_right(pieces, at, key=lambda one: one[0])
        return _unit(pieces[max(index - 1, 0)][1])[0]

    def put_around(self, number: int, element: _Element) -> None:
        """Comment what a paragraph holds, or one thing in a run."""
        if ox.name(element) != "w:p":
            self.put(number, (element, 0), (element, 0))
            return
        first = next(filter(_is_own, element.iterchildren()), None)
        last = next(filter(_is_own, element.iterchildren(reversed=True)), None)
        if first is None or last is None:
            self.put_before(number, element)
        else:
            self._put(number, first, last)

    def put_before(self, number: int, paragraph: _Element) -> None:
        """Comment the place before the first character of a paragraph, behind other such comments."""
        marks = (self._mark("Start", number), self._mark("End", number), self._reference(number, None))
        first = next(filter(_is_own, paragraph.iterchildren()), None)
        for one in marks:
            if first is None:
                paragraph.append(one)
            else:
                first.addprevious(one)

    # Marks.

    def _put(self, number: int, start: _Element, end: _Element) -> None:
        start.addprevious(self._mark("Start", number))
        behind = end
        # A comment that ends at the same place comes first when it was put first.
        while (following := behind.getnext()) is not None and _is_end(following):
            behind = following
        mark = self._mark("End", number)
        _add_behind(behind, mark)
        _add_behind(mark, self._reference(number, end))

    def _mark(self, kind: str, number: int) -> _Element:
        return self._element(f"commentRange{kind}", number)

    def _element(self, local: str, number: int) -> _Element:
        from lxml import etree

        return etree.Element(f"{{{self._space}}}{local}", {f"{{{self._space}}}id": str(number)})

    def _reference(self, number: int, beside: _Element | None) -> _Element:
        from lxml import etree

        run = etree.Element(f"{{{self._space}}}r")
        properties = ox.child(beside, "w:rPr") if beside is not None and ox.name(beside) == "w:r" else None
        sized = [] if properties is None else [one for one in properties if ox.name(one) in _SIZED]
        if sized:
            own = etree.SubElement(run, f"{{{self._space}}}rPr")
            own.extend(_without_tail(one) for one in sized)
        run.append(self._element("commentReference", number))
        return run


def _cut_text(element: _Element, bounds: list[int]) -> list[tuple[int, _Element]]:
    """Cut a text before the characters `bounds`; gives the pieces, each with its first character."""
    lead = _settled(element)
    text = element.text or ""
    inner = [one for one in bounds if lead < one < lead + len(text)]
    pieces = [(lead, element)]
    if not inner or len(element):  # a damaged file may have elements in a text: it is left whole
        return pieces
    tail, element.tail = element.tail, None
    element.text = ""
    for start, end in pairwise([lead, *inner, lead + len(text)]):
        piece = element if start == lead else deepcopy(element)
        piece.text = text[start - lead : end - lead]
        if piece.text.strip(_EDGES) != piece.text:
            piece.set(_SPACE, "preserve")
        if piece is not element:
            pieces[-1][1].addnext(piece)
            pieces.append((start, piece))
    pieces[-1][1].tail = tail
    return pieces


def _split(run: _Element, begins: set[_Element]) -> None:
    """Let a new run begin with each of these children, unless only properties stand before it."""
    from lxml import etree

    properties = ox.child(run, "w:rPr")
    current, filled = run, False
    for child in list(run):
        if child in begins and filled:
            new = etree.Element(run.tag, {str(key): str(one) for key, one in run.attrib.items()})
            if properties is not None:
                new.append(_without_tail(properties))
            _add_behind(current, new)
            current = new
        if current is not run:
            current.append(child)
        filled = filled or (isinstance(child.tag, str) and child is not properties)


def _settled(element: _Element) -> int:
    """Take away the blanks at the ends of a text that are not shown, before its pieces would show them;
    gives how many were at its front."""
    from lxml import etree

    if len(element):
        etree.strip_tags(element, etree.Comment, etree.ProcessingInstruction)
    text = element.text or ""
    if element.get(_SPACE) == "preserve":
        return 0
    element.text = text.strip(_EDGES)
    return len(text) - len(text.lstrip(_EDGES))


def _unit(element: _Element) -> tuple[_Element, _Element | None]:
    """The outermost run or formula around an element of its paragraph, and the child of that run that the
    element is (in); no child where the unit is not to be cut."""
    unit, inner, below = element, None, element
    for above in element.iterancestors():
        tag = ox.name(above)
        if tag in ("w:p", "w:txbxContent"):
            return unit, inner
        if tag == "w:r":
            unit, inner = above, below
        elif tag in _MATHS:
            unit, inner = above, None
        below = above
    # Outside any paragraph, which some programs write, each run is read as a paragraph of its own.
    return unit, None


def _is_own(element: _Element) -> bool:
    """Whether an element of a paragraph is its content: no properties and no mark of a comment."""
    tag = ox.name(element)
    return bool(tag) and not tag.endswith("Pr") and tag != "w:commentRangeStart" and not _is_end(element)


def _is_end(element: _Element) -> bool:
    if ox.name(element) == "w:commentRangeEnd":
        return True
    return ox.name(element) == "w:r" and [ox.name(one) for one in element if ox.name(one) != "w:rPr"] == [
        "w:commentReference"
    ]


def _without_tail(element: _Element) -> _Element:
    copy = deepcopy(element)
    copy.tail = None
    return copy


def _add_behind(element: _Element, new: _Element) -> None:
    """Add a sibling behind an element and behind the blanks that follow it."""
    new.tail, element.tail = element.tail, None
    element.addnext(new)
