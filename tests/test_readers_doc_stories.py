"""Word 97–2003 files: headers, notes, comments, text boxes, drawings, pictures, properties, templates."""

from __future__ import annotations

import struct

import pytest
from docbuilder import (
    IN_TABLE,
    SPECIAL,
    Text,
    Word,
    address,
    anchor,
    box,
    drawings,
    group,
    picture,
    plc,
    prop,
    shape,
    strings,
)
from olebuilder import compound, summary
from test_readers_doc import codes, read, rows

from validator.model.document import Kind


def test_headers_notes_and_comments() -> None:
    heads = [
        "\x03\r",
        "",
        "",
        "",
        "",
        "",
        "双页眉\r",
        "单页眉\r",
        "双页脚\r",
        "第1页\r",
        "首页眉\r",
        "首页脚\r",
        "",
        "单页眉\r",
    ]
    headers, places = Text(), [0]
    for one in heads:
        for text in one.split("\r")[:-1]:
            headers.par(text)
        places.append(headers.length)
    headers.par("")
    places.append(headers.length)
    stories = {
        "headers": headers,
        "footnotes": Text().par("\x02 脚注甲").par("甲续").par("\x02 脚注乙").par(""),
        "endnotes": Text().par("\x02尾注").par(""),
        "comments": Text().par("\x05请核实").par(""),
    }
    parts = {
        "headers": plc(places),
        "footnotes": plc([0, 9, 15, 99]),
        "endnotes": plc([0, 4, 5]),
        "comments": plc([0, 5, 6]),
        "comment_places": plc([1, 4], [bytes(30)]),
        "authors": strings("赵核稿"),
    }
    document = read(Word(Text().par("正文"), stories, parts))
    assert rows(document) == [
        ("body", "正文"), ("header", "双页眉"), ("header", "单页眉"), ("header", "首页眉"), ("footer", "双页脚"),
        ("footer", "第1页"), ("footer", "首页脚"), ("footnote", "脚注甲"), ("footnote", "甲续"),
        ("footnote", "脚注乙"), ("endnote", "尾注"), ("comment", "请核实"), ("name", "赵核稿"),
    ]  # fmt: skip
    assert document.blocks[1].kind is Kind.FURNITURE
    assert codes(document) == ["DOC005"]


def test_stories_without_their_list_of_places_are_read_all_the_same() -> None:
    stories = {"footnotes": Text().par("脚注"), "headers": Text().par("页眉"), "boxes": Text().par("框")}
    assert sorted(text for _, text in rows(read(Word(Text().par("正文"), stories)))) == [
        "框",
        "正文",
        "脚注",
        "页眉",
    ]


def test_text_behind_the_last_story_is_hidden() -> None:
    assert rows(read(Word(Text().par("正文"), rest="\r藏在后面\r"))) == [
        ("body", "正文"),
        ("hidden", "藏在后面"),
    ]


def test_text_boxes_stand_where_their_shapes_are() -> None:
    main = (
        Text()
        .par("工作总结")
        .par("一、甲")
        .run("框锚")
        .run("\x08", SPECIAL)
        .end()
        .par("二、乙")
        .run("\x08", SPECIAL)
        .end()
    )
    stories = {"boxes": Text().par("框一").par("组内").par("暗框").par("散框").par("旧框").par("")}
    parts = {
        "shapes": plc([11, 17, 18], [anchor(1030), anchor(1031)]),
        "drawings": drawings(
            shape(1030, words="形状说明"), group(shape(1031), shape(1032), shape(1033, flags=0x20002))
        ),
        "boxes": plc(
            [0, 3, 6, 9, 12, 15, 16],
            [box(1030), box(1032), box(1033), box(99), box(98, spare=True), box(0)],
        ),
    }
    document = read(Word(main, stories, parts))
    assert rows(document)[1:] == [
        ("body", "一、甲"), ("body", "框锚"), ("alt", "形状说明"), ("textbox", "框一"), ("body", "二、乙"),
        ("textbox", "组内"), ("hidden", "暗框"), ("textbox", "散框"), ("hidden", "旧框"),
    ]  # fmt: skip
    assert next(one.section for one in document.blocks if one.text == "框一") == ("一、甲",)


