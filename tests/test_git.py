"""What changed since a commit, in real repositories: renames, new and staged files, submodules, names."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from validator import git
from validator.model.errors import UserError

pytestmark = pytest.mark.skipif(git.run(Path(), "--version") is None, reason="git is not installed")

TEXT = "棠溪县工作总结\n\n" + "全年工作按计划完成，各项指标达到预期。\n" * 20


def command(folder: Path, *arguments: str) -> None:
    options = [
        "-c",
        "user.name=n",
        "-c",
        "user.email=e@x",
        "-c",
        "protocol.file.allow=always",
        "-c",
        "commit.gpgsign=false",
    ]
    subprocess.run(["git", *options, *arguments], cwd=folder, check=True, capture_output=True)


def repository(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    command(folder, "init", "-q", "-b", "main")
    return folder


def write(folder: Path, **files: str) -> None:
    for name, text in files.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")


def commit(folder: Path) -> None:
    command(folder, "add", "-A")
    command(folder, "commit", "-q", "-m", "x")


def changed(folder: Path, ref: str = "HEAD") -> dict[str, str | None]:
    """Relative path -> path of the earlier version, or None."""
    found = git.changes_since(ref, folder)
    return {
        path.relative_to(found.top).as_posix(): earlier.path if earlier else None
        for path, earlier in found.files.items()
    }


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    """A repository with one commit of two reports."""
    folder = repository(tmp_path / "资料 库")
    write(folder, 总结=TEXT, 计划=TEXT.replace("总结", "计划"))
    commit(folder)
    return folder


def test_nothing_changed(repo: Path) -> None:
    assert changed(repo) == {}


def test_edited_staged_new_and_ignored_files(repo: Path) -> None:
    write(repo, 总结=TEXT + "改\n", 新写=TEXT, 暂存="另一份\n", 忽略="略\n")
    (repo / ".gitignore").write_text("忽略.txt\n", "utf-8")
    command(repo, "add", "暂存.txt")
    (repo / "计划.txt").unlink()
    assert changed(repo) == {"总结.txt": "总结.txt", "新写.txt": None, "暂存.txt": None, ".gitignore": None}


def test_a_rename_leads_to_the_earlier_name(repo: Path) -> None:
    command(repo, "mv", "总结.txt", "2024年总结 “定稿”.txt")
    found = git.changes_since("HEAD", repo)
    ((path, earlier),) = found.files.items()
    assert path.name == "2024年总结 “定稿”.txt"
    assert earlier is not None
    assert git.content(earlier) == TEXT.encode()


def test_only_what_this_side_changed_since_the_branches_parted(repo: Path) -> None:
    command(repo, "checkout", "-q", "-b", "work")
    write(repo, 总结=TEXT + "这边改\n")
    commit(repo)
    command(repo, "checkout", "-q", "main")
    write(repo, 计划="那边改\n")
    commit(repo)
    command(repo, "checkout", "-q", "work")
    assert changed(repo, "main") == {"总结.txt": "总结.txt"}


def test_from_a_folder_below_the_top(repo: Path) -> None:
    (repo / "下级").mkdir()
    write(repo, 总结=TEXT + "改\n")
    assert changed(repo / "下级") == {"总结.txt": "总结.txt"}


def test_a_submodule_is_entered(repo: Path, tmp_path: Path) -> None:
    inner = repository(tmp_path / "inner")
    write(inner, 县=TEXT, 市=TEXT + "市\n")
    commit(inner)
    command(repo, "submodule", "add", "-q", str(inner), "子库")
    commit(repo)
    assert changed(repo) == {}
    write(repo / "子库", 县=TEXT + "改\n", 新="新\n")
    assert changed(repo) == {"子库/县.txt": "县.txt", "子库/新.txt": None}
    commit(repo / "子库")
    assert changed(repo) == {"子库/县.txt": "县.txt", "子库/新.txt": None}
    assert changed(repo, "HEAD~1") == {
        ".gitmodules": None, "子库/县.txt": None, "子库/新.txt": None, "子库/市.txt": None,
    }  # fmt: skip


def test_no_setting_of_the_repository_starts_a_program(repo: Path, tmp_path: Path) -> None:
    trace = tmp_path / "started"
    script = tmp_path / "script"
    script.write_text(f"#!/bin/sh\ntouch '{trace}'\ncat\n", "utf-8")
    script.chmod(0o755)
    for name in ("diff.external", "core.fsmonitor", "diff.x.textconv", "diff.x.command"):
        command(repo, "config", name, str(script))
    (repo / ".gitattributes").write_text("*.txt diff=x\n", "utf-8")
    write(repo, 总结=TEXT + "改\n")
    assert changed(repo)["总结.txt"] == "总结.txt"
    assert not trace.exists()


@pytest.mark.parametrize("ref", ["没有", "--output=x", "-n1", "HEAD:总结.txt", ""])
def test_a_commit_that_is_not_there(repo: Path, ref: str) -> None:
    with pytest.raises(UserError) as told:
        git.changes_since(ref, repo)
    assert "没有这个版本" in told.value.zh


def test_no_repository(tmp_path: Path) -> None:
    with pytest.raises(UserError) as told:
        git.changes_since("main", tmp_path)
    assert "git 仓库" in told.value.zh


def test_a_shallow_clone_is_told_what_to_do(repo: Path, tmp_path: Path) -> None:
    write(repo, 总结="二\n")
    commit(repo)
    command(tmp_path, "clone", "-q", "--depth", "1", f"file://{repo}", "浅")
    with pytest.raises(UserError) as told:
        git.changes_since("HEAD~1", tmp_path / "浅")
    assert "git fetch --unshallow" in told.value.zh


def test_histories_without_a_common_commit(repo: Path) -> None:
    command(repo, "checkout", "-q", "--orphan", "other")
    write(repo, 别的="别的\n")
    commit(repo)
    with pytest.raises(UserError) as told:
        git.changes_since("main", repo)
    assert "没有共同的历史" in told.value.zh
