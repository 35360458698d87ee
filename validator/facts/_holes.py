"""Finds what drafters left where a number, a name or a date belongs, by the rules of the packs."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from validator.model.document import Block, Document, Kind
from validator.model.rule import PlaceholderRule
from validator.text.fold import fold_character
from validator.text.lazy import compiled, lazy
from validator.text.triggers import Triggers

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
_BLANK = "".join(
    map(
        chr,
        (*range(9, 14), *range(28, 33), 133, 160, 5760, *range(8192, 8203), 8232, 8233, 8239, 8287, 12288),
    )
)
"""All that Python's `\\s` takes for a blank."""
_DIGIT = "0123456789"
SIGNS: Mapping[str, frozenset[str]] = {
    rule: frozenset(signs)
    for rule, signs in {
        "damage.torn": "\n",
        "damage": _DIGIT,
        "date.year": "X×*_□?？",
        "date.day": "X×*_",
        "date.blank": _BLANK,
        "todo": "待缺补暂尚无未后空TF?",
        "field.program": "{<[«≪%$@_M",
        "field.error": "#!！N",
        "field.template": "<[【",
        "field.slot": "[【",
        "field.instruction": "[【(<〔此点单轻在选C",
        "field.any": "[【",
        "blank.brackets": "(【〔[“<{",
        "blank.underscores": "_",
        "blank.gap": _BLANK,
        "star": "*#",
        "hash": "#",
        "mark": "….?？□■△〇○",
        "letter": "X×N某",
    }.items()
}
"""For rules of our packs, by id or first part of it: no match without one of these. Most blocks have none,
and what is not tried costs nothing."""
_BREAKS_OFF = lazy(r"[0-9０-９][.．]?\s*$")
_FIELDS = lazy("[【\\[［][^】\\]］\\n]{0,14}(?:名称|姓名|单位|日期|职务|时间|标题|描述)[】\\]］]")
_TICKS = frozenset("√✓✔☑")
_TEMPLATE_FIELDS = 3
"""A document that names three slots in square brackets is still a template."""


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


_ROMAN = r"[\u2160-\u2188]"
_COUNTED = r"\s?[人名个家所项件次场万亿元%月日年县区镇乡村校亩]"
_TENS = lazy(
    rf"(?<!{_ROMAN})(?<!{_ROMAN}[、,，和与及至~—-])(?:ⅹ{{2,}}|(?<!第)Ⅹ{{2,}}(?={_COUNTED})|(?<![(（第])ⅹ(?={_COUNTED})"
    rf"|(?<=第)ⅹ(?=[届期次名位]))(?!{_ROMAN})"
)
"""A Roman ten where a number belongs is an x of another keyboard; in a list of numerals it is ten."""


@lru_cache(maxsize=512)
def _compiled(expression: str) -> re.Pattern[str]:
    return compiled(expression)


@lru_cache(maxsize=65536)
def _shape(character: str) -> str:
    if "\u2160" <= character <= "\u2188":  # a Roman ten is no letter X
        return character
    return fold_character(character.translate(_LOOKALIKES))


def shape(text: str) -> str:
    """`text` character by character in its plain form; blanks stay, so offsets are the same."""
    plain = "".join(map(_shape, text))
    if "ⅹ" in plain or "ⅩⅩ" in plain:
        plain = _TENS.sub(lambda match: "X" * len(match[0]), plain)
    if "〇" in plain:
        plain = _CIRCLES.sub(lambda match: "×" * len(match[0]), plain)
    return plain


def find(document: Document, block: Block, rules: tuple[PlaceholderRule, ...]) -> list[Span]:
    """The holes of one block in order; where rules overlap the earlier, then the longer one holds."""
    if not block.text.strip():
        return []
    text = shape(block.text)
    torn = _torn(document, block)
    tried = [
        (rule, expressions)
        for rule, expressions in _search(rules).possible(text, torn)
        if _applies(rule, document, block)
    ]
    if not any(True for rule, found in tried if not rule.allow for _ in _matches(rule, found, text, torn)):
        return []
    taken = bytearray(len(text) + 1)
    free: list[Span] = []
    for rule, expressions in tried:
        for start, end in _matches(rule, expressions, text, torn):
            stop = max(end, start + 1)
            if any(taken[start:stop]):
                continue
            taken[start:stop] = b"\1" * (stop - start)
            if not rule.allow:
                free.append(Span(start, end, rule))
    return sorted(free, key=lambda one: one.start)


