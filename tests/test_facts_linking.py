"""Which number belongs to which name: one sentence for each shape of grammar, in words of our own."""

from __future__ import annotations

import pytest
from engine import facts, packs

SHAPES = {
    # copula, adjacency, brackets
    "全县地区生产总值达到86.5亿元。": ["gdp actual 86.5"],
    "全县地区生产总值为86.5亿元。": ["gdp actual 86.5"],
    "地区生产总值86.5亿元。": ["gdp actual 86.5"],
    "地区生产总值（GDP）达86.5亿元。": ["gdp actual 86.5"],
    "森林覆盖率稳定在61.2%。": ["forest actual 61.2"],
    "森林覆盖率保持在61.2%以上。": ["forest actual 61.2"],
    "全年完成一般公共预算收入4.8亿元。": ["revenue actual 4.8"],
    "全县共有在校学生2.3万人。": ["students actual 23000"],
    "全县现有各级各类学校116所，在校生20450人。": ["schools actual 116", "students actual 20450"],
    "粮食产量首次突破30万吨。": ["grain actual 300000"],
    # remarks between name and number
    "森林覆盖率连续3年稳定在61.2%以上。": ["forest actual 61.2"],
    "地区生产总值跨越两个百亿元台阶，达到286.5亿元、增长5.2%。": [
        "gdp actual 286.5",
        "gdp change/actual up 5.2%",
    ],
    "地区生产总值连续跨过3个千亿级台阶，达到3286亿元。": ["gdp actual 3286"],
    "一般公共预算收入剔除一次性因素后完成4.8亿元。": ["revenue actual 4.8"],
    "森林覆盖率61.2%，达标支部占比91.5%，分别比上年提高0.4、1.2个百分点。": [
        "forest actual 61.2",
        "branch_share actual 91.5",
        "forest change/actual up 0.4个百分点",
        "branch_share change/actual up 1.2个百分点",
    ],
    "一般公共预算收入增速不低于4%。": ["revenue change/target up 4%"],
    "专利授权量152件，比上年多完成18件。": ["patents actual 152", "patents change/actual up 18件"],
    "森林覆盖率61.2%，比上年高0.4个百分点。": ["forest actual 61.2", "forest change/actual up 0.4个百分点"],
    "党建经费到位36万元。": ["funding actual 36"],
    # from – to, growth, difference
    "森林覆盖率由60.8%提高到61.2%。": ["forest previous 60.8", "forest actual 61.2"],
    "森林覆盖率从60.8%提升至61.2%。": ["forest previous 60.8", "forest actual 61.2"],
    "地区生产总值增长5.2%。": ["gdp change/actual up 5.2%"],
    "地区生产总值86.5亿元，同比增长5.2%。": ["gdp actual 86.5", "gdp change/actual up 5.2%"],
    "地区生产总值86.5亿元、增长5.2%。": ["gdp actual 86.5", "gdp change/actual up 5.2%"],
    "地区生产总值增长5.2%，达到86.5亿元。": ["gdp change/actual up 5.2%", "gdp actual 86.5"],
    "地区生产总值同比增长5.2%、达86.5亿元。": ["gdp change/actual up 5.2%", "gdp actual 86.5"],
    "地区生产总值86.5亿元，按不变价格计算，比上年增长5.2%。": [
        "gdp actual 86.5",
        "gdp change/actual up 5.2%",
    ],
    "一般公共预算收入4.8亿元，同比下降3.1%。": ["revenue actual 4.8", "revenue change/actual down 3.1%"],
    "专利授权量152件，比上年增加18件。": ["patents actual 152", "patents change/actual up 18件"],
    "专利授权量152件，较上年减少18件。": ["patents actual 152", "patents change/actual down 18件"],
    "森林覆盖率61.2%，提高0.4个百分点。": ["forest actual 61.2", "forest change/actual up 0.4个百分点"],
    "固定资产投资增长8.1%。": ["investment actual 8.1"],
    "固定资产投资下降2.6%。": ["investment actual -2.6"],
    "固定资产投资同比增长8.1%，一般公共预算收入增长4%。": [
        "investment actual 8.1",
        "revenue change/actual up 4%",
    ],
    # the growth behind a level of an indicator that is a growth rate itself
    "固定资产投资完成35亿元，增长8.1%。": ["investment actual 8.1"],
    # a milestone beside the level itself
    "地区生产总值突破80亿元、达86.5亿元。": ["gdp actual 80 milestone", "gdp actual 86.5"],
    "地区生产总值跨过80亿元大关。": ["gdp actual 80"],
    # lists with 分别, with and without names that are unknown
    "地区生产总值、一般公共预算收入分别增长5.2%、4%。": [
        "gdp change/actual up 5.2%",
        "revenue change/actual up 4%",
    ],
    "地区生产总值和一般公共预算收入分别达到86.5亿元和4.8亿元。": ["gdp actual 86.5", "revenue actual 4.8"],
    "税收收入、一般公共预算收入分别增长6%、4%。": ["revenue change/actual up 4%"],
    "地区生产总值、服务业增加值、固定资产投资分别增长5.2%、6.3%、8.1%。": [
        "gdp change/actual up 5.2%",
        "investment actual 8.1",
    ],
    # a tail that two names share
    "城镇、农村居民人均可支配收入分别达到41200元、20300元。": ["urban actual 41200", "rural actual 20300"],
    "城镇和农村居民人均可支配收入分别增长4.6%和6.8%。": [
        "urban change/actual up 4.6%",
        "rural change/actual up 6.8%",
    ],
    # a rank behind a score
    "中考平均分546.3分，列全市第4名。": ["score actual 546.3", "score_rank actual 4"],
    "中考平均分546.3分，列全市第4。": ["score actual 546.3", "score_rank actual 4"],
    "中考平均分546.3分，居全市第4位，比上年进步2位。": [
        "score actual 546.3",
        "score_rank actual 4",
        "score_rank change/actual up 2位",
    ],
    "中考排名全市第4。": ["score_rank actual 4"],
    # the number before or inside the name
    "全年招聘45名新教师。": ["recruits actual 45"],
    "全年招聘新教师45名。": ["recruits actual 45"],
    "全年投入36万元支持党建工作。": ["funding actual 36"],
    "招聘45名新教师，比上年多12名。": ["recruits actual 45", "recruits change/actual up 12名"],
    # on a basis; beside what it was; what was added, then the total
    "森林覆盖率在60.8%的基础上提高到61.2%。": ["forest previous 60.8", "forest actual 61.2"],
    "中考平均分在上年543.1分的基础上再提高3.2分。": ["score previous 543.1", "score change/actual up 3.2分"],
    "一般公共预算收入在上年的基础上增长4%。": ["revenue change/actual up 4%"],
    "中考平均分546.3分，与2022年的543.1分相比提高3.2分。": [
        "score actual 546.3",
        "score previous 543.1",
        "score change/actual up 3.2分",
    ],
    "中考平均分546.3分，与上年相比提高3.2分。": ["score actual 546.3", "score change/actual up 3.2分"],
    "中考平均分与上年持平，为546.3分。": ["score actual 546.3"],
    "中考平均分546.3分，排名没变，还是全市第四。": ["score actual 546.3", "score_rank actual 4"],
    "达标党支部新增6个、总数达到44个。": ["branches change/actual up 6个", "branches actual 44"],
    "专利授权量152件，比上年多投入18件。": ["patents actual 152", "patents change/actual up 18件"],
    "地区生产总值接连跨过80亿元、85亿元两道关口，达到86.5亿元。": [
        "gdp actual 80 milestone",
        "gdp actual 85 milestone",
        "gdp actual 86.5",
    ],
    "在校学生（含特教）2.3万人。": ["students actual 23000"],
    # several places, one name
    "全省森林覆盖率63%，全县61.2%。": ["forest actual 63 other", "forest actual 61.2"],
    "全国森林覆盖率24%，我们达到61.2%。": ["forest actual 24 other", "forest actual 61.2"],
    "森林覆盖率全国24%、全省63%、我县61.2%。": [
        "forest actual 24 other",
        "forest actual 63 other",
        "forest actual 61.2",
    ],
    "全省森林覆盖率63%，我县61.2%、提高0.4个百分点。": [
        "forest actual 63 other",
        "forest actual 61.2",
        "forest change/actual up 0.4个百分点",
    ],
    "一般公共预算收入增长4%，全省增长3.1%。": [
        "revenue change/actual up 4%",
        "revenue change/actual up 3.1% other",
    ],
    # continuations
    "达标党支部有48个，占86.3%。": ["branches actual 48", "branch_share actual 86.3"],
    # one sentence, many names; each keeps its own
    "地区生产总值86.5亿元，森林覆盖率61.2%，专利授权152件。": [
        "gdp actual 86.5",
        "forest actual 61.2",
        "patents actual 152",
    ],
}


