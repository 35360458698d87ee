"""The mini-language of wordings in rule packs.

`(x)` optional, `(x|y)` optional one of, `{x|y}` exactly one of, a bare `a|b` alternatives, `*` a short
gap, `#` the place of the number. Literal parentheses of the text are written full-width.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from validator.text.fold import fold_word

LIMIT = 400
"""More variants than this from one wording is a mistake of its author."""
_CLOSING = {"(": ")", "{": "}"}


def expand(wording: str) -> tuple[str, ...]:
    """Every plain variant of a wording, still with `*` and `#`, in order and without repeats.

    Raises:
        ValueError: for unbalanced brackets, or for more than `LIMIT` variants.
    """
    variants, rest = _alternatives(wording, 0, "")
    if rest != len(wording):
        raise ValueError(f"unbalanced {wording[rest]!r} at character {rest + 1}")
    unique = tuple(dict.fromkeys(one for one in variants if one))
    if not unique:
        raise ValueError("matches nothing at all")
    return unique


def _alternatives(text: str, at: int, closing: str) -> tuple[list[str], int]:
    done: list[str] = []
    current = [""]
    while at < len(text):
        character = text[at]
        if character in _CLOSING:
            inner, end = _alternatives(text, at + 1, _CLOSING[character])
            if end >= len(text):
                raise ValueError(f"no {_CLOSING[character]!r} for the {character!r} at character {at + 1}")
            if character == "(":
                inner = [*inner, ""]
            current = [head + tail for head in current for tail in inner]
            at = end + 1
        elif character == "|":
            done += current
            current = [""]
            at += 1
        elif character in ")}":
            if character != closing:
                return done + current, at
            return done + current, at
        else:
            current = [head + character for head in current]
            at += 1
        if len(done) + len(current) > LIMIT:
            raise ValueError(f"more than {LIMIT} variants")
    if closing:
        return done + current, at
    return done + current, at


_OPEN, _CLOSE = "\ue001", "\ue002"

Node = str | tuple["Sequence", ...]
"""A literal (or one of the marks `*` and `#`), or a choice between sequences (an empty one: optional)."""
Sequence = tuple[Node, ...]


def _literal(wording: str) -> str:
    """Fold a wording as a whole; literal full-width parentheses are told apart from the marks first."""
    return fold_word(wording.replace("（", _OPEN).replace("）", _CLOSE))


def parse(wording: str) -> Sequence:
    """The folded wording as a tree of literals and choices, ready to be matched.

    Raises:
        ValueError: for unbalanced brackets.
    """
    choice, at = _parse(_literal(wording), 0, "")
    if at is not None:
        raise ValueError("unbalanced bracket")
    return choice[0] if len(choice) == 1 else (choice,)


def _parse(text: str, at: int, closing: str) -> tuple[tuple[Sequence, ...], int | None]:
    options: list[Sequence] = []
    current: list[Node] = []
    literal = ""

    def flush() -> None:
        nonlocal literal
        if literal:
            current.append(literal.replace(_OPEN, "(").replace(_CLOSE, ")"))
            literal = ""

    while at < len(text):
        character = text[at]
        if character in "({":
            flush()
            inner, end = _parse(text, at + 1, _CLOSING[character])
            if end is None:
                raise ValueError(f"no {_CLOSING[character]!r} for the {character!r} at character {at + 1}")
            current.append((*inner, ()) if character == "(" else inner)
            at = end
        elif character in ")}":
            if character != closing:
                raise ValueError(f"unbalanced {character!r} at character {at + 1}")
            flush()
            return (*options, tuple(current)), at
        elif character == "|":
            flush()
            options.append(tuple(current))
            current = []
        elif character in "*#":
            flush()
            current.append(character)
        else:
            literal += character
        at += 1
    flush()
    return (*options, tuple(current)), None


def heads(sequence: Sequence, size: int = 2) -> set[str]:
    """The first `size` characters with which a match can begin (fewer where it is shorter)."""
    found = {""}
    for node in sequence:
        longer = {one for one in found if len(one) >= size}
        short = found - longer
        if not short:
            break
        if isinstance(node, str):
            if node in ("*", "#"):
                return found
            found = longer | {(one + node)[:size] for one in short}
        else:
            tails = set().union(*(heads(option, size) for option in node))
            found = longer | {(one + tail)[:size] for one in short for tail in tails}
    return found


class Way(NamedTuple):
    """One top-level alternative of a wording: its body, and whether a number stands before it.

    `wide`: the number may stand a little further off (`#*…`).
    """

    body: Sequence
    leading: bool
    wide: bool


@lru_cache(maxsize=4096)
def ways(wording: str) -> tuple[Way, ...]:
    """The alternatives of a wording, parsed once."""
    tree = parse(wording)
    options = tree[0] if len(tree) == 1 and isinstance(tree[0], tuple) else (tree,)
    found = []
    for option in options:
        leading = option[:1] == ("#",)
        body = option[1:] if leading else option
        wide = leading and body[:1] == ("*",)
        found.append(Way(body[1:] if wide else body, leading, wide))
    return tuple(found)


def wording_heads(wording: str) -> tuple[str, ...]:
    """The characters with which a match of any alternative can begin, sorted."""
    return tuple(sorted({head for way in ways(wording) for head in heads(way.body) if head}))


def pieces(variant: str) -> tuple[str, ...]:
    """The folded literal pieces of one variant between its `*` and `#` marks, the marks among them."""
    return tuple(one if one in ("*", "#") else fold_word(one) for one in re.split(r"([*#])", variant) if one)


@lru_cache(maxsize=256)
def _title_expression(pattern: str) -> re.Pattern[str]:
    bodies = (
        "".join("[^\n]*?" if one == "*" else re.escape(one) for one in pieces(variant))
        for variant in expand(pattern)
    )
    return re.compile("|".join(bodies))


def title_matches(pattern: str, title: str) -> bool:
    """Whether a title pattern of a profile (`*` is anything) is found in `title`."""
    return _title_expression(pattern).search(fold_word(title)) is not None
