"""The cells of one table as a grid: merged cells, title rows, head rows, captions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from validator.model.document import Document, Kind
from validator.text.fold import fold
from validator.text.lazy import lazy
from validator.text.units import UNITS, split

_UNIT_IN = lazy(r"[(（\[【]\s*(?:计量)?(?:单位[:：])?\s*([^()（）\[\]【】]{1,8})\s*[)）\]】]")
_UNIT_SLASH = lazy(r"(?<=[^\W\d_])[/，]([^/，()]{1,4})$")
_CAPTION = lazy(r"单位[:：]\s*(?=([^\s()（）|，。；:：]{1,12}))")
_CAPTION_BRACKET = lazy(r"[(（](万元|亿元|万人|元|人)[)）]")
_MARKS = lazy(r"(?:[*★☆▲△#①-⑩¹²³†‡]|[\[(〔]注?\d{0,2}[\])〕]|注[\d①-⑩])+$")
_YEAR = lazy(r"(?:19|20)\d\d(?:年度?)?")
_NUMBER = lazy(r"[第约近超≥≤><+±↑↓-]*\d[\d,.]*(?!\d|[-—～至到]\d+(?:年|月)|年|月)")
_SENTENCE = lazy("[。；]")
_HEADS = 4
_LONGEST = 40


def bare_marks(text: str) -> str:
    """A head without the note marks behind it: 专利授权量①, 在校学生数*, 招生人数(注1)."""
    tail = _MARKS.search(text[-_LONGEST:])
    return text[: len(text) - len(tail[0])] or text if tail else text


def known_unit(text: str) -> bool:
    """Whether `text` is a unit, with or without a scale."""
    return bool(text) and split(text)[1] in UNITS


def units_in(text: str) -> list[str]:
    """The units of a list such as 家、万元; empty where one of its words is none."""
    parts = [part.strip("：:") for part in re.split(r"[、/和,，;；]", text) if part.strip("：:")]
    return parts if parts and all(known_unit(part) for part in parts) else []


def unit_of(text: str) -> str:
    """The unit of a head: in brackets (在校生(万人)), behind a stroke (在校生/万人), or the head itself."""
    for match in _UNIT_IN.finditer(text):
        if units_in(match[1].lstrip("±")):
            return str(match[1]).lstrip("±")
    slash = _UNIT_SLASH.search(text)
    if slash and known_unit(slash[1]):
        return str(slash[1])
    return text if known_unit(text) else ""


def without_unit(text: str) -> str:
    """A head without its unit."""
    unit = unit_of(text)
    if not unit or unit == text:
        return text
    text = re.sub(rf"[(（\[【](?:计量)?(?:单位[:：])?±?{re.escape(unit)}[)）\]】]", "", text)
    return text.removesuffix("/" + unit).removesuffix("，" + unit)


@dataclass(slots=True)
class Grid:
    """`cells` maps every row and column, also those of a merged cell, to the block that stands there."""

    document: Document
    cells: dict[tuple[int, int], int] = field(default_factory=dict)
    rows: list[int] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    titles: list[int] = field(default_factory=list)
    head: list[int] = field(default_factory=list)
    _texts: dict[int, str] = field(default_factory=dict)
    _shares: dict[int, bool] = field(default_factory=dict)

    def text(self, row: int, column: int) -> str:
        """The folded text of a cell, empty where there is none."""
        index = self.cells.get((row, column))
        return "" if index is None else self.of_block(index)

    def of_block(self, index: int) -> str:
        """The folded text of a block."""
        if index not in self._texts:
            self._texts[index] = fold(self.document.blocks[index].text.strip()).text
        return self._texts[index]

    def numeric(self, row: int, columns: Sequence[int]) -> bool:
        """Whether one of these cells begins as a number does; a year is none."""
        return any(
            _NUMBER.match(text) and not _YEAR.fullmatch(text)
            for text in (self.text(row, column) for column in columns)
        )

    def filled(self, row: int) -> list[int]:
        """The blocks of a row that hold something."""
        found = dict.fromkeys(self.cells.get((row, column)) for column in self.columns)
        return [index for index in found if index is not None and self.of_block(index)]

    def shares(self, index: int) -> bool:
        """Whether some cell of the block's column writes its own per cent sign."""
        cell = self.document.blocks[index].cell
        column = cell.column if cell is not None else 0
        if column not in self._shares:
            self._shares[column] = any(self.text(row, column).endswith("%") for row in self.rows[1:])
        return self._shares[column]

    def stack(self, column: int) -> list[str]:
        """The heads above a column from top to bottom; an empty one goes on from the head at its left."""
        found: list[int] = []
        for depth, row in enumerate(self.head):
            index = self._head_at(row, column, depth)
            if index is not None and index not in found:
                found.append(index)
        return [bare_marks(self.of_block(index)) for index in found]

    def _head_at(self, row: int, column: int, depth: int) -> int | None:
        index = self.cells.get((row, column))
        below = self.head[depth + 1 :]
        if (index is not None and self.of_block(index)) or not any(self.text(one, column) for one in below):
            return index
        for left in reversed([one for one in self.columns[1:] if one < column]):
            other = self.cells.get((row, left))
            if other is not None and self.of_block(other):
                return other
        return index