@pytest.mark.parametrize(("text", "expected"), SHAPES.items(), ids=list(SHAPES))
def test_shapes(text: str, expected: list[str]) -> None:
    assert facts(text) == expected


NOT_LINKED = {
    # an unknown noun stands between
    "森林覆盖率考核得分96.5。": [],
    "推动地区生产总值核算改革，投入资金3亿元。": [],
    # the unit does not fit
    "地区生产总值核算人员12人。": [],
    "体育场地面积达标学校16所。": [],
    # a longer name that is something else
    "脱贫县农村居民人均可支配收入18300元。": [],
    "人均体育场地面积2.3平方米。": ["per_head actual 2.3"],
    # times are no values
    "一般公共预算收入连续3年增长。": [],
    "2023年，地区生产总值稳步提升。": [],
    # what was spent on something else; a bare share of what was named last
    "安排36万元用于党建展馆。": [],
    "在校学生（小学）1.2万人。": [],
    # the next sentence
    "地区生产总值稳步提升。资金3亿元。": [],
    "地区生产总值稳步提升；到位资金3亿元。": [],
}


@pytest.mark.parametrize(("text", "expected"), NOT_LINKED.items(), ids=list(NOT_LINKED))
def test_no_link_where_the_grammar_gives_none(text: str, expected: list[str]) -> None:
    assert facts(text) == expected


