"""What other programs read is what they take: workflows, action, hooks, GitLab template, container; and it works."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import ci_texts
import pytest
import yaml
from ci_texts import ACTION, GITHUB, GITLAB, HOOK_USE, HOOKS, ROOT, Text
from conftest import Program
from gitrepo import Repository, environment

from validator.readers._choose import supported_suffixes

BAD = "一、教育\n全县新建学校X所。\n"
GOOD = "一、教育\n全县新建学校3所。\n"
TEXTS = tuple(ci_texts.every())
UNREAD = frozenset({".7z", ".dps", ".dpt", ".odp", ".pot", ".pps", ".ppt", ".rar"})
"""Documents and archives that no reader takes; a hook must see them, or they would pass unread."""
COMMIT = "0123456789abcdef0123456789abcdef01234567"
posix = pytest.mark.skipif(os.name == "nt", reason="the scripts are for a POSIX shell")


def hook(name: str) -> dict[str, Any]:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    (one,) = (one for one in hooks if one["id"] == name)
    found: dict[str, Any] = one
    return found


def run(*command: str, cwd: Path = ROOT, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=cwd,
        env={**environment(), "PYTHONUTF8": "1", "NO_COLOR": "1", **more},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def tool(module: str, *arguments: str, **more: Any) -> subprocess.CompletedProcess[str]:
    pytest.importorskip(module, reason=f"{module} is not installed: pip install --group test")
    return run(sys.executable, "-m", module, *arguments, **more)


def written(folder: Path, texts: list[Text], name: str) -> list[str]:
    """The texts as files, each in a folder of its own, with a commit where the documentation says `<commit>`."""
    places = []
    for number, one in enumerate(texts):
        path = folder / str(number) / name
        path.parent.mkdir(parents=True)
        path.write_text(one.text.replace("<commit>", COMMIT), encoding="utf-8")
        places.append(str(path))
    return places


def of_kind(kind: str) -> list[Text]:
    found = [one for one in TEXTS if one.kind == kind]
    assert found
    return found


# the texts


@pytest.mark.parametrize(
    ("kind", "schema", "name"),
    [
        (GITHUB, "vendor.github-workflows", ".github/workflows/one.yml"),
        (ACTION, "vendor.github-actions", "action.yml"),
        (GITLAB, "vendor.gitlab-ci", ".gitlab-ci.yml"),
    ],
)
def test_schemas(tmp_path: Path, kind: str, schema: str, name: str) -> None:
    texts = of_kind(kind)
    done = tool("check_jsonschema", "--builtin-schema", schema, *written(tmp_path, texts, name))
    assert done.returncode == 0, (done.stdout, [f"{number}: {one.place}" for number, one in enumerate(texts)])


def test_hook_files(tmp_path: Path) -> None:
    done = tool("pre_commit", "validate-manifest", str(ROOT / ".pre-commit-hooks.yaml"))
    assert done.returncode == 0, done.stdout
    done = tool(
        "pre_commit", "validate-config", *written(tmp_path, of_kind(HOOK_USE), ".pre-commit-config.yaml")
    )
    assert (done.returncode, done.stdout) == (0, "")
    assert of_kind(HOOKS)


def test_zizmor_has_nothing_to_say(tmp_path: Path) -> None:
    program = shutil.which("zizmor", path=str(Path(sys.executable).parent))
    if program is None:
        pytest.skip("zizmor is not installed: pip install --group test")
    files = written(tmp_path / "w", of_kind(GITHUB), ".github/workflows/one.yml")
    files += written(tmp_path / "a", of_kind(ACTION), "action.yml")
    done = run(program, "--offline", "--no-progress", "--no-config", *files)
    assert done.returncode == 0, done.stdout
    assert "No findings to report" in done.stdout


def test_one_pin_for_one_action() -> None:
    pins: dict[str, set[str]] = {}
    for one in TEXTS:
        for name, pin in re.findall(r"uses: ([\w.-]+/[\w./-]+)@(.+)", one.text):
            pins.setdefault(name, set()).add(pin.strip())
    assert pins.pop("OWNER/indicator-validator") == {"<commit>"}
    for name, found in pins.items():
        assert len(found) == 1, name
        assert re.fullmatch(r"[0-9a-f]{40} # v\d+\.\d+\.\d+", *found), name


def test_no_job_has_more_than_it_needs() -> None:
    for one in of_kind(GITHUB):
        raw = yaml.safe_load(one.text)
        assert raw["permissions"] in ({"contents": "read"}, {}), one.place
        assert "secrets." not in one.text, one.place
        assert "pull_request_target" not in one.text, one.place


BLOCKS = """\
```yaml
on: push
jobs: {}
```
1. a list
   ```yaml
   repos: []
   ```
