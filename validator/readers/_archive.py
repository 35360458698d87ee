"""ZIP archives of reports: their members, with names as the one who packed them saw them.

Nothing is ever unpacked to disk; a member is read into memory, within the limits.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from validator.model.errors import ReadError

from . import _limits

_UTF8_FLAG = 0x800
_ENCRYPTED_FLAG = 0x1
_UNICODE_PATH = 0x7075
_END = b"PK\x05\x06"
_END_SIZE = 22
_MOST_COMMENT = 1 << 16
_MOST_DIRECTORY = 4 * 1024 * 1024
_CHUNK = 1 << 16
_OFFICE = ("[content_types].xml", "ofd.xml", "mimetype")


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A file in an archive: its number in the directory, and its name with "/" between folders."""

    index: int
    name: str


def is_archive(path: Path) -> bool:
    """Whether the file is to be taken for an archive of reports."""
    return path.suffix.lower() == ".zip"


def members(path: Path, shown: str) -> list[Member]:
    """The files in an archive in its own order; empty for an office document that is named .zip.

    Raises:
        ReadError: damaged (DOC001) or with too many members (DOC007).
    """
    with _opened(path, shown) as archive:
        entries = archive.infolist()
        names = [_name(entry) for entry in entries]
    if any(name.lower() in _OFFICE for name in names):
        return []
    if len(names) > _limits.MOST_MEMBERS:
        raise _limits.over(
            shown,
            f"压缩包里的文件超过 {_limits.MOST_MEMBERS} 个",
            f"more than {_limits.MOST_MEMBERS} files in the archive",
        )
    found = [Member(index=at, name=name) for at, name in enumerate(names) if not name.endswith("/")]
    if not found:
        raise ReadError("DOC009", f"{shown}：压缩包是空的", f"{shown}: the archive is empty")
    return found


def member_bytes(path: Path, shown: str, index: int) -> bytes:
    """The content of a member; `shown` is the path of the member as the user sees it.

    Raises:
        ReadError: damaged, encrypted, too large, or a name that climbs out of the archive.
    """
    with _opened(path, shown) as archive:
        entry = archive.infolist()[index]
        if _climbs(_name(entry)):
            raise _limits.damaged(
                shown,
                "压缩包里的路径指到了压缩包以外，已拒绝",
                "a path that leads out of the archive, refused",
            )
        if entry.flag_bits & _ENCRYPTED_FLAG:
            raise _limits.encrypted(shown)
        return _content(archive, entry, shown)


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, shown: str) -> bytes:
    pieces: list[bytes] = []
    size = 0
    try:
        with archive.open(entry) as stream:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                if size > _limits.MOST_MEMBER_BYTES:
                    raise _limits.over(shown, "解压后过大", "unpacks to too much data")
                pieces.append(chunk)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, ValueError) as error:
        raise _limits.damaged(shown, "压缩包里的这个文件已损坏", "this member is damaged") from error
    return b"".join(pieces)


def _opened(path: Path, shown: str) -> zipfile.ZipFile:
    try:
        if _directory_bytes(path) > _MOST_DIRECTORY:
            raise _limits.over(shown, "压缩包的目录过大", "the directory of the archive is too large")
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, struct.error) as error:
        raise _limits.damaged(shown, "压缩包不完整或已损坏", "the archive is truncated or damaged") from error


def _directory_bytes(path: Path) -> int:
    """How large the archive says its directory is: what `zipfile` would load before anything is counted.

    The ZIP64 form says 4 GiB here, which is over the limit too. Source: APPNOTE.TXT 4.3.16.
    """
    with path.open("rb") as stream:
        size = stream.seek(0, 2)
        stream.seek(max(0, size - _END_SIZE - _MOST_COMMENT))
        tail = stream.read()
    at = tail.rfind(_END)
    return int(struct.unpack_from("<L", tail, at + 12)[0]) if at >= 0 else 0


def _name(entry: zipfile.ZipInfo) -> str:
    name = _unicode_path(entry.extra) or _decoded(entry)
    return name.replace("\\", "/")


def _decoded(entry: zipfile.ZipInfo) -> str:
    """Windows packs names in the code page of the system, without a word about it."""
    name = entry.orig_filename
    if entry.flag_bits & _UTF8_FLAG:
        return name
    try:
        raw = name.encode("cp437")
    except UnicodeEncodeError:
        return name
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name


def _unicode_path(extra: bytes) -> str | None:
    """The name in UTF-8 that Info-ZIP and 7-Zip add. Source: APPNOTE.TXT 4.6.9."""
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        if kind == _UNICODE_PATH and length > 5:
            try:
                return extra[at + 9 : at + 4 + length].decode("utf-8")
            except UnicodeDecodeError:
                return None
        at += 4 + length
    return None


def _climbs(name: str) -> bool:
    path = PurePosixPath(name)
    return path.is_absolute() or ".." in path.parts or name[1:2] == ":"
