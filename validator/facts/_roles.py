"""Whose year and which role: title, heading, opening of the sentence, cue in the clause."""

from __future__ import annotations

import re
from dataclasses import dataclass

from validator.model.document import Block, Document, Kind
from validator.model.words import Role
from validator.text.fold import fold_word
from validator.text.lazy import lazy

_YEAR = lazy(r"(?<!\d)((?:19|20)\d\d)(?:年|-\d{4}学年|/\d{1,2}/)")
_CHINESE_YEAR = lazy(r"二[〇零]([〇零一二三四五六七八九])([〇零一二三四五六七八九])年")
_COUNTY = lazy("^(?:[^\\W\\dA-Z_]{2,6}?市)?[^\\W\\dA-Z_]{2,3}(?:县|(?<![开发高新园片社校])区)")
_PLAN = lazy(
    "思路|打算|安排|计划(?!生育|完成)|目标(?!完成|任务完成)|部署|展望|下一步|下步|工作要点|要点|奋斗|预期目标|谋划|设想|规划(?!实施|完成)|"
    "主要考虑|努力方向|今后"
)
_STRONG_PLAN = lazy(
    "工作(?:思路|打算|安排|计划|要点|部署)|下一步|下步|(?:主要|预期|发展|奋斗)目标|努力方向|今后|打算$|思路$|安排$|计划$|目标$|明年|来年"
)
_PLAN_TITLE = lazy("计划|要点|思路|方案|安排|规划|打算|任务")
_REVIEW = lazy(
    "回顾|总结|成效|完成情况|工作情况|主要工作|成绩|取得|开展情况|进展|现状|基础数据|运行情况|汇报|公报|基本情况|执行情况|落实情况|做法|亮点|"
    "(?:形势[与和及]|发展|工作|现有|已有)基础$|(?:当前|面临的?)形势$"
)
_CUE = lazy(
    "力争|争取(?=在|实现|达到|全年|年内|使|让|把|用|新|完成|早日|[0-9])|预期目标|主要目标(?=[是为：])|目标[为是：]|目标任务(?=[是为：])|确保|拟(?!定|人)|(?<!稳)(?<!于)(?<!场)(?<!会)预期(?=值|增长|达到|为)|今后|下一步|下一年|明年|来年|新的一年|"
    "(?:^|[，。；：、年将我县市区局省校（(]|全[县市区州省]|预计|我们|秋季|继续|今年)计划(?!生育|单列|完成|的)|努力(?:实现|达到|使)|将(?=达|新|建|投|招|完|实|改|扩|有|累|力|突|增|提|保|稳|推|实施)|"
    "达到20[2-9]\\d年|不低于|不少于|奋斗目标|要(?=达到|实现|完成|新增)|目标是|目标值"
)
_LAST_YEAR = lazy("(?:去年|上年|上一年|过去一年)(?:[^，。；：比较]{0,6})$")
_SUMMARY = lazy("总结|上半年|半年|季度|情况汇报|情况报告|情况的报告|公报")
_DONE = lazy(
    "完成(?:了)?(?:年度)?(?:目标|计划|任务)|超额|目标任务(?:完成|的)|较(?:年初)?(?:计划|目标)|已(?:经)?(?:完成|达|建|实现|超)"
)
_PERIOD_LEAD = lazy(
    "五年来|这五年|过去五年|过去的五年|五年间|五年里|五年回顾|五年(?:的)?(?:工作|成就|历程)|“?十[三四]五”?(?:时期|期间|以来|工作回顾|发展回顾)|"
    "“?十[三四]五”?时期发展|过去5年|五年累计|三年来|几年来|近五年|近年来|本届(?:区|市|县|省)?政府(?:任期|五年|以来)|任期"
)
_PERIOD_PLAN = lazy("“?十[五六]五”?(?:时期|期间|规划|末)|到20[2-9]\\d年|今后五年|未来五年|五年目标")
_OPENING = lazy(
    r"(?P<source>据[^，。；：]{2,20}，)?[^，。；：]{0,6}?(?P<year>(?:19|20)\d\d)年(?!至|-|—|以来|[的]?\d)"
)
_NEWEST = lazy("最新|最近|刚刚")
"""据统计部门最新数据，2022年…: whoever tells the newest number there is does not compare with it."""
_VALUE = lazy(r"\d(?!\d{0,3}年)")
_ONE_YEAR = lazy("过去一年|一年来|(?:19|20)\\d\\d年(?!以来|至|—|-|到|来)|去年|上一年|全年|今年")