def test_watermarks_word_art_and_links_of_shapes() -> None:
    main = Text().run("\x08", SPECIAL).end()
    parts = {
        "shapes": plc([0, 2], [anchor(1030)]),
        "header_shapes": plc([0, 1, 9], [anchor(2050), anchor(2051)]),
        "headers": plc([0, 0, 0, 0, 0, 0, 0, 0, 4, 5]),
        "header_boxes": plc([0, 3, 4], [box(2051), box(0)]),
        "drawings": drawings(
            shape(1030, art="艺术字", link=address("http://b.example/y"), tip="提示"),
            shape(1099, words="没有锚的图形"),
            header=[
                shape(2050, art="送审样稿水印", name="PowerPlusWaterMarkObject7"),
                shape(2051, name="水印 2"),
            ],
        ),
    }
    stories = {
        "headers": Text().run("\x08\x08", SPECIAL).run("眉").end().par(""),
        "header_boxes": Text().par("密级").par(""),
    }
    document = read(Word(main, stories, parts))
    assert rows(document) == [
        ("alt", "提示"), ("link", "http://b.example/y"), ("textbox", "艺术字"), ("header", "眉"),
        ("watermark", "送审样稿水印"), ("watermark", "密级"), ("alt", "没有锚的图形"),
    ]  # fmt: skip


def test_pictures_are_counted_with_their_places_and_their_words() -> None:
    data = picture(shape(5, kind=75, words="校门照片", picture=1))
    inline = prop(0x6A03, 0) + SPECIAL
    main = (
        Text()
        .par("一、甲")
        .run("看")
        .run("\x01", inline)
        .end()
        .cell("x")
        .run("\x01", inline)
        .end("\x07", 0, IN_TABLE)
    )
    document = read(Word(main.row(), data=data))
    assert ("alt", "校门照片") in rows(document)
    notice = next(one for one in document.notices if one.code == "DOC013")
    assert "2 张" in notice.zh


def test_embedded_files_are_named() -> None:
    native = b"\0\0\0\0\2\0" + "名单.xlsx".encode("gbk") + b"\0C:\\a\0" + bytes(12)
    kind = bytes(28) + struct.pack("<L", 15) + b"Excel Worksheet"
    extra = {
        "ObjectPool/_12/\x01Ole10Native": native,
        "ObjectPool/_13/\x01CompObj": kind,
        "ObjectPool/_14/x": b"",
    }
    separator = prop(0x6A03, 14) + prop(0x080A, 1) + SPECIAL
    main = Text().run("甲\x13 EMBED Visio.Drawing.11 ").run("\x14", separator).run("\x01\x15乙").end()
    document = read(Word(main, extra=extra))
    assert rows(document) == [
        ("body", "甲乙"), ("attachment", "Visio.Drawing.11"), ("attachment", "名单.xlsx"),
        ("attachment", "Excel Worksheet"),
    ]  # fmt: skip
    assert codes(document) == ["DOC012"]


@pytest.mark.parametrize("page", [936, 65001])
def test_properties_of_the_file(page: int) -> None:
    extra = {
        "\x05SummaryInformation": summary({2: "属性标题", 4: "王某", 6: "备注XX", 18: "Word"}, page),
        "\x05DocumentSummaryInformation": summary({15: "云文公司"}, page, {2: "来源", 3: "Num"}),
    }
    document = read(Word(Text().par("12345，67890，正文很长。" * 9), extra=extra))
    found = [text for _, text in rows(document, "properties")]
    assert found == ["属性标题", "王某", "备注XX", "云文公司", "值来源", "来源", "值Num"]
    assert document.title == "属性标题"


def test_building_blocks_of_a_template() -> None:
    inner = Word(Text().par("自动图文集XX")).streams()
    outer = Word(Text().par("模板正文"), flags=1).streams()
    # The second text has its own header in the same stream; its places count from the start of that.
    base = len(outer["WordDocument"])
    second = bytearray(inner["WordDocument"])
    table = bytearray(inner["1Table"])
    start = len(outer["1Table"])
    for at in range(0x9A, 0x9A + 93 * 8, 8):
        place, length = struct.unpack_from("<LL", second, at)
        struct.pack_into("<L", second, at, place + start if length else 0)
    for part, offset, form in (("pieces", 5 + 8 + 2, "<L"), ("character", 8, "<L"), ("paragraph", 8, "<L")):
        number = {"pieces": 33, "character": 12, "paragraph": 13}[part]
        at = struct.unpack_from("<L", second, 0x9A + 8 * number)[0] - start
        if part == "pieces":
            struct.pack_into(form, table, at + offset, struct.unpack_from(form, table, at + offset)[0] + base)
        else:
            struct.pack_into(form, table, at + offset, 0)
            struct.pack_into("<L", second, 0x9A + 8 * number + 4, 0)
    first = bytearray(outer["WordDocument"])
    struct.pack_into("<H", first, 8, base // 512)
    streams = {**outer, "WordDocument": bytes(first + second), "1Table": outer["1Table"] + bytes(table)}
    document = read(compound(streams), "模板.dot")
    assert rows(document) == [("body", "模板正文"), ("attachment", "自动图文集XX")]
    assert not document.blocks[1].visible
