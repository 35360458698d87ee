"""`validator.yaml`: where it is found, what it decides, and how its mistakes are told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import Program, write

from validator.config.globs import fits

LEFTOVER = "棠溪县教育科技体育局2024年工作总结\n\n全年招聘教师XX人。\n"
CLEAN = "棠溪县教育科技体育局2024年工作总结\n\n全年招聘教师12人。\n"


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [
        ("*.docx", "a/b/总结.docx", True),
        ("*.docx", "总结.docx", True),
        ("报告/*", "报告/总结.docx", True),
        ("报告/*", "报告/2023/总结.docx", False),
        ("报告/**", "报告/2023/总结.docx", True),
        ("报告/", "报告/2023/总结.docx", True),
        ("./报告/", "报告/总结.docx", True),
        ("报告\\2023\\*", "报告/2023/总结.docx", True),
        ("**/2023/**", "2023/总结.docx", True),
        ("{2022,2023}/*.doc", "2023/a.doc", True),
        ("a[[]1].txt", "a[1].txt", True),
        ("x/**", "x/.hidden/a.txt", True),
        ("cafe\u0301.txt", "caf\u00e9.txt", True),
        ("*.doc", "a.docx", False),
        ("报告", "报告/总结.docx", False),
        ("./*", "总结.docx", True),
        ("./*", "报告/总结.docx", False),
        ("./总结.docx", "报告/总结.docx", False),
        ("总结.docx", "报告/总结.docx", True),
        ("总结.docx", "报告/旧总结.docx", False),
        ("./报告/总结 1.docx", "报告/总结 1.docx", True),
    ],
)
def test_what_a_pattern_fits(pattern: str, path: str, expected: bool) -> None:
    assert fits(path, (pattern,)) is expected


@pytest.mark.parametrize(
    ("config", "place", "words"),
    [
        ("stag: review\n", "validator.yaml:1:1", "是否想写“stage”"),
        ("stage: reviw\n", "validator.yaml:1:8", "是否想写“review”"),
        ("lang: zh\nlang: en\n", "validator.yaml:2:1", "重复"),
        ("profile: county_anual\n", "validator.yaml:1", "county_annual"),
        ("severity: {PLC999: error}\n", "validator.yaml:1", "没有这个问题代码"),
        ("severity: {plc001: error}\n", "validator.yaml:1", "plc001"),
        ("severity: {PLC001: off}\n", "validator.yaml:1", "error"),
        ("not_applicable: {education.school: 没有}\n", "validator.yaml:1", "education.schools"),
        ("not_applicable: {education.schools: '……'}\n", "validator.yaml:1", "education.schools"),
        ("ignore:\n  - files: ['*']\n    codes: [BAN]\n", "validator.yaml:2", "reason"),
        ("ignore:\n  - {files: ['*'], codes: [BAX], reason: 旧}\n", "validator.yaml:2", "没有这个问题代码"),
        ("paths:\n  - files: ['*']\n", "validator.yaml:2", "files"),
        ("paths:\n  - stage: draft\n", "validator.yaml:2", "files"),
        ("year: 24\n", "validator.yaml:1", "year"),
        ("fail_on: errors\n", "validator.yaml:1", "是否想写“error”"),
        ("- a\n", "validator.yaml:1:1", "键: 值"),
        ("rules: [没有的.yaml]\n", "没有的.yaml", "没有这个规则包"),
        ("baseline: 没有的.json\n", "没有的.json", "validator baseline"),
        ("waivers: 没有的.yaml\n", "没有的.yaml", "validator waive"),
    ],
)
def test_a_mistake_is_one_line_with_its_place(run: Program, config: str, place: str, words: str) -> None:
    write({"validator.yaml": config, "a.txt": CLEAN})
    code, out, err = run("check", "a.txt")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert place in err
    assert words in err


def test_the_nearest_configuration_above_the_first_path_holds(run: Program) -> None:
    write(
        {"validator.yaml": "fail_on: never\n", "a/b/x.txt": LEFTOVER, "a/validator.yaml": "fail_on: error\n"}
    )
    assert run("check", "a/b/x.txt")[0] == 1
    Path("a/validator.yaml").unlink()
    assert run("check", "a/b/x.txt")[0] == 0
    assert run("check", "a/b/x.txt", "--no-config")[0] == 1
    assert run("check", "a/b/x.txt", "--fail-on", "error")[0] == 1


def test_another_configuration_below_is_told_as_not_used(run: Program) -> None:
    write({"validator.yaml": "lang: zh\n", "局/validator.yaml": "stage: draft\n", "局/a.txt": CLEAN})
    assert "局/validator.yaml（另一份配置，这次没有用）" in run("check").out
    assert "局/validator.yaml（另一份配置" not in run("check", "局").out
    skipped = json.loads(run("check", "--format", "json", "--lang", "en").out)["ledger"]["skipped"]
    reasons = {one["path"]: one["reason"] for one in skipped}
    assert reasons["局/validator.yaml"] == "another configuration, not used this time"
    assert reasons["validator.yaml"] == "code or data, not a report"


def test_nothing_above_the_repository_is_read(run: Program, tmp_path: Path) -> None:
    write({"inner/.git/HEAD": "", "validator.yaml": "fail_on: never\n", "inner/x.txt": LEFTOVER})
    assert run("check", "inner/x.txt")[0] == 1


@pytest.mark.parametrize("name", ["validator.yml", ".validator.yaml"])
def test_a_name_that_would_not_be_read_is_told(run: Program, name: str) -> None:
    write({name: "fail_on: never\n", "x.txt": LEFTOVER})
    code, _, err = run("check", "x.txt")
    assert code == 2
    assert "validator.yaml" in err


def test_without_a_path_the_configured_folder_is_checked(run: Program) -> None:
    write({"x.txt": LEFTOVER})
    code, _, err = run("check")
    assert code == 2
    assert "请写明" in err
    write({"validator.yaml": "lang: en\n"})
    code, out, _ = run("check", "--format", "json")
    assert code == 1
    assert [one["path"] for one in json.loads(out)["reports"]] == ["x.txt"]


def report(run: Program, *arguments: str) -> dict[str, dict[str, object]]:
    out = run("check", "--format", "json", *arguments)[1]
    return {one["path"]: one for one in json.loads(out)["reports"]}


def test_later_path_rules_win_and_mappings_add_up(run: Program) -> None:
    write(
        {
            "validator.yaml": "stage: review\nprofile: county_annual\nseverity: {PLC: warning, BAN: info}\n"
            "not_applicable: {education.new_students: 不招生}\n"
            "paths:\n"
            "  - {files: [旧/], stage: draft, year: 2019, severity: {PLC001: info}}\n"
            "  - {files: ['**/特*'], stage: submission, profile: gov_annual}\n",
            "新/a.txt": LEFTOVER,
            "旧/b.txt": LEFTOVER,
            "旧/特c.txt": LEFTOVER,
        }
    )
    found = report(run, ".")
    settings = {path: (one["profile"], one["stage"], one["year"]) for path, one in found.items()}
    assert settings == {
        "新/a.txt": ("county_annual", "review", 2024),
        "旧/b.txt": ("county_annual", "draft", 2019),
        "旧/特c.txt": ("gov_annual", "submission", 2019),
    }
    severities = {
        path: next(one["severity"] for one in report["findings"] if one["code"] == "PLC001")  # type: ignore[index, attr-defined]
        for path, report in found.items()
    }
    assert severities == {"新/a.txt": "warning", "旧/b.txt": "info", "旧/特c.txt": "info"}
    students = next(one for one in found["新/a.txt"]["indicators"] if one["id"] == "education.new_students")  # type: ignore[attr-defined]
    assert students["status"] == "not_applicable"


def test_the_command_line_wins_over_every_path(run: Program) -> None:
    write({"validator.yaml": "paths: [{files: ['*'], stage: draft}]\n", "a.txt": LEFTOVER})
    assert report(run, "a.txt", "--stage", "submission")["a.txt"]["stage"] == "submission"


def test_what_is_excluded_is_skipped_with_the_line_that_says_so(run: Program) -> None:
    write(
        {
            "validator.yaml": "reports:\n  include: [报告/]\n  exclude: ['**/归档/**']\nseverity: {IND: info}\n",
            "报告/a.txt": CLEAN,
            "报告/归档/b.txt": LEFTOVER,
            "说明.txt": LEFTOVER,
        }
    )
    code, out, _ = run("check", ".", "--format", "json")
    ledger = json.loads(out)["ledger"]
    reasons = {one["path"]: one["reason"] for one in ledger["skipped"] if one["path"].endswith(".txt")}
    assert code == 0
    assert reasons == {"报告/归档/b.txt": "validator.yaml:3 排除", "说明.txt": "validator.yaml:2 排除"}


def test_a_file_that_is_named_is_checked_unless_a_hook_says_otherwise(run: Program) -> None:
    write({"validator.yaml": "reports: {exclude: [a.txt]}\n", "a.txt": LEFTOVER})
    assert run("check", "a.txt")[0] == 1
    code, out, _ = run("check", "a.txt", "--force-exclude")
    assert code == 0
    assert "跳过：a.txt（validator.yaml:1 排除）" in out


def test_what_the_last_run_wrote_is_no_report(run: Program) -> None:
    write({"a.txt": LEFTOVER})
    arguments = ("check", ".", "--format", "junit", "--output", "结果.xml")
    assert run(*arguments).code == 1
    assert run(*arguments).code == 1
    out = run(*arguments, "--format", "console").out
    assert "跳过：结果.xml（本程序的输出文件）" in out


def test_more_warnings_than_allowed_fail(run: Program) -> None:
    write({"a.txt": LEFTOVER, "validator.yaml": "severity: {PLC: warning, IND: info}\nmax_warnings: 1\n"})
    assert run("check", "a.txt")[0] == 0
    assert run("check", "a.txt", "--max-warnings", "0")[0] == 1


def test_own_packs_are_found_from_the_configuration(run: Program) -> None:
    pack = (
        "pack: placeholders\nrules:\n  - id: local.mark\n    code: PLC003\n    note: {zh: 本局记号, en: our mark}\n"
        "    patterns: [待科室核]\n    examples: [{text: 人数待科室核。, find: [待科室核]}]\n"
    )
    write({"sub/validator.yaml": "rules: [own]\n", "sub/own/p.yaml": pack, "sub/a.txt": "人数待科室核。\n"})
    assert report(run, "sub/a.txt")["sub/a.txt"]["findings"]
    assert "本局记号" in run("rules", "show", "local.mark", "--config", "sub/validator.yaml").out
    assert run("rules", "show", "local.mark").code == 2


def test_config_tells_what_holds_and_why(run: Program) -> None:
    write(
        {
            "validator.yaml": "stage: review\nreports: {exclude: [归档/]}\n"
            "paths:\n  - {files: [旧/], stage: draft}\nignore:\n  - {files: [旧/], codes: [BAN], reason: 旧资料}\n",
            "旧/b.txt": LEFTOVER,
            "归档/c.txt": LEFTOVER,
        }
    )
    code, out, _ = run("config", "旧/b.txt", "归档/c.txt")
    assert code == 0
    for expected in (
        "stage: draft  ← validator.yaml:4",
        "不计 BAN：旧资料  ← validator.yaml:6",
        "不检查：validator.yaml:2 排除",
        "stage: review  ← validator.yaml:1",
        "fail_on: error  ← 默认",
    ):
        assert expected in out
    assert run("config", "没有.txt")[0] == 2


SETTINGS = """\
lang: en
fail_on: warning
max_warnings: 3
redact: false
jobs: 2
timeout: 7
memory: 512
waivers: 豁免.yaml
"""


def _told(run: Program, *arguments: str) -> dict[str, str]:
    done = run("config", *arguments)
    assert done.code == 0, done.err
    return dict(line.split(": ", 1) for line in done.out.splitlines() if ": " in line and "← " in line)


def test_config_tells_every_setting_and_who_decided_it(run: Program) -> None:
    write({"a.txt": CLEAN})
    assert _told(run) == {
        "lang": "zh  ← 默认",
        "fail_on": "error  ← 默认",
        "max_warnings": "（不限）  ← 默认",
        "rules": "（只用自带的）  ← 默认",
        "jobs": "（自动）  ← 默认",
        "timeout": "20  ← 默认",
        "memory": "1024  ← 默认",
        "redact": "（机器格式和 CI 中遮住）  ← 默认",
        "waivers": "validator-waivers.yaml（没有这个文件）  ← 默认",
        "baseline": "validator-baseline.json（没有这个文件）  ← 默认",
    }
    write({"validator-baseline.json": '{"schema_version": 1, "findings": []}', "豁免.yaml": "waivers: []\n"})
    write({"validator.yaml": SETTINGS})
    assert _told(run) == {
        "lang": "en  ← validator.yaml:1",
        "fail_on": "warning  ← validator.yaml:2",
        "max_warnings": "3  ← validator.yaml:3",
        "rules": "(none of your own)  ← default",
        "jobs": "2  ← validator.yaml:5",
        "timeout": "7  ← validator.yaml:6",
        "memory": "512  ← validator.yaml:7",
        "redact": "false  ← validator.yaml:4",
        "waivers": "豁免.yaml  ← validator.yaml:8",
        "baseline": "validator-baseline.json  ← default",
    }
    assert _told(run, "--lang", "zh")["lang"] == "zh  ← --lang, VALIDATOR_LANG"


def test_config_groups_the_files_of_a_folder(run: Program) -> None:
    write(
        {
            "validator.yaml": "reports: {exclude: [旧/]}\npaths:\n  - {files: ['*.md'], stage: draft}\n",
            **dict.fromkeys(("a.txt", "b.txt", "c.md", "旧/d.txt"), CLEAN),
        }
    )
    out = run("config", ".").out
    assert ".：2 份，例如 a.txt\n  profile: （按标题判断）  ← 默认\n  stage: submission  ← 默认\n" in out
    assert "\nc.md\n  profile: （按标题判断）  ← 默认\n  stage: draft  ← validator.yaml:3\n" in out
    assert "\n旧/d.txt\n  不检查：validator.yaml:1 排除\n" in out
    assert "在配置的文件夹之外" not in out


def test_the_schema_is_printed_for_editors(run: Program) -> None:
    from jsonschema import Draft202012Validator

    schema = json.loads(run("config", "--schema")[1])
    Draft202012Validator.check_schema(schema)
    assert {"reports", "paths", "ignore", "severity"} <= set(schema["properties"])


@pytest.mark.parametrize("name", ["validator", "waivers"])
def test_every_key_is_described_to_editors_in_both_languages(name: str) -> None:
    from validator.rulepacks.loader import rules_root

    schema = json.loads((rules_root() / "schema" / f"{name}.schema.json").read_text("utf-8"))

    def keys(part: dict[str, Any]) -> Iterator[tuple[str, str]]:
        for key, one in part.get("properties", {}).items():
            whole = {**schema.get("$defs", {}).get(one.get("$ref", "").rpartition("/")[2], {}), **one}
            yield key, whole.get("description", "")
            yield from keys(whole)
            yield from keys(whole.get("items", {}))

    described = dict(keys(schema))
    assert len(described) > 7
    for key, words in {"": schema["description"], **described}.items():
        zh, _, en = words.partition(" / ")
        assert any(char >= "\u4e00" for char in zh), key
        assert en, key
        assert en.isascii(), key
