"""OFD: text by place whatever program wrote it, tables, furniture, hidden text, notes; and hostile files."""

from __future__ import annotations

import contextlib
import random
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import ofdbuilder as ofd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validator.model.document import Block, Document, Kind
from validator.model.errors import ReadError
from validator.readers._base import Source
from validator.readers._choose import read_file
from validator.readers._ofd import page as _ofdpage
from validator.readers._ofd import reader as _ofd
from validator.readers.ofd import READER

TITLE = "白苇县教育科技体育局2024年工作总结和2025年工作打算"
LONG = (
    "全年招聘新教师142人，其中自主招聘58人；通过“绿色通道”引进外县教师11人，平均年龄29.5岁。"
    "职业教育新增攻坚任务9项，产教融合、订单培养走出新路子，学校体育场馆开放率达到98.2%，群众满意度居全市第3位。"
)
SHORT = "本句不长。"
PARAGRAPHS: list[ofd.Paragraph] = [
    ("title", TITLE),
    ("h1", "一、2024年工作总结"),
    ("h2", "（一）教育质量稳步提升"),
    *[LONG, SHORT] * 5,
    ("table", ""),
    *[LONG, SHORT] * 5,
    ("right", "白苇县教育科技体育局"),
    ("right", "2024年12月20日"),
]
TABLE = [["指标", "单位", "数值"], ["规模以上工业企业研发经费支出占比", "%", "1.41"], ["新建球场", "", "12"]]
STYLES = ("line", "g", "run", "char", "bare")
Files = Mapping[str, str | bytes]


def read_bytes(data: bytes) -> Document:
    return READER.read(Source(path="a.ofd", suffix=".ofd", data=data))


def files(objects: str = "", **changed: str) -> dict[str, str | bytes]:
    """The files of a document with one page; a key of `changed` names one of them (`OFD`, `Document`, `P`)."""
    names = {"OFD": "OFD.xml", "Document": "Doc_0/Document.xml"}
    made: dict[str, str | bytes] = {
        "OFD.xml": ofd.document("OFD", BODY),
        "Doc_0/Document.xml": ofd.document("Document", COMMON + PAGES),
        "Doc_0/P.xml": ofd.page(objects),
    }
    return made | {names.get(key, f"Doc_0/{key}.xml"): content for key, content in changed.items()}


BODY = "<ofd:DocBody><ofd:DocInfo/><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>"
COMMON = (
    "<ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
    "<ofd:DocumentRes>R.xml</ofd:DocumentRes></ofd:CommonData>"
)
PAGES = '<ofd:Pages><ofd:Page ID="1" BaseLoc="P.xml"/></ofd:Pages>'
EXISTS = "本页的正文在此"


def read(objects: str, **changed: str) -> Document:
    return read_bytes(ofd.package(files(objects, **changed)))


def words(
    text: str, *, y: float = 100, size: float = 5, attributes: str = "", inner: str = "", code: str = ""
) -> str:
    return (
        f'<ofd:TextObject ID="1" Boundary="30 {y} {size * len(text)} {size}" Font="1" Size="{size}"{attributes}>{inner}'
        f'<ofd:TextCode X="0" Y="{size * 0.85}"{code}>{text}</ofd:TextCode></ofd:TextObject>'
    )


def colour(value: str, attributes: str = "") -> str:
    return f'<ofd:FillColor Value="{value}"{attributes}/>'


def area(value: str, y: float = 95, attributes: str = "") -> str:
    return (
        f'<ofd:PathObject ID="1" Boundary="20 {y} 150 20" Stroke="false" Fill="true"{attributes}>{colour(value)}'
        "<ofd:AbbreviatedData>M 0 0 L 150 0 L 150 20 L 0 20 C</ofd:AbbreviatedData></ofd:PathObject>"
    )


BASE = words(EXISTS, y=60)


def texts(document: Document, part: str = "body") -> list[str]:
    return [block.text for block in document.blocks if block.part == part and block.text != EXISTS]


def codes(document: Document) -> list[str]:
    return [notice.code for notice in document.notices]


def body(blocks: tuple[Block, ...]) -> list[str]:
    return [
        one.text
        for one in blocks
        if one.part == "body" and one.cell is None and one.kind is not Kind.FURNITURE
    ]


