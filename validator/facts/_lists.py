"""Lists of numbers that belong to several names: A、B、C分别增长1%、2%、3%."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from validator.facts import _gaps
from validator.facts._matcher import Hit
from validator.facts._quantities import Quantity
from validator.facts._statement import Anchor, Judge, Link, Sentence
from validator.text.lazy import lazy

_LIST = lazy("[、和与及]")


def length(text: str) -> int:
    """How many items a list has beyond the first."""
    return len(_LIST.findall(text))


def spread(
    text: str, gap: _gaps.Gap, anchor: Anchor, first: Quantity, pending: Sequence[Quantity]
) -> list[Quantity] | None:
    """The quantities of a list behind 分别; None where there is no such list."""
    apart = any("分别" in word for word in gap.words)
    if not apart and anchor.items < 2:
        return None
    run = [first]
    for one in pending:
        if not re.fullmatch("[、和与及，]|以及", text[run[-1].end : one.start]):
            break
        run.append(one)
    if run[-1].unit and not run[-1].rank:
        # 分别提高0.6、0.1、0.3个百分点: the unit is said once, behind the last.
        run = [replace(one, unit=one.unit or run[-1].unit) for one in run]
    if apart or (len(run) == anchor.items and len(run) > 1):
        return run
    return None


def share(
    judge: Judge, here: Sentence, anchors: Sequence[Anchor], gap: _gaps.Gap, run: Sequence[Quantity]
) -> list[Link]:
    """A达512人，B达1806人，分别增加47人、133人: one quantity for each of the names before."""
    return [
        link
        for anchor, quantity in zip(anchors, run, strict=True)
        for link in judge.statement(here, anchor, anchor.hits[0][0], gap, "", quantity)
    ]


def distribute(
    judge: Judge,
    here: Sentence,
    anchor: Anchor,
    gap: _gaps.Gap,
    run: Sequence[Quantity],
    more: int,
    names: Sequence[Hit],
) -> list[Link]:
    """A、B、C分别增长1%、2%、3%: the n-th quantity belongs to the n-th name; `more` names are unknown."""
    items = [*_items(here.text, anchor, names), *([] for _ in range(more))]
    if len(items) == 1 and len(items[0]) == len(run):
        items = [[one] for one in items[0]]
    if len(items) != len(run):
        return []
    last = run[-1].qualifier
    return [
        link
        for group, one in zip(items, run, strict=True)
        for name in group
        for link in judge.statement(
            here, anchor, name, gap, "", replace(one, qualifier=one.qualifier or last)
        )
    ]


def _items(text: str, anchor: Anchor, names: Sequence[Hit]) -> list[list[str]]:
    """The coordinated names before 分别 in order; a name that the packs do not know is an empty item."""
    begin = anchor.start
    cut = max(text.rfind(mark, 0, begin) for mark in "，。；：")
    segment_start = cut + 1
    spans = [(hit.start, hit.end) for hit in names]
    pieces: list[tuple[int, int]] = []
    here = segment_start
    for match in _LIST.finditer(text, segment_start, anchor.end):
        if not any(start <= match.start() < end for start, end in spans):
            pieces.append((here, match.start()))
            here = match.end()
    pieces.append((here, anchor.end))
    items: list[list[str]] = []
    shared = [indicator for indicator, hit in anchor.hits if indicator != hit.name.indicator]
    for start, end in pieces:
        inside = [hit.name.indicator for hit in names if start <= hit.start and hit.end <= end]
        items.append(inside)
    if shared and len(items) >= 2 and not items[-2]:
        items[-2] = shared[:1]
    return items
