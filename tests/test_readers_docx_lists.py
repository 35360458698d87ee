"""Automatic numbering of Word documents: the labels that a reader of the page sees."""

from __future__ import annotations

import pytest

from tests.wordfiles import NAMES, STYLES, cell, par, read, run
from validator.model.document import Document
from validator.readers._word.numerals import numeral

LEVELS = (
    ("chineseCounting", "%1、"),
    ("chineseCounting", "（%2）"),
    ("decimal", "%3."),
    ("decimal", "（%4）"),
    ("decimal", "%1.%2.%3.%5"),
)


def level(at: int, form: str, text: str, *, start: int = 1, extra: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{extra}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def abstract(key: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{key}">{"".join(levels)}</w:abstractNum>'


def num(key: int, of: int, overrides: str = "") -> str:
    return f'<w:num w:numId="{key}"><w:abstractNumId w:val="{of}"/>{overrides}</w:num>'


def item(depth: int | None, text: str, *, number: int | str = 1, style: str = "", more: str = "") -> str:
    at = "" if depth is None else f'<w:ilvl w:val="{depth}"/>'
    extra = f'<w:numPr>{at}<w:numId w:val="{number}"/></w:numPr>{more}'
    return par(text, style=style, extra=extra) if text else f"<w:p><w:pPr>{extra}</w:pPr></w:p>"


def numbered(body: str, numbering: str, styles: str = "") -> Document:
    return read(
        body,
        rels=(("n", "numbering", "numbering.xml"),),
        numbering=f"<w:numbering {NAMES}>{numbering}</w:numbering>",
        **({"styles": styles} if styles else {}),
    )


def texts(body: str, numbering: str, styles: str = "") -> list[str]:
    return [block.text for block in numbered(body, numbering, styles).blocks]


CHINESE = abstract(1, *(level(at, form, text) for at, (form, text) in enumerate(LEVELS))) + num(1, 1)
DECIMAL = abstract(
    1, level(0, "decimal", "%1"), level(1, "decimal", "%1.%2"), level(2, "decimal", "%1.%2.%3")
)


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("decimal", "1 2 10 11 20 21 99"),
        ("decimalZero", "01 02 10 11 20 21 99"),
        ("decimalFullWidth", "１ ２ １０ １１ ２０ ２１ ９９"),
        ("decimalEnclosedCircle", "① ② ⑩ ⑪ ⑳ ㉑ 99"),
        ("decimalEnclosedCircleChinese", "① ② ⑩ ⑪ ⑳ ㉑ 99"),
        ("chineseCounting", "一 二 十 十一 二十 二十一 九十九"),
        ("chineseCountingThousand", "一 二 十 十一 二十 二十一 九十九"),
        ("japaneseCounting", "一 二 十 十一 二十 二十一 九十九"),
        ("chineseLegalSimplified", "壹 贰 壹拾 壹拾壹 贰拾 贰拾壹 玖拾玖"),
        ("ideographTraditional", "甲 乙 癸 11 20 21 99"),
        ("ideographZodiac", "子 丑 酉 戌 20 21 99"),
        ("upperLetter", "A B J K T U UUUU"),
        ("lowerLetter", "a b j k t u uuuu"),
        ("upperRoman", "I II X XI XX XXI XCIX"),
        ("lowerRoman", "i ii x xi xx xxi xcix"),
        ("ordinal", "1st 2nd 10th 11th 20th 21st 99th"),
        ("made-up", "1 2 10 11 20 21 99"),
    ],
)
def test_number_formats(form: str, expected: str) -> None:
    assert " ".join(numeral(value, form) for value in (1, 2, 10, 11, 20, 21, 99)) == expected


@pytest.mark.parametrize("form", ["upperLetter", "upperRoman", "chineseCountingThousand", "ideographZodiac"])
@pytest.mark.parametrize("value", [-1, 0, 10**9])
def test_numbers_without_a_sign_are_written_with_digits(form: str, value: int) -> None:
    assert len(numeral(value, form)) <= 11


def test_headings_numbered_by_word_are_headings() -> None:
    document = numbered(
        par("县教育局2023年工作总结")
        + item(0, "教育")
        + item(1, "规模")
        + par("在校学生5.2万人。")
        + item(1, "师资")
        + item(0, "科技")
        + item(1, "投入")
        + item(2, "研发")
        + item(3, "企业"),
        CHINESE,
    )
    assert [block.text for block in document.blocks][1:] == [
        "一、教育",
        "（一）规模",
        "在校学生5.2万人。",
        "（二）师资",
        "二、科技",
        "（一）投入",
        "1. 研发",
        "（1）企业",
    ]
    assert document.blocks[3].section == ("一、教育", "（一）规模")


@pytest.mark.parametrize(
    ("depths", "expected"),
    [
        ("001", "1 2 2.1"),
        ("0110122", "1 1.1 1.2 2 2.1 2.1.1 2.1.2"),
        ("2110", "1.1.1 1.2 1.3 2"),
    ],
)
def test_levels_restart_below_a_higher_one(depths: str, expected: str) -> None:
    body = "".join(item(int(one), "甲") for one in depths)
    assert texts(body, DECIMAL + num(1, 1)) == [f"{one} 甲" for one in expected.split()]


def test_levels_that_never_restart() -> None:
    levels = abstract(
        1,
        level(0, "decimal", "%1"),
        level(1, "decimal", "%1.%2", extra='<w:lvlRestart w:val="0"/>'),
        level(2, "decimal", "%3", extra='<w:lvlRestart w:val="1"/>'),
    )
    body = "".join(item(int(one), "甲") for one in "01212012")
    assert texts(body, levels + num(1, 1)) == [
        f"{one} 甲" for one in ["1", "1.1", "1", "1.2", "2", "2", "2.3", "1"]
    ]


