"""`validator config [PATH...]`: what holds for a path, and where it is written."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from validator.cli._base import Command, Session
from validator.cli._parser import Parser
from validator.cli._project import MEGABYTES, SECONDS, Project, add_project, open_project
from validator.config.globs import fits
from validator.config.settings import KEYS, excluded, inside, settings_for
from validator.model.config import STAGES, Origin
from validator.model.errors import UserError
from validator.model.words import Bilingual, ExitCode, Lang
from validator.text.escape import visible

_WHOLE = (
    ("lang", "zh"),
    ("fail_on", "error"),
    ("max_warnings", None),
    ("rules", None),
    ("jobs", None),
    ("timeout", SECONDS),
    ("memory", MEGABYTES),
    ("redact", None),
    ("waivers", None),
    ("baseline", None),
)


def _add_arguments(parser: argparse.ArgumentParser, lang: Lang) -> None:
    zh = lang is Lang.ZH
    parser.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        help="要看的文件或文件夹" if zh else "the files or folders in question",
    )
    add_project(parser, lang)
    add = (parser.options if isinstance(parser, Parser) else parser).add_argument
    add(
        "--rules",
        action="append",
        default=[],
        metavar="PATH",
        help="自己的规则文件或文件夹" if zh else "own rule packs",
    )
    add(
        "--schema",
        action="store_true",
        help="输出 JSON Schema，供编辑器使用" if zh else "print the JSON Schema",
    )


def _run(arguments: argparse.Namespace, session: Session) -> ExitCode:
    if arguments.schema:
        from validator.rulepacks.loader import rules_root

        session.streams.write((rules_root() / "schema" / "validator.schema.json").read_bytes())
        return ExitCode.OK
    for path in arguments.paths:
        if not Path(path).exists():
            raise UserError(f"找不到文件或文件夹：{path}", f"no such file or folder: {path}")
    paths = arguments.paths
    arguments.paths = paths or ["."]
    project = open_project(arguments, session)
    lines = list(_head(project))
    for path in paths:
        lines += ["", *_of_path(project, path)]
    project.session.streams.write("".join(f"{visible(one)}\n" for one in lines))
    return ExitCode.OK


def _head(project: Project) -> Iterator[str]:
    say, config = project.session.say, project.config
    none = say("没有 validator.yaml，全部用默认值", "no validator.yaml; the defaults hold")
    yield say("配置：", "configuration: ") + (config.file or none)
    yield say("文件夹：", "folder: ") + config.folder
    for key, default in _WHOLE:
        origin = config.flags.get(key) or config.values.get(key)
        if origin is not None:
            yield _line(key, origin, project)
        elif default is not None:
            yield _line(key, Origin(value=default), project)
    for name, patterns, place in (
        ("reports.include", config.include, config.include_place),
        ("reports.exclude", config.exclude, config.exclude_place),
    ):
        if patterns:
            yield _line(name, Origin(value=list(patterns), place=place), project)


def _of_path(project: Project, path: str) -> Iterator[str]:
    say, config = project.session.say, project.config
    relative = inside(config, path)
    yield path
    if relative is None:
        yield "  " + say(
            "在配置的文件夹之外，只用对全部文件的规定", "outside the folder; only what holds for all"
        )
    elif place := excluded(config, relative):
        yield "  " + say(f"不检查：{place} 排除", f"not checked: excluded by {place}")
    settings = settings_for(config, relative)
    for key in KEYS:
        own = {
            name: one for name, one in settings.origins.items() if name == key or name.startswith(f"{key}.")
        }
        for name, origin in own.items():
            yield "  " + _line(name, origin, project)
        if not own and key in ("profile", "stage"):
            by_title = say("（按标题判断）", "(by the title)")
            yield "  " + _line(key, Origin(value=STAGES[-1] if key == "stage" else by_title), project)
    for one in config.ignore:
        if relative is not None and fits(relative, one.match):
            codes = " ".join(one.codes)
            yield (
                "  "
                + say(f"不计 {codes}：{one.reason}", f"ignored {codes}: {one.reason}")
                + f"  ← {one.place}"
            )


def _line(name: str, origin: Origin, project: Project) -> str:
    value = origin.value
    if isinstance(value, list):
        value = ", ".join(map(str, value))
    if isinstance(value, bool):
        value = str(value).lower()
    return f"{name}: {value}  ← {origin.place or project.session.say('默认', 'default')}"


COMMAND = Command(
    help=Bilingual("看某个文件按什么规定检查", "show what holds for a path, and why"),
    add_arguments=_add_arguments,
    run=_run,
    epilog=Bilingual("例：validator config 2025/工作总结.docx", "Example: validator config 2025/report.docx"),
)
