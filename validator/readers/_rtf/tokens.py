"""The lexical layer of RTF: groups, control words, bytes written in hexadecimal, binary data."""

from __future__ import annotations

import re

TOKEN = re.compile(
    rb"\\([A-Za-z]{1,64})(-?[0-9]{1,10})?[0-9]* ?"  # 1, 2: a control word and its number
    rb"|((?:\\'[0-9A-Fa-f]{2})+)"  # 3: bytes in hexadecimal
    rb"|([{}])"  # 4: the start or the end of a group
    rb"|\\([^A-Za-z])"  # 5: a control symbol
    rb"|([^\\{}]+)"  # 6: text, with line ends that mean nothing
    rb"|\\",  # a backslash at the very end
    re.DOTALL,
)
WORD, NUMBER, HEX, BRACE, SIGN, TEXT = range(1, 7)

_SKIPPED = re.compile(rb"[{}]|\\(?:bin(-?[0-9]{1,10}) ?|.)?", re.DOTALL)
_OPENING = re.compile(rb"(?:\xef\xbb\xbf)?[ \t\r\n\0]{0,64}\{\\rtf")
_CONTROLS = bytes(set(range(32)) - {9})


def start(data: bytes) -> int | None:
    r"""Where the outermost group begins, ``{\rtf``, perhaps after a byte order mark or blank lines."""
    found = _OPENING.match(data)
    return found.end() - len(b"{\\rtf") if found else None


def hex_bytes(written: bytes) -> bytes:
    r"""The bytes of ``\'b9\'a4``."""
    return plain(bytes.fromhex(written.replace(b"\\'", b"").decode("ascii")))


def plain(text: bytes) -> bytes:
    """Text without line ends, which a writer puts in to keep lines short, and other control characters."""
    return text.translate(None, _CONTROLS)


def end_of_group(data: bytes, at: int) -> int:
    """Place of the ``}`` that closes the group in which `at` stands, or the end of the data.

    Binary data are jumped over: braces in them are no groups.
    """
    depth = 0
    while found := _SKIPPED.search(data, at):
        at = found.end()
        if found[0] == b"{":
            depth += 1
        elif found[0] == b"}":
            if not depth:
                return found.start()
            depth -= 1
        elif found[1] is not None:
            at = after_binary(data, at, int(found[1]))
    return len(data)


def after_binary(data: bytes, at: int, length: int) -> int:
    r"""Where the text goes on after ``\binN`` that ends at `at`."""
    return min(len(data), at + max(0, length))
