"""Builds OFD files (GB/T 33190) as office programs and printer drivers write them, for the tests and fixtures.

    data = build_ofd([("title", "某县2024年工作总结"), ("h1", "一、教育"), "在校学生5.2万人。", ("table", "")],
                     tables=[[["指标", "数值"], ["高中", "3所"]]], header="某县教育局", footer="第{page}页")

Everything is measured in millimetres from the upper left corner of an A4 page.
"""

from __future__ import annotations

import io
import math
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

NS = "http://www.ofdspec.org/2016"
WIDTH, HEIGHT = 210.0, 297.0
LEFT, RIGHT, TOP, BOTTOM = 28.0, 184.0, 37.0, 262.0
POINT = 25.4 / 72
BODY, PITCH = 16 * POINT, 28 * POINT
SMALL = 9 * POINT
CLOSERS = "，。、；：？！）》】”’%％"
OPENERS = "（《【“‘"
ASCENT = 0.85
WHEN = (2024, 12, 26, 9, 0, 0)

Paragraph = str | tuple[str, str]
Table = Sequence[Sequence[str]]
_SIZES = {"title": 22 * POINT}
_FONTS = {"title": 2, "h1": 3, "h2": 4}


def width(text: str, size: float) -> float:
    """Width of a text: ASCII characters are half a font size wide, others one."""
    return sum(size * (0.5 if one.isascii() else 1) for one in text)


def wrapped(text: str, size: float, room: float, indent: float = 0.0) -> list[str]:
    """Lines of a paragraph; words and numbers stay whole, no line begins with a closing mark."""
    lines: list[str] = []
    line, free = "", room - indent
    for token in _tokens(text):
        if line and width(line + token.rstrip(), size) > free + 0.01:
            lines.append(line)
            line, free = "", room
        line += token
    return [*lines, line] if line or not lines else lines


def _tokens(text: str) -> Iterator[str]:
    at = 0
    while at < len(text):
        end = at + 1
        while end < len(text) and text[end - 1] in OPENERS:
            end += 1
        while end < len(text) and _word(text[end - 1]) and _word(text[end]):
            end += 1
        while end < len(text) and text[end] in CLOSERS:
            end += 1
        yield text[at:end]
        at = end


def _word(char: str) -> bool:
    return char.isascii() and (char.isalnum() or char in "./-:")


@dataclass(slots=True, kw_only=True)
class Writer:
    """How text becomes objects. `style`: "line" (an object a line, advances in DeltaX), "g" (the same in
    the short form), "run" (an object for each run of one script), "char" (an object a character, as PDF
    converters write, scaled by CTM), "bare" (no advances at all)."""

    style: str = "line"
    ids: int = 100

    def text(self, x: float, y: float, text: str, size: float, *, stretch: float = 0.0, font: int = 1,
             inner: str = "", attributes: str = "") -> str:  # fmt: skip
        """A line of text; `y` is its base line, `stretch` is added to every advance."""
        if self.style == "char":
            pieces = [(one, at) for at, one in enumerate(text)]
        elif self.style == "run":
            pieces = _runs(text)
        else:
            pieces = [(text, 0)]
        return "".join(
            self._object(
                x + width(text[:at], size) + stretch * at, y, one, size, stretch, font, inner, attributes
            )
            for one, at in pieces
        )

    def _object(self, x: float, y: float, text: str, size: float, stretch: float, font: int, inner: str,
                attributes: str) -> str:  # fmt: skip
        self.ids += 1
        scale, matrix = (0.05, ' CTM="0.05 0 0 0.05 0 0"') if self.style == "char" else (1.0, "")
        steps = [(width(one, size) + stretch) / scale for one in text[:-1]]
        said = ""
        if steps and self.style == "g":
            said = ' DeltaX="' + " ".join(f"g {n} {step:.4f}" for step, n in _counted(steps)) + '"'
        elif steps and self.style != "bare":
            said = ' DeltaX="' + " ".join(f"{step:.4f}" for step in steps) + '"'
        wide = width(text, size) + stretch * (len(text) - 1)
        return (
            f'<ofd:TextObject ID="{self.ids}" Boundary="{x:.4f} {y - ASCENT * size:.4f} {wide:.4f} {size:.4f}" '
            f'Font="{font}" Size="{size / scale:.4f}"{matrix}{attributes}>{inner}'
            f'<ofd:TextCode X="0" Y="{ASCENT * size / scale:.4f}"{said}>{escape(text)}</ofd:TextCode>'
            "</ofd:TextObject>"
        )

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> str:
        """A drawn line."""
        self.ids += 1
        return (
            f'<ofd:PathObject ID="{self.ids}" Boundary="{x0:.4f} {y0:.4f} {x1 - x0:.4f} {y1 - y0:.4f}" '
            f'LineWidth="0.35"><ofd:AbbreviatedData>M 0 0 L {x1 - x0:.4f} {y1 - y0:.4f}</ofd:AbbreviatedData>'
            "</ofd:PathObject>"
        )


