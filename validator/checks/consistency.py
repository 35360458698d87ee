"""Whether the numbers that a report states agree: by the rules of the packs, and with the differences and
growth rates that stand beside them.

Only actual values of the whole are compared, and only by the digits that are written: 602.3 speaks for
anything from 602.25 to 602.35. What rounding can explain is no finding.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from validator.checks._base import Check, Context
from validator.model.fact import Fact
from validator.model.finding import Code, Finding
from validator.model.rule import ConsistencyRule, Indicator
from validator.model.words import Bilingual, Role, Scope, Severity

if TYPE_CHECKING:
    from validator.text.arithmetic import Interval

CODES = (
    Code(
        id="CON001",
        title=Bilingual("几个数对不上", "numbers do not agree"),
        severity=Severity.WARNING,
        meaning=Bilingual(
            "报告里的几个数互相矛盾，四舍五入也解释不了。",
            "Numbers of the report contradict each other beyond what rounding explains.",
        ),
        bad="招聘新教师120人，其中自主招聘145人。",
        good="招聘新教师120人，其中自主招聘45人。",
        remedy=Bilingual("核对这几个数，改正写错的那个。", "Check these numbers and mend the wrong one."),
    ),
    Code(
        id="CON002",
        title=Bilingual("增减的数算不出来", "a difference or growth rate that does not follow"),
        severity=Severity.ERROR,
        meaning=Bilingual(
            "写了今年的数、上期的数和增减，可是按前两个数算不出这个增减。",
            "This value, the earlier one and the change are all stated, and the change does not follow.",
        ),
        bad="中考人均总分602.3分，比上年（598.1分）净增4.1分。",
        good="中考人均总分602.3分，比上年（598.1分）净增4.2分。",
        remedy=Bilingual("重新算一遍，改正写错的那个数。", "Work it out again and mend the wrong number."),
    ),
)
_ALL = {code.id: code for code in CODES}
_ANOTHER_BASE = ("年", "同比", "环比", "去年", "同期")
_ADJUSTED = ("可比", "不变价", "同口径", "剔除", "扣除", "名义", "实际增长", "年均")
_VAGUE = ("近", "约", "超", "超过", "余", "多", "以上", "不低于", "左右", "以内", "突破", "以下")


def _find(context: Context) -> Iterator[Finding]:
    facts = [one for one in context.reading.facts if one.value is not None and one.scope is Scope.WHOLE]
    values = _values(facts)
    for rule in context.rules.consistency:
        if rule.claim in values:
            yield from _rule(rule, values, context)
    for chain in _chains(facts):
        yield from _chain(chain, context)


def _finding(code: str, fact: Fact, message: Bilingual) -> Finding:
    known = _ALL[code]
    return Finding(
        code=code,
        severity=known.severity,
        message=message,
        remedy=known.remedy,
        location=fact.location,
        text=fact.text,
        indicator=fact.indicator,
    )


# ── rules of the packs ───────────────────────────────────────────────────────
def _values(facts: Iterable[Fact]) -> dict[str, Fact]:
    """The one actual value of each indicator; one that is stated with two values is not used."""
    found: dict[str, Fact | None] = {}
    for fact in facts:
        if fact.role is Role.ACTUAL and not _vague(fact):
            known = found.setdefault(fact.indicator, fact)
            if known is not None and (known.value, known.year) != (fact.value, fact.year):
                found[fact.indicator] = None
    return {indicator: fact for indicator, fact in found.items() if fact is not None}


def verdict(rule: ConsistencyRule, facts: Iterable[Fact]) -> str:
    """What a rule says of these facts: consistent, rounding, wrong, or unknown where a number is missing."""
    whole = [one for one in facts if one.value is not None and one.scope is Scope.WHOLE]
    judged = _judged(rule, _values(whole))
    return judged[0] if judged else "unknown"


def _vague(fact: Fact) -> bool:
    """Whether the number is said to be about, above or below the truth: 近三成, 120人以上."""
    before = fact.text.removesuffix(fact.value_text)
    return fact.qualifier in _VAGUE or before.endswith(_VAGUE)


def _judged(rule: ConsistencyRule, values: dict[str, Fact]) -> tuple[str, Sequence[Fact], Interval] | None:
    """The answer, the facts used (the claim first) and the computed value; None where one is missing."""
    from validator.text.arithmetic import compare, parse

    expression = parse(rule.expression)
    names = [rule.claim, *expression.names]
    if any(name not in values for name in names):
        return None
    used = [values[name] for name in names]
    if len({one.year for one in used if one.year is not None}) > 1:
        return None
    computed = expression.value({name: _interval(values[name]) for name in names})
    if computed is None:
        return None
    return compare(_interval(used[0]).or_cut(), computed, rule.relation).value, used, computed


def _interval(fact: Fact) -> Interval:
    from validator.text.arithmetic import written

    return written(fact.value or 0.0, fact.value_text)


def _exactly(fact: Fact) -> Interval:
    from validator.text.arithmetic import Interval as Range

    scaled = any(scale in fact.value_text for scale in "万亿")
    return _interval(fact) if scaled else Range.of(Fraction(str(fact.value or 0)))


def _rule(rule: ConsistencyRule, values: dict[str, Fact], context: Context) -> Iterator[Finding]:
    judged = _judged(rule, values)
    if judged is None or judged[0] != "wrong":
        return
    _, used, computed = judged
    zh = "，".join(f"{_name(one, context).zh}{one.value_text}" for one in used)
    en = ", ".join(f"{_name(one, context).en} {one.value_text}" for one in used)
    signs = {"=": ("应为", "should be"), "<=": ("不应大于", "at most"), ">=": ("不应小于", "at least")}
    sign = signs[rule.relation]
    span = _shown(computed)
    message = Bilingual(
        f"数对不上：{zh}。{rule.note.zh}，{_name(used[0], context).zh}{sign[0]}{span}",
        f"numbers do not agree: {en}. {rule.note.en}; {_name(used[0], context).en} {sign[1]} {span}",
    )
    yield _finding("CON001", used[0], message)


def _name(fact: Fact, context: Context) -> Bilingual:
    return context.rules.indicators[fact.indicator].name


def _shown(interval: Interval) -> str:
    """The interval as one would say it: a whole number, or a number or range with what matters of digits."""
    low, high = float(interval.low), float(interval.high)
    if interval.low == interval.high or f"{low:.4g}" == f"{high:.4g}":
        return f"{float(interval.exact):.6g}"
    return f"{low:.4g}–{high:.4g}"


# ── a value, the one before, and the change ──────────────────────────────────
def _chains(facts: Sequence[Fact]) -> Iterator[list[Fact]]:
    """Statements of one indicator that begin with the same name in the text."""
    groups: dict[tuple[object, ...], list[Fact]] = {}
    for fact in facts:
        place = fact.location
        key = (fact.indicator, place.part, place.line, place.column, place.table, place.row)
        groups.setdefault(key, []).append(fact)
    return (group for group in groups.values() if len(group) > 2)


def _chain(chain: Sequence[Fact], context: Context) -> Iterator[Finding]:
    now = [one for one in chain if one.role is Role.ACTUAL]
    before = [one for one in chain if one.role is Role.PREVIOUS]
    changes = [one for one in chain if one.role is Role.CHANGE and one.of is Role.ACTUAL]
    rule = context.rules.indicators[chain[0].indicator]
    if len(now) != 1 or len(before) != 1 or rule.kind == "rank" or rule.growth:
        return
    if any(_vague(one) for one in (*now, *before)):
        return
    for change in changes:
        if not _vague(change) and _same_base(before[0], change):
            yield from _change(now[0], before[0], change, rule)


def _same_base(before: Fact, change: Fact) -> bool:
    """Whether the change is one from that earlier value: 由1.8平方米提高到2.5平方米，今年增长3% is not."""
    _, found, after = change.text.partition(before.value_text)
    between = after if found else change.text
    return not any(word in between for word in (*_ANOTHER_BASE, *_ADJUSTED))


def _change(now: Fact, before: Fact, change: Fact, rule: Indicator) -> Iterator[Finding]:
    from validator.text.arithmetic import Answer, compare

    sign = -1 if change.direction == "down" else 1
    ways = list(_ways(now, before, change, rule))
    if not ways or any(compare(stated.times(sign), due) is not Answer.WRONG for stated, due, _ in ways):
        return
    _, due, unit = ways[0]
    falls = due.exact < 0
    size = _shown(-due if falls else due)
    message = Bilingual(
        f"{rule.name.zh}从{before.value_text}到{now.value_text}，应{'减少' if falls else '增加'}{size}{unit}，"
        f"却写了{'减少' if sign < 0 else '增加'}{change.value_text}",
        f"{rule.name.en} went from {before.value_text} to {now.value_text}, {'down' if falls else 'up'} "
        f"{size}{unit}, not {'down' if sign < 0 else 'up'} {change.value_text}",
    )
    yield _finding("CON002", change, message)


def _ways(now: Fact, before: Fact, change: Fact, rule: Indicator) -> Iterator[tuple[Interval, Interval, str]]:
    """The ways in which the unit of a change can be meant: what is stated, what is due, and the unit."""
    from validator.text.arithmetic import Interval as Range
    from validator.text.units import convert, family, fits, split

    # A score or a count is what it says; only what is measured or valued stands for a range.
    read = _exactly if rule.kind in ("score", "count") else _interval
    stated, high, low = _interval(change), read(now), read(before)
    scale, plain = split(change.unit)
    group = family(plain)
    if low.low > 0 and not rule.constant_price:
        growth = high / low - Range.of(1)
        if group == "percent":
            yield stated, growth.times(100), "%"
        elif group == "multiple":
            yield stated, growth, "倍"
            yield stated, high / low, "倍"
    if rule.unit == "%" and group == "points":
        yield stated, high - low, "个百分点"
    elif rule.unit != "%" and group not in ("percent", "points", "multiple") and fits(plain, rule.unit):
        factor = convert(Fraction(scale), plain, rule.unit)
        yield stated.times(factor), high - low, rule.unit


CHECK = Check(codes=CODES, find=_find)
