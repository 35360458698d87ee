"""Drawings of a Word document: alternative content, charts, diagrams, pictures, objects, links, WordArt."""

from __future__ import annotations

import pytest

from tests.wordfiles import (
    NAMES,
    TITLE,
    box,
    cell,
    drawing,
    members,
    package,
    par,
    picture,
    read,
    read_bytes,
    relationships,
    rest,
    seen,
)
from validator.model.document import Document, Kind

# Alternative content.


def alternative(choice: str, fallback: str, requires: str = "wps") -> str:
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="{requires}">{choice}</mc:Choice>'
        f"<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent></w:r>"
    )


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (alternative(box("框"), box("框")), [("textbox", "框")]),
        (alternative(box("框"), box(" 框 ", "另")), [("hidden", "另"), ("textbox", "框")]),
        (alternative("<w:drawing/>", box("藏")), [("hidden", "藏")]),
        (alternative(box("新"), box("旧"), "unknown"), [("textbox", "新"), ("hidden", "旧")]),
        (
            alternative(box("框"), '<w:pict><v:shape><v:textpath string="艺"/></v:shape></w:pict>'),
            [("hidden", "艺"), ("textbox", "框")],
        ),
        ("<w:r><mc:AlternateContent/></w:r>", []),
    ],
)
def test_alternative_content(content: str, expected: list[tuple[str, str]]) -> None:
    assert sorted(rest(read(TITLE + par("甲", content)))[1:]) == sorted(expected)


def test_a_choice_of_an_unknown_program_is_not_shown() -> None:
    foreign = alternative(box("新"), box("旧"), "zz").replace("<w:r>", '<w:r xmlns:zz="urn:nobody">', 1)
    assert sorted(rest(read(TITLE + par("甲", foreign)))[1:]) == [("hidden", "新"), ("textbox", "旧")]


def test_emoji_stand_in_alternative_content() -> None:
    new = '<w16se:symEx xmlns:w16se="http://schemas.microsoft.com/office/word/2015/wordml/symex" w16se:font="Segoe UI Emoji" w16se:char="1F60A"/>'
    assert rest(read(TITLE + par("好", alternative(new, "<w:t>😊</w:t>", "w16se")))) == [("body", "好😊")]


# Drawings.

CHART = """<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><c:chart>
<c:title><c:tx><c:rich><a:p><a:r><a:t>近三年</a:t></a:r><a:r><a:t>投入</a:t></a:r></a:p></c:rich></c:tx></c:title>
<c:plotArea><c:barChart><c:ser>
<c:tx><c:strRef><c:f>S!$B$1</c:f><c:strCache><c:pt idx="0"><c:v>教育X万元</c:v></c:pt></c:strCache></c:strRef></c:tx>
<c:cat><c:strRef><c:strCache><c:pt idx="0"><c:v>待补充</c:v></c:pt></c:strCache></c:strRef></c:cat>
<c:val><c:numRef><c:numCache><c:pt idx="0"><c:v>4.3</c:v></c:pt></c:numCache></c:numRef></c:val>
</c:ser></c:barChart></c:plotArea></c:chart></c:chartSpace>"""
TEXTS = """<dgm:dataModel xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
 xmlns:dsp="http://schemas.microsoft.com/office/drawing/2008/diagram"><dgm:ptLst>
<dgm:pt><dgm:t><a:p><a:r><a:t>摸底</a:t></a:r></a:p></dgm:t></dgm:pt>
<dgm:pt><dgm:t><a:p><a:r><a:t>整改XX处</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:ptLst>
<dgm:extLst><a:ext><dsp:dataModelExt relId="d2"/></a:ext></dgm:extLst></dgm:dataModel>"""


def with_graphic(inner: str, times: int = 1) -> Document:
    rels = (
        ("c", "chart", "charts/chart1.xml"),
        ("d", "diagramData", "diagrams/data1.xml"),
        ("d2", "diagramDrawing", "diagrams/drawing1.xml"),
    )
    parts = members(TITLE + par("甲", *[drawing(inner)] * times) + par("乙"), rels)
    parts["word/charts/chart1.xml"] = CHART
    parts["word/charts/_rels/chart1.xml.rels"] = relationships(
        ("w", "package", "../embeddings/Book1.xlsx"), ("u", "chartUserShapes", "../drawings/drawing1.xml")
    )
    parts["word/drawings/drawing1.xml"] = (
        '<u xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><txBody><a:p><a:r><a:t>图上字'
        "</a:t></a:r></a:p></txBody></u>"
    )
    parts["word/embeddings/Book1.xlsx"] = "x"
    parts["word/diagrams/data1.xml"] = TEXTS
    parts["word/diagrams/drawing1.xml"] = TEXTS.replace("摸底", "旧图")
    return read_bytes(package(parts))


