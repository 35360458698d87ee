"""Tables and folds of the Markdown summary, each row with the weight that decides whether it still fits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from validator.model.report import ReportResult
from validator.model.rule import Rules
from validator.model.words import Lang, Severity
from validator.reporters._base import Look
from validator.reporters._entries import (
    Entry,
    absent,
    address,
    entries,
    excerpt,
    in_source,
    is_missing,
)
from validator.reporters._hosted import clipped, repository_path
from validator.reporters._lines import Style
from validator.reporters._markup import code, markup, prose
from validator.reporters._tongue import Tongue

MARKS = {Severity.ERROR: "❌", Severity.WARNING: "⚠️", Severity.INFO: "ℹ️"}
MOST_TEXT = 200
"""Characters of a quoted text or a place."""
MOST_WORDS = 400
"""Characters of a message, a remedy or a model sentence."""
_NOTE = 200
"""Bytes kept for the tags of a report and the line that says how much of it was left out."""


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """One row of a report's tables."""

    severity: Severity
    missing: bool
    row: str


@dataclass(frozen=True, slots=True)
class Fold:
    """The part of one report: its head, and the rows that could be shown."""

    head: str
    items: tuple[Item, ...]
    left_out: int = 0


def table(head: Sequence[str], rows: Iterable[str]) -> str:
    """A table of finished rows."""
    return "".join([row(head), row(["---"] * len(head)), *rows])


def row(cells: Iterable[str]) -> str:
    """A row of cells that are Markdown already."""
    return f"| {' | '.join(cells)} |\n"


def fitted(rows: Iterable[str], room: int) -> list[str]:
    """The first rows that fit into `room` bytes of UTF-8."""
    kept: list[str] = []
    for one in rows:
        room -= len(one.encode())
        if room < 0:
            break
        kept.append(one)
    return kept


def fold(report: ReportResult, rules: Rules, look: Look, tongue: Tongue) -> Fold:
    """Everything that stands about a report that could be read."""
    items = [*_missing(report, rules, tongue), *_findings(report, rules, tongue)]
    counts = tongue.counted({level: report.count(level) for level in Severity})
    # in the summary line of HTML, backticks would be shown as they are
    name = f"<code>{markup(clipped(repository_path(report, look), MOST_TEXT))}</code>"
    head = f"<summary>{name}{tongue.say('：', ': ')}{counts}</summary>\n\n"
    if report.title:
        head += f"{tongue.say('标题：', 'Title: ')}{code(clipped(report.title, MOST_TEXT))}\n\n"
    return Fold(head, tuple(items))


def _missing(report: ReportResult, rules: Rules, tongue: Tongue) -> Iterator[Item]:
    missing = absent(report)
    graded = {
        one.indicator: one for one in report.findings if one.waived is None and is_missing(one, missing)
    }
    for result in report.required:
        finding = graded.get(result.id) if result.id in missing else None
        if finding is None:
            continue
        rule = rules.indicators.get(result.id)
        cells = (
            f"{MARKS[finding.severity]} {prose(result.name.get(tongue.lang))}",
            prose(rule.section) if rule else "",
            prose(clipped(rule.how, MOST_WORDS)) if rule else "",
            prose((rule.owner if rule else "") or result.owner),
        )
        yield Item(finding.severity, True, row(cells))


def _findings(report: ReportResult, rules: Rules, tongue: Tongue) -> Iterator[Item]:
    for one in entries(report):
        yield Item(one.severity, False, row(_cells(one, report, rules, tongue)))


def _cells(one: Entry, report: ReportResult, rules: Rules, tongue: Tongue) -> Iterator[str]:
    lead = one.lead
    places = filter(None, (address(lead, tongue.lang), in_source(lead, report, tongue.lang)))
    yield code(clipped("  ".join(places), MOST_TEXT))
    message = prose(clipped(lead.message.get(tongue.lang), MOST_WORDS))
    yield f"{MARKS[one.severity]} {message} {code(' '.join(one.codes))}"
    around = (f"【{span.text}】" if span.style is Style.MARK else span.text for span in excerpt(lead, report))
    yield code(clipped("".join(around), MOST_TEXT))
    remedy = clipped(lead.remedy.get(tongue.lang), MOST_WORDS)
    rule = rules.indicators.get(lead.indicator or "")
    owner = rule.owner if rule else ""
    ask = tongue.join_short(tongue.label("问", "ask", prose(owner))) if owner not in remedy else ""
    yield prose(remedy) + ask


def chosen(folds: Sequence[Fold], room: int, tongue: Tongue) -> tuple[list[Fold], list[Item]]:
    """The rows that fit into `room` bytes, the most severe first, and those that were left out."""
    order = sorted(
        ((number, item) for number, one in enumerate(folds) for item in one.items),
        key=lambda pair: pair[1].severity.rank,
    )
    heads = {missing: len(_table((), tongue, missing=missing).encode()) for missing in (True, False)}
    kept: dict[int, list[Item]] = {}
    begun: set[tuple[int, bool]] = set()
    for done, (number, item) in enumerate(order):
        room -= len(item.row.encode())
        if number not in kept:
            room -= len(folds[number].head.encode()) + _NOTE
        if (number, item.missing) not in begun:
            room -= heads[item.missing]
        if room < 0:
            return _kept(folds, kept), [one for _, one in order[done:]]
        kept.setdefault(number, []).append(item)
        begun.add((number, item.missing))
    return _kept(folds, kept), []


def _kept(folds: Sequence[Fold], kept: dict[int, list[Item]]) -> list[Fold]:
    """The folds with those of their items that are kept, in the order of reports and places."""
    shown = []
    for number in sorted(kept):
        one, wanted = folds[number], frozenset(kept[number])
        items = tuple(item for item in one.items if item in wanted)
        shown.append(Fold(one.head, items, len(one.items) - len(items)))
    return shown


def _table(rows: Sequence[str], tongue: Tongue, *, missing: bool) -> str:
    count = len(rows)
    if missing:
        title = tongue.say(f"没有提到的指标（{count} 项）", f"Not mentioned ({count})")
        zh, en = ("指标", "应写在", "怎么写", "问谁"), ("indicator", "belongs to", "model sentence", "ask")
    else:
        title = tongue.say(f"要改的地方（{count} 处）", f"To be changed ({count})")
        zh, en = ("位置", "问题", "原文", "怎么改"), ("place", "problem", "text", "what to do")
    return f"**{title}**\n\n{table(en if tongue.lang is Lang.EN else zh, rows)}\n"


def drawn(one: Fold, *, opened: bool, tongue: Tongue) -> str:
    """A fold with its tables."""
    parts = [f"<details{' open' if opened else ''}>\n", one.head]
    for missing in (True, False):
        rows = [item.row for item in one.items if item.missing is missing]
        parts += [_table(rows, tongue, missing=missing)] if rows else []
    if one.left_out:
        count = one.left_out
        parts.append(
            tongue.say(
                f"这份报告还有 {count} 处没有列出。\n\n", f"{count} more of this report not shown.\n\n"
            )
        )
    return "".join([*parts, "</details>\n\n"])
