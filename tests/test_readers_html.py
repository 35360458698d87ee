"""HTML: text as a browser shows it, tables with spans, hidden text, links, places in the decoded source."""

from __future__ import annotations

import pytest

from validator.model.document import Document, Kind
from validator.model.errors import ReadError
from validator.readers._base import Source
from validator.readers.html import READER


def read(text: str, encoding: str = "utf-8") -> Document:
    return READER.read(Source(path="a.html", suffix=".html", data=text.encode(encoding)))


def assert_places(document: Document) -> None:
    for block in document.blocks:
        assert len(block.offsets) == max(1, len(block.text))
        for at, char in enumerate(block.text):
            raw = document.source[block.offsets[at] : block.offsets[at] + block.widths.get(at, 1)]
            assert raw == char or raw[0] in "&<" or (char == " " and not raw.strip()), (raw, char)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>甲</p><p>乙<p>丙", ["甲", "乙", "丙"]),
        ("<div>甲<br>乙<br/>丙</div>", ["甲", "乙", "丙"]),
        ("<p>全县\n  学生</p>", ["全县学生"]),
        ("<p>two\n words  here</p>", ["two words here"]),
        ("<p>占比&nbsp;&nbsp;%</p>", ["占比\u00a0\u00a0%"]),
        ("<p>&nbsp;&nbsp;&emsp;　甲</p>", ["甲"]),
        ("<p>&times;&#215;&#xD7;县</p>", ["×××县"]),
        ("<p>a&amp;b &lt;N&gt; &unknown; &</p>", ["a&b <N> &unknown; &"]),
        ("<p>甲<b>乙</b><span>丙</span></p>", ["甲乙丙"]),
        ("<script>var a='<p>不</p>'</script><style>p{}</style><noscript>不</noscript><p>是</p>", ["是"]),
        ("<template><p>不</p></template><p>是</p>", ["是"]),
        ("<ul><li>甲<li>乙</ul>", ["甲", "乙"]),
        ("<p>5<!-- 注 -->人</p>", ["5人"]),
        ("<![if !IE]><p>甲</p><![endif]><![bogus x]><p>乙</p>", ["甲", "乙"]),
        ("没有标签", ["没有标签"]),
        ("<p>5 < 6 &#; &; <3</p>", ["5 < 6 &#; &; <3"]),
        ("<p>甲 <!doctype x>乙<?php a?></p>", ["甲 乙"]),
        ("<p title='a>b' x=\"c>d\">甲</p>", ["甲"]),
        ('<p x="未闭合>甲</p><p>乙</p>', ["甲", "乙"]),
        ("<SCRIPT>不</sCript><p>是", ["是"]),
        ("<p>甲<", ["甲<"]),
        ("<p>未闭合 <b>粗", ["未闭合 粗"]),
        ("<title>题<body><p>文", ["文"]),
        ("</p></div>多余的结束", ["多余的结束"]),
        ("", []),
    ],
)
def test_text(html: str, expected: list[str]) -> None:
    document = read(html)
    assert_places(document)
    assert [
        b.text for b in document.blocks if b.kind in (Kind.PARAGRAPH, Kind.HEADING) and b.visible
    ] == expected


PAGE = """<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>某县 &amp; 门户</title>
<meta name="keywords" content="总结&amp;范文"></head>
<body><nav>首页 &gt; 新闻</nav>
<h1>清江县教育局2023年工作总结</h1>
<h2>一、教育</h2>
<p>在校学生5.2万人，占比&nbsp;&nbsp;%。</p>
<p style="display: none">隐藏的话</p><p hidden>又一句</p>
<a href="https://v.cn/?a=1&amp;b=2" title="提示">链接</a><a href="#top">顶</a><a href="x.html">内</a>
<img src="https://v.cn/q.png" alt="二维&#x7801;">
<table><tr><th rowspan="2">指标</th><th colspan="2">值</th></tr>
<tr><td>1</td><td>&nbsp;</td></tr><tr><td><p>甲</p><p>乙</p></td><td></td><td>z</td></tr></table>
<footer>版权所有</footer><!-- 草稿备注 -->
</body></html>
"""


