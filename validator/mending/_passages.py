"""Which pieces of the findings can only be vendor text, and which the report may own.

A finding reaches as far as a person should look. What is taken out unseen has to be judged more closely:
a piece between wide blanks, bars or the ends of sentences goes only where a rule matched in that piece,
or where it is a name or slogan beside one that did.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import replace

from validator.checks._banned_extent import SEGMENT, Spans
from validator.checks._banned_match import Match
from validator.checks.banned import signs
from validator.mending import _owned
from validator.mending._model import Left, Passage
from validator.model.document import Block, Document
from validator.model.finding import Finding
from validator.model.location import Location
from validator.model.report import ReportResult
from validator.model.rule import Rules
from validator.model.words import Bilingual

_FAMILY = "BAN"
_SITE = "BAN007"
_PAIRS = {"【": "】", "（": "）", "(": ")", "〔": "〕", "[": "]", "《": "》", "〖": "〗", "{": "}"}
_ANYWHERE = frozenset(("BAN001", "BAN005"))
"""Codes that only a vendor gives cause for; all others a bureau may, with words that are not of the trade."""
HOLDS = Bilingual(
    "里面有占位或报告的数据，请人工处理",
    "it holds a placeholder or a value of the report; a person must look",
)
OWNED = Bilingual(
    "分不清哪些字是报告自己的，请人工处理",
    "it cannot be told from the report's own words; a person must look",
)


def standing(report: ReportResult) -> list[Finding]:
    """The findings of banned text that nobody has accepted."""
    return [one for one in report.findings if one.code.startswith(_FAMILY) and one.waived is None]


def passages(report: ReportResult, rules: Rules) -> tuple[list[Passage], list[Left]]:
    """The pieces of the findings that may go, in document order, and the findings of which none may."""
    document = report.document
    found = [one for one in standing(report) if one.block is not None]
    if document is None or not found:
        return [], []
    judge = _Judge(document, rules, found)
    own = _Own(report, document)
    kept: list[Passage] = []
    left: list[Left] = []
    for finding in found:
        pieces = list(judge.judged(finding))
        free = list(_joined(one for one in pieces if not own.touched(one)))
        kept += free
        if not free:
            left.append(Left(finding=finding, why=HOLDS if pieces else OWNED))
    return kept, left


class _Judge:
    """Tells the pieces of findings that are vendor text by the places where rules matched."""

    def __init__(self, document: Document, rules: Rules, found: Iterable[Finding]) -> None:
        self._document = document
        told = signs(document, rules.banned)
        self._mates = _Places(told.mates)
        self._names = _Places(told.names)
        self._sure = _Places([*(one for one in told.cores if one.strength == "sure"), *told.names])
        self._all = _Places([*told.cores, *told.names])
        self._company = any(
            one.code in _ANYWHERE or (one.code != _SITE and _owned.is_trade(one.text)) for one in found
        )

    def judged(self, finding: Finding) -> Iterator[Passage]:
        """The pieces of a finding that are vendor text."""
        block = finding.block or 0
        text = self._document.blocks[block].text
        known = self._all.holds(block, finding.start, finding.end)
        lines = _line_starts(self._document, self._document.blocks[block], finding)
        for start, end in _pieces(text, finding.start, finding.end):
            core = self._all.holds(block, start, end)
            if not (core or self._mates.holds(block, start, end) or not known):
                continue
            ends = [*(at for at in lines if start < at < end), end]
            for begin, stop in zip([start, *ends], ends, strict=False):
                # A line of its own may be joined to the vendor's by chance: it is judged by itself.
                if begin > start and stop == finding.end and self._is_cut(text, block, begin, stop):
                    continue
                one = self._piece(finding, begin, stop, core=core)
                mate = self._mates.holds(block, begin, stop)
                if one and (mate or len(ends) == 1 or self._told(text, block, begin, stop)):
                    yield one

    def _is_cut(self, text: str, block: int, start: int, end: int) -> bool:
        """Whether a finding that came over from the line before ends inside a word or a sign of this one."""
        return text[end : end + 1].isalnum() and all(
            2 * (min(stop, end) - max(begin, start)) < stop - begin
            for begin, stop in self._all.within(block, start, end)
        )

    def _told(self, text: str, block: int, start: int, end: int) -> list[tuple[int, int]]:
        """The signs in a piece, without one that only ran over from the line before into a word of this."""
        return [
            (begin, stop)
            for begin, stop in self._all.within(block, start, end)
            if begin >= start
            or stop > end
            or 2 * (stop - start) >= stop - begin
            or not text[stop : stop + 1].isalnum()
        ]

    def _piece(self, finding: Finding, start: int, end: int, *, core: bool) -> Passage | None:
        """What of a piece may go, and how sure that is; nothing where it counts people, schools and so on."""
        block = finding.block or 0
        text = self._document.blocks[block].text
        sure = self._sure.holds(block, start, end) or self._mates.holds(block, start, end)
        spans = self._told(text, block, start, end)
        first = max(start, min((one for one, _ in spans), default=end))
        last = min(end, max((one for _, one in spans), default=end))
        if _owned.counts(text, (start, first), (last, end)):
            return None
        if spans:
            start, end = _owned.bare(text, start, end, (first, last), press=finding.code == _SITE)
            sure = sure and not _owned.names_body(text, (start, first), (last, end))
        sure = sure and not self._may_be_own(finding, text[start:end], block, start, end)
        return Passage(block=block, start=start, end=end, sure=sure, core=core, finding=finding)

    def _may_be_own(self, finding: Finding, text: str, block: int, start: int, end: int) -> bool:
        """Whether a bureau may have written it: who edited its bulletin, a notice on a paper, its group."""
        if finding.code == _SITE and _owned.is_credit(text):
            return True
        if self._company or finding.code in _ANYWHERE or self._names.holds(block, start, end):
            return False
        return _owned.is_notice(text) if finding.code == _SITE else not _owned.is_trade(text)


class _Places:
    """Places of matches. A piece of text holds one when most of either lies in the other."""

    def __init__(self, matches: Iterable[Match]) -> None:
        grouped: dict[int, list[tuple[int, int]]] = {}
        for one in matches:
            grouped.setdefault(one.block, []).append((one.start, one.end))
        self._spans = {block: sorted(set(spans)) for block, spans in grouped.items()}
        self._longest = {
            block: max(end - start for start, end in spans) for block, spans in self._spans.items()
        }

    def within(self, block: int, start: int, end: int) -> list[tuple[int, int]]:
        """The matches that reach into the piece."""
        spans = self._spans.get(block, [])
        first = bisect_left(spans, (start - self._longest.get(block, 0),))
        return [one for one in spans[first : bisect_left(spans, (end,))] if one[1] > start]

    def holds(self, block: int, start: int, end: int) -> bool:
        """Whether there is such a match in the piece."""
        for begin, stop in self.within(block, start, end):
            common = min(stop, end) - max(begin, start)
            if 2 * common >= min(stop - begin, end - start):
                return True
        return False


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The pieces of `text[start:end]`, each with what parts it from the next; what is in brackets is one."""
    if end - start > 1 and _PAIRS.get(text[start]) == text[end - 1]:
        yield start, end
        return
    at = start
    for cut in SEGMENT.finditer(text, start, end):
        if cut.end() < end and text[at : cut.start()].strip():
            yield at, cut.end()
            at = cut.end()
    yield at, end


