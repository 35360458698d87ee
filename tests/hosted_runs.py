"""Runs for the tests of the formats that code hosts and CI services read."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from engine import document

from validator.model.finding import Code, Finding, IndicatorResult
from validator.model.location import Location
from validator.model.report import Ledger, LedgerEntry, ReportResult, Run
from validator.model.rule import Rules
from validator.model.words import Bilingual, Lang, Severity, Status
from validator.pipeline import all_codes
from validator.reporters._base import Look, Reporter

SCHEMAS = Path(__file__).parent / "schemas"

HOSTILE = {
    "ansi": "\x1b[31m红\x1b]8;;http://x\x07",
    "command": "::error file=x::坏",
    "percent": "%0A%0D::set-output",
    "script": "<script>alert(1)</script><!-- x -->",
    "pipe": "甲|乙`丙`",
    "link": "[点这里](http://x.example)",
    "link behind a backslash": "\\[点\\](1)",
    "direction": "\u202e\u200f\u2066倒\u061c",
    "lines": "一\r\n二\u2028三\x85四",
    "surrogate": "坏\ud800\udc80字",
    "nul": "甲\x00乙",
    "quotes": "\"'&amp;]]>",
    "braces": "{0}和{{1}}与{名}",
    "noncharacters": "\ufffe\uffff",
    "tags": "\U000e0041\ufeff",
}
UNSAFE = "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]"
"""What no machine format may hold as it is, line ends of its own layout aside."""


@cache
def codes() -> dict[str, Code]:
    return all_codes()


def look(lang: Lang = Lang.ZH, **more: Any) -> Look:
    return Look(lang=lang, version="1.2.3", folder="/repo", root="/repo", codes=codes(), **more)


def rendered(reporter: Reporter, of: Run, how: Look | None = None) -> bytes:
    assert reporter.check is not None
    out = reporter.check(of, Rules(), how or look())
    assert isinstance(out, bytes)
    return out


def finding(code: str = "PLC001", **more: Any) -> Finding:
    given: dict[str, Any] = {
        "code": code,
        "severity": Severity.ERROR,
        "message": Bilingual("“体育场地面积”还没有填数", "“sports area” is not filled in"),
        "remedy": Bilingual("请填写真实数字。", "Fill in the figure."),
        "location": Location(
            line=3, column=5, end_line=3, end_column=6, paragraph=2, section=("四、体育", "（一）设施")
        ),
        "text": "X",
        "anchor": "0a1b2c3d.4e5f6071",
        "fingerprint": "0123456789abcdef",
    }
    return Finding(**{**given, **more})


def result(path: str = "总结.txt", *findings: Finding, **more: Any) -> ReportResult:
    suffix = path.rpartition(".")[2]
    given: dict[str, Any] = {"format": suffix, "findings": findings, "profile": "county_annual"}
    return ReportResult(path=path, **{**given, **more})


def run(
    *reports: ReportResult, skipped: tuple[LedgerEntry, ...] = (), unreadable: tuple[str, ...] = ()
) -> Run:
    entries = tuple(
        LedgerEntry(path=one, zh=f"{one}：文件有密码", en=f"{one}: it is encrypted") for one in unreadable
    )
    checked = tuple(one.path for one in reports if one.path not in unreadable)
    return Run(reports=reports, ledger=Ledger(checked=checked, skipped=skipped, unreadable=entries))


TEXT = "# 总结\n\n体育场地𠮷面积X万平方米，é完\n"
WITH_TEXT = result(
    "报告/总结 1.md",
    finding(location=Location(line=3, column=8, end_line=3, end_column=9, paragraph=1)),
    document=document(TEXT, ".md"),
)
IN_WORD = result("报告/总结.docx", finding("BAN002", severity=Severity.WARNING, obfuscated=True))
ABSENT = result(
    "甲.txt",
    finding(
        "IND001",
        message=Bilingual("没有提到“森林覆盖率”", "“forest cover” is not mentioned"),
        indicator="environment.forest",
        location=Location(),
        text="",
    ),
    indicators=(
        IndicatorResult(
            id="environment.forest",
            name=Bilingual("森林覆盖率", "forest cover"),
            status=Status.ABSENT,
            required=True,
            role="actual",
        ),
    ),
)
WAIVED = result(
    "乙.md",
    finding("PLC002", waived="型号里的字母", waived_by="comment"),
    finding("PLC003", waived="上年已核", waived_by="waiver", fingerprint="fedcba9876543210"),
    finding("CON001", severity=Severity.INFO, fingerprint="00112233445566ff"),
)
LOCKED = result(
    "丙.docx",
    finding(
        "DOC002",
        message=Bilingual("丙.docx：文件有密码", "丙.docx: it is encrypted"),
        location=Location(part="file"),
        text="",
    ),
)
IN_ARCHIVE = result("包.zip!/县/丁.md", finding(), finding(fingerprint="1111111111111111"))
BROKEN = result("戊.txt", finding("DOC010", location=Location(part="file"), text=""))
SKIPPED = (LedgerEntry(path="图.png", zh="不是文字报告", en="not a text report"),)

ALL = run(
    WITH_TEXT,
    IN_WORD,
    ABSENT,
    WAIVED,
    LOCKED,
    IN_ARCHIVE,
    result("空.md"),
    skipped=SKIPPED,
    unreadable=("丙.docx",),
)
RUNS = {
    "nothing": Run(),
    "in order": run(result("总结.txt")),
    "text": run(WITH_TEXT),
    "word": run(IN_WORD),
    "absent": run(ABSENT),
    "waived": run(WAIVED),
    "unreadable": run(LOCKED, unreadable=("丙.docx",)),
    "archive": run(IN_ARCHIVE),
    "broken": run(BROKEN, unreadable=("戊.txt",)),
    "all": ALL,
}


def hostile(text: str) -> Run:
    """A run in which everything that a document or a file name decides is `text`."""
    name = text.replace("/", "")
    path = f"夹{name}/件{name}.md"
    both = Bilingual(text, text)
    bad = finding(
        message=both,
        remedy=both,
        text=text,
        indicator=text,
        location=Location(line=1, column=2, end_line=1, end_column=3, section=(text,), sheet=text),
    )
    waived = replace(bad, waived=text, waived_by="waiver", fingerprint="2222222222222222")
    entry = LedgerEntry(path=path, zh=text, en=text)
    report = result(path, bad, waived)
    unread = result(f"{name}.docx", finding("DOC001", location=Location(part="file"), message=both))
    ledger = Ledger(
        checked=(path,), skipped=(entry,), unreadable=(LedgerEntry(path=unread.path, zh=text, en=text),)
    )
    return Run(reports=(report, unread), ledger=ledger)


@cache
def many(number: int = 20_000, *, files: int = 200) -> Run:
    """A run of so many findings: two in ten are errors, one in ten is waived."""
    severities = (Severity.WARNING,) * 6 + (Severity.ERROR,) * 2 + (Severity.INFO,) * 2
    reports = []
    for at in range(files):
        found = []
        for each in range(number // files):
            place = Location(line=each + 1, column=3, end_line=each + 1, end_column=7, paragraph=each + 1)
            one = finding(
                severity=severities[each % 10],
                location=place,
                message=Bilingual(
                    f"第{each}处“数值{at}”还没有填数", f"value {at} at {each} is not filled in"
                ),
                fingerprint=f"{at:08x}{each:08x}",
                waived="历史数据" if each % 10 == 9 else None,
                waived_by="baseline" if each % 10 == 9 else "",
            )
            found.append(one)
        reports.append(result(f"各县/第{at}份.md", *found))
    return run(*reports)
