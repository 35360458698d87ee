"""`validator read FILE...`: the blocks of a report with their places, as the checks see them."""

from __future__ import annotations

import argparse

from validator.cli import _common as common
from validator.cli._base import Command, Session
from validator.cli._project import add_project, open_project
from validator.model.words import Bilingual, ExitCode, Lang


def _add_arguments(parser: argparse.ArgumentParser, lang: Lang) -> None:
    common.add_reading(parser, lang, "read")
    add_project(parser, lang)


def _run(arguments: argparse.Namespace, session: Session) -> ExitCode:
    from validator.runner import read_paths

    wanted = common.targets(arguments.outputs, common.reporters_for("read"), arguments.paths)
    project = open_project(arguments, session)
    run = read_paths(project.paths, project.rules, project.options, project.selection())
    common.render_all(run, project, wanted, "read", arguments)
    return ExitCode.OK if run.ledger.checked else ExitCode.USAGE


COMMAND = Command(
    help=Bilingual("看程序从文件里读到了什么", "show what is read from a file, and where"),
    add_arguments=_add_arguments,
    run=_run,
    epilog=Bilingual(
        "某个数没查到、某处被误报时，用它看那一段读成了什么样。\n例：validator read 总结.docx",
        "For when something is found, or is not, against expectation.\nExample: validator read report.docx",
    ),
)
