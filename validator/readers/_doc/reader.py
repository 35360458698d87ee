"""Word binary files: the stories of the file in reading order, and what is noticed about it. [MS-DOC]"""

from __future__ import annotations

from dataclasses import dataclass

from validator.model.document import Document, Kind

from .. import _flow, _limits
from .._base import Source
from .._draft import Draft, assemble, rendition
from .._flow import Volume
from .file import Cursor, Length, Part, WordFile, units
from .ole import Compound
from .story import Stories
from .summary import read_summary

_PAGE = 512
_TEMPLATE, _NEXT = 0x0001, 8
_SEPARATORS = 6
"""Stories before the headers: what stands between the text and the notes. [MS-DOC] 2.8.21"""
_VARIANTS = ("header", "header", "footer", "footer", "header", "footer")
"""Of each section: even and odd header, even and odd footer, those of its first page."""
_BOX_DATA, _BOX_REUSED, _BOX_SHAPE = 22, 8, 14
_COMMENT_DATA = 30
_NO_AUTHOR = "Unknown"
_MOST_AUTHORS = 10_000


def read(source: Source) -> Document:
    """Read a Word 97–2003 or Kingsoft Writer document.

    Raises:
        ReadError: damaged, encrypted, of another program or an older Word, or over a limit.
    """
    volume = Volume(source.path)
    compound = Compound(source.data, source.path)
    word = _Word(WordFile(compound), volume, compound.objects())
    drafts = word.drafts()
    properties, fallback = read_summary(compound)
    drafts, marks = _flow.without_pictures(
        [*drafts, *_glossary(compound, word.file, volume), *properties, *word.embedded()]
    )
    _limits.check_size(source.path, len(drafts), sum(len(one.text) for one in drafts))
    for draft in drafts:
        draft.text = units(draft.text)
    text = rendition(drafts)
    blocks, title = assemble(drafts, fallback)
    return Document(
        path=source.path,
        format="doc",
        encoding=None,
        source=text,
        blocks=blocks,
        title=title,
        notices=tuple(_flow.notices(volume, blocks, marks)),
    )


def _glossary(compound: Compound, file: WordFile, volume: Volume) -> list[Draft]:
    """Building blocks (AutoText) that a template brings along: a second text, which no page shows."""
    base = file.u16(_NEXT) * _PAGE
    if not base or not file.u16(10) & _TEMPLATE:
        return []
    inner = _Word(WordFile(compound, base), volume, {}).body()
    drafts = _flow.hide(inner, "attachment", Kind.META)
    for one in drafts:
        one.kind = Kind.META
        one.part = "attachment" if one.part in ("hidden", "body") else one.part
    return drafts


@dataclass(slots=True)
class _Box:
    """The text of a text box: where it stands, the shape it is in, and whether it is a spare one."""

    start: int
    end: int
    shape: int
    spare: bool
    header: bool
    done: bool = False


