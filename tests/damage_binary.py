"""Damage to the structures of OLE2 files (.doc, .xls), of PDF and of RTF."""

from __future__ import annotations

import re
import struct
import zlib
from random import Random

from damage_bytes import ANY, Change, inserted

_WORDS = (0, 1, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0x10000)
_FC_CLX, _LCB_CLX = 0x1A2, 0x1A6
_TEXT_LENGTHS = tuple(range(0x4C, 0x70, 4))


def _word(random: Random) -> int:
    return random.choice((*_WORDS, random.getrandbits(32), random.getrandbits(8)))


def _put(changed: bytearray, at: int, value: int, form: str = "<L") -> None:
    if 0 <= at <= len(changed) - struct.calcsize(form):
        struct.pack_into(form, changed, at, value & (256 ** struct.calcsize(form) - 1))


def _stream(data: bytes, name: str) -> tuple[int, int]:
    """Start and size of a stream of an OLE2 file, as if its sectors stood in a row. [MS-CFB] 2.6.1"""
    at = data.find(name.encode("utf-16-le") + b"\0\0")
    if at < 0 or at + 128 > len(data):
        return 0, len(data)
    start, size = struct.unpack_from("<LL", data, at + 116)
    return min(len(data), (start + 1) * 512), min(size, len(data))


