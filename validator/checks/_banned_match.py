"""Where the rules on banned text match: in one block, in its text as it is meant, across two blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from validator.checks._banned_disguise import APART, Reading, dotted, readings, whole
from validator.checks._banned_extent import Span, Spans, extend, line_breaks
from validator.model.document import Document, Kind
from validator.model.rule import BannedRule
from validator.model.words import Bilingual
from validator.text.fold import Folded, fold
from validator.text.lazy import compiled, lazy
from validator.text.triggers import Triggers

_MASKED = lazy(
    r"[①-⑳⓪❶-❿０-９Ａ-Ｚａ-ｚ]|[A-Za-z0-9]#[A-Za-z0-9]|(?<![0-9])(?:[0-9] ){4,}|(?:[A-Za-z] ){3,}"
    r"|\u200b|❤|♥|♡"
)
WIDE = lazy("[Ａ-Ｚａ-ｚ]{2,}")
"""Letters as wide as a Chinese character, which nobody gives an address."""
_HALF = 40
_EDGE = "\ue000"
"""Keeps `^` and `$` of a rule, which mean the edge of a block, from matching where a block was cut."""
_CONTACT = "BAN002"
_ADDRESS = "BAN005"


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A banned passage: `text[start:end]` of block `block`. `strength` is that of its rule.

    `other` is the block that holds the rest of a passage which the end of a line or a page broke.
    """

    block: int
    start: int
    end: int
    code: str
    strength: str
    note: Bilingual
    obfuscated: bool = False
    other: int | None = None

    def overlaps(self, start: int, end: int) -> bool:
        return self.start < end and start < self.end


class Folds:
    """Folded text of the blocks of a document, made when it is asked for."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._made: dict[int, Folded] = {}

    def __getitem__(self, index: int) -> Folded:
        if index not in self._made:
            self._made[index] = fold(self._document.blocks[index].text)
        return self._made[index]


def all_matches(document: Document, rules: Sequence[BannedRule], folds: Folds) -> list[Match]:
    """Every match of every rule, overlapping ones too, in the order of the blocks."""
    search = _search(rules)
    found: list[Match] = []
    for index, block in enumerate(document.blocks):
        if block.text.strip():
            found += _block(document, index, search, folds)
    return found + list(_across(document, search, folds, found))


class _Set:
    """Some of the rules, ready to be searched for together."""

    def __init__(self, rules: Sequence[BannedRule]) -> None:
        self._patterns = [(rule, one.expression) for rule in rules for one in rule.patterns]
        self._triggers = Triggers([one.triggers for rule in rules for one in rule.patterns])

    def hits(self, text: str) -> Iterator[tuple[BannedRule, int, int]]:
        """Every match of every rule in folded `text`, in the order of the rules."""
        for at in self._triggers.possible(text):
            rule, expression = self._patterns[at]
            for match in _compiled(expression).finditer(text):
                start, end = match.span()
                if end > start:
                    yield rule, start, end


@dataclass(frozen=True, slots=True)
class _Search:
    """The rules that ban, those of them that are sure, and those that allow."""

    rules: Sequence[BannedRule]
    banned: _Set
    sure: _Set
    allow: _Set


_LAST: list[_Search] = []


def _search(rules: Sequence[BannedRule]) -> _Search:
    """Made once for all documents of a run."""
    for known in _LAST:
        if known.rules is rules:
            return known
    banned = [one for one in rules if not one.allow]
    sure = [one for one in banned if one.strength == "sure"]
    made = _Search(rules, _Set(banned), _Set(sure), _Set([one for one in rules if one.allow]))
    _LAST[:] = [made, *_LAST[:3]]
    return made


def _block(document: Document, index: int, search: _Search, folds: Folds) -> list[Match]:
    plain = folds[index]
    meant = list(readings(plain.text))
    hits = _surviving(plain.text, search.banned, search.allow)
    hidden = list(_disguised(plain.text, meant, search))
    if not hits and not hidden:
        return []
    breaks = line_breaks(document, document.blocks[index])
    tricks = Spans((plain.at[one], plain.at[one] + 1) for read, _ in meant for one in read.tricks)
    found = []
    for rule, start, end in hits:
        one = _match(document, index, rule, plain.span(start, end), breaks)
        masked = one.obfuscated or tricks.touch(one.start, one.end)
        found.append(replace(one, obfuscated=masked))
    for rule, start, end, strength in hidden:
        one = _match(document, index, rule, plain.span(start, end), breaks)
        found.append(replace(one, strength=strength, obfuscated=True))
    return found


def _surviving(text: str, banned: _Set, allow: _Set) -> list[tuple[BannedRule, int, int]]:
    """The hits of the banned rules that touch no hit of a rule that allows."""
    hits = list(banned.hits(text))
    if not hits:
        return []
    allowed = Spans((start, end) for _, start, end in allow.hits(text))
    return [hit for hit in hits if not allowed.touch(hit[1], hit[2])]


def allowed_spans(text: str, rules: Sequence[BannedRule]) -> Spans:
    """The places in folded `text` that a rule knows as the report's own."""
    return Spans((start, end) for _, start, end in _search(rules).allow.hits(text))


