"""Field codes of a Word document: links, words that a field shows itself, and words that only stand in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from validator.text.lazy import lazy

from .. import _ooxml as ox
from .look import is_on
from .numerals import numeral

if TYPE_CHECKING:
    from lxml.etree import _Element

_TOKEN = lazy(r'"([^"]*)"?|“([^”]*)”?|(\S+)')
_HAN = lazy("[㐀-鿿]")
_DATE_FORMAT = lazy(r'\\[@#*]\s*(?:"[^"]*"?|\S+)')
_HARMLESS = frozenset(
    [
        *("PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION", "TOC", "TOA", "INDEX", "REF", "PAGEREF", "NOTEREF"),
        *("SEQ", "DATE", "TIME", "CREATEDATE", "SAVEDATE", "PRINTDATE", "EDITTIME", "STYLEREF", "SYMBOL"),
        *("FORMTEXT", "FORMCHECKBOX", "FORMDROPDOWN", "SHAPE", "EMBED", "CONTROL", "AUTONUM", "AUTONUMLGL"),
        *("AUTONUMOUT", "LISTNUM", "FILESIZE", "NUMCHARS", "NUMWORDS", "REVNUM", "ADVANCE", "HTMLCONTROL"),
        *("BIDIOUTLINE", "NEXT"),
    ]
)
_FILES = {"INCLUDEPICTURE": 0, "INCLUDETEXT": 0, "INCLUDE": 0, "IMPORT": 0, "RD": 0, "LINK": 1, "DDE": 1}
_FILES |= {"DDEAUTO": 1}
"""Fields that name a file or an address, and which of their arguments it is."""
_BUTTONS = ("MACROBUTTON", "GOTOBUTTON")
_EQUATION = lazy(r"\\([a-z]+)\s*((?:\\[a-z]+\s*(?:\d+\s*)?)*)\(([^()]*)\)", re.IGNORECASE)
_MOST_EQUATION = 2000
_MOST_NESTED = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Words of one field code: what the page shows, addresses, tips, and what is only in the code."""

    shown: str = ""
    links: tuple[str, ...] = ()
    tips: tuple[str, ...] = ()
    scanned: str = ""


def read_code(code: str) -> Words:
    """The words of a field code such as `HYPERLINK "https://…" \\o "tip"`."""
    code = " ".join(code.split())
    name, _, rest = code.partition(" ")
    name = name.upper()
    if name == "HYPERLINK":
        return _link(rest)
    if name in _FILES:
        plain = _arguments(rest)[0]
        at = _FILES[name]
        return Words(links=tuple(plain[at : at + 1]) or tuple(plain[:1]))
    if name in _BUTTONS:
        return Words(shown=rest.partition(" ")[2].strip('"“” '))
    if name == "EQ":
        shown = _equation(rest[:_MOST_EQUATION])
        return Words(shown=shown) if shown else Words(scanned=code)
    if not name or name in _HARMLESS or name.startswith("="):
        bare = _DATE_FORMAT.sub("", code)
        return Words(scanned=bare if _HAN.search(bare) else "")
    return Words(scanned=code)


def _arguments(text: str) -> tuple[list[str], dict[str, str]]:
    """Plain arguments, and the one after each switch (`\\o "tip"`)."""
    plain: list[str] = []
    switched: dict[str, str] = {}
    switch = ""
    for found in _TOKEN.finditer(text):
        word = next((one for one in found.groups() if one is not None), "").strip()
        if found[3] and word.startswith("\\") and len(word) == 2:
            switch = word[1].lower()
        elif switch in ("l", "o", "t", "s", "m", "*", "@"):
            switched[switch] = word
            switch = ""
        elif word:
            plain.append(word.replace("\\\\", "\\"))
    return plain, switched


def _link(rest: str) -> Words:
    plain, switched = _arguments(rest)
    anchor = switched.get("l", "")
    links = tuple(one + (f"#{anchor}" if anchor else "") for one in plain[:1])
    tip = switched.get("o", "")
    return Words(links=links, tips=(tip,) if tip else (), scanned=" ".join(plain[1:]))


def _equation(text: str) -> str:
    """What an EQ field looks like: letters one over the other (circled figures, phonetic guides), fractions.

    The letters stand for the operators of ECMA-376 §17.16.5.17: o overstrikes, f is a fraction.
    """
    text = re.sub(r'\\\*\s*(?:"[^"]*"|\S+)', "", text)
    for _ in range(_MOST_NESTED):
        text, changed = _EQUATION.subn(_operator, text)
        if not changed:
            break
    return "" if "\\" in text else text.strip()


def _operator(found: re.Match[str]) -> str:
    parts = [one.strip() for one in re.split("[,;，；]", found[3])]
    kind = found[1].lower()
    if kind == "f":
        return "/".join(parts)
    if kind != "o":
        return "".join(parts)
    last = parts[-1]
    ringed = parts[0] in ("○", "〇", "◯", "O") and ox.number(last)
    return numeral(ringed, "decimalEnclosedCircle") if ringed and ringed > 0 else last


def read_form(data: _Element) -> tuple[str, list[str]]:
    """What an old form field (`w:ffData`) shows by itself, and its other words: choices, help, default."""
    shown = ""
    words = [ox.value(one) for one in ox.inside(data, "w:name", "w:helpText", "w:statusText", "w:default")]
    box = ox.child(data, "w:checkBox")
    if box is not None:
        state = is_on(ox.child(box, "w:checked"))
        state = is_on(ox.child(box, "w:default")) if state is None else state
        shown = "☑" if state else "□"
    choices = ox.child(data, "w:ddList")
    if choices is not None:
        names = [ox.value(one) for one in ox.children(choices, "w:listEntry")]
        chosen = ox.child(choices, "w:result")
        at = ox.number(ox.value(chosen if chosen is not None else ox.child(choices, "w:default"))) or 0
        shown = names[at] if 0 <= at < len(names) else ""
        words += names
    return shown, [one for one in words if one.strip() and ox.number(one) is None]
