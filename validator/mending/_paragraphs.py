"""Paragraphs of a Word document that are vendor text, as a whole or in part."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from validator.mending import _shape
from validator.mending._model import Change, Edit
from validator.mending._parts import own_texts
from validator.mending._shape import Room
from validator.mending._site import Atom, Site, edits, ranges
from validator.readers import _ooxml as ox

if TYPE_CHECKING:
    from lxml.etree import _Element

_Places = Mapping["_Element", Sequence[int]]


def paragraph_change(site: Site, paragraph: _Element) -> Iterator[Change]:
    """The change that takes the banned text out of a paragraph, if that can be done."""
    texts = site.texts(paragraph)
    passage = site.first(texts)
    if passage is None or site.parts.name(paragraph) is None:
        return
    room = _shape.room(paragraph)
    if room is Room.NOTHING or not site.is_banned(texts):
        yield from _inside(site, paragraph, texts)
        return
    beside = site.beside(paragraph)
    links = site.is_banned(beside)
    twins = site.parts.twins(paragraph, site.content)
    yield Change(
        safe=site.is_safe(texts),
        where=site.where(passage),
        before=_shown(site, texts),
        after=None,
        removed=ranges([*texts, *(beside if links else ())]),
        edits=edits(
            _taken(site, paragraph, room, links=links),
            *(_taken(site, one, _shape.room(one), links=links) for one in twins),
        ),
    )


def _taken(site: Site, paragraph: _Element, room: Room, *, links: bool) -> Iterator[Edit]:
    if room is Room.NOTHING:
        return
    alone = room is Room.WHOLE and links
    gone = [paragraph] if alone else _shape.gone_runs(paragraph, links=links)
    yield from site.parts.whole(gone)
    if links:
        yield from site.parts.relations(list(ox.inside(paragraph, "w:hyperlink")))


def _inside(site: Site, paragraph: _Element, texts: Sequence[Atom]) -> Iterator[Change]:
    """The change that cuts the passages out of a paragraph and leaves the rest."""
    gone: dict[_Element, list[int]] = defaultdict(list)
    removed: list[tuple[int, int, int]] = []
    kept: list[str] = []
    first = None
    for atom in texts:
        for at, char in enumerate(site.text(atom), atom.start):
            passage = site.passage(atom.block, at)
            if passage is None or not passage.core or not _is_cuttable(atom.element):
                kept.append(char)
                continue
            first = first or passage
            removed.append((atom.block, at, at + 1))
            if atom.element is not None:
                gone[atom.element].append(atom.first + at - atom.start)
    if first is None:
        return
    yield Change(
        safe=False,
        where=site.where(first),
        before=_shown(site, texts),
        after="".join(kept),
        removed=tuple(removed),
        edits=edits(_cut(site, gone), *(_cut(site, one) for one in _on_twins(site, paragraph, gone))),
    )


def _is_cuttable(element: _Element | None) -> bool:
    """Whether a piece of text may be cut: it stands in a run, and nobody has still to accept or refuse it."""
    return element is not None and _shape.is_text(element) and not _shape.is_revised(element)


def _cut(site: Site, gone: _Places) -> Iterator[Edit]:
    for element, places in gone.items():
        if ox.name(element) == "w:t":
            yield from site.parts.characters(element, places)
        else:
            yield from site.parts.whole([element])


def _on_twins(site: Site, paragraph: _Element, gone: _Places) -> Iterator[_Places]:
    """The same places in the paragraphs that say the same and are not read for themselves."""
    base: dict[_Element, int] = {}
    length = 0
    for one in own_texts(paragraph):
        base[one] = length
        length += len(one.text or "")
    wanted = {base[element] + at for element, places in gone.items() if element in base for at in places}
    for twin in site.parts.twins(paragraph, site.content):
        found: dict[_Element, list[int]] = {}
        at = 0
        for one in own_texts(twin):
            here = [place - at for place in wanted if at <= place < at + len(one.text or "")]
            if here:
                found[one] = here
            at += len(one.text or "")
        yield found


def _shown(site: Site, atoms: Sequence[Atom]) -> str:
    return "".join(map(site.text, atoms))
