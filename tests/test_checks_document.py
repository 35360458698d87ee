"""Findings about the document itself."""

from __future__ import annotations

import pytest
from engine import document

from validator.checks._base import Context
from validator.checks.document import CHECK, CODES, document_finding
from validator.model.document import Block, Document, Kind, Notice
from validator.model.fact import Reading
from validator.model.finding import Finding
from validator.model.location import Location
from validator.model.rule import Rules
from validator.model.words import Bilingual

NOTHING = Reading(facts=(), holes=(), mentions=())


def findings(read: Document) -> list[Finding]:
    return list(
        CHECK.find(Context(document=read, reading=NOTHING, rules=Rules(), profile=None, indicators=()))
    )


def made(*blocks: Block, notices: tuple[Notice, ...] = ()) -> Document:
    return Document(path="a", format="docx", encoding=None, source="全文", blocks=blocks, notices=notices)


def block(text: str, **more: object) -> Block:
    return Block(text=text, offsets=range(len(text)), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("blocks", "empty"),
    [
        ((), True),
        ((block(""),), True),
        ((block("……，。"),), True),
        ((block("字", visible=False),), True),
        ((block("字", kind=Kind.META),), True),
        ((block("字"),), False),
        ((block("字", kind=Kind.FURNITURE),), False),
        ((block("12", kind=Kind.CELL),), False),
    ],
)
def test_a_document_without_text(blocks: tuple[Block, ...], empty: bool) -> None:
    assert [one.code for one in findings(made(*blocks))] == (["DOC009"] if empty else [])


def test_a_scan_is_told_once() -> None:
    notice = Notice(code="DOC003", zh="只有图片", en="pictures only")
    assert [one.code for one in findings(made(notices=(notice,)))] == ["DOC003"]


def test_notices_become_findings_at_their_block() -> None:
    notices = (
        Notice(code="DOC005", zh="有批注", en="a comment", block=0),
        Notice(code="DOC004", zh="有修订", en="a revision"),
    )
    one, other = findings(made(block("全文"), notices=notices))
    assert (one.code, one.block, one.location.line) == ("DOC005", 0, 1)
    assert (other.code, other.block, other.location.part) == ("DOC004", None, "file")
    assert one.message == Bilingual("有批注", "a comment")
    assert one.remedy == next(code.remedy for code in CODES if code.id == "DOC005")


def test_an_unknown_code_is_a_file_that_was_not_read() -> None:
    assert document_finding("DOC999", Bilingual("坏", "bad"), Location(part="file")).code == "DOC001"


def test_an_ordinary_text_gives_nothing() -> None:
    assert findings(document("工作总结\n\n全年平稳。\n")) == []
