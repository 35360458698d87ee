"""What is said between the steps of mending: passages, changes, what is left, and the outcome."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from validator.model.document import Document
from validator.model.finding import Finding
from validator.model.report import ReportResult
from validator.model.words import Bilingual

Range = tuple[int, int, int]
"""`text[start:end]` of a block: its index, start, end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A piece of a finding that may go: `text[start:end]` of block `block`.

    `sure`: it is vendor text wherever it stands. `core`: a rule matched in it or it is the name of a
    vendor; what is not core is vendor text only because of what stands beside it, so that it may go only
    together with all of its line.
    """

    block: int
    start: int
    end: int
    sure: bool
    core: bool
    finding: Finding


@dataclass(frozen=True, slots=True)
class Edit:
    """Bytes `start:end` of a part of the file to be taken out; the part of a text file is ""."""

    part: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing to take out. `after` is what is left of its line, None where the whole line goes.

    `removed` names all text of blocks that goes with it; `edits` are what it takes in the file.
    """

    safe: bool
    where: Bilingual
    before: str
    after: str | None
    removed: tuple[Range, ...]
    edits: tuple[Edit, ...]

    @property
    def key(self) -> tuple[str, str | None]:
        """What makes it the same change after other changes were made."""
        return self.before, self.after


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """A finding of banned text that a person has to look at, and why."""

    finding: Finding
    why: Bilingual


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What could be taken out of a file, in the order of the file, and what could not."""

    changes: tuple[Change, ...] = ()
    left: tuple[Left, ...] = ()


class Mender(Protocol):
    """A file of one format, opened to be changed."""

    document: Document

    def plan(self, passages: Sequence[Passage]) -> Plan:
        """The changes that take out these passages, as far as the format allows."""
        ...

    def without(self, edits: Sequence[Edit]) -> bytes:
        """The file without these bytes of its parts, and every other byte as it was."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """The outcome for one report. `data` is the new content of the file, None where nothing is to be changed.

    `waiting` are changes that are made only with --unsafe, `left` what a person has to look at, `report`
    the result of the check after the changes. `refused` tells why nothing may be written although there was
    something to change.
    """

    changes: tuple[Change, ...] = ()
    waiting: tuple[Change, ...] = ()
    left: tuple[Left, ...] = ()
    data: bytes | None = None
    report: ReportResult
    refused: Bilingual | None = None
