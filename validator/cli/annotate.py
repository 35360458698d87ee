"""`validator annotate FILE.docx`: the report with a Word comment at every place where something was found."""

from __future__ import annotations

import argparse
import os
import shlex
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from validator.cli import _common as common
from validator.cli._base import Command, Session
from validator.cli._parser import Parser
from validator.cli._project import Project, add_project, open_project
from validator.model.errors import ReadError, UserError, unwritable
from validator.model.words import Bilingual, ExitCode, Lang
from validator.text.members import split_member

if TYPE_CHECKING:
    from validator.annotate.word import Annotated
    from validator.model.report import ReportResult, Run
    from validator.runner import Selection

MARK = "-批注"
"""What the name of a commented report ends with."""
_SUFFIXES = (".docx", ".docm", ".dotx", ".dotm")
_UNASKED = Bilingual(
    "没有查缺报（看不出是哪类报告，可用 --profile 指定要求清单）",
    "no profile applies, so nothing was required (choose one with --profile)",
)


def _add_arguments(parser: argparse.ArgumentParser, lang: Lang) -> None:
    zh = lang is Lang.ZH
    common.add_paths(parser, lang)
    add = (parser.options if isinstance(parser, Parser) else parser).add_argument
    add(
        "-o",
        "--output",
        metavar="FILE",
        help="加了批注的文件写到哪里（默认在原文件旁边，名为“原名-批注.docx”）"
        if zh
        else f"where the commented file goes (default: beside the report, NAME{MARK}.docx)",
    )
    add(
        "--output-dir",
        metavar="FOLDER",
        help="都写到这个文件夹（多份报告时用）" if zh else "write to this folder (for several reports)",
    )
    add(
        "--force",
        action="store_true",
        help="已有同名的文件时覆盖它（任何时候都不会覆盖原文件）"
        if zh
        else "overwrite an existing file (never the report itself)",
    )
    common.add_profile(parser, lang)
    common.add_stage(parser, lang)
    common.add_limits(parser, lang)
    add_project(parser, lang)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Job:
    report: ReportResult
    path: Path
    target: Path


def _run(arguments: argparse.Namespace, session: Session) -> ExitCode:
    if arguments.output is not None and arguments.output_dir is not None:
        raise UserError("-o 和 --output-dir 只能写一个", "-o and --output-dir exclude each other")
    project = open_project(arguments, session)
    session = project.session
    run = _checked(project)
    reports = [one for one in run.reports if not _is_policy(one, run)]
    if arguments.output is not None and len(reports) > 1:
        raise UserError(
            "有多份报告时不能用 -o，请用 --output-dir 指定一个文件夹",
            "-o is for one report; give a folder with --output-dir",
        )
    refused = [(one, _refusal(one)) for one in reports]
    jobs = [_job(one, arguments) for one, why in refused if why is None]
    jobs = [one for one in jobs if _standing(one.report) or _say_clean(one, session)]
    _check_targets(jobs, force=arguments.force)
    for job in jobs:
        _annotate(job, session)
    if jobs:
        step = session.say(
            "下一步：用 Word 或 WPS 打开，逐条改好，在“审阅”里删除全部批注，再检查一次。",
            "Next: open it in Word or WPS, deal with each comment, delete them all, and check again.",
        )
        session.streams.write(step + "\n")
    for _, why in refused:
        if why is not None:
            session.streams.note(session.say(f"没加批注：{why.zh}", f"not annotated: {why.en}"))
    return ExitCode.USAGE if any(why for _, why in refused) else ExitCode.OK


def _checked(project: Project) -> Run:
    from validator.policy import settle
    from validator.runner import check_paths

    policy = project.policy()
    run = check_paths(project.paths, project.rules, project.options, _selection(project))
    return settle(run, replace(policy, whole=False))


