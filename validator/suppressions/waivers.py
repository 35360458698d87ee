"""Recorded decisions: `validator-waivers.yaml` accepts a finding by code, file and anchor, with the reason,
the owner and the day until which it holds. One that is over, or that nothing fits any more, is a finding."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from validator.model.errors import system_reason
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
    still_there,
    waived,
)
from validator.text.lazy import lazy
from validator.yamlfile import parsing, schema
from validator.yamlfile.conflict import refuse_conflict
from validator.yamlfile.problem import Marks, nearest, problem

NAME = "validator-waivers.yaml"
_HEAD = """\
# 豁免清单：经人决定、可以接受的问题。由 validator waive 添加，也可以手改；过期或用不上的会报告。
# Waivers: findings that somebody decided to accept. Added by `validator waive`; may be edited.
waivers:"""
_EMPTY = lazy(r"(?m)^(waivers:)[ \t]*(?:\[[ \t]*\]|~|null)")
_ENTRY = lazy(r"(?m)^( *)- ")

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


def load(path: Path, shown: str, schema_file: Path, codes: Collection[str]) -> tuple[Waiver, ...]:
    """The waivers of a file, in its order; `codes` are those that exist.

    Raises:
        UserError: the file cannot be read or is wrong; one line with file, line, column and remedy.
    """
    import json

    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise problem(
            shown,
            None,
            "配置里写了这份豁免清单，但文件不存在。用 validator waive 添加第一条，或从配置里删去",
            "the configuration names these waivers, and they are not there; add one with validator waive, or "
            "take the name out",
        ) from None
    except OSError as error:
        why = system_reason(error)
        raise problem(shown, None, f"豁免清单读不出来（{why.zh}）", f"cannot be read ({why.en})") from None
    refuse_conflict(data, shown)
    raw, marks = parsing.parse(data, shown)
    raw = {"waivers": []} if raw is None else raw
    schema.check(raw, marks, json.loads(schema_file.read_text("utf-8")))
    return tuple(_waiver(one, index, marks, codes) for index, one in enumerate(raw["waivers"] or ()))


def appended(before: bytes, records: Sequence[Mapping[str, object]]) -> bytes:
    """The bytes of a file of waivers with more entries at its end, in the manner of those before."""
    import yaml

    read = before.decode("utf-8-sig")
    newline = "\r\n" if "\r\n" in read else "\n"
    text = _EMPTY.sub(r"\1", read.replace("\r\n", "\n")).rstrip()
    if not text:
        text = _HEAD
    elif all(not line.strip() or line.startswith("#") for line in text.split("\n")):
        text += "\nwaivers:"
    entry = _ENTRY.search(text)
    indent = entry[1] if entry else "  "
    entries = yaml.safe_dump(list(records), allow_unicode=True, sort_keys=False, width=1000)
    lines = [*text.split("\n"), *(f"{indent}{line}" for line in entries.splitlines()), ""]
    return newline.join(lines).encode()


def _waiver(raw: Mapping[str, Any], index: int, marks: Marks, codes: Collection[str]) -> Waiver:
    way = ("waivers", index)
    if raw["code"] not in codes:
        near_zh, near_en = nearest(raw["code"], sorted(codes))
        zh = f"没有这个问题代码：{raw['code']}{near_zh}"
        en = f"no such finding code: {raw['code']}{near_en}"
        raise marks.error((*way, "code"), zh, en)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Files:
    """Which files a waiver is for: the one that has its name, if there is one now, else all that fit it as a
    pattern. `there` are the names that waivers have of files that are there."""

    there: frozenset[str]
    fits: Callable[[str, tuple[str, ...]], bool]

    def names(self, one: Waiver, file: str) -> bool:
        """Whether a waiver is for a file of today."""
        if one.files in self.there:
            return _same(one.files, file)
        return self.fits(file, (one.files,))


def _same(name: str, other: str) -> bool:
    return unicodedata.normalize("NFC", name) == unicodedata.normalize("NFC", other)


@dataclass(frozen=True, slots=True)
class _Valid:
    """The waivers that are not over, looked up by what they may accept."""

    all: Sequence[Waiver]
    files: _Files

    def accepting(self) -> Callable[[str, Finding], Waiver | None]:
        """What accepts a finding in a file, if anything does."""
        by_file: dict[str, dict[str, list[Waiver]]] = {}
        moved: defaultdict[tuple[str, str], list[Waiver]] = defaultdict(list)
        for one in self.all:
            if one.anchor and one.files not in self.files.there:
                moved[one.code, one.anchor].append(one)

        def accept(file: str, finding: Finding) -> Waiver | None:
            if file not in by_file:
                by_file[file] = self._of(file)
            own = by_file[file].get(finding.code, ())
            gone = moved.get((finding.code, finding.anchor), ())
            return next((one for one in (*own, *gone) if _meets(one, finding)), None)

        return accept

    def _of(self, file: str) -> dict[str, list[Waiver]]:
        found: defaultdict[str, list[Waiver]] = defaultdict(list)
        for one in self.all:
            if self.files.names(one, file):
                found[one.code].append(one)
        return found


def _meets(one: Waiver, finding: Finding) -> bool:
    """Whether a waiver for the file is for the finding; half of the anchor is enough, as the words on the
    other side may have been edited."""
    if one.indicator is not None and one.indicator != finding.indicator:
        return False
    mine, theirs = one.anchor.split("."), finding.anchor.split(".")
    return not one.anchor or any(half == other for half, other in zip(mine, theirs, strict=False))


def _settle(run: Run, policy: Policy) -> Run:
    if not policy.waivers:
        return run
    there = still_there(run, policy)
    names = {one.files for one in policy.waivers}
    files = _Files(there=frozenset(filter(there, names)), fits=policy.fits)
    find = _Valid([one for one in policy.waivers if not _over(one, policy)], files).accepting()
    met: set[Waiver] = set()

    def accept(report: ReportResult, index: int) -> str | None:
        one = find(policy.where(report.path), report.findings[index])
        if one is None:
            return None
        met.add(one)
        return one.reason

    settled = waived(run, accept, "waiver")
    told = [
        finding for one in policy.waivers if (finding := _judge(one, met, run, policy, files)) is not None
    ]
    return policy_report(settled, policy.waivers_file, told)


def _over(one: Waiver, policy: Policy) -> bool:
    return one.expires is not None and one.expires < policy.today


def _judge(one: Waiver, met: set[Waiver], run: Run, policy: Policy, files: _Files) -> Finding | None:
    """What is to be said of a waiver: that it is over, or that nothing fits it.

    A run can tell where it checked a file of the waiver, or everything.
    """
    over = one.expires is not None and _over(one, policy)
    if one in met and not over:
        return None
    named = [report for report in run.reports if files.names(one, policy.where(report.path))]
    if not named and not policy.whole:
        return None
    if one.expires is not None and over:
        until = one.expires.isoformat()
        return _finding(
            RUL001,
            one,
            f"豁免已于 {until} 过期：{one.code}，{one.files}（{_owner(one, '负责人未写')}）",
            f"the waiver ended on {until}: {one.code}, {one.files} ({_owner(one, 'no owner')})",
        )
    if any(report.document is None for report in named):
        return None
    return _finding(
        RUL002,
        one,
        f"这条豁免已没有对应的问题：{one.code}，{one.files}",
        f"nothing fits this waiver any more: {one.code}, {one.files}",
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