def _runs(text: str) -> list[tuple[str, int]]:
    found: list[tuple[str, int]] = []
    for at, one in enumerate(text):
        if found and found[-1][0][-1].isascii() is one.isascii():
            found[-1] = (found[-1][0] + one, found[-1][1])
        else:
            found.append((one, at))
    return found


def _counted(steps: Sequence[float]) -> Iterator[tuple[float, int]]:
    at = 0
    while at < len(steps):
        end = at
        while end < len(steps) and steps[end] == steps[at]:
            end += 1
        yield steps[at], end - at
        at = end


@dataclass(slots=True, kw_only=True)
class _Pages:
    """Sets paragraphs and tables one below the other; a full page begins a new one."""

    writer: Writer
    justify: bool
    pages: list[str] = field(default_factory=lambda: [""])
    y: float = TOP

    def line(self, x: float, text: str, size: float, *, stretch: float = 0.0, font: int = 1) -> None:
        if self.y + PITCH > BOTTOM:
            self.pages.append("")
            self.y = TOP
        self.y += PITCH
        self.pages[-1] += self.writer.text(x, self.y, text, size, stretch=stretch, font=font)

    def paragraph(self, kind: str, text: str) -> None:
        size, font, room = _SIZES.get(kind, BODY), _FONTS.get(kind, 1), RIGHT - LEFT
        if kind in ("title", "right"):
            for one in wrapped(text, size, room):
                free = room - width(one, size)
                self.line(LEFT + (free / 2 if kind == "title" else free - 2 * size), one, size, font=font)
            return
        lines = wrapped(text, size, room, 2 * size)
        for at, one in enumerate(lines):
            indent = 0.0 if at else 2 * size
            free = room - indent - width(one, size)
            spread = self.justify and at < len(lines) - 1 and len(one) > 1
            self.line(LEFT + indent, one, size, stretch=free / (len(one) - 1) if spread else 0.0, font=font)

    def furniture(self, words: str, y: float) -> None:
        """The same words in the middle of every page, with its number for `{page}`."""
        for at in range(len(self.pages) if words else 0):
            shown = words.replace("{page}", str(at + 1))
            x = (LEFT + RIGHT - width(shown, SMALL)) / 2
            self.pages[at] += self.writer.text(x, y, shown, SMALL)

    def table(self, table: Table) -> None:
        """A ruled table with equal columns, each cell with lines of its own around it."""
        size, pitch, pad = 12 * POINT, 16 * POINT, 1.9
        columns = max(map(len, table))
        wide = (RIGHT - LEFT) / columns
        self.y += 3.0
        for row in table:
            cells = [wrapped(one, size, wide - 2 * pad) if one else [] for one in row]
            high = max(1, *map(len, cells)) * pitch + pad
            if self.y + high > BOTTOM:
                self.pages.append("")
                self.y = TOP
            out = ""
            for column, lines in enumerate(cells):
                x = LEFT + column * wide
                for number, one in enumerate(lines):
                    out += self.writer.text(x + pad, self.y + pad / 2 + size + number * pitch, one, size)
                for side in ((x, self.y, x + wide, self.y), (x, self.y + high, x + wide, self.y + high),
                             (x, self.y, x, self.y + high), (x + wide, self.y, x + wide, self.y + high)):  # fmt: skip
                    out += self.writer.rule(*side)
            self.pages[-1] += out
            self.y += high


