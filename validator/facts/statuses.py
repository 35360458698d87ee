"""The verdict on each indicator of a report, from its facts, holes and mentions."""

from __future__ import annotations

from collections.abc import Mapping

from validator.model.fact import Fact, Reading
from validator.model.finding import IndicatorResult
from validator.model.rule import Profile, Requirement, Rules
from validator.model.words import Role, Scope, Status

_MOST_DISTINCT = 200
"""More values than this of one indicator are a list of something else."""


def judge(
    reading: Reading, rules: Rules, profile: Profile | None, not_applicable: Mapping[str, str] | None = None
) -> tuple[IndicatorResult, ...]:
    """Status of every indicator that the profile requires, in its order, then of others that are stated.

    `not_applicable` maps ids to the reason why they do not apply to this report.
    """
    results = []
    wanted = {one.indicator: one for one in profile.require} if profile else {}
    named = [*(fact.indicator for fact in reading.facts), *(one.indicator for one in reading.mentions)]
    for indicator in dict.fromkeys([*wanted, *(one for one in rules.indicators if one in set(named))]):
        rule = rules.indicators[indicator]
        requirement = wanted.get(
            indicator, Requirement(indicator=indicator, roles=("actual", "target", "change"))
        )
        facts = tuple(one for one in reading.facts if one.indicator == indicator)
        status = _status(reading, requirement, facts)
        if not_applicable and indicator in not_applicable:
            status = Status.NOT_APPLICABLE
        results.append(
            IndicatorResult(
                id=indicator,
                name=rule.name,
                status=status,
                required=indicator in wanted,
                role=requirement.roles[0],
                owner=rule.owner,
                facts=facts,
            )
        )
    return tuple(results)


def _status(reading: Reading, requirement: Requirement, facts: tuple[Fact, ...]) -> Status:
    stated = [one for one in facts if one.value is not None and one.role.value in requirement.roles]
    counting = [one for one in stated if one.scope is Scope.WHOLE] or [
        one for one in stated if one.scope is Scope.MILESTONE
    ]
    if counting:
        return Status.CONFLICTING if conflicts(counting) else Status.REPORTED
    holes = [one for one in facts if one.hole is not None]
    own = (
        [one for one in holes if one.role.value in requirement.roles and one.scope is Scope.WHOLE]
        or [one for one in holes if one.role is not Role.PREVIOUS]
        or holes
    )
    if own:
        filled = any(one.hole is not None and one.hole.text.strip() for one in own)
        return Status.PLACEHOLDER if filled else Status.BLANK
    named = [one for one in reading.mentions if one.indicator == requirement.indicator]
    scopes = [*(one.scope for one in facts), *(one.scope for one in named)]
    if Scope.WHOLE in scopes:
        return Status.NO_VALUE
    return Status.ABSENT


def conflicts(facts: list[Fact]) -> list[tuple[Fact, Fact]]:
    """Pairs that state two values of one indicator for one role and year, beyond what rounding explains."""
    found = []
    # A value that is said again and again is compared once.
    seen = {
        (one.role, one.of, one.year, one.unit, one.value_text, one.qualifier): one for one in reversed(facts)
    }
    kept = {id(one) for one in seen.values()}
    distinct = [one for one in facts if id(one) in kept][:_MOST_DISTINCT]
    for index, first in enumerate(distinct):
        for second in distinct[index + 1 :]:
            same = first.role is second.role and first.of == second.of and first.year == second.year
            if same and first.unit == second.unit and not _agree(first, second):
                found.append((first, second))
    return found


def _agree(first: Fact, second: Fact) -> bool:
    if first.value is None or second.value is None or first.qualifier or second.qualifier:
        return True
    if "range" in (first.via, second.via):
        return True
    low, high = sorted((abs(first.value), abs(second.value)))
    if first.value == second.value:
        return True
    step = max(_step(first), _step(second))
    return high - low <= step / 2 + 1e-9


def _step(fact: Fact) -> float:
    """The size of the last digit written, in the indicator's unit: 5.26万人 speaks in hundreds."""
    if fact.value is None or not fact.value:
        return 0.0
    digits = "".join(one for one in fact.value_text if one.isdigit() or one == ".")
    try:
        written = float(digits)
    except ValueError:
        return 0.0
    if not written:
        return 0.0
    places = len(digits.partition(".")[2])
    return abs(fact.value) / written * 10.0**-places
