"""`validator fix FILE…`: takes out what can only be vendor text, and leaves every other byte as it was."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from validator.cli import _common as common
from validator.cli._base import Command, Session
from validator.cli._parser import Parser
from validator.cli._project import Project, add_force_exclude, add_project, open_project
from validator.model.config import STAGES
from validator.model.errors import ReadError, UserError, system_reason
from validator.model.words import Bilingual, ExitCode, Lang
from validator.text.escape import visible
from validator.text.members import split_member

if TYPE_CHECKING:
    from validator.mending._model import Mended
    from validator.mending._show import Talk
    from validator.model.report import ReportResult
    from validator.reporters._lines import Line

_ENDLESS = 1_000_000


def _add_arguments(parser: argparse.ArgumentParser, lang: Lang) -> None:
    zh = lang is Lang.ZH
    common.add_paths(parser, lang)
    add = (parser.options if isinstance(parser, Parser) else parser).add_argument
    add(
        "--diff",
        action="store_true",
        help="只看会删什么，不写文件；有可删的退出码为 1"
        if zh
        else "only show what would go; exit code 1 if anything",
    )
    add(
        "--in-place",
        action="store_true",
        help="直接改原文件，旧的存为 .bak（默认另存为“…-已清理”）"
        if zh
        else "change the file itself and keep the old one as .bak (default: a new file)",
    )
    add(
        "--unsafe",
        action="store_true",
        help="句子中间的、把握不大的、隐藏的也删（先用 --diff 看）"
        if zh
        else "also inside sentences, weak signs, hidden text (look with --diff first)",
    )
    add("-o", "--output", metavar="FILE", help="写到这个文件（一份报告时）" if zh else "write to this file")
    add("--output-dir", metavar="DIR", help="写到这个文件夹，文件名不变" if zh else "write into this folder")
    _add_checking(parser, lang)


def _add_checking(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """Declare how the reports are checked, as for `check`, and how the outcome looks."""
    zh = lang is Lang.ZH
    add = (parser.options if isinstance(parser, Parser) else parser).add_argument
    add("--profile", metavar="ID", help="用哪份要求清单" if zh else "which list of requirements")
    add("--stage", choices=STAGES, help="阶段：起草、审核、报送" if zh else "how far the report is")
    add(
        "--no-baseline",
        action="store_true",
        help="存量里的也删" if zh else "take out what the baseline has, too",
    )
    common.add_limits(parser, lang)
    add_project(parser, lang)
    add_force_exclude(parser, lang)
    add(
        "--redact",
        action=argparse.BooleanOptionalAction,
        help="显示时是否遮住身份证号和手机号（默认：CI 中遮住）"
        if zh
        else "mask personal numbers in what is shown (default: in CI)",
    )
    common.add_color(parser, lang)
    parser.set_defaults(changed=None, new_only=False)


def _run(arguments: argparse.Namespace, session: Session) -> ExitCode:
    from validator.cli.check import checked
    from validator.reporters._lines import draw

    _refuse_contradictions(arguments)
    project = open_project(arguments, session)
    run = checked(project, arguments)
    known = {*run.ledger.checked, *(one.path for one in run.ledger.unreadable)}
    reports = [one for one in run.reports if one.path in known]
    work = _Work(arguments, project)
    if arguments.output and len(reports) > 1:
        raise UserError(
            f"-o 只能用于一份报告，这里有 {len(reports)} 份；请改用 --output-dir",
            f"-o is for one report and there are {len(reports)}; use --output-dir",
        )
    look = common.look_for(project.session, arguments)
    for report in reports:
        changes, lines = work.do(report)
        # A line of a diff is one line, however long it is.
        session.streams.write(draw(changes, replace(look, columns=_ENDLESS)) + draw(lines, look))
    return work.code


def _refuse_contradictions(arguments: argparse.Namespace) -> None:
    chosen = [
        name
        for name, value in (
            ("--diff", arguments.diff),
            ("--in-place", arguments.in_place),
            ("-o", arguments.output),
            ("--output-dir", arguments.output_dir),
        )
        if value
    ]
    if len(chosen) > 1:
        raise UserError(
            f"{chosen[0]} 和 {chosen[1]} 不能一起用", f"{chosen[0]} and {chosen[1]} exclude each other"
        )


_Told = tuple[Sequence["Line"], Sequence["Line"]]
"""The lines of a diff, and all others."""


@dataclass(slots=True)
class _Work:
    """One run: what is wanted, and the exit code so far."""

    arguments: argparse.Namespace
    project: Project
    code: ExitCode = ExitCode.OK

    def do(self, report: ReportResult) -> _Told:
        """Mend one report; what goes wrong is told on standard error and the others go on."""
        try:
            return self._mended(report)
        except (UserError, ReadError) as error:
            return self._fail(Bilingual(error.zh, error.en))
        except OSError as error:
            why = system_reason(error)
            return self._fail(
                Bilingual(f"{report.path}：读不了（{why.zh}）", f"{report.path}: cannot be read ({why.en})")
            )

    def _fail(self, why: Bilingual) -> _Told:
        session = self.project.session
        session.streams.note(visible(session.say(f"错误：{why.zh}", f"error: {why.en}")))
        self.code = ExitCode.USAGE
        return (), ()

    def _mended(self, report: ReportResult) -> _Told:
        from validator.mending import _show
        from validator.mending._engine import FORMATS, mend
        from validator.mending._passages import standing

        if report.document is None:
            return self._fail(report.findings[0].message)
        found = len(standing(report))
        if found and split_member(report.path)[1]:
            return self._fail(
                Bilingual(
                    f"{report.path}：压缩包里的文件改不了，请解压后再运行",
                    f"{report.path}: files inside an archive cannot be changed; unpack it first",
                )
            )
        if found and report.format not in FORMATS:
            zh, en = (_show.other_format(report, found, one) for one in (Lang.ZH, Lang.EN))
            return self._fail(Bilingual(zh, en))
        data = Path(report.path).read_bytes() if found else b""
        mended = mend(data, report, self.project.rules, unsafe=self.arguments.unsafe)
        if mended.refused is not None:
            why = mended.refused
            return self._fail(Bilingual(f"{report.path}：{why.zh}", f"{report.path}: {why.en}"))
        return self._told(report, mended, data)

    def _told(self, report: ReportResult, mended: Mended, data: bytes) -> _Told:
        from validator.mending import _show

        talk = self._talk()
        target = self._target(report.path)
        left = _show.left_lines(report.path, report, mended, talk, diff=self.arguments.diff)
        if self.arguments.diff:
            if mended.changes and self.code is ExitCode.OK:
                self.code = ExitCode.FINDINGS
            return list(_show.diff_lines(report.path, target.as_posix(), mended, talk)), list(left)
        kept = ""
        if mended.data is not None:
            kept = self._write(Path(report.path), target, data, mended.data)
        return (), [*_show.done_lines(report.path, mended, talk, target.as_posix(), kept), *left]

    def _write(self, source: Path, target: Path, old: bytes, new: bytes) -> str:
        from validator.mending._saving import replace_file, write_new

        if self.arguments.in_place:
            return replace_file(source, old, new).as_posix()
        write_new(target, new)
        return ""

    def _target(self, path: str) -> Path:
        from validator.mending._saving import beside

        if self.arguments.in_place:
            return Path(path)
        if self.arguments.output:
            return Path(self.arguments.output)
        if self.arguments.output_dir:
            return Path(self.arguments.output_dir) / PurePosixPath(path).name
        return beside(Path(path))

    def _talk(self) -> Talk:
        from validator.mending._show import Talk
        from validator.reporters._tongue import Tongue
        from validator.text.redact import redact

        wanted = self.project.config.value("redact")
        mask = redact if (common.in_ci() if wanted is None else wanted) else str
        look = common.look_for(self.project.session, self.arguments)
        return Talk(tongue=Tongue(look), mask=mask)


COMMAND = Command(
    help=Bilingual("删掉资料网站的广告，其余一个字不动", "take out vendor text and nothing else"),
    add_arguments=_add_arguments,
    run=_run,
    epilog=Bilingual(
        "能改 .txt、.md 和 Word（.docx、.docm、.dotx）。整行整段的广告、水印、文件属性直接删；"
        "夹在句子里的、把握不大的、隐藏的，加 --unsafe 才删。占位和数字从不改动。\n"
        "例：validator fix --diff 总结.docx（先看）\n"
        "    validator fix 总结.docx（写成 总结-已清理.docx）\n"
        "退出码：0 没有要删的或已写好，1 用 --diff 时有可删的，2 没能做成。",
        "Changes .txt, .md and Word files. Whole lines and paragraphs of vendor text, watermarks and "
        "properties go; what stands inside a sentence, is weak or is hidden goes only with --unsafe. "
        "Placeholders and numbers always stay.\n"
        "Example: validator fix --diff report.docx\n"
        "Exit codes: 0 nothing to do or written, 1 with --diff when something would go, 2 could not be done.",
    ),
)
