"""What a suppression is. A way to accept findings is one module here with a `SUPPRESSION` of this type."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from validator.model.config import Config
from validator.model.document import Document
from validator.model.finding import Code, Finding
from validator.model.report import ReportResult, Run
from validator.suppressions._fingerprint import with_fingerprints
from validator.text.members import split_member

NEVER_WAIVED = frozenset({"DOC001", "DOC002", "DOC003", "DOC007", "DOC008", "DOC009", "DOC010", "DOC011"})
"""What was not checked, or not to the end, is no pass; and a comment cannot excuse itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """`count` findings that are already known: in which file (relative), with which code and anchor."""

    file: str
    code: str
    anchor: str
    indicator: str | None = None
    count: int = 1
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """One recorded decision. `files` may be a pattern; without an anchor it is for every finding of the
    code in these files. `line` is its line in the file of waivers."""

    code: str
    files: str
    reason: str
    owner: str = ""
    expires: date | None = None
    anchor: str = ""
    indicator: str | None = None
    line: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What the project has decided about known findings.

    `where` gives a report's path as the files of the policy write it, `exists` whether such a path is a
    file now, `fits` whether it fits patterns. `base` are the findings of the version that is compared with,
    by the present paths, and `base_name` tells which that is.
    """

    config: Config
    today: date
    where: Callable[[str], str]
    exists: Callable[[str], bool]
    fits: Callable[[str, tuple[str, ...]], bool]
    waivers_file: str = ""
    waivers: tuple[Waiver, ...] = ()
    baseline_file: str = ""
    baseline: tuple[Known, ...] = ()
    base_name: str = ""
    base: tuple[Known, ...] | None = None
    whole: bool = True
    """Whether everything of the repository was checked, so that what was not met is not there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppression:
    """`apply(document, findings, codes)` is asked for every report and returns every finding it was given,
    the accepted ones with `waived` set to the reason; it may add findings of its own (`codes` of this
    record). `settle(run, policy)` does the same for a whole run. `turn` orders the second kind.

    `codes` passed to `apply` are the ids that exist, so that a mistyped one is noticed.
    """

    apply: Callable[[Document, Sequence[Finding], frozenset[str]], list[Finding]] | None = None
    settle: Callable[[Run, Policy], Run] | None = None
    turn: int = 0
    codes: tuple[Code, ...] = field(default=())


def can_be_waived(finding: Finding) -> bool:
    """Whether a finding still stands and may be accepted at all."""
    return finding.waived is None and finding.code not in NEVER_WAIVED


def read_files(run: Run, where: Callable[[str], str]) -> frozenset[str]:
    """The files of the run that could be read, as the files of the policy write them: what is known of
    another one cannot be judged."""
    return frozenset(where(report.path) for report in run.reports if report.document is not None)


def still_there(run: Run, policy: Policy) -> Callable[[str], bool]:
    """Whether a file of the policy is there now; a member of an archive that the run read must be in it."""
    read = read_files(run, policy.where)
    opened = {archive for file in read if (archive := split_member(file)[0]) != file}
    present = {policy.where(report.path) for report in run.reports}

    def there(file: str) -> bool:
        return file in present if split_member(file)[0] in opened else policy.exists(file)

    return there


def waived(run: Run, accept: Callable[[ReportResult, int], str | None], by: str) -> Run:
    """The run with the reason that `accept(report, index of the finding)` gives, for each that stands."""
    reports = []
    for report in run.reports:
        findings = tuple(
            replace(one, waived=reason, waived_by=by)
            if can_be_waived(one) and (reason := accept(report, index)) is not None
            else one
            for index, one in enumerate(report.findings)
        )
        reports.append(report if findings == report.findings else replace(report, findings=findings))
    return replace(run, reports=tuple(reports))


def policy_report(run: Run, file: str, findings: Sequence[Finding]) -> Run:
    """The run with what is to be said about a file of the policy as a report of its own, at the end.

    It is no report that was found, so it is not in the ledger.
    """
    if not findings:
        return run
    told = ReportResult(path=file, format=file.rpartition(".")[2], findings=with_fingerprints(findings, None))
    return replace(run, reports=(*run.reports, told))
