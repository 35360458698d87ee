"""Delimited text: fields at their places in the source, delimiters, quotes, encodings."""

from __future__ import annotations

import time

import pytest
from engine import small, told
from hypothesis import given, settings
from hypothesis import strategies as st

from validator.facts.reading import read_facts
from validator.model.document import Document, Kind
from validator.model.errors import ReadError
from validator.readers._base import Source
from validator.readers._sheet.csv import delimiter
from validator.readers.csv import READER

TITLE = "临川县2023年工作总结主要指标"
TABLE = f"""{TITLE},,,
指标,单位,2023年,2022年
地区生产总值,亿元,"1,086.5",982
"专利""授权""量",件,,134
注：快报数,,,
"""


def read(text: str | bytes, suffix: str = ".csv") -> Document:
    data = text if isinstance(text, bytes) else text.encode()
    return READER.read(Source(path=f"a{suffix}", suffix=suffix, data=data))


def cells(document: Document) -> list[list[str]]:
    lines: dict[int, list[str]] = {}
    for one in document.blocks:
        if one.cell:
            lines.setdefault(one.cell.row, []).append(one.text)
    return list(lines.values())


def assert_places(document: Document) -> None:
    for block in document.blocks:
        assert len(block.offsets) == max(1, len(block.text))
        assert list(block.offsets) == sorted(block.offsets)
        for index, char in enumerate(block.text):
            start = block.offsets[index]
            raw = document.source[start : start + block.widths.get(index, 1)]
            assert raw == char or (char, raw) in (('"', '""'), (" ", "\n"))


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_table_in_any_dress(mark: str, encoding: str) -> None:
    text = (
        TABLE.replace('"1,086.5"', '"1、086.5"').replace(",", mark).replace("、", ",").replace("\n", "\r\n")
    )
    document = read(text.encode(encoding), ".tsv" if mark == "\t" else ".csv")
    assert document.title == TITLE
    assert cells(document) == [
        ["指标", "单位", "2023年", "2022年"],
        ["地区生产总值", "亿元", "1,086.5", "982"],
        ['专利"授权"量', "件", "", "134"],
    ]
    assert [one.text for one in document.blocks if one.cell is None] == [TITLE, "注：快报数"]
    assert [told(one) for one in read_facts(document, small()).facts] == [
        "gdp actual 1086.5",
        "gdp previous 982",
    ]
    assert_places(document)


def test_line_and_column_of_a_field() -> None:
    document = read(TABLE)
    spots = {one.text: document.locate(at, 0, len(one.text)) for at, one in enumerate(document.blocks)}
    here = spots["1,086.5"]
    assert (here.line, here.column, here.row, here.cell, here.table) == (3, 12, 3, 3, 1)
    quoted = spots['专利"授权"量']
    assert (quoted.column, quoted.end_column) == (2, 11)
    empty = spots[""]
    assert (empty.line, empty.column) == (4, 15)


def test_an_empty_value_is_a_hole_of_its_indicator() -> None:
    document = read("指标,单位,数值\n专利授权量,件,\n地区生产总值,亿元\n")
    assert [told(one) for one in read_facts(document, small()).facts] == ["patents actual ?", "gdp actual ?"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('a,"b\nc"\nd,e\n', [["a", "b c"], ["d", "e"]]),
        ('a,"b\nd,e\n', [["a", '"b'], ["d", "e"]]),
        ('a,b"c"\nd,"e"f\n', [["a", 'b"c"'], ["d", "ef"]]),
        ('"a";"b"\n"c,d,e";"f"\n', [["a", "b"], ["c,d,e", "f"]]),
        ("sep=;\na;b,c\n", [["a", "b,c"]]),
        ("a,b", [["a", "b"]]),
    ],
)
def test_quotes(text: str, expected: list[list[str]]) -> None:
    document = read(text)
    assert cells(document) == expected
    assert_places(document)


def test_running_text_is_no_table() -> None:
    document = read("临川县2023年工作总结\n\n全县在校学生5万人。\n")
    assert [one.kind for one in document.blocks] == [Kind.HEADING, Kind.PARAGRAPH]


def test_delimiters() -> None:
    assert delimiter("a,b;c\nd,e\n") == ","
    assert delimiter("a\tb,c\n", ".tsv") == "\t"
    assert delimiter("") == ","


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from(["甲", "乙", "1", ",", ";", "\t", '"', '""', "\n", " ", "　", "|", "X人", "表1"])
    )
)
def test_any_text_keeps_its_places(pieces: list[str]) -> None:
    document = read("".join(pieces))
    assert_places(document)
    kept = "".join(one.text for one in document.blocks)
    assert all("".join(pieces).count(char) == kept.count(char) for char in "甲乙1")


@pytest.mark.parametrize("unit", ['"', '""', '"a\n', 'a,"', ",", "\n", "表1\n", "1,2\n\n"])
def test_long_hostile_text_is_linear(unit: str) -> None:
    started = time.perf_counter()
    read(unit * (60_000 // len(unit)))
    assert time.perf_counter() - started < 60, "a guard against a hang, not a measurement"


@pytest.mark.parametrize(("data", "code"), [(bytes(range(256)), "DOC001"), (b"1,2\n" * 60_000, "DOC007")])
def test_refusals(data: bytes, code: str) -> None:
    with pytest.raises(ReadError) as caught:
        read(data)
    assert caught.value.code == code
