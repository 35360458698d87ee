"""JUnit XML for the test views of CI services: a suite a report, a test case a requirement and a finding.

GitLab keeps only the first of several cases with one name and takes the class name for the suite, so
every name is used once in the file and the class name is the path of the report. Such a file must stay
below 30 MB; what does not fit is left out from the least severe on, and counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from validator.model.finding import Finding, IndicatorResult
from validator.model.report import LedgerEntry, ReportResult, Run
from validator.model.rule import Rules
from validator.model.words import Severity, Status
from validator.reporters._base import Look, Reporter
from validator.reporters._entries import address, excerpt, in_source
from validator.reporters._hosted import clipped, repository_path
from validator.reporters._lines import Style
from validator.reporters._markup import markup
from validator.reporters._tongue import Tongue
from validator.text.escape import visible

LIMIT = 25_000_000
"""Bytes of all test cases together."""
_NAME, _WORDS, _TEXT = 40, 600, 200
_LISTED = 50
_PASSED = len(Severity)
_STATUSES = {
    Status.PLACEHOLDER: ("是占位符", "has a placeholder"),
    Status.BLANK: ("是空白", "is blank"),
    Status.NO_VALUE: ("没有数字", "has no value"),
    Status.ABSENT: ("没有提到", "is not mentioned"),
    Status.CONFLICTING: ("前后矛盾", "has conflicting values"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """One test case. `outcome` is `failure`, `error`, `skipped` or empty; the lower the `rank`, the longer
    it is kept."""

    name: str
    outcome: str = ""
    kind: str = ""
    message: str = ""
    body: str = ""
    rank: int = _PASSED


@dataclass(slots=True)
class _Suite:
    """The cases of one report, as XML."""

    name: str
    cases: list[tuple[_Case, str]] = field(default_factory=list)


@dataclass(slots=True)
class _Writer:
    """What all cases of a file need: language, rules, and the names that are taken."""

    rules: Rules
    look: Look
    tongue: Tongue
    taken: Counter[str] = field(default_factory=Counter)

    def suite(self, name: str, cases: Iterator[_Case]) -> _Suite:
        """The cases under names that occur once in the file."""
        return _Suite(name, [(one, self._xml(one, name)) for one in cases])

    def _xml(self, case: _Case, suite: str) -> str:
        name = markup(f"{case.name} | {suite}")
        self.taken[name] += 1
        while (count := self.taken[name]) > 1:
            # another case may have the numbered name already
            name = f"{name} ({count})"
            self.taken[name] += 1
        head = f'<testcase classname="{markup(suite)}" name="{name}"'
        # our own line ends are kept, all others are gone already
        body = "\n".join(markup(line) for line in case.body.split("\n"))
        if case.outcome == "skipped":
            return f'{head}><skipped message="{markup(case.message)}"/></testcase>\n'
        if case.outcome:
            return (
                f'{head}><{case.outcome} type="{markup(case.kind)}" message="{markup(case.message)}">'
                f"{body}</{case.outcome}></testcase>\n"
            )
        return f"{head}><system-out>{body}</system-out></testcase>\n" if body else f"{head}/>\n"


def _check(run: Run, rules: Rules, look: Look) -> bytes:
    writer = _Writer(rules, look, Tongue(look))
    unread = {one.path for one in run.ledger.unreadable}
    suites = [
        writer.suite(
            clipped(repository_path(report, look), _WORDS),
            _unread(report, writer) if report.path in unread else _report(report, writer),
        )
        for report in run.reports
    ]
    left = _cut(suites)
    suites.append(writer.suite("validator", _account(run, left, writer)))
    body = "".join(_suite(one) for one in suites if one.cases)
    cases = [case for one in suites for case, _ in one.cases]
    head = f'<testsuites name="validator" {_counts(cases)}>'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{head}\n{body}</testsuites>\n'.encode()


def _suite(suite: _Suite) -> str:
    cases = "".join(text for _, text in suite.cases)
    counts = _counts([case for case, _ in suite.cases])
    return f'<testsuite name="{markup(suite.name)}" {counts}>\n{cases}</testsuite>\n'


def _counts(cases: Sequence[_Case]) -> str:
    found = Counter(one.outcome for one in cases)
    return (
        f'tests="{len(cases)}" failures="{found["failure"]}" errors="{found["error"]}" '
        f'skipped="{found["skipped"]}"'
    )


def _cut(suites: Sequence[_Suite]) -> list[_Case]:
    """Take the least severe cases out until the rest fits; those that were taken out."""
    room = LIMIT
    left: list[_Case] = []
    every = [(suite, at) for suite in suites for at in range(len(suite.cases))]
    every.sort(key=lambda one: one[0].cases[one[1]][0].rank)
    drop: dict[int, set[int]] = {}
    for suite, at in every:
        case, text = suite.cases[at]
        room -= len(text.encode())
        if room < 0:
            left.append(case)
            drop.setdefault(id(suite), set()).add(at)
    for suite in suites:
        dropped = drop.get(id(suite), ())
        suite.cases = [one for at, one in enumerate(suite.cases) if at not in dropped]
    return left


def _report(report: ReportResult, writer: _Writer) -> Iterator[_Case]:
    told: set[int] = set()
    for result in report.required:
        own = [
            one
            for one in report.findings
            if one.indicator == result.id and one.code.startswith("IND") and result.status in _STATUSES
        ]
        told.update(id(one) for one in own)
        yield _requirement(result, own, report, writer)
    others = [one for one in report.findings if id(one) not in told]
    for one in others:
        yield _finding(one, report, writer)
    if not report.required and not others:
        yield _Case(name=writer.tongue.say("没有发现问题", "nothing found"))


def _requirement(
    result: IndicatorResult, own: Sequence[Finding], report: ReportResult, writer: _Writer
) -> _Case:
    """The case of a required indicator; `own` are the findings that say why it is not reported."""
    name = f"{result.id} {result.name.zh}"
    if result.status not in _STATUSES:
        return _Case(name=name)
    standing = [one for one in own if one.waived is None]
    if own and not standing:
        return _waived(name, own[0], writer)
    if standing:
        return _judged(name, standing[0], report, writer)
    what = writer.tongue.say(*_STATUSES[result.status])
    return _Case(
        name=name,
        outcome="failure",
        kind=result.status.value,
        message=f"{result.name.get(writer.tongue.lang)} {what}",
        body=_how(result.id, writer),
        rank=Severity.ERROR.rank,
    )


def _finding(one: Finding, report: ReportResult, writer: _Writer) -> _Case:
    place = "" if one.location.part == "file" else one.location.address(writer.tongue.lang)
    words = (one.code, clipped(place, _TEXT), clipped(one.text.strip(), _NAME), one.fingerprint[:8])
    name = " ".join(filter(None, words))
    return _waived(name, one, writer) if one.waived is not None else _judged(name, one, report, writer)


def _waived(name: str, one: Finding, writer: _Writer) -> _Case:
    said = writer.tongue.label("已豁免", "accepted", one.waived or one.waived_by or "-")
    message = f"{clipped(one.message.get(writer.tongue.lang), _WORDS)} {clipped(said, _WORDS)}"
    return _Case(name=name, outcome="skipped", message=message)


def _judged(name: str, one: Finding, report: ReportResult, writer: _Writer) -> _Case:
    """A finding that counts fails the case; a mere note does not, it is told in the case's output."""
    message = clipped(one.message.get(writer.tongue.lang), _WORDS)
    body = _body(one, report, writer)
    if one.severity is Severity.INFO:
        return _Case(name=name, body=f"{visible(message)}\n{body}", rank=one.severity.rank)
    return _Case(
        name=name, outcome="failure", kind=one.code, message=message, body=body, rank=one.severity.rank
    )


