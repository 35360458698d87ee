"""Advertising of document vendors, by its grammar, and the report's own text that looks like it."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest
from banned_lines import KINDS, MORE
from banned_near import LEGITIMATE
from banned_shops import SHOPS
from banned_shops_near import NEAR
from engine import TITLE, document, packs
from hypothesis import given, settings
from hypothesis import strategies as st

from validator.checks._base import Context
from validator.checks.banned import CHECK
from validator.model.document import Block, Document, Kind
from validator.model.fact import Reading
from validator.model.finding import Finding
from validator.pipeline import Options, check_report
from validator.rulepacks.patterns import build
from validator.text.fold import fold

BODY = "全县现有各级各类学校116所，在校学生2.35万人，各项工作平稳有序推进，群众满意程度不断提高，为来年发展打下了坚实基础。"


def check(read: Document) -> list[Finding]:
    nothing = Reading(facts=(), holes=(), mentions=())
    return list(
        CHECK.find(Context(document=read, reading=nothing, rules=packs(), profile=None, indicators=()))
    )


def banned(text: str) -> list[tuple[str, str]]:
    return [(one.code, one.text) for one in check(document(f"{TITLE}{BODY}\n\n{text}\n"))]


FOUND = {
    "更多材料请加微信：lc_gw2023": "BAN002",
    "更多范文加v信 lcgw2023 领取": "BAN002",
    "写作交流QQ群：712345678": "BAN002",
    "咨询扣扣：３１２３４５６７８": "BAN002",
    "加薇❤abcd123领资料": "BAN002",
    "扫码关注公众号“笔杆小站”，获取更多范文": "BAN002",
    "微♥信号：abcd123": "BAN002",
    "威信：abcd1234": "BAN002",
    "终身VIP限时99元": "BAN003",
    "笔杆文库  www.biganwk.com": "BAN005",
    "年度会员199元，全站文档免费下载": "BAN003",
    "本资料仅限会员学习，严禁外传": "BAN003",
    "本文档由笔杆文库整理，仅供学习参考": "BAN004",
    "完整版请登录www.biganwk.com下载": "BAN004",
    "试读已结束，购买后查看全文": "BAN004",
    "如有侵权请联系删除": "BAN004",
    "链接：https://pan.baidu.com/s/1AbCdEfG 提取码：x8y2": "BAN005",
    "加 V X：abcd_123": "BAN002",
    "更多精彩请搜索微信公众号笔杆小站": "BAN002",
}


@pytest.mark.parametrize(("text", "code"), FOUND.items(), ids=list(FOUND))
def test_found(text: str, code: str) -> None:
    assert code in [one for one, _ in banned(text)]


OWN = """
局微信公众号“临川教育”推送信息120条。
县政府网站www.linchuan.gov.cn公布投诉电话0794-1234567。
教师QQ群、家长微信群管理规范，严禁推销。
开展打击传销、倒卖专项行动。
引导学生下载国家中小学智慧教育平台App。
老年大学会员120人，会费标准每年50元。
联系人：张明，电话：0794-7654321，邮箱：lcjyj@163.com
加微信群接龙报名人数120人。
经费由会员单位自筹，免费开放体育场馆。
通过QQ群、微信群发布通知300条。
建立家校联系微信群126个。
资料来源：县统计局
内部资料 注意保存
警惕“加QQ领红包”一类的骗局。
严禁外传学生个人信息。
""".strip().splitlines()


@pytest.mark.parametrize("text", OWN)
def test_the_reports_own_text(text: str) -> None:
    assert banned(text) == []


def test_places_and_texts_agree() -> None:
    read = document(f"{TITLE}{BODY}\n\n更多材料请加微信：lc_gw2023\n")
    for one in check(read):
        assert one.block is not None
        assert read.blocks[one.block].text[one.start : one.end] == one.text
        assert one.location.line == 5


def test_the_passage_is_the_advertisement_and_not_the_sentence_around_it() -> None:
    ((_, text),) = banned("全年平稳。更多材料请加微信：lc_gw2023。来年再接再厉。")
    assert "lc_gw2023" in text
    assert "再接再厉" not in text


def test_every_part_of_the_file_is_searched() -> None:
    text = "更多材料请加微信：lc_gw2023"
    for part, kind in (
        ("header", Kind.FURNITURE),
        ("comment", Kind.META),
        ("link", Kind.META),
        ("hidden", Kind.META),
    ):
        block = Block(text=text, offsets=range(len(text)), part=part, kind=kind, visible=part == "header")
        read = Document(path="a", format="docx", encoding=None, source=text, blocks=(block,))
        assert [one.code for one in check(read)] == ["BAN002"], part


def test_vendors_in_the_properties_have_a_code_of_their_own() -> None:
    text = "更多材料请加微信：lc_gw2023"
    block = Block(text=text, offsets=range(len(text)), part="properties", kind=Kind.META)
    read = Document(path="a", format="docx", encoding=None, source=text, blocks=(block,))
    assert [one.code for one in check(read)] == ["BAN006"]


def test_the_name_of_a_vendor_is_learned_and_found_elsewhere() -> None:
    text = f"笔杆公文网整理\n\n{BODY}\n\n本文档由笔杆公文网提供，仅供学习参考\n"
    found = check(document(TITLE + text))
    assert {one.location.line for one in found} == {3, 7}


def test_no_two_findings_overlap() -> None:
    text = "完整版请加微信lc_gw2023，年度会员199元，全站文档免费下载，链接：https://pan.baidu.com/s/1AbCdEfG"
    spans = [(one.block, one.start, one.end) for one in check(document(TITLE + text))]
    assert spans == sorted(spans)
    assert all(one[0] != other[0] or one[2] <= other[1] for one, other in itertools.pairwise(spans))


# ── many wordings ────────────────────────────────────────────────────────────
GAPS = {
    "⟦客服热线：400-812-7788 工作时间 9:00-21:00⟧": "a hotline alone may be that of a waterworks",
    "⟦网址：www.jiguanbi.cn⟧": "so does a school print its own address",
    "⟦{title}_{sitename}⟧": "fields in braces are placeholders (PLC)",
    "⟦&nbsp;&nbsp;[图片]⟧": "entities are blanks",
    "⟦编辑/小林 审核/老张⟧": "nicknames have no surname",
    "⟦详见墨盒网 www.mohewa.cn⟧": "so does a school name its own site",
}
"""What is not found, and why."""


def vendor_lines() -> list[object]:
    lines = [one for some in (*KINDS.values(), *SHOPS.values()) for one in some] + list(MORE)
    return [
        pytest.param(one, marks=pytest.mark.xfail(reason=GAPS[one]) if one in GAPS else (), id=one)
        for one in lines
    ]


@pytest.mark.parametrize("line", vendor_lines())
def test_what_others_leave_behind(line: str) -> None:
    """Alone between paragraphs of a report: the passage is found, most of it, and little around it."""
    text = line.replace("⟦", "").replace("⟧", "")
    start, end = line.index("⟦"), line.index("⟧") - 1
    found = check(document(f"{TITLE}{BODY}\n\n{text}\n\n{BODY}\n"))
    spans = [(text.find(one.text), text.find(one.text) + len(one.text)) for one in found]
    assert all(at >= 0 for at, _ in spans), found
    inside = sum(max(0, min(end, stop) - max(start, at)) for at, stop in spans)
    outside = sum(stop - at for at, stop in spans) - inside
    assert inside >= (end - start) / 2
    assert outside <= 4


@pytest.mark.parametrize("line", LEGITIMATE + NEAR, ids=LEGITIMATE + NEAR)
def test_what_reports_say_themselves(line: str) -> None:
    assert check(document(f"{TITLE}{BODY}\n\n{line}\n\n{BODY}\n")) == []


# ── the passage ──────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("text", "passage"),
    [
        (
            "规范办学---本文来源于网络，仅供学习，请勿照抄---行为，整改12项。",
            "---本文来源于网络，仅供学习，请勿照抄---",
        ),
        ("规范办学【更多范文请加微信：lc_gw2023】行为，整改12项。", "【更多范文请加微信：lc_gw2023】"),
        (
            "规范办学行为。本文档由用户上传，如有侵权请联系删除。整改12项。",
            "本文档由用户上传，如有侵权请联系删除。",
        ),
        ("规范办学行为，完整版请付费下载，整改12项。", "完整版请付费下载"),
        ("加扣扣群：7 1 2 3 4 5 6 7（备注材料）", "加扣扣群：7 1 2 3 4 5 6 7（备注材料）"),
    ],
)
def test_only_the_passage(text: str, passage: str) -> None:
    assert [one for _, one in banned(text)] == [passage]


def test_sentences_of_one_kind_are_one_passage() -> None:
    text = "免责声明：本站内容仅代表作者观点。转载本文是为了传递更多信息。"
    assert [one for _, one in banned(text)] == [text]


def paragraphs(*texts: str, kind: Kind = Kind.PARAGRAPH) -> Document:
    blocks = tuple(Block(text=one, offsets=range(len(one)), kind=kind) for one in texts)
    return Document(path="a", format="docx", encoding=None, source="".join(texts), blocks=blocks)


def test_a_passage_broken_by_the_end_of_a_line() -> None:
    (found,) = check(paragraphs(BODY, "更多材料请加微", "信：lc_gw2023", BODY))
    assert found.code == "BAN002"


def test_a_passage_broken_by_the_end_of_a_page() -> None:
    (found,) = check(paragraphs(BODY, "如有侵权请联", "- 3 -", "系删除", BODY))
    assert found.text in ("如有侵权请联", "系删除")


def test_neighbours_that_are_no_passage() -> None:
    assert check(paragraphs("打印", "全屏", "收藏", BODY)) == []
    assert check(paragraphs("会员", "资料", "下载", kind=Kind.CELL)) == []


def test_lines_of_unequal_length_that_were_joined() -> None:
    text = "临川县教育体育局\n更多材料请加微信：lc_gw2023\n"
    found = [one.text for one in check(document(f"{TITLE}{BODY}\n\n{text}"))]
    assert found == ["更多材料请加微信：lc_gw2023"]


def test_boilerplate_of_media_says_nothing_about_its_neighbours() -> None:
    text = "来源：临川日报\n\n临川文苑\n\n参考资料编号：12"
    assert banned(text) == [("BAN007", "来源：临川日报")]


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("加薇❤abcd123领资料", True),
        ("咨询扣扣：３１２３４５６７８", True),
        ("合作联系 abc123#163.com", True),
        ("更多材料请加微信：lc_gw2023", False),
        ("更.多.材.料.请.加.微.信：lc_gw2023", True),
        ("丅载完整版请登录本站", True),
        ("更多材料请上lcgw[dot]com", True),
        ("本.资.料.禁.止.倒.卖", True),
        ("墨盒文库　ｗｗｗ．ｍｏｈｅｗｋ．ｃｎ", True),
        ("本资料禁止倒卖", False),
    ],
)
def test_disguise_is_told(text: str, masked: bool) -> None:
    found = check(document(f"{TITLE}{BODY}\n\n{text}\n"))
    assert [one for one in found if one.obfuscated] == (found[-1:] if masked else [])
    assert ("变形写法" in found[-1].message.zh) is masked


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        (
            "规范办学--更.多.范.文.请.加.微.信：lc_gw2023--行为，整改12项。",
            "--更.多.范.文.请.加.微.信：lc_gw2023--",
        ),
        ("稳步推进【墨盒小记·供稿】改革，整改12项。", "【墨盒小记·供稿】"),
        ("办学条件（本表由墨盒文档网整理）", "（本表由墨盒文档网整理）"),
        ("【更多范文请到墨盒文稿网www.mohewg.cn下载】", "【更多范文请到墨盒文稿网www.mohewg.cn下载】"),
        ("试读版由墨盒提供  完整版见 www 。mohe 。com", "完整版见 www 。mohe 。com"),
    ],
)
def test_the_whole_passage_and_no_more(text: str, passage: str) -> None:
    assert passage in [one for _, one in banned(text)]


@pytest.mark.parametrize(
    "address",
    ["https://www.mohe.com/a?id=1", "http://mohe.com/~a", "www.mohe.com:8080/a_b", "ＷＷＷ．mohe.com"],
)
def test_a_pattern_may_ask_for_an_address(address: str) -> None:
    pattern = build("<url>", {}, regex=True)
    text = fold(f"见{address}。").text
    found = re.search(pattern.expression, text)
    assert found is not None
    assert found.span() == (1, len(text) - 1)


@pytest.mark.parametrize("text", ["更.多.", "a b c d ", "x点com ", "①②③", "www。a。", "微·信·", "好好"])
def test_long_rows_of_disguise_take_no_time(text: str) -> None:
    check(document(TITLE + text * 5_000))


MIXED = st.lists(
    st.sampled_from(
        [one.replace("⟦", "").replace("⟧", "") for some in KINDS.values() for one in some] + list(LEGITIMATE)
    ),
    min_size=1,
    max_size=6,
)


@given(MIXED, st.sampled_from(["", "　", "。", "\n", "\n\n"]))
@settings(max_examples=60, deadline=None)
def test_findings_lie_apart_and_say_what_stands_there(lines: list[str], between: str) -> None:
    read = document(f"{TITLE}{BODY}\n\n{between.join(lines)}\n")
    found = check(read)
    spans = [(one.block or 0, one.start, one.end) for one in found]
    assert spans == sorted(spans)
    assert all(one[0] != other[0] or one[2] <= other[1] for one, other in itertools.pairwise(spans))
    assert all(read.blocks[one.block or 0].text[one.start : one.end] == one.text != "" for one in found)


def test_a_report_of_short_lines_is_no_row_of_slogans() -> None:
    lines = [
        "更多材料请加微信：lc_gw2023",
        *["抓好安全工作", "推进课程改革", "加强队伍建设"] * 5,
        "更多材料请加微信：lc_gw2023",
    ]
    assert {one.text for one in check(paragraphs(*lines))} == {lines[0]}


ON_DEMAND = [
    "八万篇机关公文，随下随用！",
    "海量范文，随取随用",
    "3000余份公文模板随搜随用",
    "讲话稿素材，随查随抄",
    "十万套公文文稿，随下随改！",
    "两千篇机关范文资料，随点随下",
    "上万篇体制内讲话稿，随拿随用",
    "范文模板随看随用",
]
OWN_DEMAND = [
    "编印公文模板12套，便于基层随时取用。",
    "建成公文范例库，随学随用、随查随学。",
    "配备共享雨伞260把，随取随用。",
    "开放校园器材，学生随借随用、随用随还。",
    "建成教学素材库，教师随时下载使用。",
    "推行证明材料随到随办。",
]


@pytest.mark.parametrize("line", ON_DEMAND)
def test_a_shop_that_praises_how_soon_its_goods_can_be_used(line: str) -> None:
    assert [code for code, _ in banned(line)] == ["BAN004"]


@pytest.mark.parametrize("line", OWN_DEMAND)
def test_what_is_at_hand_in_the_reports_own_work(line: str) -> None:
    assert banned(line) == []


@pytest.mark.parametrize(
    ("part", "remedy"),
    [
        ("footnote", "整句删去。"),
        ("header", "在页眉里删掉。"),
        ("deleted", "已用修订删除，在“审阅”里接受这处修订。"),
        ("alt", "在图片的替代文字里删掉。"),
        ("link", "去掉这个链接。"),
    ],
)
def test_the_remedy_tells_how_to_get_at_it(part: str, remedy: str) -> None:
    path = Path(__file__).parents[1] / "fixtures" / "formats" / "files" / "report.docx"
    found = check_report(path, "report.docx", packs(), Options()).findings
    assert {one.remedy.zh for one in found if one.code == "BAN004" and one.location.part == part} <= {remedy}
    assert any(one.remedy.zh == remedy for one in found if one.location.part == part)
