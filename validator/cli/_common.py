"""What the subcommands that read reports have in common."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from validator import __version__
from validator.cli._base import Session
from validator.cli._parser import Output, Parser
from validator.model.config import STAGES
from validator.model.errors import UserError, unwritable
from validator.model.words import Lang

if TYPE_CHECKING:
    from validator.cli._project import Project
    from validator.model.report import Run
    from validator.reporters._base import Look, Reporter

STDOUT = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One output: which format, and the file it goes to, or None for standard output."""

    format: str
    file: str | None


def add_paths(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """Declare the reports."""
    zh = lang is Lang.ZH
    reports = parser.add_argument_group("要检查的" if zh else "what to read")
    reports.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        help="文件或文件夹（有 validator.yaml 时可以不写）"
        if zh
        else "file or folder (may be left out where there is a validator.yaml)",
    )


def add_profile(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """Declare the option for the list of requirements."""
    zh = lang is Lang.ZH
    add = (parser.options if isinstance(parser, Parser) else parser).add_argument
    add(
        "--profile",
        metavar="ID",
        help="用哪份要求清单（默认按标题判断）" if zh else "which list of requirements",
    )


def add_stage(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """Declare the option for how far the report is."""
    zh = lang is Lang.ZH
    add = (parser.options if isinstance(parser, Parser) else parser).add_argument
    add(
        "--stage",
        choices=STAGES,
        help="阶段：起草、审核、报送（默认报送，最严）"
        if zh
        else "how far the report is; submission is strictest",
    )


def add_rules(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """Declare the option for own rule packs."""
    zh = lang is Lang.ZH
    add = (parser.options if isinstance(parser, Parser) else parser).add_argument
    add(
        "--rules",
        action="append",
        default=[],
        metavar="PATH",
        help="自己的规则文件或文件夹" if zh else "own rule packs",
    )


def add_color(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """Declare the option for colour."""
    zh = lang is Lang.ZH
    add = (parser.options if isinstance(parser, Parser) else parser).add_argument
    add(
        "--color",
        choices=("auto", "always", "never"),
        default="auto",
        help="是否用颜色" if zh else "whether to use colour",
    )


def add_limits(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """Declare the rules, and what a report may cost."""
    zh = lang is Lang.ZH
    add = (parser.options if isinstance(parser, Parser) else parser).add_argument
    add_rules(parser, lang)
    add("--jobs", type=int, metavar="N", help="同时检查几份（默认自动）" if zh else "how many processes")
    add(
        "--timeout",
        type=int,
        metavar="SECONDS",
        help="每份最多读几秒（默认 20，0 为不限）" if zh else "time for one report (default 20, 0: no limit)",
    )
    add(
        "--memory",
        type=int,
        metavar="MB",
        help="每份最多用多少内存（默认 1024 MB，0 为不限）"
        if zh
        else "memory for one report (default 1024 MB, 0: no limit)",
    )


def add_reading(parser: argparse.ArgumentParser, lang: Lang, form: str) -> None:
    """Declare the arguments of every subcommand that reads reports and renders what it found as `form`."""
    zh = lang is Lang.ZH
    add_paths(parser, lang)
    add = (parser.options if isinstance(parser, Parser) else parser).add_argument
    add_profile(parser, lang)
    output = add("--format", action=Output, metavar="NAME")
    if isinstance(output, Output):
        output.told = lambda: ("输出格式：" if zh else "output format: ") + ", ".join(reporters_for(form))
    add(
        "--output",
        action=Output,
        metavar="FILE",
        help="写入文件，不显示在屏幕上；可与 --format 成对写多次"
        if zh
        else "write to a file instead of the screen; pairs with --format, may be repeated",
    )
    add_limits(parser, lang)
    add(
        "--redact",
        action=argparse.BooleanOptionalAction,
        help="是否遮住身份证号和手机号（默认：机器格式和 CI 中遮住）"
        if zh
        else "mask identity and mobile numbers (default: in machine formats and in CI)",
    )
    add_color(parser, lang)
    parser.set_defaults(outputs=[])


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like `word`, if any is."""
    import difflib

    found = difflib.get_close_matches(word.lower(), {one.lower(): one for one in known}, n=1, cutoff=0.4)
    return next((one for one in known if found and one.lower() == found[0]), None)


def unknown(what: tuple[str, str], word: str, known: Sequence[str]) -> UserError:
    """The error for an id that does not exist, with the nearest one and the list of all."""
    near = nearest(word, known)
    return UserError(
        f"没有这个{what[0]}：{word}。"
        + (f"是不是 {near}？" if near else "")
        + (f"现有：{'、'.join(known)}" if len(known) <= 12 else ""),
        f"no such {what[1]}: {word}; "
        + (f"did you mean {near}? " if near else "")
        + (f"there are: {', '.join(known)}" if len(known) <= 12 else ""),
    )


def targets(
    outputs: Sequence[tuple[str, str]], reporters: Mapping[str, Reporter], paths: Sequence[str]
) -> tuple[Target, ...]:
    """Pair up the formats and files: each --output belongs to the --format beside it.

    Raises:
        UserError: an unknown format, two outputs for one file or for the screen, or an output that
            would overwrite a report.
    """
    pairs: list[dict[str, str]] = []
    for kind, value in outputs:
        if not pairs or kind in pairs[-1]:
            pairs.append({})
        pairs[-1][kind] = value
    done = tuple(_target(pair, reporters) for pair in pairs) or (Target(format="console", file=None),)
    files = [os.path.realpath(one.file) if one.file else STDOUT for one in done]
    if len(set(files)) < len(files):
        raise UserError(
            "两种格式不能写到同一个地方，请用 --output 分别指定文件",
            "two formats cannot go to the same place; give each its own --output",
        )
    given = {os.path.realpath(path) for path in paths}
    for target, real in zip(done, files, strict=True):
        if target.file and real in given:
            raise _overwrites(target.file)
    return done


def _overwrites(file: str) -> UserError:
    return UserError(f"--output 会覆盖要检查的文件：{file}", f"--output would overwrite the report {file}")


def _target(pair: Mapping[str, str], reporters: Mapping[str, Reporter]) -> Target:
    file = pair.get("output")
    file = None if file == STDOUT else file
    name = pair.get("format")
    if name is None:
        suffix = Path(file).suffix.lower() if file else ""
        name = next((one.name for one in reporters.values() if suffix in one.suffixes), "console")
    if name not in reporters:
        raise unknown(("输出格式", "format"), name, tuple(reporters))
    return Target(format=name, file=file)


def look_for(session: Session, arguments: argparse.Namespace, *, to_file: bool = False) -> Look:
    """How an output is to look on this console, or in a file."""
    from validator.reporters._base import Look

    terminal = session.streams.terminal and not to_file
    if terminal:
        import shutil
    columns = shutil.get_terminal_size((80, 24)).columns if terminal else 80
    return Look(
        lang=session.lang,
        version=__version__,
        columns=max(40, min(columns, 120)),
        color=not to_file and _wants_color(arguments.color, terminal=terminal),
        symbols=to_file or session.streams.can_show("✓✗→…"),
        verbose=getattr(arguments, "verbose", False),
        profile=arguments.profile,
        folder=Path.cwd().as_posix(),
        root=repository(Path()).as_posix(),
        all_scopes=getattr(arguments, "all_scopes", False),
        indicator=getattr(arguments, "indicator", None),
        explain=getattr(arguments, "explain", False),
    )


def _wants_color(asked: str, *, terminal: bool) -> bool:
    if asked != "auto":
        return asked == "always"
    return terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def write(target: Target, content: str | bytes, session: Session) -> None:
    """Write one output to its place.

    Raises:
        UserError: the file cannot be written.
    """
    if target.file is None:
        session.streams.write(content)
        return
    data = content.encode("utf-8", "backslashreplace") if isinstance(content, str) else content
    if target.format == "csv":
        data = b"\xef\xbb\xbf" + data
    try:
        Path(target.file).write_bytes(data)
    except OSError as error:
        raise unwritable(target.file, error) from None
    session.streams.note(session.say(f"已写入 {target.file}", f"written to {target.file}"))


def repository(start: Path) -> Path:
    """The top of the repository that a folder is in, or the current folder where it is in none."""
    folder = start.resolve()
    return next((one for one in (folder, *folder.parents) if (one / ".git").exists()), Path.cwd())


def folder_of(given: str) -> Path:
    """The folder that a path is, or lies in."""
    path = Path(given)
    return path if path.is_dir() else path.parent


def in_ci() -> bool:
    """Whether a CI service runs the program: what is printed may be public."""
    return os.environ.get("CI", "").lower() not in {"", "0", "false"}


def render_all(
    run: Run,
    project: Project,
    wanted: Sequence[Target],
    form: str,
    arguments: argparse.Namespace,
) -> None:
    """Render the run in every format that is wanted; `form` is `check`, `facts` or `read`.

    Raises:
        UserError: an output would overwrite a report, is no text and would go to a terminal, or cannot
            be written.
    """
    reporters = reporters_for(form)
    session = project.session
    read = {os.path.realpath(report.path) for report in run.reports}
    masked: Run | None = None
    for target in wanted:
        _refuse_on_terminal(target, reporters[target.format], session)
    for target in wanted:
        if target.file and os.path.realpath(target.file) in read:
            raise _overwrites(target.file)
        reporter = reporters[target.format]
        look = look_for(session, arguments, to_file=target.file is not None)
        if form == "check":
            from validator.pipeline import all_codes

            look = replace(look, codes=all_codes())
        render = getattr(reporter, form)
        redact = project.config.value("redact")
        if redact is None:
            redact = reporter.hosted or in_ci()
        shown = run
        if redact:
            shown = masked = masked or _redacted(run)
        write(target, render(shown, project.rules, look), session)


def _refuse_on_terminal(target: Target, reporter: Reporter, session: Session) -> None:
    if reporter.binary and target.file is None and session.streams.terminal:
        name = reporter.name
        suffix = reporter.suffixes[0] if reporter.suffixes else ""
        raise UserError(
            f"{name} 要写入文件，请加 --output 清单{suffix}",
            f"{name} goes to a file; add --output list{suffix}",
        )


def _redacted(run: Run) -> Run:
    from validator.redaction import redacted

    return redacted(run)


class _Reporters(Mapping[str, "Reporter"]):
    """Reporters by name, each imported when it is asked for: one run needs one or two of them."""

    def __init__(self, form: str) -> None:
        from validator import reporters

        self._package = reporters
        self._form = form

    def __getitem__(self, name: str) -> Reporter:
        from validator.plugins import load, names

        one: Reporter | None = None
        if name in names(self._package):
            one = load(self._package, name, "REPORTER")
        if one is None or getattr(one, self._form) is None:
            raise KeyError(name)
        return one

    def __iter__(self) -> Iterator[str]:
        from validator.plugins import names

        ordered = sorted(names(self._package), key=lambda one: (one != "console", one))
        return (name for name in ordered if name in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def reporters_for(form: str) -> Mapping[str, Reporter]:
    """The reporters that can render `check`, `facts` or `read`, by name; the console first."""
    return _Reporters(form)
