"""HTML: text as a browser shows it, tables with spans, hidden text, links, places in the decoded source."""

from __future__ import annotations

import contextlib
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

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
    assert [(notice.code, notice.block) for notice in document.notices] == [("DOC006", 6), ("DOC013", 8)]
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


# What word processors write.


def parts(document: Document) -> list[tuple[str, str]]:
    return [(block.part, block.text) for block in document.blocks]


def codes(document: Document) -> list[str]:
    return [notice.code for notice in document.notices]


@pytest.mark.parametrize(
    "style",
    [
        "display: none",
        "mso-hide:all",
        "visibility:hidden",
        "opacity:0",
        "opacity: 0.0",
        "font-size:0",
        "font-size:1pt",
        "font-size:1.0pt;color:red",
        "font-size: .5px",
        "font:1pt 宋体",
        "color:white",
        "color:#FFF",
        "color: #fefefe",
        "color:rgb(255, 255, 255)",
        "color:red;color:white",
        "color:transparent",
        "color:rgba(0,0,0,0)",
        "color:white;background:white",
    ],
)
def test_hidden_by_style(style: str) -> None:
    document = read(f"<p>占比<span style='{style}'>暗<b>处</b></span>5%。</p>")
    assert_places(document)
    assert parts(document) == [("body", "占比5%。"), ("hidden", "暗处")]
    assert codes(document) == ["DOC006"]


@pytest.mark.parametrize(
    "html",
    [
        "<p style='color:#fffffe00'>明处",
        "<p style='opacity:0.5;font-size:10pt'>明处",
        "<p style='font-size:0'><span style='font-size:14px'>明处</span>",
        "<div style='background:#1F4E79'><p style='color:white'>明处",
        "<table><tr><td bgcolor=navy><font color=white>明处</font></td></tr></table>",
        "<p style='background-image:url(a.png)'><font color='#ffffff'>明处</font>",
        "<p style='color:white'><b style='color:black'>明处</b>",
        "<p style='font:bold 12pt 黑体;mso-ansi-font-size:1.0pt'>明处",
        "<link rel=stylesheet href=a.css><p style='color:white'>明处",
        "<style>@media print { .a {display:none} }</style><p class=a>明处",
        "<style>.a{display:none} .open .a{display:block}</style><p class=a>明处",
        "<style>.a b{display:none} .a:hover{display:none}</style><p class=a><b>明处</b>",
        "<p aria-hidden=true>明处",
        "<details><summary>明处</details>",
        "<textarea>明处</textarea>",
    ],
)
def test_shown(html: str) -> None:
    document = read(html)
    assert [block.text for block in document.blocks if block.visible and block.kind is not Kind.META] == [
        "明处"
    ]
    assert codes(document) == []


@pytest.mark.parametrize(
    "html",
    [
        "<style>.a{color:red}\n.x, span.b { display : none }</style><p>明处<span class='a b'>暗处</span>",
        "<style><!-- #c{mso-hide:all} --></style><p>明处<i id=C>暗处</i>",
        "<style>/* .d{} */ .d{visibility:hidden}</style><p>明处<i class=d>暗处</i>",
        "<style>.e{color:#fff}</style><p>明处<i class=e>暗处</i>",
        "<p>明处<template>暗处</template><noscript></noscript>",
        "<p>明处<input type=hidden value=暗处>",
        "<p>明处<span style='display:none'>暗</span><span style='display:none'>处</span>",
    ],
)
def test_hidden_by_rules_and_tags(html: str) -> None:
    assert parts(read(html)) == [("body", "明处"), ("hidden", "暗处")]


