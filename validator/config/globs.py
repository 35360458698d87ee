"""Path patterns as people write them in `validator.yaml`.

`*` stays within a folder, `**` crosses folders, `{a,b}` are alternatives. A pattern without `/` fits a name
in any folder, with `./` before it only at the top; one that ends in `/` fits everything below that folder. A
backslash is read as `/`; paths are compared in Unicode form NFC.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import lru_cache

from validator.text.lazy import lazy

_MAGIC = lazy(r"[][*?{}()!|\\@+-]")


def fits(path: str, patterns: tuple[str, ...]) -> bool:
    """Whether a relative path with `/` fits any of the patterns."""
    return bool(patterns) and _matcher(patterns)(unicodedata.normalize("NFC", path))


@lru_cache(maxsize=4096)
def _matcher(patterns: tuple[str, ...]) -> Callable[[str], bool]:
    whole = [_whole(one) for one in patterns]
    if not any(_MAGIC.search(one) for one in whole):
        return frozenset(whole).__contains__
    from wcmatch import glob

    flags = glob.GLOBSTAR | glob.DOTGLOB | glob.BRACE | glob.FORCEUNIX
    found = glob.compile(whole, flags=flags)
    return lambda path: bool(found.match(path))


def _whole(pattern: str) -> str:
    written = unicodedata.normalize("NFC", pattern).replace("\\", "/")
    whole = written.removeprefix("./")
    if whole.endswith("/"):
        return whole + "**"
    return whole if "/" in written else "**/" + whole
