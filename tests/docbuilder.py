"""Writes small Word binary files by hand: the header, pieces, properties, lists, drawings."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass, field

from olebuilder import SECTOR, compound

STORIES = ("main", "footnotes", "headers", "macros", "comments", "endnotes", "boxes", "header_boxes")
PARTS = {
    "styles": 1,
    "footnotes": 3,
    "comment_places": 4,
    "comments": 5,
    "headers": 11,
    "character_pages": 12,
    "paragraph_pages": 13,
    "fonts": 15,
    "pieces": 33,
    "authors": 36,
    "shapes": 40,
    "header_shapes": 41,
    "endnotes": 47,
    "drawings": 50,
    "revisers": 51,
    "boxes": 56,
    "header_boxes": 58,
    "lists": 73,
    "uses": 74,
}


# Properties.


def prop(code: int, value: int | bytes) -> bytes:
    """One property (sprm) with its operand; bytes are the operand of a code of variable length."""
    if isinstance(value, bytes):
        long = code == 0xD608
        size = struct.pack("<H", len(value) + 1) if long else bytes((len(value),))
        return struct.pack("<H", code) + size + value
    size = (1, 1, 2, 4, 2, 2, 0, 3)[code >> 13]
    return struct.pack("<H", code) + (value & (256**size - 1)).to_bytes(size, "little")


HIDDEN, DELETED, INSERTED = prop(0x083C, 1), prop(0x0800, 1), prop(0x0801, 1)
SPECIAL = prop(0x0855, 1)
IN_TABLE, ROW_END = prop(0x2416, 1), prop(0x2416, 1) + prop(0x2417, 1)


def row(*cells: tuple[int, int], left: int = 0) -> bytes:
    """The definition of a row by the right edges of its cells and what they are merged with."""
    edges = struct.pack(f"<{len(cells) + 1}h", left, *(right for right, _ in cells))
    flags = b"".join(struct.pack("<H", one).ljust(20, b"\0") for _, one in cells)
    return prop(0xD608, bytes((len(cells),)) + edges + flags)


# Text.


@dataclass
class Text:
    """One story: characters with properties, and what ends each paragraph."""

    characters: list[tuple[str, bytes]] = field(default_factory=list)
    marks: list[tuple[int, int, bytes]] = field(default_factory=list)
    length: int = 0

    def run(self, text: str, properties: bytes = b"") -> Text:
        self.characters.append((text, properties))
        self.length += len(text.encode("utf-16-le")) // 2
        return self

    def end(self, mark: str = "\r", style: int = 0, properties: bytes = b"", own: bytes = b"") -> Text:
        self.run(mark, own)
        self.marks.append((self.length, style, properties))
        return self

    def par(self, text: str, style: int = 0, properties: bytes = b"") -> Text:
        return self.run(text).end("\r", style, properties)

    def cell(self, text: str, properties: bytes = IN_TABLE) -> Text:
        return self.run(text).end("\x07", 0, properties)

    def row(self, definition: bytes = b"") -> Text:
        return self.end("\x07", 0, ROW_END + definition)


@dataclass
class Word:
    """A whole file. `pieces` are ends and whether a piece has two bytes a character, with its property."""

    main: Text
    stories: dict[str, Text] = field(default_factory=dict)
    parts: dict[str, bytes] = field(default_factory=dict)
    pieces: Sequence[tuple[int, bool, int]] = ()
    groups: Sequence[bytes] = ()
    data: bytes = b""
    extra: dict[str, bytes] = field(default_factory=dict)
    flags: int = 0
    version: int = 0xC1
    ident: int = 0xA5EC
    rest: str = ""

    def build(self) -> bytes:
        return compound(self.streams())

    def streams(self) -> dict[str, bytes]:
        texts = [self.main if name == "main" else self.stories.get(name, Text()) for name in STORIES]
        runs = [one for text in texts for one in text.characters] + [(self.rest, b"")]
        units = "".join(text for text, _ in runs).encode("utf-16-le")
        total = len(units) // 2
        pieces = self.pieces or ((total, True, 0),)
        stream, places = bytearray(0x800), []
        start = 0
        for end, wide, _ in pieces:
            places.append(len(stream) if wide else 2 * len(stream) | 0x4000_0000)
            raw = units[2 * start : 2 * end]
            stream += raw if wide else raw.decode("utf-16-le").encode("cp1252")
            start = end
        stream += bytes(-len(stream) % SECTOR)
        parts = {"styles": styles(), **self.parts}
        bounds = [0, *(end for end, _, _ in pieces)]
        table = struct.pack(f"<{len(bounds)}L", *bounds)
        for place, (_, _, prm) in zip(places, pieces, strict=True):
            table += struct.pack("<HLH", 0, place, prm)
        groups = b"".join(b"\1" + struct.pack("<H", len(one)) + one for one in self.groups)
        parts["pieces"] = groups + b"\2" + struct.pack("<L", len(table)) + table
        starts = [
            place if wide else (place & 0x3FFFFFFF) // 2
            for place, (_, wide, _) in zip(places, pieces, strict=True)
        ]
        about = [(bounds[at], bounds[at + 1], place, pieces[at][1]) for at, place in enumerate(starts)]
        self._pages(parts, stream, runs, texts, about)
        return {**self._streams(parts, stream, texts), **self.extra}

    def _pages(
        self,
        parts: dict[str, bytes],
        stream: bytearray,
        runs: list[tuple[str, bytes]],
        texts: list[Text],
        pieces: list[tuple[int, int, int, bool]],
    ) -> None:
        at, characters = 0, []
        for text, value in runs:
            length = len(text.encode("utf-16-le")) // 2
            characters.append((at, at + length, bytes((len(value),)) + value if value else b""))
            at += length
        at, paragraphs = 0, []
        for story in texts:
            start = at
            for end, style, own in story.marks:
                both = struct.pack("<H", style) + own
                head = bytes((len(both) // 2 + 1,)) if len(both) % 2 else bytes((0, len(both) // 2))
                paragraphs.append((start, at + end, head + both))
                start = at + end
            at += story.length
        parts["character_pages"] = _pages(stream, _bytes(characters, pieces), 1)
        parts["paragraph_pages"] = _pages(stream, _bytes(paragraphs, pieces), 13)

    def _streams(self, parts: dict[str, bytes], stream: bytearray, texts: list[Text]) -> dict[str, bytes]:
        table = bytearray()
        pairs = [(0, 0)] * 93
        # The levels of lists stand behind their part, and are not counted in its length.
        for name, data in sorted(parts.items(), key=lambda one: one[0] == "lists"):
            length = 2 + 28 * int.from_bytes(data[:2], "little") if name == "lists" else len(data)
            pairs[PARTS[name]] = (len(table), length)
            table += data
        header = struct.pack("<HHHHHH", self.ident, self.version, 0, 0, 0, 0x1200 | self.flags).ljust(
            32, b"\0"
        )
        header = header[:10] + struct.pack("<H", 0x1200 | self.flags) + header[12:]
        header += struct.pack("<H28xH", 14, 22) + struct.pack("<3L", 0, 0, 0)
        header += struct.pack("<8L", *(one.length for one in texts)).ljust(76, b"\0")
        header += struct.pack("<H", len(pairs)) + b"".join(struct.pack("<LL", *one) for one in pairs)
        header += struct.pack("<H", 0)
        stream[: len(header)] = header
        return {"WordDocument": bytes(stream), "1Table": bytes(table), "Data": self.data}


def _bytes(
    spans: list[tuple[int, int, bytes]], pieces: list[tuple[int, int, int, bool]]
) -> list[tuple[int, int, bytes]]:
    """Stretches of characters as stretches of bytes, cut where the pieces are."""
    found = []
    for start, end, value in spans:
        for first, last, place, wide in pieces:
            one, other = max(start, first), min(end, last)
            if one < other:
                width = 2 if wide else 1
                found.append((place + (one - first) * width, place + (other - first) * width, value))
    return sorted(found)


def _pages(stream: bytearray, spans: list[tuple[int, int, bytes]], size: int) -> bytes:
    starts, numbers = [], []
    for at in range(0, len(spans), 8):
        some = spans[at : at + 8]
        bounds = [one[0] for one in some] + [some[-1][1]]
        page = bytearray(SECTOR)
        struct.pack_into(f"<{len(bounds)}L", page, 0, *bounds)
        place = SECTOR - 2
        for number, (_, _, value) in enumerate(some):
            if value:
                place = (place - len(value)) & ~1
                page[place : place + len(value)] = value
                page[4 * len(bounds) + size * number] = place // 2
        page[-1] = len(some)
        starts.append(bounds[0])
        numbers.append(len(stream) // SECTOR)
        stream += page
        last = bounds[-1]
    if not starts:
        return b""
    return struct.pack(f"<{len(starts) + 1}L", *starts, last) + struct.pack(f"<{len(numbers)}L", *numbers)


# Parts.


def styles(*entries: tuple[int, int, int, str, bytes, bytes]) -> bytes:
    """A style sheet of (sti, kind, base, name, paragraph properties, character properties); the first
    is always the normal style."""
    found = struct.pack("<HHHHHHHHHH", 18, len(entries) + 1, 10, 1, 91, 15, 0, 0, 0, 0)
    for number, (sti, kind, base, name, paragraph, character) in enumerate(
        [(0, 1, 0xFFF, "Normal", b"", b""), *entries]
    ):
        entry = struct.pack("<HHHHH", sti, kind | base << 4, 2 if kind == 1 else 1, 0, 0)
        entry += struct.pack("<H", len(name)) + name.encode("utf-16-le") + b"\0\0"
        lists = [struct.pack("<H", number) + paragraph, character] if kind == 1 else [character]
        for one in lists:
            entry += bytes(len(entry) % 2) + struct.pack("<H", len(one)) + one
        found += struct.pack("<H", len(entry)) + entry + bytes(len(entry) % 2)
    return found


def plc(places: Sequence[int], data: Sequence[bytes] = ()) -> bytes:
    """A list of places with the data of each."""
    return struct.pack(f"<{len(places)}L", *places) + b"".join(data)


def strings(*texts: str) -> bytes:
    """Strings behind their lengths."""
    return b"".join(struct.pack("<H", len(one)) + one.encode("utf-16-le") for one in texts)


def fonts(*names: str) -> bytes:
    found = struct.pack("<HH", len(names), 0)
    for name in names:
        entry = bytes(39) + name.encode("utf-16-le") + b"\0\0"
        found += bytes((len(entry),)) + entry
    return found


def level(form: int, text: str, start: int = 1, flags: int = 0, follow: int = 2, look: bytes = b"") -> bytes:
    """One level of a list; in its text \\0 to \\x08 stand for numbers."""
    return struct.pack("<LBB9xB8xBBBB", start, form, flags, follow, len(look), 0, 0, 0) + look + strings(text)


def lists(*definitions: tuple[int, Sequence[bytes], Sequence[int]]) -> bytes:
    """Lists by number, with their levels (one or nine) and the styles of these."""
    heads, levels = b"", b""
    for number, own, linked in definitions:
        names = [*linked, *[0xFFF] * (9 - len(linked))]
        heads += struct.pack("<LL9HBB", number, 0, *names, len(own) == 1, 0)
        levels += b"".join(own)
    return struct.pack("<H", len(definitions)) + heads + levels


def uses(*found: tuple[int, Sequence[bytes]]) -> bytes:
    """Uses of lists, with what each changes."""
    heads = b"".join(struct.pack("<L8xBBBB", number, len(own), 0, 0, 0) for number, own in found)
    return struct.pack("<L", len(found)) + heads + b"".join(b"\xff" * 4 + b"".join(own) for _, own in found)


# Drawings.


def record(kind: int, content: bytes, instance: int = 0, version: int = 0) -> bytes:
    return struct.pack("<HHL", instance << 4 | version, kind, len(content)) + content


def shape(number: int, *, kind: int = 1, **options: int | str | bytes) -> bytes:
    """A shape with its properties."""
    codes = {"art": 0xC0, "name": 0x380, "words": 0x381, "link": 0x382, "tip": 0x38D, "picture": 0x104}
    codes["flags"] = 0x3BF
    table, long = b"", b""
    for name, value in options.items():
        if isinstance(value, int):
            table += struct.pack("<HL", codes[name], value)
            continue
        raw = value.encode("utf-16-le") + b"\0\0" if isinstance(value, str) else value
        table += struct.pack("<HL", codes[name] | 0x8000, len(raw))
        long += raw
    content = record(0xF00A, struct.pack("<LL", number, 0), instance=kind, version=2)
    content += record(0xF00B, table + long, instance=len(options), version=3)
    return record(0xF004, content, version=0xF)


def group(*shapes: bytes) -> bytes:
    """A group: its own shape first."""
    return record(0xF003, b"".join(shapes), version=0xF)


def drawings(*main: bytes, header: Sequence[bytes] = ()) -> bytes:
    found = record(0xF000, b"", version=0xF)
    for number, shapes in enumerate((main, header)):
        content = group(shape(1024 * (number + 1)), *shapes)
        found += bytes((number,)) + record(0xF002, content, version=0xF)
    return found


def anchor(number: int, width: int = 100, height: int = 100, flags: int = 0) -> bytes:
    return struct.pack("<LllllHL", number, 0, 0, width, height, flags, 0)


def box(number: int, *, spare: bool = False) -> bytes:
    return struct.pack("<8xHLLL", spare, 0, number, 0)


def picture(*shapes: bytes) -> bytes:
    """A picture in the text, as the data stream holds it."""
    content = b"".join(shapes)
    return struct.pack("<LHH", 68 + len(content), 68, 0x64).ljust(68, b"\0") + content


def address(target: str) -> bytes:
    """A link with an address moniker."""
    raw = target.encode("utf-16-le") + b"\0\0"
    moniker = bytes.fromhex("e0c9ea79f9bace118c8200aa004ba90b")
    return bytes(24) + moniker + struct.pack("<L", len(raw)) + raw
