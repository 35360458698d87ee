"""`validator rules coverage` as text: what the packs miss in reports that nobody has marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from validator.cli._base import Session

if TYPE_CHECKING:
    from validator.coverage import Coverage, Near
    from validator.model.rule import Rules

_SHOWN = 30


def coverage_lines(found: Coverage, rules: Rules, session: Session, *, whole: bool) -> Iterator[str]:
    """Four lists, the most telling first; each is cut unless `whole`."""
    most = None if whole else _SHOWN
    say = session.say
    yield say(
        f"读了 {found.reports} 份报告，读出 {found.facts} 个数。",
        f"{found.reports} reports read, {found.facts} facts.",
    )
    yield from _near(found.near, rules, session, most)
    yield from _unusual(found.unusual, rules, session, most)
    yield ""
    yield say(
        f"── 没有一份报告写出数的指标（{len(found.silent)} 个，括号里是提到几次）",
        f"── indicators that no report states ({len(found.silent)}; how often they are named)",
    )
    rows = [
        f"  {one}  {rules.indicators[one].name.get(session.lang)}" + say(f"（{count}）", f" ({count})")
        for one, count in found.silent.items()
    ]
    yield from _cut(rows, session, most)
    total = sum(map(len, found.unused.values()))
    yield ""
    yield say(f"── 一次也没匹配上的写法（{total} 条）", f"── wordings that never matched ({total})")
    yield from _cut(
        [f"  {one}  {word}" for one, words in found.unused.items() for word in words], session, most
    )


def _near(near: Sequence[Near], rules: Rules, session: Session, most: int | None) -> Iterator[str]:
    say = session.say
    yield ""
    yield say(
        f"── 可能漏读的数（{len(near)} 种）：名称旁边有单位合适的数，却没有算作它的",
        f"── perhaps missed ({len(near)}): a number with a fitting unit beside the name, and no fact",
    )
    rows = []
    for one in near:
        why = (
            say(f"中间的“{one.key}”不认识", f"“{one.key}” between is not known")
            if one.key
            else say("不是任何一种写法", "none of the wordings")
        )
        rows.append(_row(one, why, rules, session))
    yield from _cut(rows, session, most)


def _unusual(unusual: Sequence[Near], rules: Rules, session: Session, most: int | None) -> Iterator[str]:
    say = session.say
    yield ""
    yield say(
        f"── 值得核对的数（{len(unusual)} 种）：名称和数之间的说法少见",
        f"── worth a look ({len(unusual)}): facts made through an unusual gap",
    )
    yield from _cut(
        [_row(one, say(f"中间是“{one.key}”", f"“{one.key}” between"), rules, session) for one in unusual],
        session,
        most,
    )


def _row(one: Near, why: str, rules: Rules, session: Session) -> str:
    name = rules.indicators[one.indicator].name.get(session.lang)
    attempt = one.example
    times = f" ×{one.count}" if one.count > 1 else ""
    place = f"{one.path} {attempt.location.address(session.lang)}"
    return f"  {one.indicator} {name}{times}  {why}\n      {attempt.context}\n      {attempt.number}  {place}"


def _cut(rows: Sequence[str], session: Session, most: int | None) -> Iterator[str]:
    if not rows:
        yield session.say("  没有", "  none")
    for row in rows[:most]:
        yield from row.split("\n")
    if most is not None and len(rows) > most:
        rest = len(rows) - most
        yield session.say(f"  ……还有 {rest} 条，加 --all 全部列出", f"  … {rest} more, shown by --all")
