"""Terse outlines: the heading or the label of a line says what the half names on it are names of."""

from __future__ import annotations

import pytest
from engine import facts, packs

SUBJECTS = {
    # the label of the line
    "教师：招聘45人，其中自主招聘12人；外县引进3人；流失17人。": [
        "education.teachers_recruited actual 45",
        "education.teachers_self_recruited actual 12",
        "education.teachers_introduced actual 3",
        "education.teachers_lost actual 17",
    ],
    "教师：招聘X人；流失17人。": [
        "education.teachers_recruited actual ?",
        "education.teachers_lost actual 17",
    ],
    "3.教师。招聘45人，流失17人。": [
        "education.teachers_recruited actual 45",
        "education.teachers_lost actual 17",
    ],
    "师资：招聘45人，流失17人。": [
        "education.teachers_recruited actual 45",
        "education.teachers_lost actual 17",
    ],
    "教师队伍：招聘45人。": ["education.teachers_recruited actual 45"],
    "党建：支部52个，达标41个，占78.8%。": [
        "party.branches_standardised actual 41",
        "party.branches_standardised_share actual 78.8",
    ],
    "职教：攻坚清单9项，完成7项；校园文化38万元。": [
        "education.vocational_tasks actual 9",
        "education.campus_culture_investment actual 38",
    ],
    "二、科技工作\n\n项目：市级7项、省级3项。": [
        "science.city_projects actual 7",
        "science.provincial_projects actual 3",
    ],
    "二、科技\n\n1.项目：省级3项。": ["science.provincial_projects actual 3"],
    "中考：平均分546.3分，上年541分；全市第4名。": [
        "education.zhongkao_mean_score actual 546.3",
        "education.zhongkao_mean_score previous 541",
        "education.zhongkao_rank actual 4",
    ],
    # the heading above
    "一、基本情况\n\n学校62所，在校学生2.3万人。": [
        "education.schools actual 62",
        "education.students_enrolled actual 23000",
    ],
    "一、概况\n\n学校62所（含教学点9个）。": ["education.schools actual 62"],
    "二、教育\n\n1.高中阶段毛入学率91%。巩固率97.2%。": [
        "education.senior_gross_enrolment_rate actual 91",
        "education.compulsory_retention_rate actual 97.2",
    ],
    "四、体育\n\n1.场地面积40.5万平方米，增3.2%；人均2.1平方米。": [
        "sports.venue_area actual 405000",
        "sports.venue_area change/actual up 3.2%",
        "sports.venue_area_per_capita actual 2.1",
    ],
    "四、体育\n\n1.场地面积X万平方米。": ["sports.venue_area actual ?"],
    # what the clause before names
    "规上工业企业45家，有研发活动18家，研发经费4600万元；有创新活动占比41%。": [
        "science.rd_firms actual 18",
        "science.industrial_rd_expenditure actual 0.46",
        "science.innovative_firm_share actual 41",
    ],
    "有研发活动的规上工业企业18家，研发费用4600万元。": [
        "science.rd_firms actual 18",
        "science.industrial_rd_expenditure actual 0.46",
    ],
    "专利申请210件，授权152件。": ["science.patents_granted actual 152"],
    "城域网升级：安排480万元。": ["education.campus_network_funding actual 480"],
    # what is planned, in few words
    "四、2024年打算\n\n1.招教师45人。\n\n2.职级制补贴：全年需资金120万元。\n\n3.学位再增800个。": [
        "education.teachers_recruited target 45",
        "education.principal_allowance target 120",
        "education.new_places target 800",
    ],
}
NO_SUBJECT = {
    # nothing says whose
    "党建：学校达标41所，活动12次。": [],
    "师资：招聘会3场，流失档案2份。": [],
    "宣传：招聘45人；流失17人。": [],
    "招聘45人，流失17人。": [],
    "项目：市级7项、省级3项。": [],
    "三、文化工作\n\n项目：市级7项、省级3项。": [],
    "三、城建工作\n\n1.场地面积40.5万平方米。": [],
    "三、党建\n\n1.巩固率97.2%。": [],
    "三、主要工作\n\n新建改建：学校6所。": [],
    "三、主要工作\n\n学校6所，投入300万元。": [],
    "二、教育\n\n经费投入300万元，改造操场6个。": [],
    "老师：辞职5人、考走3人、跳槽2人。": [],
    # of something smaller than the heading
    "二、教育\n\n1.初中三年巩固率97.2%。": [],
    "二、教育\n\n投入300万元，改造操场6个。": [],
    "二、教育\n\n改造操场6个，投入300万元。": [],
    # the unit does not fit
    "教师：招聘45场。": [],
    "职教：校园文化38项。": [],
    "四、体育\n\n1.场地面积覆盖率95%。": [],
    # the rank of something else
    "中考：平均分546.3分；全市第4名团员青年受表彰。": ["education.zhongkao_mean_score actual 546.3"],
    # another study of money
    "有研发活动的规上工业企业18家，研发投入强度1.3%。": [
        "science.rd_firms actual 18",
        "science.rd_gdp_ratio actual 1.3",
    ],
    "有研发活动的规上工业企业18家，全社会研发经费0.9亿元。": [
        "science.rd_firms actual 18",
        "science.rd_expenditure actual 0.9",
    ],
    "专利申请210件，授权率72%。": [],
    "商标申请210件，授权152件。": [],
}


@pytest.mark.parametrize(("text", "expected"), [*SUBJECTS.items(), *NO_SUBJECT.items()])
def test_outlines(text: str, expected: list[str]) -> None:
    assert facts(text, rules=packs()) == expected


def test_the_place_is_that_of_the_words_written() -> None:
    from engine import read

    text = "二、科技工作\n\n项目：市级7项、省级3项。"
    found = [(one.text, one.value_text) for one in read(text, rules=packs()).facts]
    assert found == [("市级7项", "7项"), ("省级3项", "3项")]
