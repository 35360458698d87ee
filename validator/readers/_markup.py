"""HTML to drafts: tags and text with exact source places, folded into blocks as a browser shows it."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from validator.model.document import Kind
from validator.text.lazy import lazy

from ._draft import Draft
from ._grid import Grid
from ._text import Pieces
from ._tokens import ENTITY, Token, tokens


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_BLOCKS = _words(
    """
    address article aside blockquote body caption center dd details dialog div dl dt fieldset
    figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol option p
    pre section summary table tbody td tfoot th thead tr ul
    """
)
_SKIPPED = frozenset(("script", "style", "template", "noscript", "head"))
_VOID = _words(
    """
    area base br col embed hr img input link meta param source track wbr
    """
)
_CLOSED_BY = {
    "p": frozenset(("p",)),
    "li": frozenset(("li",)),
    "tr": frozenset(("tr", "td", "th")),
    "td": frozenset(("td", "th")),
    "th": frozenset(("td", "th")),
    "dt": frozenset(("dt", "dd")),
    "dd": frozenset(("dt", "dd")),
    "option": frozenset(("option",)),
}
_SCOPES = frozenset(("table", "ul", "ol", "dl", "select", "body", "div", "section", "article"))
_HIDDEN_STYLE = lazy(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])|opacity\s*:\s*0(?![.\d])",
    re.IGNORECASE,
)
_LINK = lazy(r"(?:https?|ftp|mailto|tel|weixin|wechat|tencent|mqqwpa):|//|www\.", re.IGNORECASE)
_META_NAMES = frozenset(("description", "keywords", "author", "generator", "copyright"))
_BLANK = " \t\n\r\f"
_EDGES = _BLANK + "\u3000\u00a0\u2002\u2003\u2009\u200b"
_MOST_DEPTH = 512


@dataclass(slots=True)
class _Element:
    tag: str
    hidden: bool
    skipped: bool
    furniture: str
    saved: Pieces | None = None


_NOWHERE = _Element("", hidden=False, skipped=False, furniture="")


class Folder:
    """Reads a whole source; afterwards `drafts`, `title` and `hidden` (number of hidden pieces) are there."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.drafts: list[Draft] = []
        self.title = ""
        self.hidden = 0
        self._stack: list[_Element] = []
        self._grid = Grid()
        self._pieces = Pieces()
        self._heading: int | None = None
        self._in_title = False
        self._after: list[Draft] = []
        for token in tokens(source):
            self._token(token)
        self._end_title()
        while self._stack:
            self._flush()
            self._pop()
        self._flush()
        self.drafts = self._grid.without_layout(self.drafts)

    def _token(self, token: Token) -> None:
        if token.kind == "open":
            self._open(token)
        elif token.kind == "close":
            self._close(token.name)
        elif token.kind == "comment":
            self._comment(token)
        elif self._in_title or not self._is_skipped():
            text = self.source[token.start : token.end]
            if token.kind == "entity":
                self._entity(html.unescape(text), token)
            else:
                for offset, char in enumerate(text):
                    self._character(char, token.start + offset, 1)

    def _open(self, token: Token) -> None:
        tag = token.name
        self._end_title()
        self._close_implied(tag)
        values = {name: html.unescape(self.source[slice(*place)]) for name, place in token.attributes.items()}
        if tag == "br":
            self._break(token.start, token.end - token.start)
        elif tag in _BLOCKS:
            self._flush()
        if tag not in _VOID and len(self._stack) < _MOST_DEPTH:
            self._push(tag, values)
        self._structure(tag, values, token.end)
        self._attributes(tag, values, token)

    def _close(self, tag: str) -> None:
        if tag in _VOID:
            return
        if tag in _BLOCKS:
            self._flush()
        if tag == "title":
            self._end_title()
        if any(one.tag == tag for one in self._stack):
            while self._stack and self._pop() != tag:
                pass

    def _entity(self, text: str, token: Token) -> None:
        if text.strip(_BLANK):
            self._pieces.char(text, token.start, token.end - token.start)
        else:
            self._character(" ", token.start, token.end - token.start)

    def _comment(self, token: Token) -> None:
        raw = self.source[token.start : token.end]
        text = raw.strip()
        if text and not re.match(r"\[(?:if|endif)", text):
            start = token.start + raw.index(text)
            self._add_meta(text, list(range(start, start + len(text))), {}, "comment", visible=False)

    # Text.

    def _character(self, char: str, at: int, width: int) -> None:
        if char not in _BLANK:
            self._pieces.char(char, at, width)
        elif self._pieces.chars and self._pieces.chars[-1] not in (" ", "\n"):
            self._pieces.char("\n" if char in "\n\r" else " ", at, width)
        elif self._pieces.chars and self._pieces.chars[-1] == " " and char in "\n\r":
            self._pieces.chars[-1] = "\n"

    def _break(self, at: int, width: int) -> None:
        if self._grid.cell is None:
            self._flush()
        elif self._pieces.chars:
            self._pieces.char(" ", at, width)

    def _is_skipped(self) -> bool:
        return bool(self._stack) and self._stack[-1].skipped

    def _flush(self) -> None:
        if self._in_title:
            return
        pieces, self._pieces = _unfold(self._pieces), Pieces()
        text, offsets, widths = pieces.stripped(_EDGES)
        if text:
            self._add_text(Draft(text=text, offsets=offsets, widths=widths))
        else:
            self._grid.keep_blank(pieces)
        self.drafts.extend(self._after)
        self._after = []

    def _add_text(self, draft: Draft) -> None:
        top = self._stack[-1] if self._stack else _NOWHERE
        draft.cell = self._grid.cell
        if top.furniture:
            draft.kind = Kind.FURNITURE
        elif draft.cell:
            draft.kind = Kind.CELL
        draft.visible = not top.hidden
        draft.part = "hidden" if top.hidden else top.furniture or "body"
        if draft.kind is Kind.PARAGRAPH and draft.visible:
            draft.style = self._heading
        self.hidden += top.hidden
        self._grid.filled()
        self.drafts.append(draft)

    def _add_meta(
        self, text: str, offsets: list[int], widths: dict[int, int], part: str, *, visible: bool = True
    ) -> None:
        draft = Draft(text=text, offsets=offsets, widths=widths, kind=Kind.META, part=part, visible=visible)
        self._after.append(draft)

    # Elements.

    def _push(self, tag: str, values: dict[str, str]) -> None:
        above = self._stack[-1] if self._stack else _NOWHERE
        hides = "hidden" in values or bool(_HIDDEN_STYLE.search(values.get("style", "")))
        furniture = {"nav": "body", "footer": "footer"}.get(tag, above.furniture)
        skipped = (above.skipped and tag != "body") or tag in _SKIPPED
        element = _Element(tag, hidden=above.hidden or hides, skipped=skipped, furniture=furniture)
        if hides and not above.hidden and not skipped:
            element.saved, self._pieces = self._pieces, Pieces()
        self._stack.append(element)

    def _pop(self) -> str:
        element = self._stack[-1]
        if element.saved is not None:
            # Hidden words in the middle of a sentence are a piece of their own, the sentence goes on.
            self._flush_hidden()
            self._pieces = element.saved
        self._stack.pop()
        self._leave(element.tag)
        return element.tag

    def _flush_hidden(self) -> None:
        text, offsets, widths = _unfold(self._pieces).stripped(_EDGES)
        if text:
            self.hidden += 1
            draft = Draft(text=text, offsets=offsets, widths=widths, part="hidden", visible=False)
            self._after.append(draft)

    def _close_implied(self, tag: str) -> None:
        wanted = _CLOSED_BY.get(tag, frozenset(("p",)) if tag in _BLOCKS else frozenset())
        for depth in range(len(self._stack) - 1, -1, -1):
            open_tag = self._stack[depth].tag
            if open_tag in wanted:
                self._flush()
                while len(self._stack) > depth:
                    self._pop()
            elif open_tag in _SCOPES:
                break

    def _structure(self, tag: str, values: dict[str, str], after: int) -> None:
        if tag == "title" and not any(one.tag == "svg" for one in self._stack):
            self._in_title, self._pieces = True, Pieces()
        elif re.fullmatch("h[1-6]", tag):
            self._heading = int(tag[1])
        elif tag == "table":
            self._grid.start_table()
        elif tag == "tr":
            self._grid.start_row()
        elif tag in ("td", "th"):
            self._grid.start_cell(values, after)

    def _leave(self, tag: str) -> None:
        if re.fullmatch("h[1-6]", tag):
            self._heading = None
        elif tag in ("td", "th", "table"):
            blank = self._grid.end_cell() if tag != "table" else self._grid.end_table()
            if blank is not None:
                blank.visible = not (self._stack and self._stack[-1].hidden)
                self.drafts.append(blank)

    def _end_title(self) -> None:
        if self._in_title:
            self._in_title = False
            text, offsets, widths = _unfold(self._pieces).stripped()
            self._pieces = Pieces()
            if text:
                self.title = self.title or re.sub(r"\s+", " ", text)
                self._add_meta(text, offsets, widths, "properties")

    # Attributes.

    def _attributes(self, tag: str, values: dict[str, str], token: Token) -> None:
        wanted = _wanted(tag, values)
        for name, (start, end) in token.attributes.items():
            if name in wanted and values[name].strip():
                pieces = _decoded(self.source[start:end], start)
                self._add_meta(pieces.text, pieces.offsets, pieces.widths, wanted[name])


