"""Columns that only count (学校数), and cells in which blanks were typed."""

from __future__ import annotations

import pytest
from engine import facts, packs, read
from test_facts_tables import TITLE, table

COUNTS = {
    "beside columns that are names": (
        table(
            "指标 学校数（所） 招生（万人） 在校生（万人）",
            "各级各类学校合计 412 3.1 12.6",
            "小学 187 1.1 6.6",
        ),
        ["education.schools actual 412", "education.new_students actual 31000"],
    ),
    "schools and the like": (
        table("类别 学校（机构）数 教职工数 占地面积", "各级各类学校合计 156 4210 88", "幼儿园 61 830 9"),
        ["education.schools actual 156"],
    ),
    "no unit": (
        table("类别 学校数 班级数", "各级各类学校总计 156 2210", "普通小学 60 800"),
        ["education.schools actual 156"],
    ),
    "years": (
        table("类别 2023年学校数（所） 2022年学校数（所）", "各级各类学校 156 159", "普通小学 60 62"),
        ["education.schools actual 156", "education.schools previous 159"],
    ),
    "places to learn": (
        table("类别 校数（所） 占地（亩）", "各级各类学校合计 156 880", "中职 3 90"),
        ["education.schools actual 156"],
    ),
    "kindergartens among them": (
        table("类别 学校（园）数 教职工数", "各级各类学校合计 156 4210", "小学 60 800"),
        ["education.schools actual 156"],
    ),
    "bodies": (
        table("类别 单位数 人员数", "各级各类学校合计 156 4210", "小学 60 800"),
        ["education.schools actual 156"],
    ),
    "units": (
        table("类别 机构数（所） 教师数（人）", "各级各类教育机构 156 4210", "小学 60 800"),
        ["education.schools actual 156"],
    ),
    "the only number of the row": (
        table("项目 单位 数值", "各级各类学校合计 所 156", "教学点 个 12"),
        ["education.schools actual 156"],
    ),
    "parts only": (table("类别 学校数 班数", "民办学校 9 88", "公办学校 100 2000"), []),
    "stages only": (table("类别 学校数（所） 占地（亩）", "小学 60 800", "初中 20 410"), []),
    "towns": (table("乡镇 学校数（所）", "城关镇 22", "白马乡 6"), []),
    "another count": (table("类别 教职工数 班级数", "小学 4210 88", "初中 800 20"), []),
    "what is counted in people": (table("类别 学校数", "在校学生 12", "专任教师 20"), []),
}


@pytest.mark.parametrize(("text", "expected"), COUNTS.values(), ids=list(COUNTS))
def test_a_column_that_counts_what_its_rows_name(text: str, expected: list[str]) -> None:
    found = facts(text, title=TITLE, suffix=".md", rules=packs())
    schools = [one for one in found if one.startswith("education.schools")]
    assert schools == [one for one in expected if one.startswith("education.schools")]
    assert set(expected) <= set(found)


def page(*rows: str) -> str:
    cells = ["".join(f"<td>{cell}</td>" for cell in row.split("|")) for row in rows]
    body = "".join(f"<tr>{row}</tr>" for row in cells)
    return f"<html><body><h1>临川县2023年工作总结</h1><table>{body}</table></body></html>"


HEAD = "指标|单位|2023年|2022年"
FIRST = "体育产业总规模|亿元|41.2|38.6"
BLANKS = {
    "of an earlier year": (page(HEAD, FIRST, "人均体育消费|元|1316|&nbsp;&nbsp;&nbsp;"), ["\xa0" * 3]),
    "of the year": (page(HEAD, FIRST, "人均体育消费|元|&nbsp; &nbsp;|1288"), ["\xa0 \xa0"]),
    "wide": (page(HEAD, FIRST, "人均体育消费|元|　　|1288"), ["　　"]),
    "two rows": (
        page(HEAD, FIRST, "人均体育消费|元|1316|&nbsp;&nbsp;", "彩票销量|万元|&nbsp;&nbsp;|902"),
        ["\xa0" * 2] * 2,
    ),
    "by code": (page(HEAD, FIRST, "人均体育消费|元|1316|&#160;&#160;"), ["\xa0" * 2]),
    "no column of units": (
        page("项目|完成数|上年数", "赛事|26|21", "彩票网点|88|&nbsp;&nbsp;"),
        ["\xa0" * 2],
    ),
    "wide and narrow": (page(HEAD, FIRST, "彩票销量|万元|902|　&nbsp;"), ["　\xa0"]),
    "last column of three": (
        page("项目|本年|上年|前年", "赛事|26|21|19", "展会|8|7|&nbsp;&nbsp;"),
        ["\xa0" * 2],
    ),
    "one blank, as editors leave it": (page(HEAD, FIRST, "人均体育消费|元|1316|&nbsp;"), []),
    "a column of words": (page("项目|数量|备注", "赛事|26|省级", "展会|8|&nbsp;&nbsp;"), []),
    "a row without numbers": (page(HEAD, FIRST, "二、竞赛|&nbsp;&nbsp;|&nbsp;&nbsp;|&nbsp;&nbsp;"), []),
    "a row without a name": (page(HEAD, FIRST, "&nbsp;&nbsp;||12|&nbsp;&nbsp;"), []),
    "a head": (page("指标|单位|2023年|&nbsp;&nbsp;", FIRST, "彩票销量|万元|902|840"), []),
    "an empty column": (page("项目|数量|&nbsp;&nbsp;", "赛事|26|&nbsp;&nbsp;", "展会|8|&nbsp;&nbsp;"), []),
}


@pytest.mark.parametrize(("text", "expected"), BLANKS.values(), ids=list(BLANKS))
def test_blanks_typed_where_a_number_belongs(text: str, expected: list[str]) -> None:
    found = read(text, title="", suffix=".html", rules=packs()).holes
    assert [one.text for one in found] == expected
    assert {one.code for one in found} <= {"PLC002"}
