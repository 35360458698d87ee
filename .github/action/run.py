"""What the GitHub Action does: install the program, check once, hand the results to the runner.

Every input arrives in the environment and is never part of a shell's text. Only the standard library is
used, and Python runs isolated (`-I`), so that nothing in the folder that is checked can be imported. No
token is used. The exit code is that of the check: 1 findings, 2 not done as asked.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).resolve().parents[2]
SUMMARY_LIMIT = 1024 << 10
"""Bytes that GitHub takes as the summary of a step; of a larger one it shows nothing at all."""
FINDINGS, NOT_DONE = 1, 2
FILES = ("sarif", "junit", "json")
"""Formats with an input `NAME-file` of their own."""
OPTIONS = ("config", "profile", "stage", "fail-on", "max-warnings", "lang")
AUTO = "auto"
_OLD_COMMAND = re.compile(r"##(?=\[)")
_MERGED_REF = re.compile(r"refs/pull/\d+/merge")


class NotDoneError(Exception):
    """The check could not be made; the message is for the user, in Chinese and in English."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh, self.en = zh, en


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """The inputs of the action. `environment` is that of the runner."""

    environment: Mapping[str, str]

    def text(self, name: str) -> str:
        """The value of an input, without blanks around it."""
        return self.environment.get("INPUT_" + name.upper().replace("-", "_"), "").strip()

    def lines(self, name: str) -> list[str]:
        """The lines of an input, without blank ones."""
        return [line.strip() for line in self.text(name).splitlines() if line.strip()]

    def flag(self, name: str) -> bool:
        """Whether an input is `true`.

        Raises:
            NotDoneError: it is neither `true` nor `false`.
        """
        value = self.text(name).lower()
        if value not in {"true", "false"}:
            raise NotDoneError(
                f"输入 {name} 只能是 true 或 false，不能是 {value or '空'}",
                f"the input {name} is true or false, not {value or 'empty'}",
            )
        return value == "true"

    @property
    def english(self) -> bool:
        """Whether the messages of the action itself are in English."""
        return self.text("lang").lower() == "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What one check left behind: its exit code, what it said on stderr, and the files it wrote."""

    code: int
    said: str
    files: Mapping[str, Path]


def main(environment: Mapping[str, str]) -> int:
    """Do everything and return the exit code of the step."""
    # Windows would look for `git` in the folder that is checked before it looks anywhere else.
    os.environ["NODEFAULTCURRENTDIRECTORYINEXEPATH"] = "1"
    inputs = Inputs(environment=environment)
    try:
        flags = {name: inputs.flag(name) for name in ("summary", "annotations", "new-only", "fail")}
        with tempfile.TemporaryDirectory(prefix="indicator-validator-", dir=_scratch(environment)) as folder:
            outcome = check(inputs, flags, Path(folder), installed(environment))
            return hand_over(inputs, flags, outcome)
    except NotDoneError as error:
        return give_up(inputs, error.en if inputs.english else error.zh)


def installed(environment: Mapping[str, str]) -> Path:
    """The Python of an environment of its own that holds the program; made once a job and version.

    Raises:
        NotDoneError: it could not be installed.
    """
    home = _scratch(environment) / f"indicator-validator-{_version_of_source()}"
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    done = home / "installed"
    if done.exists():
        return python
    write("::group::indicator-validator: install\n")
    pip = [str(python), "-I", "-m", "pip", "--disable-pip-version-check", "--no-input"]
    steps = ([sys.executable, "-I", "-m", "venv", str(home)], [*pip, "install", "--quiet", str(SOURCE)])
    try:
        for step in steps:
            made = _run(step, capture_output=True)
            if made.returncode:
                say(made.stdout + made.stderr)
                raise NotDoneError(
                    "程序没有装上，原因见上面的日志。连不上 Python 包索引时，用 PIP_INDEX_URL 指定镜像",
                    "the program could not be installed, see the log above. Is the package index within "
                    "reach? A mirror is set with PIP_INDEX_URL",
                )
    finally:
        write("::endgroup::\n")
    done.touch()
    return python