@dataclass(frozen=True, slots=True)
class Setting:
    """What the place of a sentence says before the sentence itself speaks."""

    role: Role
    year: int | None
    period: bool = False
    after_period: bool = False
    """An earlier paragraph of the section opened a review of several years, and none since one of a year."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What the document as a whole says: the year reported on, and whether it is a plan."""

    year: int | None
    plan: bool
    title: str
    level: str = ""
    """省, 市 or 县: how far the whole reaches that the report is about; empty where nothing tells."""
    dated: bool = False
    """Whether the text itself speaks of `year`, so that an earlier year is an earlier year."""


def years(text: str) -> list[int]:
    """Calendar years named in `text`, in order."""
    found = [(match.start(), int(match[1])) for match in _YEAR.finditer(text)]
    for match in _CHINESE_YEAR.finditer(text):
        digits = "".join(str("〇一二三四五六七八九".index("〇" if c == "零" else c)) for c in match.groups())
        found.append((match.start(), 2000 + int(digits)))
    return [year for _, year in sorted(found)]


def frame(document: Document, year: int | None = None) -> Frame:
    """Read title, headings and text for the year that the report is on, unless it is known, and how far
    its whole reaches."""
    title = fold_word(document.title)
    plan = bool(_PLAN_TITLE.search(title)) and not re.search("总结|情况|公报|汇报|回顾|报告|成效", title)
    year = _year(document, title, plan=plan) if year is None else year
    texts = [fold_word(block.text) for block in document.blocks if block.states]
    base = year - plan if year is not None else None
    dated = any(text.startswith(f"{base}年") for text in texts)
    level = _level("".join(texts)) or ("县" if _COUNTY.search(title) else "")
    return Frame(year, plan, title, level, dated)


def _year(document: Document, title: str, *, plan: bool) -> int | None:
    named = years(title)
    if named:
        year = min(named) if len(named) > 1 and not plan else named[0]
        reviews = "政府工作报告" in title and _reviews_year_before(document, year)
        return year - 1 if reviews else year
    counted: dict[int, int] = {}
    for block in document.blocks[:60]:
        if block.states:
            for one in years(fold_word(block.text)):
                counted[one] = counted.get(one, 0) + 1
    most = max(counted, key=lambda one: (counted[one], -one)) if counted else None
    if "政府工作报告" in title and most is not None:
        return _issued(document) or min(years(" ".join(_headings(document))), default=most)
    return most


def _level(text: str) -> str:
    counts = {
        "省": len(re.findall("全省|我省", text)),
        "市": len(re.findall("全市(?!第|前|平均|排|[0-9]|率先|领先|先进|唯一|首)|我市", text)),
        "县": len(re.findall("全县|我县|全区|我区", text)),
    }
    most = max(counts, key=lambda one: counts[one])
    return most if counts[most] > 1 else ""


def _headings(document: Document) -> list[str]:
    return [fold_word(block.text) for block in document.blocks if block.kind is Kind.HEADING]


def _issued(document: Document) -> int | None:
    """A government report given on a day early in year N is on year N-1."""
    for block in document.blocks[:16]:
        match = re.search(r"((?:19|20)\d\d)年[1-4]月\d{1,2}日", fold_word(block.text))
        if match and re.search("会议|代表大会|省长|市长|县长|区长|——", block.text):
            return int(match[1]) - 1
    return None


def _reviews_year_before(document: Document, year: int) -> bool:
    """A government report of year N reviews N-1 and plans N; some titles carry the year reviewed."""
    text = "".join(fold_word(block.text) for block in document.blocks if block.states)
    return f"{year - 1}年" in text and (
        bool(re.search(f"{year - 1}年(?:工作)?(?:及|和)?(?:主要)?(?:工作)?(?:回顾|情况|以来)", text))
        or text.count(f"{year - 1}年") >= text.count(f"{year + 1}年")
    )


