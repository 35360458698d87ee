"""A third set of placeholders and look-alikes, in the sentences around indicators."""

from __future__ import annotations

import pytest
from test_placeholders_families import holes, marked, rows

HOLES = {
    "numbers": """
        全市完成规上工业增加值⟦XXX.X⟧亿元，认定高企⟦XX⟧+家。
        ⟦XX⟧%的学校通过验收，覆盖⟦XX⟧%以上的乡镇。
        小学、初中、高中教师分别为⟦X⟧、⟦X⟧、⟦X⟧个。
        共计⟦XX⟧、⟦XX⟧、⟦XX⟧人。
        在校生由⟦XX⟧增长到⟦XX⟧。
        较2022年⟦XX⟧%有所提高。
        每校选派⟦X⟧—⟦X⟧名骨干。
        一等奖⟦X⟧个、二等奖⟦XX⟧个（含集体⟦XX⟧个）。
        得分⟦XX.XX⟧，排名⟦XX⟧/⟦XX⟧。
        约⟦X⟧成学生参加，规模翻⟦X⟧番，是上年的⟦X⟧倍。
        其中⟦XX⟧为新建，⟦XX⟧等⟦X⟧所学校为改建。
        项目经费⟦  ⟧万元，培训教师⟦（  ）⟧人次。
        目标值：⟦____⟧%，完成率⟦……⟧%。
        支出⟦【　　】⟧万元，结余⟦〔  〕⟧万元。
        近⟦XX⟧名师生参加，历时⟦X⟧天⟦X⟧夜。
        办好第⟦XX⟧届科技节，开展“⟦X⟧大行动”。
        科技特派员⟦xx⟧名（省级⟦x⟧名，市级⟦xx⟧名）。
        实现“⟦X⟧个百分之百”。
    """,
    "names": """
        县长⟦XXX⟧、副县长⟦XXX⟧出席。
        ⟦XX⟧局⟦XX⟧科牵头，⟦XX⟧股配合。
        文号：⟦XX⟧〔2024〕⟦XX⟧号
        ⟦XX⟧教〔2024〕⟦XX⟧号
        赴⟦×××⟧、⟦×××⟧、⟦×××⟧等地考察。
        制定《⟦XX⟧方案》，落实《⟦XX⟧县规划》。
        ⟦##⟧县、⟦**⟧区联合行动。
        电话：0791-⟦XXXXXXXX⟧
        网址：www.⟦xxx⟧.com
        邮编：⟦XXXXXX⟧
    """,
    "dates": """
        ⟦XX⟧月⟦XX⟧日—⟦XX⟧日举办。
        2024年⟦XX⟧月—⟦XX⟧月完成。
        20⟦XX⟧年至20⟦XX⟧年，共投入3亿元。
        （数据截至⟦X⟧月⟦X⟧日）
        ⟦（　　）⟧年⟦（　　）⟧月
        自20⟦xx⟧年⟦x⟧月⟦x⟧日起施行。
    """,
}
LOOKALIKES = {
    "letters": """
        Xi'an、Xinjiang、X-ray检查。
        参加NBA、CBA、WNBA赛事，普及IPv6和5G。
        P<0.05，r>0.8，y≥3，x²检验。
        男子4×100米、800米×4接力，1×1000米。
        *.docx、*.xlsx格式报送，5*8工作制。
        成绩按“100%×40%+50%×60%”折算。
        误差≤5%，＜3个，>5%。
        C++、C#、A*算法课程。
    """,
    "words": """
        待定点医院核实，待补贴资金到位，待核酸检测，待报名结束，待填平补齐。
        案件待查处，项目待报批，苗木待补种，器材待定期检查，手续待补办。
        暂无数据显示下降，尚未统计在内的部分。
        学校招聘人、应聘人双向选择。
        若干个，好多个，这么个，上千个，一些个。
        某部门、某行业、某领域、某同志，某人。
        张某某、李某、王某等人被处理。
    """,
    "layout": """
        年 度 工 作 总 结
        2 0 2 4 年 1 2 月
        （ 一 ）加强领导
        年  份    人  数
        学校（ 园 ）所数
        ——教育篇——
        ☆☆☆
        主要指标    单位    2023年    占比%
        入学率%    巩固率%
        附件：1.名单
    """,
}


@pytest.mark.parametrize(("family", "line"), rows(HOLES))
def test_found(family: str, line: str) -> None:
    text, spans = marked(line)
    assert [one[:2] for one in holes(text)] == spans, family


@pytest.mark.parametrize(("family", "line"), rows(LOOKALIKES))
def test_left_alone(family: str, line: str) -> None:
    assert holes(line) == [], family
