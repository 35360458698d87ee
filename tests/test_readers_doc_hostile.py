"""Word 97–2003 and Kingsoft files: which are ours, which are refused, and damaged and hostile ones."""

from __future__ import annotations

import struct
import time
from pathlib import Path

import pytest
from docbuilder import (
    HIDDEN,
    IN_TABLE,
    Text,
    Word,
    box,
    drawings,
    fonts,
    group,
    lists,
    plc,
    prop,
    row,
    shape,
    styles,
    uses,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from olebuilder import compound, summary
from test_readers_doc import H1, NINE, SHEET, read, rows

from validator.model.errors import ReadError
from validator.readers._base import Source
from validator.readers._choose import choose, read_file


def refused(data: bytes, name: str = "报告.doc") -> str:
    with pytest.raises(ReadError) as caught:
        read(data, name)
    assert caught.value.zh.startswith(name)
    return caught.value.code


@pytest.mark.parametrize("name", ["a.doc", "a.dot", "a.wps", "a.wpt", "a.docx", "a", "a.xls"])
def test_the_content_decides(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(Word(Text().par("正文")).build())
    assert read_file(path, name).format == "doc"


def test_a_workbook_with_a_word_text_in_it_is_not_ours() -> None:
    data = compound({"Workbook": b"x", "MBD1/WordDocument": b"x"})
    assert choose(Source(path="a.xls", suffix=".xls", data=data)).format != "doc"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (Word(Text().par("密"), flags=0x100).build(), "DOC002"),
        (Word(Text().par("旧"), version=0x68).build(), "DOC008"),
        (Word(Text().par("旧"), ident=0xA5DC).build(), "DOC008"),
        (Word(Text().par("?"), ident=0x1234).build(), "DOC001"),
        (compound({"CONTENTS": b"CHNKWKS", "MatOST": b""}), "DOC008"),
        (compound({"Etwas": b"x"}), "DOC008"),
        (compound({"WordDocument": b"\xec\xa5"}), "DOC001"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "DOC001"),
        (b"\xdb\xa5-\0" + bytes(2000), "DOC008"),
        (bytes(range(256)) * 9, "DOC001"),
    ],
)
def test_refusals(data: bytes, code: str) -> None:
    assert refused(data, "甲.wps") == code


def test_the_remedy_is_named() -> None:
    with pytest.raises(ReadError, match=r"save it as \.docx"):
        read(compound({"CONTENTS": b"x"}), "a.wps")


# Damage.

WHOLE = Word(
    Text().par("一、甲", H1).run("隐", HIDDEN).end().cell("1").cell("2").row(row((9, 0), (20, 3))).par("\x13 PAGE \x141\x15"),
    {"footnotes": Text().par("脚注"), "boxes": Text().par("框").par("")},
    {
        "styles": SHEET,
        "footnotes": plc([0, 3, 3]),
        "boxes": plc([0, 2, 3], [box(7), box(0)]),
        "drawings": drawings(group(shape(7), shape(8, art="字"))),
        "lists": lists((7, NINE, ())),
        "uses": uses((7, ())),
        "fonts": fonts("宋体"),
    },
    extra={"\x05SummaryInformation": summary({2: "题"})},
)  # fmt: skip


def survives(data: bytes) -> None:
    try:
        document = read(data)
    except ReadError as error:
        assert error.code in ("DOC001", "DOC002", "DOC007", "DOC008")  # noqa: PT017
    else:
        assert all(len(one.text) <= len(one.offsets) or not one.text for one in document.blocks)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_damaged_streams_raise_nothing_else(data: st.DataObject) -> None:
    streams = WHOLE.streams()
    for _ in range(data.draw(st.integers(1, 4))):
        name = data.draw(st.sampled_from(["WordDocument", "1Table", "\x05SummaryInformation"]))
        stream = bytearray(streams[name])
        at = data.draw(st.integers(0, min(len(stream) - 4, 0x1200)))
        value = data.draw(
            st.sampled_from([0, 1, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0x6646, 0xD608, 0x10000])
        )
        struct.pack_into("<L", stream, at, data.draw(st.just(value) | st.integers(0, 0xFFFFFFFF)))
        streams[name] = bytes(stream)
    survives(compound(streams))


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 10_000), st.binary(min_size=1, max_size=40))
def test_damaged_files_raise_nothing_else(at: int, garbage: bytes) -> None:
    whole = WHOLE.build()
    at %= len(whole)
    survives(whole[:at])
    survives(whole[:at] + garbage + whole[at + len(garbage) :])


