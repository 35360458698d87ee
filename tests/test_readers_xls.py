"""Old workbooks, written here record by record: cells, formats, comments, shapes, hidden parts; hostile files."""

from __future__ import annotations

import struct
from pathlib import Path
from random import Random

import pytest
from engine import small, told

from validator.facts.reading import read_facts
from validator.model.document import Document, Kind
from validator.model.errors import ReadError
from validator.readers._base import Source
from validator.readers._choose import read_file
from validator.readers._sheet.biff import formula_texts, rk
from validator.readers.xls import READER

_BIFF8, _BIFF5 = 0x600, 0x500


def rec(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def wide(text: str, size: str = "<H") -> bytes:
    return struct.pack(size, len(text)) + b"\1" + text.encode("utf-16-le")


def bof(version: int = _BIFF8, kind: int = 0x10) -> bytes:
    return rec(0x809, struct.pack("<HHHHII", version, kind, 0, 0, 0, 0))


def font(ink: int) -> bytes:
    return rec(0x31, struct.pack("<HHH", 200, 0, ink) + bytes(8) + b"\1\0A")


def xf(code: int = 0, ink: int = 0, pattern: int = 0, ground: int = 64) -> bytes:
    return rec(0xE0, struct.pack("<HH", ink, code) + bytes(10) + struct.pack("<IH", pattern << 26, ground))


GENERAL, PERCENT, DATE, NOTHING, WHITE, LABEL = range(6)
LOOKS = (
    rec(0x42, struct.pack("<H", 1200))
    + font(0x7FFF)
    + font(9)
    + rec(0x41E, struct.pack("<H", 170) + wide(";;;"))
    + xf()
    + xf(10)
    + xf(31)
    + xf(170)
    + xf(0, 1)
    + xf(0, 1, 1, 40)
)


def label(row: int, column: int, index: int, look: int = GENERAL) -> bytes:
    return rec(0xFD, struct.pack("<HHHI", row, column, look, index))


def number(row: int, column: int, value: float, look: int = GENERAL) -> bytes:
    return rec(0x203, struct.pack("<HHHd", row, column, look, value))


def book(
    *sheets: bytes, strings: list[str] | None = None, extra: bytes = b"", states: tuple[int, ...] = ()
) -> bytes:
    """A BIFF8 stream; the strings are cut into CONTINUE records in the middle of a text."""
    names = ("指标", "高考情况", "底稿")[: len(sheets)]
    table = struct.pack("<II", 9, len(strings or [])) + b"".join(wide(one) for one in strings or [])
    listed = [wide(one, "<B") for one in names]
    head = bof(kind=5) + LOOKS + extra
    tail = rec(0xFC, table) + rec(0x0A)
    at = len(head) + sum(10 + len(one) for one in listed) + len(tail)
    bounds = b""
    for index, (name, data) in enumerate(zip(listed, sheets, strict=True)):
        state = states[index] if index < len(states) else 0
        bounds += rec(0x85, struct.pack("<IBB", at, state, 0) + name)
        at += len(data)
    return head + bounds + tail + b"".join(sheets)


def sheet(*records: bytes) -> bytes:
    return bof() + b"".join(records) + rec(0x0A)


def compound(**streams: bytes) -> bytes:
    """The smallest compound file with these streams, each long enough to stand in sectors of its own."""
    named = {key.replace("_5_", "\5"): data.ljust(4096, b"\0") for key, data in streams.items()}
    sectors: list[bytes] = []
    chains: list[int] = []
    entries = b""
    for place, (name, data) in enumerate(named.items(), 1):
        count = -(-len(data) // 512)
        first = len(chains)
        chains += [*range(first + 1, first + count), 0xFFFFFFFE]
        sectors.append(data.ljust(count * 512, b"\0"))
        entries += entry(name, 2, first, len(data), right=place + 1 if place < len(named) else 0xFFFFFFFF)
    directory = entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1) + entries
    directory = directory.ljust(-(-len(directory) // 512) * 512, b"\0")
    start, count = len(chains), len(directory) // 512
    chains += [*range(start + 1, start + count), 0xFFFFFFFE]
    fats = next(one for one in range(1, 100) if one * 128 >= len(chains) + one)
    first = len(chains)
    chains += [0xFFFFFFFD] * fats
    fat = struct.pack(f"<{len(chains)}I", *chains).ljust(fats * 512, b"\xff")
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
        + struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, fats, start, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
        + struct.pack("<109I", *range(first, first + fats), *[0xFFFFFFFF] * (109 - fats))
    )  # fmt: skip
    return header + b"".join(sectors) + directory + fat


def entry(
    name: str, kind: int, start: int, size: int, right: int = 0xFFFFFFFF, child: int = 0xFFFFFFFF
) -> bytes:
    raw = name.encode("utf-16-le")
    return (
        raw.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(raw) + 2, kind, 1, 0xFFFFFFFF, right, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )


def read(data: bytes) -> Document:
    source = Source(path="a.xls", suffix=".xls", data=data)
    assert READER.sniff(source)
    return READER.read(source)


def texts(document: Document, part: str = "body", kind: Kind | None = None) -> list[str]:
    return [one.text for one in document.blocks if one.part == part and kind in (None, one.kind)]


STRINGS = [
    "临川县2023年工作总结",
    "指标",
    "单位",
    "2023年",
    "地区生产总值",
    "亿元",
    "专利授权量",
    "件",
    "森林覆盖率",
    "%",
]
TABLE = sheet(
    label(0, 0, 0),
    *(label(1, column, column + 1) for column in range(3)),
    label(2, 0, 4),
    label(2, 1, 5),
    rec(0x27E, struct.pack("<HHHI", 2, 2, 0, (8650 << 2) | 3)),
    label(3, 0, 6),
    label(3, 1, 7),
    label(4, 0, 8),
    label(4, 1, 9),
    number(4, 2, 0.612, PERCENT),
    rec(0xE5, struct.pack("<HHHHH", 1, 0, 0, 0, 2)),
)


def test_the_facts_of_a_sheet() -> None:
    document = read(compound(Workbook=book(TABLE, strings=STRINGS)))
    assert (document.format, document.title) == ("xls", STRINGS[0])
    assert [told(one) for one in read_facts(document, small()).facts] == [
        "gdp actual 86.5",
        "patents actual ?",
        "forest actual 61.2",
    ]
    value = next(at for at, one in enumerate(document.blocks) if one.text == "86.5")
    assert document.locate(value, 0, 1).address().endswith("工作表“指标” C3")


def test_chosen_by_content(tmp_path: Path) -> None:
    path = tmp_path / "表.et"
    path.write_bytes(compound(Workbook=book(TABLE, strings=STRINGS)))
    assert read_file(path, "表.et").format == "xls"
    other = Source(path="a.doc", suffix=".doc", data=compound(WordDocument=b"x", Workbook=b"y"))
    assert not READER.sniff(other)


def test_cells_of_every_kind() -> None:
    text_formula = struct.pack("<HHH", 0, 3, 0) + b"\0\0\0\0\0\0\xff\xff" + bytes(6)
    words = b"\x17" + wide("待补充", "<B")[:1] + b"\1" + "待补充".encode("utf-16-le")
    document = read(
        compound(
            Workbook=book(
                sheet(
                    number(0, 0, 45000, DATE),
                    rec(
                        0xBD,
                        struct.pack("<HH", 0, 1)
                        + struct.pack("<HIHI", 0, (7 << 2) | 2, 0, (-7 << 2 | 2) & 0xFFFFFFFF)
                        + struct.pack("<H", 2),
                    ),
                    rec(0x06, text_formula + struct.pack("<H", len(words)) + words),
                    rec(0x207, wide("算出的字")),
                    rec(0x06, struct.pack("<HHH", 0, 4, 0) + b"\1\0\1\0\0\0\xff\xff" + bytes(8)),
                    rec(0x06, struct.pack("<HHHd", 0, 5, 1, 0.5) + bytes(8)),
                    rec(0x205, struct.pack("<HHHBB", 0, 6, 0, 7, 1)),
                    rec(0x204, struct.pack("<HHH", 0, 7, 0) + wide("旧字")),
                )
            )
        )
    )
    assert texts(document, kind=Kind.CELL) == [
        "2023年3月15日",
        "7",
        "-7",
        "算出的字",
        "TRUE",
        "50.00%",
        "#DIV/0!",
        "旧字",
    ]
    assert texts(document, "field") == ["待补充"]


def test_what_nobody_sees() -> None:
    strings = ["藏行", "藏列", "白字", "白底上", "见", "藏表", "藏格式"]
    data = sheet(
        rec(0x208, struct.pack("<HHHHHHHH", 1, 0, 1, 255, 0, 0, 0x20, 0)),
        rec(0x7D, struct.pack("<HHHHHH", 5, 6, 2000, 0, 1, 0)),
        label(0, 0, 4), label(0, 1, 3, LABEL), label(1, 0, 0), label(0, 5, 1), label(2, 0, 2, WHITE), label(3, 0, 6, NOTHING),
    )  # fmt: skip
    document = read(compound(Workbook=book(data, sheet(label(0, 0, 5)), strings=strings, states=(0, 2))))
    assert sorted(texts(document, "hidden")) == sorted(["藏行", "藏列", "白字", "藏格式", "高考情况", "藏表"])
    assert [one for one in texts(document, kind=Kind.CELL) if one] == ["见", "白底上"]


def test_a_long_string_goes_on_in_the_next_record() -> None:
    text = "甲乙丙丁戊" * 700
    first = struct.pack("<II", 1, 1) + struct.pack("<H", len(text)) + b"\1" + text[:1000].encode("utf-16-le")
    rest = text[1000:].encode("utf-16-le")
    table = rec(0xFC, first) + rec(0x3C, b"\1" + rest[:4000]) + rec(0x3C, b"\1" + rest[4000:])
    head = bof(kind=5) + LOOKS
    name = wide("Sheet1", "<B")
    at = len(head) + 10 + len(name) + len(table) + 4
    stream = (
        head + rec(0x85, struct.pack("<IBB", at, 0, 0) + name) + table + rec(0x0A) + sheet(label(0, 0, 0))
    )
    assert texts(read(compound(Workbook=stream))) == [text]


def obj(kind: int, key: int) -> bytes:
    return rec(0x5D, struct.pack("<HHHHH", 0x15, 0x12, kind, key, 0) + bytes(12))


def txo(text: str) -> bytes:
    head = rec(0x1B6, bytes(10) + struct.pack("<HH", len(text), 16) + bytes(4))
    return head + rec(0x3C, b"\1" + text.encode("utf-16-le")) + rec(0x3C, bytes(16))


def shape(key: int, text: str) -> bytes:
    raw = text.encode("utf-16-le") + b"\0\0"
    options = struct.pack("<HI", key | 0x8000, len(raw)) + raw
    inner = struct.pack("<HHI", 0x13, 0xF00B, len(options)) + options
    return struct.pack("<HHI", 0xF, 0xF004, len(inner)) + inner


def properties(key: int, text: str) -> bytes:
    raw = text.encode("utf-8") + b"\0"
    body = struct.pack("<IIIIII", 0, 2, 1, 24, key, 32) + struct.pack("<HHi", 2, 0, -535)
    body += struct.pack("<II", 0x1E, len(raw)) + raw
    return struct.pack("<HHI16sI", 0xFFFE, 0, 0, bytes(16), 1) + bytes(16) + struct.pack("<I", 48) + body


def test_everything_beside_the_cells() -> None:
    url = "http://a.example/x\0".encode("utf-16-le")
    link = struct.pack("<HHHH", 2, 2, 1, 1) + bytes(24) + bytes.fromhex("E0C9EA79F9BACE118C8200AA004BA90B")
    token = b"\x17" + bytes([3, 1]) + "名称字".encode("utf-16-le")
    name = struct.pack("<HBBHHH4x", 0, 0, 1, len(token), 0, 0) + b"\0n" + token
    empty = struct.pack("<H", 1) + b"\0\0"
    data = sheet(
        rec(0x14, wide("&L左&C页眉字")),
        rec(0x15, wide("&R页脚字 &P")),
        label(0, 0, 0),
        rec(0x1B8, link + struct.pack("<I", len(url)) + url),
        rec(0x1BE, bytes(4) + wide("题") + empty + wide("请填") + empty + bytes(20)),
        rec(0xEC, shape(0x0381, "图说") + shape(0x00C0, "艺术字")),
        obj(0x19, 7) + txo("批注字") + rec(0x1C, struct.pack("<HHHH", 4, 2, 0, 7) + wide("甲")),
        obj(6, 8) + txo("文本框字") + obj(8, 9),
        bof(kind=0x20) + rec(0x100D, b"\0\0" + wide("图表题", "<B")) + rec(0x0A),
    )
    stream = book(data, strings=["甲"], extra=rec(0x18, name))
    document = read(compound(Workbook=stream, _5_SummaryInformation=properties(2, "属性题"), MBD01=b"x"))
    found: dict[str, list[str]] = {}
    for one in document.blocks:
        if one.part != "body":
            found.setdefault(one.part, []).append(one.text)
    assert found == {
        "header": ["左", "页眉字"],
        "footer": ["页脚字"],
        "link": ["http://a.example/x"],
        "name": ["题", "请填", "名称字"],
        "alt": ["图说"],
        "watermark": ["艺术字"],
        "comment": ["批注字"],
        "textbox": ["文本框字"],
        "chart": ["图表题"],
        "properties": ["属性题"],
    }
    assert set(found) | {"body", "table", "hidden", "field", "picture", "attachment"} == set(READER.parts)
    assert [one.code for one in document.notices] == ["DOC005", "DOC012", "DOC013"]
    places = {one.text: one.cell for one in document.blocks}
    assert (places["批注字"].row, places["批注字"].column) == (5, 3)  # type: ignore[union-attr]


def test_the_older_kind_with_a_code_page() -> None:
    def text(words: str, size: str = "<H") -> bytes:
        raw = words.encode("gb18030")
        return struct.pack(size, len(raw)) + raw

    cell = struct.pack("<HHH", 0, 0, 0) + text("全县在校学生")
    note = text("批注字")
    data = (
        bof(_BIFF5)
        + rec(0x204, cell)
        + rec(0x14, text("页眉", "<B"))
        + rec(0x1C, struct.pack("<HH", 0, 0) + note)
        + rec(0x0A)
    )
    head = bof(_BIFF5, 5) + rec(0x42, struct.pack("<H", 936)) + rec(0xE0, bytes(16))
    name = text("表", "<B")
    at = len(head) + 10 + len(name) + 4
    document = read(compound(Book=head + rec(0x85, struct.pack("<IBB", at, 0, 0) + name) + rec(0x0A) + data))
    assert texts(document)[-1] == "全县在校学生"
    assert (texts(document, "header"), texts(document, "comment")) == (["页眉"], ["批注字"])


def test_numbers_and_formulas() -> None:
    assert [rk((86 << 2) | 2), rk(0xFFFFFFFE), rk((8650 << 2) | 3), rk(0x40590000)] == [86, -1, 86.5, 100]
    words = bytes([0x1E, 1, 0, 0x17, 2, 1]) + "待定".encode("utf-16-le") + bytes([0x42, 2, 1, 0])
    assert list(formula_texts(words)) == ["待定"]
    assert list(formula_texts(b"\xff" + words)) == []


def broken(data: bytes) -> str:
    with pytest.raises(ReadError) as caught:
        read(data)
    return caught.value.code


def test_hostile_files() -> None:
    sound = book(TABLE, strings=STRINGS)
    assert broken(compound(Workbook=bof() + rec(0x2F, bytes(6)))) == "DOC002"
    assert broken(compound(Workbook=b"\0" * 9000)) == "DOC001"
    assert broken(compound(Workbook=sound.replace(label(2, 0, 4), label(2, 0, 4000)))) == "DOC001"
    assert (
        broken(
            compound(Workbook=book(sheet(*(number(row % 65536, row // 65536, 1) for row in range(100_001)))))
        )
        == "DOC007"
    )


def test_damaged_files_are_read_errors() -> None:
    whole = compound(Workbook=book(TABLE, strings=STRINGS), _5_SummaryInformation=properties(2, "题"))
    random = Random(5)
    codes: set[str] = set()
    for _ in range(1500):
        data = bytearray(whole)
        for _ in range(random.choice((1, 3, 20))):
            data[random.randrange(len(data))] = random.choice((0, 1, 255, random.randrange(256)))
        cut = random.choice((len(data), len(data), random.randrange(len(data))))
        source = Source(path="a.xls", suffix=".xls", data=bytes(data[:cut]))
        try:
            READER.sniff(source)
            READER.read(source)
        except ReadError as error:
            codes.add(error.code)
    assert codes <= {"DOC001", "DOC002", "DOC007"}
