"""From the characters of a PDF page to rows: runs of text on one base line, apart by wide gaps."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .page import Glyph

WIDE = 1.2
"""A gap of so many font sizes after a blank parts two runs of text of a row: columns, table cells, tabs.
Without a blank a smaller one does."""
_ASCENT, _DESCENT = 0.8, 0.1
_OVERLAP = 0.5
_BACK = 0.5
_STEP = 0.2
"""Within a run characters follow each other no farther than this: what a gap leaves out, a quotation mark
from another font, may be painted later."""
_SAME_PLACE = 0.12
_WORD_GAP = 0.16
_GAP = 0.75
_BLANK = 0.2
_BLANK_WIDTH = 0.5
_MOST_BLANKS = 100
_HAN = "\u2e80"
_TAB = 2.0
_RAISED = 0.18
_SMALL = 0.8
_SQUARES = {"2": "²", "3": "³"}
_METRES = ("m", "M", "米", "ｍ", "里")

CLOSERS = frozenset("，。、；：？！）》〉」』】〕”’…—·,.;:?!)]}%％‰℃～")
"""Characters that do not begin a line."""
OPENERS = frozenset("（《〈「『【〔“‘([{")
"""Characters that do not end a line."""
_QUOTES = frozenset("“”‘’\"'")
_IN_WORDS = frozenset("./-_@:,∶+#&=~")
_MARKS = CLOSERS | OPENERS
HANGING = frozenset("，。、；：！？,.;:”’）》")


@dataclass(slots=True, kw_only=True)
class Segment:
    """A run of text on one base line.

    `edge` is the right end without a punctuation mark that may hang over the margin. `head` are the first
    characters as far as they hold together, which had to fit on the line before; `whole` tells that they
    are all of the run. `spread` is how far apart its Chinese characters are set, `face` their font, "" if
    they have several, None if there are none. `notes` are the spans of `text` that are raised marks of
    notes. The blanks are those at its ends, which count between two runs.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    edge: float
    head: tuple[Glyph, ...]
    whole: bool
    spread: float
    blank_before: str = ""
    blank_after: str = ""
    face: str | None = None
    faint: bool = False
    artifact: bool = False
    notes: tuple[tuple[int, int], ...] = ()

    @property
    def token(self) -> float:
        """Width of what cannot be parted from the first character."""
        return self.head[_held(self.head, strict=False)].x1 - self.head[0].x0

    @property
    def reach(self) -> float:
        """Width of what some programs do not part from the first character."""
        return self.head[_held(self.head, strict=True)].x1 - self.head[0].x0

    @property
    def top(self) -> float:
        """Upper end of its characters."""
        return self.y + _ASCENT * self.size

    @property
    def bottom(self) -> float:
        """Lower end of its characters."""
        return self.y - _DESCENT * self.size


@dataclass(slots=True, kw_only=True)
class Row:
    """Runs of text beside each other, from left to right."""

    segments: list[Segment]

    @property
    def main(self) -> Segment:
        """The longest run, which stands for the row."""
        return max(self.segments, key=lambda one: len(one.text))

    @property
    def text(self) -> str:
        """All runs in one line."""
        return joined(self.segments).text


def rows(glyphs: Sequence[Glyph]) -> list[Row]:
    """Rows of a page from the top to the bottom."""
    segments = [one for piece in _pieces(glyphs) if (one := segment(piece)) is not None]
    return grouped(segments)


