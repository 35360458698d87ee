"""What line-based formats share: lines with their places, page furniture, hard wraps, tables."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from validator.model.errors import ReadError
from validator.text import encodings, headings
from validator.text.lazy import lazy

from ._base import Source

INDENT = lazy(r"(?:　　| {4}|\t)[ \t　]*(?=\S)")
SENTENCE_ENDS = tuple("。；：！？…!?;:”』」】）)》")
_PAGE = lazy(r"[-—–－·]+\s*\d{1,4}\s*[-—–－·]+|第?\s*\d{1,4}\s*页(?:[\s,，/]*共\s*\d{1,4}\s*页)?")
_VALUE = lazy(r"(?:\d|[XＸ×]|[*_＿])\s*[%％‰万亿个人所家名分项件次场元]")
_BAR = lazy("[|│┃]")
_DRAWN = lazy(r"\s*[┌├└┏┣┗╔╠╚][\u2500-\u257f]*[┐┤┘┓┫┛╗╣╝]\s*")
_GAP = lazy(" ?(?:  |\u3000)[ \u3000]*")
_SENTENCE = lazy("[。；！？]|[：:_＿（(][ \u3000]")
_NUMBER = lazy(r"[+±-]?[\d,.]*\d[\d,.]*[%％]?|[—–-]+|[XＸ×]+")
_LONG_ROW = 160
_LONG_SENTENCE = 60
_LONG_LINE = 90
_SHORT = 4
_SALUTATION = 8
_SHORT_VALUE = 12


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the source without its line end; `start` is the place of its first character."""

    start: int
    text: str

    @property
    def blank(self) -> bool:
        """Whether there is nothing but blanks on it."""
        return not self.text.strip()


@dataclass(slots=True)
class Pieces:
    """Collects characters with their places, across gaps in the source."""

    chars: list[str] = field(default_factory=list)
    offsets: list[int] = field(default_factory=list)
    widths: dict[int, int] = field(default_factory=dict)

    def run(self, text: str, start: int) -> None:
        """Characters that stand in the source as they are, beginning at `start`."""
        self.chars.append(text)
        self.offsets.extend(range(start, start + len(text)))

    def char(self, text: str, start: int, width: int) -> None:
        """What `width` characters of the source at `start` stand for (an entity, an escape)."""
        for _ in text:
            if width != 1:
                self.widths[len(self.offsets)] = width
            self.offsets.append(start)
        self.chars.append(text)

    @property
    def text(self) -> str:
        """All characters so far."""
        return "".join(self.chars)

    def stripped(self, blanks: str | None = None) -> tuple[str, list[int], dict[int, int]]:
        """Text, offsets and widths without the blanks at both ends."""
        text = self.text
        first = len(text) - len(text.lstrip(blanks))
        last = len(text.rstrip(blanks))
        if first >= last:
            return "", [], {}
        widths = {at - first: width for at, width in self.widths.items() if first <= at < last}
        return text[first:last], self.offsets[first:last], widths


def decoded(source: Source) -> tuple[str, str]:
    """Text and encoding of the file.

    Raises:
        ReadError: when the bytes are no text.
    """
    try:
        return encodings.decode(source.data)
    except ValueError as error:
        raise ReadError(
            "DOC001",
            f"{source.path}：不是可识别的文本（编码损坏或为二进制文件），请用 UTF-8 重新保存",
            f"{source.path}: {error}; save the file again as UTF-8",
        ) from error


def split_lines(text: str) -> list[Line]:
    """Lines of a decoded source, split at LF only."""
    lines = []
    start = 0
    for part in text.split("\n"):
        lines.append(Line(start, part))
        start += len(part) + 1
    return lines


def is_page_number(text: str) -> bool:
    """Whether the line is a page number in dress: "- 3 -", "第3页 共8页"; a bare number is not."""
    return bool(_PAGE.fullmatch(unicodedata.normalize("NFKC", text.strip())))


def find_furniture(lines: Sequence[Line]) -> set[int]:
    """Indices of the lines that are page headers, page footers or page numbers, by their repetition."""
    groups: dict[str, list[int]] = defaultdict(list)
    for at, line in enumerate(lines):
        text = unicodedata.normalize("NFKC", line.text.strip())
        if text and "\t" not in text and "|" not in text:
            groups[re.sub(r"\s+", " ", re.sub(r"\d+", "0", text))].append(at)
    found: set[int] = set()
    for key, members in groups.items():
        if _repeats_as_furniture(key, [lines[at].text.strip() for at in members]):
            found.update(members)
    return found


