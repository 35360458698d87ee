"""Tables: the indicator in the row or column head, the unit in a head, a cell or the caption."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from validator.facts import _quantities
from validator.facts._matcher import Dictionary
from validator.facts._quantities import Quantity
from validator.facts._roles import Frame, years
from validator.facts._roles import setting as block_setting
from validator.facts._statement import Link
from validator.model.document import Document, Kind
from validator.model.fact import Hole
from validator.model.rule import Indicator
from validator.model.words import Role, Scope
from validator.text.fold import HOLE, Folded, fold
from validator.text.lazy import lazy
from validator.text.units import UNITS, family, fits, split

if TYPE_CHECKING:
    from validator.facts.reading import _Collector

_PART = lazy(r"^[\s　]*(?:#|＃|其中|[—-]{1,2})|^[\s　]{2,}")
_UNIT_HEAD = lazy("^(?:计量)?单位$")
_GROWTH_HEAD = lazy("增长|增幅|同比|增减|比上年|较上年|增速|变化|±")
_TARGET_HEAD = lazy("目标|计划|预期|任务|预算|年度投资|安排")
_PREVIOUS_HEAD = lazy("上年|去年|上期|基期|同期")
_PERIOD_HEAD = lazy(r"\d月|半年|季度|月末|年末")
_VALUE_HEAD = lazy(
    "数值|数据|完成|实绩|实际|本年|今年|当年|指标值|结果|累计|投资|金额|投入|数量|值$|现状|水平"
)
_SKIP_HEAD = lazy(
    "序号|备注|责任|科室|部门|时限|股室|单位名|说明|来源|性质|属性|排名(?!次)|得分|权重|完成率|占比"
)
_TOTAL = lazy("合计|总计|全县|全市|全区|全州|总数|^计$")
_UNIT_IN = lazy(r"[(（]\s*(?:单位[:：])?\s*([^()（）]{1,6})\s*[)）]")
_CAPTION = lazy(r"单位[:：]\s*([^\s()（）|，。；]{1,6})")
_BARE = lazy(r"(?:约|近|超过|超|第)?(-?[\d,]+(?:\.\d+)?)(以上|左右|余)?")
_LABEL = lazy(r"^(?:\d{1,2}[.、．]|\(\d{1,2}\)|[一二三四五六七八九十]{1,2}、|[-·●■])+")


@dataclass(frozen=True, slots=True)
class _Column:
    """What a column holds: value, previous, target, growth, unit or nothing of ours; its unit and year."""

    kind: str
    unit: str = ""
    year: int | None = None


@dataclass(slots=True)
class _Table:
    collector: _Collector
    dictionary: Dictionary
    indicators: Mapping[str, Indicator]
    frame: Frame
    cells: dict[tuple[int, int], int]
    caption_unit: str
    plan: bool

    @property
    def document(self) -> Document:
        return self.collector.document

    def text(self, row: int, column: int) -> str:
        index = self.cells.get((row, column))
        return fold(self.document.blocks[index].text).text if index is not None else ""


def read(
    collector: _Collector,
    dictionary: Dictionary,
    indicators: Mapping[str, Indicator],
    blocks: Sequence[int],
    around: Frame,
) -> None:
    """Add the facts of one table, whose cells are `blocks`, to `collector`."""
    document = collector.document
    cells: dict[tuple[int, int], int] = {}
    for index in blocks:
        cell = document.blocks[index].cell
        if cell is not None:
            for row in range(cell.row, cell.row + cell.row_span):
                for column in range(cell.column, cell.column + cell.column_span):
                    cells.setdefault((row, column), index)
    first = document.blocks[blocks[0]]
    table = _Table(
        collector,
        dictionary,
        indicators,
        around,
        cells,
        _caption(document, blocks[0]),
        block_setting(first, around).role is Role.TARGET,
    )
    rows = sorted({row for row, _ in cells})
    columns = sorted({column for _, column in cells})
    if len(rows) < 2 or len(columns) < 2:
        return
    head = _head_rows(table, rows, columns)
    if sum(bool(_named(table, _joined(table, head, column))) for column in columns[1:]) >= 2:
        _read_transposed(table, head, rows, columns)
    else:
        _read_rows(table, head, rows, columns)


def _caption(document: Document, first: int) -> str:
    for block in document.blocks[max(0, first - 2) : first][::-1]:
        if block.kind is not Kind.CELL:
            match = _CAPTION.search(block.text) or re.search(
                r"[(（](万元|亿元|万人|元|人)[)）]", block.text[-12:]
            )
            if match:
                return fold(match[1]).text
    return ""


def _head_rows(table: _Table, rows: Sequence[int], columns: Sequence[int]) -> list[int]:
    """The first row, and further ones as long as they hold no plain numbers and the first cell is merged."""
    head = [rows[0]]
    for row in rows[1:3]:
        same = table.cells.get((row, columns[0])) == table.cells.get((rows[0], columns[0]))
        if not same:
            break
        head.append(row)
    return head


def _joined(table: _Table, head: Sequence[int], column: int) -> str:
    seen: list[int] = []
    for row in head:
        index = table.cells.get((row, column))
        if index is not None and index not in seen:
            seen.append(index)
    return "".join(fold(table.document.blocks[index].text).text for index in seen)


def _named(table: _Table, text: str) -> tuple[str, ...]:
    """Indicators that a head cell names as a whole; a unit in brackets and numbering do not matter."""
    bare = _LABEL.sub("", re.sub(r"\([^()]*\)$", "", text)).strip("：: *")
    bare = (
        re.sub("^(?:全县|全市|全区|全部|当年|本年|全年|年末|年底|其中|全社会(?!研))+", "", bare)
        if not table.dictionary.whole(bare)
        else bare
    )
    found = table.dictionary.whole(bare) or table.dictionary.whole(text)
    if not found and len(bare) > 3:
        for tail in ("建设", "情况", "工作", "数", "人数", "资金", "投入", "建设投入"):
            found = table.dictionary.whole(bare.removesuffix(tail)) if bare.endswith(tail) else found
            found = found or table.dictionary.whole(bare + tail)
            if found:
                break
    return tuple(sorted(found))


def _unit_of(text: str) -> str:
    """The unit in brackets in a head such as 在校生(万人), or the head itself where it is one."""
    for match in _UNIT_IN.finditer(text):
        if _known_unit(match[1]):
            return fold(match[1]).text
    return text if _known_unit(text) else ""


def _known_unit(text: str) -> bool:
    return bool(text) and split(fold(text).text)[1] in UNITS


def _column(table: _Table, title: str) -> _Column:
    unit = _unit_of(title)
    named = years(title + "年" if re.fullmatch(r"20\d\d", title) else title)
    if _UNIT_HEAD.search(title):
        return _Column("unit")
    if _GROWTH_HEAD.search(title):
        return _Column("growth", unit or "%")
    year = max(named) if named else None
    base = table.frame.year
    if year is not None and base is not None and not _TARGET_HEAD.search(title):
        base -= table.frame.plan
        if year > base:
            return _Column("target", unit, year)
        return _Column("value" if year == base else "previous", unit, year)
    if _TARGET_HEAD.search(title):
        return _Column("target", unit, year)
    if _PREVIOUS_HEAD.search(title):
        return _Column("previous", unit, base - 1 if base else None)
    if _SKIP_HEAD.search(title):
        return _Column("none")
    if _VALUE_HEAD.search(title) or _PERIOD_HEAD.search(title) or unit:
        return _Column("target" if table.plan else "value", unit)
    return _Column("maybe", unit)


def _read_rows(table: _Table, head: Sequence[int], rows: Sequence[int], columns: Sequence[int]) -> None:
    kinds = {column: _column(table, _joined(table, head, column)) for column in columns}
    name_column = next(
        (column for column in columns[:3] if any(_named(table, table.text(row, column)) for row in rows)),
        None,
    )
    if name_column is None:
        return
    kinds[name_column] = _Column("none")
    kinds = _settle(table, kinds, rows)
    for row in rows:
        if row in head and not _has_number(table, row, columns[1:]):
            continue
        index = table.cells.get((row, name_column))
        if index is None or _PART.match(table.document.blocks[index].text):
            continue
        names = _named(table, table.text(row, name_column))
        if not names:
            continue
        row_unit = _unit_of(table.text(row, name_column))
        for column in columns:
            if kinds[column].kind == "unit":
                row_unit = table.text(row, column) or row_unit
        for column in columns:
            _cell(table, names, row, column, kinds[column], row_unit, index)


def _settle(table: _Table, kinds: dict[int, _Column], rows: Sequence[int]) -> dict[int, _Column]:
    """Where no head says so: the latest year is the value, else the first column of numbers is."""
    out = dict(kinds)
    if not _states(out):
        latest = max((one.year for one in out.values() if one.kind == "previous" and one.year), default=None)
        if latest is not None and (table.frame.year is None or latest >= table.frame.year):
            out = {
                column: replace(kind, kind="value") if kind.year == latest else kind
                for column, kind in out.items()
            }
    if not _states(out):
        numbers = [
            column
            for column in sorted(out)
            if out[column].kind == "maybe" and any(_has_number(table, row, [column]) for row in rows[1:])
        ]
        for column in numbers[:1]:
            out[column] = replace(out[column], kind="target" if table.plan else "value")
    return {column: (_Column("none") if kind.kind == "maybe" else kind) for column, kind in out.items()}


def _states(kinds: Mapping[int, _Column]) -> bool:
    return any(one.kind in ("value", "target") for one in kinds.values())


def _has_number(table: _Table, row: int, columns: Sequence[int]) -> bool:
    return any(re.search(r"^[第约近超-]?\d[\d,.]*", table.text(row, column)) for column in columns)


def _read_transposed(table: _Table, head: Sequence[int], rows: Sequence[int], columns: Sequence[int]) -> None:
    body = [row for row in rows if row not in head]
    for row in body:
        label = table.text(row, columns[0])
        named = years(label + "年" if re.fullmatch(r"20\d\d", label) else label)
        kind = _Column("target" if table.plan else "value")
        if named:
            kind = _column(table, label)
        elif _GROWTH_HEAD.search(label):
            kind = _Column("growth", "%")
        elif not (_TOTAL.search(label) or len(body) == 1):
            continue
        for column in columns[1:]:
            title = _joined(table, head, column)
            names = _named(table, title)
            if names:
                use = _Column(kind.kind, _unit_of(title) if kind.kind != "growth" else "%", kind.year)
                _cell(table, names, row, column, use, _unit_of(title), table.cells[head[-1], column])


def _cell(
    table: _Table, names: Sequence[str], row: int, column: int, kind: _Column, row_unit: str, name_block: int
) -> None:
    index = table.cells.get((row, column))
    if kind.kind in ("none", "unit") or index is None or index == name_block:
        return
    block = table.document.blocks[index]
    holes = list(table.collector.holes[index].values())
    folded = fold(block.text, [(one.start, one.end) for one in holes])
    for indicator in names:
        rule = table.indicators[indicator]
        if not block.text.strip() and kind.kind in ("value", "target") and not holes:
            holes = [_blank(table, index)]
            table.collector.holes[index][0] = holes[0]
            folded = Folded(HOLE, [0, len(block.text)])
        quantity = _quantity(folded.text, rule, kind, row_unit, table.caption_unit)
        if quantity is None:
            continue
        role = {"previous": Role.PREVIOUS, "target": Role.TARGET, "growth": Role.CHANGE}.get(
            kind.kind, Role.ACTUAL
        )
        of = None
        if role is Role.CHANGE:
            of = Role.TARGET if table.plan else Role.ACTUAL
            if rule.growth:
                role, of = of, None
        link = Link(
            indicator,
            quantity,
            role,
            0,
            len(folded.text),
            of,
            ("down" if (quantity.value or 0) < 0 else "up") if of else None,
            Scope.WHOLE,
            kind.year or table.frame.year,
            "table",
        )
        table.collector.add(link, folded, index, 0, holes)


def _blank(table: _Table, index: int) -> Hole:
    text = table.document.blocks[index].text
    return Hole(
        code="PLC002",
        text=text,
        block=index,
        start=0,
        end=len(text),
        location=table.document.locate(index, 0, len(text)),
        blank=True,
    )


def _quantity(text: str, rule: Indicator, kind: _Column, row_unit: str, caption: str) -> Quantity | None:
    """The quantity of a whole cell: a hole, a bare number whose unit stands elsewhere, or number and unit."""
    if text == HOLE:
        return Quantity(0, 1, None, "", hole=0)
    bare = _BARE.fullmatch(text)
    if bare:
        return _bare_number(bare, rule, kind, row_unit or kind.unit or caption or rule.unit)
    found = _quantities.find(text)
    if len(found) != 1 or found[0].end - found[0].start < len(text) - 2:
        return None
    one = found[0]
    if one.value is None and one.hole is None:
        return None
    if kind.kind == "growth" and family(one.unit) in ("percent", "points"):
        return one
    if rule.kind == "rank" or one.unit == "" or fits(one.unit, rule.unit, ratio=rule.kind == "ratio"):
        return one
    return None


def _bare_number(bare: re.Match[str], rule: Indicator, kind: _Column, unit: str) -> Quantity | None:
    number = _quantities.find(bare[1].lstrip("-"))
    if len(number) != 1 or number[0].value is None:
        return None
    value = -number[0].value if bare[1].startswith("-") else number[0].value
    size, qualifier = len(bare[0]), bare[2] or ""
    if kind.kind == "growth":
        return Quantity(0, size, value, kind.unit or "%", qualifier)
    if rule.kind == "rank":
        return Quantity(0, size, value, "名", qualifier, rank=True)
    factor, plain = split(unit)
    if family(plain) in (None, "other"):
        factor, plain = split(rule.unit)
    if not fits(plain, rule.unit, ratio=rule.kind == "ratio"):
        return None
    return Quantity(0, size, value * factor, plain, qualifier)
