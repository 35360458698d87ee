"""Heading numbers of Chinese reports: 第一部分, 一、, （一）, 1., （1）, ①, and run-in headings."""

from __future__ import annotations

import re

from validator.text.lazy import lazy

_NUMERAL = "一二三四五六七八九十百"
_DIGIT = "0-9０-９"

RUN_IN_ONLY = 7
"""Level of 一是/二是: it opens a sentence, never a section."""

_LEVELS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (1, re.compile(rf"第\s*[{_NUMERAL}{_DIGIT}]{{1,4}}\s*(?:部分|章|编|篇)")),
    (2, re.compile(rf"第\s*[{_NUMERAL}{_DIGIT}]{{1,4}}\s*节|[{_NUMERAL}]{{1,4}}\s*[、．.]")),
    (3, re.compile(rf"[（(]\s*[{_NUMERAL}]{{1,4}}\s*[）)]")),
    (4, re.compile(rf"[{_DIGIT}]{{1,2}}\s*(?:、|[．.](?![{_DIGIT}])|[．.](?=[12]\d{{3}}\s*年))")),
    (5, re.compile(rf"[（(]\s*[{_DIGIT}]{{1,2}}\s*[）)]")),
    (6, re.compile("[①-⑳㉑-㉟]")),
    (RUN_IN_ONLY, re.compile(rf"[{_NUMERAL}]{{1,2}}(?:是|要)")),
)
_FIRST = frozenset(f"第（({_NUMERAL}0123456789０１２３４５６７８９①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳") | frozenset(
    map(chr, range(ord("㉑"), ord("㉟") + 1))
)
"""With which characters a number can open a line: most lines have none, and there are many lines."""
_NEIGHBOURS = tuple(f"{a}、{b}" for a, b in zip("一二三四五六七八九", "二三四五六七八九十", strict=True))
_ENDS = tuple("。；，、！？…;,!?")
_VALUE = lazy(
    r"[\d０-９X×Ｘ*_＿][\d.,，．]*\s*[%％‰万亿元个人所家名项件次场处座分位]"
    r"|\S[ \u00a0]{2,}\S|[_＿*]{2,}|[（(]\s+[）)]"
)
_MOST = 50
_MOST_LEAD = 40
_MOST_COLON = 20


def level(line: str) -> int | None:
    """Level of the number that opens `line`: 1 第一部分, 2 一、, 3 （一） … 6 ①, 7 一是; else None."""
    text = line.lstrip()
    if text[:1] not in _FIRST:
        return None
    for number, pattern in _LEVELS:
        if pattern.match(text):
            return None if number == 2 and _is_series(text) else number
    return None


def _is_series(text: str) -> bool:
    # 三、四线城市 and 五、六年级 begin with two neighbouring numerals; 一、二〇二三年 is a heading.
    return text.startswith(_NEIGHBOURS) and text[3:4] not in ("〇", "○", "零", "0", "、")


def is_heading(line: str) -> bool:
    """Whether `line` is a heading by its number: short, with words after the number, no end of a sentence."""
    text = line.strip()
    number = level(text)
    if number is None or number == RUN_IN_ONLY or len(text) > _MOST or "\t" in text:
        return False
    if number <= 3 and text.endswith("。") and lead(text) == text[:-1]:
        return True
    if text.endswith(_ENDS) or any(mark in text for mark in "。；！？"):
        return False
    if text.endswith(("：", ":")) and len(text) > _MOST_COLON:
        return False
    if number > 3 and _VALUE.search(text[_label_end(text) :]):
        return False
    return bool(text[_label_end(text) :].strip())


def lead(paragraph: str) -> str | None:
    """The heading that opens a paragraph and ends at its first 。 (left out), if there is one."""
    text = paragraph.strip()
    if level(text) is None:
        return None
    end = text.find("。", 0, _MOST_LEAD + 1)
    if end < 0:
        return None
    title = text[:end]
    if any(mark in title for mark in "；！？：\t") or not title[_label_end(title) :].strip():
        return None
    return None if _VALUE.search(title[_label_end(title) :]) else title


def _label_end(text: str) -> int:
    for _, pattern in _LEVELS:
        found = pattern.match(text)
        if found:
            return found.end()
    return 0
