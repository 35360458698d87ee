"""PDF: hidden text, scans, annotations, forms, properties, attached files; damaged and hostile files."""

from __future__ import annotations

import random
import re
import zlib
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdfbuilder import (
    FONT,
    Page,
    Pdf,
    fill,
    hexed,
    lines,
    notices,
    pdf,
    picture,
    read,
    seen,
    stream,
    table,
    text,
)

from validator.model.errors import ReadError
from validator.readers._base import Source
from validator.readers._pdf import pdfium as _pdfium
from validator.readers.pdf import READER

UP = (0, 1, -1, 0)
BODY = text(72, 700, "全县共有教师203人。")
ROWS = (("指标", "单位", "数值"), ("专利授权量", "件", "203"), ("毛入园率", "%", ""))
FULL = "共有学校一百三十四所在校学生三万九千人专任教师三千二百一十五人全年新建好学"
SHORT = "校两所并投入使用。"


# What is not seen, and what is.


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(text(72, 600, "藏着", mode=3), id="unpainted"),
        pytest.param(text(72, 600, "藏着", colour=(1, 1, 1)), id="white"),
        pytest.param(text(72, 600, "藏着", 0.8), id="tiny"),
        pytest.param(text(700, 600, "藏着"), id="off the page"),
        pytest.param(text(72, 600, "藏着") + fill(60, 590, 100, 30, (1, 1, 1)), id="covered"),
        pytest.param(fill(60, 590, 100, 30, (0, 0, 0)) + text(72, 600, "藏着"), id="black on black"),
    ],
)
def test_hidden_text(content: str) -> None:
    data = pdf(BODY + content)
    assert seen(data) == ["全县共有教师203人。"]
    assert [(one.text, one.visible) for one in read(data).blocks if one.part == "hidden"] == [("藏着", False)]
    assert notices(data) == ["DOC006"]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(
            fill(60, 590, 100, 30, (0, 0, 0.5)) + text(72, 600, "看见", colour=(1, 1, 1)), id="white on blue"
        ),
        pytest.param(
            picture(60, 590, 100, 30) + text(72, 600, "看见", colour=(1, 1, 1)), id="white on a picture"
        ),
        pytest.param(text(72, 600, "看见") + fill(200, 590, 100, 30, (1, 1, 1)), id="a cover beside it"),
        pytest.param(text(30, 600, "看见", turn=UP), id="turned by a quarter"),
        pytest.param(text(72, 600, "看见", colour=(1, 0, 0)), id="red"),
    ],
)
def test_text_that_is_seen(content: str) -> None:
    assert sorted(seen(pdf(BODY + content))) == ["全县共有教师203人。", "看见"]


def test_a_turned_page_is_read_as_it_is_seen() -> None:
    wide = (FULL + FULL)[:58]
    content = text(100, 72, wide, turn=UP) + text(120, 72, SHORT, turn=UP)
    assert seen(Pdf([Page(content, rotate=90)]).bytes()) == [wide + SHORT]
    assert seen(pdf(content)) == [wide + SHORT]


# Scans.

SCAN = picture(0, 0, 595, 842)


@pytest.mark.parametrize(
    ("contents", "expected", "pages"),
    [
        pytest.param([SCAN], [], "1", id="a picture"),
        pytest.param([SCAN, BODY], ["全县共有教师203人。"], "1", id="a picture and a page of text"),
        pytest.param(
            [SCAN + text(400, 20, "扫描宝 制作", 10)],
            ["扫描宝 制作"],
            "1",
            id="a scan with a mark of its program",
        ),
        pytest.param(
            [SCAN + text(72, 700, FULL, mode=3) + text(72, 680, FULL, mode=3)],
            [FULL + FULL],
            "",
            id="recognised text",
        ),
        pytest.param(["", BODY], ["全县共有教师203人。"], "", id="an empty page"),
    ],
)
def test_pages_without_text(contents: list[str], expected: list[str], pages: str) -> None:
    document = read(pdf(*contents))
    assert [one.text for one in document.blocks] == expected
    found = [one.zh for one in document.notices if one.code == "DOC003"]
    assert found == ([f"共 {len(contents)} 页，第 {pages} 页没有可读的文字，没有检查"] if pages else [])


def test_a_font_whose_characters_cannot_be_told() -> None:
    data = pdf(BODY, font=FONT.replace("/UniGB-UCS2-H", "/Identity-H").replace("GB1", "Identity"))
    assert (seen(data), notices(data)) == ([], ["DOC003"])


