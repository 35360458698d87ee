"""Where the tables of a sheet are, and which rows around them are lines of text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

_CAPTION_ROW = re.compile(r"^附?表\s*[\d一二三四五六七八九十]+|^附件|单位[:：]")
_ASIDE = re.compile(
    r"^附[件表]|单位[:：]|^[^:：]{1,12}[:：]|^\s*(?:\d{2,4}年)?\s*\d{1,2}月\s*\d{1,2}日$|^(?:19|20)\d\d年(?:\d{1,2}月)?(?:\d{1,2}日)?$"
)
_NOTE = re.compile(
    r"^[(（]?\s*(?:备?注|说明|填[表报]|制表|审[核批]|复核|负责人|联系|数据来源|来源|资料|※|＊|\*)"
)
_SENTENCE = "。"
_LONG = 30
_NUMBER = re.compile(
    r"[第约近超-]?[\d,]*\.?\d+(?:\.\d+)?\s*[^\d\s]{0,5}|[XxＸｘ×*]{1,4}\s*[^\d\s]{0,5}|[-—/]"
)
_YEAR = re.compile(r"(?:19|20)\d\d\s*年?.{0,6}")


@dataclass(slots=True, kw_only=True)
class Item:
    """A cell with what it shows; `offsets` and `widths` as in a `Draft` where the source is the file."""

    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1
    offsets: Sequence[int] = ()
    widths: Mapping[int, int] = field(default_factory=dict)


Row = list[Item]


def bands(items: Sequence[Item], number: Callable[[int], int]) -> Iterator[list[Row]]:
    """Groups of rows without an empty row between them, each also cut at the caption of a further table.

    `number` gives the number of a row with the hidden ones left out.
    """
    rows: dict[int, Row] = {}
    for item in items:
        if item.text.strip():
            rows.setdefault(item.row, []).append(item)
    band: list[Row] = []
    reached = 0
    wide = False
    for at in sorted(rows):
        row = sorted(rows[at], key=lambda one: one.column)
        first = number(at)
        opens = wide and _lone(row) and _CAPTION_ROW.search(row[0].text.strip())
        if band and (first > reached + 1 or opens):
            yield band
            band, wide = [], False
        band.append(row)
        wide = wide or not _lone(row)
        reached = max(reached, *(number(one.row + one.row_span - 1) for one in row))
    if band:
        yield band


def core_of(band: Sequence[Row]) -> tuple[Sequence[Row], Sequence[Row], Sequence[Row]]:
    """The rows above the table of a band, the table, and the rows below it."""
    first, last = 0, len(band)
    while first < last and (_lone(band[first]) or _all(band[first], _ASIDE)):
        first += 1
    width = max((one.column + one.column_span for row in band[first:] for one in row), default=1)
    left = min((one.column for row in band[first:] for one in row), default=1)
    while last > first + 1 and _is_note(band[last - 1], width - left):
        last -= 1
    return band[:first], band[first:last], band[last:]


def parts(core: Sequence[Row]) -> Iterator[list[Row]]:
    """Tables side by side: the first head again further right (指标 数值 指标 数值) begins another one."""
    if not core:
        return
    head = core[0]
    cuts = [one.column for one in head if one.text.strip() == head[0].text.strip()]
    if len(cuts) < 2 or min(after - before for before, after in pairwise(cuts)) < 2:
        yield list(core)
        return
    for at, cut in enumerate(cuts):
        end = cuts[at + 1] if at + 1 < len(cuts) else None
        part = [
            [one for one in row if one.column >= cut and (end is None or one.column < end)] for row in core
        ]
        yield [row for row in part if row]


def continues(part: Sequence[Row], columns: range) -> bool:
    """Whether rows after a gap belong to the table before it: no heads of their own, no further columns."""
    first = part[0]
    inside = all(one.column in columns for one in first)
    return inside and any(is_number(one.text) for one in first)


def is_number(text: str) -> bool:
    """Whether the cell holds a value or what stands in its place, and is no year of a head."""
    plain = text.strip()
    if len(plain) > _LONG:
        return False
    return bool(_NUMBER.fullmatch(plain)) and not _YEAR.fullmatch(plain)


def _lone(row: Row) -> bool:
    return len(row) == 1


def _all(row: Row, pattern: re.Pattern[str]) -> bool:
    return all(pattern.search(one.text.strip()) for one in row)


def _is_note(row: Row, width: int) -> bool:
    text = row[0].text.strip()
    if not _lone(row):
        return _all(row, _ASIDE) and bool(_NOTE.search(text))
    wide = width > 1 and row[0].column_span >= width
    return wide or bool(_NOTE.search(text)) or _SENTENCE in text or len(text) > _LONG
