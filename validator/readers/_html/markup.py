"""HTML to drafts: tags and text with exact source places, folded into blocks as a browser shows it."""

from __future__ import annotations

import html
import re
from collections import Counter
from dataclasses import dataclass

from validator.model.document import Kind

from .._draft import Draft
from .._text import Pieces
from . import office
from .grid import Grid
from .look import PLAIN, Look, Sheets
from .pieces import decoded, extended, joined, moved, unfold, wanted
from .tokens import Token, tokens, unescaped


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_BLOCKS = _words(
    """
    address article aside blockquote body caption center dd details dialog div dl dt fieldset
    figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol option p
    pre section summary table tbody td tfoot th thead tr ul v:textbox
    """
)
_SKIPPED = frozenset(("script", "style", "head"))
_UNSHOWN = frozenset(("template", "noscript"))
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
_P = frozenset(("p",))
_NOTHING: frozenset[str] = frozenset()
_SCOPES = frozenset(("table", "ul", "ol", "dl", "select", "body", "div", "section", "article"))
_FURNITURE = {"nav": "body", "contents": "body", "header": "header", "footer": "footer"}
_ASIDE = frozenset(("comment", "field", "properties"))
"""Regions whose text is beside the report: it never states a value."""
_LIBREOFFICE = ("libreoffice", "openoffice", "staroffice")
_BLANK = " \t\n\r\f"
_EDGES = _BLANK + "\u3000\u00a0\u2002\u2003\u2009\u200b"
_MOST_DEPTH = 256
_MOST_NESTED = 3
_SPECK = 3


@dataclass(slots=True)
class _Element:
    """`channel` is how its text is seen: "" shown, "hidden", "deleted", or "mark" for the mark of a note."""

    tag: str
    look: Look = PLAIN
    channel: str = ""
    region: str = ""
    skipped: bool = False
    quiet: bool = False
    title: bool = False
    saved: Pieces | None = None


