"""One-line errors of a pack: where it stands, what is wrong, what to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from validator.model.errors import UserError

Path = tuple[str | int, ...]
"""Way to a value inside a pack: keys and list indexes from the top."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """Where values and keys of one pack stand: 1-based (line, column) by their path."""

    shown: str
    values: Mapping[Path, tuple[int, int]] = field(default_factory=dict)
    keys: Mapping[Path, tuple[int, int]] = field(default_factory=dict)

    def at(self, path: Path, *, key: bool = False) -> tuple[int, int]:
        """Place of a value (or of its key), or of the nearest thing around it that has a place."""
        if key and path in self.keys:
            return self.keys[path]
        while path and path not in self.values:
            path = path[:-1]
        return self.values.get(path, (1, 1))

    def line(self, path: Path) -> str:
        """`file:line` of a value."""
        return f"{self.shown}:{self.at(path)[0]}"

    def error(self, path: Path, zh: str, en: str, *, key: bool = False) -> UserError:
        """The error at a value or at its key."""
        return problem(self.shown, self.at(path, key=key), zh, en)


def problem(shown: str, place: tuple[int, int] | None, zh: str, en: str) -> UserError:
    """An error of one line: `file:line:column: what is wrong and what to do`."""
    where = shown if place is None else f"{shown}:{place[0]}:{place[1]}"
    return UserError(f"{where}: {_one_line(zh)}", f"{where}: {_one_line(en)}")


def nearest(word: object, known: Iterable[str]) -> tuple[str, str]:
    """Hints that name the most similar known word, in Chinese and English; empty without one."""
    from difflib import get_close_matches

    found = get_close_matches(str(word), list(known), n=1, cutoff=0.6)
    return (f"，是否想写“{found[0]}”？", f"; did you mean '{found[0]}'?") if found else ("", "")


def _one_line(text: str) -> str:
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())
