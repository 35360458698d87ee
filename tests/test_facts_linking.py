"""Which number belongs to which name: one sentence for each shape of grammar, in words of our own."""

from __future__ import annotations

import pytest
from engine import facts

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


GAPS = {
    "地区生产总值增长5.2%，一般公共预算收入与之同步增长4%。": [
        "gdp change/actual up 5.2%",
        "revenue change/actual up 4%",
    ],
    "全省森林覆盖率63%，全县61.2%。": ["forest actual 63 other", "forest actual 61.2"],
}


@pytest.mark.xfail
@pytest.mark.parametrize(("text", "expected"), GAPS.items(), ids=list(GAPS))
def test_what_is_not_read_yet(text: str, expected: list[str]) -> None:
    assert facts(text) == expected
