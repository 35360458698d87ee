"""Placeholders as findings: one a hole, tied to its indicator, graded by what the reader sees."""

from __future__ import annotations

import pytest
from engine import TITLE, document, packs

from validator.checks._base import Context
from validator.checks.placeholders import CHECK
from validator.facts.reading import read_facts
from validator.model.document import Block, Document
from validator.model.finding import Finding


def findings(read: Document) -> list[Finding]:
    reading = read_facts(read, packs())
    return list(
        CHECK.find(Context(document=read, reading=reading, rules=packs(), profile=None, indicators=()))
    )


def test_one_finding_for_each_hole_in_order() -> None:
    found = findings(document(TITLE + "在校学生X人，金额待定。\n\nX县教育局\n\n20XX年X月X日\n"))
    assert [(one.code, one.text) for one in found] == [
        ("PLC001", "X"),
        ("PLC003", "待定"),
        ("PLC005", "X"),
        ("PLC006", "XX"),
        ("PLC006", "X"),
        ("PLC006", "X"),
    ]
    assert all(one.severity == "error" for one in found)


def test_a_hole_that_stands_for_an_indicator_says_so() -> None:
    one, other = findings(document(TITLE + "全县在校学生X人，走访X户。\n"))
    assert one.indicator == "education.students_enrolled"
    assert packs().indicators[one.indicator].name.zh in one.message.zh
    assert packs().indicators[one.indicator].how in one.remedy.zh
    assert other.indicator is None
    assert "X" in other.message.zh


@pytest.mark.parametrize(
    "text",
    ["全县在校学生5.1万人，由某某副县长包联。", "全县在校学生为XX县第一。", "全县在校学生为20XX年数据。"],
)
def test_a_name_or_a_date_is_never_the_number_of_an_indicator(text: str) -> None:
    (one,) = findings(document(TITLE + text + "\n"))
    assert one.code in ("PLC005", "PLC006")
    assert one.indicator is None
    assert "还没有填数" not in one.message.zh


def test_an_empty_hole_is_called_a_blank() -> None:
    (one,) = findings(document(TITLE + "公共体育场馆开放率为%。\n"))
    assert "空白" in one.message.zh
    assert "blank" in one.message.en


def test_what_nobody_sees_is_a_warning() -> None:
    text = "备注：招生XX人。"
    blocks = tuple(
        Block(text=text, offsets=range(at, at + len(text)), part=part, visible=visible)
        for at, part, visible in ((0, "body", True), (20, "comment", True), (40, "hidden", False))
    )
    read = Document(path="a.docx", format="docx", encoding=None, source=text.ljust(20) * 3, blocks=blocks)
    assert [one.severity for one in findings(read)] == ["error", "warning", "warning"]


def test_spans_are_those_of_the_block() -> None:
    read = document(TITLE + "全县招生Ｘ Ｘ人，引进【待补充】人。\n")
    for one in findings(read):
        assert one.block is not None
        assert read.blocks[one.block].text[one.start : one.end] == one.text
