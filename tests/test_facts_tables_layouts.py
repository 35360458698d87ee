"""Layouts of tables as bureaus and bulletins draw them, in the formats in which they arrive."""

from __future__ import annotations

import io

import docx
import pytest
from engine import facts
from packages import xlsx, zipped
from test_facts_tables import TITLE, table


def html(*rows: str, caption: str = "") -> str:
    """A page with one table: cells are parted by blanks, `_` is an empty cell, `合计:2x3` spans 2 rows and 3 columns."""
    lines = []
    for row in rows:
        cells = []
        for cell in row.split():
            text, _, span = cell.partition(":")
            down, _, across = span.partition("x")
            spans = f" rowspan={down} colspan={across}" if span else ""
            cells.append(f"<td{spans}>{'' if text == '_' else text}</td>")
        lines.append(f"<tr>{''.join(cells)}</tr>")
    head = f"<caption>{caption}</caption>" if caption else ""
    return (
        "<html><body><h1>临川县2023年工作总结</h1><p>主要数据见下表。</p>"
        f"<table>{head}{''.join(lines)}</table></body></html>"
    )


MERGED = {
    "years over amount and growth": (
        html(
            "指标:2x1 2023年:1x2 2022年:1x2",
            "总量 增速（%） 总量 增速（%）",
            "地区生产总值（亿元） 186.5 6.1 175.2 5.8",
        ),
        [
            "gdp actual 186.5",
            "gdp change/actual up 6.1%",
            "gdp previous 175.2",
            "gdp change/actual up 5.8% period",
        ],
    ),
    "amount and per cent of a change": (
        html(
            "指标:2x1 单位:2x1 本年:2x1 上年:2x1 比上年增减:1x2",
            "绝对数 百分比（%）",
            "在校学生数 人 58214 57903 311 0.5",
        ),
        [
            "students actual 58214",
            "students previous 57903",
            "students change/actual up 311人",
            "students change/actual up 0.5%",
        ],
    ),
    "years over names, parts in rows": (
        html(
            "学段:2x1 2023年:1x2 2022年:1x2",
            "在校学生数 各级各类学校 在校学生数 各级各类学校",
            "小学 28660 90 29215 93",
            "初中 16870 41 16244 41",
            "<b>合　计</b> 58214 171 57903 175".replace("　", ""),
            caption="表1　教育规模（单位：人、所）",
        ),
        ["students actual 58214", "schools actual 171", "students previous 57903", "schools previous 175"],
    ),
    "parts over names": (
        html(
            "年份:2x1 小学:1x2 合计:1x2",
            "在校学生数（人） 学校总数（所） 在校学生数（人） 学校总数（所）",
            "2023年 28660 90 58214 171",
        ),
        ["students actual 58214", "schools actual 171"],
    ),
    "target, done and rate under a year": (
        html(
            "指标:2x1 2023年:1x3 2024年目标:2x1",
            "目标 完成 完成率",
            "招聘新教师（人） 180 172 95.6% 160",
        ),
        ["recruits target 180", "recruits actual 172", "recruits target 160"],
    ),
    "a name over the rows of its parts": (
        html("指标 学段 2023年", "在校学生数（人）:3x1 小学 28660", "初中 16870", "合计 58214"),
        ["students actual 58214"],
    ),
    "a name over the rows of its years": (
        html("指标 年份 数值", "专利授权量（件）:2x1 2022年 436", "2023年 412"),
        ["patents previous 436", "patents actual 412"],
    ),
    "a part beside the rows of its names": (
        html(
            "类别 指标 单位 2023年",
            "小学:2x1 在校学生数 人 28660",
            "学校总数 所 90",
            "全县:2x1 在校学生数 人 58214",
            "学校总数 所 171",
        ),
        ["students actual 58214", "schools actual 171"],
    ),
    "a title as the first row": (
        html("2023年主要指标完成情况（单位：万人）:1x3", "指标 2023年 2022年", "在校学生数 5.82 5.79"),
        ["students actual 58200", "students previous 57900"],
    ),
    "a form": (
        html("在校学生数 58214人 学校总数 171所", "专利授权量 412件 体育场地面积 121.5万平方米"),
        ["students actual 58214", "schools actual 171", "patents actual 412", "area actual 1215000"],
    ),
}