# A whole report.


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("justify", [True, False])
def test_paragraphs_are_whole_whoever_wrote_them(style: str, justify: bool) -> None:
    data = ofd.build_ofd(
        PARAGRAPHS, tables=[TABLE], header="内部材料", footer="— {page} —", style=style, justify=justify
    )
    document = read_bytes(data)
    assert document.title == TITLE
    assert body(document.blocks) == [
        one if isinstance(one, str) else one[1] for one in PARAGRAPHS if one != ("table", "")
    ]
    cells = [(b.cell.table, b.cell.row, b.cell.column, b.text) for b in document.blocks if b.cell]
    assert cells == [(1, r, c, text) for r, row in enumerate(TABLE, 1) for c, text in enumerate(row, 1)]
    assert texts(document, "header") == ["内部材料"]
    assert texts(document, "footer") == ["— 1 —"]
    assert max(block.page or 0 for block in document.blocks) == 3
    assert document.blocks[2].section[-1:] == ("（一）教育质量稳步提升",)


def test_everything_besides_the_text() -> None:
    document = read_bytes(
        ofd.build_ofd(
            PARAGRAPHS,
            tables=[TABLE],
            watermark="送审稿 请勿外传",
            properties={"Title": "总结", "Keywords": "教育;科技", "密级": "公开"},
            links=["https://example.cn/a?b=1&c=2"],
            annotation="此数待核",
            hidden=["白色的字"],
            footnotes=["口径见统计公报。"],
            attachments={"附表.xlsx": b"PK"},
            picture=b"\x89PNG",
        )
    )
    found = {part: texts(document, part) for part in READER.parts}
    assert found["watermark"] == ["送审稿 请勿外传"]
    assert found["properties"] == ["总结", "教育", "科技", "公开"]
    assert found["link"] == ["https://example.cn/a?b=1&c=2"]
    assert found["comment"] == ["此数待核"]
    assert found["hidden"] == ["白色的字"]
    assert found["footnote"] == ["口径见统计公报。"]
    assert found["attachment"] == ["附表.xlsx"]
    assert codes(document) == ["DOC005", "DOC006", "DOC013", "DOC012"]
    assert not any(
        b.states for b in document.blocks if b.part in ("watermark", "hidden", "comment", "properties")
    )
    assert body(document.blocks)[0] == TITLE


def test_places_are_those_of_the_rendition(tmp_path: Path) -> None:
    path = tmp_path / "总结.ofd"
    path.write_bytes(ofd.build_ofd(PARAGRAPHS, tables=[TABLE]))
    document = read_file(path, "总结.ofd")
    assert (document.format, document.encoding) == ("ofd", None)
    for index, block in enumerate(document.blocks):
        place = document.locate(index, 0, len(block.text))
        line = document.source.split("\n")[place.line - 1]
        assert line[place.column - 1 : place.end_column - 1] == block.text
        assert place.page == block.page


def test_a_table_goes_on_on_the_next_page() -> None:
    rows = [["指标", "数值"], *([f"第{n}项", str(n)] for n in range(60))]
    document = read_bytes(ofd.build_ofd([("title", TITLE), ("table", "")], tables=[rows]))
    cells = [(b.cell.table, b.cell.row, b.cell.column, b.text) for b in document.blocks if b.cell]
    assert cells == [(1, r, c, text) for r, row in enumerate(rows, 1) for c, text in enumerate(row, 1)]
    assert {b.page for b in document.blocks if b.cell} == {1, 2, 3}


# Places of characters.

_SMALL = "0.3527 0 0 0.3527 -114.807533 111.352325"


