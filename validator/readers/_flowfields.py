"""A field of RTF while it is read: its code, whether its result shows anything, and its form."""

from __future__ import annotations

from dataclasses import dataclass, field

from validator.text.lazy import lazy

from . import _flow
from ._word.field import Words, read_code

_SYMBOL = lazy(r"SYMBOL\s+(?:0x([0-9A-Fa-f]{1,6})|(\d{1,7}))")
_SYMBOL_FONT = lazy(r'\\f\s*(?:"([^"]*)"|(\S+))')
_UNSET = 25


@dataclass(slots=True)
class Field:
    """`shown` tells that the result has text; `choice`, `default` and `items` are of a form field."""

    code: str = ""
    shown: bool = False
    choice: int = _UNSET
    default: int = 0
    items: list[str] = field(default_factory=list)

    def words(self) -> Words:
        """Addresses, tips, and words that stand only in the code."""
        return read_code(self.code)

    def replacement(self, words: Words) -> str:
        """What is shown of a field without a result: the words of a button, a sign, a choice."""
        code = self.code.strip()
        name = code.partition(" ")[0].upper()
        if name == "SYMBOL":
            return _sign(code)
        at = self.default if self.choice == _UNSET else self.choice
        if name == "FORMCHECKBOX":
            return "☑" if at == 1 else "□"
        if name == "FORMDROPDOWN":
            return self.items[at] if 0 <= at < len(self.items) else ""
        return words.shown


def _sign(code: str) -> str:
    found = _SYMBOL.match(code)
    if not found:
        return ""
    number = int(found[1], 16) if found[1] else int(found[2])
    font = _SYMBOL_FONT.search(code)
    name = (font[1] or font[2] or "") if font else ""
    if _flow.is_symbol_font(name):
        return _flow.symbol(name, number)
    if number < 0x100:
        return bytes((number,)).decode("cp1252", "replace")
    return chr(number) if number < 0xD800 or 0xE000 <= number < 0x110000 else ""