@pytest.mark.parametrize(
    ("at", "form", "value"),
    [(30, "<H", 40), (32, "<H", 0), (44, "<L", 0x7FFFFFFF), (64, "<L", 0x7FFFFFFF), (72, "<L", 0x7FFFFFFF)],
)
def test_a_header_that_names_more_than_the_file_is_refused_at_once(at: int, form: str, value: int) -> None:
    data = bytearray(WHOLE.build())
    struct.pack_into(form, data, at, value)
    began = time.perf_counter()
    assert refused(bytes(data)) == "DOC001"
    assert time.perf_counter() - began < 2


def test_a_stream_that_is_said_to_be_huge_is_not_read() -> None:
    data = WHOLE.build()
    name = "WordDocument".encode("utf-16-le")
    at = data.index(name) + 120
    assert refused(data[:at] + b"\xff\xff\xff\x7f" + data[at + 4 :]) == "DOC001"


@pytest.mark.parametrize("cycle", [0, 1, 3])
def test_cycles_of_sectors_end(cycle: int) -> None:
    data = bytearray(WHOLE.build())
    fat = 512 * (1 + struct.unpack_from("<L", data, 76)[0])
    struct.pack_into("<L", data, fat + 4 * cycle, cycle)
    survives(bytes(data))


def test_text_that_is_named_again_and_again_is_over_the_limit() -> None:
    streams = Word(Text().par("字" * 20_000)).streams()
    first = bytearray(streams["WordDocument"])
    count = 300
    bounds = [one * 20_000 for one in range(count + 1)]
    table = struct.pack(f"<{count + 1}L", *bounds) + struct.pack("<HLH", 0, 0x800, 0) * count
    pieces = b"\2" + struct.pack("<L", len(table)) + table
    struct.pack_into("<LL", first, 0x9A + 8 * 33, len(streams["1Table"]), len(pieces))
    struct.pack_into("<L", first, 0x4C, bounds[-1])
    streams.update({"WordDocument": bytes(first), "1Table": streams["1Table"] + pieces})
    assert refused(compound(streams)) == "DOC007"


def test_tables_nested_too_deeply_are_over_the_limit() -> None:
    main = Text().run("深").end("\r", 0, IN_TABLE + prop(0x6649, 1000))
    assert refused(Word(main).build()) == "DOC007"


def test_groups_in_groups_in_groups() -> None:
    inner = shape(9, words="最里")
    for _ in range(100):
        inner = group(shape(5), inner)
    assert rows(read(Word(Text().par("x"), parts={"drawings": drawings(inner)}))) == [
        ("body", "x"),
        ("alt", "最里"),
    ]
    for _ in range(300):
        inner = group(inner)
    assert refused(Word(Text().par("x"), parts={"drawings": drawings(inner)}).build()) == "DOC007"


def test_a_style_that_is_based_on_itself() -> None:
    sheet = styles((0xFFE, 1, 1, "环", b"", HIDDEN))
    assert rows(read(Word(Text().par("字", 1), parts={"styles": sheet}))) == [("hidden", "字")]


def test_a_long_report_is_read_in_time() -> None:
    main = Text()
    for number in range(4000):
        main.run(f"（{number}）招生{number}人，", prop(0x0835, number % 2)).run(
            "扎实推进各项工作取得成效" * 4
        ).end()
    data = Word(main).build()
    began = time.perf_counter()
    document = read(data)
    assert len(document.blocks) == 4000
    assert len(document.source) > 200_000
    assert time.perf_counter() - began < 5
