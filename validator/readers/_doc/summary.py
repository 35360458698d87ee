"""The properties of an OLE2 file: title, author, company, and those that users add. [MS-OLEPS]"""

from __future__ import annotations

import codecs
from collections.abc import Iterator

from validator.model.document import Kind

from .._draft import Draft
from .file import Cursor
from .ole import Compound

_SUMMARY, _DOCUMENT = "\x05SummaryInformation", "\x05DocumentSummaryInformation"
_WANTED = {_SUMMARY: (2, 3, 4, 5, 6, 8), _DOCUMENT: (2, 14, 15, 27)}
"""Title, subject, author, keywords, comments, last author; category, manager, company, status."""
_TITLE = 2
_DICTIONARY, _CODE_PAGE = 0, 1
_ANSI, _ANSI_BASIC, _WIDE, _BLOB = 30, 8, 31, 65
_UNICODE_PAGE = 1200
_CODECS = {
    936: "gb18030",
    950: "cp950",
    1200: "utf-16-le",
    10008: "gb18030",
    54936: "gb18030",
    65001: "utf-8",
}
_MOST = 1000
_LONGEST = 20_000
"""Bytes of one property that are read: people write less."""
_BASE = "_PID_LINKBASE"


def read_summary(compound: Compound) -> tuple[list[Draft], str]:
    """Drafts of all properties that people fill in, and the title.

    Raises:
        ReadError: DOC001 when the properties are damaged.
    """
    drafts: list[Draft] = []
    title = ""
    for name in (_SUMMARY, _DOCUMENT):
        data = compound.stream(name)
        for section, at in enumerate(_sections(data, compound.shown)):
            for key, text in _texts(data, at, compound.shown, custom=section > 0):
                if not section and key not in _WANTED[name]:
                    continue
                drafts.append(Draft(text=text, kind=Kind.META, part="properties"))
                if name == _SUMMARY and key == _TITLE:
                    title = text
    return drafts, title


def _sections(data: bytes, shown: str) -> list[int]:
    if not data:
        return []
    cursor = Cursor(data, shown, 24)
    found = []
    for _ in range(min(2, cursor.number(4))):
        cursor.take(16)
        found.append(cursor.number(4))
    return found


def _texts(data: bytes, start: int, shown: str, *, custom: bool) -> Iterator[tuple[int, str]]:
    """Number and text of the properties of one section. [MS-OLEPS] 2.20"""
    cursor = Cursor(data, shown, start)
    cursor.take(4)
    places = {}
    for _ in range(min(_MOST, cursor.number(4))):
        key = cursor.number(4)
        places[key] = start + cursor.number(4)
    page = _page(data, places.get(_CODE_PAGE), shown)
    names = _names(Cursor(data, shown, places[_DICTIONARY]), page) if _DICTIONARY in places else {}
    for key, at in places.items():
        if key in (_DICTIONARY, _CODE_PAGE):
            continue
        text = _text(Cursor(data, shown, at), page, blob=names.get(key) == _BASE)
        if text:
            yield key, text
        if custom and (name := names.get(key, "")) and not name.isascii():
            yield key, name


def _page(data: bytes, at: int | None, shown: str) -> int:
    if at is None:
        return 936
    return Cursor(data, shown, at + 4).number(2)


def _names(cursor: Cursor, page: int) -> dict[int, str]:
    """The names that users give to their own properties. [MS-OLEPS] 2.17"""
    found: dict[int, str] = {}
    for _ in range(min(_MOST, cursor.number(4))):
        key, length = cursor.number(4), cursor.number(4)
        if page == _UNICODE_PAGE:
            found[key] = _decoded(cursor.take(2 * length), page)
            cursor.at += -cursor.at % 4 if length % 2 else 0
        else:
            found[key] = _decoded(cursor.take(length), page)
    return found


def _text(cursor: Cursor, page: int, *, blob: bool) -> str:
    kind = cursor.number(4)
    if kind in (_ANSI, _ANSI_BASIC):
        return _decoded(cursor.take(cursor.number(4)), page)
    if kind == _WIDE:
        return _decoded(cursor.take(2 * cursor.number(4)), _UNICODE_PAGE)
    if kind == _BLOB and blob:
        return _decoded(cursor.take(cursor.number(4)), _UNICODE_PAGE)
    return ""


def _decoded(raw: bytes, page: int) -> str:
    name = _CODECS.get(page, f"cp{page}")
    try:
        codecs.lookup(name)
    except LookupError:
        name = "gb18030"
    return " ".join(raw[:_LONGEST].decode(name, "replace").partition("\0")[0].split())
