"""Many reports: archives are opened, every report has a worker with limits, and the ledger has them all."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Protocol, TypeVar

from validator.config.settings import inside, settings_for
from validator.discovery import Found, Refuse, discover, member_reason
from validator.model.config import Config
from validator.model.errors import ReadError
from validator.model.report import Ledger, LedgerEntry, ReportResult, Run
from validator.model.rule import Rules
from validator.pipeline import Options, broken, check_report, read_report, unread
from validator.readers import _archive
from validator.readers._choose import is_plain
from validator.text.members import SEPARATOR

if TYPE_CHECKING:
    from validator.workers import Ended

PARALLEL_FROM = 16
"""Fewer short texts than this are done before a worker process has started."""
_FILES_A_WORKER = 4

_One = Callable[..., ReportResult]
_OptionsOf = Callable[[Found], Options]
_Opened = tuple[list[Found], list[LedgerEntry]] | ReportResult
_Result = TypeVar("_Result")


class Progress(Protocol):
    """Somebody who watches a run."""

    def start(self, total: int) -> None:
        """So many reports will be read."""

    def advance(self) -> None:
        """One more is done."""

    def stop(self) -> None:
        """There will be no more, as all are done or the run was broken off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which of the files found are to be read, and with which settings.

    `config` decides on what the options leave open, file by file. `refuse` leaves files; where it may
    leave all of them without a mistake of the user, there `may_be_empty`. `progress` is told how many
    reports there are, and then of each that is done.
    """

    config: Config | None = None
    refuse: Refuse | None = None
    may_be_empty: bool = False
    progress: Progress | None = None


ALL = Selection()


def check_paths(paths: Sequence[str], rules: Rules, options: Options, selection: Selection = ALL) -> Run:
    """Check every report of `paths`.

    Raises:
        UserError: a path does not exist or there is nothing to check.
    """
    return _run(paths, rules, options, selection, check_report)


def read_paths(paths: Sequence[str], rules: Rules, options: Options, selection: Selection = ALL) -> Run:
    """Read every report of `paths` and its facts without judging them.

    Raises:
        UserError: a path does not exist or there is nothing to read.
    """
    return _run(paths, rules, options, selection, read_report)


def check_files(files: Sequence[Found], rules: Rules, options: Options, config: Config | None) -> Run:
    """Check files that were chosen already. The settings are those of their shown paths."""
    return _read_all(files, (), rules, options, Selection(config=config), check_report)


def read_files(files: Sequence[Found], rules: Rules, options: Options) -> Run:
    """Read files that were chosen already, and their facts, without judging them."""
    return _read_all(files, (), rules, options, ALL, read_report)


def _run(paths: Sequence[str], rules: Rules, options: Options, selection: Selection, one: _One) -> Run:
    files, skipped = discover(paths, selection.refuse, may_be_empty=selection.may_be_empty)
    return _read_all(files, skipped, rules, options, selection, one)


def _read_all(
    files: Sequence[Found],
    skipped: Sequence[LedgerEntry],
    rules: Rules,
    options: Options,
    selection: Selection,
    one: _One,
) -> Run:
    of_file = partial(_options_of, options, selection.config)
    entries, left = _without_archives(files, options, of_file)
    jobs = [entry for entry in entries if isinstance(entry, Found)]
    call, progress = partial(_report, rules, of_file, one), selection.progress
    try:
        if progress is not None:
            progress.start(len(jobs))
        results = iter(_each(call, jobs, options, of_file, progress))
    finally:
        if progress is not None:
            progress.stop()
    reports = [next(results) if isinstance(entry, Found) else entry for entry in entries]
    return Run(reports=tuple(reports), ledger=_ledger(reports, [*skipped, *left]))


def _options_of(options: Options, config: Config | None, file: Found) -> Options:
    if config is None:
        return options
    settings = settings_for(config, inside(config, file.shown))
    return replace(
        options,
        profile=settings.profile,
        stage=settings.stage,
        year=settings.year,
        severity=settings.severity,
        not_applicable=settings.not_applicable,
    )


def _report(rules: Rules, of_file: _OptionsOf, one: _One, file: Found) -> ReportResult:
    return one(file.path, file.shown, rules, of_file(file), file.member)


def _without_archives(
    files: Sequence[Found], options: Options, of_file: _OptionsOf
) -> tuple[list[Found | ReportResult], list[LedgerEntry]]:
    """The files with each archive replaced by the reports in it, or by the result that tells why not."""
    archives = [file for file in files if _archive.is_archive(file.path)]
    opened = (
        iter(_each(partial(_open_archive, of_file), archives, options, of_file)) if archives else iter(())
    )
    entries: list[Found | ReportResult] = []
    left: list[LedgerEntry] = []
    for file in files:
        if not _archive.is_archive(file.path):
            entries.append(file)
            continue
        inside = next(opened)
        if isinstance(inside, ReportResult):
            entries.append(inside)
        else:
            entries.extend(inside[0])
            left.extend(inside[1])
    return entries, left


def _open_archive(of_file: _OptionsOf, file: Found) -> _Opened:
    try:
        members = _archive.members(file.path, file.shown)
    except ReadError as error:
        return unread(file.shown, error, of_file(file))
    if not members:
        return [file], []
    found: list[Found] = []
    left: list[LedgerEntry] = []
    for member in members:
        shown = file.shown + SEPARATOR + member.name
        reason = member_reason(member.name)
        if reason is None:
            found.append(Found(path=file.path, shown=shown, member=member.index))
        else:
            left.append(LedgerEntry(path=shown, zh=reason.zh, en=reason.en))
    if not found:
        zh, en = "压缩包里没有可检查的文件", "no file to check in the archive"
        empty = ReadError("DOC009", f"{file.shown}：{zh}", f"{file.shown}: {en}")
        return unread(file.shown, empty, of_file(file))
    return found, left


def _each(
    call: Callable[[Found], _Result],
    files: Sequence[Found],
    options: Options,
    of_file: _OptionsOf,
    progress: Progress | None = None,
) -> list[_Result | ReportResult]:
    """`call(file)` for every file, in workers unless all of them are few and short texts."""
    if len(files) < PARALLEL_FROM and all(file.member is None and is_plain(file.path) for file in files):
        return [_here(call, file, of_file(file)) for file in files]
    from validator.workers import Ended, Pool

    size = min(options.jobs or os.cpu_count() or 1, -(-len(files) // _FILES_A_WORKER))
    with Pool(call, size=size, seconds=options.seconds, memory=options.memory) as pool:
        results = pool.map(files, progress.advance if progress is not None else None)
    return [
        _ended(file, result, of_file(file)) if isinstance(result, Ended) else result
        for file, result in zip(files, results, strict=True)
    ]


def _here(call: Callable[[Found], _Result], file: Found, options: Options) -> _Result | ReportResult:
    try:
        return call(file)
    except MemoryError as error:
        return broken(file.shown, error, options)


def _ended(file: Found, why: Ended, options: Options) -> ReportResult:
    """The result for a report whose worker was stopped or is gone."""
    seconds, megabytes = f"{options.seconds or 0:g}", (options.memory or 0) >> 20
    zh, en = {
        "time": (
            f"{seconds} 秒还没有读完，已停止",
            f"not finished after {seconds} seconds, stopped",
        ),
        "memory": (
            f"需要的内存超过 {megabytes} MB，已停止",
            f"needs more than {megabytes} MB of memory, stopped",
        ),
        "died": (
            "读这份文件的进程中止了（内存不足，或文件已损坏）",
            "the process that read this file ended (out of memory, or the file is damaged)",
        ),
    }[why.value]
    error = ReadError("DOC007", f"{file.shown}：{zh}，未检查", f"{file.shown}: {en}, not checked")
    return unread(file.shown, error, options)


def _ledger(reports: Sequence[ReportResult], skipped: Sequence[LedgerEntry]) -> Ledger:
    return Ledger(
        checked=tuple(report.path for report in reports if _was_read(report)),
        skipped=tuple(skipped),
        unreadable=tuple(
            LedgerEntry(path=report.path, zh=report.findings[0].message.zh, en=report.findings[0].message.en)
            for report in reports
            if not _was_read(report)
        ),
    )


def _was_read(report: ReportResult) -> bool:
    return report.document is not None
