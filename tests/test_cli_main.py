"""The command line itself: languages, mistakes, consoles of every encoding, and a quick start."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Done, Program

from validator import __version__
from validator.cli import main as main_module
from validator.cli._base import Session
from validator.cli._common import Target, targets
from validator.cli.main import default_lang
from validator.model.errors import UserError
from validator.model.words import ExitCode, Lang
from validator.reporters import json, jsonl
from validator.reporters.console import REPORTER as CONSOLE

REPORTERS = {"console": CONSOLE, "json": json.REPORTER, "jsonl": jsonl.REPORTER}
HEAVY = {"rich", "jsonschema", "lxml", "yaml"}


def process(*arguments: str, **environment: str) -> Done:
    """A run in a process of its own."""
    clean = {
        k: v for k, v in os.environ.items() if k not in {"LC_ALL", "LC_MESSAGES", "LANG", "VALIDATOR_LANG"}
    }
    done = subprocess.run(
        [sys.executable, "-m", "validator", *arguments],
        capture_output=True,
        env={**clean, "PYTHONPATH": str(Path(__file__).parents[1]), **environment},
        check=False,
    )
    encoding = environment.get("PYTHONIOENCODING", "utf-8")
    return Done(done.returncode, done.stdout.decode(encoding), done.stderr.decode(encoding))


@pytest.mark.parametrize("flag", ["--version", "-V"])
def test_version(program: Program, flag: str) -> None:
    assert program(flag) == Done(0, f"validator {__version__}\n", "")


@pytest.mark.parametrize("command", ["check", "facts", "explain", "rules"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_help_fits_the_console(program: Program, command: str, lang: str) -> None:
    from validator.text.width import width

    assert command in program("--help", "--lang", lang).out
    with pytest.raises(SystemExit) as caught:
        program(command, "--lang", lang, "--help")
    assert caught.value.code == 0
    parser_help = process(command, "--help", "--lang", lang).out
    assert parser_help.startswith("用法：" if lang == "zh" else "usage: ")
    assert max(map(width, parser_help.splitlines())) <= 80


@pytest.mark.parametrize(
    ("arguments", "zh", "en"),
    [
        ((), "请写明要做什么", "say what to do"),
        (("chekc", "a.txt"), "没有这个命令：chekc。是不是 check？", "did you mean check?"),
        (("--verison",), "没有这个选项：--verison。是不是 --version？", "did you mean --version?"),
        (("check",), "请写明要检查哪个文件或文件夹", "say which file or folder to read"),
        (("check", "--fromat", "json", "a.txt"), "是不是 --format？", "did you mean --format?"),
        (
            ("check", "--stage", "drft", "a.txt"),
            "可以是：draft、review、submission。是不是 draft？",
            "did you mean draft?",
        ),
        (("check", "a.txt", "--format"), "--format 后面要写一个值", "expected one argument"),
        (("check", "a.txt", "--jobs", "x"), "--jobs 要写整数", "invalid int value"),
        (("rules", "show", "a", "b"), "多余的参数：b", "unexpected argument: b"),
        (("rules", "list", "a"), "多余的参数：a", "unexpected argument: a"),
    ],
)
def test_mistakes_are_one_line(program: Program, arguments: tuple[str, ...], zh: str, en: str) -> None:
    chinese, english = program(*arguments), program(*arguments, "--lang=en")
    assert (chinese.code, chinese.out, chinese.err.count("\n")) == (2, "", 1)
    assert (english.code, english.out, english.err.count("\n")) == (2, "", 1)
    assert chinese.err.startswith("错误：")
    assert zh in chinese.err
    assert english.err.startswith("error: ")
    assert en in english.err


@pytest.mark.parametrize("value", ["fr", ""])
def test_a_language_that_is_not_spoken(program: Program, value: str) -> None:
    assert program("--lang", value).err.startswith("错误：--lang 只能是 zh 或 en")


@pytest.mark.parametrize(
    ("environment", "lang", "given"),
    [
        ({}, Lang.ZH, False),
        ({"LANG": "C.UTF-8"}, Lang.ZH, False),
        ({"LANG": "POSIX"}, Lang.ZH, False),
        ({"LANG": "de_DE.UTF-8"}, Lang.ZH, False),
        ({"LANG": "en_US.UTF-8"}, Lang.EN, False),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "zh_CN.UTF-8"}, Lang.ZH, False),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_GB"}, Lang.EN, False),
        ({"LANG": "en_US.UTF-8", "VALIDATOR_LANG": "zh"}, Lang.ZH, True),
        ({"VALIDATOR_LANG": "EN"}, Lang.EN, True),
        ({"VALIDATOR_LANG": "fr"}, Lang.ZH, False),
    ],
)
def test_the_language_without_an_option(environment: dict[str, str], lang: Lang, given: object) -> None:
    assert default_lang(environment) == (lang, given)


def raising(error: BaseException) -> object:
    def dispatch(_arguments: list[str], _session: Session) -> ExitCode:
        raise error

    return dispatch


def test_a_bug_is_one_line(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(main_module, "_dispatch", raising(ZeroDivisionError("oh\x1b[31m\nno")))
    done = program("check", "a.txt")
    assert done.code == 2
    assert done.err == (
        "错误：程序内部出错（ZeroDivisionError：oh\\x1b[31m no）。"
        "请加上 --debug 再运行一次，把显示的内容反馈给维护者\n"
    )
    assert "Traceback" in program("check", "a.txt", "--debug").err
    monkeypatch.setenv("VALIDATOR_DEBUG", "1")
    assert "Traceback" in program("check", "a.txt").err


def test_interrupted(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(main_module, "_dispatch", raising(KeyboardInterrupt()))
    assert program("check", "a.txt") == Done(130, "", "")


def test_a_closed_pipe_is_quiet() -> None:
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-m", "validator", "rules", "list"],
        stdout=write,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
        check=False,
    )
    os.close(write)
    assert done.stderr == b""


@pytest.mark.parametrize(
    ("encoding", "start"),
    [
        ("utf-8", "错误：没有这个规则：体育"),
        ("gbk", "错误：没有这个规则：体育"),
        ("ascii", "error: no such rule: ??[OK]"),
    ],
)
def test_any_console(encoding: str, start: str) -> None:
    done = process("rules", "show", "体育✓", PYTHONIOENCODING=encoding)
    assert done.code == 2
    assert done.err.startswith(start)


def test_a_quick_start() -> None:
    code = (
        "import sys; from validator.cli.main import main; main(sys.argv[1:]); "
        f"print(sorted({HEAVY!r} & set(sys.modules)))"
    )
    for flag in ("--version", "--help"):
        done = subprocess.run(
            [sys.executable, "-c", code, flag],
            capture_output=True,
            text=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
            check=True,
        )
        assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([], [("console", None)]),
        ([("format", "json")], [("json", None)]),
        ([("format", "json"), ("output", "a.json")], [("json", "a.json")]),
        ([("output", "a.out"), ("format", "json")], [("json", "a.out")]),
        ([("output", "a.json")], [("json", "a.json")]),
        ([("output", "a.odd")], [("console", "a.odd")]),
        ([("format", "json"), ("output", "-")], [("json", None)]),
        ([("format", "console"), ("format", "json"), ("output", "a")], [("console", None), ("json", "a")]),
        (
            [("format", "json"), ("output", "a"), ("format", "jsonl"), ("output", "b")],
            [("json", "a"), ("jsonl", "b")],
        ),
        (
            [("output", "a"), ("format", "json"), ("output", "b"), ("format", "jsonl")],
            [("json", "a"), ("jsonl", "b")],
        ),
        ([("format", "json"), ("output", "a"), ("format", "console")], [("json", "a"), ("console", None)]),
    ],
)
def test_pairs_of_format_and_output(
    given: list[tuple[str, str]], expected: list[tuple[str, str | None]]
) -> None:
    assert targets(given, REPORTERS, ["r.txt"]) == tuple(Target(format=f, file=file) for f, file in expected)


@pytest.mark.parametrize(
    ("given", "zh"),
    [
        ([("format", "jsn")], "没有这个输出格式：jsn。是不是 json？"),
        ([("format", "json"), ("format", "console")], "不能写到同一个地方"),
        ([("output", "a"), ("output", "./a")], "不能写到同一个地方"),
        ([("output", "x/../r.txt")], "会覆盖要检查的文件"),
    ],
)
def test_outputs_that_cannot_be(given: list[tuple[str, str]], zh: str) -> None:
    with pytest.raises(UserError) as caught:
        targets(given, REPORTERS, ["r.txt"])
    assert zh in caught.value.zh
