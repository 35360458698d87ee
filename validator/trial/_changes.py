"""Ways to change an example. Some must not matter to a rule, the others it must notice."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from validator.model.words import Bilingual

_WIDE = str.maketrans("0123456789.%XxABCQVW", "０１２３４５６７８９．％ＸｘＡＢＣＱＶＷ")
_BETWEEN = re.compile("(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])")
_EVERY = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One way to change a text; `key` is how a rule excuses it."""

    key: str
    name: Bilingual


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike(Change):
    """A change that must not matter. `places(text)` are the places before which `put` is inserted;
    `translate` changes characters one for one."""

    places: Callable[[str], list[int]]
    put: str = ""
    translate: Callable[[str], str]

    def apply(self, text: str) -> tuple[str, Callable[[int], int]]:
        """The changed text, and where a place of the old text is in the new one."""
        places = self.places(text)
        pieces = [text[start:end] for start, end in zip([0, *places], [*places, len(text)], strict=True)]
        size = len(self.put)
        return self.put.join(
            map(self.translate, pieces)
        ), lambda at: at + size * sum(place <= at for place in places)


def _nowhere(_text: str) -> list[int]:
    return []


def _as_is(text: str) -> str:
    return text


def _gaps(text: str) -> list[int]:
    return [match.start() for match in _BETWEEN.finditer(text)]


FULL_WIDTH = Alike(
    key="full_width",
    name=Bilingual("数字字母改成全角", "full-width digits and letters"),
    places=_nowhere,
    translate=lambda text: text.translate(_WIDE),
)
SPACED = Alike(
    key="spaced",
    name=Bilingual("字间加空格", "blanks between characters"),
    places=_gaps,
    put=" ",
    translate=_as_is,
)
WRAPPED = Alike(
    key="wrapped",
    name=Bilingual("中间断行", "the line wrapped"),
    places=lambda text: _gaps(text)[_EVERY // 2 :: _EVERY],
    put="\n",
    translate=_as_is,
)
FILLED_WITH_X = Change(key="x", name=Bilingual("数字换成X", "X in place of the number"))
WITHOUT_NUMBER = Change(key="deleted", name=Bilingual("删掉数字", "the number deleted"))
OTHER_UNIT = Change(key="unit", name=Bilingual("单位换成别的", "a unit of another kind"))
FILLED_IN = Change(key="filled", name=Bilingual("占位处填上数", "the placeholder filled in"))
KEYS = tuple(
    one.key for one in (FULL_WIDTH, SPACED, WRAPPED, FILLED_WITH_X, WITHOUT_NUMBER, OTHER_UNIT, FILLED_IN)
)
