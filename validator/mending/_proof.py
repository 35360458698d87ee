"""The proof that a change took out what it names and nothing else: the blocks as read before and after."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from validator.mending._model import Change, Passage
from validator.mending._words import significant
from validator.model.document import Document
from validator.model.report import ReportResult


def _key(text: str) -> str:
    """A text without blanks: those at a cut are nobody's."""
    return "".join(text.split())


def remaining(document: Document, changes: Iterable[Change]) -> Counter[str]:
    """The texts of the blocks, as often as each stands there, without what the changes take out."""
    gone: dict[int, set[int]] = defaultdict(set)
    for change in changes:
        for index, start, end in change.removed:
            gone[index].update(range(start, end))
    texts: Counter[str] = Counter()
    for index, block in enumerate(document.blocks):
        text = block.text
        if index in gone:
            text = "".join(char for at, char in enumerate(text) if at not in gone[index])
        texts[_key(text)] += 1
    del texts[""]
    return texts


def same_rest(before: Document, changes: Sequence[Change], after: Document) -> bool:
    """Whether the document after the changes is the one before, less what they name."""
    return remaining(before, changes) == remaining(after, ())


def within(document: Document, change: Change, passages: Iterable[Passage]) -> bool:
    """Whether all that a change takes out, but blanks and punctuation, lies in passages of banned text."""
    banned: dict[int, set[int]] = defaultdict(set)
    for one in passages:
        banned[one.block].update(range(one.start, one.end))
    return all(
        at in banned[block] or not significant(document.blocks[block].text[at])
        for block, start, end in change.removed
        for at in range(start, end)
    )


def leftovers(report: ReportResult) -> Counter[tuple[str, str]]:
    """The placeholders of a report, as often as each is found."""
    return Counter((one.code, one.text) for one in report.findings if one.code.startswith("PLC"))
