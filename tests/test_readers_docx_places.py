"""Places of a Word document where text hides: looks, fields, drawings, objects, controls, data, parts."""

from __future__ import annotations

import pytest

from tests.wordfiles import (
    NAMES,
    STYLES,
    TITLE,
    assert_rendition,
    cell,
    complex_field,
    drawing,
    members,
    package,
    par,
    picture,
    read,
    read_bytes,
    relationships,
    rest,
    run,
    seen,
)

WHITE = '<w:color w:val="FFFFFF"/>'
BLUE = '<w:shd w:val="clear" w:fill="1F4E79"/>'


# Looks.


@pytest.mark.parametrize(
    ("properties", "hidden"),
    [
        (WHITE, True),
        ('<w:color w:val="fefefe"/>', True),
        ('<w:color w:val="F2F2F2"/>', True),
        ('<w:color w:val="auto" w:themeColor="background1"/>', True),
        ('<w:color w:themeColor="background1" w:themeShade="80"/>', False),
        ('<w:color w:val="BFBFBF" w:themeColor="background1" w:themeShade="BF"/>', False),
        ('<w:color w:val="auto"/>', False),
        ('<w:color w:val="FF0000"/>', False),
        ('<w:color w:val="FFFFFFF"/>', False),
        (WHITE + BLUE, False),
        (WHITE + '<w:shd w:val="clear" w:fill="auto"/>', True),
        (WHITE + '<w:shd w:val="clear" w:fill="FFFFFF"/>', True),
        (WHITE + '<w:shd w:val="pct50" w:fill="auto"/>', False),
        (WHITE + '<w:shd w:val="clear" w:themeFill="accent1"/>', False),
        (WHITE + '<w:highlight w:val="black"/>', False),
        (WHITE + '<w:highlight w:val="none"/>', True),
        ('<w:sz w:val="2"/>', True),
        ('<w:sz w:val="1"/>', True),
        ('<w:sz w:val="1pt"/>', True),
        ('<w:sz w:val="3"/>', False),
        ('<w:sz w:val="12pt"/>', False),
        ('<w:sz w:val="²"/>', False),
        ('<w:w w:val="1"/>', True),
        ('<w:w w:val="1%"/>', True),
        ('<w:w w:val="66"/>', False),
        ("<w:vanish/>", True),
        ('<w:vanish w:val="0"/>', False),
        ("<w:webHidden/>", False),
    ],
)
def test_text_that_nobody_can_read_is_hidden(properties: str, hidden: bool) -> None:
    document = read(TITLE + par("甲", run("乙", properties)))
    assert rest(document) == ([("body", "甲"), ("hidden", "乙")] if hidden else [("body", "甲乙")])
    assert all(block.visible is (block.part == "body") for block in document.blocks)


def style(key: str, inner: str, kind: str = "paragraph") -> str:
    return f'<w:style w:type="{kind}" w:styleId="{key}"><w:name w:val="{key}"/>{inner}</w:style>'


OWN = STYLES.replace(
    "</w:styles>",
    style("White", f"<w:rPr>{WHITE}</w:rPr>")
    + style("Banner", f"<w:pPr>{BLUE}</w:pPr><w:rPr>{WHITE}</w:rPr>")
    + style("Black", '<w:rPr><w:color w:val="000000"/></w:rPr>', "character")
    + style("Tiny", '<w:rPr><w:sz w:val="2"/></w:rPr>', "character")
    + style("Dark", f'<w:tblStylePr w:type="firstRow"><w:tcPr>{BLUE}</w:tcPr></w:tblStylePr>', "table")
    + "</w:styles>",
)


def styled(body: str) -> list[tuple[str, str]]:
    return rest(read(TITLE + body, styles=OWN))


def test_looks_come_from_styles_too() -> None:
    assert styled(par("密", style="White")) == [("hidden", "密")]
    assert styled(par(run("现", '<w:rStyle w:val="Black"/>'), style="White")) == [("body", "现")]
    assert styled(par("现", style="Banner")) == [("body", "现")]
    assert styled(par("甲", run("密", '<w:rStyle w:val="Tiny"/>'))) == [("body", "甲"), ("hidden", "密")]
    assert styled(par(run("现", WHITE), extra=BLUE)) == [("body", "现")]


