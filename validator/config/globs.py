"""Path patterns as people write them in `validator.yaml`.

`*` stays within a folder, `**` crosses folders, `{a,b}` are alternatives. A pattern without `/` fits a name
in any folder, one that ends in `/` everything below that folder. A backslash is read as `/`; paths are
compared in Unicode form NFC.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import lru_cache


def fits(path: str, patterns: tuple[str, ...]) -> bool:
    """Whether a relative path with `/` fits any of the patterns."""
    return bool(patterns) and _matcher(patterns)(unicodedata.normalize("NFC", path))


@lru_cache(maxsize=256)
def _matcher(patterns: tuple[str, ...]) -> Callable[[str], bool]:
    from wcmatch import glob

    flags = glob.GLOBSTAR | glob.DOTGLOB | glob.BRACE | glob.FORCEUNIX
    found = glob.compile([_whole(one) for one in patterns], flags=flags)
    return lambda path: bool(found.match(path))


def _whole(pattern: str) -> str:
    whole = unicodedata.normalize("NFC", pattern).replace("\\", "/").removeprefix("./")
    if whole.endswith("/"):
        return whole + "**"
    return whole if "/" in whole else "**/" + whole
