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
_EXPECTED = lazy(
    r"预计[^，。；]{0,4}?(?:今年|全年|当年|本年|年底|年末|年内)|(?:今年|全年|当年|本年|年底|年末|年内)[^，。；]{0,2}?预计"
)


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


def within_the_year(clause: str) -> bool:
    """预计年底…将达到70家: what the year reported on will have reached is no plan."""
    return _EXPECTED.search(clause) is not None