def test_lists_of_one_kind_go_on_unless_they_start_anew() -> None:
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    fifth = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "upperRoman", "%1)")}</w:lvlOverride>'
    body = "".join(item(0, "甲", number=one) for one in (1, 1, 2, 3, 3, 1, 4, 5))
    numbering = DECIMAL + num(1, 1) + num(2, 1) + num(3, 1, again) + num(4, 1, fifth) + num(5, 1, own)
    assert texts(body, numbering) == [f"{one} 甲" for one in ["1", "2", "3", "1", "2", "3", "5", "VI)"]]


def test_labels_by_style() -> None:
    styles = STYLES.replace(
        "</w:styles>",
        '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="h"/><w:pPr><w:numPr><w:numId w:val="1"/>'
        '</w:numPr></w:pPr></w:style><w:style w:type="paragraph" w:styleId="H2"><w:basedOn w:val="H1"/>'
        '<w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="H3"><w:basedOn w:val="H1"/></w:style></w:styles>',
    )
    linked = abstract(
        1,
        level(0, "chineseCounting", "%1、"),
        level(1, "chineseCounting", "（%2）"),
        level(2, "decimal", "%3、", extra='<w:pStyle w:val="H3"/>'),
    )
    off = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    body = (
        par("教育", style="H1")
        + par("规模", style="H2")
        + par("条目", style="H3")
        + par("不编号", style="H1", extra=off)
        + par("科技", style="H1")
    )
    assert texts(body, linked + num(1, 1), styles) == [
        "一、教育",
        "（一）规模",
        "1、条目",
        "不编号",
        "二、科技",
    ]


def test_a_list_by_a_list_style() -> None:
    styles = STYLES.replace(
        "</w:styles>",
        '<w:style w:type="numbering" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr>'
        "</w:style></w:styles>",
    )
    numbering = (
        '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="L"/></w:abstractNum>'
        + abstract(2, level(0, "chineseCounting", "%1、"))
        + num(1, 1)
        + num(2, 2)
    )
    assert texts(item(0, "甲"), numbering, styles) == ["一、甲"]
    loop = STYLES.replace("</w:styles>", "") + (
        '<w:style w:styleId="L"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>'
    )
    assert texts(item(0, "甲"), numbering, loop) == ["甲"]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        (level(0, "bullet", "●"), "甲"),
        (level(0, "decimal", "%1", extra='<w:lvlPicBulletId w:val="0"/>'), "甲"),
        (level(0, "decimal", "%1、", extra="<w:rPr><w:vanish/></w:rPr>"), "甲"),
        (level(0, "none", "附件："), "附件：甲"),
        (level(0, "decimal", "第%1条"), "第1条 甲"),
        (level(0, "decimal", "%1", extra='<w:suff w:val="nothing"/>'), "1甲"),
        (level(0, "decimal", "%1", extra='<w:suff w:val="space"/>'), "1 甲"),
        (level(0, "decimal", "%1.%2.%9"), "1.. 甲"),
        (level(0, "decimal", "%1、", start=7), "7、甲"),
        (
            '<w:lvl w:ilvl="0"><w:numFmt w:val="custom" w:format="001, 002, 003, ..."/>'
            '<w:start w:val="8"/><w:lvlText w:val="%1"/></w:lvl>',
            "008 甲",
        ),
        ('<w:lvl w:ilvl="99999999999"/><w:lvl w:ilvl="²"/><w:lvl/>', "甲"),
        (level(0, "decimal", "%1", extra='<w:start w:val="' + "9" * 5000 + '"/>'), "1 甲"),
    ],
)
def test_labels(markup: str, expected: str) -> None:
    assert texts(item(0, "甲"), abstract(1, markup) + num(1, 1)) == [expected]


def test_legal_numbering_is_arabic() -> None:
    levels = abstract(
        1, level(0, "chineseCounting", "第%1章"), level(1, "decimal", "%1.%2", extra="<w:isLgl/>")
    )
    assert texts(item(0, "甲") + item(1, "乙"), levels + num(1, 1)) == ["第一章 甲", "1.1 乙"]


def test_a_label_and_a_number_stay_two_numbers() -> None:
    levels = abstract(1, level(0, "decimal", "%1.", extra='<w:suff w:val="nothing"/>'))
    assert texts(item(0, "5万人入学。"), levels + num(1, 1)) == ["1. 5万人入学。"]


def test_what_counts() -> None:
    gone = "<w:del><w:r><w:delText>x</w:delText></w:r></w:del>"
    deleted = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
        f"<w:rPr><w:del/></w:rPr></w:pPr>{gone}</w:p>"
    )
    hidden = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
        f"<w:rPr><w:vanish/></w:rPr></w:pPr>{run('密', '<w:vanish/>')}</w:p>"
    )
    found = numbered(
        item(0, "甲") + item(0, "") + deleted + hidden + item(0, "乙") + item(0, "无", number=77),
        DECIMAL + num(1, 1),
    )
    assert [block.text for block in found.blocks if block.part == "body"] == ["1 甲", "3 乙", "无"]


def test_numbered_cells_without_text_show_their_number() -> None:
    empty = f"<w:tc>{item(0, '')}</w:tc>"
    rows = "".join(f"<w:tr>{empty}{cell(name)}</w:tr>" for name in ("甲", "乙"))
    assert texts(f"<w:tbl>{rows}</w:tbl>", DECIMAL + num(1, 1)) == ["1", "甲", "2", "乙"]


def test_every_story_counts_alone() -> None:
    box = f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{item(0, '框')}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    assert texts(item(0, "甲") + par("有框", box) + item(0, "乙"), DECIMAL + num(1, 1)) == [
        "1 甲",
        "有框",
        "1 框",
        "2 乙",
    ]
