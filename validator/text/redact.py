"""Personal numbers masked in what is quoted: identity numbers, mobile phones, bank cards.

A mask is as long as what it hides, so that offsets into the text still hold. What only looks like such a
number (an amount, a document number, part of a longer number) is left alone; where both are possible,
the words beside it decide.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from validator.text.lazy import lazy

_D = "[0-9０-９]"
_GAP = "[ \u00a0\u2002-\u200a\u3000\u2010-\u2015\u2212\uff0d-]"
_FREE = f"(?<!{_D})(?<!{_D}[.．,，/／:：\u2010-\u2015\u2212\uff0d-])"
"""A number starts here, and is not the rest of a decimal, a grouped number, a date or a document number."""
_WHOLE = f"(?!{_D})(?![.．]{_D})(?![,，]{_D}{{3}}(?!{_D}))"
_END = _WHOLE + f"(?![A-Za-zＡ-Ｚａ-ｚ])(?![\u2010-\u2015\u2212\uff0d/／-]{_D})"

_IDENTITY = lazy(
    f"{_FREE}(?=((?:{_D}{{3}}{_GAP}?{_D}{{3}}{_GAP}?{_D}{{4}}{_GAP}?{_D}{{2}}{_GAP}?{_D}{{2}}{_GAP}?{_D}{{3}}"
    f"{_GAP}?[0-9０-９XxＸｘ]|(?:{_D}{{4}}{_GAP}){{4}}{_D}[0-9０-９XxＸｘ])){_END})"
)
_OLD_IDENTITY = lazy(f"{_FREE}(?=({_D}{{6}}{_GAP}?{_D}{{6}}{_GAP}?{_D}{{3}}){_END})")
_CARD = lazy(f"{_FREE}(?=({_D}{{4}}(?:{_GAP}?{_D}{{4}}){{2,3}}(?:{_GAP}?{_D}{{1,4}})?){_END})")
_MOBILE = lazy(
    f"(?<!{_D}[.．,，:：])(?=((?:[+＋]?[8８][6６]|[0０]{{2}}[8８][6６])?[)）]?{_GAP}?"
    f"([1１][3-9３-９]{_D}(?:{_D}{{8}}|(?P<gap>{_GAP}){_D}{{4}}(?P=gap){_D}{{4}}"
    f"|{_D}{_GAP}{_D}{{3}}{_GAP}{_D}{{4}}|{_D}{_GAP}{_D}{{4}}{_GAP}{_D}{{3}}))"
    f"{_WHOLE}))"
)
_LINKED = lazy(f"[\u2010-\u2015\u2212\uff0d/／-]{_D}+")

_IDENTITY_WORDS = lazy("身份证|身份證|证件号|公民身份|身份号")
_CARD_WORDS = lazy("卡号|卡號|[账帐賬]号|[账帐]户|银行卡|储蓄卡|信用卡|工资卡|一卡通")
_PHONE_WORDS = lazy(
    "电话|手机|联系|热线|电联|致电|拨打|微信|传真|(?i:tel|phone|mobile|mob|cell|wx|vx)(?![A-Za-z])"
)
_LINKING = "[为是达到约共计近超过了:： （(号]*$"
_OTHER_NUMBERS = lazy(
    "(?:信用代码|机构代码|项目代码|统一代码|编号|文号|单号|流水号|序号|条码|学号|专利号|登记号|许可证|批准号)"
    + _LINKING
)
_AMOUNT_WORDS = lazy(
    "(?:(?:金额|经费|资金|总值|收入|支出|投资|投入|产值|总额|预算|决算|合计|余额|总计|贷款|存款)"
    f"{_LINKING}|[￥¥＄$€£]\\s?$)"
)
_UNITS = lazy(
    r"\s{0,2}(?:[元圆％%‰度吨克]|[万亿][元人次吨度千立平公]|美元|港元|欧元|日元|人民币|人次|公斤|千克|千瓦|平方|立方|公里"
    "|千米|米(?![A-Z\u4e00-\u9fff])|公顷|亩|㎡|m²|kWh|字节|号(?![码楼手机]))"
)
_LETTERS = lazy("[A-Za-zＡ-Ｚａ-ｚ]+$")
_STOP = lazy("[。；;！？!?\n]")
_GAPS = lazy(_GAP)
_SHORT = 11
_BEFORE, _AFTER = 16, 8
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_REGIONS = (
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83"
)


def redact(text: str) -> str:
    """`text` with the middle of every personal number as `*`, of the same length.

    Masked are resident identity numbers (18 digits with a possible date of birth and the right check
    character; beside 身份证 also with a wrong one, and the old 15 digits), mobile phone numbers, and card
    and account numbers beside such words; full-width digits and groups set apart by blanks or hyphens
    count as well. Takes time in proportion to the length.
    """
    if len(text) < _SHORT:
        return text
    masked = list(text)
    for spans in (_identities, _cards, _mobiles):
        for start, end, first, last in spans(text):
            _mask(masked, start, end, first, last)
    return "".join(masked)


def _mask(masked: list[str], start: int, end: int, first: int, last: int) -> None:
    """Hide all digits of a span but the `first` and the `last` ones."""
    places = [at for at in range(start, end) if masked[at].isalnum() or masked[at] == "*"]
    for at in places[first : len(places) - last]:
        masked[at] = "*"


def _plain(number: str) -> str:
    """The characters of a number without what groups them, in ASCII."""
    wide = {code: code - 0xFEE0 for code in range(0xFF10, 0xFF5B)}
    return "".join(one for one in number.translate(wide).upper() if one.isalnum())


def _before(text: str, start: int) -> str:
    """The words of the same sentence that stand just before a number."""
    words = text[max(0, start - _BEFORE) : start]
    return _STOP.split(words)[-1]


def _after(text: str, end: int) -> str:
    return _STOP.split(text[end : end + _AFTER])[0]


def _identities(text: str) -> Iterator[tuple[int, int, int, int]]:
    for match in _IDENTITY.finditer(text):
        start, end = match.span(1)
        number, before = _plain(match[1]), _before(text, start)
        named = bool(_IDENTITY_WORDS.search(before) or _IDENTITY_WORDS.search(_after(text, end)))
        if not _is_day(number[6:14]) or (not named and _OTHER_NUMBERS.search(before)):
            continue
        if named or (number[:2] in _REGIONS and _check(number) == number[17]):
            yield start, end, 6, 4
    for match in _OLD_IDENTITY.finditer(text):
        start, end = match.span(1)
        if _IDENTITY_WORDS.search(_before(text, start)) and _is_day("19" + _plain(match[1])[6:12]):
            yield start, end, 6, 3


def _is_day(digits: str) -> bool:
    if not "1900" <= digits[:4] <= "2099":
        return False
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True


def _check(number: str) -> str:
    """The check character of GB 11643 for the first 17 digits."""
    return _CHECKS[sum(int(one) * weight for one, weight in zip(number, _WEIGHTS, strict=False)) % 11]


def _cards(text: str) -> Iterator[tuple[int, int, int, int]]:
    for match in _CARD.finditer(text):
        start, end = match.span(1)
        if _CARD_WORDS.search(_before(text, start)) and not _UNITS.match(text, end):
            yield start, end, 4, 4


def _mobiles(text: str) -> Iterator[tuple[int, int, int, int]]:
    done = 0
    for match in _MOBILE.finditer(text):
        start, end = match.span(2)
        if start >= done and _stands_alone(text, match.start(1), end, done) and _is_phone(text, start, end):
            done = end
            yield start, end, 3, 4


def _stands_alone(text: str, start: int, end: int, done: int) -> bool:
    """Whether a number is no part of a longer one, of a row of numbers or of a code.

    A hyphen or a slash may join two phone numbers (`done`: the end of the one before).
    """
    before = text[max(0, start - 2) : start]
    if before[-1:].isdigit() or (before[:1].isdigit() and before[1:] in "-/－／‐‑–—" and start - 1 != done):
        return False
    spaced = end - start > _SHORT and any(one.isspace() for one in text[start:end])
    if spaced and (
        (before[:1].isdigit() and before[1:].isspace())
        or (text[end : end + 1].isspace() and text[end + 1 : end + 2].isdigit())
    ):
        return False
    letters = _LETTERS.search(text[max(0, start - 10) : start])
    if letters and not _PHONE_WORDS.fullmatch(letters[0]):
        return False
    after = text[end : end + 1]
    if after.isascii() and after.isalpha():
        return False
    linked = _LINKED.match(text, end, end + 14)
    return linked is None or len(linked[0]) == 1 + _SHORT


def _is_phone(text: str, start: int, end: int) -> bool:
    """Whether the words around leave it a phone number; where they say nothing, it is one."""
    if _UNITS.match(text, end):
        return False
    before = _before(text, start)
    if _PHONE_WORDS.search(before):
        return True
    if _OTHER_NUMBERS.search(before) or _AMOUNT_WORDS.search(before):
        return False
    years = [one for one in _GAPS.split(text[start:end]) if len(one) == 4 and one[:2] in {"19", "20"}]
    return len(years) < 2