def _body(one: Finding, report: ReportResult, writer: _Writer) -> str:
    """Place, words around it, and what to do, a line each."""
    say, lang = writer.tongue.label, writer.tongue.lang
    where = "" if one.location.part == "file" else address(one, lang)
    spans = (f"【{span.text}】" if span.style is Style.MARK else span.text for span in excerpt(one, report))
    lines = (
        say("位置", "place", clipped(" ".join(filter(None, (where, in_source(one, report, lang)))), _TEXT)),
        say("原文", "text", clipped("".join(spans), _TEXT)),
        say("怎么改", "what to do", clipped(one.remedy.get(lang), _WORDS)),
        say("级别", "severity", one.severity.value),
    )
    rule = writer.rules.indicators.get(one.indicator or "")
    more = _how(rule.id, writer) if rule and rule.how not in one.remedy.get(lang) else ""
    return "\n".join(filter(None, (*map(visible, lines), more)))


def _how(indicator: str, writer: _Writer) -> str:
    """Where an indicator belongs, how it is written and who knows it."""
    rule = writer.rules.indicators.get(indicator)
    if rule is None:
        return ""
    say = writer.tongue.label
    lines = (
        say("应写在", "belongs to", rule.section),
        say("怎么写", "model sentence", clipped(rule.how, _WORDS)),
        say("问", "ask", rule.owner),
    )
    return "\n".join(filter(None, map(visible, lines)))


