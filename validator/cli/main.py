"""The command `validator`: chooses the subcommand and its language, and is the one error boundary."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Mapping, Sequence
from typing import NoReturn

from validator import __version__, cli
from validator.cli._base import Command, Session
from validator.cli._parser import Parser
from validator.cli._streams import silence, standard_streams
from validator.model.errors import UserError
from validator.model.words import ExitCode, Lang
from validator.plugins import names
from validator.text.escape import visible

INTERRUPTED = 130
"""Exit code after Ctrl-C, as shells have it."""


def entry() -> NoReturn:
    """Start the program and end the process."""
    sys.exit(main(sys.argv[1:]))


def main(arguments: Sequence[str]) -> int:
    """Run one command line and return the exit code: 0 nothing to do, 1 findings, 2 not done as asked."""
    streams = standard_streams()
    environment = os.environ
    lang, lang_given = default_lang(environment)
    debug = environment.get("VALIDATOR_DEBUG", "") not in {"", "0"}
    try:
        rest, asked, debug_asked = _take_general(arguments)
        debug = debug or debug_asked
        if asked is not None:
            lang, lang_given = _lang(asked), True
        elif not lang_given and not streams.can_show("中"):
            lang = Lang.EN
        return int(_dispatch(rest, Session(lang=lang, lang_given=lang_given, streams=streams, debug=debug)))
    except UserError as error:
        streams.note(_error_line(error, lang))
        return ExitCode.USAGE
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        silence()
        return ExitCode.USAGE
    except Exception as error:  # noqa: BLE001 - the boundary: no traceback ever reaches a clerk
        if debug:
            import traceback

            traceback.print_exc()
        streams.note(_bug_line(error, lang))
        return ExitCode.USAGE


def default_lang(environment: Mapping[str, str]) -> tuple[Lang, bool]:
    """The language where `--lang` does not say, and whether VALIDATOR_LANG chose it.

    Chinese, unless the locale is an English one.
    """
    chosen = environment.get("VALIDATOR_LANG", "").strip().lower()
    if chosen[:2] in {"zh", "en"}:
        return Lang(chosen[:2]), True
    locale = next(
        (environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), ""
    )
    return (Lang.EN if locale.lower().startswith("en") else Lang.ZH), False


def _take_general(arguments: Sequence[str]) -> tuple[list[str], str | None, bool]:
    """The arguments without `--lang` and `--debug`, which may stand anywhere, and what these say."""
    rest: list[str] = []
    lang: str | None = None
    debug = False
    waiting = iter(arguments)
    for word in waiting:
        if word == "--":
            rest += [word, *waiting]
        elif word == "--lang":
            lang = next(waiting, "")
        elif word.startswith("--lang="):
            lang = word.removeprefix("--lang=")
        elif word == "--debug":
            debug = True
        else:
            rest.append(word)
    return rest, lang, debug


def _lang(asked: str) -> Lang:
    if asked not in {"zh", "en"}:
        raise UserError(
            f"--lang 只能是 zh 或 en，不能是 {asked or '空'}", f"--lang is zh or en, not {asked or 'empty'}"
        )
    return Lang(asked)


def _dispatch(arguments: Sequence[str], session: Session) -> ExitCode:
    known = [name for name in names(cli) if name != "main"]
    first = next((at for at, word in enumerate(arguments) if not word.startswith("-")), None)
    if first is None or any(word in {"-h", "--help", "-V", "--version"} for word in arguments[:first]):
        return _top_level(arguments, known, session)
    name = arguments[first]
    if name not in known:
        raise _unknown(name, known)
    rest = [*arguments[:first], *arguments[first + 1 :]]
    command = _load(name)
    lang = session.lang
    parser = Parser(f"validator {name}", lang, command.help.get(lang), command.epilog.get(lang))
    command.add_arguments(parser, lang)
    return command.run(parser.strict_parse(rest), session)


def _load(name: str) -> Command:
    command: Command = importlib.import_module(f"{cli.__name__}.{name}").COMMAND
    return command


def _top_level(arguments: Sequence[str], known: Sequence[str], session: Session) -> ExitCode:
    say = session.say
    parser = Parser(
        "validator",
        session.lang,
        say(
            "检查工作总结和汇报：该报的数报了没有，占位有没有填，广告删了没有。",
            "Checks Chinese work reports: required indicators, leftover placeholders, vendor text.",
        ),
        say("每个命令的用法：validator 命令 --help", "Help on a command: validator COMMAND --help"),
    )
    parser.usage = say("validator 命令 …", "validator COMMAND ...")
    parser.general.add_argument(
        "-V", "--version", action="store_true", help=say("显示版本", "show the version")
    )
    if "-V" in arguments or "--version" in arguments:
        session.streams.write(f"validator {__version__}\n")
        return ExitCode.OK
    if any(word in {"-h", "--help"} for word in arguments):
        commands = parser.add_argument_group(say("命令", "commands"))
        for name in known:
            commands.add_argument(name, help=_load(name).help.get(session.lang), nargs="?")
        session.streams.write(parser.format_help())
        return ExitCode.OK
    parser.strict_parse(arguments)
    raise UserError(
        f"请写明要做什么，例如：validator check 总结.docx。命令有：{'、'.join(known)}",
        f"say what to do, e.g.: validator check report.docx; the commands are: {', '.join(known)}",
    )


def _unknown(name: str, known: Sequence[str]) -> UserError:
    import difflib

    near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    return UserError(
        f"没有这个命令：{name}。" + (f"是不是 {near[0]}？" if near else f"命令有：{'、'.join(known)}"),
        f"no such command: {name}; "
        + (f"did you mean {near[0]}?" if near else f"there are: {', '.join(known)}"),
    )


def _error_line(error: UserError, lang: Lang) -> str:
    return visible(f"error: {error.en}" if lang is Lang.EN else f"错误：{error.zh}")


def _bug_line(error: Exception, lang: Lang) -> str:
    kind = type(error).__name__
    text = visible(str(error))[:200]
    if lang is Lang.EN:
        return f"error: the program failed ({kind}: {text}). Please report it with the output of --debug"
    return f"错误：程序内部出错（{kind}：{text}）。请加上 --debug 再运行一次，把显示的内容反馈给维护者"
