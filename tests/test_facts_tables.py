"""Values in tables: where the unit, the year and the role come from."""

from __future__ import annotations

import pytest
from engine import facts, read


def table(*rows: str) -> str:
    """A pipe table; cells are parted by blanks, `_` is an empty cell."""
    lines = [["" if cell == "_" else cell for cell in row.split()] for row in rows]
    lines.insert(1, ["---"] * len(lines[0]))
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


TITLE = "# 临川县2023年工作总结\n\n"
TABLES = {
    "unit in its own column": (
        table("指标 单位 数值", "地区生产总值 亿元 86.5", "专利授权量 件 152"),
        ["gdp actual 86.5", "patents actual 152"],
    ),
    "unit in the row head": (
        table("指标 数值", "地区生产总值（亿元） 86.5", "森林覆盖率（%） 61.2"),
        ["gdp actual 86.5", "forest actual 61.2"],
    ),
    "unit in the cell": (
        table("指标 2023年", "地区生产总值 86.5亿元", "在校学生 2.3万人"),
        ["gdp actual 86.5", "students actual 23000"],
    ),
    "unit converts": (
        table("指标 单位 数值", "地区生产总值 万元 865000", "体育场地面积 万平方米 40.5"),
        ["gdp actual 86.5", "area actual 405000"],
    ),
    "years and growth": (
        table("指标 单位 2023年 2022年 增长（%）", "地区生产总值 亿元 86.5 82.0 5.2"),
        ["gdp actual 86.5", "gdp previous 82", "gdp change/actual up 5.2%"],
    ),
    "last year and this year in words": (
        table("指标 单位 本年 上年", "专利授权量 件 152 134"),
        ["patents actual 152", "patents previous 134"],
    ),
    "negative growth": (
        table("指标 单位 数值 同比（%）", "一般公共预算收入 亿元 4.8 -3.1"),
        ["revenue actual 4.8", "revenue change/actual down -3.1%"],
    ),
    "a target column": (
        table("指标 单位 2023年完成 2024年目标", "专利授权量 件 152 170"),
        ["patents actual 152", "patents target 170"],
    ),
    "numbered rows": (
        table("序号 指标 单位 数值", "1 地区生产总值 亿元 86.5", "2 专利授权量 件 152"),
        ["gdp actual 86.5", "patents actual 152"],
    ),
    "parts do not count": (
        table("指标 单位 数值", "在校学生 人 23000", "其中：小学在校生 人 9800"),
        ["students actual 23000"],
    ),
    "transposed": (
        table("年份 地区生产总值（亿元） 专利授权量（件）", "2023年 86.5 152"),
        ["gdp actual 86.5", "patents actual 152"],
    ),
    "transposed with years": (
        table("年份 地区生产总值（亿元） 专利授权量（件）", "2023年 86.5 152", "2022年 82 134"),
        ["gdp actual 86.5", "patents actual 152", "gdp previous 82", "patents previous 134"],
    ),
    "one holds a placeholder": (
        table("指标 单位 数值", "地区生产总值 亿元 XX", "专利授权量 件 152"),
        ["gdp actual ?", "patents actual 152"],
    ),
    "one is empty": (
        table("指标 单位 数值", "地区生产总值 亿元 _", "专利授权量 件 152"),
        ["gdp actual ?", "patents actual 152"],
    ),
    "a table of something else": (
        table("姓名 单位 分数", "张明 一中 96"),
        [],
    ),
}


@pytest.mark.parametrize(("text", "expected"), TABLES.values(), ids=list(TABLES))
def test_tables(text: str, expected: list[str]) -> None:
    assert facts(text, title=TITLE, suffix=".md") == expected


def test_the_unit_of_the_caption() -> None:
    text = "表1 主要指标（单位：万元）\n\n" + table(
        "指标 数值", "地区生产总值 865000", "一般公共预算收入 48000"
    )
    assert facts(text, title=TITLE, suffix=".md") == ["gdp actual 86.5", "revenue actual 4.8"]


def test_a_table_of_targets() -> None:
    text = "## 2024年主要目标\n\n" + table("指标 单位 数值", "地区生产总值 亿元 90")
    assert facts(text, title=TITLE, suffix=".md") == ["gdp target 90"]


def test_the_place_of_a_value_is_its_cell() -> None:
    reading = read(table("指标 单位 数值", "地区生产总值 亿元 86.5"), title=TITLE, suffix=".md")
    place = reading.facts[0].location
    assert (place.table, place.row, place.cell) == (1, 2, 3)


def test_the_hole_of_an_empty_cell_is_tied_to_its_indicator() -> None:
    reading = read(table("指标 单位 数值", "地区生产总值 亿元 _"), title=TITLE, suffix=".md")
    assert [(one.indicator, one.blank) for one in reading.holes] == [("gdp", True)]


def test_tabs_in_a_plain_text_are_a_table() -> None:
    text = "指标\t单位\t数值\n地区生产总值\t亿元\t86.5\n专利授权量\t件\t152\n"
    assert facts(text) == ["gdp actual 86.5", "patents actual 152"]


def test_an_html_table_with_merged_heads() -> None:
    html = (
        "<html><head><title>临川县2023年工作总结</title></head><body><h1>临川县2023年工作总结</h1><table>"
        "<tr><th rowspan=2>指标</th><th rowspan=2>单位</th><th colspan=2>年份</th></tr>"
        "<tr><th>2023年</th><th>2022年</th></tr>"
        "<tr><td>地区生产总值</td><td>亿元</td><td>86.5</td><td>82</td></tr></table></body></html>"
    )
    assert facts(html, title="", suffix=".html") == ["gdp actual 86.5", "gdp previous 82"]