def check(inputs: Inputs, flags: Mapping[str, bool], folder: Path, python: Path) -> Outcome:
    """Run the check once, with its report for people on the log and all others in files.

    Raises:
        NotDoneError: an output has no folder that can be made.
    """
    wanted = {name: folder / name for name in ("github", "markdown", "json")}
    wanted |= {name: file for name in FILES if (file := _own_file(inputs, name))}
    command = [str(python), "-I", "-X", "utf8", "-m", "validator", "check", "--format", "console"]
    for name, file in wanted.items():
        command += [f"--format={name}", f"--output={file}"]
    command += options(inputs, flags)
    command += ["--", *inputs.lines("paths")]
    write("::group::validator check\n")
    with quoted():
        ran = _run(command, stderr=subprocess.PIPE)
    write("::endgroup::\n")
    said = ran.stderr.decode("utf-8", "replace")
    notes = [line for line in said.splitlines() if not any(str(one) in line for one in wanted.values())]
    code = ran.returncode if ran.returncode in {0, FINDINGS} else NOT_DONE
    written = {name: file for name, file in wanted.items() if file.is_file() and code != NOT_DONE}
    return Outcome(code=code, said="\n".join(notes), files=written)


def options(inputs: Inputs, flags: Mapping[str, bool]) -> list[str]:
    """The options of the check that the inputs ask for."""
    given = [f"--{name}={value}" for name in OPTIONS if (value := inputs.text(name))]
    given += [f"--rules={one}" for one in inputs.lines("rules")]
    changed = inputs.text("changed")
    automatic = changed.lower() == AUTO
    if automatic:
        changed = base_of_pull_request(inputs.environment)
    if changed:
        given.append(f"--changed={changed}")
    if flags["new-only"] and (changed or not automatic):
        given.append("--new-only")
    return [*given, *inputs.lines("args")]


def base_of_pull_request(environment: Mapping[str, str]) -> str:
    """What the changes of a pull request are compared with, or "" where this is none.

    The commit that GitHub checks out is a merge into the base branch, so that its first parent serves where
    the branch itself was not fetched; two commits of history are enough for it.
    """
    branch = environment.get("GITHUB_BASE_REF", "")
    if not branch:
        return ""
    ref = f"refs/remotes/origin/{branch}"
    if _git("merge-base", ref, "HEAD"):
        return ref
    merged = _MERGED_REF.fullmatch(environment.get("GITHUB_REF", ""))
    return "HEAD^1" if merged and _git("rev-parse", "--verify", "--quiet", "HEAD^2") else ref


def hand_over(inputs: Inputs, flags: Mapping[str, bool], outcome: Outcome) -> int:
    """Give the runner annotations, summary and outputs, and return the exit code of the step."""
    environment = inputs.environment
    if outcome.code == NOT_DONE:
        message = outcome.said.strip() or "validator check"
        if "fetch --unshallow" in message:
            message += (
                "\nIn a workflow: fetch-depth: 0 for actions/checkout (2 is enough with changed: auto)"
                if inputs.english
                else "\n在工作流里：给 actions/checkout 写 fetch-depth: 0（changed: auto 写 2 即可）"
            )
        return give_up(inputs, message)
    say(outcome.said.encode())
    if flags["annotations"]:
        write(outcome.files["github"].read_bytes())
    if flags["summary"]:
        put_summary(environment, outcome.files["markdown"].read_bytes(), english=inputs.english)
    put_outputs(environment, {"exit-code": str(outcome.code), **figures(inputs, outcome)})
    return outcome.code if flags["fail"] else 0


def give_up(inputs: Inputs, message: str) -> int:
    """Tell everywhere that the check was not made; never a success, whatever the inputs say."""
    environment, english = inputs.environment, inputs.english
    write(f"::error title=validator::{escaped(message)}\n")
    block = "".join(f"    {line}\n" for line in message.splitlines())
    head = "The reports were not checked" if english else "没能检查报告"
    put_summary(environment, f"## ❌ {head}\n\n{block}".encode(), english=english)
    put_outputs(environment, {"exit-code": str(NOT_DONE)})
    return NOT_DONE


