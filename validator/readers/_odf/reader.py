"""OpenDocument text: the body, headers and footers of every page style, notes, comments, properties."""

from __future__ import annotations

import re
from collections.abc import Iterator

from validator.model.document import Document, Kind

from .._base import Source
from .._draft import Draft, assemble, rendition
from .._flow import Volume, notices, without_pictures, without_repeats
from . import names as odf
from .story import Shared, Story
from .styles import Styles

_RUNNING = re.compile(r"(?:style|loext):(header|footer)(?:-left|-first)?")
_PROPERTIES = frozenset(
    {
        *("dc:title", "dc:subject", "dc:description", "dc:creator", "dc:publisher", "dc:contributor"),
        *("meta:initial-creator", "meta:keyword", "meta:printed-by", "meta:user-defined"),
    }
)
_NUMBERED = re.compile(r"[\d.]*")


def read(source: Source) -> Document:
    """Read an OpenDocument text, packed or flat.

    Raises:
        ReadError: damaged, encrypted, or over a limit.
    """
    parts = odf.opened(source)
    shared = Shared(parts=parts, volume=Volume(source.path))
    body = Story(shared, Styles(parts.styles, parts.content))
    text_root = odf.child(parts.content, "office:body", "office:text")
    drafts = body.walk(text_root) if text_root is not None else []
    shared.open_deletions.clear()
    for key in list(shared.deletions):
        drafts += body.deleted(key)
    title, properties = _properties(parts)
    found, marks = without_pictures(
        [
            *drafts,
            *without_repeats(_furniture(parts, shared)),
            *shared.notes["footnote"],
            *shared.notes["endnote"],
            *shared.comments,
            *properties,
        ]
    )
    text = rendition(found)
    blocks, title = assemble(found, title)
    return Document(
        path=source.path,
        format="odt",
        encoding=None,
        source=text,
        blocks=blocks,
        title=title,
        notices=tuple(notices(shared.volume, blocks, marks)),
    )


def _furniture(parts: odf.Parts, shared: Shared) -> Iterator[Draft]:
    if parts.styles is None:
        return
    styles = Styles(parts.styles, parts.styles)
    for element in parts.styles.iter(odf.clark("style:master-page")):
        for child in element:
            if found := _RUNNING.fullmatch(odf.name(child)):
                yield from Story(shared, styles, found[1], Kind.FURNITURE).walk(child)


def _properties(parts: odf.Parts) -> tuple[str, list[Draft]]:
    meta = odf.child(parts.meta, "office:meta")
    title = ""
    drafts: list[Draft] = []
    for element in meta if meta is not None else ():
        if odf.name(element) not in _PROPERTIES:
            continue
        text = odf.text_of(element).strip()
        named = odf.get(element, "meta:name")
        if odf.name(element) == "dc:title":
            title = text
        drafts.extend(
            Draft(text=words, kind=Kind.META, part="properties")
            for words in (text, "" if named.isascii() else named)
            if not _NUMBERED.fullmatch(words)
        )
    return title, drafts
