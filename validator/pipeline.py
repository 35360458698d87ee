"""The one place where the stages meet: read -> facts -> check -> suppress, for one report."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from validator import checks, suppressions
from validator.checks._base import Check, Context
from validator.checks.document import document_finding
from validator.facts.reading import read_facts
from validator.facts.statuses import judge
from validator.model.errors import ReadError, system_reason
from validator.model.finding import Code, Finding, IndicatorResult
from validator.model.location import Location
from validator.model.report import ReportResult
from validator.model.rule import Profile, Rules
from validator.model.words import Bilingual, Severity, Status
from validator.plugins import collect
from validator.readers._choose import read_file
from validator.suppressions._base import Suppression
from validator.suppressions._fingerprint import with_fingerprints
from validator.text.wordings import title_matches

if TYPE_CHECKING:
    from validator.model.document import Document

FAILURE = "DOC010"
"""The code of a check that raised; no stage grades it down."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to check. `profile` None means: the first whose titles or paths fit the report; `year` None: the
    year that its title tells.

    `not_applicable` maps the ids of indicators that do not apply to the reason, `severity` codes or
    families to the severity that they have here. `jobs` None means as
    many processes as there are processors. A report may take `seconds` and `memory` (bytes); None means
    that there is no limit. With `explain` the facts come with how they were read.
    """

    profile: str | None = None
    stage: str = "submission"
    year: int | None = None
    severity: Mapping[str, Severity] = field(default_factory=dict)
    not_applicable: Mapping[str, str] = field(default_factory=dict)
    jobs: int | None = None
    seconds: float | None = 20.0
    memory: int | None = 1 << 30
    debug: bool = False
    explain: bool = False


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


def check_report(
    path: Path, shown: str, rules: Rules, options: Options, member: int | None = None
) -> ReportResult:
    """Everything said about one report. What goes wrong becomes a finding of the report.

    `member` is the report's place in the directory of the archive `path`.

    Raises:
        MemoryError: the process is over its limit and of no further use.
    """
    try:
        document = _read(path, shown, member)
        reading = read_facts(document, rules, year=options.year)
        profile = choose_profile(document.title, shown, rules, options)
        indicators = tuple(_not_applicable(judge(reading, rules, profile), options))
    except MemoryError:
        raise
    except ReadError as error:
        return unread(shown, error, options)
    except Exception as error:  # noqa: BLE001 - one report must not end the run
        return broken(shown, error, options)
    context = Context(document=document, reading=reading, rules=rules, profile=profile, indicators=indicators)
    findings = _graded(_suppressed(document, _found(context, options)), profile, options)
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


def read_report(
    path: Path, shown: str, rules: Rules, options: Options, member: int | None = None
) -> ReportResult:
    """Only the facts of one report, and how it was read. The findings say why there are none, if it
    cannot be read.

    Raises:
        MemoryError: the process is over its limit and of no further use.
    """
    try:
        document = _read(path, shown, member)
        reading = read_facts(document, rules, explain=options.explain, year=options.year)
    except MemoryError:
        raise
    except ReadError as error:
        return unread(shown, error, options)
    except Exception as error:  # noqa: BLE001 - one report must not end the run
        return broken(shown, error, options)
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
        attempts=reading.attempts,
        document=document,
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


def _read(path: Path, shown: str, member: int | None) -> Document:
    try:
        return read_file(path, shown, member)
    except OSError as error:
        why = system_reason(error)
        raise ReadError(
            "DOC001", f"文件读不出来（{why.zh}）", f"the file cannot be read ({why.en})"
        ) from error


def _not_applicable(results: Iterable[IndicatorResult], options: Options) -> Iterator[IndicatorResult]:
    for one in results:
        yield replace(one, status=Status.NOT_APPLICABLE) if one.id in options.not_applicable else one


def _found(context: Context, options: Options) -> list[Finding]:
    findings: list[Finding] = []
    for check in all_checks():
        try:
            findings.extend(check.find(context))
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001 - the other checks still have something to say
            findings.append(_failure(error, options))
    return findings


def _suppressed(document: Document, findings: list[Finding]) -> list[Finding]:
    codes = frozenset(all_codes())
    for one in all_suppressions():
        if one.apply is not None:
            findings = one.apply(document, findings, codes)
    return findings


def _graded(findings: Iterable[Finding], profile: Profile | None, options: Options) -> list[Finding]:
    """The findings with the severities of the stage, then those of the configuration; of each the code
    counts before its family."""
    stage: Mapping[str, Severity] = profile.stages.get(options.stage, {}) if profile else {}
    return [
        one
        if one.code == FAILURE
        else replace(one, severity=grade(one, options.severity) or grade(one, stage) or one.severity)
        for one in findings
    ]


def grade(finding: Finding, grades: Mapping[str, Severity]) -> Severity | None:
    """What `grades` says of the finding's code, else of its family, or None."""
    return grades.get(finding.code) or grades.get(finding.code[:3])


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


def broken(shown: str, error: Exception, options: Options) -> ReportResult:
    """The result for a report on which the program failed."""
    return _only(shown, _failure(error, options), options)


def unread(shown: str, error: ReadError, options: Options) -> ReportResult:
    """The result for a report that cannot be read."""
    finding = document_finding(error.code, Bilingual(error.zh, error.en), Location(part="file"))
    return _only(shown, _graded([finding], None, options)[0], options)


def _only(shown: str, finding: Finding, options: Options) -> ReportResult:
    suffix = Path(shown).suffix.lstrip(".").lower()
    return ReportResult(
        path=shown,
        format=suffix,
        stage=options.stage,
        profile=options.profile,
        findings=with_fingerprints([finding], None),
    )
