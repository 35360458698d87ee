"""Numerals as reports write them, read exactly.

Arabic, grouped (1,234.5), with scales (3.5万, 1.2万亿), Chinese (两万三千, 一百二十), and fractions by
name (百分之八十五, 六成五, 三分之二). Values are `Fraction`s: a checker of figures must not round.
"""

from __future__ import annotations

from fractions import Fraction

DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
"""Figures as banks write them; read only where two of them stand together (队伍 and 收拾 are words)."""
SMALL = {"十": 10, "百": 100, "千": 1000}
LARGE = {"万": 10**4, "亿": 10**8}
NUMERAL_CHARACTERS = "".join([*DIGITS, *SMALL, *LARGE])
PER = {"百分之": Fraction(1), "千分之": Fraction(1, 10), "万分之": Fraction(1, 100)}
"""Named fractions, as a factor to per cent."""


def parse_arabic(text: str) -> Fraction:
    """Value of an Arabic number that may be grouped by commas.

    Raises:
        ValueError: when it is no number.
    """
    return Fraction(text.replace(",", ""))


def scale_factor(scale: str) -> int:
    """Factor of a scale word: 万 is 10,000, 万亿 10^12, 十万 100,000; the empty word is 1."""
    factor = 1
    for character in scale:
        factor *= SMALL.get(character) or LARGE[character]
    return factor


def parse_chinese(text: str) -> Fraction:
    """Value of a Chinese numeral: 一百二十, 两万三千, 二〇二五, 两万三 (= 23,000), 十二点五.

    Raises:
        ValueError: when the characters do not form a numeral.
    """
    if not text:
        raise ValueError("empty numeral")
    text = text.translate(FORMAL)
    if "点" in text:
        whole, _, rest = text.partition("点")
        if not rest or any(c not in DIGITS for c in rest):
            raise ValueError(f"not a numeral: {text}")
        return parse_chinese(whole) + Fraction(int("".join(str(DIGITS[c]) for c in rest)), 10 ** len(rest))
    if all(c in DIGITS for c in text):
        return Fraction(int("".join(str(DIGITS[c]) for c in text)))
    return Fraction(_grouped(text))


def _grouped(text: str) -> int:
    for unit, factor in (("亿", 10**8), ("万", 10**4)):
        if unit in text:
            head, _, tail = text.rpartition(unit)
            if not head:
                raise ValueError(f"not a numeral: {text}")
            return _grouped(head) * factor + _tail(tail, factor)
    return _below_ten_thousand(text)


def _tail(tail: str, factor: int) -> int:
    if not tail:
        return 0
    if len(tail) == 1 and tail in DIGITS:
        return DIGITS[tail] * factor // 10
    return _grouped(tail.lstrip("零〇") or "零")


def _below_ten_thousand(text: str) -> int:
    total, digit, last = 0, -1, 10**4
    for character in text:
        if character in DIGITS:
            if digit > 0:
                raise ValueError(f"not a numeral: {text}")
            digit = DIGITS[character]
        elif character in SMALL:
            unit = SMALL[character]
            if unit >= last:
                raise ValueError(f"not a numeral: {text}")
            total += (digit if digit > 0 else 1) * unit
            digit, last = -1, unit
        else:
            raise ValueError(f"not a numeral: {text}")
    if digit > 0:
        colloquial = last // 10 if 10 < last < 10**4 and text[-2] in SMALL else 1
        total += digit * colloquial
    return total
