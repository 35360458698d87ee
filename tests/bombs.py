"""Small files made to exhaust or to mislead a reader, each with the codes that may be said about it."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import packages as pk

READ = "read"
"""In `Bomb.codes`: the file may also be read as a report."""
DAMAGED, OVER, EMPTY = "DOC001", "DOC007", "DOC009"
REFUSED = (DAMAGED, OVER, EMPTY)
_TITLE = "临川县2023年工作总结"
_PAR = f"<w:p><w:r><w:t>{_TITLE}</w:t></w:r></w:p>"
_CELL = "<w:tc><w:p/></w:tc>"


@dataclass(frozen=True, slots=True)
class Bomb:
    """`name` is the name of the file, `build` makes its bytes. Every result for it, or for a member of it,
    is one finding with one of `codes`, or a report where `READ` is among them. `slow`: takes seconds."""

    name: str
    build: Callable[[], bytes]
    codes: tuple[str, ...] = REFUSED
    slow: bool = False


# Archives and packages.


def _with_zeros(members: pk.Members, name: str, declared: int) -> bytes:
    """A package one member of which unpacks to 1 GB."""
    entries = []
    for other, content in members.items():
        data = content.encode() if isinstance(content, str) else content
        packer = zlib.compressobj(1, zlib.DEFLATED, -15)
        entries.append((other.encode(), packer.compress(data) + packer.flush(), zlib.crc32(data), len(data)))
    entries = [one for one in entries if one[0] != name.encode()]
    return pk.stored([*entries, (name.encode(), pk.zeros(1024), 0, declared)])


def many_members(suffix: str) -> bytes:
    """100,000 empty files in one archive."""
    body, directory = bytearray(), bytearray()
    for number in range(100_000):
        name = b"word/%d%s" % (number, suffix.encode())
        directory += pk.central(name, 0, 0, 0, len(body), 0)
        body += pk.local(name, 0, 0, 0, 0)
    return bytes(body + directory) + pk.end(100_000, len(directory), len(body))


def nested_archives() -> bytes:
    """An archive in an archive, thirty deep."""
    inner = pk.zipped({"总结.txt": _TITLE})
    for _ in range(30):
        inner = pk.zipped({"总结.zip": inner})
    return inner


def overlapping(suffix: str, count: int = 60) -> bytes:
    """Members that share their data: each quotes the header of the next in a stored block of deflate and
    ends in the same 4 MB. Source: D. Fifield, A better zip bomb, WOOT 2019."""
    kernel, plain = pk.zeros(4), bytes(4 << 20)
    names = [b"word/%03d%s" % (number, suffix.encode()) for number in range(count)]
    body = pk.local(names[-1], zlib.crc32(plain), len(kernel), len(plain)) + kernel
    sizes, crcs, packed, starts = [len(plain)], [zlib.crc32(plain)], [len(kernel)], [len(body)]
    quoted = body[: -len(kernel)]
    for name in reversed(names[:-1]):
        block = struct.pack("<BHH", 0, len(quoted), len(quoted) ^ 0xFFFF)
        stream = len(block) + len(body)
        head = b""
        sizes.append(sizes[-1] + len(quoted))
        crcs.append(0)
        packed.append(stream)
        head = pk.local(name, 0, stream, sizes[-1])
        body, quoted = head + block + body, head
        starts.append(len(body))
    directory = b"".join(
        pk.central(name, crc, length, size, len(body) - start)
        for name, crc, length, size, start in zip(reversed(names), crcs, packed, sizes, starts, strict=True)
    )
    return body + directory + pk.end(count, len(directory), len(body))


def flat_archive() -> bytes:
    """Members of 1 GB each in an archive of some megabytes."""
    return pk.stored([(b"%d.txt" % number, pk.zeros(1024), 0, 100) for number in range(4)])


def climbing() -> bytes:
    """Members whose names lead out of the archive."""
    names = ("../../x.docx", "/etc/x.docx", "C:\\x.docx", "a/../../x.txt", "..\\..\\x.txt", "\\\\host\\x.txt")
    return pk.zipped(dict.fromkeys(names, _TITLE))


# XML.

_LAUGHS = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
DTDS = {
    "laughs": f'<!ENTITY e0 "{_TITLE}">{_LAUGHS}',
    "quadratic": f'<!ENTITY e9 "{"a" * 100_000}">',
    "external": '<!ENTITY e9 SYSTEM "file:///etc/passwd">',
    "parameter": '<!ENTITY % p SYSTEM "file:///etc/passwd"> %p; <!ENTITY e9 "">',
    "network": '<!ENTITY e9 SYSTEM "http://127.0.0.1:9/x">',
}
_MAIN = {
    "docx": "word/document.xml",
    "odt": "content.xml",
    "ofd": "Doc_0/Page.xml",
    "xlsx": "xl/worksheets/sheet1.xml",
}


def with_dtd(suffix: str, dtd: str) -> bytes:
    """A package whose main part declares entities and uses them where text stands."""
    text = "&e9;" * 100
    members = {
        "docx": lambda: pk.docx(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"),
        "odt": lambda: pk.odf(f"<text:p>{text}</text:p>"),
        "ofd": lambda: pk.ofd(ofd_text(text)),
        "xlsx": lambda: pk.xlsx(f'<row r="1"><c r="A1" t="inlineStr"><is><t>{text}</t></is></c></row>'),
    }[suffix]()
    main = _MAIN[suffix]
    members[main] = f"<!DOCTYPE x [{dtd}]>{members[main]!s}"
    return pk.zipped(members)


def ofd_text(text: str) -> str:
    """A layer of an OFD page with one line of text."""
    return (
        '<ofd:Layer ID="2"><ofd:TextObject ID="3" Boundary="10 10 100 10" Size="4">'
        f'<ofd:TextCode X="0" Y="4">{text}</ofd:TextCode></ofd:TextObject></ofd:Layer>'
    )


def deep(before: str, after: str, depth: int, inside: str = "") -> str:
    """Elements in each other."""
    return before * depth + inside + after * depth


def word_tables(depth: int) -> bytes:
    """Tables in tables."""
    return pk.zipped(pk.docx(deep("<w:tbl><w:tr><w:tc>", "<w:p/></w:tc></w:tr></w:tbl>", depth, _PAR)))


def word_cells() -> bytes:
    """A table of a million cells."""
    return pk.zipped(pk.docx(_PAR + "<w:tbl>" + f"<w:tr>{_CELL * 1000}</w:tr>" * 1000 + "</w:tbl>"))


def sheet_cells() -> bytes:
    """A sheet of a million cells."""
    rows = (f'<row r="{row}">' + "<c><v>1</v></c>" * 1000 + "</row>" for row in range(1, 1001))
    return pk.zipped(pk.xlsx("".join(rows)))


def word_in_word(depth: int) -> bytes:
    """A document that takes in another one as a chunk, and that one the next."""
    inner = pk.zipped(pk.docx(_PAR))
    for _ in range(depth):
        chunk = _PAR + '<w:altChunk r:id="c"/>'
        inner = pk.zipped(pk.docx(chunk, (("c", "aFChunk", "chunk.docx"),), chunk_docx=inner))
    return inner


def word_cycle(kind: str, element: str, target: str) -> bytes:
    """A document whose relationships lead back to where they start."""
    rels = (("c", kind, target),)
    header = f'<w:hdr xmlns:w="{pk.W}">{_PAR}</w:hdr>'
    members = pk.docx(_PAR + element, rels, header1_xml=header)
    members["word/_rels/header1.xml.rels"] = pk.relations(*rels)
    return pk.zipped(members)


_REFERENCE = '<w:sectPr><w:headerReference w:type="default" r:id="c"/></w:sectPr>'
_SPAN = (
    '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2000000000"/></w:tcPr>' + _PAR + "</w:tc></w:tr></w:tbl>"
)
_MERGED = "<mergeCells>" + '<mergeCell ref="A1:XFD1048576"/>' * 1000 + "</mergeCells>"
_REPEATED = (
    '<table:table table:name="表"><table:table-row table:number-rows-repeated="1048576"><table:table-cell '
    'table:number-columns-repeated="16384"><text:p>指标</text:p></table:table-cell></table:table-row></table:table>'
)
_FAR_CELL = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row><row r="99999999999"><c r="ZZZZZZ9"/></row>'
_TEMPLATE = '<ofd:TemplatePage ID="1" BaseLoc="Page.xml"/><ofd:TemplatePage ID="9" BaseLoc="Page.xml"/>'
_TEMPLATED = '<ofd:Template TemplateID="1"/><ofd:Template TemplateID="9"/>' + ofd_text(_TITLE)


PACKAGES = (
    Bomb("gigabyte.docx", lambda: _with_zeros(pk.docx(""), "word/document.xml", 1 << 30)),
    Bomb("declared-small.docx", lambda: _with_zeros(pk.docx(""), "word/document.xml", 100)),
    Bomb("gigabyte.xlsx", lambda: _with_zeros(pk.xlsx(""), "xl/sharedStrings.xml", 100)),
    Bomb("gigabyte.odt", lambda: _with_zeros(pk.odf(""), "content.xml", 100)),
    Bomb("gigabyte.ofd", lambda: _with_zeros(pk.ofd(""), "Doc_0/Page.xml", 100)),
    Bomb("two-gigabytes-declared.docx", lambda: pk.stored([(b"word/document.xml", b"\x03\0", 0, 1 << 31)])),
    Bomb("flat.zip", flat_archive),
    Bomb("many.zip", lambda: many_members(".txt")),
    Bomb("many.docx", lambda: many_members(".xml")),
    Bomb("nested.zip", nested_archives, ("DOC008",)),
    Bomb("overlap.zip", lambda: overlapping(".docx"), (*REFUSED, "DOC008")),
    Bomb("overlap.docx", lambda: overlapping(".xml")),
    Bomb("climbing.zip", climbing),
    *(
        Bomb(f"{name}.{suffix}", partial(with_dtd, suffix, dtd))
        for suffix in _MAIN
        for name, dtd in DTDS.items()
    ),
    Bomb("tables-200000.docx", lambda: word_tables(200_000)),
    Bomb("tables-80.docx", lambda: word_tables(80), (*REFUSED, READ)),
    Bomb("groups-240.odt", lambda: pk.zipped(pk.odf(deep("<text:span>", "</text:span>", 240, _TITLE)))),
    Bomb("cells.docx", word_cells, slow=True),
    Bomb("cells.xlsx", sheet_cells),
    Bomb("far-cell.xlsx", lambda: pk.zipped(pk.xlsx(_FAR_CELL)), (*REFUSED, READ)),
    Bomb("merged.xlsx", lambda: pk.zipped(pk.xlsx(_FAR_CELL, after=_MERGED)), (*REFUSED, READ)),
    Bomb("repeated.ods", lambda: pk.zipped(pk.odf(_REPEATED, "spreadsheet")), (*REFUSED, READ)),
    Bomb("span.docx", lambda: pk.zipped(pk.docx(_SPAN)), (*REFUSED, READ)),
    Bomb("chunks.docx", lambda: word_in_word(100), (*REFUSED, READ)),
    Bomb("own-header.docx", lambda: word_cycle("header", _REFERENCE, "header1.xml"), (*REFUSED, READ)),
    Bomb("own-body.docx", lambda: word_cycle("header", _REFERENCE, "document.xml"), (*REFUSED, READ)),
    Bomb(
        "own-chunk.docx",
        lambda: word_cycle("aFChunk", '<w:altChunk r:id="c"/>', "document.xml"),
        (*REFUSED, READ),
    ),
    Bomb("astray.docx", lambda: word_cycle("header", _REFERENCE, "../../../etc/passwd"), (*REFUSED, READ)),
    Bomb("own-template.ofd", lambda: pk.zipped(pk.ofd(_TEMPLATED, common=_TEMPLATE)), (*REFUSED, READ)),
    Bomb(
        "same-page.ofd",
        lambda: pk.zipped(pk.ofd(ofd_text(_TITLE), '<ofd:Page ID="1" BaseLoc="Page.xml"/>' * 200_000)),
    ),
)