def build_ofd(
    paragraphs: Sequence[Paragraph],
    *,
    tables: Sequence[Table] = (),
    header: str = "",
    footer: str = "",
    watermark: str = "",
    properties: Mapping[str, str] | None = None,
    links: Sequence[str] = (),
    annotation: str = "",
    hidden: Sequence[str] = (),
    footnotes: Sequence[str] = (),
    attachments: Mapping[str, bytes] | None = None,
    picture: bytes = b"",
    style: str = "line",
    justify: bool = True,
) -> bytes:
    """An OFD of these paragraphs, laid out on as many pages as it takes. The same call gives the same bytes.

    `paragraphs` are texts or pairs (kind, text); the kinds are "p" (first line indented by two characters,
    justified), "title" (large, centred), "h1", "h2", "right" (a signature) and "table", where the next of
    `tables` stands; tables without such a place come at the end. A table is rows of cell texts.
    `header` and `footer` stand on every page, `{page}` in them is its number; `watermark` runs across every
    page from a template page. `properties` are names of DocInfo with their values; other names become
    custom data. `links` are addresses that lie on text of the first page; `annotation` is the remark of a
    highlight there, `hidden` are texts in white at its end, `footnotes` texts at its foot below a short
    line. `attachments` are files by name, `picture` a PNG on the last page. `style` is that of `Writer`.
    """
    pages = _Pages(writer=Writer(style=style), justify=justify)
    waiting = list(tables)
    for one in paragraphs:
        kind, text = ("p", one) if isinstance(one, str) else one
        if kind != "table":
            pages.paragraph(kind, text)
        elif waiting:
            pages.table(waiting.pop(0))
    for table in waiting:
        pages.table(table)
    pages.furniture(header, 20.0)
    pages.furniture(footer, 277.0)
    write = pages.writer
    pages.pages[0] += "".join(_link(write, one, at) for at, one in enumerate(links))
    white = '<ofd:FillColor Value="255 255 255"/>'
    pages.pages[0] += "".join(
        write.text(LEFT, BOTTOM + 2 + 4 * at, one, 3.0, inner=white) for at, one in enumerate(hidden)
    )
    if footnotes:
        pages.pages[0] += write.rule(LEFT, 255.0, LEFT + 50, 255.0)
        for at, one in enumerate(footnotes):
            pages.pages[0] += write.text(LEFT, 259.0 + at * 4, f"{at + 1} {one}", SMALL)
    if picture:
        pages.pages[-1] += (
            '<ofd:ImageObject ID="99" Boundary="60 150 80 60" CTM="80 0 0 60 0 0" ResourceID="90"/>'
        )
    return package(
        _members(pages.pages, watermark, properties or {}, annotation, attachments or {}, picture, write)
    )


def _link(write: Writer, address: str, at: int) -> str:
    action = f'<ofd:Actions><ofd:Action Event="CLICK"><ofd:URI URI={quoteattr(address)}/></ofd:Action></ofd:Actions>'
    write.ids += 1
    return (
        f'<ofd:PathObject ID="{write.ids}" Boundary="{LEFT} {TOP + at} 20 5" Stroke="false">{action}'
        "<ofd:AbbreviatedData>M 0 0 L 20 0 L 20 5 L 0 5 C</ofd:AbbreviatedData></ofd:PathObject>"
    )


def document(name: str, inner: str) -> str:
    """An XML file with this root."""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<ofd:{name} xmlns:ofd="{NS}">{inner}</ofd:{name}>'


def page(objects: str, *, area: str = "", template: str = "") -> str:
    """The content file of a page with these objects in its body layer."""
    reference = f'<ofd:Template TemplateID="{template}"/>' if template else ""
    return document(
        "Page",
        f'{area}{reference}<ofd:Content><ofd:Layer ID="2" Type="Body">{objects}</ofd:Layer></ofd:Content>',
    )


def slanted(text: str, *, degrees: float = 45.0, size: float = 14.0) -> str:
    """A pale text across the page, as watermarks are written."""
    turn = math.radians(degrees)
    matrix = f"{math.cos(turn):.4f} {-math.sin(turn):.4f} {math.sin(turn):.4f} {math.cos(turn):.4f} 0 0"
    steps = " ".join([str(size)] * (len(text) - 1))
    return (
        f'<ofd:TextObject ID="80" Boundary="50 200 120 120" CTM="{matrix}" Font="1" Size="{size}">'
        f'<ofd:FillColor Value="200 200 200" Alpha="120"/><ofd:TextCode X="0" Y="0" DeltaX="{steps}">'
        f"{escape(text)}</ofd:TextCode></ofd:TextObject>"
    )


