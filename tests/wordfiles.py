"""Word documents made of their parts, for the tests of the reader."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from validator.model.document import Document
from validator.readers._base import Source
from validator.readers.docx import READER

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT_W = "http://purl.oclc.org/ooxml/wordprocessingml/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_R = "http://purl.oclc.org/ooxml/officeDocument/relationships"
REL = "http://schemas.openxmlformats.org/package/2006/relationships"
NAMES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
STYLES = f"""<w:styles {NAMES}>
<w:style w:type="paragraph" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/>
<w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="2"><w:name w:val="标题 2"/></w:style>
<w:style w:type="paragraph" w:styleId="mine"><w:name w:val="我的标题"/><w:basedOn w:val="1"/></w:style>
<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="paragraph" w:styleId="loop"><w:name w:val="x"/><w:basedOn w:val="loop"/></w:style>
<w:style w:type="character" w:styleId="secret"><w:name w:val="secret"/><w:rPr><w:vanish/></w:rPr></w:style>
</w:styles>"""


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def par(*inner: str, style: str = "", extra: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    runs = "".join(one if one.startswith("<") else run(one) for one in inner)
    return f"<w:p><w:pPr>{named}{extra}</w:pPr>{runs}</w:p>"


def relationships(*rows: tuple[str, str, str]) -> str:
    items = "".join(
        f'<Relationship Id="{key}" Type="{R}/{kind}" Target="{target}"'
        + (' TargetMode="External"' if "://" in target else "")
        + "/>"
        for key, kind, target in rows
    )
    return f'<Relationships xmlns="{REL}">{items}</Relationships>'


def package(members: Mapping[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def members(body: str, rels: tuple[tuple[str, str, str], ...] = (), **parts: str) -> dict[str, str | bytes]:
    return {
        "_rels/.rels": relationships(("rId1", "officeDocument", "word/document.xml")),
        "word/document.xml": f"<w:document {NAMES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": relationships(("s", "styles", "styles.xml"), *rels),
        "word/styles.xml": STYLES,
        **{f"word/{name}.xml": content for name, content in parts.items()},
    }


def read_bytes(data: bytes) -> Document:
    return READER.read(Source(path="a.docx", suffix=".docx", data=data))


def read(body: str, rels: tuple[tuple[str, str, str], ...] = (), **parts: str) -> Document:
    document = read_bytes(package(members(body, rels, **parts)))
    assert_rendition(document)
    return document


def assert_rendition(document: Document) -> None:
    lines = document.source.split("\n") if document.blocks else []
    assert len(lines) == len(document.blocks)
    for at, block in enumerate(document.blocks):
        place = document.locate(at, 0, len(block.text))
        assert (place.line, place.column) == (at + 1, 1)
        assert [document.source[at] for at in block.offsets[: len(block.text)]] == list(block.text)


def seen(document: Document) -> list[tuple[str, str]]:
    return [(block.part, block.text) for block in document.blocks]


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{par(text) if text else '<w:p/>'}</w:tc>"


WIDE = '<w:gridSpan w:val="2"/>'
MERGED = '<w:vMerge w:val="restart"/>'


TITLE = par("县工作总结")


def rest(document: Document) -> list[tuple[str, str]]:
    """What the document has after its title."""
    return seen(document)[1:]


def drawing(inner: str, *, anchor: str = "", name: str = "图 1") -> str:
    kind = "anchor" if anchor else "inline"
    return (
        f'<w:r><w:drawing><wp:{kind} {anchor}><wp:extent cx="5000000" cy="2000000"/>'
        f'<wp:docPr id="1" name="{name}"/><a:graphic><a:graphicData>{inner}</a:graphicData></a:graphic>'
        f"</wp:{kind}></w:drawing></w:r>"
    )


def picture(key: str = "p") -> str:
    return f'<pic:pic><pic:blipFill><a:blip r:embed="{key}"/></pic:blipFill></pic:pic>'


def box(*texts: str) -> str:
    return f"<w:pict><v:shape><w:txbxContent>{''.join(par(one) for one in texts)}</w:txbxContent></v:shape></w:pict>"


def complex_field(*code: str, result: str = "", separate: bool = True) -> str:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    pieces = "".join(
        one if one.startswith("<") else f"<w:r><w:instrText>{one}</w:instrText></w:r>" for one in code
    )
    shown = (mark("separate") + run(result)) if separate else ""
    return mark("begin") + pieces + shown + mark("end")