def test_pictures_are_counted_with_their_pages() -> None:
    data = pdf(BODY, BODY + picture(72, 500, 100, 50) + picture(72, 400, 10, 10) + picture(72, 300, 400, 2))
    (notice,) = read(data).notices
    assert notice.zh == "有 1 张图片，图片里的文字没有检查（第2页）"


# Annotations, forms, properties.


def annotated(*annotations: str, **options: object) -> bytes:
    return Pdf([Page(BODY, annotations)], **options).bytes()  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("annotation", "part", "expected"),
    [
        ("/Subtype /Text /Contents " + hexed("此数待核实"), "comment", ["此数待核实"]),
        ("/Subtype /Highlight /Contents " + hexed("改为204"), "comment", ["改为204"]),
        ("/Subtype /Popup /Contents " + hexed("此数待核实"), "comment", []),
        (
            "/Subtype /FreeText /DA (/F1 12 Tf) /Contents " + hexed("另有学位9个"),
            "annotation",
            ["另有学位9个"],
        ),
        ("/Subtype /FreeText /F 2 /DA (/F1 12 Tf) /Contents " + hexed("藏着"), "hidden", ["藏着"]),
        ("/Subtype /Link /A << /S /URI /URI (https://example.cn/vip) >>", "link", ["https://example.cn/vip"]),
        ("/Subtype /Link /A << /S /Launch /F (setup.exe) >>", "link", ["setup.exe"]),
    ],
)
def test_annotations(annotation: str, part: str, expected: list[str]) -> None:
    data = annotated(f"{annotation} /Rect [72 600 300 640]")
    assert seen(data, part) == expected
    assert notices(data) == {"comment": ["DOC005"] * len(expected), "hidden": ["DOC006"]}.get(part, [])


def test_text_of_a_stamp() -> None:
    look = stream(
        text(5, 5, "加微办会员", 20).encode(),
        "/Type /XObject /Subtype /Form /BBox [0 0 200 60] /Resources << /Font << /F1 3 0 R >> >>",
    )
    data = annotated("/Subtype /Stamp /Rect [200 500 400 560] /AP << /N 30 0 R >>", extra={30: look})
    assert seen(data, "watermark") == ["加微办会员"]


def test_alternative_texts_of_a_tagged_file() -> None:
    figure = f"<< /S /Figure /P 30 0 R /Alt {hexed('某某小学开学典礼')} /Pg 10 0 R /K 0 >>".encode()
    data = Pdf(
        [Page(f"/Figure << /MCID 0 >> BDC {BODY} EMC", entries="/StructParents 0")],
        catalog="/MarkInfo << /Marked true >> /StructTreeRoot 30 0 R",
        extra={
            30: b"<< /Type /StructTreeRoot /K [31 0 R] /ParentTree 32 0 R >>",
            31: figure,
            32: b"<< /Nums [0 [31 0 R]] >>",
        },
    ).bytes()
    assert seen(data, "alt") == ["某某小学开学典礼"]


def test_form_fields_are_read_where_they_stand() -> None:
    content = (
        text(72, 700, "专利授权量")
        + text(200, 700, "件，新增学位")
        + text(360, 700, "个。")
        + text(72, 650, "达标")
    )
    fields = (
        f"/Subtype /Widget /FT /Tx /T (a) /V {hexed('203')} /Rect [140 696 190 714]",
        "/Subtype /Widget /Parent 30 0 R /Rect [290 696 350 714]",
        "/Subtype /Widget /FT /Btn /T (c) /V /Yes /AS /Yes /Rect [100 646 114 660]",
        f"/Subtype /Widget /FT /Tx /T (d) /F 2 /V {hexed('藏着')} /Rect [140 596 190 614]",
    )
    data = Pdf(
        [Page(content, fields)],
        catalog="/AcroForm << /Fields [12 0 R 30 0 R 14 0 R 15 0 R] /DA (/F1 12 Tf) >>",
        extra={30: f"<< /FT /Tx /T (p) /V {hexed('1290')} /Kids [13 0 R] >>".encode()},
    ).bytes()
    assert [re.sub(r"\s", "", one) for one in seen(data)] == ["专利授权量203件，新增学位1290个。", "达标☑"]
    assert seen(data, "hidden") == ["藏着"]


XMP = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"'
    ' pdf:Keywords="范文"><dc:title><rdf:Alt><rdf:li>年度总结</rdf:li></rdf:Alt></dc:title>'
    "</rdf:Description></rdf:RDF></x:xmpmeta>"
).encode()


