"""Walks the stories of a Word binary file: paragraphs, cells, fields, special characters. [MS-DOC] 2.4"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from validator.model.document import Kind
from validator.text.lazy import lazy

from .. import _flow
from .._draft import Draft
from .._flow import Mode, Volume
from .._flowstory import RowDef, Story
from .draw import Drawings, Shape
from .fields import Fields, matched
from .file import Cursor, Part, WordFile
from .format import Paragraphs, Spans, character_spans
from .list import Lists
from .ole import UNNAMED
from .style import Form, Mark, Styles

_ENDS = re.compile("[\r\x07\x0c]")
_SPECIAL = re.compile("[\0-\x08\x0a-\x1f\uf020-\uf0ff(]")
_PICTURE, _DRAWING, _CELL, _PAGE = "\x01", "\x08", "\x07", "\x0c"
_BREAKS = ("\x0b", "\x0c", "\x0e")
_FIELD_MARKS = ("\x13", "\x14", "\x15")
_PLAIN = {"\x1e": "-", "\x0a": " "}
_DIGIT_END = lazy(r"[.\d]$")


class Stories:
    """What all stories of one file share, and what is gathered while they are read.

    `box_text` gives the drafts of the text in a shape, by the number of the shape.
    """

    def __init__(self, file: WordFile, volume: Volume, objects: dict[str, str]) -> None:
        self.file = file
        self.volume = volume
        self.objects = dict(objects)
        self.styles = Styles(file)
        self.lists = Lists(file)
        self.drawings = Drawings(file)
        self.fonts = read_fonts(file)
        self.spans: Spans = character_spans(file)
        self.paragraphs = Paragraphs(file)
        self.box_text: Callable[[int, Kind], list[Draft]] = lambda _number, _kind: []
        self.seen: set[int] = set()

    def story(
        self, start: int, end: int, part: str, kind: Kind = Kind.PARAGRAPH, *, hidden: bool = False
    ) -> list[Draft]:
        """Drafts of the text from `start` to `end`."""
        if start >= end:
            return []
        return _Walk(self, part, kind, hidden=hidden).run(start, end)

    def shape_drafts(self, number: int, kind: Kind) -> tuple[list[Draft], int]:
        """What a shape and those in it say, and how many of them are pictures. Each shape is read once."""
        found: list[Draft] = []
        pictures = 0
        family = self.drawings.family(number)
        concealed = bool(family) and family[0].hidden
        for shape in family:
            if shape.number in self.seen:
                continue
            self.seen.add(shape.number)
            hidden = concealed or shape.hidden
            shape.hidden = hidden
            found += shape.drafts(kind, self.volume)
            inner = self.box_text(shape.number, kind)
            if shape.is_watermark and kind is Kind.FURNITURE:
                for one in inner:
                    one.part = "watermark" if one.part == "textbox" else one.part
            found += _flow.hide(inner, "textbox", kind) if hidden else inner
            pictures += shape.picture
        if not family:
            found += self.box_text(number, kind)
        return found, pictures


@dataclass(slots=True)
class _Revisions:
    """Whether the last characters were inserted, deleted, changed: neighbours are one revision."""

    inserted: bool = False
    deleted: bool = False
    changed: bool = False

    def step(self, mark: Mark) -> int:
        """How many revisions begin with these characters."""
        begun = (mark.inserted and not self.inserted) + (mark.deleted and not self.deleted)
        begun += mark.changed and not self.changed
        self.inserted, self.deleted, self.changed = mark.inserted, mark.deleted, mark.changed
        return begun


class _Walk:
    """One story on its way from characters to drafts."""

    def __init__(self, shared: Stories, part: str, kind: Kind, *, hidden: bool) -> None:
        self.shared = shared
        self.story = Story(shared.volume, part, kind, hidden=hidden)
        self.fields = Fields()
        self._text = shared.file.text
        self._revisions = _Revisions()
        self._form = Form()
        self._white = True
        self._label_waits = True
        self._matched: frozenset[int] = frozenset()

    def run(self, start: int, end: int) -> list[Draft]:
        """Everything from `start` to `end`."""
        self._matched = matched(self._text, start, end)
        for first, mark in self._paragraphs(start, end):
            data = self.shared.paragraphs.at(min(mark, end - 1))
            self._form = self.shared.styles.form(data)
            self._paragraph(first, mark)
            if mark < end:
                self._end(mark)
        return self.story.finish()

    def _paragraphs(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Start and mark of each paragraph; the mark of a last one without any is `end`."""
        first = start
        for found in _ENDS.finditer(self._text, start, end):
            at = found.start()
            if found[0] == _PAGE and not self.shared.paragraphs.ends_at(at):
                continue
            yield first, at
            first = at + 1
        if first < end:
            yield first, end

    # The end of a paragraph.

    def _end(self, at: int) -> None:
        form, story = self._form, self.story
        mark = self.shared.styles.mark(form.style, self.shared.spans.at(at))
        self.shared.volume.revisions += self._revisions.step(mark) + form.changed
        is_cell = self._text[at] == _CELL
        unseen = mark.look.vanish or mark.deleted
        if self._label_waits and form.list and not form.ends_row and not unseen:
            # Also what has no text is counted; a cell that has none shows its number alone.
            label = self._label("").strip()
            self._label_waits = False
            if is_cell or form.ends_cell:
                self._write(label, Mode.SHOWN)
        if form.ends_row and (is_cell or form.level > 1):
            self._end_row(form)
        elif is_cell or form.ends_cell:
            story.end_cell(form.look, max(1, form.level))
            self._label_waits = True
        elif self.fields.in_code:
            self.fields.add(" ")
        elif mark.deleted and not form.level:
            # With all revisions accepted the next paragraph goes on here.
            story.paragraph.carry()
        else:
            story.end_paragraph(form.look, form.level)
            self._label_waits = True

    def _end_row(self, form: Form) -> None:
        story = self.story
        row = form.row or RowDef()
        if form.level > 1:
            story.nested_row = row
        else:
            story.row = row
        story.end_row(max(1, form.level), nested=form.level > 1)
        self._label_waits = True

    # Text.

    def _paragraph(self, start: int, end: int) -> None:
        form = self._form
        self._white = not (
            form.level or form.backed or self.story.part == "textbox" or self.shared.drawings.backdrop
        )
        for first, last, data in self.shared.spans.between(start, end):
            mark = self.shared.styles.mark(form.style, data)
            self.shared.volume.revisions += self._revisions.step(mark)
            self._run(first, last, mark)

    def _run(self, start: int, end: int, mark: Mark) -> None:
        mode = Mode.SHOWN
        if mark.deleted:
            mode = Mode.DELETED
        elif mark.look.is_hidden(on_white=self._white):
            mode = Mode.HIDDEN
        at = start
        for found in _SPECIAL.finditer(self._text, start, end):
            sign, place = found[0], found.start()
            if sign == "(" and mark.symbol is None:
                continue
            self._write(self._text[at:place], mode)
            self._special(sign, place, mark, mode)
            at = place + 1
        self._write(self._text[at:end], mode)

    def _write(self, text: str, mode: Mode) -> None:
        if not text or self.fields.add(text):
            return
        if mode is Mode.SHOWN and self._label_waits and text.strip():
            self._label_waits = False
            text = self._label(text)
        self.story.add(text, mode)

    def _label(self, text: str) -> str:
        form = self._form
        label = self.shared.lists.next_label(self.story.part, form.list, form.depth, form.style)
        if not label:
            return text
        text = text.lstrip()
        # 1. and 5万 stand apart on the page; written together they would be another number.
        apart = bool(_DIGIT_END.search(label)) and text[:1].isdigit()
        return label + (" " if apart else "") + text

    def _special(self, sign: str, at: int, mark: Mark, mode: Mode) -> None:
        if sign in _FIELD_MARKS:
            if at in self._matched:
                self._field(sign, mark, mode)
        elif sign in _BREAKS:
            if not self.fields.add(" "):
                self.story.paragraph.end_line(mode)
        elif sign == _PICTURE:
            self._picture(mark, mode)
        elif sign == _DRAWING:
            number = self.shared.drawings.anchors.get(at)
            # A drawing that nothing describes is of an older Word: what is in it cannot be read.
            found = ([], 1) if number is None else self.shared.shape_drafts(number, self.story.kind)
            self._boxes(*found, mode)
        elif sign == "(" and mark.symbol is not None:
            font, code = mark.symbol
            self._write(self._sign(font, code), mode)
        elif sign >= "\uf000":
            self._write(self._sign(mark.font, ord(sign)), mode)
        else:
            self._write(_PLAIN.get(sign, ""), mode)

    def _sign(self, font: int | None, code: int) -> str:
        name = self.shared.fonts[font] if font is not None and font < len(self.shared.fonts) else ""
        return _flow.symbol(name, code) if code >= 0xF000 or _flow.is_symbol_font(name) else chr(code)

    def _field(self, sign: str, mark: Mark, mode: Mode) -> None:
        words = self.fields.mark(sign)
        if mark.object:
            self._object(mark)
        if words is None:
            return
        paragraph = self.story.paragraph
        for link in words.links:
            paragraph.box(link, "link")
        for tip in words.tips:
            paragraph.box(tip, "alt")
        for text in words.scanned:
            paragraph.boxes += self.shared.volume.once(text, "field")
        self._write(words.shown, mode)

    # Pictures.

    def _picture(self, mark: Mark, mode: Mode) -> None:
        if mark.data:
            if mark.place is not None:
                self.fields.form(self.shared.file, mark.place)
        elif mark.object:
            self._object(mark)
        else:
            shapes = self.shared.drawings.inline(mark.place) if mark.place is not None else []
            self._inline(shapes, mode)

    def _object(self, mark: Mark) -> None:
        name = self.shared.objects.pop(f"_{mark.place}", None)
        if name is not None:
            kind = self.fields.embedded if name == UNNAMED else ""
            self.story.paragraph.boxes += self.shared.volume.embed(kind or name)

    def _inline(self, shapes: list[Shape], mode: Mode) -> None:
        drafts = [draft for shape in shapes for draft in shape.drafts(self.story.kind, self.shared.volume)]
        pictures = sum(one.picture for one in shapes)
        if not shapes:
            # A picture without a drawing around it, as older programs write.
            pictures = 1
        self._boxes(drafts, 0 if self.fields.embeds else pictures, mode)

    def _boxes(self, drafts: list[Draft], pictures: int, mode: Mode) -> None:
        paragraph = self.story.paragraph
        if mode is not Mode.SHOWN:
            drafts = _flow.hide(drafts, "textbox", self.story.kind)
            for one in drafts:
                one.part = "deleted" if mode is Mode.DELETED and one.part == "hidden" else one.part
        paragraph.boxes += drafts
        for _ in range(pictures):
            paragraph.picture()


def read_fonts(file: WordFile) -> list[str]:
    """Names of the fonts by number. [MS-DOC] 2.9.286, 2.9.83"""
    data = file.part(Part.FONTS)
    if not data:
        return []
    cursor = Cursor(data, file.shown)
    count = cursor.number(2)
    cursor.take(2)
    names: list[str] = []
    for _ in range(count):
        entry = cursor.take(cursor.number(1))
        names.append(entry[39:].decode("utf-16-le", "replace").partition("\0")[0])
    return names
