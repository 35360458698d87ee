"""Annotations of GitHub Actions: one workflow command a line, no more than GitHub shows.

GitHub keeps 10 errors, 10 warnings and 10 notices of a step and drops the rest without a word, so the
tenth says how many there are beyond it. No diff view shows a Word or PDF file: such a file has one
annotation that lists its findings.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from validator.model.finding import Finding
from validator.model.report import ReportResult, Run
from validator.model.rule import Rules
from validator.model.words import Severity
from validator.reporters._base import Look, Reporter
from validator.reporters._hosted import (
    accepted,
    clipped,
    has_lines,
    hosted_file,
    member_of,
    repository_path,
    standing,
    worst,
)
from validator.reporters._tongue import Tongue
from validator.text.escape import visible

A_LEVEL = 10
"""How many annotations of one level GitHub shows for a step."""
LISTED = 12
"""How many findings the annotation of a whole file lists."""
LINE = 160
"""How many characters of one of them."""
MESSAGE = 1000
"""How many characters of a message or remedy that stands alone."""

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


class _Annotation(NamedTuple):
    """One annotation and how many findings it tells of."""

    severity: Severity
    properties: tuple[tuple[str, object], ...]
    message: str
    findings: int


def _check(run: Run, _rules: Rules, look: Look) -> bytes:
    tongue = Tongue(look)
    found = list(_annotations(run, look, tongue))
    lines = [_command(one) for level in Severity for one in _shown(level, found, tongue)]
    return "".join(f"{one}\n" for one in [*lines, _totals(run, tongue)]).encode()


def _annotations(run: Run, look: Look, tongue: Tongue) -> Iterator[_Annotation]:
    for report in run.reports:
        found = [one.finding for one in standing(Run(reports=(report,)))]
        severity = worst(report)
        if severity is None:
            continue
        if not has_lines(report):
            yield _of_file(report, found, severity, look, tongue)
            continue
        file = visible(repository_path(report, look))
        for one in found:
            yield _of_line(one, file, look, tongue)


def _of_line(finding: Finding, file: str, look: Look, tongue: Tongue) -> _Annotation:
    place = finding.location
    properties: list[tuple[str, object]] = [("file", file)]
    if place.part != "file":
        properties.append(("line", place.line))
        if place.line == place.end_line:
            properties += [
                ("col", place.column),
                ("endLine", place.end_line),
                ("endColumn", place.end_column),
            ]
        else:
            # columns of a passage of several lines are refused
            properties.append(("endLine", place.end_line))
    code = look.codes.get(finding.code)
    properties.append(("title", f"{finding.code} {code.title.get(tongue.lang)}" if code else finding.code))
    return _Annotation(finding.severity, tuple(properties), _message(finding, tongue), 1)


def _message(finding: Finding, tongue: Tongue) -> str:
    what = f"{_where(finding, tongue)}{_short(finding.message.get(tongue.lang), MESSAGE)}"
    remedy = finding.remedy.get(tongue.lang)
    return f"{what}\n{tongue.label('怎么改', 'what to do', _short(remedy, MESSAGE))}" if remedy else what


def _where(finding: Finding, tongue: Tongue) -> str:
    if finding.location.part == "file":
        return ""
    return _short(finding.location.address(tongue.lang), LINE) + tongue.say("：", ": ")


def _of_file(
    report: ReportResult, found: Sequence[Finding], severity: Severity, look: Look, tongue: Tongue
) -> _Annotation:
    """All of a file's findings; a member of an archive is shown at the archive, which is what exists."""
    file = hosted_file(report, look)
    lines = [
        _short(f"{one.code} {_where(one, tongue)}{one.message.get(tongue.lang)}", LINE)
        for one in found[:LISTED]
    ]
    if len(found) > LISTED:
        more = len(found) - LISTED
        lines.append(tongue.say(f"…… 还有 {more} 条", f"… and {more} more"))
    counts = tongue.counted(Counter(one.severity for one in found))
    title = f"{member_of(report) or file.rpartition('/')[2]}{tongue.say('：', ': ')}{counts}"
    properties = (("file", visible(file)), ("title", _short(title, LINE)))
    return _Annotation(severity, properties, "\n".join(lines), len(found))


def _shown(level: Severity, found: Sequence[_Annotation], tongue: Tongue) -> Iterator[_Annotation]:
    """The annotations of a level that GitHub will show, the last of them telling of the others."""
    same = [one for one in found if one.severity is level]
    if len(same) <= A_LEVEL:
        yield from same
        return
    # one of every file before the second of any
    turns: Counter[object] = Counter()
    order: list[tuple[int, int]] = []
    for at, one in enumerate(same):
        file = one.properties[0]
        turns[file] += 1
        order.append((turns[file], at))
    kept = {at for _, at in sorted(order)[: A_LEVEL - 1]}
    yield from (one for at, one in enumerate(same) if at in kept)
    more = sum(one.findings for at, one in enumerate(same) if at not in kept)
    text = tongue.say(
        f"还有 {more} 条未显示（GitHub 每级只显示 {A_LEVEL} 条）。全部见 --format markdown 等其他输出",
        f"{more} more not shown (GitHub shows {A_LEVEL} of a level). All are in the other formats, such as "
        "--format markdown",
    )
    yield _Annotation(level, (("title", "validator"),), text, more)


def _command(one: _Annotation) -> str:
    properties = ",".join(f"{key}={_property(str(value))}" for key, value in one.properties)
    return f"::{_COMMANDS[one.severity]} {properties}::{_data(one.message)}"


def _data(text: str) -> str:
    """The message of a command. That no old form of a command is in it, `visible` has seen to."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")


def _short(text: str, limit: int) -> str:
    return clipped(visible(text), limit)


def _totals(run: Run, tongue: Tongue) -> str:
    """The account of all files and findings. It holds numbers only, nothing from a document."""
    ledger = run.ledger
    files = tongue.say(
        f"检查了 {len(ledger.checked)} 份，跳过 {len(ledger.skipped)} 份，没读成 {len(ledger.unreadable)} 份",
        f"{len(ledger.checked)} checked, {len(ledger.skipped)} skipped, {len(ledger.unreadable)} unreadable",
    )
    found = {level: run.count(level) for level in Severity}
    counts = tongue.counted(found, always=(Severity.ERROR, Severity.WARNING))
    waived = sum(1 for _ in accepted(run))
    more = tongue.say(f"，已豁免 {waived} 处", f", {waived} accepted") if waived else ""
    return f"validator{tongue.say('：', ': ')}{files}{tongue.say('；', '; ')}{counts}{more}"


REPORTER = Reporter(name="github", media_type="text/plain", check=_check)
