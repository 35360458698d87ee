"""Which of many patterns can match a text at all, by the words that each of them needs.

A text has few pairs of characters and the packs have hundreds of words: it is asked for its pairs what
may be in it, and not word by word what is.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

_PAIR = 2


class Triggers:
    """`words[i]` are those of which pattern `i` needs one; none at all: it is always to be tried."""

    def __init__(self, words: Sequence[Sequence[str]]) -> None:
        self._always = frozenset(at for at, one in enumerate(words) if not one or "" in one)
        self._by_head: dict[str, dict[str, list[int]]] = {}
        for at, one in enumerate(words):
            for word in one:
                self._by_head.setdefault(word[:_PAIR], {}).setdefault(word, []).append(at)

    def possible(self, text: str) -> list[int]:
        """The patterns that have a word in `text` or need none, in order."""
        found = set(self._always)
        known = self._by_head
        for head in known.keys() & {*text, *map("".join, itertools.pairwise(text))}:
            for word, patterns in known[head].items():
                if len(word) <= _PAIR or word in text:
                    found.update(patterns)
        return sorted(found)
