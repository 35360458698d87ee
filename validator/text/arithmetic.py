"""Arithmetic of written numbers: expressions of rule packs, evaluated exactly, by the precision as written.

A number in a text is a range: 602.3 speaks for anything that rounds to it. An expression over such numbers
has a range too, and a claim is wrong only when the two cannot meet.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

_MOST_NODES = 60
_MOST_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Interval:
    """A value as written (`exact`) and everything that could have been rounded to it."""

    low: Fraction
    high: Fraction
    exact: Fraction

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.low + other.low, self.high + other.high, self.exact + other.exact)

    def __sub__(self, other: Interval) -> Interval:
        return Interval(self.low - other.high, self.high - other.low, self.exact - other.exact)

    def __mul__(self, other: Interval) -> Interval:
        ends = [one * two for one in (self.low, self.high) for two in (other.low, other.high)]
        return Interval(min(ends), max(ends), self.exact * other.exact)

    def __neg__(self) -> Interval:
        return Interval(-self.high, -self.low, -self.exact)

    def times(self, factor: Fraction | int) -> Interval:
        """Every value multiplied by an exact number."""
        return self * Interval.of(factor)

    def or_cut(self) -> Interval:
        """The same value where its further digits may have been cut off and not rounded: 3.6 for 3.69."""
        return Interval(self.low, self.high + (self.high - self.exact), self.exact)

    @staticmethod
    def of(value: Fraction | int) -> Interval:
        """An exact number."""
        exact = Fraction(value)
        return Interval(exact, exact, exact)

    def __truediv__(self, other: Interval) -> Interval:
        if other.low <= 0 <= other.high:
            raise ZeroDivisionError
        return self * Interval(1 / other.high, 1 / other.low, 1 / other.exact)


def written(value: float, digits: str) -> Interval:
    """The range of a number by the digits that were written: with value 5.26 (万) of 52600 it speaks in
    hundreds. `digits` is the number as written, with or without its unit."""
    exact = Fraction(str(value))
    plain = "".join(char for char in digits if char.isdigit() or char == ".").strip(".")
    number = Fraction(plain) if plain.count(".") <= 1 and plain.replace(".", "").isdecimal() else Fraction(0)
    if not number or not exact:
        return Interval(exact, exact, exact)
    places = len(plain.partition(".")[2])
    half = abs(exact) / number / Fraction(10) ** places / 2
    return Interval(exact - half, exact + half, exact)


class Answer(StrEnum):
    """How a claim stands to what it was recomputed from."""

    CONSISTENT = "consistent"
    ROUNDING = "rounding"
    """The numbers as written do not give it, but numbers that round to them do."""
    WRONG = "wrong"


def compare(claim: Interval, computed: Interval, relation: str = "=") -> Answer:
    """Whether `claim relation computed` can hold; `relation` is =, <= or >=."""
    if relation == "<=":
        return Answer.WRONG if claim.low > computed.high else Answer.CONSISTENT
    if relation == ">=":
        return Answer.WRONG if claim.high < computed.low else Answer.CONSISTENT
    half = claim.exact - claim.low
    if claim.low <= computed.exact <= claim.exact + half:
        return Answer.CONSISTENT
    return Answer.ROUNDING if claim.low <= computed.high and computed.low <= claim.high else Answer.WRONG


_OPERATORS: dict[type[ast.operator], Callable[[Interval, Interval], Interval]] = {
    ast.Add: lambda one, other: one + other,
    ast.Sub: lambda one, other: one - other,
    ast.Mult: lambda one, other: one * other,
    ast.Div: lambda one, other: one / other,
}


@dataclass(frozen=True, slots=True)
class Expression:
    """A checked expression: `names` are those that it needs, dotted like ids of indicators."""

    tree: ast.expr
    names: tuple[str, ...]

    def value(self, known: Mapping[str, Interval]) -> Interval | None:
        """The value, or None where a division by zero makes it meaningless.

        Raises:
            KeyError: a name is not known.
        """
        try:
            return _value(self.tree, known)
        except ZeroDivisionError:
            return None


def parse(text: str) -> Expression:
    """Names, numbers, + - * / and brackets; nothing else, so that no pack can run code.

    Raises:
        ValueError: anything else is in it.
    """
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise ValueError("no arithmetic") from None
    if sum(1 for _ in ast.walk(tree)) > _MOST_NODES:
        raise ValueError("too long")
    return Expression(tree, tuple(dict.fromkeys(_names(tree))))


def _names(node: ast.expr) -> list[str]:
    match node:
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
            return [*_names(left), *_names(right)]
        case ast.Constant(value=value) if type(value) in (int, float) and len(str(value)) <= _MOST_DIGITS:
            return []
        case ast.Name() | ast.Attribute():
            return [_dotted(node)]
    raise ValueError(f"{ast.unparse(node)} is not allowed")


def _dotted(node: ast.expr) -> str:
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value, attr=attribute):
            return f"{_dotted(value)}.{attribute}"
    raise ValueError(f"{ast.unparse(node)} is not allowed")


def _value(node: ast.expr, known: Mapping[str, Interval]) -> Interval:
    match node:
        case ast.BinOp(left=left, op=op, right=right):
            return _OPERATORS[type(op)](_value(left, known), _value(right, known))
        case ast.Constant(value=value):
            return Interval.of(Fraction(str(value)))
    return known[_dotted(node)]
