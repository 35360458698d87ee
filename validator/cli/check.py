"""`validator check PATH...`: what is missing, what is left to fill in, what must go."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from validator.cli import _common as common
from validator.cli._base import Command, Session
from validator.cli._parser import Parser
from validator.model.words import Bilingual, ExitCode, Lang, Severity

if TYPE_CHECKING:
    from validator.model.report import Run

STAGES = ("draft", "review", "submission")
NEVER = "never"


def _add_arguments(parser: argparse.ArgumentParser, lang: Lang) -> None:
    zh = lang is Lang.ZH
    common.add_reading(parser, lang, ", ".join(common.reporters_for("check")))
    add = (parser.options if isinstance(parser, Parser) else parser).add_argument
    add(
        "--stage",
        choices=STAGES,
        default="submission",
        help="阶段：起草、审核、报送（默认报送，最严）"
        if zh
        else "how far the report is; submission is strictest",
    )
    add(
        "--fail-on",
        choices=(*(one.value for one in Severity), NEVER),
        default=Severity.ERROR.value,
        help="有这一级及以上的问题时退出码为 1" if zh else "findings from this severity on give exit code 1",
    )
    add(
        "--verbose",
        action="store_true",
        help="连已填的数和已豁免的问题也列出" if zh else "also what is in order",
    )


def _run(arguments: argparse.Namespace, session: Session) -> ExitCode:
    from validator.runner import check_paths

    wanted = common.targets(arguments.outputs, common.reporters_for("check"), arguments.paths)
    rules = common.load(arguments)
    run = check_paths(arguments.paths, rules, common.options(arguments, session))
    common.render_all(run, rules, wanted, "check", session, arguments)
    return ExitCode.FINDINGS if _fails(run, arguments.fail_on) else ExitCode.OK


def _fails(run: Run, limit: str) -> bool:
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
