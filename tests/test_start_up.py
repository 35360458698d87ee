"""Starting is fast because nothing heavy is loaded before it is needed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {"rich", "jsonschema", "lxml", "yaml", "jinja2", "markupsafe", "xlsxwriter", "wcmatch", "flask"}


def loaded(folder: Path, *arguments: str) -> set[str]:
    """Top-level modules that a run of the program imports."""
    return {one.partition(".")[0] for one in modules(folder, *arguments)}


def modules(folder: Path, *arguments: str) -> set[str]:
    """Modules that a run of the program imports; the run itself must have worked."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(Path(__file__).parents[1]),
        "VALIDATOR_CACHE_DIR": str(folder / "cache"),
        "PYTHONIOENCODING": "utf-8",
    }
    # A measuring run of coverage starts its own modules in the child; they are none of ours.
    for name in [one for one in environment if one.startswith("COV")]:
        del environment[name]
    command = [sys.executable, "-X", "importtime", "-m", "validator", *arguments]
    done = subprocess.run(command, capture_output=True, cwd=folder, env=environment, check=False)
    assert done.returncode in (0, 1), done.stderr.decode("utf-8", "replace")[-2000:]
    names = re.findall(r"^import time:\s+\d+ \|\s+\d+ \|\s+(\S+)$", done.stderr.decode("utf-8"), re.MULTILINE)
    assert "validator.cli.main" in names
    return set(names)


@pytest.mark.parametrize("arguments", [("--version",), ("--help",), ("check", "--help"), ("rules", "path")])
def test_saying_who_we_are_loads_nothing_heavy(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    assert loaded(tmp_path, *arguments) & HEAVY == set()


@pytest.fixture(scope="module")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a report, and a cache that a first run has filled."""
    folder = tmp_path_factory.mktemp("warm")
    (folder / "a.txt").write_text("临川县2023年工作总结\n\n全县在校学生X人，招聘新教师45名。\n", "utf-8")
    assert "yaml" in loaded(folder, "check", "a.txt")
    return folder


@pytest.mark.parametrize(
    ("command", "form"), [("check", "console"), ("check", "json"), ("facts", "console"), ("facts", "jsonl")]
)
def test_a_small_text_with_a_warm_cache_loads_nothing_heavy(warm: Path, command: str, form: str) -> None:
    names = modules(warm, command, "a.txt", "--format", form)
    assert {one.partition(".")[0] for one in names} & HEAVY == set()
    others = {"checkstyle", "github", "gitlab", "html", "junit", "rdjson", "sarif", "xlsx"}
    assert not {f"validator.reporters.{one}" for one in others} & names


def test_a_run_that_had_nothing_to_compile_keeps_nothing(warm: Path) -> None:
    loaded(warm, "check", "a.txt")
    (kept,) = (warm / "cache").glob("expressions-*.bin")
    before = kept.stat().st_mtime_ns
    loaded(warm, "check", "a.txt")
    assert kept.stat().st_mtime_ns == before
