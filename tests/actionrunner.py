"""A runner for our GitHub Action: evaluates `action.yml` with the environment that GitHub gives, without GitHub.

The program is not installed anew for every test: the environment that the action would make holds this one.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import yaml

ROOT = Path(__file__).resolve().parents[1]
SCRIPT = ".github/action/run.py"
DIGEST = "import runpy, sys; print(runpy.run_path(sys.argv[1])['_version_of_source']())"


def manifest() -> dict[str, Any]:
    raw: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    return raw


class Step(NamedTuple):
    """What the step left: exit code, log, outputs, summary."""

    code: int
    log: str
    outputs: dict[str, str]
    summary: str

    def commands(self) -> list[str]:
        """The lines that the runner takes for commands: those outside of what is quoted."""
        found, token = [], ""
        for line in self.log.splitlines():
            text = line.lstrip()
            if token:
                token = "" if text == f"::{token}::" else token
            elif text.startswith("::stop-commands::"):
                token = text.removeprefix("::stop-commands::")
            elif text.startswith("::") or "##[" in text:
                found.append(text)
        return found


@dataclass(frozen=True)
class Runner:
    """One job's folders: `action` is the checkout of the action, `work` the repository that uses it."""

    action: Path
    temp: Path
    work: Path

    def step(self, *, event: Mapping[str, str] | None = None, path: str = "", **given: str) -> Step:
        """Run the action with these inputs (`_` for `-`) and values of the event."""
        raw = manifest()
        inputs = {name: str(one.get("default", "")) for name, one in raw["inputs"].items()}
        for name, value in given.items():
            inputs[name.replace("_", "-")] = value
        assert set(inputs) == set(raw["inputs"])
        (step,) = raw["runs"]["steps"]
        own = {name: evaluated(value, inputs) for name, value in step["env"].items()}
        files = {name: self.temp / name for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
        files["GITHUB_OUTPUT"].write_bytes(b"")
        summary = files["GITHUB_STEP_SUMMARY"]
        before = summary.stat().st_size if summary.exists() else 0
        environment = {
            **{
                k: v
                for k, v in os.environ.items()
                if not k.startswith(("GITHUB_", "INPUT_", "VALIDATOR_", "LC_", "LANG"))
            },
            **own,
            **{name: str(file) for name, file in files.items()},
            "PATH": path or f"{self.temp / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "CI": "true",
            "GITHUB_ACTION_PATH": str(self.action),
            "GITHUB_WORKSPACE": str(self.work),
            "RUNNER_TEMP": str(self.temp),
            **(event or {}),
        }
        script = self.temp / "step.sh"
        script.write_text(step["run"], encoding="utf-8")
        done = subprocess.run(
            [shutil.which("bash") or "bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],
            cwd=self.work,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
        assert b"Traceback" not in done.stderr, done.stderr.decode()
        text = summary.read_bytes()[before:].decode() if summary.exists() else ""
        return Step(
            done.returncode,
            done.stdout.decode(),
            read_outputs(files["GITHUB_OUTPUT"].read_text("utf-8")),
            text,
        )


def evaluated(value: str, inputs: Mapping[str, str]) -> str:
    match = re.fullmatch(r"\$\{\{ inputs\.([\w-]+) \}\}", value)
    return inputs[match[1]] if match else value


def read_outputs(text: str) -> dict[str, str]:
    """The outputs as the runner reads them: `name=value`, or `name<<MARK` with lines up to the mark."""
    found: dict[str, str] = {}
    lines = iter(text.splitlines())
    for line in lines:
        if match := re.fullmatch(r"([\w-]+)<<(\w+)", line):
            found[match[1]] = "\n".join(
                iter(lambda mark=match[2], left=lines: one if (one := next(left)) != mark else None, None)
            )
        else:
            name, _, value = line.partition("=")
            found[name] = value
    return found


def prepare(folder: Path) -> tuple[Path, Path]:
    """A checkout of the action, and a folder of the runner where it is installed already."""
    action, temp = folder / "action", folder / "temp"
    for one in ("action.yml", "pyproject.toml", SCRIPT):
        (action / one).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / one, action / one)
    (temp / "bin").mkdir(parents=True)
    real = Path(sys.executable).resolve()
    for name in ("python3", "python"):
        (temp / "bin" / name).symlink_to(real)
    told = subprocess.run(
        [temp / "bin" / "python3", "-I", "-c", DIGEST, action / SCRIPT],
        capture_output=True,
        text=True,
        check=True,
    )
    home = temp / f"indicator-validator-{told.stdout.strip()}"
    subprocess.run([sys.executable, "-I", "-m", "venv", "--without-pip", home], check=True)
    (site,) = home.glob("lib/python*/site-packages")
    places = [str(ROOT), *(one for one in sys.path if one.endswith("site-packages"))]
    (site / "program.pth").write_text("\n".join(places), encoding="utf-8")
    (home / "installed").touch()
    return action, temp
