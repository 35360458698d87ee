"""Facts as a table for spreadsheets; no cell is ever taken for a formula."""

from __future__ import annotations

import csv
import io

from validator.model.report import Run
from validator.model.rule import Rules
from validator.reporters._base import Look, Reporter
from validator.reporters._facts import fact_record, listed
from validator.text.escape import formula_safe, visible

COLUMNS = (
    "path", "indicator", "name", "role", "of", "direction", "scope", "value", "unit", "qualifier",
    "value_text", "text", "year", "address", "line", "column",
)  # fmt: skip


def _facts(run: Run, rules: Rules, look: Look) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for report, fact in listed(run, rules, look):
        rule = rules.indicators.get(fact.indicator)
        record = fact_record(report.path, fact, look.lang)
        record["name"] = rule.name.get(look.lang) if rule else ""
        record["address"] = fact.location.address(look.lang)
        record["line"], record["column"] = fact.location.line, fact.location.column
        writer.writerow([_cell(record[column]) for column in COLUMNS])
    return out.getvalue().encode()


def _cell(value: object) -> object:
    if value is None:
        return ""
    return formula_safe(visible(value)) if isinstance(value, str) else value


REPORTER = Reporter(name="csv", media_type="text/csv", suffixes=(".csv",), facts=_facts)
