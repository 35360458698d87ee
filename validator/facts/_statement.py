"""Decides what one quantity says of one indicator: kind, role, scope and year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from validator.facts import _gaps, _remarks
from validator.facts._matcher import Hit
from validator.facts._quantities import Quantity
from validator.facts._roles import Frame, Setting, cue
from validator.facts._scope import own_place, places
from validator.model.rule import Indicator
from validator.model.words import Role, Scope
from validator.text.lazy import lazy
from validator.text.units import family, fits, split

_PLACES = ("名", "位", "个位次", "位次", "个名次")

_STRANGERS = ("time", "visits", "dollar", "other")
_NO_VERB_GAP = lazy(r"[，、；](?![^()]*\))")
_SEVERAL_YEARS = lazy(r"五年|累计|年均|每年|(?<!\d)[35]年|[三四]年来|以来|连续")
_ONE_YEAR = lazy(r"(?:19|20)\d\d年(?!至|-|—|以来)|全年|当年|年内|今年|年末|年底")
_PART_OF_YEAR = lazy(r"[上下]半年|[一二三四]季度|(?<!\d)1[-—至](?!12)\d{1,2}月")
_LEADS_BACK = ("", "的", "为", "系", "属", "通过", "来自", "是")
"""Between a number and the name behind it: 120名新教师, 72名通过自主招聘而来."""
_PURPOSE = lazy(
    r"(?:\([^)]{1,30}\))?，?(?:专项|主要|全部|全额|重点|专门)?"
    r"(?:用于|用在|投向|实施|推进|解决|支持|开展|作为|充作|用作|当作|列作|转作|充实|补充)(?:实施|推进|开展)?(?:[全我本][县市区省州])?(?:的)?"
)
"""Between a sum and what it was spent on: 安排780万元用于校园城域网提速改造, 挤出48万元，作为党建经费."""
_BASIS = lazy("(?:的|这个|这一)?(?:基础|基数)上")
_NOW = frozenset(["今年", "当年", "本年", "本年度", "目前", "现有"])
_THIS_YEAR = lazy(
    r"[，、(](?:其中，?)?(?:今年|当年|本年度?|(20\d\d)年)(?:新增|新?招聘|完成|投入|实现|争取|获批|立项|新?认定)?了?"
)
_STRETCH = lazy("[，、](?:力争|争取|奋力冲刺|努力实现)(?:达到|实现|增长)?")
_VARIANT = lazy(r"(?:\([^)]{1,8}\))?(?:/|或者?|、)|\(或者?|[(，][^，。；()]{0,6}口径(?:为|是|统计为)?")
_GROWTH_NAMES = ("增速", "增幅", "增长率")
_SHARE = lazy("比重|占(?!了?(?:大头|多数|一[多大]半))|比例")

_TARGET_WORDS = frozenset(
    [
        "力争",
        "确保",
        "计划",
        "预期",
        "拟",
        "目标",
        "争取",
        "力争达到",
        "将",
        "不低于",
        "不少于",
        "目标值",
        "应达到",
        "应达",
        "计划全年",
        "争取到",
        "要",
        "明年",
        "来年",
        "下一年",
    ]
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
class Anchor:
    """The names that the next quantity may belong to, and how far the chain has come."""

    hits: list[tuple[str, Hit]]
    start: int
    end: int
    scope: Scope
    linked: int = 0
    ranked: bool = False
    last_role: Role | None = None
    items: int = 1
    aims: bool = False
    """Whether the starting value of a plan was told, so that what follows is the aim."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its text, the text with names masked out, what its place says, and its remarks."""

    text: str
    masked: str
    setting: Setting
    remarks: Sequence[tuple[int, int]] = ()

    def remark(self, at: int) -> tuple[int, int] | None:
        """The bracketed remark that holds the place `at`."""
        return next((one for one in self.remarks if one[0] <= at < one[1]), None)

    def between(self, start: int, end: int) -> str:
        """The words between two places, without the remarks that stand there as a whole."""
        out, at = "", start
        for begin, stop in self.remarks:
            if at <= begin and stop <= end:
                out, at = out + self.text[at:begin], stop
        return out + self.text[at:end]


