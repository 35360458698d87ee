"""Vendor text of a Word document beside its paragraphs: watermarks, targets of links, properties."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from validator.mending import _shape
from validator.mending._model import Change, Edit, Passage
from validator.mending._parts import text_of
from validator.mending._site import Atom, Site, edits, normal, ranges
from validator.mending._words import significant
from validator.readers import _ooxml as ox

if TYPE_CHECKING:
    from lxml.etree import _Element

_UNITS = ("w:pict", "w:drawing", "mc:AlternateContent")
_RUNNING = ("header", "footer")
_PICTURES = ("a:blip", "v:imagedata", "pic:pic", "c:chart", "o:OLEObject", "dgm:relIds")
_ALTERNATIVE = ("descr", "title", "alt", "o:title")
_KINDS = ("core-properties", "extended-properties", "custom-properties")


def watermark_changes(site: Site) -> Iterator[Change]:
    """One change for each banned text of a watermark; it takes out every shape that says it."""
    blocks = {
        normal(str(block.text)): index
        for index, block in enumerate(site.document.blocks)
        if block.part == "watermark" and site.is_banned([site.whole_block(index)])
    }
    made: dict[tuple[int, ...], Change] = {}
    for unit in _units(site):
        said = _texts(unit)
        passage = site.first(site.whole_block(blocks[one]) for one in said if one in blocks)
        if passage is None or not said <= blocks.keys() or any(True for _ in ox.inside(unit, *_PICTURES)):
            continue
        atoms = [site.whole_block(index) for index in sorted(blocks[one] for one in said)]
        key = tuple(one.block for one in atoms)
        change = made.get(key) or Change(
            safe=site.is_safe(atoms),
            where=site.where(passage),
            before=" ".join(map(site.text, atoms)),
            after=None,
            removed=ranges([*atoms, *_names(site, unit)]),
            edits=(),
        )
        made[key] = replace(change, edits=edits(change.edits, site.parts.whole([_around(unit)])))
    yield from made.values()


def _units(site: Site) -> Iterator[_Element]:
    for root in site.parts.trees(_RUNNING):
        for one in ox.inside(root, *_UNITS):
            parent = one.getparent()
            if parent is not None and ox.name(parent) == "w:r":
                yield one


def _texts(unit: _Element) -> set[str]:
    said = [normal(ox.attribute(one, "string")) for one in ox.inside(unit, "v:textpath")]
    said += [normal(text_of(one)) for one in ox.inside(unit, "w:p")]
    said += [
        normal("".join(one.text or "" for one in ox.inside(text, "a:t"))) for text in ox.inside(unit, "a:p")
    ]
    return {one for one in said if one}


def _names(site: Site, unit: _Element) -> Iterator[Atom]:
    """Alternative text of a shape goes with it."""
    words = {normal(ox.attribute(one, key)) for one in unit.iter("*") for key in _ALTERNATIVE}
    paragraph = next(unit.iterancestors(*ox.clark("w:p")), None)
    for atom in site.beside(paragraph) if paragraph is not None else ():
        block = site.document.blocks[atom.block]
        if block.part == "alt" and normal(str(block.text)) in words:
            yield atom


def _around(unit: _Element) -> _Element:
    """The shape, or the run that holds nothing else."""
    run = unit.getparent()
    alone = run is not None and all(one is unit or ox.name(one) == "w:rPr" for one in run)
    return run if alone and run is not None else unit


def link_change(site: Site, passage: Passage) -> Iterator[Change]:
    """The change that makes text of a link to a vendor: the address goes, the words stay."""
    atom = site.whole_block(passage.block)
    target = str(site.document.blocks[passage.block].text)
    holder = getattr(site.document.blocks[passage.block].text, "holder", None)
    if holder is None or not site.is_banned([atom]) or site.parts.name(holder) is None:
        return
    links = [one for one in ox.inside(holder, "w:hyperlink") if site.parts.target(one) == target]
    if not links or any(map(_shape.is_revised, links)) or any(ox.value(one, "w:tooltip") for one in links):
        return
    yield Change(
        safe=False,
        where=site.where(passage),
        before=target,
        after=None,
        removed=ranges([atom]),
        edits=edits(*(site.parts.tags(one) for one in links), site.parts.relations(links)),
    )


def property_change(site: Site, passage: Passage) -> Iterator[Change]:
    """The change that takes a property of the document out, or the banned part of its value."""
    atom = site.whole_block(passage.block)
    value = site.text(atom)
    found = [
        (part, one) for part, one in _properties(site) if normal("".join(map(str, one.itertext()))) == value
    ]
    if not found:
        return
    if site.is_banned([atom]):
        cut = edits(*(_out(site, part, one) for part, one in found))
        yield Change(
            safe=site.is_safe([atom]),
            where=site.where(passage),
            before=value,
            after=None,
            removed=ranges([atom]),
            edits=cut,
        )
        return
    gone = [at for at in range(len(value)) if (one := site.passage(passage.block, at)) and one.core]
    if not gone:
        return
    yield Change(
        safe=False,
        where=site.where(passage),
        before=value,
        after="".join(char for at, char in enumerate(value) if at not in set(gone)),
        removed=tuple((passage.block, at, at + 1) for at in gone),
        edits=edits(*(_cut(site, part, one, value, gone) for part, one in found)),
    )


def _properties(site: Site) -> Iterator[tuple[str, _Element]]:
    package = site.parts.package
    for relation in package.relations("").values():
        if relation.type in _KINDS and not relation.external and package.has(relation.target):
            for element in package.xml(relation.target):
                yield relation.target, element


def _out(site: Site, part: str, element: _Element) -> Iterator[Edit]:
    yield Edit(part, *site.parts.bytes_of(part).whole(element))


def _cut(site: Site, part: str, element: _Element, value: str, gone: Iterable[int]) -> Iterator[Edit]:
    """Cut characters of a value, which is read with single blanks, out of the element that holds it."""
    leaf = next((one for one in element.iter("*") if (one.text or "").strip()), element)
    text = leaf.text or ""
    places = [at for at, char in enumerate(text) if not char.isspace()]
    shown = [at for at, char in enumerate(value) if not char.isspace()]
    place_of = dict(zip(shown, places, strict=False))
    if len(shown) == len(places):
        wanted = [place_of[at] for at in gone if significant(value[at]) or at in place_of]
        yield from site.parts.characters(leaf, wanted, part)
