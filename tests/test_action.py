"""The GitHub Action as a runner runs it: exit codes, outputs, summary, annotations; nothing hostile gets through."""

from __future__ import annotations

import json
import os
import re
import runpy
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from actionrunner import ROOT, SCRIPT, Runner, manifest, prepare
from gitrepo import Repository

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the job `action` of ci.yml runs it on Windows")

BAD = "一、教育\n全县新建学校X所，加微信abc12345领取范文。\n"
GOOD = "一、教育\n全县新建学校3所。\n"


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return prepare(tmp_path_factory.mktemp("job"))


@pytest.fixture
def runner(prepared: tuple[Path, Path], tmp_path: Path) -> Iterator[Runner]:
    action, temp = prepared
    (temp / "GITHUB_STEP_SUMMARY").unlink(missing_ok=True)
    work = tmp_path / "work"
    work.mkdir()
    yield Runner(action, temp, work)
    leftovers = [
        one.name
        for one in temp.iterdir()
        if one.name.startswith("indicator-validator-") and not (one / "installed").exists()
    ]
    assert leftovers == []


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_findings(runner: Runner) -> None:
    report = runner.work / "材料 一" / "工作 总结.docx"
    report.parent.mkdir()
    shutil.copy(ROOT / "fixtures/formats/files/report.docx", report)
    write(runner.work, "乙/好.txt", GOOD)
    done = runner.step(
        paths="  材料 一\n\n乙/好.txt\n",
        sarif_file="出 口/v.sarif",
        junit_file="j.xml",
        json_file="v.json",
        stage="submission",
    )
    assert done.code == 1
    record = json.loads((runner.work / "v.json").read_bytes())
    assert done.outputs == {
        "exit-code": "1",
        "errors": str(record["summary"]["errors"]),
        "warnings": str(record["summary"]["warnings"]),
        "reports": "2",
        "unreadable": "0",
        "completeness": str(record["summary"]["completeness"]),
        "sarif-file": "出 口/v.sarif",
        "junit-file": "j.xml",
        "json-file": "v.json",
    }
    assert int(done.outputs["errors"]) > 10
    assert set(done.outputs) == set(manifest()["outputs"])
    assert "工作 总结.docx" in unquote((runner.work / "出 口" / "v.sarif").read_text("utf-8"))
    assert "材料 一/工作 总结.docx" in done.summary
    assert [one for one in done.commands() if one.startswith("::error file=材料 一/工作 总结.docx,")]
    assert "检查了 2 份" in done.log


@pytest.mark.parametrize(
    ("given", "code", "exit_code"),
    [
        ({"paths": "好.txt"}, 0, "0"),
        ({"paths": "坏.txt"}, 1, "1"),
        ({"paths": "坏.txt", "fail": "false"}, 0, "1"),
        ({"paths": "坏.txt", "fail_on": "never"}, 0, "0"),
        ({"paths": "坏.txt", "args": "--fail-on\nnever"}, 0, "0"),
        ({"paths": "没有.txt"}, 2, "2"),
        ({"paths": "没有.txt", "fail": "false"}, 2, "2"),
        ({"paths": "好.txt", "fail": "no"}, 2, "2"),
        ({"paths": "好.txt", "new_only": "true"}, 2, "2"),
        ({"paths": "好.txt", "changed": "auto", "new_only": "true"}, 0, "0"),
        ({"paths": "好.txt", "profile": "没有这份清单"}, 2, "2"),
        ({"paths": "好.txt", "config": "没有.yaml"}, 2, "2"),
        ({"paths": "-坏.txt"}, 1, "1"),
        ({"paths": ""}, 2, "2"),
        ({"paths": "好.txt", "sarif_file": "好.txt/v.sarif", "fail": "false"}, 2, "2"),
    ],
)
def test_exit_codes(runner: Runner, given: dict[str, str], code: int, exit_code: str) -> None:
    write(runner.work, "好.txt", GOOD)
    write(runner.work, "坏.txt", BAD)
    write(runner.work, "-坏.txt", BAD)
    done = runner.step(**given)
    assert (done.code, done.outputs["exit-code"]) == (code, exit_code), done.log
    if code == 2:
        assert set(done.outputs) == {"exit-code"}
        assert [one for one in done.commands() if one.startswith("::error title=validator::")]
        assert "没能检查" in done.summary


