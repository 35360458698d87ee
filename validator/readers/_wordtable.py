"""Tables of a Word document: rows and cells through all wrappers, spans, and one block for each cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from validator.model.document import Cell, Kind

from . import _ooxml as ox
from ._draft import Draft

if TYPE_CHECKING:
    from lxml.etree import _Element

WRAPPERS = frozenset({"w:sdt", "w:sdtContent", "w:smartTag", "w:customXml", "w:ins", "w:moveTo"})
"""Elements around paragraphs, rows, cells and runs that are shown as if they were not there."""
_JOINED_CELL = 200


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell at its column of the grid; a covered one is merged into the cell above."""

    element: _Element
    column: int
    span: int
    covered: bool


def table_rows(table: _Element) -> list[_Element]:
    """Rows of a table, also those inside content controls and insertions."""
    found: list[_Element] = []
    for child in table:
        if ox.name(child) == "w:tr":
            found.append(child)
        elif ox.name(child) in WRAPPERS:
            found.extend(table_rows(child))
    return found


def row_cells(row: _Element) -> tuple[_Element, list[GridCell]]:
    """A row with its cells, each at its column of the grid."""
    before = ox.child(ox.child(row, "w:trPr"), "w:gridBefore")
    column = 1 + _number(before)
    cells: list[GridCell] = []
    for element in _cell_elements(row):
        properties = ox.child(element, "w:tcPr")
        span = max(1, _number(ox.child(properties, "w:gridSpan")))
        merge = ox.child(properties, "w:vMerge")
        covered = merge is not None and (ox.attribute(merge, "w:val") or "continue") == "continue"
        cells.append(GridCell(element, column, span, covered))
        column += span
    return row, cells


def _cell_elements(row: _Element) -> list[_Element]:
    found: list[_Element] = []
    for child in row:
        if ox.name(child) == "w:tc":
            found.append(child)
        elif ox.name(child) in WRAPPERS:
            found.extend(_cell_elements(child))
    return found


def row_span(covered: list[set[int]], at: int, column: int) -> int:
    """How many rows the cell at this row and column covers, by the covered columns of each row."""
    span = 1
    while at + span < len(covered) and column in covered[at + span]:
        span += 1
    return span


def one_block(drafts: list[Draft], cell: Cell, kind: Kind) -> list[Draft]:
    """The paragraphs of a cell as one block, unless it holds a whole text; an empty cell keeps its place."""
    own = [
        one for one in drafts if one.cell == cell and one.visible and one.part not in ("hidden", "deleted")
    ]
    filled = [one for one in own if one.text.strip()]
    mine = {id(one) for one in own}
    rest = [one for one in drafts if id(one) not in mine]
    if not filled:
        wanted = Kind.CELL if kind is Kind.PARAGRAPH else kind
        blank = next(
            (one for one in own if one.text), own[0] if own else Draft(text="", kind=wanted, cell=cell)
        )
        return [blank, *rest]
    if sum(len(one.text) for one in filled) > _JOINED_CELL:
        return [one for one in drafts if id(one) not in mine or one.text.strip()]
    filled[0].text = " ".join(one.text for one in filled)
    return [filled[0], *rest]


def _number(element: _Element | None) -> int:
    value = (ox.attribute(element, "w:val") or "") if element is not None else ""
    return min(int(value), 1000) if value.isdigit() else 0
