"""Folding: one spelling for text that people write in many, with a map back to the original.

Full-width and compatibility forms become plain ones, blanks between Chinese characters and around
numbers go, invisible characters go, note marks such as [1] go, Latin letters become capitals, common
traditional characters become simplified ones. Every character of the folded text knows the index of
the character that it stands for.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from validator.text.lazy import lazy

HOLE = "\ue000"
"""Stands in folded text for one hole, whatever the drafter left there."""

_KEEP = frozenset("，。；：！？、“”‘’《》〈〉【】〔〕—…·～〇○①②③④⑤⑥⑦⑧⑨⑩²³")
_SPELLINGS = {
    "（": "(",
    "）": ")",
    "﹙": "(",
    "﹚": ")",
    "％": "%",
    "﹪": "%",
    "＆": "&",
    "．": ".",
    "﹒": ".",
    "－": "-",
    "–": "-",
    "−": "-",
    "~": "～",
    "〜": "～",
    "∼": "～",
    "○": "〇",
    "“": "“",
    "”": "”",
    "「": "“",
    "」": "”",
    "『": "“",
    "』": "”",
    "﹐": "，",
    "﹔": "；",
    "﹕": "：",
    "㎡": "㎡",
    "²": "²",
}
_SPELLINGS.update(
    zip(
        "萬億個條項學數額總積體場館農業產負責黨組織達標開蓋經費規企專權號區縣長範圍園兒歲獲評驗過關認畢職實訓崗補貼資師隊進錄線級"
        "眾鄉鎮構層劃務強與會員們內聯資點擴優從減升為來對請電話單價計財國稅幣積極發動質傳統義範無時間報導決結頭縮審減",
        "万亿个条项学数额总积体场馆农业产负责党组织达标开盖经费规企专权号区县长范围园儿岁获评验过关认毕职实训岗补贴资师队进录线级"
        "众乡镇构层划务强与会员们内联资点扩优从减升为来对请电话单价计财国税币积极发动质传统义范无时间报导决结头缩审减",
        strict=True,
    )
)
_INVISIBLE = lazy("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff]")
_NOTE = lazy(r"(?<=[^\W\dA-Za-z_]|[”’）)%％])\s?[\[［〔【](?:注)?\d{1,2}[\]］〕】]")
_GROUPED = lazy(r"(?<![\d.])\d{1,3}(?:[  \u2009\u202f]\d{3})+(?!\d)")
_GROUPS = lazy(r"，\d{3}(?!\d)")
_SPECIAL = lazy(r"[\s,;:!?]|，(?=\d{3}(?!\d))")
"""Characters that stand for something else, or for nothing, by what is around them."""
_ASCII_PUNCTUATION = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？"}


class _Table(dict[int, str]):
    """`str.translate` by `fold_character`, filled in as characters come."""

    def __missing__(self, code: int) -> str:
        self[code] = fold_character(chr(code))
        return self[code]


_TABLE = _Table()


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text; `at[i]` is the index in the original of the character behind `text[i]`.

    `at` has one entry more than `text`: the end of the original.
    """

    text: str
    at: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original span behind `text[start:end]` (blanks at its rim are not part of it)."""
        if end <= start:
            return self.at[start], self.at[start]
        return self.at[start], self.at[end - 1] + 1


@lru_cache(maxsize=8192)
def fold_character(character: str) -> str:
    """The plain form of one character; itself where there is none of one character's length."""
    if character in _SPELLINGS:
        return _SPELLINGS[character]
    if character < "\x80":
        return character.upper()
    if character in _KEEP:
        return character
    plain = unicodedata.normalize("NFKC", character)
    if len(plain) != 1 or plain.isspace():
        return character
    return plain.upper() if plain < "\x80" else _SPELLINGS.get(plain, plain)


def fold_word(word: str) -> str:
    """Fold a word of a rule pack: the spelling in which it stands in folded text."""
    if word.isalpha():
        return word.translate(_TABLE)
    return fold(word).text


def fold(text: str, holes: Sequence[tuple[int, int]] = ()) -> Folded:
    """Fold `text`; each span of `holes` (sorted, apart from each other) becomes one `HOLE`."""
    size = len(text)
    drop = _dropped(text)
    stops = iter(sorted(drop.union((one.start() for one in _SPECIAL.finditer(text)), (size,))))
    out: list[str] = []
    at: list[int] = []
    waiting = iter(holes)
    hole = next(waiting, None)
    index, stop = 0, next(stops)
    while index < size:
        if hole is not None and index >= hole[0]:
            out.append(HOLE)
            at.append(hole[0])
            index = max(index, hole[1])
            if hole[1] == hole[0]:
                _emit(text, index, drop, out, at)
                index += 1
            hole = next(waiting, None)
            continue
        while stop < index:
            stop = next(stops)
        if index == stop:
            _emit(text, index, drop, out, at)
            index += 1
            continue
        end = stop if hole is None else min(stop, hole[0])
        out.append(text[index:end].translate(_TABLE))
        at.extend(range(index, end))
        index = end
    if hole is not None:
        out.append(HOLE)
        at.append(hole[0])
    at.append(size)
    return Folded("".join(out), at)


def _emit(text: str, index: int, drop: set[int], out: list[str], at: list[int]) -> None:
    if index >= len(text) or index in drop:
        return
    character = text[index]
    if character in _ASCII_PUNCTUATION and not _between_digits(text, index):
        out.append(_ASCII_PUNCTUATION[character])
    elif character == "，" and _GROUPS.match(text, index) and text[index - 1 : index].isdigit():
        out.append(",")
    elif character.isspace():
        if not _needed_blank(text, index, out):
            return
        out.append(" ")
    else:
        out.append(fold_character(character))
    at.append(index)


def _dropped(text: str) -> set[int]:
    drop: set[int] = set()
    if not text.isascii():
        for match in _INVISIBLE.finditer(text):
            drop.add(match.start())
    for match in _NOTE.finditer(text):
        drop.update(range(*match.span()))
    for match in _GROUPED.finditer(text):
        drop.update(i for i in range(*match.span()) if text[i].isspace())
    return drop


def _between_digits(text: str, index: int) -> bool:
    return 0 < index < len(text) - 1 and text[index - 1].isdigit() and text[index + 1].isdigit()


def _needed_blank(text: str, index: int, out: list[str]) -> bool:
    """A blank is kept only where two words or two numbers would run together without it."""
    before = out[-1][-1] if out else " "
    if before == " ":
        return False
    at = index + 1
    if before.isascii():
        while at < len(text) and text[at].isspace():
            at += 1
    following = text[at : at + 1]
    if not following:
        return False
    after = fold_character(following)
    return before.isascii() and after.isascii() and before.isalnum() and after.isalnum()
