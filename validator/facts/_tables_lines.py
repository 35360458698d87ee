"""The lines of a table: which cells speak of the same names, and what each of them holds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from validator.facts._tables_grid import Grid, known_unit, unit_of, without_unit
from validator.facts._tables_heads import NONE, Column, Heads
from validator.facts._tables_names import Named, Names
from validator.model.words import Scope
from validator.text.lazy import lazy

_OF_WHICH = lazy(r"[\s　]*(?:#|＃|其中|[—-]{1,2})|[\s　]{2,}")
_HOW_MANY = lazy(
    r"(?:(?:19|20)\d\d年?)?(?P<what>(?:学校|校园|校|园|园所|机构|单位)(?:\((?:机构|园|所|校|点|园所)\))?(?:机构|总|个)?数量?)"
)
"""A column that counts what its rows name: 学校（机构）数 over 各级各类学校合计."""
_ROWS_ONLY = 3
"""The column of names is one of the first three."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table with what is known of it."""

    grid: Grid
    heads: Heads
    names: Names


@dataclass(slots=True)
class Line:
    """The cells that speak of the same names: one row, or one column with its growth beside it.

    `unit` is that of the row or of the name, `name_block` the block that holds the name; `cells` has the
    block of each cell and what it holds.
    """

    named: Named
    unit: str
    name_block: int
    cells: list[tuple[int, Column]] = field(default_factory=list)
    _beside: dict[str, int] | None = None

    def beside(self) -> dict[str, int]:
        """The blocks of the value and of the latest earlier value of the line."""
        if self._beside is None:
            found = [one for one in self.cells if one[1].scope is Scope.WHOLE]
            found.sort(key=lambda one: one[1].year or 0)
            self._beside = {kind.kind: index for index, kind in found}
        return self._beside


def lines(sheet: Sheet) -> list[Line]:
    """The lines of a table, whichever way it lies."""
    made = sheet.grid
    across = [column for column in made.columns[1:] if sheet.names.of(made.stack(column)).ids]
    columns = _name_columns(sheet)
    if len(across) >= 2 or (across and not columns):
        return _wholes([*_lines_of_columns(sheet), *_lines_of_counts(sheet, _counted(sheet))])
    return _wholes(_lines_of_rows(sheet, columns))


def _wholes(found: list[Line]) -> list[Line]:
    """Without the names under 小学 or 高中 that the table has a second time, for another stage or for all."""
    times = Counter(one for line in found for one in line.named.ids)
    for line in found:
        if line.named.stage:
            line.named = replace(line.named, ids=tuple(one for one in line.named.ids if times[one] == 1))
    return found


# Names in rows.


def _name_columns(sheet: Sheet) -> list[int]:
    """The column of names, and further ones under the same head where a table is set side by side."""
    made = sheet.grid
    first = next(
        (
            column
            for column in made.columns[:_ROWS_ONLY]
            if any(sheet.names.of([made.text(row, column)]).ids for row in made.rows)
        ),
        None,
    )
    if first is None:
        return []
    title = "".join(made.stack(first))
    more = [
        column
        for column in made.columns
        if column > first + 1
        and ("".join(made.stack(column)) == title or _headless(sheet, first))
        and any(sheet.names.of([made.text(row, column)]).ids for row in made.rows)
    ]
    return [first, *more]


def _headless(sheet: Sheet, name_column: int) -> bool:
    """A table whose first row already holds names and numbers."""
    made = sheet.grid
    names = sheet.names.of([made.text(made.head[0], name_column)]).ids
    return len(made.head) == 1 and bool(names) and made.numeric(made.head[0], made.columns[1:])


def _lines_of_rows(sheet: Sheet, columns: Sequence[int]) -> list[Line]:
    made = sheet.grid
    lines: list[Line] = []
    for place, column in enumerate(columns):
        end = columns[place + 1] if place + 1 < len(columns) else made.columns[-1] + 1
        right = [one for one in made.columns if column < one < end]
        lines += _lines_beside(sheet, column, right)
    return lines


