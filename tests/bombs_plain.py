"""Bombs that are no packages: PDF, RTF, OLE2, HTML, MIME, CSV and texts that are hostile to patterns."""

from __future__ import annotations

import struct
import zlib
from functools import partial

from bombs import DAMAGED, OVER, READ, REFUSED, Bomb

_EITHER = (*REFUSED, READ)
_TITLE = "临川县2023年工作总结\n\n在校学生12人。"
LONG = 300_000


def pdf(*objects: bytes, root: bytes = b"1 0 R") -> bytes:
    """A PDF of these objects, numbered from 1, with a sound table of their places."""
    body, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer\n<</Size %d/Root %s>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, root, len(body))
    return body + head + table + tail


_CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
_PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 5 0 R>>/XObject<</X 4 0 R>>>>/Contents 4 0 R>>"
_FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def stream(content: bytes, more: bytes = b"") -> bytes:
    """A packed stream of a PDF."""
    packed = zlib.compress(content, 1)
    return b"<</Length %d/Filter/FlateDecode%s>>stream\n%s\nendstream" % (len(packed), more, packed)


def pdf_pages(kids: bytes, count: int, content: bytes, more: bytes = b"") -> bytes:
    """A PDF with this page tree and one page of this content."""
    tree = b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count)
    return pdf(_CATALOG, tree, _PAGE, stream(content, more), _FONT)


_SHOWN = b"BT /F 12 Tf 20 700 Td (12345) Tj ET"
_FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 4 0 R>>>>"
_OUTLINE = b"<</Type/Catalog/Pages 2 0 R/Outlines 6 0 R/AcroForm<</Fields[6 0 R]>>>>"
_ITEM = b"<</First 6 0 R/Last 6 0 R/Next 6 0 R/Prev 6 0 R/Title(x)/Parent 6 0 R/Kids[6 0 R]/T(x)/FT/Tx/V(x)>>"


def pdf_cycles() -> bytes:
    """Bookmarks and fields of a form that contain themselves."""
    tree = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    return pdf(_OUTLINE, tree, _PAGE, stream(_SHOWN), _FONT, _ITEM)


