"""Findings, the codes they carry, and the verdict on one indicator."""

from __future__ import annotations

from dataclasses import dataclass

from validator.model.fact import Fact
from validator.model.location import Location
from validator.model.words import Bilingual, Severity, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """One kind of finding: what `validator explain` prints. Numbers are assigned once, never reused."""

    id: str
    title: Bilingual
    severity: Severity
    meaning: Bilingual
    bad: str
    good: str
    remedy: Bilingual


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing to act on, at exactly one place.

    `anchor` tells the place by the content around it, so that it survives edits elsewhere; findings may
    share one. `fingerprint` is unique in its report. `obfuscated`: the text was disguised to escape a
    search. `waived` is the reason why the finding was accepted, `waived_by` the way: `comment`, `path`,
    `waiver`, `baseline` or `base` (it stands in the version that is compared with).
    """

    code: str
    severity: Severity
    message: Bilingual
    remedy: Bilingual
    location: Location
    text: str = ""
    indicator: str | None = None
    block: int | None = None
    start: int = 0
    end: int = 0
    obfuscated: bool = False
    anchor: str = ""
    fingerprint: str = ""
    waived: str | None = None
    waived_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorResult:
    """Verdict on one indicator of one report, with the facts it rests on."""

    id: str
    name: Bilingual
    status: Status
    required: bool
    role: str
    owner: str = ""
    facts: tuple[Fact, ...] = ()
