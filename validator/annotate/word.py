"""A Word file and what was found in it -> the same file with a comment for each finding."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from validator.annotate import comments
from validator.annotate.anchors import Anchor, Anchors
from validator.annotate.runs import Marks
from validator.model.errors import ReadError, UserError
from validator.model.words import Lang
from validator.ooxmlzip import UnchangeableError, rewritten
from validator.readers import _ooxml as ox
from validator.readers._base import Source

if TYPE_CHECKING:
    from lxml.etree import _Element

    from validator.model.document import Document
    from validator.model.finding import Finding

MOST_COMMENTS = 32_767
"""Word opens no file with more ([MS-OI29500] 2.1.315)."""
_TYPES = "[Content_Types].xml"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_TYPES_SPACE = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS_SPACE = "http://schemas.openxmlformats.org/package/2006/relationships"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_STRICT_RELATION = "http://purl.oclc.org/ooxml/officeDocument/relationships/comments"
_STRICT = "http://purl.oclc.org/ooxml/"
_DECLARATION = re.compile(rb"(?:\xef\xbb\xbf)?\s*(<\?xml[^>]*\?>\s*)")
_UTF8 = re.compile(rb"encoding\s*=\s*[\"']utf-?8[\"']", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotated:
    """A commented file: how many comments were added, how many of them stand beside the words that they are
    about and name their place, and how many found no room because Word opens no file with more."""

    data: bytes
    added: int
    beside: int
    left: int = 0


def annotate(data: bytes, document: Document, findings: Sequence[Finding], lang: Lang) -> Annotated:
    """The Word file `data`, which was read as `document`, with one comment for each of the findings.

    Raises:
        ReadError: the file cannot be read.
        UserError: it is not the file that was checked.
    """
    from validator.readers._word.reader import read_traced

    traced, package = read_traced(Source(path=document.path, suffix=".docx", data=data))
    if traced.source != document.source or len(traced.blocks) != len(document.blocks):
        raise UserError(
            f"{document.path}：检查之后文件又变了，请重新运行一次",
            f"{document.path}: the file has changed since it was checked; run the command again",
        )
    try:
        return _Writer(data, package, traced).write(findings, lang)
    except UnchangeableError as error:
        zh = "文件已损坏，或打包方式特殊，加不了批注；请用 Word 或 WPS 另存为 .docx 后再试"
        en = "the file is damaged or packed in an unusual way; save it again as .docx in Word first"
        raise ReadError("DOC001", f"{document.path}：{zh}", f"{document.path}: {en}") from error


class _Writer:
    def __init__(self, data: bytes, package: ox.Package, document: Document) -> None:
        self._data = data
        self._document = document
        self._package = package
        self._raw: dict[str, bytes] = {}
        self._main = package.main_part()
        self._read = package.xml(self._main)
        self._anchors = Anchors(document, self._read)
        self._root = _parse(self._bytes(self._main))
        self._space = _space(self._root)
        self._marks = Marks(self._space)
        self._changed: dict[str, bytes] = {}

    def write(self, findings: Sequence[Finding], lang: Lang) -> Annotated:
        part, known = self._comments_part()
        number = comments.next_number(known, self._root)
        room = max(0, MOST_COMMENTS - len(known))
        placed = [(one, self._anchors.of(one)) for one in findings[:room]]
        for at, (finding, anchor) in enumerate(placed):
            around = "" if anchor.exact else self._text(finding)
            lines = comments.words(finding, lang, around)
            comments.add(known, self._space, number + at, lines)
        self._place([anchor for _, anchor in placed], number)
        self._save(part, known)
        self._save(self._main, self._root)
        return Annotated(
            data=self._written(),
            added=len(placed),
            beside=sum(not anchor.exact for _, anchor in placed),
            left=len(findings) - len(placed),
        )

    def _written(self) -> bytes:
        changed = {part: one for part, one in self._changed.items() if self._package.has(part)}
        added = {part: one for part, one in self._changed.items() if part not in changed}
        return rewritten(self._data, changed, added)

    def _text(self, finding: Finding) -> str:
        """The text of the block that a finding is in; none where it is about the file."""
        if finding.location.part == "file":
            return ""
        return str(self._document.blocks[finding.location.line - 1].text)

    def _place(self, anchors: Sequence[Anchor], number: int) -> None:
        own = self._translated(anchors)
        for one in own:
            if one.first and one.last:
                self._marks.cut(one.first, one.last)
            elif one.around is not None:
                self._marks.cut_around(one.around)
        self._marks.split()
        start: _Element | None = None
        for at, one in enumerate(own, number):
            if one.first and one.last:
                self._marks.put(at, one.first, one.last)
            elif one.around is not None:
                self._marks.put_around(at, one.around)
            else:
                start = self._first_paragraph() if start is None else start
                self._marks.put_before(at, start)

    def _translated(self, anchors: Sequence[Anchor]) -> list[Anchor]:
        """The anchors in elements of the tree that is written: it has what the reader leaves out."""
        wanted = {one for anchor in anchors for one in _named(anchor)}
        trees = zip(self._read.iter("*"), self._root.iter("*"), strict=True)
        own = {read: mine for read, mine in trees if read in wanted}
        return [
            Anchor(
                first=anchor.first and (own[anchor.first[0]], anchor.first[1]),
                last=anchor.last and (own[anchor.last[0]], anchor.last[1]),
                around=None if anchor.around is None else own[anchor.around],
            )
            for anchor in anchors
        ]

    def _first_paragraph(self) -> _Element:
        """The first paragraph of the body; one is made where there is none, as Word itself does."""
        from lxml import etree

        body = ox.child(self._root, "w:body")
        body = self._root if body is None else body
        found = next(iter(ox.inside(body, "w:p")), None)
        if found is None:
            found = etree.Element(f"{{{self._space}}}p")
            body.insert(0, found)
        return found

    # Parts.

    def _comments_part(self) -> tuple[str, _Element]:
        """The part with the comments, and its root; a new one where the file has none."""
        for one in self._package.relations(self._main).values():
            if one.type == "comments" and not one.external:
                return one.target, _parse(self._bytes(one.target))
        folder = posixpath.dirname(self._main)
        names = ("comments.xml", *(f"comments{at}.xml" for at in range(2, 1000)))
        paths = (posixpath.join(folder, name) for name in names)
        part = next(one for one in paths if not self._package.has(one))
        self._relate(part)
        self._declare(part)
        return part, comments.empty_part(self._space)

    def _relate(self, part: str) -> None:
        from lxml import etree

        folder, file = posixpath.split(self._main)
        name = posixpath.join(folder, "_rels", f"{file}.rels")
        if self._package.has(name):
            root = _parse(self._bytes(name))
        else:
            root = etree.Element(f"{{{_RELATIONS_SPACE}}}Relationships", nsmap={None: _RELATIONS_SPACE})  # type: ignore[dict-item]
        taken = {one.get("Id") for one in root}
        key = next(one for one in (f"rId{at}" for at in range(1, len(taken) + 2)) if one not in taken)
        strict = self._space.startswith(_STRICT)
        kind = _STRICT_RELATION if strict else _RELATION
        target = posixpath.basename(part)
        etree.SubElement(root, f"{{{_space(root)}}}Relationship", {"Id": key, "Type": kind, "Target": target})
        self._save(name, root)

    def _declare(self, part: str) -> None:
        from lxml import etree

        if not self._package.has(_TYPES):
            return
        root = _parse(self._bytes(_TYPES))
        name = f"/{part}"
        if not any((one.get("PartName") or "").lower() == name.lower() for one in root):
            etree.SubElement(root, f"{{{_space(root)}}}Override", {"PartName": name, "ContentType": _KIND})
        self._save(_TYPES, root)

    def _save(self, part: str, root: _Element) -> None:
        self._changed[part] = _serialised(root, self._bytes(part) if self._package.has(part) else b"")

    def _bytes(self, part: str) -> bytes:
        # Not by the reader's package: it counts what is read, and all of this it has read before.
        if part not in self._raw:
            self._raw[part] = ox.Package(self._data, "").read(part)
        return self._raw[part]


def _named(anchor: Anchor) -> Iterable[_Element]:
    if anchor.first and anchor.last:
        return (anchor.first[0], anchor.last[0])
    return () if anchor.around is None else (anchor.around,)


def _space(root: _Element) -> str:
    return str(root.tag)[1:].partition("}")[0]


def _parse(data: bytes) -> _Element:
    """The root of a part with everything that is in it; the reader has read it before and refused a DTD."""
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        collect_ids=False,
        strip_cdata=False,
    )
    return etree.fromstring(data, parser)


def _serialised(root: _Element, before: bytes) -> bytes:
    """The part as bytes, under the declaration that it had."""
    from lxml import etree

    found = _DECLARATION.match(before)
    declared = found[1] if found and _UTF8.search(found[1]) else None
    if declared is None:
        declared = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return declared + etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=False)