def figures(inputs: Inputs, outcome: Outcome) -> dict[str, str]:
    """The outputs with the figures of the check, and the places of the files that were asked for."""
    record = json.loads(outcome.files["json"].read_bytes())
    summary, ledger = record["summary"], record["ledger"]
    share = summary["completeness"]
    found = {
        "errors": summary["errors"],
        "warnings": summary["warnings"],
        "reports": ledger["checked"],
        "unreadable": len(ledger["unreadable"]),
        "completeness": "" if share is None else share,
    }
    asked = {f"{name}-file": file for name in FILES if (file := inputs.text(f"{name}-file"))}
    return {name: str(value) for name, value in {**found, **asked}.items()}


def put_outputs(environment: Mapping[str, str], values: Mapping[str, str]) -> None:
    """Append to the file of outputs; no value can end early or begin another."""
    file = environment.get("GITHUB_OUTPUT")
    if not file:
        return
    mark = secrets.token_hex(16)
    text = "".join(f"{name}<<{mark}\n{value}\n{mark}\n" for name, value in values.items())
    with Path(file).open("ab") as out:
        out.write(text.encode())


def put_summary(environment: Mapping[str, str], content: bytes, *, english: bool) -> None:
    """Append to the summary of the step as many whole sections as there is room for."""
    file = environment.get("GITHUB_STEP_SUMMARY")
    if not file:
        return
    path = Path(file)
    there = path.read_bytes() if path.exists() else b""
    note = "Not everything fits into this summary." if english else "篇幅所限，这里没有全部列出。"
    shown = fitted(content, SUMMARY_LIMIT - len(there) - 1, f"> ⚠️ {note}\n".encode())
    gap = b"\n" if there and not there.endswith(b"\n") else b""
    with path.open("ab") as out:
        out.write(gap + shown if shown else b"")


def fitted(content: bytes, room: int, note: bytes) -> bytes:
    """`content`, or those of its first sections that fit into `room` bytes together with `note`."""
    if len(content) <= room:
        return content
    shown = b""
    for section in re.split(rb"(?m)^(?=### )", content):
        if len(shown) + len(section) + len(note) > room:
            break
        shown += section
    return shown + note if len(shown) + len(note) <= room else b""


class quoted:  # noqa: N801 - reads as a statement
    """While it holds, nothing that is printed is a command to the runner."""

    def __enter__(self) -> None:
        self.token = secrets.token_hex(16)
        write(f"::stop-commands::{self.token}\n")

    def __exit__(self, *_: object) -> None:
        write(f"::{self.token}::\n")


def say(text: bytes) -> None:
    """Print what others wrote."""
    if text.strip():
        with quoted():
            write(text.rstrip() + b"\n")


def write(text: str | bytes) -> None:
    """Print at once, as UTF-8 with plain line ends."""
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace") if isinstance(text, str) else text)
    sys.stdout.buffer.flush()


def escaped(message: str) -> str:
    """A message as the data of a workflow command, which is one line."""
    plain = _OLD_COMMAND.sub("# #", message.replace("\r\n", "\n"))
    return plain.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _own_file(inputs: Inputs, name: str) -> Path | None:
    given = inputs.text(f"{name}-file")
    if not given:
        return None
    try:
        Path(given).parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NotDoneError(
            f"{name}-file 的文件夹建不了：{given}（{error.strerror}）",
            f"cannot make the folder of {name}-file: {given} ({error.strerror})",
        ) from None
    return Path(given)


def _scratch(environment: Mapping[str, str]) -> Path:
    return Path(environment.get("RUNNER_TEMP") or tempfile.gettempdir())


def _version_of_source() -> str:
    """Twelve digits that change with the source and with the interpreter."""
    digest = hashlib.sha256(f"{SOURCE}\0{sys.version}\0".encode())
    parts = (SOURCE / "pyproject.toml", *(SOURCE / "validator").rglob("*.py"), *(SOURCE / "rules").rglob("*"))
    for path in sorted(parts):
        facts = path.stat()
        digest.update(f"{path}\0{facts.st_size}\0{facts.st_mtime_ns}\0".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:12]


def _git(*arguments: str) -> bool:
    try:
        return _run(("git", "-c", "core.fsmonitor=false", *arguments), capture_output=True).returncode == 0
    except OSError:
        return False


def _run(command: Sequence[str], **how: Any) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(command, stdin=subprocess.DEVNULL, check=False, **how)  # noqa: S603 - no shell


if __name__ == "__main__":
    sys.exit(main(os.environ))
