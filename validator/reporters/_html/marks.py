"""The text of one block cut into pieces: what is marked, what is a fact, and which badges stand where.

Marks and facts may overlap: the text is cut wherever one begins or ends, and every mark has one badge of its
own, at its end. Only badges and facts are links, so that no link ever holds another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TypeVar

from validator.reporters._html.words import Sign


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """An entry at `start:end` of a block. An empty span marks a place between two characters.

    `id` is the anchor of its badge, `href` that of the entry in the list, `rank` that of the severity.
    """

    start: int
    end: int
    id: str
    href: str
    number: int
    sign: Sign
    rank: int
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """A fact at `start:end` of a block. `id` and `href` are empty for one that no row of the table shows."""

    start: int
    end: int
    title: str
    id: str = ""
    href: str = ""


_Over = TypeVar("_Over", Mark, Stated)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of text. `css` is the class of the worst mark over it, `title` names what is stated in it.

    `ids` are anchors of facts that share all their text with another; `badges` are of marks that end here.
    """

    text: str
    css: str = ""
    id: str = ""
    href: str = ""
    ids: tuple[str, ...] = ()
    title: str = ""
    badges: tuple[Mark, ...] = ()


def pieces(text: str, marks: Sequence[Mark], facts: Sequence[Stated]) -> list[Piece]:
    """The text with everything that is said about it, in order; nothing of the text is lost or doubled."""
    spans = [*((one.start, one.end) for one in marks), *((one.start, one.end) for one in facts)]
    edges = sorted({0, len(text), *chain.from_iterable(spans)})
    badges: dict[int, list[Mark]] = {}
    for mark in marks:
        badges.setdefault(mark.end, []).append(mark)
    found = []
    if 0 in badges:
        found.append(Piece(text="", badges=tuple(badges[0])))
    placed: set[str] = set()
    over = zip(_over(marks, edges), _over(facts, edges), strict=True)
    for start, end, (marked, stated) in zip(edges, edges[1:], over, strict=False):
        waiting = [one for one in stated if one.id and one.id not in placed]
        link = min(waiting, key=lambda one: one.end, default=None)
        bare = [one.id for one in waiting if one is not link and one.end == end]
        placed.update(bare, [link.id] if link else [])
        found.append(
            Piece(
                text=text[start:end],
                css=min(marked, key=lambda one: one.rank).sign.css if marked else "",
                id=link.id if link else "",
                href=link.href if link else "",
                ids=tuple(bare),
                title="；".join(dict.fromkeys(one.title for one in stated)),
                badges=tuple(badges.get(end, ())),
            )
        )
    return found


def _over(items: Sequence[_Over], edges: Sequence[int]) -> Iterator[list[_Over]]:
    """What lies over the text between each two neighbouring edges."""
    coming = sorted(items, key=lambda one: one.start, reverse=True)
    now: list[_Over] = []
    for start in edges[:-1]:
        now = [one for one in now if one.end > start]
        while coming and coming[-1].start <= start:
            one = coming.pop()
            if one.end > start:
                now.append(one)
        yield list(now)
