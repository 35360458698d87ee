"""Tables of a PDF page without lines around their cells: rows of short texts that stand in columns."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .columns import Item
from .page import Box
from .rows import Row, Segment
from .tables import Table, TableCell

_LEAST_ROWS = 3
_LEAST_RULED = 2
_SPAN = 0.8
"""Two lines drawn across so much of the width tell that rows between them are a table."""
_LONGEST = 30
_SHORT, _LONG = 8, 14
_MOST_ENDS = 0.2
_NEAR_ROWS = 3.6
"""Base lines farther apart than this many font sizes end a table."""
_WRAPPED = 1.6
_ENDS = ("。", "；", "，", "：", ";")
_NUMBERS = re.compile(r"\d\s+-?\d")
_MOST_NUMBERS = 0.3
"""Where so many rows have two numbers in one cell, the cells of the table cannot be told."""
_CONTENTS = re.compile(r"(?:[.．…·]{3,}|\t)\s*\d{1,4}$")


def is_contents(text: str) -> bool:
    """Whether a line is one of a table of contents: words, a leader or a gap, and a page number."""
    return bool(_CONTENTS.search(text)) and not text[:1].isdigit()


def with_tables(items: Sequence[Item], rules: Sequence[Box]) -> list[Item]:
    """The same items with the rows of aligned tables replaced by tables; `rules` are the level lines."""
    found: list[Item] = []
    run: list[Row] = []
    for item in [*items, None]:
        if isinstance(item, Row) and (not run or _near(run[-1], item)) and (_is_parted(item) or run):
            run.append(item)
            continue
        found.extend(_read(run, rules))
        run = []
        if isinstance(item, Row) and _is_parted(item):
            run = [item]
        elif item is not None:
            found.append(item)
    return found


def _near(above: Row, below: Row) -> bool:
    size = max(above.main.size, below.main.size)
    return above.main.y - below.main.y <= _NEAR_ROWS * size


def _is_parted(row: Row) -> bool:
    return len(row.segments) > 1


def _read(run: Sequence[Row], rules: Sequence[Box]) -> list[Item]:
    """Rows of which the first is parted: as far as they keep to columns they are a table."""
    rows = list(run)
    found: list[Item] = []
    while rows:
        length, columns = _longest(rows, rules)
        if columns:
            found.append(_table(rows[:length], columns))
        else:
            # Rows that keep to no columns stay lines, all of them: a part of a table is worse than none.
            found.extend(rows[:length])
        rows = rows[length:]
        while rows and not _is_parted(rows[0]):
            found.append(rows.pop(0))
    return found


def _longest(rows: Sequence[Row], rules: Sequence[Box]) -> tuple[int, list[tuple[float, float]]]:
    """How many rows from the first on belong together, and their columns if they are a table."""
    columns: list[tuple[float, float]] = []
    parted = 0
    end = 0
    count = 0
    for at, row in enumerate(rows):
        grown = _grown(columns, [(one.x0, one.x1) for one in row.segments])
        if len(grown) < 2 or (columns and len(grown) < len(columns)) or (at > 1 and len(grown) > count):
            break
        if not _is_parted(row) and not _continues(rows[at - 1], row, columns):
            break
        columns, count = grown, max(count, len(grown))
        parted += _is_parted(row)
        end = at + 1
    while end and not _is_parted(rows[end - 1]):
        end -= 1
    end = max(end, 1)
    least = _LEAST_RULED if _is_ruled(rows[:end], columns, rules) else _LEAST_ROWS
    fits = parted >= least and _is_parted_alike(rows[:end], columns)
    if not fits or _is_prose(rows[:end]) or not _is_short(rows[:end], columns):
        return end, []
    return end, columns


def _is_ruled(rows: Sequence[Row], columns: Sequence[tuple[float, float]], rules: Sequence[Box]) -> bool:
    """Whether lines are drawn above and below the rows, as in tables without upright lines."""
    left, right = (columns[0][0], columns[-1][1]) if columns else (0.0, 0.0)
    across = [rule.y0 for rule in rules if min(rule.x1, right) - max(rule.x0, left) >= _SPAN * (right - left)]
    reach = _NEAR_ROWS * rows[0].main.size
    top, bottom = rows[0].main, rows[-1].main
    return any(top.y < y <= top.y + reach for y in across) and any(
        bottom.y - reach <= y < bottom.y for y in across
    )


def _grown(
    columns: Sequence[tuple[float, float]], spans: Sequence[tuple[float, float]]
) -> list[tuple[float, float]]:
    """Columns widened by the runs of a row; those that come to touch are one."""
    merged: list[tuple[float, float]] = []
    for low, high in sorted([*columns, *spans]):
        if merged and low < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], high))
        else:
            merged.append((low, high))
    return merged


def _continues(above: Row, row: Row, columns: Sequence[tuple[float, float]]) -> bool:
    one = row.segments[0]
    close = above.main.y - one.y <= _WRAPPED * max(one.size, above.main.size)
    return close and any(low - 1 <= one.x0 and one.x1 <= high + one.size for low, high in columns)


def _is_prose(rows: Sequence[Row]) -> bool:
    texts = [one.text for row in rows for one in row.segments]
    if any(len(text) > _LONGEST for text in texts):
        return True
    if sum(1 for row in rows if is_contents(row.text)) * 2 > len(rows):
        return True
    if sum(1 for text in texts if _NUMBERS.search(text)) > _MOST_NUMBERS * len(rows):
        return True
    return sum(1 for text in texts if text.endswith(_ENDS)) > _MOST_ENDS * len(texts)


def _column(one: Segment, columns: Sequence[tuple[float, float]]) -> int:
    return next((at for at, (_, high) in enumerate(columns) if one.x0 < high), len(columns) - 1)


def _is_parted_alike(rows: Sequence[Row], columns: Sequence[tuple[float, float]]) -> bool:
    """Whether no row has two runs of text in one column: lines with tabs do not keep to columns."""
    places = [[_column(one, columns) for one in row.segments] for row in rows]
    return all(len(set(own)) == len(own) for own in places)


def _is_short(rows: Sequence[Row], columns: Sequence[tuple[float, float]]) -> bool:
    """Whether the columns after the first hold short values, as a table of indicators does."""
    lengths: list[list[int]] = [[] for _ in columns]
    for row in rows:
        for one in row.segments:
            lengths[_column(one, columns)].append(len(one.text))
    means = [sum(own) / len(own) for own in lengths[1:] if own]
    short = sum(1 for one in means if one <= _SHORT)
    return bool(means) and 2 * short >= len(means) and max(means) <= _LONG


def _table(rows: Sequence[Row], columns: Sequence[tuple[float, float]]) -> Table:
    kept: list[list[Row]] = []
    for row in rows:
        if _is_parted(row) or not kept:
            kept.append([row])
        else:
            kept[-1].append(row)
    cells: list[TableCell] = []
    edges = [low for low, _ in columns]
    for number, group in enumerate(kept, 1):
        box = Box(columns[0][0], group[-1].main.bottom, columns[-1][1], group[0].main.top)
        for column, (low, high) in enumerate(columns, 1):
            inside = [
                Row(segments=own)
                for row in group
                if (own := [one for one in row.segments if _column(one, columns) == column - 1])
            ]
            cells.append(
                TableCell(row=number, column=column, box=Box(low, box.y0, high, box.y1), rows=inside)
            )
    whole = Box(columns[0][0], rows[-1].main.bottom, columns[-1][1], rows[0].main.top)
    return Table(box=whole, edges=tuple(edges), depth=len(kept), cells=cells, ruled=False)
