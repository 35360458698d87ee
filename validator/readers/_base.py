"""What a reader is. A format is one module of this package with a `READER` of this type."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from validator.model.document import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One file to read: the path as shown to the user (posix, as given) and its bytes."""

    path: str
    suffix: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """How one format is recognised and read.

    `sniff(source)` looks at the content: True means "this is mine whatever the suffix says". A reader
    without a certain sign of its content returns False there and is chosen by suffix.
    `read` raises `ReadError` for a file that cannot be read, never anything else on purpose.
    """

    format: str
    suffixes: tuple[str, ...]
    sniff: Callable[[Source], bool]
    read: Callable[[Source], Document]