QUALIFIED = {
    "地区生产总值约86.5亿元。": ["gdp actual 86.5"],
    "体育场地面积超过40万平方米。": ["area actual 400000"],
    "体育场地面积40余万平方米。": ["area actual 400000"],
    "在校学生近2.3万人。": ["students actual 23000"],
    "在校学生2万多人。": ["students actual 20000"],
    "森林覆盖率六成以上。": ["forest actual 60"],
    "森林覆盖率达到百分之六十一点二。": ["forest actual 61.2"],
    "全县有在校学生两万三千人。": ["students actual 23000"],
    "地区生产总值８６．５亿元。": ["gdp actual 86.5"],
    "一般公共预算收入4.8个亿。": ["revenue actual 4.8"],
    "一般公共预算收入48000万元。": ["revenue actual 4.8"],
    "体育场地面积40.5公顷。": ["area actual 405000"],
    "粮食产量3亿公斤。": ["grain actual 300000"],
    "在校生20,450人。": ["students actual 20450"],
}


@pytest.mark.parametrize(("text", "expected"), QUALIFIED.items(), ids=list(QUALIFIED))
def test_ways_to_write_a_value(text: str, expected: list[str]) -> None:
    assert facts(text) == expected


HOLES = {
    "地区生产总值X亿元，增长X%。": ["gdp actual ?", "gdp change/actual up ?%"],
    "在校学生XX人。": ["students actual ?"],
    "在校学生XX万人。": ["students actual ?"],
    "森林覆盖率为%。": ["forest actual ?"],
    "森林覆盖率由X%提高到X%。": ["forest previous ?", "forest actual ?"],
    "在校学生    人。": ["students actual ?"],
    "专利授权量（  ）件。": ["patents actual ?"],
    "专利授权量____件。": ["patents actual ?"],
    "专利授权量【待补充】件。": ["patents actual ?"],
    "专利授权量{{patents}}件。": ["patents actual ?"],
    "专利授权量**件，比上年增加*件。": ["patents actual ?", "patents change/actual up ?件"],
    "中考平均分XXX.X分，列全市第X名。": ["score actual ?", "score_rank actual ?"],
    "招聘XX名新教师。": ["recruits actual ?"],
    "投入XX万元支持党建。": ["funding actual ?"],
    "达标党支部有X个，占X%。": ["branches actual ?", "branch_share actual ?"],
    "城镇、农村居民人均可支配收入分别达到X元、X元。": ["urban actual ?", "rural actual ?"],
}


@pytest.mark.parametrize(("text", "expected"), HOLES.items(), ids=list(HOLES))
def test_holes_stand_for_numbers(text: str, expected: list[str]) -> None:
    assert facts(text) == expected


