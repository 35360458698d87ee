"""What stands between a name and its number, or between a number and its change, and says nothing of either."""

from __future__ import annotations

import pytest
from engine import facts, packs

AMONG = {
    "高考万人比在全市9个县（市、区）中排名第3位，比上年前移2位。": [
        "education.gaokao_rank actual 3",
        "education.gaokao_rank change/actual up 2位",
    ],
    "高考万人比在全市10个县（区）内位居第八位，后退1位。": [
        "education.gaokao_rank actual 8",
        "education.gaokao_rank change/actual down 1位",
    ],
    "高考万人比位列全市十四个区县第5名。": ["education.gaokao_rank actual 5"],
    "高考万人比在全州12县（市）里列第4。": ["education.gaokao_rank actual 4"],
    "中考成绩在全市参评的11个县（区）中排第6名。": ["education.zhongkao_rank actual 6"],
    "中考名次在11个县（区）中列第5名。": ["education.zhongkao_rank actual 5"],
    "高考万人比，在全市13个县区里头排第7名，往前挪了1名。": [
        "education.gaokao_rank actual 7",
        "education.gaokao_rank change/actual up 1名",
    ],
    "高考万人比在全市8个兄弟县当中排第2名。": ["education.gaokao_rank actual 2"],
    "高考万人比在全省88个县（市）中列第36名。": ["education.gaokao_rank actual 36 other"],
    "高考万人比居全市前列，在12个乡镇中表彰第1名。": [],
    "高考万人比稳步提升，抽测全市9个县（区）中的第3名选手。": [],
    "在全市11个县（区）里设立考点6个。": [],
    "走访全市11个县（区），招聘教师6名。": ["education.teachers_recruited actual 6"],
    "中考名次与11个县（区）相比，第5名有差距。": [],
    "高考万人比在全市各县（区）里公布，奖励第1名学生。": [],
}
REMAINDER = {
    "其余5个党支部活动阵地面积偏小，正在整改。": ["party.branches_to_rectify actual 5"],
    "剩下的3个支部因换届滞后，需要整改。": ["party.branches_to_rectify actual 3"],
    "余下6个支部档案不全，需限期整改。": ["party.branches_to_rectify actual 6"],
    "剩余4个党支部由于缺少活动室，亟待整改。": ["party.branches_to_rectify actual 4"],
    "其余的8个支部三会一课记录不规范，需要整改，已建立台账。": ["party.branches_to_rectify actual 8"],
    "还剩2个支部组织生活不经常，需要整改。": ["party.branches_to_rectify actual 2"],
    "剩下的7个支部，需要整改。": ["party.branches_to_rectify actual 7"],
    "其余5个支部标准不高，需整顿。": ["party.branches_to_rectify actual 5"],
    "剩下的3个支部已完成整改。": [],
    "其余5个支部对照清单，需要整改的问题12个。": [],
    "剩下3所学校食堂，需要整改。": [],
    "其余6个支部不需要整改。": [],
    "其余6个支部资料齐全，无需整改。": [],
    "剩下的3个支部按期换届。": [],
}
MONEY = {
    "局里从办公经费中省出18万元，作为党建工作经费。": ["party.funding actual 18"],
    "从公用经费里腾出26万元用作党建经费。": ["party.funding actual 26"],
    "从局机关经费中列支32万元作为党建专项经费，全部补到支部。": ["party.funding actual 32"],
    "挤出20万元，全部作为党建经费。": ["party.funding actual 20"],
    "党建经费挤出35万元。": ["party.funding actual 35"],
    "党建经费从留成资金中安排40万元。": ["party.funding actual 40"],
    "校建项目投入折合人民币1.3亿元。": ["education.construction_investment actual 1.3"],
    "校建项目累计投入折算为8600万元。": ["education.construction_investment actual 0.86"],
    "教育城域网改造经费列支520万元。": ["education.campus_network_funding actual 520"],
    "校园文化建设筹措88万元。": ["education.campus_culture_investment actual 88"],
    "实训基地建设筹集资金260万元。": ["education.training_base_investment actual 260"],
    "挤出时间开展党建活动12次，经费紧张。": [],
    "挤出5万元作为困难党员慰问金，党建经费不变。": [],
    "拿出30万元作为食堂补贴，用于党建的不多。": [],
    "列支640万元用于校车购置。": [],
    "从校建项目资金中列支30万元购买图书。": [],
    "党建经费从严管理，购置图书26万元。": [],
    "落实专项债券资金1.2亿元，已列支5300万元。": ["education.special_bonds actual 1.2"],
    "落实专项债券资金1.2亿元，已支付5300万元。": ["education.special_bonds actual 1.2"],
}
BRACKETS = {
    "高考一本上线356人（特控线口径），同比增加22人。": [
        "education.gaokao_tier1_count actual 356",
        "education.gaokao_tier1_count change/actual up 22人",
    ],
    "招聘教师142人（含研究生12人），比上年减少8人。": [
        "education.teachers_recruited actual 142",
        "education.teachers_recruited change/actual down 8人",
    ],
    "专任教师3860人（其中高级职称1120人），较上年增加46人。": [
        "education.full_time_teachers actual 3860",
        "education.full_time_teachers change/actual up 46人",
    ],
    "其中自主招聘38人（含硕士9人），比上年多6人。": [
        "education.teachers_self_recruited actual 38",
        "education.teachers_self_recruited change/actual up 6人",
    ],
    "体育场地面积71.2万平方米（其中学校场地38万平方米），比上年增长4.2%。": [
        "sports.venue_area actual 712000",
        "sports.venue_area change/actual up 4.2%",
    ],
    "专利授权86件（其中发明专利9件、实用新型77件），增长7.5%。": [
        "science.patents_granted actual 86",
        "science.patents_granted change/actual up 7.5%",
    ],
    "高新技术企业总数36家（含培育入库），比年初净增6家。": [
        "science.hightech_total actual 36",
        "science.hightech_total change/actual up 6家",
    ],
    "本科上线1210人（其中一本上线208人），比上年增加40人。": [
        "education.gaokao_undergraduate_count actual 1210",
        "education.gaokao_tier1_count actual 208",
        "education.gaokao_undergraduate_count change/actual up 40人",
    ],
    "校建项目投入1.2亿元（含上级补助7000万元），同比增长12%。": [
        "education.construction_investment actual 1.2",
        "education.construction_investment change/actual up 12%",
    ],
    "高新技术企业总数36家（截至12月底），净增6家。": [
        "science.hightech_total actual 36",
        "science.hightech_total change/actual up 6家",
    ],
    "技术合同成交额3.2亿元（省科技厅认定数），增长18%。": [
        "science.tech_contracts actual 3.2",
        "science.tech_contracts change/actual up 18%",
    ],
    "一本上线286人（特控线口径）、本科上线1210人（含艺体），分别增加19人、40人。": [
        "education.gaokao_tier1_count actual 286",
        "education.gaokao_undergraduate_count actual 1210",
        "education.gaokao_tier1_count change/actual up 19人",
        "education.gaokao_undergraduate_count change/actual up 40人",
    ],
    "专利授权（含发明、实用新型）86件。": ["science.patents_granted actual 86"],
    "专利授权（含发明、实用新型）、86件作品参展。": [],
    "教职工4306人（其中专任教师3872人），比上年增加120人。": ["education.full_time_teachers actual 3872"],
    "专任教师3860人（其中高级职称1120人，增长6%）。": ["education.full_time_teachers actual 3860"],
    "本科上线1210人（其中艺体类上线233人，比上年增加19人）。": [
        "education.gaokao_undergraduate_count actual 1210"
    ],
    "招聘教师142人（含研究生12人），新增图书1200册。": ["education.teachers_recruited actual 142"],
    "招聘教师142人（含研究生12人），其中女教师98人。": ["education.teachers_recruited actual 142"],
    "流失教师21人（含退休，另有借调8人）分布在12所学校。": ["education.teachers_lost actual 21"],
}
PLACES = {
    "在城北为县职校扩展用地46亩。": ["education.vocational_land actual 46"],
    "给县职教中心预留用地46亩。": ["education.vocational_land actual 46"],
    "清河县职校扩展用地46亩。": ["education.vocational_land actual 46 other"],
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [one for table in (AMONG, REMAINDER, MONEY, BRACKETS, PLACES) for one in table.items()],
)
def test_asides(text: str, expected: list[str]) -> None:
    assert facts(text, rules=packs()) == expected


