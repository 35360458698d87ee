"""Writes compound files (OLE2) by hand, and the properties that they hold."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence

SECTOR = 512
_SMALL = 4096
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def compound(streams: Mapping[str, bytes]) -> bytes:
    """A compound file; a name with a slash stands in a storage. Short streams are filled up with zeros, so
    that there is no short-stream table."""
    names = ["Root Entry"]
    for name in streams:
        steps = name.split("/")
        names += [one for one in ("/".join(steps[: at + 1]) for at in range(len(steps))) if one not in names]
    contents = {name: data.ljust(_SMALL, b"\0") for name, data in streams.items()}
    directory_sectors = -(-len(names) * 128 // SECTOR)
    chains: list[tuple[int, int]] = [(0, directory_sectors)]
    at = directory_sectors
    starts = {}
    for name, data in contents.items():
        starts[name] = at
        chains.append((at, -(-len(data) // SECTOR)))
        at += chains[-1][1]
    fat_sectors = 1
    while (at + fat_sectors) * 4 > fat_sectors * SECTOR:
        fat_sectors += 1
    table = [_FREE] * (fat_sectors * SECTOR // 4)
    for start, count in chains:
        table[start : start + count] = [*range(start + 1, start + count), _END]
    table[at : at + fat_sectors] = [_FAT] * fat_sectors
    difat = [*range(at, at + fat_sectors)] + [_FREE] * (109 - fat_sectors)
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack(
        "<HHHHH6xLLLLLLLLL", 62, 3, 0xFFFE, 9, 6, 0, fat_sectors, 0, 0, _SMALL, _END, 0, _END, 0
    )
    header += struct.pack("<109L", *difat)
    body = _directory(names, starts, contents).ljust(directory_sectors * SECTOR, b"\0")
    for data in contents.values():
        body += data.ljust(-(-len(data) // SECTOR) * SECTOR, b"\0")
    return header + body + struct.pack(f"<{len(table)}L", *table)


def _directory(names: Sequence[str], starts: Mapping[str, int], contents: Mapping[str, bytes]) -> bytes:
    def inside(name: str) -> list[int]:
        level = "" if name == "Root Entry" else name + "/"
        return [
            at
            for at, one in enumerate(names)
            if at and one.startswith(level) and "/" not in one[len(level) :]
        ]

    found = b""
    for name in names:
        around = name.rpartition("/")[0] or "Root Entry"
        siblings = inside(around)
        number = names.index(name)
        after = _FREE
        if name != "Root Entry" and number != siblings[-1]:
            after = siblings[siblings.index(number) + 1]
        own = inside(name) if name not in contents else []
        kind = 5 if name == "Root Entry" else 2 if name in contents else 1
        label = name.rpartition("/")[2].encode("utf-16-le") + b"\0\0"
        found += label.ljust(64, b"\0") + struct.pack(
            "<HBBLLL16xLQQLLL",
            *(len(label), kind, 1, _FREE, after, own[0] if own else _FREE, 0, 0, 0),
            *(starts.get(name, _END), len(contents.get(name, b"")), 0),
        )
    return found


# Properties of the file.


def summary(values: Mapping[int, str], page: int = 936, names: Mapping[int, str] | None = None) -> bytes:
    """A set of properties; with names a second one, of the user's own, whose values are the names in turn."""
    first = _section({1: struct.pack("<LHH", 2, page, 0), **_texts(values, page)})
    found = struct.pack("<HHL16xL", 0xFFFE, 0, 0, 1 if names is None else 2) + bytes(16)
    if names is None:
        return found + struct.pack("<L", len(found) + 4) + first
    codec = {936: "gbk", 65001: "utf-8"}[page]
    dictionary = struct.pack("<L", len(names))
    for key, name in names.items():
        raw = name.encode(codec) + b"\0"
        dictionary += struct.pack("<LL", key, len(raw)) + raw
    own = {key: f"值{name}" for key, name in names.items()}
    second = _section({1: struct.pack("<LHH", 2, page, 0), 0: dictionary, **_texts(own, page)})
    start = len(found) + 4 + 16 + 4
    return (
        found + struct.pack("<L", start) + bytes(16) + struct.pack("<L", start + len(first)) + first + second
    )


def _texts(values: Mapping[int, str], page: int) -> dict[int, bytes]:
    codec = {936: "gbk", 65001: "utf-8"}[page]
    raws = {key: value.encode(codec) + b"\0" for key, value in values.items()}
    return {key: struct.pack("<LL", 30, len(raw)) + raw for key, raw in raws.items()}


def _section(values: Mapping[int, bytes]) -> bytes:
    at = 8 + 8 * len(values)
    places, contents = b"", b""
    for key, value in values.items():
        places += struct.pack("<LL", key, at + len(contents))
        contents += value + bytes(-len(value) % 4)
    return struct.pack("<LL", at + len(contents), len(values)) + places + contents
