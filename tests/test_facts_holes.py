"""What drafters leave where a number, a name or a date belongs, and what only looks like it."""

from __future__ import annotations

import itertools

import pytest
from engine import packs, read

from validator.model.rule import Pattern, PlaceholderRule, Rules
from validator.model.words import Bilingual

FOUND = {
    # letters and signs before a unit
    "在校学生X人。": [("X", "PLC001")],
    "在校学生ＸＸ人。": [("ＸＸ", "PLC001")],
    "在校学生xx人。": [("xx", "PLC001")],
    "在校学生××人。": [("××", "PLC001")],
    "在校学生ХХ人。": [("ХХ", "PLC001")],
    "在校学生✕✕人。": [("✕✕", "PLC001")],
    "增长X.X%，达XX.XX亿元。": [("X.X", "PLC001"), ("XX.XX", "PLC001")],
    "新增企业3X家。": [("X", "PLC001")],
    "覆盖率达X。": [("X", "PLC001")],
    "覆盖率达到X。": [("X", "PLC001")],
    "列全市第X。": [("X", "PLC001")],
    "位居第XX名。": [("XX", "PLC001")],
    "召开N次会议，走访N户。": [("N", "PLC001"), ("N", "PLC001")],
    "表彰集体**个、个人*名。": [("**", "PLC001"), ("*", "PLC001")],
    "获奖##项。": [("##", "PLC001")],
    "配备率…%。": [("…", "PLC001")],
    "招聘教师□□名。": [("□□", "PLC001")],
    "学位紧缺的有一中和XX，另建XXX。": [("XX", "PLC001"), ("XXX", "PLC001")],
    "贯彻党的XX大精神。": [("XX", "PLC001")],
    "联系电话：XXXX-XXXXXXX。": [("XXXX-XXXXXXX", "PLC001")],
    # blanks
    "在校学生    人。": [("    ", "PLC002")],
    "在校学生____人。": [("____", "PLC002")],
    "在校学生＿＿人。": [("＿＿", "PLC002")],
    "达标支部（  ）个。": [("（  ）", "PLC002")],
    "达标支部()个。": [("()", "PLC002")],
    "达标支部【 】个。": [("【 】", "PLC002")],
    "企业占比为%。": [("", "PLC002")],
    "研发投入达亿元。": [("", "PLC002")],
    # to-do words, fields
    "在校学生【待补充】人。": [("【待补充】", "PLC003")],
    "投入资金待定。": [("待定", "PLC003")],
    "金额TBD。": [("TBD", "PLC003")],
    "投入{{money}}万元。": [("{{money}}", "PLC004")],
    "投入${money}万元。": [("${money}", "PLC004")],
    "投入<金额>万元。": [("<金额>", "PLC004")],
    "（请填写单位名称）": [("（请填写单位名称）", "PLC004")],
    "合计#REF!万元。": [("#REF!", "PLC004")],
    # names
    "X县教育局": [("X", "PLC005")],
    "××市体育中心落成。": [("××", "PLC005")],
    "XX小学获评先进。": [("XX", "PLC005")],
    "某某中学获评先进。": [("某某", "PLC005")],
    # dates
    "20XX年，工作平稳。": [("XX", "PLC006")],
    "202X年，工作平稳。": [("X", "PLC006")],
    "XXXX年工作总结": [("XXXX", "PLC006")],
    "2024年X月X日": [("X", "PLC006"), ("X", "PLC006")],
    "20**年，工作平稳。": [("**", "PLC006")],
    "2024年  月  日": [("  ", "PLC006"), ("  ", "PLC006")],
}


def holes(text: str, suffix: str = ".txt") -> list[tuple[str, str]]:
    return [(one.text, one.code) for one in read(f"{text}\n", suffix=suffix).holes]


@pytest.mark.parametrize(("text", "expected"), FOUND.items(), ids=list(FOUND))
def test_found(text: str, expected: list[tuple[str, str]]) -> None:
    assert holes(text) == expected


LOOKALIKES = """
开展1+X证书试点，构建“1+N+X”机制。
打造“415X”产业集群。
购置X光机2台，做X射线检查。
X轴方向偏移，X染色体检测。
女子4×100米接力夺冠。
新建10×20米教室，开展3×3篮球赛。
建设2×35万千瓦机组。
深入实施“数据要素×”行动。
PM_2.5浓度下降。
网址：http://www.linchuan.gov.cn/xx/index_x.html
邮箱office_x@linchuan.gov.cn
教师李××主动退回礼金。
教师陆××拾金不昧。
值班电话138****1234。
到二〇三五年基本实现现代化。
按照教字〔2023〕12号要求[1]办理。
参展企业包括SpaceX和XBOX。
推广XR、VR技术，XML接口建成。
第Ⅹ届职工运动会举行。
深入学习党的二十大精神。
*数据以统计部门公布为准。
是否寄宿：□是 □否
管理水平有待提高，群众诉求亟待解决。
等待时间缩短，待遇持续改善，接待来访20人。
引导家长填写问卷。
某些环节存在不足，某种程度上影响质量。
增长率（%），单位：万元。
2023年3月5日印发。
由于X先生名声在外。
""".strip().splitlines()
# The last line names a person by letter: it is one hole, and is here to show that the list is really read.


