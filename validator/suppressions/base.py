"""Findings that the version compared with has already (`--new-only`): they do not fail the check."""

from __future__ import annotations

from validator.model.report import ReportResult, Run
from validator.suppressions._base import Policy, Suppression, waived
from validator.suppressions._known import match


def _settle(run: Run, policy: Policy) -> Run:
    if policy.base is None:
        return run
    matched, _ = match(policy.base, run, policy.where, lambda _: True)
    reason = policy.base_name

    def accept(report: ReportResult, index: int) -> str | None:
        return reason if (report.path, index) in matched else None

    return waived(run, accept, "base")


SUPPRESSION = Suppression(settle=_settle, turn=4)
