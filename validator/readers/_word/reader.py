"""The parts of a Word document, put together in reading order, and what is noticed about the document."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from validator.model.document import Block, Document, Kind, Notice
from validator.model.location import PARTS

from .. import _drawingml, _limits, _notices
from .. import _ooxml as ox
from .._base import Source
from .._container import ZIP
from .._draft import Draft, assemble, rendition
from . import parts as _parts
from .list import Numbering
from .look import is_on, is_pale_rgb
from .record import OWN_AUTHOR, OWN_INITIALS, Record, Shared
from .story import Story
from .styles import Styles

if TYPE_CHECKING:
    from lxml.etree import _Element

_NOTES = (("footnotes", "w:footnote", "footnote"), ("endnotes", "w:endnote", "endnote"))
_SEPARATORS = ("separator", "continuationSeparator", "continuationNotice")
_MOST_INSIDE = 3
"""Documents in documents in documents: further ones are named, not read."""
_OWN_END = re.compile(r"\[[A-Z]{3}[0-9]{3}\]\s*$")
_NOWHERE = "NULL"
"""What some programs write as the target of a relation to nothing."""


def read(source: Source) -> Document:
    """Read a Word document.

    Raises:
        ReadError: damaged, encrypted, or over a limit.
    """
    return _document(source, _Word(ox.Package(source.data, source.path), Record()))


def read_traced(source: Source) -> tuple[Document, ox.Package]:
    """The same document with texts that are `Traced` where their places in the XML are known, and the
    package whose elements they name.

    Raises:
        ReadError: damaged, encrypted, or over a limit.
    """
    package = ox.Package(source.data, source.path)
    return _document(source, _Word(package, Record(), traced=True)), package


def _document(source: Source, word: _Word) -> Document:
    drafts = word.drafts()
    sizes = [len(one.text) for one in drafts if one.text]
    _limits.check_size(source.path, len(sizes), sum(sizes))
    text = rendition(drafts)
    blocks, title = assemble(drafts, word.title)
    return Document(
        path=source.path,
        format="docx",
        encoding=None,
        source=text,
        blocks=blocks,
        title=title,
        notices=(
            *_all_notices(word.record, drafts, blocks),
            *_notices.unread(word.package.unread()),
        ),
    )


class _Word:
    """The parts of one document; each method gives the drafts of one kind of part."""

    def __init__(self, package: ox.Package, record: Record, depth: int = 0, *, traced: bool = False) -> None:
        self.package = package
        self.record = record
        self.title = ""
        self._depth = depth
        self._main = package.main_part()
        self._relations = package.relations(self._main)
        self._root = package.xml(self._main)
        styles, numbering = self._xml("styles"), self._xml("numbering")
        self._settings = self._xml("settings")
        known = Styles(styles)
        self._shared = Shared(
            package=package,
            styles=known,
            numbering=Numbering(numbering, known),
            record=record,
            white_page=self._is_white(),
            chunk=self._chunk,
            traced=traced,
        )

    def drafts(self) -> list[Draft]:
        """Everything, in reading order."""
        return [
            *self._body(),
            *self._furniture(),
            *self._notes(),
            *self._comments(),
            *self._data(),
            *self._building_blocks(),
            *self._properties(),
            *self._embedded(),
        ]

    def _parts(self, kind: str) -> list[str]:
        found = (one.target for one in self._relations.values() if one.type == kind and not one.external)
        return [one for one in dict.fromkeys(found) if posixpath.basename(one) != _NOWHERE]

    def _xml(self, kind: str) -> _Element | None:
        part = next(iter(self._parts(kind)), None)
        return self.package.xml(part) if part else None

    def _story(
        self, part: str, element: _Element, *, name: str = "body", kind: Kind = Kind.PARAGRAPH
    ) -> list[Draft]:
        return Story(self._shared, part, part=name, kind=kind).walk(element)

    def _is_white(self) -> bool:
        """Whether the pages are white: a colour of the page counts only where it is switched on; a picture
        as wide as the text may stand behind it, as on covers."""
        background = ox.child(self._root, "w:background")
        if background is not None and self._settings is not None:
            shown = is_on(ox.child(self._settings, "w:displayBackgroundShape"))
            color = ox.value(background, "w:color")
            white = color in ("", "auto") or is_pale_rgb(color)
            if shown and (not white or len(background)):
                return False
        return not any(_is_backdrop(one) for one in ox.inside(self._root, "wp:anchor"))

    def _body(self) -> list[Draft]:
        """Paragraphs and tables of the main text."""
        return self._story(self._main, self._root)

    def _furniture(self) -> list[Draft]:
        """Headers and footers, every variant once."""
        drafts: list[Draft] = []
        seen: set[tuple[str, str]] = set()
        for name in ("header", "footer"):
            for part in sorted(self._parts(name)):
                for draft in self._story(part, self.package.xml(part), name=name, kind=Kind.FURNITURE):
                    if (draft.part, draft.text) not in seen and draft.text.strip():
                        seen.add((draft.part, draft.text))
                        drafts.append(draft)
        return drafts

    def _notes(self) -> list[Draft]:
        """Footnotes and endnotes."""
        drafts: list[Draft] = []
        for kind, tag, name in _NOTES:
            for part in self._parts(kind):
                for note in ox.children(self.package.xml(part), tag):
                    if ox.attribute(note, "w:type") not in _SEPARATORS:
                        drafts += self._story(part, note, name=name)
        return drafts

    def _comments(self) -> list[Draft]:
        """Comments of reviewers, and the names of those who commented on or changed the text."""
        drafts: list[Draft] = []
        for part in self._parts("comments"):
            for comment in ox.children(self.package.xml(part), "w:comment"):
                self.record.comments += 1
                if _is_own(comment):
                    continue
                author = ox.value(comment, "w:author").strip()
                if author:
                    self.record.authors.setdefault(author)
                drafts += self._story(part, comment, name="comment", kind=Kind.META)
        for author in self.record.authors:
            drafts += self.record.once(author, "name")
        return drafts

    def _data(self) -> list[Draft]:
        drafts: list[Draft] = []
        for part in self._parts("settings"):
            drafts += _parts.settings_words(self.package.xml(part), self.package.relations(part), self.record)
        for part in self._parts("customXml"):
            if self.package.has(part):
                drafts += _parts.bound_data(self.package.xml(part), self.record)
        return drafts

    def _building_blocks(self) -> list[Draft]:
        """Building blocks that the file brings along; no page shows them."""
        drafts: list[Draft] = []
        for part in self._parts("glossaryDocument"):
            for body in _parts.building_blocks(self.package.xml(part)):
                for one in self._story(part, body, name="attachment", kind=Kind.META):
                    if one.text.strip():
                        drafts.append(one)
                        one.visible = False
        return drafts

    def _properties(self) -> list[Draft]:
        drafts, self.title = _drawingml.properties(self.package)
        return drafts

    def _embedded(self) -> list[Draft]:
        drafts: list[Draft] = []
        named = " ".join(self.record.embedded).lower()
        for one in _parts.embedded_members(self.package):
            if one not in named:
                drafts += self.record.embed(one)
        return drafts

    def _chunk(self, part: str) -> list[Draft]:
        """The text of a file that the document takes in at this place (`w:altChunk`)."""
        if part in self._shared.read:
            return []
        self._shared.read.add(part)
        data = self.package.read(part)
        suffix = posixpath.splitext(part)[1].lower()
        source = Source(path=self.package.shown, suffix=suffix, data=data)
        drafts = self._inner(source)
        if drafts is None:
            return self.record.embed(posixpath.basename(part))
        return drafts

    def _inner(self, source: Source) -> list[Draft] | None:
        if self._depth >= _MOST_INSIDE:
            return None
        if source.data.startswith(ZIP):
            package = ox.Package(source.data, source.path)
            is_word = any(one.startswith("word/") for one in package.members)
            return _Word(package, self.record, self._depth + 1).drafts() if is_word else None
        drafts = _parts.foreign(source)
        tables = self.record.tables
        for one in drafts or ():
            if one.cell is not None:
                one.cell = replace(one.cell, table=one.cell.table + tables)
                self.record.tables = max(self.record.tables, one.cell.table)
        return drafts


_BACKDROP = 4_000_000, 1_500_000
"""Width and height in EMU (360,000 to the centimetre) from which something behind the text backs it."""


def _is_backdrop(anchor: _Element) -> bool:
    if anchor.get("behindDoc") not in ("1", "true"):
        return False
    extent = ox.child(anchor, "wp:extent")
    size = (ox.number(ox.value(extent, one)) or 0 for one in ("cx", "cy"))
    return all(one >= least for one, least in zip(size, _BACKDROP, strict=True))


def _is_own(comment: _Element) -> bool:
    """Whether this program wrote the comment. It counts as one that is left, but its words quote what was
    found elsewhere and are not to be found again."""
    if (ox.value(comment, "w:author"), ox.value(comment, "w:initials")) != (OWN_AUTHOR, OWN_INITIALS):
        return False
    return bool(_OWN_END.search("".join(one.text or "" for one in ox.inside(comment, "w:t"))))


def _all_notices(record: Record, drafts: list[Draft], blocks: tuple[Block, ...]) -> Iterator[Notice]:
    """What the document itself still holds: revisions, comments, hidden text, files, pictures."""
    yield from _notices.draft_notices(blocks, revisions=record.revisions, comments=record.comments)
    index = {id(one): at for at, one in enumerate(drafts)}
    named = (at for at, one in enumerate(drafts) if one.part == "attachment" and one.text in record.embedded)
    yield from _notices.embedded(record.embedded, next(named, None))
    places: list[str] = []
    first: int | None = None
    for picture in record.pictures:
        at = None if picture.after is None else index.get(id(picture.after))
        first = at if first is None else first
        places.append(_place(blocks[at]) if at is not None else PARTS[picture.part][0])
    yield from _notices.pictures(len(places), list(dict.fromkeys(places)), first)


def _place(block: Block) -> str:
    if block.cell is not None and block.part == "body":
        return f"表{block.cell.table}"
    if block.section:
        return re.sub(r"\s+", " ", block.section[-1])
    return PARTS[block.part][0]
