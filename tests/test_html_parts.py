"""The parts of the page for people: cut text, tables, boxes, places, and what is left out of a large one."""

from __future__ import annotations

import re
import time
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from htmlpages import checked, listed_codes, of_codes, real, rendered, words
from hypothesis import given
from hypothesis import strategies as st
from runs import found, report, required, run

from validator.model.document import Block, Cell, Document, Kind
from validator.model.fact import Fact
from validator.model.location import Location
from validator.model.report import ReportResult
from validator.model.words import Lang, Role, Severity, Status
from validator.reporters._html import overview as overview_module
from validator.reporters._html.flow import Text
from validator.reporters._html.grid import Grid, GridCell
from validator.reporters._html.marks import Mark, Stated, pieces
from validator.reporters._html.overview import how_much
from validator.reporters._html.placing import Extent, Places
from validator.reporters._html.story import Shown
from validator.reporters._html.words import severity_sign
from validator.rulepacks import load_rules


def mark(start: int, end: int, number: int, level: Severity = Severity.ERROR) -> Mark:
    sign = severity_sign(level, Lang.ZH)
    return Mark(
        start=start,
        end=end,
        id=f"m{number}",
        href=f"f{number}",
        number=number,
        sign=sign,
        rank=level.rank,
        title="",
    )


@pytest.mark.parametrize(
    ("marks", "facts", "expected"),
    [
        ([], [], [("甲乙丙丁", "", "", "")]),
        ([(1, 2)], [], [("甲", "", "", ""), ("乙", "e", "", "1"), ("丙丁", "", "", "")]),
        (
            [(1, 3), (2, 4)],
            [],
            [("甲", "", "", ""), ("乙", "e", "", ""), ("丙", "e", "", "1"), ("丁", "e", "", "2")],
        ),
        ([(1, 3), (1, 3)], [], [("甲", "", "", ""), ("乙丙", "e", "", "12"), ("丁", "", "", "")]),
        ([(2, 2)], [], [("甲乙", "", "", "1"), ("丙丁", "", "", "")]),
        ([(0, 0), (4, 4)], [], [("", "", "", "1"), ("甲乙丙丁", "", "", "2")]),
        ([(0, 4)], [(1, 2)], [("甲", "e", "", ""), ("乙", "e", "0", ""), ("丙丁", "e", "", "1")]),
        ([], [(0, 3), (2, 4)], [("甲乙", "", "0", ""), ("丙", "", "0；1", ""), ("丁", "", "1", "")]),
    ],
)
def test_text_is_cut_at_marks_and_facts(
    marks: list[tuple[int, int]], facts: list[tuple[int, int]], expected: list[tuple[str, str, str, str]]
) -> None:
    found_pieces = pieces(
        "甲乙丙丁",
        [mark(*span, number) for number, span in enumerate(marks, 1)],
        [Stated(start=start, end=end, title=str(at)) for at, (start, end) in enumerate(facts)],
    )
    shown = [
        (one.text, one.css, one.title, "".join(str(b.number) for b in one.badges)) for one in found_pieces
    ]
    assert shown == expected


_SPANS = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)).map(sorted), max_size=8)


@given(_SPANS, _SPANS)
def test_no_text_mark_or_fact_is_lost(marks: list[list[int]], facts: list[list[int]]) -> None:
    text = "一二三四五六七八九十甲乙"
    given_facts = [
        Stated(start=start, end=end, title="t", id=f"q{at}", href="i")
        for at, (start, end) in enumerate(facts)
        if end > start
    ]
    cut = pieces(text, [mark(start, end, at) for at, (start, end) in enumerate(marks)], given_facts)
    assert "".join(one.text for one in cut) == text
    assert Counter(badge.number for one in cut for badge in one.badges) == Counter(range(len(marks)))
    ids = [one.id for one in cut if one.id] + [each for one in cut for each in one.ids]
    assert Counter(ids) == Counter(one.id for one in given_facts)


def test_the_worst_severity_colours_what_overlaps() -> None:
    cut = pieces("甲乙丙", [mark(0, 3, 1, Severity.INFO), mark(1, 2, 2, Severity.ERROR)], [])
    assert [one.css for one in cut] == ["i", "e", "i"]


def cell(row: int, column: int, text: str, down: int = 1, right: int = 1) -> GridCell:
    return GridCell(
        row=row, column=column, texts=[Text(pieces=pieces(text, [], []))], row_span=down, column_span=right
    )


