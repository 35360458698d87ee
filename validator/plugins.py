"""Registration by existence: a module of a package is a plug-in because it is there."""

from __future__ import annotations

import importlib
import os
from collections.abc import Iterator
from importlib.machinery import all_suffixes
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types import ModuleType

_SUFFIXES = frozenset(all_suffixes())


def collect(package: ModuleType, attribute: str) -> dict[str, Any]:
    """Map the module name to the value of `attribute` for every module of `package` that has it.

    Modules whose name begins with an underscore are helpers and are not imported. The order is
    that of the module names, so it is the same on every machine.

    Raises:
        ImportError: when a module of the package cannot be imported; a broken plug-in is never skipped.
    """
    found = {name: load(package, name, attribute) for name in names(package)}
    return {name: value for name, value in found.items() if value is not None}


def load(package: ModuleType, name: str, attribute: str) -> Any:
    """The value of `attribute` in the plug-in module `name` of `package`; None where it has none.

    Raises:
        ImportError: when the module cannot be imported.
    """
    return getattr(importlib.import_module(f"{package.__name__}.{name}"), attribute, None)


def names(package: ModuleType) -> tuple[str, ...]:
    """Names of the plug-in modules of `package`, without importing any of them."""
    try:
        found = {name for folder in package.__path__ for name in _modules(folder)}
    except OSError:  # in an archive, where there are no folders
        import pkgutil

        found = {info.name for info in pkgutil.iter_modules(package.__path__)}
    return tuple(sorted(name for name in found if not name.startswith("_")))


def _modules(folder: str) -> Iterator[str]:
    """What `pkgutil` would find in a folder; that costs a tenth of a short run."""
    with os.scandir(folder) as entries:
        for entry in entries:
            stem, _, suffix = entry.name.partition(".")
            if f".{suffix}" in _SUFFIXES or (not suffix and Path(entry.path, "__init__.py").is_file()):
                yield stem
