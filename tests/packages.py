"""The smallest packages that each reader of ZIP formats takes, to be filled with what a test needs."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_REL = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFD = "http://www.ofdspec.org/2016"
_ODF = "urn:oasis:names:tc:opendocument:xmlns"
ODF_NAMES = f'xmlns:office="{_ODF}:office:1.0" xmlns:text="{_ODF}:text:1.0" xmlns:table="{_ODF}:table:1.0"'
_ODF_MIME = "application/vnd.oasis.opendocument."

Members = dict[str, str | bytes]


def relations(*rows: tuple[str, str, str]) -> str:
    """A part of relationships: id, last word of the type, target."""
    items = "".join(
        f'<Relationship Id="{key}" Type="{_OFFICE}/{kind}" Target="{target}"/>' for key, kind, target in rows
    )
    return f'<Relationships xmlns="{_REL}">{items}</Relationships>'


def docx(body: str, rels: tuple[tuple[str, str, str], ...] = (), **more: str | bytes) -> Members:
    """A Word document; `more` are further members of its folder, `_` for the dot."""
    return {
        "[Content_Types].xml": f'<Types xmlns="{_TYPES}"/>',
        "_rels/.rels": relations(("r1", "officeDocument", "word/document.xml")),
        "word/document.xml": f'<w:document xmlns:w="{W}" xmlns:r="{_OFFICE}"><w:body>{body}</w:body></w:document>',
        "word/_rels/document.xml.rels": relations(*rels),
        **{f"word/{name.replace('_', '.')}": content for name, content in more.items()},
    }


def xlsx(rows: str, before: str = "", after: str = "", **more: str) -> Members:
    """A workbook of one sheet."""
    return {
        "[Content_Types].xml": f'<Types xmlns="{_TYPES}"/>',
        "_rels/.rels": relations(("r1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{S}" xmlns:r="{_OFFICE}">'
        '<sheets><sheet name="表" sheetId="1" r:id="s1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(
            ("s1", "worksheet", "worksheets/sheet1.xml"), ("s2", "sharedStrings", "sharedStrings.xml")
        ),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{S}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{S}"><si><t>指标</t></si></sst>',
        **{f"xl/{name.replace('_', '.')}": content for name, content in more.items()},
    }


def odf(body: str, kind: str = "text") -> Members:
    """An OpenDocument text, or spreadsheet."""
    return {
        "mimetype": _ODF_MIME + kind,
        "content.xml": f"<office:document-content {ODF_NAMES}><office:body><office:{kind}>{body}"
        f"</office:{kind}></office:body></office:document-content>",
    }


def ofd(
    content: str, pages: str = '<ofd:Page ID="1" BaseLoc="Page.xml"/>', common: str = "", **more: str
) -> Members:
    """An OFD document; `content` is what stands on its page."""
    area = "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
    return {
        "OFD.xml": f'<ofd:OFD xmlns:ofd="{OFD}" DocType="OFD" Version="1.0"><ofd:DocBody>'
        "<ofd:DocInfo/><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f'<ofd:Document xmlns:ofd="{OFD}"><ofd:CommonData>{area}{common}</ofd:CommonData>'
        f"<ofd:Pages>{pages}</ofd:Pages></ofd:Document>",
        "Doc_0/Page.xml": f'<ofd:Page xmlns:ofd="{OFD}">{area}<ofd:Content>{content}</ofd:Content></ofd:Page>',
        **{f"Doc_0/{name.replace('_', '.')}": text for name, text in more.items()},
    }


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """The package; an ODF `mimetype` is stored, as the standard wants it."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in members.items():
            how = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), content, how)
    return made.getvalue()


def local(name: bytes, crc: int, packed: int, size: int, method: int = 8) -> bytes:
    """A local file header. Source: APPNOTE.TXT 4.3.7."""
    head = struct.pack(
        "<LHHHHHLLLHH", 0x04034B50, 20, 0x800, method, 0, 0x21, crc, packed, size, len(name), 0
    )
    return head + name


def central(name: bytes, crc: int, packed: int, size: int, at: int, method: int = 8) -> bytes:
    """An entry of the directory. Source: APPNOTE.TXT 4.3.12."""
    head = struct.pack("<LHHHHHHLLL", 0x02014B50, 20, 20, 0x800, method, 0, 0x21, crc, packed, size)
    return head + struct.pack("<HHHHHLL", len(name), 0, 0, 0, 0, 0, at) + name


def end(count: int, size: int, at: int) -> bytes:
    """The end of the directory, whose `size` bytes stand `at`. Source: APPNOTE.TXT 4.3.16."""
    return struct.pack("<LHHHHLLH", 0x06054B50, 0, 0, min(count, 0xFFFF), min(count, 0xFFFF), size, at, 0)


def zeros(megabytes: int) -> bytes:
    """A raw deflate stream that unpacks to so many megabytes of zeros, made without packing them all."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    piece = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    return piece * megabytes + zlib.compressobj(9, zlib.DEFLATED, -15).flush()


def stored(entries: list[tuple[bytes, bytes, int, int]]) -> bytes:
    """An archive of members given as name, raw deflate stream, checksum and declared size."""
    body, directory = b"", b""
    for name, stream, crc, size in entries:
        directory += central(name, crc, len(stream), size, len(body))
        body += local(name, crc, len(stream), size) + stream
    return body + directory + end(len(entries), len(directory), len(body))