@pytest.mark.parametrize(("text", "expected"), MERGED.values(), ids=list(MERGED))
def test_merged_cells(text: str, expected: list[str]) -> None:
    assert facts(text, title="", suffix=".html") == expected


PLAIN = {
    "the whole among its parts": (
        table("指标 县直 乡镇 合计", "在校学生数（人） 21043 37171 58214"),
        ["students actual 58214"],
    ),
    "the whole before its parts": (
        table("指标 单位 全县 其中：县直 乡镇", "在校学生数 人 58214 21043 37171"),
        ["students actual 58214"],
    ),
    "parts without a whole": (table("指标 小学 初中 高中", "在校学生数（人） 28660 16870 12684"), []),
    "places above": (
        table("指标 单位 全国 全省 全市 我县", "森林覆盖率 % 25 43.1 48.2 61.2"),
        ["forest actual 61.2"],
    ),
    "places above in rows": (
        table(
            "地区 森林覆盖率（%） 专利授权量（件）", "全省 43.1 52000", "全市 48.2 4100", "临川县 61.2 412"
        ),
        ["forest actual 61.2", "patents actual 412"],
    ),
    "towns and their sum": (
        table(
            "乡镇 学校总数（所） 在校学生数（人）",
            "城关镇 22 20114",
            "白马乡 6 3012",
            "全县合计 171 58214",
            "占比 8 7",
        ),
        ["schools actual 171", "students actual 58214"],
    ),
    "subjects": (table("学科 语文 数学 总分", "中考平均分 88.1 79.2 531.7"), ["score actual 531.7"]),
    "one school": (table("学校 在校学生数 专利授权量", "临川一中 3200 2"), []),
    "sums of years": (
        table("年度 专利授权量（件） 招聘新教师（人）", "2022年 436 180", "2023年 412 172", "合计 848 352"),
        ["patents previous 436", "recruits previous 180", "patents actual 412", "recruits actual 172"],
    ),
    "sums of years in a column": (
        table("指标 2022年 2023年 合计", "招聘新教师（人） 180 172 352"),
        ["recruits previous 180", "recruits actual 172"],
    ),
    "the sum since the start": (
        table("指标 2023年 “十四五”以来累计", "招聘新教师（人） 172 690"),
        ["recruits actual 172", "recruits actual 690 period"],
    ),
    "this year and a running sum": (
        table("指标 今年 累计", "招聘新教师（人） 172 690"),
        ["recruits actual 172"],
    ),
    "parts of the year": (
        table("指标 上半年 下半年 全年", "招聘新教师（人） 60 112 172"),
        ["recruits actual 60 period", "recruits actual 112 period", "recruits actual 172"],
    ),
    "growth beside each name": (
        table(
            "年份 地区生产总值（亿元） 增长（%） 粮食总产量（万吨） 增长（%）",
            "2022年 175.2 5.8 22.3 0.9",
            "2023年 186.5 6.1 22.4 0.4",
        ),
        [
            "gdp previous 175.2",
            "grain previous 223000",
            "gdp actual 186.5",
            "gdp change/actual up 6.1%",
            "grain actual 224000",
            "grain change/actual up 0.4%",
        ],
    ),
    "changes in rows": (
        table(
            "项目 在校学生数（人） 学校总数（所）",
            "本年 58214 171",
            "上年 57903 175",
            "增减 311 -4",
            "增长率（%） 0.5 -2.3",
        ),
        [
            "students actual 58214",
            "schools actual 171",
            "students previous 57903",
            "schools previous 175",
            "students change/actual up 311人",
            "schools change/actual down -4所",
            "students change/actual up 0.5%",
            "schools change/actual down -2.3%",
        ],
    ),
    "two tables side by side": (
        table("指标 单位 数值 指标 单位 数值", "在校学生数 人 58214 专利授权量 件 412"),
        ["students actual 58214", "patents actual 412"],
    ),
    "groups of parts": (
        table("指标 数值", "一、小学 _", "在校学生数 28660", "二、全县 _", "在校学生数 58214"),
        ["students actual 58214"],
    ),
    "groups of topics": (
        table("指标 数值", "一、教育 _", "在校学生数 58214", "二、科技 _", "专利授权量 412"),
        ["students actual 58214", "patents actual 412"],
    ),
    "units below the heads": (
        table("年份 在校学生数 体育场地面积", "_ 人 万平方米", "2023年 58214 121.5"),
        ["students actual 58214", "area actual 1215000"],
    ),
}


