"""Quantities in folded text: numbers with unit, scale and qualifier, ranks, and holes."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from validator.text.fold import HOLE
from validator.text.lazy import lazy
from validator.text.numerals import PER, parse_arabic, parse_chinese, scale_factor
from validator.text.units import UNITS

_CHINESE = "[〇零一二两三四五六七八九十百千]"
_SCALE = "(?:[十百千]?万亿|[十百千]?[万亿]|[百千](?![瓦米克卡]))"
_FORMAL = "[壹贰叁肆伍陆柒捌玖][拾佰仟万亿][壹贰叁肆伍陆柒捌玖拾佰仟万亿零〇]{0,14}"
_EXPRESSION = lazy(
    rf"""
    (?P<rank>第)?
    (?:
      (?P<per>百分之|千分之|万分之)(?P<pernum>\d+(?:\.\d+)?|{_CHINESE}+(?:点{_CHINESE}+)?)
    | (?P<cheng>[一二两三四五六七八九\d])成(?P<chenghalf>[一二三四五六七八九半])?(?![立为员果都功本就长人分])
    | (?: (?P<hole>{HOLE})
        | (?P<number>(?<![\d.A-Z])(?:(?<![\d%A-Z元人家个所])-)?(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?))
        | (?P<cn>{_FORMAL}|[〇零一二两三四五六七八九十][〇零一二两三四五六七八九十百千万亿]{{0,14}}(?:点[〇零一二三四五六七八九]{{1,4}}(?![十点刻]))?)
      ) (?P<fuzz1>[余多])?(?P<scale>{_SCALE})?(?P<fuzz2>[余多])?
    | (?P<vague>[数几]{_CHINESE}*{_SCALE}?)
    )
    """,
    re.VERBOSE,
)
_AFTER = ("以上", "左右", "以内", "以下", "上下", "之内")
_LONGEST_UNIT = max(map(len, UNITS))
_DIGITS = 24
"""Longer rows of digits are account numbers or rubbish, never a quantity."""
_PLACE_ENDS = lazy("[，。；、）)]|$|(?:上?升|提升|前进|前移|跃升|进|降|下降|退)[到至为]")
_CLOCK = lazy("(?:[一二两三四五六七八九]|二?十[一二三四五六七八九]?)点.*")
_IDIOM = lazy(
    "一次性|一起(?!案)|一家人|一分为二|一个[样劲]|一[个项家所名人件位](?:也|都)?(?:没|未|不|无)|三个代表|四个意识|两个维护|三个务必"
)
_PLACES = lazy(
    r"(?:兄弟|同类|参评|参考)?(?:[县区市州旗](?:[区市县州旗中里内参当之、]|\([县区市](?:[、/]?[县区市])?\)))"
)
_AMONG = lazy(r"[县区市州旗]?(?:\([县区市](?:[、/]?[县区市])?\))?(?:当中|[中里内])")
_COUNTIES = ("县", "区", "市", "州", "旗")
_STEPS = lazy("(?:[百千万亿]{1,3}元?级?)?大?(?:台阶|关口|大关|门槛)")
_PEOPLE = lazy("孩子|娃|小朋友|新生|考生|(?:老师|教师)(?![之工发团社])|幼儿(?!园)")
_RANGE = lazy(r"[-—～~至到]")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number, a rank or a hole at `start:end` of the folded text (unit included).

    `value` is in `unit` (the scale, 万 or 亿, is applied); None for a hole and for 数十家.
    """

    start: int
    end: int
    value: Fraction | None
    unit: str
    qualifier: str = ""
    rank: bool = False
    hole: int | None = None
    scale: str = ""
    range_to: bool = False


