"""Names of files as a browser sends them: shown, and given to what is downloaded, but never a path."""

from __future__ import annotations

import unicodedata
from collections.abc import Container
from itertools import count

MOST = 120
"""Characters of a name that is kept; longer ones lose their middle."""
_MOST_SUFFIX = 10
_FORBIDDEN = str.maketrans(dict.fromkeys('<>:"|?*', "_"))
_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", *(f"{word}{at}" for word in ("com", "lpt") for at in range(10))}
)
"""What Windows takes for a device, with any suffix."""


def clean(given: str | None) -> str:
    """The last part of a name without anything that moves text about or that a file system refuses."""
    last = (given or "").replace("\\", "/").rstrip("/").rpartition("/")[2]
    shown = "".join(char for char in unicodedata.normalize("NFC", last) if char.isprintable())
    shown = shown.translate(_FORBIDDEN).strip().rstrip(". ")
    if not shown or not shown.strip("."):
        return "未命名"
    if shown.partition(".")[0].strip().lower() in _RESERVED:
        shown = f"_{shown}"
    return _short(shown)


def _short(name: str) -> str:
    if len(name) <= MOST:
        return name
    end = suffix(name)
    return name[: MOST - len(end) - 1] + "…" + end


def suffix(name: str) -> str:
    """`.docx` of `总结.docx`, in lower case; empty where there is none, or none that a reader could know."""
    _, dot, end = name.rpartition(".")
    known = dot and end.isascii() and end.isalnum() and len(end) <= _MOST_SUFFIX
    return f".{end.lower()}" if known else ""


def stem(name: str) -> str:
    """The name without its suffix."""
    end = suffix(name)
    return name[: -len(end)] if end else name


def distinct(name: str, taken: Container[str]) -> str:
    """`name`, or `name (2)` where the name is taken: two folders may hold files of one name."""
    if name not in taken:
        return name
    end = suffix(name)
    return next(one for one in (f"{stem(name)} ({at}){end}" for at in count(2)) if one not in taken)
