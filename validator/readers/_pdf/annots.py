"""Annotations of a PDF page: comments, links, form fields, text boxes, attached files, hidden ones."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from .. import _limits
from .._page.page import Box, Glyph, Style
from .pdfium import string, wide

MOST_ANNOTATIONS = 20_000
_GONE = pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW
_NO_COMMENT = (pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_POPUP)
_STAMPS = (pdfium.FPDF_ANNOT_STAMP, pdfium.FPDF_ANNOT_WATERMARK)
_FIELD_SIZE = 12.0
_FIELD_SHARE = 0.75
_TICKS = (pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON)
_NO_VALUE = (pdfium.FPDF_FORMFIELD_PUSHBUTTON, pdfium.FPDF_FORMFIELD_SIGNATURE, pdfium.FPDF_FORMFIELD_UNKNOWN)
_PASSWORD = pdfium.FPDF_FORMFLAG_TEXT_PASSWORD


@dataclass(slots=True, kw_only=True)
class Annotations:
    """What the annotations of one page say. `fields` are the characters of filled form fields, where
    they stand on the page."""

    comments: list[str] = field(default_factory=list)
    notes: int = 0
    boxes: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    fields: list[Glyph] = field(default_factory=list)
    stamps: int = 0


def read(handle: Any, page: Any, form: Any, shown: str) -> Annotations:
    """The annotations of a page.

    Raises:
        ReadError: more than a page of a report has (DOC007).
    """
    found = Annotations()
    count = pdfium.FPDFPage_GetAnnotCount(page)
    if count > MOST_ANNOTATIONS:
        raise _limits.over(
            shown,
            f"一页的注释超过 {MOST_ANNOTATIONS} 个",
            f"more than {MOST_ANNOTATIONS} annotations on a page",
        )
    for at in range(max(0, count)):
        annotation = pdfium.FPDFPage_GetAnnot(page, at)
        if annotation:
            try:
                _one(handle, page, form, annotation, found)
            finally:
                pdfium.FPDFPage_CloseAnnot(annotation)
    return found


def _one(handle: Any, page: Any, form: Any, annotation: Any, found: Annotations) -> None:
    kind = pdfium.FPDFAnnot_GetSubtype(annotation)
    gone = bool(pdfium.FPDFAnnot_GetFlags(annotation) & _GONE)
    text = wide(lambda b, n: pdfium.FPDFAnnot_GetStringValue(annotation, b"Contents", b, n)).strip()
    if kind == pdfium.FPDF_ANNOT_LINK:
        found.links.extend(_targets(handle, annotation))
        found.links.extend([text] if len(text) > 1 and not text.isdigit() else [])
    elif kind == pdfium.FPDF_ANNOT_WIDGET:
        _widget(page, form, annotation, found, gone=gone)
    elif kind == pdfium.FPDF_ANNOT_FREETEXT:
        (found.hidden if gone else found.boxes).extend(_lines(text))
    elif kind not in _NO_COMMENT:
        if kind == pdfium.FPDF_ANNOT_FILEATTACHMENT:
            found.files.append(_file_name(pdfium.FPDFAnnot_GetFileAttachment(annotation)) or text or "?")
        found.stamps += kind in _STAMPS
        if text:
            found.comments.append(text)
        found.notes += bool(text) or kind == pdfium.FPDF_ANNOT_TEXT


def _lines(text: str) -> list[str]:
    return [line for line in (one.strip() for one in text.splitlines()) if line]


def _targets(handle: Any, annotation: Any) -> Iterator[str]:
    """Where a link leads: an address, or a file."""
    link = pdfium.FPDFAnnot_GetLink(annotation)
    action = pdfium.FPDFLink_GetAction(link) if link else None
    if action:
        for call in (
            lambda b, n: pdfium.FPDFAction_GetURIPath(handle, action, b, n),
            lambda b, n: pdfium.FPDFAction_GetFilePath(action, b, n),
        ):
            target = string(call, encoding="utf-8").strip()
            if target:
                yield target


def _file_name(attachment: Any) -> str:
    return wide(lambda b, n: pdfium.FPDFAttachment_GetName(attachment, b, n)) if attachment else ""


def attachments(handle: Any) -> list[str]:
    """Names of the files inside a document."""
    count = min(max(0, pdfium.FPDFDoc_GetAttachmentCount(handle)), _limits.MOST_MEMBERS)
    return [_file_name(pdfium.FPDFDoc_GetAttachment(handle, at)) or "?" for at in range(count)]


def keep_stamps(page: Any) -> bool:
    """Take all annotations off a page but stamps and watermarks, and paint these; whether there is one.

    The text of their appearance is nowhere else; the document is changed in memory only.
    """
    for at in reversed(range(max(0, pdfium.FPDFPage_GetAnnotCount(page)))):
        annotation = pdfium.FPDFPage_GetAnnot(page, at)
        kind = pdfium.FPDFAnnot_GetSubtype(annotation) if annotation else None
        if annotation:
            pdfium.FPDFPage_CloseAnnot(annotation)
        if kind not in _STAMPS:
            pdfium.FPDFPage_RemoveAnnot(page, at)
    return bool(pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY) == pdfium.FLATTEN_SUCCESS)


# Form fields.


def _widget(page: Any, form: Any, annotation: Any, found: Annotations, *, gone: bool) -> None:
    if not form:
        return
    kind = pdfium.FPDFAnnot_GetFormFieldType(form, annotation)
    if kind in _NO_VALUE or pdfium.FPDFAnnot_GetFormFieldFlags(form, annotation) & _PASSWORD:
        return
    if kind in _TICKS:
        state = wide(lambda b, n: pdfium.FPDFAnnot_GetStringValue(annotation, b"AS", b, n))
        value = "□" if state in ("", "Off") else "☑"
    else:
        value = wide(lambda b, n: pdfium.FPDFAnnot_GetFormFieldValue(form, annotation, b, n))
    lines = _lines(value)
    rectangle = pdfium.FS_RECTF()
    placed = pdfium.FPDFAnnot_GetRect(annotation, rectangle)
    box = Box(
        min(rectangle.left, rectangle.right),
        min(rectangle.bottom, rectangle.top),
        max(rectangle.left, rectangle.right),
        max(rectangle.bottom, rectangle.top),
    )
    if gone or not placed or box.width < 1 or box.height < 1:
        found.hidden.extend(line for line in lines if line not in ("☑", "□"))
        return
    found.fields.extend(
        _placed(lines, box.turned(pdfium.FPDFPage_GetRotation(page)), pdfium.FPDFPage_GetRotation(page))
    )


def _placed(lines: Sequence[str], box: Box, quadrant: int) -> Iterator[Glyph]:
    """Characters of a field set into its rectangle, so that they are read where they stand."""
    if not lines:
        return
    size = min(_FIELD_SIZE, _FIELD_SHARE * box.height / len(lines))
    style = Style(size=max(size, 2.0), quadrant=quadrant)
    top = (box.y0 + box.y1) / 2 + len(lines) * size / 2
    for number, line in enumerate(lines, 1):
        advance = min(size, (box.width - 2) / len(line))
        for at, character in enumerate(line):
            x = box.x0 + 1 + at * advance
            yield Glyph(character, x, x + advance, top - number * size + 0.15 * size, style)


# Alternative texts.


def alternatives(page: Any) -> list[str]:
    """Texts that stand for pictures in the structure of a page."""
    tree = pdfium.FPDF_StructTree_GetForPage(page)
    if not tree:
        return []
    try:
        return list(dict.fromkeys(_alternatives(tree)))
    finally:
        pdfium.FPDF_StructTree_Close(tree)


def _alternatives(tree: Any) -> Iterator[str]:
    count = pdfium.FPDF_StructTree_CountChildren(tree)
    stack = [(pdfium.FPDF_StructTree_GetChildAtIndex(tree, at), 1) for at in reversed(range(max(0, count)))]
    seen: set[int] = set()
    while stack:
        element, depth = stack.pop()
        if not element or depth > _limits.MOST_DEPTH or ctypes.addressof(element.contents) in seen:
            continue
        seen.add(ctypes.addressof(element.contents))
        text = _alternative(element)
        if text:
            yield text
        count = max(0, pdfium.FPDF_StructElement_CountChildren(element))
        stack.extend(
            (pdfium.FPDF_StructElement_GetChildAtIndex(element, at), depth + 1)
            for at in reversed(range(count))
        )


def _alternative(element: Any) -> str:
    return wide(lambda buffer, size: pdfium.FPDF_StructElement_GetAltText(element, buffer, size)).strip()
