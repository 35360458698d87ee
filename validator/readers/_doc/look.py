"""What makes text of a Word binary file unreadable: hidden, white on white, one point high. [MS-DOC] 2.6.1"""

from __future__ import annotations

from dataclasses import replace

from .._word.look import PLAIN, Look
from .format import properties

__all__ = ["Look", "read_look", "shading"]

_PALE = 0xF0
_TINY = 2
_THIN = 5
_WHITE = 8
"""The index of white in the old palette (Ico). [MS-DOC] 2.9.119"""
_AUTOMATIC = 0xFF
_AS_STYLE, _NOT_AS_STYLE = 0x80, 0x81
_NO_PATTERN = (0, 0xFFFF)


def read_look(data: bytes, lower: Look) -> Look:
    """What a list of properties says; `lower` is what it is laid over, which a toggle may turn round."""
    look = PLAIN
    for code, operand in properties(data):
        value = int.from_bytes(operand, "little")
        if code in (0x2A32, 0x2A33):
            look = PLAIN
        elif code == 0x083C and value != _AS_STYLE:
            look = replace(look, vanish=not lower.vanish if value == _NOT_AS_STYLE else bool(value))
        elif code == 0x6870:
            look = replace(look, pale=_is_pale(operand))
        elif code == 0x2A42:
            look = replace(look, pale=value == _WHITE)
        elif code == 0x4A43:
            look = replace(look, tiny=0 < value <= _TINY)
        elif code == 0x4852:
            look = replace(look, thin=0 < value <= _THIN)
        elif code == 0x2A0C:
            look = replace(look, backed=value not in (0, _WHITE))
        elif code in (0x4866, 0xCA71):
            look = replace(look, backed=shading(operand))
    return look


def _is_pale(color: bytes) -> bool:
    return color[3] != _AUTOMATIC and min(color[:3]) >= _PALE


def shading(operand: bytes) -> bool:
    """Whether a shading (Shd, or the older Shd80 of two bytes) puts a colour behind the text."""
    if len(operand) == 2:
        old = int.from_bytes(operand, "little")
        return bool(old >> 10 and old != 0xFFFF) or (old >> 5 & 0x1F) not in (0, _WHITE, 0x1F)
    if len(operand) < 10:
        return False
    pattern = int.from_bytes(operand[8:10], "little")
    back = operand[4:8]
    return pattern not in _NO_PATTERN or (back[3] != _AUTOMATIC and not _is_pale(back))