class Folder:
    """Reads a whole source; afterwards all of these are there.

    `drafts` are in reading order, `title` is that of the head, `hidden` the number of hidden pieces,
    `revisions` of insertions and deletions, `comments` of comments, `pictures` are the places of pictures.
    """

    def __init__(self, source: str, *, region: str = "", skipped: bool = False, depth: int = 0) -> None:
        self.source = source
        self.drafts: list[Draft] = []
        self.title = ""
        self.hidden = self.revisions = self.comments = 0
        self.pictures: list[int] = []
        self._depth = depth
        self._outer = _Element("", region=region, skipped=skipped)
        self._stack: list[_Element] = []
        self._open_tags: Counter[str] = Counter()
        self._sheets = Sheets()
        self._css: list[str] = []
        self._grid = Grid()
        self._pieces = Pieces()
        self._heading: int | None = None
        self._in_title = False
        self._reviewed = False
        self._after: list[Draft] = []
        self._alternatives: set[str] = set()
        self._aside_at = -1
        for token in tokens(source):
            self._token(token)
        self._end_title()
        while self._stack:
            self._flush()
            self._pop()
        self._flush()
        self.drafts = self._grid.without_layout(self.drafts)

    @property
    def _top(self) -> _Element:
        return self._stack[-1] if self._stack else self._outer

    def _token(self, token: Token) -> None:
        if token.kind == "open":
            self._open(token)
        elif token.kind == "close":
            self._close(token.name)
        elif token.kind == "comment":
            self._comment(token)
        elif self._top.tag == "style":
            self._css.append(self.source[token.start : token.end])
        elif self._in_title or not self._top.skipped:
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
        values = {name: unescaped(self.source[slice(*place)]) for name, place in token.attributes.items()}
        if tag == "br":
            self._break(token.start, token.end - token.start)
        elif tag in _BLOCKS or self._top.region == "properties":
            self._flush()
        if tag not in _VOID and len(self._stack) < _MOST_DEPTH:
            self._push(tag, values)
        self._structure(tag, values, token.end)
        self._attributes(tag, values, token)

    def _close(self, tag: str) -> None:
        if tag in _VOID:
            return
        if tag in _BLOCKS or self._top.region == "properties":
            self._flush()
        if tag == "title":
            self._end_title()
        if self._open_tags[tag]:
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
        condition = office.conditional(raw)
        if condition is not None:
            kind, start, end = condition
            if kind and self._depth < _MOST_NESTED:
                pieces = Pieces()
                pieces.run(raw[start:end], token.start + start)
                self._nested(pieces, region=kind if kind == "field" else "", skipped=kind != "field")
        elif text and not text.lower().startswith("[endif"):
            start = token.start + raw.index(text)
            self._add_meta(text, list(range(start, start + len(text))), {}, "comment", visible=False)
            # LibreOffice writes what reviewers said in this way, other programs what their authors noted.
            self.comments += self._reviewed

    def _nested(self, pieces: Pieces, *, region: str = "", skipped: bool = False) -> None:
        """Markup that stands inside a comment or an attribute."""
        inner = Folder(pieces.text, region=region, skipped=skipped, depth=self._depth + 1)
        for draft in inner.drafts:
            if draft.cell is not None:
                draft.cell = None
                draft.kind = Kind.PARAGRAPH if draft.kind is Kind.CELL else draft.kind
            if draft.text.strip() and self._is_new(draft.part, draft.text):
                if region == "field" and draft.visible and draft.part != "properties":
                    draft.visible = False
                    draft.part = "hidden" if draft.part == "textbox" else draft.part
                self._after.append(moved(draft, pieces))
        self.hidden += inner.hidden

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

    def _flush(self) -> None:
        if self._in_title:
            return
        pieces, self._pieces = unfold(self._pieces), Pieces()
        text, offsets, widths = pieces.stripped(_EDGES)
        if text:
            draft = self._draft(text, offsets, widths)
            self._grid.filled()
            self.drafts.append(draft)
        else:
            self._grid.keep_blank(pieces)
        self.drafts.extend(self._after)
        self._after, self._aside_at = [], -1

    def _draft(self, text: str, offsets: list[int], widths: dict[int, int]) -> Draft:
        """The text as what the innermost open element makes of it."""
        top = self._top
        draft = Draft(text=text, offsets=offsets, widths=widths, cell=self._grid.cell)
        if top.region in _FURNITURE:
            draft.kind = Kind.FURNITURE
        elif top.region in _ASIDE:
            draft.kind = Kind.META
        elif draft.cell:
            draft.kind = Kind.CELL
        draft.visible = top.channel not in ("hidden", "deleted")
        draft.part = _FURNITURE.get(top.region, top.region or "body") if draft.visible else top.channel
        if draft.kind is Kind.PARAGRAPH and draft.visible:
            draft.style, draft.title = self._heading, top.title
        self.hidden += draft.part == "hidden" and not top.quiet
        return draft

    def _add_meta(
        self, text: str, offsets: list[int], widths: dict[int, int], part: str, *, visible: bool = True
    ) -> None:
        if not self._is_new(part, text):
            return
        kind = Kind.FURNITURE if part == "watermark" else Kind.META
        draft = Draft(text=text, offsets=offsets, widths=widths, kind=kind, part=part, visible=visible)
        self._after.append(draft)

    def _is_new(self, part: str, text: str) -> bool:
        """Word writes the alternative text of a drawing twice, for itself and for browsers."""
        if part != "alt":
            return True
        seen = text in self._alternatives
        self._alternatives.add(text)
        return not seen

    # Elements.

    def _push(self, tag: str, values: dict[str, str]) -> None:
        above = self._top
        look = self._sheets.look(tag, values)
        region = office.region(tag, values, above.region)
        element = _Element(
            tag,
            look=above.look if look == PLAIN else look.over(above.look),
            region=region,
            skipped=tag in _SKIPPED or (above.skipped and tag != "body" and region == above.region),
            quiet=above.quiet or tag in _UNSHOWN,
            title=above.title or office.is_title(values),
        )
        element.channel = self._channel(tag, values, element)
        self.revisions += tag in ("del", "ins")
        self.comments += region == "comment" != above.region
        if element.channel != above.channel and not element.skipped:
            element.saved, self._pieces = self._pieces, Pieces()
        self._stack.append(element)
        self._open_tags[tag] += 1

    def _channel(self, tag: str, values: dict[str, str], element: _Element) -> str:
        above = self._top.channel
        if above == "deleted" or tag == "del":
            return "deleted"
        if element.look.hidden or element.quiet:
            return "hidden"
        return "mark" if above == "mark" or office.is_reference(values) else ""

    def _pop(self) -> str:
        element = self._stack[-1]
        if element.saved is not None:
            self._end_channel(element.channel, element.saved)
            self._pieces = element.saved
        self._stack.pop()
        self._open_tags[element.tag] -= 1
        self._leave(element.tag)
        return element.tag

    def _end_channel(self, channel: str, saved: Pieces) -> None:
        """Hidden words in the middle of a sentence are a piece of their own, the sentence goes on."""
        text, offsets, widths = unfold(self._pieces).stripped(_EDGES)
        if channel == "mark":
            if not office.is_mark(text):
                joined(saved, self._pieces)
        elif text:
            draft = self._draft(text, offsets, widths)
            draft.cell = None
            draft.kind = Kind.PARAGRAPH if draft.kind is Kind.CELL else draft.kind
            last = self._after[-1] if self._after else None
            if last is not None and (last.part, self._aside_at) == (draft.part, len(saved.offsets)):
                # One hidden phrase in several elements: nothing that is seen stands between.
                self.hidden -= draft.part == "hidden"
                extended(last, draft)
            else:
                self._after.append(draft)
            self._aside_at = len(saved.offsets)

    def _close_implied(self, tag: str) -> None:
        closed = _CLOSED_BY.get(tag, _P if tag in _BLOCKS else _NOTHING)
        if not any(self._open_tags[one] for one in closed):
            return
        for depth in range(len(self._stack) - 1, -1, -1):
            open_tag = self._stack[depth].tag
            if open_tag in closed:
                self._flush()
                while len(self._stack) > depth:
                    self._pop()
            elif open_tag in _SCOPES:
                break

    def _structure(self, tag: str, values: dict[str, str], after: int) -> None:
        if tag == "title" and not self._open_tags["svg"]:
            self._in_title, self._pieces = True, Pieces()
        elif len(tag) == 2 and tag[0] == "h" and tag[1] in "123456":
            self._heading = int(tag[1])
        elif tag == "table":
            self._grid.start_table()
        elif tag == "tr":
            self._grid.start_row()
        elif tag in ("td", "th"):
            self._grid.start_cell(values, after)
        elif tag == "link":
            self._sheets.linked |= "stylesheet" in values.get("rel", "").lower()

    def _leave(self, tag: str) -> None:
        if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456":
            self._heading = None
        elif tag == "style":
            self._sheets.add("".join(self._css))
            self._css = []
        elif tag in ("td", "th", "table"):
            blank = self._grid.end_cell() if tag != "table" else self._grid.end_table()
            if blank is not None:
                blank.visible = self._top.channel not in ("hidden", "deleted")
                self.drafts.append(blank)

    def _end_title(self) -> None:
        if self._in_title:
            self._in_title = False
            text, offsets, widths = unfold(self._pieces).stripped()
            self._pieces = Pieces()
            if text:
                self.title = self.title or re.sub(r"\s+", " ", text)
                self._add_meta(text, offsets, widths, "properties")

    # Attributes.

    def _attributes(self, tag: str, values: dict[str, str], token: Token) -> None:
        parts = wanted(tag, values)
        for name, (start, end) in token.attributes.items():
            if name in parts and values[name].strip():
                pieces = decoded(self.source[start:end], start)
                shown = parts[name] != "hidden"
                self._add_meta(pieces.text, pieces.offsets, pieces.widths, parts[name], visible=shown)
            elif tag == "iframe" and name == "srcdoc" and self._depth < _MOST_NESTED:
                self._nested(decoded(self.source[start:end], start), region=self._top.region)
        if tag == "img" and self._top.channel != "hidden" and not _is_speck(values):
            self.pictures.append(token.start)
        if tag == "meta" and values.get("name", "").lower() == "generator":
            self._reviewed |= values.get("content", "").lower().startswith(_LIBREOFFICE)


def _is_speck(values: dict[str, str]) -> bool:
    """Whether a picture is a dot that counts visitors or keeps a distance."""
    sides = [values.get(one, "").strip().lower().removesuffix("px") for one in ("width", "height")]
    return any(one.isascii() and one.isdigit() and len(one) < 4 and int(one) < _SPECK for one in sides)
