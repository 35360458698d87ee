"""The signs by which a rule is left untried must stand in whatever the rule can match."""

from __future__ import annotations

import re._constants as kinds  # type: ignore[import-not-found]
import re._parser as sre  # type: ignore[import-not-found]
from collections.abc import Iterator
from typing import Any

import pytest
from engine import packs

from validator.facts import _holes
from validator.model.rule import PlaceholderRule

FILTERED = [
    rule
    for rule in packs().placeholders
    if not rule.allow and (rule.id in _holes.SIGNS or rule.id.partition(".")[0] in _holes.SIGNS)
]


def certain(tree: Any) -> Iterator[frozenset[str]]:
    """Sets of characters; of each set one character stands in every match."""
    for kind, value in tree:
        if kind is kinds.LITERAL:
            yield frozenset(chr(value))
        elif kind is kinds.IN:
            yield from one_of(value)
        elif kind is kinds.SUBPATTERN:
            yield from certain(value[-1])
        elif kind is kinds.ASSERT:
            yield from certain(value[1])
        elif kind in (kinds.MAX_REPEAT, kinds.MIN_REPEAT) and value[0] > 0:
            yield from certain(value[2])
        elif kind is kinds.BRANCH:
            yield from either(value[1])


def one_of(items: Any) -> Iterator[frozenset[str]]:
    found: set[str] = set()
    for kind, value in items:
        if kind is kinds.LITERAL:
            found.add(chr(value))
        elif kind is kinds.RANGE and value[1] - value[0] < 64:
            found.update(map(chr, range(value[0], value[1] + 1)))
        elif (kind, value) == (kinds.CATEGORY, kinds.CATEGORY_SPACE):
            found.update(one for one in map(chr, range(0x3001)) if one.isspace())
        else:
            return
    yield frozenset(found)


def either(branches: Any) -> Iterator[frozenset[str]]:
    """Unions of one set of each branch: all of them would be many, so those within the signs at hand."""
    best = [list(certain(branch)) for branch in branches]
    if all(best):
        for signs in _holes.SIGNS.values():
            chosen = [next((one for one in sets if one <= signs), None) for sets in best]
            if None not in chosen:
                yield frozenset().union(*(one for one in chosen if one is not None))


@pytest.mark.parametrize("rule", FILTERED, ids=[one.id for one in FILTERED])
def test_no_match_without_one_of_the_signs(rule: PlaceholderRule) -> None:
    signs = _holes.SIGNS.get(rule.id) or _holes.SIGNS[rule.id.partition(".")[0]]
    loose = [
        pattern.expression
        for pattern in rule.patterns
        if not any(one <= signs for one in certain(sre.parse(pattern.expression)))
    ]
    assert loose == []


def test_most_rules_are_filtered() -> None:
    assert len(FILTERED) > 25