def test_language(runner: Runner) -> None:
    write(runner.work, "坏.txt", BAD)
    assert "## ❌ Report check" in runner.step(paths="坏.txt", lang="en").summary
    assert "::error title=validator::error: no such file" in runner.step(paths="无.txt", lang="en").log


def test_summary_and_annotations_can_be_off(runner: Runner) -> None:
    write(runner.work, "坏.txt", BAD)
    done = runner.step(paths="坏.txt", summary="false", annotations="false")
    assert done.summary == ""
    assert {one.split("::")[1].split(" ")[0] for one in done.commands()} <= {"group", "endgroup"}
    assert "PLC001" in done.log


def test_own_rules_and_configuration(runner: Runner) -> None:
    write(runner.work, "配 置/validator.yaml", "lang: en\nfail_on: never\n")
    write(runner.work, "坏.txt", BAD)
    done = runner.step(
        paths="坏.txt", config="配 置/validator.yaml", rules=str(ROOT / "rules/banned") + "/没有\n"
    )
    assert done.code == 2
    done = runner.step(paths="坏.txt", config="配 置/validator.yaml")
    assert (done.code, "## ❌ Report check" in done.summary) == (0, True)


EVIL = (
    "$(touch pwned)",
    "`touch pwned`",
    '"; touch pwned; "',
    "'; touch pwned; '",
    "x\n::set-output name=a::b\n&& touch pwned",
    "${{ github.token }}",
)


@pytest.mark.parametrize("name", ["paths", "changed", "rules", "args", "sarif-file", "lang"])
def test_no_input_is_run(runner: Runner, name: str) -> None:
    write(runner.work, "好.txt", GOOD)
    evil = " ".join(EVIL) if name not in {"paths", "rules", "args"} else "\n".join(EVIL)
    given = {"paths": "好.txt", name.replace("-", "_"): evil}
    done = runner.step(**given)
    assert not (runner.work / "pwned").exists()
    assert done.code == (0 if name.endswith("-file") else 2)
    assert not [one for one in done.commands() if "set-output" in one.split("::")[1]]


def test_nothing_of_the_repository_is_imported(runner: Runner) -> None:
    for name in (
        "validator/__init__.py",
        "validator/__main__.py",
        "json.py",
        "pip/__init__.py",
        "sitecustomize.py",
        "venv.py",
    ):
        write(runner.work, name, "open('pwned', 'w').close()\nraise SystemExit(0)\n")
    write(runner.work, "坏.txt", BAD)
    assert runner.step(paths="坏.txt", event={"PYTHONPATH": str(runner.work)}).code == 1
    assert not (runner.work / "pwned").exists()


def test_documents_and_names_give_no_commands(runner: Runner) -> None:
    commands = "::error::x\n::stop-commands::x\n##[error]x ::add-mask::X所\n"
    write(runner.work, "##[error]名.txt", f"一、教育\n{commands}全县新建学校X所。\n")
    write(runner.work, "::warning::名.txt", BAD)
    done = runner.step(paths=".")
    assert done.code == 1
    for one in done.commands():
        assert "##[" not in one
        assert re.match(r"::(group|endgroup|error file=)", one), one
    missing = runner.step(paths="##[error]没有 %0A::error::.txt")
    assert missing.code == 2
    assert all("##[" not in one for one in missing.commands())


def test_old_python_is_told(runner: Runner, tmp_path: Path) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("python3", "python"):
        write(tools, name, "#!/bin/sh\nexit 1\n").chmod(0o755)
    done = runner.step(paths=".", path=str(tools))
    assert (done.code, done.outputs) == (2, {"exit-code": "2"})
    assert "setup-python" in done.log


def test_summary_stays_below_the_limit(runner: Runner) -> None:
    summary = runner.temp / "GITHUB_STEP_SUMMARY"
    write(runner.work, "坏.txt", BAD)
    for room in (0, 40, 600, 100_000):
        summary.write_bytes(b"x" * ((1 << 20) - room))
        done = runner.step(paths="坏.txt")
        assert done.code == 1
        assert summary.stat().st_size <= 1 << 20
        assert ("## ❌" in done.summary) == (room > 40)


SECTIONS = b"# head\n\n### one\naaaa\n\n### two\nbbbb\n"
NOTE = b"> note\n"


