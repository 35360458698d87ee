"""Numerals of automatic numbering: 一, 壹, ①, IV, aa … by the format that a list level names."""

from __future__ import annotations

import re
from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_LEGAL_OLD = "零壹貳參肆伍陸柒捌玖"
_LEGAL_JAPANESE = "〇壱弐参四伍六七八九"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL")),
    *((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
_MOST_ROMAN = 3999
_MOST_LETTERS = 780
_MOST_COUNTED = 9999
_HUNDRED = 100


def numeral(value: int, form: str, pattern: str = "") -> str:
    """`value` as the number format `form` of ECMA-376 §17.18.59 writes it; `pattern` is the sample of a
    custom format (001, 002, …). What a format has no sign for is written with digits, as Word does."""
    if form in ("none", "bullet"):
        return ""
    if form == "custom":
        zeros = re.match(r"0+(?=\d)", pattern)
        return str(value).zfill(len(zeros[0]) + 1 if zeros else 1)
    written = _FORMS.get(form)
    return (written(value) if written and value >= 0 else None) or str(value)


def _signs(first: str, last: int) -> Callable[[int], str | None]:
    return lambda value: chr(ord(first) + value - 1) if 1 <= value <= last else None


def _circled(value: int) -> str | None:
    for low, high, first in ((1, 20, "①"), (21, 35, "㉑"), (36, 50, "㊱")):
        if low <= value <= high:
            return chr(ord(first) + value - low)
    return None


def _letters(first: str) -> Callable[[int], str | None]:
    # Word repeats the letter: z, aa, bb, cc.
    return lambda value: (
        chr(ord(first) + (value - 1) % 26) * ((value - 1) // 26 + 1) if 1 <= value <= _MOST_LETTERS else None
    )


def roman(value: int) -> str | None:
    """Roman numeral in capitals, of 1 to 3999."""
    if not 1 <= value <= _MOST_ROMAN:
        return None
    out = ""
    for size, sign in _ROMAN:
        count, value = divmod(value, size)
        out += sign * count
    return out


def _digital(value: int) -> str | None:
    return "".join(_DIGITS[int(one)] for one in str(value))


def _counted(digits: str, units: str, *, leading_one: bool, short_ten: bool) -> Callable[[int], str | None]:
    """Numerals with units: 一百二十三. `leading_one` writes 一百 and not 百; `short_ten` writes 十二."""

    def written(value: int) -> str | None:
        if not 0 <= value <= _MOST_COUNTED:
            return None
        if not value:
            return digits[0]
        out, gap = "", False
        for place, unit in ((1000, units[2]), (100, units[1]), (10, units[0]), (1, "")):
            figure = value // place % 10
            if not figure:
                gap = bool(out)
                continue
            if gap and leading_one:
                out += digits[0]
            gap = False
            bare = figure == 1 and unit and (not leading_one or (short_ten and place == 10 and not out))
            out += ("" if bare else digits[figure]) + unit
        return out

    return written


def _below_hundred(value: int) -> str | None:
    # chineseCounting writes tens with 十 and, from a hundred on, digit by digit: 一〇三.
    return _thousands(value) if value < _HUNDRED else _digital(value)


def _zodiac(value: int) -> str | None:
    return _STEMS[(value - 1) % 10] + _BRANCHES[(value - 1) % 12] if 1 <= value <= 60 else None


def _ordinal(value: int) -> str:
    last = "th" if value // 10 % 10 == 1 else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return f"{value}{last}"


_thousands = _counted(_DIGITS.replace("〇", "零"), "十百千", leading_one=True, short_ten=True)
_japanese = _counted(_DIGITS, "十百千", leading_one=False, short_ten=True)
_legal = _counted(_LEGAL, "拾佰仟", leading_one=True, short_ten=False)
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")

_FORMS: dict[str, Callable[[int], str | None]] = {
    "decimalZero": lambda value: f"{value:02}",
    "decimalFullWidth": lambda value: str(value).translate(_WIDE),
    "decimalFullWidth2": lambda value: str(value).translate(_WIDE),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "ideographEnclosedCircle": _signs("㊀", 10),
    "decimalEnclosedFullstop": _signs("⒈", 20),
    "decimalEnclosedParen": _signs("⑴", 20),
    "numberInDash": lambda value: f"- {value} -",
    "ordinal": _ordinal,
    "upperLetter": _letters("A"),
    "lowerLetter": _letters("a"),
    "upperRoman": roman,
    "lowerRoman": lambda value: (roman(value) or "").lower() or None,
    "chineseCounting": _below_hundred,
    "taiwaneseCounting": _below_hundred,
    "koreanDigital2": _digital,
    "ideographDigital": _digital,
    "taiwaneseDigital": _digital,
    "japaneseDigitalTenThousand": _digital,
    "chineseCountingThousand": _thousands,
    "taiwaneseCountingThousand": _thousands,
    "japaneseCounting": _japanese,
    "chineseLegalSimplified": _legal,
    "ideographLegalTraditional": _counted(_LEGAL_OLD, "拾佰仟", leading_one=True, short_ten=False),
    "japaneseLegal": _counted(_LEGAL_JAPANESE, "拾百千", leading_one=True, short_ten=False),
    "ideographTraditional": lambda value: _STEMS[value - 1] if 1 <= value <= len(_STEMS) else None,
    "ideographZodiac": lambda value: _BRANCHES[value - 1] if 1 <= value <= len(_BRANCHES) else None,
    "ideographZodiacTraditional": _zodiac,
}