def _selection(project: Project) -> Selection:
    """What the project selects, without the commented files of an earlier run that lie in the folders."""
    selection = project.selection()

    def refuse(path: Path, named: bool) -> Bilingual | None:  # noqa: FBT001 - the form of Refuse
        if not named and path.stem.endswith(MARK):
            return Bilingual("以前加过批注的文件", "commented by an earlier run")
        return selection.refuse(path, named) if selection.refuse else None

    return replace(selection, refuse=refuse)


def _is_policy(report: ReportResult, run: Run) -> bool:
    """Whether it is no report but what is said of the waivers or the baseline."""
    known = {*run.ledger.checked, *(one.path for one in run.ledger.unreadable)}
    return report.path not in known


def _standing(report: ReportResult) -> bool:
    return any(one.waived is None for one in report.findings)


def _refusal(report: ReportResult) -> Bilingual | None:
    """Why a report cannot be commented, or None."""
    path = report.path
    if report.document is None:
        message = report.findings[0].message
        return Bilingual(*(one if path in one else f"{path}: {one}" for one in (message.zh, message.en)))
    if split_member(path)[1] and not Path(path).is_file():
        return Bilingual(
            f"{path}：压缩包里的报告加不了批注，请先解压",
            f"{path}: a report inside an archive cannot be commented; unpack it first",
        )
    if report.format != "docx":
        page = _quoted(f"{PurePosixPath(path).stem}.html")
        web = f"validator check {_quoted(path)} --format html --output {page}"
        return Bilingual(
            f"{path}：这种格式加不了批注：请用 Word/WPS 另存为 .docx 再试，"
            f"或用 --format html 看网页报告：{web}",
            f"{path}: this format takes no comments; save it as .docx with Word or WPS and try again, or see "
            f"the web page: {web}",
        )
    return None


def _quoted(name: str) -> str:
    if os.name == "nt":
        return f'"{name}"' if set(name) & set(" &()[]{}^=;!'+,`~") else name
    quoted = shlex.quote(name)
    # Only what a shell would take for something else needs quotes; Chinese names do not.
    return name if quoted == f"'{name}'" and all(one.isalnum() or one in "-_./" for one in name) else quoted


# Where the files go.


def _job(report: ReportResult, arguments: argparse.Namespace) -> _Job:
    path = Path(report.path)
    suffix = path.suffix if path.suffix.lower() in _SUFFIXES else ".docx"
    if arguments.output is not None:
        target = Path(arguments.output)
        if target.suffix.lower() != suffix.lower():
            raise UserError(
                f"批注只能写进 {suffix} 文件，请把 -o 的文件名改成以 {suffix} 结尾：{target}",
                f"comments go into a {suffix} file; let the name after -o end with {suffix}: {target}",
            )
    else:
        folder = path.parent if arguments.output_dir is None else Path(arguments.output_dir)
        target = folder / f"{path.stem}{MARK}{suffix}"
    return _Job(report=report, path=path, target=target)


def _check_targets(jobs: Sequence[_Job], *, force: bool) -> None:
    """Refuse what would overwrite a report, an existing file, or another output of this run.

    Raises:
        UserError: one of these.
    """
    seen: dict[str, _Job] = {}
    for job in jobs:
        shown = job.target.as_posix()
        for other in jobs:
            if _is_same(job.target, other.path):
                raise UserError(
                    f"不能覆盖原文件：{other.path.as_posix()}。请用 -o 换一个文件名",
                    f"would overwrite the report {other.path.as_posix()}; choose another name with -o",
                )
        key = os.path.normcase(os.path.realpath(job.target))
        if key in seen:
            names = (seen[key].path.as_posix(), job.path.as_posix())
            raise UserError(
                f"两份报告会写到同一个文件 {shown}：{'、'.join(names)}。请分两次，用 -o 指定文件名",
                f"two reports would go to one file {shown}: {', '.join(names)}; give each its own -o",
            )
        seen[key] = job
        if job.target.is_dir():
            zh, en = f"{shown} 是文件夹，请用 --output-dir", f"{shown} is a folder; use --output-dir"
            raise UserError(f"{zh} {shown}", f"{en} {shown}")
        if os.path.lexists(job.target) and not force:
            raise UserError(
                f"已有同名的文件：{shown}。加 --force 覆盖它，或用 -o 换一个文件名",
                f"{shown} exists; overwrite it with --force, or choose another name with -o",
            )