def _repeats_as_furniture(key: str, texts: Sequence[str]) -> bool:
    if len(texts) < (2 if len(key) >= _SHORT else 3):
        return False
    if headings.level(texts[0]) is not None or not any(char.isalnum() for char in key):
        return False
    if key.endswith(("!", "！")) and len(key) <= _SALUTATION:
        return False
    if (
        (key.endswith("。") and len(key) > _LONG_SENTENCE)
        or len(key) > _LONG_LINE
        or key.endswith((":", "："))
    ):
        return False
    if key.endswith(("。", "；", ";")) and _VALUE.search(key):
        return False
    if len(set(texts)) == 1:
        # An equal short number or word with a unit is a value of a list, not a page header.
        return not (len(key) <= _SHORT_VALUE and _VALUE.search(key)) and not re.fullmatch(r"[\d.,%\s-]+", key)
    return (not _VALUE.search(key) or "0页" in key or "0 页" in key) and _counts_up(texts)


def _counts_up(texts: Sequence[str]) -> bool:
    """Whether the lines differ only by a page number that grows."""
    columns = list(
        zip(*(re.findall(r"\d+", unicodedata.normalize("NFKC", one)) for one in texts), strict=True)
    )
    moving = [[int(one) for one in column] for column in columns if len(set(column)) > 1]
    if len(moving) != 1 or any(
        len(one) > 6 for column in columns for one in column if column and len(one) > 12
    ):
        return False
    steps = [after - before for before, after in pairwise(moving[0])]
    only_number = not any(
        unicodedata.category(char)[0] == "L" for char in "".join(texts) if not char.isdigit()
    )
    if only_number and not is_page_number(texts[0]):
        return all(step == 1 for step in steps) and not any("." in one or "%" in one for one in texts)
    return all(step > 0 for step in steps)


@dataclass(frozen=True, slots=True)
class Wrap:
    """Where a document's lines were broken, how that is measured, whether paragraphs are indented."""

    width: int
    measure: Callable[[str], int]
    indented: bool = False

    def is_full(self, line: str, following: str) -> bool:
        """Whether the first token of the next line would not have fitted on this one."""
        return self.measure(line) + self.measure(_first_token(following)) >= self.width - (
            self.measure("一") - 1
        )


def display_width(text: str) -> int:
    """Width in columns of a terminal: two for Chinese characters and full-width signs."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def _first_token(text: str) -> str:
    found = re.match(r"\s*(?:[A-Za-z0-9.,%]+|.)[，。；：、！？）”》]*", text)
    return found.group() if found else ""


def find_wrap(lines: Sequence[Line], skip: set[int]) -> Wrap | None:
    """How the document is hard-wrapped; None when its lines are paragraphs. Decided once for all lines."""
    kept = [at for at, line in enumerate(lines) if at not in skip and not line.blank]
    if len(kept) < _SHORT:
        return None
    following = dict(pairwise(kept))
    broken = [at for at in kept if at in following and _continues(lines, at, following[at], skip)]
    best: tuple[int, Wrap] | None = None
    for measure in (len, display_width):
        wrap = _common_width([lines[at].text for at in kept], [lines[at].text for at in broken], measure)
        if wrap and (best is None or wrap[0] > best[0]):
            best = wrap
    if best is None:
        return None
    indented = sum(1 for at in kept if INDENT.match(lines[at].text))
    return replace(best[1], indented=indented >= 3 and indented >= 0.05 * len(kept))


def _continues(lines: Sequence[Line], at: int, after: int, skip: set[int]) -> bool:
    text, following = lines[at].text.rstrip(), lines[after].text
    if any(lines[between].blank for between in range(at + 1, after)) and not any(
        between in skip for between in range(at + 1, after)
    ):
        return False
    return (
        not text.endswith(SENTENCE_ENDS) and not INDENT.match(following) and headings.level(following) is None
    )


def _common_width(
    kept: Sequence[str], broken: Sequence[str], measure: Callable[[str], int]
) -> tuple[int, Wrap] | None:
    least, slack = (18, 3) if measure is len else (36, 5)
    counts = Counter(width for width in (measure(one.rstrip()) for one in broken) if width >= least)
    if not counts:
        return None
    spans = {top: sum(counts[width] for width in range(top - slack, top + 1)) for top in counts}
    top = max(spans, key=lambda one: (spans[one], -one))
    within = spans[top]
    longer = sum(1 for one in kept if measure(one.rstrip()) > top + slack)
    if within < 3 or within < 0.3 * len(kept) or longer > 0.1 * len(kept):
        return None
    return within, Wrap(top, measure)


def find_tables(lines: Sequence[Line], skip: set[int]) -> dict[int, list[int]]:
    """Tables in plain text: first line -> all lines. Tabs or bars part the cells of two or more lines, wide
    blanks those of three or more."""
    tables: dict[int, list[int]] = {}
    for is_row in (_is_tab_row, _is_bar_row, _is_gap_row):
        group: list[int] = []
        for at, line in enumerate(lines):
            if at not in skip and is_row(line.text):
                group.append(at)
                continue
            _keep_table(lines, group, tables)
            group = []
        _keep_table(lines, group, tables)
    return tables


def _keep_table(lines: Sequence[Line], group: list[int], tables: dict[int, list[int]]) -> None:
    if len(group) < 2 or (_is_gap_row(lines[group[0]].text) and not _is_aligned([lines[at] for at in group])):
        return
    counts = [len(row_cells(lines[at])) for at in group]
    alike = sum(1 for one, other in pairwise(counts) if abs(one - other) <= 1)
    if 2 * alike >= len(counts) - 1:
        tables[group[0]] = group


def _is_tab_row(text: str) -> bool:
    return "\t" in text.strip(" ").lstrip("\t") or (
        "\t" in text and text.startswith("\t") and text.count("\t") > 1
    )


def _is_bar_row(text: str) -> bool:
    return (len(_BAR.findall(text)) >= 2 and "\t" not in text) or bool(_DRAWN.fullmatch(text))


def _is_gap_row(text: str) -> bool:
    """Three or more words or numbers, wide blanks between them, and no sentence."""
    if len(text) > _LONG_ROW or not _GAP.search(text.strip()) or _BAR.search(text) or "\t" in text:
        return False
    return not _SENTENCE.search(text) and len(_GAP.split(text.strip())) >= _SHORT - 1


def _is_aligned(rows: Sequence[Line]) -> bool:
    """Whether lines with wide blanks are a table: a head without numbers, rows that end in numbers."""
    counts = [len(_GAP.split(row.text.strip())) for row in rows]
    if len(rows) < _SHORT - 1 or any(one > counts[0] for one in counts):
        return False
    ends = [_GAP.split(row.text.strip())[-1] for row in rows]
    numbers = sum(1 for end in ends[1:] if _NUMBER.fullmatch(end))
    return not _NUMBER.fullmatch(ends[0]) and 2 * numbers > len(rows) - 1


def is_rule_row(text: str) -> bool:
    """Whether the line only draws the rule under a table's head: | --- | :-: |."""
    return bool(
        re.fullmatch(r"[\s|:+-]*-[\s|:+-]*|[\s\u2500-\u257f]*[\u2500\u2501\u2550][\s\u2500-\u257f]*", text)
    )