```yaml
lang: zh
```
```yaml
job:
  script: x
```
"""


def test_blocks_are_found() -> None:
    assert [(one.place, one.kind) for one in ci_texts.blocks("p", BLOCKS)] == [
        ("p:1", GITHUB),
        ("p:6", HOOK_USE),
        ("p:12", GITLAB),
    ]


@pytest.mark.parametrize("page", ["docs/ci.md", "docs/ci.zh-CN.md"])
def test_pages_name_all_there_is(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    raw = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    for name in (*raw["inputs"], *raw["outputs"], "validator-check", "validator-rules-test"):
        assert f"`{name}`" in text, name
    assert {one.kind for one in TEXTS if one.place.startswith(page)} == {GITHUB, GITLAB, HOOK_USE}


# the hooks


def test_suffixes_of_the_hook(program: Program, folder: Path) -> None:
    said = re.search(r"\\\.\(([\w|]+)\)\$$", hook("validator-check")["files"])
    assert said
    assert said[1].split("|") == sorted(
        {one.removeprefix(".") for one in {*supported_suffixes(), ".zip", *UNREAD}}
    )
    for suffix in UNREAD:
        (folder / f"材料{suffix}").write_bytes(b"\x00\x01" * 99)
    done = program("check", ".", "--format", "json")
    assert done.code == 1
    reports = json.loads(done.out)["reports"]
    assert {one["findings"][0]["code"] for one in reports} == {"DOC008"}
    assert len(reports) == len(UNREAD)


@pytest.mark.parametrize(
    ("name", "taken"),
    [
        ("总结.docx", True),
        ("2025 年/教 育/总结.DOCX", True),
        ("材料.wps", True),
        ("旧材料.rar", True),
        ("-总结.txt", True),
        ("~$总结.docx", False),
        ("2025/~$表.xlsx", False),
        (".~总结.docx", False),
        ("图.png", False),
        ("总结.docx.bak", False),
        ("docx", False),
    ],
)
def test_files_of_the_hook(name: str, taken: bool) -> None:
    assert bool(re.search(hook("validator-check")["files"], name)) is taken


@pytest.mark.parametrize(
    ("name", "taken"),
    [
        ("validator.yaml", True),
        ("rules/own/a.yaml", True),
        ("我的rules/a.yml", True),
        ("a.yaml", False),
        ("rules/a.md", False),
    ],
)
def test_files_of_the_other_hook(name: str, taken: bool) -> None:
    assert bool(re.search(hook("validator-rules-test")["files"], name)) is taken


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository.new(tmp_path / "资料 库")


def with_hook(repository: Repository, name: str = "validator-check") -> None:
    """The hook of the manifest, with the program of this environment instead of a new one."""
    one = {**hook(name), "language": "system"}
    python = Path(sys.executable).as_posix()
    one["entry"] = re.sub(r"^validator\b", f'"{python}" -m validator', one["entry"])
    config = {"repos": [{"repo": "local", "hooks": [one]}]}
    (repository.top / ".pre-commit-config.yaml").write_text(
        yaml.safe_dump(config, allow_unicode=True), "utf-8"
    )


def pre_commit(repository: Repository) -> subprocess.CompletedProcess[str]:
    repository.run("add", "--all")
    home = str(repository.top.parent / "pre-commit")
    return tool("pre_commit", "run", "--all-files", "--verbose", cwd=repository.top, PRE_COMMIT_HOME=home)


def test_hook_fails_for_a_leftover(repository: Repository) -> None:
    with_hook(repository)
    shutil.copy(ROOT / "fixtures/formats/files/report.docx", repository.top / "工作 总结.docx")
    done = pre_commit(repository)
    assert (done.returncode, "PLC001" in done.stdout, "Failed" in done.stdout) == (1, True, True), done.stdout
    assert "工作 总结.docx" in done.stdout


def test_hook_leaves_what_the_configuration_excludes(repository: Repository) -> None:
    with_hook(repository)
    shutil.copy(ROOT / "fixtures/formats/files/report.docx", repository.top / "样例.docx")
    (repository.top / "validator.yaml").write_text("reports:\n  exclude: [样例.docx]\n", "utf-8")
    done = pre_commit(repository)
    assert (done.returncode, "Passed" in done.stdout) == (0, True), done.stdout


def test_hook_takes_names_that_look_like_options(repository: Repository) -> None:
    with_hook(repository)
    for name in ("--fail-on=never.txt", "--output=好.txt", "好.txt"):
        (repository.top / name).write_text(BAD if name.startswith("-") else GOOD, "utf-8")
    done = pre_commit(repository)
    assert (done.returncode, done.stdout.count("PLC001") >= 2) == (1, True), done.stdout
    assert (repository.top / "好.txt").read_text("utf-8") == GOOD


def test_hook_sees_no_lock_files(repository: Repository) -> None:
    with_hook(repository)
    for name in ("~$表.xlsx", "图.png"):
        (repository.top / name).write_bytes(b"\x05lock")
    done = pre_commit(repository)
    assert (done.returncode, "no files to check" in done.stdout) == (0, True), done.stdout


def test_hook_for_rules(repository: Repository) -> None:
    with_hook(repository, "validator-rules-test")
    (repository.top / "validator.yaml").write_text("rules: [rules]\n", "utf-8")
    (repository.top / "rules").mkdir()
    (repository.top / "rules" / "own.yaml").write_text("pack: indicators\n不认识: 1\n", "utf-8")
    done = pre_commit(repository)
    assert (done.returncode, "rules/own.yaml:" in done.stdout) == (1, True), done.stdout


@pytest.mark.skipif(
    "INSTALL_TESTS" not in os.environ, reason="installs from the package index: .ci/run does it"
)
def test_hook_from_a_repository(tmp_path: Path, repository: Repository) -> None:
    ours = Repository.new(tmp_path / "ours")
    for name in ("pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml", "validator", "rules"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, ours.top / name)
    config = {
        "repos": [{"repo": str(ours.top), "rev": ours.commit("all"), "hooks": [{"id": "validator-check"}]}]
    }
    (repository.top / ".pre-commit-config.yaml").write_text(
        yaml.safe_dump(config, allow_unicode=True), "utf-8"
    )
    (repository.top / "总结.txt").write_text(BAD, "utf-8")
    done = pre_commit(repository)
    assert (done.returncode, "PLC001" in done.stdout) == (1, True), done.stdout
    (repository.top / "总结.txt").write_text(GOOD, "utf-8")
    assert pre_commit(repository).returncode == 0


# GitLab


def gitlab_job(name: str) -> str:
    """The script of a job; `extends` adds nothing to it."""
    raw = yaml.safe_load((ROOT / "docs" / "ci" / "gitlab.yml").read_text(encoding="utf-8"))
    assert "allow_failure" not in str(raw)
    assert raw[name]["artifacts"]["when"] == "always"
    return "\n".join(raw[name]["script"])


def in_gitlab(repository: Repository, job: str, **variables: str) -> int:
    shim = repository.top.parent / "bin" / "validator"
    shim.parent.mkdir(exist_ok=True)
    shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m validator "$@"\n', "utf-8")
    shim.chmod(0o755)
    path = f"{shim.parent}{os.pathsep}{os.environ['PATH']}"
    done = run("sh", "-e", "-c", gitlab_job(job), cwd=repository.top, PATH=path, CI="true", **variables)
    return done.returncode


@posix
def test_gitlab_gate(repository: Repository) -> None:
    (repository.top / "旧 总结.txt").write_text(BAD, "utf-8")
    base = repository.commit("base")
    assert in_gitlab(repository, "validator") == 1
    assert "旧 总结.txt" in (repository.top / "validator-junit.xml").read_text("utf-8")
    (repository.top / ".git" / "info" / "exclude").write_text("validator-junit.xml\n", "utf-8")
    (repository.top / "新.txt").write_text(GOOD, "utf-8")
    assert in_gitlab(repository, "validator", CI_MERGE_REQUEST_DIFF_BASE_SHA=base) == 0
    record = json.loads((repository.top / "validator.json").read_bytes())
    assert [one["path"] for one in record["reports"] if one["path"].endswith(".txt")] == ["新.txt"]
    (repository.top / "新.txt").write_text(BAD, "utf-8")
    assert in_gitlab(repository, "validator", CI_MERGE_REQUEST_DIFF_BASE_SHA=base) == 1
    assert in_gitlab(repository, "validator", CI_MERGE_REQUEST_DIFF_BASE_SHA=COMMIT) == 2


@posix
def test_gitlab_code_quality(repository: Repository) -> None:
    assert in_gitlab(repository, "validator-code-quality") != 0
    (repository.top / "总结.txt").write_text(BAD, "utf-8")
    assert in_gitlab(repository, "validator-code-quality") == 0
    found = json.loads((repository.top / "gl-code-quality-report.json").read_bytes())
    assert found[0]["location"]["path"] == "总结.txt"


# the container


def test_container_file() -> None:
    text = (ROOT / "Containerfile").read_text(encoding="utf-8")
    bases = re.findall(r"^FROM (\S+)", text, re.MULTILINE)
    assert len(set(bases)) == 1
    assert re.fullmatch(r"docker\.io/library/python:3\.\d+\.\d+-slim-\w+", bases[0])
    last = text.rsplit("FROM ", 1)[1]
    assert re.search(r"^USER [1-9]\d*:[1-9]\d*$", last, re.MULTILINE)
    assert last.index("USER ") < last.index('ENTRYPOINT ["validator"]')
    assert "PYTHONUTF8=1" in last
    assert "--no-cache-dir" in text
    assert not re.search(r"^(ADD|ARG|VOLUME)\b|curl|wget|sudo", text, re.MULTILINE)


def test_container_gets_what_the_build_needs() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    needed = {"pyproject.toml", project["project"]["readme"], *project["project"]["license-files"]}
    needed |= {*project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"], "rules"}
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "*"
    assert {one.removeprefix("!") for one in lines if one.startswith("!")} == needed
