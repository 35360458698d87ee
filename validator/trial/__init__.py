"""Runs the examples that every rule carries through the real reading: what `validator rules test` does.

Each example becomes a small document of its own. An example that holds is then changed: full-width digits,
blanks between characters and wrapped lines must not matter; a number that is an X, is gone or has a unit of
another kind, a placeholder that was filled in must be noticed. A rule that does not notice has to say why.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from validator.facts.reading import read_facts
from validator.model.rule import BannedRule, ConsistencyRule, Example, Indicator, PlaceholderRule, Rules
from validator.trial import _judge
from validator.trial._changes import (
    FILLED_IN,
    FILLED_WITH_X,
    FULL_WIDTH,
    OTHER_UNIT,
    SPACED,
    WITHOUT_NUMBER,
    Alike,
    Change,
)
from validator.trial._judge import Outcome, document_of

__all__ = ["Outcome", "document_of", "run_examples"]

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_STRANGE_UNITS = ("公里", "册")
_FILLING = "12"


def run_examples(rules: Rules) -> list[Outcome]:
    """Run every example of every rule, and its changed forms, in the order of the packs."""
    outcomes = [
        outcome
        for rule in rules.indicators.values()
        for example in rule.examples
        for outcome in _excused(rule.excused, _indicator(rules, rule, example))
    ]
    for found in (rules.placeholders, rules.banned):
        outcomes += [
            outcome
            for rule in found
            for example in rule.examples
            for outcome in _excused(rule.excused, _passages(rules, rule, example))
        ]
    outcomes += [
        outcome
        for rule in rules.consistency
        for example in rule.examples
        for outcome in _excused(rule.excused, _relation(rules, rule, example))
    ]
    return outcomes


_Tried = Iterator[tuple[Change | None, Outcome]]


def _excused(reasons: Mapping[str, str], tried: _Tried) -> Iterator[Outcome]:
    for change, outcome in tried:
        if change is None:
            yield outcome
        else:
            reason = "" if outcome.passed else reasons.get(change.key, "")
            yield replace(outcome, change=change.name, excused=reason)


# ── indicators ───────────────────────────────────────────────────────────────
def _indicator(rules: Rules, rule: Indicator, example: Example) -> _Tried:
    """The example, and where it holds its changed forms."""
    plain = _judge.indicator(rules, rule.id, example)
    yield None, plain
    if not plain.passed:
        return
    for change in (FULL_WIDTH, SPACED):
        text, _ = change.apply(example.text)
        if text != example.text:
            yield change, _judge.indicator(rules, rule.id, replace(example, text=text))
    if not any("value" in one for one in example.expect):
        return
    emptied = _emptied(rules, rule.id, example)
    if emptied is not None:
        without = emptied.replace("X", "")
        yield FILLED_WITH_X, _judge.hollow(rules, rule.id, replace(example, text=emptied), tied=True)
        yield WITHOUT_NUMBER, _judge.hollow(rules, rule.id, replace(example, text=without), tied=False)
    strange = _other_unit(rules, rule, example)
    if strange is not None:
        yield OTHER_UNIT, _judge.hollow(rules, rule.id, replace(example, text=strange), tied=False)


def _emptied(rules: Rules, identifier: str, example: Example) -> str | None:
    """The example with an X for each number of the indicator; None where that cannot be told for sure."""
    text = example.text
    facts = read_facts(document_of(text, example.section), rules).facts
    own = [one for one in facts if one.indicator == identifier and one.value is not None]
    for fact in sorted(own, key=lambda one: one.location.end_column or 0, reverse=True):
        number = _NUMBER.search(fact.value_text)
        if number is None or "X" in text.upper() or text.count(fact.value_text) != 1:
            return None
        text = text.replace(fact.value_text, fact.value_text.replace(number[0], "\0", 1))
    return text.replace("\0", "X")


def _other_unit(rules: Rules, rule: Indicator, example: Example) -> str | None:
    """The example with a unit of another kind behind each number of the indicator, None where one has no
    unit or cannot be told for sure."""
    text = example.text
    unit = next(one for one in _STRANGE_UNITS if one != rule.unit)
    facts = read_facts(document_of(text, example.section), rules).facts
    own = [one for one in facts if one.indicator == rule.id and one.value is not None]
    for fact in own:
        number = _NUMBER.search(fact.value_text)
        written = fact.value_text[number.end() :] if number else ""
        if not number or not written or rule.kind == "rank" or text.count(fact.value_text) != 1:
            return None
        text = text.replace(fact.value_text, fact.value_text[: number.end()] + unit)
    return text if own else None


# ── placeholders and banned text ─────────────────────────────────────────────
def _passages(rules: Rules, rule: PlaceholderRule | BannedRule, example: Example) -> _Tried:
    spans = _judge.spans_of(example)
    plain = _judge.passages(rules, rule, example, spans or ())
    if spans is None:
        yield None, replace(plain, passed=False)
        return
    yield None, plain
    if not plain.passed:
        return
    for change in _alike(rule):
        text, moved = change.apply(example.text)
        if text != example.text:
            wanted = [(moved(start), moved(end - 1) + 1) for start, end in spans]
            yield change, _judge.passages(rules, rule, replace(example, text=text), wanted)
    if isinstance(rule, PlaceholderRule) and spans and all(end > start for start, end in spans):
        yield FILLED_IN, _judge.passages(rules, rule, _filled(example, spans), ())


def _alike(rule: PlaceholderRule | BannedRule) -> tuple[Alike, ...]:
    """Blanks make holes, so they matter to a placeholder."""
    return (FULL_WIDTH,) if isinstance(rule, PlaceholderRule) else (FULL_WIDTH, SPACED)


def _filled(example: Example, spans: list[_judge.Span]) -> Example:
    text = example.text
    for start, end in reversed(spans):
        text = text[:start] + _FILLING + text[end:]
    return replace(example, text=text)


# ── consistency ──────────────────────────────────────────────────────────────
def _relation(rules: Rules, rule: ConsistencyRule, example: Example) -> _Tried:
    plain = _judge.relation(rules, rule, example)
    yield None, plain
    if not plain.passed:
        return
    for change in (FULL_WIDTH, SPACED):
        text, _ = change.apply(example.text)
        yield change, _judge.relation(rules, rule, replace(example, text=text))
    emptied = _emptied(rules, rule.claim, example)
    if emptied is not None:
        unknown = replace(example, text=emptied, expect=({"verdict": "unknown"},))
        yield FILLED_WITH_X, _judge.relation(rules, rule, unknown)
