"""One story of a Word document (body, header, note …): paragraphs, tables, text boxes, hidden text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from validator.model.document import Cell, Kind

from . import _ooxml as ox
from ._draft import Draft
from ._styles import Styles, is_on, outline_level
from ._wordtable import WRAPPERS, one_block, row_cells, row_span, table_rows

if TYPE_CHECKING:
    from lxml.etree import _Element

_INLINE_WRAPPERS = WRAPPERS | {"w:fldSimple", "w:hyperlink", "w:dir", "w:bdo", "w:ruby", "w:rubyBase"}
_REMOVED = frozenset(("w:del", "w:moveFrom"))
_REVISIONS = frozenset(
    f"w:{local}"
    for local in [
        "ins",
        "del",
        "moveFrom",
        "moveTo",
        "cellIns",
        "cellDel",
        "cellMerge",
        "rPrChange",
        "pPrChange",
        "tblPrChange",
        "trPrChange",
        "tcPrChange",
        "sectPrChange",
        "numberingChange",
    ]
)
_PROPERTIES = frozenset(("w:rPr", "w:pPr", "w:sdtPr", "w:tblPr", "w:trPr", "w:tcPr", "w:tblGrid", "w:sectPr"))
_MATH = "m:"
_TEXTUAL = frozenset({"w:t", "w:delText", "v:textpath", "wp:docPr"})
_SYMBOLS = {
    ("wingdings", 0xF0FE): "☑",
    ("wingdings", 0xF0FD): "☒",
    ("wingdings", 0xF0A8): "□",
    ("wingdings", 0xF06F): "□",
    ("wingdings", 0xF071): "□",
    ("wingdings", 0xF0FC): "✓",
    ("wingdings", 0xF0FB): "✗",
    ("wingdings 2", 0xF052): "☑",
    ("wingdings 2", 0xF050): "✓",
    ("wingdings 2", 0xF0A3): "□",
    ("symbol", 0xF0B4): "×",
}
_CHARACTERS = {"w:tab": "\t", "w:ptab": "\t", "w:noBreakHyphen": "-", "w:softHyphen": ""}


@dataclass(slots=True)
class _Runs:
    """Text of one paragraph while its runs are read; a break starts a new line."""

    lines: list[str] = field(default_factory=lambda: [""])
    hidden: list[str] = field(default_factory=lambda: [""])
    deleted: list[str] = field(default_factory=lambda: [""])
    boxes: list[Draft] = field(default_factory=list)

    def add(self, text: str, *, hidden: bool, deleted: bool) -> None:
        """Append to the text that is shown, hidden or deleted; these never mix."""
        (self.deleted if deleted else self.hidden if hidden else self.lines)[-1] += text

    def end_line(self, *, hidden: bool, deleted: bool) -> None:
        """A break inside the paragraph."""
        (self.deleted if deleted else self.hidden if hidden else self.lines).append("")


@dataclass(slots=True)
class Counts:
    """What is counted over all stories, for the notices."""

    revisions: int = 0
    tables: int = 0


class Story:
    """Walks one part. `part` and `kind` are those of its ordinary paragraphs."""

    def __init__(
        self,
        styles: Styles,
        relations: dict[str, ox.Relation],
        counts: Counts,
        *,
        part: str = "body",
        kind: Kind = Kind.PARAGRAPH,
    ) -> None:
        self.styles = styles
        self.relations = relations
        self.counts = counts
        self.part = part
        self.kind = kind
        self.drafts: list[Draft] = []
        self._carry = ""
        self._cells: list[Cell] = []
        self._gone = False
        self._seen_alt: set[str] = set()

    def walk(self, element: _Element) -> list[Draft]:
        """Drafts of everything inside `element`, in reading order."""
        self._blocks(element)
        if self._carry:
            self._paragraph_drafts(_Runs(lines=[self._carry]), None)
        return self.drafts

    def _blocks(self, element: _Element) -> None:
        for child in element:
            tag = ox.name(child)
            self._count(child, tag)
            if tag == "w:p":
                self._paragraph(child)
            elif tag == "w:tbl":
                self._table(child)
            elif tag == "mc:AlternateContent":
                self._blocks(_alternative(child))
            elif tag not in _PROPERTIES:
                self._blocks(child)

    def _count(self, element: _Element, tag: str) -> None:
        if tag in _REVISIONS:
            self.counts.revisions += 1
        elif tag in ("w:pPr", "w:rPr", "w:trPr", "w:tcPr", "w:tblPr"):
            for inner in element:
                self._count(inner, ox.name(inner))

    # Paragraphs.

    def _paragraph(self, element: _Element) -> None:
        runs = _Runs()
        runs.lines[0] = self._carry
        self._carry = ""
        properties = ox.child(element, "w:pPr")
        style = _style(properties, "w:pStyle")
        self._inline(element, runs, deleted=self._gone, style_hidden=self.styles.is_hidden(style))
        mark = ox.child(properties, "w:rPr")
        if any(ox.child(mark, one) is not None for one in _REMOVED) and not self._gone:
            # The paragraph mark is deleted: with all revisions accepted the next paragraph goes on here.
            self._carry = runs.lines.pop()
            runs.lines.append("")
        self._paragraph_drafts(runs, properties)

    def _paragraph_drafts(self, runs: _Runs, properties: _Element | None) -> None:
        style = _style(properties, "w:pStyle")
        level = outline_level(properties)
        heading = self.styles.level(style) if level is None else (level + 1 if level < 9 else None)
        cell = self._cells[-1] if self._cells else None
        for number, line in enumerate(runs.lines):
            text = line.strip(" \n\r　\u00a0") if not cell else line.strip(" \n\r　\u00a0") or line
            if text or cell:
                kind = Kind.CELL if cell and self.kind is Kind.PARAGRAPH else self.kind
                draft = Draft(text=text, kind=kind, part=self.part, cell=cell)
                if kind is Kind.PARAGRAPH and self.part == "body":
                    draft.style = heading if not number else None
                    draft.title = self.styles.is_title(style)
                    if self.styles.is_contents(style):
                        draft.kind, draft.style = Kind.FURNITURE, None
                self.drafts.append(draft)
        for part, lines in (("hidden", runs.hidden), ("deleted", runs.deleted)):
            for line in lines:
                if line.strip():
                    draft = Draft(text=line.strip(), part=part, visible=False)
                    draft.kind = self.kind
                    self.drafts.append(draft)
        self.drafts.extend(runs.boxes)

    def _inline(self, element: _Element, runs: _Runs, *, deleted: bool, style_hidden: bool) -> None:
        for child in element:
            tag = ox.name(child)
            self._count(child, tag)
            if tag in ("w:r", "m:r"):
                self._run(child, runs, deleted=deleted, style_hidden=style_hidden)
            elif tag in _REMOVED:
                self._inline(child, runs, deleted=True, style_hidden=style_hidden)
            elif tag == "mc:AlternateContent":
                self._inline(_alternative(child), runs, deleted=deleted, style_hidden=style_hidden)
            elif tag in _INLINE_WRAPPERS or (tag.startswith(_MATH) and tag not in ("m:ctrlPr", "m:rPr")):
                if tag == "w:hyperlink":
                    self._hyperlink(child, runs)
                self._inline(child, runs, deleted=deleted, style_hidden=style_hidden)

    def _run(self, element: _Element, runs: _Runs, *, deleted: bool, style_hidden: bool) -> None:
        properties = ox.child(element, "w:rPr")
        direct = is_on(ox.child(properties, "w:vanish"))
        by_style = style_hidden or self.styles.is_hidden(_style(properties, "w:rStyle"))
        hidden = direct if direct is not None else by_style
        for child in element:
            self._run_child(child, runs, hidden=hidden, deleted=deleted)

    def _run_child(self, child: _Element, runs: _Runs, *, hidden: bool, deleted: bool) -> None:
        tag = ox.name(child)
        self._count(child, tag)
        if tag in ("w:t", "w:delText", "m:t"):
            runs.add(_text(child), hidden=hidden, deleted=deleted or tag == "w:delText")
        elif tag in _CHARACTERS:
            runs.add(_CHARACTERS[tag], hidden=hidden, deleted=deleted)
        elif tag in ("w:br", "w:cr"):
            runs.end_line(hidden=hidden, deleted=deleted)
        elif tag == "w:sym":
            runs.add(_symbol(child), hidden=hidden, deleted=deleted)
        elif tag == "w:instrText":
            self._field(child, runs)
        elif tag == "mc:AlternateContent":
            for inner in _alternative(child):
                self._run_child(inner, runs, hidden=hidden, deleted=deleted)
        elif tag in ("w:drawing", "w:pict", "w:object"):
            self._drawing(child, runs)
        elif tag == "w:ruby":
            self._inline(child, runs, deleted=deleted, style_hidden=hidden)

    def _hyperlink(self, element: _Element, runs: _Runs) -> None:
        relation = self.relations.get(ox.attribute(element, "r:id") or "")
        if relation is not None and relation.external and relation.target:
            runs.boxes.append(Draft(text=relation.target, kind=Kind.META, part="link"))
        tip = ox.attribute(element, "w:tooltip")
        if tip:
            runs.boxes.append(Draft(text=tip, kind=Kind.META, part="alt"))

    def _field(self, element: _Element, runs: _Runs) -> None:
        words = (element.text or "").strip()
        if words.upper().startswith("HYPERLINK"):
            target = words[len("HYPERLINK") :].strip().split('"')
            if len(target) > 1 and "\\l" not in target[0]:
                runs.boxes.append(Draft(text=target[1], kind=Kind.META, part="link"))

    # Drawings.

    def _drawing(self, element: _Element, runs: _Runs) -> None:
        for child in element:
            tag = ox.name(child)
            if tag == "w:txbxContent":
                inner = Story(self.styles, self.relations, self.counts, part="textbox", kind=self.kind)
                inner._gone = self._gone
                runs.boxes.extend(inner.walk(child))
                continue
            if tag == "mc:AlternateContent":
                child = _alternative(child)  # noqa: PLW2901
            elif tag == "v:textpath":
                words = ox.attribute(child, "string")
                if words and words.strip():
                    runs.boxes.append(Draft(text=words.strip(), kind=Kind.FURNITURE, part="watermark"))
            elif tag in ("wp:docPr", "pic:cNvPr", "v:shape", "v:imagedata"):
                self._alternative_text(child, runs)
            self._drawing(child, runs)

    def _alternative_text(self, element: _Element, runs: _Runs) -> None:
        for wanted in ("descr", "title", "alt"):
            words = (ox.attribute(element, wanted) or "").strip()
            if words and words not in self._seen_alt:
                self._seen_alt.add(words)
                runs.boxes.append(Draft(text=words, kind=Kind.META, part="alt"))

    # Tables.

    def _table(self, element: _Element) -> None:
        self.counts.tables += 1
        number = self.counts.tables
        rows = [row_cells(row) for row in table_rows(element)]
        covered = [{one.column for one in cells if one.covered} for _, cells in rows]
        gone = self._gone
        for at, (row, cells) in enumerate(rows):
            properties = ox.child(row, "w:trPr")
            if properties is not None:
                self._count(properties, "w:trPr")
            self._gone = gone or ox.child(properties, "w:del") is not None
            for one in cells:
                if one.covered:
                    self._covered(one.element)
                else:
                    spans = row_span(covered, at, one.column)
                    cell = Cell(
                        table=number, row=at + 1, column=one.column, row_span=spans, column_span=one.span
                    )
                    self._cell(one.element, cell, alone=len(rows) == 1 and len(cells) == 1)
        self._gone = gone

    def _cell(self, element: _Element, cell: Cell, *, alone: bool) -> None:
        outer, self.drafts = self.drafts, []
        if alone:
            kept, self._cells = self._cells, []
            self._blocks(element)
            self._cells = kept
            outer.extend(self.drafts)
        else:
            self._cells.append(cell)
            self._blocks(element)
            self._cells.pop()
            outer.extend(one_block(self.drafts, cell, self.kind))
        self.drafts = outer

    def _covered(self, element: _Element) -> None:
        # A merged-over cell is not shown, but what was typed there is still in the file.
        inner = Story(self.styles, self.relations, self.counts, part="hidden", kind=self.kind)
        for draft in inner.walk(element):
            draft.visible = False
            draft.cell = None
            draft.kind = self.kind if draft.kind is Kind.CELL else draft.kind
            if draft.text.strip():
                self.drafts.append(draft)


def _alternative(element: _Element) -> _Element:
    """The one branch of alternative content that counts: the first choice that has text."""
    branches = [*ox.children(element, "mc:Choice"), *ox.children(element, "mc:Fallback")]
    shown = (one for one in branches if any(ox.name(inner) in _TEXTUAL for inner in one.iter()))
    return next(shown, branches[0] if branches else element)


def _style(properties: _Element | None, wanted: str) -> str:
    found = ox.child(properties, wanted)
    return (ox.attribute(found, "w:val") or "") if found is not None else ""


def _text(element: _Element) -> str:
    text = (element.text or "").replace("\n", " ").replace("\r", " ")
    kept = element.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"
    return text if kept else text.strip(" ")


def _symbol(element: _Element) -> str:
    font = (ox.attribute(element, "w:font") or "").lower()
    try:
        code = int(ox.attribute(element, "w:char") or "", 16)
    except ValueError:
        return ""
    if (font, code) in _SYMBOLS:
        return _SYMBOLS[font, code]
    return chr(code) if 0x20 <= code < 0xD800 or 0xE000 <= code <= 0xFFFD else ""
