"""What holds for one file: the command line over the last fitting block of `paths` over the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from validator.config.globs import fits
from validator.model.config import Config, Origin, Settings
from validator.model.words import Severity

KEYS = ("profile", "stage", "year", "severity", "not_applicable")
_MERGED = frozenset({"severity", "not_applicable"})


def settings_for(config: Config, relative: str | None) -> Settings:
    """The settings of a file by its path from the configuration's folder.

    None: the file lies outside of it, so that only what is set for every file holds. Of `severity` and
    `not_applicable` the entries add up; of everything else the last one counts.
    """
    values: dict[str, Any] = {}
    origins: dict[str, Origin] = {}
    for layer in _layers(config, relative):
        for key in KEYS:
            if key not in layer:
                continue
            one = layer[key]
            if key in _MERGED:
                values[key] = {**values.get(key, {}), **one.value}
                for name, value in one.value.items():
                    origins[f"{key}.{name}"] = Origin(value=value, place=one.place)
            else:
                values[key] = one.value
                origins[key] = one
    severity = {code: Severity(word) for code, word in values.pop("severity", {}).items()}
    return Settings(**values, severity=severity, origins=origins)


def excluded(config: Config, relative: str | None) -> str | None:
    """Where it is written that a file is no report, or None where it is one."""
    if relative is None:
        return None
    if config.exclude and fits(relative, config.exclude):
        return config.exclude_place
    if config.include and not fits(relative, config.include):
        return config.include_place
    return None


def _layers(config: Config, relative: str | None) -> Iterator[Mapping[str, Origin]]:
    yield config.values
    if relative is not None:
        for one in config.paths:
            if fits(relative, one.match):
                yield one.values
    yield config.flags


def inside(config: Config, path: str) -> str | None:
    """A file's path from the configuration's folder, with `/`, or None where it lies elsewhere.

    A link counts where it stands, not where it leads to. A member of an archive keeps its name behind `!/`.
    """
    if not config.folder:
        return None
    absolute = (Path(path).parent.resolve() / Path(path).name).as_posix()
    top = config.folder.rstrip("/") + "/"
    return absolute[len(top) :] if absolute.startswith(top) else None
