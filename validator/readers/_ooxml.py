"""Office packages: a ZIP of XML parts, opened with limits, without DTDs, in both namespace flavours."""

from __future__ import annotations

import io
import posixpath
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
    "http://schemas.openxmlformats.org/package/2006/relationships": "rel",
    "http://schemas.openxmlformats.org/package/2006/content-types": "ct",
}


@cache
def _short(tag: str) -> str:
    space, _, local = tag[1:].partition("}") if tag.startswith("{") else ("", "", tag)
    return f"{_PREFIXES.get(space, '')}:{local}" if space else local


def name(element: _Element) -> str:
    """Tag with a short prefix (`w:p`), the same for transitional and strict files; "" for comments."""
    return _short(element.tag) if isinstance(element.tag, str) else ""


def attribute(element: _Element, wanted: str) -> str | None:
    """Value of an attribute by its short name (`w:val`, `descr`)."""
    for key, value in element.attrib.items():
        if _short(str(key)) == wanted:
            return str(value)
    return None


def children(element: _Element, *wanted: str) -> Iterator[_Element]:
    """Child elements with one of these short names."""
    return (child for child in element if name(child) in wanted)


def child(element: _Element | None, wanted: str) -> _Element | None:
    """First child element with this short name."""
    return None if element is None else next(children(element, wanted), None)


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
        self._xml: dict[str, _Element] = {}
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

    def has(self, part: str) -> bool:
        """Whether the part exists."""
        return part.lower() in self._members

    def read(self, part: str) -> bytes:
        """Bytes of a part."""
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
            remove_comments=True,
            remove_pis=True,
        )
        try:
            root = etree.fromstring(self.read(part), parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise self._damaged(f"内部文件 {part} 不是有效的 XML", f"part {part} is not valid XML") from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise self._damaged(f"内部文件 {part} 含有 DTD，已拒绝", f"part {part} holds a DTD, refused")
        return root

    def relations(self, part: str) -> dict[str, Relation]:
        """Relationships of a part by id, perhaps none; those of the package itself are of part ""."""
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
            found[key] = Relation(key, kind, target, external)
        return found

    def main_part(self) -> str:
        """Name of the main document part, by the package relationships, else by the content types."""
        for relation in self.relations("").values():
            if relation.type == "officeDocument" and self.has(relation.target):
                return relation.target
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
