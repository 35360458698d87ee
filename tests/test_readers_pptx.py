"""Presentations: slides in order, titles, tables, notes, comments, masters, hidden parts; hostile files."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Mapping, Sequence

import pytest
from engine import small, told

from validator.facts.reading import read_facts
from validator.model.document import Document, Kind
from validator.model.errors import ReadError
from validator.readers._base import Source
from validator.readers.pptx import READER

P = "http://schemas.openxmlformats.org/presentationml/2006/main"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
REL = "http://schemas.openxmlformats.org/package/2006/relationships"
NAMES = f'xmlns:p="{P}" xmlns:a="{A}" xmlns:r="{R}" xmlns:c="urn:c" xmlns:dgm="urn:d"'
SLIDE_WIDTH = 9_144_000


def relationships(*rows: tuple[str, str, str]) -> str:
    items = "".join(
        f'<Relationship Id="{key}" Type="{R}/{kind}" Target="{target}"'
        + (' TargetMode="External"' if "://" in target else "")
        + "/>"
        for key, kind, target in rows
    )
    return f'<Relationships xmlns="{REL}">{items}</Relationships>'


def par(text: str) -> str:
    return f"<a:p><a:r><a:t>{text}</a:t></a:r></a:p>"


def shape(*lines: str, holds: str = "", place: tuple[int, int] | None = None, named: str = "") -> str:
    held = f'<p:ph type="{holds}"/>' if holds else ""
    spot = (
        f'<p:spPr><a:xfrm><a:off x="{place[0]}" y="{place[1]}"/><a:ext cx="900" cy="900"/></a:xfrm></p:spPr>'
        if place
        else ""
    )
    body = "".join(one if one.startswith("<") else par(one) for one in lines)
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="1" name="n" {named}/><p:nvPr>{held}</p:nvPr></p:nvSpPr>{spot}'
        f"<p:txBody>{body}</p:txBody></p:sp>"
    )


def slide(*shapes: str, attributes: str = "", tag: str = "sld") -> str:
    return f"<p:{tag} {NAMES} {attributes}><p:cSld><p:spTree>{''.join(shapes)}</p:spTree></p:cSld></p:{tag}>"


def deck(
    *slides: str,
    rels: Mapping[int, Sequence[tuple[str, str, str]]] | None = None,
    parts: Mapping[str, str] | None = None,
    main: Sequence[tuple[str, str, str]] = (),
    extra: str = "",
) -> bytes:
    listed = "".join(f'<p:sldId r:id="s{at}"/>' for at in range(len(slides)))
    members = {
        "_rels/.rels": relationships(("a", "officeDocument", "ppt/presentation.xml")),
        "ppt/presentation.xml": f"<p:presentation {NAMES}><p:sldIdLst>{listed}</p:sldIdLst>"
        f'<p:sldSz cx="{SLIDE_WIDTH}" cy="6858000"/>{extra}</p:presentation>',
        "ppt/_rels/presentation.xml.rels": relationships(
            *((f"s{at}", "slide", f"slides/slide{at}.xml") for at in range(len(slides))), *main
        ),
        **{f"ppt/slides/slide{at}.xml": one for at, one in enumerate(slides)},
        **{f"ppt/slides/_rels/slide{at}.xml.rels": relationships(*rows) for at, rows in (rels or {}).items()},
        **(parts or {}),
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def read(data: bytes) -> Document:
    source = Source(path="a.pptx", suffix=".pptx", data=data)
    assert READER.sniff(source)
    return READER.read(source)


def texts(document: Document, part: str = "body", kind: Kind | None = None) -> list[str]:
    return [one.text for one in document.blocks if one.part == part and kind in (None, one.kind)]


def table(*rows: Sequence[str]) -> str:
    lines = "".join(
        "<a:tr>"
        + "".join(f"<a:tc><a:txBody>{par(one) if one else ''}</a:txBody></a:tc>" for one in row)
        + "</a:tr>"
        for row in rows
    )
    return f"<p:graphicFrame><a:graphic><a:graphicData><a:tbl>{lines}</a:tbl></a:graphicData></a:graphic></p:graphicFrame>"


def test_slides_in_order_with_their_titles_first() -> None:
    document = read(
        deck(
            slide(shape("2023年12月"), shape("临川县", "2023年工作总结", holds="ctrTitle")),
            slide(shape("全县在校学生"), shape("一、教育工作", holds="title")),
        )
    )
    assert document.title == "临川县 2023年工作总结"
    assert texts(document) == ["临川县 2023年工作总结", "2023年12月", "一、教育工作", "全县在校学生"]
    assert [one.page for one in document.blocks] == [1, 1, 2, 2]
    assert document.blocks[3].section == ("一、教育工作",)
    assert document.locate(3, 0, 1).address() == "一、教育工作 第2页 第1段"


def test_sections_by_numbers_across_slides() -> None:
    titles = [
        "封面",
        "2023年工作总结",
        "一、教育",
        "二、科技",
        "2024年工作打算",
        "一、教育",
        "典型做法",
        "（一）学位",
        "谢谢",
    ]
    document = read(deck(*(slide(shape(one, holds="title"), shape("字")) for one in titles)))
    assert [one.section for one in document.blocks if one.text == "字"] == [
        (),
        ("2023年工作总结",),
        ("2023年工作总结", "一、教育"),
        ("2023年工作总结", "二、科技"),
        ("2024年工作打算",),
        ("2024年工作打算", "一、教育"),
        ("2024年工作打算", "一、教育", "典型做法"),
        ("2024年工作打算", "一、教育", "典型做法", "（一）学位"),
        ("2024年工作打算", "一、教育", "典型做法", "（一）学位", "谢谢"),
    ]


def test_facts_of_text_and_table() -> None:
    document = read(
        deck(
            slide(shape("临川县2023年工作总结", holds="ctrTitle")),
            slide(
                shape("全县在校学生5.2万人。"),
                table(["指标", "单位", "2023年"], ["地区生产总值", "亿元", "86.5"], ["专利授权量", "件", ""]),
            ),
        )
    )
    assert [told(one) for one in read_facts(document, small()).facts] == [
        "students actual 52000",
        "gdp actual 86.5",
        "patents actual ?",
    ]


def test_merged_cells_of_a_table() -> None:
    cells = (
        f'<a:tr><a:tc rowSpan="2"><a:txBody>{par("指标")}</a:txBody></a:tc><a:tc gridSpan="9"><a:txBody>{par("数")}</a:txBody></a:tc>'
        f'<a:tc hMerge="1"><a:txBody>{par("盖住")}</a:txBody></a:tc></a:tr>'
        '<a:tr><a:tc vMerge="1"/><a:tc/><a:tc/></a:tr>'
    )
    document = read(deck(slide(f"<p:graphicFrame><a:tbl>{cells}</a:tbl></p:graphicFrame>")))
    spans = [(one.cell.row_span, one.cell.column_span) for one in document.blocks if one.cell]
    assert spans == [(2, 1), (1, 2), (1, 1), (1, 1)]
    assert texts(document, "hidden") == ["盖住"]


PICTURE = '<p:pic><p:nvPicPr><p:cNvPr id="2" name="p" descr="图说"/></p:nvPicPr><p:blipFill><a:blip r:embed="rP"/></p:blipFill></p:pic>'
LINK = '<a:p><a:r><a:rPr><a:hlinkClick r:id="rL" tooltip="悬停"/></a:rPr><a:t>链接</a:t></a:r></a:p>'
CHART = f"<c:chartSpace {NAMES}><c:title>{par('图表题')}</c:title><c:val><c:numCache><c:pt><c:v>4</c:v></c:pt></c:numCache></c:val></c:chartSpace>"
MASTER = slide(
    shape("单击此处编辑母版标题样式", holds="title"),
    shape("单击此处编辑母版文本样式", "第二级", holds="body"),
    shape("此处填写学校名称", holds="subTitle"),
    shape("2020/1/1", holds="dt"),
    shape("模板网制作", place=(0, 6_500_000)),
    tag="sldMaster",
)


def test_everything_beside_the_text() -> None:
    document = read(
        deck(
            slide(
                shape(LINK),
                shape("共同页脚", holds="ftr"),
                shape('<a:p><a:fld type="slidenum"><a:t>1</a:t></a:fld></a:p>', holds="sldNum"),
                '<p:graphicFrame><c:chart r:id="rC"/></p:graphicFrame>',
                '<p:graphicFrame><dgm:relIds r:dm="rD"/></p:graphicFrame>',
                '<p:graphicFrame><p:oleObj progId="Excel.Sheet.12" r:id="rO"><p:embed/></p:oleObj></p:graphicFrame>',
                shape("屏外字", place=(SLIDE_WIDTH + 5, 0)),
                shape("关掉的字", named='hidden="1"'),
            ),
            slide(PICTURE),
            slide(shape("藏页字"), attributes='show="0"'),
            rels={
                0: [
                    ("rL", "hyperlink", "http://a.example/x"),
                    ("rC", "chart", "../charts/c.xml"),
                    ("rD", "diagramData", "../diagrams/d.xml"),
                    ("rO", "package", "../embeddings/表.xlsx"),
                    ("rN", "notesSlide", "../notesSlides/n.xml"),
                    ("rK", "comments", "../comments/k.xml"),
                    ("rM", "comments", "../comments/m.xml"),
                    ("rY", "slideLayout", "../slideLayouts/l.xml"),
                    ("rV", "video", "../media/片.mp4"),
                ],
                1: [("rP", "image", "../media/p.png")],
            },
            parts={
                "ppt/charts/c.xml": CHART,
                "ppt/charts/_rels/c.xml.rels": relationships(("x", "package", "../embeddings/数据.xlsx")),
                "ppt/diagrams/d.xml": f"<dgm:dataModel {NAMES}><dgm:t>{par('图示字')}</dgm:t></dgm:dataModel>",
                "ppt/notesSlides/n.xml": slide(
                    shape("备注字", holds="body"), shape("7", holds="sldNum"), tag="notes"
                ),
                "ppt/comments/k.xml": f"<p:cmLst {NAMES}><p:cm><p:text>旧批注</p:text></p:cm></p:cmLst>",
                "ppt/comments/m.xml": f"<k:cmLst xmlns:k='urn:k' {NAMES}><k:cm><k:replyLst><k:reply><k:txBody>{par('答复')}</k:txBody>"
                f"</k:reply></k:replyLst><k:txBody>{par('新批注')}</k:txBody></k:cm></k:cmLst>",
                "ppt/slideMasters/m.xml": MASTER,
                "ppt/slideMasters/_rels/m.xml.rels": relationships(
                    ("l", "slideLayout", "../slideLayouts/l.xml")
                ),
                "ppt/slideLayouts/l.xml": slide(shape("局徽旁的字", place=(0, 0)), tag="sldLayout"),
            },
            main=[("m", "slideMaster", "slideMasters/m.xml")],
            extra='<p:extLst><p:ext><p:section name="默认节"/><p:section name="第一组"/></p:ext></p:extLst>',
        )
    )
    found: dict[str, list[str]] = {}
    for one in document.blocks:
        found.setdefault(one.part, []).append(one.text)
    assert found == {
        "body": ["链接"],
        "link": ["http://a.example/x"],
        "alt": ["悬停", "图说"],
        "footer": ["共同页脚", "模板网制作"],
        "chart": ["图表题"],
        "diagram": ["图示字"],
        "hidden": ["屏外字", "关掉的字", "藏页字"],
        "notes": ["备注字"],
        "comment": ["旧批注", "新批注", "答复"],
        "header": ["此处填写学校名称", "局徽旁的字"],
        "name": ["第一组"],
    }
    assert set(found) | {"table", "properties", "picture", "attachment"} == set(READER.parts)
    notices = {one.code: one.zh for one in document.notices}
    assert list(notices) == ["DOC005", "DOC006", "DOC003", "DOC012", "DOC013"]
    assert "第 2 页" in notices["DOC003"]
    assert all(name in notices["DOC012"] for name in ("Excel.Sheet.12", "数据.xlsx", "片.mp4"))
    assert not any(one.states for one in document.blocks if one.part not in ("body", "diagram"))


def test_groups_and_alternative_content() -> None:
    choice = f"<mc:Choice>{shape('新写法')}</mc:Choice><mc:Fallback>{shape('旧写法')}</mc:Fallback>"
    group = f"<p:grpSp><p:nvGrpSpPr/>{shape('组里')}<p:grpSp>{shape('深处')}</p:grpSp></p:grpSp>"
    inner = f'<mc:AlternateContent xmlns:mc="urn:mc">{choice}</mc:AlternateContent>'
    assert texts(read(deck(slide(group, inner, shape("上一行</a:t></a:r><a:br/><a:r><a:t>下一行"))))) == [
        *("组里", "深处", "新写法", "上一行 下一行")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (deck(slide("<p:sp>")), "DOC001"),
        (deck("<a"), "DOC001"),
        (deck('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "DOC001"),
        (deck(slide(shape(*["字"] * 100_001))), "DOC007"),
    ],
)
def test_hostile_files(data: bytes, code: str) -> None:
    with pytest.raises(ReadError) as caught:
        READER.read(Source(path="a.pptx", suffix=".pptx", data=data))
    assert caught.value.code == code


def test_deep_groups_and_spans_over_everything_are_no_hang() -> None:
    deep = "<p:grpSp>" * 200 + shape("底") + "</p:grpSp>" * 200
    assert texts(read(deck(slide(deep)))) == ["底"]
    cell = '<a:tc rowSpan="1000" gridSpan="1000"><a:txBody/></a:tc>'
    rows = ("<a:tr>" + cell * 100 + "</a:tr>") * 100
    started = time.perf_counter()
    read_facts(read(deck(slide(f"<p:graphicFrame><a:tbl>{rows}</a:tbl></p:graphicFrame>"))), small())
    assert time.perf_counter() - started < 60, "a guard against a hang, not a measurement"