@pytest.mark.parametrize(
    ("objects", "expected"),
    [
        (
            f'<ofd:TextObject CTM="{_SMALL}" Boundary="114.807533 185.2296 4.08 4.73" Size="14.7">'
            '<ofd:TextCode X="324.4" Y="-303.7" DeltaX="g 2 14.7">甲乙丙</ofd:TextCode></ofd:TextObject>',
            "甲乙丙",
        ),
        (words("甲乙丙丁", code=' DeltaX="5 g 2 5"'), "甲乙丙丁"),
        (words("甲乙丙丁", code=' DeltaX="5,5,5"'), "甲乙丙丁"),
        (words("甲乙丙丁", code=' DeltaX="5"'), "甲乙丙丁"),
        (words("甲乙", code=' DeltaX="16"'), "甲\t乙"),
        (words("甲乙丙丁", code=' DeltaX="5 9 5"'), "甲乙 丙丁"),
        (words("占5%", code=' DeltaX="6.2 2.5"'), "占5%"),
        (words("12.5", code=' DeltaX="2.5 2.5 2.5"'), "12.5"),
        (words("甲", y=100) + words("乙", y=100, code="").replace("30 100", "35 100"), "甲乙"),
        (
            '<ofd:TextObject Boundary="30 99 50 9" Size="5"><ofd:TextCode X="0" Y="5">甲</ofd:TextCode>'
            '<ofd:TextCode X="5">乙</ofd:TextCode></ofd:TextObject>',
            "甲乙",
        ),
        (
            '<ofd:TextObject Boundary="150 20 20 50" Size="5" ReadDirection="90" CharDirection="90">'
            '<ofd:TextCode X="2" Y="5" DeltaY="g 3 6">竖排文字</ofd:TextCode></ofd:TextObject>',
            "竖排文字",
        ),
        (
            '<ofd:TextObject Boundary="150 100 20 50" CTM="0 1 -1 0 0 0" Size="5">'
            '<ofd:TextCode X="0" Y="0" DeltaX="g 3 5">转了方向</ofd:TextCode></ofd:TextObject>',
            "转了方向",
        ),
        (words("加粗") + words("加粗").replace("30 100", "30.1 100"), "加粗"),
        (words("\n      换行的XML\n    "), "换行的XML"),
        (words("&#xF0FE;是", inner='<ofd:X/>', attributes=' Font="7"').replace(' Font="1"', ""), "☑是"),
        ("<ofd:PageBlock>" * 20 + words("深处") + "</ofd:PageBlock>" * 20, "深处"),
    ],
)  # fmt: skip
def test_characters(objects: str, expected: str) -> None:
    fonts = '<ofd:Fonts><ofd:Font ID="7" FontName="Wingdings"/></ofd:Fonts>'
    assert texts(read(BASE + objects, R=ofd.document("Res", fonts))) == [expected]


@pytest.mark.parametrize(
    "objects",
    [
        ofd.slanted("内部资料"),
        words("内部资料", size=11, y=200, code=' DeltaX="g 3 8" DeltaY="g 3 -8"'),
        "".join(
            f'<ofd:TextObject Boundary="{60 + at * 8} {200 - at * 8} 12 12" CTM="0.7 -0.7 0.7 0.7 0 0" Size="11">'
            f'<ofd:TextCode X="0" Y="9">{one}</ofd:TextCode></ofd:TextObject>'
            for at, one in enumerate("内部资料")
        ),
    ],
)
def test_slanting_text_is_a_watermark(objects: str) -> None:
    assert texts(read(BASE + objects), "watermark") == ["内部资料"]


# What is not seen.

WHITE = "255 255 255"


@pytest.mark.parametrize(
    "hidden",
    [
        words("暗处", inner=colour(WHITE)),
        words("暗处", inner=colour("#ff #FF #ff")),
        words("暗处", inner=colour("255")),
        words("暗处", inner=colour("0 0 0 0")),
        words("暗处", inner=colour("1", ' ColorSpace="8"')),
        words("暗处", inner=colour("0 0 0", ' Alpha="0"')),
        words("暗处", attributes=' Alpha="0"'),
        words("暗处", attributes=' Visible="false"'),
        words("暗处", attributes=' Fill="false"'),
        words("暗处", attributes=' DrawParam="5"'),
        words("暗处", size=0.3),
        words("暗处", y=400),
        words("暗处") + area(WHITE),
        area("200 0 0") + words("暗处", inner=colour("200 0 0")),
        '<ofd:CompositeObject ResourceID="9" Visible="false" Boundary="0 0 9 9"/>',
    ],
)
def test_hidden(hidden: str) -> None:
    resources = ofd.document(
        "Res",
        '<ofd:ColorSpaces><ofd:ColorSpace ID="8" Type="GRAY" BitsPerComponent="1"/></ofd:ColorSpaces>'
        f'<ofd:DrawParams><ofd:DrawParam ID="4">{colour(WHITE)}</ofd:DrawParam>'
        '<ofd:DrawParam ID="5" Relative="4"/></ofd:DrawParams><ofd:CompositeGraphicUnits>'
        f'<ofd:CompositeGraphicUnit ID="9"><ofd:Content>{words("暗处")}</ofd:Content></ofd:CompositeGraphicUnit>'
        "</ofd:CompositeGraphicUnits>",
    )
    document = read(BASE + hidden, R=resources)
    assert [(b.part, b.text, b.visible) for b in document.blocks] == [
        ("body", EXISTS, True),
        ("hidden", "暗处", False),
    ]
    assert codes(document) == ["DOC006"]


