"""Word documents: body, tables, headers, notes, text boxes, comments, properties, hidden and deleted text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from validator.model.document import Block, Document, Kind, Notice

from . import _ooxml as ox
from ._base import Source
from ._draft import Draft, assemble, rendition
from ._story import Counts, Story
from ._styles import Styles

if TYPE_CHECKING:
    from lxml.etree import _Element

_NOTES = (("footnotes", "w:footnote", "footnote"), ("endnotes", "w:endnote", "endnote"))
_PROPERTY_NAMES = frozenset(
    [
        "title",
        "subject",
        "creator",
        "keywords",
        "description",
        "category",
        "lastModifiedBy",
        "contentStatus",
        "Company",
        "Manager",
        "HyperlinkBase",
    ]
)
_SEPARATORS = ("separator", "continuationSeparator", "continuationNotice")


def read(source: Source) -> Document:
    """Read a Word document.

    Raises:
        ReadError: damaged, encrypted, or over a limit.
    """
    package = ox.Package(source.data, source.path)
    word = _Word(package)
    drafts = [*word.body(), *word.furniture(), *word.notes(), *word.comments(), *word.properties()]
    text = rendition(drafts)
    blocks, title = assemble(drafts, word.title)
    return Document(
        path=source.path,
        format="docx",
        encoding=None,
        source=text,
        blocks=blocks,
        title=title,
        notices=tuple(word.notices(blocks)),
    )


class _Word:
    """The parts of one document; each method gives the drafts of one kind of part."""

    def __init__(self, package: ox.Package) -> None:
        self.package = package
        self.main = package.main_part()
        self.relations = package.relations(self.main)
        styles = self._part("styles")
        self.styles = Styles(package.xml(styles) if styles else None)
        self.counts = Counts()
        self.comment_count = 0
        self.title = ""

    def _part(self, kind: str) -> str | None:
        return next(iter(self._parts(kind)), None)

    def _parts(self, kind: str) -> list[str]:
        found = (one.target for one in self.relations.values() if one.type == kind and not one.external)
        return [one for one in dict.fromkeys(found) if self.package.has(one)]

    def _story(
        self, part: str, element: _Element, *, name: str = "body", kind: Kind = Kind.PARAGRAPH
    ) -> list[Draft]:
        return Story(self.styles, self.package.relations(part), self.counts, part=name, kind=kind).walk(
            element
        )

    def body(self) -> list[Draft]:
        """Paragraphs and tables of the main text."""
        return self._story(self.main, self.package.xml(self.main))

    def furniture(self) -> list[Draft]:
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

    def notes(self) -> list[Draft]:
        """Footnotes and endnotes."""
        drafts: list[Draft] = []
        for kind, tag, name in _NOTES:
            part = self._part(kind)
            for note in ox.children(self.package.xml(part), tag) if part else ():
                if part and ox.attribute(note, "w:type") not in _SEPARATORS:
                    drafts.extend(self._story(part, note, name=name))
        return drafts

    def comments(self) -> list[Draft]:
        """Comments of reviewers."""
        drafts: list[Draft] = []
        part = self._part("comments")
        for comment in ox.children(self.package.xml(part), "w:comment") if part else ():
            self.comment_count += 1
            if part:
                drafts.extend(self._story(part, comment, name="comment", kind=Kind.META))
        return drafts

    def properties(self) -> list[Draft]:
        """Core, extended and custom properties that a reader of the file's properties sees."""
        drafts: list[Draft] = []
        relations = self.package.relations("").values()
        for kind in ("core-properties", "extended-properties", "custom-properties"):
            for relation in relations:
                if relation.type == kind and self.package.has(relation.target):
                    drafts.extend(self._property_drafts(relation.target, every=kind == "custom-properties"))
        return drafts

    def _property_drafts(self, part: str, *, every: bool) -> list[Draft]:
        drafts: list[Draft] = []
        for element in self.package.xml(part):
            local = ox.name(element).rpartition(":")[2]
            text = "".join(str(one) for one in element.itertext()).strip()
            if text and (every or local in _PROPERTY_NAMES):
                drafts.append(Draft(text=text, kind=Kind.META, part="properties"))
            if local == "title" and not every:
                self.title = text
        return drafts

    def notices(self, blocks: tuple[Block, ...]) -> Iterable[Notice]:
        """What the document itself still holds: revisions, comments, hidden text."""
        revisions, comments = self.counts.revisions, self.comment_count
        if revisions:
            at = _first(blocks, "deleted")
            yield Notice(
                code="DOC004",
                zh=f"还有 {revisions} 处修订未接受或拒绝",
                en=f"{revisions} tracked changes are neither accepted nor rejected",
                block=at,
            )
        if comments:
            at = _first(blocks, "comment")
            yield Notice(
                code="DOC005", zh=f"还有 {comments} 条批注", en=f"{comments} comments are left", block=at
            )
        hidden = sum(1 for block in blocks if block.part == "hidden")
        if hidden:
            at = _first(blocks, "hidden")
            yield Notice(
                code="DOC006", zh=f"有 {hidden} 处隐藏文字", en=f"{hidden} pieces of hidden text", block=at
            )


def _first(blocks: tuple[Block, ...], part: str) -> int | None:
    return next((at for at, block in enumerate(blocks) if block.part == part), None)
