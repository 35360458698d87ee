"""What the clerk sees, as text: built from small records, compared as whole screens."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from validator.model.document import Document
from validator.model.fact import Fact
from validator.model.finding import Finding, IndicatorResult
from validator.model.location import Location
from validator.model.report import Ledger, LedgerEntry, ReportResult, Run
from validator.model.rule import Indicator, Profile, Requirement, Rules
from validator.model.words import Bilingual, Lang, Role, Severity, Status
from validator.readers._choose import read_file
from validator.reporters._base import Look
from validator.reporters.console import REPORTER
from validator.text.width import width

NAMES = {
    "venue": ("体育场地面积", "Venue area"),
    "schools": ("学校数", "Schools"),
    "gdp": ("地区生产总值", "GDP"),
}
RULES = Rules(
    indicators={
        id_: Indicator(
            id=id_,
            name=Bilingual(*name),
            wordings=(name[0],),
            unit="个",
            kind="count",
            section="体育",
            owner="体育股",
            how=f"{name[0]}12个",
        )
        for id_, name in NAMES.items()
    },
    profiles={
        "county": Profile(
            id="county",
            name=Bilingual("县级总结", "County report"),
            require=tuple(Requirement(indicator=id_) for id_ in NAMES),
        )
    },
)
TEXT = "某县2020年工作总结\n\n一、体育工作\n全县体育场地面积X平方米，\x1b[31m比上年[bold]增长。扫码领取资料\n"


@pytest.fixture
def document(tmp_path: Path) -> Document:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, "utf-8")
    return read_file(path, "a.txt")


def finding(document: Document, text: str, code: str, message: str, indicator: str | None = None) -> Finding:
    index = next(i for i, one in enumerate(document.blocks) if text in one.text)
    start = document.blocks[index].text.index(text)
    return Finding(
        code=code,
        severity=Severity.ERROR,
        message=Bilingual(message, "en " + code),
        remedy=Bilingual("改正", "mend it"),
        location=document.locate(index, start, start + len(text)),
        text=text,
        indicator=indicator,
        block=index,
        start=start,
        end=start + len(text),
    )


def report_of(document: Document, *findings: Finding, **more: object) -> ReportResult:
    statuses = {"venue": Status.PLACEHOLDER, "schools": Status.ABSENT, "gdp": Status.REPORTED}
    indicators = tuple(
        IndicatorResult(id=id_, name=Bilingual(*NAMES[id_]), status=status, required=True, role="actual")
        for id_, status in statuses.items()
    )
    base = ReportResult(
        path="a.txt",
        format="txt",
        encoding="utf-8",
        profile="county",
        title=document.title,
        indicators=indicators,
        findings=findings,
        document=document,
    )
    return replace(base, **more)  # type: ignore[arg-type]


def screen(*reports: ReportResult, look: Look | None = None, ledger: Ledger | None = None) -> str:
    assert REPORTER.check is not None
    run = Run(reports=reports, ledger=ledger or Ledger(checked=tuple(one.path for one in reports)))
    out = REPORTER.check(run, RULES, look or Look())
    assert isinstance(out, str)
    return out


@pytest.fixture
def usual(document: Document) -> ReportResult:
    return report_of(
        document,
        finding(document, "X", "PLC001", "“X”没有填"),
        finding(document, "X", "IND003", "体育场地面积没有填", "venue"),
        replace(finding(document, "某", "IND001", "没有提到学校数", "schools"), block=None),
        finding(document, "扫码领取", "BAN002", "广告"),
    )


def test_the_whole_screen(usual: ReportResult) -> None:
    assert (
        screen(usual)
        == """\
a.txt
  标题：某县2020年工作总结
  要求：县级总结 (county)
  应报 3 项：已填 1，占位 1，未提及 1

没有提到的指标（1 项）  IND001
 应写在：体育
  ✗ 学校数（问：体育股） → 学校数12个

