"""Tables: the indicator in the row or column head, the unit in a head, a cell or the caption."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from validator.facts import _tables_cells as cells
from validator.facts._matcher import Dictionary
from validator.facts._quantities import Quantity
from validator.facts._roles import Frame, years
from validator.facts._roles import setting as block_setting
from validator.facts._statement import Link
from validator.facts._tables_grid import Grid, caption_title, caption_unit, captions, grid
from validator.facts._tables_heads import Column, Heads, heads
from validator.facts._tables_lines import Line, Sheet, lines
from validator.facts._tables_names import Names
from validator.model.document import Document, Kind
from validator.model.fact import Hole
from validator.model.rule import Indicator
from validator.model.words import Role, Scope
from validator.text.fold import HOLE, Folded, fold
from validator.text.lazy import lazy

if TYPE_CHECKING:
    from validator.facts.reading import _Collector

_ROLES = {"previous": Role.PREVIOUS, "target": Role.TARGET, "growth": Role.CHANGE}
_NEAR = 60
_TYPED = lazy("[ \u00a0\u3000]*[\u00a0\u3000][ \u00a0\u3000]*[\u00a0\u3000][ \u00a0\u3000]*")
_UNDATED: list[tuple[Document, bool]] = []


@dataclass(frozen=True, slots=True)
class _Table:
    collector: _Collector
    indicators: Mapping[str, Indicator]
    rank_of: Mapping[str, str]
    frame: Frame
    sheet: Sheet
    caption_unit: str


@dataclass(frozen=True, slots=True)
class _Spot:
    """One cell as a statement on one indicator."""

    line: Line
    rule: Indicator
    block: int
    column: Column
    units: cells.Units


def read(
    collector: _Collector,
    dictionary: Dictionary,
    indicators: Mapping[str, Indicator],
    blocks: Sequence[int],
    around: Frame,
) -> None:
    """Add the facts of one table, whose cells are `blocks`, to `collector`."""
    made = grid(collector.document, blocks)
    if made is None:
        return
    unit = caption_unit(captions(made, blocks[0], headings=True))
    title = caption_title(captions(made, blocks[0], headings=False))  # a heading speaks through its section
    sheet = Sheet(made, _heads(made, around, blocks[0], title), Names(dictionary, indicators))
    ranks = {other: one.id for one in indicators.values() for other in one.rank_of}
    table = _Table(collector, indicators, ranks, around, sheet, unit)
    for line in lines(sheet):
        _state(table, line)
    for index in _spaced_out(made):
        collector.holes[index].setdefault(0, _blank(collector.document, index))


def _spaced_out(made: Grid) -> Iterator[int]:
    """Cells of a column of numbers in which somebody typed blanks; one blank is what editors leave themselves."""
    body = [row for row in made.rows if row not in made.head]
    for column in made.columns[1:]:
        index = {row: made.cells[row, column] for row in body if (row, column) in made.cells}
        filled = [row for row, one in index.items() if made.of_block(one)]
        if not filled or not all(made.numeric(row, [column]) for row in filled):
            continue
        for row, one in index.items():
            typed = _TYPED.fullmatch(made.document.blocks[one].text) is not None
            others = [other for other in made.columns[1:] if other != column]
            if typed and made.text(row, made.columns[0]) and made.numeric(row, others):
                yield one


def _heads(made: Grid, around: Frame, first: int, caption: str) -> Heads:
    document = made.document
    plan = block_setting(document.blocks[first], around).role is Role.TARGET
    titles = ["".join(made.stack(column)) for column in made.columns]
    titles += [made.text(row, made.columns[0]) for row in made.rows]
    alone = not years(around.title) and _undated(document)
    return heads(around, titles, caption, plan=plan, alone=alone)


def _undated(document: Document) -> bool:
    """Whether no running text near the head of the document speaks of a year; worked out once a document."""
    if not _UNDATED or _UNDATED[0][0] is not document:
        running = [block.text for block in document.blocks[:_NEAR] if block.kind is not Kind.CELL]
        _UNDATED[:] = [(document, not any(years(fold(text).text) for text in running))]
    return _UNDATED[0][1]


def _state(table: _Table, line: Line) -> None:
    """Add what the cells of a line state of its indicators."""
    for indicator in line.named.ids:
        rank = table.rank_of.get(indicator)
        for index, column in line.cells:
            if column.kind in ("none", "unit", "maybe") or index == line.name_block:
                continue
            units = cells.Units(line.unit, column.unit, table.caption_unit)
            if column.kind != "rank":
                _cell(table, _Spot(line, table.indicators[indicator], index, column, units))
            elif rank is not None:
                place = replace(column, kind=table.sheet.heads.stated)
                _cell(table, _Spot(line, table.indicators[rank], index, place, units))


def _cell(table: _Table, spot: _Spot) -> None:
    index, column = spot.block, spot.column
    document = table.collector.document
    block = document.blocks[index]
    holes = list(table.collector.holes[index].values())
    if not block.text.strip() and not holes:
        plain = column.kind in ("value", "target") and column.scope is Scope.WHOLE
        if not (plain and spot.units.of(spot.rule)):
            return
        holes = [_blank(document, index)]
        table.collector.holes[index][0] = holes[0]
        folded = Folded(HOLE, [0, len(block.text)])
    else:
        visible = [(one.start, one.end) for one in holes]
        folded = fold(block.text, cells.grown(block.text, visible))
    for piece in cells.pieces(folded.text):
        link = _link(table, spot, piece)
        if link is None:
            break
        table.collector.add(link, folded, index, 0, holes)
        if column.kind == "growth":
            break


def _link(table: _Table, spot: _Spot, piece: cells.Piece) -> Link | None:
    """What one number of a cell states of the indicator; None where it can be nothing of it."""
    one, rule, column = piece.quantity, spot.rule, spot.column
    role: Role = _ROLES.get(column.kind, Role.ACTUAL)
    of, scope = None, column.scope
    share = rule.kind == "amount" and (one.unit == "%" or (not one.unit and spot.units.share()))
    grows = column.kind == "growth" or spot.line.named.growth or bool(piece.turn) or share
    quantity: Quantity | None
    if grows and not (rule.growth and one.unit in ("", "%")):
        of = column.of if column.kind == "growth" else role
        if of is Role.PREVIOUS:
            of, scope = Role.ACTUAL, Scope.PERIOD
        role = Role.CHANGE
        quantity = cells.growth(one, rule, _growth_unit(table, spot))
    else:
        role = column.of if column.kind == "growth" else role
        units = spot.units if column.kind != "growth" else cells.Units("", column.unit or "%", "")
        quantity = cells.level(one, rule, column, units)
        if quantity is not None and quantity.value is not None and piece.turn == "down":
            quantity = replace(quantity, value=-quantity.value)
    if quantity is None or (quantity.value is None and quantity.hole is None):
        return None
    turn = (piece.turn or ("down" if (quantity.value or 0) < 0 else "up")) if of else None
    year = column.year or table.frame.year
    return Link(rule.id, quantity, role, one.start, one.end, of, turn, scope, year, "table")


def _growth_unit(table: _Table, spot: _Spot) -> str:
    """The unit of a bare change: of its head, or that which the values beside it bear out."""
    rule, column = spot.rule, spot.column
    level = spot.units.of(rule) or rule.unit
    level = "位" if rule.kind == "rank" else "个百分点" if rule.unit == "%" else level
    if column.kind != "growth":
        return "%"
    if column.unit and column.unit != "%":
        return level if rule.kind == "rank" else column.unit
    made = table.sheet.grid
    beside = spot.line.beside()
    now, before = (made.of_block(beside[kind]) if kind in beside else "" for kind in ("value", "previous"))
    text = made.of_block(spot.block)
    by_difference = cells.difference(text, now, before)
    if by_difference is not None:
        return level if by_difference else "%"
    return "%" if column.rate or ("." in text and not made.shares(spot.block)) else level


def _blank(document: Document, index: int) -> Hole:
    text = document.blocks[index].text
    return Hole(
        code="PLC002",
        text=text,
        block=index,
        start=0,
        end=len(text),
        location=document.locate(index, 0, len(text)),
        blank=True,
    )
