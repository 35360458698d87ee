"""Small things that mending has in common: what counts as a character, spans, places in words."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import replace

from validator.model.document import Document
from validator.model.location import Location
from validator.model.words import Bilingual, Lang

_FREE = frozenset("PZSC")


def significant(text: str) -> bool:
    """Whether there is anything but blanks and punctuation."""
    return any(unicodedata.category(one)[0] not in _FREE for one in text)


def merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans in order, those that touch or overlap as one."""
    out: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        elif start < end:
            out.append((start, end))
    return out


def place_of(document: Document, block: int, location: Location) -> Bilingual:
    """The place in words, with the line where the format has lines of its own."""
    if document.encoding is None:
        return Bilingual(location.address(Lang.ZH), location.address(Lang.EN))
    zh, en = f"第{location.line}行", f"line {location.line}"
    if location.part == "body" and not document.blocks[block].section:
        return Bilingual(zh, en)
    bare = replace(location, paragraph=None)
    return Bilingual(f"{zh} {bare.address(Lang.ZH)}", f"{en}, {bare.address(Lang.EN)}")
