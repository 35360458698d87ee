"""Which facts are listed, and how a fact and a place are written for machines."""

from __future__ import annotations

import json
from collections.abc import Iterator

from validator.model.fact import Fact
from validator.model.location import Location
from validator.model.report import ReportResult, Run
from validator.model.rule import Rules
from validator.model.words import Lang, Scope
from validator.reporters._base import Look
from validator.text.escape import json_safe


def listed(run: Run, rules: Rules, look: Look) -> Iterator[tuple[ReportResult, Fact]]:
    """Facts with a value, in the order of paths and places, of whole scope unless all are wanted;
    only the required ones of the profile that was asked for, if one was.
    """

    wanted = _wanted(rules, look)
    for report in run.reports:
        for fact in report.facts:
            if fact.value is None or (fact.scope is not Scope.WHOLE and not look.all_scopes):
                continue
            if wanted is None or fact.indicator in wanted:
                yield report, fact


def _wanted(rules: Rules, look: Look) -> frozenset[str] | None:
    wanted: frozenset[str] | None = None
    if look.profile is not None and look.profile in rules.profiles:
        wanted = frozenset(one.indicator for one in rules.profiles[look.profile].require)
    if look.indicator is not None:
        wanted = frozenset({look.indicator}) if wanted is None else wanted & {look.indicator}
    return wanted


def place_record(place: Location, lang: Lang) -> dict[str, object]:
    """A place with every key that places have."""
    return {
        "part": place.part,
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
        "page": place.page,
        "paragraph": place.paragraph,
        "table": place.table,
        "row": place.row,
        "cell": place.cell,
        "sheet": place.sheet,
        "section": " > ".join(place.section),
        "address": place.address(lang),
    }


def fact_record(path: str, fact: Fact, lang: Lang) -> dict[str, object]:
    """A fact as a line of `facts --format jsonl`."""
    return {
        "path": path,
        "indicator": fact.indicator,
        "role": fact.role.value,
        "of": fact.of.value if fact.of else None,
        "direction": fact.direction,
        "scope": fact.scope.value,
        "value": number(fact.value),
        "unit": fact.unit,
        "qualifier": fact.qualifier,
        "value_text": fact.value_text,
        "text": fact.text,
        "year": fact.year,
        "location": place_record(fact.location, lang),
    }


def number(value: float | None) -> int | float | None:
    """A whole number without a decimal point; noise of binary fractions is rounded away."""
    if value is None:
        return None
    if value == int(value) and abs(value) < 1e15:
        return int(value)
    return float(f"{value:.12g}")


def dumped(record: object, indent: int | None = None) -> str:
    """JSON without raw control characters; keys keep the order of the record."""
    return json_safe(json.dumps(record, ensure_ascii=False, indent=indent, allow_nan=False))