def _pieces(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Runs in the order of painting: whoever wrote them wanted them together."""
    pieces: list[list[Glyph]] = []
    last: Glyph | None = None
    for glyph in glyphs:
        if last is not None and _goes_on(last, glyph):
            pieces[-1].append(glyph)
        else:
            pieces.append([glyph])
        last = glyph
    return pieces


def _goes_on(last: Glyph, glyph: Glyph) -> bool:
    size = max(last.style.size, glyph.style.size)
    reach = WIDE if glyph.text.isspace() else _STEP
    if not -_BACK * size <= glyph.x0 - last.x1 <= reach * size:
        return False
    if last.style.faint is not glyph.style.faint or last.style.artifact is not glyph.style.artifact:
        return False
    return _overlap(last.y, last.style.size, glyph.y, glyph.style.size)


def _overlap(y: float, size: float, other_y: float, other_size: float) -> bool:
    top = min(y + _ASCENT * size, other_y + _ASCENT * other_size)
    bottom = max(y - _DESCENT * size, other_y - _DESCENT * other_size)
    return top - bottom >= _OVERLAP * (_ASCENT + _DESCENT) * min(size, other_size)


def segment(glyphs: Sequence[Glyph]) -> Segment | None:
    """The run of text that these characters make; None where they are only blanks."""
    first, end = 0, len(glyphs)
    while first < end and glyphs[first].text.isspace():
        first += 1
    while end > first and glyphs[end - 1].text.isspace():
        end -= 1
    if first == end:
        return None
    own = [one for one in glyphs[first:end] if not one.text.isspace()]
    sizes = Counter(round(one.style.size, 1) for one in own)
    size = max(sizes, key=lambda one: (sizes[one], one))
    base = next(one.y for one in own if round(one.style.size, 1) == size)
    text, notes = _compose(glyphs[first:end], size, base)
    last = own[-1]
    head = tuple(own[: _held(own, strict=True) + 1])
    hangs = len(own) > 1 and last.text in HANGING
    return Segment(
        text=text,
        x0=glyphs[first].x0,
        x1=max(one.x1 for one in own),
        y=base,
        size=max(size, 0.1),
        edge=own[-2].x1 if hangs else last.x1,
        head=head,
        whole=len(head) == len(own),
        spread=_spread(own, size),
        blank_before="".join(one.text for one in glyphs[:first]),
        blank_after="".join(one.text for one in glyphs[end:]),
        face=_face(own),
        faint=all(one.style.faint for one in own),
        artifact=own[0].style.artifact,
        notes=notes,
    )


def _face(glyphs: Sequence[Glyph]) -> str | None:
    """The font of the Chinese characters; one in ten may come from another, which has what is missing."""
    faces = Counter(one.style.face for one in glyphs if one.text >= _HAN and one.text not in _MARKS)
    if not faces:
        return None
    face, count = faces.most_common(1)[0]
    return face if count * 10 >= 9 * faces.total() else ""


def _compose(glyphs: Sequence[Glyph], size: float, base: float) -> tuple[str, tuple[tuple[int, int], ...]]:
    out: list[str] = []
    notes: list[tuple[int, int]] = []
    length = 0
    last: Glyph | None = None
    raised = ""
    spread = _spread(glyphs, size)
    for glyph in glyphs:
        if last is not None and glyph.text == last.text and abs(glyph.x0 - last.x0) < _SAME_PLACE * size:
            continue
        small = glyph.style.size < _SMALL * size and glyph.y > base + _RAISED * size
        if small and glyph.text.isdigit():
            raised += glyph.text
            last = glyph
            continue
        if raised:
            length += _note(out, notes, length, raised)
            raised = ""
        added = (filler(last.text, glyph.text, glyph.x0 - last.x1, size, spread) if last else "") + glyph.text
        out.append(added)
        length += len(added)
        last = glyph
    if raised:
        _note(out, notes, length, raised)
    return "".join(out), tuple(notes)


def _note(out: list[str], notes: list[tuple[int, int]], at: int, digits: str) -> int:
    """A raised number: a square or cube after a metre, else the mark of a note, told apart from a
    number before it by brackets."""
    if digits in _SQUARES and out and out[-1].endswith(_METRES):
        out.append(_SQUARES[digits])
        return 1
    out.append(f"[{digits}]")
    notes.append((at, at + len(digits) + 2))
    return len(digits) + 2


def _spread(glyphs: Sequence[Glyph], size: float) -> float:
    """How far apart the Chinese characters of a run are set, in points: lines are spread to the margin."""
    gaps = sorted(
        other.x0 - one.x1
        for one, other in itertools.pairwise(glyphs)
        if one.text >= _HAN and other.text >= _HAN
    )
    return max(0.0, gaps[len(gaps) // 2]) if gaps else size


def filler(before: str, after: str, gap: float, size: float, spread: float | None = None) -> str:
    """What a gap without a blank stands for. Chinese beside digits has a small gap by layout alone;
    between two Chinese characters any gap wider than `spread`, the usual one, was a blank."""
    if gap >= _TAB * size:
        return "\t"
    if before[-1:].isspace() or after[:1].isspace():
        return ""
    words = before[-1:].isascii() and after[:1].isascii()
    if words and gap >= _WORD_GAP * size and before[-1:].isalnum() | after[:1].isalnum():
        return " "
    if (
        spread is not None
        and before[-1:] >= _HAN
        and after[:1] >= _HAN
        and not {before[-1:], after[:1]} & _MARKS
    ):
        return " " if gap >= spread + _BLANK * size else ""
    return " " if gap >= _GAP * size else ""


def _held(glyphs: Sequence[Glyph], *, strict: bool) -> int:
    """Index of the last character that a line break may not part from the first.

    Word breaks a line before an opening quotation mark; the Unicode rules (UAX 14, class QU) do not, and
    LibreOffice breaks none between a mark such as 、 and a digit.
    """
    end = _unit(glyphs, 0)
    while strict and end + 1 < len(glyphs):
        last, after = glyphs[end].text, glyphs[end + 1].text
        if last in _QUOTES or (last in CLOSERS and after.isdigit()):
            end = _unit(glyphs, end + 1)
        elif after in _QUOTES:
            end = _unit(glyphs, min(end + 2, len(glyphs) - 1))
        else:
            break
    return end


def _unit(glyphs: Sequence[Glyph], end: int) -> int:
    """Index of the last character that holds on to the one at `end`."""
    last = len(glyphs) - 1
    while end < last and glyphs[end].text in OPENERS:
        end += 1
    while (
        end < last and _is_word(glyphs[end]) and _is_word(glyphs[end + 1]) and _close(*glyphs[end : end + 2])
    ):
        end += 1
    while end < last and glyphs[end + 1].text in CLOSERS:
        end += 1
    return end


def _close(one: Glyph, other: Glyph) -> bool:
    return other.x0 - one.x1 < _WORD_GAP * one.style.size


def _is_word(glyph: Glyph) -> bool:
    return glyph.text < "\u2e80" and (glyph.text.isalnum() or glyph.text in _IN_WORDS)


def grouped(segments: Iterable[Segment]) -> list[Row]:
    """Runs of text gathered into rows; those that touch become one."""
    found: list[Row] = []
    main: Segment | None = None
    for one in sorted(segments, key=lambda part: (-part.y, part.x0)):
        if main is not None and _overlap(main.y, main.size, one.y, one.size):
            found[-1].segments.append(one)
            main = max(main, one, key=lambda part: part.size)
        else:
            found.append(Row(segments=[one]))
            main = one
    for row in found:
        row.segments = _merged(sorted(row.segments, key=lambda part: part.x0))
    return found


def _merged(segments: Sequence[Segment]) -> list[Segment]:
    groups: list[list[Segment]] = []
    right = 0.0
    for one in segments:
        if groups and _touch(groups[-1][-1], one, right):
            groups[-1].append(one)
            right = max(right, one.x1)
        else:
            groups.append([one])
            right = one.x1
    return [joined(group) for group in groups]


def _touch(last: Segment, one: Segment, right: float) -> bool:
    if last.faint is not one.faint or last.artifact is not one.artifact:
        return False
    size = max(last.size, one.size)
    reach = WIDE if last.blank_after or one.blank_before else _GAP
    return -_BACK * size <= one.x0 - right < reach * size


def joined(segments: Sequence[Segment]) -> Segment:
    """Runs of one row as a single run."""
    if len(segments) == 1:
        return segments[0]
    main = max(segments, key=lambda part: (len(part.text), part.size))
    parts: list[str] = []
    notes: list[tuple[int, int]] = []
    length = 0
    last: Segment | None = None
    for one in segments:
        if last is not None:
            parts.append(_between(last, one))
            length += len(parts[-1])
        notes.extend((start + length, end + length) for start, end in one.notes)
        if _is_raised(one, main) and parts:
            length += _note(parts, notes, length, one.text)
        else:
            parts.append(one.text)
            length += len(one.text)
        last = one
    end = max(segments, key=lambda part: part.x1)
    faces = {part.face for part in segments if part.face is not None}
    head = segments[0].head
    for before, one in itertools.pairwise(segments):
        if not before.whole:
            break
        head += one.head
    return Segment(
        text="".join(parts),
        x0=segments[0].x0,
        x1=end.x1,
        y=main.y,
        size=main.size,
        edge=end.edge,
        head=head,
        whole=all(part.whole for part in segments),
        spread=min(part.spread for part in segments),
        blank_before=segments[0].blank_before,
        blank_after=segments[-1].blank_after,
        face=faces.pop() if len(faces) == 1 else ("" if faces else None),
        faint=all(part.faint for part in segments),
        artifact=main.artifact,
        notes=tuple(notes),
    )


def _between(last: Segment, one: Segment) -> str:
    """What stands between two runs of a row. Of several blanks PDFium leaves one: a wide gap has more."""
    size, spread = max(last.size, one.size), min(last.spread, one.spread)
    gap = one.x0 - last.x1
    blank = last.blank_after + one.blank_before
    if not blank:
        return filler(last.text, one.text, gap, size, spread)
    count = round((gap - spread) / (_BLANK_WIDTH * size))
    return blank + " " * (min(count, _MOST_BLANKS) - len(blank))


def _is_raised(one: Segment, main: Segment) -> bool:
    return one.text.isdigit() and one.size < _SMALL * main.size and one.y > main.y + _RAISED * main.size
