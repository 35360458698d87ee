"""One story of a Word document (body, header, note …): paragraphs, tables, text boxes, hidden text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from validator.model.document import Cell, Kind

from .. import _ooxml as ox
from .._draft import Draft
from .drawing import Drawings
from .inline import Inline
from .look import is_dark, is_on
from .plain import special_paragraphs
from .record import Picture, Shared
from .runs import Runs
from .styles import NO_PLACE, Style, list_place, outline_level
from .table import GridCell, controls_of, grid, one_block, row_span
from .trace import Traced, held, joined

if TYPE_CHECKING:
    from lxml.etree import _Element

_REMOVED = ("w:del", "w:moveFrom")
_PROPERTIES = frozenset(("w:rPr", "w:pPr", "w:sdtPr", "w:tblPr", "w:trPr", "w:tcPr", "w:tblGrid", "w:sectPr"))
_CELL_REVISIONS = frozenset(("w:cellIns", "w:cellDel", "w:cellMerge", "w:tcPrChange"))
_EDGES = " \n\r　\u00a0"
_LOOSE = ("w:r", "w:hyperlink", "w:fldSimple", "m:oMath", "m:oMathPara")
"""Content of paragraphs that some programs write outside one."""
_TEXT = ox.clark("w:t")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What is around a paragraph: whether its row is deleted, and whether white paper is behind it."""

    gone: bool = False
    white: bool = True


