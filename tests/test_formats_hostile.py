"""Texts and file names that mean something to a log, a page, a table or a parser, through the whole program
in every format: what comes out is read by that format's own rules and shows them, never does what they say."""

from __future__ import annotations

import json
import os
import re
import tempfile
from functools import cache
from pathlib import Path

import pytest
from format_parsers import SHOWN
from repositories import ran, write

from validator.cli._common import reporters_for
from validator.text.escape import json_safe, log_safe, visible

HOSTILE = {
    "command": "::error file=x::y",
    "stop": "%0A::stop-commands::令",
    "old command": "##[error]甲",
    "azure": "##vso[task.complete]",
    "teamcity": "##teamcity[buildStop]",
    "colour": "\x1b[31m红",
    "window title": "\x1b]0;甲\x1b\\",
    "markup": "[red]乙[/red]",
    "script": "<script>alert(1)</script>",
    "comment": "<!-- validator: x ]]> -->",
    "table": "甲|乙`丙``",
    "formula": "=cmd()",
    "mention": "@user",
    "picture": "![x](http://x)",
    "braces": "{{x}}{0}",
    "direction": "\u202egnp.\u2066",
    "separator": "甲\u2028乙\u2029丙",
    "mark": "\ufeff甲",
    "entities": "&lt;&#64;&amp;",
    "tab": "甲\t乙",
    "cell": "_x0041_乙",
}
NAMES = (
    *(one.replace("/", "") for one in HOSTILE.values()),
    "\x1b]0;甲\x07",
    "甲\n::warning::乙",
    "\t::notice::丙",
    "\u3000::debug::丁",
)
FORMS = [(form, name) for form in ("check", "facts") for name in reporters_for(form)]
WHOLE = [one for one in FORMS if one[1] != "github"]
"""Formats that show everything; GitHub shows ten annotations of a level."""
PAGES = ("html", "xlsx")
"""What is opened in a program of its own, never read in a log."""
UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]"
)
COMMAND = re.compile(r"(?m)^\s*::|##(?:vso|teamcity)?\[")
"""What a service takes for a command: `::` as the first thing in a line, the older forms anywhere."""


def report(text: str) -> bytes:
    """A report where the text stands wherever a finding or a fact may quote it."""
    lines = (
        f"{text}县工作总结",
        f"一、{text}",
        f"{text}引进博士XX人{text}",
        f"（此处填写{text}）",
        f"{text}森林覆盖率达到61.2%{text}",
        f"全年招聘教师12人。{text}",
        text,
    )
    return "\n\n".join(lines).encode()


def able(folder: Path, name: bytes) -> bool:
    """Whether the file system takes the name."""
    try:
        (folder / os.fsdecode(name)).write_bytes(report("甲"))
    except (OSError, ValueError):
        return False
    return True


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reports full of such texts under harmless names."""
    folder = tmp_path_factory.mktemp("texts")
    kinds = {"comment": "md", "script": "md"}
    write(folder, {f"{key}.{kinds.get(key, 'txt')}": report(text) for key, text in HOSTILE.items()})
    page = (
        "<!DOCTYPE html><html><body><p>县工作总结</p><p>甲&#27;[31m&#0;&#8238;::error::XX人</p></body></html>"
    )
    write(folder, {"页.html": page.encode()})
    return folder


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Harmless reports under such names."""
    folder = tmp_path_factory.mktemp("names")
    for name in (*(one.encode() for one in NAMES), b"\xff"):
        able(folder, name + b".txt")
    return folder


@cache
def hosted(folder: Path, form: str, lang: str) -> dict[str, str]:
    """The outputs for programs, which are the same in a file as on the screen, all of one run."""
    names = [name for name, one in reporters_for(form).items() if one.hosted]
    with tempfile.TemporaryDirectory() as place:
        files = {name: Path(place) / name for name in names}
        pairs = [word for name in names for word in ("--format", name, "--output", str(files[name]))]
        done = ran(folder, form, ".", *pairs, "--lang", lang, CI="true")
        assert done.code == (1 if form == "check" else 0)
        found = {name: file.read_bytes().decode(errors="surrogateescape") for name, file in files.items()}
    return {name: text.removeprefix("\ufeff") if name == "csv" else text for name, text in found.items()}


@cache
def output(folder: Path, form: str, name: str, lang: str = "zh") -> str:
    """What a run prints in a format, in a CI service."""
    if reporters_for(form)[name].hosted:
        return hosted(folder, form, lang)[name]
    done = ran(folder, form, ".", "--format", name, "--lang", lang, CI="true")
    assert (done.code, done.err) == (1 if form == "check" else 0, "")
    return done.out


@pytest.mark.parametrize("folder", ["texts", "names"])
@pytest.mark.parametrize(("form", "name"), FORMS)
def test_nothing_is_done_that_a_text_says(
    request: pytest.FixtureRequest, folder: str, form: str, name: str
) -> None:
    for lang in ("zh", "en"):
        out = output(request.getfixturevalue(folder), form, name, lang)
        shown = list(SHOWN[name](out))
        assert shown
        out = out.replace("\r\n", "\n")
        binary = reporters_for(form)[name].binary
        assert UNSAFE.findall("".join(shown) if binary else out) == []
        if name in PAGES:
            continue
        if name == "github":
            out = re.sub(r"(?m)^::(?:error|warning|notice) ", "", out)
        assert COMMAND.findall(out) == []


@pytest.mark.parametrize(("form", "name"), WHOLE)
def test_every_text_and_every_name_of_a_file_is_shown(texts: Path, names: Path, form: str, name: str) -> None:
    quoted = [text for key, text in HOSTILE.items() if key not in ("comment", "script")]
    every = [(texts, quoted), (names, [one.name for one in names.iterdir()])]
    for folder, expected in every if form == "check" else every[1:]:
        assert expected
        shown, wanted = "\n".join(SHOWN[name](output(folder, form, name))), expected
        if name not in ("json", "jsonl"):
            shown, wanted = re.sub(r"\s", "", shown), [re.sub(r"\s", "", visible(one)) for one in expected]
        if name in PAGES:
            shown = visible(shown)
        assert [one for one in wanted if one not in shown] == []


@pytest.mark.parametrize("form", ["check", "facts", "waive", "config", "read"])
def test_nothing_is_done_that_a_mistaken_argument_says(tmp_path: Path, form: str) -> None:
    more = ("PLC001", "--reason", "甲") if form == "waive" else ()
    for text in NAMES:
        done = ran(tmp_path, form, text, *more)
        assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
        assert UNSAFE.findall(done.err) == []
        assert COMMAND.findall(done.err) == []


def test_what_the_guard_of_the_log_leaves_alone() -> None:
    for text in ("a::b\n c :: d\n:e\n", "## 标题 [1]", "#[x] # #[y]", "##\n[x]", "C# [甲]", ""):
        assert log_safe(text) == text
        assert json_safe(json.dumps(text)) == json.dumps(text)
    written = json_safe(json.dumps("##[error]甲 ##vso[x]"))
    assert not COMMAND.search(written)
    assert json.loads(written) == "##[error]甲 ##vso[x]"
    assert log_safe("\n\u3000::error::x\n##[group]y") == "\n\u3000\\x3a:error::x\n#\\x23[group]y"
