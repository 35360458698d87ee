"""OpenDocument text, packed and flat: every place where text stands, list labels, hidden text; hostile files."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validator.model.document import Document
from validator.model.errors import ReadError
from validator.readers import _limits
from validator.readers._base import Source
from validator.readers._choose import read_file
from validator.readers.odt import READER

OASIS = "urn:oasis:names:tc:opendocument:xmlns"
NAMES = " ".join(
    [
        *(f'xmlns:{one}="{OASIS}:{one}:1.0"' for one in ("office", "style", "text", "table", "meta", "chart", "form")),
        f'xmlns:draw="{OASIS}:drawing:1.0" xmlns:fo="{OASIS}:xsl-fo-compatible:1.0"',
        f'xmlns:svg="{OASIS}:svg-compatible:1.0" xmlns:manifest="{OASIS}:manifest:1.0"',
        'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"',
        'xmlns:math="http://www.w3.org/1998/Math/MathML"',
        'xmlns:field="urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0"',
        'xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"',
    ]
)  # fmt: skip
TYPE = "application/vnd.oasis.opendocument.text"


def level(number: int, form: str, more: str = "", tag: str = "text:list-level-style-number") -> str:
    return f'<{tag} text:level="{number}" style:num-format="{form}" {more}/>'


def named(name: str, display: str, parent: str = "", more: str = "") -> str:
    parent = f'style:parent-style-name="{parent}"' if parent else ""
    return f'<style:style style:name="{name}" style:display-name="{display}" style:family="paragraph" {parent} {more}/>'


STYLES = (
    named("Standard", "Standard")
    + named("Title", "Title")
    + named("Heading_20_1", "Heading 1", more='style:default-outline-level="1"')
    + named("B2", "标题 2")
    + named("Contents_20_1", "Contents 1")
    + named("Loop", "Loop", "Loop")
    + '<style:style style:name="Secret" style:family="text"><style:text-properties text:display="none"/></style:style>'
    + '<text:outline-style style:name="Outline">'
    + level(1, "一, 二, 三, ...", 'style:num-suffix="、"', "text:outline-level-style")
    + level(2, "", "", "text:outline-level-style")
    + "</text:outline-style>"
)


def run_style(name: str, properties: str, more: str = "", family: str = "text") -> str:
    return (
        f'<style:style style:name="{name}" style:family="{family}" {more}><style:text-properties {properties}/>'
        "</style:style>"
    )


AUTOMATIC = (
    run_style("W", 'fo:color="#ffffff"')
    + run_style("WB", 'fo:color="#ffffff" fo:background-color="#000080"')
    + run_style("Shown", 'text:display="true"')
    + run_style("Tiny", 'fo:font-size="1pt" style:font-size-asian="1pt"')
    + run_style("TinyWest", 'fo:font-size="1pt" style:font-size-asian="12pt"')
    + run_style("Window", 'fo:color="#ffffff" style:use-window-font-color="true"')
    + run_style("Child", 'fo:color="#ff0000"', 'style:parent-style-name="Secret"')
    + run_style("PHidden", 'text:display="none"', family="paragraph")
    + '<style:style style:name="PTitle" style:family="paragraph" style:parent-style-name="Title"/>'
    + '<style:style style:name="PDark" style:family="paragraph"><style:paragraph-properties'
    + ' fo:background-color="#000080"/></style:style>'
    + '<text:list-style style:name="L1">'
    + level(1, "1", 'style:num-suffix="."')
    + level(2, "a", 'style:num-prefix="（" style:num-suffix="）" text:start-value="3"')
    + level(3, "I", 'text:display-levels="3"')
    + '</text:list-style><text:list-style style:name="L2">'
    + level(1, "一, 二, 三, ...", 'loext:num-list-format="第%1%章" style:num-suffix="x"')
    + level(2, "1", 'loext:num-list-format="%1%.%2%"')
    + '<text:list-level-style-bullet text:level="3" text:bullet-char="•"/></text:list-style>'
)


def flat(body: str, *, automatic: str = "", master: str = "", meta: str = "") -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document {NAMES} office:mimetype="{TYPE}">'
        f"<office:meta>{meta}</office:meta><office:styles>{STYLES}</office:styles>"
        f"<office:automatic-styles>{AUTOMATIC}{automatic}</office:automatic-styles>"
        f"<office:master-styles>{master}</office:master-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document>"
    ).encode()


def package(members: dict[str, str | bytes], mimetype: str = TYPE) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        if mimetype:
            archive.writestr(zipfile.ZipInfo("mimetype"), mimetype)
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def members(body: str, *, master: str = "", meta: str = "", **more: str) -> dict[str, str | bytes]:
    return {
        "content.xml": f"<office:document-content {NAMES}><office:automatic-styles>{AUTOMATIC}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>",
        "styles.xml": f"<office:document-styles {NAMES}><office:styles>{STYLES}</office:styles>"
        f"<office:automatic-styles>{AUTOMATIC}</office:automatic-styles>"
        f"<office:master-styles>{master}</office:master-styles></office:document-styles>",
        "meta.xml": f"<office:document-meta {NAMES}><office:meta>{meta}</office:meta></office:document-meta>",
        "META-INF/manifest.xml": f"<manifest:manifest {NAMES}/>",
        **more,
    }


def read_bytes(data: bytes) -> Document:
    document = READER.read(Source(path="a.odt", suffix=".odt", data=data))
    lines = document.source.split("\n") if document.blocks else []
    assert len(lines) == len(document.blocks)
    for at, block in enumerate(document.blocks):
        place = document.locate(at, 0, len(block.text))
        assert (place.line, place.column) == (at + 1, 1)
    return document


def read(body: str, *, master: str = "", meta: str = "") -> Document:
    """The document of the flat file; the package must give the same."""
    document = read_bytes(flat(body, master=master, meta=meta))
    packed = read_bytes(package(members(body, master=master, meta=meta)))
    assert (packed.blocks, packed.notices) == (document.blocks, document.notices)
    return document


def seen(document: Document) -> list[tuple[str, str]]:
    return [(block.part, block.text) for block in document.blocks]


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks]


def cells(document: Document) -> list[tuple[str, int, int, int, int, int]]:
    return [
        (one.text, one.cell.table, one.cell.row, one.cell.column, one.cell.row_span, one.cell.column_span)
        for one in document.blocks
        if one.cell
    ]


def codes(document: Document) -> list[str]:
    return [one.code for one in document.notices]


def outcome(data: bytes) -> str:
    try:
        read_bytes(data)
    except ReadError as found:
        return found.code if found.zh.startswith("a.odt：") else found.zh
    return ""


# Which files are OpenDocument text.


@pytest.mark.parametrize("name", ["a.odt", "a.ott", "a.fodt", "a.docx", "a.zip", "a.xml", "noname"])
def test_content_decides(tmp_path: Path, name: str) -> None:
    body = "<text:p>全县概况</text:p>"
    for data in (package(members(body)), flat(body), b"\xef\xbb\xbf" + flat(body)):
        (tmp_path / name).write_bytes(data)
        document = read_file(tmp_path / name, name)
        assert (document.format, texts(document)) == ("odt", ["全县概况"])


def test_a_package_zipped_again_is_told_by_its_suffix(tmp_path: Path) -> None:
    (tmp_path / "a.odt").write_bytes(package(members("<text:p>甲</text:p>"), mimetype=""))
    assert texts(read_file(tmp_path / "a.odt", "a.odt")) == ["甲"]


# Paragraphs.


def test_headings_by_style_and_by_number() -> None:
    document = read(
        '<text:p text:style-name="PTitle">县教育局2023年工作总结</text:p>'
        '<text:p text:style-name="Contents_20_1">目录行<text:tab/>1</text:p>'
        "<text:table-of-content><text:table-of-content-source><text:index-title-template>不显示"
        "</text:index-title-template></text:table-of-content-source><text:index-body><text:index-title>"
        "<text:p>目录</text:p></text:index-title><text:p>一、教育<text:tab/>1</text:p></text:index-body>"
        "</text:table-of-content>"
        '<text:h text:style-name="X" text:outline-level="1" text:is-list-header="true">一、教育</text:h>'
        '<text:p text:style-name="B2">规模</text:p>'
        '<text:p text:style-name="Loop">全县5.2万人。<text:line-break/>换行。</text:p>'
        '<text:h text:outline-level="2">其他</text:h><text:p>（二）经费</text:p><text:p>充足。</text:p>'
    )
    assert document.title == "县教育局2023年工作总结"
    assert [(b.text, b.kind.value, b.level, b.section, b.paragraph) for b in document.blocks] == [
        ("县教育局2023年工作总结", "heading", 0, (), None),
        ("目录行\t1", "furniture", 0, (), None),
        ("目录", "paragraph", 0, (), 1),
        ("一、教育\t1", "furniture", 0, (), None),
        ("一、教育", "heading", 1, ("一、教育",), None),
        ("规模", "heading", 2, ("一、教育", "规模"), None),
        ("全县5.2万人。", "paragraph", 0, ("一、教育", "规模"), 1),
        ("换行。", "paragraph", 0, ("一、教育", "规模"), 2),
        ("其他", "heading", 2, ("一、教育", "其他"), None),
        ("（二）经费", "heading", 3, ("一、教育", "其他", "（二）经费"), None),
        ("充足。", "paragraph", 0, ("一、教育", "其他", "（二）经费"), 1),
    ]


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ("  甲  乙\n\t丙 <text:span> 丁</text:span> ", "甲 乙 丙 丁"),
        ('甲<text:s/>乙<text:s text:c="3"/>丙<text:tab/>丁', "甲 乙   丙\t丁"),
        ("全县<text:span>5</text:span><text:bookmark/>.2<text:soft-page-break/>万人", "全县5.2万人"),
        ("<text:meta>甲</text:meta><text:date>2023年</text:date><text:page-number>5</text:page-number>", "甲2023年5"),
        ("甲<text:script>alert()</text:script>乙<office:event-listeners>x</office:event-listeners>", "甲乙"),
        ("<text:placeholder>&lt;输入单位&gt;</text:placeholder>", "<输入单位>"),
        ('<draw:frame><draw:object><math:math><math:mi>a</math:mi><math:mo>+</math:mo><math:mn>1</math:mn>'
         "<math:annotation>x</math:annotation></math:math></draw:object></draw:frame>", "a+1"),
        ('<field:fieldmark field:type="vnd.oasis.opendocument.field.FORMCHECKBOX"><field:param '
         'field:name="vnd.oasis.opendocument.field.Checkbox_Checked" field:value="true"/></field:fieldmark>达标', "☑达标"),
        ('<text:s text:c="99999999999"/>甲', "甲"),
    ],
)  # fmt: skip
def test_runs(inner: str, expected: str) -> None:
    assert texts(read(f"<text:p>{inner}</text:p>"))[0] == expected


# Lists.


def item(*inner: str, more: str = "") -> str:
    texts = "".join(one if one.startswith("<") else f"<text:p>{one}</text:p>" for one in inner)
    return f"<text:list-item {more}>{texts}</text:list-item>"


def listed(*items: str, style: str = "L1", more: str = "") -> str:
    style = f'text:style-name="{style}"' if style else ""
    return f"<text:list {style} {more}>{''.join(items)}</text:list>"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (listed(item("甲", "续"), item("乙"), item("丙", more='text:start-value="9"')), ["1. 甲", "续", "2. 乙", "9. 丙"]),
        (listed(item("甲", listed(item("子"), item("丑"), style="")), item("乙")), ["1. 甲", "（c）子", "（d）丑", "2. 乙"]),
        (listed(item(listed(item(listed(item("孙"), style="")), style=""))), ["1.c.I 孙"]),
        (listed("<text:list-header><text:p>头</text:p></text:list-header>", item("甲")), ["头", "1. 甲"]),
        (listed(item("甲")) + "<text:p>隔</text:p>" + listed(item("乙"), more='text:continue-numbering="true"'), ["1. 甲", "隔", "2. 乙"]),
        (listed(item("甲"), more='xml:id="k"') + listed(item("乙")) + listed(item("丙"), more='text:continue-list="k"'), ["1. 甲", "1. 乙", "2. 丙"]),
        (listed(item("甲", listed(item("乙", listed(item("丙"), style="")), style="")), style="L2"), ["第一章 甲", "一.1 乙", "丙"]),
        (listed(item("<text:number>（三）</text:number><text:p>甲</text:p>")), ["（三）甲"]),
        (listed(item("甲"), item("<text:p/>"), item("乙")), ["1. 甲", "3. 乙"]),
        (listed(item("甲"), style="没有"), ["甲"]),
        ('<text:h text:outline-level="1">教育</text:h><text:h text:outline-level="2">甲</text:h>'
         '<text:h text:outline-level="1">科技</text:h>', ["一、教育", "甲", "二、科技"]),
        ('<text:h text:outline-level="1"><text:number>（五）</text:number>教育</text:h>', ["（五）教育"]),
        (listed(*(item("甲") for _ in range(28)), style="LA"), [f"{one} 甲" for one in [*map(chr, range(65, 91)), "AA", "AB"]]),
    ],
)  # fmt: skip
def test_list_labels_as_they_are_shown(body: str, expected: list[str]) -> None:
    letters = f'<text:list-style style:name="LA">{level(1, "A")}</text:list-style>'
    assert texts(read_bytes(flat(body, automatic=letters))) == expected


# Tables.


def row(*inner: str, more: str = "") -> str:
    return f"<table:table-row {more}>{''.join(inner)}</table:table-row>"


def cell(*inner: str, more: str = "") -> str:
    texts = "".join(one if one.startswith("<") else f"<text:p>{one}</text:p>" for one in inner)
    return f"<table:table-cell {more}>{texts}</table:table-cell>"


def covered(text: str = "") -> str:
    return f"<table:covered-table-cell><text:p>{text}</text:p></table:covered-table-cell>"


def table(*rows: str) -> str:
    return f"<table:table>{''.join(rows)}</table:table>"


def test_tables() -> None:
    wide = 'table:number-columns-spanned="2"'
    body = table(
        f"<table:table-header-rows>{row(cell('表头', more=wide), covered('盖住'), cell())}</table:table-header-rows>",
        row(cell("甲", more='table:number-rows-spanned="2"'), cell("一", "二"), cell(table(row(cell("p"), cell("q"))), "后")),
        row(covered(), cell("乙", more='table:number-columns-repeated="2"')),
        row(cell("丙"), cell(more='table:number-columns-repeated="16000"'), more='table:number-rows-repeated="2"'),
        row(cell("丁")),
    )  # fmt: skip
    document = read("<text:p>前</text:p>" + body + "<text:p>后</text:p>")
    blank = [one for one in cells(document) if not one[0]]
    assert [one for one in cells(document) if one[0]] == [
        ("表头", 1, 1, 1, 1, 2),
        ("甲", 1, 2, 1, 2, 1),
        ("一 二", 1, 2, 2, 1, 1),
        ("后", 1, 2, 3, 1, 1),
        ("p", 2, 1, 1, 1, 1),
        ("q", 2, 1, 2, 1, 1),
        ("乙", 1, 3, 2, 1, 1),
        ("乙", 1, 3, 3, 1, 1),
        ("丙", 1, 4, 1, 1, 1),
        ("丙", 1, 5, 1, 1, 1),
        ("丁", 1, 6, 1, 1, 1),
    ]
    assert ("", 1, 1, 3, 1, 1) in blank
    assert len(blank) < 200
    assert [one.text for one in document.blocks if one.part == "hidden"] == ["盖住"]


def test_a_frame_of_one_cell_holds_ordinary_paragraphs() -> None:
    document = read("<text:p>2023年工作总结</text:p>" + table(row(cell("一、教育", "全县5.2万人。"))))
    assert [(one.text, one.cell, one.section) for one in document.blocks][1:] == [
        ("一、教育", None, ("一、教育",)),
        ("全县5.2万人。", None, ("一、教育",)),
    ]


# Everything beside the body.

EVERYTHING = (
    '<office:forms><form:form><form:fixed-text form:label="控件字"/></form:form></office:forms>'
    '<text:user-field-decls><text:user-field-decl office:string-value="域值"/></text:user-field-decls>'
    '<text:p>正文<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>'
    "<text:p>脚注文</text:p></text:note-body></text:note>续<text:note text:note-class=\"endnote\"><text:note-body>"
    "<text:p>尾注文</text:p></text:note-body></text:note><office:annotation><dc:creator>批注人</dc:creator>"
    "<dc:date>2023</dc:date><text:p>批注一</text:p><text:p>批注二</text:p></office:annotation>完。"
    '<text:a xlink:href="http://a.invalid/x" office:title="提示">链接文</text:a><text:a xlink:href="#内">内</text:a></text:p>'
    '<text:p>锚<draw:frame draw:name="F"><svg:title>框题</svg:title><draw:text-box><text:p>框内</text:p></draw:text-box>'
    "</draw:frame>点<draw:g><draw:rect><svg:desc>形意</svg:desc><text:p>形内</text:p></draw:rect></draw:g></text:p>"
    '<text:p><draw:a xlink:href="http://b.invalid/y"><draw:frame><draw:image xlink:href="Pictures/a.png"/>'
    '<draw:image xlink:href="Pictures/a.svg"/><svg:desc>图意</svg:desc></draw:frame></draw:a>'
    '<draw:frame draw:name="对象1"><draw:object-ole xlink:href="./Object 9"/><draw:image/></draw:frame></text:p>'
    '<text:p><text:ruby><text:ruby-base>汉</text:ruby-base><text:ruby-text>han</text:ruby-text></text:ruby>'
    '<text:conditional-text text:string-value-if-true="甲值" text:string-value-if-false="乙值">甲值</text:conditional-text>'
    '<text:drop-down><text:label text:value="选一"/><text:label text:value="选二"/>选一</text:drop-down>'
    '<text:alphabetical-index-mark text:string-value="索引项"/>'
    '<field:fieldmark-start text:name="域名称"><field:param field:name="x" field:value="MERGEFIELD 校数"/>'
    "</field:fieldmark-start>12<field:fieldmark-end/></text:p>"
)  # fmt: skip
MASTER = (
    "<style:master-page><style:header><text:p>页眉<draw:custom-shape draw:name=\"PowerPlusWaterMarkObject1\">"
    '<text:p><text:span text:style-name="Tiny">内部</text:span>资料</text:p></draw:custom-shape></text:p></style:header>'
    "<style:header-left><text:p>左页眉</text:p></style:header-left><style:header-first><text:p>首页眉</text:p>"
    "</style:header-first><style:footer><text:p>页脚</text:p></style:footer></style:master-page>"
    "<style:master-page><style:header><text:p>页眉</text:p></style:header><loext:footer-first><text:p>首页脚</text:p>"
    "</loext:footer-first></style:master-page>"
)  # fmt: skip
META = (
    "<dc:title>标题属性</dc:title><dc:creator>作者</dc:creator><meta:keyword>词一</meta:keyword><meta:keyword>词二"
    '</meta:keyword><meta:user-defined meta:name="来源">文库</meta:user-defined><meta:generator>G</meta:generator>'
    '<meta:user-defined meta:name="AppVersion">16.0</meta:user-defined>'
)


def test_every_place() -> None:
    document = read(EVERYTHING, master=MASTER, meta=META)
    assert seen(document) == [
        ("textbox", "控件字"),
        ("field", "域值"),
        ("body", "正文续完。链接文内"),
        ("link", "http://a.invalid/x"),
        ("alt", "提示"),
        ("body", "锚点"),
        ("alt", "框题"),
        ("textbox", "框内"),
        ("alt", "形意"),
        ("textbox", "形内"),
        ("link", "http://b.invalid/y"),
        ("alt", "图意"),
        ("attachment", "对象1"),
        ("body", "汉甲值选一12"),
        ("annotation", "han"),
        ("field", "乙值"),
        ("field", "选一"),
        ("field", "选二"),
        ("field", "索引项"),
        ("field", "域名称"),
        ("field", "MERGEFIELD 校数"),
        ("header", "页眉"),
        ("watermark", "内部资料"),
        ("header", "左页眉"),
        ("header", "首页眉"),
        ("footer", "页脚"),
        ("footer", "首页脚"),
        ("footnote", "脚注文"),
        ("endnote", "尾注文"),
        ("comment", "批注人"),
        ("comment", "批注一"),
        ("comment", "批注二"),
        ("properties", "标题属性"),
        ("properties", "作者"),
        ("properties", "词一"),
        ("properties", "词二"),
        ("properties", "文库"),
        ("properties", "来源"),
    ]
    assert codes(document) == ["DOC005", "DOC012", "DOC013"]
    assert document.notices[2].zh == "有 1 张图片，图片里的文字没有检查（第1段）"
    furniture = ("header", "footer", "watermark")
    assert {one.kind.value for one in document.blocks if one.part in furniture} == {"furniture"}


CHART = (
    f"<office:document-content {NAMES}><office:body><office:chart><chart:chart><chart:title><text:p>学位走势</text:p>"
    "</chart:title><table:table><table:table-row><table:table-cell><text:p>2023年</text:p></table:table-cell>"
    "<table:table-cell><text:p>5.2</text:p></table:table-cell></table:table-row></table:table></chart:chart>"
    "</office:chart></office:body></office:document-content>"
)


def test_charts_and_other_objects() -> None:
    frames = "".join(
        f'<draw:frame draw:name="N{at}"><draw:object xlink:href="{href}"/><draw:image/></draw:frame>'
        for at, href in enumerate(("./Object%201", "./Object 2", "./没有"))
    )
    book = f"<office:document-content {NAMES}><office:body><office:spreadsheet/></office:body></office:document-content>"
    document = read_bytes(
        package(
            members(f"<text:p>甲{frames}</text:p>")
            | {"Object 1/content.xml": CHART, "Object 2/content.xml": book}
        )
    )
    assert seen(document) == [
        ("body", "甲"),
        ("chart", "学位走势"),
        ("chart", "2023年"),
        ("attachment", "N1"),
        ("attachment", "N2"),
    ]
    assert codes(document) == ["DOC012"]


CHANGES = (
    '<text:tracked-changes><text:changed-region xml:id="c1"><text:insertion/></text:changed-region>'
    '<text:changed-region text:id="c2"><text:deletion><office:change-info><dc:creator>某</dc:creator></office:change-info>'
    "<text:p>删一</text:p><text:p>删二</text:p></text:deletion></text:changed-region>"
    '<text:changed-region xml:id="c3"><text:deletion/></text:changed-region>'
    '<text:changed-region xml:id="c4"><text:deletion><text:p>无处</text:p></text:deletion></text:changed-region>'
    "</text:tracked-changes>"
)


def test_tracked_changes_of_both_kinds() -> None:
    """Deleted text stands in the list of changes, or in the text between two marks when changes are shown."""
    document = read(
        CHANGES
        + '<text:p>原<text:change-start text:change-id="c1"/>插入<text:change-end text:change-id="c1"/>'
        '<text:change text:change-id="c2"/>文</text:p>'
        '<text:p>前<text:change-start text:change-id="c3"/>删三</text:p><text:p>删四<text:change-end text:change-id="c3"/>后'
        "</text:p>"
    )
    assert seen(document) == [
        ("body", "原插入文"),
        ("deleted", "删一"),
        ("deleted", "删二"),
        ("body", "前后"),
        ("deleted", "删三"),
        ("deleted", "删四"),
        ("deleted", "无处"),
    ]
    assert [one.visible for one in document.blocks] == [one.part == "body" for one in document.blocks]
    assert [(one.code, one.block) for one in document.notices] == [("DOC004", 1)]


@pytest.mark.parametrize(
    "body",
    [
        '<text:p>前<text:span text:style-name="Secret">藏</text:span>后</text:p>',
        '<text:p>前<text:span text:style-name="Child">藏</text:span>后</text:p>',
        '<text:p>前<text:span text:style-name="W">藏</text:span>后</text:p>',
        '<text:p>前<text:span text:style-name="Tiny">藏</text:span>后</text:p>',
        '<text:p>前<text:hidden-text text:is-hidden="true" text:string-value="藏"/>后</text:p>',
        '<text:p>前<text:variable-set text:display="none">藏</text:variable-set>后</text:p>',
        '<text:p>前后</text:p><text:p text:style-name="PHidden">藏</text:p>',
        '<text:p>前后</text:p><text:p>藏<text:hidden-paragraph text:is-hidden="true"/></text:p>',
        '<text:p>前后</text:p><text:section text:display="none"><text:p>藏</text:p></text:section>',
        '<text:p>前后</text:p><text:section text:display="condition" text:is-hidden="true"><text:list><text:list-item>'
        "<text:p>藏</text:p></text:list-item></text:list></text:section>",
    ],
)
def test_hidden_text(body: str) -> None:
    document = read(body)
    assert [(one.part, one.text, one.visible) for one in document.blocks] == [
        ("body", "前后", True),
        ("hidden", "藏", False),
    ]
    assert codes(document) == ["DOC006"]


@pytest.mark.parametrize(
    "body",
    [
        '<text:p>前<text:span text:style-name="WB">显</text:span>后</text:p>',
        '<text:p>前<text:span text:style-name="Window">显</text:span>后</text:p>',
        '<text:p>前<text:span text:style-name="TinyWest">显</text:span>后</text:p>',
        '<text:p text:style-name="PDark">前<text:span text:style-name="W">显</text:span>后</text:p>',
        '<text:p text:style-name="PHidden"><text:span text:style-name="Shown">前显后</text:span></text:p>',
        '<text:p>前<text:hidden-text text:is-hidden="false">显</text:hidden-text>后</text:p>',
        '<text:section text:display="condition" text:is-hidden="false"><text:p>前显后</text:p></text:section>',
    ],
)
def test_text_that_only_looks_hidden(body: str) -> None:
    assert seen(read(body)) == [("body", "前显后")]


# Damaged and hostile files.


def nested(opening: str, closing: str, times: int) -> str:
    return opening * times + "<text:p>甲</text:p>" + closing * times


LOCKED = (
    f"<manifest:manifest {NAMES}><manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
    "</manifest:manifest>"
)
ENTITY = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
SHEET = f"<office:document-content {NAMES}><office:body><office:spreadsheet/></office:body></office:document-content>"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (package(members("<text:p>甲</text:p>") | {"META-INF/manifest.xml": LOCKED}), "DOC002"),
        (package(members("<text:p>甲</text:p>"))[:-30], "DOC001"),
        (package({}), "DOC001"),
        (package({"content.xml": SHEET}), "DOC001"),
        (package({"content.xml": "<a"}), "DOC001"),
        (package(members("<text:p>甲</text:p>") | {"styles.xml": "<a"}), "DOC001"),
        (package(members("<text:p>甲</text:p>") | {"meta.xml": "不是"}), "DOC001"),
        (flat("<text:p>甲</text:p>")[:-30], "DOC001"),
        (flat("<text:p>甲</text:p>").replace(b"?>\n", b"?>" + ENTITY.encode(), 1), "DOC001"),
        (flat(nested("<text:section>", "</text:section>", 130)), "DOC007"),
        (flat(nested("<text:list><text:list-item>", "</text:list-item></text:list>", 80)), "DOC007"),
        (flat(nested("<table:table><table:table-row><table:table-cell>", "</table:table-cell></table:table-row></table:table>", 200)), "DOC007"),
        (flat("<text:p>" + "<text:span>" * 500 + "甲" + "</text:span>" * 500 + "</text:p>"), "DOC007"),
        (flat("<text:p>" + "<draw:g>" * 500 + "</draw:g>" * 500 + "</text:p>"), "DOC007"),
        (flat("<text:p>甲</text:p>" * (_limits.MOST_BLOCKS + 1)), "DOC007"),
        (flat(table(row(cell("甲", more='table:number-columns-repeated="999999999"'), more='table:number-rows-repeated="999999999"') * 50)), "DOC007"),
    ],
)  # fmt: skip
def test_refused(data: bytes, code: str) -> None:
    started = time.monotonic()
    assert outcome(data) == code
    assert time.monotonic() - started < 20


def test_time_is_linear() -> None:
    run = '<text:span text:style-name="Child">全县各级各类</text:span>学校5.2万人 '
    started = time.monotonic()
    read_bytes(flat("<text:p>" + run * 30_000 + "</text:p>"))
    assert time.monotonic() - started < 10


TAGS = [
    "text:p",
    "text:h",
    "text:span",
    "text:list",
    "text:list-item",
    "text:list-header",
    "text:section",
    "text:a",
    "text:note",
    "text:note-body",
    "office:annotation",
    "draw:frame",
    "draw:text-box",
    "draw:g",
    "draw:custom-shape",
    "draw:object",
    "draw:image",
    "table:table",
    "table:table-row",
    "table:table-cell",
    "table:covered-table-cell",
    "text:tracked-changes",
    "text:changed-region",
    "text:deletion",
    "text:change",
    "text:change-start",
    "text:change-end",
    "text:s",
    "text:tab",
    "text:line-break",
    "text:hidden-text",
    "text:hidden-paragraph",
    "text:ruby",
    "text:table-of-content",
    "text:index-body",
    "text:number",
    "field:fieldmark",
    "office:forms",
    "text:conditional-text",
    "svg:desc",
    "style:header",
    "office:text",
    "office:body",
    "math:math",
    "office:document",
    "text:unknown",
]
ATTRIBUTES = [
    *("text:outline-level", "text:c", "text:start-value", "table:number-columns-repeated", "text:style-name"),
    *(
        "table:number-rows-spanned",
        "text:change-id",
        "xml:id",
        "text:display",
        "xlink:href",
        "text:note-class",
    ),
]
VALUES = ["-1", "0", "3", "9" * 30, "", "none", "L1", "W", "c1", "./Object 1", "endnote", "true"]
TREE = st.recursive(
    st.sampled_from(["甲", "5.2", " ", "\n"]),
    lambda inner: st.builds(
        lambda tag, attributes, children: (
            f"<{tag} {' '.join(f'{key}={value!r}' for key, value in attributes.items())}>{''.join(children)}</{tag}>"
        ),
        st.sampled_from(TAGS),
        st.dictionaries(st.sampled_from(ATTRIBUTES), st.sampled_from(VALUES), max_size=3),
        st.lists(inner, max_size=4),
    ),
    max_leaves=30,
)


@settings(max_examples=300, deadline=None)
@given(TREE)
def test_any_tree_of_elements(tree: str) -> None:
    assert outcome(flat(tree)) in ("", "DOC001", "DOC007")
    assert outcome(package(members(tree))) in ("", "DOC001", "DOC007")
