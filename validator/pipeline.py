"""The one place where the stages meet: read -> facts -> check -> suppress, for one report or many."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from validator import checks, suppressions
from validator.checks._base import Check, Context
from validator.checks.document import document_finding
from validator.discovery import Found, discover
from validator.facts.reading import read_facts
from validator.facts.statuses import judge
from validator.model.errors import ReadError
from validator.model.finding import Code, Finding, IndicatorResult
from validator.model.location import Location
from validator.model.report import Ledger, LedgerEntry, ReportResult, Run
from validator.model.rule import Profile, Rules
from validator.model.words import Bilingual, Severity, Status
from validator.plugins import collect
from validator.readers._choose import read_file
from validator.suppressions._base import Suppression
from validator.suppressions._fingerprint import with_fingerprints
from validator.text.wordings import title_matches

if TYPE_CHECKING:
    from concurrent.futures import Future

    from validator.model.document import Document

PARALLEL_FROM = 16
"""Fewer files than this are done before a pool of processes has started."""
FAILURE = "DOC010"
"""The code of a check that raised; no stage grades it down."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to check. `profile` None means: the first whose titles or paths fit the report.

    `not_applicable` maps the ids of indicators that do not apply to the reason. `jobs` None means as
    many processes as there are processors.
    """

    profile: str | None = None
    stage: str = "submission"
    not_applicable: Mapping[str, str] = field(default_factory=dict)
    jobs: int | None = None
    debug: bool = False


@lru_cache(maxsize=1)
def all_checks() -> tuple[Check, ...]:
    """Every kind of check, in the order of the module names."""
    return tuple(collect(checks, "CHECK").values())


@lru_cache(maxsize=1)
def all_suppressions() -> tuple[Suppression, ...]:
    """Every way to accept a finding, in the order of the module names."""
    return tuple(collect(suppressions, "SUPPRESSION").values())


def all_codes() -> dict[str, Code]:
    """Every finding code by id, sorted."""
    found = [code for one in all_checks() for code in one.codes]
    found += [code for one in all_suppressions() for code in one.codes]
    return {code.id: code for code in sorted(found, key=lambda code: code.id)}


def check_paths(paths: Sequence[str], rules: Rules, options: Options) -> Run:
    """Check every report of `paths`.

    Raises:
        UserError: a path does not exist or there is nothing to check.
    """
    return _run(paths, rules, options, check_report)


def read_paths(paths: Sequence[str], rules: Rules, options: Options) -> Run:
    """Read the facts of every report of `paths` without judging them.

    Raises:
        UserError: a path does not exist or there is nothing to read.
    """
    return _run(paths, rules, options, read_report)


def check_report(path: Path, shown: str, rules: Rules, options: Options) -> ReportResult:
    """Everything said about one report. What goes wrong becomes a finding of the report."""
    try:
        document = _read(path, shown)
        reading = read_facts(document, rules)
        profile = choose_profile(document.title, shown, rules, options)
        indicators = tuple(_not_applicable(judge(reading, rules, profile), options))
    except ReadError as error:
        return _unread(shown, error, options)
    except Exception as error:  # noqa: BLE001 - one report must not end the run
        return _broken(shown, error, options)
    context = Context(document=document, reading=reading, rules=rules, profile=profile, indicators=indicators)
    findings = _graded(_suppressed(document, _found(context, options)), profile, options.stage)
    return ReportResult(
        path=shown,
        format=document.format,
        encoding=document.encoding,
        profile=profile.id if profile else None,
        stage=options.stage,
        title=document.title,
        year=reading.year,
        indicators=indicators,
        findings=with_fingerprints(findings, document),
        facts=reading.facts,
        document=document,
    )


def read_report(path: Path, shown: str, rules: Rules, options: Options) -> ReportResult:
    """Only the facts of one report. The findings say why there are none, if it cannot be read."""
    try:
        document = _read(path, shown)
        reading = read_facts(document, rules)
    except ReadError as error:
        return _unread(shown, error, options)
    except Exception as error:  # noqa: BLE001 - one report must not end the run
        return _broken(shown, error, options)
    profile = choose_profile(document.title, shown, rules, options)
    return ReportResult(
        path=shown,
        format=document.format,
        encoding=document.encoding,
        profile=profile.id if profile else None,
        stage=options.stage,
        title=document.title,
        year=reading.year,
        facts=reading.facts,
    )


def choose_profile(title: str, shown: str, rules: Rules, options: Options) -> Profile | None:
    """The profile asked for, else the first whose title patterns fit, else the first whose paths fit."""
    if options.profile is not None:
        return rules.profiles[options.profile]
    for profile in rules.profiles.values():
        if any(title_matches(pattern, title) for pattern in profile.except_titles):
            continue
        if any(title_matches(pattern, title) for pattern in profile.titles):
            return profile
    for profile in rules.profiles.values():
        if any(fnmatchcase("/" + shown.lstrip("/"), "*/" + pattern) for pattern in profile.paths):
            return profile
    return None


def _read(path: Path, shown: str) -> Document:
    try:
        return read_file(path, shown)
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise ReadError("DOC001", f"文件读不出来（{why}）", f"the file cannot be read ({why})") from error


def _not_applicable(results: Iterable[IndicatorResult], options: Options) -> Iterator[IndicatorResult]:
    for one in results:
        yield replace(one, status=Status.NOT_APPLICABLE) if one.id in options.not_applicable else one


def _found(context: Context, options: Options) -> list[Finding]:
    findings: list[Finding] = []
    for check in all_checks():
        try:
            findings.extend(check.find(context))
        except Exception as error:  # noqa: BLE001 - the other checks still have something to say
            findings.append(_failure(error, options))
    return findings


def _suppressed(document: Document, findings: list[Finding]) -> list[Finding]:
    codes = frozenset(all_codes())
    for one in all_suppressions():
        findings = one.apply(document, findings, codes)
    return findings


def _graded(findings: Iterable[Finding], profile: Profile | None, stage: str) -> list[Finding]:
    grades: Mapping[str, Severity] = profile.stages.get(stage, {}) if profile else {}
    return [
        one
        if one.code == FAILURE
        else replace(one, severity=grades.get(one.code) or grades.get(one.code[:3]) or one.severity)
        for one in findings
    ]


def _failure(error: Exception, options: Options) -> Finding:
    if options.debug:
        traceback.print_exception(error, file=sys.stderr)
    name = type(error).__name__
    return document_finding(
        FAILURE,
        Bilingual(
            f"检查程序出错（{name}），这份文件的结果不完整",
            f"the program failed ({name}); the result is incomplete",
        ),
        Location(part="file"),
    )


def _broken(shown: str, error: Exception, options: Options) -> ReportResult:
    return _only(shown, _failure(error, options), options)


def _unread(shown: str, error: ReadError, options: Options) -> ReportResult:
    finding = document_finding(error.code, Bilingual(error.zh, error.en), Location(part="file"))
    return _only(shown, finding, options)


def _only(shown: str, finding: Finding, options: Options) -> ReportResult:
    suffix = Path(shown).suffix.lstrip(".").lower()
    return ReportResult(
        path=shown,
        format=suffix,
        stage=options.stage,
        profile=options.profile,
        findings=with_fingerprints([finding], None),
    )


_One = Callable[[Path, str, Rules, Options], ReportResult]
_worker: list[tuple[Rules, Options, _One]] = []
"""What a worker process was started with."""


def _run(paths: Sequence[str], rules: Rules, options: Options, one: _One) -> Run:
    found, skipped = discover(paths)
    jobs = options.jobs or os.cpu_count() or 1
    if len(found) < PARALLEL_FROM or jobs == 1:
        reports = [one(file.path, file.shown, rules, options) for file in found]
    else:
        reports = _in_parallel(found, rules, options, one, min(jobs, len(found) // 4))
    unread = [report for report in reports if not _was_read(report)]
    ledger = Ledger(
        checked=tuple(report.path for report in reports if _was_read(report)),
        skipped=skipped,
        unreadable=tuple(
            LedgerEntry(path=report.path, zh=report.findings[0].message.zh, en=report.findings[0].message.en)
            for report in unread
        ),
    )
    return Run(reports=tuple(reports), ledger=ledger)


def _was_read(report: ReportResult) -> bool:
    """Facts alone come without document and findings; a report that was not read has only a finding."""
    return report.document is not None or not report.findings


def _in_parallel(
    found: Sequence[Found], rules: Rules, options: Options, one: _One, jobs: int
) -> list[ReportResult]:
    reports: list[ReportResult | None] = [None] * len(found)
    _pool(found, list(range(len(found))), reports, (rules, options, one), jobs)
    # A worker that died (memory, a fault in a C library) takes the pool with it: every file that is
    # left gets a process of its own, so that only the one that kills it goes without a result.
    for index, file in enumerate(found):
        if reports[index] is None:
            _pool(found, [index], reports, (rules, options, one), 1)
        if reports[index] is None:
            reports[index] = _broken(file.shown, MemoryError("worker died"), options)
    return [report for report in reports if report is not None]


def _pool(
    found: Sequence[Found],
    indices: Sequence[int],
    reports: list[ReportResult | None],
    work: tuple[Rules, Options, _One],
    jobs: int,
) -> None:
    """Fill in `reports[index]` for each of `indices`; those of a pool that broke stay None."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=_start_worker, initargs=work)
    try:
        futures: dict[int, Future[ReportResult]] = {
            index: pool.submit(_do, found[index].path, found[index].shown) for index in indices
        }
        for index, future in futures.items():
            try:
                reports[index] = future.result()
            except BrokenProcessPool:
                continue
    except BrokenProcessPool:
        return
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _start_worker(rules: Rules, options: Options, one: _One) -> None:
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _worker[:] = [(rules, options, one)]


def _do(path: Path, shown: str) -> ReportResult:
    rules, options, one = _worker[0]
    return one(path, shown, rules, options)