CARRIED = {
    # the head stands one clause earlier, behind a number of its own
    "粮食播种面积31.4万亩，总产量12.6万吨，增产0.3万吨。": [
        "economy.grain_output actual 126000",
        "economy.grain_output change/actual up 0.3万吨",
    ],
    "粮食播种面积稳定在31.4万亩以上，亩产401公斤，总产12.6万吨。": ["economy.grain_output actual 126000"],
    "粮食播种面积31.4万亩，油菜播种面积8万亩，产量1.2万吨。": [],
    "粮食播种面积31.4万亩，油料产量1.2万吨。": [],
    "全年登记技术合同96项，成交额2.4亿元，增长12%。": [
        "science.tech_contracts actual 2.4",
        "science.tech_contracts change/actual up 12%",
    ],
    "全年登记技术合同XX项，成交额X亿元。": ["science.tech_contracts actual ?"],
    "青石镇技术合同12项，成交额0.4亿元。": ["science.tech_contracts actual 0.4 part"],
    "登记技术合同96项，其中吸纳类31项，成交额0.8亿元。": [],
    "省级科技计划项目立项3项，市级7项。": [
        "science.provincial_projects actual 3",
        "science.city_projects actual 7",
    ],
    "省级科技计划项目立项X项，市级X项。": [
        "science.provincial_projects actual ?",
        "science.city_projects actual ?",
    ],
    "省级科技计划项目立项3项，市级工程中心7个。": ["science.provincial_projects actual 3"],
    "申报高新技术企业21家，新增高新技术企业8家。": [
        "science.hightech_applied actual 21",
        "science.hightech_new actual 8",
    ],
    "申报高新技术企业21家，其中有望通过14家。": [
        "science.hightech_applied actual 21",
        "science.hightech_expected actual 14",
    ],
    "新增规上工业企业5家、高新技术企业8家。": ["science.hightech_new actual 8"],
    "新增规上工业企业5家，高新技术企业总数86家。": ["science.hightech_total actual 86"],
    # a bare share belongs to what was named last
    "全社会研发经费支出4.2亿元，占比1.3%。": [
        "science.rd_expenditure actual 4.2",
        "science.rd_gdp_ratio actual 1.3",
    ],
    "全社会研发经费支出4.2亿元，规上工业企业研发经费支出3.1亿元，占比73.8%。": [
        "science.rd_expenditure actual 4.2",
        "science.industrial_rd_expenditure actual 3.1",
    ],
    # a sum and what it went to
    "安排480万元用于校园城域网提速改造。": ["education.campus_network_funding actual 480"],
    "争取资金480万元，专项用于校园城域网提速改造。": ["education.campus_network_funding actual 480"],
    "480万元（含上年结转60万元）实施校园城域网升级。": ["education.campus_network_funding actual 480"],
    "X万元（含上年结转X万元）用于校园城域网升级。": ["education.campus_network_funding actual ?"],
    "480万元（或520万元，以决算为准）实施校园城域网升级。": [
        "education.campus_network_funding actual 480",
        "education.campus_network_funding actual 520",
    ],
    "安排480万元用于校园安全。": [],
    "招聘15名新教师、20名校医。": ["education.teachers_recruited actual 15"],
}


@pytest.mark.parametrize(("text", "expected"), CARRIED.items(), ids=list(CARRIED))
def test_a_name_that_leans_on_the_clause_before(text: str, expected: list[str]) -> None:
    assert facts(text, rules=packs()) == expected


OUTLINES = {
    # spoken outlines: a topic, a stop, and what is said of it
    "高企。申报21家，有望通过14家，总数86家。": [
        "science.hightech_applied actual 21",
        "science.hightech_expected actual 14",
        "science.hightech_total actual 86",
    ],
    "中考：人均总分546.3分，列全市第4名。": [
        "education.zhongkao_mean_score actual 546.3",
        "education.zhongkao_rank actual 4",
    ],
    "2.义务教育：巩固率99.1%。": ["education.compulsory_retention_rate actual 99.1"],
    "高企方面，申报X家。": ["science.hightech_applied actual ?"],
    "四、体育工作\n\n场地：总面积40.5万平方米。": ["sports.venue_area actual 405000"],
    "四、城建工作\n\n场地：总面积40.5万平方米。": [],
    "小学：在校学生9800人。": ["education.students_enrolled actual 9800 part"],
    "目标：招聘新教师45名。": ["education.teachers_recruited target 45"],
    "学校：坚持五育并举，达标率95%。": [],
    "在校学生9800人，其中小学": ["education.students_enrolled actual 9800"],
    "信用。申报21家，总数86家。": [],
}


@pytest.mark.parametrize(("text", "expected"), OUTLINES.items(), ids=list(OUTLINES))
def test_topics_that_stand_apart(text: str, expected: list[str]) -> None:
    assert facts(text, rules=packs()) == expected


GAPS = {
    "地区生产总值增长5.2%，一般公共预算收入与之同步增长4%。": [
        "gdp change/actual up 5.2%",
        "revenue change/actual up 4%",
    ],
}


@pytest.mark.xfail
@pytest.mark.parametrize(("text", "expected"), GAPS.items(), ids=list(GAPS))
def test_what_is_not_read_yet(text: str, expected: list[str]) -> None:
    assert facts(text) == expected
