"""Tables of a Word document: rows and cells through all wrappers, spans, and one block for each cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from validator.model.document import Cell, Kind

from .. import _ooxml as ox
from .._draft import Draft
from .choice import branches
from .trace import joined

if TYPE_CHECKING:
    from lxml.etree import _Element

_JOINED_CELL = 200
_MOST_SPAN = 1000


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell at its column of the grid. `merged` says that it is merged with cells above or below it;
    a `covered` one is merged into another and not shown."""

    element: _Element
    properties: dict[str, _Element]
    column: int
    span: int
    merged: bool = False
    covered: bool = False


def parts_of(parent: _Element, wanted: str) -> Iterator[_Element]:
    """The rows of a table (`w:tr`) or the cells of a row (`w:tc`), also those inside content controls,
    insertions and whatever else is put around them."""
    stack = [iter(parent)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
            continue
        tag = ox.name(child)
        if tag == wanted:
            yield child
        elif tag == "mc:AlternateContent":
            shown, _ = branches(child)
            if shown is not None:
                stack.append(iter(shown))
        elif not tag.endswith("Pr") and tag not in ("w:tc", "w:p"):
            stack.append(iter(child))


def controls_of(table: _Element) -> list[_Element]:
    """Properties of the content controls around rows and cells of this table, not of those in its cells."""
    found: list[_Element] = []
    stack = [iter(table)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
        elif ox.name(child) == "w:sdtPr":
            found.append(child)
        elif ox.name(child) not in ("w:tc", "w:p", "w:tbl"):
            stack.append(iter(child))
    return found


def grid(table: _Element) -> list[tuple[_Element, list[GridCell]]]:
    """The rows of a table with their cells, each at its column of the grid."""
    rows: list[tuple[_Element, list[GridCell]]] = []
    above: set[int] = set()
    for row in parts_of(table, "w:tr"):
        cells = _row_cells(row, above)
        rows.append((row, cells))
        above = {one.column for one in cells if one.merged}
    return rows


def _row_cells(row: _Element, above: set[int]) -> list[GridCell]:
    column = 1 + _number(ox.child(ox.child(row, "w:trPr"), "w:gridBefore"))
    cells: list[GridCell] = []
    first = 0
    for element in parts_of(row, "w:tc"):
        properties = ox.properties(element, "w:tcPr")
        span = max(1, _number(properties.get("w:gridSpan")))
        merge = properties.get("w:vMerge")
        # A cell that goes on with nothing above it is shown, whatever it says.
        covered = _continues(merge) and column in above
        if cells and _continues(properties.get("w:hMerge")):
            # Merged with the cell to the left, as Word up to 2003 wrote it.
            cells[first] = replace(cells[first], span=cells[first].span + span)
            cells.append(GridCell(element, properties, column, 0, covered=True))
        else:
            first = len(cells)
            cells.append(
                GridCell(element, properties, column, span, merged=merge is not None, covered=covered)
            )
        column += span
    return cells


def _continues(merge: _Element | None) -> bool:
    return merge is not None and (ox.value(merge) or "continue") == "continue"


def row_span(covered: list[set[int]], at: int, column: int) -> int:
    """How many rows the cell at this row and column takes up, by the columns of each row that are merged
    into the cell above."""
    span = 1
    while at + span < len(covered) and column in covered[at + span]:
        span += 1
    return span


def one_block(drafts: list[Draft], cell: Cell, kind: Kind, part: str) -> list[Draft]:
    """The paragraphs of a cell as one block, unless it holds a whole text; an empty cell keeps its place."""
    own = [
        one for one in drafts if one.cell == cell and one.visible and one.part not in ("hidden", "deleted")
    ]
    filled = [one for one in own if one.text.strip()]
    mine = {id(one) for one in own}
    rest = [one for one in drafts if id(one) not in mine]
    if not filled:
        wanted = Kind.CELL if kind is Kind.PARAGRAPH else kind
        made = own or [Draft(text="", kind=wanted, part=part, cell=cell)]
        blank = next((one for one in made if one.text), made[0])
        return [blank, *rest]
    if sum(len(one.text) for one in filled) > _JOINED_CELL:
        return [one for one in drafts if id(one) not in mine or one.text.strip()]
    filled[0].text = joined(" ", [one.text for one in filled])
    return [filled[0], *rest]


def _number(element: _Element | None) -> int:
    return 0 if element is None else min(max(ox.number(ox.value(element)) or 0, 0), _MOST_SPAN)
