"""What a paragraph of a Word document is made of, and how much of it may go."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from validator.readers import _ooxml as ox

if TYPE_CHECKING:
    from lxml.etree import _Element

_TEXTS = frozenset(
    ("w:t", "w:tab", "w:noBreakHyphen", "w:softHyphen", "w:cr", "w:sym", "w:lastRenderedPageBreak")
)
_AROUND = frozenset(("w:hyperlink", "w:smartTag", "w:customXml"))
_RANGES = frozenset(
    f"w:{one}{end}" for one in ("bookmark", "commentRange", "perm") for end in ("Start", "End")
)
_REFERENCES = frozenset(
    (
        "w:footnoteRef",
        "w:endnoteRef",
        "w:annotationRef",
        "w:footnoteReference",
        "w:endnoteReference",
        "w:commentReference",
    )
)
_HARMLESS_BOOKMARK = "_GoBack"
"""Where the cursor last stood."""
_REVISED = frozenset(
    (
        *("w:ins", "w:del", "w:moveFrom", "w:moveTo", "w:rPrChange", "w:pPrChange", "w:numberingChange"),
        "w:sectPrChange",
    )
)
_HOUSES = frozenset(
    (
        "w:body",
        "w:tc",
        "w:hdr",
        "w:ftr",
        "w:footnote",
        "w:endnote",
        "w:comment",
        "w:txbxContent",
        "w:sdtContent",
    )
)


class Room(Enum):
    """How much of a paragraph may go when all of its text does."""

    WHOLE = "whole"
    RUNS = "runs"
    """The paragraph has a duty beside its text: it ends a section or a cell, or something is tied to it."""
    NOTHING = "nothing"
    """It holds what is not text: a picture, a field, a tracked change."""


def room(paragraph: _Element) -> Room:
    """How much of the paragraph may go."""
    inner = _content(paragraph)
    if inner is Room.WHOLE and not _is_spare(paragraph):
        return Room.RUNS
    return inner


def _content(paragraph: _Element) -> Room:
    found = Room.WHOLE
    gone = {ox.value(one, "w:id") for one in ox.children(paragraph, "w:bookmarkStart") if _is_harmless(one)}
    for child in paragraph:
        tag = ox.name(child)
        if tag == "w:pPr":
            judged = _properties(child)
        elif tag in _RANGES:
            harmless = tag.startswith("w:bookmark") and ox.value(child, "w:id") in gone
            judged = Room.WHOLE if harmless else Room.RUNS
        elif tag in _AROUND:
            judged = _around(child)
        elif tag == "w:proofErr":
            judged = Room.WHOLE
        else:
            judged = _run(child)
        if judged is Room.NOTHING:
            return judged
        found = Room.RUNS if Room.RUNS in (found, judged) else found
    return found


def _is_harmless(start: _Element) -> bool:
    return ox.value(start, "w:name") == _HARMLESS_BOOKMARK


def _properties(element: _Element) -> Room:
    if any(ox.name(one) in _REVISED for one in element.iter("*")):
        return Room.NOTHING
    return Room.RUNS if ox.child(element, "w:sectPr") is not None else Room.WHOLE


def _around(element: _Element) -> Room:
    inner = [
        _run(one) for one in element if ox.name(one) not in ("w:proofErr", "w:smartTagPr", "w:customXmlPr")
    ]
    return Room.WHOLE if all(one is Room.WHOLE for one in inner) else Room.NOTHING


def _run(element: _Element) -> Room:
    if ox.name(element) != "w:r":
        return Room.NOTHING
    found = Room.WHOLE
    for child in element:
        tag = ox.name(child)
        if tag == "w:rPr":
            if ox.child(child, "w:rPrChange") is not None:
                return Room.NOTHING
        elif tag in _REFERENCES or (tag == "w:br" and not is_text(child)):
            found = Room.RUNS
        elif not is_text(child):
            return Room.NOTHING
    return found


def is_text(element: _Element) -> bool:
    """Whether a child of a run stands for characters or the end of a line, and for nothing else."""
    tag = ox.name(element)
    return tag in _TEXTS or (tag == "w:br" and ox.value(element, "w:type") in ("", "textWrapping"))


def _is_spare(paragraph: _Element) -> bool:
    """Whether the place where the paragraph stands is in order without it."""
    house = paragraph.getparent()
    if house is None or ox.name(house) not in _HOUSES:
        return False
    if not any(one is not paragraph for one in ox.children(house, "w:p")):
        return False
    before, after = _beside(paragraph, forward=False), _beside(paragraph, forward=True)
    ends = after is None or ox.name(after) == "w:sectPr"
    tables = [one is not None and ox.name(one) == "w:tbl" for one in (before, after)]
    # Two tables without a paragraph in between are one table; a cell or a body ends with a paragraph.
    return not (tables[0] and (tables[1] or ends))


def _beside(paragraph: _Element, *, forward: bool) -> _Element | None:
    one = paragraph.getnext() if forward else paragraph.getprevious()
    while one is not None and ox.name(one) in _RANGES | {"w:proofErr", ""}:
        one = one.getnext() if forward else one.getprevious()
    return one


def is_revised(element: _Element) -> bool:
    """Whether a piece of text stands in a tracked change."""
    return any(ox.name(one) in _REVISED for one in element.iterancestors())


def gone_runs(paragraph: _Element, *, links: bool) -> list[_Element]:
    """What is taken out where only the runs go: runs that are nothing but text, of others only the text;
    with `links` hyperlinks as a whole."""
    found: list[_Element] = []
    for child in paragraph:
        tag = ox.name(child)
        if tag in _AROUND and links:
            found.append(child)
        elif tag in _AROUND:
            found += [one for one in child if ox.name(one) == "w:r"]
        elif tag == "w:r":
            inner = [one for one in child if ox.name(one) != "w:rPr"]
            found += [child] if all(map(is_text, inner)) else filter(is_text, inner)
    return found