@pytest.mark.parametrize(
    ("table", "row", "shown"),
    [("", "", False), ("", BLUE, True), (BLUE, "", True), ('<w:tblStyle w:val="Dark"/>', "", True)],
)
def test_white_text_in_a_coloured_table_is_seen(table: str, row: str, shown: bool) -> None:
    white = f"<w:tc><w:tcPr>{row}</w:tcPr>{par(run('白', WHITE))}</w:tc>"
    found = styled(f"<w:tbl><w:tblPr>{table}</w:tblPr><w:tr>{cell('甲')}{white}</w:tr></w:tbl>")
    assert (("body", "白") in found) is shown
    assert (("hidden", "白") in found) is not shown


def test_white_text_may_be_seen_on_a_page_that_is_not_white() -> None:
    body = TITLE + par(run("白", WHITE))
    behind = drawing(picture(), anchor='behindDoc="1"')
    assert rest(read(body)) == [("hidden", "白")]
    assert ("body", "白") in rest(read(body + par(behind)))
    parts = members(body, rels=(("x", "settings", "settings.xml"),))
    parts["word/document.xml"] = str(parts["word/document.xml"]).replace(
        "<w:body>", '<w:background w:color="1F4E79"/><w:body>'
    )
    for shown, part in (("", "hidden"), ("<w:displayBackgroundShape/>", "body")):
        parts["word/settings.xml"] = f"<w:settings {NAMES}>{shown}</w:settings>"
        assert rest(read_bytes(package(parts))) == [(part, "白")]


# Fields.


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        (complex_field(" PAGE ", result="3"), [("body", "甲3")]),
        (complex_field(' DATE \\@ "yyyy年M月d日" ', result="2023年"), [("body", "甲2023年")]),
        (
            complex_field(" HYPER", 'LINK "https://a.cn', '/x" \\o "提示"', result="点"),
            [("body", "甲点"), ("link", "https://a.cn/x"), ("alt", "提示")],
        ),
        (complex_field(' HYPERLINK \\l "_Toc1" ', result="目"), [("body", "甲目")]),
        (
            complex_field(' HYPERLINK "b.docx" \\l "节"', result="文"),
            [("body", "甲文"), ("link", "b.docx#节")],
        ),
        (complex_field(' QUOTE "藏着X人"', result=""), [("body", "甲"), ("field", 'QUOTE "藏着X人"')]),
        (
            complex_field(' INCLUDEPICTURE "https://a.cn/x.png" \\* MERGEFORMATINET'),
            [("body", "甲"), ("link", "https://a.cn/x.png")],
        ),
        (
            complex_field(" IF ", complex_field(" PAGE ", result="1"), ' = 1 "是" "否"', result="是"),
            [("body", "甲是"), ("field", 'IF 1 = 1 "是" "否"')],
        ),
        (
            complex_field(" MACROBUTTON NoMacro [单击此处键入]", separate=False),
            [("body", "甲[单击此处键入]")],
        ),
        (complex_field(" EQ \\o\\ac(○,3)", separate=False), [("body", "甲③")]),
        (complex_field(' EQ \\* jc2 \\* "Font:宋体" \\o\\ad(\\s\\up 9(pin),拼)'), [("body", "甲拼")]),
        (complex_field(" EQ \\f(1,3)"), [("body", "甲1/3")]),
        (complex_field(' XE "词条"'), [("body", "甲"), ("field", 'XE "词条"')]),
        (
            '<w:fldSimple w:instr=" AUTHOR 某人">' + run("某") + "</w:fldSimple>",
            [("body", "甲某"), ("field", "AUTHOR 某人")],
        ),
        # A field that never ends must not take the rest of the text with it.
        ('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + run("还在"), [("body", "甲还在")]),
        ('<w:r><w:fldChar w:fldCharType="end"/></w:r>' + run("还在"), [("body", "甲还在")]),
    ],
)
def test_fields(field: str, expected: list[tuple[str, str]]) -> None:
    assert rest(read(TITLE + par("甲", field))) == expected