@pytest.mark.parametrize(
    "metadata",
    [stream(XMP, "/Type /Metadata"), stream(zlib.compress(XMP), "/Type /Metadata /Filter /FlateDecode")],
)
def test_properties(metadata: bytes) -> None:
    info = {"Title": "总结", "Author": "文库网"}
    data = pdf(BODY, info=info, catalog="/Metadata 7 0 R", extra={7: metadata})
    assert seen(data, "properties") == ["总结", "文库网", "范文", "年度总结"]


def test_attached_files_are_named() -> None:
    names = "/Names << /EmbeddedFiles << /Names [(a) 7 0 R] >> >>"
    file = b"<< /Type /Filespec /UF " + hexed("附表.xls").encode() + b" /EF << /F 8 0 R >> >>"
    (notice,) = read(
        pdf(BODY, catalog=names, extra={7: file, 8: stream(b"x", "/Type /EmbeddedFile")})
    ).notices
    assert (notice.code, notice.zh[-6:]) == ("DOC012", "附表.xls")


def test_a_file_pinned_to_a_page_is_named() -> None:
    file = b"<< /Type /Filespec /F (b.xls) /UF " + hexed("底稿.xls").encode() + b" /EF << /F 31 0 R >> >>"
    data = annotated(
        "/Subtype /FileAttachment /Rect [9 9 20 20] /FS 30 0 R",
        extra={30: file, 31: stream(b"x", "/Type /EmbeddedFile")},
    )
    assert [one.zh[-6:] for one in read(data).notices] == ["底稿.xls"]


# Files that are not read, and damage.


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"%PDF-1.4\n", "DOC001"),
        (b"junk\n%PDF-1.4\nxx", "DOC001"),
        (pdf(BODY, password=b"secret"), "DOC002"),
        (pdf(BODY, compress=True)[:-400], "DOC001"),
        (pdf(*([BODY] * 3))[:1500], "DOC001"),
    ],
)
def test_files_that_are_refused(data: bytes, code: str) -> None:
    with pytest.raises(ReadError) as caught:
        READER.read(Source(path="a.pdf", suffix=".pdf", data=data))
    assert caught.value.code == code
    assert caught.value.zh.startswith("a.pdf：")


def test_an_owners_password_does_not_matter() -> None:
    assert seen(pdf(BODY, password=b"")) == ["全县共有教师203人。"]


def test_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_pdfium, "MOST_PAGES", 2)
    with pytest.raises(ReadError, match="more than 2 pages") as caught:
        read(pdf(BODY, BODY, BODY))
    assert caught.value.code == "DOC007"


def test_a_stream_that_unpacks_to_too_much() -> None:
    bomb = stream(zlib.compress(bytes(160 << 20)), "/Filter /FlateDecode")
    with pytest.raises(ReadError) as caught:
        read(pdf(BODY, extra={7: bomb}))
    assert caught.value.code == "DOC007"


def test_a_broken_stream_is_not_read_in_part() -> None:
    data = bytearray(pdf("".join(lines(72, 760, FULL, SHORT) for _ in range(50)), compress=True))
    at = data.index(b"stream\n", data.index(b"/Contents")) + 60
    data[at] ^= 4
    with pytest.raises(ReadError) as caught:
        read(bytes(data))
    assert caught.value.code == "DOC001"


@pytest.mark.parametrize(
    ("data", "mine"),
    [(b"%PDF-1.7", True), (b"\n\njunk%PDF-1.4", True), (b"PK\3\4 %PDF-", False), (b"text", False)],
)
def test_a_pdf_is_known_by_its_sign(data: bytes, mine: bool) -> None:
    assert READER.sniff(Source(path="a", suffix="", data=data)) is mine


SEED = Pdf(
    [
        Page(
            table(72, 700, (150, 60, 60), ROWS) + BODY + text(72, 500, "藏", mode=3) + SCAN,
            [
                "/Subtype /Text /Rect [9 9 20 20] /Contents " + hexed("批"),
                "/Subtype /Stamp /Rect [9 9 20 20] /AP << /N 7 0 R >>",
            ],
        ),
        Page(lines(72, 760, FULL, SHORT)),
    ],
    info={"Title": "总结"},
    extra={
        7: stream(
            text(1, 1, "章").encode(),
            "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /Font << /F1 3 0 R >> >>",
        )
    },
)


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 1 << 30), compress=st.booleans(), cut=st.booleans())
def test_damage_raises_nothing_but_read_errors(seed: int, compress: bool, cut: bool) -> None:
    SEED.compress = compress
    data = bytearray(SEED.bytes())
    chance = random.Random(seed)
    if cut:
        del data[chance.randrange(len(data)) :]
    else:
        for _ in range(chance.choice((1, 3, 10, 50))):
            data[chance.randrange(len(data))] = chance.randrange(256)
    with suppress(ReadError):
        read(bytes(data))
