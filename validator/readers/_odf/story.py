"""One story of an OpenDocument text (body, header, note, text box): paragraphs, lists, tables, sections."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from validator.model.document import Kind

from .. import _limits
from .._draft import Draft
from .._flow import GridCell, Look, Paragraph, Volume, hide, label, table_drafts
from . import names as odf
from .lists import Counters, Numbering
from .runs import Runs
from .styles import Styles

if TYPE_CHECKING:
    from lxml.etree import _Element

_MOST_DEPTH = 2 * _limits.MOST_DEPTH
_MOST_ROWS = 50
_MOST_CELLS = 50
_MOST_COLUMNS = 20_000
_INDEXES = frozenset(
    f"text:{one}"
    for one in ("table-of-content", "illustration-index", "table-index", "object-index", "user-index")
)
_SILENT = frozenset(
    {
        *(f"text:{one}-source" for one in ("table-of-content", "illustration-index", "table-index")),
        *(
            f"text:{one}-source"
            for one in ("object-index", "user-index", "alphabetical-index", "bibliography")
        ),
        *("text:sequence-decls", "text:variable-decls", "text:dde-connection-decls", "office:scripts"),
        *("text:alphabetical-index-auto-mark-file", "office:change-info", "office:event-listeners"),
        *("table:table-columns", "table:table-column", "text:number"),
    }
)


@dataclass(slots=True, kw_only=True)
class Shared:
    """What all stories of a document need, and what they find beside themselves."""

    parts: odf.Parts
    volume: Volume
    notes: dict[str, list[Draft]] = field(default_factory=lambda: {"footnote": [], "endnote": []})
    comments: list[Draft] = field(default_factory=list)
    deletions: dict[str, _Element] = field(default_factory=dict)
    open_deletions: set[str] = field(default_factory=set)
    depth: int = 0

    def deeper(self) -> None:
        """One element further in.

        Raises:
            ReadError: DOC007.
        """
        self.depth += 1
        if self.depth > _MOST_DEPTH:
            raise _limits.over(
                self.parts.shown,
                f"内容嵌套超过 {_MOST_DEPTH} 层",
                f"the content is nested more than {_MOST_DEPTH} deep",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where in a list a paragraph stands, and the label that its item still has to give."""

    counters: Counters
    style: str
    depth: int
    pending: bool = False
    start: int | None = None
    written: str | None = None