class _Search:
    """The rules, ready to be searched for together."""

    def __init__(self, rules: tuple[PlaceholderRule, ...]) -> None:
        self.rules = rules
        patterns = [(at, one) for at, rule in enumerate(rules) for one in rule.patterns]
        self._triggers = Triggers([one.triggers for _, one in patterns])
        self._of_rule: list[list[tuple[int, str]]] = [[] for _ in rules]
        for index, (at, one) in enumerate(patterns):
            self._of_rule[at].append((index, one.expression))
        by_signs: dict[frozenset[str] | None, list[int]] = {}
        for at, rule in enumerate(rules):
            by_signs.setdefault(_needed(rule), []).append(at)
        self._by_signs = tuple(by_signs.items())

    def possible(self, text: str, torn: str) -> Iterator[tuple[PlaceholderRule, list[str]]]:
        """The rules that may match, each with the expressions of which that is true."""
        signs = frozenset(text + torn)
        tried = set(self._triggers.possible(text))
        more = tried.union(self._triggers.possible(text + torn)) if torn else tried
        for at in sorted(
            at
            for needed, group in self._by_signs
            if needed is None or not needed.isdisjoint(signs)
            for at in group
        ):
            rule = self.rules[at]
            known = more if torn and _goes_on(rule) else tried
            expressions = [expression for index, expression in self._of_rule[at] if index in known]
            if expressions:
                yield rule, expressions


_MADE: list[_Search] = []


def _search(rules: tuple[PlaceholderRule, ...]) -> _Search:
    """Made once for all documents of a run."""
    for known in _MADE:
        if known.rules is rules:
            return known
    made = _Search(rules)
    _MADE[:] = [made, *_MADE[:3]]
    return made


def _goes_on(rule: PlaceholderRule) -> bool:
    """Whether the rule is shown the head of what follows, too."""
    return rule.id.startswith("damage.")


def _needed(rule: PlaceholderRule) -> frozenset[str] | None:
    if not rule.place.startswith("rules/"):
        return None
    return SIGNS.get(rule.id) or SIGNS.get(rule.id.partition(".")[0])


def _torn(document: Document, block: Block) -> str:
    """The head of the next block on a line of its own, where this one breaks off in a number; else nothing."""
    if block.kind not in _RUNNING or _BREAKS_OFF.search(block.text) is None:
        return ""
    following = _known(document).following.get(id(block))
    return "" if following is None else "\n" + shape(following.text[:24])


@dataclass(frozen=True, slots=True)
class _Known:
    """What the rules may ask about the document around a block."""

    document: Document
    template: bool
    ticked: frozenset[tuple[str, int]]
    following: Mapping[int, Block]


_RUNNING = (Kind.PARAGRAPH, Kind.HEADING)
_LAST: list[_Known] = []


def _known(document: Document) -> _Known:
    """Worked out once a document: its blocks are asked about one after the other."""
    if not _LAST or _LAST[0].document is not document:
        running = [one for one in document.blocks if one.kind in _RUNNING]
        following = {id(one): other for one, other in itertools.pairwise(running) if one.part == other.part}
        template = len(_FIELDS.findall(document.source)) >= _TEMPLATE_FIELDS
        ticked = frozenset(
            (one.part, one.cell.table) for one in document.blocks if one.cell and one.text.strip() in _TICKS
        )
        _LAST[:] = [_Known(document, template, ticked, following)]
    return _LAST[0]


def _applies(rule: PlaceholderRule, document: Document, block: Block) -> bool:
    if not rule.formats:
        return True
    place = "cell" if block.kind is Kind.CELL else "prose"
    if place in rule.formats or document.format in rule.formats:
        return True
    if "ticked" in rule.formats and block.cell is not None:
        return (block.part, block.cell.table) in _known(document).ticked
    return "template" in rule.formats and _known(document).template


def _matches(
    rule: PlaceholderRule, expressions: list[str], text: str, torn: str
) -> Iterator[tuple[int, int]]:
    """Where `rule` matches in `text`; `torn` is the head of what follows, for rules on damage."""
    size = len(text)
    if torn and _goes_on(rule):
        text += torn
    for expression in expressions:
        for match in _compiled(expression).finditer(text):
            spans = [match.span(index) for index in range(1, match.re.groups + 1)]
            yield from (one for one in spans or [match.span()] if one[0] >= 0 and one[1] <= size)
