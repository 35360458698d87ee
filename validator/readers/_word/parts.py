"""Parts of a Word document that belong to no page: settings, building blocks, bound data, files inside."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import TYPE_CHECKING

from validator.model.document import Block, Kind
from validator.model.errors import ReadError

from .. import _ooxml as ox
from .._base import Source
from .._draft import Draft
from .inline import PROMPT
from .record import Record

if TYPE_CHECKING:
    from lxml.etree import _Element

_FOREIGN_DATA = ("contentTypeSchema", "FormTemplates", "Receivers")
"""Data of document servers: schemas and forms, no words of anybody's."""
_MACROS = "vbaproject"
_NEVER = ("DOC002", "DOC008")
"""Why a file inside is only named: it has a password, or nobody reads its type."""


def settings_words(root: _Element, relations: dict[str, ox.Relation], record: Record) -> list[Draft]:
    """Document variables, the template that the document hangs on, and the source of a mail merge."""
    drafts: list[Draft] = []
    for one in ox.inside(root, "w:docVar"):
        drafts += record.once(ox.value(one, "w:name"), "properties")
        drafts += record.once(ox.value(one), "properties")
    for one in ox.inside(root, "w:query", "w:connectString"):
        drafts += record.once(ox.value(one), "field")
    for relation in relations.values():
        if relation.external:
            drafts += record.once(relation.target, "link")
    return drafts


def bound_data(root: _Element, record: Record) -> list[Draft]:
    """The data that content controls may show (`customXml/item1.xml`): what stands in the file of it."""
    if ox.name(root).rpartition(":")[2] in _FOREIGN_DATA:
        return []
    drafts: list[Draft] = []
    for element in root.iter():
        if len(element) == 0 and any(char.isalpha() for char in element.text or ""):
            drafts += record.once(element.text, "properties")
    for one in drafts:
        one.visible = False
    return drafts


def building_blocks(root: _Element) -> Iterator[_Element]:
    """The bodies of the building blocks of a glossary document; not the prompts of content controls, which
    stay in the file when the controls are filled in."""
    for part in ox.inside(root, "w:docPart"):
        properties = ox.child(part, "w:docPartPr")
        body = ox.child(part, "w:docPartBody")
        if body is None:
            continue
        text = "".join(one.text or "" for one in ox.inside(body, "w:t"))
        is_prompt = properties is not None and any(
            ox.value(one) in ("bbPlcHdr", "placeholder")
            for one in ox.inside(properties, "w:type", "w:gallery")
        )
        if not (is_prompt and (PROMPT.search(text) or not text.strip())):
            yield body


def foreign(source: Source) -> list[Draft] | None:
    """The text of a file that a document takes in, read by the reader of its type; None when it cannot be
    read.

    Raises:
        ReadError: when it is damaged or over a limit.
    """
    from .._choose import choose

    try:
        document = choose(source).read(source)
    except ReadError as error:
        if error.code in _NEVER:
            return None
        raise
    return [_draft(one) for one in document.blocks]


def _draft(block: Block) -> Draft:
    kind = Kind.PARAGRAPH if block.kind is Kind.HEADING else block.kind
    draft = Draft(text=block.text, kind=kind, part=block.part, cell=block.cell, visible=block.visible)
    draft.style = block.level or None if block.kind is Kind.HEADING else None
    return draft


def embedded_members(package: ox.Package) -> list[str]:
    """Names of the files in the package that lie where Office puts embedded files."""
    names = [posixpath.basename(one) for one in package.members if "/embeddings/" in f"/{one}"]
    return [one for one in names if one and not one.startswith(_MACROS)]