def row_cells(line: Line, bar: str | None = None) -> list[tuple[int, str]]:
    """Cells of a table line as (place, text as it stands); outer bars are no cells."""
    if bar is None and is_parted_by_blanks(line):
        return _gap_cells(line)
    mark = re.escape(bar) if bar else "\t" if "\t" in line.text else _BAR.pattern
    cells = []
    start = 0
    for match in re.finditer(mark, line.text):
        cells.append((line.start + start, line.text[start : match.start()]))
        start = match.end()
    cells.append((line.start + start, line.text[start:]))
    if "\t" not in mark:
        if not cells[0][1].strip():
            cells = cells[1:]
        if cells and not cells[-1][1].strip():
            cells = cells[:-1]
    return cells


def is_parted_by_blanks(line: Line) -> bool:
    """Whether neither tabs nor bars part the cells of a table line."""
    return "\t" not in line.text and not _BAR.search(line.text)


def _gap_cells(line: Line) -> list[tuple[int, str]]:
    cells = []
    start = len(line.text) - len(line.text.lstrip())
    for match in _GAP.finditer(line.text, start):
        cells.append((line.start + start, line.text[start : match.start()]))
        start = match.end()
    if line.text[start:].strip():
        cells.append((line.start + start, line.text[start:]))
    return cells


def columns_of(head: Line, row: Line) -> list[int]:
    """For each cell of a row parted by blanks the number of the head that it stands under, from 1."""
    heads, cells = (
        [
            (
                display_width(line.text[: place - line.start]),
                display_width(line.text[: place - line.start] + text),
            )
            for place, text in _gap_cells(line)
        ]
        for line in (head, row)
    )
    if len(cells) >= len(heads):
        return list(range(1, len(cells) + 1))
    out: list[int] = []
    for at, (start, end) in enumerate(cells):
        first = out[-1] + 1 if out else 1
        last = len(heads) - (len(cells) - 1 - at)
        near = range(first, last + 1)
        out.append(min(near, key=lambda one: _apart(heads[one - 1], (start, end))))
    return out


def _apart(one: tuple[int, int], other: tuple[int, int]) -> int:
    return min(abs(one[0] - other[0]), abs(one[1] - other[1]), abs(sum(one) - sum(other)) // 2)
