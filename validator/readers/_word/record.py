"""What the stories of one Word document share, and what is gathered while they are read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from validator.model.document import Kind

from .. import _ooxml as ox
from .._draft import Draft
from .list import Numbering
from .styles import Styles

OWN_AUTHOR, OWN_INITIALS = "validator", "V"
"""Whose comments this program writes."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: the draft that it stands in or after, if there is one, and the part that it is in."""

    after: Draft | None
    part: str


@dataclass(slots=True, kw_only=True)
class Record:
    """Counts and names over all stories, also over those of documents inside the document."""

    revisions: int = 0
    tables: int = 0
    comments: int = 0
    authors: dict[str, None] = field(default_factory=dict)
    embedded: list[str] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    _seen: set[tuple[str, str]] = field(default_factory=set)

    def once(self, text: str | None, part: str) -> list[Draft]:
        """A draft of what is not the report's text, unless the document has had the same before."""
        text = " ".join((text or "").split())
        if not text or (part, text) in self._seen:
            return []
        self._seen.add((part, text))
        return [Draft(text=text, kind=Kind.META, part=part)]

    def embed(self, name: str) -> list[Draft]:
        """Note a file inside the file that is not read, at the place where it stands."""
        if name in self.embedded:
            return []
        self.embedded.append(name)
        return [Draft(text=name, kind=Kind.META, part="attachment")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What every story of one document needs.

    `chunk` reads a file that the document takes in as its text. `read` names the parts that were read where
    they are named first; named again, they are not read again. With `traced` texts know their places.
    """

    package: ox.Package
    styles: Styles
    numbering: Numbering
    record: Record
    white_page: bool
    chunk: Callable[[str], list[Draft]]
    traced: bool = False
    read: set[str] = field(default_factory=set)
