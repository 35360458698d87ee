"""The parts of a Word package that can be changed: their trees, their bytes, and copies of a paragraph."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from validator.mending._model import Edit
from validator.mending._xmlbytes import XmlBytes
from validator.readers import _ooxml as ox

if TYPE_CHECKING:
    from lxml.etree import _Element

_RUNNING = ("header", "footer")


class Parts:
    """The parts of a package by the elements in them."""

    def __init__(self, package: ox.Package) -> None:
        self.package = package
        self._bytes: dict[str, XmlBytes] = {}
        self._counts: dict[str, Counter[str]] = {}
        self._main = package.main_part()
        named = [one.target for one in self._related(self._main) if one.target.lower().endswith(".xml")]
        self._names = {self._root(one): one for one in dict.fromkeys((self._main, *named))}

    def _root(self, part: str) -> _Element:
        return self.package.xml(part)

    def _related(self, part: str) -> list[ox.Relation]:
        found = self.package.relations(part).values()
        return [one for one in found if not one.external and self.package.has(one.target)]

    @cached_property
    def running(self) -> dict[str, list[str]]:
        """The names of the headers and of the footers."""
        found = self._related(self._main)
        return {kind: sorted({one.target for one in found if one.type == kind}) for kind in _RUNNING}

    def name(self, element: _Element) -> str | None:
        """The part that an element stands in; None where it is none that can be changed."""
        return self._names.get(element.getroottree().getroot())

    def bytes_of(self, part: str) -> XmlBytes:
        """The bytes of a part.

        Raises:
            UneditableError: it is written so that no single place of it can be changed.
        """
        if part not in self._bytes:
            self._bytes[part] = XmlBytes(self.package.read(part), self._root(part))
        return self._bytes[part]

    def whole(self, elements: Iterable[_Element]) -> Iterator[Edit]:
        """What takes out elements with all that is in them."""
        for one in elements:
            part = self.name(one) or ""
            yield Edit(part, *self.bytes_of(part).whole(one))

    def tags(self, element: _Element) -> Iterator[Edit]:
        """What takes out the tags of an element and leaves what is in it."""
        part = self.name(element) or ""
        for start, end in self.bytes_of(part).tags(element):
            yield Edit(part, start, end)

    def characters(self, element: _Element, places: Iterable[int], part: str = "") -> Iterator[Edit]:
        """What takes out characters of the text of an element."""
        part = part or self.name(element) or ""
        for start, end in self.bytes_of(part).characters(element, places):
            yield Edit(part, start, end)

    def target(self, link: _Element) -> str:
        """The address that a hyperlink leads to, "" where it leads to a place in the document."""
        part = self.name(link)
        found = self.package.relations(part).get(ox.value(link, "r:id")) if part else None
        if found is None or not found.external:
            return ""
        anchor = ox.value(link, "w:anchor")
        return found.target + (f"#{anchor}" if anchor and "#" not in found.target else "")

    def relations(self, links: Sequence[_Element]) -> Iterator[Edit]:
        """What takes out the relationships of hyperlinks that go, where nothing else uses them."""
        for link in links:
            part, key = self.name(link), ox.value(link, "r:id")
            if not part or not key or not self.target(link):
                continue
            if self._uses(part)[key] > 1:
                continue
            folder, file = posixpath.split(part)
            rels = posixpath.join(folder, "_rels", f"{file}.rels")
            for one in ox.children(self._root(rels), "rel:Relationship"):
                if one.get("Id") == key:
                    yield Edit(rels, *self.bytes_of(rels).whole(one))

    def _uses(self, part: str) -> Counter[str]:
        """How often each value stands in an attribute of the part."""
        if part not in self._counts:
            values = (str(value) for one in self._root(part).iter("*") for value in one.attrib.values())
            self._counts[part] = Counter(values)
        return self._counts[part]

    def twins(self, paragraph: _Element, known: Iterable[_Element]) -> list[_Element]:
        """Paragraphs that hold the same text and are not read for themselves: in the other branches of
        alternative content, and in other headers or footers."""
        text, mine = text_of(paragraph), set(known)
        if not text.strip():
            return []
        found: list[_Element] = []
        for above in paragraph.iterancestors(*ox.clark("mc:AlternateContent")):
            found += ox.inside(above, "w:p")
        part = self.name(paragraph)
        for parts in self.running.values():
            if part in parts:
                for one in parts:
                    found += ox.inside(self._root(one), "w:p")
        unique = dict.fromkeys(one for one in found if one is not paragraph and one not in mine)
        return [one for one in unique if text_of(one) == text]

    def trees(self, kinds: Iterable[str]) -> Iterator[_Element]:
        """The roots of all headers or footers."""
        for kind in kinds:
            for part in self.running[kind]:
                yield self._root(part)


def own_texts(paragraph: _Element) -> list[_Element]:
    """The pieces of text of a paragraph, without those of text boxes in it."""
    return [
        one
        for one in ox.inside(paragraph, "w:t")
        if next(one.iterancestors(*ox.clark("w:p")), None) is paragraph
    ]


def text_of(paragraph: _Element) -> str:
    """The text of a paragraph as it stands in its pieces."""
    return "".join(one.text or "" for one in own_texts(paragraph))
