"""Leftovers in rarer dress: Roman tens, names set apart by blanks, counts in progress, units alone, lost places.

In the first table ⟦ and ⟧ stand around each hole; nothing in the second is one.
"""

from __future__ import annotations

import pytest
from engine import facts, packs, read, status
from test_placeholders_found import holes, marked, rows

HOLES = {
    "Roman tens": """
        评选骨干教师⟦ⅹⅹ⟧名，选送⟦ⅹ⟧名校长跟岗。
        学前三年毛入园率达⟦ⅹⅹ.ⅹ⟧%，招生⟦ⅹⅹⅹ⟧人。
        赴⟦ⅹⅹ⟧市考察，在⟦ⅹⅹ⟧镇召开现场会。
        ⟦ⅹ⟧月⟦ⅹ⟧日召开动员会。
        临川县科技局　2024年12月⟦ⅹ⟧日
        获得省级奖项⟦ⅩⅩ⟧项。
        ⟦ⅹⅹ⟧小学承办第⟦ⅹ⟧届校园足球联赛。
        列全市第⟦ⅹ⟧名，投入⟦ⅹ⟧万元。
    """,
    "names set apart by blanks": """
        ⟦XX⟧ 小学 王⟦XX⟧ 同学获省级二等奖。
        ⟦XX⟧ 中学 李⟦X⟧ 老师获评先进个人。
        ⟦××⟧ 幼儿园 赵⟦×⟧ 园长作经验交流。
        ⟦XX⟧县 张⟦XX⟧ 同志受到表彰。
        ⟦XX⟧中学周⟦XX⟧同学入选省队。
        ⟦××⟧小学 学生陈⟦××⟧获金奖。
        ⟦X⟧镇 教师何⟦X⟧ 同志坚守讲台30年。
        ⟦XX⟧ 高中 吴⟦XX⟧ 校长获聘专家。
    """,
    "counts in progress": """
        补助经费⟦（县财政局核算中）⟧万元。
        招聘教师⟦【统计中】⟧人，落实资金⟦（正在结算）⟧万元。
        覆盖率⟦（汇总中）⟧%，专利授权⟦（核实中）⟧件。
        年度预算⟦（审批中）⟧万元。
        运转经费⟦（财政部门审核中）⟧万元。
        流失教师⟦（尚在统计）⟧人。
        公用经费⟦（数据核对中）⟧万元。
        培训教师⟦（人事股汇总）⟧人。
    """,
    "units alone": """
        群众体育人均事业经费⟦⟧元。
        生均公用经费⟦⟧元，营养餐补助标准⟦⟧元。
        户均教育支出⟦⟧元。
        中考人均总分⟦⟧分，列全市第⟦⟧名。
        职业教育预留用地⟦⟧亩。
        发明专利授权⟦⟧件。
        人均体育消费⟦⟧元，比上年增加。
        政协委员提案⟦⟧件。
    """,
    "places where somebody works": """
        引进在⟦某⟧县任教的外县教师6人。
        从⟦某⟧县任教的老师中选调12人。
        与在⟦某⟧市执教的名师结对。
        由⟦某⟧区任职的干部带队。
        赴⟦某⟧县跟岗的校长4名。
        在⟦某⟧镇支教的教师16名。
        从⟦某⟧市从教的同乡中引回3人。
        到⟦某⟧县挂职的副校长2名。
    """,
}
HARMLESS = {
    "Roman tens": """
        （ⅸ）体育；（ⅹ）科技；（ⅺ）党建。
        ⅹ、校园安全工作
        第Ⅹ章、第ⅩⅩ章，附件ⅹ。
        ⅵ型、ⅹ型设备各1台。
        Ⅷ—Ⅹ级地震，ⅸ、ⅹ项见附表。
        罗马数字ⅰ至ⅹ的写法。
        第Ⅹ届运动会，Ⅹ类设备，第ⅩⅩ届年会。
    """,
    "names set apart by blanks": """
        教师李×× 老师拾金不昧，受到表彰。
        实验小学 王×× 同学受到表扬。
        第二小学 李某 同学见义勇为。
        城关 中学 王芳 同学获奖。
        1+X 中学 王芳 同学完成试点。
    """,
    "counts in progress": """
        项目（在建中）3个。
        （评审中）项目资料齐全，合同（履行中）12份。
        安排26万元（审计中）。
        校舍（统计口径）12所。
        成立（审核）科室，开展（汇总）工作。
        数据（正在统计）将于下月公布。
    """,
    "units alone": """
        经费元旦前到位，收入元素多样。
        平均分分布合理，得分分析透彻，总分分段。
        专利件数居前，用地亩均产出提升。
        单元、多元，一元复始。
        补助标准元月起执行。
        学习提案件件落实。
    """,
    "places where somebody works": """
        在某县城任教多年。
        曾在某些县任教。
        与某县区任职干部不同。
        某教师任教三年。
        在县城某小学试点。
    """,
}


@pytest.mark.parametrize(("family", "line"), rows(HOLES))
def test_a_leftover_is_found_at_its_exact_place(family: str, line: str) -> None:
    text, spans = marked(line)
    assert [one[:2] for one in holes(text)] == spans, family


@pytest.mark.parametrize(("family", "line"), rows(HARMLESS))
def test_what_shares_the_shape_only_is_left_alone(family: str, line: str) -> None:
    assert holes(line) == [], family


@pytest.mark.parametrize(
    ("text", "indicator", "expected"),
    [
        ("通过“绿色通道”引进在某县任教的外县公办教师X人。", "education.teachers_introduced", "placeholder"),
        ("引进在X县任教的外县公办教师XX人。", "education.teachers_introduced", "placeholder"),
        ("引进在某县任教的外县公办教师16人。", "education.teachers_introduced", "reported"),
        ("引进X市籍外县公办教师   人。", "education.teachers_introduced", "blank"),
        ("从邻县X县选调公办教师12人。", "education.teachers_introduced", "reported"),
        ("为X县职校规划预留用地65亩。", "education.vocational_land", "reported"),
        ("招聘XX教师。", "education.teachers_recruited", "placeholder"),
        ("群众体育人均事业经费元。", "sports.mass_sports_funding_per_capita", "blank"),
        ("岗位补贴全年需要资金（财政部门核定中）万元。", "education.principal_allowance", "placeholder"),
        ("教师流失现象仍然存在。", "education.teachers_lost", "no_value"),
        ("教师流失问题突出，全年流失教师21人。", "education.teachers_lost", "reported"),
        ("教师流失率控制在1%以内。", "education.teachers_lost", "absent"),
        ("X县在校学生X人。", "education.students_enrolled", "placeholder"),
    ],
)
def test_the_lost_name_of_a_place_stands_in_no_wordings_way(text: str, indicator: str, expected: str) -> None:
    roles = ("target", "actual")
    assert status(text, indicator, *roles, rules=packs()) == expected


def test_the_lost_name_of_a_place_is_no_number() -> None:
    assert facts("在X县、X镇招聘教师XX人。", rules=packs()) == ["education.teachers_recruited actual ?"]
    found = read("在X县、X镇招聘教师XX人。", rules=packs()).holes
    assert [one.indicator for one in found] == [None, None, "education.teachers_recruited"]
