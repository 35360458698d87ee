"""Compiled expressions are kept between runs, and never believed where they should not be."""

from __future__ import annotations

import os
import re
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from validator.model.rule import Rules
from validator.rulepacks import _expressions, load_rules
from validator.text import lazy as lazies
from validator.text.lazy import Made, taken_apart

USED = ("甲(?P<name>乙)", 0)


@pytest.fixture(scope="module")
def rules() -> Rules:
    whole = load_rules()
    return replace(whole, placeholders=whole.placeholders[:2], banned=whole.banned[:2])


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(lazies, "_NEW", {USED: re.compile(*USED)})
    monkeypatch.setattr(
        _expressions, "lazy_expressions", lambda: iter([("丙", 0), ("(", 0), (b"x", re.IGNORECASE)])
    )
    return tmp_path / "cache" / "expressions-1.bin"


def names(path: Path) -> set[str]:
    return set(_expressions.read(path))


def name(expression: str | bytes, flags: int = 0) -> str:
    return _expressions._name(expression, int(flags))


def test_the_first_run_keeps_what_any_run_may_need(path: Path, rules: Rules) -> None:
    _expressions.keep(path, {}, rules, os.getpid())
    kept = _expressions.read(path)
    assert kept[name(*USED)] == taken_apart(*USED)
    assert {
        name("丙"),
        name(b"x", re.IGNORECASE),
        name(rules.banned[0].patterns[0].expression),
    } <= kept.keys()
    assert name("(") not in kept
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_every_expression_of_the_packs_comes_back_as_it_was(path: Path, rules: Rules) -> None:
    whole = load_rules()
    _expressions.keep(path, {}, whole, os.getpid())
    kept = _expressions.read(path)
    for expression, flags in _expressions._of_packs(whole):
        assert lazies.restored(expression, kept[name(expression, flags)]) == re.compile(expression, flags)


def test_later_runs_add_what_is_new(path: Path, rules: Rules) -> None:
    path.parent.mkdir()
    path.write_bytes(b"there")
    kept = {name("丁"): Made(32, 0, {}, b"1234")}
    _expressions.keep(path, kept, rules, os.getpid())
    assert names(path) == {name("丁"), name(*USED)}


def test_nothing_new_nothing_written(path: Path, rules: Rules, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lazies, "_NEW", {})
    _expressions.keep(path, {}, rules, os.getpid())
    assert not path.parent.exists()


def test_only_the_process_that_loaded_the_rules_writes(path: Path) -> None:
    _expressions.keep(path, {}, rules, os.getpid() + 1)
    assert not path.parent.exists()


@pytest.mark.parametrize("other", [None, Made(32, 0, {}, b"")])
def test_an_interpreter_that_rebuilds_something_else_keeps_nothing(
    path: Path, rules: Rules, monkeypatch: pytest.MonkeyPatch, other: Made | None
) -> None:
    wrong = taken_apart("别的", 0) if other else None
    monkeypatch.setattr(_expressions, "taken_apart", lambda *_: wrong)
    _expressions.keep(path, {}, rules, os.getpid())
    assert list(path.parent.iterdir()) == []


def test_where_nothing_can_be_written_nothing_is_worked_out(
    path: Path, rules: Rules, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.parent.write_bytes(b"a file")
    monkeypatch.setattr(_expressions, "taken_apart", None)
    _expressions.keep(path, {}, rules, os.getpid())


@pytest.mark.parametrize("harm", ["gone", "empty", "cut", "longer", "other key", "no table", "other type"])
def test_a_damaged_file_counts_for_nothing(
    path: Path, rules: Rules, monkeypatch: pytest.MonkeyPatch, harm: str
) -> None:
    _expressions.keep(path, {}, rules, os.getpid())
    good = path.read_bytes()
    assert names(path)
    if harm == "other key":
        monkeypatch.setattr(sys, "version", "4.0")
    elif harm == "gone":
        path.unlink()
    else:
        head = {"no table": b"{", "other type": b"[]"}.get(harm, b"")
        data = {"empty": b"", "cut": good[:-1], "longer": good + b"1"}
        path.write_bytes(data.get(harm, len(head).to_bytes(8, "little") + head))
    assert names(path) == set()


@pytest.mark.skipif(os.name != "posix", reason="who may write a file is told in another way there")
@pytest.mark.parametrize(("mode", "believed"), [(0o644, True), (0o600, True), (0o664, False), (0o646, False)])
def test_a_file_that_others_may_write_counts_for_nothing(
    path: Path, rules: Rules, mode: int, *, believed: bool
) -> None:
    _expressions.keep(path, {}, rules, os.getpid())
    path.chmod(mode)
    assert bool(names(path)) is believed


@pytest.mark.skipif(os.name != "posix", reason="who owns a file is told in another way there")
@pytest.mark.parametrize(("owner", "believed"), [(0, True), (os.geteuid(), True), (os.geteuid() + 1, False)])
def test_a_file_of_somebody_else_counts_for_nothing(owner: int, *, believed: bool) -> None:
    found = os.stat_result((0o100644, 0, 0, 1, owner, 0, 0, 0, 0, 0))
    assert _expressions._own(found) is believed
