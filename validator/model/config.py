"""What `validator.yaml` and the command line decide: for the whole run, and for one path."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from validator.model.words import Severity

STAGES = ("draft", "review", "submission")


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """A value and where it was decided: `validator.yaml:12`, an option, or "" for the default."""

    value: Any
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PathRule:
    """Settings for the files that `match` (patterns relative to the configuration's folder)."""

    match: tuple[str, ...]
    values: Mapping[str, Origin]
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ignore:
    """Findings of `codes` (codes or families) that are accepted in the files of `match`, and why."""

    match: tuple[str, ...]
    codes: tuple[str, ...]
    reason: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """A configuration as written. `folder` is the absolute folder that its patterns and paths start from.

    `values` holds what is set for every file, `paths` what holds for some (later ones win), `flags` what
    the command line says, which wins over both.
    """

    file: str = ""
    folder: str = ""
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    include_place: str = ""
    exclude_place: str = ""
    values: Mapping[str, Origin] = field(default_factory=dict)
    paths: tuple[PathRule, ...] = ()
    ignore: tuple[Ignore, ...] = ()
    flags: Mapping[str, Origin] = field(default_factory=dict)

    def value(self, key: str, default: Any = None) -> Any:
        """What holds for the whole run."""
        for layer in (self.flags, self.values):
            if key in layer:
                return layer[key].value
        return default


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What holds for one file. `origins` tells for every key where it was decided."""

    profile: str | None = None
    stage: str = "submission"
    year: int | None = None
    severity: Mapping[str, Severity] = field(default_factory=dict)
    not_applicable: Mapping[str, str] = field(default_factory=dict)
    origins: Mapping[str, Origin] = field(default_factory=dict)
