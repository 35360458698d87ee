"""What one cell of a table states: a bare number, a number with its unit, 增长7%以上, 6.5以上，力争7, a hole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from validator.facts import _quantities
from validator.facts._quantities import Quantity
from validator.facts._tables_grid import units_in
from validator.facts._tables_heads import Column
from validator.model.rule import Indicator
from validator.text.lazy import lazy
from validator.text.units import family, fits, split

_LEVEL = (
    "预计|预期|计划|力争|争取|确保|目标|实现|完成|全年|全县|全市|全区|累计|共计|合计|总计|共|已|稳定在|保持|控制在|维持在|"
    "不低于|不少于|不超过|高于|低于|大于|小于|约|近|超过|超|突破|达到|达|为|在|"
    "(?:增长|增加|提高|提升|上升|下降|降低|减少|压减|增|降|升)[到至]|位?列|排名|排|第|[≥≤><=:：]"
)
_GAP = lazy(
    rf"[，、；/(\s]*(?:预计|预期|计划|力争|争取|确保|完成|实现|比上年|较上年|比去年|较去年|比上年同期|较上年同期|同比|可比)*"
    rf"(?:(?P<up>增长|增加|提高|提升|上升|净增|前进|进步|前移|增|升|多|\+|↑)|(?P<down>下降|减少|降低|回落|下滑|后退|退步|后移|减|降|少|↓))"
    rf"(?:约|近|超过|不低于|为|了)?(?![到至])|[，、；/(\s]*(?:{_LEVEL})*"
)
_SAYS_MORE = lazy("力争|争取|确保")
_TAIL = lazy(r"[，；。(（、+*★▲①-⑩¹²³†‡]|[\[〔]注?\d|注\d|/|$")
_DIGITS_BEFORE = lazy(r"[\d.,]+$")
_DIGITS_AFTER = lazy(r"[\d.]+")
_LONGEST = 24
_CELL = 200


@dataclass(frozen=True, slots=True)
class Piece:
    """One number of a cell; `turn` is up or down where words or a sign call it a growth."""

    quantity: Quantity
    turn: str = ""


def pieces(text: str) -> list[Piece]:
    """The numbers of a cell from left to right, as long as known words lead from one to the next."""
    found = _quantities.find(text[:_CELL])
    out: list[Piece] = []
    at = 0
    for quantity in found:
        gap = text[at : quantity.start]
        lead = _GAP.fullmatch(gap) if len(gap) <= _LONGEST else None
        if (lead is None and not (quantity.range_to and len(gap) == 1)) or (out and not gap):
            break
        turn = "" if lead is None else "up" if lead["up"] else "down" if lead["down"] else ""
        if out and not (turn or quantity.range_to or _SAYS_MORE.search(gap)):
            break
        out.append(Piece(quantity, turn))
        at = quantity.end
        if text.startswith((")", "+"), at):
            at += 1
    if not out or (_TAIL.match(text, at) is None and text[at - 1] != ")"):
        return []
    return out


@dataclass(frozen=True, slots=True)
class Units:
    """Where the unit of a bare number may stand: in the row, in the column, in the caption."""

    row: str
    column: str
    caption: str

    def of(self, rule: Indicator) -> str:
        """The unit that a bare number of `rule` has: the nearest one stated that fits, empty where none does.
        Where nothing is stated, the indicator's own."""
        stated = [unit for one in (self.row, self.column, self.caption) for unit in units_in(one)]
        if not stated:
            return rule.unit
        near = units_in(self.row) or units_in(self.column) or stated
        for unit in near:
            plain = split(unit)[1]
            if fits(plain, rule.unit, ratio=rule.kind == "ratio"):
                return unit
        stranger = all(family(split(unit)[1]) == "other" for unit in near)
        if stranger or (rule.unit == "%" and not (self.row or self.column)):
            return rule.unit
        return ""

    def share(self) -> bool:
        """Whether the nearest unit is a percentage."""
        near = self.row or self.column or self.caption
        return near == "%"


def level(one: Quantity, rule: Indicator, column: Column, units: Units) -> Quantity | None:
    """The quantity as a level of the indicator, with its unit; None where it can be none."""
    if rule.kind == "rank":
        if one.rank or one.unit in ("", "名", "位"):
            return replace(one, unit="名", rank=True) if one.value is not None else one
        return None
    if one.rank:
        return None
    if one.unit:
        return one if fits(one.unit, rule.unit, ratio=rule.kind == "ratio") else None
    if one.value is None:
        return one if one.hole is not None else None
    if one.scale:
        base = split(units.of(rule))[1]
        return replace(one, unit=base) if base else None
    if column.count and rule.unit.endswith("元") and not (units.row or column.unit):
        return None
    unit = units.of(rule)
    if not unit:
        return None
    factor, plain = split(unit)
    return replace(one, value=one.value * factor, unit=plain)


def growth(one: Quantity, rule: Indicator, unit: str) -> Quantity | None:
    """The quantity as a change, of which a bare number is in `unit`; None where it can be none."""
    if one.unit:
        group = family(one.unit)
        known = group in ("percent", "points", "multiple") or fits(one.unit, rule.unit, ratio=True)
        return one if known or (rule.kind == "rank" and group == "people") else None
    if one.value is None or one.scale:
        return one
    factor, plain = split(unit)
    scale = unit.removesuffix(plain) if factor > 1 else ""
    return replace(one, value=one.value * factor, unit=plain, scale=scale)


def plain_number(text: str) -> Fraction | None:
    """The number of a cell that holds nothing else."""
    found = pieces(text)
    if len(found) != 1 or found[0].quantity.value is None or found[0].quantity.unit:
        return None
    return found[0].quantity.value


def difference(text: str, now: str, before: str) -> bool | None:
    """Whether the change `text` is a plain difference of two cells (True) or a percentage (False);
    None where it is neither, or both."""
    change, value, previous = (plain_number(one) for one in (text, now, before))
    if change is None or value is None or previous is None or previous == 0:
        return None
    digits = re.search(r"\.(\d+)", text)
    slack = Fraction(6, 10) / 10 ** (len(digits[1]) if digits else 0)
    by_difference = abs(abs(value - previous) - abs(change)) <= slack / 10
    by_rate = abs(abs(value - previous) * 100 / previous - abs(change)) <= slack
    return by_difference if by_difference != by_rate else None


def grown(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The holes with the digits beside them: 8X.5 and 4XX家 are one lost number each."""
    out: list[tuple[int, int]] = []
    for start, end in spans:
        before = _DIGITS_BEFORE.search(text[:start][-_LONGEST:])
        after = _DIGITS_AFTER.match(text[end:][:_LONGEST])
        first = start - (len(before[0]) if before else 0)
        last = end + (len(after[0]) if after else 0)
        out.append((max(first, out[-1][1]) if out else first, last))
    return out
