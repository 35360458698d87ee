"""An OFD as a document: pages in rows, page furniture apart, then paragraphs, tables, notes and the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from validator.model.document import Block, Document, Kind, Notice

from .. import _limits, _notices
from .._base import Source
from .._draft import Draft, assemble, rendition
from .._ooxml import Package
from .._page import furniture as _furniture
from .._page.flow import Body, take_footnotes
from .._page.furniture import Measures, Running, Sheet
from .._page.page import Box, Glyph, Layer, Page
from .._page.pictures import Pictures
from .._page.rows import rows
from .._page.tables import tables
from . import extras as _extras
from .draw import POINTS, Space
from .page import Budget, Content, page_space, uris
from .res import Resources
from .xml import Files, attributes, child, children, text

if TYPE_CHECKING:
    from lxml.etree import _Element

_A4 = Box(0.0, 0.0, 210.0, 297.0)
_MANY_CURVES = 150
_MOST_PAGES = 5000
_SPOILT, _SPOILT_LEAST = 0.2, 10
_ROOT = "OFD.xml"
_ENCRYPTED = "Encryptions.xml"


def read(source: Source) -> Document:
    """Read an OFD.

    Raises:
        ReadError: damaged, encrypted, or over a limit.
    """
    package = Package(source.data, source.path)
    if package.has(_ENCRYPTED):
        raise _limits.encrypted(source.path)
    found = _Found(files=Files(package), budget=Budget(source.path))
    bodies = list(children(package.xml(_ROOT), "docbody"))
    if not bodies:
        raise _limits.damaged(source.path, "不是 OFD 文件（找不到文档）", "not an OFD (no document in it)")
    for body in bodies:
        found.document(body)
    drafts = found.drafts()
    _limits.check_size(source.path, len(drafts), sum(len(draft.text) for draft in drafts))
    rendered = rendition(drafts)
    blocks, title = assemble(drafts, found.title)
    return Document(
        path=source.path,
        format="ofd",
        encoding=None,
        source=rendered,
        blocks=blocks,
        title=title,
        notices=tuple(found.notices(blocks)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shared:
    """What the pages of one document have in common."""

    part: str
    root: _Element
    resources: Resources
    box: Box
    templates: dict[str, tuple[str, str]]
    annotations: dict[str, list[str]]


@dataclass(slots=True, kw_only=True)
class _Found:
    """What is gathered page by page."""

    files: Files
    budget: Budget
    title: str = ""
    pages: int = 0
    main: list[Sheet] = field(default_factory=list)
    turned: list[Sheet] = field(default_factory=list)
    watermarks: list[Running] = field(default_factory=list)
    hidden: list[Draft] = field(default_factory=list)
    boxes: list[Draft] = field(default_factory=list)
    meta: list[Draft] = field(default_factory=list)
    properties: list[str] = field(default_factory=list)
    outline: list[str] = field(default_factory=list)
    attached: list[str] = field(default_factory=list)
    comments: int = 0
    unread: set[int] = field(default_factory=set)
    pictures: Pictures = field(default_factory=Pictures)

    def document(self, body: _Element) -> None:
        """Take in one document of the package.

        Raises:
            ReadError: when it is not there, damaged, or over a limit.
        """
        values = list(_extras.properties(body))
        self.title = self.title or next((words for kind, words in values if kind == "title"), "")
        self.properties.extend(words for _, words in values if words)
        part = self.files.find(text(child(body, "docroot")), _ROOT)
        if part is None:
            raise _limits.damaged(self.budget.shown, "缺少内部文件 Document.xml", "Document.xml is missing")
        root = self.files.xml(part)
        shared = self._shared(root, part)
        self._link(uris(root), None)
        self.outline.extend(_extras.outline(root))
        self.attached.extend(_extras.attachments(self.files, root, part))
        self.properties.extend(_extras.tags(self.files, root, part))
        for page in children(child(root, "pages"), "page"):
            self.pages += 1
            if self.pages > _MOST_PAGES:
                raise _limits.over(
                    self.budget.shown, f"页数超过 {_MOST_PAGES} 页", f"more than {_MOST_PAGES} pages"
                )
            self._page(page, shared)

    def _shared(self, root: _Element, part: str) -> _Shared:
        common = child(root, "commondata", "common")
        resources = Resources()
        resources.read(self.files, common, part)
        templates: dict[str, tuple[str, str]] = {}
        for one in children(common, "templatepage"):
            values = attributes(one)
            found = self.files.find(_location(one), part)
            if found is not None:
                templates[values.get("id", "")] = (found, values.get("zorder", ""))
        return _Shared(
            part=part,
            root=root,
            resources=resources,
            box=page_space(child(common, "pagearea"), _A4).box,
            templates=templates,
            annotations=_extras.annotation_files(self.files, root, part),
        )

    def _page(self, listed: _Element, shared: _Shared) -> None:
        part = self.files.find(_location(listed), shared.part)
        if part is None:
            self.unread.add(self.pages)
            return
        root = self.files.xml(part)
        space = page_space(child(root, "area"), shared.box)
        shared.resources.read(self.files, root, part)
        content = Content(resources=shared.resources, budget=self.budget)
        behind, before = self._templates(root, shared)
        for one in behind:
            content.walk(children(self.files.xml(one), "content"), space, artifact=True)
        content.walk(children(root, "content"), space)
        for one in before:
            content.walk(children(self.files.xml(one), "content"), space, artifact=True)
        self._link([*uris(root), *content.links], self.pages)
        self._take(content.page(self.pages, _points(space.box)))
        if content.drawn.curves > _MANY_CURVES:
            self.pictures.mostly_picture.add(self.pages)
        for one in shared.annotations.get(attributes(listed).get("id", ""), ()):
            self._annotations(one, space, shared.resources)

    def _templates(self, page: _Element, shared: _Shared) -> tuple[list[str], list[str]]:
        """Template files that are painted behind and before the content of a page (7.7)."""
        behind: list[str] = []
        before: list[str] = []
        for one in children(page, "template"):
            values = attributes(one)
            part, order = shared.templates.get(values.get("templateid", ""), ("", ""))
            order = values.get("zorder", order).lower()
            if part:
                (before if order == "foreground" else behind).append(part)
        return behind, before

    def _take(self, page: Page) -> None:
        total = sum(len(layer.glyphs) for layer in page.layers)
        spoilt = page.broken >= max(_SPOILT_LEAST, _SPOILT * total)
        if page.drawn_only or not page.readable or spoilt:
            self.unread.add(page.number)
        if page.layers:
            self.main.append(_sheet(page.layers[0], page.number))
            self.turned.extend(_sheet(layer, page.number) for layer in page.layers[1:])
        self.watermarks.extend(_furniture.slanting(page.slanting, page.number))
        self.hidden.extend(_hidden(words, page.number) for words in _texts(page.hidden))
        self.pictures.take(page)

    def _annotations(self, part: str, space: Space, resources: Resources) -> None:
        watermark, other = (Content(resources=resources, budget=self.budget) for _ in range(2))
        found = _extras.page_annotations(self.files, part, space, self.pages, watermark, other)
        self.meta.extend(found.drafts)
        self.comments += found.comments
        self.hidden.extend(_hidden(words, self.pages) for words in found.hidden)
        for content in (watermark, other):
            self._link(content.links, self.pages)
            page = content.page(self.pages, _points(space.box))
            self.pictures.take(page)
            self.hidden.extend(_hidden(words, self.pages) for words in _texts(page.hidden))
            words = [one for layer in page.layers for one in _texts(layer.glyphs)]
            words += [one.text for one in _furniture.slanting(page.slanting, self.pages)]
            if content is watermark:
                self.watermarks.extend(Running(text=one, part="watermark", page=self.pages) for one in words)
            else:
                self.boxes.extend(Draft(text=one, part="annotation", page=self.pages) for one in words)

    def _link(self, links: Sequence[str] | Iterator[str], page: int | None) -> None:
        self.meta.extend(
            Draft(text=one, kind=Kind.META, part="link", page=page) for one in dict.fromkeys(links)
        )

    def drafts(self) -> list[Draft]:
        """All text in reading order; what runs along the pages, notes and the rest after it."""
        measures = Measures.of(self.main)
        running = _furniture.furniture(self.main, measures)
        for sheet in self.main:
            take_footnotes(sheet, measures)
        self.unread.update(self.pictures.scans(self.main))
        body = Body()
        drafts = body.drafts(self.main)
        for sheet in self.turned:
            drafts += body.drafts([sheet])
        known = {draft.text for draft in drafts}
        once = {one.text: one for one in reversed(self.watermarks)}
        running = [*running, *reversed(once.values())]
        drafts += self.boxes
        drafts += [Draft(text=one.text, kind=Kind.FURNITURE, part=one.part, page=one.page) for one in running]
        drafts += [*body.footnotes(self.main), *self.hidden, *self.meta]
        for part, texts in (("attachment", self.attached), ("properties", self._properties(known))):
            drafts += [Draft(text=one, kind=Kind.META, part=part) for one in texts]
        return drafts

    def _properties(self, known: set[str]) -> list[str]:
        # The outline repeats the headings; only what is nowhere on the pages is told.
        return list(dict.fromkeys([*self.properties, *(one for one in self.outline if one not in known)]))

    def notices(self, blocks: Sequence[Block]) -> Iterator[Notice]:
        """What the file holds that no block tells."""
        yield from _notices.pages_without_text(sorted(self.unread), self.pages)
        yield from _notices.draft_notices(blocks, comments=self.comments)
        yield from self.pictures.notices(blocks, self.unread)
        yield from _notices.embedded(self.attached, _notices.first_of(blocks, "attachment"))


def _location(element: _Element) -> str:
    return attributes(element).get("baseloc") or text(child(element, "baseloc"))


def _points(box: Box) -> Box:
    return Box(0.0, 0.0, box.width * POINTS, box.height * POINTS)


def _sheet(layer: Layer, number: int) -> Sheet:
    found, rest, rules = tables(layer.glyphs, layer.rules)
    return Sheet(number=number, box=layer.box, rows=rows(rest), tables=found, rules=rules)


def _texts(glyphs: Sequence[Glyph]) -> Iterator[str]:
    return (row.text for row in rows(glyphs))


def _hidden(words: str, page: int) -> Draft:
    return Draft(text=words, part="hidden", visible=False, page=page)