def test_charts_stand_where_they_are_drawn() -> None:
    document = with_graphic('<c:chart r:id="c"/>', times=3)
    assert rest(document) == [
        ("body", "甲"),
        ("chart", "近三年投入"),
        ("chart", "教育X万元"),
        ("chart", "待补充"),
        ("chart", "图上字"),
        ("attachment", "图表数据（Book1.xlsx）"),
        ("body", "乙"),
    ]
    assert {block.kind for block in document.blocks if block.part == "chart"} == {Kind.FURNITURE}
    assert [(one.code, one.block) for one in document.notices] == [("DOC012", 6), ("DOC015", None)]
    assert "word/diagrams/data1.xml" in document.notices[1].zh


def test_diagrams_stand_where_they_are_drawn() -> None:
    document = with_graphic('<dgm:relIds r:dm="d"/>', times=2)
    assert rest(document)[:5] == [
        ("body", "甲"),
        ("diagram", "摸底"),
        ("diagram", "整改XX处"),
        ("hidden", "旧图"),
        ("body", "乙"),
    ]
    assert [block.states for block in document.blocks[2:4]] == [True, True]


def test_pictures_are_counted_with_their_places() -> None:
    shown = drawing(picture())
    old = '<w:r><w:pict><v:shape><v:imagedata r:id="p" o:title="某文库"/></v:shape></w:pict></w:r>'
    document = read(
        TITLE
        + par("一、教育")
        + par(shown)
        + par("有图。", shown)
        + par("（一）师资", old)
        + f"<w:tbl><w:tr>{cell('甲')}<w:tc>{par(shown)}</w:tc></w:tr></w:tbl>",
        rels=(("h", "header", "header1.xml"), ("p", "image", "media/a.png")),
        header1=f"<w:hdr {NAMES}>{par(shown)}</w:hdr>",
    )
    (notice,) = (one for one in document.notices if one.code == "DOC013")
    assert "有 5 张图片" in notice.zh
    assert "（一、教育、（一）师资、表1、页眉）" in notice.zh
    assert notice.block == 1
    assert ("alt", "某文库") in seen(document)


def test_pictures_from_elsewhere_are_links() -> None:
    linked = picture().replace("r:embed", "r:link")
    document = read(TITLE + par(drawing(linked)), rels=(("p", "image", "https://a.cn/x.png"),))
    assert ("link", "https://a.cn/x.png") in seen(document)


def test_links_on_drawings() -> None:
    shape = '<pic:pic><pic:nvPicPr><pic:cNvPr descr="说明"><a:hlinkClick r:id="h" tooltip="提示"/></pic:cNvPr></pic:nvPicPr></pic:pic>'
    vml = '<w:r><w:pict><v:shape href="https://b.cn"/></w:pict></w:r>'
    document = read(TITLE + par("甲", drawing(shape), vml), rels=(("h", "hyperlink", "https://a.cn/"),))
    assert rest(document)[1:] == [
        ("alt", "说明"),
        ("link", "https://a.cn/"),
        ("alt", "提示"),
        ("link", "https://b.cn"),
    ]


def test_objects_are_named_and_their_preview_is_no_picture() -> None:
    thing = (
        '<w:r><w:object><v:shape><v:imagedata r:id="i"/></v:shape>'
        '<o:OLEObject Type="Embed" ProgID="Excel.Sheet.12" r:id="{}"/></w:object></w:r>'
    )
    parts = members(
        TITLE + par("甲", thing.format("o")) + par("乙", thing.format("l")),
        (
            ("o", "package", "embeddings/Sheet1.xlsx"),
            ("l", "oleObject", "file://server/台账.xlsx"),
            ("i", "image", "media/i.emf"),
        ),
    )
    parts["word/embeddings/Sheet1.xlsx"] = parts["word/embeddings/oleObject7.bin"] = "x"
    document = read_bytes(package(parts))
    assert rest(document) == [
        ("body", "甲"),
        ("attachment", "Excel.Sheet.12（Sheet1.xlsx）"),
        ("body", "乙"),
        ("link", "file://server/台账.xlsx"),
        ("attachment", "oleobject7.bin"),
    ]
    assert [(one.code, one.block) for one in document.notices] == [("DOC012", 2)]
    assert "Sheet1.xlsx" in document.notices[0].zh


