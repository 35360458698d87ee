"""The page that says how far the reports are, how the list is used, and which files were not checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from validator.model.report import LedgerEntry, ReportResult, Run
from validator.model.rule import Rules
from validator.model.words import Status
from validator.reporters._base import Look
from validator.reporters._tongue import Tongue
from validator.reporters._xlsx_book import Cell, Paint, Row
from validator.reporters._xlsx_missing import Wanted

WIDTHS = (30, 90, 10, 10)
_USE = (
    ("按“责任股室”列筛选，可以只看、只打印一个股室的；打印时每个股室另起一页。",
     "Filter by office to see or print one; in print every office starts on a page of its own."),
    ("黄色格里填数：只写数字，单位就是右边一格的单位。例句里的数字只是举例，不要照抄。",
     "Fill in the yellow cells: the number only, in the unit to the right. Model numbers are examples."),
    ("请用筛选，不要排序：点到黄色格时出现的提示不会跟着排序走。",
     "Filter rather than sort: the hints of the yellow cells do not move along."),
    ("数填齐后改到报告里，再检查一次。程序不读这张表。",
     "Then write the numbers into the report and check it again. This list is not read back."),
)  # fmt: skip


def totals(run: Run, missing: Wanted, tongue: Tongue) -> str:
    """`应报 45 项，已填 1 项，还缺 44 项`, with what was accepted and the reports without a profile."""
    required = sum(len(report.required) for report in run.reports)
    stated = _stated(run.reports)
    text = tongue.say(
        f"应报 {required} 项，已填 {stated} 项，还缺 {len(missing.rows)} 项",
        f"{required} required, {stated} reported, {len(missing.rows)} missing",
    )
    if missing.accepted:
        text += tongue.say(
            f"（另有 {missing.accepted} 项已豁免，没有列出）",
            f" ({missing.accepted} accepted, not listed)",
        )
    without = sum(report.profile is None and report.document is not None for report in run.reports)
    if without:
        text += tongue.say(
            f"；{without} 份没有要求清单，没有查缺报", f"; nothing is required of {without} without a profile"
        )
    return text


def about(run: Run, rules: Rules, look: Look, missing: Wanted | None) -> Iterator[Row]:
    """The rows of the page; `missing` is None where only facts were read."""
    tongue = Tongue(look)
    yield Row((Cell(tongue.say("说明", "About this file"), Paint.TITLE),))
    if missing is not None:
        yield _pair(tongue.say("填报情况", "state"), totals(run, missing, tongue))
        yield _pair(tongue.say("要求清单", "profile"), _profiles(run, rules, tongue))
        for number, (zh, en) in enumerate(_USE, 1):
            yield _pair(
                tongue.say("怎么用", "how to use") if number == 1 else "", f"{number}. {tongue.say(zh, en)}"
            )
    yield _pair(tongue.say("文件", "files"), _files(run, tongue))
    yield _pair(tongue.say("生成程序", "made by"), f"validator {look.version}".strip())
    if missing is not None:
        yield from _offices(missing, tongue)
        if len(run.reports) > 1:
            yield from _reports(run, tongue)
    yield from _left(run.ledger.unreadable, tongue.say("没读成的文件", "unreadable files"), tongue)
    yield from _left(run.ledger.skipped, tongue.say("跳过的文件", "skipped files"), tongue)


def _pair(label: str, text: str) -> Row:
    return Row((Cell(label, Paint.STRONG), Cell(text)))


def _head(*titles: str) -> Iterator[Row]:
    yield Row(())
    yield Row([Cell(one, Paint.HEAD) for one in titles])


def _stated(reports: Sequence[ReportResult]) -> int:
    return sum(one.status is Status.REPORTED for report in reports for one in report.required)


def _profiles(run: Run, rules: Rules, tongue: Tongue) -> str:
    used = dict.fromkeys(report.profile for report in run.reports if report.profile is not None)
    names = [rules.profiles[one].name.get(tongue.lang) if one in rules.profiles else one for one in used]
    return tongue.say("、", ", ").join(names) or tongue.no_profile


def _files(run: Run, tongue: Tongue) -> str:
    ledger = run.ledger
    return tongue.say(
        f"找到 {ledger.found} 份，检查了 {len(ledger.checked)} 份，"
        f"跳过 {len(ledger.skipped)} 份，没读成 {len(ledger.unreadable)} 份",
        f"{ledger.found} found, {len(ledger.checked)} checked, "
        f"{len(ledger.skipped)} skipped, {len(ledger.unreadable)} unreadable",
    )


def _offices(missing: Wanted, tongue: Tongue) -> Iterator[Row]:
    counts = Counter(one.owner for one in missing.rows)
    if not counts:
        return
    yield from _head(tongue.say("责任股室", "office"), tongue.say("还缺几项", "missing"))
    for owner, count in counts.items():
        yield Row((Cell(owner or tongue.say("（未指定）", "(none)")), Cell(count, Paint.LEFT)))


def _reports(run: Run, tongue: Tongue) -> Iterator[Row]:
    yield from _head(
        tongue.say("要求清单", "profile"),
        tongue.say("报告", "report"),
        tongue.say("应报", "required"),
        tongue.say("已填", "reported"),
    )
    for report in run.reports:
        numbers = (len(report.required), _stated([report]))
        yield Row(
            (
                Cell(report.profile or tongue.say("（没有）", "(none)"), Paint.CENTRE),
                Cell(report.path),
                *(Cell(number, Paint.CENTRE) for number in numbers),
            )
        )


def _left(entries: Sequence[LedgerEntry], title: str, tongue: Tongue) -> Iterator[Row]:
    if not entries:
        return
    yield from _head(title, tongue.say("原因", "reason"))
    for one in entries:
        reason = tongue.say(one.zh, one.en).removeprefix(one.path).lstrip("：: ")
        yield Row((Cell(one.path), Cell(reason)))
