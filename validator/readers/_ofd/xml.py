"""The XML and the paths of an OFD package as its writers really make them.

Writers differ in namespace, in the case of names, in absolute and relative paths and in what a relative
path is relative to; nothing here depends on any of these.
"""

from __future__ import annotations

import math
import posixpath
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from .._ooxml import Package

if TYPE_CHECKING:
    from lxml.etree import _Element

_MOST_NUMBER = 1e7


@lru_cache(maxsize=1024)
def _local(tag: str) -> str:
    return tag.rpartition("}")[2].lower()


def name(element: _Element) -> str:
    """Tag without namespace, lower case; "" for comments."""
    return _local(element.tag) if isinstance(element.tag, str) else ""


def attributes(element: _Element) -> dict[str, str]:
    """All attributes by name without namespace, lower case."""
    return {_local(str(key)): str(value) for key, value in element.attrib.items()}


def children(element: _Element | None, *wanted: str) -> Iterator[_Element]:
    """Child elements with one of these names (lower case)."""
    return (one for one in (() if element is None else element) if name(one) in wanted)


def child(element: _Element | None, *wanted: str) -> _Element | None:
    """First child element with one of these names (lower case)."""
    return next(children(element, *wanted), None)


def parts(element: _Element) -> dict[str, _Element]:
    """The first child element of each name (lower case)."""
    found: dict[str, _Element] = {}
    for one in element:
        found.setdefault(name(one), one)
    return found


def text(element: _Element | None) -> str:
    """All text inside, without the blanks around it."""
    return "" if element is None else "".join(str(one) for one in element.itertext()).strip()


def number(value: str | None, default: float = 0.0) -> float:
    """A finite number of a sane size, else the default."""
    try:
        found = float(value or "")
    except ValueError:
        return default
    return found if math.isfinite(found) and abs(found) < _MOST_NUMBER else default


@lru_cache(maxsize=256)
def numbers(value: str | None, count: int) -> tuple[float, ...] | None:
    """So many numbers parted by blanks or commas, else None."""
    words = (value or "").replace(",", " ").split(None, count)[:count]
    try:
        found = tuple(map(float, words))
    except ValueError:
        return None
    if len(found) != count or not all(-_MOST_NUMBER < one < _MOST_NUMBER for one in found):
        return None
    return found


def deltas(value: str | None, most: int) -> list[float]:
    """Advances of `DeltaX` and `DeltaY`: numbers, or `g count value` for a repeated one (11.3, table 46)."""
    found: list[float] = []
    words = iter((value or "").replace(",", " ").split())
    for word in words:
        if word.lower() == "g":
            times, step = next(words, ""), number(next(words, ""))
            count = int(times) if times.isascii() and times.isdigit() and len(times) < 10 else 0
            found.extend([step] * min(count, most - len(found)))
        else:
            found.append(number(word))
        if len(found) >= most:
            break
    return found[:most]


class Files:
    """The files of a package, found by the locations that are written in its files."""

    def __init__(self, package: Package) -> None:
        self.package = package

    def find(self, location: str, base: str) -> str | None:
        """Name of the file that `location` means in the file `base`; None where there is no such file.

        A location is relative to the file it stands in; some writers mean the folder of the document or
        the package, so the folders above are tried too.
        """
        wanted = location.strip().replace("\\", "/")
        if not wanted:
            return None
        folders = [""] if wanted.startswith("/") else []
        folder = posixpath.dirname(base)
        while folder:
            folders.append(folder)
            folder = posixpath.dirname(folder)
        for one in dict.fromkeys([*folders, ""]):
            joined = posixpath.normpath(posixpath.join("/", one, wanted.lstrip("/"))).lstrip("/")
            for spelled in _spellings(joined):
                if self.package.has(spelled):
                    return spelled
        return None

    def xml(self, part: str) -> _Element:
        """Root element of a file.

        Raises:
            ReadError: when it is not XML.
        """
        return self.package.xml(part)


def _spellings(path: str) -> Iterator[str]:
    yield path
    if not path.isascii():
        # Names packed without the UTF-8 flag come as if they were in code page 437.
        for codec in ("gbk", "utf-8"):
            try:
                yield path.encode(codec).decode("cp437")
            except UnicodeError:
                continue
