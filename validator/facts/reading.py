"""Reads a document once into facts, holes and mentions; all checks ask questions to the result."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field, replace

from validator.facts import _attempts, _holes, _outlines, _quantities, _tables, _topics
from validator.facts._linking import Linker
from validator.facts._matcher import Dictionary, Hit, select
from validator.facts._quantities import Quantity
from validator.facts._roles import Setting, frame, opens_period, sentence_setting, setting
from validator.facts._scope import NAME
from validator.facts._statement import Judge, Link
from validator.model.document import Block, Document, Kind
from validator.model.fact import Attempt, Fact, Hole, Mention, Reading
from validator.model.rule import Indicator, Rules
from validator.model.words import Role, Scope
from validator.text.fold import HOLE, Folded, fold
from validator.text.lazy import lazy
from validator.text.numerals import scale_factor
from validator.text.units import convert, family

_LONGEST = 1200
_NEAR = 24
_END = lazy("[。！？；]")
_DIGITS_BEFORE = lazy(r"(?:[\d.,]|[*＊NX×]+[.,])+$")
_DIGITS_AFTER = lazy(r"^(?:[.,][*＊NX×]+|[\d.])+")
_REACH = 60
"""Characters between a name and a continuation of it."""
_PLACE_BEHIND = lazy(r"\s?[省市县区州旗镇乡村籍](?!级)")
_BARE_SHARE = lazy("占到?|占?比重|占比|比例")
_DEFINITION = lazy("指标解释|名词解释|注释|术语|统计口径|计算公式|说明$")


@dataclass(slots=True)
class _Collector:
    """What has been found so far; holes are indexed by block and place so that facts can claim them."""

    document: Document
    indicators: Mapping[str, Indicator]
    facts: list[Fact] = field(default_factory=list)
    holes: dict[int, dict[int, Hole]] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)
    order: list[tuple[int, int]] = field(default_factory=list)
    attempts: list[Attempt] | None = None

    def claim(self, hole: Hole, indicator: str) -> Hole:
        """Tie a hole to the indicator that it stands for; the first one to ask keeps it."""
        known = self.holes[hole.block]
        if known[hole.start].indicator is None:
            known[hole.start] = replace(known[hole.start], indicator=indicator)
        return known[hole.start]

    def add(self, link: Link, folded: Folded, block: int, shift: int, holes: list[Hole]) -> None:
        """Turn a link, whose places count in one sentence of the folded block, into a fact."""
        quantity = link.quantity
        start, end = folded.span(shift + link.start, shift + link.end)
        hole = None
        if quantity.hole is not None and quantity.hole < len(holes):
            hole = self.claim(holes[quantity.hole], link.indicator)
            end = max(end, hole.end)
        if quantity.value is None and hole is None:
            return
        at = folded.span(shift + quantity.start, shift + quantity.end)
        source = self.document.blocks[block].text
        rule = self.indicators[link.indicator]
        unit, value = _value(link, rule)
        self.facts.append(
            Fact(
                indicator=link.indicator,
                role=link.role,
                value=value,
                unit=unit,
                location=self.document.locate(block, start, end),
                text=source[start:end],
                value_text=source[at[0] : at[1]],
                qualifier=quantity.qualifier,
                of=link.of,
                direction=link.direction,
                scope=link.scope,
                year=link.year,
                hole=hole,
                via=link.via,
            )
        )
        self.order.append((block, at[0]))


def _value(link: Link, rule: Indicator) -> tuple[str, float | None]:
    quantity = link.quantity
    written = quantity.unit
    if link.role is Role.CHANGE:
        if quantity.value is None:
            return quantity.scale + written or rule.unit, None
        return quantity.scale + written or rule.unit, float(quantity.value / scale_factor(quantity.scale))
    if quantity.value is None:
        return rule.unit, None
    if rule.kind == "rank" or not written:
        if not written and bool(quantity.scale) and rule.unit in ("万元", "亿元"):
            return rule.unit, float(convert(quantity.value, "元", rule.unit))
        return rule.unit, float(quantity.value)
    return rule.unit, float(convert(quantity.value, written, rule.unit))


def read_facts(
    document: Document, rules: Rules, *, explain: bool = False, year: int | None = None
) -> Reading:
    """Read `document` with the indicators and placeholder rules of `rules`.

    Everything is in document order. Facts of every scope are kept; a fact with a hole has no value.
    With `explain` the reading tells for every name in the text what was made of it. `year` is the year
    reported on, where it is known and need not be read off the title.
    """
    around = frame(document, year)
    dictionary = _dictionary(rules)
    linker = Linker(Judge(rules.indicators, around), dictionary, [] if explain else None)
    collector = _Collector(document, rules.indicators, attempts=[] if explain else None)
    tables: dict[int, list[int]] = {}
    section: tuple[str, ...] = ()
    after_period = False
    for index, block in enumerate(document.blocks):
        holes = _block_holes(document, index, rules)
        collector.holes[index] = {one.start: one for one in holes}
        if not block.states or _defines(block):
            continue
        if block.cell is not None and block.kind is Kind.CELL:
            tables.setdefault(block.cell.table, []).append(index)
        opens = opens_period(fold(block.text).text) if block.kind is Kind.PARAGRAPH else None
        after_period = after_period and section == block.section if opens is None else opens
        section = block.section
        here = replace(setting(block, around), after_period=after_period and "政府工作报告" in around.title)
        _read_block(collector, linker, dictionary, index, holes, here)
    in_text = len(collector.facts)
    for table in tables.values():
        _tables.read(collector, dictionary, rules.indicators, table, around)
    if collector.attempts is not None:
        collector.attempts += [_attempts.of_cell(fact) for fact in collector.facts[in_text:]]
    facts = [
        fact for _, fact in sorted(zip(collector.order, collector.facts, strict=True), key=lambda one: one[0])
    ]
    return Reading(
        facts=tuple(_unique(facts)),
        holes=tuple(hole for known in collector.holes.values() for hole in known.values()),
        mentions=tuple(collector.mentions),
        year=around.year,
        attempts=tuple(collector.attempts or ()),
    )


_DICTIONARIES: list[tuple[Rules, Dictionary]] = []


def _dictionary(rules: Rules) -> Dictionary:
    """The dictionary of these rules, built once for all documents of a run."""
    for known, dictionary in _DICTIONARIES:
        if known is rules:
            return dictionary
    dictionary = Dictionary(rules.indicators.values(), rules.heads)
    _DICTIONARIES[:] = [(rules, dictionary), *_DICTIONARIES[:3]]
    return dictionary


def _defines(block: Block) -> bool:
    return any(_DEFINITION.search(heading) for heading in block.section)


def _block_holes(document: Document, index: int, rules: Rules) -> list[Hole]:
    block = document.blocks[index]
    return [
        Hole(
            code=span.rule.code,
            text=block.text[span.start : span.end],
            block=index,
            start=span.start,
            end=span.end,
            location=document.locate(index, span.start, span.end),
            blank=span.rule.id.startswith("blank."),
        )
        for span in _holes.find(document, block, rules.placeholders)
    ]


def _read_block(
    collector: _Collector,
    linker: Linker,
    dictionary: Dictionary,
    index: int,
    holes: list[Hole],
    here: Setting,
) -> None:
    block = collector.document.blocks[index]
    plain = fold(block.text, [_grown(block.text, hole) for hole in holes])
    plain, holes = _without_names(plain, block.text, holes)
    folded = plain if block.kind is Kind.CELL else _outlines.complete(plain, linker, block.section)
    folded = _topics.join(folded, dictionary, block.section)
    around = linker.judge.frame
    seen = 0
    keeps = False
    current = here
    linker.stated = set()
    for start, end in _sentences(folded.text):
        sentence = folded.text[start:end]
        current = sentence_setting(sentence, current if start else here, around)
        own = holes[seen : seen + sentence.count(HOLE)]
        seen += len(own)
        quantities = _quantities.find(sentence)
        found, hits = _hits(dictionary, sentence, quantities, linker, follows=start > 0)
        links: list[Link] = []
        if hits:
            links, left = linker.link(sentence, hits, quantities, current)
            for link in links:
                collector.add(link, folded, index, start, own)
            linker.stated.update(one.indicator for one in links)
            for hit, scope in left:
                _mention(collector, folded, index, start, hit, scope)
        if linker.trace is not None and collector.attempts is not None:
            place = _attempts.Place(collector.document, index, folded, start, sentence)
            collector.attempts += _attempts.told(place, linker.judge, linker.trace, found, hits)
            used = {one.quantity.start for one in links}
            used |= {one.quantity.start for one in linker.trace if one.quantity is not None}
            collector.attempts += _attempts.loose(place, linker.judge, quantities, used)
            linker.trace.clear()
        keeps = keeps or _keeps(sentence)
        if not sentence.endswith("；"):
            role = current.role if keeps else here.role
            current = replace(current, role=role, after_period=here.after_period)
            keeps = False


def _without_names(folded: Folded, text: str, holes: list[Hole]) -> tuple[Folded, list[Hole]]:
    """The text and the holes of its numbers: the lost name of a place (某县) stands in no wording's way."""
    named = [hole.code == "PLC005" and _PLACE_BEHIND.match(text, hole.end) is not None for hole in holes]
    if not any(named):
        return folded, holes
    marks = iter(named)
    plain = "".join(NAME if one == HOLE and next(marks, False) else one for one in folded.text)
    return Folded(plain, folded.at), [hole for hole, name in zip(holes, named, strict=True) if not name]


