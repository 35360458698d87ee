"""Placeholders: what a drafter left where a number, a name or a date belongs.

Every hole that the reading found becomes one finding at its place. A hole that stands for the number
of an indicator says so, with the office that knows the number and a model sentence. What a reader does
not see (comments, hidden or deleted text, properties) is a warning.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from validator.checks._base import Check, Context
from validator.model.fact import Hole
from validator.model.finding import Code, Finding
from validator.model.words import Bilingual, Severity
from validator.text.width import quoted


def _code(
    number: int,
    title: Bilingual,
    meaning: Bilingual,
    bad: str,
    good: str,
    remedy: Bilingual,
    severity: Severity = Severity.ERROR,
) -> Code:
    return Code(
        id=f"PLC{number:03}",
        title=title,
        severity=severity,
        meaning=meaning,
        bad=bad,
        good=good,
        remedy=remedy,
    )


CODES = (
    _code(
        1,
        Bilingual("用 X、×、* 等符号代替的内容", "Letters or signs in place of content"),
        Bilingual(
            "起草时用 X、XX、×、**、N 等符号占位，提交前没有换成真实数字或名称。",
            "X, XX, ×, ** or N was left where a number or a word belongs.",
        ),
        "高考一本上线人数X人。",
        "高考一本上线人数812人。",
        Bilingual(
            "换成真实数字或名称；确实没有数据的，改写这句话。",
            "Write the real number or name, or reword the sentence.",
        ),
    ),
    _code(
        2,
        Bilingual("留空未填", "A blank that was not filled in"),
        Bilingual(
            "该写数字、日期的地方是空格、下划线或空括号。",
            "Blanks, underscores or empty brackets stand where a number or a date belongs.",
        ),
        "投入约     亿元，占（  ）%。",
        "投入约1.2亿元，占91.5%。",
        Bilingual("填上真实数字。", "Fill in the real number."),
    ),
    _code(
        3,
        Bilingual("“待补充”一类字样", "A to-do word"),
        Bilingual(
            "“待补充”“待核实”“待定”“TBD”等提醒自己的话留在了正式文本里。",
            "A note to oneself such as 待补充, 待定 or TBD is still in the text.",
        ),
        "在校学生【待补充】人。",
        "在校学生5.2万人。",
        Bilingual("补上数据，并删去提醒字样。", "Add the data and delete the note."),
    ),
    _code(
        4,
        Bilingual("模板字段或填写说明", "A template field or instruction"),
        Bilingual(
            "模板里的字段（<学校数>、{{金额}}、[数量]）或“此处填写”一类说明没有替换。",
            "A field such as <学校数>, {{amount}} or an instruction such as 此处填写 was not replaced.",
        ),
        "各级各类学校<学校数>所。",
        "各级各类学校138所。",
        Bilingual("换成真实内容。", "Replace it with the real content."),
    ),
    _code(
        5,
        Bilingual("地名、单位名、人名没有替换", "An anonymised name"),
        Bilingual(
            "X县、××小学、某某中学：模板隐去的名称没有换成本地名称。",
            "X县, ××小学, 某某中学: a name that the template hid was not put in.",
        ),
        "X县教科体局2023年工作总结",
        "河西县教科体局2023年工作总结",
        Bilingual("换成真实名称。", "Write the real name."),
    ),
    _code(
        6,
        Bilingual("日期没有写全", "An unfinished date"),
        Bilingual(
            "20XX年、X月X日、  年  月  日：日期没有填写。",
            "20XX年, X月X日 and the like: the date was not filled in.",
        ),
        "20XX年X月X日",
        "2023年12月20日",
        Bilingual("填上准确日期。", "Write the exact date."),
    ),
    _code(
        7,
        Bilingual("数字残缺", "A damaged number"),
        Bilingual(
            "数字被换行、页码断开，或混进了年份、多余的点、乱码（5↵2、05.3万元，8.↵3%，20230%，20022年），"
            "已读不出原数。多见于从网页、PDF 复制来的文字。",
            "A line break or a page number stands inside the number, or a year, a stray dot or garbage ran into "
            "it (20230%, 20022年): what it was cannot be read any more. Often text copied from web pages or PDF.",
        ),
        "体育场馆开放率达20230%。",
        "体育场馆开放率达100%。",
        Bilingual("对照原件，改回原来的数字。", "Restore the number from the original."),
        Severity.WARNING,
    ),
)
_BY_ID = {code.id: code for code in CODES}
_DAMAGED = "PLC007"
_NO_NUMBER = frozenset({"PLC005", "PLC006"})
"""A name or a date stands for itself: what the reading tied it to still has its own number, or its own hole."""


def find(context: Context) -> Iterator[Finding]:
    """One finding for each hole."""
    for found in context.reading.holes:
        code = _BY_ID.get(found.code, CODES[0])
        hole = replace(found, indicator=None) if code.id in _NO_NUMBER else found
        visible = context.document.blocks[hole.block].visible and hole.location.part not in (
            "comment",
            "deleted",
        )
        message, remedy = _words(context, hole, code)
        yield Finding(
            code=code.id,
            severity=code.severity if visible else Severity.WARNING,
            message=message,
            remedy=remedy,
            location=hole.location,
            text=hole.text,
            indicator=hole.indicator,
            block=hole.block,
            start=hole.start,
            end=hole.end,
        )


def _words(context: Context, hole: Hole, code: Code) -> tuple[Bilingual, Bilingual]:
    shown = hole.text.strip()
    zh = f"占位符“{shown}”" if shown else "此处空白"
    en = f"placeholder {shown!r}" if shown else "blank"
    if code.id == _DAMAGED:
        zh, en = f"“{shown}”", repr(shown)
    if hole.indicator is None or code.id == _DAMAGED:
        return (
            Bilingual(f"{zh}：{code.title.zh}", f"{en}: {code.title.en}"),
            code.remedy,
        )
    rule = context.rules.indicators[hole.indicator]
    owner_zh = f"（责任股室：{rule.owner}）" if rule.owner else ""
    owner_en = f" (ask {rule.owner})" if rule.owner else ""
    return (
        Bilingual(
            f"{zh}：{quoted(rule.name.zh)}还没有填数", f"{en}: the number of {rule.name.en!r} is missing"
        ),
        Bilingual(
            f"请填写真实数字，例如：{rule.how}{owner_zh}", f"Write the number, such as: {rule.how}{owner_en}"
        ),
    )


CHECK = Check(codes=CODES, find=find)
