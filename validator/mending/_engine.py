"""Takes vendor text out of one report, step by step, and checks the outcome of every step."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from validator.mending._model import Change, Left, Mended, Mender, Passage, Plan
from validator.mending._passages import passages, standing
from validator.mending._plain import Plain
from validator.mending._proof import leftovers, same_rest, within
from validator.model.document import Document
from validator.model.errors import UserError
from validator.model.report import ReportResult
from validator.model.rule import Rules
from validator.model.words import Bilingual
from validator.pipeline import Options, check_report

_ROUNDS = 12
"""What stands in the file several times and is read once comes to light copy by copy."""
_ONE_BY_ONE = 80
MOVES = Bilingual(
    "删掉会牵动报告的其他文字，没有删，请人工处理",
    "taking it out would change other text of the report, so it stays; a person must look",
)
NEW = Bilingual(
    "清理后才查出来，请人工处理", "it came to light only after the rest was taken out; a person must look"
)
_UNPROVEN = Bilingual(
    "删完再查，其他文字有变动，或者要删的还在，所以没有写文件；请人工处理",
    "checked again afterwards, other text had changed or banned text remained, so nothing was written; "
    "a person must look",
)

FORMATS = frozenset(("txt", "md", "docx"))
"""What can be changed in single places."""


def _opened(data: bytes, report: ReportResult) -> Mender:
    if report.format == "docx":
        from validator.mending._word import Word

        return Word(data, report.path, PurePosixPath(report.path).suffix.lower())
    if report.document is None:
        raise TypeError
    return Plain(data, report.document)


@dataclass(slots=True)
class _State:
    """Where the work stands: the bytes so far, what a check says of them, and what was done."""

    data: bytes
    report: ReportResult
    done: list[Change] = field(default_factory=list)
    stuck: dict[tuple[str, str | None], Change] = field(default_factory=dict)
    waiting: list[Change] = field(default_factory=list)
    left: dict[str, list[Left]] = field(default_factory=dict)

    def narrowed(self, named: frozenset[str], accepted: frozenset[str]) -> ReportResult:
        """The report with only those findings of banned text that stood in it at first, or are what is left
        of these or of their lines, and that nobody has accepted."""
        rests = [one.after for one in self.done if one.after]

        def counts(text: str) -> bool:
            return text not in accepted and any(text in one for one in (*named, *rests))

        return replace(
            self.report,
            findings=tuple(
                one
                if not one.code.startswith("BAN") or counts(one.text)
                else replace(one, waived=one.waived or "-")
                for one in self.report.findings
            ),
        )

    def note(self, plan: Plan, found: Sequence[Passage]) -> None:
        """Keep what a plan leaves. What only stood out beside other banned text is not found again later."""
        known = {one.before for one in self.waiting}
        self.waiting += [one for one in plan.changes if not one.safe and one.before not in known]
        stuck = [
            Left(finding=one.finding, why=MOVES) for one in found if _is_in(one, plan.changes, self.stuck)
        ]
        told: dict[str, list[Left]] = {}
        for one in (*plan.left, *stuck):
            told.setdefault(one.finding.text, []).append(one)
        for text, some in told.items():
            self.left.setdefault(text, list({id(one.finding): one for one in some}.values()))


def mend(data: bytes, report: ReportResult, rules: Rules, *, unsafe: bool) -> Mended:
    """Take the vendor text out of a report, as far as that is safe or `unsafe` is asked for.

    `data` is the file that `report` is the result for, with the accepted findings marked in it, and is of
    one of the `FORMATS`. Nothing is written.

    Raises:
        UserError: the file cannot be changed in single places, or it is no longer the one that was checked.
    """
    state = _State(data, report)
    named = frozenset(one.text for one in standing(report))
    accepted = frozenset(
        one.text for one in report.findings if one.waived is not None and one.code.startswith("BAN")
    )
    for _ in range(_ROUNDS):
        found, left = passages(state.narrowed(named, accepted), rules)
        if not found:
            state.note(Plan(left=tuple(left)), found)
            return _outcome(state, report)
        mender = _opened(state.data, state.report)
        _same_file(mender.document, state.report)
        plan = mender.plan(found)
        plan = replace(plan, left=(*left, *plan.left))
        for one in plan.changes:
            if not within(mender.document, one, found):
                state.stuck[one.key] = one
        todo = [one for one in plan.changes if (one.safe or unsafe) and one.key not in state.stuck]
        state.note(plan, found)
        if not todo:
            return _outcome(state, report)
        _carry_out(state, mender, todo, rules)
    return Mended(report=report, refused=_UNPROVEN)


def _carry_out(state: _State, mender: Mender, todo: Sequence[Change], rules: Rules) -> None:
    """All changes at once; where the proof fails, one by one without those that it fails for."""
    if _try(state, mender, todo, rules):
        return
    before = state.data, state.report, len(state.done)
    good: list[Change] = []
    for one in todo[:_ONE_BY_ONE]:
        if _try(state, mender, [*good, one], rules):
            good.append(one)
            state.data, state.report = before[0], before[1]
            del state.done[before[2] :]
        else:
            state.stuck[one.key] = one
    for one in todo[_ONE_BY_ONE:]:
        state.stuck[one.key] = one
    if good:
        _try(state, mender, good, rules)


def _try(state: _State, mender: Mender, changes: Sequence[Change], rules: Rules) -> bool:
    data = mender.without([edit for one in changes for edit in one.edits])
    report = _checked(data, state.report, rules)
    if report.document is None or leftovers(report) != leftovers(state.report):
        return False
    if not same_rest(mender.document, changes, report.document):
        return False
    state.data, state.report = data, report
    state.done += changes
    return True


def _outcome(state: _State, first: ReportResult) -> Mended:
    made = {one.key for one in state.done}
    known = {one.text for one in standing(first)}
    # Beside other banned text a line of the report may have stood out that is its own.
    still = {one.text for one in standing(state.report)}
    waiting = [one for one in state.waiting if one.key not in made and one.key not in state.stuck]
    fresh = [
        Left(finding=one, why=NEW)
        for one in standing(state.report)
        if one.text not in known and not any(one.text in change.before for change in waiting)
    ]
    return Mended(
        changes=tuple(state.done),
        waiting=tuple(waiting),
        left=(*(one for some in state.left.values() for one in some if one.finding.text in still), *fresh),
        data=state.data if state.done else None,
        report=state.report if state.done else first,
    )


def _is_in(one: Passage, changes: Iterable[Change], stuck: dict[tuple[str, str | None], Change]) -> bool:
    return any(
        block == one.block and start < one.end and one.start < end
        for change in changes
        if change.key in stuck
        for block, start, end in change.removed
    )


def _same_file(document: Document, report: ReportResult) -> None:
    read = report.document
    if read is None or document.source != read.source or len(document.blocks) != len(read.blocks):
        raise UserError(
            f"{report.path}：检查之后文件又变了，没有改动它；请再运行一次",
            f"{report.path}: the file has changed since it was checked, so it was left alone; run this again",
        )


def _checked(data: bytes, report: ReportResult, rules: Rules) -> ReportResult:
    """What a check says of the changed bytes, read from a file as any report is."""
    with tempfile.TemporaryDirectory(prefix="validator-") as folder:
        path = Path(folder) / ("report" + PurePosixPath(report.path).suffix)
        path.write_bytes(data)
        options = Options(profile=report.profile, stage=report.stage, year=report.year)
        return check_report(path, report.path, rules, options)