def _wanted(tag: str, values: dict[str, str]) -> dict[str, str]:
    """Which attributes of a tag hold text that is scanned, and the part that they are."""
    wanted = {"title": "alt"} if tag != "title" else {}
    if tag in ("a", "area", "iframe") and _LINK.match(values.get("href", values.get("src", "")).strip()):
        wanted |= {"href": "link", "src": "link"}
    elif tag in ("img", "input"):
        wanted["alt"] = "alt"
        if _LINK.match(values.get("src", "").strip()):
            wanted["src"] = "link"
    elif tag == "meta" and values.get("name", values.get("property", "")).lower() in _META_NAMES:
        wanted = {"content": "properties"}
    return wanted


def _decoded(raw: str, start: int) -> Pieces:
    pieces, done = Pieces(), 0
    for found in ENTITY.finditer(raw):
        text = html.unescape(found.group())
        if text != found.group() and found.group().endswith(";"):
            pieces.run(raw[done : found.start()], start + done)
            pieces.char(text, start + found.start(), len(found.group()))
            done = found.end()
    pieces.run(raw[done:], start + done)
    return pieces


def _unfold(pieces: Pieces) -> Pieces:
    """Drop a line break of the source between two Chinese characters; elsewhere it is a blank."""
    out, text = Pieces(), pieces.text
    for at, char in enumerate(text):
        if (
            char == "\n"
            and not _is_ascii_word(text[at - 1 : at])
            and not _is_ascii_word(text[at + 1 : at + 2])
        ):
            continue
        width = pieces.widths.get(at, 1)
        out.char(" " if char == "\n" else char, pieces.offsets[at], width)
    return out


def _is_ascii_word(char: str) -> bool:
    return char.isascii() and char.isalnum()
