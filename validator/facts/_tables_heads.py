"""What a head of a table says of its column or row: which role, year and unit, or nothing of ours."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from validator.facts._roles import Frame, years
from validator.facts._tables_grid import unit_of, without_unit
from validator.model.words import Role, Scope
from validator.text.lazy import lazy

_BARE_YEAR = lazy("(?<!\\d)((?:19|20)\\d\\d)(?!\\d|年|[-—～至到](?:19|20))")
_UNIT_HEAD = lazy("^(?:计量|数据)?单位$")
_NEVER = lazy(
    "(?<!增长)(?<!增减)(?<!变化)(?<!下降)率$|序号|备注|责任|牵头|科室|股室|部门|时限|完成时间|单位名|说明|来源|属性|得分|权重|分值|进度|占比|比重|比例$|"
    "完成率|完成比|完成程度|达标情况|是否|占(?:年度|全年|年初|目标|计划|任务|预算|全|总)|为(?:年度|全年)?(?:目标|计划|预算)的|"
    "[比较与](?:年度|全年|年初)?(?:目标|计划|预算|任务)"
)
_GROWTH = lazy(
    "增长|增幅|同比|增减|[比较]上年|[比较]去年|[比较]上期|[比较](?:19|20)\\d\\d|增速|变化|净增|±|增加[额数量]|相比"
)
_RATE = lazy("增长|增幅|增速|幅|率|%")
_TARGET = lazy(
    "(?<!完成)(?<!完成年度)(?<!完成全年)(?:目标|计划|预期|任务|预算|安排)(?:值|数|任务|指标)*(?!.{0,2}(?:完成|执行))|年度投资"
)
_PREVIOUS = lazy("上年|去年|上期|基期|同期|年初|期初")
_RANGE = lazy("(?:19|20)\\d\\d年?[-—～至到](?:19|20)?\\d\\d(?!\\d)年(?!度)")
_SEVERAL = lazy(
    "(?:19|20)\\d\\d年?[-—～至到](?:19|20)\\d\\d|[三四五十]年(?:来|间|合计|累计|总|年均)?|历年|任期|以来|十[二三四五]五|年均|平均$|开工至今"
)
_PART_OF_YEAR = lazy(
    "[上下]半年|[一二三四]季度|(?<!\\d)1[-—～至](?!12)\\d{1,2}月|(?<![-—～至\\d])\\d{1,2}月(?:份|$)(?![底末止])|本月|当月|本季|^半年"
)
_SINCE_JANUARY = lazy("(?<!\\d)1[-—～至](\\d{1,2})月")
_PERIODS = {"前三季度": 9, "上半年": 6, "一季度": 3}
_TITLE_PART = lazy("半年|季度|\\d{1,2}月|截至")
_STRONG = lazy("本年|今年|当年|全年|年度|实际|实绩|完成|本期累计")
_WEAK = lazy(
    "数值|数据|指标值|结果|累计|投资|金额|投入|数量|值$|现状|水平|月末|月底|年末|年底|期末|情况|\\d月|半年|季度|执行|本期|[人件项所个家]数$"
)
_TOTAL = lazy(
    "合计|总计|全县|全市|全区|全州|全省|我[县市区省]|总数|总分|全科|^计$|^总量$|本[县市区局]|全系统"
)
_SUM = lazy("合计|总计|总数|^计$")
_LEVEL = lazy("全([国省市])")
_PART = lazy(
    "其中|(?:[镇乡村园]|街道|社区|公司|学校|小学|中学|初中|高中|学院|县直|市直|区直|省直|直属|城区|农村|县城|公办|民办|机关|[男女]生?)$|"
    "^(?:乡镇|镇|城镇|幼儿园|学前|义务|职业|特殊|小计|其他|男|女)|[A-Z\\d一二三四五六七八九十][组片班]$|(?:国家|[省市县])级$|"
    "^(?:语文|数学|英语|外语|物理|化学|历史|地理|生物|道德与法治|道法|文综|理综|文科|理科)$"
)
PART_PLACE = lazy("^其中|(?:[镇乡]|街道|社区|公司|[^各类]学校|[^、]中学|[^、]小学|分园)$")
"""A group of rows or an upper head that is one place or one school."""
_PLACE = lazy("^[^\\W\\dA-Z_]{1,6}[省市县区州盟旗]$")
_LONGEST = 80
_COUNT = lazy("数量|[项件家个所人]数|人次|场次")
_OWN_LEVEL = lazy("([省市州县区旗])(?:教育|科|体育|人民|政府|统计|19|20|国民|经济|党|委|文|$)")
_PLAN_TITLE = lazy("目标|计划|任务|预算")
_PLAN_TABLE = lazy("(?:主要|预期|发展|奋斗)目标|(?:目标|计划|任务|预算)(?:一览|分解|安排)?表")
_REVIEW_TITLE = lazy("完成|执行|进展|情况|落实|对比")


def named_years(text: str) -> list[int]:
    """The years of a head, also bare ones: 2023, 2023年, 2023(万人)."""
    return years(_BARE_YEAR.sub(r"\1年", text))


@dataclass(frozen=True, slots=True)
class Column:
    """What a column or row holds.

    `kind` is value, previous, target, growth, rank, unit, maybe (its head says nothing) or none of ours.
    `strength` orders the values of one year, `of` tells whose growth it is, `rate` whether the head itself
    calls the growth a rate, `count` whether it counts things.
    """

    kind: str
    unit: str = ""
    year: int | None = None
    scope: Scope = Scope.WHOLE
    of: Role = Role.ACTUAL
    strength: float = 0
    rate: bool = False
    count: bool = False
    total: bool = False


NONE = Column("none")


@dataclass(slots=True)
class Heads:
    """Reads the heads of one table: `base` is the year reported on, `plan` tells a table of targets,
    `earlier` the one earlier year that its caption speaks of."""

    base: int | None
    plan: bool
    title: str
    level: str
    earlier: int | None = None
    _known: dict[str, Column] = field(default_factory=dict)

    def column(self, title: str) -> Column:
        """What a column or row with this head holds."""
        title = title[:_LONGEST]
        if title not in self._known:
            self._known[title] = self._column(title)
        return self._known[title]

    def _column(self, title: str) -> Column:
        unit = unit_of(title)
        text = without_unit(title)
        if _UNIT_HEAD.search(text):
            return Column("unit")
        if _NEVER.search(text):
            return NONE
        named = named_years(text)
        if re.search("排名|位次|名次", text):
            return NONE if re.search("全[国省]", text) else Column("rank", "", max(named, default=None))
        if _GROWTH.search(text):
            return self._growth(text, unit, named)
        if (_RANGE.search(text) or (_SEVERAL.search(text) and not named)) and not _TARGET.search(text):
            return Column("value", unit, None, Scope.PERIOD)
        return self._level(text, unit, named)

    def _growth(self, text: str, unit: str, named: Sequence[int]) -> Column:
        since = re.search(r"[比较]((?:19|20)\d\d)", text)
        own = [year for year in named if since is None or year != int(since[1])]
        year = own[0] if own else None
        base = self.base
        of = Role.ACTUAL
        scope = Scope.PERIOD if _SEVERAL.search(text) else Scope.WHOLE
        if base is not None:
            if since and int(since[1]) < (year or base) - 1:
                scope = Scope.PERIOD
            if year is not None and year < base:
                scope = Scope.PERIOD
            if year is not None and year > base:
                of = Role.TARGET
        if re.match("(?:上年|去年)(?!同期|[比相])", text):
            scope = Scope.PERIOD
        if _TARGET.search(text) or (self.plan and year is None and not re.search("上年|实际|完成", text)):
            of = Role.TARGET
        return Column("growth", unit, year, scope, of, rate=bool(_RATE.search(text)) or "%" in unit)

    def _level(self, text: str, unit: str, named: Sequence[int]) -> Column:
        count = _COUNT.search(text) is not None
        if self._elsewhere(text):
            return NONE
        scope = Scope.WHOLE
        if _PART_OF_YEAR.search(text) and not _TITLE_PART.search(self.title) and not _TARGET.search(text):
            scope = Scope.PERIOD
        year = max(named, default=None)
        base = self.base
        if year is not None and base is not None and not _TARGET.search(text):
            if year > base:
                return Column("target", unit, year, scope, count=count)
            kind = "value" if year == base else "previous"
            return Column(kind, unit, year, scope, strength=3 + _months(text), count=count)
        if _TARGET.search(text):
            return Column("target", unit, year, count=count)
        if _PREVIOUS.search(text):
            return Column("previous", unit, base - 1 if base else None, scope, count=count)
        strong = _STRONG.search(text) is not None or self._total(text)
        strength = (3 if strong else 2 if "累计" in text or _months(text) else 1) + _months(text)
        if strong or _WEAK.search(text) or unit or scope is Scope.PERIOD:
            total = _SUM.search(text) is not None
            return Column(self.stated, unit, self.earlier, scope, strength=strength, count=count, total=total)
        return Column("maybe", unit, count=count)

    @property
    def stated(self) -> str:
        """What a plain value of this table is."""
        if self.plan:
            return "target"
        return "value" if self.earlier is None else "previous"

    def _total(self, text: str) -> bool:
        return _TOTAL.search(text) is not None or self.own(text)

    def own(self, text: str) -> bool:
        """Whether a head is the name of the place that the report is about."""
        return len(text) > 1 and _PLACE.fullmatch(text) is not None and text in self.title

    def part(self, text: str) -> bool:
        """Whether a head is that of a part of the whole: 城关镇, 县直, 小学, 其中."""
        return self._elsewhere(text)

    def _elsewhere(self, text: str) -> bool:
        bare = re.sub(r"(?:19|20)\d\d年?(?:度|底|末)?|数$|[(（].*", "", text)
        level = _LEVEL.search(bare)
        if level and self.level and "国省市县".index(level[1]) < "国省市县".index(self.level):
            return True
        if level and level[1] == "国":
            return True
        if _SUM.search(bare) or (_TOTAL.search(bare) and not _PART.search(bare)) or self.own(bare):
            return False
        return bool(_PART.search(bare) or _PLACE.fullmatch(bare))


def _months(text: str) -> float:
    """How far a period from the start of the year reaches, in hundredths of a month: 1-9月 holds 1-6月."""
    since = _SINCE_JANUARY.search(text)
    if since:
        return int(since[1]) / 100
    return next((months for words, months in _PERIODS.items() if words in text), 0) / 100


def heads(frame: Frame, titles: Sequence[str], caption: str, *, plan: bool, alone: bool = False) -> Heads:
    """The reader of heads for a table under `caption` whose heads are `titles`; `plan`: among plans,
    `alone`: nothing but its heads tells the year."""
    base = frame.year - frame.plan if frame.year is not None else None
    named = set(years(caption))
    earlier = None
    ahead = base is not None and bool(named) and max(named) > base
    if (ahead or _PLAN_TITLE.search(caption)) and not _REVIEW_TITLE.search(caption):
        plan = plan or (max(named) >= (base or 0) if named else _PLAN_TABLE.search(caption) is not None)
    elif base is not None and len(named) == 1 and max(named) < base:
        earlier = max(named)
    if base is None or (alone and not plan):
        spoken = [year for title in titles if not _TARGET.search(title) for year in named_years(title)]
        base = max(spoken, default=base)
    return Heads(base, plan, frame.title, frame.level or _own_level(frame.title), earlier)


def _own_level(title: str) -> str:
    match = _OWN_LEVEL.search(title)
    if match is None:
        return ""
    return {"州": "市", "区": "县", "旗": "县"}.get(match[1], match[1])
