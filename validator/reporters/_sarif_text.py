"""Texts, addresses and rules as SARIF 2.1.0 writes them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from validator.model.finding import Code
from validator.model.report import ReportResult
from validator.model.words import Lang, Severity
from validator.reporters import _hosted as hosted
from validator.reporters._base import Look
from validator.reporters._markup import prose
from validator.text.escape import visible
from validator.text.lazy import lazy

LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
BASE = "%SRCROOT%"
_PROBLEMS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "recommendation"}
_MOST_NAME = 255
_MOST_DESCRIPTION = 1024
_DRIVE = lazy(r"([A-Za-z]:)(/.*)", re.DOTALL)
_BACKTICKS = lazy("`+")


def message(text: str) -> dict[str, str]:
    """A message of plain text: nothing in it is a link or a placeholder.

    SARIF 2.1.0 §3.11.5 doubles literal braces. By §3.11.6 brackets need a backslash only in the words of
    a link, so a text that holds nothing like a link keeps its own: many readers show every backslash.
    """
    plain = hosted.clipped(visible(text)).replace("{", "{{").replace("}", "}}")
    if "](" in plain:
        plain = re.sub(r"[\\\[\]]", r"\\\g<0>", plain)
    return {"text": plain or "-"}


def artifact(report: ReportResult, look: Look) -> dict[str, str]:
    """Where the file is: relative to the repository, every segment percent-encoded from its own bytes."""
    return located(hosted.hosted_file(report, look))


def located(path: str) -> dict[str, str]:
    """The address of a file by its path; an absolute one is outside the repository."""
    if drive := _DRIVE.fullmatch(path):
        return {"uri": f"file:///{drive[1]}{_encoded(drive[2])}"}
    if path.startswith("//"):
        return {"uri": f"file:{_encoded(path)}"}
    if path.startswith("/"):
        return {"uri": f"file://{_encoded(path)}"}
    return {"uri": _encoded(path) or ".", "uriBaseId": BASE}


def _encoded(path: str) -> str:
    return "/".join(map(_segment, path.split("/")))


def _segment(name: str) -> str:
    from urllib.parse import quote

    try:
        return quote(name, safe="", errors="surrogateescape")
    except UnicodeEncodeError:
        return quote(name, safe="", errors="surrogatepass")


def region(report: ReportResult, look: Look, place: tuple[int, int, int, int] | None) -> dict[str, object]:
    """A physical location. Where the file has no lines of its own it is the first character of it, as a
    host asks for a region and the lines of a rendition would point into the void."""
    line, column, end_line, end_column = place or (1, 1, 1, 2)
    line, column = max(1, line), max(1, column)
    end_line, end_column = max((line, column), (end_line, end_column))
    return {
        "artifactLocation": artifact(report, look),
        "region": {
            "startLine": line,
            "startColumn": column,
            "endLine": end_line,
            "endColumn": max(1, end_column),
        },
    }


def rules(ids: Iterable[str], look: Look) -> list[dict[str, object]]:
    """What is said of the codes that occur, in the order given."""
    return [_rule(look.codes[one], look) if one in look.codes else _unknown(one) for one in ids]


def _unknown(identifier: str) -> dict[str, object]:
    text = {"text": identifier}
    return {"id": identifier, "shortDescription": text, "fullDescription": text, "help": text}


def _rule(code: Code, look: Look) -> dict[str, object]:
    lang = look.lang
    title, meaning = code.title.get(lang), code.meaning.get(lang)
    return {
        "id": code.id,
        "name": hosted.clipped(title, _MOST_NAME),
        "shortDescription": {"text": hosted.clipped(title, _MOST_DESCRIPTION)},
        "fullDescription": {"text": hosted.clipped(meaning, _MOST_DESCRIPTION)},
        "defaultConfiguration": {"level": LEVELS[code.severity]},
        "help": _help(code, lang),
        "properties": {
            "tags": [hosted.FAMILIES.get(code.id[:3], "other")],
            "problem.severity": _PROBLEMS[code.severity],
        },
    }


def _help(code: Code, lang: Lang) -> dict[str, str]:
    zh = lang is not Lang.EN
    bad, good, remedy = ("错误写法", "正确写法", "怎么改") if zh else ("Bad", "Good", "Remedy")
    meaning, do = code.meaning.get(lang), code.remedy.get(lang)
    more = f"validator explain {code.id}"
    plain = (meaning, f"{bad}\n{code.bad}", f"{good}\n{code.good}", f"{remedy}\n{do}", more)
    marked = (
        prose(meaning),
        f"**{bad}**\n\n{_fenced(code.bad)}",
        f"**{good}**\n\n{_fenced(code.good)}",
        f"**{remedy}**\n\n{prose(do)}",
        f"`{more}`",
    )
    return {"text": "\n\n".join(plain), "markdown": "\n\n".join(marked)}


def _fenced(text: str) -> str:
    fence = "`" * max(3, 1 + max(map(len, _BACKTICKS.findall(text)), default=0))
    return f"{fence}text\n{text}\n{fence}"