WORD = """<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">
<head><meta http-equiv=Content-Type content="text/html; charset=utf-8"><meta name=ProgId content=Word.Document>
<link rel=File-List href="a.files/filelist.xml"><title>总结</title>
<!--[if gte mso 9]><xml><o:DocumentProperties><o:Author>王某</o:Author><o:Company>白苇县教育局</o:Company>
</o:DocumentProperties></xml><![endif]--><!--[if gte mso 9]><xml><w:WordDocument><w:View>Print</w:View></w:WordDocument></xml><![endif]-->
<style><!-- p.MsoNormal {margin:0cm} --></style></head>
<body lang=ZH-CN><div class=WordSection1>
<p class=MsoTitle>白苇县教育局2024年<br>年度总结</p><p class=MsoToc1>一、教育<span>\t1</span></p>
<h1>一、教育</h1>
<p class=MsoNormal>招聘教师<span lang=EN-US>142</span>人<a style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1"
title=""><span class=MsoFootnoteReference><span lang=EN-US>[1]</span></span></a>，<s>去年</s><del cite="mailto:w"
datetime="2024-12-01T08:00">原有140人</del><ins cite="mailto:w">超额完成</ins><span class=MsoCommentReference><a
class=msocomanchor id="_anchor_1" href="#_msocom_1" name="_msoanchor_1">[王1]</a></span>。<o:p></o:p></p>
<p class=MsoNormal><!--[if supportFields]><span style='mso-element:field-begin'></span> MERGEFIELD 单位 <span
style='mso-element:field-separator'></span><![endif]-->某校<!--[if supportFields]><span style='mso-element:field-end'></span><![endif]--></p>
<p class=MsoNormal><!--[if gte vml 1]><v:shape id="PowerPlusWaterMarkObject1" alt="水印形状"><v:textpath style='font-family:"宋体"'
string="内部&amp;资料"/></v:shape><v:shape><v:textbox><table><tr><td><div><p class=MsoNormal>框里的字</p></div></td></tr></table>
</v:textbox></v:shape><![endif]--><![if !vml]><img width=100 height=50 src="a.files/image001.png" alt="水印形状"><![endif]></p>
</div>
<div style='mso-element:footnote-list'><div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText><a
style='mso-footnote-id:ftn1' href="#_ftnref1" name="_ftn1"><span class=MsoFootnoteReference>[1]</span></a>含外聘。</p></div></div>
<div style='mso-element:comment-list'><div style='mso-element:comment'><div id="_com_1"><p class=MsoCommentText><span
class=MsoCommentReference><a href="#_msoanchor_1" class=msocomoff>[王1]</a></span>核实一下</p></div></div></div>
</body></html>"""


def test_word() -> None:
    document = read(WORD)
    assert_places(document)
    assert [(b.part, b.text, b.kind.value, b.visible) for b in document.blocks] == [
        ("properties", "总结", "meta", True),
        ("properties", "王某", "meta", True),
        ("properties", "白苇县教育局", "meta", True),
        ("body", "白苇县教育局2024年", "heading", True),
        ("body", "年度总结", "paragraph", True),
        ("body", "一、教育 1", "furniture", True),
        ("body", "一、教育", "heading", True),
        ("body", "招聘教师142人，去年超额完成。", "paragraph", True),
        ("deleted", "原有140人", "paragraph", False),
        ("body", "某校", "paragraph", True),
        ("field", "MERGEFIELD 单位", "meta", False),
        ("alt", "水印形状", "meta", True),
        ("watermark", "内部&资料", "furniture", True),
        ("textbox", "框里的字", "paragraph", True),
        ("footnote", "含外聘。", "paragraph", True),
        ("comment", "核实一下", "meta", True),
    ]
    assert codes(document) == ["DOC004", "DOC005", "DOC013"]


LIBREOFFICE = """<html><head><meta name="generator" content="LibreOffice 7.4"><meta name="资料来源" content="某站"></head><body>
<div title="header"><p>页眉里的字</p></div><p>招聘142人<sup><a class="sdfootnoteanc" name="sdfootnote1anc"
href="#sdfootnote1sym"><sup>1</sup></a></sup>，面积3m<sup>2</sup>。<!-- 核实 --></p>
<div id="sdfootnote1"><p><a class="sdfootnotesym" href="#sdfootnote1anc">1</a>含外聘。</p></div>
<div id="sdendnote1"><p><a class="sdendnotesym" href="#x">i</a>尾注的字</p></div><div title="footer"><p>页脚里的字</p></div></body></html>"""


def test_libreoffice() -> None:
    document = read(LIBREOFFICE)
    assert_places(document)
    assert parts(document) == [
        ("properties", "LibreOffice 7.4"),
        ("properties", "某站"),
        ("header", "页眉里的字"),
        ("body", "招聘142人，面积3m2。"),
        ("comment", "核实"),
        ("footnote", "含外聘。"),
        ("endnote", "尾注的字"),
        ("footer", "页脚里的字"),
    ]
    assert codes(document) == ["DOC005"]


def test_a_reference_with_words_in_it_is_read() -> None:
    document = read("<p>正文<a class=sdfootnoteanc>加微信领范文</a>。</p>")
    assert parts(document) == [("body", "正文加微信领范文。")]


