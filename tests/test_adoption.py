"""A repository of sixty reports takes up the check: from `init` through pull requests to the odd corners."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest
from conftest import Done
from repositories import (
    ADVERTISEMENT,
    OLD,
    UNITS,
    commit,
    corpus,
    git,
    line_of,
    ran,
    report,
    repository,
    write,
)

from validator.git import run as run_git

pytestmark = pytest.mark.skipif(run_git(Path(), "--version") is None, reason="git is not installed")

BASELINE, WAIVERS = "validator-baseline.json", "validator-waivers.yaml"
NEW_ONLY = ("check", ".", "--changed", "main", "--new-only")
WHOLE = ("check", ".")
WORD = "2023年/📘 阅览室.docx"
"""A Word report with an old leftover."""
NEW = "另培训业务骨干X人。"
POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"0" * 64 + b"\nsize 48128\n"


class Adopted(NamedTuple):
    """The repository after its first steps, and what each of these said."""

    folder: Path
    steps: dict[str, Done]


@pytest.fixture(scope="module")
def adopted(tmp_path_factory: pytest.TempPathFactory) -> Adopted:
    """Three years of reports, then the check is set up and its baseline committed."""
    folder = repository(tmp_path_factory.mktemp("adoption") / "资料 库")
    for name, data in corpus():
        write(folder, {name: data})
        if UNITS[-1] in name:
            commit(folder, f"{name[:4]}年定稿")
    steps = {
        "init": ran(folder, "init", "--ci", "github"),
        "first": ran(folder, *WHOLE),
        "baseline": ran(folder, "baseline"),
        "second": ran(folder, *WHOLE),
    }
    commit(folder, "启用检查")
    return Adopted(folder, steps)


@pytest.fixture
def repo(adopted: Adopted, tmp_path: Path) -> Path:
    """A copy of it on a branch for a pull request."""
    folder = tmp_path / "资料 库"
    shutil.copytree(adopted.folder, folder)
    git(folder, "switch", "-q", "-c", "修改")
    return folder


class Told(NamedTuple):
    """A run: its exit code, and (file, code, text) of every finding that stands."""

    code: int
    standing: list[tuple[str, str, str]]
    ledger: dict[str, list[dict[str, str]]]


def told(folder: Path, *arguments: str) -> Told:
    done = ran(folder, *arguments, "--format", "json")
    found = json.loads(done.out)
    assert done.err == ""
    return Told(
        done.code,
        [
            (one["path"], finding["code"], finding["text"])
            for one in found["reports"]
            for finding in one["findings"]
            if finding["waived"] is None
        ],
        found["ledger"],
    )


def lines_of(name: str, *more: str, old: str = OLD) -> list[str]:
    """The lines of a report of the corpus, with an old leftover unless told otherwise."""
    lines = line_of(Path(name).stem, int(name[:4]))
    return [*lines[:2], *([old] if old else []), *lines[2:], *more]


def rewrite(folder: Path, name: str, *more: str, old: str = OLD, at: str = "") -> None:
    write(folder, {at or name: report(Path(name).suffix[1:], *lines_of(name, *more, old=old))})


def test_the_first_steps(adopted: Adopted) -> None:
    init, first, baseline, second = adopted.steps.values()
    assert init.code == 0
    assert "找到 60 份报告，在 3 个文件夹里" in init.err
    assert (adopted.folder / ".github/workflows/validator.yml").is_file()
    assert first.code == 1
    assert "检查了 60 份" in first.out
    assert "错误 26 个，警告 0 个" in first.out
    assert (baseline.code, baseline.out) == (0, "")
    assert baseline.err == f"{BASELINE}：记下存量问题 26 处，请提交到版本库\n"
    assert second.code == 0
    assert "另有已接受的问题 26 处（存量 26），不计入" in second.out


def test_a_pull_request_that_changes_no_report(repo: Path) -> None:
    done = ran(repo, *NEW_ONLY)
    assert (done.code, done.err) == (0, "")
    assert "检查了 0 份" in done.out
    assert "自 main 以来没有改动" in done.out
    assert told(repo, *NEW_ONLY).standing == []


@pytest.mark.parametrize("baseline", [(), ("--no-baseline",)], ids=["baseline", "no baseline"])
def test_a_leftover_that_a_pull_request_adds_to_a_binary_report(
    repo: Path, baseline: tuple[str, ...]
) -> None:
    rewrite(repo, WORD, NEW)
    commit(repo)
    assert told(repo, *NEW_ONLY, *baseline)[:2] == (1, [(WORD, "PLC001", "X")])
    whole = told(repo, *WHOLE, *baseline)
    assert whole.code == 1
    assert len(whole.standing) == (27 if baseline else 1)
    assert (WORD, "PLC001", "X") in whole.standing


def test_a_pull_request_that_mends_an_old_finding(repo: Path) -> None:
    rewrite(repo, WORD, old="")
    commit(repo)
    can_shrink = (BASELINE, "RUL003", "")
    assert told(repo, *WHOLE)[:2] == (0, [can_shrink])
    assert told(repo, *NEW_ONLY)[:2] == (0, [can_shrink])
    done = ran(repo, "baseline")
    assert (done.code, done.err) == (0, f"{BASELINE}：原有 26 处，现剩 25 处\n")
    diff = git(repo, "diff", "-U0", BASELINE).splitlines()
    (changed,) = [one for one in diff if one[:1] in "+-" and one[:3] not in ("+++", "---")]
    assert changed.startswith("-")
    assert WORD in changed
    assert told(repo, *WHOLE)[:2] == (0, [])
    rewrite(repo, WORD)
    assert told(repo, *WHOLE)[:2] == (1, [(WORD, "PLC001", "XX")])


MOVES = {
    "2022年": "归档/2022年",
    WORD: "2023年/📘 阅览室（终稿）.docx",
    "2024年/“双减”专班.md": "专班 “定稿”.md",
}


def test_a_pull_request_that_only_moves_reports(repo: Path) -> None:
    (repo / "归档").mkdir()
    for old, new in MOVES.items():
        git(repo, "mv", old, new)
    assert told(repo, *NEW_ONLY, "--no-baseline")[:2] == (0, [])
    commit(repo)
    assert told(repo, *NEW_ONLY, "--no-baseline")[:2] == (0, [])
    assert told(repo, *WHOLE)[:2] == (0, [])
    done = ran(repo, "baseline")
    assert (done.code, done.err) == (0, f"{BASELINE}：原有 26 处，现剩 26 处\n")
    text = (repo / BASELINE).read_text("utf-8")
    assert '"file": "归档/2022年/' in text
    assert '"file": "2022年/' not in text
    assert told(repo, *WHOLE)[:2] == (0, [])


@pytest.mark.parametrize("name", ["2023年/畜牧站.md", WORD, "2023年/种子站.odt", "2024年/供销社.xlsx"])
@pytest.mark.parametrize("more", [(), (NEW,)], ids=["in order", "with a leftover"])
def test_a_report_that_is_renamed_and_edited(repo: Path, name: str, more: tuple[str, ...]) -> None:
    new = f"{name[:5]}改名 {Path(name).name}"
    assert OLD in lines_of(name)
    git(repo, "mv", name, new)
    rewrite(repo, name, "今年还接待了外地同行参观。", *more, at=new)
    commit(repo)
    expected = [(new, "PLC001", "X")] if more else []
    assert [one for one in told(repo, *NEW_ONLY, "--no-baseline").standing if one[1] == "PLC001"] == expected
    whole = told(repo, *WHOLE)
    assert whole.code == len(more)
    assert [one for one in whole.standing if one[1] == "PLC001"] == expected


def test_a_report_that_is_saved_in_another_format(repo: Path) -> None:
    name = "2023年/📘 阅览室.odt"
    git(repo, "rm", "-q", WORD)
    write(repo, {name: report("odt", *lines_of(WORD, NEW))})
    assert told(repo, *NEW_ONLY, "--no-baseline")[:2] == (1, [(name, "PLC001", "X")])


def test_one_report_that_is_gone_accounts_for_one_new_one(repo: Path) -> None:
    git(repo, "rm", "-q", WORD)
    names = ("2024年/甲室.docx", "2024年/乙室.docx")
    write(repo, {name: report("docx", *lines_of(WORD, "另有新增内容。" * 9)) for name in names})
    for arguments in (WHOLE, (*NEW_ONLY, "--no-baseline")):
        done = told(repo, *arguments)
        assert done.code == 1
        assert [text for _, code, text in done.standing if code == "PLC001"] == ["XX"]
    write(repo, {name: report("docx", *line_of("", 2024), NEW) for name in names})
    assert len(told(repo, *NEW_ONLY).standing) == 2


def test_a_waiver_from_its_first_day_to_its_last(repo: Path) -> None:
    rewrite(repo, WORD, NEW)
    done = ran(
        repo, "waive", WORD, "PLC001", "--text", "X", "--reason", "名单未定", "--expires", "2099-12-31"
    )
    assert (done.code, done.out) == (0, "")
    assert "已豁免 PLC001" in done.err
    assert ran(repo, "check", WORD).code == 0
    commit(repo)
    assert told(repo, *WHOLE)[:2] == (0, [])
    waivers = repo / WAIVERS
    text = waivers.read_text("utf-8")
    assert "2099-12-31" in text
    waivers.write_text(text.replace("2099-12-31", "2020-12-31"), "utf-8")
    assert told(repo, *WHOLE)[:2] == (
        1,
        [(WORD, "PLC001", "X"), (WAIVERS, "RUL001", "名单未定")],
    )
    assert "豁免已于 2020-12-31 过期" in ran(repo, *WHOLE).out


def test_a_waiver_that_nothing_fits_any_more(repo: Path) -> None:
    write(repo, {WAIVERS: f"waivers:\n  - {{code: PLC002, file: {WORD}, reason: 原文}}\n".encode()})
    stale = [(WAIVERS, "RUL002", "原文")]
    assert told(repo, *WHOLE)[:2] == (0, stale)
    assert told(repo, *WHOLE, "--fail-on", "warning").code == 1
    assert told(repo, *NEW_ONLY)[:2] == (0, [])


def test_a_copy_of_an_old_report_is_new(repo: Path) -> None:
    name = "2025年/📘 阅览室.docx"
    write(repo, {name: (repo / WORD).read_bytes()})
    assert told(repo, *NEW_ONLY)[:2] == (1, [(name, "PLC001", "XX")])
    commit(repo)
    assert told(repo, *NEW_ONLY, "--no-baseline")[:2] == (1, [(name, "PLC001", "XX")])
    assert told(repo, *WHOLE)[:2] == (1, [(name, "PLC001", "XX")])


def test_a_report_that_is_deleted(repo: Path) -> None:
    git(repo, "rm", "-q", WORD)
    assert told(repo, *NEW_ONLY)[:2] == (0, [])
    assert told(repo, *WHOLE)[:2] == (0, [(BASELINE, "RUL003", "")])
    assert ran(repo, "baseline").err == f"{BASELINE}：原有 26 处，现剩 25 处\n"
    assert told(repo, *WHOLE)[:2] == (0, [])


def test_a_pointer_where_the_report_should_be(repo: Path) -> None:
    write(repo, {WORD: POINTER})
    commit(repo)
    changed = told(repo, *NEW_ONLY)
    assert changed.code == 1
    assert [(path, code) for path, code, _ in changed.standing] == [(WORD, "DOC001")]
    assert [one["path"] for one in changed.ledger["unreadable"]] == [WORD]
    assert "git lfs pull" in changed.ledger["unreadable"][0]["reason"]


def test_an_earlier_version_that_git_lfs_keeps_is_found_where_it_was_fetched(repo: Path) -> None:
    content = (repo / WORD).read_bytes()
    write(repo, {WORD: POINTER})
    commit(repo)
    rewrite(repo, WORD, NEW)
    arguments = ("check", ".", "--changed", "HEAD", "--new-only", "--no-baseline")
    assert [text for *_, text in told(repo, *arguments).standing] == ["XX", "X"]
    write(repo, {f".git/lfs/objects/00/00/{'0' * 64}": content})
    assert [text for *_, text in told(repo, *arguments).standing] == ["X"]


def test_what_is_known_of_a_report_that_cannot_be_read_is_kept(repo: Path) -> None:
    waiver = f"waivers:\n  - {{code: PLC001, file: {WORD}, reason: 原文}}\n"
    write(repo, {WAIVERS: waiver.encode()})
    ran(repo, "baseline")
    before = (repo / BASELINE).read_bytes()
    names = (WORD, "2023年/种子站.odt")
    contents = {name: (repo / name).read_bytes() for name in names}
    write(repo, dict.fromkeys(names, POINTER))
    found = sorted((path, code) for path, code, _ in told(repo, *WHOLE).standing)
    assert found == sorted((name, "DOC001") for name in names)
    ran(repo, "baseline")
    assert (repo / BASELINE).read_bytes() == before
    write(repo, contents)
    assert told(repo, *WHOLE)[:2] == (0, [])


def test_staged_and_new_files_count_before_they_are_committed(repo: Path) -> None:
    rewrite(repo, WORD, NEW)
    git(repo, "add", "-A")
    rewrite(repo, "2024年/“双减”专班.md", NEW, old="")
    rewrite(repo, "2025年/新馆.md", NEW, old="")
    expected = [
        (WORD, "PLC001", "X"),
        ("2024年/“双减”专班.md", "PLC001", "X"),
        ("2025年/新馆.md", "PLC001", "X"),
    ]
    assert told(repo, *NEW_ONLY)[:2] == (1, expected)


def test_a_detached_head(repo: Path) -> None:
    rewrite(repo, WORD, NEW)
    commit(repo)
    git(repo, "checkout", "-q", "--detach")
    assert told(repo, *NEW_ONLY)[:2] == (1, [(WORD, "PLC001", "X")])


def test_from_a_folder_below_the_top(repo: Path) -> None:
    rewrite(repo, WORD, NEW)
    rewrite(repo, "2024年/“双减”专班.md", NEW, old="")
    commit(repo)
    name = Path(WORD).name
    assert told(repo / "2023年", *NEW_ONLY)[:2] == (1, [(name, "PLC001", "X")])
    assert told(repo, "check", "2022年", "--changed", "main")[:2] == (0, [])


@pytest.mark.parametrize("ref", ["origin/main", "main~2", "HEAD~1"])
def test_a_shallow_clone(repo: Path, tmp_path: Path, ref: str) -> None:
    rewrite(repo, WORD, NEW)
    commit(repo)
    git(tmp_path, "clone", "-q", "--depth", "1", "--branch", "修改", repo.as_uri(), "浅")
    shallow = tmp_path / "浅"
    done = ran(shallow, "check", ".", "--changed", ref, "--new-only")
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
    assert "git fetch --unshallow" in done.err
    if ref == "origin/main":
        git(shallow, "fetch", "-q", "--depth", "1", "origin", "main:refs/remotes/origin/main")
        done = ran(shallow, "check", ".", "--changed", ref, "--new-only")
        assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
        assert "没有共同的历史" in done.err
        git(shallow, "fetch", "-q", "--unshallow", "origin", "+refs/heads/*:refs/remotes/origin/*")
        assert told(shallow, "check", ".", "--changed", ref, "--new-only")[:2] == (1, [(WORD, "PLC001", "X")])


@pytest.fixture
def outer(repo: Path, tmp_path: Path) -> Path:
    """The repository with another one of one report as a submodule, on main."""
    inner = repository(tmp_path / "子库")
    write(inner, {"乡镇小结.md": report("md", *lines_of(WORD))})
    commit(inner)
    git(repo, "switch", "-q", "main")
    git(repo, "submodule", "add", "-q", str(inner), "乡镇 报告")
    commit(repo)
    assert ran(repo, "baseline", "--accept-new").code == 0
    commit(repo)
    git(repo, "switch", "-q", "-c", "子库修改")
    return repo


def test_a_submodule_with_a_changed_report(outer: Path) -> None:
    inner = outer / "乡镇 报告"
    name = "乡镇 报告/乡镇小结.md"
    assert told(outer, *NEW_ONLY)[:2] == (0, [])
    write(inner, {"乡镇小结.md": report("md", *lines_of(WORD, NEW))})
    for step in (lambda: None, lambda: commit(inner), lambda: commit(outer)):
        step()
        assert told(outer, *NEW_ONLY, "--no-baseline")[:2] == (1, [(name, "PLC001", "X")])
        assert told(outer, *WHOLE)[:2] == (1, [(name, "PLC001", "X")])


def test_a_submodule_that_is_not_checked_out(outer: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", outer.as_uri(), "新克隆")
    clone = tmp_path / "新克隆"
    for arguments in (WHOLE, ("check", ".", "--changed", "HEAD~2", "--new-only")):
        done = told(clone, *arguments)
        reasons = {one["path"]: one["reason"] for one in done.ledger["skipped"]}
        assert reasons["乡镇 报告"] == "git 子模块没有取出"
    assert "git 子模块没有取出" in ran(clone, *WHOLE).out


def test_an_advertisement_of_old_is_known_wherever_it_stands_in_its_report(repo: Path) -> None:
    name = "2024年/图书馆.xlsx"
    write(repo, {name: report("xlsx", *line_of("图书馆", 2024), "增加一行。", ADVERTISEMENT)})
    commit(repo)
    assert told(repo, *NEW_ONLY)[:2] == (0, [])
    assert told(repo, *WHOLE)[:2] == (0, [])
