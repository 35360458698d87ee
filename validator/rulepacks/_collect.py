"""From pack files to one plain, checked collection: overriding, `extends`, references between packs.

The collection holds only what JSON can hold, so it can be kept and read back without YAML.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path as FilePath
from typing import Any

from validator.model.errors import UserError
from validator.rulepacks import _schema
from validator.rulepacks._source import Source
from validator.rulepacks.patterns import build
from validator.text.arithmetic import parse
from validator.text.units import UNITS
from validator.text.wordings import LIMIT, expand
from validator.yamlfile import parsing
from validator.yamlfile.problem import Marks, Path, nearest

Plain = dict[str, Any]
SECTIONS = {
    "indicators": "indicators",
    "profiles": "profiles",
    "placeholders": "rules",
    "banned": "rules",
    "consistency": "rules",
}
"""Kinds of packs, and the key under which each lists its items."""
_SCALED_UNITS = ("万元", "亿元")
_USUAL_UNITS = "人、个、所、家、项、件、元、万元、亿元、%、平方米、亩、吨"
_WORDING_ERRORS = (
    ("variants", f"展开后超过{LIMIT}种写法，请拆成几条", f"expands to more than {LIMIT} variants; split it"),
    ("nothing", "什么也匹配不到，请至少留一个必有的词", "matches nothing; leave a word that must be there"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Item:
    """One indicator, profile or rule as written, with its place."""

    kind: str
    path: Path
    marks: Marks
    raw: Plain
    layer: int


@dataclass(slots=True, kw_only=True)
class _Known:
    """Everything read so far, by kind and id, and where each id was defined."""

    items: dict[str, dict[str, Plain]] = field(default_factory=lambda: {kind: {} for kind in SECTIONS})
    defined: dict[tuple[str, str], _Item] = field(default_factory=dict)


def collect(sources: Sequence[Source], schema: FilePath) -> Plain:
    """The checked content of all packs: kind -> list of items in the order of the files.

    Raises:
        UserError: for the first thing that is wrong, with file, line, column and remedy.
    """
    known = _Known()
    items = [item for source in sources for item in _items(source, schema)]
    for item in items:
        _enter(item, known)
    for item in items:
        _check_references(item, known)
    return {kind: list(found.values()) for kind, found in known.items.items()}


@lru_cache(maxsize=64)
def _items(source: Source, schema: FilePath) -> tuple[_Item, ...]:
    """The items of a file, which nobody changes afterwards: who loads packs again and again pays once."""
    return tuple(_read(source, schema))


def _read(source: Source, schema: FilePath) -> Iterator[_Item]:
    data, marks = parsing.parse(source.data, source.shown)
    _schema.check(data, marks, schema)
    kind = str(data["pack"])
    key = SECTIONS[kind]
    lexicon: dict[str, list[str]] = data.get("lexicon", {})
    for index, raw in enumerate(data[key]):
        item = _Item(kind=kind, path=(key, index), marks=marks, raw=raw, layer=source.layer)
        _check_alone(item)
        yield _compiled(item, lexicon) if kind in ("placeholders", "banned") else item


def _enter(item: _Item, known: _Known) -> None:
    identifier = str(item.raw["id"])
    earlier = known.defined.get((item.kind, identifier))
    if earlier is not None and earlier.layer == item.layer:
        place = earlier.marks.line(earlier.path)
        raise item.marks.error(
            (*item.path, "id"),
            f"代号“{identifier}”已在 {place} 定义，请改名或删去一个",
            f"id '{identifier}' is already defined at {place}; rename or remove one",
        )
    found = known.items[item.kind]
    base: Plain = {}
    if "extends" in item.raw:
        name = item.raw["extends"]
        if name not in found:
            zh, en = nearest(name, found)
            zh_text, en_text = f"extends 引用了不存在的“{name}”{zh}", f"extends unknown '{name}'{en}"
            raise item.marks.error((*item.path, "extends"), zh_text, en_text)
        base = found[name]
    merged = {**base, **item.raw, "place": item.marks.line(item.path)}
    merged.pop("extends", None)
    found[identifier] = merged
    known.defined[item.kind, identifier] = item


def _compiled(item: _Item, lexicon: dict[str, list[str]]) -> _Item:
    """The rule with its patterns built, while the word lists of its own file are at hand."""
    compiled: list[list[Any]] = []
    for key in ("regex", "patterns"):
        for index, text in enumerate(item.raw.get(key, ())):
            try:
                pattern = build(text, lexicon, regex=key == "regex")
            except ValueError as error:
                path = (*item.path, key, index)
                zh, en = f"写法“{text}”不能用：{error}", f"pattern '{text}' cannot be used: {error}"
                raise item.marks.error(path, zh, en) from None
            compiled.append([pattern.expression, list(pattern.triggers)])
    raw = {key: value for key, value in item.raw.items() if key not in ("regex", "patterns")}
    if compiled:
        raw["compiled"] = compiled
    return _Item(kind=item.kind, path=item.path, marks=item.marks, raw=raw, layer=item.layer)


def _check_alone(item: _Item) -> None:
    """What can be judged without knowing the other items."""
    for path, wording in _wordings(item.raw):
        try:
            expand(wording)
        except ValueError as error:
            raise _wording_error(item, path, wording, error) from None
    unit = item.raw.get("unit")
    if unit is not None and unit not in UNITS and unit not in _SCALED_UNITS:
        zh, en = nearest(unit, [*UNITS, *_SCALED_UNITS])
        zh, en = zh or f"，请用 {_USUAL_UNITS} 等", en or f"; use {_USUAL_UNITS} or the like"
        raise item.marks.error(
            (*item.path, "unit"), f"不认识的单位“{unit}”{zh}", f"unknown unit '{unit}'{en}"
        )
    if item.kind == "consistency" and "from" in item.raw:
        _check_expression(item)
    low, high = item.raw.get("range", (None, None))
    if low is not None and high is not None and low > high:
        zh, en = f"下限 {low} 大于上限 {high}，请对调", f"low {low} is above high {high}; swap them"
        raise item.marks.error((*item.path, "range"), zh, en)


def _check_expression(item: _Item) -> None:
    try:
        parse(item.raw["from"])
    except ValueError as error:
        raise item.marks.error(
            (*item.path, "from"),
            f"式子“{item.raw['from']}”不能用，只能有指标代号、数字、+ - * / 和括号",
            f"expression '{item.raw['from']}': {error}; use ids, numbers, + - * / and brackets",
        ) from None


def _wordings(raw: Plain) -> Iterator[tuple[Path, str]]:
    for key in ("wordings", "not", "parts"):
        for index, text in enumerate(raw.get(key, ())):
            yield (key, index), text
    for number, after in enumerate(raw.get("after", ())):
        for index, text in enumerate(after["wordings"]):
            yield ("after", number, "wordings", index), text
    for key in ("titles", "except"):
        for index, text in enumerate(raw.get("applies", {}).get(key, ())):
            yield ("applies", key, index), text


def _wording_error(item: _Item, path: Path, wording: str, error: ValueError) -> UserError:
    zh, en = "括号不配对；原文里的括号请写全角（ ）", f"{error}; write brackets of the text full-width （ ）"
    for sign, chinese, english in _WORDING_ERRORS:
        if sign in str(error):
            zh, en = chinese, english
    return item.marks.error((*item.path, *path), f"写法“{wording}”{zh}", f"wording '{wording}': {en}")


def _check_references(item: _Item, known: _Known) -> None:
    indicators = known.items["indicators"]
    for path, name in _references(item.raw):
        if name not in indicators:
            zh, en = nearest(name, indicators)
            zh, en = f"没有代号为“{name}”的指标{zh}", f"there is no indicator '{name}'{en}"
            raise item.marks.error((*item.path, *path), zh, en)


def _references(raw: Plain) -> Iterator[tuple[Path, str]]:
    for number, after in enumerate(raw.get("after", ())):
        for index, name in enumerate(after["indicators"]):
            yield ("after", number, "indicators", index), name
    for index, name in enumerate(raw.get("rank_of", ())):
        yield ("rank_of", index), name
    for index, need in enumerate(raw.get("require", ())):
        if isinstance(need, str):
            yield ("require", index), need
        else:
            yield ("require", index, "id"), need["id"]
    yield from _operands(raw)
    for number, example in enumerate(raw.get("examples", ())):
        for index, expected in enumerate(example.get("expect", ())):
            if "indicator" in expected:
                yield ("examples", number, "expect", index, "indicator"), expected["indicator"]


def _operands(raw: Plain) -> Iterator[tuple[Path, str]]:
    if "claim" in raw:
        yield ("claim",), raw["claim"]
    for name in parse(raw["from"]).names if "from" in raw else ():
        yield ("from",), name