def _line_starts(document: Document, block: Block, finding: Finding) -> list[int]:
    """Where in a finding another line of the source begins, or perhaps another paragraph of a cell."""
    offsets = block.offsets
    starts = []
    for at in range(finding.start + 1, finding.end):
        between = document.source[offsets[at - 1] + 1 : offsets[at] + 1]
        if "\n" in between or (block.cell is not None and block.text[at - 1] == " "):
            starts.append(at)
    return starts


def _joined(pieces: Iterable[Passage]) -> Iterator[Passage]:
    last: Passage | None = None
    for one in pieces:
        if last and last.end == one.start and (last.sure, last.core) == (one.sure, one.core):
            last = replace(last, end=one.end)
            continue
        if last:
            yield last
        last = one
    if last:
        yield last


class _Own:
    """What of a report must stay: placeholders, values, and what somebody has accepted."""

    def __init__(self, report: ReportResult, document: Document) -> None:
        self._document = document
        self._values = Spans(_offsets(document, one.location) for one in report.facts)
        kept: dict[int, list[tuple[int, int]]] = {}
        for one in report.findings:
            accepted = one.waived is not None and one.code.startswith(_FAMILY)
            if one.block is not None and (one.code.startswith("PLC") or accepted):
                kept.setdefault(one.block, []).append((one.start, max(one.end, one.start + 1)))
        self._kept = {block: Spans(spans) for block, spans in kept.items()}

    def touched(self, one: Passage) -> bool:
        """Whether the passage holds any of it."""
        if one.block in self._kept and self._kept[one.block].touch(one.start, one.end):
            return True
        offsets = self._document.blocks[one.block].offsets
        return self._values.touch(offsets[one.start], offsets[one.end - 1] + 1)


def _offsets(document: Document, place: Location) -> tuple[int, int]:
    starts = document.line_starts
    return starts[place.line - 1] + place.column - 1, starts[place.end_line - 1] + place.end_column - 1
