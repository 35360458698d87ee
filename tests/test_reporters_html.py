"""The page for people: everything is on it once, every link leads somewhere, nothing of a document is markup."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from htmlpages import checked, listed_codes, of_codes, real, rendered, tree, words
from hypothesis import given, settings
from hypothesis import strategies as st
from runs import HOSTILE, found, hostile, many, missing, report, required, run

from validator.model.document import Block, Document
from validator.model.location import Location
from validator.model.report import ReportResult, Run
from validator.model.words import Bilingual, Lang, Severity, Status
from validator.reporters._entries import entries as listed_entries
from validator.rulepacks import load_rules
from validator.text.escape import visible

ONE = Document(
    path="甲", format="docx", encoding=None, source="甲", blocks=(Block(text="甲", offsets=range(1)),)
)
FULL = run(
    report(
        missing(),
        found(),
        found(severity=Severity.WARNING, location=Location(part="header", paragraph=1), text="XX"),
        found(waived="型号", waived_by="comment"),
        found("DOC001", location=Location(part="file"), text=""),
        indicators=(
            required(Status.ABSENT),
            required(Status.REPORTED, "a"),
            required(Status.PLACEHOLDER, "b"),
            required(Status.BLANK, "c"),
            required(Status.NO_VALUE, "d"),
            required(Status.CONFLICTING, "e"),
            required(Status.NOT_APPLICABLE, "f"),
        ),
        title="总结",
        profile="county",
        document=ONE,
    ),
    report(path="报告/乙.docx", indicators=(required(Status.REPORTED),), document=ONE),
    report(path="报告/丙.docx", document=ONE),
    report(found("DOC001", location=Location(part="file")), path="坏.doc"),
    skipped=3,
    unreadable=("坏.doc",),
)


@pytest.mark.parametrize("lang", Lang)
@pytest.mark.parametrize(
    "of", [Run(), FULL, replace(FULL, reports=FULL.reports[:1]), many(60), many(60, reports=60)]
)
def test_every_page_is_sound(of: Run, lang: Lang) -> None:
    page = checked(rendered(of, lang=lang))
    assert page.get("lang") == ("zh-CN" if lang is Lang.ZH else "en")
    assert listed_codes(page) == of_codes(of)


@pytest.mark.parametrize("lang", Lang)
@pytest.mark.parametrize(
    "name",
    ["report.docx", "report.xlsx", "report.txt", "report.html", "report.pdf", "report.pptx", "report.ofd"],
)
def test_real_reports_are_shown_whole(name: str, lang: Lang) -> None:
    of = real(name)
    page = checked(rendered(of, load_rules(), lang=lang))
    assert listed_codes(page) == of_codes(of)
    (doc,) = page.xpath("//*[@class='doc']")
    for extra in doc.xpath(".//a[starts-with(@class, 'b ')] | .//*[@class='here' or @class='label']"):
        extra.drop_tree()
    for line_end in doc.xpath(".//br"):
        line_end.tail = "\n" + (line_end.tail or "")
    shown = Counter(re.sub(r"\s", "", "".join(doc.itertext())))
    document = of.reports[0].document
    assert document is not None
    assert shown == Counter(re.sub(r"\s", "", "".join(visible(one.text) for one in document.blocks)))


def test_every_place_is_marked_and_leads_back() -> None:
    page = checked(rendered(real(), load_rules()))
    entries = page.xpath("//div[@class='found']//li")
    assert len(entries) == len(listed_entries(real().reports[0]))
    for entry in entries:
        (badge,) = entry.xpath("./*[contains(@class, 'b ')]")
        assert badge.tag == "a"
        (mark,) = page.xpath(f"//*[@class='doc']//a[@id='{badge.get('href')[1:]}']")
        assert mark.get("href") == "#" + entry.get("id")
        assert mark.get("title")
        assert words(mark) == words(badge)
    rows = page.xpath("//table[@class='rows']/tbody/tr")
    back = {one.get("href") for one in page.xpath("//a[@class='fact']")}
    stated = [one for one in rows if one.xpath(".//span[@class='s ok']")]
    assert len(stated) == sum(one.status is Status.REPORTED for one in real().reports[0].indicators)
    leading = {"#" + one.get("id") for one in stated}
    assert back <= leading
    shared = page.xpath("//*[@class='doc']//span[@id]/@id")
    assert len(leading - back) == len(shared), "only what is stated in the very same words shares a link back"
    assert len(shared) <= 1


def test_completeness_is_told_in_words_and_bars() -> None:
    page = checked(rendered(real(), load_rules()))
    bars = page.xpath("//div[@class='bars']/div")
    changes = sum(one.severity is not Severity.INFO for one in listed_entries(real().reports[0]))
    statuses = Counter(one.status for one in real().reports[0].required)
    done, asked = statuses[Status.REPORTED], statuses.total()
    assert words(bars[0]) == (
        f"合计 {done}/{asked} 已填 {done} 占位 {statuses[Status.PLACEHOLDER]} 空白 {statuses[Status.BLANK]} "
        f"有名无数 {statuses[Status.NO_VALUE]} 未提及 {statuses[Status.ABSENT]}"
    )
    totals = [words(one.xpath("*[@class='of']")[0]).split("/") for one in bars[1:]]
    assert sum(int(stated) for stated, _ in totals) == done
    assert sum(int(total) for _, total in totals) == asked
    for bar in bars:
        (picture,) = bar.xpath("*[local-name()='svg']")
        assert sum(int(one.get("width")) for one in picture) == int(picture.get("viewbox").split()[2])
    assert words(page.xpath("//*[@class='say']")[0]) == f"还差 {asked - done} 项指标，要改 {changes} 处。"
    assert len(page.xpath("//div[@class='lack']//li")) == asked - done
    assert (
        words(page.xpath("//nav")[0]) == f"完整度缺项 {asked - done}指标一览要改的地方 {changes}报告原文代码"
    )


UNASKED = (
    "没有发现要改的地方，但没有查缺项。",
    "Nothing to change was found; what is missing was not checked.",
)


@pytest.mark.parametrize(
    ("of", "zh", "en"),
    [
        (report(), *UNASKED),
        (report(found(waived="行")), *UNASKED),
        (report(found(severity=Severity.INFO)), *UNASKED),
        (
            report(indicators=(required(Status.REPORTED),), profile="p"),
            "该报的都报了，没有发现要改的地方。",
            "Nothing is missing, and nothing to change was found.",
        ),
        (report(missing(), indicators=(required(Status.ABSENT),)), "还差 1 项指标。", "1 indicators to add."),
        (
            report(missing(waived="免"), indicators=(required(Status.ABSENT),)),
            "没有发现要改的地方，没报的已豁免。",
            "Nothing to change was found; what is missing is accepted.",
        ),
        (report(found(), found(text="XX")), "要改 2 处。", "2 places to change."),
    ],
)
def test_the_verdict(of: ReportResult, zh: str, en: str) -> None:
    one = run(replace(of, document=ONE))
    for lang, sentence in ((Lang.ZH, zh), (Lang.EN, en)):
        page = checked(rendered(one, lang=lang))
        assert words(page.xpath("//*[@class='say']")[0]) == sentence
        assert listed_codes(page) == of_codes(one)


def test_what_could_not_be_read_is_explained() -> None:
    bad = found(
        "DOC002", message=Bilingual("坏.doc：文件有密码", "locked"), location=Location(part="file"), text=""
    )
    page = checked(rendered(run(report(bad, path="坏.doc"), unreadable=("坏.doc",))))
    assert words(page.xpath("//*[@class='say']")[0]) == "这份文件没能检查。"
    assert "坏.doc：文件有密码" in words(page)
    assert "去掉打开密码" in words(page), "the list of codes says what to do"


def test_files_that_were_left_are_told_beside_a_single_report() -> None:
    page = checked(rendered(run(report(document=ONE), skipped=2)))
    assert page.xpath("//table[@class='mx']") == []
    (left,) = [one for one in page.xpath("//details") if one.xpath(".//*[@id='skipped']")]
    assert [words(one) for one in left.xpath("./ul/li")] == ["不是报告p0.pyp1.py"]


def test_accepted_findings_are_folded_but_there() -> None:
    page = checked(rendered(replace(FULL, reports=FULL.reports[:1])))
    (fold,) = [one for one in page.xpath("//details") if one.xpath(".//*[@id='waived']")]
    assert fold.get("open") is None
    assert "文中注明，原因：型号" in words(fold)


def test_many_reports_begin_with_a_matrix() -> None:
    page = checked(rendered(FULL))
    table = page.xpath("//table[@class='mx']")[0]
    heads = [words(one) for one in table.xpath("./thead//th")]
    assert heads[:4] == ["报告", "已填", "还差", "要改"]
    rows = [[words(cell) for cell in one] for one in table.xpath("./tbody/tr")]
    assert rows[0][:4] == ["报告/甲.docx", "1/6", "5", "3"]
    assert rows[0][4:] == ["缺", "✓", "占", "空", "无", "矛"]
    assert rows[1][:5] == ["报告/乙.docx", "1/1", "0", "0", "✓"]
    assert rows[2][:4] == ["报告/丙.docx", "–", "–", "0"]
    assert rows[3][:2] == ["坏.doc", "没读成"]
    assert {len(one) for one in rows} == {len(heads)}
    assert words(page.xpath("//*[@class='say']")[0]) == (
        "检查了 3 份：1 份要补要改，共差 5 项指标，要改 3 处，1 份没有查缺项，1 份没能检查。"
    )
    assert words(page.xpath("//*[@class='counts']")[0]) == (
        "找到文件7检查了3没有问题1指标已填2/7（28%）没有查缺项1没读成1跳过3"
    )
    (left,) = [one for one in page.xpath("//details") if one.xpath(".//*[@id='skipped']")]
    assert [words(one) for one in left.xpath("./ul/li")] == ["不是报告p0.pyp1.pyp2.py"]
    assert all(one.get("open") is None for one in page.xpath("//details[contains(@class, 'report')]"))


@pytest.mark.parametrize("lang", Lang)
@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_of_a_document_is_markup(text: str, lang: Lang) -> None:
    plain, bad = checked(rendered(hostile("甲"), lang=lang)), checked(rendered(hostile(text), lang=lang))
    allowed = {(one.tag, *sorted(one.attrib)) for one in plain.iter() if isinstance(one.tag, str)}
    seen = {(one.tag, *sorted(one.attrib)) for one in bad.iter() if isinstance(one.tag, str)}
    assert seen - allowed <= {("br",)}
    assert len(bad.xpath("//script")) == 1
    assert len(bad.xpath("//style")) == 1
    assert not [one for one in bad.iter() if not isinstance(one.tag, str)]
    single = run(hostile(text).reports[0])
    assert listed_codes(checked(rendered(single, lang=lang))) == of_codes(single)


def test_the_policy_allows_only_our_own_style_and_script() -> None:
    page = tree(rendered(real(), load_rules()))
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for tag in ("style", "script"):
        (node,) = page.xpath(f"//{tag}")
        digest = base64.b64encode(hashlib.sha256(node.text.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy


def test_the_same_run_gives_the_same_bytes() -> None:
    assert rendered(FULL) == rendered(FULL)
    assert rendered(real(), load_rules()) == rendered(real(), load_rules())


def test_names_of_files_and_reasons_are_shown(program: Any, folder: Path) -> None:
    (folder / "甲<b>.txt").write_text("临川县2023年工作总结\n\n全县在校学生X人。\n", "utf-8")
    (folder / "b.png").write_bytes(b"\x89PNG")
    done = program("check", ".", "--output", "报告.html")
    assert done.code == 1
    page = checked((folder / "报告.html").read_text("utf-8"))
    assert "甲<b>.txt" in words(page)
    assert page.xpath("//title")[0].text.startswith("检查结果：")


def test_personal_numbers_are_masked_where_that_is_asked(program: Any, folder: Path) -> None:
    (folder / "甲.txt").write_text(
        "临川县2023年工作总结\n\n联系人张三，电话13812345678，在校学生X人。\n", "utf-8"
    )
    program("check", "甲.txt", "--redact", "--format", "html", "--output", "a.html")
    program("check", "甲.txt", "--no-redact", "--format", "html", "--output", "b.html")
    assert "13812345678" not in (folder / "a.html").read_text("utf-8")
    assert "13812345678" in (folder / "b.html").read_text("utf-8")


@settings(max_examples=25, deadline=None)
@given(st.text(alphabet="<>&\"'`={}%#\\/a甲\n\u202e\x00", max_size=30))
def test_any_text_is_inert(text: str) -> None:
    page = checked(rendered(hostile(text)))
    assert not {one.tag for one in page.iter() if isinstance(one.tag, str)} & {
        "img",
        "iframe",
        "b2",
        "marquee",
    }


def test_numbers_that_count_twice_are_explained() -> None:
    place = {"block": 0, "start": 0, "end": 1, "text": "甲"}
    both = found(**place), found("IND003", indicator="b", **place)
    one = report(
        missing(),
        *both,
        indicators=(required(Status.ABSENT), required(Status.PLACEHOLDER, "b")),
        profile="county",
        document=ONE,
    )
    page = checked(rendered(run(one)))
    assert words(page.xpath("//*[@class='say']")[0]) == "还差 2 项指标，要改 1 处。"
    assert words(page.xpath("//*[@class='detail']")[0]) == (
        "2 项里有 1 项文中已经提到，只是没有填好数，要改的地方里已包括。"
    )
    (listed,) = page.xpath("//section[contains(@class, 'list')]")
    assert "错误 1 处" in words(listed)
    assert "同一处有几个问题的合成一条：2 个问题，1 处。" in words(listed)
    apart = checked(rendered(run(replace(one, findings=(missing(), found())))))
    assert "合成一条" not in words(apart)


def test_a_missing_indicator_names_the_heading_of_the_report() -> None:
    place = Location(part="body", line=1, column=1, end_line=1, end_column=2, section=("四、体育",))
    lacking = report(
        missing(location=place), indicators=(required(Status.ABSENT),), profile="county", document=ONE
    )
    page = checked(rendered(run(lacking)))
    assert words(page).count("应写在：四、体育") >= 2


def test_nothing_is_green_that_was_not_looked_at() -> None:
    page = checked(rendered(run(report(document=ONE))))
    assert "warn" in page.xpath("//section[contains(@class, 'verdict')]/@class")[0]
    assert "没有适用的要求清单" in words(page)
