"""Text of documents made harmless for terminals and machine formats."""

from __future__ import annotations

import re

from validator.text.lazy import lazy

_CONTROLS = "\x00-\x1f\x7f-\x9f"
_INVISIBLE = (
    "\u061c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f\ud800-\udfff"
)
_UNSAFE = lazy(f"[{_CONTROLS}{_INVISIBLE}]")
_UNSAFE_JSON = lazy(f"[\x7f-\x9f{_INVISIBLE}]")
_COMMAND = lazy(r"##(?=[A-Za-z]{0,20}\[)")
_COMMAND_LINE = lazy(r"^([^\S\n]*):(?=:)", re.MULTILINE)
_SPACES = lazy(r"[\t\n\r\x0b\x0c\u2028\u2029]+")

_LOOKALIKES = {
    "✓": "[OK]",
    "✗": "x",
    "→": "->",
    "…": "...",
    "·": ".",
    "—": "-",
    "–": "-",
    "“": '"',
    "”": '"',
    "‘": "'",
    "’": "'",
    "×": "x",
    "，": ",",
    "。": ".",
    "：": ":",
    "；": ";",
    "（": "(",
    "）": ")",
    "【": "[",
    "】": "]",
    "、": ",",
}


def visible(text: str) -> str:
    """`text` on one line, with control, bidirectional and other invisible characters as `\\xNN`, `\\uNNNN`.

    Tabs and line ends become one space. Nothing that is left can move a cursor, change a colour, turn the
    reading direction, or be a command like `##[error]` to a CI service that reads it anywhere in its log.
    """
    return _UNSAFE.sub(_escape, _COMMAND.sub(r"#\\x23", _SPACES.sub(" ", text)))


def _escape(match: re.Match[str]) -> str:
    number = ord(match[0])
    if number < 0x100:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def json_safe(dumped: str) -> str:
    """A JSON text without raw control, bidirectional or line-separating characters and without what a log
    takes for a command, equal in content."""
    return _UNSAFE_JSON.sub(_escape_json, _COMMAND.sub(r"#\\u0023", dumped))


def _escape_json(match: re.Match[str]) -> str:
    units = match[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))


def log_safe(lines: str) -> str:
    """Lines for a log none of which is a command to a CI service: it reads one where `::` begins a line, also
    behind blanks, and the older form `##[` anywhere."""
    return _COMMAND.sub(r"#\\x23", _COMMAND_LINE.sub(r"\1\\x3a", lines))


def lookalike(char: str) -> str:
    """What stands for `char` on a console that cannot show it: a look-alike in ASCII, else `?`."""
    return _LOOKALIKES.get(char, "?")


def formula_safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula, and as the first of its row no log for a command."""
    risky = cell[:1] in {"=", "+", "-", "@", "\t", "\r", "\n"} or cell.lstrip().startswith("::")
    return "'" + cell if risky else cell