def _lines_beside(sheet: Sheet, name_column: int, right: Sequence[int]) -> list[Line]:
    """The lines of the rows named in `name_column` with their numbers in the columns `right`."""
    made = sheet.grid
    headless = _headless(sheet, name_column)
    titles = {column: "" if headless else "".join(made.stack(column)) for column in right}
    kinds = _settled(sheet, {column: sheet.heads.column(titles[column]) for column in right}, made.rows)
    labels = _label_column(sheet, name_column, right, kinds)
    counted = {column: kind for column, kind in _counted(sheet).items() if column in right}
    lines = []
    group = ""
    last: int | None = None
    for row in made.rows:
        if row in made.head and not headless:
            continue
        filled = made.filled(row)
        index = made.cells.get((row, name_column))
        if index is not None and not made.of_block(index) and labels is not None and made.text(row, labels):
            index = last
        last = index
        if index is None or _OF_WHICH.match(sheet.grid.document.blocks[index].text):
            continue
        left = [made.text(row, column) for column in made.columns if column < name_column]
        named = sheet.names.of([made.of_block(index)], around=[group, *left])
        if len(filled) == 1 and not named.ids:
            group = made.of_block(filled[0])
        if not named.ids:
            continue
        line = Line(named, _row_unit(sheet, row, index, kinds), index)
        own = counted if _countable(sheet, named).ids else {}
        for column in own or right:
            kind = own.get(column, kinds[column])
            if labels is not None and kind.kind not in ("unit", "none"):
                kind = _labelled(sheet, made.text(row, labels), titles[column], itself=column == labels)
            _put(sheet, line, row, column, kind)
        lines.append(line)
    return lines


def _labelled(sheet: Sheet, label: str, title: str, *, itself: bool) -> Column:
    """The kind of a cell whose row has a label of its own behind the name: 合计, 小学, 2023年, 目标值."""
    if itself or sheet.heads.part(label):
        return NONE
    kind = sheet.heads.column(label + "，" + title)
    return NONE if kind.kind == "maybe" else kind


def _row_unit(sheet: Sheet, row: int, name: int, kinds: Mapping[int, Column]) -> str:
    own = unit_of(sheet.grid.of_block(name))
    for column, kind in kinds.items():
        if kind.kind == "unit":
            own = sheet.grid.text(row, column) or own
    return own


def _label_column(
    sheet: Sheet, name_column: int, right: Sequence[int], kinds: Mapping[int, Column]
) -> int | None:
    """A column of words beside a name that spans several rows: its 合计, its parts, its years."""
    made = sheet.grid
    if not right:
        return None
    column = right[0]
    if kinds[column].kind not in ("maybe", "none", "value") or made.numeric(made.rows[-1], [column]):
        return None
    for row in made.rows:
        index, below = made.cells.get((row, name_column)), made.cells.get((row + 1, name_column))
        if row in made.head or index is None or below is None or not made.of_block(index):
            continue
        shared = index == below or not made.of_block(below)
        words = [made.text(one, column) for one in (row, row + 1)]
        if shared and all(words) and words[0] != words[1] and not any(map(known_unit, words)):
            return column
    return None


def _settled(sheet: Sheet, kinds: dict[int, Column], rows: Sequence[int]) -> dict[int, Column]:
    """Where no head says so: the latest year is the value, else the first column of numbers is. Of several
    values of one year those hold whose heads say it most clearly (本年 before 累计)."""
    out = dict(kinds)
    if not _states(out):
        latest = max((one.year for one in out.values() if one.kind == "previous" and one.year), default=None)
        if latest is not None and (sheet.heads.base is None or latest >= sheet.heads.base):
            out = {
                column: replace(kind, kind="value") if kind.year == latest else kind
                for column, kind in out.items()
            }
    if not _states(out):
        numbers = [
            column
            for column in sorted(out)
            if out[column].kind == "maybe" and any(sheet.grid.numeric(row, [column]) for row in rows[1:])
        ]
        for column in numbers[:1]:
            out[column] = replace(out[column], kind=sheet.heads.stated, year=sheet.heads.earlier)
    best = max((one.strength for one in out.values() if _is_value(one)), default=0)
    sums_years = _sums_years(out.values())
    return {
        column: NONE
        if kind.kind == "maybe"
        or (_is_value(kind) and kind.strength < best >= 2)
        or (kind.total and sums_years)
        else kind
        for column, kind in out.items()
    }


def _sums_years(kinds: Iterable[Column]) -> bool:
    """2021年, 2022年, 2023年, 合计: the sum is one of years, not of places."""
    return len({one.year for one in kinds if one.year is not None and one.kind in ("value", "previous")}) > 1