def _unread(report: ReportResult, writer: _Writer) -> Iterator[_Case]:
    for one in report.findings:
        name = f"{one.code} {writer.tongue.say('读文件', 'reading the file')}"
        if one.waived is not None:
            yield _waived(name, one, writer)
            continue
        yield _Case(
            name=name,
            outcome="error",
            kind=one.code,
            message=clipped(one.message.get(writer.tongue.lang), _WORDS),
            body=clipped(one.remedy.get(writer.tongue.lang), _WORDS),
            rank=Severity.ERROR.rank,
        )


def _account(run: Run, left: Sequence[_Case], writer: _Writer) -> Iterator[_Case]:
    """The account of all files, and what did not fit into this one."""
    ledger, tongue = run.ledger, writer.tongue
    counts = tongue.say(
        f"检查了 {len(ledger.checked)} 份，跳过 {len(ledger.skipped)} 份，没读成 {len(ledger.unreadable)} 份",
        f"{len(ledger.checked)} checked, {len(ledger.skipped)} skipped, {len(ledger.unreadable)} unreadable",
    )
    yield _Case(name=tongue.say("文件总账", "account of the files"), body=counts)
    yield from _skipped(ledger.skipped, tongue)
    if left:
        failed = sum(bool(one.outcome) and one.outcome != "skipped" for one in left)
        said = tongue.say(
            f"还有 {len(left)} 项没有写入（没通过的 {failed} 项）：文件不能超过 30 MB。全部见 --format json",
            f"{len(left)} more cases are not in this file ({failed} of them failed), as it must stay below "
            "30 MB. All are in the output of --format json",
        )
        yield _Case(
            name=tongue.say("没有写入的部分", "what was left out"),
            outcome="failure" if failed else "skipped",
            kind="limit",
            message=said,
        )


def _skipped(found: Sequence[LedgerEntry], tongue: Tongue) -> Iterator[_Case]:
    reasons: dict[str, list[str]] = {}
    for one in found:
        reasons.setdefault(tongue.say(one.zh, one.en), []).append(one.path)
    for reason, paths in sorted(reasons.items()):
        names = tongue.say("、", ", ").join(clipped(one, _TEXT) for one in paths[:_LISTED])
        more = len(paths) - _LISTED
        rest = tongue.say(f" 等 {len(paths)} 份", f" and {more} more") if more > 0 else ""
        yield _Case(
            name=tongue.label("跳过的文件", "skipped files", clipped(reason, _WORDS)),
            outcome="skipped",
            message=names + rest,
        )


REPORTER = Reporter(name="junit", media_type="application/xml", suffixes=(".xml",), check=_check)
