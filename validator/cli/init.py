"""`validator init`: looks at the folder and writes a first `validator.yaml`, and the CI files on request."""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from validator.cli._base import Command, Session
from validator.cli._common import repository
from validator.cli._parser import Parser
from validator.config.loading import NAME
from validator.model.errors import UserError, unwritable
from validator.model.words import Bilingual, ExitCode, Lang
from validator.text.escape import visible

if TYPE_CHECKING:
    from validator.config.proposal import Seen

SERVICES = ("github", "gitlab", "pre-commit")


def _add_arguments(parser: argparse.ArgumentParser, lang: Lang) -> None:
    zh = lang is Lang.ZH
    parser.add_argument(
        "folder",
        nargs="?",
        default=".",
        metavar="FOLDER",
        help="资料库的最上层文件夹（默认当前）" if zh else "top folder of the repository (default: this one)",
    )
    add = (parser.options if isinstance(parser, Parser) else parser).add_argument
    add(
        "--ci",
        action="append",
        default=[],
        choices=SERVICES,
        help="还写出这种自动检查的文件，可写多次"
        if zh
        else "also write the files of this service; may be repeated",
    )


def _run(arguments: argparse.Namespace, session: Session) -> ExitCode:
    from validator.cli._cifiles import ci_files
    from validator.config.proposal import propose

    folder = Path(arguments.folder)
    if not folder.is_dir():
        raise UserError(f"没有这个文件夹：{folder}", f"no such folder: {folder}")
    files = [ci_files()[one] for one in dict.fromkeys(arguments.ci)]
    top = repository(folder)
    if files and top != folder.resolve() and (top / ".git").exists():
        raise UserError(
            f"--ci 的文件要放在资料库的最上层，请在那里运行：{top}",
            f"the files of --ci belong at the top of the repository; run it there: {top}",
        )
    configured = (folder / NAME).exists()
    wanted = [*(one.path for one in files), *([] if configured and files else [NAME])]
    taken = next((one for one in wanted if (folder / one).exists()), None)
    if taken is not None:
        there = (folder / taken).as_posix()
        raise UserError(
            f"已经有 {there}，没有改动它。请直接修改它；要重新生成，先把它移开",
            f"{there} is there already and was left as it is; edit it, or move it away first",
        )
    if not configured:
        seen = _look(folder)
        session.streams.note(visible(_found(seen, session)))
        _write(folder / NAME, propose(seen, session.lang), session)
    for one in files:
        _write(folder / one.path, one.text, session)
    session.streams.note(
        session.say(
            "下一步：validator check 看现有的问题；一时改不完的，运行 validator baseline，以后只查新的。",
            "Next: validator check; what cannot be mended now is accepted by validator baseline.",
        )
    )
    return ExitCode.OK


def _look(folder: Path) -> Seen:
    from validator.config.proposal import Seen, sample
    from validator.discovery import discover
    from validator.pipeline import Options
    from validator.rulepacks.loader import load_rules
    from validator.runner import read_files

    found, _ = discover([str(folder)], may_be_empty=True)
    paths = {one.path.relative_to(folder).as_posix(): one for one in found}
    run = read_files([paths[one] for one in sample(list(paths))], load_rules(), Options())
    shown = {one.shown: path for path, one in paths.items()}
    return Seen(
        paths=tuple(paths),
        profiles={
            shown[report.path]: report.profile
            for report in run.reports
            if report.path in shown and report.document is not None
        },
    )


def _write(path: Path, text: str, session: Session) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")
    except OSError as error:
        raise unwritable(path, error) from None
    shown = path.as_posix()
    session.streams.note(visible(session.say(f"已写入 {shown}", f"written: {shown}")))


def _found(seen: Seen, session: Session) -> str:
    folders = seen.folders
    reports = [one for those in folders.values() for one in those]
    if not reports:
        return session.say("这里还没有报告", "there are no reports here yet")
    kinds = Counter(PurePosixPath(one).suffix.lower() or "-" for one in reports)
    shown = ", ".join(f"{suffix} {count}" for suffix, count in kinds.most_common())
    return session.say(
        f"找到 {len(reports)} 份报告，在 {len(folders)} 个文件夹里（{shown}）",
        f"{len(reports)} reports in {len(folders)} folders ({shown})",
    )


COMMAND = Command(
    help=Bilingual("为资料库写一份配置，可连同自动检查的文件", "write a first configuration, and CI files"),
    add_arguments=_add_arguments,
    run=_run,
    epilog=Bilingual("例：validator init --ci github", "Example: validator init --ci github"),
)
