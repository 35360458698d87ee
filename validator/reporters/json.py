"""Findings, statuses and facts as one JSON document (schema_version 1)."""

from __future__ import annotations

from validator.model.fact import Fact
from validator.model.finding import Finding, IndicatorResult
from validator.model.report import LedgerEntry, ReportResult, Run
from validator.model.rule import Rules
from validator.model.words import Lang, Severity, Status
from validator.reporters._base import Look, Reporter
from validator.reporters._facts import dumped, fact_record, place_record


def _check(run: Run, _rules: Rules, look: Look) -> bytes:
    required = sum(len(report.required) for report in run.reports)
    reported = sum(one.status is Status.REPORTED for report in run.reports for one in report.required)
    record = {
        "schema_version": 1,
        "tool": {"name": "validator", "version": look.version},
        "ledger": {
            "found": run.ledger.found,
            "checked": len(run.ledger.checked),
            "skipped": [_entry(one, look.lang) for one in run.ledger.skipped],
            "unreadable": [_entry(one, look.lang) for one in run.ledger.unreadable],
        },
        "summary": {
            "errors": run.count(Severity.ERROR),
            "warnings": run.count(Severity.WARNING),
            "infos": run.count(Severity.INFO),
            "required": required,
            "reported": reported,
            "completeness": round(reported / required, 4) if required else None,
        },
        "reports": [_report(one, look.lang) for one in run.reports],
    }
    return (dumped(record, indent=2) + "\n").encode()


def _entry(entry: LedgerEntry, lang: Lang) -> dict[str, object]:
    return {"path": entry.path, "reason": entry.en if lang is Lang.EN else entry.zh}


def _report(report: ReportResult, lang: Lang) -> dict[str, object]:
    return {
        "path": report.path,
        "format": report.format,
        "encoding": report.encoding,
        "profile": report.profile,
        "stage": report.stage,
        "title": report.title,
        "year": report.year,
        "indicators": [_indicator(report.path, one, lang) for one in report.indicators],
        "findings": [_finding(one, lang) for one in report.findings],
    }


def _indicator(path: str, one: IndicatorResult, lang: Lang) -> dict[str, object]:
    return {
        "id": one.id,
        "name": one.name.get(lang),
        "status": one.status.value,
        "required": one.required,
        "role": one.role,
        "facts": [_fact(path, fact, lang) for fact in one.facts],
    }


def _fact(path: str, fact: Fact, lang: Lang) -> dict[str, object]:
    kind = None if fact.hole is None else ("blank" if fact.hole.blank else "placeholder")
    return {**fact_record(path, fact, lang), "hole": kind}


def _finding(one: Finding, lang: Lang) -> dict[str, object]:
    return {
        "code": one.code,
        "severity": one.severity.value,
        "message": one.message.get(lang),
        "remedy": one.remedy.get(lang),
        "text": one.text,
        "indicator": one.indicator,
        "obfuscated": one.obfuscated,
        "anchor": one.anchor,
        "fingerprint": one.fingerprint,
        "waived": one.waived,
        "waived_by": one.waived_by or None,
        "location": place_record(one.location, lang),
    }


REPORTER = Reporter(name="json", media_type="application/json", suffixes=(".json",), check=_check)
