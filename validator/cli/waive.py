"""`validator waive FILE CODE --reason …`: records that a finding is accepted, by whom and until when."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from validator.cli import _common as common
from validator.cli._base import Command, Session
from validator.cli._parser import Parser
from validator.cli._project import Project, add_project, open_project, today
from validator.model.errors import UserError, unwritable
from validator.model.words import Bilingual, ExitCode, Lang
from validator.text.escape import visible

if TYPE_CHECKING:
    from validator.model.finding import Finding
    from validator.model.report import ReportResult
    from validator.suppressions._base import Policy

_SHOWN = 10


@dataclass(frozen=True, slots=True)
class _Chosen:
    report: ReportResult
    finding: Finding


def _add_arguments(parser: argparse.ArgumentParser, lang: Lang) -> None:
    zh = lang is Lang.ZH
    parser.add_argument("file", metavar="FILE", help="报告" if zh else "the report")
    parser.add_argument(
        "code", metavar="CODE", help="问题代码，如 PLC001" if zh else "finding code, such as PLC001"
    )
    add = (parser.options if isinstance(parser, Parser) else parser).add_argument
    add(
        "--reason",
        required=True,
        metavar="TEXT",
        help="为什么可以接受（必写）" if zh else "why it is accepted",
    )
    add("--owner", default="", metavar="NAME", help="谁决定的" if zh else "who decided")
    add(
        "--expires",
        metavar="DATE",
        help="有效期至，如 2026-12-31" if zh else "until when, such as 2026-12-31",
    )
    add("--indicator", metavar="ID", help="只豁免这个指标的" if zh else "only of this indicator")
    add(
        "--text",
        metavar="TEXT",
        help="只豁免这几个字所在的一处，可连同前后的字"
        if zh
        else "only where these words stand, which may go beyond the finding",
    )
    add("--all", action="store_true", help="有几处就豁免几处" if zh else "all that fit, not only one")
    common.add_limits(parser, lang)
    add("--profile", metavar="ID", help="用哪份要求清单" if zh else "which list of requirements")
    add_project(parser, lang)


def _run(arguments: argparse.Namespace, session: Session) -> ExitCode:
    arguments.paths = [arguments.file]
    arguments.code = arguments.code.upper()
    expires = _day(arguments.expires)
    if not any(char.isalnum() for char in arguments.reason):
        raise UserError("--reason 要写明原因", "--reason must say why")
    project = open_project(arguments, session)
    chosen, policy = _chosen(project, arguments)
    records: list[dict[str, object]] = []
    for one in chosen:
        record = _record(one, policy, arguments, expires)
        # Findings with the same words around them are accepted by one entry.
        if record not in records:
            records.append(record)
    _append(project, records)
    for one in chosen:
        line = project.session.say(
            f"已豁免 {one.finding.code}：{one.finding.message.zh}（{one.finding.location.address(Lang.ZH)}）",
            f"waived {one.finding.code}: {one.finding.message.en} ({one.finding.location.address(Lang.EN)})",
        )
        project.session.streams.note(visible(line))
    project.session.streams.note(
        visible(project.session.say(f"写入 {policy.waivers_file}", f"written to {policy.waivers_file}"))
    )
    return ExitCode.OK


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise UserError(
            f"--expires 不是日期：{text}，应写成 2026-12-31",
            f"--expires is no date: {text}; write 2026-12-31",
        ) from None
    if day < today():
        raise UserError(f"--expires 已经过去：{text}", f"--expires is in the past: {text}")
    return day


def _chosen(project: Project, arguments: argparse.Namespace) -> tuple[list[_Chosen], Policy]:
    from validator.pipeline import all_codes
    from validator.policy import settle
    from validator.runner import check_paths
    from validator.suppressions._base import NEVER_WAIVED

    known = all_codes()
    if arguments.code not in known:
        raise common.unknown(("问题代码", "finding code"), arguments.code, tuple(known))
    if arguments.code in NEVER_WAIVED:
        raise UserError(
            f"{arguments.code} 不能豁免：没有检查到的不算通过",
            f"{arguments.code} cannot be waived: what was not checked is no pass",
        )
    policy = project.policy(first_waiver=True)
    run = settle(check_paths(project.paths, project.rules, project.options, project.selection()), policy)
    fitting = [
        _Chosen(report, one)
        for report in run.reports
        for one in report.findings
        if one.waived is None and _fits(one, report, arguments)
    ]
    if not fitting:
        raise UserError(
            f"{arguments.file} 里没有这样的问题：{arguments.code}。先运行 validator check 看看有哪些",
            f"{arguments.file} has no such finding: {arguments.code}; see validator check",
        )
    if len(fitting) > 1 and not arguments.all:
        raise _several(fitting, arguments.code)
    return fitting, policy


def _fits(one: Finding, report: ReportResult, arguments: argparse.Namespace) -> bool:
    words = arguments.text
    return (
        one.code == arguments.code
        and arguments.indicator in (None, one.indicator)
        and (words is None or words in one.text or words in one.message.zh or _around(one, report, words))
    )


def _around(one: Finding, report: ReportResult, words: str) -> bool:
    """Whether the words stand where the finding does: they may begin before it and go on behind it."""
    if report.document is None or one.block is None or not words:
        return False
    text = report.document.blocks[one.block].text
    at = text.find(words, max(0, one.start - len(words) + 1))
    return 0 <= at < one.end


def _several(fitting: list[_Chosen], code: str) -> UserError:
    def listed(lang: Lang) -> Iterator[str]:
        for one in fitting[:_SHOWN]:
            yield f"{one.finding.location.address(lang)}“{one.finding.text[:20] or one.finding.indicator}”"

    more_zh = f" 等 {len(fitting)} 处" if len(fitting) > _SHOWN else ""
    more_en = f" and {len(fitting) - _SHOWN} more" if len(fitting) > _SHOWN else ""
    return UserError(
        f"{code} 有 {len(fitting)} 处：{'；'.join(listed(Lang.ZH))}{more_zh}。"
        "请用 --text 连同前后的字、或用 --indicator 指明一处，或用 --all 全部豁免",
        f"{code} stands {len(fitting)} times: {'; '.join(listed(Lang.EN))}{more_en}; "
        "choose one with --text and words around it, or with --indicator, or all with --all",
    )


def _record(
    one: _Chosen, policy: Policy, arguments: argparse.Namespace, expires: date | None
) -> dict[str, object]:
    from validator.text.redact import redact

    record: dict[str, object] = {
        "code": one.finding.code,
        "file": policy.where(one.report.path),
        "anchor": one.finding.anchor,
    }
    if one.finding.indicator:
        record["indicator"] = one.finding.indicator
    if text := redact(" ".join(one.finding.text.split()))[:40]:
        record["text"] = text
    record["reason"] = arguments.reason
    if arguments.owner:
        record["owner"] = arguments.owner
    if expires is not None:
        record["expires"] = expires.isoformat()
    return record


def _append(project: Project, records: list[dict[str, object]]) -> None:
    """Add entries to the file, which keeps its comments.

    Raises:
        UserError: the file is not written so that entries can be added at its end, or cannot be written.
    """
    from validator.pipeline import all_codes
    from validator.policy import waivers_path
    from validator.rulepacks.loader import rules_root
    from validator.suppressions.waivers import appended, load

    path = waivers_path(project.config)
    shown = path.name
    try:
        before = path.read_bytes() if path.is_file() else b""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(appended(before, records))
    except OSError as error:
        raise unwritable(shown, error) from None
    schema = rules_root() / "schema" / "waivers.schema.json"
    try:
        load(path, shown, schema, all_codes())
    except UserError:
        path.write_bytes(before)
        raise UserError(
            f"{shown} 的写法没法在末尾添加，请把 waivers: 写成每条一个“- code: …”",
            f"entries cannot be added at the end of {shown}; write waivers: as a list of '- code: ...'",
        ) from None


COMMAND = Command(
    help=Bilingual("记下可以接受的问题：原因、负责人、期限", "record that a finding is accepted, and why"),
    add_arguments=_add_arguments,
    run=_run,
    epilog=Bilingual(
        "例：validator waive 总结.docx PLC001 --text X光 --reason 设备名称 --expires 2026-12-31",
        'Example: validator waive report.docx PLC001 --text X --reason "a device" --expires 2026-12-31',
    ),
)
