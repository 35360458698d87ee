"""Why numbers were taken or left: every mention of an indicator with what was made of it."""

from __future__ import annotations

from collections.abc import Iterator

from validator.model.fact import Attempt, Outcome
from validator.model.report import ReportResult, Run
from validator.model.rule import Rules
from validator.reporters._base import Look
from validator.reporters._facts import place_record
from validator.reporters._lines import Line, Span, Style, line
from validator.reporters._tongue import Tongue

_TAKEN = {
    "level": ("取为数值", "taken as the value"),
    "milestone": ("取为跨过的关口", "taken as a milestone passed"),
    "change": ("取为增减", "taken as a change"),
    "previous": ("取为上期的数", "taken as the value of an earlier period"),
    "growth": ("取为增速", "taken as the growth rate"),
    "slot": ("取为数值（写法里的数字位置）", "taken as the value (the number inside the wording)"),
    "before": ("取为数值（数在名称前）", "taken as the value (the number before the name)"),
    "hole": ("这里是占位或空白，记为没填", "a placeholder or blank stands in its place"),
    "variant": ("取为另一种说法", "taken as another form of the value"),
    "range": ("取为范围的另一端", "taken as the other end of a range"),
}


def why_lines(run: Run, rules: Rules, look: Look, tongue: Tongue) -> Iterator[Line]:
    """By report and indicator, in the order of the text."""
    for report in run.reports:
        if report.document is None:
            continue
        yield line(Span(report.path, Style.TITLE))
        groups = _groups(report, rules, look)
        if not groups:
            yield line(Span(tongue.say("没有提到", "not mentioned"), Style.DIM), indent=2)
        for indicator, attempts in groups.items():
            name = rules.indicators[indicator].name.get(tongue.lang)
            yield line(Span(f"{name}  ", Style.SECTION), Span(indicator, Style.DIM), indent=2)
            for attempt in attempts:
                yield from _attempt(attempt, rules, tongue)
        yield line()


def _groups(report: ReportResult, rules: Rules, look: Look) -> dict[str, list[Attempt]]:
    wanted = list(rules.indicators) if look.indicator is None else [look.indicator]
    found = {
        one: [attempt for attempt in report.attempts if attempt.indicator == one and _is_told(attempt, look)]
        for one in wanted
    }
    return {one: attempts for one, attempts in found.items() if attempts}


def _is_told(attempt: Attempt, look: Look) -> bool:
    """A continuation without its indicator is everywhere (占, 增长): it is told only when asked for one."""
    return attempt.outcome is not Outcome.UNFOUNDED or look.indicator is not None


def _attempt(attempt: Attempt, rules: Rules, tongue: Tongue) -> Iterator[Line]:
    taken = attempt.outcome is Outcome.TAKEN
    mark = tongue.ok if taken else "-"
    between = f"【{attempt.between}】" if attempt.between else " "
    number = f"{between}{attempt.number}" if attempt.number else ""
    yield line(
        Span(f"{mark} ", Style.OK if taken else Style.DIM),
        Span(attempt.name, Style.TITLE),
        number,
        Span(f"  {attempt.location.address(tongue.lang)}", Style.DIM),
        indent=4,
        hang=4,
    )
    yield line(Span(_reason(attempt, rules, tongue), Style.OK if taken else Style.WARNING), indent=8, hang=2)
    if attempt.context != attempt.name:
        yield line(Span(f"…{attempt.context}…", Style.DIM), indent=8, hang=2)


def _reason(attempt: Attempt, rules: Rules, tongue: Tongue) -> str:
    detail, say = attempt.detail, tongue.say
    other = rules.indicators.get(detail)
    match attempt.outcome:
        case Outcome.TAKEN:
            known = _TAKEN.get(detail)
            words = say(*known) if known else say("取自表格", "taken from a table")
            wording = say(f"；写法：{attempt.wording}", f"; wording: {attempt.wording}")
            return words + (wording if attempt.wording else "")
        case Outcome.GAP:
            return say(
                f"没取：名称和数之间有不认识的“{detail}”；如果确是它的数，把这些字写进 wordings",
                f"left: “{detail}” between name and number is not known; if the number is its own, "
                "put the words into wordings",
            )
        case Outcome.SUBJECT:
            return say("没取：中间换了说的对象", "left: something else is named in between")
        case Outcome.MISFIT:
            return say(
                f"没取：单位“{detail}”或前面的字眼与这个指标不合",
                f"left: the unit “{detail}” or the words before it do not fit the indicator",
            )
        case Outcome.ALONE:
            return say("没取：附近没有可用的数", "left: no number within reach")
        case Outcome.TRAP:
            return say(f"不是它：“{detail}”在 not 里", f"something else: “{detail}” is listed under not")
        case Outcome.SHADOWED:
            name = other.name.get(tongue.lang) if other else detail
            return say(f"不是它：这几个字属于“{name}”", f"something else: the words belong to “{name}”")
        case Outcome.LOOSE:
            return say(
                "没取：前面的字像这个指标，但不是它的任何一种写法",
                "left: the words are like the indicator's, but none of its wordings",
            )
        case Outcome.UNFOUNDED:
            return say("承接词，前面没有提到对应的指标", "a continuation, its indicator was not named before")


def why_records(run: Run, rules: Rules, look: Look) -> Iterator[dict[str, object]]:
    """One record an attempt, for machines."""
    for report in run.reports:
        for attempts in _groups(report, rules, look).values():
            for one in attempts:
                yield {
                    "path": report.path,
                    "indicator": one.indicator,
                    "outcome": one.outcome.value,
                    "name": one.name,
                    "wording": one.wording,
                    "between": one.between,
                    "number": one.number,
                    "detail": one.detail,
                    "context": one.context,
                    "location": place_record(one.location, look.lang),
                }
