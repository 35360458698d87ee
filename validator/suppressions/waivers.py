"""Recorded decisions: `validator-waivers.yaml` accepts a finding by code, file and anchor, with the reason,
the owner and the day until which it holds. One that is over, or that nothing fits any more, is a finding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from validator.model.finding import Code, Finding
from validator.model.location import Location
from validator.model.report import ReportResult, Run
from validator.model.words import Bilingual, Severity
from validator.suppressions._base import (
    NEVER_WAIVED,
    Policy,
    Suppression,
    Waiver,
    policy_report,
    waived,
)
from validator.yamlfile import parsing, schema
from validator.yamlfile.problem import Marks, problem

NAME = "validator-waivers.yaml"
_HEAD = """\
# 豁免清单：经人决定、可以接受的问题。由 validator waive 添加，也可以手改；过期或用不上的会报告。
# Waivers: findings that somebody decided to accept. Added by `validator waive`; may be edited.
waivers:"""

RUL001 = Code(
    id="RUL001",
    title=Bilingual("豁免已过期", "waiver has expired"),
    severity=Severity.WARNING,
    meaning=Bilingual(
        "豁免清单里的一条已过有效期，它接受过的问题重新计入。",
        "A waiver is past its day; what it accepted counts again.",
    ),
    bad="expires: 2024-12-31",
    good="expires: 2026-12-31",
    remedy=Bilingual(
        "改好报告里的问题并删去这条豁免；确需延长的，写明新的日期和原因。",
        "Mend the report and delete the waiver, or set a new day with the reason.",
    ),
)
RUL002 = Code(
    id="RUL002",
    title=Bilingual("豁免已用不上", "waiver that fits nothing"),
    severity=Severity.WARNING,
    meaning=Bilingual(
        "豁免清单里的一条在报告里已找不到对应的问题：问题改好了，或者文件、代码写错了。",
        "Nothing in the reports fits a waiver: the finding was mended, or its file or code is wrong.",
    ),
    bad="file: 已删除的报告.docx",
    good="file: 2025/工作总结.docx",
    remedy=Bilingual(
        "删去这条豁免，或改正其中的文件、代码。", "Delete the waiver, or correct its file or code."
    ),
)


def load(path: Path, shown: str, schema_file: Path) -> tuple[Waiver, ...]:
    """The waivers of a file, in its order.

    Raises:
        UserError: the file cannot be read or is wrong; one line with file, line, column and remedy.
    """
    import json

    try:
        data = path.read_bytes()
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise problem(shown, None, f"豁免清单读不出来（{why}）", f"cannot be read ({why})") from None
    raw, marks = parsing.parse(data, shown)
    raw = {"waivers": []} if raw is None else raw
    schema.check(raw, marks, json.loads(schema_file.read_text("utf-8")))
    return tuple(_waiver(one, index, marks) for index, one in enumerate(raw["waivers"] or ()))


def appended(before: bytes, records: Sequence[Mapping[str, object]]) -> bytes:
    """The bytes of a file of waivers with more entries at its end."""
    import yaml

    text = before.decode("utf-8-sig").rstrip() or _HEAD
    entries = yaml.safe_dump(list(records), allow_unicode=True, sort_keys=False, width=1000)
    indented = "".join(f"  {line}\n" for line in entries.splitlines())
    return f"{text}\n{indented}".encode()


def _waiver(raw: Mapping[str, Any], index: int, marks: Marks) -> Waiver:
    way = ("waivers", index)
    if raw["code"] in NEVER_WAIVED:
        code = raw["code"]
        zh, en = (
            f"{code} 不能豁免：没有检查到的不算通过",
            f"{code} cannot be waived: what was not checked is no pass",
        )
        raise marks.error((*way, "code"), zh, en)
    return Waiver(
        code=raw["code"],
        files=raw["file"],
        reason=raw["reason"],
        owner=raw.get("owner", ""),
        expires=_day(raw["expires"], (*way, "expires"), marks) if "expires" in raw else None,
        anchor=raw.get("anchor", ""),
        indicator=raw.get("indicator"),
        line=marks.at(way)[0],
    )


def _day(text: str, path: tuple[str | int, ...], marks: Marks) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise marks.error(
            path, f"没有这一天：{text}，应写成 2026-12-31", f"no such day: {text}; write 2026-12-31"
        ) from None


def _settle(run: Run, policy: Policy) -> Run:
    if not policy.waivers:
        return run
    met: set[Waiver] = set()
    valid = [one for one in policy.waivers if not _over(one, policy)]

    def accept(report: ReportResult, index: int) -> str | None:
        file, finding = policy.where(report.path), report.findings[index]
        one = next((one for one in valid if _fits(one, file, finding, policy)), None)
        if one is None:
            return None
        met.add(one)
        return one.reason

    settled = waived(run, accept, "waiver")
    told = [finding for one in policy.waivers if (finding := _judge(one, met, run, policy)) is not None]
    return policy_report(settled, policy.waivers_file, told)


def _over(one: Waiver, policy: Policy) -> bool:
    return one.expires is not None and one.expires < policy.today


def _fits(one: Waiver, file: str, finding: Finding, policy: Policy) -> bool:
    if one.code not in (finding.code, finding.code[:3]):
        return False
    if one.indicator is not None and one.indicator != finding.indicator:
        return False
    if not one.anchor:
        return policy.fits(file, (one.files,))
    if policy.fits(file, (one.files,)):
        mine, theirs = one.anchor.split("."), finding.anchor.split(".")
        return any(half == other for half, other in zip(mine, theirs, strict=False))
    return one.anchor == finding.anchor and not policy.exists(one.files)


def _judge(one: Waiver, met: set[Waiver], run: Run, policy: Policy) -> Finding | None:
    """What is to be said of a waiver: that it is over, or that nothing fits it."""
    if not _may_fit(one, run, policy):
        return None
    if one.expires is not None and _over(one, policy):
        until = one.expires.isoformat()
        return _finding(
            RUL001,
            one,
            f"豁免已于 {until} 过期：{one.code}，{one.files}（{_owner(one, '负责人未写')}）",
            f"the waiver ended on {until}: {one.code}, {one.files} ({_owner(one, 'no owner')})",
        )
    if one in met or _unread(one, run, policy):
        return None
    return _finding(
        RUL002,
        one,
        f"这条豁免已没有对应的问题：{one.code}，{one.files}",
        f"nothing fits this waiver any more: {one.code}, {one.files}",
    )


def _may_fit(one: Waiver, run: Run, policy: Policy) -> bool:
    """Whether this run can tell: it checked a file of the waiver, or everything, or the file is gone."""
    if policy.whole:
        return True
    return any(policy.fits(policy.where(report.path), (one.files,)) for report in run.reports)


def _unread(one: Waiver, run: Run, policy: Policy) -> bool:
    """Whether it may be for a report that could not be read this time."""
    return any(
        report.document is None and policy.fits(policy.where(report.path), (one.files,))
        for report in run.reports
    )


def _owner(one: Waiver, none: str) -> str:
    return one.owner or none


def _finding(code: Code, one: Waiver, zh: str, en: str) -> Finding:
    place = Location(part="file", line=one.line, end_line=one.line, column=1, end_column=2)
    return Finding(
        code=code.id,
        severity=code.severity,
        message=Bilingual(zh, en),
        remedy=code.remedy,
        location=place,
        text=one.reason,
    )


SUPPRESSION = Suppression(settle=_settle, turn=2, codes=(RUL001, RUL002))
