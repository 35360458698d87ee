"""Reports with something missing, and the workbook that is made of them, read back."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import runs
from engine import document
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from validator.model.fact import Fact, Hole
from validator.model.finding import Finding, IndicatorResult
from validator.model.location import Location
from validator.model.report import ReportResult, Run
from validator.model.rule import Indicator, Profile, Rules
from validator.model.words import Bilingual, Lang, Role, Severity, Status
from validator.reporters import _xlsx_book as book
from validator.reporters._base import Look
from validator.reporters.xlsx import REPORTER

HEAD, FIRST = book.HEAD + 1, book.FIRST + 1
LIST, CHANGE, STATED, ABOUT = "缺项清单", "要改的地方", "已填的数", "说明"


def rule(identifier: str, name: str, unit: str, owner: str, how: str, **more: Any) -> Indicator:
    given: dict[str, Any] = {"kind": "count", "section": "教育", "range": (0, 100)}
    return Indicator(
        id=identifier,
        name=Bilingual(name, identifier),
        wordings=(),
        unit=unit,
        owner=owner,
        how=how,
        **{**given, **more},
    )


RULES = Rules(
    indicators={
        one.id: one
        for one in (
            rule("pupils", "在校学生数", "人", "基教股", "在校学生4.2万人", range=(0, 600000)),
            rule("funds", "校建资金", "万元", "计财股", "校建资金投入860万元", range=(None, None)),
            rule("venue", "体育场地面积", "平方米", "体育股", "体育场地面积71.5万平方米", range=(0, 5e9)),
            rule("forest", "森林覆盖率", "%", "", "森林覆盖率58.3%"),
            rule("schools", "学校数", "所", "基教股", "现有学校131所"),
            rule("growth", "投资增速", "%", "计财股", "投资增长6.8%", range=(-90, 300)),
        )
    },
    profiles={"p": Profile(id="p", name=Bilingual("县级总结", "county report"), require=())},
)
TEXT = (
    "2024年工作总结\n\n一、教育\n\n全县在校学生X万人。校建资金投入　　万元；学校布局不断优化。\n\n"
    "二、体育\n\n群众体育活跃。"
)
DOCUMENT = document(TEXT, ".txt")


def result(identifier: str, status: Status, *facts: Fact, role: str = "actual") -> IndicatorResult:
    name = RULES.indicators[identifier].name
    return IndicatorResult(id=identifier, name=name, status=status, required=True, role=role, facts=facts)


def spot(text: str, length: int | None = None) -> tuple[int, int, int, Location]:
    index = next(at for at, block in enumerate(DOCUMENT.blocks) if text in block.text)
    start = DOCUMENT.blocks[index].text.index(text)
    end = start + (len(text) if length is None else length)
    return index, start, end, DOCUMENT.locate(index, start, end)


def hole_fact(identifier: str, text: str, value_text: str, unit: str) -> Fact:
    block, start, end, place = spot(text)
    hole = Hole(code="PLC001", text=text, block=block, start=start, end=end, location=place)
    return Fact(
        indicator=identifier,
        role=Role.ACTUAL,
        value=None,
        unit=unit,
        location=place,
        text=text,
        value_text=value_text,
        hole=hole,
    )


def value_fact(identifier: str, value: float, unit: str, **more: Any) -> Fact:
    place = Location(line=5, column=30, section=("一、教育",), paragraph=1)
    given: dict[str, Any] = {
        "role": Role.ACTUAL,
        "text": f"{identifier}{value}",
        "value_text": f"{value:g}{unit}",
        "year": 2024,
        "location": place,
    }
    return Fact(indicator=identifier, value=value, unit=unit, **{**given, **more})


def graded(code: str, identifier: str, at: str | None = None, **more: Any) -> Finding:
    given: dict[str, Any] = {
        "message": Bilingual("没有填", "not filled in"),
        "remedy": Bilingual("请填写", "fill in"),
        "indicator": identifier,
        "location": Location(line=3, column=1, section=("一、教育",)),
    }
    if at is not None:
        block, start, end, place = spot(at)
        given |= {"block": block, "start": start, "end": end, "location": place, "text": at}
    return Finding(code=code, **{"severity": Severity.ERROR, **given, **more})


def county(path: str = "报告/2024年总结.txt", **more: Any) -> ReportResult:
    """One of every status, in an order that is not that of the offices."""
    blank = spot("　　万元", 2)
    twice = (value_fact("schools", 131, "所"), value_fact("schools", 113, "所"))
    given: dict[str, Any] = {
        "format": "txt",
        "profile": "p",
        "document": DOCUMENT,
        "encoding": "utf-8",
        "indicators": (
            result("forest", Status.ABSENT),
            result("pupils", Status.PLACEHOLDER, hole_fact("pupils", "X", "X万人", "人")),
            result("funds", Status.BLANK, hole_fact("funds", "　　", "　　万元", "万元")),
            result("schools", Status.CONFLICTING, *twice),
            result("venue", Status.NO_VALUE),
            result("growth", Status.REPORTED, value_fact("growth", 6.8, "%")),
        ),
        "findings": (
            graded("IND003", "pupils", "X"),
            graded(
                "IND004",
                "funds",
                block=blank[0],
                start=blank[1],
                end=blank[2],
                location=blank[3],
                text="　　",
            ),
            graded("IND007", "schools", location=twice[1].location),
            graded("IND002", "venue", location=spot("群众体育")[3], text="群众体育"),
            graded("IND001", "forest"),
        ),
        "facts": (*twice, value_fact("growth", 3.2, "%", role=Role.CHANGE, direction="down")),
    }
    return ReportResult(path=path, **{**given, **more})


def made(run: Run, lang: Lang = Lang.ZH, rules: Rules = RULES, **more: Any) -> bytes:
    assert REPORTER.check is not None
    out = REPORTER.check(run, rules, Look(lang=lang, version="1.2.3", **more))
    assert isinstance(out, bytes)
    return out


def opened(data: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def table(sheet: Worksheet) -> list[dict[str, Any]]:
    heads = [cell.value for cell in sheet[HEAD]]
    return [
        dict(zip(heads, (cell.value for cell in row), strict=True))
        for row in sheet.iter_rows(min_row=FIRST, max_col=len(heads))
    ]


def texts(workbook: Workbook) -> list[str]:
    return [
        str(cell.value)
        for sheet in workbook
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    ]


ONE = runs.run(county())
SEVERAL = runs.run(
    county("乙/总结.txt"), county("甲/总结.txt"), skipped=2, unreadable=("坏.docx",)
)  # fmt: skip