def ole(fat: list[int], directory: int = 0, stream_start: int = 0) -> bytes:
    """An OLE2 file whose directory and a stream `WordDocument` follow this table of sectors."""
    head = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + struct.pack("<HHHHH", 62, 3, 0xFFFE, 9, 6)
        + bytes(6)
    )
    head += struct.pack("<9L", 0, 1, directory, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    head += struct.pack("<109L", 1, *[0xFFFFFFFF] * 108)
    entries = b""
    for name, kind, child, start, size in (
        ("Root Entry", 5, 1, 0xFFFFFFFE, 0),
        ("WordDocument", 2, 0xFFFFFFFF, stream_start, 0x7FFFFFFF),
    ):
        raw = (name + "\0").encode("utf-16-le")
        entries += raw.ljust(64, b"\0") + struct.pack(
            "<HBBLLL", len(raw), kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child
        )
        entries += bytes(36) + struct.pack("<LLL", start, size, 0)
    table = struct.pack("<128L", *fat, *[0xFFFFFFFF] * (128 - len(fat)))
    return head + entries.ljust(512, b"\0") + table + b"\xec\xa5" + bytes(510)


def html(body: str) -> bytes:
    """A page with this body."""
    return f"<html><head><meta charset='utf-8'></head><body><p>{_TITLE}</p>{body}</body></html>".encode()


def mime(depth: int) -> bytes:
    """A message in a message."""
    head = "MIME-Version: 1.0\n"
    for level in range(depth):
        head += f'Content-Type: multipart/related; boundary="b{level}"\n\n--b{level}\n'
    return (head + f"Content-Type: text/html; charset=utf-8\n\n<p>{_TITLE}</p>\n").encode()


def mime_parts() -> bytes:
    """A message of 100,000 parts."""
    part = "--b\nContent-Type: text/html; charset=utf-8\nContent-Location: x\n\n<p>指标</p>\n"
    return f'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n{part * 100_000}--b--\n'.encode()


def rtf(body: bytes) -> bytes:
    """An RTF file with this body."""
    return b"{\\rtf1\\ansi\\ansicpg936 12345\\par " + body + b"}"


_FIRST = ("digits", "letters", "blanks", "commas")
_HOSTILE = {
    "digits": "1",
    "letters": "X",
    "blanks": " ",
    "wide-blanks": "\u3000",
    "commas": "、",
    "brackets": "（",
    "quotes": "“",
    "marks": "\u0301",
    "underlines": "_",
    "stars": "*",
    "numerals": "一百",
    "clauses": "占比为12%，",
    "names": "在校学生",
    "numbers": "1,",
    "dates": "2023年",
    "handles": "加V",
    "pipes": "|",
    "ticks": "`",
    "links": "[a](",
    "tags": "<a ",
    "directions": "\u202e",
}


def hostile(suffix: str, unit: str) -> bytes:
    """A report with 300,000 characters of the same in one paragraph."""
    text = (unit * LONG)[:LONG]
    return html(f"<p>{text}</p>") if suffix == "html" else f"{_TITLE}{text}x".encode()


def _repeated(unit: str, times: int) -> bytes:
    return (_TITLE + unit * times).encode()


PLAIN = (
    Bomb("kids.pdf", lambda: pdf_pages(b"2 0 R 2 0 R", 2, _SHOWN), (*_EITHER, "DOC003")),
    Bomb("count.pdf", lambda: pdf_pages(b"3 0 R", 1_000_000_000, _SHOWN), (*_EITHER, "DOC003")),
    Bomb("same-page.pdf", lambda: pdf_pages(b"3 0 R " * 200_000, 200_000, _SHOWN), (DAMAGED, OVER)),
    Bomb(
        "own-form.pdf", lambda: pdf_pages(b"3 0 R", 1, b"/X Do " * 1000 + _SHOWN, _FORM), _EITHER, slow=True
    ),
    Bomb("cycles.pdf", pdf_cycles, _EITHER),
    Bomb("operators.pdf", lambda: pdf_pages(b"3 0 R", 1, b"q " * 5_000_000 + _SHOWN), _EITHER),
    Bomb("shown.pdf", lambda: pdf_pages(b"3 0 R", 1, _SHOWN * 200_000), _EITHER, slow=True),
    Bomb("zeros.pdf", lambda: pdf_pages(b"3 0 R", 1, bytes(200_000_000)), (*_EITHER, "DOC003")),
    Bomb("binary.rtf", lambda: rtf(b"\\bin2000000000 abc"), _EITHER),
    Bomb("groups.rtf", lambda: rtf(b"{" * 200_000 + b"x" + b"}" * 200_000), (DAMAGED, OVER)),
    Bomb("tables.rtf", lambda: rtf(b"\\trowd\\itap2000000000\\intbl x\\nestcell" * 50_000), _EITHER),
    Bomb("numbers.rtf", lambda: rtf(b"\\u" + b"9" * 100_000 + b"?\\uc" + b"9" * 100_000), _EITHER),
    Bomb("chain.doc", lambda: ole([0, 0xFFFFFFFD, 2], 0, 2), (DAMAGED, OVER)),
    Bomb("directory.doc", lambda: ole([0, 0xFFFFFFFD, 0], 0, 2), (DAMAGED, OVER)),
    Bomb("outside.doc", lambda: ole([0xFFFFFFFE, 0xFFFFFFFD, 0x7FFFFFFF], 0, 2), (DAMAGED, OVER)),
    Bomb("chain.xls", lambda: ole([0, 0xFFFFFFFD, 2], 0, 2), (DAMAGED, OVER, "DOC008")),
    Bomb("divs.html", lambda: html("<div>" * 200_000 + "x"), _EITHER),
    Bomb("tables.html", lambda: html("<table><tr><td>" * 200_000), _EITHER, slow=True),
    Bomb(
        "spans.html",
        lambda: html("<table>" + "<tr><td rowspan=65534 colspan=1000>x" * 2000 + "</table>"),
        _EITHER,
        slow=True,
    ),
    Bomb("attributes.html", lambda: html("<p " + "a=1 " * 300_000 + ">x"), _EITHER),
    Bomb("comments.html", lambda: html("<!--" * 300_000), _EITHER),
    Bomb("reference.html", lambda: html("<p>&#" + "9" * 300_000 + ";</p>"), _EITHER),
    Bomb("attribute.html", lambda: html("<p title='&#" + "9" * 300_000 + ";'>x</p>"), _EITHER),
    Bomb("deep.mht", lambda: mime(20_000), _EITHER),
    Bomb("parts.mht", mime_parts, _EITHER),
    Bomb("row.csv", lambda: b"," * 1_000_000, _EITHER),
    Bomb("quote.csv", lambda: f'{_TITLE}\n"'.encode() + b"a," * 500_000, _EITHER),
    Bomb("rows.csv", lambda: _TITLE.encode() + b"\n1,2" * 500_000, (OVER,)),
    Bomb("wide.txt", partial(_repeated, "x" * 4_999_999 + "\n", 2), (OVER,), slow=True),
    Bomb("lines.txt", partial(_repeated, "\nx。", 500_000), (OVER,), slow=True),
    Bomb("empty-lines.txt", partial(_repeated, "\n", 3_000_000), _EITHER, slow=True),
)


def _hostile(suffix: str) -> tuple[Bomb, ...]:
    return tuple(
        Bomb(
            f"{name}.{suffix}", partial(hostile, suffix, unit), (READ,), suffix != "txt" or name not in _FIRST
        )
        for name, unit in _HOSTILE.items()
    )


TEXTS = (*_hostile("txt"), *_hostile("md"), *_hostile("html"))