@pytest.mark.parametrize("text", LOOKALIKES[:-1])
def test_not_found(text: str) -> None:
    assert holes(text) == []


def test_the_list_of_lookalikes_is_really_read() -> None:
    assert holes(LOOKALIKES[-1]) != []


def test_a_rule_of_a_users_own_pack_may_use_any_sign() -> None:
    note = Bilingual("试", "trial")
    own = PlaceholderRule(
        id="own", code="PLC001", allow=False, patterns=(Pattern(expression="@{2,4}"),), note=note
    )
    rules = Rules(placeholders=(own,))
    assert [one.text for one in read("招生@@人。", rules=rules).holes] == ["@@"]


@pytest.mark.parametrize("cell", ["XX", "×", "**", "？", "XX.X%"])
def test_a_cell_that_is_a_filler_as_a_whole(cell: str) -> None:
    text = f"| 项目 | 数量 |\n| --- | --- |\n| 图书 | {cell} |\n"
    found = read(text, title="# 总结\n\n", suffix=".md").holes
    assert len(found) == 1
    assert found[0].location.row == 2


CELLS = {
    "XX人": ["XX"],
    "12.X": ["X"],
    "2025-XX": ["XX"],
    "12月X日": ["X"],
    "( )人": ["( )"],
    "【数量】": ["【数量】"],
    "########": ["########"],
    "#DIV/0!": ["#DIV/0!"],
    "NaN": ["NaN"],
    "待补": ["待补"],
    "××镇": ["××"],
    "/": [],
    "—": [],
    "无": [],
    "暂无": [],
    "√": [],
    "○": [],
    "XL": [],
    "1+X": [],
    "占比%": [],
    "入学率（%）": [],
    "是□否□": [],
}


@pytest.mark.parametrize(("cell", "expected"), CELLS.items(), ids=list(CELLS))
def test_cells(cell: str, expected: list[str]) -> None:
    text = f"| 项目 | 数量 | 备注 |\n| --- | --- | --- |\n| 图书 | {cell} | 好 |\n"
    assert [one.text for one in read(text, title="# 总结\n\n", suffix=".md").holes] == expected


@pytest.mark.parametrize(("first", "expected"), [("√", []), ("12", ["×"])])
def test_a_cross_in_a_table_of_ticks_says_no(first: str, expected: list[str]) -> None:
    text = f"| 项目 | 完成 |\n| --- | --- |\n| 图书 | {first} |\n| 器材 | × |\n"
    assert [one.text for one in read(text, title="# 总结\n\n", suffix=".md").holes] == expected


def test_a_document_that_is_still_a_template_has_slots_in_all_square_brackets() -> None:
    fields = "[单位名称]关于[事项名称]的报告\n\n报送日期：[成文日期]\n\n"
    rest = "图1：[示意]\n\n[必要提示]\n\n【学前教育】普及水平稳步提高。\n"
    found = [one.text for one in read(fields + rest).holes]
    assert found == ["[单位名称]", "[事项名称]", "[成文日期]", "[示意]", "[必要提示]"]
    assert read(rest).holes == ()


def test_a_rule_of_ours_is_not_left_untried_where_its_sign_is_folded() -> None:
    assert holes("招生２０ＸＸ年，占比（　）％。") == [("ＸＸ", "PLC006"), ("（　）", "PLC002")]


def test_a_roman_ten_is_no_letter_beside_a_real_placeholder_either() -> None:
    assert holes("第Ⅹ届职工运动会设Ⅻ个大项，X人参加。") == [("X", "PLC001")]


def test_blanks_and_fillers_are_told_apart() -> None:
    reading = read("甲项    万元，乙项____万元，丙项XX万元，丁项占比为%。")
    assert [one.blank for one in reading.holes] == [True, True, False, True]


def test_every_place_is_the_place_of_the_sign() -> None:
    text = "全县招生Ｘ人，\n招聘【待补充】名，\n开放率为%。"
    reading = read(text, title="")
    for hole in reading.holes:
        line = text.splitlines()[hole.location.line - 1]
        start = hole.location.column - 1
        assert line[start : start + len(hole.text)] == hole.text
    assert [(one.location.line, one.location.column) for one in reading.holes] == [(1, 5), (2, 3), (3, 5)]


def test_holes_do_not_overlap_and_are_in_order() -> None:
    text = "20XX年X月，X县招聘XX.X%的【待补充】名教师，投入{{x}}万元，占比____%，XXX县。"
    spans = [(one.start, one.end) for one in read(text, title="").holes]
    assert spans == sorted(spans)
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(spans))


def test_every_rule_that_finds_has_a_note_and_a_known_code() -> None:
    codes = {one.code for one in packs().placeholders if not one.allow}
    assert codes == {f"PLC00{number}" for number in range(1, 8)}