def _members(
    pages: Sequence[str],
    watermark: str,
    properties: Mapping[str, str],
    annotation: str,
    attachments: Mapping[str, bytes],
    picture: bytes,
    write: Writer,
) -> dict[str, str | bytes]:
    fonts = "".join(
        f'<ofd:Font ID="{at}" FontName="{name}"/>'
        for at, name in enumerate(("仿宋", "小标宋", "黑体", "楷体"), 1)
    )
    media = (
        '<ofd:MultiMedias><ofd:MultiMedia ID="90" Type="Image"><ofd:MediaFile>Image_90.png</ofd:MediaFile>'
        "</ofd:MultiMedia></ofd:MultiMedias>"
    )
    listed = "".join(
        f'<ofd:Page ID="{at + 1}" BaseLoc="Pages/Page_{at}/Content.xml"/>' for at in range(len(pages))
    )
    common = (
        f"<ofd:MaxUnitID>{write.ids}</ofd:MaxUnitID><ofd:PageArea><ofd:PhysicalBox>0 0 {WIDTH:g} {HEIGHT:g}"
        "</ofd:PhysicalBox></ofd:PageArea><ofd:PublicRes>PublicRes.xml</ofd:PublicRes>"
        "<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>"
        + ('<ofd:TemplatePage ID="70" BaseLoc="Tpls/Tpl_0/Content.xml"/>' if watermark else "")
    )
    tail = "<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations>" if annotation else ""
    tail += "<ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments>" if attachments else ""
    files: dict[str, str | bytes] = {
        "OFD.xml": document(
            "OFD",
            f"<ofd:DocBody><ofd:DocInfo><ofd:DocID>1</ofd:DocID>{_information(properties)}</ofd:DocInfo>"
            "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>",
        ),
        "Doc_0/Document.xml": document(
            "Document", f"<ofd:CommonData>{common}</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages>{tail}"
        ),
        "Doc_0/PublicRes.xml": document("Res", f"<ofd:Fonts>{fonts}</ofd:Fonts>"),
        "Doc_0/DocumentRes.xml": document("Res", media if picture else ""),
    }
    for at, body in enumerate(pages):
        files[f"Doc_0/Pages/Page_{at}/Content.xml"] = page(body, template="70" if watermark else "")
    if watermark:
        files["Doc_0/Tpls/Tpl_0/Content.xml"] = page(slanted(watermark))
    files |= _annotation_files(annotation) if annotation else {}
    files |= _attachment_files(attachments) if attachments else {}
    return files | ({"Doc_0/Res/Image_90.png": picture} if picture else {})


def _annotation_files(remark: str) -> dict[str, str | bytes]:
    return {
        "Doc_0/Annots/Annotations.xml": document(
            "Annotations", '<ofd:Page PageID="1"><ofd:FileLoc>Page_0/Annotation.xml</ofd:FileLoc></ofd:Page>'
        ),
        "Doc_0/Annots/Page_0/Annotation.xml": document(
            "PageAnnot",
            '<ofd:Annot ID="60" Type="Highlight" Creator="reader" LastModDate="2024-12-26">'
            f"<ofd:Remark>{escape(remark)}</ofd:Remark>"
            f'<ofd:Appearance Boundary="{LEFT} {TOP} 40 8"/></ofd:Annot>',
        ),
    }


def _attachment_files(attachments: Mapping[str, bytes]) -> dict[str, str | bytes]:
    rows = "".join(
        f'<ofd:Attachment ID="a{at}" Name={quoteattr(name)}><ofd:FileLoc>{escape(name)}</ofd:FileLoc></ofd:Attachment>'
        for at, name in enumerate(attachments)
    )
    return {
        "Doc_0/Attachs/Attachments.xml": document("Attachments", rows),
        **{f"Doc_0/Attachs/{name}": data for name, data in attachments.items()},
    }


_KNOWN = ("Title", "Author", "Subject", "Abstract", "Keywords", "Creator")


def _information(properties: Mapping[str, str]) -> str:
    known = "".join(_property(name, properties[name]) for name in _KNOWN if name in properties)
    custom = "".join(
        f"<ofd:CustomData Name={quoteattr(name)}>{escape(value)}</ofd:CustomData>"
        for name, value in properties.items()
        if name not in _KNOWN
    )
    return known + (f"<ofd:CustomDatas>{custom}</ofd:CustomDatas>" if custom else "")


def _property(name: str, value: str) -> str:
    if name == "Keywords":
        inner = "".join(f"<ofd:Keyword>{escape(one)}</ofd:Keyword>" for one in value.split(";"))
        return f"<ofd:Keywords>{inner}</ofd:Keywords>"
    return f"<ofd:{name}>{escape(value)}</ofd:{name}>"


def package(files: Mapping[str, str | bytes]) -> bytes:
    """The package of these files, always with the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, WHEN), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
