"""`validator check PATH...`: what is missing, what is left to fill in, what must go."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from validator.cli import _common as common
from validator.cli._base import Command, Session
from validator.cli._parser import Parser
from validator.cli._project import Project, add_force_exclude, add_project, open_project
from validator.model.errors import UserError
from validator.model.words import Bilingual, ExitCode, Lang, Severity

if TYPE_CHECKING:
    from validator.model.config import Config
    from validator.model.report import Run

NEVER = "never"


def _add_arguments(parser: argparse.ArgumentParser, lang: Lang) -> None:
    zh = lang is Lang.ZH
    common.add_reading(parser, lang, "check")
    add = (parser.options if isinstance(parser, Parser) else parser).add_argument
    common.add_stage(parser, lang)
    _add_policy(add, zh=zh)
    _add_scope(add, zh=zh)
    add_project(parser, lang)
    add_force_exclude(parser, lang)
    add(
        "--watch",
        action="store_true",
        help="报告一保存就重新检查，按 Ctrl-C 结束" if zh else "check again whenever a report is saved",
    )
    add(
        "--verbose",
        action="store_true",
        help="连已填的数和已豁免的问题也列出" if zh else "also what is in order",
    )


def _add_policy(add: Callable[..., object], *, zh: bool) -> None:
    """What counts, and when the check has failed."""
    add(
        "--fail-on",
        choices=(*(one.value for one in Severity), NEVER),
        help="有这一级及以上的问题时退出码为 1（默认 error）"
        if zh
        else "findings from this severity on give exit code 1 (default: error)",
    )
    add(
        "--max-warnings",
        type=int,
        metavar="N",
        help="警告超过 N 个也算不通过" if zh else "more than N warnings fail the check, too",
    )


def _add_scope(add: Callable[..., object], *, zh: bool) -> None:
    """Which reports, and which of their findings are new."""
    add(
        "--changed",
        metavar="REF",
        help="只检查自 git 的这个版本以来改动过的报告"
        if zh
        else "only reports that changed since a git commit",
    )
    add(
        "--new-only",
        action="store_true",
        help="和 --changed 一起用：那个版本里已有的问题不算"
        if zh
        else "with --changed: what that commit has already does not count",
    )
    add(
        "--no-baseline",
        action="store_true",
        help="存量问题也算" if zh else "findings of the baseline count, too",
    )


def _run(arguments: argparse.Namespace, session: Session) -> ExitCode:
    wanted = common.targets(arguments.outputs, common.reporters_for("check"), arguments.paths)
    if arguments.new_only and arguments.changed is None:
        raise UserError(
            "--new-only 要和 --changed 一起用，例如：--changed origin/main --new-only",
            "--new-only needs --changed, e.g.: --changed origin/main --new-only",
        )
    project = open_project(arguments, session)

    def once() -> ExitCode:
        run = checked(project, arguments)
        run = _with_other_configurations(run, project.config.file)
        common.render_all(run, project, wanted, "check", arguments)
        return ExitCode.FINDINGS if _fails(run, project.config) else ExitCode.OK

    if not arguments.watch:
        return once()
    from validator.cli._watch import watch

    return watch(once, project.paths, project.session)


def checked(project: Project, arguments: argparse.Namespace) -> Run:
    """The run with what the project accepts marked.

    Raises:
        UserError: a path, the waivers, the baseline or the commit is wrong.
    """
    from validator.policy import settle
    from validator.runner import check_paths

    policy = project.policy(with_baseline=not arguments.no_baseline)
    selection = project.selection()
    if arguments.changed is None:
        whole = _covers(project.paths, project.config.folder)
        run = check_paths(project.paths, project.rules, project.options, selection)
        return settle(run, replace(policy, whole=whole))
    from validator.comparison import known_before, unchanged
    from validator.git import changes_since

    changes = changes_since(arguments.changed, common.folder_of(project.paths[0]))
    selection = replace(selection, refuse=unchanged(changes, selection.refuse), may_be_empty=True)
    run = check_paths(project.paths, project.rules, project.options, selection)
    if arguments.new_only:
        base = known_before(run, changes, project.rules, project.options, project.config, policy.where)
        policy = replace(policy, base=base, base_name=f"git {changes.ref}")
    return settle(run, replace(policy, whole=False))


def _with_other_configurations(run: Run, file: str) -> Run:
    """The run that tells of every configuration it met and did not use."""
    from validator.config.loading import NAME

    own = Path(file).resolve() if file else None
    skipped = tuple(
        replace(one, zh="另一份配置，这次没有用", en="another configuration, not used this time")
        if Path(one.path).name == NAME and Path(one.path).resolve() != own
        else one
        for one in run.ledger.skipped
    )
    return replace(run, ledger=replace(run.ledger, skipped=skipped))


def _covers(paths: Sequence[str], folder: str) -> bool:
    """Whether everything of a folder was asked for."""
    top = Path(folder).resolve()
    return any(top.is_relative_to(Path(one).resolve()) for one in paths)


def _fails(run: Run, config: Config) -> bool:
    limit = config.value("fail_on", Severity.ERROR.value)
    most = config.value("max_warnings")
    if most is not None and run.count(Severity.WARNING) > most:
        return True
    return limit != NEVER and any(run.count(one) for one in Severity if one.rank <= Severity(limit).rank)


COMMAND = Command(
    help=Bilingual("检查报告：缺什么、哪里没填、什么要删", "check reports: findings and completeness"),
    add_arguments=_add_arguments,
    run=_run,
    epilog=Bilingual(
        "例：validator check 总结.docx\n退出码：0 没有问题，1 有问题，2 没能检查。",
        "Example: validator check report.docx\nExit codes: 0 nothing found, 1 findings, 2 could not be done.",
    ),
)
