"""The list of what is missing, read back as the offices will open it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
import runs
from engine import document
from listruns import (
    ABOUT,
    CHANGE,
    FIRST,
    HEAD,
    LIST,
    ONE,
    RULES,
    SEVERAL,
    STATED,
    county,
    graded,
    hole_fact,
    made,
    opened,
    result,
    rule,
    table,
    texts,
    value_fact,
)

from validator.model.report import Run
from validator.model.words import Lang, Role, Scope, Severity, Status
from validator.reporters._base import Look
from validator.reporters._xlsx_missing import LONGEST
from validator.reporters._xlsx_units import asked
from validator.reporters.xlsx import REPORTER


def test_the_list() -> None:
    sheet = opened(made(ONE))[LIST]
    rows = table(sheet)
    assert list(rows[0]) == [
        "责任股室", "指标", "所在章节", "状态", "报告里现在写的", "应写成（数字是举例）", "填数", "单位", "备注", "代码",
    ]  # fmt: skip
    shown = [(*list(row.values())[:6], row["单位"], row["代码"]) for row in rows]
    assert shown == [
        ("基教股", "在校学生数", "一、教育 第1段", "占位", "全县在校学生【X】万人。", "在校学生4.2万人", "万人", "IND003"),
        ("基教股", "学校数", "一、教育 第1段", "矛盾", "131所（一、教育 第1段）；113所（一、教育 第1段）", "现有学校131所", "所", "IND007"),
        ("计财股", "校建资金", "一、教育 第1段", "空白", "校建资金投入【　】万元；", "校建资金投入860万元", "万元", "IND004"),
        ("体育股", "体育场地面积", "二、体育 第1段", "有名无数", "群众体育活跃。", "体育场地面积71.5万平方米", "万平方米", "IND002"),
        ("（未指定）", "森林覆盖率", "一、教育", "未提及", "（全文没有提到）", "森林覆盖率58.3%", "%", "IND001"),
    ]  # fmt: skip
    assert all(row["填数"] is None and row["备注"] is None for row in rows)
    assert "应报 6 项，已填 1 项，还缺 5 项" in sheet["A2"].value


def test_the_list_in_english() -> None:
    workbook = opened(made(ONE, Lang.EN))
    assert workbook.sheetnames == ["Missing", "To change", "Stated", "About"]
    rows = table(workbook["Missing"])
    assert [row["status"] for row in rows] == [
        "placeholder", "conflicting", "blank", "no number", "not mentioned",
    ]  # fmt: skip
    assert rows[0]["indicator"] == "pupils"
    labels = [text for text in texts(workbook) if "股" not in text and not re.search("[一-鿿]", text)]
    assert "6 required, 1 reported, 5 missing" in "\n".join(labels)


def test_how_a_cell_is_to_be_filled_in() -> None:
    sheet = opened(made(ONE))[LIST]
    rules = {str(one.sqref): one for one in sheet.data_validations.dataValidation}
    column = next(cell.column_letter for cell in sheet[HEAD] if cell.value == "填数")
    assert sorted(rules) == [f"{column}{row}" for row in range(FIRST, FIRST + 5)]
    pupils, _, funds, _, forest = (rules[f"{column}{row}"] for row in range(FIRST, FIRST + 5))
    assert {one.type for one in rules.values()} == {"decimal"}
    # 600,000 people are 60 in the unit of the report
    assert (float(pupils.formula1), float(pupils.formula2)) == (0, 60)
    assert (funds.operator, float(funds.formula1)) == ("greaterThanOrEqual", 0)
    assert (float(forest.formula1), float(forest.formula2)) == (0, 100)
    assert "单位：万人" in pupils.prompt
    assert pupils.promptTitle == "在校学生数"
    assert "0 到 60 之间的数字" in pupils.error
    assert all(one.errorStyle == "warning" and one.showErrorMessage for one in rules.values())
    for row in range(FIRST, FIRST + 5):
        assert not sheet[f"{column}{row}"].protection.locked
        assert sheet[f"{column}{row}"].fill.fgColor.rgb == "FFFFF9DB"
    assert not sheet.protection.sheet


def test_the_looks() -> None:
    sheet = opened(made(ONE))[LIST]
    assert sheet.freeze_panes == f"C{FIRST}"
    assert sheet.auto_filter.ref == f"A{HEAD}:J{FIRST + 4}"
    assert sheet.print_title_rows == f"$1:${HEAD}"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert not sheet.merged_cells.ranges
    # every office begins a page: the printed list is torn apart and handed out
    assert [one.id for one in sheet.row_breaks.brk] == [FIRST + 1, FIRST + 2, FIRST + 3]
    colours = {sheet.cell(row, 4).fill.fgColor.rgb for row in range(FIRST, FIRST + 5)}
    assert len(colours) == 5
    assert sheet["A1"].font.name == "等线"


def test_several_reports() -> None:
    workbook = opened(made(SEVERAL))
    rows = table(workbook[LIST])
    assert [(row["责任股室"], row["文件"]) for row in rows] == [
        ("基教股", "乙/总结.txt"), ("基教股", "乙/总结.txt"), ("基教股", "甲/总结.txt"), ("基教股", "甲/总结.txt"),
        ("计财股", "乙/总结.txt"), ("计财股", "甲/总结.txt"),
        ("体育股", "乙/总结.txt"), ("体育股", "甲/总结.txt"),
        ("（未指定）", "乙/总结.txt"), ("（未指定）", "甲/总结.txt"),
    ]  # fmt: skip
    about = texts(workbook)
    assert {"坏.docx", "文件已损坏", "p0.py", "p1.py", "不是报告", "县级总结", "validator 1.2.3"} <= set(
        about
    )
    areas = [str(one.sqref) for one in workbook[LIST].data_validations.dataValidation]
    assert len(areas) == 5
    assert all(len(one.split()) == 2 for one in areas)


def test_what_does_not_belong_on_the_list() -> None:
    """Accepted, not required, not applicable: the clerk has nothing to ask for."""
    report = county()
    first, *rest = report.findings
    accepted = replace(first, waived="保密", waived_by="waiver")
    others = (
        *(replace(one, required=False) if one.id == "forest" else one for one in report.indicators),
        result("growth", Status.NOT_APPLICABLE),
    )
    sheet = opened(made(runs.run(replace(report, findings=(accepted, *rest), indicators=others))))[LIST]
    assert [row["指标"] for row in table(sheet)] == ["学校数", "校建资金", "体育场地面积"]
    assert "另有 1 项已豁免" in sheet["A2"].value


GOOD = county(indicators=(result("growth", Status.REPORTED),), findings=())


@pytest.mark.parametrize(
    ("run", "said", "english"),
    [
        pytest.param(runs.run(GOOD), "没有缺项", "nothing is missing", id="complete"),
        pytest.param(
            runs.run(replace(GOOD, profile=None, indicators=())),
            "没有查缺报",
            "nothing is required",
            id="none",
        ),
        pytest.param(
            runs.run(
                replace(
                    county(),
                    indicators=county().indicators[:1],
                    findings=(graded("IND001", "forest", waived="甲", waived_by="baseline"),),
                )
            ),
            "没有新的缺项",
            "Nothing new",
            id="accepted",
        ),
        pytest.param(
            runs.run(runs.report(path="坏.docx"), unreadable=("坏.docx",)),
            "没有一份报告读成",
            "No report could be read",
            id="unreadable",
        ),
        pytest.param(Run(), "没有查缺报", "nothing is required", id="nothing"),
    ],
)
def test_nothing_missing(run: Run, said: str, english: str) -> None:
    for lang, words in ((Lang.ZH, said), (Lang.EN, english)):
        sheet = opened(made(run, lang)).worksheets[0]
        assert words in sheet.cell(FIRST, 1).value
        assert sheet.max_row == FIRST
        assert not sheet.data_validations.dataValidation


def test_all_findings() -> None:
    report = county()
    waived = graded("PLC001", "pupils", "X", waived="型号", waived_by="comment")
    warned = graded("BAN002", "", "校建资金", severity=Severity.WARNING)
    sheet = opened(made(runs.run(replace(report, findings=(*report.findings, waived, warned)))))[CHANGE]
    rows = table(sheet)
    assert [row["代码"] for row in rows] == ["IND003", "IND004", "IND007", "IND002", "IND001", "BAN002"]
    assert rows[-1] == {
        "文件": "报告/2024年总结.txt",
        "位置": "一、教育 第1段 第5行第11列",
        "代码": "BAN002",
        "轻重": "警告",
        "问题": "没有填",
        "原文": "【校建资金】投入　　万元；",
        "怎么改": "请填写",
    }
    assert sheet["A2"].value == "错误 5 个，警告 1 个。"


def test_all_facts() -> None:
    part = value_fact("pupils", 5, "人", scope=Scope.PART)
    plan = value_fact("growth", 1.5, "%", role=Role.CHANGE, of=Role.TARGET, direction="up", year=None)
    report = county(facts=(*county().facts, part, plan, hole_fact("pupils", "X", "X万人", "人")))
    sheet = opened(made(runs.run(report), profile="p", indicator="forest"))[STATED]
    rows = [tuple(row.values())[1:7] for row in table(sheet)]
    assert rows == [
        ("学校数", "实际", 131, "所", 2024, "131所"),
        ("学校数", "实际", 113, "所", 2024, "113所"),
        ("投资增速", "增减", -3.2, "%", 2024, "3.2%"),
        ("投资增速", "增减（目标）", 1.5, "%", None, "1.5%"),
    ]
    assert all(sheet.cell(row, 4).data_type == "n" for row in range(FIRST, FIRST + 4))
    assert sheet.cell(FIRST + 2, 4).number_format == "+General;-General;0"


@pytest.mark.parametrize(
    ("value", "direction", "shown"),
    [(3.2, "down", -3.2), (-3.2, "down", -3.2), (3.2, "up", 3.2), (0.0, "up", 0), (3.2, None, 3.2)],
)
def test_the_sign_of_a_change(value: float, direction: str | None, shown: float) -> None:
    """A table has -3.2 in its cell, a sentence 下降3.2%."""
    change = value_fact("growth", value, "%", role=Role.CHANGE, direction=direction)
    (row,) = table(opened(made(runs.run(county(facts=(change,)))))[STATED])
    assert row["数值"] == shown


def test_facts_alone() -> None:
    assert REPORTER.facts is not None
    part = value_fact("pupils", 5, "人", scope=Scope.PART)
    run = runs.run(county(facts=(*county().facts, part)))

    def rows(**more: Any) -> list[dict[str, Any]]:
        assert REPORTER.facts is not None
        data = REPORTER.facts(run, RULES, Look(**more))
        assert isinstance(data, bytes)
        workbook = opened(data)
        assert workbook.sheetnames == [STATED, ABOUT]
        return table(workbook[STATED])

    assert len(rows()) == 3
    assert [row["范围"] for row in rows(all_scopes=True)] == ["whole", "whole", "whole", "part"]
    assert [row["指标"] for row in rows(indicator="growth")] == ["投资增速"]


SLOTS = [
    ("平方米", "area", "体育场地面积71.5万平方米", ["X平方米"], "平方米", 1),
    ("平方米", "area", "体育场地面积71.5万平方米", ["X万平方米"], "万平方米", 10**4),
    ("平方米", "area", "体育场地面积71.5万平方米", ["X"], "万平方米", 10**4),
    ("平方米", "area", "体育场地面积715000平方米", [], "平方米", 1),
    ("亿元", "amount", "投入1.2亿元", ["X万元"], "万元", 10**-4),
    ("亿元", "amount", "投入1.2亿元", ["近X个亿"], "亿元", 1),
    ("亿元", "amount", "投入1.2亿元", ["X亿"], "亿元", 1),
    ("万元", "amount", "投入860万元", ["XX万元左右"], "万元", 1),
    ("人", "count", "招生1.1万人", ["X余人"], "人", 1),
    ("人", "count", "招生1.1万人", ["5.26万"], "万人", 10**4),
    ("人", "ratio", "每千人指导员2.4人", ["X个"], "个", 1),
    ("名", "rank", "列全市第4名", ["第X"], "名", 1),
    ("名", "rank", "列全市第4名", ["第X位"], "位", 1),
    ("%", "ratio", "已达标支部71个，占88.1%", ["X％"], "%", 1),
    # a unit that does not fit is passed over: of a change, of a year
    ("亿元", "amount", "投入1.2亿元", ["X%", "2024年"], "亿元", 1),
    ("人/公顷", "ratio", "每公顷12人", ["X万"], "人/公顷", 1),
    ("册", "count", "", ["X"], "册", 1),
]  # fmt: skip


@pytest.mark.parametrize(("unit", "kind", "how", "slots", "shown", "factor"), SLOTS)
def test_the_unit_is_the_one_beside_the_slot(
    unit: str, kind: str, how: str, slots: list[str], shown: str, factor: float
) -> None:
    """Else an office fills in 71.5 where the report says 平方米: ten thousand times too little."""
    wanted = asked(rule("a", "甲", unit, "", how, kind=kind, range=(0, 120000)), slots)
    assert wanted == (shown, 0, pytest.approx(120000 / factor))


@pytest.mark.parametrize(
    ("given", "limits"),
    [((None, None), (0, None)), ((-60, 100), (-60, 100)), ((None, 5), (None, 5)), ((3, None), (3, None))],
)
def test_limits(given: tuple[float | None, float | None], limits: tuple[float | None, float | None]) -> None:
    assert asked(rule("a", "甲", "个", "", "", range=given), [])[1:] == limits
    report = county(indicators=(result("forest", Status.ABSENT),))
    changed = replace(RULES, indicators={"forest": replace(RULES.indicators["forest"], range=given)})
    (found,) = opened(made(runs.run(report), rules=changed))[LIST].data_validations.dataValidation
    numbers = [float(one) for one in (found.formula1, found.formula2) if one is not None]
    assert numbers == [float(one) for one in limits if one is not None]


def test_a_long_sentence_is_cut_around_the_slot() -> None:
    text = f"总结\n\n{'甲乙丙，' * 100}学生X人{'，丁戊己' * 100}。"
    long = document(text, ".txt")
    index = next(at for at, block in enumerate(long.blocks) if "X" in block.text)
    start = long.blocks[index].text.index("X")
    finding = graded(
        "IND003",
        "pupils",
        block=index,
        start=start,
        end=start + 1,
        location=long.locate(index, start, start + 1),
    )
    report = county(document=long, findings=(finding,), indicators=(result("pupils", Status.PLACEHOLDER),))
    (row,) = table(opened(made(runs.run(report)))[LIST])
    shown = row["报告里现在写的"]
    assert re.fullmatch("….+学生【X】人.+…", shown)
    assert len(shown) <= LONGEST + 4


def test_a_slot_in_a_table_is_shown_with_its_row() -> None:
    page = "<table><tr><td>指标</td><td>单位</td><td>数值</td></tr><tr><td>在校学生</td><td>人</td><td>X</td></tr></table>"
    long = document(page, ".html")
    index = next(at for at, block in enumerate(long.blocks) if block.text == "X")
    finding = graded(
        "IND003", "pupils", block=index, start=0, end=1, location=long.locate(index, 0, 1), text="X"
    )
    report = county(document=long, findings=(finding,), indicators=(result("pupils", Status.PLACEHOLDER),))
    (row,) = table(opened(made(runs.run(report)))[LIST])
    assert row["报告里现在写的"] == "在校学生 | 人 | 【X】"


def test_several_findings_at_one_place_are_explained() -> None:
    place = {"block": 0, "start": 0, "end": 1}
    both = runs.found(text="X", **place), runs.found("IND003", indicator="b", text="X", **place)
    note = opened(made(runs.run(runs.report(*both))))[CHANGE]["A2"].value
    assert note.startswith("错误 2 个，警告 0 个。同一处可能有几条")
    assert "同一处有几个问题的合成一条，共 1 条" in note
    assert "同一处" not in opened(made(runs.run(runs.report(both[0]))))[CHANGE]["A2"].value
