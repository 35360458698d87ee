"""For people: what is missing, what is left to fill in and what must go, with the place and the remedy."""

from __future__ import annotations

from collections.abc import Iterator

from validator.model.finding import Finding, IndicatorResult
from validator.model.report import ReportResult, Run
from validator.model.rule import Rules
from validator.model.words import Severity, Status
from validator.reporters._base import Look, Reporter
from validator.reporters._blocks import block_lines
from validator.reporters._entries import (
    Entry,
    absent,
    address,
    by_address,
    entries,
    excerpt,
    in_source,
    is_missing,
)
from validator.reporters._factlist import fact_lines, value_words
from validator.reporters._lines import Line, Span, Style, draw, line
from validator.reporters._summary import summary
from validator.reporters._tongue import Tongue
from validator.reporters._why import why_lines

_STATUS_WORDS = (
    (Status.REPORTED, "已填", "reported"),
    (Status.PLACEHOLDER, "占位", "placeholder"),
    (Status.BLANK, "空白", "blank"),
    (Status.NO_VALUE, "有名无数", "without a number"),
    (Status.ABSENT, "未提及", "not mentioned"),
    (Status.CONFLICTING, "矛盾", "conflicting"),
)
_STYLES = {Severity.ERROR: Style.ERROR, Severity.WARNING: Style.WARNING, Severity.INFO: Style.INFO}


def _check(run: Run, rules: Rules, look: Look) -> str:
    tongue = Tongue(look)
    lines = [one for report in run.reports for one in _report(report, rules, look, tongue)]
    return draw([*lines, *summary(run, rules, look, tongue)], look)


def _facts(run: Run, rules: Rules, look: Look) -> str:
    lines = why_lines if look.explain else fact_lines
    return draw(lines(run, rules, look, Tongue(look)), look)


def _read(run: Run, _rules: Rules, look: Look) -> str:
    return draw(block_lines(run, Tongue(look)), look)


def _report(report: ReportResult, rules: Rules, look: Look, tongue: Tongue) -> Iterator[Line]:
    standing = [one for one in report.findings if one.waived is None]
    if not standing and not look.verbose:
        yield _clean(report, tongue)
        return
    if report.document is None:
        yield from _unread(report, standing, tongue)
        return
    yield line(Span(report.path, Style.TITLE))
    yield from _head(report, rules, tongue)
    if look.verbose:
        yield from _reported(report, tongue)
    yield from _missing(report, rules, tongue)
    yield from _listed(report, rules, tongue, entries(report))
    yield from _waived(report, look, tongue)
    yield line()


def _clean(report: ReportResult, tongue: Tongue) -> Line:
    if report.profile is None:
        what = tongue.say(
            "没有发现问题；未指定要求清单，没有查缺报", "nothing found; no profile, so nothing was required"
        )
    else:
        count = len(report.required)
        stated = sum(one.status is Status.REPORTED for one in report.required)
        what = (
            tongue.say(
                f"没有发现问题，应报 {count} 项全部已填", f"nothing found, all {count} required are reported"
            )
            if stated == count
            else tongue.say(
                f"没有新的问题，应报 {count} 项，已填 {stated} 项",
                f"nothing new, {stated} of {count} required are reported",
            )
        )
    waived = len(report.findings)
    if waived:
        what += tongue.say(f"（已豁免 {waived} 处）", f" ({waived} waived)")
    return line(
        Span(tongue.ok, Style.OK), " ", Span(report.path, Style.TITLE), tongue.say("：", ": "), what, hang=2
    )


def _unread(report: ReportResult, standing: list[Finding], tongue: Tongue) -> Iterator[Line]:
    yield line(Span(report.path, Style.TITLE))
    for one in standing:
        mark = Span(tongue.mark(one.severity), _STYLES[one.severity])
        yield line(
            mark, " ", one.message.get(tongue.lang), Span(f"  {one.code}", Style.DIM), indent=2, hang=2
        )
        yield line(f"{tongue.arrow} ", one.remedy.get(tongue.lang), indent=4, hang=3)
    yield line()


def _head(report: ReportResult, rules: Rules, tongue: Tongue) -> Iterator[Line]:
    if report.title:
        yield line(tongue.say("标题：", "title: "), report.title, indent=2, hang=6)
    if report.profile is None:
        yield line(tongue.no_profile, indent=2, hang=2)
        return
    name = rules.profiles[report.profile].name.get(tongue.lang) if report.profile in rules.profiles else ""
    yield line(tongue.say("要求：", "profile: "), f"{name} ({report.profile})".strip(), indent=2, hang=6)
    yield line(Span(completeness(report, tongue), Style.TITLE), indent=2, hang=2)


def completeness(report: ReportResult, tongue: Tongue) -> str:
    """`应报 45 项：已填 1，占位 42，未提及 2`: how many are reported, then every count that is not zero."""
    counts = {status: sum(one.status is status for one in report.required) for status, _, _ in _STATUS_WORDS}
    shown = [words for words in _STATUS_WORDS if words[0] is Status.REPORTED or counts[words[0]]]
    zh = "，".join(f"{word} {counts[status]}" for status, word, _ in shown)
    en = ", ".join(f"{counts[status]} {word}" for status, _, word in shown)
    apart = sum(one.required and one.status is Status.NOT_APPLICABLE for one in report.indicators)
    text = tongue.say(f"应报 {len(report.required)} 项：{zh}", f"{len(report.required)} required: {en}")
    return text + (tongue.say(f"（另有 {apart} 项不适用）", f" ({apart} not applicable)") if apart else "")


