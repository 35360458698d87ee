"""A page for people: what is missing, what to change, and the report's own text with every place marked.

One file that a browser opens from disk and that asks nothing of any network. Many reports begin with a
matrix of reports and indicators. It reads and prints without its script, which only sorts and filters.
"""

from __future__ import annotations

from validator.model.report import Run
from validator.model.rule import Rules
from validator.reporters._base import Look, Reporter


def _check(run: Run, rules: Rules, look: Look) -> bytes:
    from validator.reporters._html.page import page

    return page(run, rules, look).encode("utf-8", "backslashreplace")


REPORTER = Reporter(
    name="html", hosted=False, media_type="text/html", suffixes=(".html", ".htm"), check=_check
)
