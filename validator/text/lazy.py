"""Expressions that are compiled when they are first used: start-up is a feature.

What the compiler makes of an expression is a list of numbers. Whoever keeps these between runs may supply
them here; then nothing is compiled at all. They are the interpreter's own affair, so that anything
unexpected about them only means that the expression is compiled as usual.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from typing import Any, AnyStr, NamedTuple, cast

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split", "pattern")
_WORD = "I"
"""The numbers of a compiled expression have 32 bits."""
_MOST = 4096
_BROKEN = (ImportError, AttributeError, TypeError, ValueError, LookupError, RuntimeError, OverflowError)
"""What an interpreter with another compiler, or numbers that it does not take, may raise."""


class Made(NamedTuple):
    """A compiled expression as data: its flags, how many groups it has, the names of groups, its numbers."""

    flags: int
    groups: int
    names: Mapping[str, int]
    numbers: bytes


Expression = str | bytes
Supply = Callable[[Expression, int], Made | None]


class _State:
    supply: Supply | None = None


_STATE = _State()
_NEW: dict[tuple[Expression, int], re.Pattern[Any]] = {}
_LAZY: list[_Lazy] = []


class _Lazy:
    """Stands for a compiled expression and becomes one at its first use."""

    def __init__(self, expression: Expression, flags: int) -> None:
        self._expression = expression
        self._flags = flags
        _LAZY.append(self)

    def __getattr__(self, name: str) -> Any:
        ready: re.Pattern[Any] = compiled(self._expression, self._flags)
        for method in _METHODS:
            setattr(self, method, getattr(ready, method))
        return getattr(ready, name)

    def key(self) -> tuple[Expression, int]:
        return self._expression, int(self._flags)


def lazy(expression: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """The expression, compiled at its first use.

    Raises:
        re.error: at the first use, when the expression is broken.
    """
    return cast("re.Pattern[AnyStr]", _Lazy(expression, flags))


def compiled(expression: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """The expression as `re.compile` gives it, from what was supplied where that is possible.

    Raises:
        re.error: the expression is broken.
    """
    made = None if _STATE.supply is None else _STATE.supply(expression, int(flags))
    if made is not None:
        try:
            return restored(expression, made)
        except _BROKEN:
            pass
    pattern = re.compile(expression, flags)
    if len(_NEW) < _MOST:
        _NEW[expression, int(flags)] = pattern
    return pattern


def supply_from(supply: Supply | None) -> None:
    """Let expressions come from `supply`, which gives None for those that it does not have."""
    _STATE.supply = supply


def newly_compiled() -> Mapping[tuple[Expression, int], re.Pattern[Any]]:
    """What this process had to compile, by expression and flags."""
    return _NEW


def lazy_expressions() -> Iterator[tuple[Expression, int]]:
    """The expressions and flags of all modules that are loaded, used or not."""
    return (one.key() for one in _LAZY)


def taken_apart(expression: Expression, flags: int) -> Made | None:
    """The expression compiled, as data; None where the interpreter does not allow it.

    Raises:
        re.error: the expression is broken.
    """
    try:
        parsed = import_module("re._parser").parse(expression, flags)
        numbers = import_module("re._compiler")._code(parsed, flags)  # noqa: SLF001 - there is no public way
        state = parsed.state
        words = array(_WORD, numbers)
        made = Made(flags | state.flags, state.groups - 1, dict(state.groupdict), words.tobytes())
    except _BROKEN:
        return None
    return made if words.itemsize == import_module("_sre").CODESIZE else None


def restored(expression: Expression, made: Made) -> re.Pattern[Any]:
    """The compiled expression again. The interpreter checks the numbers before it takes them.

    Raises:
        RuntimeError, ValueError, TypeError …: they are not what a compiler makes.
    """
    by_number: list[str | None] = [None] * (made.groups + 1)
    for name, number in made.names.items():
        by_number[number] = name
    numbers = array(_WORD)
    numbers.frombytes(made.numbers)
    pattern: re.Pattern[Any] = import_module("_sre").compile(
        expression, made.flags, numbers.tolist(), made.groups, dict(made.names), tuple(by_number)
    )
    return pattern
