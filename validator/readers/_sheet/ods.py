"""OpenDocument spreadsheets (OASIS ODF 1.3): the sheets of content.xml, headers of styles.xml, meta.xml."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from validator.model.document import Block, Document, Kind, Notice

from .. import _limits, _notices
from .. import _ooxml as ox
from .._base import Source
from .._draft import Draft, assemble, rendition
from .._drawingml import every, local
from .drafts import Grid, drafts
from .odssheet import Found, OdsSheet, OdsStyles, paragraph, paragraphs
from .xlsxcells import stream

if TYPE_CHECKING:
    from lxml.etree import _Element

_META = frozenset(
    {"title", "subject", "description", "creator", "initial-creator", "keyword", "printed-by", "user-defined"}
)
_RUNNING = re.compile("(header|footer)(?:-left|-first)?")
_VALIDATION = ("help-message", "error-message")
_LITERAL = re.compile('"([^"]*)"')
_STRUCTURE = (
    "table",
    "table-column",
    "table-row",
    "tracked-changes",
    "content-validation",
    "named-expression",
)
_PAGE_WORDS = re.compile(r"[第共页码\s\d/]|Page|of", re.IGNORECASE)


def read(source: Source) -> Document:
    """Read an OpenDocument spreadsheet.

    Raises:
        ReadError: damaged, encrypted, or over a limit.
    """
    book = _OdsBook(ox.Package(source.data, source.path))
    grids = book.grids()
    found = [*drafts(grids, source.path), *book.rest()]
    _limits.check_size(source.path, len(found), sum(len(one.text) for one in found))
    text = rendition(found)
    blocks, title = assemble(found, book.title)
    return Document(
        path=source.path,
        format="ods",
        encoding=None,
        source=text,
        blocks=blocks,
        title=title,
        notices=tuple(book.notices(blocks)),
    )


class _OdsBook:
    """The parts of one spreadsheet."""

    def __init__(self, package: ox.Package) -> None:
        self.package = package
        self.title = ""
        self.found = Found()
        self.revisions = 0
        self.others: list[Draft] = []
        if package.has("META-INF/manifest.xml"):
            for one in package.xml("META-INF/manifest.xml").iter():
                if local(one) == "encryption-data":
                    raise _limits.encrypted(package.shown)

    def grids(self) -> list[Grid]:
        """All sheets, read as a stream."""
        common = self.package.xml("styles.xml") if self.package.has("styles.xml") else None
        styles: OdsStyles | None = None
        sheets: list[OdsSheet] = []
        depth = 0
        count = 0
        for event, element in stream(self.package, "content.xml", *_STRUCTURE):
            tag = local(element)
            if event == "root":
                break
            if tag == "table":
                depth += 1 if event == "start" else -1
                if event == "start" and depth == 1:
                    if styles is None:
                        styles = OdsStyles(common, element.getroottree().getroot())
                    sheets.append(OdsSheet(self.package.shown, element, styles, self.found))
                elif event == "end" and depth == 0 and sheets:
                    sheets[-1].finish(element)
                    count += sheets[-1].count
                    element.clear()
            elif depth == 0 and event == "end":
                self._other(tag, element)
            elif depth == 1 and sheets:
                _structure(sheets[-1], tag, event, element)
            _limits.check_size(self.package.shown, count)
        return [one.grid() for one in sheets]

    def _other(self, tag: str, element: _Element) -> None:
        if tag == "tracked-changes":
            self.revisions += sum(1 for one in element if local(one))
            for text in paragraphs(element):
                self.others.append(Draft(text=text, part="deleted", visible=False))
        elif tag == "content-validation":
            for one in every(element, *_VALIDATION):
                for text in [_named(one, "title"), *paragraphs(one)]:
                    if text:
                        self.others.append(Draft(text=text, kind=Kind.META, part="name", visible=False))
        elif tag == "named-expression":
            for match in _LITERAL.finditer(_named(element, "expression")[:10_000]):
                if match[1].strip():
                    self.others.append(Draft(text=match[1].strip(), kind=Kind.META, part="name"))

    def rest(self) -> Iterator[Draft]:
        """What belongs to no sheet: headers and footers, charts, names and prompts, properties."""
        yield from self.others
        for text in self.found.literals:
            part = "link" if "://" in text else "field"
            yield Draft(text=text, kind=Kind.META, part=part, visible=part == "link")
        if self.package.has("styles.xml"):
            yield from self._running(self.package.xml("styles.xml"))
        for href in dict.fromkeys(self.found.objects):
            yield from self._object(href)
        if self.package.has("meta.xml"):
            yield from self._properties(self.package.xml("meta.xml"))

    def _running(self, root: _Element) -> Iterator[Draft]:
        seen: set[tuple[str, str]] = set()
        for holder in root.iter():
            match = _RUNNING.fullmatch(local(holder))
            if match is None or _named(holder, "display") == "false":
                continue
            for one in every(holder, "p"):
                text = paragraph(one, fields=False)
                key = (match[1], text)
                if key not in seen and any(char.isalnum() for char in _PAGE_WORDS.sub("", text)):
                    seen.add(key)
                    yield Draft(text=text, kind=Kind.FURNITURE, part=match[1])

    def _object(self, href: str) -> Iterator[Draft]:
        part = posixpath.normpath(href).lstrip("/") + "/content.xml"
        if not self.package.has(part):
            self.found.embedded.append(posixpath.basename(href.rstrip("/")))
            return
        root = self.package.xml(part)
        if not any(local(one) == "chart" for one in root.iter()):
            self.found.embedded.append(posixpath.basename(href.rstrip("/")))
        for text in dict.fromkeys(paragraphs(root)):
            if not text.replace(".", "").replace("-", "").isdigit() and text != "NaN":
                yield Draft(text=text, kind=Kind.FURNITURE, part="chart")

    def _properties(self, root: _Element) -> Iterator[Draft]:
        for one in root.iter():
            text = " ".join((one.text or "").split())
            if local(one) in _META and text:
                self.title = self.title or (text if local(one) == "title" else "")
                yield Draft(text=text, kind=Kind.META, part="properties")

    def notices(self, blocks: tuple[Block, ...]) -> Iterator[Notice]:
        """What is left in the spreadsheet, and what of it was not read."""
        yield from _notices.draft_notices(blocks, revisions=self.revisions, comments=self.found.comments)
        yield from _notices.embedded(self.found.embedded)
        yield from _notices.pictures(len(self.found.pictures), self.found.pictures)


def _structure(sheet: OdsSheet, tag: str, event: str, element: _Element) -> None:
    if tag == "table-column" and event == "start":
        sheet.column(element)
    elif tag == "table-row" and event == "end":
        sheet.row(element)
        element.clear()


def _named(element: _Element, wanted: str) -> str:
    return next(
        (str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == wanted), ""
    )