PLAN = "临川县2024年工作计划\n\n"
PRESENT = {
    "目前，全县专任教师3200人，普惠性幼儿园覆盖率88.6%。": [
        "education.full_time_teachers actual 3200",
        "education.inclusive_kindergarten_coverage actual 88.6",
    ],
    "全县现有在校学生4.1万人，各级各类学校112所。": [
        "education.students_enrolled actual 41000",
        "education.schools actual 112",
    ],
    "截至目前，高新技术企业总数达42家，每万人发明专利拥有量1.2件。": [
        "science.hightech_total actual 42",
        "science.invention_patents_per_10k actual 1.2",
    ],
    "森林覆盖率现为58.3%，到2024年底达到59%。": [
        "environment.forest_coverage actual 58.3",
        "environment.forest_coverage target 59",
    ],
    "学前三年毛入园率目前达到93.1%，力争提高到95%。": [
        "education.preschool_gross_enrolment_rate actual 93.1",
        "education.preschool_gross_enrolment_rate target 95",
    ],
    "人均体育场地面积已达2.1平方米，年内再增加0.1平方米。": [
        "sports.venue_area_per_capita actual 2.1",
        "sports.venue_area_per_capita change/target up 0.1平方米",
    ],
    "高新技术企业总数在现有42家的基础上增加到50家。": [
        "science.hightech_total actual 42",
        "science.hightech_total target 50",
    ],
    "2023年，招聘教师142人；党建经费36万元。高新技术企业总数42家。": [
        "education.teachers_recruited actual 142",
        "party.funding actual 36",
        "science.hightech_total actual 42",
    ],
    "一、发展基础\n\n高新技术企业总数42家，研发投入强度1.2%。": [
        "science.hightech_total actual 42",
        "science.rd_gdp_ratio actual 1.2",
    ],
    "一、形势与基础\n\n普惠性幼儿园覆盖率88.6%。": ["education.inclusive_kindergarten_coverage actual 88.6"],
    # what is still to come
    "目前存在短板，全年招聘教师150人，高新技术企业总数达到50家。": [
        "education.teachers_recruited target 150",
        "science.hightech_total target 50",
    ],
    "针对目前困难，人均体育场地面积提高到2.2平方米。": ["sports.venue_area_per_capita target 2.2"],
    "盘活现有资源，校建项目投入1.1亿元。": ["education.construction_investment target 1.1"],
    "在目前基础上，森林覆盖率达到59%。": ["environment.forest_coverage target 59"],
    "目前高新技术企业总数42家，全年新增高新技术企业8家。": [
        "science.hightech_total actual 42",
        "science.hightech_new target 8",
    ],
    "2024年，招聘教师142人；校建项目投入1.2亿元。党建经费36万元。": [
        "education.teachers_recruited target 142",
        "education.construction_investment target 1.2",
        "party.funding target 36",
    ],
    "一、打牢基础教育\n\n学前三年毛入园率95%。": ["education.preschool_gross_enrolment_rate target 95"],
}


@pytest.mark.parametrize(("text", "expected"), PRESENT.items())
def test_the_present_state_within_a_plan(text: str, expected: list[str]) -> None:
    assert facts(text, title=PLAN, rules=packs()) == expected
