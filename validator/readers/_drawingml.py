"""What workbooks and presentations share: shapes and their text, charts, diagrams, properties, media."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from validator.model.document import Cell, Kind

from . import _ooxml as ox
from ._draft import Draft

if TYPE_CHECKING:
    from lxml.etree import _Element

_SHAPES = frozenset({"sp", "pic", "graphicFrame", "cxnSp", "contentPart", "grpSp"})
_NUMBERS = frozenset({"numCache", "numLit", "numDim"})
_LINKS = frozenset({"hlinkClick", "hlinkHover", "hlinkMouseOver"})
_MEDIA = frozenset({"video", "audio", "media"})
_EMBEDDED = frozenset({"oleObject", "package"})
_PROPERTIES = frozenset(
    [
        *("title", "subject", "creator", "keywords", "description", "category", "lastModifiedBy"),
        *("contentStatus", "Company", "Manager", "HyperlinkBase"),
    ]
)


def local(element: _Element) -> str:
    """Tag without its namespace, the same for transitional and strict files; "" for comments."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def inner(element: _Element | None, *wanted: str) -> _Element | None:
    """The first child by these local names, one level for each."""
    for one in wanted:
        if element is None:
            return None
        element = next((child for child in element if local(child) == one), None)
    return element


def every(element: _Element, *wanted: str) -> Iterator[_Element]:
    """All elements inside with one of these local names, in document order; of alternative content only
    the branch that is shown."""
    stack = [element]
    while stack:
        one = stack.pop()
        if local(one) in wanted:
            yield one
        stack.extend(reversed(_branch(one)))


