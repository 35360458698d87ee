"""What kind of container a file is, told by its content without unpacking it."""

from __future__ import annotations

import io
import re
import zipfile
from functools import lru_cache

from ._base import Source

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TAIL = 1 << 20
_LOCAL = re.compile(rb"PK\x03\x04.{22}(..)(..)", re.DOTALL)
_MOST_NAMES = 5000
_MOST_MIMETYPE = 200


def is_zip(source: Source) -> bool:
    """Whether the file is a ZIP archive, office packages included."""
    return source.data.startswith((ZIP, b"PK\x05\x06"))


def is_ole(source: Source) -> bool:
    """Whether the file is an OLE2 compound file: old Word and Excel, or an encrypted new one."""
    return source.data.startswith(OLE)


def has_stream(source: Source, name: str) -> bool:
    """Whether an OLE2 file names such a stream or storage in its directory."""
    wanted = name.encode("utf-16-le")
    return is_ole(source) and wanted in source.data


def has_member(source: Source, *names: str) -> bool:
    """Whether a ZIP archive has a member with one of these names, in any case."""
    known = _names(_Same(source))
    return any(name.lower() in known for name in names)


def member_names(source: Source) -> frozenset[str]:
    """Names of the members of a ZIP archive in lower case, also of one whose directory is lost."""
    return _names(_Same(source))


def mimetype(source: Source) -> str:
    """What an ODF package calls itself in its first member, else ""."""
    match = _LOCAL.match(source.data)
    if not match or not is_zip(source):
        return ""
    at = match.end()
    length = int.from_bytes(match[1], "little")
    start = at + length + int.from_bytes(match[2], "little")
    if source.data[at : at + length] != b"mimetype":
        return ""
    found = re.match(rb"[\w.+/-]{1,%d}" % _MOST_MIMETYPE, source.data[start : start + _MOST_MIMETYPE])
    return found[0].decode("ascii", "replace") if found else ""


class _Same:
    """A source as a key of the cache: the same object, not equal bytes."""

    def __init__(self, source: Source) -> None:
        self.source = source

    def __hash__(self) -> int:
        return id(self.source)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.source is self.source


@lru_cache(maxsize=1)
def _names(key: _Same) -> frozenset[str]:
    source = key.source
    if not is_zip(source):
        return frozenset()
    try:
        with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
            names = [member.filename for member in archive.infolist()[:_MOST_NAMES]]
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - a broken directory: the names also stand before the members
        names = _local_names(source.data)
    return frozenset(name.replace("\\", "/").lstrip("/").lower() for name in names)


def _local_names(data: bytes) -> list[str]:
    found: list[str] = []
    for match in _LOCAL.finditer(data):
        length = int.from_bytes(match[1], "little")
        found.append(data[match.end() : match.end() + length].decode("utf-8", "replace"))
        if len(found) >= _MOST_NAMES:
            break
    return found
