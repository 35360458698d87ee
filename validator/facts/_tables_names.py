"""Which indicators the heads of a row or column name, and what the heads say besides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from validator.facts._matcher import Dictionary
from validator.facts._tables_grid import bare_marks, without_unit
from validator.facts._tables_heads import PART_PLACE
from validator.model.rule import Indicator
from validator.text.lazy import lazy

_LABEL = lazy(
    r"^(?:\d{1,2}[.、．]|\(\d{1,2}\)|[一二三四五六七八九十]{1,2}、|[-·●■]|\([一二三四五六七八九十]{1,2}\))+"
)
_WHOLE = lazy("^(?:全县|全市|全区|全部|当年|本年|全年|年末|年底|其中|全社会(?!研))+")
_YEAR = lazy("^(?:(?:19|20)\\d\\d年(?:度|底|末)?|本年|上年)")
_BRACKET = lazy(r"\([^()]*\)$")
_GROWTH = lazy("(?:同比|比上年|较上年)?(?:增长速度|增长率|增长|增速|增幅)(?:\\(%\\)|%)?$")
_NOTE = lazy("(?<=[^\\W\\d_])\\d{1,2}$")
_STAGE = lazy(
    "(?:[一二三四五六七八九十]{1,2}、|[(（]?[一二三四五六七八九十\\d][)）.、])?(?:普通)?"
    "(?:小学|初中|高中|中学|幼儿园|学前|义务|中职|中等职业|职业|特殊)(?:阶段|学校|教育)*"
)
_LONGEST = 80
_TAILS = ("建设", "情况", "工作", "数", "人数", "资金", "投入", "建设投入")


@dataclass(frozen=True, slots=True)
class Named:
    """The indicators of a row or column. `rest` is what its heads say besides (2024年), `growth` tells that
    the name itself is that of a growth (地区生产总值增长), `stage` that it stands under a stage of education."""

    ids: tuple[str, ...] = ()
    rest: str = ""
    growth: bool = False
    stage: bool = False


@dataclass(slots=True)
class Names:
    """Finds the indicators that a head names as a whole."""

    dictionary: Dictionary
    indicators: Mapping[str, Indicator]
    _known: dict[tuple[str, ...], Named] = field(default_factory=dict)

    def of(self, stack: Sequence[str], around: Sequence[str] = ()) -> Named:
        """What a stack of heads names; an indicator of which the words `around` it make a part is left out."""
        key = (*stack, "", *around)
        if key not in self._known:
            found = self._stacked(stack)
            words = [*around, found.rest]
            parts = [part for word in words for part in word.split("，")]
            ids = tuple(one for one in found.ids if not any(self._part(one, part) for part in parts))
            stage = any(_STAGE.fullmatch(part) for part in parts)
            self._known[key] = Named(ids, found.rest, found.growth, stage)
        return self._known[key]

    def _stacked(self, stack: Sequence[str]) -> Named:
        joined = "".join(stack)
        found = self._name(joined)
        if found.ids or len(stack) < 2:
            return found
        for depth in range(len(stack) - 1, -1, -1):
            found = self._name(stack[depth])
            if found.ids:
                rest = "，".join([*stack[:depth], *stack[depth + 1 :], *([found.rest] if found.rest else [])])
                return Named(found.ids, rest, found.growth)
        return Named()

    def _name(self, text: str) -> Named:
        """The name in one head; a unit in brackets, numbering and note marks do not matter."""
        if len(text) > _LONGEST:
            return Named()
        bare = bare_marks(_LABEL.sub("", text).strip("：: *"))
        plain = without_unit(bare)
        ids = (
            self._whole(plain)
            or self._whole(bare)
            or self._whole(_BRACKET.sub("", bare))
            or self._whole(text)
        )
        if ids:
            return Named(ids, "", self._grows(plain, ids))
        year = _YEAR.match(plain)
        if year:
            rest = self._name(plain[year.end() :])
            return Named(rest.ids, year[0], rest.growth) if rest.ids else Named()
        growth = _GROWTH.search(plain)
        if growth and growth.start():
            ids = self._whole(plain[: growth.start()])
            return Named(ids, "", self._grows(plain, ids)) if ids else Named()
        note = _NOTE.search(plain)  # a raised figure that the format could not tell from the text
        return Named(self._whole(plain[: note.start()])) if note else Named()

    def _grows(self, plain: str, ids: Sequence[str]) -> bool:
        return _GROWTH.search(plain) is not None and not any(self.indicators[one].growth for one in ids)

    def _whole(self, text: str) -> tuple[str, ...]:
        text = text.strip("：: *")
        found = self.dictionary.whole(text)
        if not found:
            text = _WHOLE.sub("", text)
            found = self.dictionary.whole(text)
        if not found and len(text) > 3:
            for tail in _TAILS:
                found = self.dictionary.whole(text.removesuffix(tail)) if text.endswith(tail) else found
                found = found or self.dictionary.whole(text + tail)
                if found:
                    break
        return tuple(sorted(found))

    def _part(self, indicator: str, word: str) -> bool:
        """Whether `word` (a group of rows, a category, an upper head) makes a part of the indicator."""
        bare = bare_marks(_LABEL.sub("", word)).strip("：:")
        if not bare:
            return False
        return bare in self.indicators[indicator].parts or PART_PLACE.search(bare) is not None
