"""The list of what is missing, as a workbook to fill in, print and hand to the offices.

One sheet with an empty cell for every number that is required and not reported, one with all findings, one
with the facts. No cell is a formula or a link, whatever stands in a document.
"""

from __future__ import annotations

from dataclasses import replace

from validator.model.report import Run
from validator.model.rule import Rules
from validator.reporters._base import Look, Reporter
from validator.reporters._tongue import Tongue
from validator.reporters._xlsx_about import WIDTHS, about
from validator.reporters._xlsx_book import Book
from validator.reporters._xlsx_found import facts_sheet, findings_sheet
from validator.reporters._xlsx_list import missing_sheet
from validator.reporters._xlsx_missing import wanted


def _check(run: Run, rules: Rules, look: Look) -> bytes:
    tongue = Tongue(look)
    missing = wanted(run, rules)
    book = Book(tongue.say("缺项清单", "What is missing"), look.lang)
    missing_sheet(book, run, missing, tongue)
    findings_sheet(book, run, tongue)
    whole = replace(look, profile=None, indicator=None, all_scopes=False)
    facts_sheet(book, run, rules, whole)
    book.page(tongue.say("说明", "About"), WIDTHS, about(run, rules, look, missing))
    return book.close()


def _facts(run: Run, rules: Rules, look: Look) -> bytes:
    tongue = Tongue(look)
    book = Book(tongue.say("已填的数", "What is stated"), look.lang)
    facts_sheet(book, run, rules, look)
    book.page(tongue.say("说明", "About"), WIDTHS, about(run, rules, look, None))
    return book.close()


REPORTER = Reporter(
    name="xlsx",
    media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    suffixes=(".xlsx",),
    hosted=False,
    binary=True,
    check=_check,
    facts=_facts,
)
