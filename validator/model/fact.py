"""What a report states, and the holes it leaves."""

from __future__ import annotations

from dataclasses import dataclass

from validator.model.location import Location
from validator.model.words import Role, Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Hole:
    """What a drafter left where a number, a name or a date belongs.

    `code` is the finding code of its kind; `blank` tells an empty place from a visible filler.
    `block`, `start`, `end` are the span in the document's blocks; `indicator` is filled in when the
    hole stands for an indicator's number.
    """

    code: str
    text: str
    block: int
    start: int
    end: int
    location: Location
    blank: bool = False
    indicator: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """The report states that an indicator has a value, in a role, for a year.

    `value` is in the indicator's unit; for a change it is as written, with its own unit, and without
    sign (`direction` says up or down). It is None where a hole stands in its place. `of` tells
    whether a change belongs to an actual or a target value.
    """

    indicator: str
    role: Role
    value: float | None
    unit: str
    location: Location
    text: str
    value_text: str
    qualifier: str = ""
    of: Role | None = None
    direction: str | None = None
    scope: Scope = Scope.WHOLE
    year: int | None = None
    hole: Hole | None = None
    via: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A place where the text names an indicator."""

    indicator: str
    text: str
    location: Location
    scope: Scope = Scope.WHOLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Everything that was read out of one document, in document order."""

    facts: tuple[Fact, ...]
    holes: tuple[Hole, ...]
    mentions: tuple[Mention, ...]
    year: int | None = None
