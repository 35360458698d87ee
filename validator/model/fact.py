"""What a report states, and the holes it leaves."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

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


class Outcome(StrEnum):
    """What became of a name in the text and of the number beside it."""

    TAKEN = "taken"
    GAP = "gap"
    """A word between name and number is not known."""
    SUBJECT = "subject"
    """Another quantity is named in between."""
    MISFIT = "misfit"
    """The unit, or what the words before it say, does not fit the indicator."""
    ALONE = "alone"
    """No number within reach."""
    TRAP = "trap"
    """The name is part of a longer one that is something else."""
    SHADOWED = "shadowed"
    """The words belong to the longer name of another indicator."""
    UNFOUNDED = "unfounded"
    """A continuation whose indicator was not named before."""
    LOOSE = "loose"
    """A number that nothing claims, beside words like those of an indicator; `name` holds the words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """A place where an indicator is named, the number considered for it, and the outcome.

    `name` is the text of the name and `wording` what matched it; `between` the text between name and
    number; `detail` says more by the outcome: the unknown word, the longer name, or how it was taken.
    `fits` tells whether the number has a unit that the indicator can have.
    """

    indicator: str
    wording: str
    name: str
    outcome: Outcome
    location: Location
    context: str
    number: str = ""
    between: str = ""
    detail: str = ""
    fits: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Everything that was read out of one document, in document order.

    `attempts` tells how; it is filled only when asked for.
    """

    facts: tuple[Fact, ...]
    holes: tuple[Hole, ...]
    mentions: tuple[Mention, ...]
    year: int | None = None
    attempts: tuple[Attempt, ...] = ()
