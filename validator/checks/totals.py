"""Whether the columns of a table add up to its total.

Only columns whose every number is read are added, and only of quantities that can be added: rates, prices,
scores, ranks and years cannot. Rows of a part (其中) are left to their own group: such a table is not judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction

from validator.checks._base import Check, Context
from validator.model.document import Block
from validator.model.finding import Code, Finding
from validator.model.words import Bilingual, Severity
from validator.text.fold import fold_word
from validator.text.lazy import lazy

CODES = (
    Code(
        id="CON003",
        title=Bilingual("表格合计不对", "a total that does not add up"),
        severity=Severity.WARNING,
        meaning=Bilingual(
            "表里写了合计，可是上面各行加起来不是这个数。",
            "The table states a total, and its rows do not add up to it.",
        ),
        bad="一中120，二中80，合计210",
        good="一中120，二中80，合计200",
        remedy=Bilingual(
            "重新加一遍，改正合计或写错的那一行。", "Add up again; mend the total or the wrong row."
        ),
    ),
)
_TOTAL = lazy("(?:合计|总计|共计|总数)(?:[(:].*)?|全[县市区省]合计")
_SUBTOTAL = lazy("小计")
_PART = lazy("其中|#|占|平均|比上年|同比|增长|备注|说明")
_NOT_ADDITIVE = lazy(
    "率|比|占|%|％|均|单价|价格|增长|增幅|增速|分数|得分|成绩|排名|名次|位次|序号|编号|年份|年度|时间|日期|电话|强度|密度|每"
)
_NUMBER = lazy(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?")
_FEWEST_ROWS = 2

_Grid = dict[int, dict[int, int]]
"""Row -> column -> index of the block."""


def _find(context: Context) -> Iterator[Finding]:
    blocks = context.document.blocks
    for grid in _grids(blocks).values():
        totals = [row for row, cells in grid.items() if _label(blocks, cells, _TOTAL)]
        labels = [_text(blocks[_first(cells)]) for cells in grid.values() if cells]
        if len(totals) != 1 or any(_SUBTOTAL.search(one) or _PART.match(one) for one in labels):
            continue
        yield from _table(context, grid, totals[0])


def _grids(blocks: tuple[Block, ...]) -> dict[int, _Grid]:
    grids: dict[int, _Grid] = {}
    for index, block in enumerate(blocks):
        cell = block.cell
        if cell is not None and block.states:
            spans = cell.row_span > 1 or cell.column_span > 1
            if not (spans and _NUMBER.fullmatch(_text(block))):
                grids.setdefault(cell.table, {}).setdefault(cell.row, {})[cell.column] = index
    return grids


def _first(cells: Mapping[int, int]) -> int:
    """The block of the first cell of a row."""
    return cells[min(cells)]


def _label(blocks: tuple[Block, ...], cells: Mapping[int, int], wanted: re.Pattern[str]) -> bool:
    """Whether the row's label, in one of its first two cells, is the wanted word."""
    return any(wanted.fullmatch(_text(blocks[cells[column]])) for column in sorted(cells)[:2])


def _text(block: Block) -> str:
    return "".join(fold_word(block.text).split())


def _table(context: Context, grid: _Grid, total: int) -> Iterator[Finding]:
    blocks = context.document.blocks
    above = [row for row in sorted(grid) if row < total]
    below = [row for row in sorted(grid) if row > total]
    head = _head_rows(blocks, grid, above)
    rows = [row for row in above if row not in head] or below
    if len(rows) < _FEWEST_ROWS:
        return
    for column, index in sorted(grid[total].items()):
        stated = _number(blocks[index])
        heads = "".join(_text(blocks[grid[row][column]]) for row in head if column in grid[row])
        cells = [grid[row].get(column) for row in rows]
        if stated is None or not heads or _NOT_ADDITIVE.search(heads) or None in cells:
            continue
        values = [_number(blocks[cell]) for cell in cells if cell is not None]
        if any(value is None for value in values):
            continue
        yield from _sum(context, index, stated, [value for value in values if value is not None], heads)


def _head_rows(blocks: tuple[Block, ...], grid: _Grid, above: list[int]) -> list[int]:
    """The rows above the first one that holds a number."""
    head: list[int] = []
    for row in above:
        if any(_number(blocks[index]) is not None for index in grid[row].values()):
            break
        head.append(row)
    return head


def _number(block: Block) -> tuple[Fraction, Fraction] | None:
    """Value and half of the last digit's step of a cell that is nothing but a number."""
    text = _text(block)
    if not _NUMBER.fullmatch(text):
        return None
    plain = text.replace(",", "")
    return Fraction(plain), Fraction(1, 2 * 10 ** len(plain.partition(".")[2]))


def _sum(
    context: Context,
    index: int,
    stated: tuple[Fraction, Fraction],
    values: list[tuple[Fraction, Fraction]],
    heads: str,
) -> Iterator[Finding]:
    whole = all(value.denominator == 1 for value, _ in (stated, *values))
    due = sum((value for value, _ in values), Fraction(0))
    slack = Fraction(0) if whole else stated[1] + sum((half for _, half in values), Fraction(0))
    if abs(stated[0] - due) <= slack:
        return
    code = CODES[0]
    text = context.document.blocks[index].text
    shown, wrong = f"{float(due):.12g}", f"{float(stated[0]):.12g}"
    yield Finding(
        code=code.id,
        severity=code.severity,
        message=Bilingual(
            f"“{heads}”一列各行相加是{shown}，合计写的是{wrong}",
            f"the rows of column “{heads}” add up to {shown}, the total says {wrong}",
        ),
        remedy=code.remedy,
        location=context.document.locate(index, 0, len(text)),
        text=text,
        block=index,
        start=0,
        end=len(text),
    )


CHECK = Check(codes=CODES, find=_find)