def drawn(grid: Grid) -> list[list[str]]:
    return [
        [
            "".join(p.text for text in one.texts for p in text.pieces)
            + (f"↓{one.rows}" if one.rows > 1 else "")
            + (f"→{one.columns}" if one.columns > 1 else "")
            for one in row
        ]
        for row in grid.rows
    ]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ([cell(1, 1, "a"), cell(1, 2, "b"), cell(2, 2, "c")], [["a", "b"], ["", "c"]]),
        (
            [cell(1, 1, "a", 2), cell(1, 2, "b", 1, 2), cell(2, 2, "c"), cell(2, 3, "d")],
            [["a↓2", "b→2"], ["c", "d"]],
        ),
        ([cell(1, 1, "a", 9, 9), cell(2, 2, "b")], [["a→2"], ["", "b"]]),
        ([cell(1, 1, "a", 2, 2), cell(1, 2, "b"), cell(2, 1, "c")], [["a", "b"], ["c", ""]]),
        ([cell(5, 700, "a"), cell(90000, 3, "b")], [["", "a"], ["b", ""]]),
        ([cell(1, 1, "a"), cell(1, 1, "b")], [["ab"]]),
        ([cell(1, 1, "a", 0, -3)], [["a"]]),
    ],
)
def test_tables_keep_their_merged_cells_and_lose_none(
    cells: list[GridCell], expected: list[list[str]]
) -> None:
    assert drawn(Grid.of(cells)) == expected


def test_a_sparse_sheet_takes_no_longer_than_its_cells() -> None:
    begin = time.perf_counter()
    grid = Grid.of([cell(at * 7, at % 190 + 1, "x", 500, 500) for at in range(1, 20_000)])
    assert time.perf_counter() - begin < 5
    assert sum(bool(one.texts) for row in grid.rows for one in row) == 19_999


def document(*blocks: Block) -> Document:
    return Document(
        path="甲.docx",
        format="docx",
        encoding=None,
        source="\n".join(one.text for one in blocks),
        blocks=blocks,
    )


def block(text: str, at: int, **more: Any) -> Block:
    return Block(text=text, offsets=range(at, at + len(text)), **more)


def test_what_stands_beside_the_body_is_in_a_labelled_box() -> None:
    first = Cell(table=1, row=1, column=1)
    parts = document(
        block("标题", 0, kind=Kind.HEADING, level=1),
        block("某县文件", 3, part="header", kind=Kind.FURNITURE),
        block("甲", 8, kind=Kind.CELL, cell=first),
        block("框", 10, part="textbox"),
        block("乙", 12, kind=Kind.CELL, cell=replace(first, column=2)),
        block("内情", 14, part="comment", kind=Kind.META),
    )
    page = checked(rendered(run(report(document=parts))))
    (doc,) = page.xpath("//*[@class='doc']")
    assert [(one.tag, words(one)) for one in doc] == [
        ("h3", "标题"),
        ("aside", "页眉不算正文 某县文件"),
        ("div", "甲乙"),
        ("aside", "文本框 框"),
        ("aside", "批注不算正文 内情"),
    ]


def test_line_ends_inside_a_paragraph_are_kept() -> None:
    page = checked(rendered(run(report(document=document(block("甲\n乙<b>\x0b丙", 0))))))
    (paragraph,) = page.xpath("//*[@class='doc']/p")
    assert [one.tag for one in paragraph] == ["br"]
    assert paragraph.text_content() == "甲乙<b> 丙"


def test_places_are_found_by_line_and_column() -> None:
    first, second = block("体育场地面积96万平方米", 0, paragraph=1), block("X个", 14, paragraph=2)
    places = Places(
        Document(
            path="a",
            format="txt",
            encoding="utf-8",
            source=f"{first.text}\n\n{second.text}",
            blocks=(first, second),
        )
    )
    at = Location(line=1, column=7, end_line=1, end_column=9, paragraph=1)
    assert places.find(at) == Extent(0, 6, 8)
    assert places.find(replace(at, paragraph=2)) is None
    assert places.find(replace(at, part="header")) is None
    assert places.find(replace(at, line=40)) is None
    assert places.of_finding(found(block=1, start=-4, end=99)) == Extent(1, 0, 2)
    assert places.of_finding(found(block=7, location=Location(part="file"))) is None