def test_attributes_and_frames() -> None:
    document = read(
        "<p>文</p><input placeholder='请填' value='默认&amp;值'><textarea placeholder='写这里'></textarea>"
        "<table summary='表的说明'><tr><td>1</td></tr></table><a aria-label='标签' href='data:text/plain,x'>去</a>"
        "<iframe srcdoc='&lt;p&gt;框&amp;amp;架&lt;/p&gt;&lt;p hidden&gt;藏&lt;/p&gt;'></iframe>"
    )
    assert parts(document) == [
        ("body", "文"),
        ("alt", "请填"),
        ("alt", "默认&值"),
        ("alt", "写这里"),
        ("alt", "表的说明"),
        ("body", "1"),
        ("body", "去"),
        ("alt", "标签"),
        ("body", "框&架"),
        ("hidden", "藏"),
    ]
    place = document.locate(8, 0, 3)
    assert document.source[place.column - 1 : place.end_column - 1] == "框&amp;amp;架"


def test_pictures_are_counted_where_they_stand() -> None:
    document = read(
        "<img src=a.png><h1>某县工作总结</h1><h2>一、教育</h2><p>甲<img src=b.png></p><h2>二、体育</h2><img src=c.png><img src=d.png>"
        "<img src=dot.gif width=1 height=1><div style='display:none'><img src=e.png></div>"
    )
    (notice,) = document.notices
    assert (notice.code, notice.zh) == (
        "DOC013",
        "有 4 张图片，图片里的文字没有检查（开头、一、教育、二、体育）",
    )


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000 + "深",
        "<b>" * 100_000 + "深" + "</b>" * 100_000,
        "<table><tr><td>" * 100_000 + "深",
        "<p><span style='display:none'>" * 30_000 + "深",
        "<b>" * 600 + "<p>x</p></i>" * 20_000,
        "<p " + "a=1 " * 200_000 + ">深",
        f"<p title='{'长' * 2_000_000}'>深",
        f"<p style='{'font:' * 100_000}'>深",
        f"<style>{'.a{' * 100_000}</style>深",
        f"<style>{'.a{display:none}' * 50_000}</style>深",
        "<!--[if gte vml 1]><v:" * 50_000,
        "<!--[if gte vml 1]><v:shape alt=a><![endif]-->" * 20_000,
        "<iframe srcdoc='" + "&lt;iframe srcdoc=" * 50_000 + "'>",
        "<del>" * 50_000 + "深",
        "<table>" + "<tr><td rowspan=65534 colspan=1000>x" * 500 + "</table>",
        "<a class=sdfootnoteanc>1" * 30_000,
        f"<p title='&#{'9' * 9000};'>&#{'9' * 9000};",
    ],
)
def test_hostile_pages_take_little_time(html: str) -> None:
    start = time.perf_counter()
    with contextlib.suppress(ReadError):
        read(html)
    assert time.perf_counter() - start < 120  # a guard against what is quadratic, also on a busy machine


PIECES = st.sampled_from(
    [
        *(
            "<p>",
            "</p>",
            "<table>",
            "<tr>",
            "<td>",
            "</td>",
            "</table>",
            "<del>",
            "</del>",
            "<ins>",
            "甲",
            " ",
            "5",
        ),
        *(
            "<span style='display:none'>",
            "</span>",
            "<div title=header>",
            "</div>",
            "<div id=sdfootnote1>",
            "&amp;",
        ),
        *(
            "<a class=sdfootnoteanc>",
            "</a>",
            "<!--[if supportFields]>",
            "<![endif]-->",
            "<!--",
            "-->",
            "<style>",
        ),
        *(
            "<!--[if gte vml 1]><v:textbox>",
            "</v:textbox>",
            ".a{display:none}",
            "</style>",
            "<p class=a>",
            "<br>",
        ),
        *(
            "<iframe srcdoc='&lt;p&gt;乙'>",
            "<template>",
            "</template>",
            "<h1>",
            "</h1>",
            "<title>",
            "<nav>",
            "\n",
        ),
    ]
)


@settings(max_examples=300, deadline=None)
@example("<!--[if supportFields]><!--[if gte vml 1]><v:textbox>甲")
@example("<!--[if supportFields]><title>甲")
@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_markup_has_true_places(html: str) -> None:
    document = read(html)
    for block in document.blocks:
        assert len(block.offsets) == max(1, len(block.text))
        assert all(0 <= place <= len(document.source) for place in block.offsets)
        assert block.visible or block.part in ("hidden", "deleted", "comment", "field") or not block.text
        document.locate(document.blocks.index(block), 0, len(block.text))
