"""Speech and shorthand: fillers between name and number, comparisons, quotas, thresholds, portions done."""

from __future__ import annotations

import pytest
from engine import facts, packs

SPOKEN = {
    # verbs of getting and giving
    "专利授权拿了152件。": ["science.patents_granted actual 152"],
    "市级科技计划争来9个。": ["science.city_projects actual 9"],
    "市级科技计划今年批了9个。": ["science.city_projects actual 9"],
    "市级科技计划争取到手9个。": ["science.city_projects actual 9"],
    "三星党支部今年新评了6个。": ["party.three_star_branches actual 6"],
    "高新技术企业总数明年要冲到95家。": ["science.hightech_total target 95"],
    "校园文化投了38万元，实训基地投了95万元。": [
        "education.campus_culture_investment actual 38",
        "education.training_base_investment actual 95",
    ],
    "党建经费奖了36万元。": ["party.funding actual 36"],
    "党建经费奖励了36万元。": ["party.funding actual 36"],
    "二星党支部评出21个。": ["party.two_star_branches actual 21"],
    "教育专项债争取到位6200万元。": ["education.special_bonds actual 0.62"],
    # asides
    "自主招聘占大头，有58人。": ["education.teachers_self_recruited actual 58"],
    "自主招聘是主力，有58人。": ["education.teachers_self_recruited actual 58"],
    "申报高新技术企业三批共24家。": ["science.hightech_applied actual 24"],
    "申报高新技术企业分两批共24家。": ["science.hightech_applied actual 24"],
    "力争把森林覆盖率提到62%。": ["environment.forest_coverage target 62"],
    "幼儿园里现有5200个娃。": ["education.kindergarten_children actual 5200"],
    "幼儿园里还有5200个孩子，比去年少了310个。": [
        "education.kindergarten_children actual 5200",
        "education.kindergarten_children change/actual down 310个",
    ],
    # what is still to come
    "明年高新技术企业要再添7家。": ["science.hightech_new target 7"],
    "下一步，高企还要增加7家。": ["science.hightech_new target 7"],
    "研发投入强度明年说什么也要破1.2%。": ["science.rd_gdp_ratio target 1.2"],
    "研发投入强度明年起码要达到1.2%。": ["science.rd_gdp_ratio target 1.2"],
    "预计年底高新技术企业总数将达到86家。": ["science.hightech_total actual 86"],
    "到2026年高新技术企业总数将达到86家。": ["science.hightech_total target 86"],
}
NOT_SPOKEN = {
    "科技助力经济项目今年一个都没争到。": [],
    "科技助力经济项目，一项也没有。": [],
    "申报高新技术企业两批。": [],
    "科技计划奖了3个先进集体。": [],
    "市级科技计划评审专家评了9个方案。": [],
    "幼儿园里有3个食堂。": [],
    "幼儿园里有12个学生社团。": [],
    "自主招聘占了大头，有关部门补助58万元。": [],
    "高企要再招7人。": [],
}
COMPARED = {
    "中考人均总分521分，去年是515.6分，多了5.4分。": [
        "education.zhongkao_mean_score actual 521",
        "education.zhongkao_mean_score previous 515.6",
        "education.zhongkao_mean_score change/actual up 5.4分",
    ],
    "一本上线318人，上年是290人，多了28个。": [
        "education.gaokao_tier1_count actual 318",
        "education.gaokao_tier1_count previous 290",
        "education.gaokao_tier1_count change/actual up 28个",
    ],
    "学前教育公办率由去年底的57.2%升到60.1%。": [
        "education.public_kindergarten_share previous 57.2",
        "education.public_kindergarten_share actual 60.1",
    ],
    "一本上线318人，较上年+28人。": [
        "education.gaokao_tier1_count actual 318",
        "education.gaokao_tier1_count change/actual up 28人",
    ],
    "专利授权量152件（+18件）。": [
        "science.patents_granted actual 152",
        "science.patents_granted change/actual up 18件",
    ],
    "专利授权量152件，同比-8.4%。": [
        "science.patents_granted actual 152",
        "science.patents_granted change/actual down 8.4%",
    ],
    "教师流失22人，较上年-5人。": [
        "education.teachers_lost actual 22",
        "education.teachers_lost change/actual down 5人",
    ],
    "招聘新教师40名-45名。": ["education.teachers_recruited actual 40"],
    "固定资产投资增长-2.6%。": ["economy.fixed_investment_growth actual -2.6"],
    "全社会研发经费支出4.2亿元，总量居全市第6位，同比增长11.7%。": [
        "science.rd_expenditure actual 4.2",
        "science.rd_expenditure change/actual up 11.7%",
    ],
    "地区生产总值86.5亿元，列全市第七位，增长5.2%。": [
        "economy.gdp actual 86.5",
        "economy.gdp change/actual up 5.2%",
    ],
    "全社会研发经费支出4.2亿元，人均水平居全市第6位，规上工业增长11.7%。": [
        "science.rd_expenditure actual 4.2"
    ],
    "教育支出累计达到56亿元，其中2023年12.3亿元。": [
        "education.public_spending actual 56 period",
        "education.public_spending actual 12.3",
    ],
    "教育支出累计达到56亿元，其中2022年11.8亿元。": [
        "education.public_spending actual 56 period",
        "education.public_spending previous 11.8",
    ],
    # an earlier year, told by someone else
    "2023年全县科技工作再上台阶。\n\n据县统计局反馈，2022年全社会研发投入3.1亿元。": [
        "science.rd_expenditure previous 3.1"
    ],
    "2023年全县科技工作再上台阶。\n\n据县统计局最新公布的数据，2022年全社会研发投入3.1亿元。": [
        "science.rd_expenditure actual 3.1"
    ],
}
QUOTAS = {
    "新增学位860个，完成全年任务（1500个）的57.3%。": [
        "education.new_places actual 860",
        "education.new_places target 1500",
    ],
    "招聘新教师60名，完成年度任务120名的50%。": [
        "education.teachers_recruited actual 60",
        "education.teachers_recruited target 120",
    ],
    "超额完成全年任务，新增学位1620个。": ["education.new_places actual 1620"],
    # a threshold is no value
    "撤并在园人数不足20人的村级幼儿园3所。": [],
    "保留在校学生50人以下的教学点7个。": [],
    "在园幼儿超过300人的幼儿园配备校医。": [],
    "在园幼儿不足5000人。": ["education.kindergarten_children actual 5000"],
    # a portion of it that is done
    "职业教育新增攻坚任务清单9项，已办结4项。": ["education.vocational_tasks actual 9"],
    "职业教育新增攻坚任务清单9项（已完成4项）。": ["education.vocational_tasks actual 9"],
    "今年计划改扩建学校7所，已完成5所。": ["education.schools_to_expand actual 7"],
    "职业教育新增攻坚任务清单X项，已完成4项。": ["education.vocational_tasks actual ?"],
    "地区生产总值增长5.2%，完成86.5亿元。": ["economy.gdp change/actual up 5.2%", "economy.gdp actual 86.5"],
}
NAMES = {
    "新增基础教育学位1.2万个。": ["education.new_places actual 12000"],
    "新（改、扩）建学校6所，新增公办学位3200余个。": ["education.new_places actual 3200"],
    "东岭中学新校区、河湾幼儿园等4个项目建成交付，新增学位2100个。": ["education.new_places actual 2100"],
    "东岭中学新校区建成交付，新增学位900个。": ["education.new_places actual 900 part"],
    "新建公办幼儿园4所，新增学位900个。": ["education.new_places actual 900 part"],
    "引进外县（市、区）公办教师12人。": ["education.teachers_introduced actual 12"],
    "引进外县（区）幼儿园园长2人。": [],
    "全社会研发经费支出相当于全县生产总值的比例为1.4%。": ["science.rd_gdp_ratio actual 1.4"],
    "全社会研发投入占全县地区生产总值的1.4%。": ["science.rd_gdp_ratio actual 1.4"],
    "县职教中心东侧30亩预留用地完成征收。": ["education.vocational_land actual 30"],
    "产业园东侧30亩预留用地完成征收。": [],
    "全年共新增学位X个，其中东岭小学XX校区新增学位900个。": [
        "education.new_places actual ?",
        "education.new_places actual 900 part",
    ],
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [one for table in (SPOKEN, NOT_SPOKEN, COMPARED, QUOTAS, NAMES) for one in table.items()],
)
def test_speech_and_shorthand(text: str, expected: list[str]) -> None:
    assert facts(text, rules=packs()) == expected


def test_the_new_value_of_the_year_in_a_half_year_report() -> None:
    title = "临川县2023年上半年工作情况\n\n"
    text = "去年全社会研发投入强度为1.21%，今年要达到1.3%。"
    expected = ["science.rd_gdp_ratio previous 1.21", "science.rd_gdp_ratio target 1.3"]
    assert facts(text, title=title, rules=packs()) == expected
    assert facts("2017年新增技术合同。", rules=packs()) == []


def test_a_single_year_within_a_review_of_several() -> None:
    title = "临川市2018年政府工作报告\n\n"
    text = (
        "一、过去五年工作回顾\n\n过去五年，是科技进步的五年。2017年技术合同成交额2.1亿元；专利授权152件，增长8%。"
        "新增学位9700个。"
    )
    found = facts(text, title=title, rules=packs())
    assert "science.patents_granted actual 152" in found
    assert "education.new_places actual 9700 period" in found
