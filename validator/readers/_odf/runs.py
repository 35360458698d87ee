"""Runs of an OpenDocument paragraph: text, fields, notes, links, tracked changes, what is anchored there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from validator.model.document import Kind
from validator.text.lazy import lazy

from .._draft import Draft
from .._flow import Mode, Paragraph
from . import names as odf
from .drawing import Drawings
from .styles import Face, Styles

if TYPE_CHECKING:
    from lxml.etree import _Element

    from .story import Shared, Story

_SPACE = re.compile(r"[ \t\r\n]+")
_MOST_SPACES = 500
_MARKS = ("text:change", "text:change-start", "text:change-end")
_SILENT = frozenset(
    {
        *(
            "text:number",
            "text:note-citation",
            "text:script",
            "office:annotation-end",
            "office:event-listeners",
        ),
        *("text:soft-page-break", "text:toc-mark-end", "office:binary-data", "field:param"),
    }
)
_BREAKS = ("text:line-break", "text:page-break")
_AUTOMATIC = lazy(r"(?:[A-Za-z ]{0,30}|[一-鿿]{0,5})[ _]?[\d.]+")
"""A name that a program gives to a field, or a number."""
_WORDS = (
    *("office:string-value", "text:string-value-if-true", "text:string-value-if-false", "text:description"),
    "text:string-value",
)
"""Attributes that hold words which the page does not show, or shows another time."""


class Runs:
    """Reads the paragraphs of a story into its open `Paragraph`."""

    def __init__(self, story: Story) -> None:
        self._story = story
        self._shared: Shared = story.shared
        self._styles: Styles = story.styles
        self._blank = True
        self._hidden_paragraph = False
        self._drawings = Drawings(story)

    @property
    def _paragraph(self) -> Paragraph:
        return self._story.paragraph

    def read(self, element: _Element, face: Face) -> bool:
        """Read a paragraph; True when a field in it hides it as a whole."""
        self._blank = True
        self._hidden_paragraph = False
        self._inline(element, face)
        return self._hidden_paragraph

    def _inline(self, element: _Element, face: Face) -> None:
        self._shared.deeper()
        if element.text:
            self._text(element.text, face)
        for child in element:
            self._child(child, odf.name(child), face)
            if child.tail:
                self._text(child.tail, face)
        self._shared.depth -= 1

    def _text(self, text: str, face: Face) -> None:
        # White space is one space, none at the start of a paragraph and behind another (ODF 1.3, 6.1.2).
        text = _SPACE.sub(" ", text)
        if self._blank and text.startswith(" "):
            text = text[1:]
        if text:
            self._blank = text.endswith(" ")
            self._write(text, face)

    def _write(self, text: str, face: Face) -> None:
        self._paragraph.add(text, self._mode(face, text))

    def _mode(self, face: Face, text: str) -> Mode:
        if self._shared.open_deletions:
            return Mode.DELETED
        if self._story.part == "watermark":
            # Letters of a shape are as large as the shape, whatever their size: LibreOffice writes 1pt.
            return Mode.HIDDEN if face.hidden else Mode.SHOWN
        return Mode.HIDDEN if face.is_hidden(text, on_white=self._story.on_white) else Mode.SHOWN

    def _child(self, child: _Element, tag: str, face: Face) -> None:
        if tag == "text:span":
            self._inline(child, self._styles.face("text", odf.get(child, "text:style-name")).over(face))
        elif tag == "text:s":
            self._write(" " * min(max(1, odf.whole(child, "text:c")), _MOST_SPACES), face)
            self._blank = False
        elif tag == "text:tab":
            self._write("\t", face)
            self._blank = False
        elif tag in _BREAKS:
            self._paragraph.end_line(self._mode(face, ""))
            self._blank = True
        elif tag not in _SILENT and not self.anchored(child, tag):
            self._field(child, tag, face)

    def anchored(self, child: _Element, tag: str) -> bool:
        """Read what may stand in a paragraph or between two: notes, comments, drawings, marks of changes."""
        if tag in _MARKS:
            self._change(child, tag)
        elif tag == "office:annotation":
            self._comment(child)
        elif tag == "text:note":
            self._note(child)
        elif tag == "office:forms":
            self._drawings.forms(child)
        elif tag == "text:user-field-decls":
            for one in child:
                self._paragraph.boxes += self._shared.volume.once(
                    odf.get(one, "office:string-value"), "field"
                )
        elif tag.startswith("draw:"):
            self._drawings.read(child)
        else:
            return False
        return True

    def _change(self, child: _Element, tag: str) -> None:
        key = odf.get(child, "text:change-id")
        if tag == "text:change":
            self._paragraph.boxes += self._story.deleted(key)
        elif tag == "text:change-end":
            self._shared.open_deletions.discard(key)
        elif key in self._shared.deletions:
            self._shared.open_deletions.add(key)

    def _comment(self, child: _Element) -> None:
        volume = self._shared.volume
        volume.comments += 1
        author = odf.child(child, "dc:creator")
        if author is not None:
            self._shared.comments += volume.once(odf.text_of(author), "comment")
        self._shared.comments += self._inner(child, "comment", Kind.META)

    def _note(self, child: _Element) -> None:
        kind = "endnote" if odf.get(child, "text:note-class") == "endnote" else "footnote"
        body = odf.child(child, "text:note-body")
        if body is not None:
            self._shared.notes[kind] += self._inner(body, kind, Kind.PARAGRAPH)

    def _inner(self, element: _Element, part: str, kind: Kind) -> list[Draft]:
        self._shared.deeper()
        found = self._story.inner(part, kind).walk(element)
        self._shared.depth -= 1
        return found

    def _field(self, child: _Element, tag: str, face: Face) -> None:
        if tag == "text:ruby-text":
            self._paragraph.boxes += self._shared.volume.once(odf.text_of(child), "annotation")
            return
        if tag == "text:a":
            self.link(child)
        elif tag.startswith("field:"):
            self._form_field(child, tag, face)
        elif tag == "text:hidden-paragraph":
            self._hidden_paragraph |= odf.get(child, "text:is-hidden") != "false"
        if tag == "text:hidden-text":
            self._hidden_text(child, face)
            return
        self._unshown(child)
        if odf.get(child, "text:display") == "none":
            self._inline(child, Face(hidden=True).over(face))
        else:
            self._inline(child, face)

    def _unshown(self, child: _Element) -> None:
        """Words in attributes of a field: of an index entry, of another case, of the choices of a list."""
        for wanted in _WORDS:
            if words := odf.get(child, wanted):
                self._paragraph.boxes += self._words(words, odf.text_of(child))
        for one in child.iterchildren(odf.clark("text:label"), odf.clark("loext:list-item")):
            words = odf.get(one, "text:value") or odf.get(one, "loext:display-text")
            self._paragraph.boxes += self._words(words, "")

    def _words(self, words: str, shown: str) -> list[Draft]:
        if words == shown or _AUTOMATIC.fullmatch(words):
            return []
        return self._shared.volume.once(words, "field")

    def _hidden_text(self, child: _Element, face: Face) -> None:
        if odf.get(child, "text:is-hidden") != "false":
            face = Face(hidden=True).over(face)
        text = odf.text_of(child) or odf.get(child, "text:string-value")
        self._text(text, face)

    def _form_field(self, child: _Element, tag: str, face: Face) -> None:
        values = {
            odf.get(one, "field:name").rpartition(".")[2].rpartition("_")[2].lower(): odf.get(
                one, "field:value"
            )
            for one in child.iterchildren(odf.clark("field:param"))
        }
        kind = odf.get(child, "field:type").rpartition(".")[2]
        if tag == "field:fieldmark" and kind == "FORMCHECKBOX":
            self._write("☑" if values.get("checked") == "true" else "□", face)
        for words in (odf.get(child, "text:name"), *values.values()):
            self._paragraph.boxes += self._words(words, "")

    def link(self, child: _Element) -> None:
        """The address of a link, unless it leads to a place in the report itself; and its title."""
        target = odf.get(child, "xlink:href")
        if target and not target.startswith("#"):
            self._paragraph.box(target, "link")
        for wanted in ("office:title", "xlink:title"):
            self._paragraph.boxes += self._shared.volume.once(odf.get(child, wanted), "alt")
