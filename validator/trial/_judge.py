"""Judges one example of one rule by the real reading: what was expected, what was got, whether it holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from validator import checks
from validator.checks._base import Check, Context
from validator.checks.consistency import verdict
from validator.facts.reading import read_facts
from validator.facts.statuses import judge
from validator.model.document import Block, Cell, Document, Kind
from validator.model.fact import Fact, Reading
from validator.model.finding import Finding
from validator.model.rule import BannedRule, ConsistencyRule, Example, PlaceholderRule, Rules
from validator.model.words import Bilingual, Scope, Status
from validator.plugins import collect

_TOLERANCE = 1e-6
_Found = Sequence[tuple[int, int, str]]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one example. `place` is `file:line` of the rule; `expected` and `got` are for people.

    `change` says what was done to the text; None for the example as it stands in the pack. `excused` is
    the reason that the rule gives for not noticing that change.
    """

    rule: str
    place: str
    text: str
    expected: str
    got: str
    passed: bool
    change: Bilingual | None = None
    excused: str = ""


@lru_cache(maxsize=4)
def _checks_of(family: str) -> tuple[Check, ...]:
    every = collect(checks, "CHECK").values()
    return tuple(one for one in every if any(code.id.startswith(family) for code in one.codes))


def document_of(text: str, section: str = "", *, cell: bool = False) -> Document:
    """`text` as a document without a title: one paragraph a line, or one table cell."""
    blocks = []
    at = 0
    for number, line in enumerate([text] if cell else text.split("\n"), start=1):
        blocks.append(
            Block(
                text=line,
                offsets=range(at, at + len(line)),
                kind=Kind.CELL if cell else Kind.PARAGRAPH,
                section=(section,) if section else (),
                paragraph=None if cell else number,
                cell=Cell(table=1, row=1, column=1) if cell else None,
            )
        )
        at += len(line) + 1
    return Document(path="", format="txt", encoding=None, source=text, blocks=tuple(blocks))


def hollow(rules: Rules, identifier: str, example: Example, *, tied: bool) -> Outcome:
    """With the numbers gone no value may be left; where an X stands (`tied`) it is the indicator's."""
    reading = read_facts(document_of(example.text, example.section), rules)
    facts = [one for one in reading.facts if one.indicator == identifier]
    valued = any(one.value is not None and one.scope is Scope.WHOLE for one in facts)
    hole = any(one.indicator == identifier for one in reading.holes)
    status = next((one.status for one in judge(reading, rules, None) if one.id == identifier), Status.ABSENT)
    return Outcome(
        rule=identifier,
        place=example.place,
        text=example.text,
        expected=_notation({"status": Status.PLACEHOLDER.value}) if tied else "[]",
        got="; ".join(_read(facts, reading, identifier, status)) or "[]",
        passed=not valued and (hole or not tied),
    )


def indicator(rules: Rules, identifier: str, example: Example) -> Outcome:
    """An example of an indicator: every fact expected is read, and no other value of the whole."""
    reading = read_facts(document_of(example.text, example.section), rules)
    results = {one.id: one.status for one in judge(reading, rules, None)}
    status = results.get(identifier, Status.ABSENT)
    facts = [one for one in reading.facts if one.indicator == identifier]
    holds = _holds(example.expect, facts, status) if example.expect else not _anything(reading, identifier)
    return Outcome(
        rule=identifier,
        place=example.place,
        text=example.text,
        expected="; ".join(map(_notation, example.expect)) or "[]",
        got="; ".join(_read(facts, reading, identifier, status)) or "[]",
        passed=holds,
    )


def _anything(reading: Reading, identifier: str) -> bool:
    stated = any(
        one.indicator == identifier and one.scope is Scope.WHOLE and one.value is not None
        for one in reading.facts
    )
    return stated or any(one.indicator == identifier for one in reading.holes)


def _holds(expect: Sequence[Mapping[str, object]], facts: Sequence[Fact], status: Status) -> bool:
    wanted = [one for one in expect if "status" not in one]
    stated = [one for one in facts if one.value is not None]
    return (
        all(one["status"] == status.value for one in expect if "status" in one)
        and all(any(_is(one, fact) for fact in stated) for one in wanted)
        and all(
            any(_is({**one, "scope": "whole"}, fact) for one in wanted)
            for fact in stated
            if fact.scope is Scope.WHOLE
        )
    )


