"""An identity for findings that survives lines being added above them."""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from validator.model.document import Document
from validator.model.finding import Finding


def with_fingerprints(findings: Iterable[Finding], document: Document | None) -> tuple[Finding, ...]:
    """The findings in document order, the body first, each with a fingerprint of 16 hex digits.

    The fingerprint depends on the code, the indicator, the text of the finding and of its block, and
    on how many equal ones stand before it; not on line numbers, spaces or the width of characters.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    done = []
    for one in sorted(findings, key=_order):
        context = document.blocks[one.block].text if document is not None and one.block is not None else ""
        key = (one.code, one.indicator or "", _normal(one.text), _normal(context))
        seen[key] += 1
        digest = hashlib.sha256("\0".join((*key, str(seen[key]))).encode("utf-8", "surrogatepass"))
        done.append(replace(one, fingerprint=digest.hexdigest()[:16]))
    return tuple(done)


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


def _normal(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
