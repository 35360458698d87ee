"""What a check is. A kind of check is one module of this package with a `CHECK` of this type."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from validator.model.document import Document
from validator.model.fact import Reading
from validator.model.finding import Code, Finding, IndicatorResult
from validator.model.rule import Profile, Rules


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """All that a check may look at. The file format is not in it."""

    document: Document
    reading: Reading
    rules: Rules
    profile: Profile | None
    indicators: tuple[IndicatorResult, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One kind of check: the codes it gives and the generator of its findings.

    Findings carry the code's own severity; stages of a profile grade them later.
    """

    codes: tuple[Code, ...]
    find: Callable[[Context], Iterable[Finding]]