def _branch(element: _Element) -> list[_Element]:
    """The children; of alternative content those of the first branch that has text or a shape."""
    if local(element) != "AlternateContent":
        return list(element)
    branches = [one for one in element if local(one) in ("Choice", "Fallback")]
    for branch in branches:
        if any(local(one) in ("t", "pic", "chart", "relIds", "oleObj", "textpath") for one in branch.iter()):
            return list(branch)
    return list(branches[0]) if branches else []


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape, picture, frame or group; `hidden` says that it or its group is switched off."""

    element: _Element
    hidden: bool


def shapes(tree: _Element) -> Iterator[Shape]:
    """Every shape below `tree`, a group before what is in it."""
    stack = [(one, False) for one in reversed(_branch(tree))]
    while stack:
        element, hidden = stack.pop()
        if local(element) in _SHAPES:
            named = _named(element)
            hidden = hidden or (named is not None and named.get("hidden") in ("1", "true"))
            yield Shape(element, hidden)
        if local(element) in ("grpSp", "AlternateContent"):
            stack.extend((one, hidden) for one in reversed(_branch(element)))


def _named(shape: _Element) -> _Element | None:
    for child in shape:
        if local(child).startswith("nv"):
            return inner(child, "cNvPr")
    return None


def paragraphs(body: _Element) -> list[str]:
    """The paragraphs of a text body; a line break inside one is a blank, the slide number is left out."""
    return [text for text in (paragraph(one) for one in every(body, "p")) if text]


def paragraph(element: _Element) -> str:
    """Text of one paragraph, formulas and fields included."""
    pieces: list[str] = []
    stack = list(reversed(_branch(element)))
    while stack:
        one = stack.pop()
        tag = local(one)
        if tag == "t":
            pieces.append(one.text or "")
        elif tag == "br":
            pieces.append(" ")
        elif tag != "fld" or one.get("type") != "slidenum":
            stack.extend(reversed(_branch(one)))
    return "".join(pieces).replace("\v", " ").replace("\n", " ").strip(" \t\r　\u00a0")


@dataclass(slots=True)
class Media:
    """What is counted and named over the whole file: pictures with their places, embedded files."""

    pictures: list[str] = field(default_factory=list)
    embedded: list[str] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Canvas:
    """One part with shapes on it. `cell` and `page` are the place of its drafts, `where` is that place
    in words."""

    package: ox.Package
    part: str
    media: Media
    where: str
    page: int | None = None
    cell: Cell | None = None
    _seen: set[tuple[str, str]] = field(default_factory=set)
    _relations: dict[str, ox.Relation] | None = None

    @property
    def relations(self) -> dict[str, ox.Relation]:
        """Relationships of the part."""
        if self._relations is None:
            self._relations = self.package.relations(self.part)
        return self._relations

    def draft(self, text: str, part: str, kind: Kind = Kind.PARAGRAPH, *, hidden: bool = False) -> Draft:
        """A draft at this place; a hidden one is in the part "hidden"."""
        if hidden and kind is Kind.PARAGRAPH:
            part = "hidden"
        return Draft(text=text, part=part, kind=kind, cell=self.cell, page=self.page, visible=not hidden)

    def target(self, element: _Element, *names: str) -> ox.Relation | None:
        """The relationship that an element names by one of these attributes of the namespace r."""
        for one in names:
            found = self.relations.get(ox.attribute(element, f"r:{one}") or "")
            if found is not None:
                return found
        return None

    def extras(self, shape: Shape) -> list[Draft]:
        """Whatever belongs to a shape beside its own text: alternative text, links, charts, diagrams;
        pictures and objects are counted."""
        own = [shape.element] if local(shape.element) != "grpSp" else []
        named = _named(shape.element)
        out = list(self._alternative(named, hidden=shape.hidden))
        for element in own or ([named] if named is not None else []):
            found = list(every(element, *_LINKS, "chart", "relIds", "blip", "oleObj"))
            preview = any(local(one) == "oleObj" for one in found)
            for one in found:
                if not (preview and local(one) == "blip"):
                    out.extend(self._extra(one, hidden=shape.hidden))
        return out

    def _alternative(self, named: _Element | None, *, hidden: bool) -> Iterator[Draft]:
        for key in ("descr", "title"):
            words = " ".join((named.get(key) or "").split()) if named is not None else ""
            if words:
                yield from self._once(words, "alt", hidden=hidden)

    def _once(self, text: str, part: str, *, hidden: bool = False) -> Iterator[Draft]:
        if (text, part) not in self._seen:
            self._seen.add((text, part))
            yield self.draft(text, part, Kind.META, hidden=hidden)

    def _extra(self, element: _Element, *, hidden: bool) -> Iterator[Draft]:
        tag = local(element)
        found = self.target(element, "id", "embed", "link", "dm")
        if tag == "blip":
            self.media.pictures.append(self.where)
        if tag in _LINKS and (element.get("tooltip") or "").strip():
            yield from self._once((element.get("tooltip") or "").strip(), "alt", hidden=hidden)
        if tag == "oleObj":
            self._object(element, found)
        if found is None:
            return
        if found.external:
            yield from self._once(found.target, "link", hidden=hidden)
        elif tag == "chart":
            yield from self._chart(found.target, hidden=hidden)
        elif tag == "relIds":
            for text in self._diagram(found.target):
                yield self.draft(text, "diagram", hidden=hidden)

    def _object(self, element: _Element, found: ox.Relation | None) -> None:
        kind = element.get("progId") or element.get("name") or ""
        file = posixpath.basename(found.target) if found is not None else ""
        self.media.embedded.append(f"{kind}（{file}）" if kind and file else kind or file or "OLE")

    def _chart(self, part: str, *, hidden: bool) -> Iterator[Draft]:
        if not self.package.has(part):
            return
        for text in chart_texts(self.package.xml(part)):
            yield self.draft(text, "chart", Kind.FURNITURE, hidden=hidden)
        for one in self.package.relations(part).values():
            if one.type == "chartUserShapes" and self.package.has(one.target):
                for body in every(self.package.xml(one.target), "txBody"):
                    for text in paragraphs(body):
                        yield self.draft(text, "chart", Kind.FURNITURE, hidden=hidden)
            elif one.external:
                yield from self._once(one.target, "link", hidden=hidden)
            elif one.type in _EMBEDDED:
                self.media.embedded.append(f"图表数据（{posixpath.basename(one.target)}）")

    def _diagram(self, part: str) -> list[str]:
        return paragraphs(self.package.xml(part)) if self.package.has(part) else []

    def name_media(self) -> None:
        """Sound and video of the part are embedded files too."""
        for one in self.relations.values():
            name = posixpath.basename(one.target)
            if one.type in _MEDIA and not one.external and name not in self.media.embedded:
                self.media.embedded.append(name)


def chart_texts(root: _Element) -> list[str]:
    """Titles, labels, names of series and of categories of a chart, each once; not its numbers."""
    found: dict[str, None] = {}
    stack = [root]
    while stack:
        element = stack.pop()
        tag = local(element)
        if tag in _NUMBERS:
            continue
        text = ""
        if tag == "p":
            text = paragraph(element)
        elif tag in ("v", "pt") and len(element) == 0:
            text = (element.text or "").strip()
        else:
            stack.extend(reversed(_branch(element)))
        if text:
            found.setdefault(text)
    return list(found)


def properties(package: ox.Package) -> tuple[list[Draft], str]:
    """Core, extended and custom properties that a reader of the file's properties sees, and the title."""
    out: list[Draft] = []
    title = ""
    for kind in ("core-properties", "extended-properties", "custom-properties"):
        for relation in package.relations("").values():
            if relation.type != kind or relation.external or not package.has(relation.target):
                continue
            for element in package.xml(relation.target):
                text = " ".join("".join(str(one) for one in element.itertext()).split())
                custom = kind == "custom-properties"
                if text and (custom or local(element) in _PROPERTIES):
                    out.append(Draft(text=text, kind=Kind.META, part="properties"))
                if local(element) == "title" and not custom:
                    title = title or text
    return out, title
