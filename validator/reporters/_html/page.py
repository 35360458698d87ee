"""The file as a whole: one page that needs nothing else and runs nothing but its own script."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from validator.model.report import Run
from validator.model.rule import Rules
from validator.model.words import Lang
from validator.reporters._base import Look
from validator.reporters._html.overview import how_much, overview
from validator.reporters._html.view import ReportView, report_view
from validator.reporters._tongue import Tongue
from validator.text.escape import visible

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

MANY = 50
"""From how many reports on each is brief."""
_FOLDER = "validator.reporters._html"


def page(run: Run, rules: Rules, look: Look) -> str:
    """The whole file as text. The same run gives the same text."""
    from markupsafe import Markup

    tongue = Tongue(look)
    many = len(run.reports) != 1
    views = [
        report_view(
            report, rules, tongue, f"r{number}-" if many else "", shown, brief=len(run.reports) > MANY
        )
        for number, (report, shown) in enumerate(zip(run.reports, how_much(run.reports), strict=True), 1)
    ]
    style, script = _asset("page.css"), _asset("page.js")
    return (
        _environment()
        .get_template("page.html")
        .render(
            say=tongue.say,
            lang="en" if look.lang is Lang.EN else "zh-CN",
            version=look.version,
            policy=f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
            "base-uri 'none'; form-action 'none'",
            style=Markup(style),  # noqa: S704 - our own file
            script=Markup(script),  # noqa: S704 - our own file
            views=views,
            many=many,
            over=overview(run, views, rules, tongue),
            codes=_codes(run, look),
            title=_title(views, tongue),
        )
    )


def _title(views: Sequence[ReportView], tongue: Tongue) -> str:
    if len(views) == 1:
        name = views[0].title or views[0].path
        return tongue.say(f"检查结果：{name}", f"Check of {name}")
    return tongue.say(f"检查结果：{len(views)} 份报告", f"Check of {len(views)} reports")


def _codes(run: Run, look: Look) -> list[tuple[str, str, str, str]]:
    """The codes that occur: id, title, meaning, and what to do."""
    used = {one.code for report in run.reports for one in report.findings}
    found = []
    for name, code in sorted(look.codes.items()):
        if name in used:
            title, meaning, remedy = (one.get(look.lang) for one in (code.title, code.meaning, code.remedy))
            found.append((name, title, meaning, remedy))
    return found


@cache
def _asset(name: str) -> str:
    return resources.files(_FOLDER).joinpath(name).read_text("utf-8")


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader(_FOLDER, "."),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_harmless,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters["lines"] = _lines
    return environment


def _harmless(value: Any) -> Any:
    """What goes into the page: text without controls; the template's own markup as it is."""
    if not isinstance(value, str) or hasattr(value, "__html__"):
        return value
    return value if value.isprintable() else visible(value)


def _lines(text: str) -> Markup:
    """Text of a document with its line breaks, else as harmless as all other text."""
    from markupsafe import Markup, escape

    return Markup("<br>").join(escape(_harmless(one)) for one in text.replace("\r\n", "\n").split("\n"))
