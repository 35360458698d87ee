"""Markdown: blocks, emphasis and leftovers, escapes, links, tables, comments, places in the raw source."""

from __future__ import annotations

import pytest

from validator.model.document import Document, Kind
from validator.readers._base import Source
from validator.readers.markdown import READER


def read(text: str) -> Document:
    return READER.read(Source(path="a.md", suffix=".md", data=text.encode()))


def first(text: str) -> str:
    return read(f"# 题\n\n{text}\n").blocks[1].text


def assert_places(document: Document) -> None:
    for block in document.blocks:
        assert len(block.offsets) == max(1, len(block.text))
        for at, char in enumerate(block.text):
            width = block.widths.get(at, 1)
            raw = document.source[block.offsets[at] : block.offsets[at] + width]
            assert raw in (char, "\\" + char) or raw[0] in "&<" or (char == " " and raw == "\n"), (raw, char)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("**主送**：各学校", "主送：各学校"),
        ("这是*斜体*和__粗体__和_斜_", "这是斜体和__粗体__和_斜_"),
        ("甲 __粗__ 乙 _斜_ 丙", "甲 粗 乙 斜 丙"),
        ("合格率达到 **% 以上，新建学校**所", "合格率达到 **% 以上，新建学校**所"),
        ("认定骨干教师**名、能手**名", "认定骨干教师**名、能手**名"),
        ("共有**个班级、**名学员", "共有**个班级、**名学员"),
        ("学校 **（待填）** 所", "学校 （待填） 所"),
        ("新增学位**2,460**个", "新增学位2,460个"),
        ("新增 **XX** 个", "新增 XX 个"),
        ("**名校长工程**全面实施", "名校长工程全面实施"),
        ("占比*%，增长*.*%", "占比*%，增长*.*%"),
        ("达到 ***%，排名 ___ 位", "达到 ***%，排名 ___ 位"),
        ("4*100米和3*3篮球", "4*100米和3*3篮球"),
        ("**一是强化领导。** 定期开会", "一是强化领导。 定期开会"),
        ("**重点：**抓落实", "重点：抓落实"),
        ("~~删去~~保留", "删去保留"),
        (r"教师\_\_\_人，\*\*%", "教师___人，**%"),
        ("&times;&times;县&nbsp;5&amp;6&bogus;", "××县\u00a05&6&bogus;"),
        ("学校 <学校数> 所，<N> 个，<rate>%", "学校 <学校数> 所，<N> 个，<rate>%"),
        ("比例 [比例]%，[数量](万元)", "比例 [比例]%，[数量](万元)"),
        ("变量 `<...>` 由科室替换", "变量 由科室替换"),
        ("未闭合 `代码", "未闭合 `代码"),
        ("甲<b>乙</b><br>丙", "甲乙 丙"),
        ('[官网](https://a.cn/x_(1) "标题") 完', "官网 完"),
        ("邮箱 <a@b.cn>，完", "邮箱 ，完"),
        ("第一行\n第二行", "第一行第二行"),
        ("deep\nlearning", "deep learning"),
        ("> 引用\n> 继续", "引用继续"),
        ("- [x] 已完成", "已完成"),
        ("+ 加号项", "加号项"),
        ("1. 有序项：说明。", "1. 有序项：说明。"),
        ("甲<!-- 注 -->乙", "甲乙"),
        (r"甲\\乙\q", r"甲\乙\q"),
        ("［５＊６］* 星", "［５＊６］* 星"),
    ],
)
def test_inline(raw: str, text: str) -> None:
    assert first(raw) == text


@pytest.mark.parametrize(
    "raw",
    [
        "**主送**：各学校 &times;&times; \\_\\_\\_ <br> [链](https://a.cn) ![图](b.png) <a@b.cn> `c`",
        "| 甲 | 乙 |\n| --- | --- |\n| **1** | a\\|b |\n|  | &nbsp; |",
        "> 一行\n> two\n> words\n\n- 项\n  续\n\n```\ncode\n```\n\n<!-- 多\n行 -->\n\n[r]: https://a.cn",
        '题\n===\n\n　　缩进段\n第二行  \n硬断\n\n---\n甲<a href="https://b.cn" title="提示">乙</a>',
    ],
)
def test_places(raw: str) -> None:
    assert_places(read(raw))


