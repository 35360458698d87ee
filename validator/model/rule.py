"""Typed rules: what the packs say, after loading and checking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from validator.model.words import Bilingual, Severity

_NONE: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A text beside a rule and what the rule must find in it; an empty `expect` means nothing at all."""

    text: str
    expect: tuple[Mapping[str, object], ...]
    section: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class After:
    """A continuation: these words name the indicator only where another one was named just before."""

    indicators: tuple[str, ...]
    wordings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """A named quantity that reports state. `place` is `file:line` of its definition; `excused` gives
    the reason why a change of an example need not be noticed, by the key of the change."""

    id: str
    name: Bilingual
    wordings: tuple[str, ...]
    unit: str
    kind: str
    never: tuple[str, ...] = ()
    after: tuple[After, ...] = ()
    rank_of: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    flow: bool = False
    growth: bool = False
    constant_price: bool = False
    range: tuple[float | None, float | None] = (None, None)
    section: str = ""
    owner: str = ""
    how: str = ""
    source: str = ""
    examples: tuple[Example, ...] = ()
    excused: Mapping[str, str] = field(default_factory=lambda: _NONE)
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """A compiled phrase pattern of a pack: prefilter words, any of which must occur, and the expression."""

    expression: str
    triggers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceholderRule:
    """One shape of leftover, or (`allow`) one shape that looks like a leftover and is none."""

    id: str
    code: str
    allow: bool
    patterns: tuple[Pattern, ...]
    note: Bilingual
    formats: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()
    excused: Mapping[str, str] = field(default_factory=lambda: _NONE)
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BannedRule:
    """One shape of vendor text, or (`allow`) one that looks like it and is the report's own."""

    id: str
    code: str
    allow: bool
    strength: str
    extend: str
    patterns: tuple[Pattern, ...]
    note: Bilingual
    obfuscated: bool = False
    examples: tuple[Example, ...] = ()
    excused: Mapping[str, str] = field(default_factory=lambda: _NONE)
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsistencyRule:
    """How numbers of one report must agree: `claim` (an id) stands in `relation` (=, <=, >=) to the
    arithmetic `expression`."""

    id: str
    note: Bilingual
    claim: str
    relation: str
    expression: str
    examples: tuple[Example, ...] = ()
    excused: Mapping[str, str] = field(default_factory=lambda: _NONE)
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """One line of a profile's `require`: which indicator, in which roles its value counts."""

    indicator: str
    roles: tuple[str, ...] = ("actual",)
    companions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Which indicators one kind of report must state, and how the stages grade findings."""

    id: str
    name: Bilingual
    require: tuple[Requirement, ...]
    titles: tuple[str, ...] = ()
    except_titles: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    stages: Mapping[str, Mapping[str, Severity]] = field(default_factory=dict)
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """All packs together, keyed by id in the order of the files. `heads`: the compiled form of wordings."""

    indicators: Mapping[str, Indicator] = field(default_factory=dict)
    placeholders: tuple[PlaceholderRule, ...] = ()
    banned: tuple[BannedRule, ...] = ()
    consistency: tuple[ConsistencyRule, ...] = ()
    profiles: Mapping[str, Profile] = field(default_factory=dict)
    heads: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    version: str = ""
