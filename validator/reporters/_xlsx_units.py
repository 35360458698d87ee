"""In which unit a missing number is asked for, and between which limits it will lie."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from validator.model.rule import Indicator
from validator.text.units import UNITS, convert, fits, split

_SCALES = {"万亿": 10**12, "亿": 10**8, "万": 10**4}


class Asked(NamedTuple):
    """The unit to fill in, and the least and the greatest value in that unit, None where there is none."""

    unit: str
    low: float | None
    high: float | None


def asked(rule: Indicator, slots: Iterable[str]) -> Asked:
    """The unit that already stands beside the empty place, for its number must fit what is around it;
    else that of the model sentence, else that of the rule.

    `slots` are the values as written, such as `X万元`; one in a unit that does not fit is passed over.
    """
    found = next((one for slot in slots for one in _units(slot, rule)), None)
    found = found or next(_units(rule.how, rule, model=True), None)
    unit, factor = found or (rule.unit, Fraction(1))
    low, high = rule.range
    if low is None and high is None:
        low = 0.0
    return Asked(unit, _scaled(low, factor), _scaled(high, factor))


def _scaled(limit: float | None, factor: Fraction) -> float | None:
    return None if limit is None else float(Fraction(limit) / factor)


def _units(text: str, rule: Indicator, *, model: bool = False) -> Iterator[tuple[str, Fraction]]:
    """Units in `text` that fit the rule, each with its size in the rule's own unit; in a model sentence only
    those behind a number."""
    _, base = split(rule.unit)
    for match in _expression(model=model).finditer(text):
        scale, unit = match["scale"] or match["bare"] or "", match["unit"] or base
        if fits(unit, rule.unit, ratio=rule.kind == "ratio"):
            shown = "亿元" if unit == "个亿" else scale + unit
            yield shown, convert(Fraction(_SCALES.get(scale, 1)), unit, rule.unit)


@cache
def _expression(*, model: bool) -> re.Pattern[str]:
    units = "|".join(map(re.escape, sorted(UNITS, key=len, reverse=True)))
    scales = "|".join(_SCALES)
    before = r"[0-9]\s*" if model else ""
    return re.compile(f"{before}(?:(?P<scale>{scales})?(?P<unit>{units})|(?P<bare>{scales}))")
