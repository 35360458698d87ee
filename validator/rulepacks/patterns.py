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
BUILT_IN = {
    "handle": r"[A-Z0-9][A-Z0-9_-]{4,24}",
    "digits": r"[0-9][0-9 -]{3,14}[0-9]",
    "url": r"(?:HTTPS?://|WWW\.)[A-Z0-9][A-Z0-9./?=&%#_-]{3,120}",
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

    Only what stands outside all brackets and is not repeated is certain.
    """
    best: tuple[str, ...] = ()
    for piece in _certain(text, regex=regex):
        if piece.startswith("<"):
            words = tuple(fold_word(str(one)) for one in lexicon.get(piece[1:-1], ()))
        else:
            words = (fold_word(piece),)
        if words and all(words) and (not best or min(map(len, words)) > min(map(len, best))):
            best = words
    return best


_PIECE = lazy(r"<[a-z_]{2,30}>|[\u4e00-\u9fff]{1,30}|\\.|.", re.DOTALL)


def _certain(text: str, *, regex: bool) -> list[str]:
    pieces: list[str] = []
    depth = 0
    units = _PIECE.findall(text)
    for index, unit in enumerate(units):
        following = units[index + 1] if index + 1 < len(units) else ""
        if unit in "([{" and (regex or unit != "["):
            depth += unit != "{" or not regex
        elif unit in ")]}" and (regex or unit != "]"):
            depth -= unit != "}" or not regex
        elif unit == "|" and depth <= 0:
            return []
        elif depth <= 0 and len(unit) > 1 and not unit.startswith("\\"):
            loose = regex and following in ("?", "{")
            sure = unit if not loose else ("" if unit.startswith("<") else unit[:-1])
            if sure:
                pieces.append(sure)
    return pieces


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
