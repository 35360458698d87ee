"""Plain text and Markdown: whole lines, and passages inside a line, as bytes of the file."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from validator.mending._model import Change, Edit, Left, Passage, Plan, Range
from validator.mending._words import merged, place_of, significant
from validator.model.document import Block, Document
from validator.model.errors import UserError
from validator.model.words import Bilingual
from validator.text.lazy import lazy

_CODECS = {"utf-8-sig": "utf-8"}
_MARK = "\ufeff"
_TAGS = lazy(
    r"</?(?:b|i|u|s|em|strong|center|p|div|span|br|small|big|font) ?/?>|&[a-z0-9#]{1,10};", re.IGNORECASE
)
BESIDE = Bilingual(
    "和报告自己的内容连在一起，请人工处理",
    "it stands together with the report's own text; a person must look",
)


class Plain:
    """A text file: its bytes, its text as the reader has it, and which bytes each character takes."""

    def __init__(self, data: bytes, document: Document) -> None:
        self.document = document
        self._data = data
        self._shift, self._raw = _raw(data, document)
        self._codec = _codec(document)
        self._places = _places(self._raw)
        starts = [self._places[at] for at in document.line_starts]
        lines = (self._raw[begin:end] for begin, end in pairwise([*starts, len(self._raw)]))
        sizes = (len(one.encode(self._codec)) for one in lines)
        self._bytes = list(accumulate(sizes, initial=self._shift))
        self._owners = _owners(document)

    def plan(self, passages: Sequence[Passage]) -> Plan:
        """Whole lines that are nothing but banned text, then what is inside other lines."""
        by_offset = _by_offset(self.document, passages)
        whole: dict[int, tuple[int, int]] = {}
        changes: dict[int, Change] = {}
        lines = sorted({self.document.position(at)[0] - 1 for at in by_offset})
        for line in lines:
            change = self._line(line, by_offset)
            if change is not None:
                whole[line] = self._line_span(line)
                changes[whole[line][0]] = change
        taken = sorted(whole.values())
        left = []
        inside: dict[int, list[tuple[Passage, list[tuple[int, int]]]]] = defaultdict(list)
        for one in passages:
            spans = list(_minus(self._span(one), taken))
            if not any(significant(self.document.source[start:end]) for start, end in spans):
                continue
            if one.core:
                inside[self.document.position(spans[0][0])[0] - 1].append((one, spans))
            else:
                left.append(Left(finding=one.finding, why=BESIDE))
        for group in inside.values():
            spans = merged(span for _, own in group for span in own)
            changes[spans[0][0]] = self._inside(group[0][0], spans)
        return Plan(changes=tuple(changes[at] for at in sorted(changes)), left=tuple(left))

    def without(self, edits: Sequence[Edit]) -> bytes:
        """The file without these bytes."""
        pieces, done = [], 0
        for start, end in merged((one.start, one.end) for one in edits):
            pieces.append(self._data[done:start])
            done = end
        return b"".join([*pieces, self._data[done:]])

    # Places.

    def _line_span(self, line: int) -> tuple[int, int]:
        """Offsets of a line of the source with its line end."""
        starts = self.document.line_starts
        end = starts[line + 1] if line + 1 < len(starts) else len(self.document.source)
        return starts[line], end

    def _span(self, one: Passage) -> tuple[int, int]:
        block = self.document.blocks[one.block]
        return block.offsets[one.start], _end(block, one.end - 1)

    def _edit(self, start: int, end: int) -> Edit:
        return Edit("", self._byte(start), self._byte(end))

    def _byte(self, at: int) -> int:
        """The byte of the file at which a character of the source begins."""
        line = self.document.position(at)[0] - 1
        begin = self._places[self.document.line_starts[line]]
        return self._bytes[line] + len(self._raw[begin : self._places[at]].encode(self._codec))

    # Changes.

    def _line(self, line: int, by_offset: dict[int, list[Passage]]) -> Change | None:
        """The change that takes out a line, when nothing on it is the report's."""
        start, end = self._line_span(line)
        safe = True
        found = False
        bare = []
        for at in range(start, end):
            own = at in self._owners
            if not own:
                bare.append(self.document.source[at])
            elif at in by_offset:
                found = True
                visible = all(self.document.blocks[one.block].visible for one in by_offset[at])
                safe = safe and (
                    not significant(self.document.source[at])
                    or (visible and any(one.sure for one in by_offset[at]))
                )
            elif significant(self.document.source[at]):
                return None
        if not found or not _is_markup("".join(bare)):
            return None
        first = min((at for at in range(start, end) if at in by_offset), default=start)
        return Change(
            safe=safe,
            where=self._where(line, by_offset[first][0]),
            before=self.document.source[start:end].rstrip("\n"),
            after=None,
            removed=tuple(self._removed([(start, end)])),
            edits=(self._edit(start, end),),
        )

    def _inside(self, one: Passage, spans: Sequence[tuple[int, int]]) -> Change:
        first = self.document.position(spans[0][0])[0] - 1
        last = self.document.position(spans[-1][1] - 1)[0] - 1
        start, end = self._line_span(first)[0], self._line_span(last)[1]
        rest, done = [], start
        for begin, stop in spans:
            rest.append(self.document.source[done:begin])
            done = stop
        return Change(
            safe=False,
            where=self._where(first, one),
            before=self.document.source[start:end].rstrip("\n"),
            after="".join([*rest, self.document.source[done:end]]).rstrip("\n"),
            removed=tuple(self._removed(spans)),
            edits=tuple(self._edit(*span) for span in spans),
        )

    def _where(self, line: int, one: Passage) -> Bilingual:
        """The line in words: a paragraph, and so a finding, may begin on one above."""
        return place_of(self.document, one.block, replace(one.finding.location, line=line + 1))

    def _removed(self, spans: Iterable[tuple[int, int]]) -> Iterator[Range]:
        """The text of blocks that lies in these spans of the source."""
        for start, end in spans:
            at = start
            while at < end:
                owner = self._owners.get(at)
                if owner is None:
                    at += 1
                    continue
                for block, place in owner:
                    yield block, place, place + 1
                at += 1


