"""Percentages that cannot be: a share above 100 %, a fall by more than 100 %.

Only shares of a whole are judged (覆盖率, 入学率, 合格率, 占比 …). Rates that may pass 100 % (毛入学率, 完成率,
增长率) and growth are left alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from validator.checks._base import Check, Context
from validator.model.finding import Code, Finding
from validator.model.words import Bilingual, Severity
from validator.text.fold import fold
from validator.text.lazy import lazy

CODES = (
    Code(
        id="CON006",
        title=Bilingual("不可能的百分比", "an impossible percentage"),
        severity=Severity.ERROR,
        meaning=Bilingual(
            "一部分占整体的比例超过了100%，或者下降超过了100%。",
            "A share of a whole is above 100 %, or something falls by more than 100 %.",
        ),
        bad="普惠性幼儿园覆盖率达到192.5%。",
        good="普惠性幼儿园覆盖率达到92.5%。",
        remedy=Bilingual(
            "核对这个百分比，多半是多打了数字或漏了小数点。", "Check it: a digit too many, or a lost point."
        ),
    ),
)
_SHARE = (
    "覆盖率|普及率|净入学率|巩固率|合格率|及格率|优秀率|优良率|达标率|录取率|通过率|入园率(?<!毛入园率)|就业率|满意率|满意度|知晓率"
    "|开放率|参保率|参与率|出勤率|到位率|办结率|占比|所占比例|比例|比重|公办率|城镇化率|(?<!覆绿)绿化率|森林覆盖率|优良天数比率"
)
_VERB = "(?:为|是|达到|达|提高到|提高至|提升到|提升至|上升到|升至|保持在|稳定在|超过|突破|约为|约|的)*"
_ABOVE = lazy(rf"(?:{_SHARE}){_VERB}(?P<value>[1-9]\d{{2,4}}(?:\.\d+)?)[%％](?!以上的?增)")
_FALL = lazy(r"(?:下降|减少|降低|缩减|压减|下滑)(?:了|约|近|超过|超)?(?P<value>[1-9]\d{2,4}(?:\.\d+)?)[%％]")
_NO_SHARE = ("增长", "增幅", "完成", "毛入", "提高了", "同比", "超额", "倍", "入库")
_BEFORE = 12
_HUNDRED = 100.0


def _find(context: Context) -> Iterator[Finding]:
    for index, block in enumerate(context.document.blocks):
        if not block.states or ("%" not in block.text and "％" not in block.text):
            continue
        folded = fold(block.text)
        for pattern in (_ABOVE, _FALL):
            for match in pattern.finditer(folded.text):
                before = folded.text[max(0, match.start() - _BEFORE) : match.start("value")]
                value = float(match["value"])
                if value <= _HUNDRED or (pattern is _ABOVE and any(word in before for word in _NO_SHARE)):
                    continue
                yield _finding(context, index, *folded.span(match.start(), match.end()))


def _finding(context: Context, index: int, start: int, end: int) -> Finding:
    code = CODES[0]
    text = context.document.blocks[index].text[start:end]
    return Finding(
        code=code.id,
        severity=code.severity,
        message=Bilingual(f"“{text}”不可能超过100%", f"“{text}” cannot be above 100 %"),
        remedy=code.remedy,
        location=context.document.locate(index, start, end),
        text=text,
        block=index,
        start=start,
        end=end,
    )


CHECK = Check(codes=CODES, find=_find)