class Story:
    """Walks one part. `part` and `kind` are those of its ordinary paragraphs."""

    def __init__(
        self, shared: Shared, styles: Styles, part: str = "body", kind: Kind = Kind.PARAGRAPH
    ) -> None:
        self.shared = shared
        self.styles = styles
        self.part = part
        self.kind = kind
        self.paragraph = Paragraph()
        self.tables = 0
        self._drafts: list[Draft] = []
        self._numbering = Numbering()
        self._place: _Place | None = None
        self._look = Look()
        self._contents = False
        self._runs = Runs(self)

    def walk(self, element: _Element) -> list[Draft]:
        """Drafts of everything inside `element`, in reading order."""
        self._blocks(element)
        self._finish()
        return self._drafts

    def inner(self, part: str, kind: Kind) -> Story:
        """A story inside this one: a text box, a note, deleted text."""
        return Story(self.shared, self.styles, part, kind)

    @property
    def on_white(self) -> bool:
        """Whether white paper is behind the text: not in a table or a text box, whose filling is unknown."""
        return not self.tables and self.part != "textbox" and self.styles.white_page

    def _blocks(self, element: _Element) -> None:
        self.shared.deeper()
        for child in element:
            tag = odf.name(child)
            if tag in ("text:p", "text:h"):
                self._read_paragraph(child, heading=tag == "text:h")
            elif tag == "text:list":
                self._list(child)
            elif tag == "table:table":
                self._table(child)
            elif tag == "text:section":
                self._section(child)
            elif tag in _INDEXES or tag == "text:index-title":
                self._index(child, contents=tag in _INDEXES)
            elif tag == "text:tracked-changes":
                self.note_changes(child)
            elif tag not in _SILENT and not self._runs.anchored(child, tag):
                self._blocks(child)
            self._flush_boxes()
        self.shared.depth -= 1

    def _flush_boxes(self) -> None:
        """What is anchored between paragraphs is read where it stands."""
        if self.paragraph.boxes and self.paragraph.is_only_boxes:
            self._finish()

    # Paragraphs.

    def _read_paragraph(self, element: _Element, *, heading: bool) -> None:
        style = odf.get(element, "text:style-name")
        look = self.styles.look(style)
        if heading:
            look = replace(look, level=max(1, odf.whole(element, "text:outline-level")))
        if self._contents:
            look = replace(look, contents=True)
        self._look = look
        if text := self._label(element, style, heading=heading):
            self.paragraph.label = text
        before = len(self._drafts)
        is_hidden = self._runs.read(element, self.styles.face("paragraph", style))
        if self.shared.open_deletions:
            # The mark between two paragraphs is deleted: with all revisions accepted they are one.
            self.paragraph.carry()
            return
        self._finish()
        if is_hidden:
            self._drafts[before:] = hide(self._drafts[before:], self.part, self.kind)

    def _finish(self) -> None:
        if self.paragraph:
            drafts = self.paragraph.drafts(self.part, self.kind, self._look, in_table=self.tables > 0)
            self._add(drafts)
        elif self.tables:
            self._add([Draft(text="", kind=self.kind, part=self.part)])
        self.paragraph = Paragraph()
        self._look = Look()

    def _add(self, drafts: list[Draft]) -> None:
        self.shared.volume.add(drafts)
        self._drafts.extend(drafts)

    def _label(self, element: _Element, style: str, *, heading: bool) -> str:
        written = next((odf.text_of(one) for one in element if odf.name(one) == "text:number"), None)
        place, self._place = self._place, None
        if place is not None and place.pending:
            self._place = replace(place, pending=False, start=None, written=None)
            if written is None:
                written = place.written
            if odf.get(element, "text:is-list-header") == "true":
                return ""
            named = place.style or self.styles.list_name(style) or ""
            counted = place.counters.next(self.styles.lists.get(named, {}), place.depth, place.start)
            return label(counted if written is None else written)
        self._place = place
        if not heading or place is not None or odf.get(element, "text:is-list-header") == "true":
            return label(written or "")
        if self.styles.list_name(style) == "" or not self.styles.outline:
            return label(written or "")
        start = odf.whole(element, "text:start-value") if odf.get(element, "text:start-value") else None
        depth = odf.whole(element, "text:outline-level")
        counted = self._numbering.outline.next(self.styles.outline, depth, start)
        return label(counted if written is None else written)

    # Lists.

    def _list(self, element: _Element) -> None:
        outer = self._place
        style = odf.get(element, "text:style-name") or (outer.style if outer else "")
        if outer is None or style != outer.style:
            counters = self._numbering.open(element, style)
        else:
            counters = outer.counters
        place = _Place(counters=counters, style=style, depth=outer.depth + 1 if outer else 1)
        self.shared.deeper()
        for item in element:
            tag = odf.name(item)
            if tag in ("text:list-item", "text:list-header"):
                number = next((odf.text_of(one) for one in item if odf.name(one) == "text:number"), None)
                start = odf.get(item, "text:start-value")
                self._place = replace(
                    place,
                    pending=tag == "text:list-item",
                    start=odf.whole(item, "text:start-value") if start else None,
                    written=number,
                )
                self._blocks(item)
            elif not self._runs.anchored(item, tag):
                self._blocks(item)
        self.shared.depth -= 1
        self._place = outer if outer is None else replace(outer, pending=False)

    # Sections and indexes.

    def _section(self, element: _Element) -> None:
        before = len(self._drafts)
        for source in element.iterchildren(odf.clark("text:section-source")):
            self.paragraph.box(odf.get(source, "xlink:href"), "link")
        self._blocks(element)
        display = odf.get(element, "text:display")
        if display == "none" or (display == "condition" and odf.get(element, "text:is-hidden") != "false"):
            self._drafts[before:] = hide(self._drafts[before:], self.part, self.kind)

    def _index(self, element: _Element, *, contents: bool) -> None:
        outer, self._contents = self._contents, contents
        self._blocks(element)
        self._contents = outer

    def note_changes(self, element: _Element) -> None:
        """Tracked changes: deleted text stands there, and a mark in the text tells where it was."""
        for region in element.iterchildren(odf.clark("text:changed-region")):
            self.shared.volume.revisions += 1
            for change in region.iterchildren(odf.clark("text:deletion")):
                for key in ("xml:id", "text:id"):
                    if found := odf.get(region, key):
                        self.shared.deletions[found] = change

    def deleted(self, key: str) -> list[Draft]:
        """The text of a deletion, once."""
        element = self.shared.deletions.pop(key, None)
        if element is None:
            return []
        self.shared.deeper()
        found = self.inner("deleted", self.kind).walk(element)
        self.shared.depth -= 1
        for draft in found:
            draft.visible, draft.cell = False, None
            draft.kind = self.kind if draft.kind is Kind.CELL else draft.kind
        return [one for one in found if one.text.strip()]

    # Tables.

    def _table(self, element: _Element) -> None:
        volume = self.shared.volume
        volume.tables += 1
        number = volume.tables
        kept, self._drafts = self._drafts, []
        place, self._place = self._place, None
        self.tables += 1
        cells = list(self._cells(element))
        self.tables -= 1
        self._place = place
        self._drafts = kept
        for one in element:
            if odf.name(one) in ("table:title", "table:desc"):
                self._drafts.extend(volume.once(odf.text_of(one), "alt"))
        self._drafts.extend(table_drafts(number, cells, self.part, self.kind))

    def _cells(self, element: _Element) -> Iterator[GridCell]:
        number = 0
        for row in _rows(element):
            repeat = max(1, odf.whole(row, "table:number-rows-repeated"))
            shown = min(repeat, _MOST_ROWS) if odf.text_of(row).strip() else 1
            for at in range(shown):
                yield from self._row(row, number + at + 1)
            number += repeat

    def _row(self, row: _Element, number: int) -> Iterator[GridCell]:
        column = 1
        for element in row:
            tag = odf.name(element)
            if tag not in ("table:table-cell", "table:covered-table-cell") or column > _MOST_COLUMNS:
                continue
            repeat = max(1, odf.whole(element, "table:number-columns-repeated"))
            for at in range(min(repeat, _MOST_CELLS)):
                yield GridCell(
                    row=number,
                    column=column + at,
                    row_span=max(1, odf.whole(element, "table:number-rows-spanned")),
                    column_span=max(1, odf.whole(element, "table:number-columns-spanned")),
                    covered=tag == "table:covered-table-cell",
                    drafts=self._cell(element),
                )
            column += repeat

    def _cell(self, element: _Element) -> list[Draft]:
        self._blocks(element)
        if self.paragraph:
            self._finish()
        found, self._drafts = self._drafts, []
        return found


def _rows(element: _Element) -> Iterator[_Element]:
    stack = list(reversed(element))
    while stack:
        one = stack.pop()
        tag = odf.name(one)
        if tag == "table:table-row":
            yield one
        elif tag in ("table:table-rows", "table:table-header-rows", "table:table-row-group"):
            stack.extend(reversed(one))