def _is_same(one: Path, other: Path) -> bool:
    if os.path.normcase(os.path.realpath(one)) == os.path.normcase(os.path.realpath(other)):
        return True
    try:
        return one.samefile(other)
    except OSError:
        return False


def _say_clean(job: _Job, session: Session) -> bool:
    shown = job.path.as_posix()
    zh, en = f"{shown}：没有发现问题", f"{shown}: nothing was found"
    if job.report.findings:
        zh, en = f"{shown}：没有新的问题（已豁免的不加批注）", f"{shown}: nothing new (the rest is accepted)"
    elif job.report.profile is None:
        zh, en = f"{zh}，但{_UNASKED.zh}", f"{en}, but {_UNASKED.en}"
    session.streams.write(
        session.say(f"{zh}；不用加批注，没有写文件\n", f"{en}; no comments, so no file was written\n")
    )
    return False


def _annotate(job: _Job, session: Session) -> None:
    from validator.annotate.word import annotate

    report = job.report
    findings = [one for one in report.findings if one.waived is None]
    if report.document is None:
        return
    try:
        done = annotate(job.path.read_bytes(), report.document, findings, session.lang)
        _write(job, done.data)
    except ReadError as error:
        raise UserError(error.zh, error.en) from None
    except OSError as error:
        told = unwritable(job.target.as_posix(), error)
        if isinstance(error, PermissionError):
            told = UserError(
                f"{told.zh}。如果正用 Word 打开着，请先关闭",
                f"{told.en}; if it is open in Word, close it first",
            )
        raise told from None
    _say_done(job, done, session)


def _say_done(job: _Job, done: Annotated, session: Session) -> None:
    shown = job.target.as_posix()
    zh, en = f"已写入 {shown}：{done.added} 条批注", f"written to {shown}: {done.added} comments"
    if done.beside:
        zh += f"，其中 {done.beside} 条所在的地方加不了批注（如页眉、文本框），批在附近或正文开头，写明了位置"
        en += f", {done.beside} of them near the place or at the beginning, as Word takes none there"
    if done.left:
        zh += f"；另有 {done.left} 条没有写进去，Word 打不开批注更多的文件"
        en += f"; {done.left} more are not in it, as Word opens no file with so many"
    if job.report.profile is None:
        zh, en = f"{zh}；{_UNASKED.zh}", f"{en}; {_UNASKED.en}"
    session.streams.write(session.say(zh, en) + "\n")


def _write(job: _Job, data: bytes) -> None:
    """Write the file whole or not at all: beside its place first, with the rights of the report."""
    import shutil
    import tempfile

    folder = job.target.parent
    folder.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".validator-", suffix=".tmp", dir=folder)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        shutil.copymode(job.path, name)
        Path(name).replace(job.target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


COMMAND = Command(
    help=Bilingual("把问题写成 Word 批注，另存一份", "write the findings into a copy as Word comments"),
    add_arguments=_add_arguments,
    run=_run,
    epilog=Bilingual(
        "每个问题一条批注，批注人是 validator，原文和格式一字不动，原文件不改。缺的指标批在所属章节的标题上；"
        "页眉、页脚、属性等处不能加批注，写在正文开头。没有问题时不写文件。\n"
        "例：validator annotate 总结.docx\n"
        "退出码：0 已写好（或没有问题），2 有文件没能加批注。",
        "One comment a finding, by validator; text and layout stay as they are, and so does the report. What "
        "is missing is told at the heading of its section; headers, footers and properties take no comments, "
        "so that theirs stand at the beginning. Without findings no file is written.\n"
        "Example: validator annotate report.docx\n"
        "Exit codes: 0 written (or nothing found), 2 a file could not be annotated.",
    ),
)
