"""What is made of a batch when somebody asks for it: the web report, the list, and the rows of the page."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from validator import __version__
from validator.model.report import LedgerEntry, ReportResult, Run
from validator.model.rule import Rules
from validator.model.words import Lang, Severity, Status
from validator.reporters._base import Look, Reporter
from validator.reporters._hosted import without_path
from validator.reporters._tongue import Tongue
from validator.text.members import split_member
from validator.webpage._results import Batch, Outcome

_META = re.compile(rb'<meta http-equiv="Content-Security-Policy" content="([^"]{1,2000})">')
_HEAD_BYTES = 2000
_CLOSED = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One file of the list. `number` is that of its report, None where it was not checked; `css` is good,
    warn, bad or left; `word` tells why there is no commented Word file, and is empty where there is one."""

    name: str
    inside: str = ""
    number: int | None = None
    css: str
    verdict: str
    told: tuple[str, ...] = ()
    readable: bool = False
    word: str = ""


def rows(outcome: Outcome, rules: Rules, lang: Lang) -> list[Row]:
    """A row for each report, then one for each file that was left."""
    tongue = Tongue(Look(lang=lang))
    known = {*outcome.run.ledger.checked, *(one.path for one in outcome.run.ledger.unreadable)}
    found = [
        _row(number, report, outcome, rules, tongue)
        for number, report in enumerate(outcome.run.reports)
        if report.path in known
    ]
    return [*found, *(_left(one, tongue) for one in outcome.run.ledger.skipped)]


def _row(number: int, report: ReportResult, outcome: Outcome, rules: Rules, tongue: Tongue) -> Row:
    name, inside = split_member(report.path)
    if report.document is None:
        lead = report.findings[0]
        message = without_path(lead.message.get(tongue.lang), report.path)
        remedy = lead.remedy.get(tongue.lang)
        unread = tongue.say("没读成", "could not be read")
        return Row(name=name, inside=inside, number=number, css="bad", verdict=unread, told=(message, remedy))
    errors, warnings = report.count(Severity.ERROR), report.count(Severity.WARNING)
    counts = {level: report.count(level) for level in Severity}
    return Row(
        name=name,
        inside=inside,
        number=number,
        css="bad" if errors else "warn" if warnings else "good",
        verdict=tongue.counted(counts) or tongue.say("没有发现问题", "nothing found"),
        told=tuple(_told(report, rules, tongue)),
        readable=True,
        word=_no_word(report, outcome, tongue),
    )


def _told(report: ReportResult, rules: Rules, tongue: Tongue) -> Iterator[str]:
    profile = rules.profiles.get(report.profile or "")
    if profile is None:
        yield tongue.say(
            "看不出是哪类报告，没有查缺报；要查，请在下面选“要求清单”再检查一次",
            "the title does not tell what is required; choose a list below and send it again",
        )
    elif report.required:
        done = sum(one.status is Status.REPORTED for one in report.required)
        yield tongue.say(
            f"{profile.name.zh}：应报 {len(report.required)} 项，已填 {done} 项",
            f"{profile.name.en}: {done} of {len(report.required)} reported",
        )
    standing = [one.code for one in report.findings if one.waived is None]
    families = (
        ("IND001", "没有提到", "项", "not mentioned"),
        ("PLC", "占位", "处", "placeholders"),
        ("BAN", "广告", "处", "vendor texts"),
        ("CON", "前后不一致", "处", "contradictions"),
    )
    counts = (
        (sum(code.startswith(family) for code in standing), zh, unit, en) for family, zh, unit, en in families
    )
    parts = [tongue.say(f"{zh} {count} {unit}", f"{count} {en}") for count, zh, unit, en in counts if count]
    if parts:
        yield tongue.say("，", ", ").join(parts)


def _no_word(report: ReportResult, outcome: Outcome, tongue: Tongue) -> str:
    made = outcome.words.get(report.path)
    if isinstance(made, bytes):
        return ""
    if made is not None:
        return without_path(made.get(tongue.lang), report.path)
    if report.format == "docx":
        return tongue.say("没有问题，不用批注", "nothing to comment")
    return tongue.say(
        "这种格式加不了批注：请用 Word 或 WPS 另存为 .docx 再检查，或看网页报告",
        "this format takes no comments: save it as .docx with Word or WPS, or see the web report",
    )


def _left(one: LedgerEntry, tongue: Tongue) -> Row:
    name, inside = split_member(one.path)
    return Row(
        name=name,
        inside=inside,
        css="left",
        verdict=tongue.say("没有检查", "not checked"),
        told=(tongue.say(one.zh, one.en),),
    )


# Outputs.


def look(batch: Batch, lang: Lang) -> Look:
    """How the outputs of a batch are to look."""
    from validator.pipeline import all_codes

    return Look(lang=lang, version=__version__, profile=batch.choice.profile, codes=all_codes())


def web_report(run: Run, rules: Rules, how: Look) -> bytes:
    """The report as a page."""
    from validator.reporters.html import REPORTER

    return _bytes(REPORTER, run, rules, how)


def missing_list(run: Run, rules: Rules, how: Look) -> bytes:
    """The workbook with what is missing."""
    from validator.reporters.xlsx import REPORTER

    return _bytes(REPORTER, run, rules, how)


def _bytes(reporter: Reporter, run: Run, rules: Rules, how: Look) -> bytes:
    made = reporter.check(run, rules, how) if reporter.check else b""
    return made.encode("utf-8", "backslashreplace") if isinstance(made, str) else made


def policy_of(page: bytes) -> str:
    """The content policy of a web report: its own, which allows its style and its script by hash, in an
    origin of its own, so that nothing in it could reach this page.

    It is read from the head, where nothing of a document stands.
    """
    found = _META.search(page[:_HEAD_BYTES].partition(b"<title")[0])
    own = html.unescape(found[1].decode("ascii", "ignore")) if found else _CLOSED
    return f"{own.rstrip('; ')}; frame-ancestors 'none'; sandbox allow-scripts allow-modals"
