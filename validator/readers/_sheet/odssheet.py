"""One sheet of an OpenDocument spreadsheet: repeated cells, spans, hidden rows, comments, shapes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from validator.model.document import Kind

from .. import _limits
from .._draft import Draft
from .._drawingml import every, inner, local
from .drafts import Grid, place
from .region import Item
from .xlsxcells import literals
from .xlsxmerge import split_hidden

if TYPE_CHECKING:
    from lxml.etree import _Element

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_HREF = "{http://www.w3.org/1999/xlink}href"
_HIDDEN = ("collapse", "filter")
_FIELDS = frozenset({"page-number", "page-count", "sheet-name", "title", "file-name", "date", "time"})
_ASIDE = frozenset({"annotation", "ruby-text"})
_SHAPES = ("frame", "custom-shape", "rect", "line", "ellipse", "polygon", "caption", "path", "connector", "g")
_MOST_VISITED = 1_000_000
_MOST_ROWS, _MOST_COLUMNS, _MOST_SPACES, _MOST_PARENTS = 1 << 20, 1 << 14, 200, 20


@dataclass(slots=True)
class Found:
    """What is counted and named over the whole file."""

    comments: int = 0
    pictures: list[str] = field(default_factory=list)
    objects: list[str] = field(default_factory=list)
    embedded: list[str] = field(default_factory=list)
    literals: dict[str, None] = field(default_factory=dict)


def paragraphs(element: _Element) -> list[str]:
    """Texts of all paragraphs inside, those of comments left out."""
    out: list[str] = []
    stack = [element]
    while stack:
        one = stack.pop()
        if local(one) in ("p", "h"):
            out.append(paragraph(one))
        elif local(one) not in _ASIDE:
            stack.extend(reversed(one))
    return [text for text in out if text.strip()]


def paragraph(element: _Element, *, fields: bool = True) -> str:
    """Text of one paragraph; without `fields` page numbers and the like are left out."""
    return "".join(text for text, _ in _pieces(element, fields=fields)).strip()


def _pieces(element: _Element, *, fields: bool = True) -> Iterator[tuple[str, str]]:
    """Pieces of text with the name of the innermost span style."""
    stack: list[tuple[_Element | str, str]] = [(element, "")]
    while stack:
        one, style = stack.pop()
        if isinstance(one, str):
            yield " ".join(one.replace("\n", " ").split(" ")), style
            continue
        tag = local(one)
        if tag in _ASIDE or (tag in _FIELDS and not fields):
            continue
        if tag == "s":
            count = one.get(f"{_TEXT}c") or "1"
            yield " " * (min(int(count), _MOST_SPACES) if count.isdecimal() and len(count) < 8 else 1), style
        elif tag in ("tab", "line-break"):
            yield " ", style
        style = one.get(f"{_TEXT}style-name") or style if tag == "span" else style
        inside: list[tuple[_Element | str, str]] = [(one.text, style)] if one.text else []
        for child in one:
            inside.append((child, style))
            if child.tail:
                inside.append((child.tail, style))
        stack.extend(reversed(inside))


class OdsStyles:
    """Colours of cell and text styles, and which table styles hide their sheet."""

    def __init__(self, common: _Element | None, content: _Element) -> None:
        self._styles: dict[str, tuple[str, str | None, str | None]] = {}
        self.hidden: set[str] = set()
        for root in (common, content):
            for holder in root if root is not None else ():
                if local(holder) in ("styles", "automatic-styles"):
                    for one in holder:
                        self._style(one)

    def _style(self, element: _Element) -> None:
        name = element.get(f"{_STYLE}name") or ""
        ink = ground = None
        for one in element:
            if local(one) == "text-properties":
                ink = one.get(f"{_FO}color") if one.get(f"{_TEXT}display") != "none" else "hidden"
            elif local(one) == "table-cell-properties":
                ground = one.get(f"{_FO}background-color")
            elif local(one) == "table-properties" and one.get(f"{_TABLE}display") == "false":
                self.hidden.add(name)
        self._styles[name] = (element.get(f"{_STYLE}parent-style-name") or "", ink, ground)

    def colours(self, name: str) -> tuple[str, str]:
        """Colour of the text and of the ground that a style leads to."""
        ink: str | None = None
        ground: str | None = None
        for _ in range(_MOST_PARENTS):
            parent, own_ink, own_ground = self._styles.get(name, ("", None, None))
            ink, ground = ink or own_ink, ground or own_ground
            if not parent:
                break
            name = parent
        plain = (ground or "transparent").lower()
        return (ink or "#000000").lower(), "#ffffff" if plain == "transparent" else plain

    def ink(self, name: str) -> str | None:
        """The colour that a text style sets itself."""
        known = self._styles.get(name)
        return known[1].lower() if known is not None and known[1] else None


class OdsSheet:
    """Takes the columns and rows of one sheet in their order."""

    def __init__(self, shown: str, element: _Element, styles: OdsStyles, found: Found) -> None:
        self.shown = shown
        self.styles = styles
        self.found = found
        self.name = element.get(f"{_TABLE}name") or ""
        self.hidden = (element.get(f"{_TABLE}style-name") or "") in styles.hidden
        self._items: list[Item] = []
        self._gone: list[Item] = []
        self._drafts: list[tuple[Draft, tuple[int, int] | None]] = []
        self._rows = self._columns = self._size = self._visited = 0
        self._hidden_rows: list[int] = []
        self._hidden_columns: list[int] = []
        self._ends: list[int] = []
        self._defaults: list[str] = []

    @property
    def count(self) -> int:
        """Filled cells so far."""
        return len(self._items) + len(self._gone) + len(self._drafts)

    def column(self, element: _Element) -> None:
        """A column, or several alike."""
        count = min(_repeat(element, "columns"), _MOST_COLUMNS - self._columns)
        if element.get(f"{_TABLE}visibility") in _HIDDEN:
            self._hidden_columns.extend(range(self._columns + 1, self._columns + count + 1))
        self._ends.append(self._columns + count)
        self._defaults.append(element.get(f"{_TABLE}default-cell-style-name") or "")
        self._columns += count

    def row(self, element: _Element) -> None:
        """A row, or several alike; empty ones take no time whatever their number."""
        count = min(_repeat(element, "rows"), _MOST_ROWS - self._rows)
        first = self._rows + 1
        self._rows += count
        cells = [one for one in element if local(one) in ("table-cell", "covered-table-cell")]
        filled = any(len(one) or one.get(f"{_OFFICE}value-type") for one in cells)
        if filled and count > _limits.MOST_BLOCKS:
            _limits.check_size(self.shown, count)
        if not filled:
            return
        for number in range(first, first + count):
            if element.get(f"{_TABLE}visibility") in _HIDDEN:
                self._hidden_rows.append(number)
            self._cells(cells, number)

    def _cells(self, cells: list[_Element], row: int) -> None:
        column = 1
        for one in cells:
            count = min(_repeat(one, "columns"), _MOST_COLUMNS - column + 1)
            if len(one) or one.get(f"{_OFFICE}value-type"):
                self._visited += count
                if self._visited > _MOST_VISITED:
                    zh, en = f"单元格超过 {_MOST_VISITED} 个", f"more than {_MOST_VISITED} cells"
                    raise _limits.over(self.shown, zh, en)
                for at in range(column, column + count):
                    self._cell(one, row, at)
            column += count

    def _cell(self, element: _Element, row: int, column: int) -> None:
        at = bisect_left(self._ends, column)
        name = element.get(f"{_TABLE}style-name") or (self._defaults[at] if at < len(self._defaults) else "")
        ink, ground = self.styles.colours(name)
        literals(element.get(f"{_TABLE}formula") or "", self.found.literals)
        lines: list[str] = []
        unseen: list[str] = []
        for child in element:
            tag = local(child)
            if tag == "p":
                pieces = [(text, self.styles.ink(style) or ink) for text, style in _pieces(child)]
                lines.append("".join(text for text, own in pieces if own not in (ground, "hidden")))
                unseen.append("".join(text for text, own in pieces if own in (ground, "hidden")))
            self._beside(child, tag, (row, column))
        shown, gone = "\n".join(lines), " ".join(one for one in unseen if one.strip())
        value = element.get(f"{_OFFICE}string-value") or element.get(f"{_OFFICE}value") or ""
        if not shown.strip() and not gone and value.strip("0.-"):
            gone = value  # a format such as ;;; shows nothing of it
        covered = local(element) == "covered-table-cell"
        item = Item(row=row, column=column, text=shown)
        item.row_span, item.column_span = _span(element, "rows"), _span(element, "columns")
        if shown.strip():
            (self._gone if covered else self._items).append(item)
        if gone:
            self._gone.append(Item(row=row, column=column, text=gone))
        self._size += len(shown) + len(gone)
        _limits.check_size(self.shown, self.count, self._size)

    def _add(self, text: str, part: str, kind: Kind, at: tuple[int, int] | None) -> None:
        plain = " ".join(text.split())
        if plain:
            self._drafts.append((Draft(text=plain, part=part, kind=kind), at))

    def _beside(self, child: _Element, tag: str, at: tuple[int, int] | None) -> None:
        """Links in a text, a comment, shapes that are anchored to the cell."""
        if tag == "annotation":
            self.found.comments += 1
            text = " ".join(paragraph(one) for one in every(child, "p"))
            self._add(text, "comment", Kind.META, at)
        elif tag in _SHAPES:
            self._shape(child, at)
        else:
            for one in every(child, "a"):
                self._add(one.get(_HREF) or "", "link", Kind.META, at)

    def _shape(self, element: _Element, at: tuple[int, int] | None) -> None:
        where = f"工作表“{self.name}”"
        for text in paragraphs(element):
            self._add(text, "textbox", Kind.PARAGRAPH, at)
        for one in every(element, "title", "desc", "a", "object", "object-ole", "image"):
            tag = local(one)
            href = one.get(_HREF) or ""
            if tag in ("title", "desc"):
                self._add(one.text or "", "alt", Kind.META, at)
            elif tag == "a":
                self._add(href, "link", Kind.META, at)
            elif tag == "image":
                holder = one.getparent()
                if all(inner(holder, wanted) is None for wanted in ("object", "object-ole")):
                    self.found.pictures.append(where)
            elif href:
                self.found.objects.append(href)

    def finish(self, element: _Element) -> None:
        """The shapes that lie on the sheet and belong to no cell."""
        shapes = inner(element, "shapes")
        for one in shapes if shapes is not None else ():
            if local(one) in _SHAPES:
                self._shape(one, None)

    def grid(self) -> Grid:
        """The sheet with everything on it."""
        items, unseen = split_hidden(self._items, self._hidden_rows, self._hidden_columns)
        grid = Grid(
            name=self.name,
            items=items,
            hidden=self.hidden,
            hidden_cells=[*self._gone, *unseen],
            hidden_rows=self._hidden_rows,
        )
        for draft, at in self._drafts:
            draft.cell = place(grid, *at) if at is not None else None
            grid.extras.append(draft)
        return grid


def _repeat(element: _Element, what: str) -> int:
    text = element.get(f"{_TABLE}number-{what}-repeated") or "1"
    return max(1, min(int(text), _MOST_ROWS)) if text.isdecimal() and len(text) < 9 else 1


def _span(element: _Element, what: str) -> int:
    text = element.get(f"{_TABLE}number-{what}-spanned") or "1"
    return max(1, min(int(text), _MOST_ROWS)) if text.isdecimal() and len(text) < 9 else 1