@pytest.mark.parametrize(
    ("room", "shown"),
    [
        (100, SECTIONS),
        (len(SECTIONS), SECTIONS),
        (len(SECTIONS) - 1, b"# head\n\n### one\naaaa\n\n" + NOTE),
        (20, b"# head\n\n" + NOTE),
        (8, NOTE),
        (6, b""),
        (-1, b""),
    ],
)
def test_whole_sections_are_kept(room: int, shown: bytes) -> None:
    assert runpy.run_path(str(ROOT / SCRIPT))["fitted"](SECTIONS, room, NOTE) == shown


@pytest.fixture
def pull_request(tmp_path: Path) -> Repository:
    """A repository whose last commit is what GitHub checks out for a pull request: a merge."""
    one = Repository.new(tmp_path / "origin")
    write(one.top, "旧.txt", BAD)
    one.commit("base")
    one.run("checkout", "-q", "-b", "topic")
    write(one.top, "新.txt", GOOD)
    one.commit("topic")
    one.run("checkout", "-q", "-b", "merged", "main")
    one.run("merge", "-q", "--no-ff", "-m", "merge", "topic")
    return one


EVENT = {"GITHUB_BASE_REF": "main", "GITHUB_REF": "refs/pull/7/merge", "GITHUB_EVENT_NAME": "pull_request"}


@pytest.mark.parametrize(
    ("depth", "event", "code", "reports"),
    [
        pytest.param(0, EVENT, 0, "1", id="the base branch was fetched"),
        pytest.param(2, EVENT, 0, "1", id="two commits are enough"),
        pytest.param(1, EVENT, 2, None, id="one commit is not"),
        pytest.param(2, {**EVENT, "GITHUB_REF": "refs/heads/merged"}, 2, None, id="no merge of GitHub's"),
        pytest.param(1, {"GITHUB_REF": "refs/heads/main"}, 1, "2", id="a push"),
    ],
)
def test_changed_auto(
    runner: Runner,
    pull_request: Repository,
    depth: int,
    event: dict[str, str],
    code: int,
    reports: str | None,
) -> None:
    shutil.rmtree(runner.work)
    how = ["--depth", str(depth), "--single-branch"] if depth else []
    pull_request.clone(runner.work, "--branch", "merged", *how)
    done = runner.step(paths=".", changed="auto", new_only="true", event=event)
    assert (done.code, done.outputs.get("reports")) == (code, reports), done.log
    if code == 2:
        assert "fetch-depth" in done.log


def test_changed_by_name(runner: Runner, pull_request: Repository) -> None:
    shutil.rmtree(runner.work)
    pull_request.clone(runner.work, "--branch", "merged")
    assert runner.step(changed="origin/main").code == 0
    assert runner.step(changed="--output=x").code == 2
    assert not (runner.work / "x").exists()


def test_nothing_is_put_into_the_script() -> None:
    raw = manifest()
    (step,) = raw["runs"]["steps"]
    assert "${{" not in step["run"]
    script = (ROOT / SCRIPT).read_text("utf-8")
    for name in raw["inputs"]:
        assert step["env"]["INPUT_" + name.upper().replace("-", "_")] == f"${{{{ inputs.{name} }}}}"
        assert f'"{name}"' in script or f'"{name.removesuffix("-file")}"' in script
    assert all("uses" not in one for one in raw["runs"]["steps"])


@pytest.mark.skipif(
    "INSTALL_TESTS" not in os.environ, reason="installs from the package index: .ci/run does it"
)
def test_it_installs_itself(tmp_path: Path) -> None:
    action, temp = tmp_path / "action", tmp_path / "temp"
    shutil.copytree(
        ROOT,
        action,
        ignore=shutil.ignore_patterns(
            ".git", ".venv", ".*_cache", ".hypothesis", "fixtures", "tests", "__pycache__"
        ),
    )
    (temp / "bin").mkdir(parents=True)
    (temp / "bin" / "python3").symlink_to(Path(os.path.realpath(shutil.which("python3") or "")))
    work = tmp_path / "work"
    write(work, "坏.txt", BAD)
    runner = Runner(action, temp, work)
    assert runner.step(paths="坏.txt").code == 1
    assert runner.step(paths="坏.txt").outputs["exit-code"] == "1"
    assert len(list(temp.glob("indicator-validator-*"))) == 1
    assert subprocess.run(["git", "status"], cwd=work, capture_output=True, check=False).returncode
