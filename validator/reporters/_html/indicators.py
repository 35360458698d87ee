"""The rows of the indicator table, and the list of what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from validator.model.fact import Fact
from validator.model.finding import Finding, IndicatorResult
from validator.model.report import ReportResult
from validator.model.rule import Rules
from validator.model.words import Scope, Status
from validator.reporters._html.story import Story
from validator.reporters._html.words import ROLES, Sign, severity_sign, status_sign
from validator.reporters._tongue import Tongue

_FEW = 3
"""Values of one indicator that a row shows."""
_MOST = 60
"""Characters of a value or of what stands in its place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One indicator. `href` leads to the place in the text, `entry` to the entry that says what to do."""

    id: str
    name: str
    section: str
    required: bool
    sign: Sign
    values: tuple[str, ...]
    more: int
    href: str
    place: str
    owner: str
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """One required indicator that is not reported. `codes` are those of findings that stand nowhere else;
    `entry` leads to the entry of the list of changes otherwise."""

    id: str
    name: str
    sign: Sign
    severity: Sign | None
    codes: tuple[tuple[str, str], ...]
    how: str
    owner: str
    href: str
    entry: str
    place: str = ""


def owed(report: ReportResult) -> list[IndicatorResult]:
    """The required indicators that are not reported, without those whose finding was accepted."""
    accepted = {
        one.indicator for one in report.findings if one.waived is not None and one.code.startswith("IND")
    }
    accepted -= {one.indicator for one in report.findings if one.waived is None}
    return [one for one in report.required if one.status is not Status.REPORTED and one.id not in accepted]


def missing_groups(
    lacking: Sequence[IndicatorResult],
    graded: Sequence[Finding],
    rules: Rules,
    tongue: Tongue,
    story: Story,
) -> list[tuple[str, list[Missing]]]:
    """What is owed, by the section where it belongs; `graded` are the findings of what is not mentioned."""
    groups: dict[str, list[Missing]] = {}
    for one in lacking:
        rule = rules.indicators.get(one.id)
        own = [finding for finding in graded if finding.indicator == one.id]
        worst = min((finding.severity for finding in own), key=lambda level: level.rank, default=None)
        missing = Missing(
            id=story.missing_id(one.id),
            name=_name(one, tongue),
            sign=status_sign(one.status, tongue.lang),
            severity=severity_sign(worst, tongue.lang) if worst else None,
            codes=tuple((finding.code, finding.message.get(tongue.lang)) for finding in own),
            how=rule.how if rule else "",
            owner=(rule.owner if rule else "") or one.owner,
            href=story.note_of(one.id),
            entry=story.entry_of(one.id),
            place=story.heading_of(one.id),
        )
        groups.setdefault(rule.section if rule else "", []).append(missing)
    return list(groups.items())


def rows(
    report: ReportResult,
    rules: Rules,
    tongue: Tongue,
    story: Story,
    *,
    without: Sequence[IndicatorResult] = (),
) -> list[Row]:
    """The required indicators in the order of the profile, then what else is stated."""
    left = {one.id for one in without}
    return [
        _row(number, one, rules, tongue, story)
        for number, one in enumerate(sorted(report.indicators, key=lambda one: not one.required))
        if one.id not in left
    ]


def _name(one: IndicatorResult, tongue: Tongue) -> str:
    name = one.name.get(tongue.lang)
    return name + tongue.say("（计划数）", " (planned)") if one.required and one.role == "target" else name


def _row(number: int, one: IndicatorResult, rules: Rules, tongue: Tongue, story: Story) -> Row:
    rule = rules.indicators.get(one.id)
    stated = chosen(one)
    holes = [fact for fact in one.facts if fact.hole is not None]
    values = list(dict.fromkeys(_said(fact, tongue) for fact in stated)) or [
        _clipped(fact.text) for fact in holes[:1]
    ]
    href, place = story.place_of(one, next(iter([*stated, *holes]), None))
    return Row(
        id=story.row_id(number),
        name=_name(one, tongue),
        section=rule.section if rule else "",
        required=one.required,
        sign=status_sign(one.status, tongue.lang),
        values=tuple(values[:_FEW]),
        more=max(0, len(values) - _FEW),
        href=href,
        place=place,
        owner=(rule.owner if rule else "") or one.owner,
        how=rule.how if rule and one.required and one.status is not Status.REPORTED else "",
    )


def chosen(one: IndicatorResult) -> list[Fact]:
    """The values that a row shows: those that count, of the wanted role first."""
    whole = [fact for fact in one.facts if fact.value is not None and fact.scope is Scope.WHOLE]
    stated = whole or [fact for fact in one.facts if fact.value is not None]
    return sorted(stated, key=lambda fact: fact.role.value != one.role)


def _said(fact: Fact, tongue: Tongue) -> str:
    """The value as the report has it, with its role where that is not the plain one."""
    role = ROLES[fact.role].get(tongue.lang) + " " if fact.role in ROLES else ""
    return role + _clipped(fact.value_text or fact.text)


def _clipped(text: str) -> str:
    return text if len(text) <= _MOST else text[:_MOST] + "…"
