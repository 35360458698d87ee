"""The compound file around an old Word document: its streams, and what is embedded. [MS-CFB]"""

from __future__ import annotations

from typing import Any

from validator.model.errors import ReadError

from .. import _limits, _ole

_WORD = "worddocument"
_OTHERS = ("workbook", "book", "powerpoint document")
_WORKS = ("contents", "matost", "mm")
"""Streams of Microsoft Works, whose files have the suffix .wps too."""
_OLD = (b"\xdb\xa5", b"\xdc\xa5", b"\x9b\xa5", b"\x31\xbe")
"""Texts of Word 1, 2, 6 and of Word for DOS that stand in no compound file."""
_MOST_OBJECTS = 1000
_NATIVE = "\x01Ole10Native"
_COMPOUND = "\x01CompObj"
_MOST_NAME = 200
UNNAMED = "OLE"
"""An embedded object that does not tell its type."""


def _root(ole: Any) -> dict[str, Any]:
    return {str(one.name).lower(): one for one in ole.root.kids}


def has_word(data: bytes) -> bool:
    """Whether the root of a compound file has a Word text, and is no workbook with one embedded."""
    try:
        names = _root(_ole.opened(data))
    except _ole.FAILURES:
        return not any(one.encode("utf-16-le") in data for one in ("Workbook", "PowerPoint Document"))
    return _WORD in names and not any(one in names for one in _OTHERS)


def old_word(shown: str) -> ReadError:
    """The error for a document that a Word before Word 97 wrote."""
    return ReadError(
        "DOC008",
        f"{shown}：Word 95 及更早版本的文档，暂不支持，请用 Word 或 WPS 另存为 .docx",
        f"{shown}: a document of Word 95 or older is not supported; save it as .docx",
    )


class Compound:
    """An opened compound file with a Word text.

    Raises:
        ReadError: damaged (DOC001), or no Word text in it, or one of an old Word (DOC008).
    """

    def __init__(self, data: bytes, shown: str) -> None:
        self.shown = shown
        if data.startswith(_OLD):
            raise old_word(shown)
        self._size = len(data)
        self._taken = 0
        try:
            self._ole = _ole.opened(data)
            self._names = _root(self._ole)
        except _ole.FAILURES as error:
            raise self._damaged() from error
        if _WORD not in self._names:
            raise self._foreign()

    def _damaged(self) -> ReadError:
        return _limits.damaged(self.shown, "文件不完整或已损坏", "the file is truncated or damaged")

    def _foreign(self) -> ReadError:
        if any(one in self._names for one in _WORKS):
            zh, en = "这是 Microsoft Works 的文件", "a file of Microsoft Works"
        else:
            zh, en = "不是 Word 或 WPS 文字文档", "no Word document"
        return ReadError(
            "DOC008",
            f"{self.shown}：{zh}，暂不支持，请另存为 .docx",
            f"{self.shown}: {en} is not supported; save it as .docx",
        )

    def stream(self, name: str) -> bytes:
        """A stream at the root; empty where there is none of that name.

        Raises:
            ReadError: DOC001 when it is damaged, DOC007 when it is too large.
        """
        entry = self._names.get(name.lower())
        return b"" if entry is None else self._content(entry)

    def _content(self, entry: Any) -> bytes:
        if entry.size > self._size:
            raise self._damaged()
        self._taken += entry.size
        if entry.size > _limits.MOST_MEMBER_BYTES or self._taken > _limits.MOST_BYTES:
            raise _limits.over(self.shown, "内部数据过大", "a stream is too large")
        try:
            content = bytes(self._ole._open(entry.isectStart, entry.size).read())  # noqa: SLF001 - by entry
        except _ole.FAILURES as error:
            raise self._damaged() from error
        if len(content) < entry.size:
            raise self._damaged()
        return content

    def objects(self) -> dict[str, str]:
        """Embedded objects: name of the storage in the pool -> name for people."""
        pool = self._names.get("objectpool")
        found: dict[str, str] = {}
        for storage in pool.kids[:_MOST_OBJECTS] if pool is not None else ():
            kids = {str(one.name): one for one in storage.kids}
            name = ""
            if _NATIVE in kids:
                name = _native_name(self._content(kids[_NATIVE]))
            if not name and _COMPOUND in kids:
                name = _type_name(self._content(kids[_COMPOUND]))
            found[str(storage.name)] = name or UNNAMED
        return found


def _native_name(content: bytes) -> str:
    """The file name that a packaged file shows: newer programs write it in Unicode behind the file too."""
    first = content.find(b"\0", 6)
    second = content.find(b"\0", first + 1)
    if min(first, second) < 0:
        return ""
    at = second + 5
    at += 4 + int.from_bytes(content[at : at + 4], "little")
    at += 4 + int.from_bytes(content[at : at + 4], "little")
    at += 4 + 2 * int.from_bytes(content[at : at + 4], "little")
    length = int.from_bytes(content[at : at + 4], "little")
    wide = content[at + 4 : at + 4 + 2 * min(length, _MOST_NAME)].decode("utf-16-le", "replace")
    return " ".join(wide.split()) or _words(content[6 : min(first, 6 + _MOST_NAME)])


def _type_name(content: bytes) -> str:
    """What the object calls its type, as Microsoft Excel Worksheet. [MS-OLEDS] 2.3.8"""
    length = int.from_bytes(content[28:32], "little")
    return _words(content[32 : 32 + min(length, _MOST_NAME)].partition(b"\0")[0])


def _words(raw: bytes) -> str:
    return " ".join(raw.decode("gb18030", "replace").split())
