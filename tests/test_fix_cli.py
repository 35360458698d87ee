"""`validator fix` from the outside: what is written where, what is said, exit codes."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from conftest import Program
from fixing import ADS, BLANK, OWN, TITLE

AD = ADS["offer"]
DIRTY = f"{AD}\n{TITLE}\n\n一、教育工作\n{OWN}（{ADS['trial']}）\n{BLANK}\n"
CLEAN = f"{TITLE}\n\n一、教育工作\n{OWN}（{ADS['trial']}）\n{BLANK}\n"


IGNORING = "ignore:\n  - files: [a.txt]\n    codes: [BAN]\n    reason: 样例\n"


@pytest.fixture
def reports(folder: Path) -> Path:
    (folder / "a.txt").write_text(DIRTY, "utf-8", newline="\n")
    (folder / "clean.md").write_text(f"# {TITLE}\n\n{OWN}\n", "utf-8")
    return folder


def _names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


def test_a_new_file_beside(program: Program, reports: Path) -> None:
    done = program("fix", "a.txt")
    assert (done.code, done.err) == (0, "")
    assert (reports / "a-已清理.txt").read_bytes() == CLEAN.encode()
    assert (reports / "a.txt").read_bytes() == DIRTY.encode()
    assert "✓ a.txt → a-已清理.txt\n  删了 1 处：\n    第1行  " + AD in done.out
    assert "还有 1 处要加 --unsafe 才改" in done.out
    assert "还要人工补：占位 " in done.out
    again = program("fix", "a.txt")
    assert again.code == 2
    assert "已经存在，没有覆盖" in again.err
    assert program("fix", "a-已清理.txt").code == 0
    assert _names(reports) == ["a-已清理.txt", "a.txt", "clean.md"]


def test_the_diff_writes_nothing(program: Program, reports: Path) -> None:
    done = program("fix", "--diff", "a.txt", "clean.md")
    assert done.code == 1
    assert f"--- a.txt\n+++ a-已清理.txt\n@@ 第1行 @@\n-{AD}\n" in done.out
    assert "✓ clean.md：没有要删的" in done.out
    assert _names(reports) == ["a.txt", "clean.md"]
    unsafe = program("fix", "--diff", "--unsafe", "a.txt").out
    assert f"@@ 第5行 一、教育工作 @@\n-{OWN}（{ADS['trial']}）\n+{OWN}\n" in unsafe
    assert program("fix", "--diff", "clean.md").code == 0


def test_in_place_keeps_the_old(program: Program, reports: Path) -> None:
    done = program("fix", "--in-place", "a.txt")
    assert done.code == 0
    assert "原文件保存在 a.txt.bak" in done.out
    assert (reports / "a.txt").read_bytes() == CLEAN.encode()
    assert (reports / "a.txt.bak").read_bytes() == DIRTY.encode()
    assert program("fix", "--in-place", "a.txt").code == 0
    assert _names(reports) == ["a.txt", "a.txt.bak", "clean.md"]
    assert program("fix", "--in-place", "--unsafe", "a.txt").code == 0
    assert _names(reports) == ["a.txt", "a.txt.1.bak", "a.txt.bak", "clean.md"]


def test_clean_reports_write_nothing(program: Program, reports: Path) -> None:
    for arguments in (("clean.md",), ("--in-place", "clean.md"), ("--unsafe", "-o", "o.md", "clean.md")):
        done = program("fix", *arguments)
        assert (done.code, done.out) == (0, "✓ clean.md：没有要删的\n")
    assert _names(reports) == ["a.txt", "clean.md"]


def test_where_to(program: Program, reports: Path) -> None:
    (reports / "out").mkdir()
    assert program("fix", "a.txt", "-o", "mine.txt").code == 0
    assert program("fix", "a.txt", "clean.md", "--output-dir", "out").code == 0
    assert (reports / "mine.txt").read_bytes() == (reports / "out/a.txt").read_bytes() == CLEAN.encode()
    assert _names(reports / "out") == ["a.txt"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("a.txt", "clean.md", "-o", "x.txt"), "-o 只能用于一份报告"),
        (("a.txt", "-o", "a.txt"), "已经存在，没有覆盖"),
        (("a.txt", "-o", "none/a.txt"), "写不了文件"),
        (("a.txt", "--diff", "--in-place"), "--diff 和 --in-place 不能一起用"),
        (("a.txt", "--in-place", "--output-dir", "."), "--in-place 和 --output-dir 不能一起用"),
        (("none.txt",), "none.txt"),
        ((), "请写明"),
    ],
)
def test_mistakes(program: Program, reports: Path, arguments: tuple[str, ...], said: str) -> None:
    done = program("fix", *arguments)
    assert done.code == 2
    assert said in done.err
    assert (reports / "a.txt").read_bytes() == DIRTY.encode()


def test_other_formats_say_what_to_do(program: Program, folder: Path) -> None:
    (folder / "a.html").write_text(f"<h1>{TITLE}</h1><p>{AD}</p><p>{OWN}</p>", "utf-8")
    (folder / "b.html").write_text(f"<h1>{TITLE}</h1><p>{OWN}</p>", "utf-8")
    done = program("fix", "a.html")
    assert (done.code, done.out) == (2, "")
    assert (
        done.err == "错误：a.html：有 1 处要删，但 HTML 文件改不了；请在 Word 或 WPS 中另存为 .docx 再运行\n"
    )
    assert program("fix", "b.html").code == 0
    with zipfile.ZipFile("c.zip", "w") as archive:
        archive.writestr("a.txt", DIRTY)
    done = program("fix", "c.zip")
    assert done.code == 2
    assert "压缩包里的文件改不了" in done.err
    (folder / "d.docx").write_bytes(b"PK\x03\x04broken")
    assert program("fix", "d.docx").code == 2


def test_links_are_read_and_not_replaced(program: Program, reports: Path) -> None:
    (reports / "link.txt").symlink_to(reports / "a.txt")
    done = program("fix", "--in-place", "link.txt")
    assert done.code == 2
    assert "link.txt 是链接" in done.err
    assert (reports / "a.txt").read_bytes() == DIRTY.encode()
    assert program("fix", "link.txt").code == 0
    assert (reports / "link-已清理.txt").read_bytes() == CLEAN.encode()


def test_one_that_fails_does_not_stop_the_others(program: Program, reports: Path) -> None:
    (reports / "0.html").write_text(f"<p>{AD}</p>", "utf-8")
    done = program("fix", ".")
    assert done.code == 2
    assert (reports / "a-已清理.txt").read_bytes() == CLEAN.encode()


def test_waivers_and_ignored_codes_stay(program: Program, reports: Path) -> None:
    assert program("waive", "a.txt", "BAN002", "--reason", "宣传案例").code == 0
    assert "没有可以放心删的" in program("fix", "a.txt").out
    (reports / "validator-waivers.yaml").unlink()
    (reports / "validator.yaml").write_text(IGNORING, "utf-8")
    done = program("fix", "a.txt", "--unsafe")
    assert (done.code, done.out) == (0, "✓ a.txt：没有要删的\n")
    assert program("fix", "--no-config", "--diff", "a.txt").code == 1


@pytest.mark.parametrize(("code", "unasked"), [("BAN001", 1), ("BAN004", 0)])
def test_the_rules_of_the_user(program: Program, reports: Path, code: str, unasked: int) -> None:
    (reports / "own.yaml").write_text(
        f"pack: banned\nrules:\n  - id: own.stamp\n    code: {code}\n    strength: sure\n    extend: line\n"
        "    note: {zh: 自己的, en: own}\n    regex: ['仅供内部演示使用']\n"
        "    examples:\n      - {text: 仅供内部演示使用, find: [仅供内部演示使用]}\n",
        "utf-8",
    )
    (reports / "b.txt").write_text(f"{TITLE}\n\n仅供内部演示使用\n\n{OWN}\n", "utf-8")
    assert program("fix", "--diff", "b.txt").code == 0
    assert program("fix", "--diff", "b.txt", "--rules", "own.yaml").code == unasked
    assert program("fix", "--diff", "b.txt", "--rules", "own.yaml", "--unsafe").code == 1


@pytest.mark.parametrize(
    "name", ["-a.txt", "a b'\"$(x).txt", "\x1b[31m红.txt", "a\u202etxt.txt", "换\n行.txt"]
)
def test_hostile_names(program: Program, folder: Path, name: str) -> None:
    try:
        (folder / name).write_text(DIRTY, "utf-8", newline="\n")
    except OSError:
        pytest.skip("the system has no such names")
    for arguments in (("--diff",), ("--in-place",)):
        done = program("fix", *arguments, "--", name)
        assert done.code == (1 if arguments == ("--diff",) else 0)
        assert "\x1b" not in done.out + done.err
        assert "\u202e" not in done.out + done.err
    assert (folder / name).read_bytes() == CLEAN.encode()


def test_hostile_text_moves_no_cursor(program: Program, folder: Path) -> None:
    (folder / "a.txt").write_text(f"{TITLE}\n\n{OWN}\n\n{AD}\x1b[2J\u202e\n", "utf-8")
    done = program("fix", "--diff", "--unsafe", "a.txt")
    assert "\x1b" not in done.out
    assert "\u202e" not in done.out


def test_colour_only_when_asked_for(program: Program, reports: Path) -> None:
    assert "\x1b" not in program("fix", "--diff", "a.txt").out
    assert "\x1b[" in program("fix", "--diff", "--color", "always", "a.txt").out


def test_in_english(program: Program, reports: Path) -> None:
    out = program("fix", "--lang", "en", "a.txt").out
    assert "taken out: 1" in out
    assert "1 more only with --unsafe" in out
    assert "still to be filled in: " in out


def test_personal_numbers_are_masked_when_asked(program: Program, folder: Path) -> None:
    (folder / "a.txt").write_text(f"{TITLE}\n\n{OWN}\n\n更多工作总结范文请加微信：13912345678\n", "utf-8")
    assert "13912345678" in program("fix", "--diff", "--no-redact", "a.txt").out
    assert "13912345678" not in program("fix", "--diff", "--redact", "a.txt").out


def test_a_folder_that_ends_in_an_exclamation_mark_is_no_archive(program: Program, folder: Path) -> None:
    (folder / "急!").mkdir()
    (folder / "急!" / "a.txt").write_text(DIRTY, "utf-8", newline="\n")
    assert program("fix", "急!/a.txt").code == 0
    assert (folder / "急!" / "a-已清理.txt").read_bytes() == CLEAN.encode()
