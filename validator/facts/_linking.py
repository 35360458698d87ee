"""Links the names in a sentence to its quantities by the grammar of such reports, not by distance."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from validator.facts import _gaps, _lists, _remarks
from validator.facts._matcher import Dictionary, Hit
from validator.facts._quantities import Quantity, counts_others
from validator.facts._roles import Setting
from validator.facts._scope import scope
from validator.facts._statement import Anchor, Judge, Link, Sentence, again, like, milestones
from validator.model.fact import Outcome
from validator.model.words import Role, Scope
from validator.text.lazy import lazy
from validator.text.units import family

_UNKNOWN_TAIL = lazy(
    r"((?:[、和与及][^，。；：、和与及\d\ue000]{2,20}?){1,6}?)((?:年均|同比|预计|均)?分别.{0,14})"
)
_NEW_SUBJECT = lazy(
    "[，、；)](?:[^，、]*)(?:(?<![多少增])(?:支出|投入)|总数|总额|总计|面积|产量|总产|经费|资金|合计)"
)
_TOTAL = lazy("[，、](?:总数|总量|总规模)(?:已?达到?|为|增至|增加到|增加至)")
_JOINED = lazy("[、和与及](?:[全我本][县市区省])?|以及")
_OWN_VERB = lazy("(?:增长率|增长|增速|增幅)$")


@dataclass(frozen=True, slots=True)
class Trace:
    """What was decided on one name and one number of a sentence; places count in the sentence."""

    indicators: tuple[str, ...]
    hit: Hit
    outcome: Outcome
    quantity: Quantity | None = None
    between: str = ""
    detail: str = ""


@dataclass(slots=True)
class Linker:
    """Links sentences of one document; knows the indicators and the document's frame.

    With a list in `trace` every decision is written there.
    """

    judge: Judge
    dictionary: Dictionary
    trace: list[Trace] | None = None
    stated: set[str] = field(default_factory=set)
    """Indicators that the paragraph has stated before this sentence."""
    _sentence: Sequence[Hit] = ()

    def link(
        self, text: str, hits: Sequence[Hit], quantities: Sequence[Quantity], setting: Setting
    ) -> tuple[list[Link], list[tuple[Hit, Scope]]]:
        """All statements of one sentence, and the names that got no number of their own."""
        used: set[int] = set()
        named: set[Hit] = set()
        here = Sentence(text, _mask(text, hits), setting, self._remarks(text, hits, quantities))
        links = self._slots(here, hits, quantities, used, named)
        quantities = [one for one in quantities if not counts_others(text, one)]
        plain = [hit for hit in hits if hit.slot is None]
        self._sentence = plain
        anchors = self._anchors(text, plain)
        done: list[Anchor] = []
        for index, anchor in enumerate(anchors):
            own = self._own(here, anchor, anchors[index + 1 :], quantities, used)
            made = self._chain(here, anchor, own, used, done)
            if made:
                done.append(anchor)
                named.update(hit for _, hit in anchor.hits)
            # 获批5项省级科技计划项目，比上年增加2项: what follows is no level, so one may stand before
            level = any(one.role is not Role.CHANGE for one in made)
            before = [] if level else self._backward(here, anchor, quantities, used, named)
            for one in before:
                self._note(anchor, Outcome.TAKEN, one.quantity, "", one.via)
                links += [
                    one,
                    *([] if made else self._goes_on(here, one, anchor.hits[0][1], hits, quantities, used)),
                ]
            links += made
            if not made and not before and not own:
                self._note(anchor, Outcome.ALONE)
        left = [(hit, self._scope(text, hit)) for hit in hits if hit not in named and hit.slot is None]
        return links, left

    def _note(
        self,
        anchor: Anchor,
        outcome: Outcome,
        quantity: Quantity | None = None,
        between: str = "",
        detail: str = "",
    ) -> None:
        if self.trace is not None:
            names = tuple(dict.fromkeys(name for name, _ in anchor.hits))
            self.trace.append(Trace(names, anchor.hits[-1][1], outcome, quantity, between, detail))

    # ── names ────────────────────────────────────────────────────────────────
    def _scope(self, text: str, hit: Hit) -> Scope:
        return self._scope_at(text, hit.begin, hit.name.indicator)

    def _scope_at(self, text: str, start: int, indicator: str) -> Scope:
        frame, rule = self.judge.frame, self.judge.indicators[indicator]
        return scope(text, start, rule, frame.title, frame.level, again=indicator in self.stated)

    def _anchors(self, text: str, hits: Sequence[Hit]) -> list[Anchor]:
        """Names that stand together share what follows: 两个指标、一个数; equal spans are two meanings."""
        anchors: list[Anchor] = []
        for hit in hits:
            last = anchors[-1] if anchors else None
            if last is not None and (hit.start, hit.end) == (last.hits[-1][1].start, last.hits[-1][1].end):
                last.hits.append((hit.name.indicator, hit))
            elif last is not None and _JOINED.fullmatch(text, last.end, hit.start):
                last.hits.append((hit.name.indicator, hit))
                last.end = hit.end
                last.items += 1
            else:
                verb = _OWN_VERB.search(text[hit.start : hit.end])
                end = hit.end - (len(verb[0]) if verb else 0)
                anchor = Anchor([(hit.name.indicator, hit)], hit.start, end, self._scope(text, hit))
                self._shared_tail(text, anchor, hit)
                anchors.append(anchor)
        return anchors

    def _shared_tail(self, text: str, anchor: Anchor, hit: Hit) -> None:
        """城镇、农村居民人均可支配收入: the first name ends with the second one's tail."""
        match = re.search("([^，。；：、和与及()]{2,8})[、和与及]$", text[max(0, hit.start - 12) : hit.start])
        if not match:
            return
        name = text[hit.start : hit.end]
        for cut in range(1, len(name)):
            for head in (match[1], match[1][-2:], match[1][-4:]):
                for indicator in self.dictionary.whole(head + name[cut:]):
                    if indicator != hit.name.indicator:
                        anchor.hits.insert(0, (indicator, hit))
                        anchor.items = 2
                        return

    @staticmethod
    def _remarks(text: str, hits: Sequence[Hit], quantities: Sequence[Quantity]) -> list[tuple[int, int]]:
        """The remarks behind a value; one that a wording reaches into is none."""
        ends = {one.end for one in quantities}
        return [
            (start, end)
            for start, end in _remarks.brackets(text)
            if start in ends
            and not any(hit.start < start < hit.end or hit.start < end < hit.end for hit in hits)
        ]

    @staticmethod
    def _own(
        here: Sentence,
        anchor: Anchor,
        following: Iterable[Anchor],
        quantities: Sequence[Quantity],
        used: set[int],
    ) -> list[Quantity]:
        """The numbers behind an anchor up to the next name, on its own side of any bracketed remark."""
        side = here.remark(anchor.start)
        until = next((one.start for one in following if here.remark(one.start) == side), len(here.text))
        return [
            one
            for one in quantities
            if anchor.end <= one.start < until and one.start not in used and here.remark(one.start) == side
        ]

    # ── numbers after names ──────────────────────────────────────────────────
    def _chain(
        self,
        here: Sentence,
        anchor: Anchor,
        quantities: Sequence[Quantity],
        used: set[int],
        done: Sequence[Anchor],
    ) -> list[Link]:
        """The statements of one anchor, from left to right, until a gap is not understood."""
        links: list[Link] = []
        at = anchor.end
        pending = [one for one in quantities if family(one.unit) != "time"]
        while pending:
            quantity = pending.pop(0)
            raw = here.between(at, quantity.start)
            made, run = self._step(here, anchor, raw, quantity, pending, links, done)
            if not run:
                self._left(anchor, raw, quantity, follows=bool(links))
                break
            for one in made:
                self._note(anchor, Outcome.TAKEN, one.quantity, raw, one.via)
            used |= {one.quantity.start for one in made}
            pending = [one for one in pending if one.start > run[-1].start]
            links += made
            anchor.linked += 1
            at = run[-1].end
        return milestones(links)

    def _left(self, anchor: Anchor, raw: str, quantity: Quantity, *, follows: bool) -> None:
        """Note why the next number is none of this name's."""
        if self.trace is None:
            return
        if follows and _NEW_SUBJECT.search(raw):
            self._note(anchor, Outcome.SUBJECT, quantity, raw)
        elif _gaps.explain(raw) is None:
            self._note(anchor, Outcome.GAP, quantity, raw, _gaps.unknown(raw))
        else:
            self._note(anchor, Outcome.MISFIT, quantity, raw, quantity.unit)

    def _step(
        self,
        here: Sentence,
        anchor: Anchor,
        raw: str,
        quantity: Quantity,
        pending: Sequence[Quantity],
        links: Sequence[Link],
        done: Sequence[Anchor],
    ) -> tuple[list[Link], Sequence[Quantity]]:
        """What the next quantity, behind the gap `raw`, states, and the quantities that it used up."""
        more = again(links[-1], raw, quantity, self.judge.frame.year) if links else None
        if more is not None:
            return [more], [quantity]
        if quantity.range_to and links:
            first = [one for one in links if one.quantity.end + 1 >= quantity.start - 1]
            return [replace(like(one, quantity), via="range") for one in first], [quantity]
        tail = _UNKNOWN_TAIL.fullmatch(raw) if not links else None
        gap = _gaps.explain(tail[2] if tail else raw)
        if gap is None or (links and _NEW_SUBJECT.search(raw) and not self._own_total(links, raw)):
            return [], []
        if links and self._portion(links[-1], raw, quantity):
            return [], []
        many = _lists.spread(here.text, gap, anchor, quantity, pending)
        if many is None:
            names = dict.fromkeys(name for name, _ in anchor.hits)
            said = [self.judge.statement(here, anchor, name, gap, raw, quantity) for name in names]
            made = [link for one in said for link in one]
            passed = self._level_of_growth(names, quantity) or self._place_of_level(links, gap, quantity)
            return made, [quantity] if made or passed else []
        if links and len(done) + 1 >= len(many) > 1:
            return _lists.share(self.judge, here, [*done, anchor][-len(many) :], gap, many), many
        unknown = _lists.length(tail[1]) if tail else 0
        return _lists.distribute(self.judge, here, anchor, gap, many, unknown, self._sentence), many

    def _portion(self, last: Link, raw: str, quantity: Quantity) -> bool:
        """新增任务12项，已完成5项: the second counts those that are done, not the indicator."""
        if _remarks.spent(raw):
            return True
        rule = self.judge.indicators[last.indicator]
        alike = rule.kind == "count" and quantity.unit == last.quantity.unit
        return alike and last.role is not Role.CHANGE and _remarks.portion(raw)

    @staticmethod
    def _own_total(links: Sequence[Link], raw: str) -> bool:
        """达标党支部新增6个、总数达到44个: behind what was added stands the total of the same."""
        return links[-1].role is Role.CHANGE and _TOTAL.fullmatch(raw) is not None

    @staticmethod
    def _place_of_level(links: Sequence[Link], gap: _gaps.Gap, quantity: Quantity) -> bool:
        """研发经费支出4.2亿元，总量居全省第6位，增长11.7%: no indicator ranks it, the chain goes on."""
        return bool(links) and quantity.rank and gap.has("rank", "whole_place", "other_place")

    def _level_of_growth(self, names: Iterable[str], quantity: Quantity) -> bool:
        """固定资产投资完成35亿元，增长8.1%: the level is none of a growth indicator's, the chain goes on."""
        return family(quantity.unit) == "money" and any(self.judge.indicators[name].growth for name in names)

    # ── numbers before or inside names ───────────────────────────────────────
    def _slots(
        self,
        here: Sentence,
        hits: Sequence[Hit],
        quantities: Sequence[Quantity],
        used: set[int],
        named: set[Hit],
    ) -> list[Link]:
        """Statements by wordings that hold the number themselves."""
        links: list[Link] = []
        for hit in hits:
            quantity = next((one for one in quantities if one.start == hit.slot), None)
            if hit.slot is None or quantity is None or quantity.start in used:
                continue
            if self.judge.fits(hit.name.indicator, quantity):
                links.append(self._slot(here, hit, quantity))
                used.add(quantity.start)
                named.add(hit)
                following = next((one for one in quantities if one.start >= quantity.end), None)
                between = here.text[quantity.end : following.start] if following else ""
                year = self.judge.frame.year
                more = (
                    again(links[-1], between, following, year)
                    if following and between not in ("", "、")
                    else None
                )
                if more is not None and following is not None and following.start not in used:
                    links.append(more)
                    used.add(following.start)
                if self.trace is not None:
                    self.trace.append(Trace((hit.name.indicator,), hit, Outcome.TAKEN, quantity, "", "slot"))
                links += self._goes_on(here, links[-1], hit, hits, quantities, used)
        return links

    def _goes_on(
        self,
        here: Sentence,
        link: Link,
        hit: Hit,
        hits: Sequence[Hit],
        quantities: Sequence[Quantity],
        used: set[int],
    ) -> list[Link]:
        """招聘45名新教师，比上年多12名: what is compared with a number before or inside its name."""
        end = max(hit.end, link.quantity.end)
        anchor = Anchor([(link.indicator, hit)], link.start, end, link.scope, linked=1, last_role=link.role)
        after = [Anchor([], one.start, one.end, link.scope) for one in hits if one.start >= end]
        own = self._own(here, anchor, after, quantities, used)
        gap = _gaps.explain(here.between(end, own[0].start)) if own else None
        if gap is None or not gap.has("compare"):
            return []
        return self._chain(here, anchor, own, used, [])

    def _slot(self, here: Sentence, hit: Hit, quantity: Quantity) -> Link:
        return self._around(here, hit, hit.name.indicator, quantity, min(hit.start, quantity.start), "slot")

    def _around(
        self, here: Sentence, hit: Hit, indicator: str, quantity: Quantity, start: int, via: str
    ) -> Link:
        rule = self.judge.indicators[indicator]
        place = self._scope_at(here.text, start, indicator)
        anchor = Anchor([(indicator, hit)], start, hit.end, place)
        gap = _gaps.Gap((), ())
        role = self.judge.base_role(here, start, gap, flow=rule.flow)
        where = self.judge.where(here, anchor, rule, gap, "level", role)
        end = max(hit.end, quantity.end)
        return Link(indicator, quantity, role, start, end, None, None, where, here.setting.year, via)

    def _backward(
        self, here: Sentence, anchor: Anchor, quantities: Sequence[Quantity], used: set[int], named: set[Hit]
    ) -> list[Link]:
        """120名新教师, X个市级科技计划: the number stands right before the name."""
        links: list[Link] = []
        for indicator, hit in anchor.hits:
            if self.judge.indicators[indicator].kind not in ("count", "amount") or hit.name.kind != "name":
                continue
            for quantity in quantities:
                if quantity.end > hit.start or not self.judge.leads_back(
                    here.text[quantity.end : hit.start], indicator, quantity
                ):
                    continue
                if quantity.start in used or quantity.rank or not quantity.unit:
                    continue
                if self.judge.fits(indicator, quantity):
                    links.append(self._around(here, hit, indicator, quantity, quantity.start, "before"))
                    used.add(quantity.start)
                    named.add(hit)
                    break
        return links


def _mask(text: str, hits: Sequence[Hit]) -> str:
    """Names are masked out before cues are looked for: 市级科技计划 holds 计划 and is no plan."""
    out = list(text)
    for hit in hits:
        if hit.slot is None:
            out[hit.start : hit.end] = "□" * (hit.end - hit.start)
    return re.sub(
        "(?:行动|三年|规划|特岗|强基|培养|科技|振兴|提升|达标|攻坚|项目|人才|发展)计划",
        lambda m: "□" * len(m[0]),
        "".join(out),
    )