class _Word:
    """The stories of one text; each method gives the drafts of one kind."""

    def __init__(self, file: WordFile, volume: Volume, objects: dict[str, str]) -> None:
        self.file = file
        self.volume = volume
        self._stories = Stories(file, volume, objects)
        self._stories.box_text = self._box_text
        self._boxes = [
            *self._read_boxes(Part.BOXES, Length.BOXES, header=False),
            *self._read_boxes(Part.HEADER_BOXES, Length.HEADER_BOXES, header=True),
        ]
        self._by_shape: dict[int, list[_Box]] = {}
        for box in self._boxes:
            self._by_shape.setdefault(box.shape, []).append(box)

    def drafts(self) -> list[Draft]:
        """Everything, in reading order."""
        return [
            *self.body(),
            *self._furniture(),
            *self._shapes(),
            *self._notes(Part.FOOTNOTES, Length.FOOTNOTES, "footnote"),
            *self._notes(Part.ENDNOTES, Length.ENDNOTES, "endnote"),
            *self._comments(),
            *self._rest(),
        ]

    def body(self) -> list[Draft]:
        """The main text, and text boxes that stand nowhere in it."""
        drafts = self._stories.story(*self.file.span(Length.MAIN), "body")
        return drafts + self._loose(header=False, kind=Kind.PARAGRAPH)

    def _furniture(self) -> list[Draft]:
        """Headers and footers, every variant once, and what is written between text and notes."""
        found: dict[str, list[Draft]] = {"header": [], "footer": [], "footnote": []}
        for number, (start, end) in enumerate(self.file.ranges(Part.HEADERS, Length.HEADERS, 0)):
            part = "footnote" if number < _SEPARATORS else _VARIANTS[(number - _SEPARATORS) % len(_VARIANTS)]
            found[part] += self._stories.story(start, end, part, Kind.FURNITURE)
        drafts = [one for drafts in found.values() for one in drafts]
        return _flow.without_repeats(drafts + self._loose(header=True, kind=Kind.FURNITURE))

    def _notes(self, part: Part, story: Length, name: str) -> list[Draft]:
        ranges = self.file.ranges(part, story, 0)
        return [draft for start, end in ranges for draft in self._stories.story(start, end, name)]

    def _comments(self) -> list[Draft]:
        """Comments of reviewers, and the names of those who commented on or changed the text."""
        drafts: list[Draft] = []
        for start, end in self.file.ranges(Part.COMMENTS, Length.COMMENTS, 0):
            drafts += self._stories.story(start, end, "comment", Kind.META)
        self.volume.comments += max(0, len(self.file.places(Part.COMMENT_PLACES, _COMMENT_DATA)) - 1)
        for name in self._authors():
            drafts += self.volume.once(name, "name")
        return drafts

    def _authors(self) -> list[str]:
        cursor = Cursor(self.file.part(Part.COMMENT_AUTHORS), self.file.shown)
        names: list[str] = []
        while cursor.at < len(cursor.data) and len(names) < _MOST_AUTHORS:
            names.append(cursor.words())
        if self.volume.revisions and (data := self.file.part(Part.REVISION_AUTHORS)):
            cursor = Cursor(data, self.file.shown)
            cursor.take(2)
            count = cursor.number(2)
            cursor.take(2)
            names += [cursor.words() for _ in range(count)]
        return [one for one in names if one != _NO_AUTHOR]

    def _rest(self) -> list[Draft]:
        """Text behind the last story: nothing shows it."""
        end = sum(self.file.lengths.values())
        return self._stories.story(min(end, len(self.file.text)), len(self.file.text), "body", hidden=True)

    # Drawings.

    def _read_boxes(self, part: Part, story: Length, *, header: bool) -> list[_Box]:
        places = self.file.places(part, _BOX_DATA)
        data = self.file.part(part)
        found: list[_Box] = []
        for number, (start, end) in enumerate(self.file.ranges(part, story, _BOX_DATA)):
            at = 4 * len(places) + _BOX_DATA * number
            about = data[at : at + _BOX_DATA]
            spare = len(about) == _BOX_DATA and bool(about[_BOX_REUSED] & 1)
            shape = int.from_bytes(about[_BOX_SHAPE : _BOX_SHAPE + 4], "little")
            found.append(_Box(start, end, shape, spare, header))
        return found

    def _box_text(self, shape: int, kind: Kind) -> list[Draft]:
        return [draft for box in self._by_shape.get(shape, ()) for draft in self._box(box, kind)]

    def _box(self, box: _Box, kind: Kind) -> list[Draft]:
        if box.done:
            return []
        box.done = True
        return self._stories.story(box.start, box.end, "textbox", kind, hidden=box.spare)

    def _loose(self, *, header: bool, kind: Kind) -> list[Draft]:
        boxes = [one for one in self._boxes if one.header is header]
        return [draft for box in boxes for draft in self._box(box, kind)]

    def _shapes(self) -> list[Draft]:
        """What shapes say that stand nowhere in the text."""
        drafts: list[Draft] = []
        for number in self._stories.drawings.shapes:
            drafts += self._stories.shape_drafts(number, Kind.FURNITURE)[0]
        return drafts

    def embedded(self) -> list[Draft]:
        """Embedded files that stand nowhere in the text."""
        names = list(self._stories.objects.values())
        return [draft for name in names for draft in self.volume.embed(name)]
