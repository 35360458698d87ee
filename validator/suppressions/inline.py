"""Comments in a Markdown or HTML source that accept a finding, with the reason:

    <!-- validator: allow PLC001 原文如此，是产品型号 -->

on the line of the finding or by itself before its paragraph; `allow-file CODE reason` for the whole file.
A comment without a reason does not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from validator.model.document import Document
from validator.model.finding import Code, Finding
from validator.model.location import Location
from validator.model.words import Bilingual, Severity
from validator.suppressions._base import NEVER_WAIVED, Suppression
from validator.text.lazy import lazy

FORMATS = frozenset({"markdown", "md", "html", "htm"})

DOC011 = Code(
    id="DOC011",
    title=Bilingual("豁免说明写得不对", "suppression comment does not count"),
    severity=Severity.WARNING,
    meaning=Bilingual(
        "文件里有豁免说明，但没有写原因，或者代码不存在，因此不起作用。",
        "A suppression comment gives no reason or names a code that does not exist; it has no effect.",
    ),
    bad="<!-- validator: allow PLC001 -->",
    good="<!-- validator: allow PLC001 X20 是产品型号 -->",
    remedy=Bilingual(
        "在代码后面写明原因，例如：<!-- validator: allow PLC001 X20 是产品型号 -->",
        "State the reason after the code: <!-- validator: allow PLC001 X20 is a product -->",
    ),
)

_COMMENT = lazy(r"<!--[ \t]*validator[ \t]*[:：](?P<body>[^\n]{0,500}?)-->")
_BODY = lazy(r"[ \t]*(?P<verb>[\w-]*)[ \t]*(?P<code>[A-Za-z]*\d*)[ \t]*(?P<reason>.*?)[ \t]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Allowance:
    """One comment that counts: its code and reason, its span in the source, where it applies."""

    code: str
    reason: str
    span: tuple[int, int]
    line: int
    whole_file: bool
    block: int | None


def _apply(document: Document, findings: Sequence[Finding], codes: frozenset[str]) -> list[Finding]:
    if document.format not in FORMATS or "validator" not in document.source:
        return list(findings)
    allowances: list[_Allowance] = []
    added: list[Finding] = []
    for match in _COMMENT.finditer(document.source):
        parsed = _parse(document, match, codes)
        if isinstance(parsed, _Allowance):
            allowances.append(parsed)
        else:
            added.append(parsed)
    return [_judge(document, one, allowances) for one in (*findings, *added)]


def _parse(document: Document, match: re.Match[str], codes: frozenset[str]) -> _Allowance | Finding:
    body = _BODY.fullmatch(match["body"])
    verb, code, reason = (body["verb"], body["code"].upper(), body["reason"]) if body else ("", "", "")
    if verb not in {"allow", "allow-file"}:
        return _wrong(
            document,
            match,
            "豁免说明应写 allow 或 allow-file",
            "a suppression comment says allow or allow-file",
        )
    if code not in codes:
        return _wrong(
            document,
            match,
            f"豁免说明里的代码不存在：{code}",
            f"unknown code in a suppression comment: {code}",
        )
    if code in NEVER_WAIVED:
        return _wrong(document, match, f"{code} 不能豁免", f"{code} cannot be waived")
    if not any(char.isalnum() for char in reason):
        return _wrong(
            document,
            match,
            f"豁免 {code} 没有写原因，不起作用",
            f"the suppression of {code} gives no reason and has no effect",
        )
    line, _ = document.position(match.start())
    return _Allowance(
        code=code,
        reason=reason,
        span=match.span(),
        line=line,
        whole_file=verb == "allow-file",
        block=_next_block(document, match),
    )


def _next_block(document: Document, match: re.Match[str]) -> int | None:
    """The block that a comment standing alone on its line belongs to."""
    start = document.source.rfind("\n", 0, match.start()) + 1
    end = document.source.find("\n", match.end())
    rest = document.source[start : match.start()] + document.source[match.end() : end if end >= 0 else None]
    if rest.strip():
        return None
    later = (
        (block.offsets[0], index)
        for index, block in enumerate(document.blocks)
        if block.text and block.offsets[0] >= match.end()
    )
    return min(later, default=(0, None))[1]


def _judge(document: Document, finding: Finding, allowances: Sequence[_Allowance]) -> Finding:
    if finding.waived is not None:
        return finding
    one = next(_matching(document, finding, allowances), None)
    return finding if one is None else replace(finding, waived=one.reason, waived_by="comment")


def _matching(document: Document, finding: Finding, allowances: Sequence[_Allowance]) -> Iterator[_Allowance]:
    place = finding.location
    at = document.line_starts[min(place.line, len(document.line_starts)) - 1] + place.column - 1
    for one in allowances:
        own = one.span[0] <= at < one.span[1] and finding.code != DOC011.id
        here = one.line == place.line or (one.block is not None and one.block == finding.block)
        if own or (finding.code == one.code and (one.whole_file or here)):
            yield one


def _wrong(document: Document, match: re.Match[str], zh: str, en: str) -> Finding:
    line, column = document.position(match.start())
    end_line, end_column = document.position(match.end())
    return Finding(
        code=DOC011.id,
        severity=DOC011.severity,
        message=Bilingual(zh, en),
        remedy=DOC011.remedy,
        location=Location(line=line, column=column, end_line=end_line, end_column=end_column),
        text=match[0],
    )


SUPPRESSION = Suppression(apply=_apply, codes=(DOC011,))
