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
    "growth in the name of a row": (
        table(
            "指标 2023年 2024年目标",
            "地区生产总值增长（%） 6.1 6.5以上，力争7",
            "固定资产投资增长（%） 7.2 8左右",
        ),
        [
            "gdp change/actual up 6.1%",
            "gdp change/target up 6.5%",
            "gdp change/target up 7%",
            "investment actual 7.2",
            "investment target 8",
        ],
    ),
    "growth by the unit of a row": (
        table("指标 单位 2023年 2024年计划", "地区生产总值 % 6.1 6%—6.5%", "固定资产投资 % -1.2 3以上"),
        [
            "gdp change/actual up 6.1%",
            "gdp change/target up 6%",
            "gdp change/target up 6.5%",
            "investment actual -1.2",
            "investment target 3",
        ],
    ),
    "an amount and the growth that counts": (
        table("指标 单位 绝对数 比上年增长%", "固定资产投资 亿元 92.3 7.2"),
        ["investment actual 7.2"],
    ),
    "targets in words": (
        table(
            "指标 2024年预期目标",
            "地区生产总值 增长6%左右",
            "森林覆盖率 稳定在61.2%",
            "专利授权量 ≥450件",
            "在校学生 5.8万人以上",
            "城镇居民人均可支配收入 与经济增长同步",
        ),
        [
            "gdp change/target up 6%",
            "forest target 61.2",
            "patents target 450",
            "students target 58000",
        ],
    ),
    "value and growth in one cell": (
        table(
            "指标 2023年完成情况",
            "地区生产总值 186.5亿元，同比增长6.1%",
            "在校学生 58214人（比上年减少311人）",
            "森林覆盖率 61.2%，提高0.3个百分点",
        ),
        [
            "gdp actual 186.5",
            "gdp change/actual up 6.1%",
            "students actual 58214",
            "students change/actual down 311人",
            "forest actual 61.2",
            "forest change/actual up 0.3个百分点",
        ],
    ),
    "target, done, rate": (
        table("指标 单位 年度目标值 完成值 完成率（%） 同比增长（%）", "专利授权量 件 400 412 103 -5.5"),
        ["patents target 400", "patents actual 412", "patents change/actual down -5.5%"],
    ),
    "a rate of completion alone": (table("指标 完成率", "专利授权量 103%", "招聘新教师 95.6%"), []),
    "a share of the whole": (
        table("指标 人数 占比（%）", "在校学生 58214 100"),
        ["students actual 58214"],
    ),
    "points of an assessment": (table("考核指标 分值 得分 备注", "专利授权量 10 9.5 _"), []),
    "dates of tasks": (table("任务 完成时间", "招聘新教师 2023年8月", "专利授权 9月底"), []),
    "projects": (
        table("项目 总投资（万元） 年度投资（万元） 进度", "体育场地面积扩建 12,000 5,000 主体封顶"),
        [],
    ),
    "a budget": (
        table("项目 年初预算（万元） 执行数（万元） 执行率", "党建经费 40 33.2 83%"),
        ["funding target 40", "funding actual 33.2"],
    ),
    "a difference between the years": (
        table("项目 单位 本年 上年 增减", "在校学生 人 58214 57903 311", "森林覆盖率 % 61.2 60.9 0.3"),
        [
            "students actual 58214",
            "students previous 57903",
            "students change/actual up 311人",
            "forest actual 61.2",
            "forest previous 60.9",
            "forest change/actual up 0.3个百分点",
        ],
    ),
    "changes in words and signs": (
        table(
            "指标 单位 2023年 同比",
            "在校学生 人 58214 ↓0.5%",
            "专利授权量 件 412 下降5.5%",
            "人均体育场地面积 平方米 2.31 +0.08",
            "森林覆盖率 % 61.2 持平",
        ),
        [
            "students actual 58214",
            "students change/actual down 0.5%",
            "patents actual 412",
            "patents change/actual down 5.5%",
            "per_head actual 2.31",
            "per_head change/actual up 0.08平方米",
            "forest actual 61.2",
        ],
    ),
    "growth since an earlier year": (
        table("指标 2023年 比2022年增长（%） 比2019年增长（%）", "专利授权量（件） 412 -5.5 22.1"),
        ["patents actual 412", "patents change/actual down -5.5%", "patents change/actual up 22.1% period"],
    ),
    "mean growth of years": (
        table("指标 2018年 2023年 五年年均增长（%）", "地区生产总值（亿元） 140.2 186.5 5.9"),
        ["gdp previous 140.2", "gdp actual 186.5", "gdp change/actual up 5.9% period"],
    ),
    "growth expected": (
        table("指标 2023年完成 增长（%） 2024年预期增长（%）", "地区生产总值（亿元） 186.5 6.1 6.5"),
        ["gdp actual 186.5", "gdp change/actual up 6.1%", "gdp change/target up 6.5%"],
    ),
    "place of the score in a column": (
        table("指标 2023年 2022年 全市排名", "中考平均分（分） 531.7 526.2 3"),
        ["score actual 531.7", "score previous 526.2", "score_rank actual 3"],
    ),
    "a rank goes forward": (
        table("指标 2023年 2022年 变化", "中考排名 第3名 第5名 前进2位"),
        ["score_rank actual 3", "score_rank previous 5", "score_rank change/actual up 2位"],
    ),
    "number and money": (
        table("项目 数量 金额（万元）", "党建经费 12 33.2", "专利授权 412 _"),
        ["funding actual 33.2", "patents actual 412"],
    ),
    "note marks": (
        table(
            "指标 单位 2023年", "专利授权量① 件 412①", "在校学生* 人 58,214[1]", "森林覆盖率（注2） % 61.2*"
        ),
        ["patents actual 412", "students actual 58214", "forest actual 61.2"],
    ),
    "no figure": (
        table(
            "指标 单位 2023年 2022年",
            "专利授权量 件 — 436",
            "在校学生 人 / 57903",
            "地区生产总值 亿元 … 175.2",
        ),
        ["patents previous 436", "students previous 57903", "gdp previous 175.2"],
    ),
    "units behind a stroke and per head": (
        table("指标/单位 2023年", "在校学生/万人 5.82", "人均体育场地面积（平方米/人） 2.31"),
        ["students actual 58200", "per_head actual 2.31"],
    ),
    "a unit that is not the indicator's": (
        table("指标 单位 2023年", "在校学生 人次 100", "党建经费 场次 3"),
        [],
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


@pytest.mark.parametrize(
    "caption", ["表1 投入（单位：万元、人）", "填报单位：临川县教育局　　单位：万元", "计量单位：万元"]
)
def test_units_over_the_table(caption: str) -> None:
    text = caption + "\n\n" + table("项目 2023年", "党建经费 33.2", "一般公共预算收入 48000")
    assert facts(text, title=TITLE, suffix=".md") == ["funding actual 33.2", "revenue actual 4.8"]


@pytest.mark.parametrize(
    ("caption", "expected"),
    [
        ("表5 2024年主要预期目标", "patents target 450"),
        ("附表：2024年工作安排表", "patents target 450"),
        ("表5 2022年基本情况", "patents previous 450"),
        ("表5 2023年主要目标完成情况", "patents actual 450"),
        ("表5 主要指标", "patents actual 450"),
    ],
)
def test_what_the_caption_says_of_plain_values(caption: str, expected: str) -> None:
    text = caption + "\n\n" + table("指标 数值", "专利授权量（件） 450")
    assert facts(text, title=TITLE, suffix=".md") == [expected]


@pytest.mark.parametrize(
    ("heads", "numbers", "expected"),
    [
        ("1-6月累计", "5.13", ["revenue actual 5.13"]),
        ("本月 1-3月 1-6月", "0.88 2.4 5.13", ["revenue actual 5.13"]),
        ("上半年 同比增长（%）", "5.13 4.4", ["revenue actual 5.13", "revenue change/actual up 4.4%"]),
        ("全年目标", "9.8", ["revenue target 9.8"]),
    ],
)
def test_a_report_on_part_of_the_year(heads: str, numbers: str, expected: list[str]) -> None:
    text = table(f"指标 {heads}", f"一般公共预算收入（亿元） {numbers}")
    assert facts(text, title="# 临川县2023年上半年工作总结\n\n", suffix=".md") == expected


def test_part_of_the_year_in_a_report_on_the_year() -> None:
    text = table("指标 1-11月", "一般公共预算收入（亿元） 5.13")
    assert facts(text, title=TITLE, suffix=".md") == ["revenue actual 5.13 period"]


def test_the_title_of_a_report_is_no_caption() -> None:
    text = "# 2024年临川县政府工作报告\n\n2023年，全县经济平稳运行，主要指标如下。\n\n" + table(
        "指标 预计完成 增长（%） 2024年预期增长（%）", "地区生产总值（亿元） 186.5 6.1 6.5"
    )
    expected = ["gdp actual 186.5", "gdp change/actual up 6.1%", "gdp change/target up 6.5%"]
    assert facts(text, title="", suffix=".md") == expected


def test_a_plan_states_growth_of_its_targets() -> None:
    text = table("指标 2023年完成 2024年目标 增幅（%）", "专利授权量（件） 412 450 9.2")
    title = "# 临川县2024年工作要点\n\n## 一、主要目标\n\n"
    expected = ["patents actual 412", "patents target 450", "patents change/target up 9.2%"]
    assert facts(text, title=title, suffix=".md") == expected


def test_a_lost_digit_is_a_lost_number() -> None:
    text = table("指标 2023年 2022年", "专利授权量 4X件 436件")
    assert facts(text, title=TITLE, suffix=".md") == ["patents actual ?", "patents previous 436"]


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
