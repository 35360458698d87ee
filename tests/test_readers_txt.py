"""Plain text: paragraphs across wraps and page furniture, tables, titles, sections, places."""

from __future__ import annotations

import pytest

from validator.model.document import Block, Document, Kind
from validator.readers._base import Source
from validator.readers.txt import READER


def read(text: str, encoding: str = "utf-8") -> Document:
    return READER.read(Source(path="a.txt", suffix=".txt", data=text.encode(encoding)))


def texts(document: Document, kind: Kind = Kind.PARAGRAPH) -> list[str]:
    return [block.text for block in document.blocks if block.kind is kind]


def block_with(document: Document, text: str) -> Block:
    return next(block for block in document.blocks if text in block.text)


def assert_places(document: Document) -> None:
    for block in document.blocks:
        assert len(block.offsets) == max(1, len(block.text))
        for char, offset in zip(block.text, block.offsets, strict=False):
            assert document.source[offset] == char or (char == " " and document.source[offset] == "\n")


WRAPPED = """江陵县教育局2021年工作总结

　　2021年，全县教育系统认真落实上级部署，各项工作取得了新的成绩。现将有关情
况总结如下。
　　一、规模与质量
　　（一）办学规模。全县共有学校164所，在校学生6.42万人；在园幼儿1.
97万人；专任教师4,618人，其中新招聘教师一百二十人，自主招聘五十人；
新增学位1,730个，对民办园开展了年检。
范文小站 www.example.com 更多材料　第1页
免费下载请加微信 fanwen2021
　　（二）教学质量。中考人均总分531.6分，比上年提高2.9分，居全市第6位，继
范文小站 www.example.com 更多材料　第2页
免费下载请加微信 fanwen2021
续保持前列，高考上线人数再创新高，社会各界给予了充分的肯定和好评。
"""

PLAIN = """江陵县教育局2023年工作总结

各位代表：
一、教育
1.办学规模。全县在校学生5.2万人，
占比    %。
2.师资。教师XX人。
（一）其他
平稳。
"""


SCALE = (
    "（一）办学规模。全县共有学校164所，在校学生6.42万人；在园幼儿1.97万人；专任教师4,618人，"
    "其中新招聘教师一百二十人，自主招聘五十人；新增学位1,730个，对民办园开展了年检。"
)
QUALITY = (
    "（二）教学质量。中考人均总分531.6分，比上年提高2.9分，居全市第6位，继续保持前列，"
    "高考上线人数再创新高，社会各界给予了充分的肯定和好评。"
)


def test_wrapped_lines_are_joined() -> None:
    document = read(WRAPPED)
    assert_places(document)
    assert document.title == "江陵县教育局2021年工作总结"
    assert texts(document) == [
        "2021年，全县教育系统认真落实上级部署，各项工作取得了新的成绩。现将有关情况总结如下。",
        SCALE,
        QUALITY,
    ]
    assert len(texts(document, Kind.FURNITURE)) == 4


def test_a_number_cut_by_the_wrap_keeps_both_places() -> None:
    document = read(WRAPPED)
    block = block_with(document, "1.97万人")
    start = block.text.index("1.97万人")
    place = document.locate(document.blocks.index(block), start, start + 6)
    assert (place.line, place.end_line, place.end_column) == (6, 7, 5)


def test_sections_and_paragraph_numbers() -> None:
    document = read(PLAIN)
    assert_places(document)
    assert document.blocks[0].kind is Kind.HEADING
    assert document.blocks[0].section == ()
    found = [(block.text[:6], block.section, block.paragraph) for block in document.blocks[1:]]
    assert found == [
        ("各位代表：", (), 1),
        ("一、教育", ("一、教育",), None),
        ("1.办学规模", ("一、教育", "1.办学规模"), 1),
        ("占比    ", ("一、教育", "1.办学规模"), 2),
        ("2.师资。教", ("一、教育", "2.师资"), 3),
        ("（一）其他", ("一、教育", "（一）其他"), None),
        ("平稳。", ("一、教育", "（一）其他"), 1),
    ]
    assert document.blocks[2].level == 2


def test_inner_blanks_stay() -> None:
    assert "占比    %。" in texts(read(PLAIN))