@pytest.mark.parametrize(("text", "expected"), PLAIN.values(), ids=list(PLAIN))
def test_layouts(text: str, expected: list[str]) -> None:
    assert facts(text, title=TITLE, suffix=".md") == expected


def test_tabs_with_parts_and_a_caption() -> None:
    text = "表1 主要指标（单位：万人）\n指标\t2023年\t增长（%）\n在校学生数\t5.82\t0.5\n#小学\t2.9\t1\n"
    assert facts(text) == ["students actual 58200", "students change/actual up 0.5%"]


@pytest.mark.parametrize(
    "text",
    [
        "临川县2023年教育指标,,,\n单位：人,,,\n指标,2023年,2022年,增减%\n在校学生数,58214,57903,0.5\n",
        "指标,单位,2023年,2022年,增减%\n在校学生数,人,58214,57903,0.5\n",
    ],
    ids=["with a title", "alone"],
)
def test_sheets_of_text(text: str) -> None:
    expected = ["students actual 58214", "students previous 57903", "students change/actual up 0.5%"]
    assert facts(text, title="", suffix=".csv") == expected


def test_a_sheet_whose_heads_are_merged_by_empty_cells() -> None:
    text = "指标,2023年,,2022年,\n,总量,增长%,总量,增长%\n在校学生数（人）,58214,0.5,57903,1.1\n"
    expected = ["students actual 58214", "students change/actual up 0.5%", "students previous 57903"]
    assert [one for one in facts(text, title="", suffix=".csv") if "period" not in one] == expected


def test_a_workbook_with_a_merged_title() -> None:
    def row(number: int, *texts: str) -> str:
        cells = [
            f'<c r="{column}{number}" t="inlineStr"><is><t>{text}</t></is></c>'
            for column, text in zip("ABC", texts, strict=False)
        ]
        return f'<row r="{number}">{"".join(cells)}</row>'

    rows = (
        row(1, "临川县2023年教育主要指标")
        + row(2, "指标", "计量单位", "2023年")
        + row(3, "在校学生数", "万人", "5.82")
    )
    merged = '<mergeCells count="1"><mergeCell ref="A1:C1"/></mergeCells>'
    assert facts(zipped(xlsx(rows, after=merged)), title=b"", suffix=".xlsx") == ["students actual 58200"]


def test_a_word_table_with_merged_heads() -> None:
    word = docx.Document()
    word.add_heading("临川县2023年工作总结", 0)
    word.add_paragraph("填报单位：临川县教育局　　计量单位：人")
    rows = [
        ["指标", "2023年", "", "2022年", ""],
        ["", "数量", "增长", "数量", "增长"],
        ["在校学生数", "58,214", "0.5", "57,903", "1.2"],
        ["  其中：小学", "28,660", "-1.9", "29,215", "0.3"],
    ]
    grid = word.add_table(len(rows), 5)
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            grid.cell(at, column).text = text
    grid.cell(0, 0).merge(grid.cell(1, 0))
    grid.cell(0, 1).merge(grid.cell(0, 2))
    grid.cell(0, 3).merge(grid.cell(0, 4))
    stream = io.BytesIO()
    word.save(stream)
    found = facts(stream.getvalue(), title=b"", suffix=".docx")
    assert found[:3] == ["students actual 58214", "students change/actual up 0.5%", "students previous 57903"]
    assert found[3:] == ["students change/actual up 1.2% period"]
