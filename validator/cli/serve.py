"""`validator serve`: a page on one's own machine to drop reports on."""

from __future__ import annotations

import argparse
import importlib.util
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from validator.cli import _common as common
from validator.cli._base import Command, Session
from validator.cli._parser import Parser
from validator.cli._project import Project, add_project, open_project
from validator.model.config import STAGES
from validator.model.errors import UserError
from validator.model.words import Bilingual, ExitCode, Lang

if TYPE_CHECKING:
    from validator.model.report import Run
    from validator.webpage._checking import Setup

NEEDED = ("flask", "waitress")
_MOST_PORT = 65535


def _add_arguments(parser: argparse.ArgumentParser, lang: Lang) -> None:
    zh = lang is Lang.ZH
    add = (parser.options if isinstance(parser, Parser) else parser).add_argument
    add(
        "--port",
        type=int,
        default=0,
        metavar="N",
        help="用哪个端口（默认自动选一个空闲的）" if zh else "which port (default: a free one)",
    )
    add("--no-browser", action="store_true", help="不自动打开浏览器" if zh else "do not open a browser")
    add(
        "--profile",
        metavar="ID",
        help="页面上先选好哪份要求清单（默认按标题判断）"
        if zh
        else "which list of requirements is chosen at first",
    )
    add(
        "--stage",
        choices=STAGES,
        help="页面上先选好哪个阶段：起草、审核、报送（默认报送，最严）"
        if zh
        else "which stage is chosen at first; submission is strictest",
    )
    common.add_limits(parser, lang)
    add_project(parser, lang)
    parser.set_defaults(paths=["."])


def _run(arguments: argparse.Namespace, session: Session) -> ExitCode:
    if missing := [name for name in NEEDED if importlib.util.find_spec(name) is None]:
        raise _not_installed(missing)
    if not 0 <= arguments.port <= _MOST_PORT:
        raise UserError(f"--port 要在 1 和 {_MOST_PORT} 之间", f"--port is between 1 and {_MOST_PORT}")
    project = open_project(arguments, session)
    session = project.session
    from validator.webpage.server import serve

    def ready(address: str) -> None:
        _say(address, session)
        if not arguments.no_browser:
            _open(address)

    serve(_setup(project), session.lang, arguments.port, ready)
    session.streams.note(session.say("已结束。", "ended."))
    return ExitCode.OK


def _not_installed(missing: list[str]) -> UserError:
    command = install_command(sys.prefix, sys.executable)
    names = "、".join(missing)
    return UserError(
        f"网页还差 {names} 没有安装，请先运行：{command}",
        f"the page needs {', '.join(missing)}, which is not installed; run: {command}",
    )


def install_command(prefix: str, executable: str) -> str:
    """The command that adds what the page needs to where this program is installed.

    It names the libraries and not our extra, so that it is true for a checkout, a wheel and an installation
    by hand alike.
    """
    parts = Path(prefix).parts
    quoted = f'"{executable}"' if " " in executable else executable
    if "pipx" in parts:
        return f"pipx inject indicator-validator {' '.join(NEEDED)}"
    if "uv" in parts and "tools" in parts:
        return f"uv pip install --python {quoted} {' '.join(NEEDED)}"
    return f"{quoted} -m pip install {' '.join(NEEDED)}"


def _setup(project: Project) -> Setup:
    from validator.policy import settle
    from validator.webpage._checking import Setup

    def settled(run: Run) -> Run:
        return settle(run, replace(project.policy(), whole=False))

    from validator.model.report import Run

    settled(Run())
    return Setup(rules=project.rules, options=project.options, config=project.config, settle=settled)


def _say(address: str, session: Session) -> None:
    session.streams.write(
        session.say(
            f"网页地址：{address}\n"
            "只有这台电脑能打开；报告不发送到任何地方，也不保存。\n"
            "结束：在这里按 Ctrl-C，或点网页上的“结束”。\n",
            f"The page: {address}\n"
            "Only this machine can open it; reports are sent nowhere and are not kept.\n"
            "To end: press Ctrl-C here, or End on the page.\n",
        )
    )


def _open(address: str) -> None:
    """Open the browser, where there is a screen: on a terminal alone it would be one in text."""
    import threading
    import webbrowser

    screen = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if sys.platform in {"win32", "darwin"} or screen:
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()


COMMAND = Command(
    help=Bilingual("在本机打开网页，把报告拖进去检查", "a page on this machine to drop reports on"),
    add_arguments=_add_arguments,
    run=_run,
    epilog=Bilingual(
        "自动打开浏览器；把报告拖进网页，就能看结果，下载带批注的 Word 和缺项清单。\n"
        "网页只有本机能打开，报告不发送到任何地方，也不保存。需要另装 flask 和 waitress。\n"
        "例：validator serve",
        "Opens the browser; drop reports on the page to see what was found, and to download the Word file "
        "with comments and the list of what is missing.\n"
        "Only this machine can open it; reports are sent nowhere and are not kept. Needs flask and "
        "waitress.\n"
        "Example: validator serve",
    ),
)