def _reported(report: ReportResult, tongue: Tongue) -> Iterator[Line]:
    found = [one for one in report.indicators if one.status is Status.REPORTED]
    if found:
        yield line()
        yield line(
            Span(tongue.say(f"已填的指标（{len(found)} 项）", f"Reported ({len(found)})"), Style.SECTION)
        )
    for one in found:
        stated = [fact for fact in one.facts if fact.value is not None]
        values = tongue.say("；", "; ").join(value_words(fact, tongue) for fact in stated)
        where = f"  {stated[0].location.address(tongue.lang)}" if stated else ""
        mark = Span(f"{tongue.ok} ", Style.OK)
        yield line(mark, one.name.get(tongue.lang), " ", values, Span(where, Style.DIM), indent=2, hang=2)


def _missing(report: ReportResult, rules: Rules, tongue: Tongue) -> Iterator[Line]:
    missing = absent(report)
    graded = {
        one.indicator: one for one in report.findings if one.waived is None and is_missing(one, missing)
    }
    listed = [one for one in report.required if one.id in missing and one.id in graded]
    if not listed:
        return
    yield line()
    code = min(graded[one.id].code for one in listed)
    heading = tongue.say(f"没有提到的指标（{len(listed)} 项）", f"Not mentioned ({len(listed)})")
    yield line(Span(heading, Style.SECTION), Span(f"  {code}", Style.DIM))
    sections: dict[str, list[IndicatorResult]] = {}
    for result in listed:
        rule = rules.indicators.get(result.id)
        where = _belongs(graded[result.id], rule.section if rule else "", tongue)
        sections.setdefault(where, []).append(result)
    for section, results in sections.items():
        if section:
            yield line(Span(tongue.label("应写在", "belongs to", section), Style.TITLE), indent=1, hang=2)
        for result in results:
            yield _missing_one(result, graded[result.id], rules, tongue)


def _belongs(finding: Finding, theme: str, tongue: Tongue) -> str:
    """The headings of the report above the place, and the indicator's theme where they do not name it."""
    headings = " > ".join(finding.location.section)
    if not headings or not theme or theme in headings:
        return headings or theme
    return headings + tongue.say(f"，{theme}部分", f", on {theme}")


def _missing_one(result: IndicatorResult, finding: Finding, rules: Rules, tongue: Tongue) -> Line:
    rule = rules.indicators.get(result.id)
    ask = tongue.join_short(tongue.label("问", "ask", (rule.owner if rule else "") or result.owner))
    how = f" {tongue.arrow} {rule.how}" if rule and rule.how else ""
    mark = Span(f"{tongue.mark(finding.severity)} ", _STYLES[finding.severity])
    return line(mark, result.name.get(tongue.lang), Span(ask, Style.DIM), how, indent=2, hang=4)


def _listed(report: ReportResult, rules: Rules, tongue: Tongue, found: list[Entry]) -> Iterator[Line]:
    if not found:
        return
    yield line()
    yield line(
        Span(tongue.say(f"要改的地方（{len(found)} 处）", f"To be changed ({len(found)})"), Style.SECTION)
    )
    for words, group in by_address(found, tongue.lang):
        yield line(Span(words, Style.TITLE), indent=1, hang=2)
        for one in group:
            yield from _entry(one, report, rules, tongue)


def _entry(one: Entry, report: ReportResult, rules: Rules, tongue: Tongue) -> Iterator[Line]:
    lead = one.lead
    where = in_source(lead, report, tongue.lang)
    yield line(
        Span(f"{tongue.mark(one.severity)} ", _STYLES[one.severity]),
        f"{where}  " if where else "",
        lead.message.get(tongue.lang),
        Span("  " + " ".join(one.codes), Style.DIM),
        indent=2,
        hang=2,
    )
    if around := excerpt(lead, report):
        yield line(*around, indent=4)
    remedy = lead.remedy.get(tongue.lang)
    rule = rules.indicators.get(lead.indicator or "")
    owner = rule.owner if rule else ""
    ask = tongue.join_short(tongue.label("问", "ask", owner)) if owner and owner not in remedy else ""
    if remedy or ask:
        yield line(f"{tongue.arrow} ", remedy, ask, indent=4, hang=3)


def _waived(report: ReportResult, look: Look, tongue: Tongue) -> Iterator[Line]:
    found = entries(report, waived=True)
    if not found:
        return
    yield line()
    more = "" if look.verbose else tongue.say("，加 --verbose 列出", "; --verbose lists them")
    heading = tongue.say(f"已豁免 {len(found)} 处{more}", f"{len(found)} waived{more}")
    yield line(Span(heading, Style.DIM))
    for one in found if look.verbose else ():
        place = " ".join(
            filter(None, (address(one.lead, tongue.lang), in_source(one.lead, report, tongue.lang)))
        )
        codes = " ".join(one.codes)
        yield line(
            f"{place}  {codes}  ", tongue.label("原因", "reason", one.lead.waived or ""), indent=2, hang=2
        )


REPORTER = Reporter(
    name="console",
    hosted=False,
    media_type="text/plain",
    suffixes=(".txt",),
    check=_check,
    facts=_facts,
    read=_read,
)
