"""The subcommands from the outside: outputs, exit codes, files that are written."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Program

REPORT = "某县教科体局2020年工作总结\n\n一、体育工作\n全县体育场地面积X平方米，招聘新教师12人。\n"
stages = pytest.mark.usefixtures("_stages")


@pytest.fixture
def _stages() -> None:
    pytest.importorskip("validator.facts.statuses", reason="the stage of facts is not there")
    pytest.importorskip("validator.checks.placeholders", reason="the check of placeholders is not there")


@pytest.fixture
def reports(folder: Path) -> Path:
    (folder / "a.txt").write_text(REPORT, "utf-8")
    (folder / "clean.md").write_text("# 通知\n\n请按时参会。\n", "utf-8")
    (folder / "b.pdf").write_bytes(b"%PDF-1.4")
    return folder


@stages
@pytest.mark.parametrize("form", ["console", "json"])
@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("clean.md",), 0),
        (("a.txt",), 1),
        (("a.txt", "--fail-on", "never"), 0),
        (("a.txt", "--fail-on", "info"), 1),
        (("clean.md", "a.txt"), 1),
        (("b.pdf",), 1),
        (("nowhere.txt",), 2),
        (("a.txt", "--profile", "county_anual"), 2),
        (("a.txt", "--jobs", "0"), 2),
    ],
)
def test_the_exit_code_is_the_same_in_every_format(
    program: Program, reports: Path, form: str, arguments: tuple[str, ...], code: int
) -> None:
    assert program("check", "--format", form, *arguments).code == code


@stages
def test_an_unknown_profile_names_the_nearest(program: Program, reports: Path) -> None:
    err = program("check", "a.txt", "--profile", "county_anual").err
    assert "没有这个要求清单：county_anual。是不是 county_annual？" in err


@stages
def test_the_order_of_the_paths_does_not_matter(program: Program, reports: Path) -> None:
    first = program("check", "--format", "json", "a.txt", "clean.md", "b.pdf").out
    assert first == program("check", "--format", "json", "b.pdf", "clean.md", "a.txt").out
    assert [one["path"] for one in json.loads(first)["reports"]] == ["a.txt", "b.pdf", "clean.md"]


@stages
def test_the_screen_of_a_report(program: Program, reports: Path) -> None:
    out = program("check", "a.txt", "--profile", "county_annual").out
    assert "  应报 45 项：已填 1，占位 1，未提及 43\n" in out
    assert " 一、体育工作 第1段\n" in out
    assert "第4行第9列" in out
    assert "全县体育场地面积【X】平方米" in out
    assert "找到 1 份文件，检查了 1 份" in out


@stages
def test_several_outputs_in_one_run(program: Program, reports: Path) -> None:
    done = program("check", "a.txt", "--format", "json", "--output", "a.json", "--output", "o.txt")
    assert done.out == ""
    assert done.err == "已写入 a.json\n已写入 o.txt\n"
    assert json.loads((reports / "a.json").read_text("utf-8"))["schema_version"] == 1
    assert (reports / "o.txt").read_text("utf-8").startswith("a.txt\n")


@stages
@pytest.mark.parametrize("target", ["a.txt", "missing/o.json", ".", "r/b.txt"])
def test_an_output_that_cannot_be_written(program: Program, reports: Path, target: str) -> None:
    (reports / "r").mkdir()
    (reports / "r/b.txt").write_text(REPORT, "utf-8")
    done = program("check", "a.txt", "r", "--format", "json", "--output", target)
    assert done.code == 2
    assert (reports / "r/b.txt").read_text("utf-8") == REPORT
    assert done.err.startswith("错误：")
    assert (reports / "a.txt").read_text("utf-8") == REPORT


@stages
def test_colour_only_when_asked_for(program: Program, reports: Path) -> None:
    assert "\x1b" not in program("check", "a.txt").out
    assert "\x1b[" in program("check", "a.txt", "--color", "always").out
    assert "\x1b" not in program("check", "a.txt", "--color", "always", "--output", "o.txt").out
    assert "\x1b" not in (reports / "o.txt").read_text("utf-8")


@stages
def test_facts(program: Program, reports: Path) -> None:
    done = program("facts", "--format", "jsonl", "a.txt", "b.pdf")
    assert done.code == 0
    fact = json.loads(done.out.splitlines()[0])
    assert (fact["indicator"], fact["value"]) == ("education.teachers_recruited", 12)
    assert done.err.startswith("没读：b.pdf：")
    assert "招聘新教师数" in program("facts", "a.txt").out
    assert program("facts", "--indicator", "economy.gdp", "--format", "jsonl", "a.txt").out == ""


@stages
def test_facts_of_nothing_readable(program: Program, reports: Path) -> None:
    assert program("facts", "b.pdf").code == 2
    assert "是不是 economy.gdp？" in program("facts", "a.txt", "--indicator", "economy.gpd").err


@stages
def test_csv_files_are_for_spreadsheets(program: Program, reports: Path) -> None:
    assert program("facts", "a.txt", "--output", "o.csv").code == 0
    assert (reports / "o.csv").read_bytes().startswith(b"\xef\xbb\xbfpath,indicator,")
    assert program("facts", "a.txt", "--format", "csv").out.startswith("path,indicator,")


@stages
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_code_is_explained(program: Program, lang: str) -> None:
    listed = [row.split()[0] for row in program("explain", "--list").out.splitlines() if row.startswith("  ")]
    assert listed == sorted(listed)
    assert {"DOC001", "DOC010", "DOC011", "PLC001"} <= set(listed)
    for code in listed:
        done = program("explain", code.lower(), "--lang", lang)
        assert done.code == 0
        assert done.out.startswith(code)
        assert ("怎么改" if lang == "zh" else "Remedy") in done.out


@stages
def test_explain_what_does_not_exist(program: Program) -> None:
    assert "是不是 PLC001？" in program("explain", "PLC0001").err
    assert program("explain").code == 2
    assert program("explain", "DOC").out.startswith("DOC  文件本身\n  DOC001  错误  文件读不出来\n")


def test_rules_list_and_show(program: Program) -> None:
    out = program("rules", "list").out
    assert "rules/indicators/economy.yaml（" in out
    assert "economy.gdp " in out
    shown = program("rules", "show", "economy.gdp").out
    assert shown.startswith("economy.gdp  地区生产总值\n")
    assert "economy.yaml:" in shown
    assert "应报 45 项" in program("rules", "show", "county_annual").out
    assert "是不是 economy.gdp？" in program("rules", "show", "economy.gpd").err
    assert program("rules", "show").code == 2


def test_rules_path(program: Program) -> None:
    assert (Path(program("rules", "path").out.strip()) / "indicators").is_dir()


def test_rules_test(program: Program) -> None:
    pytest.importorskip("validator.trial", reason="the trial of examples is not there")
    done = program("rules", "test")
    assert "条规则，" in done.out
    assert done.code == 0, done.out


@stages
def test_a_small_text_needs_no_heavy_library(program: Program, reports: Path) -> None:
    program("check", "a.txt")  # fills the cache of rules
    code = (
        "import sys; from validator.cli.main import main; main(['check', 'a.txt', '--output', 'o.txt']);"
        "print(sorted({'rich', 'jsonschema', 'lxml', 'yaml'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        env={"PYTHONPATH": str(Path(__file__).parents[1]), **_home()},
        check=True,
    )
    assert done.stdout.decode().strip() == "[]"


def _home() -> dict[str, str]:
    import os

    return {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
