"""Number formats of spreadsheets: what a cell shows for its value (ECMA-376 part 1, 18.8.30 and 18.8.31).

Not shown as the program would: numbers too wide for their column (####), `General` beyond 11 digits
(given in full up to 15), Chinese capital figures of `[DBNum2]`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from fractions import Fraction
from functools import lru_cache

from . import date as _date

_YEAR_MONTH, _MONTH_DAY = 'yyyy"年"m"月"', 'm"月"d"日"'
_HOUR_MINUTE, _NOON_MINUTE = 'h"时"mm"分"', '上午/下午h"时"mm"分"'
BUILTIN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00",
    5: '"¥"#,##0;"¥"-#,##0', 6: '"¥"#,##0;"¥"-#,##0', 7: '"¥"#,##0.00;"¥"-#,##0.00',
    8: '"¥"#,##0.00;"¥"-#,##0.00',
    9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
    20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm",
    27: _YEAR_MONTH, 28: _MONTH_DAY, 29: _MONTH_DAY, 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"',
    32: _HOUR_MINUTE, 33: 'h"时"mm"分"ss"秒"', 34: _NOON_MINUTE, 35: '上午/下午h"时"mm"分"ss"秒"',
    36: _YEAR_MONTH,
    37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00",
    41: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', 42: '_ "¥"* #,##0_ ;_ "¥"* -#,##0_ ;_ "¥"* "-"_ ;_ @_ ',
    43: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    44: '_ "¥"* #,##0.00_ ;_ "¥"* -#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ ',
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
    50: _YEAR_MONTH, 51: _MONTH_DAY, 52: _YEAR_MONTH, 53: _MONTH_DAY, 54: _MONTH_DAY,
    55: _NOON_MINUTE, 56: '上午/下午h"时"mm"分"ss"秒"', 57: _YEAR_MONTH, 58: _MONTH_DAY,
}  # fmt: skip
"""Formats that files name by number only, as a Chinese system shows them (18.8.30, locale zh-cn)."""

_MOST_CODE = 1000
_MOST_DIGITS = 60
_WIDTH = 10
_FULL = 15
_MOST_LISTED = 999
_TOKEN = re.compile(
    r"""(?P<quoted>"[^"]*"?)|(?P<escaped>[\\!].?)|(?P<space>_.?)|(?P<fill>\*.?)|(?P<bracket>\[[^\]]*\]?)
    |(?P<ampm>AM/PM|A/P|上午/下午)|(?P<general>G/通用格式|General)|(?P<exponent>[Ee][+-])
    |(?P<date>y+|m+|d+|h+|s+(?:\.0+)?|e+|a{3,4}|b+|g+)|(?P<digit>[0#?])|(?P<mark>[.,%/@])|(?P<other>.)""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_PLAIN = re.compile(r"(0|#,##0)(\.0{1,20})?(%)?")
_CONDITION = re.compile(r"\[(<=|>=|<>|=|<|>)\s*(-?\d+(?:\.\d+)?)\]")
_COMPARE = {"<": (-1,), "<=": (-1, 0), "=": (0,), ">=": (0, 1), ">": (1,), "<>": (-1, 1)}


@dataclass(frozen=True, slots=True)
class Section:
    """One of the parts of a format that semicolons separate."""

    tokens: tuple[tuple[str, str], ...]
    kind: str
    condition: tuple[str, Decimal] | None = None


def shown(value: float | str, code: str, *, date1904: bool = False) -> str:
    """What a cell with this value and number format shows; "" where the format hides it (`;;;`)."""
    plain = None if isinstance(value, str) else _plain(code)
    if plain is not None and not isinstance(value, str):
        return _quickly(value, plain)
    sections = _sections(code[:_MOST_CODE])
    if isinstance(value, str):
        return _text(value, sections)
    if len(sections) == 1 and sections[0].kind == "general" and len(sections[0].tokens) == 1:
        return general(value)
    section, signed = _choose(value, sections)
    if section.kind == "date":
        return _date.shown(value, section.tokens, code, date1904=date1904) or general(value)
    if section.kind == "text":
        return "".join(general(value) if kind == "at" else word for kind, word in section.tokens)
    size = abs(value)
    if section.kind == "general":
        number = general(size)
        body = "".join(number if kind == "general" else word for kind, word in section.tokens)
    else:
        try:
            body = _number(Decimal(f"{size:.15g}"), section.tokens)
        except (InvalidOperation, OverflowError, ValueError):
            return general(value)
    minus = "-" if signed and value < 0 and any(char in "123456789" for char in body) else ""
    return minus + body


@lru_cache(maxsize=512)
def _plain(code: str) -> tuple[int, bool, bool] | None:
    """Decimal places, thousands and percent of the formats that most cells have, which need no more."""
    match = _PLAIN.fullmatch(code)
    return (max(0, len(match[2] or "") - 1), match[1] != "0", bool(match[3])) if match else None


def _quickly(value: float, plain: tuple[int, bool, bool]) -> str:
    places, grouped, percent = plain
    try:
        number = Decimal(f"{value:.15g}").scaleb(2 if percent else 0)
        number = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    except (InvalidOperation, OverflowError, ValueError):
        return general(value)
    number = abs(number) if number == 0 else number
    return (f"{number:,f}" if grouped else f"{number:f}") + ("%" if percent else "")


def general(value: float) -> str:
    """A number without a format of its own: as many digits as a cell shows, integers in full."""
    if value != value or value in (float("inf"), float("-inf")):
        return str(value)
    number = Decimal(f"{value:.15g}")
    if number == number.to_integral_value() and abs(number) < Decimal(10) ** _FULL:
        return f"{number:f}".partition(".")[0] if number else "0"
    if not Decimal("1e-4") <= abs(number) < Decimal(10) ** _WIDTH:
        whole, _, power = f"{value:.5E}".partition("E")
        return f"{whole.rstrip('0').rstrip('.')}E{power}"
    before = max(1, number.copy_abs().adjusted() + 1)
    text = f"{number.quantize(Decimal(1).scaleb(-max(0, _WIDTH - before)), ROUND_HALF_UP):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[Section, ...]:
    parts: list[list[tuple[str, str]]] = [[]]
    conditions: list[tuple[str, Decimal] | None] = [None]
    for match in _TOKEN.finditer(code):
        kind, word = match.lastgroup or "other", match[0]
        if kind == "other" and word == ";":
            parts.append([])
            conditions.append(None)
            continue
        condition = _CONDITION.fullmatch(word) if kind == "bracket" else None
        if condition:
            conditions[-1] = (condition[1], Decimal(condition[2]))
            continue
        token = _token(kind, word)
        if token[1]:
            parts[-1].append(token)
    return tuple(
        Section(tuple(part), _kind(part), condition)
        for part, condition in zip(parts[:4], conditions, strict=False)
    )


def _token(kind: str, word: str) -> tuple[str, str]:
    if kind == "quoted":
        return "text", word.strip('"')
    if kind == "escaped":
        return "text", word[1:]
    if kind in ("space", "fill"):
        return "text", ""
    if kind == "bracket":
        inner = word.strip("[]")
        if re.fullmatch("h+|m+|s+", inner, re.IGNORECASE):
            return "elapsed", inner.lower()
        return "text", inner[1:].partition("-")[0] if inner.startswith("$") else ""
    if kind == "mark":
        return {".": "point", ",": "comma", "%": "percent", "/": "slash", "@": "at"}[word], word
    if kind == "date":
        return "date", word.lower()
    return ("text" if kind == "other" else kind), word


def _kind(tokens: list[tuple[str, str]]) -> str:
    kinds = {kind for kind, _ in tokens}
    if kinds & {"date", "elapsed", "ampm"}:
        return "date"
    if "general" in kinds:
        return "general"
    if "at" in kinds:
        return "text"
    return "number" if "digit" in kinds else "words"


def _choose(value: float, sections: tuple[Section, ...]) -> tuple[Section, bool]:
    """The section for a number, and whether a minus sign is still to be written."""
    numeric = [one for one in sections if one.kind != "text"] or [*sections]
    if any(one.condition for one in numeric):
        for section in numeric:
            if section.condition is None or _holds(value, section.condition):
                negative = section.condition is not None and section.condition[0] in ("<", "<=")
                return section, not (negative and section.condition and section.condition[1] <= 0)
        return numeric[-1], True
    if len(sections) > 1 and value < 0:
        return sections[1], False
    if len(sections) > 2 and value == 0:
        return sections[2], False
    return sections[0], True


def _holds(value: float, condition: tuple[str, Decimal]) -> bool:
    limit = float(condition[1])
    return (value > limit) - (value < limit) in _COMPARE[condition[0]]


def _text(value: str, sections: tuple[Section, ...]) -> str:
    own = sections[3] if len(sections) > 3 else next((one for one in sections if one.kind == "text"), None)
    if own is None:
        return value
    return "".join(value if kind == "at" else word for kind, word in own.tokens)


def _number(size: Decimal, tokens: tuple[tuple[str, str], ...]) -> str:
    kinds = [kind for kind, _ in tokens]
    if "digit" not in kinds:
        return "".join(word for _, word in tokens)
    last = len(kinds) - 1 - kinds[::-1].index("digit")
    size = size.scaleb(2 * kinds.count("percent") - 3 * _scaling(kinds, last))
    if "exponent" in kinds:
        return _scientific(size, tokens, kinds.index("exponent"))
    if "slash" in kinds:
        return _fraction(size, tokens)
    point = kinds.index("point") if "point" in kinds else len(kinds)
    places = min(kinds[point:].count("digit"), _MOST_DIGITS)
    rounded = size.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    whole, _, after = f"{rounded:f}".partition(".")
    first = kinds.index("digit")
    grouped = any(kind == "comma" for kind in kinds[first : min(last, point)])
    return _whole(whole, tokens[:point], grouped=grouped) + _after(after, tokens[point:])


def _scaling(kinds: list[str], last: int) -> int:
    """How many commas stand behind the last digit: each divides by a thousand. Also before the point."""
    point = kinds.index("point") if "point" in kinds else len(kinds)
    commas = 0
    for kind in kinds[last + 1 :]:
        if kind != "comma":
            break
        commas += 1
    if point < last:
        at = point - 1
        while at >= 0 and kinds[at] == "comma":
            commas, at = commas + 1, at - 1
    return commas


def _whole(digits: str, tokens: tuple[tuple[str, str], ...], *, grouped: bool) -> str:
    """Fill the integer places from the right; what is left goes to the first place."""
    digits = digits.lstrip("0")
    first = next((at for at, (kind, _) in enumerate(tokens) if kind == "digit"), -1)
    out: list[str] = []
    placed = 0

    def put(digit: str) -> None:
        nonlocal placed
        if grouped and placed and placed % 3 == 0 and digit.strip():
            out.append(",")
        out.append(digit)
        placed += 1

    for at in range(len(tokens) - 1, -1, -1):
        kind, word = tokens[at]
        if kind == "digit":
            if digits:
                put(digits[-1])
                digits = digits[:-1]
            elif word != "#":
                put("0" if word == "0" else " ")
            while at == first and digits:
                put(digits[-1])
                digits = digits[:-1]
        elif kind != "comma":
            out.append(word[::-1])
    if first < 0 and digits:
        return "".join(out)[::-1] + digits
    return "".join(out)[::-1]


def _after(digits: str, tokens: tuple[tuple[str, str], ...]) -> str:
    places = [at for at, (kind, _) in enumerate(tokens) if kind == "digit"]
    kept = len(digits)
    while kept and digits[kept - 1] == "0" and tokens[places[kept - 1]][1] != "0":
        kept -= 1
    out: list[str] = []
    used = 0
    for kind, word in tokens:
        if kind == "digit":
            out.append(digits[used] if used < kept else " " if word == "?" else "")
            used += 1
        elif kind == "point":
            out.append("." if kept or not places else "")
        elif kind != "comma":
            out.append(word)
    return "".join(out)


def _scientific(size: Decimal, tokens: tuple[tuple[str, str], ...], at: int) -> str:
    kinds = [kind for kind, _ in tokens[:at]]
    places = kinds[kinds.index("point") :].count("digit") if "point" in kinds else 0
    mantissa, _, power = f"{size:.{min(places, _MOST_DIGITS)}E}".partition("E")
    width = sum(1 for kind, _ in tokens[at:] if kind == "digit")
    sign = "-" if power.startswith("-") else "+" if tokens[at][1].endswith("+") else ""
    return f"{mantissa}E{sign}{power.lstrip('+-').zfill(width)}"


def _fraction(size: Decimal, tokens: tuple[tuple[str, str], ...]) -> str:
    kinds = [kind for kind, _ in tokens]
    slash = kinds.index("slash")
    fixed = re.match(
        r"\s*(\d+)", "".join(word for _, word in tokens[slash + 1 :]).replace("?", "").replace("#", "")
    )
    whole = kinds[:slash].count("digit") > 1 and any(word == " " for _, word in tokens[:slash])
    rest = size - int(size) if whole else size
    if fixed and int(fixed[1]):
        bottom = int(fixed[1][:4])
        top = int((rest * bottom).to_integral_value(ROUND_HALF_UP))
    else:
        width = max(1, min(3, kinds[slash:].count("digit")))
        near = Fraction(rest).limit_denominator(min(_MOST_LISTED, 10**width - 1))
        top, bottom = near.numerator, near.denominator
    lead = int(size) if whole else 0
    if top == bottom and whole:
        lead, top = lead + 1, 0
    part = f"{top}/{bottom}" if top else ""
    return " ".join(one for one in (str(lead) if lead or not part else "", part) if one)
