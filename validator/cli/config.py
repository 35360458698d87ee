"""`validator config [PATH...]`: what holds for a path, and where it is written."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

from validator.cli import _common as common
from validator.cli._base import Command, Session
from validator.cli._parser import Parser
from validator.cli._project import MEGABYTES, SECONDS, Project, add_project, open_project
from validator.config.globs import fits
from validator.config.loading import shown
from validator.config.settings import KEYS, excluded, inside, settings_for
from validator.model.config import STAGES, Origin
from validator.model.errors import UserError
from validator.model.words import Bilingual, ExitCode, Lang
from validator.text.escape import visible

_WHOLE = {
    "fail_on": ("error", "error"),
    "max_warnings": ("（不限）", "(any number)"),
    "rules": ("（只用自带的）", "(none of your own)"),
    "jobs": ("（自动）", "(automatic)"),
    "timeout": (str(SECONDS),) * 2,
    "memory": (str(MEGABYTES),) * 2,
    "redact": ("（机器格式和 CI 中遮住）", "(in machine formats and in CI)"),
}
"""What holds for a whole run, with what holds where nothing is set."""
_BY_TITLE = ("（按标题判断）", "(by the title)")
_ONE_BY_ONE = {"profile": _BY_TITLE, "stage": (STAGES[-1],) * 2, "year": _BY_TITLE}
_MOST_GROUPS = 40


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
    common.add_rules(parser, lang)
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
    lines = list(_head(project, arguments.rules))
    for path in paths:
        lines += ["", *(_of_folder(project, path) if Path(path).is_dir() else _of_file(project, path))]
    project.session.streams.write("".join(f"{visible(one)}\n" for one in lines))
    return ExitCode.OK


def _head(project: Project, rules: Sequence[str]) -> Iterator[str]:
    from validator.policy import baseline_path, waivers_path

    say, config = project.session.say, project.config
    none = say("没有 validator.yaml，全部用默认值", "no validator.yaml; the defaults hold")
    yield say("配置：", "configuration: ") + (config.file or none)
    yield say("文件夹：", "folder: ") + config.folder
    yield _line("lang", _language(project), project)
    for key, default in _WHOLE.items():
        origin = config.flags.get(key) or config.values.get(key)
        if origin is not None or not (key == "rules" and rules):
            yield _line(key, origin or Origin(value=say(*default)), project)
    if rules:
        yield _line("rules", Origin(value=list(rules), place="--rules"), project)
    yield _file_line("waivers", waivers_path(config), project)
    yield _file_line("baseline", baseline_path(config), project)
    for name, patterns, place in (
        ("reports.include", config.include, config.include_place),
        ("reports.exclude", config.exclude, config.exclude_place),
    ):
        if patterns:
            yield _line(name, Origin(value=list(patterns), place=place), project)


def _language(project: Project) -> Origin:
    """The language that is spoken, and who chose it."""
    session, written = project.session, project.config.values.get("lang")
    if session.lang_given:
        return Origin(value=session.lang.value, place="--lang, VALIDATOR_LANG")
    return written or Origin(value=session.lang.value)


def _file_line(key: str, path: Path, project: Project) -> str:
    """A file of the policy, and whether it is there."""
    say, origin = project.session.say, project.config.values.get(key)
    name = shown(path)
    if not path.is_file():
        name += say("（没有这个文件）", " (not there)")
    return _line(key, Origin(value=name, place=origin.place if origin else ""), project)


def _of_folder(project: Project, path: str) -> Iterator[str]:
    """What holds for the files of a folder; those of which the same holds stand together."""
    from validator.discovery import discover

    say = project.session.say
    files, _ = discover([path], may_be_empty=True)
    groups: dict[tuple[str, ...], list[str]] = {}
    for one in files:
        groups.setdefault(tuple(_holding(project, one.shown)), []).append(one.shown)
    if not groups:
        yield f"{path}" + say("：没有报告", ": no reports")
    for lines, names in list(groups.items())[:_MOST_GROUPS]:
        count = len(names)
        if count == 1:
            yield names[0]
        else:
            yield path + say(f"：{count} 份，例如 {names[0]}", f": {count} files, such as {names[0]}")
        yield from lines
    if len(groups) > _MOST_GROUPS:
        more = len(groups) - _MOST_GROUPS
        yield say(f"…… 另有 {more} 组，请写明下级文件夹", f"... {more} more groups; name a folder below")


def _of_file(project: Project, path: str) -> Iterator[str]:
    yield path
    yield from _holding(project, path)


def _holding(project: Project, path: str) -> Iterator[str]:
    say, config = project.session.say, project.config
    relative = inside(config, path)
    if relative is None:
        yield "  " + say(
            "在配置的文件夹之外，只用对全部文件的规定", "outside the folder; only what holds for all"
        )
    elif place := excluded(config, relative):
        yield "  " + say(f"不检查：{place} 排除", f"not checked: excluded by {place}")
    origins = settings_for(config, relative).origins
    for key in KEYS:
        own = {name: one for name, one in origins.items() if name == key or name.startswith(f"{key}.")}
        if not own and key in _ONE_BY_ONE:
            own = {key: Origin(value=say(*_ONE_BY_ONE[key]))}
        for name, origin in own.items():
            yield "  " + _line(name, origin, project)
    for one in config.ignore:
        if relative is not None and fits(relative, one.match):
            codes = " ".join(one.codes)
            told = say(f"不计 {codes}：{one.reason}", f"ignored {codes}: {one.reason}")
            yield f"  {told}  ← {one.place}"


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
