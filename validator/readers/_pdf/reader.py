"""A PDF as a document: pages in rows, page furniture apart, then paragraphs, tables, notes and the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from validator.model.document import Block, Document, Kind, Notice

from .. import _limits, _notices
from .._base import Source
from .._draft import Draft, assemble, rendition
from .._page import furniture as _furniture
from .._page.flow import Body, take_footnotes
from .._page.furniture import Measures, Running, Sheet
from .._page.page import Layer, Page
from .._page.pictures import Pictures
from .._page.rows import rows
from .._page.tables import tables
from . import annots as _annots
from . import chars as _chars
from . import pdfium as _pdfium
from . import properties as _properties
from . import streams as _streams

_SPOILT, _SPOILT_LEAST = 0.2, 10


def read(source: Source) -> Document:
    """Read a PDF.

    Raises:
        ReadError: damaged, encrypted, or over a limit.
    """
    _streams.check(source)
    with _pdfium.document(source) as handle:
        if not pdfium.FPDF_DocumentHasValidCrossReferenceTable(handle) and _streams.is_cut_off(source):
            raise _streams.cut_off(source.path)
        found = _read_pages(handle, source)
        properties = _properties.information(handle)
        found.files.extend(_annots.attachments(handle))
    drafts = found.drafts()
    values = [*properties.values(), *_properties.packets(source.data)]
    drafts += [Draft(text=one, kind=Kind.META, part="properties") for one in dict.fromkeys(values)]
    if not found.has_text:
        drafts = []
    _limits.check_size(source.path, len(drafts), sum(len(draft.text) for draft in drafts))
    text = rendition(drafts)
    blocks, title = assemble(drafts, properties.get("Title", ""))
    return Document(
        path=source.path,
        format="pdf",
        encoding=None,
        source=text,
        blocks=blocks,
        title=title,
        notices=tuple(found.notices(blocks)),
    )


def _read_pages(handle: Any, source: Source) -> _Found:
    found = _Found(pages=pdfium.FPDF_GetPageCount(handle))
    if pdfium.FPDF_GetFormType(handle) == pdfium.FORMTYPE_XFA_FULL:
        # The pages only say that this program cannot show the form.
        found.unread.update(range(1, found.pages + 1))
    characters = 0
    with _pdfium.forms(handle) as form:
        for index in range(found.pages):
            with _pdfium.page(handle, index, source.path) as (page, text):
                annotations = _annots.read(handle, page, form, source.path)
                read = _chars.read_page(page, text, index + 1, source.path, annotations.fields)
                found.add(read, annotations, _annots.alternatives(page))
                characters += sum(len(layer.glyphs) for layer in read.layers) + len(read.hidden)
                _limits.check_size(source.path, 0, characters)
            if annotations.stamps:
                found.slanting.extend(_stamps(handle, index, source.path))
    return found


def _stamps(handle: Any, index: int, shown: str) -> Iterator[Running]:
    """Text of stamps and watermarks that are annotations: what is more when they are painted."""
    with _pdfium.page(handle, index, shown) as (page, text):
        before = len(_chars.painted(page, text, shown))
        if not _annots.keep_stamps(page):
            return
    with _pdfium.page(handle, index, shown) as (page, text):
        glyphs = _chars.painted(page, text, shown)[before:]
    upright = [one for one in glyphs if one.style.quadrant == 0]
    for row in rows(upright):
        yield Running(text=row.text, part="watermark", page=index + 1)
    others = [one for one in glyphs if one.style.quadrant != 0]
    yield from _furniture.slanting(others, index + 1)


def _sheet(layer: Layer, number: int) -> Sheet:
    found, rest, rules = tables(layer.glyphs, layer.rules)
    return Sheet(number=number, box=layer.box, rows=rows(rest), tables=found, rules=rules)


@dataclass(slots=True)
class _Found:
    """What is gathered page by page."""

    pages: int
    main: list[Sheet] = field(default_factory=list)
    turned: list[Sheet] = field(default_factory=list)
    slanting: list[Running] = field(default_factory=list)
    running: list[Running] = field(default_factory=list)
    hidden: list[Draft] = field(default_factory=list)
    boxes: list[Draft] = field(default_factory=list)
    comments: list[Draft] = field(default_factory=list)
    meta: list[Draft] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    notes: int = 0
    unread: set[int] = field(default_factory=set)
    pictures: Pictures = field(default_factory=Pictures)

    def add(self, page: Page, annotations: _annots.Annotations, alternatives: Sequence[str]) -> None:
        """Take in one page; its characters are not kept."""
        number = page.number
        total = sum(len(layer.glyphs) for layer in page.layers)
        spoilt = page.broken >= max(_SPOILT_LEAST, _SPOILT * total) or (page.broken and not page.readable)
        if page.drawn_only or spoilt:
            self.unread.add(number)
        if page.layers:
            self.main.append(_sheet(page.layers[0], number))
            self.turned.extend(_sheet(layer, number) for layer in page.layers[1:])
        self.slanting.extend(_furniture.slanting(page.slanting, number))
        self.pictures.take(page)
        texts = [row.text for row in rows(page.hidden)] + annotations.hidden
        self.hidden.extend(Draft(text=one, part="hidden", visible=False, page=number) for one in texts)
        self.boxes.extend(Draft(text=one, part="annotation", page=number) for one in annotations.boxes)
        self.comments.extend(
            Draft(text=one, kind=Kind.META, part="comment", page=number) for one in annotations.comments
        )
        for part, own in (("alt", alternatives), ("link", annotations.links)):
            self.meta.extend(
                Draft(text=one, kind=Kind.META, part=part, page=number) for one in dict.fromkeys(own)
            )
        self.files.extend(annotations.files)
        self.notes += annotations.notes

    @property
    def has_text(self) -> bool:
        """Whether any page has text that can be read."""
        return bool(self.main or self.slanting or self.hidden or self.boxes)

    def drafts(self) -> list[Draft]:
        """All text in reading order; what runs along the pages, notes and the rest after it."""
        measures = Measures.of(self.main)
        self.running = _furniture.furniture(self.main, measures)
        for sheet in self.main:
            take_footnotes(sheet, measures)
        self.unread.update(self.pictures.scans(self.main))
        body = Body()
        drafts = body.drafts(self.main)
        for sheet in self.turned:
            drafts += body.drafts([sheet])
        drafts += self.boxes
        once = {one.text: one for one in reversed([*self.slanting])}
        running = [*self.running, *reversed(once.values())]
        drafts += [Draft(text=one.text, kind=Kind.FURNITURE, part=one.part, page=one.page) for one in running]
        return [*drafts, *body.footnotes(self.main), *self.hidden, *self.comments, *self.meta]

    def notices(self, blocks: Sequence[Block]) -> Iterator[Notice]:
        """What the file holds that no block tells."""
        yield from _notices.pages_without_text(sorted(self.unread), self.pages)
        yield from _notices.draft_notices(blocks, comments=self.notes)
        yield from self.pictures.notices(blocks, self.unread)
        yield from _notices.embedded(self.files)
