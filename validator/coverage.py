"""What the packs make of reports without gold: what is never stated, never matched, or nearly read."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from validator.model.fact import Attempt, Outcome
from validator.model.report import Run
from validator.model.rule import Rules
from validator.model.words import Scope

_USUAL = 3
"""A gap that was met so often is no surprise."""
_SHORT_GAP = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """A number beside a name, or beside words like a name, of which no fact was made: how often, and one
    place as an example. `key` is the unknown piece of text between, "" where the name is not known."""

    indicator: str
    key: str
    count: int
    path: str
    example: Attempt


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """`silent` are indicators that no report states, with how often they are named; `unused` are wordings
    that matched nothing, by indicator; `near` and `unusual` are for reading one by one."""

    reports: int
    facts: int
    silent: dict[str, int]
    unused: dict[str, tuple[str, ...]]
    near: tuple[Near, ...]
    unusual: tuple[Near, ...]


def cover(run: Run, rules: Rules) -> Coverage:
    """Count over reports that were read with `explain`."""
    attempts = [(report.path, one) for report in run.reports for one in report.attempts]
    facts = [fact for report in run.reports for fact in report.facts if fact.scope is Scope.WHOLE]
    stated = {fact.indicator for fact in facts if fact.value is not None}
    named = Counter(one.indicator for _, one in attempts if one.outcome not in _NOT_NAMED)
    matched = {(one.indicator, one.wording) for _, one in attempts if one.outcome not in _NOT_NAMED}
    return Coverage(
        reports=sum(report.document is not None for report in run.reports),
        facts=len(facts),
        silent={one: named[one] for one in rules.indicators if one not in stated},
        unused={
            one.id: unused
            for one in rules.indicators.values()
            if (unused := tuple(word for word in one.wordings if (one.id, word) not in matched))
        },
        near=_grouped(
            (path, one, one.detail if one.outcome is Outcome.GAP else "")
            for path, one in attempts
            if one.fits and one.outcome in (Outcome.GAP, Outcome.LOOSE)
        ),
        unusual=_unusual(attempts),
    )


_NOT_NAMED = (Outcome.TRAP, Outcome.SHADOWED, Outcome.UNFOUNDED, Outcome.LOOSE)


def _unusual(attempts: Iterable[tuple[str, Attempt]]) -> tuple[Near, ...]:
    taken = [(path, one) for path, one in attempts if one.outcome is Outcome.TAKEN]
    seen = Counter(one.between for _, one in taken)
    return _grouped(
        (path, one, one.between)
        for path, one in taken
        if seen[one.between] < _USUAL and len(one.between) > _SHORT_GAP
    )


def _grouped(found: Iterable[tuple[str, Attempt, str]]) -> tuple[Near, ...]:
    groups: dict[tuple[str, str], list[tuple[str, Attempt]]] = defaultdict(list)
    for path, one, key in found:
        groups[one.indicator, key].append((path, one))
    near = [
        Near(indicator=indicator, key=key, count=len(members), path=members[0][0], example=members[0][1])
        for (indicator, key), members in groups.items()
    ]
    return tuple(sorted(near, key=lambda one: (-one.count, one.indicator, one.key)))
