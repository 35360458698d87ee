"""OpenDocument spreadsheets: cells and what is beside them; repeated cells; hostile files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import pytest
from engine import small, told

from validator.facts.reading import read_facts
from validator.model.document import Document, Kind
from validator.model.errors import ReadError
from validator.readers._base import Source
from validator.readers.ods import READER

ODF = "urn:oasis:names:tc:opendocument:xmlns"
NAMES = " ".join(
    f'xmlns:{name}="{ODF}:{name}:1.0"' for name in ("office", "table", "text", "style", "meta", "chart")
) + (
    f' xmlns:draw="{ODF}:drawing:1.0" xmlns:fo="{ODF}:xsl-fo-compatible:1.0" xmlns:svg="{ODF}:svg-compatible:1.0"'
    ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'
)
STYLES = """<office:automatic-styles><style:style style:name="gone"><style:table-properties table:display="false"/>
</style:style><style:style style:name="white"><style:text-properties fo:color="#ffffff"/></style:style>
<style:style style:name="label" style:parent-style-name="white"><style:table-cell-properties fo:background-color="#4472c4"/>
</style:style></office:automatic-styles>"""


def td(text: str, attributes: str = "", inside: str = "") -> str:
    shown = f"<text:p>{text}</text:p>" if text else ""
    return f"<table:table-cell {attributes}>{inside}{shown}</table:table-cell>"


def tr(*cells: str, attributes: str = "") -> str:
    inner = "".join(one if one.startswith("<") else td(one) for one in cells)
    return f"<table:table-row {attributes}>{inner}</table:table-row>"


def table(*rows: str, name: str = "指标", attributes: str = "", before: str = "") -> str:
    return f'<table:table table:name="{name}" {attributes}>{before}{"".join(rows)}</table:table>'


def ods(*tables: str, first: str = "", parts: Mapping[str, str] | None = None) -> bytes:
    content = (
        f"<office:document-content {NAMES}>{STYLES}<office:body><office:spreadsheet>{first}"
        f"{''.join(tables)}</office:spreadsheet></office:body></office:document-content>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr("content.xml", content)
        for name, text in (parts or {}).items():
            archive.writestr(name, text)
    return stream.getvalue()


def read(data: bytes) -> Document:
    return READER.read(Source(path="a.ods", suffix=".ods", data=data))


def texts(document: Document, part: str = "body", kind: Kind | None = None) -> list[str]:
    return [one.text for one in document.blocks if one.part == part and kind in (None, one.kind)]


def test_sniffed_by_its_mimetype() -> None:
    assert READER.sniff(Source(path="a", suffix=".zip", data=ods()))


def test_the_facts_of_a_sheet() -> None:
    span = 'table:number-columns-spanned="3"'
    covered = '<table:covered-table-cell table:number-columns-repeated="2"/>'
    document = read(
        ods(
            table(
                tr(td("临川县2023年工作总结", span), covered),
                tr("指标", "单位", "2023年", td("", 'table:number-columns-repeated="16381"')),
                tr("地区生产总值", "亿元", td("86.5", 'office:value-type="float" office:value="86.50001"')),
                tr("专利授权量", "件", td("")),
                tr(
                    td("", 'table:number-columns-repeated="16384"'),
                    attributes='table:number-rows-repeated="1048570"',
                ),
                tr("注：快报数。"),
            )
        )
    )
    assert document.title == "临川县2023年工作总结"
    assert [told(one) for one in read_facts(document, small()).facts] == [
        "gdp actual 86.5",
        "patents actual ?",
    ]
    assert document.blocks[-1].cell.row == 1048575  # type: ignore[union-attr]


def test_repeated_cells_and_pieces_of_text() -> None:
    twice = td(
        '甲<text:s text:c="2"/>乙<text:span>丙</text:span><text:line-break/>丁',
        'table:number-columns-repeated="2"',
    )
    document = read(ods(table(tr(twice, attributes='table:number-rows-repeated="2"'))))
    assert texts(document, kind=Kind.CELL) == ["甲  乙丙 丁"] * 4


def test_what_nobody_sees() -> None:
    document = read(
        ods(
            table(
                tr("藏一", attributes='table:visibility="collapse"'),
                tr(td("藏二", 'table:style-name="white"'), td("见一", 'table:style-name="label"')),
                tr(td('见二<text:span text:style-name="white">藏三</text:span>'), "见三", "藏列"),
                tr(td("", 'office:value-type="float" office:value="812"'), "见四"),
                before='<table:table-column table:number-columns-repeated="2"/>'
                '<table:table-column table:visibility="collapse"/>',
            ),
            table(tr("藏四"), name="底稿", attributes='table:style-name="gone"'),
        )
    )
    assert sorted(texts(document, "hidden")) == sorted(
        ["藏一", "藏二", "藏三", "藏列", "812", "底稿", "藏四"]
    )
    assert [one for one in texts(document) if one not in ("", "指标")] == ["见一", "见二", "见三", "见四"]


BESIDE = """<office:annotation><dc:creator>甲</dc:creator><text:p>批注字</text:p></office:annotation>
<draw:frame><svg:title>图题</svg:title><svg:desc>图说</svg:desc><draw:image xlink:href="Pictures/a.png"/></draw:frame>
<draw:custom-shape><text:p>形状字</text:p></draw:custom-shape>
<draw:frame><draw:object xlink:href="./Object 1"/><draw:image xlink:href="./ObjectReplacements/Object 1"/></draw:frame>
<draw:frame><draw:object-ole xlink:href="./Object 2"/></draw:frame>"""
FIRST = """<table:tracked-changes><table:cell-content-change><table:previous><table:change-track-table-cell>
<text:p>旧数XX</text:p></table:change-track-table-cell></table:previous></table:cell-content-change></table:tracked-changes>
<table:content-validations><table:content-validation><table:help-message table:title="题"><text:p>请填</text:p>
</table:help-message></table:content-validation></table:content-validations>
<table:named-expressions><table:named-expression table:expression="&quot;名称字&quot;"/></table:named-expressions>"""
PARTS = {
    "styles.xml": f"""<office:document-styles {NAMES}><office:master-styles><style:master-page><style:header><text:p>页眉字</text:p>
