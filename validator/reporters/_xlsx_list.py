"""The sheet of missing numbers: an empty cell for each, with its unit and what may be written there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from validator.model.report import Run
from validator.model.words import Bilingual, Role, Status
from validator.reporters._facts import number
from validator.reporters._tongue import Tongue
from validator.reporters._xlsx_about import totals
from validator.reporters._xlsx_book import (
    CODE,
    FILE,
    FIRST,
    Book,
    Cell,
    Column,
    Paint,
    Row,
    Sheet,
    cell_text,
    heading,
)
from validator.reporters._xlsx_missing import Missing, Wanted, place_words, slots, written
from validator.reporters._xlsx_units import Asked, asked

_STATUSES = {
    Status.PLACEHOLDER: (Bilingual("占位", "placeholder"), Paint.ORANGE),
    Status.BLANK: (Bilingual("空白", "blank"), Paint.YELLOW),
    Status.NO_VALUE: (Bilingual("有名无数", "no number"), Paint.BLUE),
    Status.ABSENT: (Bilingual("未提及", "not mentioned"), Paint.RED),
    Status.CONFLICTING: (Bilingual("矛盾", "conflicting"), Paint.PURPLE),
}
_FILL = 6
_COLUMNS = (
    Column(Bilingual("责任股室", "office"), 12),
    Column(Bilingual("指标", "indicator"), 22),
    Column(Bilingual("所在章节", "section"), 20),
    Column(Bilingual("状态", "status"), 11),
    Column(Bilingual("报告里现在写的", "the report says now"), 36),
    Column(Bilingual("应写成（数字是举例）", "model sentence (example)"), 28),
    Column(Bilingual("填数", "number"), 13),
    Column(Bilingual("单位", "unit"), 9),
    Column(Bilingual("备注", "remarks"), 14),
)
_AREAS = 500
"""Rows that share one rule of validation; more would make one attribute of the file very long."""


def missing_sheet(book: Book, run: Run, missing: Wanted, tongue: Tongue) -> None:
    several = len(run.reports) > 1
    columns = (*_COLUMNS, *((FILE,) if several else ()), CODE)
    units = [_asked(one) for one in missing.rows]
    rows = _missing_rows(missing.rows, units, tongue, several=several)
    note = totals(run, missing, tongue) + tongue.say("。", ".")
    if missing.rows:
        note += tongue.say(
            "请在黄色格里填数（只写数字，单位见右边一格），填好后交回。",
            " Fill in the yellow cells (the number only, in the unit to the right).",
        )
    sheet = book.table(
        tongue.say("缺项清单", "Missing"),
        heading(tongue.say("缺项清单", "What is missing"), run, tongue),
        note,
        columns,
        rows,
    )
    if not missing.rows:
        book.done(sheet, _nothing(run, missing, tongue))
    _page_breaks(sheet, missing.rows)
    _validate(sheet, missing.rows, units, tongue)


def _nothing(run: Run, missing: Wanted, tongue: Tongue) -> str:
    if not any(report.required for report in run.reports):
        if run.ledger.unreadable and not run.ledger.checked:
            return tongue.say("没有一份报告读成，见“说明”。", "No report could be read; see the last sheet.")
        return tongue.no_profile
    if missing.accepted:
        return tongue.say("没有新的缺项。", "Nothing new is missing.")
    return tongue.say("应报的数全部已填，没有缺项。", "All that is required is reported; nothing is missing.")


def _asked(one: Missing) -> Asked:
    return asked(one.rule, slots(one)) if one.rule else Asked("", None, None)


def _missing_rows(
    missing: Sequence[Missing], units: Sequence[Asked], tongue: Tongue, *, several: bool
) -> Iterator[Row]:
    owner: str | None = None
    for one, unit in zip(missing, units, strict=True):
        word, paint = _STATUSES[one.result.status]
        cells = [
            Cell(one.owner or tongue.say("（未指定）", "(none)"), Paint.STRONG),
            Cell(_name(one, tongue), Paint.STRONG),
            Cell(place_words(one, tongue.lang)),
            Cell(word.get(tongue.lang), paint),
            Cell(written(one, tongue)),
            Cell(one.rule.how if one.rule else ""),
            Cell(None, Paint.FILL),
            Cell(unit.unit, Paint.CENTRE),
            Cell(None, Paint.REMARK),
        ]
        if several:
            cells.append(Cell(one.report.path, Paint.SMALL))
        cells.append(Cell(one.finding.code if one.finding else "", Paint.SMALL))
        yield Row(cells, first=owner is not None and one.owner != owner)
        owner = one.owner


def _name(one: Missing, tongue: Tongue) -> str:
    planned = tongue.say("（计划数）", " (planned)") if one.result.role == Role.TARGET.value else ""
    return one.result.name.get(tongue.lang) + planned


def _page_breaks(sheet: Sheet, missing: Sequence[Missing]) -> None:
    """Every office gets pages of its own, to be handed over."""
    starts = (at for at in range(1, sheet.rows) if missing[at].owner != missing[at - 1].owner)
    sheet.sheet.set_h_pagebreaks([FIRST + at for at in starts])


def _validate(sheet: Sheet, missing: Sequence[Missing], units: Sequence[Asked], tongue: Tongue) -> None:
    alike: dict[tuple[str, Asked], list[int]] = defaultdict(list)
    for at in range(sheet.rows):
        alike[_name(missing[at], tongue), units[at]].append(FIRST + at)
    for (name, unit), rows in alike.items():
        options = {**_limits(unit), **_hints(name, unit, tongue)}
        for start in range(0, len(rows), _AREAS):
            some = rows[start : start + _AREAS]
            areas = {"multi_range": " ".join(f"G{row + 1}" for row in some)} if len(some) > 1 else {}
            sheet.sheet.data_validation(some[0], _FILL, some[0], _FILL, options | areas)


def _limits(unit: Asked) -> dict[str, Any]:
    if unit.low is not None and unit.high is not None:
        return {"validate": "decimal", "criteria": "between", "minimum": unit.low, "maximum": unit.high}
    if unit.high is not None:
        return {"validate": "decimal", "criteria": "<=", "value": unit.high}
    return {"validate": "decimal", "criteria": ">=", "value": unit.low or 0.0}


def _hints(name: str, unit: Asked, tongue: Tongue) -> dict[str, Any]:
    """What is said when the cell is entered, and when it holds something else.

    Only a warning: the limits are those of what is likely, and a number beyond them may be true.
    """
    low, high = number(unit.low), number(unit.high)
    if low is not None and high is not None:
        span = tongue.say(f"{low} 到 {high} 之间的数字", f"a number from {low} to {high}")
    elif high is not None:
        span = tongue.say(f"不大于 {high} 的数字", f"a number of at most {high}")
    else:
        span = tongue.say(f"不小于 {low or 0} 的数字", f"a number of at least {low or 0}")
    shown = cell_text(unit.unit, 40)
    said = tongue.say(f"单位：{shown}。", f"Unit: {shown}. ") if shown else ""
    short = cell_text(name, 90)
    return {
        "error_type": "warning",
        "input_title": cell_text(name, 32),
        "input_message": said + tongue.say("只写数字，不写单位。", "The number only, without the unit."),
        "error_title": tongue.say("请核对这个数", "Please check this number"),
        "error_message": tongue.say(
            f"“{short}”一般是{span}。{said}只写数字，不写单位。如果确实没有写错，请点“是”，并在备注里说明。",
            f"'{short}' is usually {span}. {said}If it is right, choose Yes and say why in the remarks.",
        ),
    }
