"""The outcome of a run: one result a report, and the account of every file found."""

from __future__ import annotations

from dataclasses import dataclass, field

from validator.model.document import Document
from validator.model.fact import Attempt, Fact
from validator.model.finding import Finding, IndicatorResult
from validator.model.words import Severity, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """A file that was not checked, and why."""

    path: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """Every file found is checked, skipped for a named reason, or unreadable."""

    checked: tuple[str, ...] = ()
    skipped: tuple[LedgerEntry, ...] = ()
    unreadable: tuple[LedgerEntry, ...] = ()

    @property
    def found(self) -> int:
        """How many files were found."""
        return len(self.checked) + len(self.skipped) + len(self.unreadable)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportResult:
    """Everything said about one report. `facts` are those of every scope and every pack; `attempts` tell
    how they were read, where that was asked for."""

    path: str
    format: str
    encoding: str | None = None
    profile: str | None = None
    stage: str = "submission"
    title: str = ""
    year: int | None = None
    indicators: tuple[IndicatorResult, ...] = ()
    findings: tuple[Finding, ...] = ()
    facts: tuple[Fact, ...] = ()
    attempts: tuple[Attempt, ...] = ()
    document: Document | None = None

    @property
    def required(self) -> tuple[IndicatorResult, ...]:
        """Results of the indicators that the profile requires and that apply."""
        return tuple(
            one for one in self.indicators if one.required and one.status is not Status.NOT_APPLICABLE
        )

    def count(self, severity: Severity) -> int:
        """How many findings of that severity stand (waived ones do not)."""
        return sum(1 for one in self.findings if one.severity is severity and one.waived is None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """The whole outcome, in the order of the paths."""

    reports: tuple[ReportResult, ...] = ()
    ledger: Ledger = field(default_factory=Ledger)

    def count(self, severity: Severity) -> int:
        """How many findings of that severity stand in all reports."""
        return sum(one.count(severity) for one in self.reports)
