"""Workbooks: what each cell shows, tables and the lines around them, everything beside the cells; hostile files."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from engine import small, told
from hypothesis import given, settings
from hypothesis import strategies as st

from validator.facts.reading import read_facts
from validator.model.document import Block, Document, Kind
from validator.model.errors import ReadError
from validator.readers._base import Source
from validator.readers._choose import read_file
from validator.readers._sheet import format as _sheetformat
from validator.readers._sheet.xlsxextras import header_texts
from validator.readers.xlsx import READER

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
REL = "http://schemas.openxmlformats.org/package/2006/relationships"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
XDR = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
NAMES = f'xmlns="{MAIN}" xmlns:r="{R}"'
STYLES = f"""<styleSheet {NAMES}><numFmts>
<numFmt numFmtId="164" formatCode="0.00&quot;万元&quot;"/><numFmt numFmtId="165" formatCode=";;;"/></numFmts>
<fonts><font/><font><color rgb="FFFFFFFF"/></font><font><color theme="0"/></font></fonts>
<fills><fill><patternFill patternType="none"/></fill>
<fill><patternFill patternType="solid"><fgColor rgb="FF4472C4"/></patternFill></fill></fills>
<cellXfs><xf/><xf numFmtId="10"/><xf numFmtId="4"/><xf numFmtId="31"/><xf numFmtId="164"/><xf numFmtId="165"/>
<xf fontId="1"/><xf fontId="2"/><xf fontId="1" fillId="1"/><xf numFmtId="9"/></cellXfs></styleSheet>"""
PERCENT, GROUPED, DATE, MONEY, NOTHING, WHITE, THEME_WHITE, WHITE_ON_BLUE = 1, 2, 3, 4, 5, 6, 7, 8

Value = str | float | None


def relationships(*rows: tuple[str, str, str]) -> str:
    items = "".join(
        f'<Relationship Id="{key}" Type="{R}/{kind}" Target="{target}"'
        + (' TargetMode="External"' if "://" in target else "")
        + "/>"
        for key, kind, target in rows
    )
    return f'<Relationships xmlns="{REL}">{items}</Relationships>'


def letters(column: int) -> str:
    return chr(64 + column)


def cell(row: int, column: int, value: Value, style: int = 0) -> str:
    if value is None:
        return ""
    where = f'r="{letters(column)}{row}" s="{style}"'
    if isinstance(value, str):
        return f'<c {where} t="inlineStr"><is><t>{value}</t></is></c>'
    return f"<c {where}><v>{value}</v></c>"


def rows(*lines: Sequence[Value], first: int = 1) -> str:
    out = ""
    for number, line in enumerate(lines, first):
        cells = "".join(cell(number, column, value) for column, value in enumerate(line, 1))
        out += f'<row r="{number}">{cells}</row>'
    return out


def sheet(data: str, after: str = "", before: str = "") -> str:
    return f"<worksheet {NAMES}>{before}<sheetData>{data}</sheetData>{after}</worksheet>"


def workbook(
    *sheets: str,
    names: Sequence[str] = ("指标", "高考情况", "底稿"),
    states: Mapping[int, str] | None = None,
    parts: Mapping[str, str] | None = None,
    rels: Mapping[int, Sequence[tuple[str, str, str]]] | None = None,
    book: str = "",
) -> bytes:
    listed = "".join(
        f'<sheet name="{names[at]}" sheetId="{at + 1}" r:id="s{at}" '
        + (f'state="{states[at]}"' if states and at in states else "")
        + "/>"
        for at in range(len(sheets))
    )
    members = {
        "_rels/.rels": relationships(("a", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f"<workbook {NAMES}><sheets>{listed}</sheets>{book}</workbook>",
        "xl/_rels/workbook.xml.rels": relationships(
            ("st", "styles", "styles.xml"),
            *((f"s{at}", "worksheet", f"worksheets/sheet{at}.xml") for at in range(len(sheets))),
            *(rels or {}).get(-1, ()),
        ),
        "xl/styles.xml": STYLES,
        **{f"xl/worksheets/sheet{at}.xml": one for at, one in enumerate(sheets)},
        **{
            f"xl/worksheets/_rels/sheet{at}.xml.rels": relationships(*found)
            for at, found in (rels or {}).items()
            if at >= 0
        },
        **(parts or {}),
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def read(data: bytes) -> Document:
    return READER.read(Source(path="a.xlsx", suffix=".xlsx", data=data))


def texts(document: Document, part: str = "body", kind: Kind | None = None) -> list[str]:
    return [one.text for one in document.blocks if one.part == part and kind in (None, one.kind)]


def code_of(data: bytes) -> str:
    with pytest.raises(ReadError) as caught:
        read(data)
    return caught.value.code


def at(document: Document, row: int, column: int) -> Block:
    return next(
        one for one in document.blocks if one.cell and (one.cell.row, one.cell.column) == (row, column)
    )


FORMATS = [
    (0.063, "0.0%", "6.3%"),
    (1234567.891, "#,##0.00", "1,234,567.89"),
    (-1234.5, "#,##0.00", "-1,234.50"),
    (2.675, "0.00", "2.68"),
    (0.125, "0.00", "0.13"),
    (-0.001, "0.00", "0.00"),
    (86.5, '0.00"万元"', "86.50万元"),
    (86.5, "General", "86.5"),
    (0.1 + 0.2, "General", "0.3"),
    (86.53333333333333, "General", "86.53333333"),
    (123456789012, "General", "123456789012"),
    (12345, '0!.0,"万"', "1.2万"),
    (52345, '0!.0000"万"', "5.2345万"),
    (123456, '0"."0,"万元"', "12.3万元"),
    (12345678, "0.0,,", "12.3"),
    (0, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
    (-3.14, "0.0_);(0.0)", "(3.1)"),
    (5, '↑0;↓0;"持平"', "↑5"),
    (-5, '↑0;↓0;"持平"', "↓5"),
    (0, '↑0;↓0;"持平"', "持平"),
    (5, '[>=10]"多";[<3]"少";0"个"', "5个"),
    (5, "0.##", "5"),
    (123, "00000", "00123"),
    (13800138000, "000-0000-0000", "138-0013-8000"),
    (3, 'G/通用格式"人"', "3人"),
    (7, "[$¥-804]#,##0.00", "¥7.00"),
    (0.5, "# ?/?", "1/2"),
    (1234.5, "0.00E+00", "1.23E+03"),
    (45000, "yyyy/m/d", "2023/3/15"),
    (45000, '[DBNum1][$-804]yyyy"年"m"月"d"日"', "二〇二三年三月十五日"),
    (45000.75, "上午/下午h:mm", "下午6:00"),
    (45000.5208333, "yyyy-mm-dd hh:mm", "2023-03-15 12:30"),
    (1.5, "[h]:mm", "36:00"),
    (60, "yyyy-m-d", "1900-2-29"),
    (45000, "aaaa", "星期三"),
    (-5, "yyyy", "-5"),
    (5, ";;;", ""),
    ("张三", '@"同志"', "张三同志"),
    ("张三", "0.00", "张三"),
    ("张三", ";;;", ""),
]


@pytest.mark.parametrize(("value", "code", "expected"), FORMATS)
def test_number_formats(value: float | str, code: str, expected: str) -> None:
    assert _sheetformat.shown(value, code).strip() == expected


@settings(max_examples=300, deadline=None)
@given(
    value=st.one_of(st.floats(), st.integers(-(10**20), 10**20).map(float), st.text(max_size=5)),
    code=st.lists(
        st.sampled_from([*'0#?.,%/@;"E+-_*[]\\!$年', "yyyy", "mm", "h", "[h]", "General", "[<5]", "AM/PM"])
    ).map("".join),
)
def test_any_format_shows_something(value: float | str, code: str) -> None:
    assert isinstance(_sheetformat.shown(value, code), str)


def test_cells_as_they_are_shown() -> None:
    data = (
        '<row r="1">'
        + cell(1, 1, 0.063, PERCENT)
        + cell(1, 2, 1234567.891, GROUPED)
        + cell(1, 3, 45000, DATE)
        + cell(1, 4, 86.5, MONEY)
        + '<c r="E1" t="b"><v>1</v></c><c r="F1" t="e"><v>#DIV/0!</v></c>'
        '<c r="G1" t="str"><f>A1&amp;"x"</f><v>算出的字</v></c>'
        '<c r="H1" t="inlineStr"><is><r><t>丰富</t></r><r><t>文本_x000D_</t></r>'
        "<rPh><t>pinyin</t></rPh></is></c></row>"
    )
    assert texts(read(workbook(sheet(data))), kind=Kind.CELL) == [
        *("6.30%", "1,234,567.89", "2023年3月15日", "86.50万元", "TRUE", "#DIV/0!", "算出的字", "丰富文本")
    ]


def test_shared_strings_and_their_limits() -> None:
    shared = f"<sst {NAMES}><si><t>甲</t></si><si><r><t>乙</t></r><phoneticPr/></si></sst>"
    rel = {-1: [("ss", "sharedStrings", "sharedStrings.xml")]}
    good = sheet('<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>')
    assert texts(read(workbook(good, parts={"xl/sharedStrings.xml": shared}, rels=rel)), kind=Kind.CELL) == [
        *("甲", "乙")
    ]
    for index in ("2", "-1", "x", "99999999999999999999"):
        bad = sheet(f'<row r="1"><c r="A1" t="s"><v>{index}</v></c></row>')
        assert code_of(workbook(bad, parts={"xl/sharedStrings.xml": shared}, rels=rel)) == "DOC001"


HEAD = ["指标", "单位", "2023年", "2022年", "增长（%）"]
LINES = [["地区生产总值", "亿元", 86.5, 82, 5.2], ["专利授权量", "件", None, 134, None]]
STATED = [
    "gdp actual 86.5",
    "gdp previous 82",
    "gdp change/actual up 5.2%",
    "patents actual ?",
    "patents previous 134",
]
TITLE = ["临川县2023年工作总结主要指标"]
NOTE = ["注：数据为快报数。"]


def stated(document: Document) -> list[str]:
    return [told(one) for one in read_facts(document, small()).facts]


LAYOUTS = {
    "bare": rows(HEAD, *LINES),
    "title above, note below": rows(TITLE, HEAD, *LINES, NOTE),
    "empty rows between": rows(TITLE, [], HEAD, *LINES, [], NOTE),
    "who filled it in": rows(TITLE, ["填报单位：教育局", None, None, "2023年12月"], HEAD, *LINES, ["填表人：张三", None, "审核：李四"]),
    "a gap in the table": rows(TITLE, HEAD, LINES[0], [], LINES[1]),
    "beside another": rows(
        TITLE, [*HEAD, None, "指标", "单位", "2023年"], [*LINES[0], None, "姓名", "人", 3], [*LINES[1]]
    ),
    "not at the corner": rows([], TITLE, [], HEAD, *LINES),
}  # fmt: skip


@pytest.mark.parametrize("data", LAYOUTS.values(), ids=list(LAYOUTS))
def test_the_facts_of_a_sheet(data: str) -> None:
    merged = '<mergeCells><mergeCell ref="A1:E1"/></mergeCells>' if TITLE[0] in data else ""
    assert stated(read(workbook(sheet(data, merged), names=["2023年指标"]))) == STATED


def test_title_caption_and_notes_are_lines_of_text_with_their_place() -> None:
    data = rows(
        TITLE, [None, None, None, "单位：万元"], ["指标", "2023年"], ["一般公共预算收入", 48000], NOTE
    )
    document = read(workbook(sheet(data, '<mergeCells><mergeCell ref="A1:E1"/></mergeCells>')))
    assert document.title == TITLE[0]
    kinds = [(one.kind.value, one.text) for one in document.blocks if one.part == "body"]
    assert kinds[:3] == [("heading", "指标"), ("heading", TITLE[0]), ("paragraph", "单位：万元")]
    assert kinds[-1] == ("paragraph", NOTE[0])
    assert "工作表“指标” D2" in document.locate(2, 0, 2).address()


def test_the_unit_of_the_caption_holds_for_the_table() -> None:
    data = rows(TITLE, [None, None, None, "单位：万元"], ["指标", "2023年"], ["一般公共预算收入", 48000])
    assert stated(read(workbook(sheet(data)))) == ["revenue actual 4.8"]


def test_two_tables_below_each_other_are_two() -> None:
    data = rows(TITLE, HEAD, LINES[0], ["表2 科技"], ["指标", "数值"], ["专利授权量", 152])
    document = read(workbook(sheet(data)))
    assert {one.cell.table for one in document.blocks if one.cell and one.kind is Kind.CELL} == {1, 2}
    assert "patents actual 152" in stated(document)


def test_merged_cells() -> None:
    data = rows(["指标", "年份", None], [None, "2023年", "2022年"], ["专利授权量", 152, 134])
    merged = '<mergeCells><mergeCell ref="A1:A2"/><mergeCell ref="B1:C1"/></mergeCells>'
    document = read(workbook(sheet(data, merged), names=["2023年指标"]))
    head = at(document, 1, 1).cell
    assert head
    assert (head.row_span, head.column_span) == (2, 1)
    assert stated(document) == ["patents actual 152", "patents previous 134"]


def test_text_under_a_merged_cell_is_hidden() -> None:
    data = rows(["指标", "盖住的XX", "数"], ["专利授权量", 1, 2])
    document = read(workbook(sheet(data, '<mergeCells><mergeCell ref="A1:B1"/></mergeCells>')))
    assert texts(document, "hidden") == ["盖住的XX"]


def test_sheet_names_are_sections_unless_they_are_nobody_s() -> None:
    named = read(workbook(sheet(rows(["甲", "乙"])), sheet(rows(["丙", "丁"]))))
    assert texts(named, kind=Kind.HEADING) == ["指标", "高考情况"]
    assert at(named, 1, 1).cell.sheet == "指标"  # type: ignore[union-attr]
    assert named.blocks[-1].section == ("高考情况",)
    plain = read(workbook(sheet(rows(["甲", "乙"])), names=["Sheet1"]))
    assert texts(plain) == ["甲", "乙"]
    assert (plain.title, at(plain, 1, 2).cell.sheet) == ("", "Sheet1")  # type: ignore[union-attr]


HIDDEN = {
    "row": (sheet('<row r="1" hidden="1">' + cell(1, 1, "藏") + "</row>" + rows(["见"], first=2)), "藏", "见"),
    "row without height": (sheet('<row r="1" ht="0" customHeight="1">' + cell(1, 1, "藏") + "</row>"), "藏", ""),
    "column": (
        sheet(rows(["藏", "见"]), before='<cols><col min="1" max="1" hidden="1"/></cols>'), "藏", "见",
    ),
    "white": (sheet(f'<row r="1">{cell(1, 1, "藏", WHITE)}{cell(1, 2, "见", WHITE_ON_BLUE)}</row>'), "藏", "见"),
    "white of the theme": (sheet(f'<row r="1">{cell(1, 1, "藏", THEME_WHITE)}</row>'), "藏", ""),
    "format": (sheet(f'<row r="1">{cell(1, 1, "藏", NOTHING)}</row>'), "藏", ""),
    "number format": (sheet(f'<row r="1">{cell(1, 1, 812, NOTHING)}</row>'), "812", ""),
    "white run": (
        sheet('<row r="1"><c r="A1" t="inlineStr"><is><r><t>见</t></r><r><rPr><color rgb="FFFFFFFF"/></rPr>'
              "<t>藏</t></r></is></c></row>"), "藏", "见",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("data", "hidden", "seen"), HIDDEN.values(), ids=list(HIDDEN))
def test_what_nobody_sees(data: str, hidden: str, seen: str) -> None:
    document = read(workbook(data, names=["Sheet1"]))
    assert texts(document, "hidden") == [hidden]
    assert "".join(texts(document)) == seen
    assert all(not one.visible for one in document.blocks if one.part == "hidden")
    assert [one.code for one in document.notices] == ["DOC006"]


def test_hidden_sheets() -> None:
    document = read(
        workbook(sheet(rows(["见"])), sheet(rows(["藏XX"])), sheet(rows(["深藏"])), states={1: "hidden", 2: "veryHidden"})
    )  # fmt: skip
    assert texts(document, "hidden") == ["高考情况", "藏XX", "底稿", "深藏"]
    assert document.title == "见"


def test_a_zero_that_is_not_shown_is_an_empty_cell_and_no_hidden_text() -> None:
    data = sheet(
        rows(["指标", "数值"], ["专利授权量", 0]),
        before='<sheetViews><sheetView showZeros="0"/></sheetViews>',
    )
    document = read(workbook(data))
    assert at(document, 2, 2).text == ""
    assert not document.notices


def test_formulas_without_results_are_told() -> None:
    document = read(workbook(sheet('<row r="1"><c r="A1"><f>SUM(B1:B9)</f></c><c r="B1"><v>1</v></c></row>')))
    assert texts(document, kind=Kind.CELL)[0] == "=SUM(B1:B9)"
    assert [one.code for one in document.notices] == ["DOC014"]


DRAWING = f"""<xdr:wsDr xmlns:xdr="{XDR}" xmlns:a="{A}" xmlns:r="{R}" xmlns:c="urn:c" xmlns:dgm="urn:d">
<xdr:twoCellAnchor><xdr:from><xdr:col>1</xdr:col><xdr:row>4</xdr:row></xdr:from>
<xdr:sp><xdr:nvSpPr><xdr:cNvPr id="1" name="n" descr="形状说明"><a:hlinkClick r:id="rL" tooltip="悬停提示"/></xdr:cNvPr></xdr:nvSpPr>
<xdr:txBody><a:p><a:r><a:t>文本框</a:t></a:r><a:br/><a:r><a:t>第二行</a:t></a:r></a:p></xdr:txBody></xdr:sp></xdr:twoCellAnchor>
<xdr:oneCellAnchor><xdr:grpSp><xdr:sp><xdr:nvSpPr><xdr:cNvPr id="3" name="n" hidden="1"/></xdr:nvSpPr>
<xdr:txBody><a:p><a:r><a:t>藏框</a:t></a:r></a:p></xdr:txBody></xdr:sp></xdr:grpSp></xdr:oneCellAnchor>
<xdr:absoluteAnchor><xdr:graphicFrame><c:chart r:id="rC"/></xdr:graphicFrame></xdr:absoluteAnchor>
<xdr:absoluteAnchor><xdr:graphicFrame><dgm:relIds r:dm="rD"/></xdr:graphicFrame></xdr:absoluteAnchor>
<xdr:absoluteAnchor><xdr:pic><xdr:nvPicPr><xdr:cNvPr id="2" name="p" descr="图说"/></xdr:nvPicPr>
<xdr:blipFill><a:blip r:embed="rP"/></xdr:blipFill></xdr:pic></xdr:absoluteAnchor></xdr:wsDr>"""
CHART = f"""<c:chartSpace xmlns:c="urn:c" xmlns:a="{A}"><c:title><a:p><a:r><a:t>图题</a:t></a:r></a:p></c:title>
<c:ser><c:tx><c:strRef><c:strCache><c:pt><c:v>系列名</c:v></c:pt></c:strCache></c:strRef></c:tx>
<c:val><c:numRef><c:numCache><c:pt><c:v>42</c:v></c:pt></c:numCache></c:numRef></c:val></c:ser></c:chartSpace>"""
DIAGRAM = f'<d:dataModel xmlns:d="urn:d" xmlns:a="{A}"><d:pt><d:t><a:p><a:r><a:t>图示字</a:t></a:r></a:p></d:t></d:pt></d:dataModel>'
COMMENTS = f"""<comments {NAMES}><commentList><comment ref="B2"><text><r><t>批注一</t></r></text></comment>
<comment ref="C3"><text><t>[Threaded comment] copy</t></text></comment></commentList></comments>"""
THREADS = '<ThreadedComments xmlns="urn:t"><threadedComment ref="C3"><text>批注二</text></threadedComment></ThreadedComments>'
VML = """<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:x"><v:shape><v:textbox><div>按钮字<br></div></v:textbox>
<x:ClientData ObjectType="Button"/></v:shape><v:shape><v:textbox>不要</v:textbox><x:ClientData ObjectType="Note"/></v:shape>
<v:shape><v:textpath string="水印字"/></v:shape></xml>"""
AFTER = """<hyperlinks><hyperlink ref="A1" r:id="rH" tooltip="点我"/></hyperlinks>
<dataValidations><dataValidation sqref="B2:B9" promptTitle="题" prompt="请填"><formula1>"待定,已定"</formula1></dataValidation></dataValidations>
<headerFooter><oddHeader>&amp;L&amp;"宋体,Bold"&amp;14左&amp;&amp;右&amp;C第&amp;P页&amp;R&amp;K01+000密件</oddHeader><firstFooter>&amp;C首页脚</firstFooter></headerFooter>
<drawing r:id="rDr"/><oleObjects><oleObject progId="Word.Document.12" shapeId="9" r:id="rO"/></oleObjects>"""


def test_everything_beside_the_cells() -> None:
    document = read(
        workbook(
            sheet(rows(["甲", "乙"], ["丙", "丁"]), AFTER),
            rels={
                0: [
                    ("rH", "hyperlink", "http://a.example/x"),
                    ("rDr", "drawing", "../drawings/drawing1.xml"),
                    ("rV", "vmlDrawing", "../drawings/vml1.vml"),
                    ("rK", "comments", "../comments1.xml"),
                    ("rT", "threadedComment", "../threads1.xml"),
                    ("rO", "package", "../embeddings/附件.docx"),
                ]
            },
            parts={
                "xl/drawings/drawing1.xml": DRAWING,
                "xl/drawings/vml1.vml": VML,
                "xl/drawings/_rels/drawing1.xml.rels": relationships(
                    ("rL", "hyperlink", "http://b.example/y"),
                    ("rC", "chart", "../charts/chart1.xml"),
                    ("rD", "diagramData", "../diagrams/data1.xml"),
                    ("rP", "image", "../media/p.png"),
                ),
                "xl/charts/chart1.xml": CHART,
                "xl/diagrams/data1.xml": DIAGRAM,
                "xl/comments1.xml": COMMENTS,
                "xl/threads1.xml": THREADS,
                "docProps/core.xml": '<p xmlns:dc="urn:dc"><dc:title>属性题</dc:title></p>',
                "_rels/.rels": relationships(
                    ("a", "officeDocument", "xl/workbook.xml"), ("b", "core-properties", "docProps/core.xml")
                ),
            },
            book='<definedNames><definedName name="x">"名称字"</definedName>'
            '<definedName name="y">$A$1</definedName></definedNames>',
        )
    )
    expected = {
        "link": ["http://a.example/x", "http://b.example/y"],
        "alt": ["点我", "形状说明", "悬停提示", "图说"],
        "name": ["题", "请填", "待定,已定", "名称字"],
        "header": ["左&右", "密件"],
        "footer": ["首页脚"],
        "textbox": ["文本框 第二行", "按钮字"],
        "hidden": ["藏框"],
        "chart": ["图题", "系列名"],
        "diagram": ["图示字"],
        "comment": ["批注二", "批注一"],
        "watermark": ["水印字"],
        "properties": ["属性题"],
    }
    found: dict[str, list[str]] = {}
    for one in document.blocks:
        if one.part != "body":
            found.setdefault(one.part, []).append(one.text)
    assert found == expected
    assert set(found) | {"body", "table", "field", "picture", "attachment"} == set(READER.parts)
    places = {one.text: one.cell for one in document.blocks}
    assert (places["批注一"].row, places["批注一"].column) == (2, 2)  # type: ignore[union-attr]
    assert (places["文本框 第二行"].row, places["文本框 第二行"].column) == (5, 2)  # type: ignore[union-attr]
    assert [one.code for one in document.notices] == ["DOC005", "DOC006", "DOC012", "DOC013"]
    assert not any(one.states for one in document.blocks if one.part not in ("body", "textbox", "diagram"))


def test_text_in_formulas_is_scanned_and_not_stated() -> None:
    data = '<row r="1"><c r="A1" t="str"><f>IF(B1="","待补充",HYPERLINK("http://c.example/z"))</f><v>好</v></c></row>'
    document = read(workbook(sheet(data)))
    assert texts(document, "field") == ["待补充"]
    assert texts(document, "link") == ["http://c.example/z"]


def test_source_data_that_a_pivot_table_carries_along() -> None:
    cache = (
        f'<d {NAMES}><cacheField name="见"><sharedItems><s v="早删了的XX"/></sharedItems></cacheField></d>'
    )
    document = read(
        workbook(
            sheet(rows(["见"])),
            rels={-1: [("p", "pivotCacheDefinition", "pivotCache/d1.xml")]},
            parts={"xl/pivotCache/d1.xml": cache},
        )
    )
    assert texts(document, "hidden") == ["早删了的XX"]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("&C&A", []),
        ("页眉", ["页眉"]),
        ('&L&"A&C,Bold"左&C中&R右', ["左", "中", "右"]),
        ("&&A&12&B粗", ["&A粗"]),
        ("第 &P 页 共 &N 页", []),
        ("&KFF0000红 &D", ["红"]),
    ],
)
def test_header_codes(code: str, expected: list[str]) -> None:
    assert header_texts(code) == expected


def test_strict_files_and_long_cells() -> None:
    long = "全县教育工作稳步推进，各项任务全面完成。" * 12
    data = rows(["姓名", "内容"], ["张三", f"{long}\n第二段。"])
    strict = sheet(data).replace(MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main")
    document = read(workbook(strict))
    assert texts(document, kind=Kind.CELL) == ["姓名", "内容", "张三", long, "第二段。"]


# Hostile files.


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"PK\x03\x04", "DOC001"),
        (workbook(sheet('<row r="1048577"><c><v>1</v></c></row>')), "DOC001"),
        (workbook(sheet('<row r="0"><c><v>1</v></c></row>')), "DOC001"),
        (workbook(sheet('<row r="1"><c r="XFE1"><v>1</v></c></row>')), "DOC001"),
        (workbook(sheet('<row r="1"><c r="１"><v>1</v></c></row>')), "DOC001"),
        (workbook("<worksheet"), "DOC001"),
        (workbook(""), "DOC001"),
        (workbook('<!DOCTYPE a [<!ENTITY b "c">]><worksheet>&b;</worksheet>'), "DOC001"),
        (workbook(sheet("<row>" + "<c><v>1</v></c>" * 200_000 + "</row>")), "DOC007"),
        (workbook(sheet(rows(["字" * 30_000] * 26) * 8)), "DOC007"),
        (workbook(sheet(rows(["a"])), rels={-1: [("x", "sharedStrings", "../../../etc/x")]}), ""),
    ],
)
def test_hostile_files(data: bytes, code: str) -> None:
    if not code:
        assert texts(read(data))
        return
    assert code_of(data) == code


def test_a_million_cells_are_refused_quickly() -> None:
    data = workbook(sheet(("<row>" + "<c><v>1</v></c>" * 1000 + "</row>") * 1000))
    started = time.perf_counter()
    assert code_of(data) == "DOC007"
    assert time.perf_counter() - started < 30, "a guard against a hang, not a measurement"


def test_places_far_away_cost_nothing() -> None:
    data = '<row r="1048576"><c r="XFD1048576"><v>1</v></c><c r="A1048576"><v>2</v></c></row>' + rows(
        ["近", "处"], ["甲", 1]
    )
    merged = '<mergeCells><mergeCell ref="A1:XFD1048576"/><mergeCell ref="A2:XFD1048575"/></mergeCells>'
    document = read(workbook(sheet(data, merged)))
    assert len(document.blocks) < 20
    started = time.perf_counter()
    read_facts(document, small())
    assert time.perf_counter() - started < 10


@pytest.mark.parametrize(
    "data",
    [
        "".join(rows(["表1"], first=number) for number in range(1, 12_001)),
        "".join(rows(["甲", "乙"], first=2 * number) for number in range(1, 8_001)),
        "".join(f'<row r="{n}" hidden="1"/>' for n in range(2, 20_000)) + rows(["末"], first=20_000),
    ],
    ids=["captions", "bands", "hidden rows"],
)
def test_many_rows_are_linear(data: str) -> None:
    merges = "".join(f'<mergeCell ref="A{n}:XFD{n + 1}"/>' for n in range(2, 16_000, 2))
    started = time.perf_counter()
    document = read(workbook(sheet(data, f"<mergeCells>{merges}</mergeCells>")))
    read_facts(document, small())
    assert time.perf_counter() - started < 60, "a guard against a hang, not a measurement"


def test_long_digits_and_quotes_are_linear() -> None:
    started = time.perf_counter()
    read(
        workbook(
            sheet(rows(["1" * 32_000 + "一二三四五六七", "x"], [], ["1" * 32_000 + "一二三四五六七", "y"]))
        )
    )
    formula = '"' * 9_999
    read(workbook(sheet('<row r="1">' + f"<c><f>{formula}</f><v>1</v></c>" * 200 + "</row>")))
    assert time.perf_counter() - started < 30


def test_through_the_front_door(tmp_path: Path) -> None:
    path = tmp_path / "表.et"
    path.write_bytes(workbook(sheet(rows(["甲", "乙"]))))
    assert read_file(path, "表.et").format == "xlsx"
