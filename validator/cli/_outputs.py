"""Where outputs may be written: never over a report or a file of the project."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from validator.model.errors import UserError
from validator.text.lazy import lazy

_OURS = (
    lazy(r"(?m)^─{40}\r?\n(?:找到 \d|\d+ files found)"),
    lazy(r"<sub>validator [^\n]*</sub>\s*\Z"),
    lazy(r"\A<!doctype html>[^\0]{0,400}http-equiv=\"Content-Security-Policy\""),
    lazy(r"\A\ufeff?path,indicator,"),
)
"""What the outputs have that may be named like a report: console, markdown, html, csv."""
_WORKBOOK = lazy(rb"<dc:creator></dc:creator>.{0,200}<dcterms:created[^>]*>2000-01-01T00:00:00Z", re.DOTALL)
_MOST_BYTES = 50 << 20


def check_places(files: Sequence[str], paths: Iterable[str], own: Iterable[Path]) -> None:
    """See that every output can have its place, before any work is done.

    `paths` are the files and folders to read, `own` the files of the configuration.

    Raises:
        UserError: no such folder, a folder, a file of the project, or what may be a report.
    """
    kept = {os.path.realpath(one) for one in own}
    read = [Path(os.path.realpath(one)) for one in paths]
    for file in files:
        if not file:
            raise UserError("--output 后面要写文件名", "--output needs the name of a file")
        path = Path(file)
        if path.is_dir():
            raise UserError(
                f"--output 要写文件名，这是文件夹：{file}",
                f"--output names a folder: {file}; add a file name",
            )
        if not path.parent.is_dir():
            raise UserError(
                f"写不了 {file}：没有文件夹 {path.parent.as_posix()}，请先建好",
                f"cannot write {file}: there is no folder {path.parent.as_posix()}; make it first",
            )
        real = Path(os.path.realpath(file))
        if str(real) in kept:
            raise UserError(
                f"--output 会覆盖本项目的设置：{file}",
                f"--output would overwrite {file}, which sets up the check",
            )
        if any(real.is_relative_to(one) for one in read) and _may_be_report(real):
            raise UserError(
                f"--output 会覆盖已有的文件：{file}。请换一个文件名，或先删去它",
                f"--output would overwrite {file}, which may be a report; choose another name, or delete it",
            )


def _may_be_report(path: Path) -> bool:
    """Whether a file would be read as a report, and is not what an earlier run wrote there."""
    from validator.readers._choose import supported_suffixes

    suffix = path.suffix.lower()
    if suffix not in supported_suffixes() or not path.is_file() or not path.stat().st_size:
        return False
    if path.stat().st_size > _MOST_BYTES:
        return True
    if suffix == ".xlsx":
        return not _is_our_workbook(path)
    text = path.read_bytes().decode("utf-8", "replace")
    return not any(one.search(text) for one in _OURS)


def _is_our_workbook(path: Path) -> bool:
    import zipfile

    try:
        with zipfile.ZipFile(path) as package, package.open("docProps/core.xml") as core:
            return bool(_WORKBOOK.search(core.read(4096)))
    except (OSError, KeyError, ValueError, RuntimeError, NotImplementedError, zipfile.BadZipFile):
        return False
