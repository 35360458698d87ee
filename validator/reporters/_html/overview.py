"""What the page says about many reports together: the matrix, the counts, the account of the files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from validator.model.finding import IndicatorResult
from validator.model.report import LedgerEntry, ReportResult, Run
from validator.model.rule import Rules
from validator.model.words import Status
from validator.reporters._html.story import Shown
from validator.reporters._html.view import ReportView
from validator.reporters._html.words import Sign, status_sign
from validator.reporters._tongue import Tongue

ROOM = 800_000
"""Characters of reports' own text that one page holds: with the marks, about six megabytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """The verdict on one indicator of one report. `href` leads to what is said about it; it is empty for what
    is reported."""

    sign: Sign
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One report in the matrix; `spots` are None where an indicator is not asked for."""

    view: ReportView
    required: int
    reported: int
    spots: tuple[Spot | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """One column of the matrix, and in how many of the reports that are asked it is reported."""

    name: str
    section: str
    asked: int
    reported: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Files that were left for one reason."""

    reason: str
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """What stands before the reports. `signs` are those that the matrix uses."""

    tone: str
    verdict: str
    counts: tuple[tuple[str, str], ...]
    heads: tuple[Head, ...]
    lines: tuple[Line, ...]
    signs: tuple[tuple[Sign, int], ...]
    skipped: tuple[Reason, ...]
    unreadable: tuple[Reason, ...]
    accepted: str
    cut: str


def how_much(reports: Sequence[ReportResult]) -> list[Shown]:
    """How much of each report's text the page holds: all while there is room, else first nothing of
    those without findings, then the places around findings, then nothing of what no longer fits."""
    lengths = [len(one.document.source) if one.document is not None else 0 for one in reports]
    if len(reports) == 1 or sum(lengths) <= ROOM:
        return [Shown.ALL] * len(reports)
    marked = [any(one.location.part != "file" for one in report.findings) for report in reports]
    if sum(length for length, wanted in zip(lengths, marked, strict=True) if wanted) <= ROOM:
        return [Shown.ALL if wanted else Shown.NOTHING for wanted in marked]
    room = ROOM
    done = []
    for report, wanted in zip(reports, marked, strict=True):
        room -= _around(report) if wanted else 0
        done.append(Shown.AROUND if wanted and room >= 0 else Shown.NOTHING)
    return done


def _around(report: ReportResult) -> int:
    """About how many characters stand around the findings of a report."""
    document = report.document
    if document is None:
        return 0
    marked = {one.block for one in report.findings if one.block is not None}
    near = {index + step for index in marked for step in (-1, 0, 1)}
    return sum(len(document.blocks[index].text) for index in near if 0 <= index < len(document.blocks))


def overview(run: Run, views: Sequence[ReportView], rules: Rules, tongue: Tongue) -> Overview:
    """Everything about the run as a whole."""
    required = {one.id: one for report in run.reports for one in report.required}
    order = [one for one in rules.indicators if one in required]
    order += [one for one in required if one not in rules.indicators]
    heads = tuple(_head(required[one], run, rules, tongue) for one in order)
    lines = tuple(_line(report, view, order, tongue) for report, view in zip(run.reports, views, strict=True))
    statuses = [one.status for report in run.reports for one in report.required]
    bad = run.ledger.unreadable or any(one.tone == "bad" for one in views)
    return Overview(
        tone="bad" if bad else "warn" if any(one.tone == "warn" for one in views) else "good",
        verdict=_verdict(run, views, tongue),
        counts=tuple(_counts(run, views, tongue)),
        heads=heads,
        lines=lines,
        signs=tuple(
            (status_sign(one, tongue.lang), statuses.count(one)) for one in Status if one in statuses
        ),
        skipped=_reasons(run.ledger.skipped, tongue),
        unreadable=_reasons(run.ledger.unreadable, tongue),
        accepted=tongue.accepted(run),
        cut=_cut(views, tongue),
    )


def _verdict(run: Run, views: Sequence[ReportView], tongue: Tongue) -> str:
    read = [one for one in views if not one.unread]
    waiting = sum(one.tone == "bad" or one.changes > 0 for one in read)
    unasked = sum(one.unasked for one in read)
    unread = len(views) - len(read)
    zh = [f"{waiting} 份要补要改" if waiting else "都没有发现要改的地方"] if read else []
    en = [f"{waiting} of {len(read)} need work" if waiting else "nothing to change in any"] if read else []
    if owed := sum(one.owed for one in read):
        zh.append(f"共差 {owed} 项指标")
        en.append(f"{owed} indicators to add")
    if changes := sum(one.changes for one in read):
        zh.append(f"要改 {changes} 处")
        en.append(f"{changes} places to change")
    if unasked:
        zh.append(f"{unasked} 份没有查缺项")
        en.append(f"{unasked} not checked for what is missing")
    if unread:
        zh.append(f"{unread} 份没能检查")
        en.append(f"{unread} could not be checked")
    if not views:
        return tongue.say("没有检查任何文件。", "No file was checked.")
    checked = len(run.ledger.checked)
    return tongue.say(f"检查了 {checked} 份：" + "，".join(zh) + "。", f"{checked} checked: {', '.join(en)}.")


def _counts(run: Run, views: Sequence[ReportView], tongue: Tongue) -> list[tuple[str, str]]:
    ledger = run.ledger
    asked = [one for report in run.reports for one in report.required]
    stated = sum(one.status is Status.REPORTED for one in asked)
    unasked = sum(one.unasked for one in views)
    pairs = [
        (tongue.say("找到文件", "files found"), str(ledger.found)),
        (tongue.say("检查了", "checked"), str(len(ledger.checked))),
        (tongue.say("没有问题", "in order"), str(sum(one.tone == "good" for one in views))),
        *((tongue.say("没有查缺项", "nothing required"), str(some)) for some in (unasked,) if some),
        (tongue.say("没读成", "unreadable"), str(len(ledger.unreadable))),
        (tongue.say("跳过", "skipped"), str(len(ledger.skipped))),
    ]
    if asked:
        share, percent = f"{stated}/{len(asked)}", stated * 100 // len(asked)
        pairs.insert(
            3,
            (
                tongue.say("指标已填", "reported"),
                tongue.say(f"{share}（{percent}%）", f"{share} ({percent}%)"),
            ),
        )
    return pairs


def _head(one: IndicatorResult, run: Run, rules: Rules, tongue: Tongue) -> Head:
    rule = rules.indicators.get(one.id)
    statuses = [other.status for report in run.reports for other in report.required if other.id == one.id]
    return Head(
        name=one.name.get(tongue.lang),
        section=rule.section if rule else "",
        asked=len(statuses),
        reported=statuses.count(Status.REPORTED),
    )


def _line(report: ReportResult, view: ReportView, order: Sequence[str], tongue: Tongue) -> Line:
    known = {one.id: one for one in report.indicators if one.required}
    rows = {
        one.id: number
        for number, one in enumerate(sorted(report.indicators, key=lambda one: not one.required))
    }
    return Line(
        view=view,
        required=len(report.required),
        reported=sum(one.status is Status.REPORTED for one in report.required),
        spots=tuple(_spot(known.get(one), view, rows.get(one, 0), tongue) for one in order),
    )


def _spot(one: IndicatorResult | None, view: ReportView, row: int, tongue: Tongue) -> Spot | None:
    if one is None:
        return None
    linked = one.status is not Status.REPORTED
    anchor = f"{view.id}-{'x' if one.id in view.lacking else 'i'}{row}"
    return Spot(sign=status_sign(one.status, tongue.lang), href=anchor if linked else "")


def _reasons(found: Sequence[LedgerEntry], tongue: Tongue) -> tuple[Reason, ...]:
    reasons: dict[str, list[str]] = {}
    for one in found:
        words = tongue.say(one.zh, one.en).removeprefix(one.path).lstrip("：: ")
        reasons.setdefault(words, []).append(one.path)
    return tuple(Reason(reason=reason, paths=tuple(paths)) for reason, paths in sorted(reasons.items()))


def _cut(views: Sequence[ReportView], tongue: Tongue) -> str:
    """What is said where not all text is on the page."""
    around = sum(one.shown is Shown.AROUND for one in views)
    nothing = sum(one.shown is Shown.NOTHING and not one.unread for one in views)
    if not around and not nothing:
        return ""
    zh, en = [], []
    if around:
        zh.append(f"{around} 份只列出问题前后的段落")
        en.append(f"{around} show only what stands around the findings")
    if nothing:
        zh.append(f"{nothing} 份没有列出原文")
        en.append(f"{nothing} do not show their text")
    return tongue.say(
        "报告多，为了让网页打得开："
        + "，".join(zh)
        + "。问题都在清单里，没有少列；要看全文，单独检查那一份。",
        "To keep this page small, "
        + " and ".join(en)
        + ". All findings are in the lists; check a report alone to see its whole text.",
    )
