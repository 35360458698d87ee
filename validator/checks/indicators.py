"""Indicators: what the profile requires must be stated, as a number, in the right unit.

Asks the fact table, never the text. A missing indicator is placed at the heading of the section where
it belongs, or at the title where there is no such section.
"""

from __future__ import annotations

from collections.abc import Iterator

from validator.checks._base import Check, Context
from validator.model.fact import Fact
from validator.model.finding import Code, Finding, IndicatorResult
from validator.model.location import Location
from validator.model.rule import Indicator
from validator.model.words import Bilingual, Role, Scope, Severity, Status
from validator.text.width import quoted


def _code(number: int, title: Bilingual, meaning: Bilingual, bad: str, good: str, remedy: Bilingual) -> Code:
    severity = Severity.WARNING if number in (5, 6) else Severity.ERROR
    return Code(
        id=f"IND{number:03}",
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
        Bilingual("缺少必报指标", "A required indicator is missing"),
        Bilingual(
            "要求清单里的指标，全文没有提到。",
            "The report does not name an indicator that the profile requires.",
        ),
        "（全文没有“人均体育场地面积”）",
        "人均体育场地面积2.35平方米。",
        Bilingual(
            "在所属章节补写一句，写明数字和单位。",
            "Add a sentence with number and unit to the section where it belongs.",
        ),
    ),
    _code(
        2,
        Bilingual("提到了指标，没有数字", "An indicator is named without a number"),
        Bilingual(
            "只有定性描述，没有给出数值。", "The report names the indicator and gives no value for it."
        ),
        "高考一本上线人数稳步提升。",
        "高考一本上线人数812人，比上年增加46人。",
        Bilingual("补上具体数字。", "Add the number."),
    ),
    _code(
        3,
        Bilingual("必报指标的数字还是占位符", "A placeholder stands for a required number"),
        Bilingual(
            "必报指标的数值处是 X、** 等符号。",
            "A sign stands where the value of a required indicator belongs.",
        ),
        "高考一本上线人数X人。",
        "高考一本上线人数812人。",
        Bilingual("换成真实数字。", "Write the real number."),
    ),
    _code(
        4,
        Bilingual("必报指标的数字处是空白", "A required number is blank"),
        Bilingual(
            "必报指标的数值处什么也没有。", "Nothing stands where the value of a required indicator belongs."
        ),
        "校建项目投入约   亿元。",
        "校建项目投入约1.2亿元。",
        Bilingual("填上真实数字。", "Fill in the real number."),
    ),
    _code(
        5,
        Bilingual("数字没有写单位", "The number has no unit"),
        Bilingual("指标后面有数字，但没有单位，读者无法判断大小。", "A value is stated without its unit."),
        "人均体育场地面积达到2.35。",
        "人均体育场地面积达到2.35平方米。",
        Bilingual("补上单位。", "Add the unit."),
    ),
    _code(
        6,
        Bilingual("数值超出合理范围", "The value is out of range"),
        Bilingual(
            "数值明显不合常理，例如比例超过100%。", "The value cannot be right, such as a share over 100%."
        ),
        "公共体育场馆开放率1000%。",
        "公共体育场馆开放率100%。",
        Bilingual("核对数字和单位。", "Check the number and its unit."),
    ),
    _code(
        7,
        Bilingual("同一指标前后矛盾", "Two values for one indicator"),
        Bilingual(
            "同一年度、同一指标出现了两个不同的数值。", "One indicator has two different values for one year."
        ),
        "在校学生5.26万人。……在校学生5.62万人。",
        "在校学生5.26万人。……在校学生5.26万人。",
        Bilingual("核对后改成一致。", "Check them and make them the same."),
    ),
    _code(
        8,
        Bilingual("缺少配套数值", "A required companion is missing"),
        Bilingual(
            "要求同时写明的增减幅、上年值或位次没有写。",
            "A change, previous value or rank that must go with it is missing.",
        ),
        "体育场地面积112万平方米。",
        "体育场地面积112万平方米，增长5.3%。",
        Bilingual("补上配套数值。", "Add the companion value."),
    ),
)
_BY_ID = {code.id: code for code in CODES}
_BY_STATUS = {
    Status.ABSENT: "IND001",
    Status.NO_VALUE: "IND002",
    Status.PLACEHOLDER: "IND003",
    Status.BLANK: "IND004",
    Status.CONFLICTING: "IND007",
}
_ROLES = {
    "actual": Bilingual("实际数", "actual value"),
    "target": Bilingual("计划数", "planned value"),
    "previous": Bilingual("往年数", "earlier value"),
    "change": Bilingual("增减幅", "change"),
}
_COMPANION = {
    "change": Bilingual("增减幅", "change"),
    "previous": Bilingual("上年值", "previous value"),
    "rank": Bilingual("位次", "rank"),
}


