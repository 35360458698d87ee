"""The anchors of a report's page, and what is said at which place of its text."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from validator.model.document import Kind
from validator.model.fact import Fact
from validator.model.finding import Finding, IndicatorResult
from validator.model.report import ReportResult
from validator.model.words import Scope, Status
from validator.reporters._entries import Entry, is_missing
from validator.reporters._html.flow import Node, Note, Said, flow
from validator.reporters._html.marks import Mark, Stated
from validator.reporters._html.placing import Extent, Places
from validator.reporters._html.words import ROLES, severity_sign, waived_sign
from validator.reporters._tongue import Tongue

_ACCEPTED = 3
"""Rank of an accepted finding: behind every severity."""


class Shown(StrEnum):
    """How much of a report's text the page holds."""

    ALL = "all"
    AROUND = "around"
    """The blocks with findings, their neighbours, and the headings."""
    NOTHING = "nothing"


class Story:
    """Knows for every entry and indicator of one report where its anchors are.

    Entries are known by their number in the list; those that were accepted by the negative of theirs.
    """

    def __init__(
        self,
        report: ReportResult,
        tongue: Tongue,
        prefix: str,
        found: Sequence[Entry],
        accepted: Sequence[Entry],
        shown: Shown,
    ) -> None:
        self._report = report
        self._tongue = tongue
        self._prefix = prefix
        self._shown = shown
        self._order = sorted(report.indicators, key=lambda one: not one.required)
        self._rows = {one.id: number for number, one in enumerate(self._order)}
        self._entries = dict(enumerate(found, 1))
        self._entries |= {-number: one for number, one in enumerate(accepted, 1)}
        document = report.document
        self._places = Places(document) if document is not None else None
        self._extents = {number: self._extent(one.lead) for number, one in self._entries.items()}
        missing = frozenset(one.id for one in report.required if one.status is Status.ABSENT)
        absences = {
            one.indicator: one
            for one in report.findings
            if one.waived is None and one.indicator and is_missing(one, missing)
        }
        self._notes = {key: self._note_block(one) for key, one in absences.items()}
        self._headings = {key: one.location.section[-1:] for key, one in absences.items()}
        self._targets: dict[int, Fact] = {}
        self._names = {one.id: one.name for one in report.indicators}
        self._numbers: dict[str, int] = {}
        for number, entry in self._entries.items():
            for one in entry.findings:
                if one.indicator and one.code.startswith("IND"):
                    self._numbers.setdefault(one.indicator, number)
        self._kept = self._around() if shown is Shown.AROUND else None

    def entry_id(self, number: int) -> str:
        """The anchor of an entry."""
        return f"{self._prefix}{'w' if number < 0 else 'f'}{abs(number)}"

    def mark_of(self, number: int) -> str:
        """The anchor of the badge in the text; empty where the text does not show the place."""
        return self._mark_id(number) if self._is_shown(self._extents[number]) else ""

    def row_id(self, number: int) -> str:
        """The anchor of an indicator's row."""
        return f"{self._prefix}i{number}"

    def missing_id(self, indicator: str) -> str:
        """The anchor in the list of what is missing."""
        return f"{self._prefix}x{self._rows[indicator]}"

    def note_of(self, indicator: str) -> str:
        """The anchor of the note in the text that says where a missing indicator belongs."""
        block = self._notes.get(indicator)
        if block is None or not self._is_shown(Extent(block, 0, 0)):
            return ""
        return f"{self._prefix}n{block}"

    def entry_of(self, indicator: str) -> str:
        """The anchor of the entry about an indicator, if it has one."""
        number = self._numbers.get(indicator, 0)
        return self.entry_id(number) if number else ""

    def place_of(self, result: IndicatorResult, fact: Fact | None) -> tuple[str, str]:
        """Anchor and address of the place that a row leads to, and remember its fact as a target."""
        lang = self._tongue.lang
        number = self._numbers.get(result.id, 0) if result.status is not Status.REPORTED else 0
        if number:
            place = self._entries[number].lead.location
            return self.mark_of(number) or self.entry_id(number), place.address(lang)
        if fact is not None:
            row = self._rows[result.id]
            extent = self._places.find(fact.location) if self._places else None
            if extent is not None and extent.end > extent.start and self._is_shown(extent):
                self._targets[row] = fact
                return f"{self._prefix}q{row}", fact.location.address(lang)
            return "", fact.location.address(lang)
        if result.id in self._notes:
            return self.note_of(result.id), self.heading_of(result.id)
        return "", ""

    def heading_of(self, indicator: str) -> str:
        """The heading of the report under which a missing indicator belongs, as words; "" where none does."""
        return self._tongue.label("应写在", "belongs under", "".join(self._headings.get(indicator, ())))

    def nodes(self, lacking: Sequence[IndicatorResult]) -> list[Node]:
        """The text of the report with everything that is said at its places."""
        document = self._report.document
        if document is None or self._shown is Shown.NOTHING:
            return []
        said = Said(
            marks=self._marks(), facts=self._stated(), notes=self._missing(lacking), prefix=self._prefix
        )
        return flow(document, said, self._tongue.lang, self._kept)

    def _mark_id(self, number: int) -> str:
        return f"{self._prefix}{'v' if number < 0 else 'm'}{abs(number)}"

    def _extent(self, finding: Finding) -> Extent | None:
        return self._places.of_finding(finding) if self._places else None

    def _is_shown(self, extent: Extent | None) -> bool:
        if extent is None or self._shown is Shown.NOTHING:
            return False
        return self._kept is None or extent.block in self._kept

    def _note_block(self, finding: Finding) -> int | None:
        """The heading of the section where something belongs, else the block that the finding names."""
        extent = self._places.find(finding.location) if self._places else None
        document = self._report.document
        if extent is None or document is None:
            return None
        wanted = finding.location.section
        for index in range(extent.block, -1, -1):
            block = document.blocks[index]
            if block.kind is Kind.HEADING and block.section == wanted and block.part == "body":
                return index
        return extent.block

    def _around(self) -> frozenset[int]:
        document = self._report.document
        if document is None:
            return frozenset()
        marked = {one.block for one in self._extents.values() if one is not None}
        near = {index + step for index in marked for step in (-1, 0, 1)}
        near |= {block for block in self._notes.values() if block is not None}
        near |= {index for index, one in enumerate(document.blocks) if one.kind is Kind.HEADING}
        return frozenset(index for index in near if 0 <= index < len(document.blocks))

    def _marks(self) -> dict[int, list[Mark]]:
        marks: dict[int, list[Mark]] = {}
        lang = self._tongue.lang
        for number, entry in self._entries.items():
            extent = self._extents[number]
            if extent is None:
                continue
            lead = entry.lead
            whole = not lead.text and lead.code.startswith("DOC")
            mark = Mark(
                start=extent.end if whole else extent.start,
                end=extent.end,
                id=self._mark_id(number),
                href=self.entry_id(number),
                number=abs(number),
                sign=waived_sign(lang) if number < 0 else severity_sign(entry.severity, lang),
                rank=_ACCEPTED if number < 0 else entry.severity.rank,
                title=lead.message.get(lang),
            )
            marks.setdefault(extent.block, []).append(mark)
        return marks

    def _stated(self) -> dict[int, list[Stated]]:
        stated: dict[int, list[Stated]] = {}
        for row, fact in self._targets.items():
            self._state(stated, fact, f"{self._prefix}q{row}", self.row_id(row))
        shown = {_identity(fact) for fact in self._targets.values()}
        for fact in self._report.facts:
            if fact.value is not None and _identity(fact) not in shown:
                self._state(stated, fact)
        return stated

    def _state(self, stated: dict[int, list[Stated]], fact: Fact, anchor: str = "", href: str = "") -> None:
        extent = self._places.find(fact.location) if self._places else None
        name = self._names.get(fact.indicator)
        if extent is None or name is None:
            return
        title = self._title(fact, name.get(self._tongue.lang))
        one = Stated(start=extent.start, end=extent.end, title=title, id=anchor, href=href)
        stated.setdefault(extent.block, []).append(one)

    def _title(self, fact: Fact, name: str) -> str:
        lang = self._tongue.lang
        role = ROLES[fact.role].get(lang) if fact.role in ROLES else ""
        scope = "" if fact.scope is Scope.WHOLE else self._tongue.say("不计入", "does not count")
        words = self._tongue.join_short(role, scope)
        return f"{name}{self._tongue.say('：', ': ')}{fact.value_text}{words}"

    def _missing(self, lacking: Sequence[IndicatorResult]) -> dict[int, tuple[Note, ...]]:
        notes: dict[int, tuple[Note, ...]] = {}
        for one in lacking:
            block = self._notes.get(one.id)
            if block is not None:
                note = Note(name=one.name.get(self._tongue.lang), href=self.missing_id(one.id))
                notes[block] = (*notes.get(block, ()), note)
        return notes


def _identity(fact: Fact) -> tuple[object, ...]:
    """What tells facts apart: records are made anew when personal numbers are masked."""
    return (fact.indicator, fact.role, fact.location, fact.value_text)
