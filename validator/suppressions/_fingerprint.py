"""An identity for findings that survives edits elsewhere, also in the same sentence."""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from validator.model.document import Document
from validator.model.finding import Finding
from validator.text.lazy import lazy

_CONTEXT = 12
"""How many characters beside a finding tell it from its like, after `_context` has normalised them."""
_SLICE = 60
_HOLES = lazy(r"[\dx×✕○〇*_#…．.（）()\[\]【】-]+")


def with_fingerprints(findings: Iterable[Finding], document: Document | None) -> tuple[Finding, ...]:
    """The findings in document order, the body first, each with an anchor and a fingerprint.

    The anchor `aaaaaaaa.bbbbbbbb` (hex digits) holds the code, the text of the finding and a few
    characters before it in its first half, and after it in its second; not line numbers, spaces, the width
    of characters, numbers and holes: filling in a neighbour moves no anchor. What is said of an indicator
    as a whole is anchored to the indicator alone. The fingerprint (16 hex digits) depends on the anchor and
    on how many equal ones stand before it.
    """
    seen: Counter[str] = Counter()
    done = []
    for one in sorted(findings, key=_order):
        anchor = _anchor(one, document)
        seen[anchor] += 1
        fingerprint = _digest(anchor, str(seen[anchor]), length=16)
        done.append(replace(one, anchor=anchor, fingerprint=fingerprint))
    return tuple(done)


def _anchor(finding: Finding, document: Document | None) -> str:
    if finding.code.startswith("IND"):
        return ".".join((_digest(finding.code, finding.indicator or "", length=8),) * 2)
    before = after = ""
    if document is not None and finding.block is not None:
        text = document.blocks[finding.block].text
        before = _context(text[max(0, finding.start - _SLICE) : finding.start])[-_CONTEXT:]
        after = _context(text[finding.end : finding.end + _SLICE])[:_CONTEXT]
    text = _normal(finding.text[:500])
    return f"{_digest(finding.code, text, before, length=8)}.{_digest(finding.code, text, after, length=8)}"


def _digest(*parts: str, length: int) -> str:
    joined = "\0".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.sha256(joined).hexdigest()[:length]


def _order(finding: Finding) -> tuple[object, ...]:
    place = finding.location
    return (
        place.part != "body",
        place.part,
        place.line,
        place.column,
        place.end_line,
        place.end_column,
        finding.code,
        finding.indicator or "",
        finding.text,
        finding.message.zh,
    )


def _context(text: str) -> str:
    return _HOLES.sub("#", _normal(text))


def _normal(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