def find(context: Context) -> Iterator[Finding]:
    """Findings on every indicator that the profile requires."""
    for result in context.indicators:
        if not result.required or result.status is Status.NOT_APPLICABLE:
            continue
        rule = context.rules.indicators[result.id]
        code = _BY_STATUS.get(result.status)
        if code is not None:
            yield _status(context, result, rule, _BY_ID[code])
        yield from _values(result, rule)
        if result.status is Status.REPORTED:
            yield from _companions(context, result, rule)


def _status(context: Context, result: IndicatorResult, rule: Indicator, code: Code) -> Finding:
    name_zh, name_en = rule.name
    owner_zh = f"（责任股室：{rule.owner}）" if rule.owner else ""
    owner_en = f" (ask {rule.owner})" if rule.owner else ""
    role = "（计划数）" if result.role == "target" else ""
    place, text, span = _place(context, result, rule)
    if code.id == "IND001":
        where = place.section[-1] if place.section else rule.section
        message = Bilingual(f"缺少{quoted(name_zh)}{role}", f"{name_en!r} is missing")
        remedy = Bilingual(
            f"请在“{where}”部分写明，例如：{rule.how}{owner_zh}",
            f"State it in the section {where!r}, such as: {rule.how}{owner_en}",
        )
    elif code.id == "IND002":
        message = _without(result, name_zh, name_en, role)
        remedy = Bilingual(
            f"请补上数字，例如：{rule.how}{owner_zh}", f"Add the number, such as: {rule.how}{owner_en}"
        )
    elif code.id == "IND007":
        values = "、".join(dict.fromkeys(one.value_text for one in _counting(result)))
        message = Bilingual(
            f"{quoted(name_zh)}前后矛盾：{values}", f"{name_en!r} has several values: {values}"
        )
        remedy = Bilingual(f"请核对后改成一致{owner_zh}", f"Check them and make them the same{owner_en}")
    else:
        message = Bilingual(f"{quoted(name_zh)}还没有填数", f"the number of {name_en!r} is missing")
        remedy = Bilingual(
            f"请填写真实数字，例如：{rule.how}{owner_zh}", f"Write the number, such as: {rule.how}{owner_en}"
        )
    return Finding(
        code=code.id,
        severity=code.severity,
        message=message,
        remedy=remedy,
        location=place,
        text=text,
        indicator=rule.id,
        block=span[0],
        start=span[1],
        end=span[2],
    )


def _without(result: IndicatorResult, name_zh: str, name_en: str, role: str) -> Bilingual:
    """Named without a number, or with a number of another role: say which one is there."""
    other = next((one for one in result.facts if one.value is not None and one.scope is Scope.WHOLE), None)
    if other is None:
        return Bilingual(
            f"提到了{quoted(name_zh)}{role}，但没有写出数字", f"{name_en!r} is named without a number"
        )
    wanted = _ROLES.get(result.role, _ROLES["actual"])
    there = _ROLES[other.role.value]
    return Bilingual(
        f"{quoted(name_zh)}只写了{there.zh}（{other.value_text}），没有写{wanted.zh}",
        f"{name_en!r} has only {there.en} ({other.value_text}) and no {wanted.en}",
    )


def _counting(result: IndicatorResult) -> list[Fact]:
    return [
        one
        for one in result.facts
        if one.value is not None
        and one.scope is Scope.WHOLE
        and (one.role.value == result.role or (result.role == "target" and one.role is Role.TARGET))
    ]


