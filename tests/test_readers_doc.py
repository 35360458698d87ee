"""Word 97–2003 files: paragraphs and headings, what is hidden, revisions, tables, fields, labels of lists."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from docbuilder import (
    DELETED,
    HIDDEN,
    IN_TABLE,
    INSERTED,
    SPECIAL,
    Text,
    Word,
    anchor,
    drawings,
    fonts,
    level,
    lists,
    plc,
    prop,
    row,
    shape,
    strings,
    styles,
    uses,
)

from validator.model.document import Document, Kind
from validator.readers._base import Source
from validator.readers._choose import choose

SHEET = styles(
    (1, 1, 0, "heading 1", prop(0x2640, 0), b""),
    (0xFFE, 1, 0, "标题 2", b"", b""),
    (62, 1, 0, "Title", b"", b""),
    (0xFFE, 1, 0, "暗", b"", HIDDEN),
    (0xFFE, 2, 0xFFF, "暗字", b"", HIDDEN),
    (19, 1, 0, "toc 1", b"", b""),
    (0xFFE, 1, 1, "我的标题", b"", b""),
)
H1, H2, TITLE, DARK, DARK_CHARACTER, CONTENTS, OWN = range(1, 8)


def read(word: Word | bytes, name: str = "报告.doc") -> Document:
    data = word if isinstance(word, bytes) else word.build()
    source = Source(path=name, suffix=Path(name).suffix, data=data)
    return choose(source).read(source)


def rows(document: Document, part: str | None = None) -> list[tuple[str, str]]:
    return [(one.part, one.text) for one in document.blocks if part is None or one.part == part]


def texts(word: Word, part: str = "body") -> list[str]:
    return [text for _, text in rows(read(word), part)]


def codes(document: Document) -> list[str]:
    return [one.code for one in document.notices]


# Text.


def test_paragraphs_headings_and_the_title() -> None:
    main = Text().par("云栖县工作总结", TITLE).par("总体情况", H1).par("教育", H2).par("招生2300人。")
    main.par("体育", OWN).par("科技", 0, prop(0x2640, 1)).par("目录一", CONTENTS).par(
        "正文", H1, prop(0x2640, 9)
    )
    document = read(Word(main, parts={"styles": SHEET}))
    assert document.format == "doc"
    assert document.title == "云栖县工作总结"
    assert [(one.text, one.kind, one.level) for one in document.blocks[1:]] == [
        ("总体情况", Kind.HEADING, 1),
        ("教育", Kind.HEADING, 2),
        ("招生2300人。", Kind.PARAGRAPH, 0),
        ("体育", Kind.HEADING, 1),
        ("科技", Kind.HEADING, 2),
        ("目录一", Kind.FURNITURE, 0),
        ("正文", Kind.PARAGRAPH, 0),
    ]


def test_pieces_of_one_and_of_two_bytes_with_rare_characters() -> None:
    first, second, third = "Plain café 5%\r", "䶮字𠮷野家\r", "“quoted” – end\r"
    ends = [len(first), len(first) + len(second) + 1, len(first) + len(second) + 1 + len(third)]
    main = Text().par(first[:-1]).par(second[:-1]).par(third[:-1])
    pieces = [(ends[0], False, 0), (ends[1], True, 0), (ends[2], False, 0)]
    assert texts(Word(main, pieces=pieces)) == [first[:-1], second[:-1], third[:-1]]


def test_special_characters_and_breaks() -> None:
    main = Text().par("连\x1e字\x1f符\x0b换行\x0e分栏\t制表\xa0空\x02\x05").run("页前\x0c页后").end()
    found = texts(Word(main))
    assert found == ["连-字符", "换行", "分栏\t制表\xa0空", "页前", "页后"]


def test_signs_of_symbol_fonts() -> None:
    main = Text().run("选").run("(", prop(0x6A09, 0xF0FE << 16 | 1) + SPECIAL).run("中")
    main.run("\uf0a8", prop(0x4A4F, 1)).run("(a)").end()
    assert texts(Word(main, parts={"fonts": fonts("宋体", "Wingdings")})) == ["选☑中□(a)"]


@pytest.mark.parametrize(
    ("properties", "hidden"),
    [
        (HIDDEN, True),
        (prop(0x083C, 0x81), True),
        (prop(0x083C, 0x80), False),
        (prop(0x4A30, DARK_CHARACTER), True),
        (prop(0x4A30, DARK_CHARACTER) + prop(0x083C, 0), False),
        (prop(0x4A43, 2), True),
        (prop(0x4A43, 20), False),
        (prop(0x6870, 0x00FFFFFF), True),
        (prop(0x6870, 0xFF000000), False),
        (prop(0x2A42, 8), True),
        (prop(0x2A42, 8) + prop(0x2A0C, 4), False),
        (prop(0x6870, 0x00FFFFFF) + prop(0xCA71, bytes(4) + b"\0\0\x80\0" + bytes(2)), False),
        (prop(0x4852, 1), True),
    ],
)
def test_what_cannot_be_seen_is_hidden(properties: bytes, hidden: bool) -> None:
    word = Word(Text().run("前").run("藏", properties).run("后").end(), parts={"styles": SHEET})
    document = read(word)
    assert rows(document) == ([("body", "前后"), ("hidden", "藏")] if hidden else [("body", "前藏后")])
    assert ("DOC006" in codes(document)) is hidden
    assert all(one.visible == (one.part != "hidden") for one in document.blocks)


def test_hidden_by_the_style_of_the_paragraph_or_by_the_piece() -> None:
    main = Text().run("暗").run("明", prop(0x083C, 0)).end("\r", DARK).run("甲乙丙").end()
    pieces = [(4, True, 0), (5, True, 0x5C << 1 | 1 << 8), (6, True, 1), (7, True, 0)]
    document = read(Word(main, parts={"styles": SHEET}, pieces=pieces, groups=[DELETED]))
    assert rows(document) == [
        ("body", "明"), ("hidden", "暗"), ("body", "甲"), ("hidden", "乙"), ("deleted", "丙"),
    ]  # fmt: skip


def test_white_text_in_tables_and_over_backdrops_is_read() -> None:
    white = prop(0x2A42, 8)
    main = Text().run("表头", white).end("\x07", 0, IN_TABLE).cell("乙").row().run("段", white).end()
    document = read(Word(main))
    assert rows(document) == [("body", "表头"), ("body", "乙"), ("hidden", "段")]
    behind = {"shapes": plc([0, 1], [anchor(1025, 9000, 9000, 0x4000)]), "drawings": drawings(shape(1025))}
    cover = Text().run("\x08", SPECIAL).run("封面", white).end()
    assert texts(Word(cover, parts=behind)) == ["封面"]


def test_revisions_go_in_and_out_and_are_counted() -> None:
    main = Text().run("改").run("新", INSERTED).run("旧", DELETED).run("完").end()
    main.run("上半").end(own=prop(0x0800, 0x81)).run("下半", prop(0xCA89, b"\1" + bytes(6))).end()
    document = read(Word(main, parts={"revisers": b"\xff\xff\2\0\0\0" + strings("Unknown", "钱改")}))
    assert rows(document) == [
        ("body", "改新完"), ("deleted", "旧"), ("body", "上半下半"), ("name", "钱改"),
    ]  # fmt: skip
    assert document.notices[0].code == "DOC004"
    assert "4 处" in document.notices[0].zh


# Tables.


def cells(document: Document) -> list[tuple[int, int, int, int, int, str]]:
    return [
        (c.table, c.row, c.column, c.row_span, c.column_span, one.text)
        for one in document.blocks
        if (c := one.cell) is not None
    ]


def test_tables_with_merged_cells() -> None:
    main = Text().par("前").cell("合").row(row((3000, 0)))
    main.cell("区").cell("甲").cell("1").row(row((1000, 0x60), (2000, 0), (3000, 0)))
    main.cell("藏").cell("乙").cell("").row(row((1000, 0x20), (2000, 0), (3000, 0)))
    main.cell("并").cell("入").cell("3").row(row((1000, 1), (2000, 2), (3000, 0))).par("后")
    document = read(Word(main))
    assert cells(document) == [
        (1, 1, 1, 1, 3, "合"),
        (1, 2, 1, 2, 1, "区"),
        (1, 2, 2, 1, 1, "甲"),
        (1, 2, 3, 1, 1, "1"),
        (1, 3, 2, 1, 1, "乙"),
        (1, 3, 3, 1, 1, ""),
        (1, 4, 1, 1, 2, "并"),
        (1, 4, 3, 1, 1, "3"),
    ]
    assert rows(document, "hidden") == [("hidden", "藏"), ("hidden", "入")]
    assert [one.text for one in document.blocks if one.cell is None and one.visible] == ["前", "后"]


def test_tables_in_tables() -> None:
    deep = prop(0x2416, 1) + prop(0x6649, 2)
    main = Text().cell("外一")
    main.run("内一").end("\r", 0, deep + prop(0x244B, 1)).run("内二").end("\r", 0, deep + prop(0x244B, 1))
    main.end("\r", 0, deep + prop(0x244B, 1) + prop(0x244C, 1) + row((500, 0), (900, 0)))
    main.cell("外二").row(row((1000, 0), (2000, 0))).par("后")
    assert cells(read(Word(main))) == [
        (1, 1, 1, 1, 1, "外一"), (1, 1, 2, 1, 1, "外二"), (2, 1, 1, 1, 1, "内一"), (2, 1, 2, 1, 1, "内二"),
    ]  # fmt: skip


def test_a_row_too_long_for_its_page_stands_in_the_data_stream() -> None:
    definition = row((1000, 0), (2000, 0))
    main = Text().cell("甲").cell("乙").end("\x07", 0, prop(0x2416, 1) + prop(0x2417, 1) + prop(0x6646, 10))
    word = Word(main, data=bytes(10) + struct.pack("<H", len(definition)) + definition)
    assert cells(read(word)) == [(1, 1, 1, 1, 1, "甲"), (1, 1, 2, 1, 1, "乙")]


# Fields.


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        (
            '\x13 HYPERLINK "http://a.example/x" \x14字\x15',
            [("body", "前字后"), ("link", "http://a.example/x")],
        ),
        ("\x13 PAGE \x143\x15", [("body", "前3后")]),
        ("\x13 MACROBUTTON Nix [填写单位]\x15", [("body", "前[填写单位]后")]),
        ("\x13 IF \x13 PAGE \x141\x15 = 1 \x14甲\x15", [("body", "前甲后"), ("field", "IF 1 = 1")]),
        ("\x13 EQ \\o\\ac(○,3)\x15", [("body", "前③后")]),
        ('\x13 FILLIN "请填XX" \x14\x15', [("body", "前后"), ("field", 'FILLIN "请填XX"')]),
        ("\x13 没有结尾", [("body", "前 没有结尾后")]),
        ("\x15多余\x14", [("body", "前多余后")]),
    ],
)
def test_fields(field: str, expected: list[tuple[str, str]]) -> None:
    assert rows(read(Word(Text().par(f"前{field}后")))) == expected


def form(bits: int, *words: bytes) -> bytes:
    content = struct.pack("<LHHH", 0xFFFFFFFF, bits, 0, 20) + b"".join(words)
    return struct.pack("<LH", 68 + len(content), 68).ljust(68, b"\0") + content


def zero_ended(*words: str) -> bytes:
    return b"".join(strings(one) + b"\0\0" for one in words)


@pytest.mark.parametrize(
    ("code", "data", "shown", "told"),
    [
        ("FORMCHECKBOX", form(1 | 1 << 2, zero_ended("框"), b"\0\0", zero_ended(*[""] * 5)), "☑", ["框"]),
        ("FORMCHECKBOX", form(1 | 25 << 2, zero_ended("a"), b"\0\0", zero_ended(*[""] * 5)), "□", []),
        (
            "FORMDROPDOWN",
            form(
                2 | 1 << 2,
                zero_ended("a"),
                b"\0\0",
                zero_ended("", "填报说明", "", "", ""),
                b"\xff\xff\2\0\0\0",
                strings("甲类", "乙类"),
            ),
            "乙类",
            ["甲类", "乙类", "填报说明"],
        ),
    ],
)
def test_form_fields(code: str, data: bytes, shown: str, told: list[str]) -> None:
    main = Text().run(f"前\x13 {code} ").run("\x01", prop(0x6A03, 0) + prop(0x0806, 1) + SPECIAL)
    document = read(Word(main.run("\x14\x15后").end(), data=data))
    assert rows(document) == [("body", f"前{shown}后"), *(("field", one) for one in told)]
    assert "DOC013" not in codes(document)


# Lists.


def numbered(use: int, depth: int | None = None) -> bytes:
    return prop(0x460B, use) + (b"" if depth is None else prop(0x260A, depth))


NINE = [
    level(37, "\0、"),
    level(37, "（\1）"),
    level(0, "\2."),
    level(0, "\0.\2.\3", flags=4),
    *[level(0, "")] * 5,
]


def test_labels_of_lists() -> None:
    main = Text().par("总体", 0, numbered(1, 0)).par("教育", 0, numbered(1, 1)).par("招生", 0, numbered(1, 2))
    main.par("毕业", 0, numbered(1, 2)).par("体育", 0, numbered(1, 1)).par("5万人", 0, numbered(1, 2))
    main.par("法", 0, numbered(1, 3)).par("", 0, numbered(1, 0)).par("思路", 0, numbered(1, 0))
    main.par("圈", 0, numbered(2, 0)).par("圈", 0, numbered(3, 0)).par("圈", 0, numbered(3, 0))
    main.par("无", 0, numbered(0)).par("点", 0, numbered(4, 0)).par("页", 0, numbered(9))
    circle = struct.pack("<LL", 5, 0x10)
    parts = {
        "lists": lists((7, NINE, ()), (8, [level(18, "\0")], ()), (9, [level(23, "•")], ())),
        "uses": uses((7, ()), (8, ()), (8, (circle,)), (9, ())),
    }
    assert texts(Word(main, parts=parts)) == [
        "一、总体", "（一）教育", "1.招生", "2.毕业", "（二）体育", "1. 5万人", "1.1.1法", "三、思路", "①圈", "⑤圈", "⑥圈",
        "无", "点", "页",
    ]  # fmt: skip


def test_labels_by_style_and_in_cells() -> None:
    sheet = styles((1, 1, 0, "heading 1", numbered(1), b""), (2, 1, 0, "heading 2", numbered(1), b""))
    main = Text().par("云栖县工作总结").par("总体", H1).par("教育", H2).par("科技", H2)
    main.cell("", IN_TABLE + numbered(2, 0)).cell("x").row().cell("", IN_TABLE + numbered(2, 0)).cell(
        "y"
    ).row()
    parts = {
        "styles": sheet,
        "lists": lists((7, NINE, (1, 2)), (8, [level(0, "\0")], ())),
        "uses": uses((7, ()), (8, ())),
    }
    document = read(Word(main, parts=parts))
    assert [(one.text, one.level) for one in document.blocks[1:]] == [
        ("一、总体", 1), ("（一）教育", 2), ("（二）科技", 2), ("1", 0), ("x", 0), ("2", 0), ("y", 0),
    ]  # fmt: skip
