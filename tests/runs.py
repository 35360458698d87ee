"""Runs built in memory for the tests of outputs: small ones, hostile ones, and very large ones."""

from __future__ import annotations

from typing import Any

from validator.model.document import Block, Document
from validator.model.finding import Code, Finding, IndicatorResult
from validator.model.location import Location
from validator.model.report import Ledger, LedgerEntry, ReportResult, Run
from validator.model.rule import Indicator, Rules
from validator.model.words import Bilingual, Severity, Status

HOSTILE = (
    "::error file=a::b",
    "##[error]x",
    "##vso[task.setvariable]x",
    "%0A::error::c",
    "a\n::warning::d\r\n::stop-commands::e",
    "\x1b[31mred\x1b[0m",
    "[red]x[/red]",
    "<script>alert(1)</script>",
    "</code></summary></details><img src=x onerror=y>",
    "<!-- x --> <a href=//x.com>y</a>",
    "a|b\\|c||",
    "=cmd()",
    "\u202e\u200fgnp.exe\u2066",
    "换\n\n\n行",
    "`one` ``two``` `",
    "`",
    "@someone @org/team",
    "#123 GH-123 owner/repo#4 deadbeef12",
    "www.x.com https://x.com/?a=1&b=2 me@x.com 例子.com x.com",
    "![](x.png) [t](http://x.com) <http://x.com> [r]: http://x.com",
    "**b** _i_ ~~s~~ $x$ :smile: - [ ] t",
    "]]> &lt; &#64;a \x00\ud800\ufffe\uffff",
    "“@someone”和“<b>x</b>",
    " ",
    "",
)
"""Texts that mean something to a log, a page, a table or an XML parser."""

CODES = {
    "PLC001": Code(
        id="PLC001",
        title=Bilingual("符号: 占位, 甲", "a sign"),
        severity=Severity.ERROR,
        meaning=Bilingual("", ""),
        bad="",
        good="",
        remedy=Bilingual("", ""),
    )
}
RULES = Rules(
    indicators={
        "sports.area": Indicator(
            id="sports.area",
            name=Bilingual("体育场地面积", "sports area"),
            wordings=(),
            unit="平方米",
            kind="area",
            section="体育",
            owner="体育股",
            how="体育场地面积96万平方米",
        )
    }
)


def found(code: str = "PLC001", severity: Severity = Severity.ERROR, **more: Any) -> Finding:
    """A finding in the second paragraph of a section."""
    given: dict[str, Any] = {
        "message": Bilingual("占位符“X”：还没有填数", "a placeholder"),
        "remedy": Bilingual("换成真实数字。", "Write the number."),
        "location": Location(line=3, column=5, end_line=3, end_column=9, paragraph=2, section=("四、体育",)),
        "text": "X",
        "fingerprint": "0123456789abcdef",
    }
    return Finding(code=code, severity=severity, **(given | more))


def required(status: Status, identifier: str = "sports.area") -> IndicatorResult:
    """The verdict on a required indicator."""
    name = Bilingual("体育场地面积", "sports area")
    return IndicatorResult(id=identifier, name=name, status=status, required=True, role="actual")


def missing(**more: Any) -> Finding:
    """The finding for an indicator that the report does not mention."""
    given: dict[str, Any] = {
        "message": Bilingual("缺少“体育场地面积”", "'sports area' is missing"),
        "remedy": Bilingual(
            "请在“体育”部分写明，例如：体育场地面积96万平方米", "State it: 体育场地面积96万平方米"
        ),
        "indicator": "sports.area",
        "text": "",
    }
    return found("IND001", **(given | more))


def report(*findings: Finding, path: str = "报告/甲.docx", **more: Any) -> ReportResult:
    """A report with these findings, Word unless told otherwise."""
    return ReportResult(path=path, findings=findings, **({"format": "docx"} | more))


def run(*reports: ReportResult, skipped: int = 0, unreadable: tuple[str, ...] = ()) -> Run:
    """A run of these reports and its account."""
    unread = {
        path: LedgerEntry(path=path, zh=f"{path}：文件已损坏", en=f"{path}: broken") for path in unreadable
    }
    return Run(
        reports=reports,
        ledger=Ledger(
            checked=tuple(one.path for one in reports if one.path not in unread),
            skipped=tuple(
                LedgerEntry(path=f"p{at}.py", zh="不是报告", en="no report") for at in range(skipped)
            ),
            unreadable=tuple(unread.values()),
        ),
    )


def hostile(text: str) -> Run:
    """A run in which every text that can come from a document or a file name is `text`."""
    place = Location(line=2, column=1, end_line=2, end_column=2, paragraph=1, section=(text, text))
    words: dict[str, Any] = {
        "message": Bilingual(f"占位符“{text}”：{text}", f"placeholder {text}"),
        "remedy": Bilingual(f"在“{text}”部分{text}", f"in {text}"),
        "location": place,
        "text": text,
    }
    block = Block(text=text or "空", offsets=range(len(text) or 1), section=(text,))
    document = Document(path=text, format="docx", encoding=None, source=text or "空", blocks=(block,))
    findings = (
        found(**words, block=0, start=0, end=1),
        found(**words, severity=Severity.WARNING, fingerprint="1"),
        found(**words, severity=Severity.INFO, fingerprint="2", waived=text or "甲", waived_by="waiver"),
        missing(**{**words, "text": ""}),
    )
    more: dict[str, Any] = {"title": text, "indicators": (required(Status.ABSENT),)}
    unread = f"坏{text}.docx"
    return run(
        report(*findings, path=f"报告/{text}.docx", document=document, **more),
        report(*findings, path=f"报告/{text}.md", format="md", encoding="utf-8", **more),
        report(found("DOC001", **(words | {"location": Location(part="file")})), path=unread),
        skipped=1,
        unreadable=(unread,),
    )


def many(count: int, *, reports: int = 20, words: int = 1) -> Run:
    """`count` findings of all severities in some reports, each in another paragraph."""
    each = count // reports
    return run(
        *(
            report(
                *(
                    found(
                        severity=tuple(Severity)[at % 3],
                        location=Location(
                            line=at + 1, column=1, end_line=at + 1, end_column=2, paragraph=at + 1
                        ),
                        message=Bilingual(f"第{at}处没有填数" * words, f"place {at} " * words),
                        fingerprint=f"{number:04x}{at:012x}",
                    )
                    for at in range(each)
                ),
                path=f"报告/{number}.md" if number % 2 else f"报告/{number}.docx",
                format="md" if number % 2 else "docx",
                indicators=(required(Status.REPORTED),),
            )
            for number in range(reports)
        )
    )
