"""Word documents that want to crash, hang or mislead the reader: damage, nesting, cycles, absurd numbers."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.test_readers_docx_drawings import CHART, TEXTS, with_graphic
from tests.wordfiles import (
    NAMES,
    TITLE,
    assert_rendition,
    box,
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
    run,
)
from validator.model.errors import ReadError

DEEP = 400


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
        ("<w:tbl><w:tr><w:tc><w:p/></w:tc><w:tc>", "</w:tc></w:tr></w:tbl>"),
        ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
        ("<w:p><w:r><w:pict><w:txbxContent>", "</w:txbxContent></w:pict></w:r></w:p>"),
        ("<w:p><w:r><w:txbxContent>", "</w:txbxContent></w:r></w:p>"),
        ("<mc:AlternateContent><mc:Choice>", "</mc:Choice></mc:AlternateContent>"),
        (
            "<mc:AlternateContent><mc:Choice><w:p/></mc:Choice><mc:Fallback>",
            "</mc:Fallback></mc:AlternateContent>",
        ),
        ("<w:p><w:ruby><w:rubyBase><w:r>", "</w:r></w:rubyBase></w:ruby></w:p>"),
        ("<w:ins>", "</w:ins>"),
        ("<w:p>", "</w:p>"),
        ("<w:r>", "</w:r>"),
        ("<w:p><m:oMath><m:r>", "</m:r></m:oMath></w:p>"),
    ],
)
def test_nesting_to_any_depth(before: str, after: str) -> None:
    per_level = before.count("<") - before.count("/>") - 2 * before.count("</")
    depth = (250 - 6) // max(1, per_level)
    document = read(TITLE + before * depth + par("底") + after * depth)
    assert any("底" in block.text for block in document.blocks)
    with pytest.raises(ReadError) as caught:
        read(TITLE + before * DEEP + par("底") + after * DEEP)
    assert caught.value.code == "DOC001"


NUMBERS = ("", "-1", "²", "٣", "1e5", "9" * 5000, "NaN", " 7 ", "0x10", "\u200b")


@pytest.mark.parametrize("value", NUMBERS)
def test_absurd_numbers(value: str) -> None:
    looks = f'<w:sz w:val="{value}"/><w:w w:val="{value}"/><w:color w:val="{value}"/>'
    spans = f'<w:gridSpan w:val="{value}"/><w:vMerge w:val="{value}"/>'
    body = (
        f'<w:p><w:pPr><w:outlineLvl w:val="{value}"/><w:numPr><w:ilvl w:val="{value}"/><w:numId w:val="{value}"/>'
        f"</w:numPr></w:pPr>{run('甲', looks)}</w:p>"
        f'<w:tbl><w:tr><w:trPr><w:gridBefore w:val="{value}"/></w:trPr>'
        f"{cell('乙', spans)}{cell('丙')}</w:tr></w:tbl>"
        f'<w:p><w:r><w:sym w:font="x" w:char="{value}"/></w:r></w:p>'
    )
    numbering = (
        f'<w:numbering {NAMES}><w:abstractNum w:abstractNumId="{value}"><w:lvl w:ilvl="0"><w:start w:val="{value}"/>'
        f'<w:lvlRestart w:val="{value}"/><w:numFmt w:val="{value}"/><w:lvlText w:val="%1"/></w:lvl></w:abstractNum>'
        f'<w:num w:numId="{value}"><w:abstractNumId w:val="{value}"/><w:lvlOverride w:ilvl="{value}">'
        f'<w:startOverride w:val="{value}"/></w:lvlOverride></w:num></w:numbering>'
    )
    document = read(TITLE + body, rels=(("n", "numbering", "numbering.xml"),), numbering=numbering)
    text = " ".join(block.text for block in document.blocks)
    assert all(one in text for one in "甲乙丙")


@pytest.mark.parametrize("kind", ["header", "footnotes", "comments", "numbering", "glossaryDocument"])
def test_a_part_that_is_not_there(kind: str) -> None:
    with pytest.raises(ReadError) as caught:
        read(TITLE, rels=(("x", kind, "gone.xml"),))
    assert caught.value.code == "DOC001"
    assert read(TITLE, rels=(("x", kind, "NULL"),)).title == "县工作总结"
    assert read(TITLE, rels=(("x", "image", "gone.png"),)).title == "县工作总结"


@pytest.mark.parametrize(
    "kind", ["header", "footer", "footnotes", "comments", "customXml", "settings", "styles"]
)
def test_relations_in_a_circle(kind: str) -> None:
    document = read(TITLE, rels=(("x", kind, "document.xml"),))
    assert document.title == "县工作总结"


def test_charts_and_chunks_that_name_themselves() -> None:
    parts = members(
        TITLE + par(drawing('<c:chart r:id="c"/>')) + '<w:altChunk r:id="k"/>' * 50,
        (("c", "chart", "charts/chart1.xml"), ("k", "aFChunk", "document.xml")),
    )
    parts["word/charts/chart1.xml"] = CHART
    parts["word/charts/_rels/chart1.xml.rels"] = relationships(("u", "chartUserShapes", "chart1.xml"))
    assert read_bytes(package(parts)).title == "县工作总结"


def test_one_chart_named_a_thousand_times_is_read_once() -> None:
    document = with_graphic('<c:chart r:id="c"/>', times=1000)
    assert sum(1 for block in document.blocks if block.part == "chart") == 4


MIXED = (
    TITLE
    + par(
        run("甲"),
        complex_field(" PAGE ", result="1"),
        f"<w:r>{box('框')}</w:r>",
        drawing(picture()),
        f"<w:ins>{run('乙')}</w:ins>",
    )
    + f"<w:tbl><w:tr>{cell('丙')}{cell('丁')}</w:tr></w:tbl>"
)


def whole() -> dict[str, str | bytes]:
    parts = members(
        MIXED,
        (
            ("h", "header", "header1.xml"),
            ("d", "diagramData", "diagrams/data1.xml"),
            ("c", "comments", "comments.xml"),
        ),
        header1=f"<w:hdr {NAMES}>{par('页眉')}</w:hdr>",
        comments=f"<w:comments {NAMES}><w:comment>{par('批')}</w:comment></w:comments>",
    )
    parts["word/diagrams/data1.xml"] = TEXTS
    return parts


def refusal(data: bytes) -> str:
    """The code with which a file is refused; "" for one that is read, whose places are then checked."""
    try:
        document = read_bytes(data)
    except ReadError as error:
        return error.code
    assert_rendition(document)
    return ""


def test_every_pair_of_members_swapped() -> None:
    parts = whole()
    names = list(parts)
    for first in names:
        for second in names:
            swapped = package({**parts, first: parts[second], second: parts[first]})
            assert refusal(swapped) in ("", "DOC001")


@settings(max_examples=150, deadline=None)
@given(st.integers(min_value=0, max_value=2**32))
def test_bytes_changed_and_cut(seed: int) -> None:
    random = Random(seed)
    data = bytearray(package(whole()))
    for _ in range(random.randint(1, 12)):
        data[random.randrange(len(data))] = random.randrange(256)
    cut = random.choice((len(data), random.randrange(len(data))))
    assert refusal(bytes(data[:cut])) in ("", "DOC001", "DOC002", "DOC007")


@settings(max_examples=150, deadline=None)
@given(st.integers(min_value=0, max_value=2**32))
def test_elements_moved_lost_and_renamed(seed: int) -> None:
    etree = pytest.importorskip("lxml.etree")
    random = Random(seed)
    parts = whole()
    name = random.choice([one for one in parts if one.endswith(".xml")])
    root = etree.fromstring(str(parts[name]))
    for _ in range(random.randint(1, 8)):
        elements = list(root.iter())
        one, other = random.choice(elements), random.choice(elements)
        if random.random() < 0.3:
            one.tag = other.tag
        elif random.random() < 0.5 and one.getparent() is not None:
            one.getparent().remove(one)
        else:
            other.append(etree.fromstring(etree.tostring(one)))
    assert refusal(package({**parts, name: etree.tostring(root)})) in ("", "DOC001")


LONG = 20_000


@pytest.mark.parametrize(
    "body",
    [
        par(complex_field(" PAGE ", result="1") * LONG),
        par('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' * LONG + run("x") * LONG),
        par(
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
            * LONG
            + run("x") * LONG
            + '<w:r><w:fldChar w:fldCharType="end"/></w:r>' * LONG
        ),
        par('<w:r><w:instrText xml:space="preserve"> EQ ' + "\\o(" * LONG + "</w:instrText></w:r>"),
        par('<w:r><w:instrText xml:space="preserve"> HYPERLINK ' + '"' * LONG + "</w:instrText></w:r>"),
        "<w:tbl>" + ("<w:tr>" + cell("x", "<w:vMerge/>") + "</w:tr>") * LONG + "</w:tbl>",
        "<w:tbl><w:tr>" + cell("x", "<w:hMerge/>") * LONG + "</w:tr></w:tbl>",
        "<w:tbl><w:tr><w:tc>" + par("x") * LONG + "</w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>",
        (
            "<w:r><mc:AlternateContent><mc:Choice><w:t>甲</w:t></mc:Choice><mc:Fallback>"
            + "<w:p><w:t>乙</w:t></w:p>" * 3
        )
        + "</mc:Fallback></mc:AlternateContent></w:r>",
    ],
    ids=range(9),
)
def test_long_and_odd_files_end(body: str) -> None:
    assert read(TITLE + body).title == "县工作总结"
