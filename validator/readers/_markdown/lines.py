"""Markdown, by lines: headings, lists, quotes, tables, code, comments; places are those of the raw source."""

from __future__ import annotations

import re
from collections.abc import Sequence

from validator.model.document import Cell, Document, Kind
from validator.text import headings
from validator.text.lazy import lazy

from .. import _text
from .._base import Source
from .._draft import Draft, assemble
from .._text import Line
from .inline import MASK, Inline

_ATX = lazy(r" {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$")
_ATX_TIGHT = lazy(r" {0,3}(#{2,6})([^#\s].*?)[ \t]*#*[ \t]*$")
_SETEXT = lazy(r" {0,3}(=+|-{2,})[ \t]*$")
_RULE = lazy(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_FENCE = lazy(r" {0,3}(`{3,}|~{3,})([^`]*)$")
_BULLET = lazy(r"[ \t]*[-*+](?:[ \t]+|$)(\[[ xX]\][ \t]+)?")
_ORDERED = lazy(r"[ \t]*\d{1,9}[.)][ \t]+\S")
_QUOTE = lazy(r" {0,3}>[ \t]?")
_DELIMITER = lazy(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_COMMENT = lazy(r"<!--(.*?)(?:-->|\Z)", re.DOTALL)
_DEFINITION = lazy(r" {0,3}\[[^\]]+\]:[ \t]+(\S+).*$")
_HARD_BREAK = lazy(r"(?: {2,}|\\)$")


def read(source: Source) -> Document:
    """Read a Markdown text.

    Raises:
        ReadError: the bytes are no text.
    """
    text, encoding = _text.decoded(source)
    blocks, title = assemble(_Walk(text).drafts())
    return Document(path=source.path, format="md", encoding=encoding, source=text, blocks=blocks, title=title)


class _Walk:
    """One pass over the lines; the lines of a paragraph are collected until something ends it."""

    def __init__(self, text: str) -> None:
        self.comments: list[Draft] = []
        self.fences = _fences(_text.split_lines(text))
        self.lines = _text.split_lines(self._mask_comments(text))
        self.fences = _fences(self.lines)
        self.furniture = self._find_furniture()
        self.out: list[Draft] = []
        self.open: list[Line] = []
        self.tables = 0

    def _mask_comments(self, text: str) -> str:
        lines = _text.split_lines(text)
        code = [
            (lines[first].start, lines[last].start + len(lines[last].text)) for first, last in self.fences
        ]
        pieces, done = [], 0
        for found in _COMMENT.finditer(text):
            if any(start <= found.start() < end for start, end in code):
                continue
            for line in _text.split_lines(found.group(1)):
                self._comment(line, found.start(1))
            pieces.append(text[done : found.start()] + re.sub(r"[^\n]", MASK, found.group()))
            done = found.end()
        return "".join(pieces) + text[done:]

    def _comment(self, line: Line, base: int) -> None:
        text = line.text.strip()
        if text:
            start = base + line.start + line.text.index(text)
            offsets = range(start, start + len(text))
            draft = Draft(text=text, offsets=offsets, kind=Kind.META, part="comment", visible=False)
            self.comments.append(draft)

    def _find_furniture(self) -> set[int]:
        inside = {at for first, last in self.fences for at in range(first, last + 1)}
        plain = [
            Line(line.start, "" if at in inside or _is_markup(line.text) else line.text)
            for at, line in enumerate(self.lines)
        ]
        return _text.find_furniture(plain)

    def drafts(self) -> list[Draft]:
        at = self._front_matter()
        ends = dict(self.fences)
        while at < len(self.lines):
            if at in ends:
                self._close()
                self._code(self.lines[at + 1 : ends[at] + 1])
                at = ends[at] + 1
                continue
            at = self._line(at)
        self._close()
        return _in_place(self.out, self.comments)

    def _front_matter(self) -> int:
        if not self.lines or self.lines[0].text.rstrip() != "---":
            return 0
        for end in range(1, min(len(self.lines), 50)):
            if self.lines[end].text.rstrip() in ("---", "..."):
                for line in self.lines[1:end]:
                    self._verbatim(line, "properties")
                return end + 1
            if not re.match(r"[\w.-]+:|\s|#|$", self.lines[end].text):
                return 0
        return 0

    def _code(self, lines: Sequence[Line]) -> None:
        for line in lines:
            if not _FENCE.match(line.text):
                self._verbatim(line, "body")

    def _verbatim(self, line: Line, part: str) -> None:
        shown = line.text.replace(MASK, " ")
        text = shown.strip()
        if text:
            start = line.start + len(shown) - len(shown.lstrip())
            offsets = range(start, start + len(text))
            self.out.append(Draft(text=text, offsets=offsets, kind=Kind.META, part=part))

    def _line(self, at: int) -> int:
        line = _without(self.lines[at], _QUOTE)
        text = line.text
        if not text.strip(" \t" + MASK + "\u3000\u00a0"):
            self._close()
        elif at in self.furniture:
            self._close()
            self._emit([line], kind=Kind.FURNITURE)
        elif self._is_table(at):
            self._close()
            return self._table(at)
        elif self.open and _SETEXT.match(text) and not self.open[-1].text.rstrip().endswith(("。", "；")):
            self._emit(self.open, style=1 if "=" in text else 2)
            self.open = []
        elif _RULE.match(text):
            self._close()
        else:
            self._prose(line)
        return at + 1

    def _prose(self, line: Line) -> None:
        heading = _ATX.match(line.text) or _ATX_TIGHT.match(line.text)
        definition = _DEFINITION.match(line.text)
        if heading:
            self._close()
            start = heading.start(2) if heading.group(2) is not None else heading.end()
            self._emit([Line(line.start + start, heading.group(2) or "")], style=len(heading.group(1)))
        elif definition:
            self._close()
            self._verbatim(Line(line.start + definition.start(1), definition.group(1)), "link")
        else:
            item = _BULLET.match(line.text)
            if item:
                self._close()
                line = Line(line.start + item.end(), line.text[item.end() :])
            elif self._starts_anew(line.text):
                self._close()
            self.open.append(line)
            if _HARD_BREAK.search(line.text):
                self._close()

    def _starts_anew(self, text: str) -> bool:
        return bool(_ORDERED.match(text)) or text.startswith("　　") or headings.level(text) is not None

    def _close(self) -> None:
        if self.open:
            self._emit(self.open)
        self.open = []

    def _emit(self, lines: Sequence[Line], *, kind: Kind = Kind.PARAGRAPH, style: int | None = None) -> None:
        raw, places = _join(lines)
        self._inline(raw, places, kind=kind, style=style)

    def _inline(
        self,
        raw: str,
        places: Sequence[int],
        *,
        kind: Kind,
        style: int | None = None,
        cell: Cell | None = None,
    ) -> None:
        inline = Inline(raw, places)
        pieces = inline.pieces()
        text, offsets, widths = pieces.stripped()
        if not text and cell:
            text, offsets, widths = pieces.text, pieces.offsets or list(places[:1]), pieces.widths
        if text or cell:
            self.out.append(
                Draft(text=text, offsets=offsets, widths=widths, kind=kind, style=style, cell=cell)
            )
        self.out.extend(inline.extras)

    def _is_table(self, at: int) -> bool:
        text = _without(self.lines[at], _QUOTE).text
        if "|" not in text or at + 1 >= len(self.lines):
            return False
        below = _without(self.lines[at + 1], _QUOTE).text
        if "|" in below and "-" in below and _DELIMITER.match(below):
            return True
        return all(re.match(r"\s*\|.*\|\s*$", one) and one.count("|") > 2 for one in (text, below))

    def _table(self, at: int) -> int:
        self.tables += 1
        row = 0
        while at < len(self.lines):
            line = _without(self.lines[at], _QUOTE)
            if "|" not in line.text:
                break
            if not ("-" in line.text and _DELIMITER.match(line.text)):
                row += 1
                for column, (start, raw) in enumerate(_cells(line), 1):
                    places = range(start, start + max(1, len(raw)))
                    cell = Cell(table=self.tables, row=row, column=column)
                    self._inline(raw, places, kind=Kind.CELL, cell=cell)
            at += 1
        return at


def _is_markup(text: str) -> bool:
    return bool(re.match(r"\s*(?:#|\||>|[-*+]\s|```|~~~|\d+[.)]\s)", text)) or MASK in text


def _without(line: Line, prefix: re.Pattern[str]) -> Line:
    while found := prefix.match(line.text):
        line = Line(line.start + found.end(), line.text[found.end() :])
    return line


def _fences(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """First and last line of each fenced code block."""
    found: list[tuple[int, int]] = []
    first, fence = -1, ""
    for at, line in enumerate(lines):
        mark = _FENCE.match(line.text)
        if first < 0 and mark:
            first, fence = at, mark.group(1)
        elif first >= 0 and mark and mark.group(1).startswith(fence) and not mark.group(2).strip():
            found.append((first, at))
            first = -1
    if first >= 0:
        found.append((first, len(lines) - 1))
    return found


def _cells(line: Line) -> list[tuple[int, str]]:
    cells = []
    start = 0
    for bar in re.finditer(r"(?<!\\)(?:\\\\)*\|", line.text):
        cells.append((line.start + start, line.text[start : bar.end() - 1]))
        start = bar.end()
    cells.append((line.start + start, line.text[start:]))
    if len(cells) > 1 and not cells[0][1].strip():
        cells = cells[1:]
    if len(cells) > 1 and not cells[-1][1].strip():
        cells = cells[:-1]
    return cells


def _join(lines: Sequence[Line]) -> tuple[str, list[int]]:
    """Raw text of a paragraph without line breaks; a blank stands for a break between two Latin words."""
    raw, places = "", list[int]()
    for line in lines:
        text = _HARD_BREAK.sub("", line.text) if line is lines[-1] else line.text.rstrip()
        text = text.rstrip("\\") if text.endswith("\\") and line is not lines[-1] else text
        start = line.start + len(text) - len(text.lstrip())
        text = text.lstrip()
        if raw and raw[-1].isascii() and raw[-1].isalnum() and text[:1].isascii() and text[:1].isalpha():
            raw += " "
            places.append(line.start - 1)
        raw += text
        places.extend(range(start, start + len(text)))
    return raw, places


def _in_place(drafts: list[Draft], comments: list[Draft]) -> list[Draft]:
    """Comments among the other pieces, where they stand in the source."""
    out: list[Draft] = []
    waiting = list(comments)
    for draft in drafts:
        while waiting and draft.offsets and waiting[0].offsets[0] < draft.offsets[0]:
            out.append(waiting.pop(0))
        out.append(draft)
    return out + waiting
