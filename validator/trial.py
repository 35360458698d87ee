"""Runs the examples that every rule carries through the real reading: what `validator rules test` does.

Each example becomes a small document of its own. Outcomes are told in the notation of the packs, so that
an author can lay what was expected beside what was read. An example that holds is then changed: full-width
digits and blanks between characters must not matter, a number that is an X or is gone must be noticed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

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
_WIDE = str.maketrans("0123456789.%", "０１２３４５６７８９．％")
_BETWEEN = re.compile("(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff]{2})")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
FULL_WIDTH = Bilingual("数字改成全角", "full-width digits")
SPACED = Bilingual("字间加空格", "blanks between characters")
FILLED_WITH_X = Bilingual("数字换成X", "X in place of the number")
WITHOUT_NUMBER = Bilingual("删掉数字", "the number deleted")
_Found = Sequence[tuple[int, int, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one example. `place` is `file:line` of the rule; `expected` and `got` are for people.

    `change` says what was done to the text; None for the example as it stands in the pack.
    """

    rule: str
    place: str
    text: str
    expected: str
    got: str
    passed: bool
    change: Bilingual | None = None


def run_examples(rules: Rules) -> list[Outcome]:
    """Run every example of every rule, in the order of the packs."""
    placeholders, banned = _checks_of("PLC"), _checks_of("BAN")
    outcomes = [
        outcome
        for identifier, indicator in rules.indicators.items()
        for example in indicator.examples
        for outcome in _indicator_and_changes(rules, identifier, example)
    ]
    outcomes += [
        _passages(rules, rule, example, placeholders, "PLC", _same)
        for rule in rules.placeholders
        for example in rule.examples
    ]
    outcomes += [
        _passages(rules, rule, example, banned, "BAN", _covered)
        for rule in rules.banned
        for example in rule.examples
    ]
    outcomes += [_verdict(rules, rule, example) for rule in rules.consistency for example in rule.examples]
    return outcomes


def _verdict(rules: Rules, rule: ConsistencyRule, example: Example) -> Outcome:
    expected = str(example.expect[0]["verdict"])
    got = verdict(rule, read_facts(_document(example.text), rules).facts)
    return Outcome(
        rule=rule.id,
        place=example.place,
        text=example.text,
        expected=expected,
        got=got,
        passed=got == expected,
    )


def _checks_of(family: str) -> list[Check]:
    every = collect(checks, "CHECK").values()
    return [one for one in every if any(code.id.startswith(family) for code in one.codes)]


def _document(text: str, section: str = "", *, cell: bool = False) -> Document:
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


# ── indicators ───────────────────────────────────────────────────────────────
def _indicator_and_changes(rules: Rules, identifier: str, example: Example) -> Iterator[Outcome]:
    """The example, and where it states values and holds, its changed forms."""
    plain = _indicator(rules, identifier, example)
    yield plain
    if not plain.passed or not any("value" in one for one in example.expect):
        return
    alike = {FULL_WIDTH: example.text.translate(_WIDE), SPACED: _BETWEEN.sub(" ", example.text)}
    for change, text in alike.items():
        yield replace(_indicator(rules, identifier, replace(example, text=text)), change=change)
    emptied = _emptied(rules, identifier, example)
    if emptied is not None:
        yield _hollow(rules, identifier, replace(example, text=emptied), FILLED_WITH_X)
        yield _hollow(rules, identifier, replace(example, text=emptied.replace("X", "")), WITHOUT_NUMBER)


def _emptied(rules: Rules, identifier: str, example: Example) -> str | None:
    """The example with an X for each number of the indicator; None where that cannot be told for sure."""
    text = example.text
    facts = read_facts(_document(text, example.section), rules).facts
    own = [one for one in facts if one.indicator == identifier and one.value is not None]
    for fact in sorted(own, key=lambda one: one.location.end_column or 0, reverse=True):
        number = _NUMBER.search(fact.value_text)
        if number is None or "X" in text.upper() or text.count(fact.value_text) != 1:
            return None
        text = text.replace(fact.value_text, fact.value_text.replace(number[0], "\0", 1))
    return text.replace("\0", "X")


def _hollow(rules: Rules, identifier: str, example: Example, change: Bilingual) -> Outcome:
    """With the numbers gone no value may be left, and an X must be found and tied to the indicator."""
    reading = read_facts(_document(example.text, example.section), rules)
    facts = [one for one in reading.facts if one.indicator == identifier]
    valued = any(one.value is not None and one.scope is Scope.WHOLE for one in facts)
    tied = any(one.indicator == identifier for one in reading.holes)
    status = next((one.status for one in judge(reading, rules, None) if one.id == identifier), Status.ABSENT)
    return Outcome(
        rule=identifier,
        place=example.place,
        text=example.text,
        expected=_notation({"status": Status.PLACEHOLDER.value}) if change is FILLED_WITH_X else "[]",
        got="; ".join(_read(facts, reading, identifier, status)) or "[]",
        passed=not valued and (tied or change is WITHOUT_NUMBER),
        change=change,
    )


def _indicator(rules: Rules, identifier: str, example: Example) -> Outcome:
    reading = read_facts(_document(example.text, example.section), rules)
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


# ── placeholders and banned text ─────────────────────────────────────────────
def _passages(
    rules: Rules,
    rule: PlaceholderRule | BannedRule,
    example: Example,
    among: Sequence[Check],
    family: str,
    agree: Callable[[Sequence[str], str, _Found], bool],
) -> Outcome:
    cell = isinstance(rule, PlaceholderRule) and rule.formats == ("cell",)
    document = _document(example.text, example.section, cell=cell)
    reading = read_facts(document, rules)
    context = Context(document=document, reading=reading, rules=rules, profile=None, indicators=())
    found = sorted(
        _place(document, one) for check in among for one in check.find(context) if one.code.startswith(family)
    )
    wanted = [str(one["find"]) for one in example.expect]
    return Outcome(
        rule=rule.id,
        place=example.place,
        text=example.text,
        expected=_listed(wanted),
        got=_listed([text for _, _, text in found]),
        passed=agree(wanted, example.text, found),
    )


def _place(document: Document, finding: Finding) -> tuple[int, int, str]:
    if finding.block is None:
        return 0, 0, finding.text
    offsets = document.blocks[finding.block].offsets
    first = offsets[0] if len(offsets) else 0
    return first + finding.start, first + finding.end, finding.text


def _same(wanted: Sequence[str], _text: str, found: _Found) -> bool:
    return list(wanted) == [text for _, _, text in found]


def _covered(wanted: Sequence[str], text: str, found: _Found) -> bool:
    """Each passage, in order of the text, is overlapped by a finding; no finding lies outside them all."""
    spans = []
    at = 0
    for one in wanted:
        start = text.find(one, at)
        if start < 0:
            return False
        at = start + len(one)
        spans.append((start, at))
    return all(any(_overlap(span, one) for one in found) for span in spans) and all(
        any(_overlap(span, one) for span in spans) for one in found
    )


def _overlap(span: tuple[int, int], found: tuple[int, int, str]) -> bool:
    return span[0] < found[1] and found[0] < span[1]


def _listed(texts: Sequence[str]) -> str:
    return "[" + ", ".join(f"“{one}”" for one in texts) + "]"