def test_page() -> None:
    document = read(PAGE)
    assert_places(document)
    assert document.title == "清江县教育局2023年工作总结"
    assert [(b.kind.value, b.part, b.text) for b in document.blocks if not b.cell] == [
        ("meta", "properties", "某县 & 门户"),
        ("meta", "properties", "总结&范文"),
        ("furniture", "body", "首页 > 新闻"),
        ("heading", "body", "清江县教育局2023年工作总结"),
        ("heading", "body", "一、教育"),
        ("paragraph", "body", "在校学生5.2万人，占比\u00a0\u00a0%。"),
        ("paragraph", "hidden", "隐藏的话"),
        ("paragraph", "hidden", "又一句"),
        ("paragraph", "body", "链接顶内"),
        ("meta", "link", "https://v.cn/?a=1&b=2"),
        ("meta", "alt", "提示"),
        ("meta", "link", "https://v.cn/q.png"),
        ("meta", "alt", "二维码"),
        ("furniture", "footer", "版权所有"),
        ("meta", "comment", "草稿备注"),
    ]
    assert [(notice.code, notice.block) for notice in document.notices] == [("DOC006", 6)]
    assert not document.blocks[6].states


def test_hidden_words_inside_a_sentence_are_apart() -> None:
    document = read("<p>占比<span style='display:none'>5<b>6</b></span>X%。</p>")
    assert_places(document)
    assert [(b.part, b.text, b.visible) for b in document.blocks] == [
        ("body", "占比X%。", True),
        ("hidden", "56", False),
    ]


def test_table_spans() -> None:
    document = read(PAGE)
    cells = [
        (b.cell.row, b.cell.column, b.cell.row_span, b.cell.column_span, b.text)
        for b in document.blocks
        if b.cell
    ]
    assert cells == [
        (1, 1, 2, 1, "指标"),
        (1, 2, 1, 2, "值"),
        (2, 2, 1, 1, "1"),
        (2, 3, 1, 1, "\u00a0"),
        (3, 1, 1, 1, "甲 乙"),
        (3, 2, 1, 1, ""),
        (3, 3, 1, 1, "z"),
    ]
    assert all(b.section == ("一、教育",) for b in document.blocks if b.cell)


def test_entity_has_its_width() -> None:
    document = read("<p>占&times;%</p>")
    place = document.locate(0, 1, 2)
    assert (place.column, place.end_column) == (5, 12)


def test_empty_cell_stands_where_its_content_would() -> None:
    document = read("<table><tr><td>甲</td><td></td></tr></table>")
    assert document.source[document.blocks[1].offsets[0] :].startswith("</td></tr>")


def test_layout_tables_are_no_tables() -> None:
    document = read(
        "<table><tr><td><p>甲</p><p>一、乙</p><p>丙</p><p>丁</p>"
        "<table><tr><td>里</td><td>1</td></tr></table></td></tr></table>"
    )
    assert [(b.text, b.kind.value, b.cell and b.cell.table) for b in document.blocks[1:]] == [
        ("一、乙", "heading", None),
        ("丙", "paragraph", None),
        ("丁", "paragraph", None),
        ("里", "cell", 1),
        ("1", "cell", 1),
    ]


@pytest.mark.parametrize("declared", ["gb2312", "GBK", "utf-8"])
@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig"])
def test_charset(declared: str, encoding: str) -> None:
    head = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">'
    page = f"<html><head>{head}</head><p>清江县教育局工作总结</p>"
    document = read(page, encoding)
    assert document.blocks[-1].text == "清江县教育局工作总结"
    assert document.encoding == encoding


def test_sniff() -> None:
    for data in (
        b"<!DOCTYPE html><p>",
        b"\xef\xbb\xbf\n<HTML>",
        b"<!-- a --><html>",
        "<html><p>中".encode("utf-16"),
    ):
        assert READER.sniff(Source(path="a", suffix=".doc", data=data))
    assert not READER.sniff(Source(path="a", suffix=".txt", data="用 <html> 写网页".encode()))


def test_damaged() -> None:
    with pytest.raises(ReadError) as caught:
        READER.read(Source(path="a.html", suffix=".html", data=b"<html>\x00\xff\xfe"))
    assert caught.value.code == "DOC001"


def test_deep_nesting_is_bounded() -> None:
    document = read("<div>" * 5000 + "深" + "</div>" * 5000)
    assert [block.text for block in document.blocks] == ["深"]