@pytest.mark.parametrize(
    "shown",
    [
        area("200 0 0") + words("明处", inner=colour(WHITE)),
        area("200 0 0") + words("明处"),
        words("明处") + area(WHITE, attributes=' Visible="false"'),
        words("明处") + area(WHITE, y=150),
        words("明处", inner='<ofd:FillColor><ofd:Pattern Width="1" Height="1"/></ofd:FillColor>'),
        words("明处", attributes=' Fill="false" Stroke="true"'),
        words("明处", attributes=' DrawParam="none"'),
    ],
)
def test_shown(shown: str) -> None:
    document = read(BASE + shown)
    assert (texts(document), codes(document)) == (["明处"], [])


# Pages that cannot be read.

CURVES = '<ofd:PathObject Boundary="20 95 100 20"><ofd:AbbreviatedData>M 0 0 B 1 2 3 4 5 6</ofd:AbbreviatedData></ofd:PathObject>'
SCAN = '<ofd:ImageObject Boundary="0 0 210 297" ResourceID="3"/>'


@pytest.mark.parametrize(
    "objects",
    [
        CURVES,
        SCAN,
        words("\ue001\ue002\ue003一"),
        words("¤¤¤"),
        SCAN + words("某县"),
        CURVES * 200 + words("某县"),
    ],
)
def test_pages_without_text(objects: str) -> None:
    document = read(objects)
    assert "DOC003" in codes(document)
    assert "1" in document.notices[0].zh


def test_a_page_that_is_not_there_is_named() -> None:
    pages = '<ofd:Pages><ofd:Page ID="1"><ofd:BaseLoc>P.xml</ofd:BaseLoc></ofd:Page><ofd:Page BaseLoc="Q.xml"/></ofd:Pages>'
    document = read(BASE, Document=ofd.document("Document", COMMON + pages))
    assert codes(document) == ["DOC003"]
    assert "第 2 页" in document.notices[0].zh


def test_recognised_text_under_a_scan_is_read() -> None:
    line = "扫描仪认出的一整行文字都在这里了，一共有几十个字，够算一页的正文，所以这一页读到了，不是空白，也不用再提醒谁。"
    document = read(words(line, size=3, attributes=' Alpha="0"') + SCAN)
    assert texts(document) == [line]
    assert codes(document) == []


# The package.


@pytest.mark.parametrize(
    "location",
    ["P.xml", "/Doc_0/P.xml", "./P.xml", "../Doc_0/P.xml", "Doc_0/P.xml", "\\Doc_0\\P.xml", "p.XML"],
)
def test_paths(location: str) -> None:
    pages = f'<ofd:Pages><ofd:Page ID="1" BaseLoc="{location}"/></ofd:Pages>'
    assert len(read(BASE, Document=ofd.document("Document", COMMON + pages)).blocks) == 1


def test_names_packed_in_gbk() -> None:
    made = files(
        Document=ofd.document("Document", COMMON + '<ofd:Pages><ofd:Page BaseLoc="页面.xml"/></ofd:Pages>')
    )
    made["Doc_0/" + "页面.xml".encode("gbk").decode("cp437")] = ofd.page(BASE)
    assert len(read_bytes(ofd.package(made)).blocks) == 1


def test_namespace_and_case_do_not_matter() -> None:
    strange = BASE.replace("ofd:", "").replace("TextObject", "textObject").replace("Boundary", "boundary")
    assert (
        len(read("", P=f'<page xmlns="urn:x"><content><layer>{strange}</layer></content></page>').blocks) == 1
    )


def test_several_documents() -> None:
    other = "<ofd:DocBody><ofd:DocInfo><ofd:Title>另一篇</ofd:Title></ofd:DocInfo><ofd:DocRoot>Doc_1/D.xml</ofd:DocRoot></ofd:DocBody>"
    made = files(BASE, OFD=ofd.document("OFD", BODY + other))
    made["Doc_1/D.xml"] = ofd.document("Document", '<ofd:Pages><ofd:Page BaseLoc="P.xml"/></ofd:Pages>')
    made["Doc_1/P.xml"] = ofd.page(words("第二篇的正文"))
    assert [(b.page, b.text) for b in read_bytes(ofd.package(made)).blocks] == [
        (1, EXISTS),
        (2, "第二篇的正文"),
        (None, "另一篇"),
    ]


