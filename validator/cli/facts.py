"""`validator facts PATH...`: what the reports state, indicator by indicator."""

from __future__ import annotations

import argparse

from validator.cli import _common as common
from validator.cli._base import Command, Session
from validator.cli._parser import Parser
from validator.cli._project import add_project, open_project
from validator.model.errors import UserError
from validator.model.words import Bilingual, ExitCode, Lang
from validator.text.escape import visible

_EXPLAINS = ("console", "jsonl")


def _add_arguments(parser: argparse.ArgumentParser, lang: Lang) -> None:
    zh = lang is Lang.ZH
    common.add_reading(parser, lang, "facts")
    add_project(parser, lang)
    add = (parser.options if isinstance(parser, Parser) else parser).add_argument
    add(
        "--all-scopes",
        action="store_true",
        help="连部分、外地、累计的数也列出"
        if zh
        else "also values of a part, of elsewhere, of several years",
    )
    add("--indicator", metavar="ID", help="只列这一个指标" if zh else "only this indicator")
    add(
        "--explain",
        action="store_true",
        help="逐处说明为什么取了或没取这个数（配合 --indicator）"
        if zh
        else "tell for every mention why a number was taken or not (with --indicator)",
    )


def _run(arguments: argparse.Namespace, session: Session) -> ExitCode:
    from validator.runner import read_paths

    wanted = common.targets(arguments.outputs, common.reporters_for("facts"), arguments.paths)
    if arguments.explain and (bad := next((one for one in wanted if one.format not in _EXPLAINS), None)):
        raise UserError(
            f"--explain 不能用 {bad.format} 格式，请用 {' 或 '.join(_EXPLAINS)}",
            f"--explain has no {bad.format} form; use {' or '.join(_EXPLAINS)}",
        )
    project = open_project(arguments, session)
    rules, session = project.rules, project.session
    if arguments.indicator is not None and arguments.indicator not in rules.indicators:
        raise common.unknown(("指标", "indicator"), arguments.indicator, tuple(rules.indicators))
    run = read_paths(project.paths, rules, project.options, project.selection())
    common.render_all(run, project, wanted, "facts", arguments)
    for entry in run.ledger.unreadable:
        line = session.say(f"没读：{entry.path}：{entry.zh}", f"not read: {entry.path}: {entry.en}")
        session.streams.note(visible(line))
    return ExitCode.OK if run.ledger.checked else ExitCode.USAGE


COMMAND = Command(
    help=Bilingual("列出报告里写了哪些数", "list what the reports state"),
    add_arguments=_add_arguments,
    run=_run,
    epilog=Bilingual(
        "例：validator facts --format csv --output 数据.csv 总结/\n"
        "    validator facts --explain --indicator education.schools 总结.docx",
        "Examples: validator facts --format csv --output facts.csv reports/\n"
        "          validator facts --explain --indicator education.schools report.docx",
    ),
)
