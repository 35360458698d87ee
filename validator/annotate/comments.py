"""The words of a comment, and the part of a Word document that holds the comments."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from validator.model.words import Lang
from validator.readers import _ooxml as ox
from validator.readers._word.record import OWN_AUTHOR, OWN_INITIALS
from validator.text.escape import visible

if TYPE_CHECKING:
    from lxml.etree import _Element

    from validator.model.finding import Finding

_MOST_WORDS = 1500
"""Characters of one line of a comment; no document decides how long it gets."""
_AROUND = 15
"""Characters that are shown before what a finding is about, and twice as many from there on."""
_FORBIDDEN = re.compile("[\ufffe\uffff]")
_ENDS = ("。", "！", "？", "；", ".", "!", "?", ";")
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def words(finding: Finding, lang: Lang, around: str = "") -> list[str]:
    """The lines of a comment: what is wrong, then what to do and the code. With `around`, the text that the
    finding is in, they first name its place: the comment does not stand there."""
    zh = lang is not Lang.EN
    message = finding.message.get(lang)
    if around and finding.text:
        place = f"{finding.location.address(lang)}“{_excerpt(around, finding)}”"
        message = f"【{place}】{message}" if zh else f"[{place}] {message}"
    lines = [_ended(message, zh=zh), _ended(finding.remedy.get(lang), zh=zh)]
    lines = [_clean(one) for one in lines if one]
    lines[-1] += f" [{finding.code}]"
    return lines


def _excerpt(text: str, finding: Finding) -> str:
    start = finding.location.column - 1
    first = max(0, start - _AROUND) if len(text) > 3 * _AROUND else 0
    last = min(len(text), first + 3 * _AROUND)
    return ("…" if first else "") + text[first:last].strip() + ("…" if last < len(text) else "")


def _ended(text: str, *, zh: bool) -> str:
    text = text.strip()
    return text + ("。" if zh else ".") if text and not text.endswith(_ENDS) else text


def _clean(text: str) -> str:
    text = _FORBIDDEN.sub("�", visible(text))
    return text if len(text) <= _MOST_WORDS else text[: _MOST_WORDS - 1] + "…"


def empty_part(space: str) -> _Element:
    """The root of a part of comments that holds none."""
    from lxml import etree

    return etree.Element(f"{{{space}}}comments", nsmap={"w": space})


def next_number(*roots: _Element) -> int:
    """The first number that no comment and no mark of one has."""
    tags = ("w:comment", "w:commentRangeStart", "w:commentRangeEnd", "w:commentReference")
    numbers = [ox.number(ox.value(one, "w:id")) for root in roots for one in ox.inside(root, *tags)]
    return max([-1, *(one for one in numbers if one is not None)]) + 1


def add(root: _Element, space: str, number: int, lines: list[str]) -> None:
    """Add a comment to the part. It bears no date, so that the same report gives the same file."""
    from lxml import etree

    def name(local: str) -> str:
        return f"{{{space}}}{local}"

    attributes = {"id": str(number), "author": OWN_AUTHOR, "initials": OWN_INITIALS}
    comment = etree.SubElement(root, name("comment"), {name(key): one for key, one in attributes.items()})
    for at, line in enumerate(lines):
        paragraph = etree.SubElement(comment, name("p"))
        if not at:
            mark = etree.SubElement(paragraph, name("r"))
            etree.SubElement(mark, name("annotationRef"))
        run = etree.SubElement(paragraph, name("r"))
        text = etree.SubElement(run, name("t"))
        text.set(_XML_SPACE, "preserve")
        text.text = line
