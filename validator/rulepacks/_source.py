"""A pack file before it is understood."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One pack file: its name as shown to the user and its bytes.

    `layer` 0 is ours; the packs that the user names follow in their order, and later ones win.
    """

    shown: str
    data: bytes
    layer: int = 0
