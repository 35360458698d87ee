"""Finds what drafters left where a number, a name or a date belongs, by the rules of the packs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from validator.model.document import Block, Document, Kind
from validator.model.rule import PlaceholderRule
from validator.text.fold import fold_character
from validator.text.lazy import lazy

_LOOKALIKES = str.maketrans(
    {
        "Х": "X",
        "х": "X",
        "Χ": "X",
        "χ": "X",
        "✕": "×",
        "✖": "×",
        "╳": "×",
        "✗": "×",
        "⨯": "×",
        "○": "〇",
        "◯": "〇",
        "△": "〇",
    }
)
_SIGNS = lazy(
    r"[X×*_#<{\[【(〔…?NХ□某待填暂缺略T○〇◯△＿＊＃？ＸＮ＜｛［（✕✖╳✗ ]|\.\.|[为达至占约近率比重例](?:[%％‰]|亿|万|平)|  |\u3000",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Span:
    """A hole at `start:end` of a block's text, found by `rule`."""

    start: int
    end: int
    rule: PlaceholderRule


_CIRCLES = lazy(
    "(?<![一二三四五六七八九十〇])(?<!^)〇+(?![一二三四五六七八九〇0-9])|^〇{2,}(?![一二三四五六七八九〇])|^〇(?=[县市区镇乡府])"
)
"""Circles in place of a name or a number; beside Chinese figures a circle is a zero, alone at the head
of a line a bullet."""


@lru_cache(maxsize=512)
def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression)


@lru_cache(maxsize=65536)
def _shape(character: str) -> str:
    return fold_character(character.translate(_LOOKALIKES))


def shape(text: str) -> str:
    """`text` character by character in its plain form; blanks stay, so offsets are the same."""
    plain = "".join(map(_shape, text))
    if "〇" in plain:
        plain = _CIRCLES.sub(lambda match: "×" * len(match[0]), plain)
    return plain


def find(document: Document, block: Block, rules: tuple[PlaceholderRule, ...]) -> list[Span]:
    """The holes of one block in order; where rules overlap the earlier, then the longer one holds."""
    if not block.text.strip():
        return []
    if _SIGNS.search(block.text) is None:
        rules = tuple(one for one in rules if not one.place.startswith("rules/"))
    text = shape(block.text)
    taken = bytearray(len(text) + 1)
    free: list[Span] = []
    for rule in rules:
        if not _applies(rule, document, block):
            continue
        for start, end in _matches(rule, text):
            stop = max(end, start + 1)
            if any(taken[start:stop]):
                continue
            taken[start:stop] = b"\1" * (stop - start)
            if not rule.allow:
                free.append(Span(start, end, rule))
    return sorted(free, key=lambda one: one.start)


def _applies(rule: PlaceholderRule, document: Document, block: Block) -> bool:
    if not rule.formats:
        return True
    place = "cell" if block.kind is Kind.CELL else "prose"
    return place in rule.formats or document.format in rule.formats


def _matches(rule: PlaceholderRule, text: str) -> Iterator[tuple[int, int]]:
    for pattern in rule.patterns:
        if pattern.triggers and not any(word in text for word in pattern.triggers):
            continue
        for match in _compiled(pattern.expression).finditer(text):
            groups = [index for index in range(1, match.re.groups + 1) if match.span(index)[0] >= 0]
            if not groups:
                yield match.span()
            for index in groups:
                yield match.span(index)
