"""Drawings of an OpenDocument text: text boxes, shapes, watermarks, pictures, charts, formulas, objects."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from validator.model.document import Kind

from .._flow import Paragraph
from . import names as odf

if TYPE_CHECKING:
    from lxml.etree import _Element

    from .story import Story

_WATERMARK = "PowerPlusWaterMarkObject"
_FONTWORK = ("fontwork", "mso-spt136")
_BLOCKS = ("text:p", "text:h", "text:list", "table:table")
_MATH = frozenset(f"math:{one}" for one in ("mi", "mn", "mo", "mtext", "ms"))
_WEB = ("http:", "https:", "ftp:", "//")
_SHOWN_IN_FORM = ("form:label", "form:value", "form:current-value", "form:title")
_LINKED = frozenset(("draw:floating-frame", "draw:plugin", "draw:applet"))


class Drawings:
    """Reads drawings into the open paragraph of a story."""

    def __init__(self, story: Story) -> None:
        self._story = story

    @property
    def _paragraph(self) -> Paragraph:
        return self._story.paragraph

    def read(self, element: _Element) -> None:
        """A frame, a shape, a group or a link around one."""
        tag = odf.name(element)
        shared = self._story.shared
        shared.deeper()
        self._described(element)
        if tag == "draw:frame":
            self._frame(element)
        else:
            self._link(element)
            if any(odf.name(one) in _BLOCKS for one in element):
                self._text(element, watermark=_is_watermark(element))
            else:
                for child in element:
                    if odf.name(child).startswith("draw:"):
                        self.read(child)
        shared.depth -= 1

    def _described(self, element: _Element) -> None:
        for wanted in ("svg:title", "svg:desc"):
            if (found := odf.child(element, wanted)) is not None:
                self._once(odf.text_of(found), "alt")

    def _once(self, text: str, part: str) -> None:
        self._paragraph.boxes += self._story.shared.volume.once(text, part)

    def _link(self, element: _Element) -> None:
        target = odf.get(element, "xlink:href")
        if target and not target.startswith("#"):
            self._paragraph.box(target, "link")

    def _frame(self, element: _Element) -> None:
        tags = [odf.name(child) for child in element]
        if "draw:image" in tags and not any(tag.startswith("draw:object") for tag in tags):
            # Several pictures are the same one in other formats; that of an object is its image.
            self._paragraph.picture()
        for child, tag in zip(element, tags, strict=True):
            if tag == "draw:text-box":
                self._text(child, watermark=False)
            elif tag in ("draw:object", "draw:object-ole"):
                self._object(child, odf.get(element, "draw:name"))
            elif tag == "draw:image-map":
                for area in child:
                    self._link(area)
            elif tag in _LINKED or odf.get(child, "xlink:href").startswith(_WEB):
                self._link(child)

    def _text(self, element: _Element, *, watermark: bool) -> None:
        kind = Kind.FURNITURE if watermark else self._story.kind
        part = "watermark" if watermark else "textbox"
        self._paragraph.boxes += self._story.inner(part, kind).walk(element)

    def _object(self, element: _Element, name: str) -> None:
        root = self._story.shared.parts.object(element) if odf.name(element) == "draw:object" else None
        if root is not None and odf.name(root) == "math:math":
            formula = "".join(one.text or "" for one in root.iter() if odf.name(one) in _MATH)
            self._paragraph.add(formula.strip())
            return
        chart = odf.child(root, "office:body", "office:chart")
        if chart is None:
            target = posixpath.basename(odf.get(element, "xlink:href").rstrip("/"))
            self._paragraph.boxes += self._story.shared.volume.embed(name or target or "OLE")
            return
        texts = (" ".join(odf.text_of(one).split()) for one in chart.iter(odf.clark("text:p")))
        for text in dict.fromkeys(texts):
            if any(one.isalpha() for one in text):
                self._paragraph.box(text, "chart", Kind.FURNITURE)

    def forms(self, element: _Element) -> None:
        """Controls of a form: what is written on them and what has been filled in."""
        for one in element.iter():
            for wanted in _SHOWN_IN_FORM:
                if odf.name(one).startswith("form:") and (words := odf.get(one, wanted)):
                    self._paragraph.box(words, "textbox", Kind.FURNITURE)


def _is_watermark(element: _Element) -> bool:
    if odf.get(element, "draw:name").startswith(_WATERMARK):
        return True
    geometry = odf.child(element, "draw:enhanced-geometry")
    if geometry is None:
        return False
    text_path = odf.get(geometry, "draw:text-path") == "true"
    return text_path or odf.get(geometry, "draw:type").startswith(_FONTWORK)
