"""Where outputs may be written: never over a report or a file of the project, and told before the work."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Program, write

from validator import runner

TEXT = "棠溪县工作总结\n\n全年招聘教师XX人。\n"
KEPT = {
    "报告/总结.txt": TEXT,
    "报告/总结.md": TEXT,
    "报告/总结.html": f"<p>{TEXT}</p>",
    "报告/总结.docx": "PK",
    "报告/总结.xlsx": "PK",
    "validator.yaml": "lang: zh\n",
    "validator-waivers.yaml": "waivers: []\n",
    "validator-baseline.json": '{"schema_version": 1, "findings": []}\n',
}


@pytest.fixture
def run(run: Program) -> Program:
    """Runs a command line at the top of a repository with some reports."""
    write(KEPT)
    return run


@pytest.mark.parametrize("command", ["check", "facts"])
@pytest.mark.parametrize("target", KEPT)
def test_nothing_of_the_project_is_overwritten(run: Program, command: str, target: str) -> None:
    for form in ([], ["--format", "console"]):
        done = run(command, "报告", *form, "--output", target)
        assert (done.code, target in done.err) == (2, True)
        assert Path(target).read_text("utf-8") == KEPT[target]


@pytest.mark.parametrize(
    ("target", "zh", "en"),
    [
        ("没有/结果.json", "没有文件夹 没有，请先建好", "there is no folder 没有; make it first"),
        (".", "--output 要写文件名，这是文件夹：.", "--output names a folder: ."),
        ("", "--output 后面要写文件名", "--output needs the name of a file"),
    ],
)
def test_a_place_that_cannot_be_is_told_before_the_work(
    run: Program, monkeypatch: pytest.MonkeyPatch, target: str, zh: str, en: str
) -> None:
    monkeypatch.setattr(runner, "check_paths", lambda *_: pytest.fail("the reports were read"))
    for lang, words in (("zh", zh), ("en", en)):
        done = run("check", "报告", "--format", "json", "--output", target, "--lang", lang)
        assert (done.code, words in done.err, done.err.count("\n")) == (2, True, 1)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", ["结果.txt", "结果.md", "结果.html", "结果.xlsx", "结果.json", "结果.xml"])
def test_an_output_takes_the_place_of_the_one_before(run: Program, name: str, lang: str) -> None:
    for text in (TEXT, TEXT.replace("XX", "12")):
        Path("报告/总结.txt").write_text(text, "utf-8")
        for _ in range(2):
            done = run("check", "报告", "--output", f"报告/{name}", "--lang", lang)
            assert done.code == 1  # of the other reports
            assert name in done.err


def test_facts_take_the_place_of_the_ones_before(run: Program) -> None:
    for _ in range(2):
        assert run("facts", "报告", "--output", "报告/数据.csv").code in {0, 1}
        assert run("facts", "报告", "--output", "报告/数据.xlsx").code in {0, 1}


def test_an_empty_file_may_be_written_to(run: Program) -> None:
    Path("摘要.md").touch()
    assert run("check", "报告", "--format", "markdown", "--output", "摘要.md").code == 1


def test_outside_of_what_is_checked_a_file_is_replaced_as_everywhere(run: Program) -> None:
    Path("记录.txt").write_text("旧", "utf-8")
    assert run("check", "报告", "--output", "记录.txt").code == 1
    assert Path("记录.txt").read_text("utf-8") != "旧"
