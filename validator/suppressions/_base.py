"""What a suppression is. A way to accept findings is one module here with a `SUPPRESSION` of this type."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from validator.model.document import Document
from validator.model.finding import Code, Finding

NEVER_WAIVED = frozenset({"DOC001", "DOC002", "DOC003", "DOC007", "DOC008", "DOC009", "DOC010", "DOC011"})
"""What was not checked, or not to the end, is no pass; and a comment cannot excuse itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppression:
    """`apply(document, findings, codes)` returns every finding it was given, the accepted ones with
    `waived` set to the reason, and may add findings of its own (`codes` of this record).

    `codes` passed to `apply` are the ids that exist, so that a mistyped one is noticed.
    """

    apply: Callable[[Document, Sequence[Finding], frozenset[str]], list[Finding]]
    codes: tuple[Code, ...] = ()
