"""Files that lie in a folder of ours -> a run and the commented Word files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from validator.discovery import Found
from validator.model.config import Config, Origin
from validator.model.errors import ReadError, UserError
from validator.model.report import Ledger, LedgerEntry, ReportResult, Run
from validator.model.rule import Rules
from validator.model.words import Bilingual, Lang
from validator.pipeline import Options
from validator.readers import _archive
from validator.runner import check_files
from validator.text.members import SEPARATOR
from validator.webpage._results import Choice, Outcome
from validator.workers import Ended, Pool

_MOST_AT_ONCE = 8
_STEPS = 6
"""Files go to the runner in so many parts, so that the page can tell how far it is."""

Tell = Callable[[int], None]
"""Is told of so many files more that are done; raises where nobody waits for the rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """How this page checks: what the command line and the configuration say. `settle` marks what the project
    has accepted.

    Raises (`settle`):
        UserError: the project's waivers or baseline are wrong.
    """

    rules: Rules
    options: Options
    config: Config
    settle: Callable[[Run], Run]

    @property
    def usual(self) -> Choice:
        """What is chosen where nobody chooses."""
        return Choice(profile=self.config.value("profile"), stage=self.options.stage)


class _Job(NamedTuple):
    """A report to comment: the file that it is or lies in, the archive's shown name, and what was found."""

    path: Path
    archive: str
    report: ReportResult


def check(
    files: Sequence[Found], left: Sequence[LedgerEntry], choice: Choice, setup: Setup, tell: Tell
) -> Outcome:
    """Check the files and comment the Word files among them. `left` are those that are not checked.

    Raises:
        UserError: the project's own files are wrong.
    """
    options = replace(setup.options, profile=choice.profile, stage=choice.stage)
    config = replace(setup.config, flags={**setup.config.flags, **_flags(choice)})
    parts: list[Run] = []
    for part in _parts(files):
        parts.append(check_files(part, setup.rules, options, config))
        tell(len(part))
    run = setup.settle(_joined(parts, left))
    return Outcome(run=run, words=_words(run, files, choice.lang, options, tell))


def _flags(choice: Choice) -> dict[str, Origin]:
    chosen = {"stage": choice.stage} | ({"profile": choice.profile} if choice.profile else {})
    return {key: Origin(value=value, place="validator serve") for key, value in chosen.items()}


def _parts(files: Sequence[Found]) -> Iterator[Sequence[Found]]:
    size = max(1, min(_MOST_AT_ONCE, len(files) // _STEPS))
    for at in range(0, len(files), size):
        yield files[at : at + size]


def _joined(parts: Sequence[Run], left: Sequence[LedgerEntry]) -> Run:
    ledgers = [part.ledger for part in parts]
    return Run(
        reports=tuple(report for part in parts for report in part.reports),
        ledger=Ledger(
            checked=tuple(one for ledger in ledgers for one in ledger.checked),
            skipped=(*left, *(one for ledger in ledgers for one in ledger.skipped)),
            unreadable=tuple(one for ledger in ledgers for one in ledger.unreadable),
        ),
    )


# The commented Word files.


def _words(
    run: Run, files: Sequence[Found], lang: Lang, options: Options, tell: Tell
) -> Mapping[str, bytes | Bilingual]:
    jobs = [
        job
        for report in run.reports
        if report.format == "docx" and any(one.waived is None for one in report.findings)
        if (job := _job(report, files)) is not None
    ]
    if not jobs:
        return {}
    # A Word file comes from anyone, so that writing into it is done where reading it is done.
    size = min(options.jobs or 2, len(jobs))
    with Pool(partial(_annotated, lang), size=size, seconds=options.seconds, memory=options.memory) as pool:
        done = pool.map(jobs, partial(tell, 0))
    return {job.report.path: _or_why(result) for job, result in zip(jobs, done, strict=True)}


def _job(report: ReportResult, files: Sequence[Found]) -> _Job | None:
    for file in files:
        if report.path == file.shown:
            return _Job(file.path, "", report)
        if report.path.startswith(file.shown + SEPARATOR):
            return _Job(file.path, file.shown, report)
    return None


def _annotated(lang: Lang, job: _Job) -> bytes | Bilingual:
    from validator.annotate.word import annotate

    path, archive, report = job
    if report.document is None:
        return _FAILED
    try:
        data = _member(path, archive, report.path) if archive else path.read_bytes()
        findings = [one for one in report.findings if one.waived is None]
        return annotate(data, report.document, findings, lang).data
    except MemoryError:
        raise
    except (ReadError, UserError) as error:
        return Bilingual(error.zh, error.en)
    except Exception:  # noqa: BLE001 - the report is checked all the same
        return _FAILED


def _member(path: Path, archive: str, shown: str) -> bytes:
    name = shown.removeprefix(archive + SEPARATOR)
    index = next(one.index for one in _archive.members(path, archive) if one.name == name)
    return _archive.member_bytes(path, shown, index)


_FAILED = Bilingual(
    "这份文件加不了批注，请看网页报告", "comments cannot be written into this file; see the web report"
)


def _or_why(result: bytes | Bilingual | Ended) -> bytes | Bilingual:
    return _FAILED if isinstance(result, Ended) else result
