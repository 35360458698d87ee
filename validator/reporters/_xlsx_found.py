"""The sheets of what was found: every finding that stands, and every number that is stated."""

from __future__ import annotations

from collections.abc import Iterator

from validator.model.fact import Fact
from validator.model.report import ReportResult, Run
from validator.model.rule import Rules
from validator.model.words import Bilingual, Lang, Role, Severity
from validator.reporters._base import Look
from validator.reporters._entries import address, excerpt, in_source
from validator.reporters._facts import listed, number
from validator.reporters._lines import Style
from validator.reporters._summary import merged
from validator.reporters._tongue import Tongue
from validator.reporters._xlsx_book import CODE, FILE, Book, Cell, Column, Paint, Row, heading

_SEVERITIES = {
    Severity.ERROR: (Bilingual("错误", "error"), Paint.RED),
    Severity.WARNING: (Bilingual("警告", "warning"), Paint.YELLOW),
    Severity.INFO: (Bilingual("提示", "note"), Paint.BLUE),
}
_ROLES = {
    Role.ACTUAL: Bilingual("实际", "actual"),
    Role.PREVIOUS: Bilingual("上期", "previous"),
    Role.TARGET: Bilingual("目标", "target"),
    Role.CHANGE: Bilingual("增减", "change"),
}
_FINDINGS = (
    FILE,
    Column(Bilingual("位置", "place"), 28),
    CODE,
    Column(Bilingual("轻重", "severity"), 9),
    Column(Bilingual("问题", "what is wrong"), 36),
    Column(Bilingual("原文", "text"), 40),
    Column(Bilingual("怎么改", "what to do"), 44),
)
_FACTS = (
    FILE,
    Column(Bilingual("指标", "indicator"), 26),
    Column(Bilingual("类别", "role"), 12),
    Column(Bilingual("数值", "value"), 15),
    Column(Bilingual("单位", "unit"), 10),
    Column(Bilingual("年份", "year"), 8),
    Column(Bilingual("报告里的写法", "as written"), 18),
    Column(Bilingual("原句", "sentence"), 46),
    Column(Bilingual("位置", "place"), 28),
)
_SCOPE = Column(Bilingual("范围", "scope"), 10)


def findings_sheet(book: Book, run: Run, tongue: Tongue) -> None:
    count = sum(one.waived is None for report in run.reports for one in report.findings)
    counts = {level: run.count(level) for level in Severity}
    note = tongue.counted(counts, always=(Severity.ERROR, Severity.WARNING)) + tongue.say("。", ".")
    if merged(run, tongue):
        note += tongue.say(
            "同一处可能有几条（如既是占位符、又是没填数的指标），改一次就都好了；"
            f"在屏幕上和网页里，{merged(run, tongue)}。",
            f" One place may have several, and one change settles them. On the screen and the page, "
            f"{merged(run, tongue)}.",
        )
    sheet = book.table(
        tongue.say("要改的地方", "To change"),
        heading(tongue.say(f"要改的地方（{count} 条）", f"To change ({count})"), run, tongue),
        note,
        _FINDINGS,
        _finding_rows(run, tongue),
    )
    if not count:
        book.done(sheet, tongue.say("没有发现问题。", "Nothing was found."))


def _finding_rows(run: Run, tongue: Tongue) -> Iterator[Row]:
    path: str | None = None
    for report in run.reports:
        for one in report.findings:
            if one.waived is not None:
                continue
            word, paint = _SEVERITIES[one.severity]
            where = (address(one, tongue.lang), in_source(one, report, tongue.lang))
            text = "".join(
                f"【{span.text}】" if span.style is Style.MARK else span.text for span in excerpt(one, report)
            )
            cells = (
                Cell(report.path, Paint.SMALL),
                Cell(" ".join(filter(None, where))),
                Cell(one.code, Paint.CENTRE),
                Cell(word.get(tongue.lang), paint),
                Cell(one.message.get(tongue.lang)),
                Cell(text),
                Cell(one.remedy.get(tongue.lang)),
            )
            yield Row(cells, first=path is not None and path != report.path)
            path = report.path


def facts_sheet(book: Book, run: Run, rules: Rules, look: Look) -> None:
    tongue = Tongue(look)
    columns = (*_FACTS, *((_SCOPE,) if look.all_scopes else ()))
    found = list(listed(run, rules, look))
    sheet = book.table(
        tongue.say("已填的数", "Stated"),
        heading(tongue.say(f"已填的数（{len(found)} 个）", f"What is stated ({len(found)})"), run, tongue),
        tongue.say(
            "报告里写出来的数。数值已换算成这一列的单位；增减是“比上年”的差，降为负数。",
            "The numbers that the reports state, in the unit beside them; a fall is negative.",
        ),
        columns,
        (_fact_row(report, fact, rules, look) for report, fact in found),
    )
    if not found:
        book.done(sheet, tongue.say("没有读到数。", "No number was found."))


def _fact_row(report: ReportResult, fact: Fact, rules: Rules, look: Look) -> Row:
    lang = look.lang
    rule = rules.indicators.get(fact.indicator)
    role = _ROLES[fact.role].get(lang)
    if fact.of is Role.TARGET:
        role += "（目标）" if lang is not Lang.EN else " (target)"
    value = number(fact.value)
    paint = Paint.DECIMAL if isinstance(value, float) else Paint.NUMBER
    if fact.direction is not None and value is not None:
        # a table may write the sign beside the number, and a fall is a fall only once
        value, paint = (-abs(value) if fact.direction == "down" else abs(value)), Paint.SIGNED
    cells = [
        Cell(report.path, Paint.SMALL),
        Cell(rule.name.get(lang) if rule else fact.indicator, Paint.STRONG),
        Cell(role, Paint.CENTRE),
        Cell(value, paint),
        Cell(fact.unit, Paint.CENTRE),
        Cell(fact.year, Paint.YEAR),
        Cell(fact.value_text),
        Cell(fact.text),
        Cell(fact.location.address(lang)),
    ]
    if look.all_scopes:
        cells.append(Cell(fact.scope.value, Paint.CENTRE))
    return Row(cells)
