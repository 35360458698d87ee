"""Waivers and the baseline where names, folders and archives are as people have them."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from conftest import Program, write

TEXT = "棠溪县工作总结\n\n全年招聘教师XX人。\n"
CLEAN = "棠溪县工作总结\n\n全年招聘教师12人。\n"
WAIVERS = Path("validator-waivers.yaml")
BASELINE = Path("validator-baseline.json")


def standing(run: Program, *arguments: str) -> dict[str, list[str]]:
    """The codes that stand, by report; reports without any are left out."""
    reports = json.loads(run("check", *arguments, "--format", "json").out)["reports"]
    codes = {one["path"]: [each["code"] for each in one["findings"] if not each["waived"]] for one in reports}
    return {path: found for path, found in codes.items() if found}


@pytest.mark.parametrize(
    "name", ["报告[终稿].md", "{甲,乙}.md", "小结*.md", "问?.md", "!一.md", "x/报告 [1].md"]
)
def test_a_waiver_is_for_the_file_that_was_named_whatever_its_name(run: Program, name: str) -> None:
    write({name: TEXT})
    assert run("waive", name, "PLC001", "--reason", "原文如此").code == 0
    assert standing(run, ".") == {}


def test_a_waiver_of_a_file_at_the_top_is_not_for_files_of_that_name_below(run: Program) -> None:
    write({"总结.md": TEXT, "2024/总结.md": TEXT})
    assert run("waive", "总结.md", "PLC001", "--reason", "原文如此").code == 0
    assert standing(run, ".") == {"2024/总结.md": ["PLC001"]}


def test_a_waiver_by_pattern_is_for_every_file_that_fits(run: Program) -> None:
    write({"a.md": TEXT, "2024/b.md": TEXT, "2024/c.txt": TEXT})
    write({str(WAIVERS): "waivers:\n  - {code: PLC001, file: '*.md', reason: 原文如此}\n"})
    assert standing(run, ".") == {"2024/c.txt": ["PLC001"]}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((".",), True),
        (("..", ), True),
        (("{top}",), True),
        (("2024/../.",), True),
        (("2024",), False),
        (("2024", "2023"), False),
    ],
)  # fmt: skip
def test_a_waiver_that_fits_nothing_is_told_where_everything_was_checked(
    run: Program, folder: Path, arguments: tuple[str, ...], told: bool
) -> None:
    write({"2023/a.md": CLEAN, "2024/b.md": CLEAN})
    write({str(WAIVERS): "waivers:\n  - {code: PLC001, file: 没有.md, reason: 原文如此}\n"})
    config = () if arguments != ("..",) else ("--config", "validator.yaml")
    write({"validator.yaml": "lang: zh\n"})
    out = run("check", *(one.format(top=folder) for one in arguments), *config).out
    assert ("RUL002" in out) is told


def test_a_run_in_a_folder_below_does_not_judge_the_rest(
    run: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    write({"2023/a.md": TEXT, "2024/b.md": CLEAN, "validator.yaml": "lang: zh\n"})
    assert run("waive", "2023/a.md", "PLC001", "--reason", "原文如此").code == 0
    monkeypatch.chdir("2024")
    for arguments in ((), (".",)):
        done = run("check", *arguments)
        assert (done.code, "RUL" in done.out) == (0, False)


@pytest.mark.parametrize(
    ("before", "newline"),
    [
        ("waivers:\n- code: BAN002\n  file: 别的.md\n  reason: 示例\n", "\n"),
        ("waivers:\r\n  - code: BAN002\r\n    file: 别的.md\r\n    reason: 示例\r\n", "\r\n"),
        ("\ufeffwaivers:\n    - code: BAN002\n      file: 别的.md\n      reason: 示例", "\n"),
        ("# 说明\nwaivers: []\n", "\n"),
        ("waivers: [ ]  # 还没有\n", "\n"),
        ("waivers:\n", "\n"),
        ("# 只有说明\n", "\n"),
    ],
)
def test_a_waiver_is_added_in_the_manner_of_the_file(run: Program, before: str, newline: str) -> None:
    write({"a.md": TEXT})
    WAIVERS.write_bytes(before.encode())
    done = run("waive", "a.md", "PLC001", "--reason", "原文如此")
    assert (done.code, standing(run, "a.md")) == (0, {})
    after = WAIVERS.read_bytes().decode()
    assert after.count("\n") == after.count(newline)
    for comment in ("# 说明", "# 还没有", "# 只有说明"):
        assert (comment in after) is (comment in before)


def test_a_waiver_of_a_code_that_does_not_exist_is_refused(run: Program) -> None:
    write({"a.md": TEXT, str(WAIVERS): "waivers:\n  - {code: PLC01O, file: a.md, reason: 原文}\n"})
    assert run("check", "a.md").code == 2
    write({str(WAIVERS): "waivers:\n  - {code: PLC091, file: a.md, reason: 原文}\n"})
    done = run("check", "a.md")
    assert (done.code, f"{WAIVERS}:2" in done.err, "没有这个问题代码：PLC091" in done.err) == (2, True, True)


MERGED = "<<<<<<< HEAD\n{0}=======\n{1}>>>>>>> branch\n"


@pytest.mark.parametrize(
    ("name", "content", "line"),
    [
        ("validator.yaml", MERGED.format("stage: draft\n", "stage: review\n"), 1),
        (str(WAIVERS), "waivers:\n" + MERGED.format("  - {code: PLC001}\n", "  - {code: PLC002}\n"), 2),
        (str(BASELINE), '{\n"schema_version": 1,\n' + MERGED.format('"findings": [\n', ""), 3),
    ],
)
def test_an_unfinished_merge_is_told_as_such(run: Program, name: str, content: str, line: int) -> None:
    write({"a.md": TEXT, name: content.replace("\n", "\r\n")})
    for lang, words in (("zh", "合并冲突"), ("en", "merge conflict")):
        done = run("check", "a.md", "--lang", lang)
        assert (done.code, f"{name}:{line}" in done.err, words in done.err) == (2, True, True)


def test_the_files_may_lie_in_a_folder_that_is_not_there_yet(run: Program) -> None:
    write({"a.md": TEXT + "\n更多范文请加QQ群123456789。\n"})
    write({"validator.yaml": "baseline: 管理/存量.json\n"})
    assert run("baseline").code == 0
    write({"validator.yaml": "waivers: 核定/豁免.yaml\n"})
    done = run("check", "a.md")
    assert (done.code, "文件不存在。用 validator waive 添加第一条" in done.err) == (2, True)
    assert run("waive", "a.md", "BAN002", "--reason", "示例").code == 0
    assert standing(run, "a.md") == {"a.md": ["PLC001"]}
    assert Path("管理/存量.json").is_file()


def archive(name: str, members: dict[str, str]) -> None:
    with zipfile.ZipFile(name, "w") as file:
        for member, text in members.items():
            file.writestr(member, text)


def test_a_member_that_was_renamed_in_its_archive_is_followed(run: Program) -> None:
    archive("材料.zip", {"甲.md": TEXT, "乙.md": CLEAN})
    assert run("baseline", ".").code == 0
    archive("材料.zip", {"丙.md": TEXT, "乙.md": CLEAN})
    assert standing(run, ".") == {}
    assert run("baseline", ".").code == 0
    assert [one["file"] for one in json.loads(BASELINE.read_bytes())["findings"]] == ["材料.zip!/丙.md"]


def test_a_member_that_is_gone_from_its_archive_leaves_the_baseline(run: Program) -> None:
    archive("材料.zip", {"甲.md": TEXT, "乙.md": CLEAN})
    run("baseline", ".")
    archive("材料.zip", {"乙.md": CLEAN})
    assert standing(run, ".") == {str(BASELINE): ["RUL003"]}
    assert run("baseline", ".").code == 0
    assert json.loads(BASELINE.read_bytes())["findings"] == []


def test_what_is_known_of_an_archive_that_cannot_be_read_is_kept(run: Program) -> None:
    archive("材料.zip", {"甲.md": TEXT})
    run("baseline", ".")
    Path("材料.zip").write_bytes(b"PK\x03\x04")
    write({"a.md": CLEAN})
    run("baseline", ".")
    assert len(json.loads(BASELINE.read_bytes())["findings"]) == 1


def test_many_waivers_cost_no_time(run: Program) -> None:
    """A thousand waivers and a thousand findings took minutes when each met each."""
    import time

    write({"a.md": "棠溪县工作总结\n\n" + "".join(f"第{n}项招聘教师XX人。\n\n" for n in range(1000))})
    entries = "".join(
        f"  - {{code: PLC001, file: 归档/第{n}份*.md, anchor: 0000000{n % 10}.00000000, reason: 原文}}\n"
        for n in range(1000)
    )
    write({str(WAIVERS): "waivers:\n" + entries})
    began = time.monotonic()
    assert run("check", "a.md").code == 1
    assert time.monotonic() - began < 20
