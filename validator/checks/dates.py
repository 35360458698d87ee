"""Years that do not fit the report: a deadline that has passed, last year's year left in a heading.

The year of the report is that of its title. Without one nothing is judged: the text may be of any year.
"""

from __future__ import annotations

from collections.abc import Iterator

from validator.checks._base import Check, Context
from validator.model.document import Block, Kind
from validator.model.finding import Code, Finding
from validator.model.words import Bilingual, Severity
from validator.text.fold import fold, fold_word
from validator.text.lazy import lazy

CODES = (
    Code(
        id="CON005",
        title=Bilingual("计划的期限已经过了", "a deadline that has passed"),
        severity=Severity.WARNING,
        meaning=Bilingual(
            "下一步计划里写的完成期限，早于计划的年份，多半是从旧报告抄来的。",
            "The plan names a deadline before the year that is planned, probably from an old report.",
        ),
        bad="2026年工作思路：……到2024年底前建成投用。",
        good="2026年工作思路：……到2026年底前建成投用。",
        remedy=Bilingual("改成新的期限，或删去这一句。", "Set a new deadline or delete the sentence."),
    ),
    Code(
        id="CON007",
        title=Bilingual("标题里的年份与报告不符", "a heading with another year than the report"),
        severity=Severity.WARNING,
        meaning=Bilingual(
            "小标题里的年份和报告标题里的年份对不上，多半是沿用了去年的报告。",
            "A heading names a year that does not fit the title, probably left from last year's report.",
        ),
        bad="2025年工作总结 …… 一、2024年工作完成情况",
        good="2025年工作总结 …… 一、2025年工作完成情况",
        remedy=Bilingual("改成这次报告的年份。", "Write the year of this report."),
    ),
)
_PASSED, _STALE = CODES
_TITLE_YEAR = lazy(r"(?<!\d)(20\d\d)(?:年|[-—至～~]|度)")
_PLAN = lazy("思路|打算|计划|安排|要点|下一步|目标任务|工作重点|重点工作|谋划|展望")
_REVIEW = lazy("总结|回顾|完成情况|工作情况|开展情况|主要成效|工作成效|做法|进展")
_DEADLINE = lazy(
    r"(?:[到于在]|力争|确保|计划|争取)(20\d\d)年(?:[年底末]{0,2}|\d{1,2}月(?:底|末|\d{1,2}日)?)(?:之前|以前|前|，)?(?=[^，。；]{0,20}(?:完成|建成|达到|达|实现|投用|投入使用|竣工|开工|启动|建设|增|提高|覆盖))"
)
_DONE = lazy("已|了|如期|圆满|原计划|原定|比20|较20|以来|同比")
_HEADING_YEAR = lazy(r"(?<!\d)(20\d\d)年(?!以来|至|-|—|[12]?\d月至)")
_SPAN = lazy(r"20\d\d年?\s*[-—至～~]\s*20\d\d|十[二三四五]五|五年|三年")


def _find(context: Context) -> Iterator[Finding]:
    title = fold_word(context.document.title)
    named = sorted({int(year) for year in _TITLE_YEAR.findall(title)})
    if not named or "政府工作报告" in title or _SPAN.search(title):
        return
    first, last = named[0], named[-1]
    plan_year = last if len(named) > 1 or (_PLAN.search(title) and not _REVIEW.search(title)) else last + 1
    for index, block in enumerate(context.document.blocks):
        if not block.states:
            continue
        if block.kind is Kind.HEADING:
            if fold_word(block.text) != title:
                yield from _heading(context, index, block, (first, plan_year))
        elif _in_plan(block):
            yield from _deadlines(context, index, block, plan_year)


def _in_plan(block: Block) -> bool:
    """Whether the innermost heading that speaks of review or plan is one of a plan."""
    for heading in reversed(block.section):
        text = fold_word(heading)
        if _REVIEW.search(text):
            return False
        if _PLAN.search(text):
            return True
    return False


def _heading(context: Context, index: int, block: Block, fitting: tuple[int, int]) -> Iterator[Finding]:
    folded = fold(block.text)
    if _SPAN.search(folded.text):
        return
    years = list(_HEADING_YEAR.finditer(folded.text))
    plan, review = _PLAN.search(folded.text), _REVIEW.search(folded.text)
    if len(years) != 1 or bool(plan) is bool(review):
        return
    year, due = int(years[0][1]), fitting[1] if plan else fitting[0]
    if year == due or (plan and year > due) or (review and year < due - 1):
        return
    zh = f"这里写的是{year}年，按报告标题应为{due}年"
    yield _finding(
        context,
        _STALE,
        index,
        folded.span(*years[0].span()),
        Bilingual(zh, f"says {year}; by the title it should be {due}"),
    )


def _deadlines(context: Context, index: int, block: Block, plan_year: int) -> Iterator[Finding]:
    folded = fold(block.text)
    for match in _DEADLINE.finditer(folded.text):
        year = int(match[1])
        clause_start = max(folded.text.rfind(mark, 0, match.start()) for mark in "，。；：") + 1
        clause_end = min(
            (at for mark in "。；" if (at := folded.text.find(mark, match.end())) >= 0),
            default=len(folded.text),
        )
        if year >= plan_year or _DONE.search(folded.text, clause_start, clause_end):
            continue
        zh = f"{plan_year}年的计划里，期限写的是{year}年"
        en = f"a plan for {plan_year} with a deadline in {year}"
        yield _finding(context, _PASSED, index, folded.span(*match.span()), Bilingual(zh, en))


def _finding(context: Context, code: Code, index: int, span: tuple[int, int], message: Bilingual) -> Finding:
    return Finding(
        code=code.id,
        severity=code.severity,
        message=message,
        remedy=code.remedy,
        location=context.document.locate(index, *span),
        text=context.document.blocks[index].text[slice(*span)],
        block=index,
        start=span[0],
        end=span[1],
    )


CHECK = Check(codes=CODES, find=_find)