def _match(document: Document, index: int, rule: BannedRule, span: Span, breaks: Sequence[int] = ()) -> Match:
    block = document.blocks[index]
    signs = {_CONTACT: _MASKED, _ADDRESS: WIDE}.get(rule.code)
    masked = signs is not None and signs.search(block.text, *span) is not None
    start, end = extend(block.text, *span, rule.extend, breaks)
    return Match(
        block=index,
        start=start,
        end=end,
        code=rule.code,
        strength=rule.strength,
        note=rule.note,
        obfuscated=rule.obfuscated or masked,
    )


@lru_cache(maxsize=1024)
def _compiled(expression: str) -> re.Pattern[str]:
    return compiled(expression)


def _disguised(
    text: str, meant: Sequence[tuple[Reading, bool]], search: _Search
) -> Iterator[tuple[BannedRule, int, int, str]]:
    """What the rules find in the text as it is meant; who deceives is a vendor, so that a weak sign will do."""
    for read, apart in meant:
        for rule, low, high in _surviving(read.text, search.banned, search.allow):
            start, end = read.span(low, high)
            pulled = apart and APART.search(text, start, end) is not None
            if pulled and rule.code != _CONTACT:
                pulled = dotted(text, start, end)
            trick = read.tricky(start, end) or (pulled and dotted(text, start, end))
            if not pulled and not read.changed(start, end):
                continue
            if pulled:
                start, end = whole(text, start, end)
            yield rule, start, end, "sure" if trick else rule.strength


def _across(document: Document, search: _Search, folds: Folds, found: Sequence[Match]) -> Iterator[Match]:
    """A passage broken by the end of a line or a page: sure rules on the end of one block and the head of the next.

    It is reported once, in the block that holds more of it.
    """
    taken: Mapping[int, list[Match]] = _by_block(found)
    for here, there in _neighbours(document):
        first, second = folds[here], folds[there]
        cut = max(0, len(first.text) - _HALF)
        tail, head = first.text[cut:], second.text[:_HALF]
        spanning = [
            (max(0, start - 1), min(end - 1, len(tail) + len(head)), rule)
            for rule, start, end in _surviving(_EDGE + tail + head + _EDGE, search.sure, search.allow)
            if start - 1 < len(tail) < end - 1
        ]
        if not spanning:
            continue
        start, end, rule = max(spanning, key=lambda one: one[1] - one[0])
        front = first.span(cut + start, len(first.text))
        back = second.span(0, end - len(tail))
        if any(
            one.overlaps(*span) for at, span in ((here, front), (there, back)) for one in taken.get(at, ())
        ):
            continue
        first_longer = len(tail) - start >= end - len(tail)
        longer, other, span = (here, there, front) if first_longer else (there, here, back)
        yield replace(_match(document, longer, rule, span), other=other)


def _by_block(found: Sequence[Match]) -> dict[int, list[Match]]:
    grouped: dict[int, list[Match]] = {}
    for one in found:
        grouped.setdefault(one.block, []).append(one)
    return grouped


def _neighbours(document: Document) -> Iterator[tuple[int, int]]:
    """Blocks of the running text that follow each other, the first one without an end of its own."""
    blocks = document.blocks
    before: int | None = None
    for index, block in enumerate(blocks):
        text = block.text.strip()
        if block.kind in (Kind.FURNITURE, Kind.META, Kind.CELL) or _PAGE.fullmatch(text):
            continue
        if before is not None and block.kind is Kind.PARAGRAPH:
            yield before, index
        open_end = bool(text) and text[-1] not in "。！；：？!?;:”"
        before = index if open_end and block.kind is Kind.PARAGRAPH else None


_PAGE = lazy(r"[-—－ ]{0,4}(?:第? ?[0-9]{1,4} ?页?(?: ?[/共] ?[0-9]{1,4} ?页?)?)?[-—－ ]{0,4}")
