"""Damage that needs no knowledge of the format, and damage to texts, HTML, MIME and CSV."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

Change = Callable[[Random, bytes], bytes]

NUMBERS = (
    "-1",
    "0",
    "4294967296",
    "99999999999999999999",
    "9" * 400,
    "1e309",
    "NaN",
    "",
    "abc",
    "²",
    "٣",
    "1.5",
)
"""What stands where a reader expects a number; `"²".isdigit()` is true, and no int can be made of it."""
_CHARSETS = (
    "hex",
    "rot13",
    "undefined",
    "idna",
    "utf-7",
    "x-none",
    "unicode_escape",
    "utf-16",
    "gbk",
    "\\0",
    "",
)
_BOUNDARIES = re.compile(rb"PK..|endobj|stream|xref|[{}]|>|\r?\n|\0{4}|,", re.DOTALL)


def span(random: Random, data: bytes, most: int = 2000) -> tuple[int, int]:
    """Start and end of a random stretch of at least one byte."""
    start = random.randrange(max(1, len(data)))
    return start, min(len(data), start + random.randint(1, most))


def truncated(random: Random, data: bytes) -> bytes:
    return data[: random.randrange(len(data) + 1)]


def truncated_at_a_boundary(random: Random, data: bytes) -> bytes:
    places = [match.end() for match in _BOUNDARIES.finditer(data)] or [len(data) // 2]
    return data[: random.choice(places)]


def without_its_start(random: Random, data: bytes) -> bytes:
    return data[random.randrange(1, 600) :]


def junk_around(random: Random, data: bytes) -> bytes:
    return (
        random.randbytes(random.choice((0, 1, 600))) + data + random.randbytes(random.choice((0, 1, 70_000)))
    )


def bits_flipped(random: Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(random.choice((1, 10, 1000))):
        changed[random.randrange(len(changed))] ^= 1 << random.randrange(8)
    return bytes(changed)


def run_filled(random: Random, data: bytes) -> bytes:
    start, end = span(random, data)
    return data[:start] + random.choice((b"\0", b"\xff", b" ", b"9")) * (end - start) + data[end:]


def run_repeated(random: Random, data: bytes) -> bytes:
    start, end = span(random, data)
    return data[:end] + data[start:end] * random.choice((1, 2, 50)) + data[end:]


def run_deleted(random: Random, data: bytes) -> bytes:
    start, end = span(random, data)
    return data[:start] + data[end:]


def runs_swapped(random: Random, data: bytes) -> bytes:
    cuts = sorted(random.randrange(len(data) + 1) for _ in range(4))
    a, b, c, d = cuts
    return data[:a] + data[c:d] + data[b:c] + data[a:b] + data[d:]


def inserted(random: Random, data: bytes, piece: bytes) -> bytes:
    """`data` with `piece` somewhere inside."""
    at = random.randrange(len(data) + 1)
    return data[:at] + piece + data[at:]


def invalid_utf8(random: Random, data: bytes) -> bytes:
    return inserted(
        random, data, random.choice((b"\xff", b"\xe4\xb8", b"\xc0\x80", b"\xf8\x88\x80\x80\x80", b"\x80"))
    )


def lone_surrogate(random: Random, data: bytes) -> bytes:
    return inserted(
        random, data, random.choice((b"\xed\xa0\x80", b"\xed\xbf\xbf", b"&#xD800;", b"\\u55296?"))
    )


def lone_surrogate_in_utf16(random: Random, data: bytes) -> bytes:
    text = data.decode("utf-8", "replace")
    at = random.randrange(len(text) + 1)
    return b"\xff\xfe" + text[:at].encode("utf-16-le") + b"\x00\xd8" + text[at:].encode("utf-16-le")


def half_in_another_encoding(random: Random, data: bytes) -> bytes:
    text = data.decode("utf-8", "replace")
    at = random.randrange(len(text) + 1)
    other = random.choice(("gb18030", "utf-16-le", "big5"))
    return text[:at].encode() + text[at:].encode(other, "replace")


def nulls(random: Random, data: bytes) -> bytes:
    return inserted(random, data, b"\0" * random.choice((1, 100)))


def controls(random: Random, data: bytes) -> bytes:
    signs = "\u202e\u2066\u200f\ufeff\u2028\u2029\x85\x0b\x0c\x1b[31m\x1b]8;;x\x07\ufffe\U0010ffff\u0301" * 3
    return inserted(random, data, signs.encode())


def long_line(random: Random, data: bytes) -> bytes:
    piece = random.choice(("占比为12%，", "X", "1", " ", "、", "a", "\t", "（"))
    return inserted(random, data, (piece * 1_000_000)[:1_000_000].encode())


def empty_lines(random: Random, data: bytes) -> bytes:
    return inserted(random, data, random.choice((b"\n", b"\r", b"\r\n", b"\n|")) * 100_000)


def tag_renamed(random: Random, data: bytes) -> bytes:
    """One tag, or all of that name, under another name."""
    names = list(re.finditer(rb"(?<=<)/?[A-Za-z][\w:.-]*", data))
    if not names:
        return data
    chosen, other = random.choice(names), random.choice(names)[0].lstrip(b"/")
    if random.random() < 0.5:
        return data[: chosen.start()] + other + data[chosen.end() :]
    name = re.escape(chosen[0].lstrip(b"/"))
    return re.sub(rb"(</?)" + name + rb"(?=[\s/>])", lambda found: found[1] + other, data)


def attribute_changed(random: Random, data: bytes) -> bytes:
    values = list(re.finditer(rb'="([^"<>]{0,40})"', data))
    numbers = [match for match in values if re.fullmatch(rb"[\d.-]+", match[1])]
    chosen = random.choice((random.random() < 0.7 and numbers) or values or [None])
    if chosen is None:
        return inserted(random, data, f'<td colspan="{random.choice(NUMBERS)}" rowspan=99999999>'.encode())
    return data[: chosen.start(1)] + random.choice(NUMBERS).encode() + data[chosen.end(1) :]


def tags_unclosed(random: Random, data: bytes) -> bytes:
    tag = random.choice(
        (b"<div>", b"<table><tr><td>", b"<span hidden>", b"<ul><li>", b"<!--", b"<script>", b"<a href=")
    )
    return inserted(random, data, tag * random.choice((1, 300, 50_000)))


def strange_reference(random: Random, data: bytes) -> bytes:
    return inserted(
        random,
        data,
        random.choice(
            (b"&#99999999999999999999;", b"&#xFFFFFFFF;", b"&#0;", b"&#x1F;", b"&nix;", b"&#" + b"9" * 5000)
        ),
    )


def other_charset(random: Random, data: bytes) -> bytes:
    name = random.choice(_CHARSETS).encode()
    changed, count = re.subn(rb"(?i)(charset=[\"']?)[\w-]+", lambda found: found[1] + name, data)
    return changed if count else b'<meta charset="' + name + b'">' + data


def mime_header_changed(random: Random, data: bytes) -> bytes:
    lines = data.split(b"\n")
    headers = [at for at, line in enumerate(lines) if re.match(rb"[\w-]+:", line)]
    if not headers:
        return data
    at = random.choice(headers)
    name = lines[at].split(b":")[0]
    value = random.choice(
        (
            b"",
            b"base64",
            b"x-uu",
            b"multipart/mixed",
            b"multipart/related; boundary=",
            b"=?gb2312?B?////?=",
            b"\xff\xfe",
            b";" * 5000,
        )
    )
    lines[at] = name + b": " + value
    return b"\n".join(lines)


def boundary_lost(random: Random, data: bytes) -> bytes:
    lines = data.split(b"\n")
    found = [at for at, line in enumerate(lines) if line.startswith(b"--")]
    if found:
        at = random.choice(found)
        lines[at] = random.choice((b"", lines[at].rstrip() + b"--", lines[at] * 2))
    return b"\n".join(lines)


def quotes_unbalanced(random: Random, data: bytes) -> bytes:
    piece = random.choice((b'"', b'"' * 3, b'"' + b"a," * 200_000, b'"\n"'))
    return inserted(random, data, piece)


def many_cells(random: Random, data: bytes) -> bytes:
    return inserted(random, data, random.choice((b",", b"\t", b";", b",\n")) * random.choice((10, 200_000)))


ANY: tuple[Change, ...] = (
    truncated,
    truncated_at_a_boundary,
    without_its_start,
    junk_around,
    bits_flipped,
    run_filled,
    run_repeated,
    run_deleted,
    runs_swapped,
)
TEXT: tuple[Change, ...] = (
    invalid_utf8,
    lone_surrogate,
    lone_surrogate_in_utf16,
    half_in_another_encoding,
    nulls,
    controls,
    long_line,
    empty_lines,
)
MARKUP: tuple[Change, ...] = (
    tag_renamed,
    attribute_changed,
    tags_unclosed,
    strange_reference,
    other_charset,
)
MIME: tuple[Change, ...] = (mime_header_changed, boundary_lost, other_charset)
TABLE: tuple[Change, ...] = (quotes_unbalanced, many_cells)
SLOW: tuple[Change, ...] = (long_line, empty_lines, tags_unclosed, many_cells)