def test_escape_has_its_width() -> None:
    document = read("# 题\n\n教师\\_\\_人，&times;县\n")
    start = document.blocks[1].text.index("__")
    place = document.locate(1, start, start + 2)
    assert (place.line, place.column, place.end_column) == (3, 3, 7)
    start = document.blocks[1].text.index("×")
    place = document.locate(1, start, start + 1)
    assert (place.column, place.end_column) == (9, 16)


def test_headings_sections_and_title() -> None:
    document = read(
        "# 县2025年工作要点\n\n## 一、教育\n\n### 1. 规模\n\n甲。\n\n乙。\n\n## 附件 ##\n\n丙。\n\n"
        "二、体育\n\n丁。\n"
    )
    assert document.title == "县2025年工作要点"
    assert [(b.text, b.kind.value, b.section, b.paragraph) for b in document.blocks] == [
        ("县2025年工作要点", "heading", (), None),
        ("一、教育", "heading", ("一、教育",), None),
        ("1. 规模", "heading", ("一、教育", "1. 规模"), None),
        ("甲。", "paragraph", ("一、教育", "1. 规模"), 1),
        ("乙。", "paragraph", ("一、教育", "1. 规模"), 2),
        ("附件", "heading", ("附件",), None),
        ("丙。", "paragraph", ("附件",), 1),
        ("二、体育", "heading", ("附件", "二、体育"), None),
        ("丁。", "paragraph", ("附件", "二、体育"), 1),
    ]


def test_setext_and_rules() -> None:
    document = read("某县工作总结\n====\n\n教育\n---\n\n正文。\n***\n末。\n---\n")
    assert document.title == "某县工作总结"
    assert [(b.text, b.kind.value) for b in document.blocks] == [
        ("某县工作总结", "heading"),
        ("教育", "heading"),
        ("正文。", "paragraph"),
        ("末。", "paragraph"),
    ]


def test_table() -> None:
    document = read(
        "# 题\n\n| 项目 | 数 |\n| :-- | --: |\n| 学\\|校 | |\n| **甲** |  |\n\n后。\n\n|a|b|\n|c|d|\n"
    )
    cells = [(b.cell.table, b.cell.row, b.cell.column, b.text) for b in document.blocks if b.cell]
    assert cells == [
        (1, 1, 1, "项目"),
        (1, 1, 2, "数"),
        (1, 2, 1, "学|校"),
        (1, 2, 2, " "),
        (1, 3, 1, "甲"),
        (1, 3, 2, "  "),
        (2, 1, 1, "a"),
        (2, 1, 2, "b"),
        (2, 2, 1, "c"),
        (2, 2, 2, "d"),
    ]


def test_what_is_not_text() -> None:
    document = read(
        "---\ntitle: 前言\n---\n\n# 题\n\n甲[链](https://a.cn/b)乙![图](c.png)<mail@d.cn>\n\n"
        "```yaml\nkey: X人\n```\n\n<!-- 备注 -->\n\n[e]: https://f.cn\n"
    )
    found = [(b.part, b.text, b.visible) for b in document.blocks if b.kind is Kind.META]
    assert found == [
        ("properties", "title: 前言", True),
        ("link", "https://a.cn/b", True),
        ("alt", "图", True),
        ("link", "c.png", True),
        ("link", "mail@d.cn", True),
        ("body", "key: X人", True),
        ("comment", "备注", False),
        ("link", "https://f.cn", True),
    ]
    assert not any(b.states for b in document.blocks if b.kind is Kind.META)


def test_comments_inside_code_stay_code() -> None:
    document = read("```\n<!-- 不是批注 -->\n```\n")
    assert [(b.part, b.text) for b in document.blocks] == [("body", "<!-- 不是批注 -->")]


def test_furniture_and_hard_break() -> None:
    document = read("# 县工作总结\n\n甲。\n\n文库 第1页\n\n第一行  \n第二行\n\n文库 第2页\n")
    assert [b.text for b in document.blocks if b.kind is Kind.FURNITURE] == ["文库 第1页", "文库 第2页"]
    assert [b.text for b in document.blocks if b.kind is Kind.PARAGRAPH] == ["甲。", "第一行", "第二行"]


def test_title_behind_a_vendor_table() -> None:
    assert (
        read("| 某文库 | 内部资料 |\n| --- | --- |\n\n# 区教育局2025年工作计划\n").title
        == "区教育局2025年工作计划"
    )


def test_nested_brackets_are_bounded() -> None:
    assert read("# 题\n\n" + "[" * 3000 + "甲" + "](https://a.cn)" * 3000).blocks[1].text