@dataclass(slots=True)
class Judge:
    """Judges the statements of one document; knows the indicators and the document's frame."""

    indicators: Mapping[str, Indicator]
    frame: Frame
    rank_of: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for one in self.indicators.values():
            for other in one.rank_of:
                self.rank_of.setdefault(other, one.id)

    def statement(
        self, here: Sentence, anchor: Anchor, indicator: str, gap: _gaps.Gap, raw: str, quantity: Quantity
    ) -> list[Link]:
        """What `quantity`, behind `gap` (as written: `raw`), states of `indicator`; empty where nothing."""
        rule = self.indicators[indicator]
        if _remarks.threshold(here.text, gap, quantity):
            return []
        aims = anchor.aims or _remarks.quota(raw)
        base = Role.TARGET if aims else self.base_role(here, anchor.start, gap, flow=rule.flow)
        ranked = self._rank(anchor, rule, gap, quantity)
        if ranked is not None:
            rule = ranked
            if rule.id != indicator and gap.has("other_place") and not gap.has("whole_place"):
                return []
        kind = self._kind(rule, gap, raw, quantity, anchor)
        if kind is None:
            return []
        kind, base = self._started(here, anchor, gap, quantity, kind, base)
        role, of, direction = base, None, None
        year = (
            gap.year if gap.year and base is not Role.TARGET and not gap.has("compare") else here.setting.year
        )
        if kind == "change":
            role, of = Role.CHANGE, Role.TARGET if base is Role.TARGET else Role.ACTUAL
            fell = quantity.value is not None and quantity.value < 0
            direction = "down" if fell or gap.verb == "down" else "up"
            quantity = replace(quantity, value=-quantity.value) if fell and quantity.value else quantity
        elif kind == "previous":
            role, year = Role.PREVIOUS, gap.year
        elif kind == "growth" and gap.verb == "down" and quantity.value is not None:
            quantity = replace(quantity, value=-quantity.value)
        where = self.where(here, anchor, rule, gap, kind, role)
        if rule.kind == "rank" and gap.has("other_place") and not gap.has("whole_place") and quantity.rank:
            where = Scope.OTHER
        anchor.last_role = role
        anchor.ranked = rule.kind == "rank"
        via = "milestone" if kind == "level" and gap.verb == "milestone" else kind
        return [Link(rule.id, quantity, role, anchor.start, quantity.end, of, direction, where, year, via)]

    @staticmethod
    def _started(
        here: Sentence, anchor: Anchor, gap: _gaps.Gap, quantity: Quantity, kind: str, base: Role
    ) -> tuple[str, Role]:
        """力争在今年602分的基础上提高3分, 力争由60%提高到61%: the aim is what comes after; kind and role."""
        if kind in ("level", "previous") and _BASIS.match(here.text, quantity.end):
            anchor.aims = base is Role.TARGET
            return "previous" if _NOW.isdisjoint(gap.words) else "level", Role.ACTUAL
        if kind == "previous" and gap.verb == "from":
            anchor.aims = any(word in _TARGET_WORDS and word != "将" for word in gap.words)
        return kind, base

    def where(
        self, here: Sentence, anchor: Anchor, rule: Indicator, gap: _gaps.Gap, kind: str, role: Role
    ) -> Scope:
        """Whether the value is of the whole, of another place, or a sum or average over years."""
        if gap.has("national"):
            return Scope.OTHER
        text, start = here.text, anchor.start
        clause = text[max(text.rfind("，", 0, start), text.rfind("；", 0, start)) + 1 : start]
        accrues = rule.flow or role is Role.CHANGE
        if gap.has("period") or (_SEVERAL_YEARS.search(clause) and kind != "previous" and accrues):
            return Scope.PERIOD
        if _PART_OF_YEAR.search(clause) and not _PART_OF_YEAR.search(self.frame.title):
            return Scope.PERIOD
        one_year = _ONE_YEAR.search(clause + "".join(gap.words))
        if here.setting.after_period and rule.flow and not one_year:
            return Scope.PERIOD
        if here.setting.period and not one_year and (accrues or kind == "growth"):
            return Scope.PERIOD
        if rule.kind != "rank" and gap.verb != "national" and places(gap.words):
            # 巩固率全国95.9%、全省96.5%，我县98.7%
            anchor.scope = self._placed(gap, anchor.scope)
        return anchor.scope

    def _placed(self, gap: _gaps.Gap, before: Scope) -> Scope:
        if not own_place(gap.words, self.frame.level):
            return Scope.OTHER
        return Scope.WHOLE if before is Scope.OTHER else before

    def base_role(self, here: Sentence, start: int, gap: _gaps.Gap, *, flow: bool) -> Role:
        """Reached or planned: by the words of the gap, by cues before the name, else by the place. `flow`
        tells of what adds up over a time, which 目前 in an earlier clause does not reach."""
        words = {word for word in gap.words if word in _TARGET_WORDS}
        if words == {"将"} and _remarks.within_the_year(here.masked[:start]):
            return here.setting.role
        if words:
            return Role.TARGET
        said = cue(here.masked[:start], self.frame)
        ahead = gap.year is not None and gap.year > (self.frame.year or gap.year) - self.frame.plan
        if Role.TARGET in (said, here.setting.role) and not ahead:
            near = flow or said is not None or gap.verb == "to"
            before = here.masked[:start] + here.text[start : start + 2]
            if _remarks.at_present(before, gap, near=near):
                return Role.ACTUAL
        return said or here.setting.role

    def _rank(self, anchor: Anchor, rule: Indicator, gap: _gaps.Gap, quantity: Quantity) -> Indicator | None:
        """The rank indicator that 列全市第4 or 进步2位 speaks of in a chain of a score or of a rank."""
        if rule.kind == "rank":
            return (
                rule
                if quantity.rank
                or gap.has("rank")
                or anchor.ranked
                or family(quantity.unit) in ("people", None)
                or quantity.unit in ("位", "名", "个位次")
                else None
            )
        other = self.rank_of.get(rule.id)
        if other is None:
            return None
        if quantity.rank or (quantity.unit in _PLACES and gap.verb in ("up", "down")):
            return self.indicators[other]
        return None

    def _kind(
        self, rule: Indicator, gap: _gaps.Gap, raw: str, quantity: Quantity, anchor: Anchor
    ) -> str | None:
        """level, change, previous, growth, or None where the quantity is nothing of this indicator's."""
        if rule.kind == "rank":
            return self._rank_kind(gap, quantity, anchor)
        group = family(quantity.unit)
        if quantity.rank or (group in _STRANGERS and group != family(split(rule.unit)[1])):
            return None
        if raw.startswith(_GROWTH_NAMES) and not rule.growth and gap.verb not in ("up", "down", "national"):
            return "change" if group == "percent" and gap.verb == "level" else None
        if rule.unit != "%" and (_SHARE.search(raw) or raw.startswith(("率", "比率"))):
            return None
        signed = quantity.value is not None and quantity.value < 0 and not rule.growth
        aside = gap.has("compare") or (anchor.linked and raw in ("，", "(", "、"))
        if gap.verb in ("up", "down", "national") or (signed and aside):
            return self._change_kind(rule, gap, quantity)
        if rule.growth and group == "percent":
            return self._level_kind(gap, raw, quantity, anchor)
        if not self.fits(rule.id, quantity) and not (
            quantity.unit == "" and self._bare(gap, raw, quantity, rule)
        ):
            return None
        return self._level_kind(gap, raw, quantity, anchor)

    def _change_kind(self, rule: Indicator, gap: _gaps.Gap, quantity: Quantity) -> str | None:
        group = family(quantity.unit)
        if rule.growth and group == "percent" and gap.verb != "national":
            return "growth"
        heads = rule.unit == "人" and quantity.unit == "个"
        if group not in ("percent", "points", "multiple") and not (heads or self.fits(rule.id, quantity)):
            return None
        return None if quantity.hole is not None and not quantity.unit else "change"

    def _level_kind(self, gap: _gaps.Gap, raw: str, quantity: Quantity, anchor: Anchor) -> str | None:
        verb = gap.verb
        if verb == "from" or (gap.has("compare") and verb in ("", "level") and not self._reviewed(gap)):
            return "previous"
        if gap.year and verb != "to" and self._earlier(gap.year, anchor):
            return "previous"
        if anchor.linked and verb != "to" and any("末" in word and "五" in word for word in gap.words):
            return "previous"
        if verb or any(word in _TARGET_WORDS for word in gap.words):
            return "level"
        # 全国95.9%、全省96.1%，我县98.7%: the places are told apart, the name is said once
        if anchor.scope is Scope.OTHER and places(gap.words):
            return "level"
        if (anchor.linked and not quantity.range_to) or _NO_VERB_GAP.search(raw):
            return None
        return "level"

    def _reviewed(self, gap: _gaps.Gap) -> bool:
        """年均增长7.8%、去年达到198.6亿元: where the report looks ahead, last year is the one it is on."""
        ahead = self.frame.plan or "政府工作报告" in self.frame.title
        return ahead and gap.verb == "level" and "去年" in gap.words

    def _earlier(self, year: int, anchor: Anchor) -> bool:
        base = self.frame.year
        if base is None:
            return False
        return year < base or (anchor.last_role is Role.TARGET and year <= base)

    @staticmethod
    def _rank_kind(gap: _gaps.Gap, quantity: Quantity, anchor: Anchor) -> str | None:
        if quantity.unit and quantity.unit not in _PLACES:
            return None
        if quantity.rank:
            if gap.has("compare") and gap.verb not in ("to", "up", "down") and not gap.has("rank"):
                return "previous"
            return "previous" if gap.verb == "from" else "level"
        if gap.verb in ("up", "down") and quantity.unit in _PLACES:
            return "change"
        if (
            gap.verb not in ("up", "down")
            and (gap.verb in ("to", "level") or gap.has("rank"))
            and anchor.hits
        ):
            return "level" if quantity.hole is not None or gap.verb in ("to", "level") else None
        return None

    @staticmethod
    def _bare(gap: _gaps.Gap, raw: str, quantity: Quantity, rule: Indicator) -> bool:
        """A number without unit counts where a verb of level or the name's own end leads straight to it."""
        if quantity.hole is not None:
            return True
        if bool(quantity.scale) and rule.unit in ("元", "万元", "亿元", "人"):
            return True
        return gap.verb in ("level", "to") and not _NO_VERB_GAP.search(raw)

    def leads_back(self, between: str, indicator: str, quantity: Quantity) -> bool:
        """Whether the text between a number and the name behind it says that the number is that name's."""
        rule = self.indicators[indicator]
        spent = rule.flow and rule.kind == "amount" and family(quantity.unit) == "money"
        return between in _LEADS_BACK or (spent and _PURPOSE.fullmatch(between) is not None)

    def fits(self, indicator: str, quantity: Quantity) -> bool:
        rule = self.indicators[indicator]
        if rule.kind == "rank":
            return quantity.rank or quantity.unit in _PLACES
        if quantity.unit == "" and quantity.hole is not None:
            return True
        if quantity.unit == "" and bool(quantity.scale):
            return rule.unit in ("元", "万元", "亿元", "人", "家", "个")
        return fits(quantity.unit, rule.unit, ratio=rule.kind == "ratio")


