"""What an OFD holds besides its pages: annotations, attachments, outline, properties, tags."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from validator.model.document import Kind
from validator.text.lazy import lazy

from .._draft import Draft
from .draw import Space
from .page import Content, uris
from .text import is_shown
from .xml import Files, attributes, child, children, name, text

if TYPE_CHECKING:
    from lxml.etree import _Element

_INFORMATION = frozenset(
    ("title", "author", "subject", "abstract", "keyword", "creator", "customdata", "docusage", "cover")
)
_NO_WORDS = lazy(r"[\d\s.:/+#TZ-]*")
_WORDED = re.compile(r"[A-Za-z\u2e80-\U0003ffff]")
_NO_REMARKS = frozenset(("watermark", "link", "stamp"))
"""Kinds of annotations whose remark describes them; that of the others is what a reviewer wrote."""


@dataclass(slots=True, kw_only=True)
class Annotations:
    """What the annotations of one page hold; `content` is what they paint."""

    watermark: Content
    other: Content
    drafts: list[Draft] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    comments: int = 0


def page_annotations(
    files: Files, part: str, space: Space, page: int, watermark: Content, other: Content
) -> Annotations:
    """The annotations of a page from its annotation file (15.2).

    Raises:
        ReadError: when the file is damaged.
    """
    found = Annotations(watermark=watermark, other=other)
    for one in children(files.xml(part), "annot"):
        values = attributes(one)
        kind = values.get("type", "").lower()
        content = watermark if kind == "watermark" else other
        if is_shown(values):
            content.links.extend(uris(one))
            for look in children(one, "appearance"):
                inner = space.inside(attributes(look).get("boundary"), None)
                content.walk(look, inner)
        else:
            texts = (text(code) for look in children(one, "appearance") for code in _codes(look))
            found.hidden.extend(words for words in texts if words)
        for words, is_remark in _words(one):
            comment = is_remark and kind not in _NO_REMARKS
            found.comments += comment
            label = "comment" if comment else "annotation"
            found.drafts.append(Draft(text=words, kind=Kind.META, part=label, page=page))
    return found


def _codes(element: _Element) -> Iterator[_Element]:
    return (one for one in element.iter() if name(one) == "textcode")


def _words(annotation: _Element) -> Iterator[tuple[str, bool]]:
    remark = text(child(annotation, "remark"))
    if remark:
        yield remark, True
    for one in children(child(annotation, "parameters"), "parameter"):
        words = text(one)
        if words and words != remark and not _NO_WORDS.fullmatch(words):
            yield words, False


def annotation_files(files: Files, document: _Element, base: str) -> dict[str, list[str]]:
    """Annotation files by the number of their page (15.1).

    Raises:
        ReadError: when the list of them is damaged.
    """
    found: dict[str, list[str]] = {}
    for listed in _listed(files, document, base, "annotations"):
        for page in children(files.xml(listed), "page"):
            location = attributes(page).get("fileloc") or text(child(page, "fileloc"))
            part = files.find(location, listed)
            if part is not None:
                found.setdefault(attributes(page).get("pageid", ""), []).append(part)
    return found


def _listed(files: Files, owner: _Element, base: str, *wanted: str) -> Iterator[str]:
    for one in children(owner, *wanted):
        part = files.find(text(one), base)
        if part is not None:
            yield part


def attachments(files: Files, document: _Element, base: str) -> Iterator[str]:
    """Names of the files that are attached (chapter 20)."""
    for listed in _listed(files, document, base, "attachments"):
        for one in children(files.xml(listed), "attachment"):
            values = attributes(one)
            location = text(child(one, "fileloc")) or values.get("fileloc", "")
            named, suffix = values.get("name", ""), values.get("format", "")
            if named and suffix and "." not in named:
                named = f"{named}.{suffix}"
            label = named or location.rpartition("/")[2]
            if label:
                yield label


def properties(body: _Element) -> Iterator[tuple[str, str]]:
    """Names and values of the information about a document (7.4)."""
    information = child(body, "docinfo")
    for one in () if information is None else information:
        kind = name(one)
        if kind in ("keywords", "customdatas"):
            for inner in children(one, "keyword", "customdata"):
                yield name(inner), text(inner)
        elif kind in _INFORMATION:
            yield kind, text(one)


def outline(document: _Element) -> Iterator[str]:
    """Titles of the outline and names of bookmarks, which a reader shows beside the pages."""
    for group in children(document, "outlines", "bookmarks"):
        for one in group.iter():
            values = attributes(one) if name(one) in ("outlineelem", "bookmark") else {}
            words = (values.get("title") or values.get("name") or "").strip()
            if words:
                yield words


def tags(files: Files, document: _Element, base: str) -> Iterator[str]:
    """Words in custom tags and extensions, which programs keep beside the pages (chapters 16 and 17)."""
    for listed in _listed(files, document, base, "customtags", "extensions"):
        root = files.xml(listed)
        for one in root.iter():
            if name(one) in ("fileloc", "schemaloc", "extenddata"):
                part = files.find(text(one), listed)
                if part is not None and name(one) != "schemaloc" and part.lower().endswith(".xml"):
                    yield from _strings(files.xml(part))
            elif name(one) in ("property", "data"):
                yield from _strings(one)


def _strings(root: _Element) -> Iterator[str]:
    for one in root.iter():
        words = (one.text or "").strip() if isinstance(one.tag, str) else ""
        if words and _WORDED.search(words) and name(one) != "objectref":
            yield words