def setting(block: Block, around: Frame) -> Setting:
    """The role that headings give to a block; the innermost heading that speaks wins."""
    here = Setting(Role.TARGET if around.plan else Role.ACTUAL, around.year)
    for depth, heading in enumerate(block.section):
        text = fold_word(heading)
        if text != around.title:
            here = _under(text, here, around, nested=depth > 0)
    return here


def _under(text: str, before: Setting, around: Frame, *, nested: bool) -> Setting:
    """What one more heading adds. Under a heading that has spoken only strong words of planning count."""
    named = years(text)
    period = before.period
    if _PERIOD_LEAD.search(text):
        period = not re.search("(?:19|20)\\d\\d年", text)
    elif named:
        period = False
    role = before.role
    review = _REVIEW.search(text)
    plan = (_STRONG_PLAN if nested else _PLAN).search(text)
    if (plan or _PERIOD_PLAN.search(text)) and not review:
        role = Role.TARGET
    elif review and (not plan or review.start() > plan.start()):
        role = Role.ACTUAL
    if named and around.year is not None:
        latest = max(named)
        if latest > around.year or (around.plan and latest >= around.year):
            role = role if review else Role.TARGET
        elif not plan or review:
            role = Role.ACTUAL
    return Setting(role, max(named) if named else before.year, period)


def sentence_setting(sentence: str, before: Setting, around: Frame) -> Setting:
    """What the opening of a sentence adds: 2024年，全区…; 五年来，…; 2025年主要预期目标是…."""
    role, year, period, after_period = before.role, before.year, before.period, before.after_period
    lead = sentence[:40]
    leading = _PERIOD_LEAD.search(lead[:24])
    # …面积2.9平方米，“十四五”期间累计提高0.6平方米 speaks of the years for that one number only
    if (
        leading
        and not _VALUE.search(lead, 0, leading.start())
        and not re.match("(?:19|20)\\d\\d年(?:是|，)", lead)
    ):
        period = True
        role = Role.ACTUAL if not _PERIOD_PLAN.search(lead[:24]) else role
    elif _ONE_YEAR.search(lead[:14]):
        period = after_period = False
    if _PERIOD_PLAN.search(lead[:24]) and re.search("目标|达到|力争|时期", sentence):
        role = Role.TARGET
    opening = _OPENING.match(sentence)
    if opening and around.year is not None:
        named = int(opening["year"])
        newest = _NEWEST.search(opening["source"] or "")
        base = around.year - 1 if around.plan else around.year
        if named < base and around.dated and not period and not newest:
            role = Role.PREVIOUS
        elif named <= base:
            role = Role.ACTUAL if not re.search("目标|力争|计划", lead[:20]) else role
        elif named > base:
            role = Role.TARGET
        year = named
    if re.match("[^，。；]{0,6}?(?:明年|来年|下一年|新的一年|下一步|下步|今后)", sentence):
        role = Role.TARGET
    if re.search("(?:预期|主要|发展|奋斗|工作)目标(?:是|为|：)", sentence):
        role, period = Role.TARGET, before.period
    return Setting(role, year, period, after_period)


def opens_period(text: str) -> bool | None:
    """True where a paragraph opens a review of several years, False of one year, None of neither."""
    lead = text[:48]
    if _PERIOD_LEAD.search(lead) and not _PERIOD_PLAN.search(lead):
        return True
    return False if _ONE_YEAR.search(lead[:24]) else None


def cue(clause: str, around: Frame) -> Role | None:
    """The role that words in front of a name give, None where they say nothing.

    `clause` is the text from the start of the sentence to the name, names of indicators masked out.
    去年 is the year reported on where the report looks ahead, and the year before it in a summary.
    """
    year = around.year
    for named in re.finditer(r"到((?:19|20)\d\d)年", clause):
        if year is not None and int(named[1]) > year:
            return Role.TARGET
    if _LAST_YEAR.search(clause):
        summary = not around.plan and _SUMMARY.search(around.title) and "政府工作报告" not in around.title
        return Role.PREVIOUS if summary else Role.ACTUAL
    cues = list(_CUE.finditer(clause))
    if not cues:
        return None
    match = cues[-1]
    if _DONE.search(clause[match.end() - 2 :]):
        return None
    return Role.TARGET