@pytest.mark.parametrize("order", ["Background", "Foreground"])
def test_templates(order: str) -> None:
    common = COMMON.replace(
        "</ofd:CommonData>", f'<ofd:TemplatePage ID="7" BaseLoc="T.xml" ZOrder="{order}"/></ofd:CommonData>'
    )
    template = words("样张字样", y=150) + words("某局文件", y=15, size=3) + words("第1页", y=285, size=3)
    document = read(
        "",
        Document=ofd.document("Document", common + PAGES),
        T=ofd.page(template),
        P=ofd.page("".join(words(LONG[:20], y=60 + 9 * at) for at in range(9)), template="7"),
    )
    assert [texts(document, part) for part in ("header", "footer", "watermark")] == [
        ["某局文件"],
        ["第1页"],
        ["样张字样"],
    ]


ANNOTATIONS = "".join((
    '<ofd:Annot Type="Watermark"><ofd:Appearance Boundary="0 0 210 297">', ofd.slanted("水印在批注里"), '</ofd:Appearance></ofd:Annot>'
    '<ofd:Annot Type="Path"><ofd:Remark>改一下</ofd:Remark><ofd:Parameters><ofd:Parameter Name="c">甲乙</ofd:Parameter>'
    '<ofd:Parameter Name="d">2024-12-01T08:00:00</ofd:Parameter></ofd:Parameters></ofd:Annot>'
    '<ofd:Annot Type="Link"><ofd:Appearance><ofd:PathObject><ofd:Actions><ofd:Action Event="CLICK">'
    '<ofd:URI URI="https://example.cn/"/></ofd:Action></ofd:Actions></ofd:PathObject></ofd:Appearance></ofd:Annot>'
    '<ofd:Annot Type="Stamp"><ofd:Appearance Boundary="30 90 40 40">', words("已阅", y=10), '</ofd:Appearance></ofd:Annot>'
    '<ofd:Annot Type="Path" Visible="false"><ofd:Appearance Boundary="30 90 40 40">', words("藏起来", y=10), "</ofd:Appearance></ofd:Annot>",
))  # fmt: skip


def test_annotations_outline_tags() -> None:
    document = read(
        "",
        Document=ofd.document(
            "Document",
            f"{COMMON}{PAGES}<ofd:Annotations>A.xml</ofd:Annotations><ofd:CustomTags>C.xml</ofd:CustomTags>"
            '<ofd:Outlines><ofd:OutlineElem Title="目录里的标题"><ofd:OutlineElem Title="本页的正文在此"/></ofd:OutlineElem>'
            '</ofd:Outlines><ofd:Actions><ofd:Action><ofd:URI URI="http://example.cn/open"/></ofd:Action></ofd:Actions>',
        ),
        P=ofd.page(BASE),
        A=ofd.document("Annotations", '<ofd:Page PageID="1"><ofd:FileLoc>N.xml</ofd:FileLoc></ofd:Page><ofd:Page PageID="9"><ofd:FileLoc>M.xml</ofd:FileLoc></ofd:Page>'),
        N=ofd.document("PageAnnot", ANNOTATIONS),
        C=ofd.document("CustomTags", "<ofd:CustomTag><ofd:FileLoc>G.xml</ofd:FileLoc></ofd:CustomTag>"),
        G="<标引><发文机关>某县某局</发文机关><n>12</n></标引>",
    )  # fmt: skip
    assert texts(document, "watermark") == ["水印在批注里"]
    assert texts(document, "comment") == ["改一下"]
    assert texts(document, "annotation") == ["已阅", "甲乙"]
    assert texts(document, "hidden") == ["藏起来"]
    assert texts(document, "link") == ["http://example.cn/open", "https://example.cn/"]
    assert texts(document, "properties") == ["某县某局", "目录里的标题"]
    assert codes(document) == ["DOC005", "DOC006"]


def test_sniffing() -> None:
    data = ofd.package(files(BASE))
    assert READER.sniff(Source(path="a.zip", suffix=".zip", data=data))
    assert not READER.sniff(Source(path="a.ofd", suffix=".ofd", data=ofd.package({"a.xml": "<a/>"})))


# Damaged and hostile files.


def _without_document() -> Files:
    made = files(BASE)
    del made["Doc_0/Document.xml"]
    return made


