"""Topics that stand apart from what is said of them: 高企。申报16家, 中考：人均总分518分, 场地方面，总面积…."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from validator.facts._matcher import Dictionary
from validator.text.fold import Folded, fold_word
from validator.text.lazy import lazy

_TOPIC = lazy(
    r"(?:^|(?<=[。；]))(?:[(（]?[一二三四五六七八九十\d]{1,2}(?:[、.．)）]|是)|[-—·•*])?"
    r"(?P<topic>[\u4e00-\u9fff]{2,8}?)(?P<mark>(?:方面|情况)?[。：]|方面，)(?=[\u4e00-\u9fff])"
)
_CLAUSE = lazy("[^，。；：]*")
_SUBJECT = lazy(
    r"(?:第?[一二三四五六七八九十\d]{1,3}[、.．]|\([一二三四五六七八九十\d]{1,3}\))?"
    r"([\u4e00-\u9fff]{2,4}?(?=工作|事业|方面|情况|这块|部分|领域)|教育|科技|体育|党建)"
    r"(?:工作|事业|方面|情况|这块|部分|领域)?[。：]?$"
)
_FOLLOWING = 16
"""Longer names than this are not put together from a topic and what follows it."""


@dataclass(frozen=True, slots=True)
class _Cut:
    """The mark at `start:end` goes; `word` of the section goes before the topic at `topic`."""

    topic: int
    start: int
    end: int
    word: str


def join(folded: Folded, dictionary: Dictionary, section: Sequence[str] = ()) -> Folded:
    """The text without the mark behind a topic where topic and following words make one name together,
    if need be with the subject of the section before them: 体育工作 / 场地：总面积…."""
    cuts = list(_cuts(folded.text, dictionary, section))
    if not cuts:
        return folded
    text, at, done = "", [], 0
    for cut in cuts:
        text += folded.text[done : cut.topic] + cut.word + folded.text[cut.topic : cut.start]
        at += [*folded.at[done : cut.topic], *[folded.at[cut.topic]] * len(cut.word)]
        at += folded.at[cut.topic : cut.start]
        done = cut.end
    return Folded(text + folded.text[done:], [*at, *folded.at[done:]])


def subject(section: Sequence[str]) -> str:
    """The subject of the innermost heading that has one: 体育 of 四、体育工作; empty where none has."""
    found = (_SUBJECT.match(fold_word(heading)) for heading in reversed(section))
    return next((one[1] for one in found if one is not None), "")


def _cuts(text: str, dictionary: Dictionary, section: Sequence[str]) -> Iterator[_Cut]:
    above = subject(section)
    words = ("", above) if above else ("",)
    for match in _TOPIC.finditer(text):
        following = _CLAUSE.match(text, match.end(), match.end() + _FOLLOWING)
        whole = match["topic"] + (following[0] if following else "")
        for word in words:
            joint = len(word) + len(match["topic"])
            hits = dictionary.find(word + whole, {})
            if any(one.name.kind == "name" and one.start <= len(word) and one.end > joint for one in hits):
                yield _Cut(match.start("topic"), *match.span("mark"), word)
                break