class Story:
    """Walks one part. `file` is its name in the package, `part` and `kind` those of its paragraphs."""

    def __init__(self, shared: Shared, file: str, *, part: str = "body", kind: Kind = Kind.PARAGRAPH) -> None:
        self.shared = shared
        self.file = file
        self.part = part
        self.kind = kind
        self.drafts: list[Draft] = []
        self.ground = Ground(white=shared.white_page)
        self.special: set[_Element] | None = None
        self.inline = Inline(self)
        self.drawings = Drawings(shared, file, part, kind, self._box)
        self._carry = ""
        self._cells: list[Cell] = []
        self._at: _Element | None = None

    def walk(self, element: _Element) -> list[Draft]:
        """Drafts of everything inside `element`, in reading order."""
        if self.special is None:
            hiding = self.shared.styles.hiding_characters
            self.special = special_paragraphs(element, character_styles=hiding)
        self.inline.start(element)
        self._blocks(element)
        if self._carry:
            self._emit(Runs(lines=[self._carry]), {}, self.shared.styles.paragraph(""), "")
        return self.drafts

    def _inner(self, part: str, kind: Kind, ground: Ground) -> Story:
        story = Story(self.shared, self.file, part=part, kind=kind)
        story.special = self.special
        story.ground = ground
        return story

    def _box(self, element: _Element, part: str) -> list[Draft]:
        # What is behind a text box (a fill, a picture) is not known: white text may well be read there.
        kind = Kind.FURNITURE if part == "watermark" else self.kind
        return self._inner(part, kind, Ground(gone=self.ground.gone, white=False)).walk(element)

    def _blocks(self, element: _Element) -> None:
        for child in element:
            tag = ox.name(child)
            if tag == "w:p":
                self._paragraph(child)
            elif tag == "w:tbl":
                self._table(child)
            elif tag in _PROPERTIES:
                if tag == "w:sdtPr":
                    self.drafts += self.inline.control_words(child)
            else:
                self.inline.count(child, tag)
                self._other(child, tag)

    def _other(self, child: _Element, tag: str) -> None:
        if tag in _REMOVED:
            ground, self.ground = self.ground, Ground(gone=True, white=self.ground.white)
            self._blocks(child)
            self.ground = ground
        elif tag == "mc:AlternateContent":
            runs = Runs()
            shown = self.drawings.choose(child, runs)
            if shown is not None:
                self._blocks(shown)
            self.drafts += runs.boxes
        elif tag == "w:altChunk":
            self._chunk(child)
        elif tag in _LOOSE:
            runs = Runs()
            self._at = child
            self.inline.loose(child, tag, runs)
            self._emit(runs, {}, self.shared.styles.paragraph(""), "")
        else:
            self._blocks(child)

    def _chunk(self, element: _Element) -> None:
        relation = self.shared.package.relations(self.file).get(ox.value(element, "r:id"))
        if relation is None:
            return
        if relation.external:
            self.drafts += self.shared.record.once(relation.target, "link")
        else:
            self.drafts += self.shared.chunk(relation.target)

    # Paragraphs.

    def _paragraph(self, element: _Element) -> None:
        properties = ox.properties(element, "w:pPr")
        key = ox.value(properties["w:pStyle"]) if "w:pStyle" in properties else ""
        style = self.shared.styles.paragraph(key)
        runs = Runs()
        self._at = element
        plain = self._plain(element, style)
        if plain is not None:
            runs.lines[0] = self._carry + plain
            self._carry = ""
        else:
            runs.lines[0], self._carry = self._carry, ""
            self.inline.paragraph(element, runs, style, properties)
            mark = properties.get("w:rPr")
            if not self.ground.gone and any(ox.child(mark, one) is not None for one in _REMOVED):
                # The paragraph mark is deleted: with all revisions accepted the next paragraph goes on here.
                self._carry = runs.lines.pop()
                runs.lines.append("")
                self._emit(runs, properties, style, "")
                return
        label = self._label(runs, properties, style, key)
        self._emit(runs, properties, style, label)

    def _plain(self, element: _Element, style: Style) -> str | None:
        """The text of a paragraph that holds nothing but text that can be read; None for any other."""
        if self.special is None or element in self.special or self.ground.gone or self.inline.in_field:
            return None
        if style.hides:
            return None
        text = "".join([one.text or "" for one in element.iter(*_TEXT)])
        # Where there are blanks, it counts whether each piece of text declares that they are kept.
        if " " in text or "\n" in text or "\t" in text:
            return None
        if text and self.shared.traced:
            return joined("", [Traced.of(one.text, one) for one in element.iter(*_TEXT) if one.text])
        return text

    def _label(self, runs: Runs, properties: dict[str, _Element], style: Style, key: str) -> str:
        numbered = properties.get("w:numPr")
        if numbered is None and style.place is NO_PLACE:
            return ""
        if self.ground.gone or self._is_unseen(runs, properties, style):
            return ""
        return self.shared.numbering.label(self.part, list_place(numbered), key)

    @staticmethod
    def _is_unseen(runs: Runs, properties: dict[str, _Element], style: Style) -> bool:
        mark = is_on(ox.child(properties.get("w:rPr"), "w:vanish"))
        hidden = style.look.vanish if mark is None else mark
        return bool(hidden) and not "".join(runs.lines).strip()

    def _emit(self, runs: Runs, properties: dict[str, _Element], style: Style, label: str) -> None:
        cell = self._cells[-1] if self._cells else None
        at = len(self.drafts)
        if label and (cell or runs.lines[0].strip(_EDGES)):
            runs.lines[0] = _labelled(label, runs.lines[0])
        for number, line in enumerate(runs.lines):
            text = line.strip(_EDGES)
            if cell and not text:
                text = line
            if text or cell:
                self._shown(text, number, cell, properties, style)
        for part, lines in (("hidden", runs.hidden), ("deleted", runs.deleted)):
            for line in lines:
                if line.strip():
                    self.drafts.append(Draft(text=line.strip(), kind=self.kind, part=part, visible=False))
        self.drafts += runs.boxes
        self._hold(at)
        if runs.pictures:
            near = self.drafts[min(at, len(self.drafts) - 1)] if self.drafts else None
            self.shared.record.pictures += [Picture(near, self.part)] * runs.pictures

    def _hold(self, start: int) -> None:
        """Let what was read of a paragraph know it, where that is asked for."""
        for one in self.drafts[start:] if self.shared.traced else ():
            if self._at is not None:
                one.text = held(one.text, self._at)

    def _shown(
        self, text: str, number: int, cell: Cell | None, properties: dict[str, _Element], style: Style
    ) -> None:
        kind = Kind.CELL if cell and self.kind is Kind.PARAGRAPH else self.kind
        draft = Draft(text=text, kind=kind, part=self.part, cell=cell)
        if kind is Kind.PARAGRAPH and self.part == "body":
            level = outline_level(properties.get("w:outlineLvl"))
            heading = style.level if level is None else (level + 1 if level < 9 else None)
            draft.style = heading if not number else None
            draft.title = style.title
            if style.contents:
                draft.kind, draft.style = Kind.FURNITURE, None
        self.drafts.append(draft)

    # Tables.

    def _table(self, element: _Element) -> None:
        record = self.shared.record
        record.tables += 1
        number = record.tables
        ground = self.ground
        self._table_words(element)
        rows = grid(element)
        covered = [{one.column for one in cells if one.covered and one.span} for _, cells in rows]
        white = ground.white and not self._is_shaded(element)
        for at, (row, cells) in enumerate(rows):
            properties = ox.child(row, "w:trPr")
            if properties is not None:
                self.inline.count(properties, "w:trPr")
            gone = ground.gone or any(ox.child(properties, one) is not None for one in _REMOVED)
            alone = len(rows) == 1 and len(cells) == 1
            for one in cells:
                self.ground = self._cell_ground(one, gone=gone, white=white)
                if one.covered:
                    self._covered(one.element)
                    continue
                spans = row_span(covered, at, one.column)
                cell = Cell(table=number, row=at + 1, column=one.column, row_span=spans, column_span=one.span)
                self._cell(one.element, cell, alone=alone)
        self.ground = ground

    def _table_words(self, element: _Element) -> None:
        for one in controls_of(element):
            self.drafts += self.inline.control_words(one)
        properties = ox.child(element, "w:tblPr")
        if properties is not None:
            self.inline.count(properties, "w:tblPr")
            for tag in ("w:tblCaption", "w:tblDescription"):
                self.drafts += self.shared.record.once(ox.value(ox.child(properties, tag)), "alt")

    def _is_shaded(self, table: _Element) -> bool:
        properties = ox.child(table, "w:tblPr")
        shading = ox.child(properties, "w:shd")
        style = ox.value(ox.child(properties, "w:tblStyle"))
        return self.shared.styles.shades(style) or (shading is not None and is_dark(shading))

    def _cell_ground(self, cell: GridCell, *, gone: bool, white: bool) -> Ground:
        properties = cell.properties
        for tag in _CELL_REVISIONS & properties.keys():
            self.inline.count(properties[tag], tag)
        if "w:shd" in properties and is_dark(properties["w:shd"]):
            white = False
        return Ground(gone=gone or "w:cellDel" in properties, white=white)

    def _cell(self, element: _Element, cell: Cell, *, alone: bool) -> None:
        outer, self.drafts = self.drafts, []
        pictures = self.shared.record.pictures
        before = len(pictures)
        if alone:
            kept, self._cells = self._cells, []
            self._blocks(element)
            self._cells = kept
        else:
            self._cells.append(cell)
            self._blocks(element)
            self._cells.pop()
            self.drafts = one_block(self.drafts, cell, self.kind, self.part)
            if self.drafts:
                # The drafts of a cell are joined: its pictures stand at what is left of them.
                pictures[before:] = [Picture(self.drafts[0], one.part) for one in pictures[before:]]
        outer += self.drafts
        self.drafts = outer

    def _covered(self, element: _Element) -> None:
        # A merged-over cell is not shown, but what was typed there is still in the file.
        for draft in self._inner("hidden", self.kind, self.ground).walk(element):
            draft.visible = False
            draft.cell = None
            draft.kind = self.kind if draft.kind is Kind.CELL else draft.kind
            if draft.text.strip():
                self.drafts.append(draft)


def _labelled(label: str, text: str) -> str:
    text = text.lstrip(_EDGES)
    # 1. and 5万 are shown apart by their places; written together they would be another number.
    apart = not label.endswith(" ") and label[-1] in ".0123456789" and text[:1].isdigit()
    return (label + " " + text if apart else label + text).rstrip(_EDGES)
