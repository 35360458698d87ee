"""Rows of tables in a Word binary file: edges of the cells, and what they are merged with. [MS-DOC] 2.6.3"""

from __future__ import annotations

import struct
from collections.abc import Iterable

from .._flowstory import CellDef, RowDef

_CELL = 20
_DEFINITION, _INSERT, _DELETE, _WIDTH = 0xD608, 0x7621, 0x5622, 0x7623
_MERGE, _SPLIT, _MERGE_DOWN = 0x5624, 0x5625, 0xD62B
_BESIDE, _ABOVE = 0x0003, 0x0060
_MOST_CELLS = 64
"""Word has no more columns; [MS-DOC] 2.9.320."""


def read_row(said: Iterable[tuple[int, bytes]]) -> RowDef:
    """The row that a list of table properties defines."""
    row = RowDef()
    for code, operand in said:
        if code == _DEFINITION:
            row = _definition(operand)
        elif code == _INSERT and len(row.cells) < _MOST_CELLS:
            _insert(row, operand)
        elif code == _DELETE:
            del row.cells[operand[0] : operand[1]]
        elif code == _WIDTH:
            _widen(row, operand)
        elif code in (_MERGE, _SPLIT):
            for cell in row.cells[operand[0] + 1 : operand[1]]:
                cell.beside = code == _MERGE
        elif code == _MERGE_DOWN and len(operand) >= 2 and operand[0] < len(row.cells):
            row.cells[operand[0]].above = operand[1] == 1
    return row


def _definition(operand: bytes) -> RowDef:
    count = min(operand[0] if operand else 0, _MOST_CELLS)
    if len(operand) < 1 + 2 * (count + 1):
        return RowDef()
    edges = struct.unpack_from(f"<{count + 1}h", operand, 1)
    row = RowDef(left=edges[0])
    first = 0
    for number in range(count):
        at = 1 + 2 * (count + 1) + _CELL * number
        flags = int.from_bytes(operand[at : at + 2], "little")
        # Old and new descriptions have the two marks (begins a merged set, goes on with one) the other
        # way round, so what stands first in a set of cells is its beginning.
        beside = flags & _BESIDE
        covered = bool(first and beside and beside != first)
        if not covered:
            first = beside
        row.cells.append(CellDef(max(edges[number + 1], edges[0]), covered, flags & _ABOVE == 0x20))
    return row


def _insert(row: RowDef, operand: bytes) -> None:
    at, count, width = min(operand[0], len(row.cells)), operand[1], int.from_bytes(operand[2:4], "little")
    left = row.cells[at - 1].right if at else row.left
    count = min(count, _MOST_CELLS - len(row.cells))
    for cell in row.cells[at:]:
        cell.right += count * width
    row.cells[at:at] = [CellDef(left + (one + 1) * width) for one in range(count)]


def _widen(row: RowDef, operand: bytes) -> None:
    width = int.from_bytes(operand[2:4], "little")
    edge = row.cells[operand[0] - 1].right if 0 < operand[0] <= len(row.cells) else row.left
    shift = 0
    for number, cell in enumerate(row.cells):
        if operand[0] <= number < operand[1]:
            edge += width
            shift = edge - cell.right
            cell.right = edge
        elif number >= operand[1]:
            cell.right += shift
