"""Registration by existence: a module of a package is a plug-in because it is there."""

from __future__ import annotations

import importlib
import pkgutil
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types import ModuleType


def collect(package: ModuleType, attribute: str) -> dict[str, Any]:
    """Map the module name to the value of `attribute` for every module of `package` that has it.

    Modules whose name begins with an underscore are helpers and are not imported. The order is
    that of the module names, so it is the same on every machine.

    Raises:
        ImportError: when a module of the package cannot be imported; a broken plug-in is never skipped.
    """
    found: dict[str, Any] = {}
    for info in sorted(pkgutil.iter_modules(package.__path__), key=lambda one: one.name):
        if info.name.startswith("_"):
            continue
        module = importlib.import_module(f"{package.__name__}.{info.name}")
        if hasattr(module, attribute):
            found[info.name] = getattr(module, attribute)
    return found


def names(package: ModuleType) -> tuple[str, ...]:
    """Names of the plug-in modules of `package`, without importing any of them."""
    found = (info.name for info in pkgutil.iter_modules(package.__path__))
    return tuple(sorted(name for name in found if not name.startswith("_")))
