"""Codes that do not count in some files: the `ignore` list of `validator.yaml`, each with its reason."""

from __future__ import annotations

from validator.model.report import ReportResult, Run
from validator.suppressions._base import Policy, Suppression, waived


def _settle(run: Run, policy: Policy) -> Run:
    if not policy.config.ignore:
        return run

    def accept(report: ReportResult, index: int) -> str | None:
        code = report.findings[index].code
        file = policy.where(report.path)
        for one in policy.config.ignore:
            if (code in one.codes or code[:3] in one.codes) and policy.fits(file, one.match):
                return one.reason
        return None

    return waived(run, accept, "path")


SUPPRESSION = Suppression(settle=_settle, turn=1)
