"""What is installed: our package and no namesake, one version everywhere, the rule packs in the wheel."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from importlib import metadata
from pathlib import Path

import pytest

import validator
from validator.cli.main import main

ROOT = Path(__file__).resolve().parents[1]
DISTRIBUTION = "indicator-validator"


def run(*command: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, *command],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_the_package_is_ours() -> None:
    assert Path(validator.__file__).resolve().parent == ROOT / "validator"
    assert set(metadata.packages_distributions().get("validator", [DISTRIBUTION])) == {DISTRIBUTION}


def test_one_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", validator.__version__)
    assert metadata.version(DISTRIBUTION) == validator.__version__, "install again: pip install -e ."
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"validator {validator.__version__}\n"


def test_changelog_knows_the_version() -> None:
    headings = re.findall(r"^## \[(.+?)\]", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert headings[0] == "Unreleased"
    assert headings[1:2] in ([], [validator.__version__])


def test_the_script_is_the_module() -> None:
    (script,) = metadata.distribution(DISTRIBUTION).entry_points.select(group="console_scripts")
    assert (script.name, script.value) == ("validator", "validator.cli.main:entry")


def test_module_runs_anywhere(tmp_path: Path) -> None:
    done = run("-m", "validator", "--version", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"validator {validator.__version__}\n", "")
    done = run("-m", "validator", "rules", "path", cwd=tmp_path)
    assert Path(done.stdout.strip()) == ROOT / "rules"


def test_heavy_libraries_are_not_loaded_for_a_help_text(tmp_path: Path) -> None:
    probe = (
        "import sys; from validator.cli.main import main; main(['--help']); "
        "sys.stderr.write(' '.join(sorted({'yaml', 'jsonschema', 'rich', 'lxml'} & set(sys.modules))))"
    )
    assert run("-c", probe, cwd=tmp_path).stderr == ""


def test_wheel_carries_code_and_rules(tmp_path: Path) -> None:
    pytest.importorskip("hatchling", reason="hatchling is not installed; .ci/run builds the wheel")
    done = run("-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path), cwd=ROOT)
    assert done.returncode == 0, done.stderr
    (wheel,) = tmp_path.glob("*.whl")
    assert wheel.name == f"indicator_validator-{validator.__version__}-py3-none-any.whl"
    held = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    code = {path.relative_to(ROOT).as_posix() for path in (ROOT / "validator").rglob("*.py")}
    packs = {
        f"validator/_rules/{path.relative_to(ROOT / 'rules').as_posix()}"
        for path in (ROOT / "rules").rglob("*")
        if path.is_file()
    }
    pages = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "validator").rglob("*")
        if path.suffix in {".html", ".css", ".js", ".svg"}
    }
    assert held == code | packs | pages | {"validator/py.typed"}
