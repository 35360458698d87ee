"""Names of the files that mending writes, and how they are written: whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from validator.model.errors import UserError, unwritable

SUFFIX = "-已清理"
BACKUP = ".bak"
_MOST_BACKUPS = 1000

Step = Callable[[str], None]
"""Called after each step of writing with its name; the tests stop the process there."""


def _nothing(_step: str) -> None:
    return None


def beside(path: Path) -> Path:
    """The usual name of the mended file: `报告.docx` gives `报告-已清理.docx`."""
    return path.with_name(f"{path.stem}{SUFFIX}{path.suffix}")


def write_new(target: Path, data: bytes, step: Step = _nothing) -> None:
    """Write a file that must not be there yet; it appears with all of its content.

    Raises:
        UserError: it is there, or cannot be written.
    """
    try:
        temporary = _temporary(target, data, step)
        try:
            _usual_mode(temporary)
            _name(temporary, target)
        finally:
            temporary.unlink(missing_ok=True)
        step("named")
        _settle(target.parent)
    except FileExistsError:
        raise UserError(
            f"{target} 已经存在，没有覆盖；请先改名或删除它，或用 -o 换个名字",
            f"{target} exists and was not overwritten; move it away, or give another name with -o",
        ) from None
    except OSError as error:
        raise _cannot(target, error) from None


def replace_file(path: Path, old: bytes, new: bytes, step: Step = _nothing) -> Path:
    """Put `new` into the place of a file that holds `old`, and keep that beside it; returns where.

    At every moment there is either the old or the new file under the name, complete.

    Raises:
        UserError: the file is a link or no longer holds `old`, or something cannot be written.
    """
    if path.is_symlink():
        raise UserError(
            f"{path} 是链接，没有改；请直接写明它指向的文件",
            f"{path} is a link and was left alone; name the file that it points to",
        )
    try:
        temporary = _temporary(path, new, step)
        try:
            shutil.copymode(path, temporary)
            kept = _keep(path, old, step)
            if path.is_symlink() or path.read_bytes() != old:
                kept.unlink()
                raise UserError(
                    f"{path}：检查之后文件又变了，没有改动它；请再运行一次",
                    f"{path}: the file has changed since it was checked and was left alone; run this again",
                )
            step("checked")
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
        step("replaced")
        _settle(path.parent)
    except OSError as error:
        raise _cannot(path, error) from None
    return kept


def _temporary(target: Path, data: bytes, step: Step) -> Path:
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".validator-", suffix=".tmp")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            step("opened")
            stream.write(data)
            step("written")
            stream.flush()
            os.fsync(stream.fileno())
        step("synced")
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _name(temporary: Path, target: Path) -> None:
    """Give a file its name, where nothing has that name."""
    if os.path.lexists(target):
        raise FileExistsError
    try:
        # A hard link is refused where the name is taken meanwhile, which a renaming is not.
        target.hardlink_to(temporary)
    except FileExistsError:
        raise
    except OSError:
        temporary.replace(target)


def _usual_mode(path: Path) -> None:
    """The mode that a new file has; a temporary one is closed to others."""
    umask = os.umask(0)
    os.umask(umask)
    path.chmod(0o666 & ~umask)


def _keep(path: Path, old: bytes, step: Step) -> Path:
    """Keep the old content beside the file: `报告.docx.bak`, or `报告.docx.1.bak` where that is taken."""
    temporary = _temporary(path, old, lambda name: step(f"keeping:{name}"))
    try:
        shutil.copystat(path, temporary)
        for number in range(_MOST_BACKUPS):
            kept = path.with_name(f"{path.name}{f'.{number}' if number else ''}{BACKUP}")
            try:
                _name(temporary, kept)
            except FileExistsError:
                continue
            step("kept")
            return kept
    finally:
        temporary.unlink(missing_ok=True)
    raise UserError(
        f"{path}{BACKUP} 已有 {_MOST_BACKUPS} 个，请先清理旧的备份",
        f"there are {_MOST_BACKUPS} backups of {path} already; remove some",
    )


def _settle(folder: Path) -> None:
    """Have the new name on disk, too, where the system can do that."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        pass
    finally:
        os.close(handle)


def _cannot(path: Path, error: OSError) -> UserError:
    told = unwritable(path, error)
    if isinstance(error, PermissionError):
        return UserError(
            f"{told.zh}；如果正用 Word 或 WPS 打开着，请先关闭",
            f"{told.en}; if it is open in Word, close it first",
        )
    return told