def ole_header(random: Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(random.choice((1, 3))):
        if random.random() < 0.4:
            _put(changed, random.choice((24, 26, 28, 30, 32)), _word(random), "<H")
        else:
            _put(changed, random.choice((40, 44, 48, 56, 60, 64, 68, 72, 76, 80)), _word(random))
    return bytes(changed)


def ole_fat(random: Random, data: bytes) -> bytes:
    """Chains of sectors that end early, run in circles, or point outside."""
    changed = bytearray(data)
    sector = struct.unpack_from("<L", data, 76)[0] if len(data) > 80 else 0
    start = (sector + 1) * 512
    entries = list(range(start, min(start + 512, len(data) - 3), 4)) or [0]
    for _ in range(random.choice((1, 3, 30))):
        _put(changed, random.choice(entries), random.choice((_word(random), random.randrange(len(entries)))))
    return bytes(changed)


def ole_directory(random: Random, data: bytes) -> bytes:
    changed = bytearray(data)
    first = struct.unpack_from("<L", data, 48)[0] if len(data) > 52 else 0
    entries = list(range((first + 1) * 512, min((first + 3) * 512, len(data) - 128), 128)) or [0]
    for _ in range(random.choice((1, 2, 10))):
        entry = random.choice(entries)
        offset, form = random.choice(
            (
                (random.randrange(64), "<B"),
                (64, "<H"),
                (66, "<B"),
                (68, "<L"),
                (72, "<L"),
                (76, "<L"),
                (116, "<L"),
                (120, "<L"),
                (124, "<L"),
            )
        )
        small = random.randrange(12)
        _put(changed, entry + offset, random.choice((_word(random), small)), form)
    return bytes(changed)


def fib(random: Random, data: bytes) -> bytes:
    """The file information block of a Word document: lengths of the texts, places of the tables."""
    changed = bytearray(data)
    start, _ = _stream(data, "WordDocument")
    for _ in range(random.choice((1, 1, 5))):
        at = random.choice(
            (_FC_CLX, _LCB_CLX, random.choice(_TEXT_LENGTHS), random.randrange(0x9A, 0x380, 4))
        )
        _put(changed, start + at, _word(random))
    if random.random() < 0.2:
        _put(changed, start + random.choice((2, 4, 5, 10, 32, 34, 62, 152)), _word(random), "<H")
    return bytes(changed)


def piece_table(random: Random, data: bytes) -> bytes:
    changed = bytearray(data)
    main, _ = _stream(data, "WordDocument")
    table, size = _stream(data, "1Table")
    if main + _LCB_CLX + 4 > len(data):
        return data
    start, length = struct.unpack_from("<LL", data, main + _FC_CLX)
    if length == 0 or start + length > size:
        start, length = 0, max(1, size)
    for _ in range(random.choice((1, 3, 20))):
        _put(changed, table + start + random.randrange(length), _word(random), random.choice(("<B", "<L")))
    return bytes(changed)


def ole_stream(random: Random, data: bytes) -> bytes:
    """Numbers inside a stream: records of a workbook, properties of characters and styles."""
    changed = bytearray(data)
    names = (
        "Workbook",
        "Book",
        "1Table",
        "0Table",
        "WordDocument",
        "\x05SummaryInformation",
        "PowerPoint Document",
    )
    known = [_stream(data, name) for name in names if name.encode("utf-16-le") in data]
    start, size = random.choice(known or [(0, len(data))])
    for _ in range(random.choice((1, 5, 100))):
        at = start + random.randrange(max(1, size))
        _put(changed, at, _word(random), random.choice(("<B", "<H", "<L")))
    return bytes(changed)


OLE: tuple[Change, ...] = (ole_header, ole_fat, ole_directory, fib, piece_table, ole_stream)

# PDF.


def _replaced(random: Random, data: bytes, pattern: bytes, *values: bytes) -> bytes:
    """One match of `pattern` (its first group) with another value; `data` where there is none."""
    found = list(re.finditer(pattern, data))
    if not found:
        return data
    chosen = random.choice(found)
    return data[: chosen.start(1)] + random.choice(values) + data[chosen.end(1) :]


def pdf_xref(random: Random, data: bytes) -> bytes:
    number = b"%010d" % random.choice((0, 9_999_999_999, random.randrange(len(data) + 1)))
    pattern = random.choice(
        (rb"\n(\d{10}) \d{5} [nf]", rb"startxref\s+(\d+)", rb"xref\s+(\d+ \d+)", rb"/Prev (\d+)")
    )
    return _replaced(random, data, pattern, number, b"0 999999999", b"-1")


def pdf_numbers_swapped(random: Random, data: bytes) -> bytes:
    """Objects and references under each other's numbers."""
    numbers = sorted({match[1] for match in re.finditer(rb"(\d+) 0 obj", data)}) or [b"1"]
    for _ in range(random.choice((1, 5))):
        data = _replaced(
            random, data, random.choice((rb"(\d+) 0 obj", rb"(\d+) 0 R")), *numbers, b"4294967295"
        )
    return data


def pdf_kids(random: Random, data: bytes) -> bytes:
    pages = [match[1] for match in re.finditer(rb"(\d+) 0 obj\s*<<\s*/Type\s*/Pages", data)] or [b"1"]
    own = random.choice(pages) + b" 0 R"
    return _replaced(random, data, rb"/Kids\s*\[([^\]]*)\]", own, (own + b" ") * 10_000, b"", b"null", b"7")


def pdf_length(random: Random, data: bytes) -> bytes:
    return _replaced(random, data, rb"/Length (\d+(?: 0 R)?)", b"0", b"-1", b"1", b"99999999999", b"null")


def pdf_value(random: Random, data: bytes) -> bytes:
    values = (
        b"-1",
        b"0",
        b"999999999999",
        b"1e30",
        b"null",
        b"[[[]]]",
        b"<<>>",
        b"/Nix",
        b"(x)",
        b"[" * 5000,
    )
    return _replaced(random, data, rb"/\w+[ ]?(-?[\d.]+|\[[^\]]{0,200}\]|/\w+)(?=[\s/>])", *values)


def pdf_name(random: Random, data: bytes) -> bytes:
    names = (
        b"/Type",
        b"/Pages",
        b"/Page",
        b"/Kids",
        b"/Contents",
        b"/Font",
        b"/Encrypt",
        b"/ObjStm",
        b"/XRef",
        b"/AcroForm",
    )
    return _replaced(random, data, rb"(/[A-Z]\w+)", *names)


def pdf_stream(random: Random, data: bytes) -> bytes:
    """A compressed stream whose content is damaged but well packed; lengths are left as they were."""
    streams = [
        match
        for match in re.finditer(rb"stream\r?\n", data)
        if data[match.start() - 3 : match.start()] != b"end"
    ]
    if not streams:
        return data
    start = random.choice(streams).end()
    end = data.find(b"endstream", start)
    try:
        content = zlib.decompressobj().decompress(data[start:end], 20_000_000)
    except zlib.error:
        return random.choice(ANY)(random, data)
    changed = random.choice((*ANY, _operators))(random, content) if content else b"q " * 100_000
    return data[:start] + zlib.compress(changed) + b"\n" + data[end:]


def _operators(random: Random, content: bytes) -> bytes:
    pieces = (
        b" q" * 100_000,
        b" BT" * 5000,
        b" 1e38 0 0 1e38 0 0 cm ",
        b" /F99 1e9 Tf ",
        b" [" * 50_000,
        b" (((",
        b" <0000FFFF> Tj ",
        b" NaN Td ",
    )
    return inserted(random, content, random.choice(pieces))


PDF: tuple[Change, ...] = (
    pdf_xref,
    pdf_numbers_swapped,
    pdf_kids,
    pdf_length,
    pdf_value,
    pdf_name,
    pdf_stream,
)

# RTF.


def rtf_braces(random: Random, data: bytes) -> bytes:
    if random.random() < 0.5:
        return inserted(random, data, random.choice((b"{", b"}", b"}}}}}}")))
    return _replaced(random, data, rb"([{}])", b"", b"{{", b"}}")


def rtf_open_braces(random: Random, data: bytes) -> bytes:
    return inserted(random, data, random.choice((b"{", b"{\\b ", b"{\\*\\x ", b"{\\trowd ")) * 100_000)


def rtf_binary(random: Random, data: bytes) -> bytes:
    return inserted(random, data, b"\\bin%d " % random.choice((0, -1, 10, 2_000_000_000, 10**30)))


def rtf_ends_in_escape(random: Random, data: bytes) -> bytes:
    return data[: random.randrange(len(data))] + random.choice(
        (b"\\'", b"\\'b", b"\\", b"\\u", b"\\u-", b"\\uc9\\u1", b"\\bin")
    )


def rtf_number(random: Random, data: bytes) -> bytes:
    numbers = (b"-1", b"0", b"99999999999999999999", b"9" * 5000, b"65536", b"-32769", b"1114112", b"55296")
    return _replaced(random, data, rb"\\[a-z]+(-?\d+)", *numbers)


def rtf_word(random: Random, data: bytes) -> bytes:
    words = rb"\trowd \cell \row \nestcell \itap99 \par \uc0 \u55357? \'ff \ansicpg0 \ansicpg99999 \fcharset999 \pict \object \v \deleted \upr \ud \field \fldinst \listtext \pard \sect \*".split()
    if random.random() < 0.4:
        return _replaced(random, data, rb"(\\[a-z]+)", *words)
    return inserted(random, data, b" ".join(random.choices(words, k=random.randint(1, 30))) + b" ")


RTF: tuple[Change, ...] = (
    rtf_braces,
    rtf_open_braces,
    rtf_binary,
    rtf_ends_in_escape,
    rtf_number,
    rtf_word,
)
SLOW: tuple[Change, ...] = (rtf_open_braces,)
