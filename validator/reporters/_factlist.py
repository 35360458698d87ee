"""Facts as a table for people."""

from __future__ import annotations

from collections.abc import Iterator

from validator.model.fact import Fact
from validator.model.report import Run
from validator.model.rule import Rules
from validator.model.words import Lang, Role
from validator.reporters._base import Look
from validator.reporters._facts import listed, number
from validator.reporters._lines import Line, Span, Style, line
from validator.reporters._tongue import Tongue
from validator.text.escape import visible
from validator.text.width import cut, pad

_ROLES = {
    Role.ACTUAL: ("实际", "actual"),
    Role.PREVIOUS: ("上期", "previous"),
    Role.TARGET: ("目标", "target"),
    Role.CHANGE: ("增减", "change"),
}
_WIDTHS = (26, 6, 14, 6)
"""Columns of indicator, role, value and year; the words and the place take a line of their own."""


def fact_lines(run: Run, rules: Rules, look: Look, tongue: Tongue) -> Iterator[Line]:
    """One block a report: indicator, role, value and year in columns, below them the words and the place."""
    found: dict[str, list[Fact]] = {path: [] for path in run.ledger.checked}
    for report, fact in listed(run, rules, look):
        found.setdefault(report.path, []).append(fact)
    heads = (
        ("指标", "角色", "数值", "年份") if tongue.lang is Lang.ZH else ("indicator", "role", "value", "year")
    )
    for path, facts in found.items():
        count = tongue.say(f"  {len(facts)} 个数", f"  {len(facts)} facts")
        yield line(Span(path, Style.TITLE), Span(count, Style.DIM))
        if facts:
            yield line(Span(_cells(*heads), Style.SECTION), indent=2)
        for fact in facts:
            yield from _fact(fact, rules, tongue)
        yield line()


def _fact(fact: Fact, rules: Rules, tongue: Tongue) -> Iterator[Line]:
    rule = rules.indicators.get(fact.indicator)
    name = rule.name.get(tongue.lang) if rule else fact.indicator
    role = _ROLES[fact.role][0 if tongue.lang is Lang.ZH else 1]
    value = f"{direction(fact)}{number(fact.value)}{fact.unit}"
    yield line(_cells(name, role, value, str(fact.year or "")), indent=2)
    where = Span(f"  {fact.location.address(tongue.lang)}", Style.DIM)
    yield line(Span(cut(visible(fact.text), 60), Style.DIM), where, indent=6)


def _cells(*texts: str) -> str:
    return " ".join(
        pad(cut(visible(text), columns), columns) for text, columns in zip(texts, _WIDTHS, strict=True)
    )


def direction(fact: Fact) -> str:
    """The sign of a change."""
    return {"up": "+", "down": "-"}.get(fact.direction or "", "")


def value_words(fact: Fact, tongue: Tongue) -> str:
    """A value as one would say it: `286.4亿元`, `增减 +5.4%`."""
    role = "" if fact.role is Role.ACTUAL else _ROLES[fact.role][0 if tongue.lang is Lang.ZH else 1] + " "
    return f"{role}{direction(fact)}{number(fact.value)}{fact.unit}"
