"""Office packages: a ZIP of XML parts, opened with limits, without DTDs, in both namespace flavours."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from validator.model.errors import ReadError

from . import _limits

if TYPE_CHECKING:
    from lxml.etree import _Element

_WITH_TEXT = re.compile(
    r"^(?:word|xl|ppt)/(?:[^/]*/)*(?:header|footer|footnotes|endnotes|comments?|threadedcomment|sheet|slide|slidemaster|notesslide|chart|data|document|workbook|presentation)\d*\.xml$"
)
_ROOTS = frozenset(
    {
        *(
            "document",
            "hdr",
            "ftr",
            "footnotes",
            "endnotes",
            "comments",
            "chartSpace",
            "dataModel",
            "workbook",
        ),
        *(
            "worksheet",
            "chartsheet",
            "dialogsheet",
            "macrosheet",
            "ThreadedComments",
            "presentation",
            "sld",
            "sldMaster",
        ),
        *("notes", "cmLst", "glossaryDocument"),
    }
)
"""What the root of a part with text is called."""
_CHUNK = 1 << 16
_ENCRYPTED_FLAG = 0x1

_PREFIXES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    "http://purl.oclc.org/ooxml/drawingml/main": "a",
    "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": "wp",
    "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": "wp",
    "http://schemas.openxmlformats.org/drawingml/2006/picture": "pic",
    "http://purl.oclc.org/ooxml/drawingml/picture": "pic",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "urn:schemas-microsoft-com:vml": "v",
    "urn:schemas-microsoft-com:office:office": "o",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingShape": "wps",
    "http://schemas.microsoft.com/office/2006/activeX": "ax",
    "http://schemas.microsoft.com/office/word/2010/wordml": "w14",
    "http://schemas.microsoft.com/office/word/2015/wordml/symex": "w16se",
    "http://schemas.openxmlformats.org/drawingml/2006/chart": "c",
    "http://purl.oclc.org/ooxml/drawingml/chart": "c",
    "http://schemas.microsoft.com/office/drawing/2014/chartex": "cx",
    "http://schemas.openxmlformats.org/drawingml/2006/diagram": "dgm",
    "http://purl.oclc.org/ooxml/drawingml/diagram": "dgm",
    "http://schemas.openxmlformats.org/package/2006/relationships": "rel",
    "http://schemas.openxmlformats.org/package/2006/content-types": "ct",
}


_SPACES: dict[str, list[str]] = {}
for _space, _prefix in _PREFIXES.items():
    _SPACES.setdefault(_prefix, []).append(_space)
_MOST_NAMES = 20_000


class _Names(dict[object, str]):
    """Short names by tag. Looking a tag up is most of what reading a document does, so it is a dict."""

    def __missing__(self, tag: object) -> str:
        short = _short(tag) if isinstance(tag, str) else ""
        if len(self) < _MOST_NAMES:
            self[tag] = short
        return short


def _short(tag: str) -> str:
    space, _, local = tag[1:].partition("}") if tag.startswith("{") else ("", "", tag)
    return f"{_PREFIXES.get(space, '')}:{local}" if space else local


_NAMES = _Names()


@cache
def clark(wanted: str) -> tuple[str, ...]:
    """The full names that a short name (`w:p`) stands for; KeyError for a prefix that is not known here."""
    prefix, colon, local = wanted.partition(":")
    return tuple(f"{{{space}}}{local}" for space in _SPACES[prefix]) if colon else (wanted,)


def name(element: _Element) -> str:
    """Tag with a short prefix (`w:p`), the same for transitional and strict files; "" for comments."""
    return _NAMES[element.tag]


def attribute(element: _Element, wanted: str) -> str | None:
    """Value of an attribute by its short name (`w:val`, `descr`)."""
    for key in clark(wanted):
        value = element.get(key)
        if value is not None:
            return value
    return None


@cache
def _clarks(wanted: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(full for one in wanted for full in clark(one))


def children(element: _Element, *wanted: str) -> Iterator[_Element]:
    """Child elements with one of these short names."""
    return element.iterchildren(*_clarks(wanted))


def inside(element: _Element, *wanted: str) -> Iterator[_Element]:
    """Elements at any depth with one of these short names, in document order."""
    return element.iterdescendants(*_clarks(wanted))


def child(element: _Element | None, wanted: str) -> _Element | None:
    """First child element with this short name."""
    if element is not None:
        for one in element:
            if _NAMES[one.tag] == wanted:
                return one
    return None


def properties(element: _Element, wanted: str) -> dict[str, _Element]:
    """The children of the properties that an element begins with (`w:pPr` of a paragraph), by short name;
    none where it has no such properties."""
    for first in element:
        return {_NAMES[one.tag]: one for one in first} if _NAMES[first.tag] == wanted else {}
    return {}


def value(element: _Element | None, wanted: str = "w:val") -> str:
    """Value of an attribute of an element that may not be there; "" where there is none."""
    return "" if element is None else attribute(element, wanted) or ""


_NUMBER = re.compile(r"[+-]?[0-9]{1,9}", re.ASCII)


def number(text: str | None) -> int | None:
    """A whole number of at most nine digits; None for anything else, also for 10^300."""
    text = (text or "").strip()
    return int(text) if _NUMBER.fullmatch(text) else None


@dataclass(frozen=True, slots=True)
class Relation:
    """A relationship of a part: the last word of its type, and its target (a part name unless external)."""

    id: str
    type: str
    target: str
    external: bool


class Package:
    """A package in memory. Every read counts against the limits.

    Raises:
        ReadError: damaged (DOC001), encrypted (DOC002) or over a limit (DOC007), from any method.
    """

    def __init__(self, data: bytes, shown: str) -> None:
        self.shown = shown
        self._read = 0
        self._relations: dict[str, dict[str, Relation]] = {}
        self._xml: dict[str, _Element] = {}
        self._touched: set[str] = set()
        self._missing: dict[str, None] = {}
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise self._damaged("文件不完整或已损坏，无法解压", "the file is truncated or damaged") from error
        members = self._zip.infolist()
        if len(members) > _limits.MOST_MEMBERS:
            raise self._over(
                f"内部文件超过 {_limits.MOST_MEMBERS} 个", f"more than {_limits.MOST_MEMBERS} members"
            )
        self._members: dict[str, zipfile.ZipInfo] = {}
        for member in members:
            key = member.filename.replace("\\", "/").lstrip("/").lower()
            if key in self._members:
                raise self._damaged("内部文件重名，可能被篡改", f"duplicate member {member.filename!r}")
            if member.flag_bits & _ENCRYPTED_FLAG:
                raise self._encrypted()
            self._members[key] = member

    @property
    def members(self) -> list[str]:
        """Names of the members in lower case."""
        return list(self._members)

    def has(self, part: str) -> bool:
        """Whether the part exists."""
        return part.lower() in self._members

    def unread(self) -> list[str]:
        """Parts with text that nothing has read: no relation names them, so that no program shows them
        either, or a damaged one has lost them; and those that a relation names and that are not there."""
        left = [
            member.filename
            for key, member in self._members.items()
            if key not in self._touched and _WITH_TEXT.search(key)
        ]
        return [*left, *self._missing]

    def read(self, part: str) -> bytes:
        """Bytes of a part."""
        self._touched.add(part.lower())
        member = self._members.get(part.lower())
        if member is None:
            raise self._damaged(f"缺少内部文件 {part}", f"part {part} is missing")
        pieces: list[bytes] = []
        size = 0
        try:
            with self._zip.open(member) as stream:
                while chunk := stream.read(_CHUNK):
                    size += len(chunk)
                    self._read += len(chunk)
                    if size > _limits.MOST_MEMBER_BYTES or self._read > _limits.MOST_BYTES:
                        raise self._over("解压后过大", "unpacks to too much data")
                    pieces.append(chunk)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            NotImplementedError,
            RuntimeError,
            ValueError,
        ) as error:
            raise self._damaged("文件不完整或已损坏，无法解压", "the file is truncated or damaged") from error
        return b"".join(pieces)

    def xml(self, part: str) -> _Element:
        """Root element of a part; a document type declaration is refused."""
        if part not in self._xml:
            self._xml[part] = self._parse(part)
        return self._xml[part]

    def _parse(self, part: str) -> _Element:
        from lxml import etree

        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            collect_ids=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            root = etree.fromstring(self.read(part), parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            if "emory" in str(error):  # the parser's own way to say MemoryError
                raise MemoryError from error
            if str(error).startswith("unknown error"):  # or this, when it cannot even say that
                raise self._over(
                    f"内部文件 {part} 太大，内存不够", f"part {part} is too large for the memory"
                ) from error
            raise self._damaged(f"内部文件 {part} 不是有效的 XML", f"part {part} is not valid XML") from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise self._damaged(f"内部文件 {part} 含有 DTD，已拒绝", f"part {part} holds a DTD, refused")
        if _WITH_TEXT.search(part.lower()) and name(root).rpartition(":")[2] not in _ROOTS:
            raise self._damaged(f"内部文件 {part} 的内容不对", f"part {part} is not what its name says")
        return root

    def relations(self, part: str) -> dict[str, Relation]:
        """Relationships of a part by id, perhaps none; those of the package itself are of part ""."""
        if part not in self._relations:
            self._relations[part] = self._relations_of(part)
        return self._relations[part]

    def _relations_of(self, part: str) -> dict[str, Relation]:
        folder, file = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{file}.rels")
        if not self.has(rels):
            return {}
        from urllib.parse import unquote

        found: dict[str, Relation] = {}
        for element in children(self.xml(rels), "rel:Relationship"):
            target = attribute(element, "Target") or ""
            external = (attribute(element, "TargetMode") or "").lower() == "external"
            kind = (attribute(element, "Type") or "").rstrip("/").rpartition("/")[2]
            if not external:
                target = posixpath.normpath(posixpath.join("/", folder, unquote(target))).lstrip("/")
            key = attribute(element, "Id") or ""
            if not external and not self.has(target) and _WITH_TEXT.search(target.lower()):
                self._missing[target] = None
            found[key] = Relation(key, kind, target, external)
        return found

    def related_main(self, usual: str = "") -> str | None:
        """Name of the main part by the package relationships, else the `usual` one where that exists."""
        for relation in self.relations("").values():
            if relation.type == "officeDocument" and self.has(relation.target):
                return relation.target
        return usual if usual and self.has(usual) else None

    def main_part(self) -> str:
        """Name of the main document part, by the package relationships, else by the content types."""
        related = self.related_main()
        if related is not None:
            return related
        if self.has("[Content_Types].xml"):
            for element in children(self.xml("[Content_Types].xml"), "ct:Override"):
                part = (attribute(element, "PartName") or "").lstrip("/")
                if "main+xml" in (attribute(element, "ContentType") or "") and self.has(part):
                    return part
        raise self._damaged("不是 Word 文档（找不到正文）", "not a Word document (no main part)")

    def _damaged(self, zh: str, en: str) -> ReadError:
        return _limits.damaged(self.shown, zh, en)

    def _encrypted(self) -> ReadError:
        return _limits.encrypted(self.shown)

    def _over(self, zh: str, en: str) -> ReadError:
        return _limits.over(self.shown, zh, en)
