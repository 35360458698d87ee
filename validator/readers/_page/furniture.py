"""Running headers, footers, page numbers and watermarks of a PDF, told by repetition and by place."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from .page import Box, Glyph
from .rows import Row, Segment, joined
from .tables import Table

_ZONE = 0.2
"""Share of the page at its top and bottom where running text can be."""
_MARGIN = 62.0
"""So near to the edge of the page, in points, stands no body text of a report (2.2 cm)."""
_WIDE_MARGIN = 92.0
"""So near stands text in smaller type that is no body text."""
_DEEPEST = 4
_DRIFT = 2.0
_APART = 1.35
_LARGE = 1.6
_MOST_ASIDE = 0.3
_LARGE_ALONE = 2.0
_SENTENCE = re.compile("[。，；！？]")
_NUMBER = re.compile(r"\d{1,4}")
_PAGE_NUMBER = re.compile(
    r"[\s\-—–·•~～|]*第?\s*(?:\d{1,4}|[ivxlcIVXLC]{1,7}|[一二三四五六七八九十百]{1,5})\s*页?"
    r"(?:\s*[/／,，、|]?\s*共?\s*\d{1,4}\s*页?)?[\s\-—–·•~～|]*"
)


@dataclass(slots=True, kw_only=True)
class Sheet:
    """A page in rows: what is body text stays in `rows`, `foot` are its footnotes."""

    number: int
    box: Box
    rows: list[Row]
    tables: list[Table]
    rules: list[Box]
    foot: list[Row] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """Text that is page furniture: part "header", "footer" or "watermark", with its first page."""

    text: str
    part: str
    page: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """What is usual in a document: the font size of its text and the distance of its base lines; `marks`
    tells that few texts are marked as no content, so that the marks can be believed."""

    size: float
    pitch: float
    marks: bool = False

    @classmethod
    def of(cls, sheets: Sequence[Sheet]) -> Measures:
        """Measured over all pages; the size by most characters."""
        sizes: Counter[float] = Counter()
        for sheet in sheets:
            for row in sheet.rows:
                for one in row.segments:
                    sizes[round(one.size * 2) / 2] += len(one.text)
        size = max(sizes, key=lambda one: (sizes[one], -one)) if sizes else 12.0
        steps = sorted(
            above.main.y - below.main.y
            for sheet in sheets
            for above, below in zip(sheet.rows, sheet.rows[1:], strict=False)
            if 0.8 * size < above.main.y - below.main.y < 3 * size and abs(below.main.size - size) <= 0.5
        )
        runs = [one for sheet in sheets for row in sheet.rows for one in row.segments]
        aside = sum(len(one.text) for one in runs if one.artifact)
        marks = aside <= _MOST_ASIDE * sum(len(one.text) for one in runs)
        return cls(size=size, pitch=steps[len(steps) // 2] if steps else 1.5 * size, marks=marks)


def furniture(sheets: Sequence[Sheet], measures: Measures) -> list[Running]:
    """Take page furniture out of the rows of all pages and return it, each text once.

    A page number that goes up with the pages counts as the same text.
    """
    found = [*_watermarks(sheets, measures)]
    for part in ("header", "footer"):
        found.extend(_margins(sheets, measures, part))
    once: dict[tuple[str, str], Running] = {}
    for one in found:
        once.setdefault((one.part, _NUMBER.sub("#", one.text)), one)
    return sorted(once.values(), key=lambda one: (one.part != "header", one.part != "footer", one.page))


# Headers and footers.


def _margins(sheets: Sequence[Sheet], measures: Measures, part: str) -> Iterator[Running]:
    edges = [_edge_rows(sheet, part) for sheet in sheets]
    places: dict[str, list[float]] = {}
    for sheet, rows in zip(sheets, edges, strict=True):
        for row in rows:
            for key in _keys(row.text, sheet.number):
                places.setdefault(key, []).append(_offset(sheet, row, part))
    for offsets in places.values():
        offsets.sort()
    for sheet, rows in zip(sheets, edges, strict=True):
        for depth, row in enumerate(rows):
            apart = _is_apart(sheet, rows, depth, measures)
            count = max(
                _near(places[key], _offset(sheet, row, part)) for key in _keys(row.text, sheet.number)
            )
            if not (
                (measures.marks and all(one.artifact for one in row.segments))
                or (count > 1 and (apart or count > 2 or count * 2 >= len(sheets)))
                or (apart and _PAGE_NUMBER.fullmatch(row.text))
                or (apart and depth < 2 and _is_outside(sheet, row, part, measures))
            ):
                break
            sheet.rows = [one for one in sheet.rows if one is not row]
            yield Running(text=row.text, part=part, page=sheet.number)


def _edge_rows(sheet: Sheet, part: str) -> list[Row]:
    """Rows at one end of a page, from its edge inwards, as far as a table or the body."""
    rows = sheet.rows[:_DEEPEST] if part == "header" else sheet.rows[: -_DEEPEST - 1 : -1]
    zone = _ZONE * sheet.box.height
    found: list[Row] = []
    for row in rows:
        offset = _offset(sheet, row, part)
        outer = any(
            table.box.y1 > row.main.y if part == "header" else table.box.y0 < row.main.y
            for table in sheet.tables
        )
        if offset > zone or outer:
            break
        found.append(row)
    return found


def _offset(sheet: Sheet, row: Row, part: str) -> float:
    return sheet.box.y1 - row.main.y if part == "header" else row.main.y - sheet.box.y0


def _keys(text: str, page: int) -> Iterator[str]:
    """The text, and the text with one of its numbers given relative to the page."""
    yield text
    for match in _NUMBER.finditer(text):
        yield f"{text[: match.start()]}\0{int(match[0]) - page}\0{text[match.end() :]}"


def _near(offsets: Sequence[float], offset: float) -> int:
    return bisect_right(offsets, offset + _DRIFT) - bisect_left(offsets, offset - _DRIFT)


def _is_apart(sheet: Sheet, rows: Sequence[Row], depth: int, measures: Measures) -> bool:
    """Whether more than the usual space lies between a row and the text inside of it."""
    row = rows[depth]
    at = next(at for at, one in enumerate(sheet.rows) if one is row)
    inner = [abs(one.main.y - row.main.y) for one in sheet.rows[max(0, at - 1) : at + 2] if one is not row]
    inner += [
        max(0.0, row.main.y - table.box.y1, table.box.y0 - row.main.y) + measures.size
        for table in sheet.tables
    ]
    return bool(inner) and min(inner) >= _APART * measures.pitch


def _is_outside(sheet: Sheet, row: Row, part: str, measures: Measures) -> bool:
    """Whether a row of small type that is no sentence stands in the margin of its page."""
    offset, size = _offset(sheet, row, part), row.main.size
    near = offset <= _MARGIN and size <= 1.05 * measures.size
    small = offset <= _WIDE_MARGIN and size <= 0.93 * measures.size
    return (near or small) and not _SENTENCE.search(row.text)


# Watermarks.


def _watermarks(sheets: Sequence[Sheet], measures: Measures) -> Iterator[Running]:
    counts = Counter(
        key for sheet in sheets for key in {_place(one) for row in sheet.rows for one in row.segments}
    )
    for sheet in sheets:
        for row in sheet.rows:
            behind = [
                one
                for one in row.segments
                if _is_behind(one, counts[_place(one)], len(sheets), measures)
                or (one.artifact and measures.marks and _is_inside(sheet, one))
            ]
            if behind:
                row.segments = [one for one in row.segments if all(one is not other for other in behind)]
                yield Running(text=joined(behind).text, part="watermark", page=sheet.number)
        sheet.rows = [row for row in sheet.rows if row.segments]


def _place(one: Segment) -> tuple[str, int, int]:
    return one.text, round(one.x0 / 4), round(one.y / 4)


def _is_inside(sheet: Sheet, one: Segment) -> bool:
    """Whether words, and no dots of a leader, stand where no header or footer does."""
    if not any(character.isalnum() for character in one.text):
        return False
    zone = _ZONE * sheet.box.height
    return sheet.box.y0 + zone < one.y < sheet.box.y1 - zone


def _is_behind(one: Segment, count: int, pages: int, measures: Measures) -> bool:
    if count > 1 and count * 2 >= pages and (one.faint or one.size >= _LARGE * measures.size):
        return True
    return one.faint and one.size >= _LARGE_ALONE * measures.size


def slanting(glyphs: Sequence[Glyph], page: int) -> Iterator[Running]:
    """Text across the page, as watermarks are written; each run of characters is one text."""
    run: list[Glyph] = []
    for glyph in [*glyphs, None]:
        if run and (glyph is None or not _follows(run[-1], glyph)):
            text = "".join(one.text for one in run).strip()
            if text:
                yield Running(text=text, part="watermark", page=page)
            run = []
        if glyph is not None:
            run.append(glyph)


def _follows(last: Glyph, glyph: Glyph) -> bool:
    if last.style is glyph.style:
        return True
    reach = 1.6 * max(last.size, glyph.size)
    return abs(glyph.x0 - last.x0) <= reach and abs(glyph.y - last.y) <= reach
