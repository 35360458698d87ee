"""Keeps the checked collection as JSON, so that a run needs neither YAML nor the schema.

The cache is only ever a copy: what cannot be read or written is made anew without a word.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from pathlib import Path
from typing import Any

KEEP = 8
_PATTERN = "rules-*.json"


def cache_folder() -> Path | None:
    """The folder of this user's caches; None where the system has no such place."""
    own = os.environ.get("VALIDATOR_CACHE_DIR")
    if own:
        return Path(own)
    base = os.environ.get("XDG_CACHE_HOME") or (os.environ.get("LOCALAPPDATA") if os.name == "nt" else None)
    if base:
        return Path(base) / "indicator-validator"
    try:
        home = Path.home()
    except RuntimeError:
        return None
    parts = ("Library", "Caches") if sys.platform == "darwin" else (".cache",)
    return home.joinpath(*parts, "indicator-validator")


def recall(key: str) -> Any:
    """What was kept under `key`; None where there is nothing usable."""
    folder = cache_folder()
    if folder is None:
        return None
    path = folder / f"rules-{key}.json"
    try:
        kept = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    return kept.get("collection") if isinstance(kept, dict) and kept.get("key") == key else None


def keep(key: str, collection: Any) -> None:
    """Keep a collection under `key`, whole or not at all, and drop all but the newest few."""
    folder = cache_folder()
    if folder is None:
        return
    waiting = folder / f"rules-{key}.{os.getpid()}.tmp"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        text = json.dumps({"key": key, "collection": collection}, ensure_ascii=False, separators=(",", ":"))
        waiting.write_bytes(text.encode("utf-8", "surrogatepass"))
        waiting.replace(folder / f"rules-{key}.json")
        prune(folder, _PATTERN)
    except OSError:
        with contextlib.suppress(OSError):
            waiting.unlink(missing_ok=True)


def prune(folder: Path, pattern: str) -> None:
    """Drop all but the newest few of the files that fit the pattern."""
    found = sorted(folder.glob(pattern), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for path in found[KEEP:]:
        path.unlink(missing_ok=True)
