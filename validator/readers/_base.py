"""What a reader is. A format is one module of this package with a `READER` of this type."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from validator.model.document import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One file to read: the path as shown to the user (posix, as given), its suffix in lower case with
    the dot, and its bytes."""

    path: str
    suffix: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """How one format is recognised and read.

    `sniff(source)` looks at the content: True means "this is mine whatever the suffix says". A reader
    without a certain sign of its content returns False there and is chosen by suffix; `binary` tells
    that the format is no text, so that a text with its suffix is read as text.
    `read` raises `ReadError` for a file that cannot be read, never anything else on purpose.
    `parts` names what is read of such a file: keys of `model.location.PARTS`, and "table", "picture"
    (counted, not read). The documentation shows it, and tests hold the readers to it.
    """

    format: str
    suffixes: tuple[str, ...]
    sniff: Callable[[Source], bool]
    read: Callable[[Source], Document]
    binary: bool = False
    parts: tuple[str, ...] = ("body",)
