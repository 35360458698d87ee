"""Checks again whenever a report is saved, until Ctrl-C."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from validator.cli._base import Session
from validator.model.errors import UserError
from validator.model.words import ExitCode
from validator.text.escape import visible

_EVERY_SECONDS = 0.5
State = dict[str, tuple[int, int]]


def watch(
    check: Callable[[], ExitCode],
    paths: Sequence[str],
    session: Session,
    pause: Callable[[float], None] = time.sleep,
) -> ExitCode:
    """Check, and check again after each change of the files; the exit code is that of the last check.

    A file counts as changed when it has been still for a moment: while an office program saves, it is
    half written or not there at all.
    """
    code = _once(check, session)
    seen = state(paths)
    session.streams.note(_waiting(session))
    try:
        while True:
            pause(_EVERY_SECONDS)
            now = state(paths)
            if now == seen:
                continue
            while (later := _after(pause, paths)) != now:
                now = later
            seen = now
            moment = datetime.now().astimezone().strftime("%H:%M:%S")
            session.streams.note(
                session.say(f"── {moment} 有改动，重新检查", f"-- {moment} changed, checking again")
            )
            code = _once(check, session)
            session.streams.note(_waiting(session))
    except KeyboardInterrupt:
        return code


def _after(pause: Callable[[float], None], paths: Sequence[str]) -> State:
    pause(_EVERY_SECONDS)
    return state(paths)


def _once(check: Callable[[], ExitCode], session: Session) -> ExitCode:
    try:
        return check()
    except UserError as error:
        session.streams.note(visible(session.say(f"错误：{error.zh}", f"error: {error.en}")))
        return ExitCode.USAGE


def _waiting(session: Session) -> str:
    return session.say("等待保存…（按 Ctrl-C 结束）", "waiting for a change... (Ctrl-C ends)")


def state(paths: Sequence[str]) -> State:
    """When each file was last written and how long it is. Hidden files and locks of office programs do
    not count."""
    found: State = {}
    for path in (one for given in paths for one in _files(Path(given))):
        try:
            info = path.stat()
        except OSError:
            continue
        found[str(path)] = (info.st_mtime_ns, info.st_size)
    return found


def _files(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    for folder, folders, names in os.walk(path):
        folders[:] = [one for one in folders if not one.startswith(".")]
        yield from (Path(folder) / name for name in names if not name.startswith((".", "~$")))
