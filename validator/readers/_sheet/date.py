"""Dates and times of spreadsheets: serial numbers and what a date format shows for them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

_LATEST = 2958466
"""The day after 9999-12-31."""
_DAY = 86400
_LEAP_BUG = 60
_OFFSET_1904 = 1462
_WEEKDAYS = "一二三四五六日"
_ENGLISH_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_FIGURES = "〇一二三四五六七八九"

Tokens = Sequence[tuple[str, str]]


def shown(value: float, tokens: Tokens, code: str, *, date1904: bool) -> str:
    """What a date format shows; "" for a number that is no date (negative, beyond the year 9999)."""
    if date1904:
        value += _OFFSET_1904
    if not 0 <= value < _LATEST:
        return ""
    fine = max((len(word.partition(".")[2]) for kind, word in tokens if kind == "date"), default=0)
    days, seconds = divmod(round(value * _DAY, min(fine, 3)), _DAY)
    moment = _Moment(int(days), seconds, chinese="-804" in code or "aaa" in code.lower())
    twelve = any(kind == "ampm" for kind, _ in tokens)
    figures = "dbnum1" in code.lower()
    out = []
    for at, (kind, word) in enumerate(tokens):
        if kind == "date":
            minute = word.startswith("m") and len(word) < 3 and _is_minute(tokens, at)
            text = moment.minute(word) if minute else moment.field(word, twelve=twelve)
            out.append(_chinese(text, digits=word[0] in "ye") if figures and text.isdigit() else text)
        elif kind == "elapsed":
            out.append(moment.elapsed(word))
        elif kind == "ampm":
            out.append(moment.half(word))
        elif kind != "comma" or word != ",":
            out.append(word)
    return "".join(out)


def iso(text: str) -> float | None:
    """Serial number of an ISO 8601 date or time as a strict workbook holds it; None for anything else."""
    try:
        moment = dt.datetime.fromisoformat(text.removesuffix("Z"))
    except ValueError:
        return None
    since = moment.replace(tzinfo=None) - dt.datetime(1899, 12, 30)
    return since.total_seconds() / _DAY


def _is_minute(tokens: Tokens, at: int) -> bool:
    """m is a minute right after an hour or right before a second, else a month."""
    before = next((word for kind, word in reversed(tokens[:at]) if kind in ("date", "elapsed")), "")
    after = next((word for kind, word in tokens[at + 1 :] if kind in ("date", "elapsed")), "")
    return before.startswith("h") or after.startswith("s")


class _Moment:
    def __init__(self, days: int, seconds: float, *, chinese: bool) -> None:
        self.days = days
        self.seconds = seconds
        self.chinese = chinese
        if days == _LEAP_BUG:
            self.year, self.month, self.day = 1900, 2, 29  # a day that never was, but sheets count it
        elif days == 0:
            self.year, self.month, self.day = 1900, 1, 0
        else:
            date = dt.date(1899, 12, 31 if days < _LEAP_BUG else 30) + dt.timedelta(days=days)
            self.year, self.month, self.day = date.year, date.month, date.day
        self.weekday = (days - 2) % 7

    def field(self, word: str, *, twelve: bool) -> str:
        first, size = word[0], len(word)
        if first in "ye":
            return f"{self.year % 100:02}" if word in ("y", "yy") else str(self.year)
        if first == "m":
            return self._month(size)
        if first == "d":
            return f"{self.day:0{size}}" if size < 3 else self._weekday(size)
        if first == "a":
            return ("星期" if size > 3 else "") + _WEEKDAYS[self.weekday]
        if first == "h":
            hour = int(self.seconds // 3600)
            return f"{(hour - 1) % 12 + 1 if twelve else hour:0{min(size, 2)}}"
        if first == "s":
            places = len(word.partition(".")[2])
            second = self.seconds % 60
            wide = 2 if word.startswith("ss") else 1
            return f"{second:0{wide + 1 + places}.{places}f}" if places else f"{int(second):0{wide}}"
        return ""

    def minute(self, word: str) -> str:
        return f"{int(self.seconds // 60 % 60):0{min(len(word), 2)}}"

    def elapsed(self, word: str) -> str:
        whole = self.days * _DAY + self.seconds
        return f"{int(whole // {'h': 3600, 'm': 60, 's': 1}[word[0]]):0{min(len(word), 9)}}"

    def half(self, word: str) -> str:
        first, second = word.split("/")
        return first if self.seconds < _DAY / 2 else second

    def _month(self, size: int) -> str:
        if size < 3:
            return f"{self.month:0{size}}"
        if self.chinese:
            return f"{self.month}月"
        name = _MONTHS[self.month - 1]
        return name[:3] if size == 3 else name if size == 4 else name[0]

    def _weekday(self, size: int) -> str:
        if self.chinese:
            return ("周" if size == 3 else "星期") + _WEEKDAYS[self.weekday]
        name = _ENGLISH_DAYS[self.weekday]
        return name[:3] if size == 3 else name


def _chinese(text: str, *, digits: bool) -> str:
    """A number of a date in Chinese figures: years figure by figure, 31 as 三十一."""
    number = int(text)
    if digits or number > 99:
        return "".join(_FIGURES[int(char)] for char in text)
    tens, ones = divmod(number, 10)
    lead = "" if not tens else "十" if tens == 1 else _FIGURES[tens] + "十"
    return lead + (_FIGURES[ones] if ones or not tens else "")
