"""Which paragraphs of a Word document are plain text, so that their runs need no close look.

Nearly all paragraphs of nearly all reports are. Looking at each run of each paragraph costs several times
what parsing the file does, so the whole part is searched once for whatever is not plain.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from .. import _ooxml as ox
from .look import is_pale, is_thin, is_tiny_size

if TYPE_CHECKING:
    from lxml.etree import _Element

_SPECIAL = (
    *("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "numberingChange", "delText"),
    *("tab", "ptab", "br", "cr", "sym", "noBreakHyphen", "softHyphen", "ruby", "vanish", "sdt"),
    *("instrText", "delInstrText", "fldChar", "fldSimple", "hyperlink", "subDoc", "altChunk", "contentPart"),
    *("drawing", "pict", "object", "control"),
)
_OTHER = ("m:r", "mc:AlternateContent", "v:shape", "v:textpath", "w16se:symEx")
_LOOKS: dict[str, Callable[[_Element], bool]] = {"w:color": is_pale, "w:w": is_thin}


@cache
def _tags() -> tuple[str, ...]:
    names = [*(f"w:{one}" for one in _SPECIAL), *_OTHER, *_LOOKS, "w:sz"]
    return tuple(full for one in names for full in ox.clark(one))


def special_paragraphs(root: _Element, *, character_styles: bool) -> set[_Element]:
    """The paragraphs below `root` that hold anything but plain text that can be read.

    `character_styles` says that character styles count too, because some of them hide text.
    """
    tags = _tags() + (ox.clark("w:rStyle") if character_styles else ())
    paragraph = ox.clark("w:p")
    size, value = ox.clark("w:sz"), ox.clark("w:val")[0]
    found: set[_Element] = set()
    for element in root.iter(*tags):
        if element.tag in size:
            # Nearly every run has a size, so this is the line that costs.
            if not is_tiny_size(element.get(value) or ox.value(element)):
                continue
            tag = "w:sz"
        else:
            tag = ox.name(element)
            look = _LOOKS.get(tag)
            if look is not None and not look(element):
                continue
        if tag == "w:tab" and ox.name(element.getparent()) == "w:tabs":  # type: ignore[arg-type]
            continue
        above = next(element.iterancestors(*paragraph), None)
        if above is not None:
            found.add(above)
    return found