要改的地方（2 处）
 一、体育工作 第1段
  ✗ 第4行第9列  体育场地面积没有填  IND003 PLC001
    全县体育场地面积【X】平方米，\\x1b[31m比上年[bold]增长…
    → 改正（问：体育股）
  ✗ 第4行第31列  广告  BAN002
    【扫码领取】资料
    → 改正

────────────────────────────────────────
找到 1 份文件，检查了 1 份
错误 4 个，警告 0 个（同一处有几个问题的合成一条，共 3 条）
下一步：删掉 1 处广告，把 1 处占位换成实际内容，补上没提到的 1 项指标，然后再检
  查一次。代码的含义：validator explain BAN002
"""
    )


def test_english(usual: ReportResult) -> None:
    out = screen(usual, look=Look(lang=Lang.EN))
    assert "3 required: 1 reported, 1 placeholder, 1 not mentioned" in out
    assert "line 4, column 9  en IND003  IND003 PLC001" in out
    assert "→ mend it (ask: 体育股)" in out


@pytest.mark.parametrize("columns", [40, 60, 80])
@pytest.mark.parametrize("lang", list(Lang))
def test_no_row_is_wider_than_the_console(usual: ReportResult, columns: int, lang: Lang) -> None:
    for row in screen(usual, look=Look(columns=columns, lang=lang)).splitlines():
        assert width(row) <= columns


def test_colour_comes_from_us_and_never_from_the_text(usual: ReportResult) -> None:
    out = screen(usual, look=Look(color=True))
    assert "\x1b[" in out
    assert "\x1b[31m比上年" not in out
    assert "\\x1b[31m比上年[bold]增长" in out
    assert "【" not in out
    assert re.sub(r"\x1b\[[\d;]*m", "", out).count("\x1b") == 0


def test_without_symbols(usual: ReportResult) -> None:
    out = screen(usual, look=Look(symbols=False))
    assert "  x 第4行第9列" in out
    assert "-> 改正" in out
    assert not set("✓✗→─") & set(out)


def test_a_clean_report_takes_one_line(document: Document) -> None:
    done = IndicatorResult(
        id="gdp", name=Bilingual("地区生产总值", "GDP"), status=Status.REPORTED, required=True, role="actual"
    )
    clean = report_of(document, indicators=(done,))
    assert screen(clean).splitlines()[0] == "✓ a.txt：没有发现问题，应报 1 项全部已填"
    assert screen(clean, look=Look(symbols=False)).startswith("[OK] a.txt")


def test_without_a_profile_it_says_so_and_how_to_choose_one(document: Document) -> None:
    out = screen(report_of(document, profile=None, indicators=()))
    assert "未指定要求清单" in out
    assert "--profile" in out
    assert "county (县级总结)" in out


def test_what_is_waived_stays_visible(document: Document) -> None:
    waived = replace(finding(document, "X", "PLC001", "没有填"), waived="型号")
    standing = finding(document, "扫码领取", "BAN002", "广告")
    assert "已豁免 1 处，加 --verbose 列出" in screen(report_of(document, waived, standing))
    assert "PLC001  原因：型号" in screen(report_of(document, waived, standing), look=Look(verbose=True))


def test_values_are_shown_when_verbose(document: Document) -> None:
    fact = Fact(
        indicator="gdp",
        role=Role.ACTUAL,
        value=286.4,
        unit="亿元",
        location=document.locate(1, 0, 1),
        text="地区生产总值286.4亿元",
        value_text="286.4亿元",
    )
    done = IndicatorResult(
        id="gdp",
        name=Bilingual("地区生产总值", "GDP"),
        status=Status.REPORTED,
        required=True,
        role="actual",
        facts=(fact,),
    )
    out = screen(report_of(document, indicators=(done,)), look=Look(verbose=True))
    assert "✓ 地区生产总值 286.4亿元" in out


def test_every_file_is_accounted_for() -> None:
    bad = Finding(
        code="DOC008",
        severity=Severity.ERROR,
        message=Bilingual("不支持", "unsupported"),
        remedy=Bilingual("另存为 .docx", "save as .docx"),
        location=Location(part="file"),
    )
    ledger = Ledger(
        skipped=tuple(LedgerEntry(path=f"{n}.py", zh="程序", en="code") for n in range(5)),
        unreadable=(LedgerEntry(path="b.doc", zh="不支持", en="unsupported"),),
    )
    out = screen(ReportResult(path="b.doc", format="doc", findings=(bad,)), ledger=ledger)
    assert "b.doc\n  ✗ 不支持  DOC008\n    → 另存为 .docx\n" in out
    assert "找到 6 份文件，检查了 0 份，跳过 5 份，没读成 1 份" in out
    assert "跳过：0.py、1.py、2.py 等 5 个（程序）" in out
    assert "没读成：b.doc（不支持）" in out


def test_what_is_missing_belongs_under_a_heading_of_the_report(document: Document) -> None:
    place = Location(part="body", line=3, column=1, end_line=3, end_column=7, section=("一、体育工作",))
    absent = replace(
        finding(document, "某", "IND001", "没有提到学校数", "schools"), block=None, text="", location=place
    )
    assert "\n 应写在：一、体育工作\n" in screen(report_of(document, absent))
    other = replace(absent, location=replace(place, section=("一、主要工作", "（二）民生")))
    assert "\n 应写在：一、主要工作 > （二）民生，体育部分\n" in screen(report_of(document, other))


def test_findings_at_one_place_are_told_to_be_one_entry(document: Document) -> None:
    apart = finding(document, "X", "PLC001", "“X”没有填"), finding(document, "扫码", "BAN002", "广告")
    both = (*apart, finding(document, "X", "IND003", "体育场地面积没有填", "venue"))
    assert "同一处" not in screen(report_of(document, *apart))
    shown = screen(report_of(document, *both))
    assert "要改的地方（2 处）" in shown
    assert "错误 3 个，警告 0 个（同一处有几个问题的合成一条，共 2 条）" in shown


def test_what_is_tied_to_no_block_is_shown_in_its_sentence(document: Document) -> None:
    named = replace(
        finding(document, "体育场地面积", "IND002", "没有写出数字", "venue"), block=None, start=0, end=0
    )
    assert "\n    全县【体育场地面积】X平方米，" in screen(report_of(document, named))
    strange = replace(named, text="别的字")
    assert "\n    【别的字】\n" in screen(report_of(document, strange))
