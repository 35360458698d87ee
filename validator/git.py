"""What git knows of the files: which it lists, which changed since a commit, what stood there before.

Every call passes fixed arguments without a shell; neither the repository's settings nor the environment of
a hook may start a program or point elsewhere. Names are read with `-z`, so none is quoted.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path, PurePosixPath

from validator.model.errors import UserError
from validator.text.lazy import lazy

_SECONDS = 120
_NO_COMMIT = "0" * 40
_SUBMODULE = "160000"
_LFS_POINTER = lazy(rb"version https://git-lfs[^\n]*\noid sha256:([0-9a-f]{64})\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What differs between `base` (a commit) and the files on disk, staged or not, tracked or new.

    `files` maps the absolute path of each file that is there now to the place where its earlier version
    lies, or None where it is new. `gone` are the files that are there no more under any name that git
    recognises. `top` is the top folder of the repository.
    """

    ref: str
    base: str
    top: Path
    files: Mapping[Path, Earlier | None] = field(default_factory=dict)
    gone: tuple[Earlier, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """A version in a commit: `path` is relative to the top folder `top` of its repository."""

    top: Path
    commit: str
    path: str


def run(folder: Path, *arguments: str) -> bytes | None:
    """What git prints, or None where it is absent or refuses."""
    import subprocess

    clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    clean["GIT_OPTIONAL_LOCKS"] = "0"
    try:
        done = subprocess.run(  # noqa: S603 - fixed program and arguments, no shell
            [_program(), "-c", "core.fsmonitor=false", *arguments],
            cwd=folder,
            env=clean,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None


@cache
def _program() -> str:
    """The user's own git. Windows would first look in the current folder, which may be anyone's."""
    if os.name != "nt":
        return "git"
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        program = Path(folder.strip('"')) / "git.exe"
        if program.is_absolute() and program.is_file():
            return str(program)
    raise FileNotFoundError("git.exe")


def top_of(folder: Path) -> Path | None:
    """The top folder of the repository that `folder` is in, or None."""
    absolute = folder.resolve()
    if not any((one / ".git").exists() for one in (absolute, *absolute.parents)):
        return None
    out = run(absolute, "rev-parse", "--show-toplevel")
    return Path(os.fsdecode(out.rstrip(b"\r\n"))).resolve() if out else None


def changes_since(ref: str, folder: Path) -> Changes:
    """What changed since the last commit that `ref` and the present one have in common.

    Raises:
        UserError: not a repository, no such commit, no common history, or git cannot be run.
    """
    top = top_of(folder)
    if top is None:
        raise UserError(
            f"--changed 要在 git 仓库里用，这里不是：{folder}",
            f"--changed needs a git repository; this is none: {folder}",
        )
    base = _base(ref, top)
    files: dict[Path, Earlier | None] = {}
    gone: list[Earlier] = []
    for name, earlier in _changed(top, base):
        path = top / name
        if os.path.lexists(path):
            # what is tracked no longer is listed as deleted and as new
            files[path] = files.get(path) or earlier
        elif earlier is not None:
            gone.append(earlier)
    return Changes(ref=ref, base=base, top=top, files=files, gone=tuple(gone))


def content(earlier: Earlier) -> bytes | None:
    """The bytes of an earlier version as they were committed, or None where they cannot be had.

    Of a file that Git LFS keeps it is the file itself where it was fetched, else the pointer to it.
    """
    data = run(earlier.top, "cat-file", "blob", f"{earlier.commit}:{earlier.path}")
    pointer = _LFS_POINTER.match(data) if data is not None else None
    return (_lfs_object(earlier.top, pointer[1].decode()) if pointer else None) or data


def _lfs_object(top: Path, name: str) -> bytes | None:
    """Looked up in the folder where Git LFS keeps files, as it would be a program that the settings start."""
    common = run(top, "rev-parse", "--git-common-dir")
    if common is None:
        return None
    folder = top / os.fsdecode(common.rstrip(b"\r\n"))
    try:
        return (folder / "lfs" / "objects" / name[:2] / name[2:4] / name).read_bytes()
    except OSError:
        return None


def _base(ref: str, top: Path) -> str:
    commit = _commit(ref, top)
    if commit is None:
        shallow = (run(top, "rev-parse", "--is-shallow-repository") or b"").strip() == b"true"
        hint_zh = (
            "仓库只取了最近的提交，请先取全：git fetch --unshallow"
            if shallow
            else "请检查名称，或先 git fetch"
        )
        hint_en = (
            "this is a shallow clone, fetch the history first: git fetch --unshallow"
            if shallow
            else "check the name, or fetch it first"
        )
        raise UserError(f"git 里没有这个版本：{ref}。{hint_zh}", f"git knows no commit {ref}; {hint_en}")
    head = _commit("HEAD", top)
    if head is None:
        return commit
    common = run(top, "merge-base", commit, head)
    if common is None:
        raise UserError(
            f"{ref} 和当前版本没有共同的历史。若是浅克隆，请先取全：git fetch --unshallow",
            f"{ref} and the present commit share no history; in a shallow clone: git fetch --unshallow",
        )
    return common.decode().split()[0]


def _commit(ref: str, top: Path) -> str | None:
    if ref.startswith("-"):
        return None
    out = run(top, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}")
    return out.decode().strip() if out else None


def _changed(top: Path, base: str) -> Iterator[tuple[str, Earlier | None]]:
    """Names relative to `top` of what differs from `base`, also by being gone; submodules are entered."""
    out = run(
        top, "diff", "--raw", "-z", "-M", "--no-abbrev", "--no-ext-diff", "--no-textconv",
        "--ignore-submodules=none", base, "--",
    )  # fmt: skip
    if out is None:
        raise UserError(
            f"git 没能列出改动：{top}。请在命令行运行 git diff 看原因",
            f"git could not list the changes of {top}; run git diff to see why",
        )
    yield from _entries(top, base, out)
    new = run(top, "ls-files", "--others", "--exclude-standard", "-z") or b""
    for name in new.split(b"\0"):
        if name:
            yield os.fsdecode(name), None


def _entries(top: Path, base: str, out: bytes) -> Iterator[tuple[str, Earlier | None]]:
    fields = iter(out.split(b"\0"))
    for head in fields:
        if not head.startswith(b":"):
            continue
        old_mode, mode, old, _, status = head[1:].decode("ascii").split(" ")
        old_name = name = os.fsdecode(next(fields))
        if status[0] in "RC":
            name = os.fsdecode(next(fields))
        if status[0] == "D" and old_mode == _SUBMODULE:
            continue
        if mode == _SUBMODULE:
            yield from _submodule(top, name, old if old_mode == _SUBMODULE else _NO_COMMIT)
        elif status[0] == "A":
            yield name, None
        else:
            yield name, Earlier(top=top, commit=base, path=old_name)


def _submodule(top: Path, name: str, old: str) -> Iterator[tuple[str, Earlier | None]]:
    inner = top / name
    if not (inner / ".git").exists():
        return
    if old != _NO_COMMIT and _commit(old, inner) is not None:
        found = _changed(inner, old)
    else:
        listed = run(inner, "ls-files", "--cached", "--others", "--exclude-standard", "-z") or b""
        found = ((os.fsdecode(one), None) for one in listed.split(b"\0") if one)
    for one, earlier in found:
        yield str(PurePosixPath(name) / one), earlier
