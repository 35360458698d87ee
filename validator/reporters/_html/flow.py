"""The report's own text as it reads: headings, paragraphs, tables, and boxes for what is beside the body."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from validator.model.document import Block, Document, Kind
from validator.model.location import PARTS
from validator.model.words import Lang
from validator.reporters._html.grid import Grid, GridCell
from validator.reporters._html.marks import Mark, Piece, Stated, pieces

_NONE: Mapping[int, tuple[Note, ...]] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What is missing and belongs here: the name of an indicator and the entry in the list."""

    name: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A heading (`level` above 0) or a paragraph. `notes` with the anchor `note_id` stand below it."""

    pieces: Sequence[Piece]
    id: str = ""
    level: int = 0
    title: bool = False
    notes: tuple[Note, ...] = ()
    note_id: str = ""
    kind: str = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """What stands beside the body, such as a header or a comment. `counted`: a number in it counts."""

    label: str
    counted: bool
    nodes: list[Text | Grid | Gap]
    kind: str = "box"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """So many blocks are left out here."""

    count: int
    kind: str = "gap"


Node = Text | Grid | Box | Gap


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Everything that is said about the blocks of a document, by the number of the block."""

    marks: Mapping[int, Sequence[Mark]]
    facts: Mapping[int, Sequence[Stated]]
    notes: Mapping[int, tuple[Note, ...]] = field(default_factory=lambda: _NONE)
    prefix: str = ""

    def text(self, document: Document, index: int) -> Text:
        """One block."""
        block = document.blocks[index]
        heading = block.kind is Kind.HEADING and block.part == "body"
        notes = self.notes.get(index, ())
        return Text(
            pieces=pieces(block.text, self.marks.get(index, ()), self.facts.get(index, ())),
            level=max(1, block.level) if heading else 0,
            title=heading and block.level == 0,
            notes=notes,
            note_id=f"{self.prefix}n{index}" if notes else "",
        )


def flow(document: Document, said: Said, lang: Lang, kept: frozenset[int] | None = None) -> list[Node]:
    """The nodes of a document in reading order; only the blocks that are `kept`, where that is given.

    A table stands where it begins, and what stands inside it without being a cell of it follows.
    """
    builder = _Builder(document=document, said=said, lang=lang)
    left_out = 0
    for index in range(len(document.blocks)):
        if kept is not None and index not in kept:
            left_out += 1
            continue
        builder.gap(left_out)
        left_out = 0
        builder.add(index)
    builder.gap(left_out)
    return builder.done()


@dataclass(slots=True, kw_only=True)
class _Builder:
    document: Document
    said: Said
    lang: Lang
    nodes: list[Node | _Cells] = field(default_factory=list)
    tables: dict[tuple[object, ...], _Cells] = field(default_factory=dict)
    box: tuple[str, list[int]] | None = None

    def gap(self, count: int) -> None:
        if count:
            self._close()
            self.nodes.append(Gap(count=count))

    def add(self, index: int) -> None:
        block = self.document.blocks[index]
        if block.part != "body":
            if self.box is None or self.box[0] != block.part:
                self._close()
                self.box = (block.part, [])
            self.box[1].append(index)
            return
        key = _table_of(block)
        if key is not None and key in self.tables:
            # what stands in the cells is drawn behind the table, so an open box need not end here
            self.tables[key].indices.append(index)
            return
        self._close()
        if key is None:
            self.nodes.append(self.said.text(self.document, index))
            return
        self.tables[key] = _Cells([index])
        self.nodes.append(self.tables[key])

    def _close(self) -> None:
        if self.box is None:
            return
        part, indices = self.box
        self.box = None
        words = PARTS.get(part, (part, part))
        blocks = self.document.blocks
        self.nodes.append(
            Box(
                label=words[1 if self.lang is Lang.EN else 0],
                counted=any(blocks[one].states for one in indices),
                nodes=self._inside(indices),
            )
        )

    def _inside(self, indices: Iterable[int]) -> list[Text | Grid | Gap]:
        inside: list[Text | Grid | Gap | _Cells] = []
        tables: dict[tuple[object, ...], _Cells] = {}
        for index in indices:
            key = _table_of(self.document.blocks[index])
            if key is None:
                inside.append(self.said.text(self.document, index))
            elif key in tables:
                tables[key].indices.append(index)
            else:
                tables[key] = _Cells([index])
                inside.append(tables[key])
        return [self._grid(one) if isinstance(one, _Cells) else one for one in inside]

    def _grid(self, cells: _Cells) -> Grid:
        blocks = self.document.blocks
        return Grid.of(
            [
                GridCell(
                    row=cell.row,
                    column=cell.column,
                    row_span=cell.row_span,
                    column_span=cell.column_span,
                    texts=[self.said.text(self.document, index)],
                )
                for index in cells.indices
                if (cell := blocks[index].cell) is not None
            ]
        )

    def done(self) -> list[Node]:
        self._close()
        return [self._grid(one) if isinstance(one, _Cells) else one for one in self.nodes]


@dataclass(frozen=True, slots=True)
class _Cells:
    """The blocks of a table that is still being collected."""

    indices: list[int]


def _table_of(block: Block) -> tuple[object, ...] | None:
    """What the cells of one table have in common; a sheet is one table, whatever lies on it."""
    cell = block.cell
    if cell is None:
        return None
    return (block.part, cell.sheet) if cell.sheet is not None else (block.part, None, cell.table)
