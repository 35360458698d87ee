"""JSON Lines: one fact, or one block of a report, a line."""

from __future__ import annotations

from validator.model.report import Run
from validator.model.rule import Rules
from validator.reporters._base import Look, Reporter
from validator.reporters._blocks import block_records
from validator.reporters._facts import dumped, fact_record, listed
from validator.reporters._why import why_records


def _facts(run: Run, rules: Rules, look: Look) -> bytes:
    if look.explain:
        return "".join(dumped(record) + "\n" for record in why_records(run, rules, look)).encode()
    lines = [
        dumped(fact_record(report.path, fact, look.lang)) + "\n" for report, fact in listed(run, rules, look)
    ]
    return "".join(lines).encode()


def _read(run: Run, _rules: Rules, look: Look) -> bytes:
    return "".join(dumped(record) + "\n" for record in block_records(run, look)).encode()


REPORTER = Reporter(
    name="jsonl", media_type="application/jsonl", suffixes=(".jsonl",), facts=_facts, read=_read
)