def _is(expected: Mapping[str, object], fact: Fact) -> bool:
    value = expected.get("value")
    return (
        fact.value is not None
        and isinstance(value, int | float)
        and abs(fact.value - value) <= _TOLERANCE * max(1.0, abs(value))
        and fact.role.value == expected.get("role", "actual")
        and fact.scope.value == expected.get("scope", "whole")
        and ("of" not in expected or (fact.of is not None and fact.of.value == expected["of"]))
    )


def _notation(expected: Mapping[str, object]) -> str:
    return "{" + ", ".join(f"{key}: {value}" for key, value in expected.items()) + "}"


def _read(facts: Sequence[Fact], reading: Reading, identifier: str, status: Status) -> Iterator[str]:
    for one in facts:
        if one.value is None:
            continue
        told: dict[str, object] = {"role": one.role.value, "value": f"{one.value:g}"}
        if one.of is not None:
            told["of"] = one.of.value
        if one.scope is not Scope.WHOLE:
            told["scope"] = one.scope.value
        yield _notation(told)
    holes = any(one.indicator == identifier for one in reading.holes)
    if holes or (status is not Status.REPORTED and status is not Status.ABSENT):
        yield _notation({"status": status.value})


# ── placeholders, banned text, relations ─────────────────────────────────────────────
def passages(
    rules: Rules,
    rule: PlaceholderRule | BannedRule,
    example: Example,
    wanted: Sequence[Span],
) -> Outcome:
    """An example of a rule on text: the passages at `wanted` are found, and nothing else.

    A placeholder is found exactly; of banned text each passage is overlapped by a finding.
    """
    exact = isinstance(rule, PlaceholderRule)
    family = "PLC" if exact else "BAN"
    cell = isinstance(rule, PlaceholderRule) and rule.formats == ("cell",)
    document = document_of(example.text, example.section, cell=cell)
    reading = read_facts(document, rules)
    context = Context(document=document, reading=reading, rules=rules, profile=None, indicators=())
    found = sorted(
        _place(document, one)
        for check in _checks_of(family)
        for one in check.find(context)
        if one.code.startswith(family)
    )
    texts = [example.text[start:end] for start, end in wanted]
    holds = texts == [text for _, _, text in found] if exact else _covered(wanted, found)
    return Outcome(
        rule=rule.id,
        place=example.place,
        text=example.text,
        expected=_listed(texts),
        got=_listed([text for _, _, text in found]),
        passed=holds,
    )


def spans_of(example: Example) -> list[Span] | None:
    """Where the passages that an example lists stand in its text, in their order; None where one does not."""
    spans: list[Span] = []
    at = 0
    for one in example.expect:
        start = example.text.find(str(one["find"]), at)
        if start < 0:
            return None
        at = start + len(str(one["find"]))
        spans.append((start, at))
    return spans


def relation(rules: Rules, rule: ConsistencyRule, example: Example) -> Outcome:
    """An example of a consistency rule: its verdict."""
    expected = str(example.expect[0]["verdict"])
    got = verdict(rule, read_facts(document_of(example.text), rules).facts)
    return Outcome(
        rule=rule.id,
        place=example.place,
        text=example.text,
        expected=expected,
        got=got,
        passed=got == expected,
    )


def _place(document: Document, finding: Finding) -> tuple[int, int, str]:
    if finding.block is None:
        return 0, 0, finding.text
    offsets = document.blocks[finding.block].offsets
    first = offsets[0] if len(offsets) else 0
    return first + finding.start, first + finding.end, finding.text


def _covered(wanted: Sequence[Span], found: _Found) -> bool:
    """Each passage is overlapped by a finding; no finding lies outside them all."""
    return all(any(_overlap(span, one) for one in found) for span in wanted) and all(
        any(_overlap(span, one) for span in wanted) for one in found
    )


def _overlap(span: Span, found: tuple[int, int, str]) -> bool:
    return span[0] < found[1] and found[0] < span[1]


def _listed(texts: Sequence[str]) -> str:
    return "[" + ", ".join(f"“{one}”" for one in texts) + "]"
