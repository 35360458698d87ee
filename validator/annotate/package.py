"""A ZIP file with some members changed and every other one copied as it lies there, still compressed."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

_LOCAL = struct.Struct("<4s2B4HL2L2H")
_CENTRAL = struct.Struct("<4s4B4HL2L5H2L")
_END = struct.Struct("<4s4H2LH")
_LOCAL_SIZE = 30
_STREAMED = 0x08
"""The flag that says that sizes follow the data; here they are known before."""
_UTF8 = 0x800
_ZIP64_EXTRA = 1


def rewritten(data: bytes, changed: Mapping[str, bytes]) -> bytes:
    """The archive with the members of `changed` replaced, in whatever case their names are, or added at its
    end.

    Order, names, times and attributes of all members stay; so does the way a changed one was compressed.

    Raises:
        BadZipFile: the archive is damaged.
    """
    out = io.BytesIO()
    directory: list[bytes] = []
    left = {_key(name): (name, content) for name, content in changed.items()}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for member in archive.infolist():
            found = left.pop(_key(member.filename), None)
            packed = _packed(data, member) if found is None else _pack(member, found[1])
            directory.append(_write(out, member, packed))
        for name, content in left.values():
            member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 0
            directory.append(_write(out, member, _pack(member, content)))
        comment = archive.comment
    start = out.tell()
    out.write(b"".join(directory))
    size, count = out.tell() - start, len(directory)
    out.write(_END.pack(b"PK\5\6", 0, 0, count, count, size, start, len(comment)) + comment)
    return out.getvalue()


def _key(name: str) -> str:
    """How a member is named in a package: parts are the same in every case (ECMA-376 part 2 §9.1.1)."""
    return name.replace("\\", "/").lstrip("/").lower()


def _packed(data: bytes, member: zipfile.ZipInfo) -> bytes:
    at = member.header_offset
    if data[at : at + 4] != b"PK\3\4" or at + _LOCAL_SIZE > len(data):
        raise zipfile.BadZipFile(member.filename)
    name, extra = struct.unpack_from("<2H", data, at + _LOCAL_SIZE - 4)
    start = at + _LOCAL_SIZE + name + extra
    if start + member.compress_size > len(data):
        raise zipfile.BadZipFile(member.filename)
    return data[start : start + member.compress_size]


def _pack(member: zipfile.ZipInfo, content: bytes) -> bytes:
    """The content in the member's own way of compression, with its sizes noted; deflated where that way is
    another than the two that Office writes."""
    if member.compress_type != zipfile.ZIP_STORED:
        member.compress_type = zipfile.ZIP_DEFLATED
    member.CRC, member.file_size = zlib.crc32(content), len(content)
    if member.compress_type == zipfile.ZIP_STORED:
        packed = content
    else:
        deflater = zlib.compressobj(wbits=-15)
        packed = deflater.compress(content) + deflater.flush()
    member.compress_size = len(packed)
    return packed


def _write(out: io.BytesIO, member: zipfile.ZipInfo, packed: bytes) -> bytes:
    """Write a member; gives its entry for the directory at the end."""
    flags = member.flag_bits & ~_STREAMED
    name = member.filename.encode("utf-8")
    if not member.filename.isascii():
        flags |= _UTF8
    year, month, day, hour, minute, second = member.date_time
    date = (year - 1980) << 9 | month << 5 | day
    time = hour << 11 | minute << 5 | second // 2
    needed, kind = max(member.extract_version, 20), member.compress_type
    sizes = (member.CRC, member.compress_size, member.file_size)
    at = out.tell()
    out.write(
        _LOCAL.pack(b"PK\3\4", needed, 0, flags, kind, time, date, *sizes, len(name), 0) + name + packed
    )
    extra = _extra(member.extra)
    lengths = (len(name), len(extra), len(member.comment))
    entry = _CENTRAL.pack(
        b"PK\1\2",
        *(member.create_version, member.create_system, needed, 0),
        *(flags, kind, time, date, *sizes, *lengths),
        *(0, member.internal_attr, member.external_attr, at),
    )
    return entry + name + extra + member.comment


def _extra(extra: bytes) -> bytes:
    """The extra fields but for that of large archives: no report is one."""
    kept, at = b"", 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<2H", extra, at)
        if kind != _ZIP64_EXTRA:
            kept += extra[at : at + 4 + size]
        at += 4 + size
    return kept
