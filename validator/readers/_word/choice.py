"""Alternative content (`mc:AlternateContent`): which branch is shown, and what only the others say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import _ooxml as ox
from .runs import symbol

if TYPE_CHECKING:
    from lxml.etree import _Element

_KNOWN = (
    "http://schemas.microsoft.com/",
    "http://schemas.openxmlformats.org/",
    "http://purl.oclc.org/ooxml/",
)
_TEXTS = ("w:p", "a:p", "w:t", "a:t", "m:t", "v:textpath", "w16se:symEx")


def branches(element: _Element) -> tuple[_Element | None, list[_Element]]:
    """The branch that Word shows, and the others: the first choice that it understands, else the fallback.

    ECMA-376 part 3 §7.6: a choice requires namespaces, which are named by prefixes.
    """
    found = [*ox.children(element, "mc:Choice"), *ox.children(element, "mc:Fallback")]
    shown = next((one for one in found if _is_understood(one)), found[0] if found else None)
    return shown, [one for one in found if one is not shown]


def _is_understood(branch: _Element) -> bool:
    if ox.name(branch) == "mc:Fallback":
        return True
    wanted = (branch.get("Requires") or "").split()
    return all(str(branch.nsmap.get(one, _KNOWN[0])).startswith(_KNOWN) for one in wanted)


def only_there(shown: _Element, others: list[_Element]) -> list[str]:
    """Paragraphs of the other branches that the shown one has not: text for programs, not for readers."""
    pieces = [one for other in others for one in _pieces(other)]
    if not pieces:
        return []
    known = {_key(one) for one in _pieces(shown)}
    missing = {_key(one): one for one in pieces if _key(one) not in known}
    return list(missing.values())


def _key(text: str) -> str:
    return "".join(text.split())


def _pieces(branch: _Element) -> list[str]:
    pieces = [""]
    for element in ox.inside(branch, *_TEXTS):
        tag = ox.name(element)
        if tag in ("w:p", "a:p"):
            pieces.append("")
        elif tag == "v:textpath":
            pieces += [ox.value(element, "string"), ""]
        elif tag == "w16se:symEx":
            pieces[-1] += symbol(element)
        else:
            pieces[-1] += element.text or ""
    return [one.strip() for one in pieces if one.strip()]
