"""Writing what was mended: whole or not at all, whenever the process ends."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from validator.mending._saving import beside, replace_file, write_new
from validator.model.errors import UserError

OLD, NEW = b"old " * 20_000, b"new " * 20_000
WRITING = ("opened", "written", "synced")
REPLACING = (*WRITING, *(f"keeping:{one}" for one in WRITING), "kept", "checked", "replaced")
NAMING = (*WRITING, "named")
KILLED = """
import os, signal, sys
from pathlib import Path
from validator.mending import _saving

def step(name):
    if name == sys.argv[2]:
        os.kill(os.getpid(), signal.SIGKILL)

path, old, new = Path(sys.argv[1]), b"old " * 20_000, b"new " * 20_000
_saving.{call}
"""
needs_kill = pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL on Windows")


def _killed(call: str, path: Path, step: str) -> int:
    done = subprocess.run(
        [sys.executable, "-c", KILLED.format(call=call), str(path), step], capture_output=True, check=False
    )
    return done.returncode


@needs_kill
@pytest.mark.parametrize("step", REPLACING)
def test_killed_while_replacing(tmp_path: Path, step: str) -> None:
    path = tmp_path / "报告.docx"
    path.write_bytes(OLD)
    assert _killed("replace_file(path, old, new, step)", path, step) == -9
    assert path.read_bytes() == (NEW if step == "replaced" else OLD)
    kept = tmp_path / "报告.docx.bak"
    assert kept.read_bytes() == OLD if step in ("kept", "checked", "replaced") else not kept.exists()
    # Whatever was left lying about is in nobody's way.
    assert replace_file(path, path.read_bytes(), b"later").read_bytes() in (OLD, NEW)
    assert path.read_bytes() == b"later"


@needs_kill
@pytest.mark.parametrize("step", NAMING)
def test_killed_while_writing_a_new_file(tmp_path: Path, step: str) -> None:
    path = tmp_path / "报告-已清理.docx"
    assert _killed("write_new(path, new, step)", path, step) == -9
    assert (path.read_bytes() if path.exists() else None) == (NEW if step == "named" else None)


def test_the_steps_are_all_there(tmp_path: Path) -> None:
    steps: list[str] = []
    path = tmp_path / "a"
    path.write_bytes(OLD)
    replace_file(path, OLD, NEW, steps.append)
    assert steps == [*REPLACING]
    steps.clear()
    write_new(tmp_path / "b", NEW, steps.append)
    assert steps == [*NAMING]
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a", "a.bak", "b"]


@pytest.mark.parametrize("step", REPLACING)
def test_an_error_at_any_step_leaves_the_old_file(tmp_path: Path, step: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(OLD)

    def fail(name: str) -> None:
        if name == step:
            raise OSError(28, "No space left on device")

    with pytest.raises(UserError, match="disk is full"):
        replace_file(path, OLD, NEW, fail)
    assert path.read_bytes() == (NEW if step == "replaced" else OLD)
    assert not list(tmp_path.glob(".validator-*"))


def test_backups_are_numbered_and_no_one_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(b"1")
    kept = [replace_file(path, f"{at}".encode(), f"{at + 1}".encode()) for at in range(1, 4)]
    assert [one.name for one in kept] == ["a.docx.bak", "a.docx.1.bak", "a.docx.2.bak"]
    assert [one.read_bytes() for one in kept] == [b"1", b"2", b"3"]
    assert path.read_bytes() == b"4"


def test_a_file_that_changed_meanwhile_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"someone wrote this just now")
    with pytest.raises(UserError, match="has changed"):
        replace_file(path, OLD, NEW)
    assert [one.name for one in tmp_path.iterdir()] == ["a.txt"]
    assert path.read_bytes() == b"someone wrote this just now"


def test_a_link_is_left_alone(tmp_path: Path) -> None:
    real, link = tmp_path / "a.txt", tmp_path / "b.txt"
    real.write_bytes(OLD)
    link.symlink_to(real)
    with pytest.raises(UserError, match="is a link"):
        replace_file(link, OLD, NEW)
    assert link.is_symlink()
    assert real.read_bytes() == OLD


@pytest.mark.parametrize("kind", ["file", "folder", "link", "dangling"])
def test_nothing_is_overwritten(tmp_path: Path, kind: str) -> None:
    target = tmp_path / "a.txt"
    if kind == "file":
        target.write_bytes(OLD)
    elif kind == "folder":
        target.mkdir()
    else:
        (tmp_path / "b.txt").write_bytes(OLD) if kind == "link" else None
        target.symlink_to(tmp_path / "b.txt")
    before = sorted(one.name for one in tmp_path.iterdir())
    with pytest.raises(UserError, match="exists"):
        write_new(target, NEW)
    assert sorted(one.name for one in tmp_path.iterdir()) == before


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot write"):
        write_new(tmp_path / "none" / "a.txt", NEW)


@pytest.mark.skipif(sys.platform == "win32", reason="modes of POSIX")
def test_modes_stay(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(OLD)
    path.chmod(0o640)
    kept = replace_file(path, OLD, NEW)
    assert [one.stat().st_mode & 0o777 for one in (path, kept)] == [0o640, 0o640]


@pytest.mark.parametrize(
    ("name", "wanted"),
    [("报告.docx", "报告-已清理.docx"), ("a.b.txt", "a.b-已清理.txt"), ("总结", "总结-已清理")],
)
def test_the_name_of_the_new_file(name: str, wanted: str) -> None:
    assert beside(Path("x") / name) == Path("x") / wanted
