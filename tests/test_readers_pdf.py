"""PDF: lines become paragraphs, columns and tables are read by place, page furniture is told apart.

`fixtures/pdf/` holds two reports that LibreOffice made from the .fodt beside them, with
`soffice --convert-to 'pdf:writer_pdf_Export:{"ExportNotes":{"type":"boolean","value":"true"}}'`.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdfbuilder import lines, pdf, read, rule, seen, table, text

from validator.model.document import Document
from validator.readers import _choose
from validator.readers._page import join as _pdfjoin

FOLDER = Path(__file__).parents[1] / "fixtures" / "pdf"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
SLOPE = (0.7, 0.7, -0.7, 0.7)
BODY = text(72, 700, "全县共有教师203人。")
HEAD = ("指标", "单位", "数值")
ROWS = (HEAD, ("专利授权量", "件", "203"), ("毛入园率", "%", ""))


# Paragraphs.


def written(name: str) -> tuple[list[str], list[str]]:
    """Paragraphs of a source: its body with its cells, and its notes."""
    root = ElementTree.parse(FOLDER / name).getroot()
    body = root.find(".//{urn:oasis:names:tc:opendocument:xmlns:office:1.0}text")
    assert body is not None
    aside = {one for kind in ("note", "annotation") for one in body.iter() if one.tag.endswith("}" + kind)}
    inner = {id(part) for one in aside for part in one.iter()}
    found = ["".join(_shown(one, aside)) for one in body.iter(f"{TEXT}p") if id(one) not in inner]
    notes = ["".join(one.itertext()) for one in root.iter(f"{TEXT}note-body")]
    return [one for one in found if one], notes


def _shown(element: ElementTree.Element, aside: set[ElementTree.Element]) -> list[str]:
    out = [element.text or ""]
    for child in element:
        out += ([] if child in aside else _shown(child, aside)) + [child.tail or ""]
    return out


@pytest.mark.parametrize("name", ["report", "columns"])
def test_a_report_by_libreoffice_has_the_paragraphs_of_its_source(name: str) -> None:
    document = _choose.read_file(FOLDER / f"{name}.pdf", f"{name}.pdf")
    body, notes = written(f"{name}.fodt")
    assert document.format == "pdf"
    assert document.title == "岚溪县教育局2023年工作总结"
    assert [one.text for one in document.blocks if one.part == "body" and one.text] == body
    assert [one.text for one in document.blocks if one.part == "footnote"] == notes
    assert {one.text for one in document.blocks if one.part == "header"} <= {
        "岚溪县教育局 年度工作总结",
        "内部资料 注意保存",
    }
    assert [one.text[:3] for one in document.blocks if one.part == "footer"] == ["第1页"]


def test_the_table_of_a_report_by_libreoffice() -> None:
    document = _choose.read_file(FOLDER / "report.pdf", "report.pdf")
    cells = {
        (one.cell.row, one.cell.column): (one.text, one.cell.row_span, one.cell.column_span)
        for one in document.blocks
        if one.cell
    }
    assert cells[1, 1] == ("指标", 2, 1)
    assert cells[1, 3] == ("完成情况", 1, 2)
    assert cells[4, 3] == ("", 1, 1)
    assert cells[5, 1] == ("全社会研发经费支出占地区生产总值的比重", 1, 1)
    assert len(cells) == 17
    assert [one.text for one in document.blocks if one.part == "comment"] == ["此数待核实"]
    assert [one.code for one in document.notices] == ["DOC005"]


FULL = "共有学校一百三十四所在校学生三万九千人专任教师三千二百一十五人全年新建好学"
SHORT = "校两所并投入使用。"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(lines(72, 760, FULL, SHORT), [FULL + SHORT], id="a full line goes on"),
        pytest.param(lines(72, 760, SHORT, FULL), [SHORT, FULL], id="a short line ends"),
        pytest.param(
            text(96, 760, FULL[:-2]) + text(72, 740, FULL) + text(96, 720, SHORT),
            [FULL[:-2] + FULL, SHORT],
            id="an indented line begins a paragraph",
        ),
        pytest.param(
            lines(72, 760, FULL, FULL[:-1] + "。", "二、教师", SHORT),
            [FULL + FULL[:-1] + "。", "二、教师", SHORT],
            id="a numbered heading begins a paragraph",
        ),
        pytest.param(
            text(72, 760, FULL) + text(72, 700, SHORT), [FULL, SHORT], id="a wide space parts paragraphs"
        ),
        pytest.param(
            text(72, 760, FULL) + rule(72, 750, 400, 750) + text(72, 740, SHORT),
            [FULL, SHORT],
            id="a drawn line parts paragraphs",
        ),
        pytest.param(
            text(72, 760, FULL) + rule(72, 758.5, 400, 758.5) + text(72, 740, SHORT),
            [FULL + SHORT],
            id="an underline parts nothing",
        ),
        pytest.param(
            "".join(reversed([text(72, 760, FULL), text(72, 740, FULL), text(72, 720, SHORT)])),
            [FULL + FULL + SHORT],
            id="painted from the bottom",
        ),
        pytest.param(
            text(72, 760, "全县教师") + text(126, 760, "3,215") + text(162, 760, "人。"),
            ["全县教师3,215人。"],
            id="the small gap beside digits is no blank",
        ),
        pytest.param(
            text(72, 760, "Word") + text(100, 760, "2016"), ["Word 2016"], id="a gap between words is one"
        ),
        pytest.param(text(72, 760, "占比为   %。"), ["占比为   %。"], id="blanks that are there stay"),
        pytest.param(
            text(72, 760, "第一部分") + text(126, 760, "工作情况"), ["第一部分 工作情况"], id="a lost blank"
        ),
        pytest.param(text(72, 760, "\U00020bb7县有学校。"), ["\U00020bb7县有学校。"], id="a rare character"),
        pytest.param(
            text(72, 760, "面积2.3万m") + text(140, 765, "2", 6) + text(146, 760, "。"),
            ["面积2.3万m²。"],
            id="a raised two after a metre",
        ),
        pytest.param(
            text(72, 760, "教师203") + text(114, 765, "1", 6) + text(118, 760, "人。"),
            ["教师203[1]人。"],
            id="the mark of a note is no digit",
        ),
    ],
)
def test_lines_become_paragraphs(content: str, expected: list[str]) -> None:
    assert seen(pdf(content)) == expected


def test_a_sentence_goes_on_over_the_page_and_keeps_its_first_page() -> None:
    pages = [
        "".join(text(72, 760 - 20 * at, chr(0x4E00 + 40 * n + at) + FULL[1:]) for at in range(33))
        for n in range(3)
    ]
    document = read(
        pdf(*(pages[n - 1] + text(250, 800, "内部资料", 9) + text(290, 40, f"— {n} —", 9) for n in (1, 2, 3)))
    )
    assert [(one.part, one.page, len(one.text)) for one in document.blocks] == [
        ("body", 1, 3 * 33 * len(FULL)),
        ("header", 1, 4),
        ("footer", 1, 5),
    ]


def test_columns_are_read_one_after_the_other() -> None:
    left = [f"左栏第{at}行文字写到行末为止不" for at in range(8)]
    right = [f"右栏第{at}行文字写到行末为止不" for at in range(8)]
    content = "".join(
        text(60, 700 - 20 * at, one) + text(330, 692 - 20 * at, other)
        for at, (one, other) in enumerate(zip(left, right, strict=True))
    )
    found = "".join(seen(pdf(text(230, 760, "工作总结", 20) + content)))
    assert found == "工作总结" + "".join(left) + "".join(right)


def test_footnotes_leave_the_running_text() -> None:
    first = "".join(text(72, 760 - 20 * at, FULL) for at in range(30)) + text(432, 185, "1", 6)
    foot = rule(72, 120, 200, 120) + text(72, 108, "1 数据来自县统计局。", 9)
    document = read(pdf(first + foot, text(72, 760, SHORT)))
    assert [(one.part, one.text[-9:]) for one in document.blocks] == [
        ("body", SHORT),
        ("footnote", "数据来自县统计局。"),
    ]


# Tables.


def cells(document: Document) -> list[tuple[int, int, int, str]]:
    return [(b.cell.table, b.cell.row, b.cell.column, b.text) for b in document.blocks if b.cell]


@pytest.mark.parametrize("thin", [False, True])
def test_a_ruled_table(thin: bool) -> None:
    document = read(pdf(text(72, 760, "主要指标见下表。") + table(72, 700, (150, 60, 60), ROWS, thin=thin)))
    assert cells(document) == [
        (1, row, column, words) for row, one in enumerate(ROWS, 1) for column, words in enumerate(one, 1)
    ]
    assert document.blocks[0].text == "主要指标见下表。"


def test_merged_cells_and_lines_in_cells() -> None:
    content = (
        "".join(rule(72, y, 272, y) for y in (700, 660))
        + rule(172, 680, 272, 680)
        + "".join(rule(x, 700, x, 660) for x in (72, 172, 272))
        + text(77, 687, "全社会研发经费", 12)
        + text(77, 667, "支出", 12)
        + text(177, 685, "2022年")
        + text(177, 665, "2023年")
    )
    document = read(pdf(content))
    assert [(b.text, b.cell.row, b.cell.row_span) for b in document.blocks if b.cell] == [
        ("全社会研发经费支出", 1, 2),
        ("2022年", 1, 1),
        ("2023年", 2, 1),
    ]


def test_a_table_that_goes_on_is_one_table_without_its_repeated_head() -> None:
    more = (HEAD, ("新增学位", "个", "1290"))
    document = read(pdf(table(72, 500, (150, 60, 60), ROWS), table(72, 780, (150, 60, 60), more)))
    assert [one for one in cells(document) if one[1] > 3] == [
        (1, 4, 1, "新增学位"),
        (1, 4, 2, "个"),
        (1, 4, 3, "1290"),
    ]


def test_a_row_that_the_page_parts_is_one_row() -> None:
    first = (HEAD, ("研发经费支出占地区生产总值的", "%", "1.06"))
    rest = (("比重", "", ""), ("新增学位", "个", "1290"))
    document = read(pdf(table(72, 500, (150, 60, 60), first), table(72, 780, (150, 60, 60), rest)))
    assert [one[3] for one in cells(document) if one[2] == 1] == [
        "指标",
        "研发经费支出占地区生产总值的比重",
        "新增学位",
    ]


def aligned(rows: tuple[tuple[str, ...], ...], xs: tuple[int, ...] = (72, 250, 350)) -> str:
    return "".join(
        text(x, 700 - 20 * at, words)
        for at, row in enumerate(rows)
        for x, words in zip(xs, row, strict=True)
        if words
    )


def test_an_aligned_table_without_lines() -> None:
    document = read(pdf(aligned(ROWS)))
    assert [one[1:] for one in cells(document)] == [
        (row, column, words) for row, one in enumerate(ROWS, 1) for column, words in enumerate(one, 1)
    ]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(aligned(ROWS[:2]), id="two rows"),
        pytest.param(
            "".join(
                text(72, 700 - 20 * n, f"第{n}行左边的话还没有说完，") + text(300, 700 - 20 * n, "右边的话，")
                for n in range(5)
            ),
            id="prose",
        ),
        pytest.param(
            "".join(
                text(72, 700 - 20 * n, f"{'一二三四'[n]}、工作") + text(450, 700 - 20 * n, str(n + 1))
                for n in range(4)
            ),
            id="a table of contents",
        ),
        pytest.param(
            rule(60, 780, 540, 780)
            + rule(60, 60, 540, 60)
            + rule(60, 60, 60, 780)
            + rule(540, 60, 540, 780)
            + BODY,
            id="a frame",
        ),
    ],
)
def test_no_table(content: str) -> None:
    assert not cells(read(pdf(content)))


# Page furniture.


@pytest.mark.parametrize(
    ("content", "part", "words"),
    [
        pytest.param(text(200, 300, "内部资料", 40, turn=SLOPE), "watermark", "内部资料", id="slanting"),
        pytest.param(
            text(200, 400, "仅供学习", 40, colour=(0.8, 0.8, 0.8)),
            "watermark",
            "仅供学习",
            id="large and pale",
        ),
        pytest.param(text(72, 805, "会员专享", 9), "header", "会员专享", id="a header on a single page"),
        pytest.param(text(290, 40, "第 1 页 共 1 页", 9), "footer", "第 1 页 共 1 页", id="a page number"),
        pytest.param(text(290, 40, "- 1 -"), "footer", "- 1 -", id="a plain page number"),
        pytest.param(
            f"/Artifact << /Type /Pagination >> BDC {text(200, 400, '禁止转载')} EMC",
            "watermark",
            "禁止转载",
            id="marked by its producer",
        ),
    ],
)
def test_furniture_of_a_page(content: str, part: str, words: str) -> None:
    document = read(pdf(lines(72, 720, "工作总结", FULL, FULL, SHORT) + content))
    assert [(one.part, one.text) for one in document.blocks if one.kind == "furniture"] == [(part, words)]
    assert words not in "".join(one.text for one in document.blocks if one.part == "body")


def test_a_page_of_marked_text_is_believed_to_be_text() -> None:
    assert seen(pdf(f"/Artifact BMC {lines(72, 720, FULL, SHORT)} EMC")) == [FULL + SHORT]


def test_text_at_one_place_of_all_pages_is_a_watermark() -> None:
    pale = text(200, 400, "局办公室", 12, colour=(0.7, 0.7, 0.7))
    document = read(pdf(*(lines(72, 720, f"{n}月的工作", FULL, SHORT) + pale for n in "一二三")))
    assert [(one.page, one.text) for one in document.blocks if one.part == "watermark"] == [(1, "局办公室")]


@given(st.lists(st.text(alphabet="中文ab1，-", max_size=4)))
def test_joining_lines_loses_no_character_but_hyphens(texts: list[str]) -> None:
    joined = _pdfjoin.join(texts)
    assert joined.replace(" ", "").replace("-", "") == "".join(texts).replace("-", "")
    assert all(not (a == b == " ") for a, b in pairwise(joined))
