"""What of this repository a code host or a hook manager reads, and the examples of it in the documentation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from validator.cli._cifiles import ci_files

ROOT = Path(__file__).resolve().parents[1]
PAGES = (
    "README.md",
    "README.zh-CN.md",
    *(f"docs/{one.name}" for one in sorted((ROOT / "docs").glob("*.md"))),
)
GITHUB, ACTION, GITLAB, HOOKS, HOOK_USE = "workflow", "action", "gitlab", "hooks", "hook use"


class Text(NamedTuple):
    """One YAML text: where it stands, what it is, and itself."""

    place: str
    kind: str
    text: str


def every() -> Iterator[Text]:
    """All of them: files, what `validator init --ci` writes, and the fenced blocks of the documentation."""
    for path in sorted((ROOT / ".github" / "workflows").glob("*.y*ml")):
        yield _file(path, GITHUB)
    yield _file(ROOT / "action.yml", ACTION)
    yield _file(ROOT / "docs" / "ci" / "gitlab.yml", GITLAB)
    yield _file(ROOT / ".pre-commit-hooks.yaml", HOOKS)
    yield _file(ROOT / ".pre-commit-config.yaml", HOOK_USE)
    kinds = {"github": GITHUB, "gitlab": GITLAB, "pre-commit": HOOK_USE}
    for name, one in ci_files().items():
        yield Text(f"init --ci {name}", kinds[name], one.text)
    for page in PAGES:
        yield from blocks(page, (ROOT / page).read_text(encoding="utf-8"))


def blocks(page: str, text: str) -> Iterator[Text]:
    """The fenced YAML blocks of a page that a host would read as a whole file."""
    for match in re.finditer(r"^( *)```ya?ml *\n(.*?)^\1```", text, re.DOTALL | re.MULTILINE):
        inner = re.sub(rf"^{match[1]}", "", match[2], flags=re.MULTILINE)
        line = text.count("\n", 0, match.start()) + 1
        if kind := kind_of(yaml.safe_load(inner)):
            yield Text(f"{page}:{line}", kind, inner)


def kind_of(raw: Any) -> str | None:
    """What a YAML text is for, by its keys; None for another purpose, such as `validator.yaml`."""
    if not isinstance(raw, dict):
        return None
    # YAML 1.1 reads the key `on` as true
    if "jobs" in raw and ("on" in raw or True in raw):
        return GITHUB
    if "repos" in raw:
        return HOOK_USE
    jobs = [one for one in raw.values() if isinstance(one, dict)]
    is_gitlab = any({"script", "extends"} & set(one) for one in jobs) or "include" in raw
    return GITLAB if is_gitlab else None


def _file(path: Path, kind: str) -> Text:
    return Text(path.relative_to(ROOT).as_posix(), kind, path.read_text(encoding="utf-8"))
