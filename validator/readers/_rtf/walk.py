"""The walk through an RTF file: groups and their state, bytes to text, text to where it belongs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from .. import _flow, _limits
from .._flow import Mode, Volume
from .._flowfields import Field
from .._flowstory import Story
from . import codes, tokens
from .state import Found, State, Words
from .tables import Colours, Fonts, StyleSheet

_MOST_GROUPS = 5000
_STAR = b"*"


_Key = tuple[Words | None, Story, Field | None, str, str, Mode, int]
Handler = Callable[["Walk", int | None], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """What control words do: `formats` anywhere; `opens` only as the first of a group; a group that
    begins with one of `skips`, or with an unknown one after ``\\*``, is left out; `plain` are no unknown."""

    formats: Mapping[bytes, Handler]
    opens: Mapping[bytes, Handler]
    skips: frozenset[bytes]
    plain: frozenset[bytes]


class Walk:
    """One pass over the tokens. `page` is the codec of the document's code page.

    Raises:
        ReadError: DOC001 when the file does not begin as RTF.
    """

    def __init__(self, data: bytes, shown: str, vocabulary: Vocabulary) -> None:
        self.data = data
        start = tokens.start(data)
        if start is None:
            raise _limits.damaged(shown, "不是 RTF 文件，或开头缺失", "not RTF, or its beginning is missing")
        self.at = start
        self.volume = Volume(shown)
        self.body = Story(self.volume, "body")
        self.found = Found()
        self.fonts, self.colours, self.styles = Fonts(), Colours(), StyleSheet()
        self.page = "cp1252"
        self.default_font = 0
        self.state = State(self.body)
        self.style_words = Words(lambda _: None)
        self._vocabulary = vocabulary
        self._stack: list[State] = []
        self._first = self._star = False
        self._skip = 0
        self._last = ""
        self._high = 0
        self._bytes = bytearray()
        self._key: _Key | None = None

    def run(self) -> None:
        """Read everything.

        Raises:
            ReadError: DOC001 when the file is cut off, DOC007 when it is over a limit.
        """
        match = tokens.TOKEN.match
        while (found := match(self.data, self.at)) and found.end() > self.at:
            self.at = found.end()
            kind = found.lastindex
            if kind == tokens.WORD:
                self._word(found[1], None)
            elif kind == tokens.NUMBER:
                self._word(found[1], int(found[2]))
            elif kind == tokens.TEXT:
                if text := tokens.plain(found[6]):
                    self._first = False
                    self._put(self._unskipped(text))
            elif kind == tokens.HEX:
                self._first = False
                self._put(self._unskipped(tokens.hex_bytes(found[3])))
            elif kind == tokens.SIGN:
                self._sign(found[5])
            elif kind == tokens.BRACE:
                self._brace(opens=found[4] == b"{")
        self.flush(final=True)
        if self._stack:
            raise _limits.damaged(self.volume.shown, "文件不完整，末尾缺失", "the end of the file is missing")

    # Groups.

    def _brace(self, *, opens: bool) -> None:
        self._skip = 0
        self._star = False
        self._first = opens
        if opens:
            self._stack.append(self.state)
            if len(self._stack) > _MOST_GROUPS:
                raise _limits.over(
                    self.volume.shown,
                    f"内容嵌套超过 {_MOST_GROUPS} 层",
                    f"groups are nested more than {_MOST_GROUPS} deep",
                )
        elif self._stack:
            self._leave(self.state, self._stack.pop())

    def _leave(self, inner: State, outer: State) -> None:
        words, story, at = inner.words, inner.story, inner.field
        if story is not outer.story or not self._stack:
            self._end_open_paragraph(inner)
        if words is not outer.words or story is not outer.story or words is self.style_words:
            self.flush(final=True)
        if words is self.style_words:
            self.styles.add(
                inner.style, words.take(), level=inner.level, based=inner.based, hidden=inner.hidden
            )
        self.state = outer
        if words is not None and words is not outer.words:
            words.close()
        if story is not outer.story:
            self._close_story(story)
        if at is not None and at is not outer.field:
            self._close_field(at)

    def _end_open_paragraph(self, state: State) -> None:
        """The last paragraph of a story often has no mark of its own."""
        self.flush(final=True)
        if state.story.paragraph:
            state.story.end_paragraph(self.styles.look(state.style, state.level), state.tables)

    def _close_story(self, story: Story) -> None:
        drafts = story.finish()
        if story.part in self.found.notes:
            self.found.notes[story.part].extend(drafts)
        elif story.part == "comment":
            self.volume.comments += 1
            self.found.comments.extend(drafts)
        elif story.part in ("header", "footer"):
            self.found.furniture.extend(drafts)
        else:
            self.state.story.paragraph.boxes.extend(drafts)

    def _close_field(self, at: Field) -> None:
        words = at.words()
        paragraph = self.state.story.paragraph
        for link in words.links:
            paragraph.box(link, "link")
        for tip in words.tips:
            paragraph.box(tip, "alt")
        for text in (words.scanned, *at.items):
            paragraph.boxes += self.volume.once(text, "field")
        if not at.shown and (text := at.replacement(words)):
            self.write(text)

    def own(self) -> State:
        """The state of this group, to be changed."""
        if self._stack and self.state is self._stack[-1]:
            self.state = self.state.copy()
        return self.state

    def skip_group(self) -> None:
        """Leave out the rest of this group."""
        self.at = tokens.end_of_group(self.data, self.at)

    def skip_inner_group(self) -> None:
        """Leave out the next group inside this one."""
        opening = self.data.find(b"{", self.at)
        if opening >= 0:
            self.at = min(len(self.data), tokens.end_of_group(self.data, opening + 1) + 1)

    # Control words and signs.

    def _word(self, word: bytes, number: int | None) -> None:
        first, star = self._first, self._star
        self._first = self._star = False
        named = codes.CHARACTERS.get(word)
        if self._skip:
            self._skip = self._skip - 1 if named else 0
            if named:
                return
        if named:
            self.write(named)
        elif handler := self._vocabulary.formats.get(word):
            handler(self, number)
        elif first:
            if opening := self._vocabulary.opens.get(word):
                self.own()
                opening(self, number)
            elif (star and word not in self._vocabulary.plain) or self._is_left_out(word):
                self.skip_group()

    def _is_left_out(self, word: bytes) -> bool:
        # Words such as mfPr open the properties of a formula.
        return word in self._vocabulary.skips or (word[:1] == b"m" and word[-2:] == b"Pr")

    def _sign(self, sign: bytes) -> None:
        if sign == _STAR:
            self._star = self._first
            return
        self._first = self._star = False
        if self._skip and sign not in b"\r\n":
            self._skip -= 1
        elif sign in codes.LITERALS:
            self._put(sign)
        elif sign in codes.SIGNS:
            self.write(codes.SIGNS[sign])
        elif sign in b"\r\n":
            self._vocabulary.formats[b"par"](self, None)

    def unicode(self, number: int) -> None:
        r"""``\uN``: negative numbers are beyond 32767, two can make one character; what follows
        for old readers is skipped."""
        code = number + 0x10000 if number < 0 else number
        self._skip = self.state.uc
        high, self._high = self._high, 0
        if 0xD800 <= code < 0xDC00:
            self._high = code
            return
        if 0xDC00 <= code < 0xE000 and high:
            code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00
        elif not 0 <= code <= 0x10FFFF or 0xDC00 <= code < 0xE000:
            code = 0xFFFD
        font = self.fonts.name(self.state.font)
        if 0xF000 <= code <= 0xF0FF and _flow.is_symbol_font(font):
            text = _flow.symbol(font, code)
        else:
            text = chr(code) if code >= 0x20 else "\t" if code == 9 else " "
        self.write(text)
        self._last = text

    def _unskipped(self, data: bytes) -> bytes:
        if not self._skip:
            return data
        count = self._skip
        codec = self._codec()
        if count == 1 and codes.is_double(codec) and self._last.encode(codec, "replace") == data[:2]:
            # A writer that gives both bytes of the character but counts them as one.
            count = 2
        self._skip = max(0, self._skip - len(data))
        return data[count:]

    # Text.

    def _codec(self) -> str:
        state = self.state
        number = state.double if state.side and state.double is not None else state.font
        return self.fonts.codec(number, self.page)

    def _put(self, data: bytes) -> None:
        state = self.state
        if not data or (state.words is not None and not state.words.wanted):
            return
        font = self.fonts.name(state.font) if self._codec() == codes.SYMBOL else ""
        key = (state.words, state.story, state.field, self._codec(), font, state.mode, state.revised)
        if key != self._key:
            self.flush(goes_on=self._key is not None and self._key[:4] == key[:4])
            self._key = key
        self._high = 0
        self._bytes += data

    def write(self, text: str) -> None:
        """Text that does not come as bytes."""
        self.flush(final=True)
        state = self.state
        self._deliver(state.words, state.story, state.field, text, state.mode, state.revised)

    def flush(self, *, final: bool = False, goes_on: bool = False) -> None:
        """Deliver the bytes so far. `goes_on`: the next run can hold the second byte of a character."""
        if not self._bytes or self._key is None:
            return
        words, story, at, codec, font, mode, revised = self._key
        data = bytes(self._bytes)
        self._bytes.clear()
        if codec == codes.SYMBOL:
            text = "".join(_flow.symbol(font, one) if one > 0x20 else chr(one) for one in data)
        else:
            text, rest = codes.decode(data, codec, self.page, final=final or not goes_on)
            self._bytes += rest
        self._deliver(words, story, at, text, mode, revised)

    def _deliver(
        self, words: Words | None, story: Story, at: Field | None, text: str, mode: Mode, revised: int
    ) -> None:
        if words is not None:
            words.add(text)
            return
        if at is not None and text.strip():
            at.shown = True
        if revised and revised != story.revision:
            self.volume.revisions += 1
        story.revision = revised
        story.add(text, mode)
