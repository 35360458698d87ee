"""Numbers beside a name that are no value of it: thresholds, quotas, portions of it that are done."""

from __future__ import annotations

from validator.facts._gaps import Gap
from validator.facts._quantities import Quantity
from validator.text.lazy import lazy

_BOUNDS = frozenset(
    ["不足", "不到", "少于", "低于", "不满", "超过", "超", "高于", "大于", "多于", "不少于", "不超过"]
)
_BOUNDED = ("以上", "以下", "以内", "之内")
_MEMBERS = lazy(
    r"的(?:小微|小型|小规模|村级|农村|乡村|民办|公办|偏远)?"
    r"(?:幼儿园|学校|小学|中学|教学点|村小|园所?|校|企业|村|班级?|党?支部|乡镇|县区?|单位|机构)"
)
_QUOTA = lazy(
    r"(?:全年|年度|年初|当年|本年|下达|市定|省定|既定)的?(?:目标|招聘|新增|建设)?(?:任务|计划|目标|指标)数?(?:为|是)?\(?$"
)
_DONE = lazy(
    r"[，、；(](?:其中，?|目前|现在?|现已)?(?:均?已经?|累计)?(?:完成|办结|销号|清零|落实|整改|整改到位)了?(?:销号|整改)?"
)
_SPENT = lazy(r"[，、；(](?:其中，?|目前|现)?已(?:经|累计|实际){0,2}列支")
_EXPECTED = lazy(
    r"预计[^，。；]{0,4}?(?:今年|全年|当年|本年|年底|年末|年内)|(?:今年|全年|当年|本年|年底|年末|年内)[^，。；]{0,2}?预计"
)
_AT_PRESENT = frozenset(
    [
        "目前",
        "截至目前",
        "截止目前",
        "现有",
        "现为",
        "现达",
        "现已达到",
        "现已达",
        "现已有",
        "已有",
        "已",
        "已经",
    ]
)
_PRESENT = lazy(
    r"(?:截[至止]|到)?目前(?!状|为|的?(?:水平|基础|规模))|现已|"
    r"现有(?!的?(?:基础|条件|资源|水平|规模|力量|校舍|设施|场地|政策|平台|机制|模式))|"
    r"截至(?:上年|去年|上一年|20\d\d年)年?[底末]"
)
_STATED = lazy(r"[□\d\ue000]")
_FROM_NOW_ON = lazy(
    r"[新净]增|再|全年|年内|今年|明年|本年|达到|[高升大少低加长]到|20\d\d年(?![底末])|计划|力争|争取|确保|[；。]|下一?步|为此|基础上|起点"
)
_BEHIND_VALUE = lazy(
    r"(?<=[\w%])\((?:(?:其中|含|包含|包括|不含|不包含|不包括|另含|内含)[^()]{1,40}|截[至止][^()]{1,12}|[^()\d\ue000]{1,24}(?:口径|标准|数据?|为准))\)"
)


def brackets(text: str) -> list[tuple[int, int]]:
    """Remarks in brackets that part a value from what is said of it next: 46人（含硕士31人），比上年多12人."""
    return [match.span() for match in _BEHIND_VALUE.finditer(text)] if "(" in text else []


def threshold(text: str, gap: Gap, quantity: Quantity) -> bool:
    """Whether the number bounds which ones are meant: 撤并在园人数不足30人的幼儿园."""
    bounded = quantity.qualifier in _BOUNDED or not _BOUNDS.isdisjoint(gap.words)
    return bounded and _MEMBERS.match(text, quantity.end) is not None


def quota(raw: str) -> bool:
    """Whether the words before a number say that it was the task of the year: 完成全年任务（2400个）."""
    return _QUOTA.search(raw) is not None


def portion(raw: str) -> bool:
    """Whether the words behind a value say that so many of it are done: 新增任务12项，已完成5项."""
    return _DONE.fullmatch(raw) is not None


def at_present(clause: str, gap: Gap, *, near: bool) -> bool:
    """Whether the words before a name, or those of the gap behind it, speak of the state that a plan starts
    from: 目前高企63家，…强度1.3%.

    Names are masked out. `near`: only the words of its own clause. Those of an earlier one count where it
    states a number too, or where they are all of it (目前，): 针对目前困难，… says nothing of the state.
    """
    if not _AT_PRESENT.isdisjoint(gap.words):
        return True
    own = max(clause.rfind(mark) for mark in "，；：。") + 1
    if near:
        clause, own = clause[own:], 0
    said = list(_PRESENT.finditer(clause))
    if not said or _FROM_NOW_ON.search(clause, said[-1].end()) is not None:
        return False
    end = said[-1].end()
    told = clause[end : clause.find("，", end)] if end < own else ""
    return not told or _STATED.search(told) is not None


def spent(raw: str) -> bool:
    """Whether the words behind a sum say that so much of it is spent: 争取债券资金2亿元，已列支5000万元."""
    return _SPENT.fullmatch(raw) is not None


def within_the_year(clause: str) -> bool:
    """预计年底…将达到70家: what the year reported on will have reached is no plan."""
    return _EXPECTED.search(clause) is not None
