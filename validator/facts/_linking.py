"""Links the names in a sentence to its quantities by the grammar of such reports, not by distance."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from validator.facts import _gaps
from validator.facts._matcher import Dictionary, Hit
from validator.facts._quantities import Quantity
from validator.facts._roles import Setting
from validator.facts._scope import scope
from validator.facts._statement import Anchor, Judge, Link, Sentence
from validator.model.fact import Outcome
from validator.model.words import Role, Scope
from validator.text.lazy import lazy
from validator.text.units import family

_LIST = lazy("[、和与及]")
_UNKNOWN_TAIL = lazy(
    r"((?:[、和与及][^，。；：、和与及\d\ue000]{2,20}?){1,6}?)((?:年均|同比|预计|均)?分别.{0,14})"
)
_NEW_SUBJECT = lazy("[，、；)](?:[^，、]*)(?:支出|投入|总数|总额|总计|面积|产量|总产|经费|资金|合计)")
_STRETCH = lazy("[，、](?:力争|争取|奋力冲刺|努力实现)(?:达到|实现|增长)?")
_PLACES = lazy(r"[县区市州](?:[区市县州中里内参当]|\(市、区\))")
_LEADS_BACK = ("", "的", "为", "系", "属", "通过", "来自", "是")
"""Between a number and the name behind it: 120名新教师, 72名通过自主招聘而来."""
_STEPS = lazy("[百千万亿]{1,3}元?级?(?:大)?(?:台阶|关口|大关|门槛)")
_JOINED = lazy("[、和与及](?:[全我本][县市区省])?|以及")
_OWN_VERB = lazy("(?:增长率|增长|增速|增幅)$")
_VARIANT = lazy(r"(?:\([^)]{1,8}\))?(?:/|或者?|、)")


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
        here = Sentence(text, _mask(text, hits), setting)
        links = self._slots(here, hits, quantities, used, named)
        quantities = [
            one for one in quantities if not _counts_places(text, one) and not _counts_steps(text, one)
        ]
        plain = [hit for hit in hits if hit.slot is None]
        self._sentence = plain
        anchors = self._anchors(text, plain)
        done: list[Anchor] = []
        for index, anchor in enumerate(anchors):
            until = anchors[index + 1].start if index + 1 < len(anchors) else len(text)
            own = [one for one in quantities if anchor.end <= one.start < until and one.start not in used]
            made = self._chain(here, anchor, own, used, done)
            links += made
            if made:
                done.append(anchor)
                named.update(hit for _, hit in anchor.hits)
            else:
                before = self._backward(here, anchor, quantities, used, named)
                links += before
                for one in before:
                    self._note(anchor, Outcome.TAKEN, one.quantity, "", one.via)
                if not before and not own:
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
        return self._scope_at(text, hit.start, hit.name.indicator)

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
            raw = here.text[at : quantity.start]
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
        return _milestones(links)

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
        again = _STRETCH.fullmatch(raw) or _VARIANT.fullmatch(raw)
        if links and again and quantity.unit == links[-1].quantity.unit:
            return [_like(links[-1], quantity, stretch=_STRETCH.fullmatch(raw) is not None)], [quantity]
        if quantity.range_to and links:
            first = [one for one in links if one.quantity.end + 1 >= quantity.start - 1]
            return [replace(_like(one, quantity), via="range") for one in first], [quantity]
        tail = _UNKNOWN_TAIL.fullmatch(raw) if not links else None
        gap = _gaps.explain(tail[2] if tail else raw)
        if gap is None or (links and _NEW_SUBJECT.search(raw)):
            return [], []
        many = self._spread(here.text, gap, anchor, quantity, pending)
        if many is None:
            names = dict.fromkeys(name for name, _ in anchor.hits)
            said = [self.judge.statement(here, anchor, name, gap, raw, quantity) for name in names]
            made = [link for one in said for link in one]
            return made, [quantity] if made or self._level_of_growth(names, quantity) else []
        if links and len(done) + 1 >= len(many) > 1:
            return self._share(here, [*done, anchor][-len(many) :], gap, many), many
        more = len(_LIST.findall(tail[1])) if tail else 0
        return self._distribute(here, anchor, gap, many, more), many

    def _spread(
        self, text: str, gap: _gaps.Gap, anchor: Anchor, first: Quantity, pending: Sequence[Quantity]
    ) -> list[Quantity] | None:
        """The quantities of a list behind 分别; None where there is no such list."""
        apart = any("分别" in word for word in gap.words)
        if not apart and anchor.items < 2:
            return None
        run = [first]
        for one in pending:
            if not re.fullmatch("[、和与及，]|以及", text[run[-1].end : one.start]):
                break
            run.append(one)
        if run[-1].unit and not run[-1].rank:
            # 分别提高0.6、0.1、0.3个百分点: the unit is said once, behind the last.
            run = [replace(one, unit=one.unit or run[-1].unit) for one in run]
        if apart or (len(run) == anchor.items and len(run) > 1):
            return run
        return None

    def _level_of_growth(self, names: Iterable[str], quantity: Quantity) -> bool:
        """固定资产投资完成35亿元，增长8.1%: the level is none of a growth indicator's, the chain goes on."""
        return family(quantity.unit) == "money" and any(self.judge.indicators[name].growth for name in names)

    def _share(
        self, here: Sentence, anchors: Sequence[Anchor], gap: _gaps.Gap, run: Sequence[Quantity]
    ) -> list[Link]:
        """A达512人，B达1806人，分别增加47人、133人: one quantity for each of the names before."""
        return [
            link
            for anchor, quantity in zip(anchors, run, strict=True)
            for link in self.judge.statement(here, anchor, anchor.hits[0][0], gap, "", quantity)
        ]

    def _distribute(
        self, here: Sentence, anchor: Anchor, gap: _gaps.Gap, run: Sequence[Quantity], more: int
    ) -> list[Link]:
        """A、B、C分别增长1%、2%、3%: the n-th quantity belongs to the n-th name; `more` names are unknown."""
        items = [*self._items(here.text, anchor), *([] for _ in range(more))]
        if len(items) == 1 and len(items[0]) == len(run):
            items = [[one] for one in items[0]]
        if len(items) != len(run):
            return []
        last = run[-1].qualifier
        return [
            link
            for names, one in zip(items, run, strict=True)
            for name in names
            for link in self.judge.statement(
                here, anchor, name, gap, "", replace(one, qualifier=one.qualifier or last)
            )
        ]

    def _items(self, text: str, anchor: Anchor) -> list[list[str]]:
        """The coordinated names before 分别 in order; a name that the packs do not know is an empty item."""
        begin = anchor.start
        cut = max(text.rfind(mark, 0, begin) for mark in "，。；：")
        segment_start = cut + 1
        spans = [(hit.start, hit.end) for hit in self._sentence]
        pieces: list[tuple[int, int]] = []
        here = segment_start
        for match in _LIST.finditer(text, segment_start, anchor.end):
            if not any(start <= match.start() < end for start, end in spans):
                pieces.append((here, match.start()))
                here = match.end()
        pieces.append((here, anchor.end))
        items: list[list[str]] = []
        shared = [indicator for indicator, hit in anchor.hits if indicator != hit.name.indicator]
        for start, end in pieces:
            inside = [hit.name.indicator for hit in self._sentence if start <= hit.start and hit.end <= end]
            items.append(inside)
        if shared and len(items) >= 2 and not items[-2]:
            items[-2] = shared[:1]
        return items

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
                if self.trace is not None:
                    self.trace.append(Trace((hit.name.indicator,), hit, Outcome.TAKEN, quantity, "", "slot"))
        return links

    def _slot(self, here: Sentence, hit: Hit, quantity: Quantity) -> Link:
        return self._around(here, hit, hit.name.indicator, quantity, min(hit.start, quantity.start), "slot")

    def _around(
        self, here: Sentence, hit: Hit, indicator: str, quantity: Quantity, start: int, via: str
    ) -> Link:
        rule = self.judge.indicators[indicator]
        place = self._scope_at(here.text, start, indicator)
        anchor = Anchor([(indicator, hit)], start, hit.end, place)
        gap = _gaps.Gap((), ())
        role = self.judge.base_role(here, start, gap)
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
                before = quantity.end <= hit.start and here.text[quantity.end : hit.start] in _LEADS_BACK
                if not before or quantity.start in used or quantity.rank or not quantity.unit:
                    continue
                if self.judge.fits(indicator, quantity):
                    links.append(self._around(here, hit, indicator, quantity, quantity.start, "before"))
                    used.add(quantity.start)
                    named.add(hit)
                    break
        return links


def _counts_places(text: str, quantity: Quantity) -> bool:
    """在全市12个县区中排第4名: how many took part is no value of anything."""
    return quantity.unit == "个" and _PLACES.match(text, quantity.end) is not None


def _counts_steps(text: str, quantity: Quantity) -> bool:
    """跨越3个千亿元台阶，达到1.5万亿元: how many steps were passed is no value either."""
    return quantity.unit == "个" and _STEPS.match(text, quantity.end) is not None


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


def _milestones(links: list[Link]) -> list[Link]:
    """突破3万亿元、达3.6万亿元: the milestone beside the level itself does not count."""
    levels = {(one.indicator, one.role) for one in links if one.via == "level"}
    return [
        replace(link, scope=Scope.MILESTONE)
        if link.via == "milestone" and (link.indicator, link.role) in levels
        else link
        for link in links
    ]


def _like(link: Link, quantity: Quantity, *, stretch: bool = False) -> Link:
    """The same statement with one more number: a variant, the end of a range, or the goal to strive for."""
    again = replace(link, quantity=quantity, end=quantity.end, via="variant")
    if not stretch:
        return again
    return replace(again, of=Role.TARGET) if link.role is Role.CHANGE else replace(again, role=Role.TARGET)
