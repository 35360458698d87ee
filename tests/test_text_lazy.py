"""Expressions that are kept as numbers are the very ones that the compiler makes."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from validator.text import lazy as lazies
from validator.text.lazy import Made, compiled, lazy, lazy_expressions, restored, supply_from, taken_apart

EXPRESSIONS: list[tuple[str | bytes, int]] = [
    ("占位符?", 0),
    ("(?P<year>20[0-9]{2})年|(?P<rest>.+)", 0),
    ("(a)|(b)|c", re.IGNORECASE),
    (r"^\s*[一-龥]{1,12}(?<!不)完成(?!率)$", re.MULTILINE),
    (r"(?:[①-⑳❶-❿０-９Ａ-Ｚ]|[\u4e00-\u9fff])+?", re.DOTALL),
    (rb"<(!doctype|html)\b", re.IGNORECASE),
]


@pytest.fixture(autouse=True)
def _nothing_supplied(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    before = lazies._STATE.supply
    supply_from(None)
    monkeypatch.setattr(lazies, "_NEW", {})
    yield
    supply_from(before)


def rebuilt(expression: str | bytes, flags: int) -> re.Pattern[str] | re.Pattern[bytes]:
    made = taken_apart(expression, int(flags))
    assert made is not None, "this interpreter allows no expressions to be kept"
    return restored(expression, made)


@pytest.mark.parametrize(("expression", "flags"), EXPRESSIONS)
def test_an_expression_comes_back_as_it_was(expression: str | bytes, flags: int) -> None:
    fresh = re.compile(expression, flags)
    again = rebuilt(expression, flags)
    assert again == fresh
    assert (again.groups, again.groupindex, again.flags) == (fresh.groups, fresh.groupindex, fresh.flags)


def test_every_expression_of_the_program_comes_back_as_it_was() -> None:
    from validator.pipeline import all_checks

    assert all_checks()
    known = set(lazy_expressions())
    assert len(known) > 100
    for expression, flags in known:
        assert rebuilt(expression, flags) == re.compile(expression, flags), expression


def test_what_is_supplied_is_not_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = taken_apart("四(.)", 0)
    asked = []
    supply_from(lambda expression, flags: kept if not asked.append((expression, flags)) else None)
    monkeypatch.setattr(re, "compile", None)
    match = lazy("四(.)").search("三四五")
    assert match is not None
    assert match[1] == "五"
    assert asked == [("四(.)", 0)]
    assert not lazies.newly_compiled()


@pytest.mark.parametrize(
    "made",
    [
        None,
        Made(32, 0, {}, b""),
        Made(32, 0, {}, b"\1\2\3"),
        Made(32, 0, {}, b"\xff" * 64),
        Made(32, 1, {"name": 7}, b"\0" * 16),
        Made(32, -5, {}, b"\0" * 16),
    ],
)
def test_what_is_no_expression_is_compiled_as_ever(made: Made | None) -> None:
    supply_from(lambda *_: made)
    assert compiled("甲(乙)").findall("甲乙") == ["乙"]
    assert list(lazies.newly_compiled()) == [("甲(乙)", 0)]


def test_a_broken_expression_is_told_at_its_first_use() -> None:
    broken = lazy("(")
    with pytest.raises(re.error):
        broken.search("")