def test_word_art_is_text_in_the_body_and_a_watermark_in_a_header() -> None:
    art = '<w:r><w:pict><v:shape><v:textpath string="艺术字"/></v:shape></w:pict></w:r>'
    new = drawing(
        "<wps:wsp><wps:txbx><w:txbxContent><w:p><w:r><w:t>内部资料</w:t></w:r></w:p></w:txbxContent></wps:txbx>"
        '<wps:bodyPr><a:prstTxWarp prst="textPlain"/></wps:bodyPr></wps:wsp>'
    )
    named = drawing(
        f"<wps:wsp><wps:txbx><w:txbxContent>{par('草稿')}</w:txbxContent></wps:txbx></wps:wsp>",
        name="PowerPlusWaterMarkObject1",
    )
    plain = drawing(f"<wps:wsp><wps:txbx><w:txbxContent>{par('框')}</w:txbxContent></wps:txbx></wps:wsp>")
    document = read(
        TITLE + par("甲", art),
        rels=(("h", "header", "header1.xml"),),
        header1=f"<w:hdr {NAMES}>{par(art, new, named, plain)}</w:hdr>",
    )
    assert [(block.part, block.text, block.kind) for block in document.blocks[2:]] == [
        ("textbox", "艺术字", Kind.PARAGRAPH),
        ("watermark", "艺术字", Kind.FURNITURE),
        ("watermark", "内部资料", Kind.FURNITURE),
        ("watermark", "草稿", Kind.FURNITURE),
        ("textbox", "框", Kind.FURNITURE),
    ]


def test_a_drawing_goes_with_its_hidden_or_deleted_run() -> None:
    inner = f"<wps:wsp><wps:txbx><w:txbxContent>{par('框')}</w:txbxContent></wps:txbx></wps:wsp>"
    hidden = drawing(inner).replace("<w:r>", "<w:r><w:rPr><w:vanish/></w:rPr>", 1)
    assert rest(read(TITLE + par("甲", hidden)))[1:] == [("hidden", "框")]
    assert rest(read(TITLE + par("甲", f"<w:del>{drawing(inner)}</w:del>")))[1:] == [("deleted", "框")]


def test_old_canvas_text() -> None:
    inner = "<a:txBody><a:p><a:r><a:t>画布</a:t></a:r><a:r><a:t>字</a:t></a:r></a:p></a:txBody>"
    assert ("textbox", "画布字") in rest(read(TITLE + par("甲", drawing(inner))))


def test_controls_of_forms() -> None:
    control = '<w:r><w:object><w:control r:id="x" w:name="TextBox1"/></w:object></w:r>'
    parts = members(TITLE + par("甲", control), (("x", "control", "activeX/activeX1.xml"),))
    parts["word/activeX/activeX1.xml"] = (
        '<ax:ocx xmlns:ax="http://schemas.microsoft.com/office/2006/activeX">'
        '<ax:ocxPr ax:name="Value" ax:value="待填X人"/><ax:ocxPr ax:name="Size" ax:value="1;2"/></ax:ocx>'
    )
    parts["word/activeX/_rels/activeX1.xml.rels"] = relationships(
        ("b", "activeXControlBinary", "activeX1.bin")
    )
    assert rest(read_bytes(package(parts)))[1:] == [
        ("name", "TextBox1"),
        ("field", "待填X人"),
        ("attachment", "ActiveX（activeX1.xml）"),
    ]


def test_documents_that_a_master_document_names() -> None:
    document = read(
        TITLE + par("甲", '<w:subDoc r:id="x"/>'), rels=(("x", "subDocument", "file://D:/分册.docx"),)
    )
    assert rest(document)[1:] == [("attachment", "file://D:/分册.docx")]
    assert [one.code for one in document.notices] == ["DOC012"]


def test_a_drawing_that_is_switched_off_is_hidden() -> None:
    shown = f'<wp:anchor><wp:docPr id="1" name="框"/>{box("框")}</wp:anchor>'
    hidden = shown.replace('name="框"', 'name="框" hidden="1" descr="说明"')
    for content, expected in ((shown, [("textbox", "框")]), (hidden, [("alt", "说明"), ("hidden", "框")])):
        found = read(TITLE + par("甲", f"<w:r><w:drawing>{content}</w:drawing></w:r>"))
        assert sorted(rest(found)[1:]) == expected
