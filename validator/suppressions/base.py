"""Findings that the version compared with has already (`--new-only`): they do not fail the check."""

from __future__ import annotations

from validator.model.report import ReportResult, Run
from validator.suppressions._base import Policy, Suppression, waived
from validator.suppressions._known import match


def _settle(run: Run, policy: Policy) -> Run:
    if policy.base is None:
        return run
    present = {policy.where(report.path) for report in run.reports}
    matched, _ = match(policy.base, run, policy.where, present.__contains__)
    reason = policy.base_name

    def accept(report: ReportResult, index: int) -> str | None:
        return reason if (report.path, index) in matched else None

    return waived(run, accept, "base")


SUPPRESSION = Suppression(settle=_settle, turn=4)