</style:header><style:header-left style:display="false"><text:p>不用</text:p></style:header-left><style:footer><text:p>第
<text:page-number>1</text:page-number>页</text:p><text:p>页脚字</text:p></style:footer></style:master-page></office:master-styles>
</office:document-styles>""",
    "meta.xml": f"<office:document-meta {NAMES}><office:meta><dc:title>属性题</dc:title><meta:keyword>词</meta:keyword>"
    "</office:meta></office:document-meta>",
    "Object 1/content.xml": f"<office:document-content {NAMES}><chart:chart><chart:title><text:p>图表题</text:p></chart:title>"
    "<table:table><text:p>3.5</text:p></table:table></chart:chart></office:document-content>",
}


def test_everything_beside_the_cells() -> None:
    cell = td('<text:a xlink:href="http://a.example/x">链接</text:a>', "", BESIDE)
    formula = td("好", 'table:formula="of:=IF([.A1]=1;&quot;待补充&quot;)" office:value-type="string"')
    document = read(ods(table(tr(cell, formula)), first=FIRST, parts=PARTS))
    found: dict[str, list[str]] = {}
    for one in document.blocks:
        if one.part != "body":
            found.setdefault(one.part, []).append(one.text)
    assert found == {
        "comment": ["批注字"],
        "alt": ["图题", "图说"],
        "textbox": ["形状字"],
        "link": ["http://a.example/x"],
        "deleted": ["旧数XX"],
        "name": ["题", "请填", "名称字"],
        "field": ["待补充"],
        "header": ["页眉字"],
        "footer": ["页脚字"],
        "chart": ["图表题"],
        "properties": ["属性题", "词"],
    }
    assert set(found) | {"body", "table", "hidden", "picture", "attachment"} == set(READER.parts)
    assert [one.code for one in document.notices] == ["DOC004", "DOC005", "DOC012", "DOC013"]


FULL = 'office:value-type="string"'
MANY = 'table:number-columns-repeated="16384"'


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (ods("<table:table>"), "DOC001"),
        (ods(table(tr("甲", attributes='table:number-rows-repeated="1000000"'))), "DOC007"),
        (ods(table(*[tr(td("甲", MANY))] * 20)), "DOC007"),
        (
            ods(table(*[tr(td("", f"{FULL} {MANY}"), attributes='table:number-rows-repeated="90000"')])),
            "DOC007",
        ),
        (ods(parts={"META-INF/manifest.xml": "<m><encryption-data/></m>"}), "DOC002"),
        (ods(table(tr("甲")), parts={"styles.xml": "<a"}), "DOC001"),
    ],
)
def test_hostile_files(data: bytes, code: str) -> None:
    with pytest.raises(ReadError) as caught:
        read(data)
    assert caught.value.code == code