def test_indentation_starts_a_paragraph_and_is_dropped() -> None:
    document = read("标题工作总结\n　　甲。\n    乙。\n\t丙。\n")
    assert texts(document) == ["甲。", "乙。", "丙。"]
    assert document.locate(1, 0, 1).column == 3


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (["下载", "打印", "收藏", "2026年某省政府工作报告", "来源：日报"], "2026年某省政府工作报告"),
        (
            ["内部传阅 请勿转发", "X县教体局2019年工作情况及2020年工作思路", "正文。"],
            "X县教体局2019年工作情况及2020年工作思路",
        ),
        (["关于做好安全工作的通知", "各学校：", "请落实。"], "关于做好安全工作的通知"),
        (["江陵县教育局", "2023年工作总结", "正文。"], "江陵县教育局2023年工作总结"),
        (["某区教育局2025年要点（讨论稿）", "正文。"], "某区教育局2025年要点（讨论稿）"),
        (["只有一行话", "第二行。"], "只有一行话"),
        (["县2023年工作总结", "一、情况", "县2023年工作总结", "正文。"], "县2023年工作总结"),
        (["按照《关于报送工作总结的通知》要求，现报告如下，请审阅。", "年度汇报", "正文。"], "年度汇报"),
        ([], ""),
    ],
)
def test_title(lines: list[str], title: str) -> None:
    assert read("\n".join(lines)).title == title


def test_tab_table_with_empty_cells() -> None:
    document = read("表1 投入\n项目\t2023年\t2022年\n校建\t36,800\t\n城域网\t  \t165\n\n后文。\n")
    assert_places(document)
    cells = {(b.cell.row, b.cell.column): b.text for b in document.blocks if b.cell}
    assert cells == {
        (1, 1): "项目",
        (1, 2): "2023年",
        (1, 3): "2022年",
        (2, 1): "校建",
        (2, 2): "36,800",
        (2, 3): "",
        (3, 1): "城域网",
        (3, 2): "  ",
        (3, 3): "165",
    }
    index = next(
        at for at, b in enumerate(document.blocks) if b.cell and (b.cell.row, b.cell.column) == (2, 3)
    )
    place = document.locate(index, 0, 0)
    assert (place.line, place.column, place.table, place.row, place.cell) == (3, 11, 1, 2, 3)


def test_bar_table_and_two_tables() -> None:
    document = read("甲\n|项目|数|\n|---|---|\n|学校|  |\n\n中间。\n\na\tb\nc\td\n")
    assert_places(document)
    cells = [(b.cell.table, b.cell.row, b.cell.column, b.text) for b in document.blocks if b.cell]
    assert cells == [
        (1, 1, 1, "项目"),
        (1, 1, 2, "数"),
        (1, 2, 1, "学校"),
        (1, 2, 2, "  "),
        (2, 1, 1, "a"),
        (2, 1, 2, "b"),
        (2, 2, 1, "c"),
        (2, 2, 2, "d"),
    ]


def test_one_line_with_a_tab_is_no_table() -> None:
    assert texts(read("总结\n联系人：张\t电话：1\n后文。\n")) == ["联系人：张\t电话：1", "后文。"]


@pytest.mark.parametrize(
    "furniture",
    [
        ["某某文库 免费下载", "某某文库 免费下载"],
        ["更多范文　第1页", "更多范文　第2页"],
        ["- 1 -", "- 2 -"],
        ["第1页 共2页", "第2页 共2页"],
        ["— 3 —"],
        ["更多材料请加微信abc。", "更多材料请加微信abc。"],
    ],
)
def test_page_furniture(furniture: list[str]) -> None:
    text = "县工作总结\n" + "".join(
        f"第{at}段正文，内容各不相同{at * 37}。\n{line}\n" for at, line in enumerate(furniture)
    )
    document = read(text)
    assert texts(document, Kind.FURNITURE) == furniture
    assert not any(block.states for block in document.blocks if block.kind is Kind.FURNITURE)


