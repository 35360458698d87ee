"""`validator baseline [PATH...]`: accepts the findings that stand today; later it only shrinks."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from validator.cli import _common as common
from validator.cli._base import Command, Session
from validator.cli._parser import Parser
from validator.cli._project import Project, add_project, open_project
from validator.model.errors import unwritable
from validator.model.words import Bilingual, ExitCode, Lang
from validator.text.escape import visible

if TYPE_CHECKING:
    from validator.model.report import Run
    from validator.suppressions._base import Known, Policy


def _add_arguments(parser: argparse.ArgumentParser, lang: Lang) -> None:
    zh = lang is Lang.ZH
    common.add_paths(parser, lang)
    add = (parser.options if isinstance(parser, Parser) else parser).add_argument
    common.add_limits(parser, lang)
    add(
        "--accept-new",
        action="store_true",
        help="存量文件已有时，也收入新的问题"
        if zh
        else "take in new findings, too, where there is a baseline already",
    )
    add_project(parser, lang)


def _run(arguments: argparse.Namespace, session: Session) -> ExitCode:
    from validator.policy import baseline_path

    project = open_project(arguments, session)
    path = baseline_path(project.config)
    run, policy = _checked(project, path)
    kept, new = _sorted(run, policy)
    first = not path.is_file()
    take = first or arguments.accept_new
    _write(path, (*kept, *new) if take else kept)
    _tell(
        project,
        policy,
        sum(one.count for one in kept),
        sum(one.count for one in new),
        taken=take,
        first=first,
    )
    return ExitCode.OK if take or not new else ExitCode.FINDINGS


def _checked(project: Project, path: Path) -> tuple[Run, Policy]:
    """The run with everything accepted but by the baseline, which is matched apart."""
    from validator.policy import settle
    from validator.runner import check_paths

    policy = project.policy(with_baseline=path.is_file())
    run = check_paths(project.paths, project.rules, project.options, project.selection())
    return settle(run, replace(policy, baseline=())), policy


def _sorted(run: Run, policy: Policy) -> tuple[tuple[Known, ...], tuple[Known, ...]]:
    """What stands and was known, as it stands now, and what is new.

    Known findings of files that this run did not look at, or could not read, stay as they are.
    """
    from validator.suppressions._base import read_files, still_there
    from validator.suppressions._known import known_of, match

    there = still_there(run, policy)
    matched, left = match(policy.baseline, run, policy.where, there)
    checked = read_files(run, policy.where)
    elsewhere = tuple(
        replace(one, count=count)
        for one, count in left.items()
        if one.file not in checked and there(one.file)
    )
    kept = known_of(run, policy.where, lambda place: place in matched)
    return (*kept, *elsewhere), known_of(run, policy.where, lambda place: place not in matched)


def _write(path: Path, known: tuple[Known, ...]) -> None:
    from validator.suppressions.baseline import dump

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(dump(known))
    except OSError as error:
        raise unwritable(path, error) from None


def _tell(project: Project, policy: Policy, kept: int, new: int, *, taken: bool, first: bool) -> None:
    say, file = project.session.say, policy.baseline_file
    before = sum(one.count for one in policy.baseline)
    if first:
        text = say(
            f"{file}：记下存量问题 {new} 处，请提交到版本库",
            f"{file}: {new} findings recorded; commit the file",
        )
    elif taken:
        text = say(f"{file}：原有 {before} 处，现有 {kept + new} 处，其中新收入 {new} 处",
                   f"{file}: {before} before, {kept + new} now, {new} of them new")  # fmt: skip
    else:
        text = say(f"{file}：原有 {before} 处，现剩 {kept} 处", f"{file}: {before} before, {kept} now")
        if new:
            text += say(
                f"。另有 {new} 处新问题没有收入：请先改好，确需收入的加 --accept-new",
                f"; {new} new findings were not taken in: mend them, or add --accept-new",
            )
    project.session.streams.note(visible(text))


COMMAND = Command(
    help=Bilingual(
        "把现有问题记为存量，以后只查新的", "accept the findings that stand today; only new ones fail"
    ),
    add_arguments=_add_arguments,
    run=_run,
    epilog=Bilingual(
        "例：validator baseline\n存量文件只会缩减；报告改好后再运行一次。",
        "Example: validator baseline\nA baseline only shrinks; run it again when reports were mended.",
    ),
)