def _place(
    context: Context, result: IndicatorResult, rule: Indicator
) -> tuple[Location, str, tuple[int | None, int, int]]:
    """Where the finding belongs: the hole, the mention, else the section, else the title."""
    holes = [one.hole for one in result.facts if one.hole is not None]
    if result.status in (Status.PLACEHOLDER, Status.BLANK) and holes:
        hole = holes[0]
        return hole.location, hole.text, (hole.block, hole.start, hole.end)
    if result.status is Status.CONFLICTING:
        fact = _counting(result)[-1]
        return fact.location, fact.text, (None, 0, 0)
    for mention in context.reading.mentions:
        if mention.indicator == rule.id and result.status is Status.NO_VALUE:
            return mention.location, mention.text, (None, 0, 0)
    for fact in result.facts:
        if result.status is Status.NO_VALUE:
            return fact.location, fact.text, (None, 0, 0)
    return _section(context, result, rule), "", (None, 0, 0)


def _section(context: Context, result: IndicatorResult, rule: Indicator) -> Location:
    """Where it belongs: the section of most of its kin, else one of its name, else the title."""
    domain = rule.id.partition(".")[0]
    plan = result.role == "target"
    siblings = [
        fact.location
        for fact in context.reading.facts
        if fact.indicator.startswith(domain + ".")
        and (fact.role is Role.TARGET) == plan
        and fact.location.section
    ]
    blocks = context.document.blocks
    if siblings:
        sections = [place.section for place in siblings]
        most = max(dict.fromkeys(sections), key=sections.count)
        return next(place for place in siblings if place.section == most)
    for index, block in enumerate(blocks):
        heading = block.section[-1] if block.section else ""
        if block.states and block.text and len(rule.section) > 1 and rule.section in heading:
            return context.document.locate(index, 0, 0)
    first = next((index for index, block in enumerate(blocks) if block.states and block.text.strip()), None)
    return context.document.locate(first, 0, 0) if first is not None else Location()


def _values(result: IndicatorResult, rule: Indicator) -> Iterator[Finding]:
    low, high = rule.range
    for fact in _counting(result):
        if fact.value is None:
            continue
        if (low is not None and fact.value < low) or (high is not None and fact.value > high):
            yield _about(
                fact,
                rule,
                "IND006",
                Bilingual(
                    f"{quoted(rule.name.zh)}的数值{fact.value_text}超出合理范围",
                    f"{rule.name.en!r}: {fact.value_text} is out of range",
                ),
            )
        elif (
            fact.via == "level"
            and rule.kind != "rank"
            and not any(not one.isdigit() and one not in ".,， " for one in fact.value_text)
        ):
            yield _about(
                fact,
                rule,
                "IND005",
                Bilingual(
                    f"{quoted(rule.name.zh)}的数值{fact.value_text}没有写单位（{rule.unit}）",
                    f"{rule.name.en!r}: {fact.value_text} has no unit ({rule.unit})",
                ),
            )


def _about(fact: Fact, rule: Indicator, code: str, message: Bilingual) -> Finding:
    owner = f"（责任股室：{rule.owner}）" if rule.owner else ""
    remedy = _BY_ID[code].remedy
    return Finding(
        code=code,
        severity=_BY_ID[code].severity,
        message=message,
        remedy=Bilingual(remedy.zh.rstrip("。") + owner, remedy.en),
        location=fact.location,
        text=fact.text,
        indicator=rule.id,
    )


def _companions(context: Context, result: IndicatorResult, rule: Indicator) -> Iterator[Finding]:
    requirement = (
        next((one for one in context.profile.require if one.indicator == rule.id), None)
        if context.profile
        else None
    )
    for wanted in requirement.companions if requirement else ():
        if any(one.role.value == wanted and one.value is not None for one in result.facts):
            continue
        what = _COMPANION.get(wanted, Bilingual(wanted, wanted))
        fact = result.facts[0]
        yield _about(
            fact,
            rule,
            "IND008",
            Bilingual(f"{quoted(rule.name.zh)}缺少{what.zh}", f"{rule.name.en!r} lacks its {what.en}"),
        )


CHECK = Check(codes=CODES, find=find)
