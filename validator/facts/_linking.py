"""Links the names in a sentence to its quantities by the grammar of such reports, not by distance."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from validator.facts import _gaps
from validator.facts._matcher import Dictionary, Hit
from validator.facts._quantities import Quantity
from validator.facts._roles import Frame, Setting, cue
from validator.facts._scope import scope
from validator.model.rule import Indicator
from validator.model.words import Role, Scope
from validator.text.units import family, fits

_JOIN = re.compile("(?:、|和|与|及|以及|，)")
_LIST = re.compile("[、和与及]")
_NEXT = re.compile("(?:、|和|与|及|，|以及|/|或)")
_UNKNOWN_TAIL = re.compile(r"((?:[、和与及][^，。；：、和与及\d\ue000]{2,20}?){1,6}?)((?:年均|同比|预计|均)?分别.{0,14})")
_NEW_SUBJECT = re.compile("[，、；)](?:[^，、]*)(?:支出|投入|总数|总额|总计|面积|产量|总产|经费|资金|合计)")
_STRETCH = re.compile("[，、](?:力争|争取|奋力冲刺|努力实现)(?:达到|实现|增长)?")
_OWN_VERB = re.compile("(?:增长率|增长|增速|增幅)$")
_VARIANT = re.compile(r"(?:\([^)]{1,8}\))?(?:/|或者?|、)")
_PLACES = ("名", "位", "个位次", "位次", "个名次")
_NO_VERB_GAP = re.compile("[，、；]")
_TARGET_WORDS = frozenset(
    "力争 确保 计划 预期 拟 目标 争取 力争达到 将 不低于 不少于 目标值 应达到 应达 可望 计划全年 争取到".split()
)


@dataclass(frozen=True, slots=True)
class Link:
    """A quantity that states an indicator; `start:end` is the span of the statement in the sentence."""

    indicator: str
    quantity: Quantity
    role: Role
    start: int
    end: int
    of: Role | None = None
    direction: str | None = None
    scope: Scope = Scope.WHOLE
    year: int | None = None
    via: str = ""


@dataclass(slots=True)
class _Anchor:
    """The names that the next quantity may belong to, and how far the chain has come."""

    hits: list[tuple[str, Hit]]
    start: int
    end: int
    scope: Scope
    linked: int = 0
    ranked: bool = False
    last_role: Role | None = None
    items: int = 1


@dataclass(slots=True)
class Linker:
    """Links sentences of one document; knows the indicators and the document's frame."""

    indicators: Mapping[str, Indicator]
    dictionary: Dictionary
    frame: Frame
    rank_of: dict[str, str] = field(default_factory=dict)
    _sentence: Sequence[Hit] = ()

    def __post_init__(self) -> None:
        for one in self.indicators.values():
            for other in one.rank_of:
                self.rank_of.setdefault(other, one.id)

    def link(
        self, text: str, hits: Sequence[Hit], quantities: Sequence[Quantity], setting: Setting
    ) -> tuple[list[Link], list[tuple[Hit, Scope]]]:
        """All statements of one sentence, and the names that got no number of their own."""
        links: list[Link] = []
        used: set[int] = set()
        named: set[Hit] = set()
        masked = _mask(text, hits)
        for hit in hits:
            if hit.slot is not None:
                quantity = next((one for one in quantities if one.start == hit.slot), None)
                if quantity is not None and self._fits(hit.name.indicator, quantity) and quantity.start not in used:
                    links.append(self._slot(text, masked, hit, quantity, setting))
                    used.add(quantity.start)
                    named.add(hit)
        plain = [hit for hit in hits if hit.slot is None]
        self._sentence = plain
        anchors = self._anchors(text, plain)
        done: list[_Anchor] = []
        for index, anchor in enumerate(anchors):
            until = anchors[index + 1].start if index + 1 < len(anchors) else len(text)
            own = [one for one in quantities if anchor.end <= one.start < until and one.start not in used]
            made = self._chain(text, masked, anchor, own, setting, used, done)
            links += made
            if made:
                done.append(anchor)
                named.update(hit for _, hit in anchor.hits)
            else:
                links += self._backward(text, masked, anchor, quantities, setting, used, named)
        left = [
            (hit, self._scope(text, hit)) for hit in hits if hit not in named and hit.slot is None
        ]
        return links, left

    # ── names ────────────────────────────────────────────────────────────────
    def _scope(self, text: str, hit: Hit) -> Scope:
        return scope(text, hit.start, self.indicators[hit.name.indicator], self.frame.title)

    def _anchors(self, text: str, hits: Sequence[Hit]) -> list[_Anchor]:
        anchors: list[_Anchor] = []
        for hit in hits:
            last = anchors[-1] if anchors else None
            if last is not None and hit.start <= last.end and (hit.start, hit.end) == (
                last.hits[-1][1].start,
                last.hits[-1][1].end,
            ):
                last.hits.append((hit.name.indicator, hit))
                continue
            between = text[last.end : hit.start] if last is not None else ""
            joined = re.fullmatch("[、和与及](?:[全我本][县市区省])?|以及", between)
            if last is not None and joined and "、" not in text[last.start : last.end].strip():
                last.hits.append((hit.name.indicator, hit))
                last.end = hit.end
                last.items += 1
                continue
            if last is not None and joined:
                last.hits.append((hit.name.indicator, hit))
                last.end = hit.end
                last.items += 1
                continue
            verb = _OWN_VERB.search(text[hit.start : hit.end])
            end = hit.end - (len(verb[0]) if verb else 0)
            anchor = _Anchor([(hit.name.indicator, hit)], hit.start, end, self._scope(text, hit))
            self._shared_tail(text, anchor, hit)
            anchors.append(anchor)
        return anchors

    def _shared_tail(self, text: str, anchor: _Anchor, hit: Hit) -> None:
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
        text: str,
        masked: str,
        anchor: _Anchor,
        quantities: Sequence[Quantity],
        setting: Setting,
        used: set[int],
        done: Sequence[_Anchor],
    ) -> list[Link]:
        links: list[Link] = []
        at = anchor.end
        pending = list(quantities)
        while pending:
            quantity = pending.pop(0)
            if family(quantity.unit) == "time":
                continue
            raw = text[at : quantity.start]
            tail = _UNKNOWN_TAIL.fullmatch(raw) if not links else None
            gap = _gaps.explain(tail[2] if tail else raw)
            if links and gap is not None and _NEW_SUBJECT.search(raw):
                break
            if links and _STRETCH.fullmatch(raw) and quantity.unit == links[-1].quantity.unit:
                links.append(_like(links[-1], quantity))
                used.add(quantity.start)
                at = quantity.end
                continue
            if gap is None:
                if links and _VARIANT.fullmatch(raw) and quantity.unit == links[-1].quantity.unit:
                    links.append(_like(links[-1], quantity))
                    used.add(quantity.start)
                    at = quantity.end
                    continue
                break
            many = self._spread(text, gap, anchor, quantity, pending)
            if many is not None and links and len(done) + 1 >= len(many) > 1:
                made = self._share(text, masked, [*done, anchor][-len(many) :], gap, many, setting)
                pending = [one for one in pending if one not in many]
            elif many is not None:
                more = tail[1].count("、") + len(re.findall("[和与及]", tail[1])) if tail else 0
                made = self._distribute(text, masked, anchor, gap, many, setting, more)
                pending = [one for one in pending if one not in many]
            elif quantity.range_to and links:
                made = [_like(one, quantity) for one in links if one.quantity.end + 1 >= quantity.start - 1]
            else:
                made = self._one(text, masked, anchor, gap, raw, quantity, setting)
            if not made:
                break
            used.update(one.quantity.start for one in made)
            links += made
            anchor.linked += 1
            at = made[-1].quantity.end
        return _milestones(links)

    def _spread(
        self, text: str, gap: _gaps.Gap, anchor: _Anchor, first: Quantity, pending: Sequence[Quantity]
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
        if apart or (len(run) == anchor.items and len(run) > 1):
            return run
        return None

    def _share(
        self,
        text: str,
        masked: str,
        anchors: Sequence[_Anchor],
        gap: _gaps.Gap,
        run: Sequence[Quantity],
        setting: Setting,
    ) -> list[Link]:
        """A达512人，B达1806人，分别增加47人、133人: one quantity for each of the names before."""
        links = []
        for anchor, quantity in zip(anchors, run, strict=True):
            indicator = anchor.hits[0][0]
            links += self._statement(text, masked, anchor, indicator, gap, "", quantity, setting)
        return links

    def _distribute(
        self,
        text: str,
        masked: str,
        anchor: _Anchor,
        gap: _gaps.Gap,
        run: Sequence[Quantity],
        setting: Setting,
        more: int = 0,
    ) -> list[Link]:
        items = [*self._items(text, anchor), *([] for _ in range(more))]
        if len(items) == 1 and len(items[0]) == len(run):
            items = [[one] for one in items[0]]
        if len(items) != len(run):
            return []
        qualifier = run[-1].qualifier
        links = []
        for names, quantity in zip(items, run, strict=True):
            if qualifier and not quantity.qualifier:
                quantity = _with_qualifier(quantity, qualifier)
            for indicator in names:
                links += self._statement(text, masked, anchor, indicator, gap, "", quantity, setting)
        return links

    def _items(self, text: str, anchor: _Anchor) -> list[list[str]]:
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
            inside = [
                hit.name.indicator for hit in self._sentence if start <= hit.start and hit.end <= end
            ]
            items.append(inside)
        if shared and len(items) >= 2 and not items[-2]:
            items[-2] = shared[:1]
        return items

    def _one(
        self,
        text: str,
        masked: str,
        anchor: _Anchor,
        gap: _gaps.Gap,
        raw: str,
        quantity: Quantity,
        setting: Setting,
    ) -> list[Link]:
        links: list[Link] = []
        for indicator in dict.fromkeys(name for name, _ in anchor.hits):
            links += self._statement(text, masked, anchor, indicator, gap, raw, quantity, setting)
        return links

    def _statement(
        self,
        text: str,
        masked: str,
        anchor: _Anchor,
        indicator: str,
        gap: _gaps.Gap,
        raw: str,
        quantity: Quantity,
        setting: Setting,
    ) -> list[Link]:
        rule = self.indicators[indicator]
        base = self._base_role(text, masked, anchor.start, gap, setting)
        ranked = self._rank(anchor, rule, gap, quantity)
        if ranked is not None:
            rule = ranked
            if rule.id != indicator and gap.has("other_place") and not gap.has("whole_place"):
                return []
        kind = self._kind(rule, gap, raw, quantity, anchor)
        if kind is None:
            return []
        role: Role = base
        of: Role | None = None
        direction: str | None = None
        year = setting.year
        if kind == "change":
            role, of = Role.CHANGE, base
            direction = "down" if gap.verb == "down" else "up"
        elif kind == "previous":
            role, year = Role.PREVIOUS, gap.year
        elif kind == "growth":
            if gap.verb == "down" and quantity.value is not None:
                quantity = _negated(quantity)
        if kind != "previous" and base is not Role.TARGET and gap.year and not gap.has("compare"):
            year = gap.year
        where = self._where(text, anchor, rule, gap, kind, role, setting)
        via = "milestone" if kind == "level" and gap.verb == "milestone" else kind
        if rule.kind == "rank" and gap.has("other_place") and not gap.has("whole_place") and quantity.rank:
            where = Scope.OTHER
        anchor.last_role = role
        anchor.ranked = rule.kind == "rank"
        return [Link(rule.id, quantity, role, anchor.start, quantity.end, of, direction, where, year, via)]

    def _where(
        self, text: str, anchor: _Anchor, rule: Indicator, gap: _gaps.Gap, kind: str, role: Role, setting: Setting
    ) -> Scope:
        where = anchor.scope
        if gap.has("national"):
            return Scope.OTHER
        clause = text[max(text.rfind("，", 0, anchor.start), text.rfind("；", 0, anchor.start)) + 1 : anchor.start]
        one_year = re.search(r"(?:19|20)\d\d年(?!至|-|—|以来)|全年|当年|年内|今年|年末|年底", clause + "".join(gap.words))
        several = re.search(r"五年|累计|年均|每年|(?<!\d)[35]年|[三四]年来|以来|连续", clause)
        if gap.has("period") or (several and kind != "previous" and (rule.flow or role is Role.CHANGE)):
            return Scope.PERIOD
        if setting.period and not one_year and (rule.flow or role is Role.CHANGE or kind == "growth"):
            return Scope.PERIOD
        return where

    def _base_role(self, text: str, masked: str, start: int, gap: _gaps.Gap, setting: Setting) -> Role:
        if any(word in _TARGET_WORDS for word in gap.words):
            return Role.TARGET
        return cue(masked[:start], self.frame.year) or setting.role

    def _rank(self, anchor: _Anchor, rule: Indicator, gap: _gaps.Gap, quantity: Quantity) -> Indicator | None:
        """The rank indicator that 列全市第4 or 进步2位 speaks of in a chain of a score or of a rank."""
        if rule.kind == "rank":
            return rule if quantity.rank or gap.has("rank") or anchor.ranked or family(quantity.unit) in (
                "people", None) or quantity.unit in ("位", "名", "个位次") else None
        other = self.rank_of.get(rule.id)
        if other is None:
            return None
        if quantity.rank or (quantity.unit in _PLACES and gap.verb in ("up", "down")):
            return self.indicators[other]
        return None

    def _kind(
        self, rule: Indicator, gap: _gaps.Gap, raw: str, quantity: Quantity, anchor: _Anchor
    ) -> str | None:
        """level, change, previous, growth, or None where the quantity is nothing of this indicator's."""
        verb = gap.verb
        group = family(quantity.unit)
        if rule.kind == "rank":
            return self._rank_kind(gap, raw, quantity, anchor)
        if quantity.rank or group in ("time", "visits", "dollar", "other"):
            return None
        if "比重" in raw or "占" in raw or "比例" in raw:
            if rule.unit != "%":
                return None
        if raw.startswith(("率", "比率")) and rule.unit != "%":
            return None
        if verb in ("up", "down", "national"):
            if rule.growth and group == "percent" and verb != "national":
                return "growth"
            if group in ("percent", "points", "multiple") or self._fits(rule.id, quantity):
                return "change" if not (quantity.hole is not None and not quantity.unit) else None
            return None
        if rule.growth and group == "percent":
            return "level" if verb in ("level", "to", "milestone", "from") or not verb else None
        if not self._fits(rule.id, quantity):
            if not (quantity.unit == "" and self._bare(gap, raw, quantity, rule)):
                return None
        if gap.has("compare") and verb in ("", "level"):
            return "previous"
        if verb == "from":
            return "previous"
        if gap.year and verb != "to" and self._earlier(gap.year, anchor):
            return "previous"
        if any("末" in word and "五" in word for word in gap.words) and anchor.linked and verb != "to":
            return "previous"
        if verb:
            return "level"
        if anchor.linked and not quantity.range_to:
            return None
        if _NO_VERB_GAP.search(raw):
            return None
        return "level"

    def _earlier(self, year: int, anchor: _Anchor) -> bool:
        base = self.frame.year
        if base is None:
            return False
        return year < base or (anchor.last_role is Role.TARGET and year <= base)

    @staticmethod
    def _rank_kind(gap: _gaps.Gap, raw: str, quantity: Quantity, anchor: _Anchor) -> str | None:
        if quantity.unit and quantity.unit not in _PLACES:
            return None
        if quantity.rank:
            if gap.has("compare") and gap.verb not in ("to", "up", "down") and not gap.has("rank"):
                return "previous"
            return "previous" if gap.verb == "from" else "level"
        if gap.verb in ("up", "down") and quantity.unit in _PLACES:
            return "change"
        if gap.verb not in ("up", "down") and (gap.verb in ("to", "level") or gap.has("rank")) and anchor.hits:
            return "level" if quantity.hole is not None or gap.verb in ("to", "level") else None
        return None

    @staticmethod
    def _bare(gap: _gaps.Gap, raw: str, quantity: Quantity, rule: Indicator) -> bool:
        """A number without unit counts where a verb of level or the name's own end leads straight to it."""
        if quantity.hole is not None:
            return True
        if quantity.scaled and rule.unit in ("元", "万元", "亿元", "人"):
            return True
        return gap.verb in ("level", "to") and not _NO_VERB_GAP.search(raw)

    def _fits(self, indicator: str, quantity: Quantity) -> bool:
        rule = self.indicators[indicator]
        if rule.kind == "rank":
            return quantity.rank or quantity.unit in _PLACES
        if quantity.unit == "" and quantity.hole is not None:
            return True
        if quantity.unit == "" and quantity.scaled:
            return rule.unit in ("元", "万元", "亿元", "人", "家", "个")
        return fits(quantity.unit, rule.unit, ratio=rule.kind == "ratio")

    # ── numbers before or inside names ───────────────────────────────────────
    def _slot(self, text: str, masked: str, hit: Hit, quantity: Quantity, setting: Setting) -> Link:
        gap = _gaps.Gap((), ())
        start = min(hit.start, quantity.start)
        anchor = _Anchor([(hit.name.indicator, hit)], start, hit.end, self._scope_at(text, start, hit))
        rule = self.indicators[hit.name.indicator]
        role = self._base_role(text, masked, start, gap, setting)
        where = self._where(text, anchor, rule, gap, "level", role, setting)
        return Link(rule.id, quantity, role, start, max(hit.end, quantity.end), None, None, where, setting.year, "slot")

    def _scope_at(self, text: str, start: int, hit: Hit) -> Scope:
        return scope(text, start, self.indicators[hit.name.indicator], self.frame.title)

    def _backward(
        self,
        text: str,
        masked: str,
        anchor: _Anchor,
        quantities: Sequence[Quantity],
        setting: Setting,
        used: set[int],
        named: set[Hit],
    ) -> list[Link]:
        """120名新教师, X个市级科技计划: the number stands right before the name."""
        links: list[Link] = []
        for indicator, hit in anchor.hits:
            rule = self.indicators[indicator]
            if rule.kind not in ("count", "amount") or hit.name.kind != "name":
                continue
            for quantity in quantities:
                if quantity.start in used or quantity.end > hit.start or quantity.rank:
                    continue
                if text[quantity.end : hit.start] not in ("", "的") or not quantity.unit:
                    continue
                if not self._fits(indicator, quantity):
                    continue
                gap = _gaps.Gap((), ())
                role = self._base_role(text, masked, quantity.start, gap, setting)
                here = _Anchor(anchor.hits, quantity.start, hit.end, self._scope_at(text, quantity.start, hit))
                where = self._where(text, here, rule, gap, "level", role, setting)
                links.append(
                    Link(indicator, quantity, role, quantity.start, hit.end, None, None, where, setting.year, "before")
                )
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
    return re.sub("(?:行动|三年|规划|特岗|强基|培养|科技|振兴|提升|达标|攻坚|项目|人才|发展)计划", lambda m: "□" * len(m[0]), "".join(out))


def _milestones(links: list[Link]) -> list[Link]:
    """突破3万亿元、达3.6万亿元: the milestone beside the level itself does not count."""
    out = []
    for index, link in enumerate(links):
        later = [one for one in links[index + 1 :] if one.indicator == link.indicator and one.role is link.role]
        if link.via == "milestone" and any(one.via == "level" for one in later):
            text = link
            out.append(
                Link(text.indicator, text.quantity, text.role, text.start, text.end, text.of, text.direction,
                     Scope.MILESTONE, text.year, text.via)
            )
        else:
            out.append(link)
    return out


def _like(link: Link, quantity: Quantity) -> Link:
    return Link(
        link.indicator, quantity, link.role, link.start, quantity.end, link.of, link.direction, link.scope,
        link.year, "variant",
    )


def _with_qualifier(quantity: Quantity, qualifier: str) -> Quantity:
    return Quantity(
        quantity.start, quantity.end, quantity.value, quantity.unit, qualifier, quantity.rank, quantity.hole,
        quantity.scaled, quantity.range_to,
    )


def _negated(quantity: Quantity) -> Quantity:
    value = -quantity.value if quantity.value is not None else None
    return Quantity(
        quantity.start, quantity.end, value, quantity.unit, quantity.qualifier, quantity.rank, quantity.hole,
        quantity.scaled, quantity.range_to,
    )
