"""Checking again on save, and the bar of a long run."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from validator.cli import _progress
from validator.cli._base import Session
from validator.cli._streams import Streams
from validator.cli._watch import state, watch
from validator.model.errors import UserError
from validator.model.words import ExitCode, Lang


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def session(err: io.StringIO | None = None) -> Session:
    return Session(lang=Lang.ZH, streams=Streams(out=io.StringIO(), err=err or io.StringIO()))


def written(path: Path, text: str, moment: int) -> None:
    path.write_text(text, "utf-8")
    os.utime(path, ns=(moment, moment))


def watched(
    folder: Path, steps: list[Callable[[], None]], results: list[ExitCode | UserError]
) -> tuple[ExitCode, int, str]:
    """Watches `folder` while each pause takes the next step; Ctrl-C after the last."""
    waiting, answers, checks = iter(steps), iter(results), 0
    err = io.StringIO()

    def pause(_seconds: float) -> None:
        step = next(waiting, None)
        if step is None:
            raise KeyboardInterrupt
        step()

    def check() -> ExitCode:
        nonlocal checks
        checks += 1
        answer = next(answers)
        if isinstance(answer, UserError):
            raise answer
        return answer

    code = watch(check, [str(folder)], session(err), pause)
    return code, checks, err.getvalue()


def nothing() -> None:
    """A pause in which nobody saves."""


def test_it_checks_once_and_ends_with_that_code(tmp_path: Path) -> None:
    code, checks, err = watched(tmp_path, [nothing, nothing], [ExitCode.FINDINGS])
    assert (code, checks) == (ExitCode.FINDINGS, 1)
    assert "等待保存" in err


def test_it_checks_again_when_a_file_has_been_still(tmp_path: Path) -> None:
    report = tmp_path / "总结.docx"
    written(report, "一", 1)
    steps = [
        lambda: written(report, "半", 2),
        lambda: written(report, "写完了", 3),
        nothing,
        nothing,
    ]
    code, checks, err = watched(tmp_path, steps, [ExitCode.FINDINGS, ExitCode.OK])
    assert (code, checks) == (ExitCode.OK, 2)
    assert "有改动，重新检查" in err


def test_a_file_that_is_away_while_it_is_saved_ends_nothing(tmp_path: Path) -> None:
    report = tmp_path / "总结.docx"
    written(report, "一", 1)
    steps = [report.unlink, nothing, lambda: written(report, "二", 5), nothing, nothing]
    gone = UserError("找不到文件", "no such file")
    code, checks, err = watched(tmp_path, steps, [ExitCode.OK, gone, ExitCode.FINDINGS])
    assert (code, checks) == (ExitCode.FINDINGS, 3)
    assert "找不到文件" in err


def test_locks_and_hidden_files_do_not_count(tmp_path: Path) -> None:
    for name in ("a.txt", "~$a.docx", ".hidden"):
        (tmp_path / name).write_text("x", "utf-8")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "index").write_text("x", "utf-8")
    assert [Path(one).name for one in state([str(tmp_path)])] == ["a.txt"]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [100.0]
    monkeypatch.setattr(_progress.time, "monotonic", lambda: now[0])
    return now


def test_a_bar_comes_after_a_moment_and_goes_at_the_end(clock: list[float]) -> None:
    err = Terminal()
    bar = _progress.progress_on(session(err))
    assert bar is not None
    bar.start(100)
    clock[0] += 1
    bar.advance()
    assert err.getvalue() == ""
    clock[0] += 1
    bar.advance()
    shown = err.getvalue()
    assert "检查中" in shown
    assert "2/100" in shown
    assert "每秒 1.0 份，还要约 1:38" in shown
    for _ in range(98):
        clock[0] += 1
        bar.advance()
    bar.stop()
    assert bar._shown is None
    assert err.getvalue().endswith("\x1b[2K")


def test_a_short_run_has_no_bar(clock: list[float]) -> None:
    err = Terminal()
    bar = _progress.progress_on(session(err))
    assert bar is not None
    bar.start(3)
    for _ in range(3):
        bar.advance()
    assert err.getvalue() == ""


def test_a_pipe_has_no_bar() -> None:
    assert _progress.progress_on(session()) is None


def test_progress_hears_of_every_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from validator.model.rule import Rules
    from validator.pipeline import Options
    from validator.runner import PARALLEL_FROM, Selection, check_paths

    class Heard:
        total = done = 0
        stopped = False

        def start(self, total: int) -> None:
            self.total = total

        def advance(self) -> None:
            self.done += 1

        def stop(self) -> None:
            self.stopped = True

    monkeypatch.chdir(tmp_path)
    for number in range(PARALLEL_FROM + 3):
        Path(f"{number}.txt").write_text("某县工作总结\n", "utf-8")
    Path("bad.docx").write_bytes(b"PK\x03\x04")
    heard = Heard()
    check_paths(["."], Rules(), Options(), Selection(progress=heard))
    assert (heard.total, heard.done, heard.stopped) == (PARALLEL_FROM + 4, PARALLEL_FROM + 4, True)
