"""Patterns of placeholder and banned packs, compiled to expressions whose work is bounded.

A pattern is plain text in which `<name>` stands for any word of the pack's word list of that name,
`(x|y)` is optional, `{x|y}` is one of, and `*` is a short gap without punctuation. A pattern marked
as a regular expression may use everything that Python's `re` has except what can run away: no
unlimited repeat, no back reference, and the product of all variable repeats stays below `WORK`.
"""

from __future__ import annotations

import re
import re._parser as sre  # type: ignore[import-not-found]
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from validator.model.rule import Pattern
from validator.text.fold import fold_word
from validator.text.lazy import lazy

WORK = 100_000
GAP = "[^，。；：！？、\n]{0,8}?"
BUILT_IN = {  # in the alphabet of folded text: capitals, wide colons and question marks
    "handle": r"[A-Z0-9][A-Z0-9_-]{4,24}",
    "digits": r"[0-9][0-9 -]{3,14}[0-9]",
    "url": r"(?:HTTPS?：//|WWW\.)[A-Z0-9][A-Z0-9./？=&%#_～：:+-]{2,120}",
    "domain": r"[A-Z0-9][A-Z0-9-]{1,40}\.(?:COM|NET|CN|ORG|CC|TOP|VIP|XYZ|SITE|SHOP|INFO)(?![A-Z0-9])",
}
_REFERENCE = lazy(r"<([a-z_]{2,30})>")


def build(text: str, lexicon: Mapping[str, Sequence[str]], *, regex: bool) -> Pattern:
    """Compile one pattern of a pack.

    Raises:
        ValueError: an unknown word list, a broken expression, or one that could run away.
    """
    body = text if regex else _phrase(text)
    expression = _REFERENCE.sub(lambda match: _words(match[1], lexicon), body)
    try:
        tree = sre.parse(expression)
    except re.error as error:
        raise ValueError(f"no valid expression: {error}") from None
    nodes = list(tree)
    work = _work(nodes[:-1]) * min(_work(nodes[-1:]), 200)
    if work > WORK:
        raise ValueError(
            f"could take too long (work {work}, limit {WORK}): make the repeats shorter or fewer"
        )
    return Pattern(expression=expression, triggers=_triggers(text, lexicon, regex=regex))


def _phrase(text: str) -> str:
    out = []
    for unit in re.findall(r"<[a-z_]+>|[^<]|<", text):
        if unit in ("(", "{"):
            out.append("(?:")
        elif unit == ")":
            out.append(")?")
        elif unit == "}":
            out.append(")")
        elif unit == "|":
            out.append("|")
        elif unit == "*":
            out.append(GAP)
        elif len(unit) > 1:
            out.append(unit)
        else:
            out.append(re.escape(fold_word(unit)))
    return "".join(out)


def _words(name: str, lexicon: Mapping[str, Sequence[str]]) -> str:
    if name in BUILT_IN:
        return f"(?:{BUILT_IN[name]})"
    if name not in lexicon:
        raise ValueError(f"no word list <{name}>; there are {', '.join(sorted([*lexicon, *BUILT_IN]))}")
    words = sorted((fold_word(str(one)) for one in lexicon[name]), key=lambda one: (-len(one), one))
    return f"(?:{'|'.join(re.escape(one) for one in words)})"


def _triggers(text: str, lexicon: Mapping[str, Sequence[str]], *, regex: bool) -> tuple[str, ...]:
    """Words one of which must stand in a text that the pattern can match; empty where none is certain.

    Only what is not repeated and not optional is certain: a plain run of Chinese characters, a word
    list, or a group of plain alternatives.
    """
    union: tuple[str, ...] = ()
    for pieces in _certain(text, regex=regex):
        best = _best(pieces, lexicon)
        if not best:
            return ()
        union += best
    return tuple(dict.fromkeys(union))


def _best(pieces: Sequence[str], lexicon: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """The piece whose shortest word is the longest: it says no most often."""
    best: tuple[str, ...] = ()
    for piece in pieces:
        words: tuple[str, ...] = ()
        for one in piece.split("|"):
            words += tuple(map(str, lexicon.get(one[1:-1], ()))) if one.startswith("<") else (one,)
        folded = tuple(fold_word(one) for one in words)
        if folded and all(folded) and (not best or min(map(len, folded)) > min(map(len, best))):
            best = folded
    return best


_PIECE = lazy(
    r"\((?:\?:)?([\u4e00-\u9fffA-Z❤♥♡|]+|(?:<[a-z_]{2,30}>))\)"  # a group of plain alternatives
    r"|(<[a-z_]{2,30}>)"
    r"|([\u4e00-\u9fff]{1,30})"
    r"|\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|.",
    re.DOTALL,
)


def _certain(text: str, *, regex: bool) -> list[list[str]]:
    """The certain pieces of each top-level alternative."""
    alternatives: list[list[str]] = [[]]
    depth = 0
    for match in _PIECE.finditer(text):
        unit = match[0]
        loose = text[match.end() : match.end() + 1] in ("?", "{", "*", "+") if regex else match[1] is not None
        plain = match[1] or match[2] or match[3] or ""
        if not plain:
            depth += (unit == "(" or (unit == "{" and not regex)) - (
                unit == ")" or (unit == "}" and not regex)
            )
            if unit == "|" and depth <= 0:
                alternatives.append([])
        elif depth <= 0:
            sure = plain if not loose else (plain[:-1] if match[3] and regex else "")
            if sure and not sure.startswith("|") and not sure.endswith("|"):
                alternatives[-1].append(sure)
    return alternatives


def _work(tree: Any) -> int:
    """Bound on the steps at one place: the product of the ranges of all variable repeats.

    What ends a pattern is tried once for each way to reach it and cannot fail on account of what follows.
    """
    work = 1
    for operator, argument in tree:
        name = str(operator)
        if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            low, high, inner = argument
            if high == sre.MAXREPEAT:
                raise ValueError("an unlimited repeat (*, +, {n,}) is not allowed; write {0,30}")
            work *= max(1, int(high) - int(low) + 1) * _work(inner) ** (1 if int(high) <= 1 else 2)
        elif name in ("GROUPREF", "GROUPREF_EXISTS"):
            raise ValueError("a reference back to a group is not allowed")
        elif name == "BRANCH":
            work *= max(_work(one) for one in argument[1])
        else:
            for inner in _inner(argument):
                work *= _work(inner)
        if work > WORK * 1000:
            break
    return work


def _inner(argument: Any) -> Iterable[Any]:
    if isinstance(argument, sre.SubPattern):
        yield argument
    elif isinstance(argument, tuple | list):
        for one in argument:
            yield from _inner(one)
