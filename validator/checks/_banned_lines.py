"""A line that speaks to its reader about documents, offers and channels, whatever words it takes.

A report tells what its office did and addresses nobody; a vendor asks his reader to search, to join, to pay,
to download, or tells what his shop holds. No single word proves that, as offices have channels, courses and
downloads too. Signs of different kinds are weighed against the signs of a report.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from validator.checks._banned_disguise import dotted, readings
from validator.checks._banned_extent import Span
from validator.checks._banned_match import Folds, Match, allowed_spans
from validator.checks._banned_words import CONTACT, COUNT, DEED, NOTICE, NUMBERED, OFFER, REPORT, SIGNS
from validator.model.document import Block, Document, Kind
from validator.model.rule import BannedRule
from validator.model.words import Bilingual
from validator.text.lazy import lazy

_LONG = 64
_SURE = 2
_BESIDE = 1
_NEAR = 2
_PROSE = 40
_OWN = 2
_DISGUISE = 1
_OPEN = ("；", "，", "、", "：")
_SENTENCE = 24
_SHORT = 8
_SPEAKING = set(SIGNS) - {"goods", "dealing", "price", "tone"}
"""Signs of somebody who speaks to a reader; without one, a line that names goods or money is a heading."""
_WEIGHTIEST = [(name, SIGNS[name].pattern) for name in sorted(SIGNS, key=lambda one: -SIGNS[one].weight)]


_NOTES: Mapping[str, Bilingual] = {
    CONTACT: Bilingual("招揽加好友、加群、关注", "an invitation to a handle, a group or an account"),
    OFFER: Bilingual("店铺推销", "an offer of a shop"),
    NOTICE: Bilingual("资料网站、店铺的招呼", "words of a document site or shop to its reader"),
}

_PLAIN = lazy("(?:[^\u4e00-\u9fff]*[\u4e00-\u9fff]){3}")


def ad_lines(
    document: Document, rules: Sequence[BannedRule], folds: Folds, found: Sequence[Match]
) -> list[Match]:
    """Lines by themselves that only a vendor writes, `found` being what the rules have found.

    Before the report and after it a line beside a sure one of a vendor needs fewer signs.
    """
    taken = {at for one in found if one.strength == "sure" for at in (one.block, one.other)}
    weighed = {
        at: one
        for at in range(len(document.blocks))
        if at not in taken and (one := _weigh(document, at, rules, folds))
    }
    sure = {at for at, (weight, _, _) in weighed.items() if weight >= _SURE}
    outside = _outside(document)
    vendor = sure | {one.block for one in found if one.strength == "sure" and one.code != "BAN007"}
    grown = set(sure)
    for at in weighed:
        if outside(at) and any(abs(at - other) <= _NEAR for other in vendor if other != at):
            grown.add(at)
    return [
        Match(block=at, start=span[0], end=span[1], code=code, strength="sure", note=_NOTES[code])
        for at, (_, span, code) in sorted(weighed.items())
        if at in grown
    ]


def _outside(document: Document) -> Callable[[int], bool]:
    """Tells the blocks before the first and after the last paragraph of the report."""
    prose = [at for at, one in enumerate(document.blocks) if len(one.text) > _PROSE and "。" in one.text]
    return lambda at: not prose or not prose[0] <= at <= prose[-1]


def _weigh(
    document: Document, at: int, rules: Sequence[BannedRule], folds: Folds
) -> tuple[int, Span, str] | None:
    block = document.blocks[at]
    text = block.text.strip()
    if not 4 <= len(text) <= _LONG or not _stands(block, text):
        return None
    plain = folds[at]
    if not _PLAIN.match(plain.text):
        return None
    weight, code = max([weigh(plain.text), *_meant(plain.text)])
    if weight >= _BESIDE and allowed_spans(plain.text, rules).touch(0, len(plain.text)):
        weight -= _OWN
    start = block.text.index(text)
    return (weight, (start, start + len(text)), code) if weight >= _BESIDE else None


def _stands(block: Block, text: str) -> bool:
    """Whether the block is a line by itself: no cell, no heading, no sentence of the report."""
    if block.cell is not None or block.kind is Kind.META or text.startswith("#"):
        return False
    if text.endswith(_OPEN) or "。" in text[:-1]:
        return False
    return not text.endswith("。") or len(text) <= _SENTENCE


def _meant(text: str) -> Iterator[tuple[int, str]]:
    """What the line weighs as it is meant; a disguise is a sign of its own, as no office needs one."""
    for read, apart in readings(text):
        trick = bool(read.tricks) or (apart and dotted(text, 0, len(text)))
        weight, code = weigh(read.text)
        yield weight + _DISGUISE * trick, code


def weigh(text: str) -> tuple[int, str]:
    """How surely the folded line is a vendor's, and the code of what weighs most in it."""
    present = _present(text)
    total = sum(SIGNS[name].weight for name in present)
    total -= 2 * len(set(REPORT.findall(text))) + 2 * bool(DEED.search(text)) + 2 * bool(COUNT.search(text))
    if (len(text) < _SHORT and total < _SURE) or not _SPEAKING.intersection(present):
        return 0, NOTICE
    total -= 2 * bool(NUMBERED.search(text)) + 2 * text.endswith("。")
    code = next(
        (SIGNS[one].code for one in ("search", "channel", "trade", "price", "dealing") if one in present),
        NOTICE,
    )
    return total, code


def _present(text: str) -> list[str]:
    """The kinds of signs in the line, the weightiest first; a word is a sign of one kind only."""
    taken: list[Span] = []
    present = []
    for name, pattern in _WEIGHTIEST:
        for match in pattern.finditer(text):
            if not any(start < match.end() and match.start() < end for start, end in taken):
                taken.append(match.span())
                present.append(name)
                break
    return present
