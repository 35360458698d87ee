"""From lines of a PDF to paragraphs: a line ends where the next characters did not fit, or on purpose."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from validator.text import headings

from .rows import Segment

_MARK = 0.6
"""Lines whose ends are within so many font sizes of each other end at one margin."""
_INDENT = 0.8
_FIRST_LINE = 2.7
_FEW = 10
_LATE = 4.6
"""A line that begins farther in than this many font sizes is set to the right or to the middle."""
_SURE, _UNSURE = 0.05, 0.35
_CERTAIN_LEVEL = 3
"""Headings numbered 一、 or （一） begin a paragraph whatever the line before."""
_MIXED = 0.25
_SPACED = 1.5
_SOMEWHAT_SPACED = 1.12
_CENTRED = 0.7
_OTHER_SIZE = 0.12
_ENDS = tuple("。！？；：!?;:")
_CLOSING = "”’）)》】"
_LABEL = re.compile(r"[●○•·■□◆◇➢▪※★*—–-]|[（(]?[0-9a-zA-Z一二三四五六七八九十]{1,3}[)）、.．]|[①-⑳]")

Group = tuple[int, int, int]


@dataclass(slots=True, kw_only=True)
class Line:
    """A line of running text: `group` tells lines that share their margins, `parted` that a line is drawn
    or something else stands between it and the line before."""

    run: Segment
    text: str
    page: int
    group: Group
    parted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Margins:
    """Where the lines of a group begin and end, how far apart they are, and how paragraphs begin."""

    left: float
    right: float
    pitch: float
    indented: bool


def margins(lines: Sequence[Line], page_left: float, page_right: float) -> Margins:
    """The margins of lines that share them. Few lines tell little: then the page is taken as even."""
    runs = [line.run for line in lines]
    size = sorted(run.size for run in runs)[len(runs) // 2]
    starts = sorted(run.x0 for run in runs)
    ends = sorted(run.edge for run in runs)
    least = 1 if len(runs) < _FEW else max(2, len(runs) // 30)
    left = next(
        (x for at, x in enumerate(starts) if bisect_right(starts, x + _MARK * size) - at >= least), starts[0]
    )
    right, support = ends[-1], 1
    for at in range(len(ends) - 1, -1, -1):
        support = at + 1 - bisect_left(ends, ends[at] - _MARK * size)
        if support >= max(2, least):
            right = ends[at]
            break
    if support < 3 or len(runs) < 4:
        right = max(right, page_right - (left - page_left))
    indents = sum(1 for run in runs if 1.4 * run.size <= run.x0 - left <= _FIRST_LINE * run.size)
    return Margins(
        left=left, right=right, pitch=_pitch(lines, size), indented=indents >= max(1, len(runs) // 25)
    )


def _pitch(lines: Sequence[Line], size: float) -> float:
    steps = sorted(
        one.run.y - other.run.y
        for one, other in itertools.pairwise(lines)
        if one.page == other.page and 0.8 * size < one.run.y - other.run.y < 3 * size
    )
    return steps[len(steps) // 2] if steps else 1.6 * size


class Paragraph:
    """Lines that have been joined so far."""

    def __init__(self, first: Line) -> None:
        self.lines = [first]

    def takes(self, line: Line, own: Margins, next_own: Margins) -> bool:
        """Whether a line goes on this paragraph; the margins are those of its last line and of `line`."""
        last = self.lines[-1]
        one, other = last.run, line.run
        if line.parted or abs(one.size - other.size) > _OTHER_SIZE * max(one.size, other.size):
            return False
        if one.face and other.face and one.face != other.face:
            return False
        spaced = self._spacing(last, line, own)
        if spaced >= _SPACED:
            return False
        room = self._room(last, line, own)
        number = headings.level(line.text) or headings.RUN_IN_ONLY
        sentence_ends = last.text.rstrip(_CLOSING).endswith(_ENDS)
        if room is None or number <= _CERTAIN_LEVEL or (sentence_ends and number < headings.RUN_IN_ONLY):
            return False
        if not self._goes_in(line, next_own, sentence_ends=sentence_ends):
            return False
        if sentence_ends:
            # A paragraph seldom ends just at the margin; a sentence often does.
            return room + other.reach - other.token <= _SURE * other.size and spaced < _SOMEWHAT_SPACED
        return room <= _UNSURE * other.size

    def _spacing(self, last: Line, line: Line, own: Margins) -> float:
        """Distance to the line before, by the usual distance; 1 where they stand on two pages or columns."""
        if last.page != line.page or last.group != line.group:
            return 1.0
        step = last.run.y - line.run.y
        return step / own.pitch if step > 0 else 1.0

    def _room(self, last: Line, line: Line, own: Margins) -> float | None:
        """How much wider the free end of the last line is than what the next line begins with, in points;
        None where both are centred differently than a broken line would be."""
        one, other = last.run, line.run
        free = own.right - one.x1
        start = one.x0 - own.left
        if self._is_centred(one, own) and (start > _FIRST_LINE * one.size or self._is_centred(other, own)):
            if not self._is_centred(other, own) and len(self.lines) == 1 and other.x0 - own.left < start:
                return None
            free += start
        elif start > _LATE * one.size:
            free += start
        needed = other.reach
        if last.text[-1:].isascii() != line.text[:1].isascii():
            needed += _MIXED * other.size
        return free - needed

    @staticmethod
    def _is_centred(run: Segment, own: Margins) -> bool:
        return run.x0 - own.left > 1.2 * run.size and Paragraph._is_even(run, own)

    @staticmethod
    def _is_even(run: Segment, own: Margins) -> bool:
        return abs((run.x0 - own.left) - (own.right - run.x1)) <= _CENTRED * run.size

    def _goes_in(self, line: Line, own: Margins, *, sentence_ends: bool) -> bool:
        """Whether a line begins where a further line of this paragraph would."""
        size = line.run.size
        indent = line.run.x0 - own.left
        if indent <= _INDENT * size:
            return True
        if self._is_centred(line.run, own) and self._is_centred(self.lines[-1].run, own):
            return True
        same_group = self.lines[-1].group == line.group
        if len(self.lines) > 1:
            body = self.lines[-1].run.x0
            return same_group and abs(line.run.x0 - body) <= _INDENT * size
        if self._is_centred(line.run, own) and self._is_even(self.lines[0].run, own):
            return True
        hanging = after_label(self.lines[0].run)
        if same_group and hanging is not None and abs(line.run.x0 - hanging) <= _INDENT * size:
            return True
        first = self.lines[0].run.x0
        if not same_group or sentence_ends or (own.indented and indent <= _FIRST_LINE * size):
            return False
        if abs(line.run.x0 - first) <= _INDENT * size:
            return True
        return line.run.x0 > first and not own.indented

    @property
    def text(self) -> str:
        """The lines as one, blanks put back where two words would run together."""
        return join([line.text for line in self.lines])


def after_label(run: Segment) -> float | None:
    """Where the text after the mark or number of a list item begins; None where there is none."""
    match = _LABEL.match("".join(glyph.text for glyph in run.head))
    return run.head[match.end()].x0 if match and match.end() < len(run.head) else None


def join(texts: Iterable[str]) -> str:
    """Lines of one paragraph as one line."""
    out: list[str] = []
    before = ""
    for text in texts:
        if before and text:
            last, first = before[-1], text[0]
            if last == "-" and before[-2:-1].isalpha() and before[-2:-1].isascii() and first.islower():
                out[-1] = out[-1][:-1]
            elif last.isascii() and first.isascii() and last.isalnum() and first.isalnum():
                # A line can end inside a number; two numbers with nothing between them are rare.
                out.append("" if last.isdigit() and first.isdigit() else " ")
        if text:
            out.append(text)
            before = text
    return "".join(out)