@pytest.mark.parametrize(
    ("build", "code"),
    [
        (_without_document, "DOC001"),
        (lambda: files(BASE, OFD=ofd.document("OFD", "")), "DOC001"),
        (lambda: files(P="<a><b>"), "DOC001"),
        (lambda: files(BASE, R="<a>"), "DOC001"),
        (lambda: files(P='<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "DOC001"),
        (lambda: files(BASE) | {"Encryptions.xml": "<a/>"}, "DOC002"),
        (lambda: files("<ofd:PageBlock>" * 100 + BASE + "</ofd:PageBlock>" * 100), "DOC007"),
    ],
)
def test_refused(build: Callable[[], Files], code: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_bytes(ofd.package(build()))
    assert caught.value.code == code


def test_composite_units_that_hold_each_other_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_ofdpage, "MOST_OBJECTS", 20_000)
    inner = "".join(f'<ofd:CompositeObject ResourceID="{at % 9}"/>' for at in range(50))
    units = "".join(
        f'<ofd:CompositeGraphicUnit ID="{at}"><ofd:Content>{inner}</ofd:Content></ofd:CompositeGraphicUnit>'
        for at in range(9)
    )
    resources = ofd.document("Res", f"<ofd:CompositeGraphicUnits>{units}</ofd:CompositeGraphicUnits>")
    with pytest.raises(ReadError) as caught:
        read(BASE + inner, R=resources)
    assert caught.value.code == "DOC007"


def test_too_many_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_ofd, "_MOST_PAGES", 3)
    pages = "<ofd:Pages>" + '<ofd:Page ID="1" BaseLoc="P.xml"/>' * 4 + "</ofd:Pages>"
    with pytest.raises(ReadError) as caught:
        read(BASE, Document=ofd.document("Document", COMMON + pages))
    assert caught.value.code == "DOC007"


NUMBERS = st.sampled_from(
    ["", "nan", "inf", "-1e300", "1e-300", "9" * 40, "g", "g 99999999999 1", "0", "-3", "x", "1 2 3 4 5 6 7"]
)
NAMES = (
    "Boundary",
    "CTM",
    "Size",
    "HScale",
    "Alpha",
    "X",
    "Y",
    "DeltaX",
    "DeltaY",
    "ReadDirection",
    "Value",
    "LineWidth",
)


@settings(max_examples=80, deadline=None)
@given(st.dictionaries(st.sampled_from(NAMES), st.lists(NUMBERS, max_size=6).map(" ".join), max_size=6))
def test_absurd_numbers(values: dict[str, str]) -> None:
    said = "".join(f' {name}="{value}"' for name, value in values.items())
    objects = (
        f"<ofd:TextObject{said}><ofd:FillColor{said}/><ofd:TextCode{said}>文字abc</ofd:TextCode></ofd:TextObject>"
        f"<ofd:PathObject{said}><ofd:AbbreviatedData>M {values.get('X', '')} L 1 {values.get('Y', '')} B Q C A 1"
        f"</ofd:AbbreviatedData></ofd:PathObject><ofd:ImageObject{said}/>"
    )
    document = read(BASE + objects)
    assert any(EXISTS in block.text for block in document.blocks)


def test_damaged_bytes() -> None:
    sound = ofd.build_ofd(PARAGRAPHS[:4], tables=[TABLE], watermark="水印", annotation="批注")
    for seed in range(150):
        chance = random.Random(seed)
        data = bytearray(sound)
        for _ in range(chance.randint(1, 8)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        with contextlib.suppress(ReadError):
            read_bytes(bytes(data[: chance.randint(1, len(data))] if seed % 5 == 0 else data))


def test_damaged_xml() -> None:
    sound = files(BASE + words("甲乙", y=120) + area("1 2 3"))
    for seed in range(200):
        chance = random.Random(seed)
        name = chance.choice(sorted(sound))
        text = str(sound[name])
        at = chance.randrange(len(text))
        changed = (
            text[:at]
            + chance.choice(["", "<", "&", '"', "\U0001f600", text[at:][:40] * 3])
            + text[at + chance.randint(0, 9) :]
        )
        with contextlib.suppress(ReadError):
            read_bytes(ofd.package({**sound, name: changed}))


def test_time_is_linear() -> None:
    def seconds(count: int) -> float:
        data = ofd.build_ofd([("title", TITLE), *[LONG] * count])
        start = time.perf_counter()
        read_bytes(data)
        return time.perf_counter() - start

    seconds(2)
    assert seconds(160) < 20 * max(seconds(20), 0.02)
