"""List labels of OpenDocument as the page shows them: 一、, （1）, 2.3 (ODF 1.3 part 3, 16.30 and 19.880)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from validator.model.location import column_letters
from validator.text.lazy import lazy

from .._word.numerals import numeral
from . import names as odf

if TYPE_CHECKING:
    from lxml.etree import _Element

_LEVELS = 10
_PLACE = lazy(r"%([1-9]|10)%")
_FORMS = {
    "1": "decimal",
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
    "一": "chineseCountingThousand",
    "壹": "chineseLegalSimplified",
    "甲": "ideographTraditional",
    "子": "ideographZodiac",
    "①": "decimalEnclosedCircle",
    "１": "decimalFullWidth",
    "㊀": "ideographEnclosedCircle",
    "⑴": "decimalEnclosedParen",
    "⒈": "decimalEnclosedFullstop",
}
"""The first numeral of a format tells which it is: "一, 二, 三, ...". Formats as ECMA-376 calls them."""
_OLD_LEGAL = "貳"
_MOST_AFFIX = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class ListLevel:
    """How one level writes its number. `pattern` has %1% for the number of level 1, and so on."""

    form: str
    prefix: str = ""
    suffix: str = ""
    display: int = 1
    start: int = 1
    pattern: str = ""

    def figure(self, value: int) -> str:
        """A number of this level."""
        if self.form.endswith("Letter") and value > 0:
            letters = column_letters(value)
            return letters if self.form == "upperLetter" else letters.lower()
        return numeral(value, self.form.removesuffix("Sync"))


ListStyle = dict[int, ListLevel]


def list_style(element: _Element) -> ListStyle:
    """The levels of a `text:list-style` or `text:outline-style`, from 1; bullets are left out."""
    found: ListStyle = {}
    for level in element:
        if odf.name(level) in ("text:list-level-style-number", "text:outline-level-style"):
            found[odf.whole(level, "text:level")] = ListLevel(
                form=_figures(level),
                prefix=odf.get(level, "style:num-prefix")[:_MOST_AFFIX],
                suffix=odf.get(level, "style:num-suffix")[:_MOST_AFFIX],
                display=odf.whole(level, "text:display-levels"),
                start=odf.whole(level, "text:start-value"),
                pattern=_pattern(level),
            )
    return found


def _form(name: str) -> str:
    if _OLD_LEGAL in name[:6]:
        return "ideographLegalTraditional"
    return _FORMS.get(name[:1], "decimal") if name else "none"


def _figures(level: _Element) -> str:
    name = _form(odf.get(level, "style:num-format"))
    # With synchronised letters z is followed by aa, bb; else by aa, ab.
    return f"{name}Sync" if odf.get(level, "style:num-letter-sync") == "true" and "Letter" in name else name


def _pattern(level: _Element) -> str:
    named = (odf.get(level, f"{space}:num-list-format") for space in ("style", "loext"))
    return next((one for one in named if one), "")[: 2 * _MOST_AFFIX]


class Counters:
    """The numbers of one list."""

    def __init__(self) -> None:
        self._values: list[int | None] = [None] * (_LEVELS + 1)

    def next(self, style: ListStyle, depth: int, start: int | None = None) -> str:
        """The label of the next item at `depth`, from 1; `start` is a number that the item itself sets."""
        depth = min(max(depth, 1), _LEVELS)
        values = self._values
        before = values[depth]
        for at in range(1, depth):
            if values[at] is None:
                values[at] = style[at].start if at in style else 1
        first = style[depth].start if depth in style else 1
        values[depth] = start if start is not None else first if before is None else before + 1
        values[depth + 1 :] = [None] * (_LEVELS - depth)
        return self._written(style, depth)

    def _written(self, style: ListStyle, depth: int) -> str:
        level = style.get(depth)
        if level is None or level.form == "none":
            return ""

        def figure(at: int) -> str:
            return style[at].figure(self._values[at] or 0) if at in style else ""

        if level.pattern:
            return _PLACE.sub(
                lambda found: figure(int(found[1])) if int(found[1]) <= depth else "", level.pattern
            )
        shown = range(max(1, depth - level.display + 1), depth + 1)
        return level.prefix + ".".join(one for one in map(figure, shown) if one) + level.suffix


class Numbering:
    """All lists of a story: which of them go on with the numbers of an earlier one."""

    def __init__(self) -> None:
        self._by_id: dict[str, Counters] = {}
        self._by_style: dict[str, Counters] = {}
        self.outline = Counters()

    def open(self, element: _Element, style: str) -> Counters:
        """The counters of a `text:list`."""
        earlier = self._by_id.get(odf.get(element, "text:continue-list"))
        if earlier is None and odf.get(element, "text:continue-numbering") == "true":
            earlier = self._by_style.get(style)
        counters = Counters() if earlier is None else earlier
        self._by_style[style] = counters
        if key := odf.get(element, "xml:id"):
            self._by_id[key] = counters
        return counters