def _is_markup(bare: str) -> bool:
    """Whether what is on a line beside its text may go with it: no words, and no end of a comment."""
    return not significant(_TAGS.sub("", bare)) and ("<!--" in bare) == ("-->" in bare)


def _codec(document: Document) -> str:
    return _CODECS.get(document.encoding or "", document.encoding or "utf-8")


def _raw(data: bytes, document: Document) -> tuple[int, str]:
    """How many bytes the mark at the head takes, and the text with its line ends as they stand.

    Raises:
        UserError: the bytes do not follow from the text, so that no byte of the rest could be promised.
    """
    codec = _codec(document)
    try:
        raw = data.decode(codec)
        same = raw.encode(codec) == data
    except UnicodeError:
        raw, same = "", False
    shift = 0
    if raw.startswith(_MARK):
        shift = len(_MARK.encode(codec))
        raw = raw[1:]
    if not same or raw.replace("\r\n", "\n").replace("\r", "\n") != document.source:
        raise UserError(
            f"{document.path}：文件里有不规范的编码，没法只改一处；请用 UTF-8 另存后再运行",
            f"{document.path}: its encoding is irregular, so that no single place can be changed; "
            "save it as UTF-8 first",
        )
    return shift, raw


def _places(raw: str) -> Sequence[int]:
    """For every offset of the text with plain line ends, and its end, the offset in the text as it stands."""
    if "\r" not in raw:
        return range(len(raw) + 1)
    ends = re.finditer("\r\n", raw)
    dropped = [one.start() + 1 for one in ends]
    places = []
    skip = 0
    for at in range(len(raw) - len(dropped) + 1):
        while skip < len(dropped) and dropped[skip] <= at + skip:
            skip += 1
        places.append(at + skip)
    return places


def _owners(document: Document) -> dict[int, list[tuple[int, int]]]:
    """Which characters of which blocks a character of the source stands for."""
    owners: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for index, block in enumerate(document.blocks):
        for place in range(len(block.text)):
            start = block.offsets[place]
            for at in range(start, start + block.widths.get(place, 1)):
                owners[at].append((index, place))
    return dict(owners)


def _by_offset(document: Document, passages: Sequence[Passage]) -> dict[int, list[Passage]]:
    found: dict[int, list[Passage]] = defaultdict(list)
    for one in passages:
        block = document.blocks[one.block]
        for place in range(one.start, one.end):
            start = block.offsets[place]
            for at in range(start, start + block.widths.get(place, 1)):
                found[at].append(one)
    return dict(found)


def _end(block: Block, place: int) -> int:
    return block.offsets[place] + block.widths.get(place, 1)


def _minus(span: tuple[int, int], taken: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The parts of a span that lie in none of the spans taken, which are sorted."""
    start, end = span
    for begin, stop in taken:
        if stop <= start or begin >= end:
            continue
        if begin > start:
            yield start, begin
        start = max(start, stop)
    if start < end:
        yield start, end
