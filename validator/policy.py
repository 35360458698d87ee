"""What the project has decided about known findings, loaded from its files and applied to a run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from validator.config.globs import fits
from validator.config.loading import shown
from validator.config.settings import inside, settings_for
from validator.model.config import Config
from validator.model.report import ReportResult, Run
from validator.model.words import Severity
from validator.pipeline import all_codes, all_suppressions, grade
from validator.suppressions import baseline, waivers
from validator.suppressions._base import Policy
from validator.text.members import split_member


def load_policy(
    config: Config, schemas: Path, today: date, *, with_baseline: bool = True, first_waiver: bool = False
) -> Policy:
    """The waivers and the baseline that the configuration names, or those beside it under their usual names.

    With `first_waiver`, that of the waivers need not be there yet.

    Raises:
        UserError: one that is named is not there, or one is wrong.
    """
    folder = Path(config.folder)
    waiver_path = _path(config, "waivers", waivers.NAME)
    baseline_path = _path(config, "baseline", baseline.NAME)
    use_baseline = with_baseline and ("baseline" in config.values or baseline_path.is_file())
    use_waivers = waiver_path.is_file() or ("waivers" in config.values and not first_waiver)
    return Policy(
        config=config,
        today=today,
        where=lambda path: inside(config, path) or path,
        exists=lambda path: (folder / split_member(path)[0]).is_file(),
        fits=fits,
        waivers_file=shown(waiver_path),
        waivers=waivers.load(waiver_path, shown(waiver_path), schemas / "waivers.schema.json", all_codes())
        if use_waivers
        else (),
        baseline_file=shown(baseline_path),
        baseline=baseline.load(baseline_path, shown(baseline_path)) if use_baseline else (),
    )


def baseline_path(config: Config) -> Path:
    """Where the baseline lies, or is to be written."""
    return _path(config, "baseline", baseline.NAME)


def waivers_path(config: Config) -> Path:
    """Where the waivers lie, or are to be written."""
    return _path(config, "waivers", waivers.NAME)


def settle(run: Run, policy: Policy) -> Run:
    """The run with every accepted finding marked, and with what is to be said of the policy's own files."""
    found = len(run.reports)
    for one in sorted(all_suppressions(), key=lambda one: one.turn):
        if one.settle is not None:
            run = one.settle(run, policy)
    severity = settings_for(policy.config, None).severity
    told = (_graded(report, severity) for report in run.reports[found:])
    return replace(run, reports=(*run.reports[:found], *told))


def _graded(report: ReportResult, severity: Mapping[str, Severity]) -> ReportResult:
    findings = (replace(one, severity=grade(one, severity) or one.severity) for one in report.findings)
    return replace(report, findings=tuple(findings))


def _path(config: Config, key: str, usual: str) -> Path:
    return Path(config.folder) / str(config.value(key) or usual)
