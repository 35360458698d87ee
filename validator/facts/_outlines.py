"""Half names of terse outlines, completed by the heading or the label of the line: 教师：招聘63人；流失34人."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from validator.facts import _quantities
from validator.facts._linking import Linker
from validator.facts._topics import subject
from validator.text.fold import Folded
from validator.text.lazy import lazy

_ITEM = r"(?:[(（]?[一二三四五六七八九十\d]{1,2}(?:[、.．)）]|是)|[-—·•*])?"
_LABEL = lazy(rf"{_ITEM}([\u4e00-\u9fff]{{2,4}}?)(?:方面|情况|工作|队伍|建设)?[：。](?=[\u4e00-\u9fff])")
_HALF = lazy(
    r"(?:^|(?<=[，。；：、]))(?P<item>ITEM)(?P<half>[\u4e00-\u9fff]{2,8})(?=[\d\ue000])".replace(
        "ITEM", _ITEM
    )
)
_RANKED = lazy(
    r"；(?=(?:位?列|居|位居|排名?)?全[市州]第[\d一二三四五六七八九十]{1,3}[名位]?(?:[，。；、(]|$))"
)
_SURVEY = lazy("基本情况|概况|家底|基本数据")
_FIELDS = {"教育": ("教育", "义务教育"), "科技": ("科技",), "体育": ("体育",), "党建": ("党建",)}
_SPENT = lazy("投入|支出|经费|资金|投资")
"""经费投入 under a heading is that of the work just told, as a rule."""
_LABELS = {"师资": ("教师",), "党建": ("党建", "党支部"), "党支部": ("党支部",), "老师": ("老师", "教师")}
"""Labels that the names of indicators have another word for."""
_OPENING = "。"
_LEAST = 3
"""Shorter half names (投入, 招聘) say too little for a heading to complete them."""
_MONEY = 4
"""A thing on which money was spent is named in so many characters at least: 校园文化26万元."""
_REACH = 24


@dataclass(frozen=True, slots=True)
class _Added:
    """`word` goes into the text at `at`; it stands for the character at `like`."""

    at: int
    like: int
    word: str


def complete(folded: Folded, linker: Linker, section: Sequence[str] = ()) -> Folded:
    """The text with what the half names on it leave out, where only one indicator can be meant.

    A half name is a clause of a few characters right before its number. What is put in has the place of
    the character beside it, so that all places stay those of the words written.
    """
    text = _RANKED.sub("，", folded.text)
    label = _LABEL.match(text)
    above = subject(section)
    survey = bool(section) and _SURVEY.search(section[-1]) is not None
    if label is None and not survey and not any(field in above for field in _FIELDS):
        return folded if text == folded.text else Folded(text, folded.at)
    parts: list[str] = []
    at: list[int] = []
    done = 0
    for one in _added(text, linker, label[1] if label else "", above, survey=survey):
        parts += [text[done : one.at], one.word]
        at += [*folded.at[done : one.at], *[folded.at[one.like]] * len(one.word)]
        done = one.at
    return Folded("".join([*parts, text[done:]]), [*at, *folded.at[done:]])


def _added(text: str, linker: Linker, label: str, above: str, *, survey: bool) -> Iterator[_Added]:
    found: list[tuple[int, int, str, str]] = []
    for match in _HALF.finditer(text):
        half, start, end = match["half"], match.start("half"), match.end()
        opens = start == match.start("item") == 0 or bool(match["item"]) or text[start - 1] == _OPENING
        one = _whole(text, half, end, linker, list(_ways(half, label, above, opens=opens, survey=survey)))
        if one is not None:
            found.append((start, end, *one))
    named = [indicator for *_, indicator, _ in found]
    for start, end, indicator, whole in found:
        if named.count(indicator) > 1:  # 调出5人、考走3人 are parts of one number
            continue
        before, _, after = whole.partition(text[start:end])
        if before:
            yield _Added(start, start, before)
        if after:
            yield _Added(end, end - 1, after)


def _ways(half: str, label: str, above: str, *, opens: bool, survey: bool) -> Iterator[str]:
    """What the half name may be short for."""
    if label:
        for word in _LABELS.get(label, (label,)):
            yield from (word + half, half + word)
        yield from (half + field + label for field in _FIELDS if field in above)
        if len(half) >= _MONEY:
            yield half + "投入"
    if survey:
        yield half + "总数"
    if opens and len(half) >= _LEAST and not _SPENT.search(half):
        yield from (word + half for field in _FIELDS if field in above for word in _FIELDS[field])


def _whole(text: str, half: str, end: int, linker: Linker, ways: Sequence[str]) -> tuple[str, str] | None:
    """The one indicator which the number behind the half name fits, and the way that names it."""
    quantity = next(iter(_quantities.find(text[end : end + _REACH])), None) if ways else None
    if quantity is None or quantity.start or linker.dictionary.named(half):
        return None
    fitting = {
        indicator: way
        for way in reversed(ways)
        for indicator in linker.dictionary.whole(way)
        if linker.judge.fits(indicator, quantity)
    }
    return next(iter(fitting.items())) if len(fitting) == 1 else None