def _is_value(kind: Column) -> bool:
    return kind.kind == "value" and kind.scope is Scope.WHOLE


def _states(kinds: Mapping[int, Column]) -> bool:
    return any(one.kind in ("value", "target") for one in kinds.values())


# Columns that count what the rows name.


def _counted(sheet: Sheet) -> dict[int, Column]:
    """The columns whose head is no more than how many: 学校数（所）, 2023年学校（机构）数."""
    found: dict[int, Column] = {}
    for column in sheet.grid.columns[1:]:
        title = "".join(sheet.grid.stack(column))
        match = _HOW_MANY.fullmatch(without_unit(title))
        if match is not None:
            kind = sheet.heads.column(title.replace(match["what"], "合计"))
            found[column] = replace(kind, total=False)
    return found


def _countable(sheet: Sheet, named: Named) -> Named:
    """Of the names those of things that are counted as schools are."""
    known = sheet.names.indicators
    return replace(named, ids=tuple(one for one in named.ids if known[one].unit in ("所", "家", "个")))


def _lines_of_counts(sheet: Sheet, counted: Mapping[int, Column]) -> list[Line]:
    """各级各类学校合计 in a table whose columns are names: how many there are stands under 学校数."""
    made = sheet.grid
    lines = []
    for row in made.rows:
        index = made.cells.get((row, made.columns[0]))
        if row in made.head or index is None or not counted:
            continue
        line = Line(_countable(sheet, sheet.names.of([made.of_block(index)])), "", index)
        for column, kind in counted.items():
            _put(sheet, line, row, column, kind)
        lines += [line] if line.named.ids else []
    return lines


# Names in columns.


def _lines_of_columns(sheet: Sheet) -> list[Line]:
    made = sheet.grid
    body = [row for row in made.rows if row not in made.head]
    lines: dict[int, Line] = {}
    beside: dict[int, tuple[int, str]] = {}
    last: int | None = None
    for column in made.columns:
        stack = made.stack(column)
        named = sheet.names.of(stack)
        if named.ids:
            block = made.cells.get((made.head[-1], column), -1)
            lines[column] = Line(named, unit_of(stack[-1]) if stack else "", block)
            last = column
        elif last is not None and sheet.heads.column("".join(stack)).kind == "growth":
            beside[column] = (last, "".join(stack))
    if not lines:
        return []
    left = [column for column in made.columns if column < min(lines)]
    labels = {row: _row_label(sheet, row, left) for row in body}
    sums_years = _sums_years(sheet.heads.column(label) for label in labels.values())
    for row, label in labels.items():
        if sums_years and sheet.heads.column(label).total:
            continue
        for column, line in lines.items():
            kind = _crossed(sheet, line.named.rest, label, single=len(body) == 1)
            _put(sheet, line, row, column, kind)
        for column, (owner, title) in beside.items():
            if _crossed(sheet, lines[owner].named.rest, label, single=len(body) == 1).kind == "value":
                _put(sheet, lines[owner], row, column, sheet.heads.column(title))
    return list(lines.values())


def _row_label(sheet: Sheet, row: int, left: Sequence[int]) -> str:
    """The words at the left of a row, without its number in the list."""
    label = "".join(dict.fromkeys(sheet.grid.text(row, column) for column in left))
    return label if re.match(r"(?:19|20)\d\d", label) else re.sub(r"^\d{1,3}(?!\d)", "", label)


def _put(sheet: Sheet, line: Line, row: int, column: int, kind: Column) -> None:
    cell = sheet.grid.cells.get((row, column))
    if cell is not None and all(cell != known for known, _ in line.cells[-1:]):
        line.cells.append((cell, kind))


def _crossed(sheet: Sheet, rest: str, label: str, *, single: bool) -> Column:
    """The kind of a cell by what its column says beside the name (2024年) and its row (合计, 小学)."""
    if label and _OF_WHICH.match(label):
        return NONE
    kind = sheet.heads.column("，".join(one for one in (rest, label) if one))
    if not label and (kind.kind == "maybe" and single):
        return Column(sheet.heads.stated, year=sheet.heads.earlier)
    if not label or not rest or kind.kind in ("none", "maybe", "growth", "unit"):
        return NONE if kind.kind == "maybe" else kind
    own = sheet.heads.column(label)  # 2024年 over the column does not make the row 城关组 the whole
    return NONE if own.kind in ("maybe", "none") else kind
