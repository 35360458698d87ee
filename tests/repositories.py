"""Real git repositories with reports in them, and runs of the program at any place in them."""

from __future__ import annotations

import io
import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import chdir, redirect_stderr, redirect_stdout
from html import escape
from pathlib import Path
from unittest import mock

from conftest import Done
from packages import docx, odf, xlsx, zipped
from wordfiles import par

_SETTINGS = (
    "user.name=n",
    "user.email=e@example.org",
    "protocol.file.allow=always",
    "commit.gpgsign=false",
    "core.autocrlf=false",
)
_ENGLISH_OR_CI = {
    "LC_ALL", "LC_MESSAGES", "LANG", "VALIDATOR_LANG", "VALIDATOR_DEBUG", "CI", "COLUMNS", "NO_COLOR",
}  # fmt: skip


def git(folder: Path, *arguments: str) -> str:
    """What git prints."""
    options = [word for one in _SETTINGS for word in ("-c", one)]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    done = subprocess.run(
        ["git", *options, *arguments],
        cwd=folder,
        check=True,
        capture_output=True,
        env={**clean, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"},
    )
    return done.stdout.decode()


def repository(folder: Path) -> Path:
    """An empty repository."""
    folder.mkdir(parents=True, exist_ok=True)
    git(folder, "init", "-q", "-b", "main")
    return folder


def commit(folder: Path, message: str = "x") -> None:
    """Everything that changed, as one commit."""
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", message)


def ran(folder: Path, *arguments: str, **environment: str) -> Done:
    """The program run in a folder, in this process and in Chinese, with nothing in the environment that
    chooses otherwise. Bytes that are no UTF-8 are kept as surrogates."""
    from validator.cli.main import main

    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(2))
    clean = {name: value for name, value in os.environ.items() if name not in _ENGLISH_OR_CI}
    with (
        mock.patch.dict(os.environ, {**clean, **environment}, clear=True),
        chdir(folder),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        code = main(arguments)
    for one in (out, err):
        one.flush()
    return Done(code, *(one.buffer.getvalue().decode(errors="surrogateescape") for one in (out, err)))  # type: ignore[attr-defined]


def report(kind: str, *lines: str) -> bytes:
    """A small report in a format: the first line is its title. `gb` is a text in GB18030."""
    if kind == "gb":
        return "\n\n".join(lines).encode("gb18030")
    if kind == "txt":
        return "\n\n".join(lines).encode()
    if kind == "md":
        return ("# " + "\n\n".join(lines) + "\n").encode()
    if kind == "html":
        return _html(lines)
    if kind == "docx":
        return zipped(docx("".join(par(escape(one)) for one in lines)))
    if kind == "odt":
        return zipped(odf("".join(f"<text:p>{escape(one)}</text:p>" for one in lines)))
    rows = (f'<row><c t="inlineStr"><is><t>{escape(one)}</t></is></c></row>' for one in lines)
    return zipped(xlsx("".join(rows)))


def _html(lines: tuple[str, ...]) -> bytes:
    body = "".join(f"<p>{escape(one)}</p>\n" for one in lines)
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>\n{body}</body></html>\n'.encode()


KINDS = ("txt", "gb", "md", "html", "docx", "xlsx", "odt")
SUFFIXES = {"gb": "txt"}
YEARS = (2022, 2023, 2024)
UNITS = (
    "图书馆", "文化馆", "档案馆", "博物馆", "少年宫", "气象站", "水文站", "种子站", "农机站", "林业站",
    "畜牧站", "卫生所", "敬老院", "广播站", "供销社", "收费站", "养护队", " 工会 (一)", "“双减”专班", "📘 阅览室",
)  # fmt: skip


def line_of(unit: str, year: int) -> list[str]:
    """What the report of a unit says: nothing but what is in order."""
    return [
        f"棠溪县{unit.strip()}{year}年工作小结",
        f"{year}年，{unit.strip()}接待群众1260人次，办结事项38件，按计划完成全年任务。",
        "下一步，继续做好日常服务，方便群众办事。",
    ]


OLD = "全年新聘人员XX名。"
"""A leftover of an old report."""
ADVERTISEMENT = "更多范文请加QQ群123456789。"


def corpus() -> Iterator[tuple[str, bytes]]:
    """60 reports of three years, name and content: every third has a leftover, every tenth advertises."""
    for number, (year, unit) in enumerate((year, unit) for year in YEARS for unit in UNITS):
        kind = KINDS[number % len(KINDS)]
        lines = line_of(unit, year)
        if number % 3 == 0:
            lines.insert(2, OLD)
        if number % 10 == 0:
            lines.append(ADVERTISEMENT)
        yield f"{year}年/{unit}.{SUFFIXES.get(kind, kind)}", report(kind, *lines)


def write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files by their path below a folder."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
