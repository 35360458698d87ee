"""What tests of several modules need: a run of the program, and small reports."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest


class Done(NamedTuple):
    """What a run of the program left behind."""

    code: int
    out: str
    err: str


Program = Callable[..., Done]


@pytest.fixture
def program(monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> Program:
    """Runs the command line in this process, in Chinese unless the test says otherwise."""
    from validator.cli.main import main

    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "VALIDATOR_LANG", "VALIDATOR_DEBUG"):
        monkeypatch.delenv(name, raising=False)

    def run(*arguments: str) -> Done:
        capsysbinary.readouterr()
        code = main(arguments)
        out, err = capsysbinary.readouterr()
        return Done(code, out.decode(), err.decode())

    return run


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that is the current one, so that paths in outputs are short."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(program: Program, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    """Runs a command line at the top of an empty repository, on a desk and not in CI."""
    (folder / ".git").mkdir()
    monkeypatch.delenv("CI", raising=False)
    return program


def write(files: dict[str, str]) -> None:
    """Write texts by their path below the current folder."""
    for name, text in files.items():
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