def test_a_value_leads_to_its_place_and_back() -> None:
    text = block("体育场地面积96万平方米", 0, paragraph=1)
    fact = Fact(
        indicator="sports.area",
        role=Role.ACTUAL,
        value=96.0,
        unit="万平方米",
        location=Location(line=1, column=1, end_line=1, end_column=len(text.text) + 1, paragraph=1),
        text=text.text,
        value_text="96万平方米",
    )
    result = replace(required(Status.REPORTED), facts=(fact,))
    page = checked(
        rendered(run(report(document=document(text), indicators=(result,), facts=(replace(fact),))))
    )
    (row,) = page.xpath("//table[@class='rows']/tbody/tr")
    assert words(row) == "体育场地面积体育已填96万平方米第1段体育股"
    (place,) = page.xpath("//a[@class='fact']")
    assert (place.get("title"), place.text) == ("体育场地面积：96万平方米", text.text)
    assert row.xpath(".//a/@href") == ["#" + place.get("id")]
    assert place.get("href") == "#" + row.get("id")


def long_report(name: str, characters: int, findings: int) -> ReportResult:
    """A report of about so many characters in paragraphs of 100, with findings spread over them."""
    blocks = tuple(
        block("把心思用在抓落实上，" * 10, at * 101, paragraph=at + 1) for at in range(characters // 100)
    )
    step = max(1, len(blocks) // max(1, findings))
    marked = tuple(
        found(
            block=at * step % len(blocks),
            start=3 + at // len(blocks),
            end=4 + at // len(blocks),
            text="用",
            location=Location(paragraph=at * step + 1),
            fingerprint=str(at),
        )
        for at in range(findings)
    )
    return report(*marked, path=name, document=document(*blocks))


@pytest.mark.parametrize(
    ("lengths", "expected"),
    [
        ([(200_000, 5)], [Shown.ALL]),
        ([(4_000_000, 5)], [Shown.ALL]),
        ([(5_000, 3), (5_000, 0)], [Shown.ALL, Shown.ALL]),
        ([(500_000, 3), (500_000, 0)], [Shown.ALL, Shown.NOTHING]),
        ([(500_000, 3), (500_000, 9), (500, 0)], [Shown.AROUND, Shown.AROUND, Shown.NOTHING]),
    ],
)
def test_how_much_text_is_shown(lengths: list[tuple[int, int]], expected: list[Shown]) -> None:
    assert how_much([long_report(f"{at}.docx", *one) for at, one in enumerate(lengths)]) == expected


def test_what_is_left_out_is_said_and_nothing_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(overview_module, "ROOM", 3_000)
    of = run(*(long_report(f"{at}.docx", 3_000, at % 3 * 4) for at in range(9)))
    page = checked(rendered(of))
    assert listed_codes(page) == of_codes(of)
    (said,) = [words(one) for one in page.xpath("//*[@class='detail']") if "报告多" in words(one)]
    around, nothing = (int(one) for one in re.findall(r"(\d+) 份(?:只|没)", said))
    assert around + nothing == 9
    assert len(page.xpath("//*[@class='doc']")) == around
    assert (
        len([one for one in page.xpath("//*[contains(@class, 'hint')]") if "原文没有列出" in words(one)])
        == nothing
    )
    assert page.xpath("//*[@class='gap']")


SIZES = [
    pytest.param(1, 200_000, 300, 1.6, id="one report of 200,000 characters"),
    pytest.param(15, 10_000, 40, 2.0, id="a folder"),
    pytest.param(500, 10_000, 15, 16.0, id="500 reports"),
    pytest.param(500, 2_000, 40, 25.0, id="500 drafts full of findings"),
]


@pytest.mark.parametrize(("reports", "characters", "findings", "megabytes"), SIZES)
def test_the_size_stays_sensible(reports: int, characters: int, findings: int, megabytes: float) -> None:
    rules = load_rules()
    asked = tuple(
        replace(
            one,
            facts=tuple(
                replace(fact, location=Location(line=1, column=1, end_line=1, end_column=9, paragraph=1))
                for fact in one.facts
            ),
        )
        for one in real().reports[0].indicators
    )
    of = run(
        *(
            replace(long_report(f"各县/{at}.docx", characters, findings), indicators=asked)
            for at in range(reports)
        )
    )
    out = rendered(of, rules)
    assert len(out.encode()) < megabytes * 1e6
    assert out.count('class="entry"') == reports * findings