def test_fields_over_several_paragraphs() -> None:
    begin, separate, end = (
        f'<w:r><w:fldChar w:fldCharType="{one}"/></w:r>' for one in ("begin", "separate", "end")
    )
    document = read(
        TITLE
        + par(begin + "<w:r><w:instrText> QUOTE 甲 </w:instrText></w:r>")
        + par("藏在域代码里")
        + par(separate + run("结果"))
        + par("第二段")
        + par(end + run("之后"))
    )
    assert rest(document) == [
        ("body", "结果"),
        ("field", "QUOTE 甲 藏在域代码里"),
        ("body", "第二段"),
        ("body", "之后"),
    ]


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ('<w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox>', [("body", "☑达标")]),
        ("<w:checkBox/>", [("body", "□达标")]),
        (
            '<w:ddList><w:result w:val="1"/><w:listEntry w:val="优"/><w:listEntry w:val="良"/></w:ddList>',
            [("body", "良达标"), ("field", "优"), ("field", "良")],
        ),
        ('<w:ddList><w:result w:val="99"/></w:ddList>', [("body", "达标")]),
        ('<w:textInput><w:default w:val="待填"/></w:textInput>', [("body", "达标"), ("field", "待填")]),
    ],
)
def test_form_fields(form: str, expected: list[tuple[str, str]]) -> None:
    mark = f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{form}</w:ffData></w:fldChar></w:r>'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    assert rest(read(TITLE + par(mark + end + run("达标")))) == expected


# Controls and data.


def test_content_controls() -> None:
    control = (
        '<w:sdt><w:sdtPr><w:alias w:val="单位全称"/><w:tag w:val="dw"/><w:showingPlcHdr/><w:dropDownList>'
        '<w:listItem w:value="选择一项。"/><w:listItem w:displayText="甲等" w:value="1"/></w:dropDownList>'
        "</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    )
    row = f"<w:tr>{cell('乙')}{cell('丙')}</w:tr>"
    document = read(
        TITLE
        + control.format(par("单击此处输入文字。"))
        + par("甲", control.format(run("单击此处")))
        + f"<w:tbl>{control.format(row)}</w:tbl>"
    )
    assert rest(document) == [
        ("name", "单位全称"),
        ("name", "dw"),
        ("name", "甲等"),
        ("name", "1"),
        ("body", "单击此处输入文字。"),
        ("body", "甲单击此处"),
        ("body", "乙"),
        ("body", "丙"),
    ]


def test_data_of_controls_variables_and_building_blocks() -> None:
    parts = members(
        TITLE + par("甲"),
        (
            ("x", "customXml", "../customXml/item1.xml"),
            ("y", "customXml", "../customXml/item2.xml"),
            ("z", "customXml", "../customXml/gone.xml"),
            ("s2", "settings", "settings.xml"),
            ("g", "glossaryDocument", "glossary/document.xml"),
        ),
    )
    parts["customXml/item1.xml"] = "<a><b>绑定的X</b><c>12</c></a>"
    parts["customXml/item2.xml"] = "<ct:contentTypeSchema xmlns:ct='u'>表单</ct:contentTypeSchema>"
    parts["word/settings.xml"] = (
        f'<w:settings {NAMES}><w:docVars><w:docVar w:name="来源" w:val="某文库"/></w:docVars></w:settings>'
    )
    parts["word/_rels/settings.xml.rels"] = relationships(("t", "attachedTemplate", "file://D:/模板.dot"))
    entry = "<w:docPart><w:docPartPr><w:types><w:type w:val='{}'/></w:types></w:docPartPr><w:docPartBody>{}</w:docPartBody></w:docPart>"
    parts["word/glossary/document.xml"] = (
        f"<w:glossaryDocument {NAMES}><w:docParts>{entry.format('bbPlcHdr', par('单击此处输入文字。'))}"
        f"{entry.format('bbPlcHdr', par('下载就找某文库'))}{entry.format('autoTxt', par('常用语'))}"
        "</w:docParts></w:glossaryDocument>"
    )
    document = read_bytes(package(parts))
    assert_rendition(document)
    assert rest(document)[1:] == [
        ("properties", "来源"),
        ("properties", "某文库"),
        ("link", "file://D:/模板.dot"),
        ("properties", "绑定的X"),
        ("attachment", "下载就找某文库"),
        ("attachment", "常用语"),
    ]
    assert not document.notices


def test_authors_of_comments_and_changes() -> None:
    document = read(
        TITLE + par("甲", f'<w:ins w:author="某文库">{run("乙")}</w:ins>'),
        rels=(("c", "comments", "comments.xml"),),
        comments=f'<w:comments {NAMES}><w:comment w:author="审核人">{par("请核")}</w:comment></w:comments>',
    )
    assert rest(document)[1:] == [("comment", "请核"), ("name", "某文库"), ("name", "审核人")]


def test_words_of_tables() -> None:
    table = f'<w:tbl><w:tblPr><w:tblCaption w:val="表题"/><w:tblDescription w:val="表说"/></w:tblPr><w:tr>{cell("甲")}{cell("乙")}</w:tr></w:tbl>'
    assert rest(read(TITLE + table)) == [("alt", "表题"), ("alt", "表说"), ("body", "甲"), ("body", "乙")]


# Files taken in.

HTML = "<html><meta charset=utf-8><body><h2>一、教育</h2><p>学校X所。</p><table><tr><td>甲<td>乙</table></body></html>"


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("a.html", HTML.encode(), ["一、教育", "学校X所。", "甲", "乙"]),
        ("a.txt", "学校X所。\n\n第二段。".encode("gb18030"), ["学校X所。", "第二段。"]),
        ("a.docx", package(members(par("学校X所。"))), ["学校X所。"]),
        ("a.bin", b"\x89PNG\r\n", ["a.bin"]),
        ("a.zip", package({"x.txt": "x"}), ["a.zip"]),
    ],
)
def test_files_taken_in_are_read_at_their_place(name: str, data: bytes, expected: list[str]) -> None:
    table = f"<w:tbl><w:tr>{cell('前')}{cell('表')}</w:tr></w:tbl>"
    chunk = '<w:altChunk r:id="k"/>'
    parts = members(TITLE + table + chunk * 2 + par("末。"), (("k", "aFChunk", name),))
    parts[f"word/{name}"] = data
    document = read_bytes(package(parts))
    assert_rendition(document)
    assert [block.text for block in document.blocks][3:] == [*expected, "末。"]
    tables = [block.cell.table for block in document.blocks if block.cell]
    assert tables == [1, 1, *[2 for one in expected if len(one) == 1]]
    assert any(one.code == "DOC012" for one in document.notices) is (expected == [name])


