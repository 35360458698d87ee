"""Inline Markdown with exact places: emphasis, escapes, entities, code spans, links, images, HTML tags."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from validator.model.document import Kind
from validator.text.lazy import lazy

from .._draft import Draft
from .._text import Pieces

MASK = "\x00"
"""Stands for characters of the source that are no text (comments); the decoder never lets a NUL through."""

_UNITS = "%％‰个名人所家项件次场处万亿元分位篇座间套台辆块米亩吨年月日户期批节门本册张条只届岁期余"
_TAGS = (
    "a|abbr|article|b|big|blockquote|body|br|center|code|col|colgroup|del|details|div|dd|dl|dt|em|figcaption|figure|"
    "font|footer|h[1-6]|header|hr|html|i|img|ins|kbd|li|main|mark|nav|ol|p|pre|s|section|small|span|strike|strong|"
    "sub|summary|sup|table|tbody|td|tfoot|th|thead|tr|u|ul"
)
_TAG = lazy(rf"</?({_TAGS})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_SPACED_TAGS = frozenset(("br", "td", "th", "tr", "p", "div", "li", "hr"))
_ATTRIBUTE = lazy(r"""\b(href|src|alt|title)\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_AUTOLINK = lazy(
    r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*|[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)+)>", re.ASCII
)
_ENTITY = lazy(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_TARGET = lazy(r"\(\s*(?:<([^<>\n]*)>|((?:[^\s()<>]|\([^\s()]*\))*))(?:\s+(\"[^\"]*\"|'[^']*'))?\s*\)")
_LINK_LIKE = lazy(
    r"[\x21-\x7e]+|[a-z][a-z0-9+.-]*://\S+|mailto:\S+|[./#]\S*|\S+\.[A-Za-z0-9]{2,5}", re.IGNORECASE
)
_ESCAPABLE = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_MOST_RUN = 3
_MOST_CODE = 2000
_MOST_OPEN = 100
_MOST_NESTED = 8


@dataclass(slots=True)
class _Mark:
    """A run of emphasis characters: its place in the output pieces and in the raw text."""

    char: str
    length: int
    piece: int
    start: int
    end: int
    opens: bool
    closes: bool


@dataclass(slots=True)
class Inline:
    """Parses the raw text of one block; `places[i]` is where `raw[i]` stands in the source."""

    raw: str
    places: Sequence[int]
    extras: list[Draft] = field(default_factory=list)
    _out: list[tuple[str, int, int]] = field(default_factory=list)
    _marks: list[_Mark] = field(default_factory=list)
    _brackets: dict[int, int] | None = None
    _depth: int = 0

    def pieces(self) -> Pieces:
        """The text of the block; link targets, alternative texts and the like are added to `extras`."""
        self._span(0, len(self.raw))
        self._pair_marks()
        pieces = Pieces()
        for text, at, width in self._out:
            if text:
                pieces.char(text, self.places[at], width)
        return pieces

    def _span(self, at: int, end: int) -> None:
        while at < end:
            at = self._step(at, end)

    def _step(self, at: int, end: int) -> int:
        char = self.raw[at]
        if char == MASK:
            return at + 1
        after = self._special(char, at, end)
        if after is not None:
            return after
        self._emit(char, at)
        return at + 1

    def _special(self, char: str, at: int, end: int) -> int | None:
        handlers = {
            "\\": self._escape,
            "&": self._entity,
            "`": self._code,
            "<": self._angle,
            "!": self._image,
            "[": self._bracket,
            "*": self._emphasis,
            "_": self._emphasis,
            "~": self._emphasis,
        }
        return handlers[char](at, end) if char in handlers else None

    def _emit(self, text: str, at: int, length: int = 1) -> None:
        self._out.append((text, at, self.places[at + length - 1] - self.places[at] + 1))

    def _escape(self, at: int, end: int) -> int | None:
        if at + 1 < end and self.raw[at + 1] in _ESCAPABLE:
            self._emit(self.raw[at + 1], at, 2)
            return at + 2
        return None

    def _entity(self, at: int, end: int) -> int | None:
        found = _ENTITY.match(self.raw, at, end)
        if not found:
            return None
        text = html.unescape(found.group())
        if text == found.group() or "\0" in text:
            return None
        self._emit(text, at, len(found.group()))
        return found.end()

    def _code(self, at: int, end: int) -> int | None:
        ticks = re.compile("`+").match(self.raw, at)
        if ticks is None:
            return None
        for close in re.compile("`+").finditer(self.raw, ticks.end(), min(end, at + _MOST_CODE)):
            if len(close.group()) == len(ticks.group()):
                return self._swallow_blank(close.end(), end)
        self._emit_run(at, ticks.end())
        return ticks.end()

    def _emit_run(self, at: int, end: int) -> None:
        for place in range(at, end):
            self._emit(self.raw[place], place)

    def _swallow_blank(self, after: int, end: int) -> int:
        # What was dropped must not leave two blanks: a gap is what a hole looks like.
        before_is_blank = not self._out or self._out[-1][0] in (" ", "")
        return after + 1 if before_is_blank and after < end and self.raw[after] == " " else after

    def _angle(self, at: int, end: int) -> int | None:
        link = _AUTOLINK.match(self.raw, at, end)
        if link:
            self._extra(link.start(1), link.end(1), "link")
            return self._swallow_blank(link.end(), end)
        tag = _TAG.match(self.raw, at, end)
        if not tag:
            return None
        for found in _ATTRIBUTE.finditer(tag.group()):
            group = 2 if found.group(2) is not None else 3
            part = "link" if found.group(1).lower() in ("href", "src") else "alt"
            self._extra(at + found.start(group), at + found.end(group), part)
        if tag.group(1).lower() in _SPACED_TAGS and self._out and self._out[-1][0] != " ":
            self._emit(" ", at, len(tag.group()))
        return tag.end()

    def _extra(self, start: int, end: int, part: str) -> None:
        kept = [at for at in range(start, end) if self.raw[at] != MASK]
        text = "".join(self.raw[at] for at in kept)
        if not text.strip() or (part == "link" and text.startswith("#")):
            return
        places = [self.places[at] for at in kept]
        self.extras.append(Draft(text=text, offsets=places, kind=Kind.META, part=part))

    def _image(self, at: int, end: int) -> int | None:
        if self.raw[at + 1 : at + 2] != "[":
            return None
        close = self._closing(at + 1, end)
        target = _TARGET.match(self.raw, close + 1, end) if close is not None else None
        if close is None or target is None:
            return None
        self._extra(at + 2, close, "alt")
        self._target(target)
        return target.end()

    def _bracket(self, at: int, end: int) -> int | None:
        close = self._closing(at, end)
        target = _TARGET.match(self.raw, close + 1, end) if close is not None else None
        if close is None or target is None or self._depth >= _MOST_NESTED:
            return None
        address = target.group(1) if target.group(1) is not None else target.group(2)
        if address and not _LINK_LIKE.fullmatch(address):
            return None
        self._depth += 1
        self._span(at + 1, close)
        self._depth -= 1
        self._target(target)
        return target.end()

    def _target(self, target: re.Match[str]) -> None:
        group = 1 if target.group(1) is not None else 2
        self._extra(target.start(group), target.end(group), "link")
        if target.group(3):
            self._extra(target.start(3) + 1, target.end(3) - 1, "alt")

    def _closing(self, at: int, end: int) -> int | None:
        if self._brackets is None:
            self._brackets = _matching_brackets(self.raw)
        close = self._brackets.get(at)
        return close if close is not None and close < end else None

    def _emphasis(self, at: int, end: int) -> int | None:
        char = self.raw[at]
        stop = at
        while stop < end and self.raw[stop] == char:
            stop += 1
        before, after = self.raw[at - 1 : at], self.raw[stop : stop + 1]
        left, right = _flanks(before, after)
        if char == "_":
            left, right = left and not _wordlike(before), right and not _wordlike(after)
        inside = before.isascii() and before.isalnum() and after.isascii() and after.isalnum()
        usable = (
            stop - at <= (_MOST_RUN if char == "*" else 2) and not inside and (char != "~" or stop - at == 2)
        )
        if usable and (left or right):
            opens = left and not (after and after in _UNITS and (after in "%％‰" or _wordlike(before)))
            self._marks.append(_Mark(char, stop - at, len(self._out), at, stop, opens, right))
        self._emit_run(at, stop)
        return stop

    def _pair_marks(self) -> None:
        open_marks: list[_Mark] = []
        for mark in self._marks:
            opener = self._opener(open_marks, mark) if mark.closes else None
            if opener is not None:
                del open_marks[open_marks.index(opener) :]
                for one in (opener, mark):
                    for piece in range(one.piece, one.piece + one.length):
                        self._out[piece] = ("", *self._out[piece][1:])
            elif mark.opens:
                open_marks = [*open_marks[-_MOST_OPEN:], mark]

    def _opener(self, open_marks: Sequence[_Mark], mark: _Mark) -> _Mark | None:
        for one in reversed(open_marks):
            if (one.char, one.length) == (mark.char, mark.length) and one.end < mark.start:
                return None if self._is_leftover(mark) else one
        return None

    def _is_leftover(self, mark: _Mark) -> bool:
        # 名教师**名、班主任**名 pairs by the rules of Markdown, but each run stands for a number;
        # **120**所 is emphasis: what is before the closing run is itself a value.
        after, before = self.raw[mark.end : mark.end + 1], self.raw[mark.start - 1]
        return bool(after) and after in _UNITS and "一" <= before <= "鿿"


def _matching_brackets(raw: str) -> dict[int, int]:
    found: dict[int, int] = {}
    waiting: list[int] = []
    for one in re.finditer(r"\\.|[\[\]]", raw, re.DOTALL):
        if one.group() == "[":
            waiting.append(one.start())
        elif one.group() == "]" and waiting:
            found[waiting.pop()] = one.start()
    return found


def _flanks(before: str, after: str) -> tuple[bool, bool]:
    blank_before, blank_after = not before.strip(), not after.strip()
    mark_before, mark_after = _is_mark(before), _is_mark(after)
    left = not blank_after and (not mark_after or blank_before or mark_before)
    right = not blank_before and (not mark_before or blank_after or mark_after)
    # Chinese has no blanks beside punctuation: **重点：**内容 is meant as emphasis although the rules say no.
    return left or (not blank_after and mark_after and after in "“《（【"), right or (
        not blank_before and mark_before and before in "”》）】：。！？；，"
    )


def _is_mark(char: str) -> bool:
    return bool(char) and unicodedata.category(char)[0] in "PS"


def _wordlike(char: str) -> bool:
    return bool(char) and char.isalnum()