def find(text: str) -> list[Quantity]:
    """All quantities of `text` in order; holes are numbered as they stand."""
    found: list[Quantity] = []
    holes = 0
    at = 0
    while match := _EXPRESSION.search(text, at):
        end = match.end()
        unit = "" if match["per"] or match["cheng"] else _unit(text, end)
        end += len(unit)
        after = next((one for one in _AFTER if text.startswith(one, end)), "")
        quantity = _read(match, end + len(after), unit, after, holes)
        holes += bool(match["hole"])
        at = quantity.end if quantity is not None else match.end()
        if quantity is not None:
            found.append(quantity)
    return _ranges(text, found)


def _unit(text: str, at: int) -> str:
    """The longest unit that begins at `at`; 6870个孩子 are people."""
    for size in range(_LONGEST_UNIT, 0, -1):
        if text[at : at + size] in UNITS and at + size <= len(text):
            unit = text[at : at + size]
            return "名" if unit == "个" and _PEOPLE.match(text, at + size) else unit
    return ""


def _read(match: re.Match[str], end: int, unit: str, after: str, holes: int) -> Quantity | None:
    start, rank = match.start(), bool(match["rank"])
    if match["per"]:
        share = _numeral(match["pernum"])
        return Quantity(start, end, share * PER[match["per"]], "%", after) if share is not None else None
    if match["cheng"]:
        return Quantity(start, end, _tenths(match["cheng"], match["chenghalf"]), "%", after)
    if match["vague"]:
        return Quantity(start, end, None, unit, after) if unit else None
    qualifier = match["fuzz1"] or match["fuzz2"] or after
    scale = match["scale"] or ""
    factor = scale_factor(scale)
    if match["hole"]:
        return Quantity(start, end, None, unit, qualifier, rank, holes, scale)
    plain = _plain(match, unit)
    return (
        Quantity(start, end, plain * factor, unit, qualifier, rank, None, scale)
        if plain is not None
        else None
    )


def _plain(match: re.Match[str], unit: str) -> Fraction | None:
    """The number without its scale; a Chinese numeral counts only where a unit follows it."""
    if match["number"]:
        return parse_arabic(match["number"]) if len(match["number"]) <= _DIGITS else None
    place = bool(match["rank"]) and _PLACE_ENDS.match(match.string, match.end()) is not None
    if not (unit or place) or (match["cn"] == "十" and unit == "分"):  # 十分重要 is no score
        return None
    if unit == "分" and _CLOCK.fullmatch(match["cn"]):  # 上午九点五分
        return None
    return None if _IDIOM.match(match.string, match.start()) else _numeral(match["cn"])


def _numeral(text: str) -> Fraction | None:
    """Value of an Arabic or Chinese numeral, None where the characters form none."""
    try:
        return Fraction(text) if text[0].isascii() else parse_chinese(text)
    except ValueError:
        return None


def _tenths(whole: str, half: str | None) -> Fraction:
    value = Fraction(int(whole) if whole.isdigit() else parse_chinese(whole)) * 10
    if half:
        value += 5 if half == "半" else parse_chinese(half)
    return value


def _ranges(text: str, found: list[Quantity]) -> list[Quantity]:
    """In 5%—5.5% and 2—4家 the second number goes on from the first and gives it its unit."""
    out = list(found)
    for index, (first, second) in enumerate(pairwise(found)):
        joined = second.start == first.end + 1 and _RANGE.match(text[first.end])
        if joined and second.unit and not first.rank and first.unit in ("", second.unit):
            out[index] = replace(out[index], unit=second.unit)
            out[index + 1] = replace(second, range_to=True)
    return out


def counts_others(text: str, quantity: Quantity) -> bool:
    """Whether it counts what is no value of anything: 在全市12个县区中排第4名, 跨越3个千亿元台阶, 分两批."""
    if quantity.unit in _COUNTIES:  # 在全市8县（市）中列第3位
        return _AMONG.match(text, quantity.end) is not None
    behind = (_PLACES, _STEPS)
    return quantity.unit == "批" or (
        quantity.unit == "个" and any(one.match(text, quantity.end) for one in behind)
    )