def test_documents_in_documents_come_to_an_end() -> None:
    data = package(members(par("最里面")))
    for depth in range(8):
        parts = members(par(f"第{depth}层") + '<w:altChunk r:id="k"/>', (("k", "aFChunk", "a.docx"),))
        parts["word/a.docx"] = data
        data = package(parts)
    document = read_bytes(data)
    assert [block.text for block in document.blocks] == ["第7层", "第6层", "第5层", "第4层", "a.docx"]


# Tables.


def test_cells_merged_the_old_way_and_cells_that_only_say_so() -> None:
    first = '<w:hMerge w:val="restart"/>'
    row = f"<w:tr>{cell('甲', first)}{cell('盖', '<w:hMerge/>')}{cell('乙', '<w:vMerge/>')}</w:tr>"
    document = read(TITLE + f"<w:tbl>{row}<w:tr>{cell('1')}{cell('2')}{cell('3')}</w:tr></w:tbl>")
    found = [
        (b.cell.row, b.cell.column, b.cell.column_span, b.cell.row_span, b.text)
        for b in document.blocks
        if b.cell
    ]
    assert found == [
        (1, 1, 2, 1, "甲"),
        (1, 3, 1, 1, "乙"),
        (2, 1, 1, 1, "1"),
        (2, 2, 1, 1, "2"),
        (2, 3, 1, 1, "3"),
    ]
    assert ("hidden", "盖") in seen(document)


def test_deleted_blocks_rows_and_cells() -> None:
    gone = f"<w:tr><w:trPr><w:del/></w:trPr><w:tc>{par('删行')}</w:tc></w:tr>"
    shut = f"<w:tc><w:tcPr><w:cellDel/></w:tcPr>{par('删格')}</w:tc>"
    table = f"<w:tbl><w:tr>{cell('甲')}{shut}</w:tr>{gone}</w:tbl>"
    document = read(TITLE + f"<w:del>{par('删段')}</w:del>" + table)
    found = rest(document)
    assert {("deleted", "删段"), ("deleted", "删行"), ("deleted", "删格"), ("body", "甲")} <= set(found)


def test_content_outside_paragraphs() -> None:
    loose = f"{run('散字')}<m:oMathPara><m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath></m:oMathPara>"
    unknown = f'<x:box xmlns:x="urn:x">{par("不认识的框")}</x:box>'
    inside = f'<x:run xmlns:x="urn:x">{run("里")}</x:run>'
    assert rest(read(TITLE + loose + unknown + par("甲", inside))) == [
        ("body", "散字"),
        ("body", "x=1"),
        ("body", "不认识的框"),
        ("body", "甲里"),
    ]
