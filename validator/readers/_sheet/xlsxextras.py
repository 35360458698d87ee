"""What stands on a sheet beside its cells: comments, headers, drawings, links, prompts; and names."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from validator.model.document import Kind

from .. import _drawingml as dml
from .. import _ooxml as ox
from .._draft import Draft
from .._drawingml import every, inner, local
from .drafts import Grid, place
from .xlsxcells import area, clean, reference, runs

if TYPE_CHECKING:
    from lxml.etree import _Element

_HEADERS = (
    ("oddHeader", "header"), ("evenHeader", "header"), ("firstHeader", "header"),
    ("oddFooter", "footer"), ("evenFooter", "footer"), ("firstFooter", "footer"),
)  # fmt: skip
_CODE = re.compile(r'&(?:"[^"]*"|K(?:[0-9A-Fa-f]{6}|\d\d[+-]\d{3})|\d{1,3}|[A-Za-z&])')
_SECTION = re.compile(r"&([LCR])")
_ALL_CODES = re.compile(r'&&|&[LCR]|&"[^"]*"')
_PAGE_WORDS = re.compile("[第共页码]|Page|of", re.IGNORECASE)
_PROMPTS = ("promptTitle", "prompt", "errorTitle", "error")
_LITERAL = re.compile('"([^"]*)"')
_MOST_FORMULA, _MOST_HEADER = 10_000, 4000
_OPEN_BREAK = re.compile(rb"<br\s*>", re.IGNORECASE)
_THREADED = ("[Threaded comment]", "[线程批注]", "[串接註解]", "[会话批注]")
_VML_SKIPPED = ("Note",)


def header_texts(code: str) -> list[str]:
    """The texts of a header or footer, left, centre and right; codes for page, date and fonts left out."""
    pieces: list[str] = []
    for section in _cut(code[:_MOST_HEADER]):
        plain = _CODE.sub(lambda match: "&" if match[0] == "&&" else "", section)
        text = " ".join(plain.split())
        if any(char.isalnum() for char in _PAGE_WORDS.sub("", text)):
            pieces.append(text)
    return pieces


def _cut(code: str) -> Iterator[str]:
    """Cut at &L, &C and &R, but not inside && or a font name."""
    start = 0
    for match in _ALL_CODES.finditer(code):
        if _SECTION.fullmatch(match[0]):
            yield code[start : match.start()]
            start = match.end()
    yield code[start:]


def names(workbook: _Element) -> Iterator[Draft]:
    """Defined names that hold a text, and the notes on them."""
    listed = inner(workbook, "definedNames")
    for one in listed if listed is not None else ():
        hidden = one.get("hidden") in ("1", "true")
        words = [match[1] for match in _LITERAL.finditer((one.text or "")[:_MOST_FORMULA])]
        for text in [*words, one.get("comment") or "", one.get("description") or ""]:
            if text.strip():
                yield Draft(text=text.strip(), kind=Kind.META, part="name", visible=not hidden)


def pivot_texts(package: ox.Package, parts: Iterable[ox.Relation]) -> Iterator[str]:
    """Texts in the caches of pivot tables."""
    for relation in parts:
        if not package.has(relation.target):
            continue
        definition = package.xml(relation.target)
        for one in every(definition, "s", "cacheField"):
            text = (one.get("v") or one.get("name") or "").strip()
            if text:
                yield clean(text)
        for records in package.relations(relation.target).values():
            if records.type == "pivotCacheRecords" and package.has(records.target):
                for one in every(package.xml(records.target), "s"):
                    if (one.get("v") or "").strip():
                        yield clean((one.get("v") or "").strip())


class Extras:
    """Everything of one sheet part but its cells; `comments` counts them."""

    def __init__(self, package: ox.Package, part: str, root: _Element, grid: Grid, media: dml.Media) -> None:
        self.package = package
        self.part = part
        self.root = root
        self.grid = grid
        self.media = media
        self.relations = package.relations(part)
        self.comments = 0

    def drafts(self) -> Iterator[Draft]:
        """Headers and footers, drawings, links, prompts, comments."""
        yield from self._headers()
        yield from self._links()
        yield from self._prompts()
        for relation in self.relations.values():
            if relation.external or not self.package.has(relation.target):
                continue
            if relation.type == "drawing":
                yield from self._drawing(relation.target)
            elif relation.type in ("vmlDrawing", "legacyDrawing"):
                yield from self._vml(relation.target)
        yield from self._comments()
        self._count()

    def _headers(self) -> Iterator[Draft]:
        seen: set[tuple[str, str]] = set()
        for holder in every(self.root, "headerFooter"):
            for tag, part in _HEADERS:
                found = inner(holder, tag)
                for text in header_texts(clean(found.text or "")) if found is not None else ():
                    if (part, text) not in seen:
                        seen.add((part, text))
                        yield Draft(text=text, kind=Kind.FURNITURE, part=part)

    def _at(self, ref: str, text: str, part: str, kind: Kind = Kind.META, *, visible: bool = True) -> Draft:
        first = area(ref.partition(" ")[0]) if ref else None
        cell = place(self.grid, first[0], first[1]) if first else None
        return Draft(text=" ".join(text.split()), kind=kind, part=part, cell=cell, visible=visible)

    def _links(self) -> Iterator[Draft]:
        listed = inner(self.root, "hyperlinks")
        for one in listed if listed is not None else ():
            ref = one.get("ref") or ""
            relation = self.relations.get(ox.attribute(one, "r:id") or "")
            if relation is not None and relation.external and relation.target.strip():
                yield self._at(ref, relation.target, "link")
            if (one.get("tooltip") or "").strip():
                yield self._at(ref, clean(one.get("tooltip") or ""), "alt")

    def _prompts(self) -> Iterator[Draft]:
        """What data validation says when a cell is chosen, and the choices that it offers."""
        for one in every(self.root, "dataValidation"):
            held = next((found.text for found in every(one, "sqref")), None)
            ref = one.get("sqref") or held or ""
            for key in _PROMPTS:
                text = clean(one.get(key) or "").strip()
                if text:
                    yield self._at(ref, text, "name", visible=False)
            formula = next((found.text for found in every(one, "formula1")), None) or ""
            for match in _LITERAL.finditer(formula[:_MOST_FORMULA]):
                if match[1].strip():
                    yield self._at(ref, match[1], "name", visible=False)
        for one in every(self.root, "scenario"):
            if (one.get("comment") or "").strip():
                yield self._at("", one.get("comment") or "", "name")

    def _drawing(self, part: str) -> Iterator[Draft]:
        canvas = dml.Canvas(
            package=self.package, part=part, media=self.media, where=f"工作表“{self.grid.name}”"
        )
        for anchor in self.package.xml(part):
            start = inner(anchor, "from")
            canvas.cell = None
            if start is not None:
                row, column = (_number(inner(start, one)) for one in ("row", "col"))
                canvas.cell = place(self.grid, row + 1, column + 1)
            for shape in dml.shapes(anchor):
                body = inner(shape.element, "txBody")
                for text in dml.paragraphs(body) if body is not None else ():
                    yield canvas.draft(text, "textbox", hidden=shape.hidden)
                yield from canvas.extras(shape)

    def _vml(self, part: str) -> Iterator[Draft]:
        """Form controls and old shapes; Office itself writes this part as bad XML."""
        from lxml import etree

        parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False)
        try:
            root = etree.fromstring(_OPEN_BREAK.sub(b"<br/>", self.package.read(part)), parser)
        except (etree.XMLSyntaxError, ValueError):
            root = None
        if root is None:
            return
        for shape in (one for one in root.iter() if local(one) in ("shape", "rect", "roundrect", "oval")):
            data = next((one for one in shape.iter() if local(one) == "ClientData"), None)
            if data is not None and data.get("ObjectType") in _VML_SKIPPED:
                continue
            for one in shape.iter():
                text = ""
                if local(one) == "textpath":
                    text = one.get("string") or ""
                elif local(one) == "textbox":
                    text = "".join(str(piece) for piece in one.itertext())
                if text.strip():
                    kind, name = (
                        (Kind.FURNITURE, "watermark")
                        if local(one) == "textpath"
                        else (Kind.PARAGRAPH, "textbox")
                    )
                    yield Draft(text=" ".join(text.split()), kind=kind, part=name)

    def _comments(self) -> Iterator[Draft]:
        threaded: set[str] = set()
        for part in self._parts("threadedComment"):
            for one in every(self.package.xml(part), "threadedComment"):
                text = " ".join((found.text or "") for found in one if local(found) == "text").strip()
                threaded.add((one.get("ref") or "").upper())
                self.comments += 1
                yield self._at(one.get("ref") or "", clean(text), "comment")
        for part in self._parts("comments"):
            for one in every(self.package.xml(part), "comment"):
                body = inner(one, "text")
                text = "".join(piece for piece, _ in runs(body)) if body is not None else ""
                ref = (one.get("ref") or "").upper()
                if ref in threaded and text.lstrip().startswith(_THREADED):
                    continue  # a copy for programs that know no threads
                self.comments += 1
                if text.strip():
                    yield self._at(ref, text, "comment")

    def _parts(self, kind: str) -> Sequence[str]:
        found = [one.target for one in self.relations.values() if one.type == kind and not one.external]
        return [one for one in dict.fromkeys(found) if self.package.has(one)]

    def _count(self) -> None:
        """Embedded files and the picture behind the cells."""
        objects: dict[str, str] = {}
        for one in every(self.root, "oleObject"):
            relation = self.relations.get(ox.attribute(one, "r:id") or "")
            file = posixpath.basename(relation.target) if relation is not None else ""
            kind = one.get("progId") or ""
            objects.setdefault(
                one.get("shapeId") or file, f"{kind}（{file}）" if kind and file else kind or file
            )
        self.media.embedded.extend(objects.values())
        if inner(self.root, "picture") is not None:
            self.media.pictures.append(f"工作表“{self.grid.name}”")


def _number(element: _Element | None) -> int:
    text = (element.text or "").strip() if element is not None else ""
    found = int(text) if text.isdecimal() and len(text) < 8 else 0
    return found if reference(f"A{found + 1}") else 0