def milestones(links: list[Link]) -> list[Link]:
    """突破3万亿元、达3.6万亿元: the milestone beside the level itself does not count."""
    levels = {(one.indicator, one.role) for one in links if one.via == "level"}
    return [
        replace(link, scope=Scope.MILESTONE)
        if link.via == "milestone" and (link.indicator, link.role) in levels
        else link
        for link in links
    ]


def like(link: Link, quantity: Quantity, *, stretch: bool = False) -> Link:
    """The same statement with one more number: a variant, the end of a range, or the goal to strive for."""
    via = link.via if link.via == "milestone" else "variant"
    more = replace(link, quantity=quantity, end=quantity.end, via=via)
    if not stretch:
        return more
    return replace(more, of=Role.TARGET) if link.role is Role.CHANGE else replace(more, role=Role.TARGET)


def again(link: Link, between: str, quantity: Quantity, year: int | None) -> Link | None:
    """The statement once more with the number that follows it: 1240万元（或1310万元, 增长5%，力争6%.

    近三年累计招聘420名，今年招聘152名 ends with the number of the year reported on, `year`.
    """
    own = _THIS_YEAR.fullmatch(between) if link.scope is Scope.PERIOD and link.via != "change" else None
    if own and quantity.unit == link.quantity.unit and own[1] in (None, str(year)):
        return replace(like(link, quantity), scope=Scope.WHOLE, year=year, via="level")
    stretch = _STRETCH.fullmatch(between) is not None
    if quantity.unit != link.quantity.unit or not (stretch or _VARIANT.fullmatch(between)):
        return None
    return like(link, quantity, stretch=stretch)
