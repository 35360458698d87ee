"""Text as it stands on a page: columns it takes, cutting and wrapping by them, marks of quotation."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

NO_START = frozenset("，。；：！？、）】》〉」』”’…％%,.;:!?)]}")
NO_END = frozenset("（【《〈「『“‘([{")


@lru_cache(maxsize=8192)
def char_width(char: str) -> int:
    """Columns of one character: 2 for wide and full-width, 0 for combining and invisible, else 1.

    Ambiguous characters (quotation marks, ×) count as 1, as terminals with a default set-up draw them.
    """
    category = unicodedata.category(char)
    if category in {"Mn", "Me", "Cf"} or char == "\u200b":
        return 0
    if category == "Cc":
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def width(text: str) -> int:
    """Columns of `text` on one line."""
    if text.isascii() and text.isprintable():
        return len(text)
    return sum(map(char_width, text))


def pad(text: str, columns: int) -> str:
    """`text` filled up with spaces to `columns`; longer text is returned as it is."""
    return text + " " * max(0, columns - width(text))


def cut(text: str, columns: int, ellipsis: str = "…") -> str:
    """`text` cut to at most `columns`, ending in `ellipsis` where something was cut."""
    if width(text) <= columns:
        return text
    room = columns - width(ellipsis)
    taken: list[str] = []
    for char in text:
        room -= char_width(char)
        if room < 0:
            break
        taken.append(char)
    return "".join(taken) + ellipsis


def break_at(text: str, columns: int) -> int:
    """How many characters of `text` fit on a line of `columns`, at the best place to break.

    Western words stay whole where they can, no line starts with closing punctuation or ends with
    opening punctuation. At least one character always fits.
    """
    used = 0
    limit = len(text)
    for index, char in enumerate(text):
        used += char_width(char)
        if used > columns:
            limit = index
            break
    else:
        return limit
    at = limit
    while at > max(1, limit // 2) and not _may_break(text, at):
        at -= 1
    return at if at > 0 and _may_break(text, at) else max(1, limit)


def _may_break(text: str, at: int) -> bool:
    before, after = text[at - 1], text[at]
    if after in NO_START or before in NO_END or char_width(after) == 0:
        return False
    if after.isspace() or before.isspace():
        return True
    return char_width(before) == 2 or char_width(after) == 2 or before in "/>,;"


def wrap(text: str, columns: int) -> list[str]:
    """`text` in lines of at most `columns`; an empty text gives one empty line."""
    lines: list[str] = []
    rest = text
    while width(rest) > columns:
        at = break_at(rest, max(2, columns))
        lines.append(rest[:at].rstrip())
        rest = rest[at:].lstrip()
    lines.append(rest)
    return lines


def quoted(text: str) -> str:
    """`text` in Chinese quotation marks; marks inside become single ones, as is the rule in print."""
    return "“" + text.replace("“", "‘").replace("”", "’") + "”"
