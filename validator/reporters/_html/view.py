"""What the page says about one report, ready to be drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from validator.model.finding import Finding, IndicatorResult
from validator.model.report import ReportResult
from validator.model.rule import Rules
from validator.model.words import Severity, Status
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
from validator.reporters._html.flow import Node
from validator.reporters._html.indicators import Missing, Row, missing_groups, owed, rows
from validator.reporters._html.story import Shown, Story
from validator.reporters._html.words import Sign, severity_sign, status_sign, waived_sign
from validator.reporters._lines import Style
from validator.reporters._tongue import WAYS, Tongue


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A finding's code and its own message."""

    code: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryView:
    """All findings at one place, as an entry of a list. `href` leads to the place in the text, if shown."""

    id: str
    href: str
    number: int
    sign: Sign
    message: str
    others: tuple[str, ...]
    told: tuple[Told, ...]
    around: tuple[tuple[str, bool], ...]
    remedy: str
    ask: str
    source: str
    place: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """How complete one section is: the counts that are not zero, and the same as words."""

    name: str
    total: int
    reported: int
    parts: tuple[tuple[Sign, int, int], ...]
    """Sign, where the part begins, and how many indicators it holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportView:
    """One report."""

    id: str
    path: str
    title: str
    profile: str
    unread: bool
    tone: str
    verdict: str
    detail: str
    lacking: frozenset[str]
    changes: int
    bars: tuple[Bar, ...]
    missing: Sequence[tuple[str, Sequence[Missing]]]
    rows: Sequence[Row]
    groups: Sequence[tuple[str, Sequence[EntryView]]]
    waived: Sequence[EntryView]
    nodes: Sequence[Node]
    shown: Shown
    asked: bool = True
    counts: str = ""
    merged: str = ""

    @property
    def unasked(self) -> bool:
        """Whether it was read, but no list of requirements says what should be in it."""
        return not self.unread and not self.asked

    @property
    def owed(self) -> int:
        """How many required indicators are still to be stated."""
        return len(self.lacking)


def report_view(
    report: ReportResult,
    rules: Rules,
    tongue: Tongue,
    prefix: str = "",
    shown: Shown = Shown.ALL,
    *,
    brief: bool = False,
) -> ReportView:
    """Everything about one report; `prefix` stands before all its anchors. A `brief` one says nothing
    twice: its table has no rows for what is in the list of what is missing."""
    found, accepted = entries(report), entries(report, waived=True)
    story = Story(report, tongue, prefix, found, accepted, shown)
    gone = absent(report)
    graded = [one for one in report.findings if one.waived is None and is_missing(one, gone)]
    lacking = owed(report)
    changes = sum(one.severity is not Severity.INFO for one in found)
    profile = rules.profiles.get(report.profile or "")
    groups, number = [], 0
    for words, group in by_address(found, tongue.lang):
        views = [_entry(one, report, rules, tongue, story, number + at + 1) for at, one in enumerate(group)]
        number += len(views)
        groups.append((words, views))
    unread = report.document is None
    return ReportView(
        id=prefix.rstrip("-"),
        path=report.path,
        title=report.title,
        profile=profile.name.get(tongue.lang) if profile else "",
        unread=unread,
        tone=_tone(report, lacking, changes),
        verdict=_verdict(report, len(lacking), changes, tongue),
        detail=_detail(report, found, lacking, tongue),
        changes=changes,
        bars=tuple(_bars(report, rules, tongue))[: 1 if brief else None],
        missing=missing_groups(lacking, graded, rules, tongue, story),
        rows=rows(report, rules, tongue, story, without=lacking if brief else ()),
        groups=groups,
        waived=[_waived(one, report, rules, tongue, story, at + 1) for at, one in enumerate(accepted)],
        nodes=story.nodes(lacking),
        lacking=frozenset(one.id for one in lacking),
        shown=shown if report.document is not None else Shown.NOTHING,
        counts=tongue.places(Counter(one.severity for one in found)),
        asked=_asked(report),
        merged=_merged(found, tongue),
    )


def _asked(report: ReportResult) -> bool:
    """Whether there is anything that the report must state."""
    return report.profile is not None or bool(report.required)


def _tone(report: ReportResult, lacking: Sequence[IndicatorResult], changes: int) -> str:
    """The colour: green only where everything was looked at and is in order."""
    if report.document is None or lacking or report.count(Severity.ERROR):
        return "bad"
    return "good" if _asked(report) and not changes else "warn"


def _merged(found: Sequence[Entry], tongue: Tongue) -> str:
    """That an entry may stand for several findings, which other formats count one by one."""
    total = sum(len(one.findings) for one in found)
    if total == len(found):
        return ""
    return tongue.say(
        f"同一处有几个问题的合成一条：{total} 个问题，{len(found)} 处。",
        f"Findings at one place are one entry: {total} findings in {len(found)} places.",
    )


def _verdict(report: ReportResult, lacking: int, changes: int, tongue: Tongue) -> str:
    """One sentence for the clerk."""
    if report.document is None and report.findings:
        return tongue.say("这份文件没能检查。", "This file could not be checked.")
    zh, en = [], []
    if lacking:
        zh.append(f"还差 {lacking} 项指标")
        en.append(f"{lacking} indicators to add")
    if changes:
        zh.append(f"要改 {changes} 处")
        en.append(f"{changes} places to change")
    if zh:
        return tongue.say("，".join(zh) + "。", ", ".join(en) + ".")
    if not _asked(report):
        return tongue.say(
            "没有发现要改的地方，但没有查缺项。",
            "Nothing to change was found; what is missing was not checked.",
        )
    if any(one.status is not Status.REPORTED for one in report.required):
        return tongue.say(
            "没有发现要改的地方，没报的已豁免。", "Nothing to change was found; what is missing is accepted."
        )
    return tongue.say(
        "该报的都报了，没有发现要改的地方。", "Nothing is missing, and nothing to change was found."
    )


def _detail(
    report: ReportResult, found: Sequence[Entry], lacking: Sequence[IndicatorResult], tongue: Tongue
) -> str:
    """What stands below the sentence: what it counts twice, the notes, and what was not looked at."""
    parts = []
    listed = {told.indicator for one in found for told in one.findings if told.code.startswith("IND")}
    if both := sum(one.id in listed for one in lacking):
        parts.append(
            tongue.say(
                f"{len(lacking)} 项里有 {both} 项文中已经提到，只是没有填好数，要改的地方里已包括。",
                f"{both} of the {len(lacking)} are mentioned without a figure: they are among the places.",
            )
        )
    if notes := sum(one.severity is Severity.INFO for one in found):
        parts.append(tongue.say(f"另有 {notes} 条提示，供参考。", f"Notes besides: {notes}."))
    if report.document is not None and not _asked(report):
        parts.append(
            tongue.say(
                "没有适用的要求清单，所以没有查缺哪些指标。",
                "No list of requirements applies, so nothing was asked for.",
            )
        )
    return tongue.say("", " ").join(parts)


def _bars(report: ReportResult, rules: Rules, tongue: Tongue) -> Iterator[Bar]:
    """All required indicators together, then by the section where they belong."""
    asked = report.required
    if not asked:
        return
    sections: dict[str, list[Status]] = {}
    for one in asked:
        rule = rules.indicators.get(one.id)
        name = (rule.section if rule else "") or tongue.say("其他", "other")
        sections.setdefault(name, []).append(one.status)
    yield _bar(tongue.say("合计", "all"), [one.status for one in asked], tongue)
    for name, statuses in sections.items():
        yield _bar(name, statuses, tongue)


def _bar(name: str, statuses: Sequence[Status], tongue: Tongue) -> Bar:
    parts, done = [], 0
    for status in Status:
        if count := statuses.count(status):
            parts.append((status_sign(status, tongue.lang), done, count))
            done += count
    return Bar(name=name, total=done, reported=statuses.count(Status.REPORTED), parts=tuple(parts))


def _entry(
    entry: Entry, report: ReportResult, rules: Rules, tongue: Tongue, story: Story, number: int
) -> EntryView:
    lead = entry.lead
    remedy = lead.remedy.get(tongue.lang)
    rule = rules.indicators.get(lead.indicator or "")
    owner = rule.owner if rule else ""
    return EntryView(
        id=story.entry_id(number),
        href=story.mark_of(number),
        number=number,
        sign=severity_sign(entry.severity, tongue.lang),
        message=lead.message.get(tongue.lang),
        others=_others(entry, lead, tongue),
        told=tuple(Told(code=one.code, message=one.message.get(tongue.lang)) for one in entry.findings),
        around=tuple((one.text, one.style is Style.MARK) for one in excerpt(lead, report)),
        remedy=remedy,
        ask=tongue.label("问", "ask", owner) if owner not in remedy else "",
        source=in_source(lead, report, tongue.lang),
    )


def _waived(
    entry: Entry, report: ReportResult, rules: Rules, tongue: Tongue, story: Story, number: int
) -> EntryView:
    view = _entry(entry, report, rules, tongue, story, -number)
    lead = entry.lead
    way = WAYS[lead.waived_by].get(tongue.lang) if lead.waived_by in WAYS else ""
    reason = tongue.label("原因", "reason", lead.waived or "")
    return EntryView(
        **{name: getattr(view, name) for name in EntryView.__slots__ if name not in _OWN},
        sign=waived_sign(tongue.lang),
        number=number,
        place=address(lead, tongue.lang),
        reason=tongue.say("，", ", ").join(filter(None, (way, reason))),
    )


_OWN = frozenset({"sign", "number", "place", "reason"})


def _others(entry: Entry, lead: Finding, tongue: Tongue) -> tuple[str, ...]:
    """What else is wrong at the place. That an indicator has no number says already that a sign is there."""
    told: Iterable[Finding] = (one for one in entry.findings if one is not lead)
    if lead.code.startswith("IND"):
        told = (one for one in told if not one.code.startswith("PLC"))
    words = dict.fromkeys(one.message.get(tongue.lang) for one in told)
    return tuple(one for one in words if one != lead.message.get(tongue.lang))
