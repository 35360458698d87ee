"""Comments that accept a finding, and the identity of findings."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from validator.model.document import Document
from validator.model.finding import Finding
from validator.model.words import Bilingual, Severity
from validator.readers._choose import read_file
from validator.suppressions._fingerprint import with_fingerprints
from validator.suppressions.inline import SUPPRESSION

CODES = frozenset({"PLC001", "BAN001", "IND001", "DOC010"})


def document_of(tmp_path: Path, text: str, name: str = "a.md") -> Document:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return read_file(path, name)


def finding_at(document: Document, text: str, code: str = "PLC001") -> Finding:
    """A finding at the only place of `text` in the document's blocks."""
    index, block = next((i, one) for i, one in enumerate(document.blocks) if text in one.text)
    start = block.text.index(text)
    end = start + len(text)
    return Finding(
        code=code,
        severity=Severity.ERROR,
        message=Bilingual("没有填", "not filled in"),
        remedy=Bilingual("填写", "fill in"),
        location=document.locate(index, start, end),
        text=text,
        block=index,
        start=start,
        end=end,
    )


@pytest.mark.parametrize(
    ("source", "waived"),
    [
        ("# 总结\n\n招聘XX人。 <!-- validator: allow PLC001 原文如此 -->\n", "原文如此"),
        ("# 总结\n\n<!-- validator: allow PLC001 原文如此 -->\n\n招聘XX人。\n", "原文如此"),
        ("# 总结\n\n<!--validator：allow plc001 原文如此-->\n招聘XX人。\n", "原文如此"),
        ("# 总结\n\n<!-- validator: allow PLC001 只管下一段 -->\n\n第一段。\n\n招聘XX人。\n", None),
        ("# 总结\n\n<!-- validator: allow BAN001 别的代码 -->\n\n招聘XX人。\n", None),
        ("# 总结\n\n<!-- validator: allow PLC001 -->\n\n招聘XX人。\n", None),
        ("# 总结\n\n<!-- validator: allow PLC001 …… -->\n\n招聘XX人。\n", None),
        ("招聘XX人。\n\n第二段。\n\n<!-- validator: allow-file PLC001 产品型号 -->\n", "产品型号"),
    ],
)
def test_where_a_comment_applies(tmp_path: Path, source: str, waived: str | None) -> None:
    document = document_of(tmp_path, source)
    found = SUPPRESSION.apply(document, [finding_at(document, "XX")], CODES)
    assert found[0].waived == waived


@pytest.mark.parametrize(
    ("comment", "message"),
    [
        ("<!-- validator: allow PLC001 -->", "没有写原因"),
        ("<!-- validator: allow PLC999 原因 -->", "代码不存在"),
        ("<!-- validator: allow-file DOC010 原因 -->", "不能豁免"),
        ("<!-- validator: alow PLC001 原因 -->", "allow 或 allow-file"),
        ("<!-- validator: -->", "allow 或 allow-file"),
    ],
)
def test_a_comment_that_does_not_count_is_a_finding(tmp_path: Path, comment: str, message: str) -> None:
    document = document_of(tmp_path, f"# 总结\n\n招聘XX人。\n\n{comment}\n")
    first, second = SUPPRESSION.apply(document, [finding_at(document, "XX")], CODES)
    assert first.waived is None
    assert (second.code, second.severity, second.location.line) == ("DOC011", Severity.WARNING, 5)
    assert message in second.message.zh


def test_a_text_file_has_no_comments(tmp_path: Path) -> None:
    document = document_of(tmp_path, "招聘XX人。<!-- validator: allow PLC001 原文如此 -->\n", "a.txt")
    assert [one.waived for one in SUPPRESSION.apply(document, [finding_at(document, "XX")], CODES)] == [None]


def test_every_finding_is_kept(tmp_path: Path) -> None:
    document = document_of(tmp_path, "<!-- validator: allow-file PLC001 型号 -->\n\n招聘XX人，扫码领取。\n")
    found = [finding_at(document, "XX"), finding_at(document, "扫码领取", "BAN001")]
    after = SUPPRESSION.apply(document, found, CODES)
    assert [replace(one, waived=None, waived_by="") for one in after] == found
    assert [one.waived for one in after] == ["型号", None]


def prints(document: Document, *findings: Finding) -> list[str]:
    return [one.fingerprint for one in with_fingerprints(findings, document)]


def test_a_fingerprint_survives_lines_above_and_widths(tmp_path: Path) -> None:
    first = document_of(tmp_path, "招聘XX人。\n")
    second = document_of(tmp_path, "# 新标题\n\n新的一段。\n\n招聘 ＸＸ人。\n")
    assert prints(first, finding_at(first, "XX")) == prints(second, finding_at(second, "ＸＸ"))


def halves(document: Document, text: str) -> list[str]:
    return with_fingerprints([finding_at(document, text)], document)[0].anchor.split(".")


@pytest.mark.parametrize(
    ("after", "kept"),
    [
        ("全年招聘XX人，引进博士12人，流失3人。", (True, True)),
        ("全年 招聘 ＸＸ 人，引进博士Ｘ人，流失X人。", (True, True)),
        ("下半年招聘XX人，引进博士X人，流失X人。", (False, True)),
        ("全年招聘XX名教师，引进博士X人，流失X人。", (True, False)),
        ("上级表彰XX名，引进博士X人，流失X人。", (False, False)),
    ],
)
def test_an_anchor_holds_what_stands_on_either_side(
    tmp_path: Path, after: str, kept: tuple[bool, bool]
) -> None:
    before = document_of(tmp_path, "全年招聘XX人，引进博士X人，流失X人。\n")
    text = "ＸＸ" if "ＸＸ" in after else "XX"
    pairs = zip(halves(before, "XX"), halves(document_of(tmp_path, after + "\n", "b.md"), text), strict=True)
    assert tuple(one == other for one, other in pairs) == kept


def test_an_indicator_is_its_own_anchor(tmp_path: Path) -> None:
    document = document_of(tmp_path, "招聘教师XX人。\n\n引进教师XX人，另XX。\n")
    first = replace(finding_at(document, "招聘教师XX"), code="IND003", indicator="a")
    second = replace(finding_at(document, "另XX"), code="IND003", indicator="a")
    assert len({one.anchor for one in with_fingerprints([first, second], document)}) == 1
    assert len(set(prints(document, first, second))) == 2


def test_equal_findings_have_their_own_fingerprints(tmp_path: Path) -> None:
    document = document_of(tmp_path, "招聘XX人。\n")
    one = finding_at(document, "XX")
    assert len(set(prints(document, one, one, replace(one, code="PLC002")))) == 3


def test_the_body_comes_first_then_lines_then_codes(tmp_path: Path) -> None:
    document = document_of(tmp_path, "招聘XX人。\n\n引进YY人。\n")
    first, second = finding_at(document, "XX"), finding_at(document, "YY")
    header = replace(first, location=replace(first.location, part="header"))
    other = replace(first, code="IND003")
    found = with_fingerprints([header, second, first, other], document)
    places = [(one.location.part, one.location.line, one.code) for one in found]
    assert places == [
        ("body", 1, "IND003"),
        ("body", 1, "PLC001"),
        ("body", 3, "PLC001"),
        ("header", 1, "PLC001"),
    ]
