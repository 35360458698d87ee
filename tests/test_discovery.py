"""Which files are taken, which are left and why."""

from __future__ import annotations

import os
import subprocess
from itertools import permutations
from pathlib import Path

import pytest

from validator.discovery import discover
from validator.model.errors import UserError


def write(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("总结", "utf-8")


def shown(*paths: str) -> list[str]:
    return [one.shown for one in discover(paths)[0]]


def reasons(*paths: str) -> dict[str, str]:
    return {one.path: one.en for one in discover(paths)[1]}


def test_a_folder_is_walked_in_a_fixed_order(folder: Path) -> None:
    write(folder, "r/b.txt", "r/a/z.md", "r/a.docx", "r/a-1.txt")
    assert shown("r") == ["r/a/z.md", "r/a-1.txt", "r/a.docx", "r/b.txt"]


def test_the_order_of_the_arguments_does_not_matter(folder: Path) -> None:
    write(folder, "r/b.txt", "r/a.txt", "c.txt")
    outcomes = {str(discover(order)) for order in permutations(["r", "c.txt", "r/b.txt"])}
    assert len(outcomes) == 1
    assert shown("r", "r/a.txt", "./r", "c.txt") == ["c.txt", "r/a.txt", "r/b.txt"]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("~$总结.docx", "lock file of an open Word document"),
        (".hidden.txt", "hidden file"),
        (".git/config", "hidden folder"),
        ("node_modules/x/readme.md", "folder of a tool"),
        ("a.PY", "code or data, not a report"),
        ("a.jsonl", "code or data, not a report"),
        ("a.png", "picture, sound or film, not a report"),
        ("Thumbs.db", "system or temporary file, not a report"),
    ],
)
def test_what_is_no_report_is_left_with_a_reason(folder: Path, name: str, reason: str) -> None:
    write(folder, "r/a.txt", f"r/{name}")
    assert shown("r") == ["r/a.txt"]
    assert list(reasons("r").values()) == [reason]


@pytest.mark.parametrize(
    "name", ["a.doc", "a.pdf", "a.wps", "a.xlsx", "a.csv", "a.zip", "a.unknown", "noname"]
)
def test_what_may_be_a_report_is_taken(folder: Path, name: str) -> None:
    write(folder, f"r/{name}")
    assert shown("r") == [f"r/{name}"]


def test_a_file_that_is_named_is_always_taken(folder: Path) -> None:
    write(folder, "r/.hidden.txt", "r/a.py", "r/b.txt")
    assert shown("r/.hidden.txt", "r/a.py") == ["r/.hidden.txt", "r/a.py"]
    assert shown("r", "r/a.py") == ["r/a.py", "r/b.txt"]
    assert reasons("r", "r/a.py") == {"r/.hidden.txt": "hidden file"}


def test_links_do_not_lead_in_circles_or_out_of_the_folder(folder: Path) -> None:
    write(folder, "r/a.txt", "secret.txt")
    (folder / "r/loop").symlink_to("..")
    (folder / "r/away.txt").symlink_to("../secret.txt")
    (folder / "r/same.txt").symlink_to("a.txt")
    (folder / "r/broken.txt").symlink_to("nowhere")
    assert shown("r") == ["r/a.txt", "r/broken.txt"]
    assert reasons("r") == {
        "r/away.txt": "link to a file outside the folder",
        "r/loop": "linked folder, not followed",
    }


def test_a_very_deep_folder_is_walked(folder: Path) -> None:
    deep = folder / "r" / Path(*["d"] * 300)
    deep.mkdir(parents=True)
    write(deep, "a.txt")
    assert len(shown("r")) == 1


@pytest.mark.parametrize(
    ("path", "zh"),
    [
        ("sumary.txt", "是不是 summary.txt？"),
        ("nowhere/x.txt", "请检查路径"),
        ("empty", "文件夹是空的"),
        ("code", "程序或数据文件，不是报告 2 个"),
        ("bad\0name", "找不到"),
        ("", "找不到"),
        ("broken.txt", "链接指向的文件不存在"),
    ],
)
def test_nothing_to_check_is_an_error(folder: Path, path: str, zh: str) -> None:
    write(folder, "summary.txt", "code/a.py", "code/b.json")
    (folder / "empty").mkdir()
    (folder / "broken.txt").symlink_to("nowhere")
    with pytest.raises(UserError) as caught:
        discover([path])
    assert zh in caught.value.zh


def git(folder: Path, *arguments: str) -> None:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True, env=clean)


@pytest.fixture
def repository(folder: Path) -> Path:
    try:
        git(folder, "init", "-q")
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("git is not there")
    (folder / ".gitignore").write_text("*.draft.txt\nbuild/\n草稿/\n", "utf-8")
    write(folder, "r/总结.txt", "r/a.draft.txt", "r/草稿/b.txt", "build/c.txt")
    return folder


def test_what_git_ignores_is_left(repository: Path) -> None:
    assert shown("r") == ["r/总结.txt"]
    assert set(reasons("r").values()) == {"ignored by .gitignore"}
    assert set(reasons("r")) == {"r/a.draft.txt", "r/草稿/b.txt"}


def test_a_folder_that_is_named_is_read_though_git_ignores_it(repository: Path) -> None:
    assert shown("build") == ["build/c.txt"]


def test_a_repository_inside_is_not_ignored(repository: Path) -> None:
    write(repository, "r/inner/d.txt")
    git(repository / "r/inner", "init", "-q")
    assert "r/inner/d.txt" in shown("r")


def test_the_environment_of_a_hook_does_not_mislead(
    repository: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_DIR", str(tmp_path_factory.mktemp("other")))
    assert shown("r") == ["r/总结.txt"]


def test_the_settings_of_a_repository_start_no_program(repository: Path) -> None:
    git(repository, "config", "core.fsmonitor", f"touch {repository}/started; false")
    assert shown("r") == ["r/总结.txt"]
    assert not (repository / "started").exists()