def grid(document: Document, blocks: Sequence[int]) -> Grid | None:
    """The grid of the cells `blocks`; None where there is no row or column to compare with."""
    made = Grid(document)
    for index in blocks:
        cell = document.blocks[index].cell
        if cell is not None:
            for row in range(cell.row, cell.row + cell.row_span):
                for column in range(cell.column, cell.column + cell.column_span):
                    made.cells.setdefault((row, column), index)
    made.rows = sorted({row for row, _ in made.cells})
    made.columns = sorted({column for _, column in made.cells})
    if len(made.columns) < 2:
        return None
    while len(made.rows) > 2 and len(made.filled(made.rows[0])) < 2:
        made.titles.append(made.rows.pop(0))
    if len(made.rows) < 2:
        return None
    made.head = _head(made)
    return made


def _head(made: Grid) -> list[int]:
    """The first row, and those below it whose first cell is merged with it or empty and that hold no number."""
    first, corner = made.rows[0], made.columns[0]
    head = [first]
    for row in made.rows[1:_HEADS]:
        merged = made.cells.get((row, corner)) == made.cells.get((first, corner))
        open_corner = not made.text(row, corner) and len(made.filled(row)) > 1
        units = all(known_unit(made.of_block(index).strip("()")) for index in made.filled(row))
        if not merged and (
            not (open_corner or (units and made.filled(row))) or made.numeric(row, made.columns)
        ):
            break
        head.append(row)
    return head if len(head) < len(made.rows) else head[:1]


def captions(made: Grid, first: int, *, headings: bool) -> list[str]:
    """What stands over the table, the nearest first: its title rows, then up to two blocks before it,
    with `headings` or without."""
    blocks = made.document.blocks
    found = [blocks[index].text for row in reversed(made.titles) for index in made.filled(row)]
    skipped = (Kind.CELL,) if headings else (Kind.CELL, Kind.HEADING)
    found += [block.text for block in blocks[max(0, first - 2) : first][::-1] if block.kind not in skipped]
    return [fold(text).text for text in found]


def caption_unit(texts: Sequence[str]) -> str:
    """The unit that the words over a table give to it; 填报单位：县教育局 is none."""
    for text in texts:
        for match in _CAPTION.finditer(text):
            if units_in(match[1]):
                return str(match[1])
        bracket = _CAPTION_BRACKET.search(text[-12:])
        if bracket:
            return str(bracket[1])
    return ""


def caption_title(texts: Sequence[str]) -> str:
    """The title of a table among the words over it: short, and no sentence."""
    return next(
        (
            text
            for text in texts
            if 4 < len(text) <= 50 and not _SENTENCE.search(text) and not _CAPTION.match(text)
        ),
        "",
    )