@pytest.mark.parametrize(
    "lines",
    [
        ["95.3", "94.1", "95.3"],
        ["达到5人", "达到8人"],
        ["（一）教育方面", "（一）教育方面"],
        ["各位代表！", "各位代表！"],
        ["完成情况：", "完成情况："],
        ["全县教师12人。", "全县教师12人。"],
        ["XX%", "XX%", "XX%"],
        ["指标\t数", "指标\t数"],
        ["这句正文很长" * 12 + "。"] * 2,
    ],
)
def test_no_furniture(lines: list[str]) -> None:
    text = "县工作总结\n" + "".join(
        f"{line}\n中间的话{'一二三四五'[at]}。\n" for at, line in enumerate(lines)
    )
    assert texts(read(text), Kind.FURNITURE) == []


LINES = (
    "全系统广大干部职工坚持一个目标一个声音一股劲头努力工作不断取得新的更大的成绩",
    "进一步深化教育领域综合改革推动各级各类学校提高质量办出特色让群众得到更多实惠",
    "统筹推进科技创新体系建设加快培育高新技术企业引导各类创新要素向重点产业聚集起",
    "持续完善全民健身公共服务体系建设一批群众身边的健身场地举办丰富多彩的各类赛事",
)


def test_wrapped_without_indents() -> None:
    document = read(f"县工作总结\n\n{LINES[0]}\n{LINES[1]}\n到此结束。\n\n{LINES[2]}\n{LINES[3]}\n完。\n")
    assert texts(document) == [LINES[0] + LINES[1] + "到此结束。", LINES[2] + LINES[3] + "完。"]
    assert_places(document)


def test_latin_words_keep_a_blank_at_the_wrap() -> None:
    document = read(
        f"县工作总结\n\n{LINES[0]}\n{LINES[1][:-3]} deep\nlearning{LINES[2][5:]}\n{LINES[3]}\n完。\n"
    )
    assert "deep learning" in block_with(document, "deep").text
    assert_places(document)


def test_encoding_and_line_ends() -> None:
    document = read("标题总结\r\n正文。\r\n", "gb18030")
    assert (document.encoding, document.source) == ("gb18030", "标题总结\n正文。\n")
    assert document.locate(1, 0, 3).line == 2


def test_empty() -> None:
    document = read(" \n\n")
    assert (document.blocks, document.title) == ((), "")


def cells_of(text: str) -> list[tuple[int, int, int, str]]:
    document = read(text)
    return [(b.cell.table, b.cell.row, b.cell.column, b.text) for b in document.blocks if b.cell]


def test_a_drawn_table() -> None:
    text = "┌────┬────┐\n│指标│数量│\n├────┼────┤\n│教师│120 │\n│学校│    │\n└────┴────┘\n后文。\n"
    assert cells_of(text) == [
        (1, 1, 1, "指标"),
        (1, 1, 2, "数量"),
        (1, 2, 1, "教师"),
        (1, 2, 2, "120"),
        (1, 3, 1, "学校"),
        (1, 3, 2, "    "),
    ]


def test_a_table_whose_columns_are_set_with_blanks() -> None:
    text = "指标        单位    上年    本年\n在校学生    人      580     590\n覆盖率      %               91.2\n债券        亿元    —       2.05\n"
    assert cells_of(text)[4:] == [
        (1, 2, 1, "在校学生"),
        (1, 2, 2, "人"),
        (1, 2, 3, "580"),
        (1, 2, 4, "590"),
        (1, 3, 1, "覆盖率"),
        (1, 3, 2, "%"),
        (1, 3, 4, "91.2"),
        (1, 4, 1, "债券"),
        (1, 4, 2, "亿元"),
        (1, 4, 3, "—"),
        (1, 4, 4, "2.05"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "局长    副局长    股长\n张三    李四    王五\n赵六    钱七    孙八\n",
        "联系人：张三    电话：1    传真：2\n联系人：李四    电话：3    传真：4\n联系人：王五    电话：5    传真：6\n",
        "今年招聘教师12人。    引进3人。    流失2人\n今年表彰8人。    引进3人。    流失2人\n今年培训9人。    引进3人。    流失2人\n",
        "一、    二、    三、\n",
        "────────────\n正文一段。\n────────────\n",
        "总 结 报 告\n二 〇 二 四 年\n教 育 局\n",
    ],
)
def test_blanks_and_lines_that_set_no_table(text: str) -> None:
    assert cells_of(text) == []
