"""Builds small PDFs by hand, so that the tests can say exactly what stands where.

Text uses the font STSong-Light without embedding, as old programs write it: full-width characters are
one font size wide, ASCII half of it.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from validator.model.document import Document
from validator.readers._base import Source
from validator.readers.pdf import READER

A4 = (595, 842)
PADDING = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")
FONT = (
    "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts ["
    "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /W [1 95 500 814 939 500]"
    " /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >>"
    " /FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880]"
    " /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >> >> ] >>"
)


def width(text: str, size: float) -> float:
    """Width of a text in points."""
    return sum(size * (0.5 if one.isascii() else 1) for one in text)


def text(
    x: float,
    y: float,
    words: str,
    size: float = 12,
    *,
    mode: int = 0,
    colour: tuple[float, float, float] = (0, 0, 0),
    turn: tuple[float, float, float, float] = (1, 0, 0, 1),
    font: str = "F1",
) -> str:
    """A run of text; `turn` are the first four numbers of its matrix."""
    code = words.encode("utf-16-be").hex()
    paint = " ".join(map(str, colour))
    matrix = " ".join(map(str, (*turn, x, y)))
    return f"q BT {paint} rg {mode} Tr /{font} {size} Tf {matrix} Tm <{code}> Tj ET Q\n"


def lines(x: float, y: float, *words: str, size: float = 12, pitch: float = 20) -> str:
    """Runs of text below each other."""
    return "".join(text(x, y - at * pitch, one, size) for at, one in enumerate(words))


def rule(x0: float, y0: float, x1: float, y1: float) -> str:
    """A drawn line."""
    return f"q 0.5 w {x0} {y0} m {x1} {y1} l S Q\n"


def fill(x: float, y: float, w: float, h: float, colour: tuple[float, float, float]) -> str:
    """A painted rectangle."""
    return f"q {' '.join(map(str, colour))} rg {x} {y} {w} {h} re f Q\n"


def picture(x: float, y: float, w: float, h: float) -> str:
    """The picture of the file, at this place and size."""
    return f"q {w} 0 0 {h} {x} {y} cm /Im1 Do Q\n"


def grid(x: float, y: float, widths: Sequence[float], heights: Sequence[float], *, thin: bool = False) -> str:
    """Lines of a table from its upper left corner; `thin` draws them as filled rectangles, as Word does."""
    right, bottom = x + sum(widths), y - sum(heights)
    xs = [x + sum(widths[:at]) for at in range(len(widths) + 1)]
    ys = [y - sum(heights[:at]) for at in range(len(heights) + 1)]
    if thin:
        return "".join(f"{x} {one} {right - x} 0.48 re f\n" for one in ys) + "".join(
            f"{one} {top - high} 0.48 {high} re f\n"
            for one in xs
            for top, high in zip(ys, heights, strict=False)
        )
    return "".join(rule(x, one, right, one) for one in ys) + "".join(rule(one, y, one, bottom) for one in xs)


def table(x: float, y: float, widths: Sequence[float], rows: Sequence[Sequence[str]], **kind: bool) -> str:
    """A table with one line of text in each cell."""
    heights = [20.0] * len(rows)
    out = grid(x, y, widths, heights, **kind)
    for number, row in enumerate(rows):
        for column, words in enumerate(row):
            if words:
                out += text(x + sum(widths[:column]) + 5, y - 20 * number - 15, words, 10)
    return out


@dataclass
class Page:
    """One page: its content and its annotations, each a dictionary without its brackets; `entries` are
    further ones of its own dictionary."""

    content: str
    annotations: Sequence[str] = ()
    rotate: int = 0
    box: tuple[float, float] = A4
    entries: str = ""


@dataclass
class Pdf:
    """A file; `info` are entries of its information dictionary, `extra` further objects by number, which
    `catalog` can refer to."""

    pages: list[Page] = field(default_factory=list)
    info: dict[str, str] = field(default_factory=dict)
    catalog: str = ""
    extra: dict[int, bytes] = field(default_factory=dict)
    resources: str = ""
    compress: bool = False
    font: str = FONT
    password: bytes | None = None
    owner: bytes = b"owner"

    def bytes(self) -> bytes:
        """The whole file."""
        objects: dict[int, bytes] = {1: b"", 2: b"", 3: self.font.encode(), 4: _image()}
        kids = []
        number = 10
        for page in self.pages:
            kids.append(number)
            annotations = [number + 2 + at for at in range(len(page.annotations))]
            refs = " ".join(f"{one} 0 R" for one in annotations)
            objects[number] = (
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {page.box[0]} {page.box[1]}] /Rotate {page.rotate} {page.entries}"
                f" /Contents {number + 1} 0 R /Annots [{refs}] /Resources << /Font << /F1 3 0 R >>"
                f" /XObject << /Im1 4 0 R >> {self.resources} >> >>"
            ).encode()
            objects[number + 1] = self._stream(page.content.encode("latin-1"))
            for at, one in zip(annotations, page.annotations, strict=True):
                objects[at] = f"<< /Type /Annot {one} >>".encode()
            number += 2 + len(annotations)
        listed = " ".join(f"{one} 0 R" for one in kids)
        objects[1] = f"<< /Type /Catalog /Pages 2 0 R {self.catalog} >>".encode()
        objects[2] = f"<< /Type /Pages /Kids [{listed}] /Count {len(kids)} >>".encode()
        objects[5] = (
            "<< " + " ".join(f"/{name} {hexed(value)}" for name, value in self.info.items()) + " >>"
        ).encode()
        objects.update(self.extra)
        return self._assembled(objects)

    def _stream(self, data: bytes) -> bytes:
        filtered = zlib.compress(data) if self.compress else data
        name = "/Filter /FlateDecode" if self.compress else ""
        return f"<< /Length {len(filtered)} {name} >>\nstream\n".encode() + filtered + b"\nendstream"

    def _assembled(self, objects: dict[int, bytes]) -> bytes:
        out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
        identity = hashlib.md5(b"test").digest()
        trailer = f"/Root 1 0 R /Info 5 0 R /ID [<{identity.hex()}> <{identity.hex()}>]"
        key = b""
        if self.password is not None:
            key, entry = _locked(self.password, self.owner, identity)
            objects = {number: _encrypted(body, number, key) for number, body in objects.items()}
            objects[6] = entry
            trailer += " /Encrypt 6 0 R"
        places: dict[int, int] = {}
        for number in sorted(objects):
            places[number] = len(out)
            out += f"{number} 0 obj\n".encode() + objects[number] + b"\nendobj\n"
        start = len(out)
        size = max(objects) + 1
        out += f"xref\n0 {size}\n0000000000 65535 f \n".encode()
        for number in range(1, size):
            out += (
                f"{places[number]:010d} 00000 n \n".encode() if number in places else b"0000000000 65535 f \n"
            )
        out += f"trailer\n<< /Size {size} {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()
        return bytes(out)


def hexed(value: str) -> str:
    """A text string of a dictionary."""
    return f"<feff{value.encode('utf-16-be').hex()}>"


def stream(data: bytes, entries: str = "") -> bytes:
    """A stream object."""
    return f"<< /Length {len(data)} {entries} >>\nstream\n".encode() + data + b"\nendstream"


def pdf(*contents: str, **options: object) -> bytes:
    """A file with a page for each content."""
    return Pdf(pages=[Page(one) for one in contents], **options).bytes()  # type: ignore[arg-type]


def read(data: bytes) -> Document:
    """What the reader makes of a file; its rendition has a line for each block."""
    document = READER.read(Source(path="a.pdf", suffix=".pdf", data=data))
    assert len(document.source.split("\n") if document.blocks else []) == len(document.blocks)
    for at, block in enumerate(document.blocks):
        place = document.locate(at, 0, len(block.text))
        assert (place.line, place.column) == (at + 1, 1)
    return document


def seen(data: bytes, *parts: str) -> list[str]:
    """Texts of the body, or of these parts."""
    return [block.text for block in read(data).blocks if block.part in (parts or ("body",))]


def notices(data: bytes) -> list[str]:
    """Codes of what the reader notices."""
    return [one.code for one in read(data).notices]


def _image() -> bytes:
    return stream(
        b"\x80",
        "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8",
    )


def _rc4(key: bytes, data: bytes) -> bytes:
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out = bytearray()
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


def _locked(user: bytes, owner: bytes, identity: bytes) -> tuple[bytes, bytes]:
    """The key and the encryption dictionary of the standard handler, revision 2 (40 bits)."""
    owner_key = hashlib.md5((owner + PADDING)[:32]).digest()[:5]
    owner_entry = _rc4(owner_key, (user + PADDING)[:32])
    permissions = (-44) & 0xFFFFFFFF
    seed = (user + PADDING)[:32] + owner_entry + permissions.to_bytes(4, "little") + identity
    key = hashlib.md5(seed).digest()[:5]
    user_entry = _rc4(key, PADDING)
    entry = (
        f"<< /Filter /Standard /V 1 /R 2 /O <{owner_entry.hex()}> /U <{user_entry.hex()}> /P -44 >>".encode()
    )
    return key, entry


def _encrypted(body: bytes, number: int, key: bytes) -> bytes:
    head, mark, rest = body.partition(b"\nstream\n")
    if not mark:
        return body
    data = rest[: -len(b"\nendstream")]
    own = hashlib.md5(key + number.to_bytes(3, "little") + b"\0\0").digest()[:10]
    return head + mark + _rc4(own, data) + b"\nendstream"
