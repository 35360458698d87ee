"""Keeps compiled expressions between runs: compiling them anew would take half of a short run.

The file holds no code and no objects: a table in JSON and the numbers of the compiler. It counts only for
the very interpreter and program that wrote it, and only where nobody else could have written it. Without
it, or with one that is damaged, expressions are compiled as ever.
"""

from __future__ import annotations

import atexit
import contextlib
import hashlib
import json
import os
import re
import stat
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

import validator
from validator.model.rule import Rules
from validator.rulepacks._cache import cache_folder, prune
from validator.text.lazy import (
    Expression,
    Made,
    lazy_expressions,
    newly_compiled,
    restored,
    supply_from,
    taken_apart,
)

_FORMAT = "1"
"""Number of the form of the file; raise it when the form changes."""
_PATTERN = "expressions-*.bin"
_HEAD = 8
_MOST = 6000
"""More than this are none of ours any more, and what is kept starts anew."""

Kept = dict[str, Made]


def expressions_file() -> Path | None:
    """Where the expressions of this interpreter and this program are kept; None without a cache."""
    folder = cache_folder()
    return None if folder is None else folder / f"expressions-{_key()[:32]}.bin"


def use_kept(rules: Rules) -> None:
    """Let expressions come from what is kept, and keep at the end of the process what had to be compiled.

    A first run keeps those of `rules` and of the program too, as workers compile where nothing is kept from.
    """
    if _USED:
        return
    path = expressions_file()
    if path is None:
        return
    kept = read(path)
    _USED.append(path)
    supply_from(lambda expression, flags: kept.get(_name(expression, flags)))
    atexit.register(keep, path, kept, rules, os.getpid())


_USED: list[Path] = []


def keep(path: Path, kept: Mapping[str, Made], rules: Rules, process: int) -> None:
    """Write what is kept and what was compiled since to `path`, whole or not at all.

    Nothing is written by another process than `process`, or when the interpreter does not rebuild an
    expression exactly as it has compiled it.
    """
    if not newly_compiled() or os.getpid() != process:
        return
    waiting = path.with_name(f"{path.name}.{process}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Opened before the work is done: where nothing can be written, nothing is worked out.
        with waiting.open("xb") as file:
            whole = _with_new(kept)
            if not path.exists():
                whole |= _ahead(whole, rules)
            _write(file, whole)
        waiting.chmod(0o644)
        waiting.replace(path)
        prune(path.parent, _PATTERN)
    except (OSError, _UnlikeError):
        with contextlib.suppress(OSError):
            waiting.unlink(missing_ok=True)


class _UnlikeError(Exception):
    """The interpreter rebuilds something else than it has compiled."""


def _with_new(kept: Mapping[str, Made]) -> Kept:
    whole: Kept = {} if len(kept) > _MOST else dict(kept)
    for (expression, flags), pattern in newly_compiled().items():
        made = taken_apart(expression, flags)
        if made is None or restored(expression, made) != pattern:
            raise _UnlikeError
        whole[_name(expression, flags)] = made
    return whole


def _ahead(whole: Kept, rules: Rules) -> Kept:
    found: Kept = {}
    for expression, flags in {*_of_packs(rules), *lazy_expressions()}:
        name = _name(expression, flags)
        with contextlib.suppress(re.error):
            if name not in whole and (made := taken_apart(expression, flags)) is not None:
                found[name] = made
    return found


def _of_packs(rules: Rules) -> Iterator[tuple[Expression, int]]:
    patterns = [one.patterns for one in rules.placeholders] + [one.patterns for one in rules.banned]
    return ((one.expression, 0) for group in patterns for one in group)


def read(path: Path) -> Kept:
    """What is kept in the file, by name; nothing where it is missing, damaged, outdated or not our own."""
    try:
        with path.open("rb") as file:
            if not _own(os.fstat(file.fileno())):
                return {}
            data = file.read()
        size = int.from_bytes(data[:_HEAD], "little")
        table = json.loads(data[_HEAD : _HEAD + size])
        if table["key"] != _key():
            return {}
        body = _HEAD + size
        if len(data) != body + table["size"]:
            return {}
        return {
            name: Made(flags, groups, names, data[body + start : body + end])
            for name, (flags, groups, names, start, end) in table["expressions"].items()
        }
    except (OSError, ValueError, TypeError, LookupError, AttributeError, RecursionError):
        return {}


def _own(found: os.stat_result) -> bool:
    """Whether only this user, or the system, can have written the file."""
    if os.name != "posix":
        return True
    return found.st_uid in (0, os.geteuid()) and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _write(file: BinaryIO, whole: Mapping[str, Made]) -> None:
    table: dict[str, list[Any]] = {}
    at = 0
    for name, made in whole.items():
        table[name] = [made.flags, made.groups, made.names, at, at + len(made.numbers)]
        at += len(made.numbers)
    head = json.dumps({"key": _key(), "size": at, "expressions": table}, separators=(",", ":")).encode()
    file.write(len(head).to_bytes(_HEAD, "little") + head)
    file.writelines(made.numbers for made in whole.values())


def _key() -> str:
    """Which interpreter and program the numbers are for."""
    parts = (
        _FORMAT,
        validator.__version__,
        sys.implementation.name,
        sys.version,
        sys.byteorder,
        str(sys.maxsize),
    )
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _name(expression: Expression, flags: int) -> str:
    kind, data = (
        ("b", expression)
        if isinstance(expression, bytes)
        else ("s", expression.encode("utf-8", "surrogatepass"))
    )
    return hashlib.blake2b(f"{kind}{int(flags)}\0".encode() + data, digest_size=16).hexdigest()