def _keeps(sentence: str) -> bool:
    """主要预期目标是：…；…。 and 2024年，… speak for what follows in the paragraph too."""
    return bool(
        re.search(
            "目标(?:是|为|：)|^[^，。；]{0,6}?(?:明年|来年|下一年|下一步|下步)|^[^，。；：]{0,6}?(?:19|20)\\d\\d年",
            sentence,
        )
    )


def _grown(text: str, hole: Hole) -> tuple[int, int]:
    """4X家: the digits beside the filler belong to the same lost number."""
    if hole.blank or hole.code == "PLC006":
        return hole.start, hole.end
    near = text[max(0, hole.start - _NEAR) : hole.start]
    before = _DIGITS_BEFORE.search(near)
    after = _DIGITS_AFTER.match(text[hole.end : hole.end + _NEAR])
    start = hole.start - (len(before[0]) if before else 0)
    return start, hole.end + (after.end() if after else 0)


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _END.finditer(text):
        yield from _bounded(text, start, match.end())
        start = match.end()
    if start < len(text):
        yield from _bounded(text, start, len(text))


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A text without full stops is read in pieces, so that time stays in proportion to its length."""
    while end - start > _LONGEST:
        cut = max(text.rfind("，", start + _LONGEST // 2, start + _LONGEST), start + _LONGEST - 1) + 1
        yield start, cut
        start = cut
    yield start, end


def _hits(
    dictionary: Dictionary, sentence: str, quantities: list[Quantity], linker: Linker, *, follows: bool
) -> tuple[list[Hit], list[Hit]]:
    """Everything that matches a name, and of that what holds. `follows`: the paragraph has begun before."""
    known = {one.start: one for one in quantities if family(one.unit) != "time"}
    found = dictionary.find(sentence, {start: one.end for start, one in known.items()})
    stated = linker.stated if follows else frozenset()
    names = select([hit for hit in found if hit.name.kind != "after"])
    before = sorted([*names, *(hit for hit in found if hit.name.kind == "after")], key=lambda one: one.end)
    kept = [
        hit
        for hit in found
        if (hit.name.kind != "after" or _follows(sentence, before, hit, stated))
        # 第二轮校园城域网升级: a number that cannot be the indicator's must not take the name with it.
        and (
            hit.slot is None
            or hit.name.kind == "trap"
            or linker.judge.fits(hit.name.indicator, known[hit.slot])
        )
    ]
    return found, select(kept)


def _follows(sentence: str, named: list[Hit], hit: Hit, stated: Set[str]) -> bool:
    """A continuation holds only where its indicator was named before, and opens its own clause. At the
    head of a sentence it goes on from the one before: …支出4.5亿元；占GDP比重由1.4%提高到1.6%.

    A bare 占比 speaks of what was named last. `named` are the names that hold and the continuations,
    by their ends.
    """
    if hit.start == 0 and not stated.isdisjoint(hit.name.after):
        return True
    start = hit.start if hit.slot is None else min(hit.start, hit.slot)
    before = sentence[max(0, start - 2) : start]
    if before and before[-1] not in "，、（(；：其并且与年到末达有" and before != "其中":
        return False
    near = [one for one in named if one.end <= hit.start and hit.start - one.end < _REACH]
    if near and _BARE_SHARE.fullmatch(sentence, hit.start, hit.end):
        near = [one for one in near if one.end == near[-1].end]
    return any(one.name.indicator in hit.name.after for one in near)


def _mention(collector: _Collector, folded: Folded, index: int, shift: int, hit: Hit, scope: Scope) -> None:
    start, end = folded.span(shift + hit.start, shift + hit.end)
    block = collector.document.blocks[index]
    if block.kind is Kind.HEADING:  # 招生工作平稳有序 as a heading promises a section, not a number
        return
    collector.mentions.append(
        Mention(
            indicator=hit.name.indicator,
            text=block.text[start:end],
            location=collector.document.locate(index, start, end),
            scope=scope,
        )
    )


def _unique(facts: list[Fact]) -> list[Fact]:
    """A cell that states its own number was read as a sentence and as a cell: keep one."""
    seen: set[tuple[object, ...]] = set()
    out = []
    for fact in facts:
        key = (
            fact.indicator,
            fact.role,
            fact.value,
            fact.location.line,
            fact.location.end_column,
            fact.value_text,
        )
        if fact.value is None or key not in seen:
            seen.add(key)
            out.append(fact)
    return out
