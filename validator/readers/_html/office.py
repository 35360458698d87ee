"""What word processors write into HTML: headers, footers, notes, comments, fields, properties, drawings.

Word tells what a part of the page is by the style `mso-element` and keeps what a browser cannot show in
conditional comments; LibreOffice tells it by titles, classes and names of anchors.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from validator.text.lazy import lazy

_ELEMENT = lazy(r"mso-element\s*:\s*'?\s*(header|footer|footnote|endnote|comment)(?![\w-])", re.IGNORECASE)
_NOTE_ID = lazy(r"sd(footnote|endnote)\d+", re.IGNORECASE)
_REFERENCE = lazy(r"mso-(?:footnote|endnote|comment)-(?:id|reference)\s*:", re.IGNORECASE)
_REFERENCE_CLASSES = frozenset(
    (
        *("sdfootnoteanc", "sdendnoteanc", "sdfootnotesym", "sdendnotesym", "msocomanchor"),
        *("msofootnotereference", "msoendnotereference", "msocommentreference"),
    )
)
_MARK = lazy(
    r"[\[［(（]?\s*(?:\d{1,4}|[ivxlc]{1,6}|[a-z]|[①-⑳*†‡])\s*[\]］)）]?|\[[^\[\]]{1,20}\]", re.IGNORECASE
)
_CONDITION = lazy(r"\s*\[if\s([^\]]{0,200})\]>?", re.IGNORECASE)
_END = lazy(r"<!\[endif\]\s*\Z", re.IGNORECASE)
_WORTH = lazy(r"<v:|<o:", re.IGNORECASE)
_PROPERTIES = frozenset(("o:documentproperties", "o:customdocumentproperties"))
_CONTENTS = lazy(r"(?:^|\s)MsoToc(?:\d|Heading)", re.IGNORECASE)
_TITLE = lazy(r"(?:^|\s)MsoTitle(?:\s|$)", re.IGNORECASE)


def region(tag: str, values: Mapping[str, str], outer: str) -> str:
    """The part that an element is, else that of what it stands in; "nav" and "contents" are furniture."""
    if outer == "field":
        return outer
    if tag in ("nav", "footer"):
        return tag
    if tag == "v:textbox":
        return "textbox"
    if tag in _PROPERTIES:
        return "properties"
    if tag == "div" and values.get("title") in ("header", "footer"):
        return values["title"]
    found = _NOTE_ID.fullmatch(values.get("id", "")) or _ELEMENT.search(values.get("style", ""))
    if found:
        return found[1].lower()
    return "contents" if _CONTENTS.search(values.get("class", "")) else outer


def is_reference(values: Mapping[str, str]) -> bool:
    """Whether an element is the mark that leads to a note or a comment, or back from it."""
    classes = values.get("class", "").lower().split()
    return any(one in _REFERENCE_CLASSES for one in classes) or bool(
        _REFERENCE.search(values.get("style", ""))
    )


def is_mark(text: str) -> bool:
    """Whether a text is no more than such a mark: 1, [2], iv, [王1]."""
    return bool(_MARK.fullmatch(text.strip()))


def is_title(values: Mapping[str, str]) -> bool:
    """Whether an element has the style of titles."""
    return bool(_TITLE.search(values.get("class", "")))


def conditional(comment: str) -> tuple[str, int, int] | None:
    """For a conditional comment what it holds: "field", "drawing" or "", and where that begins and ends."""
    opening = _CONDITION.match(comment)
    if not opening:
        return None
    end = _END.search(comment, max(opening.end(), len(comment) - 40))
    stop = end.start() if end else len(comment)
    if "supportfields" in opening[1].lower():
        return "field", opening.end(), stop
    return ("drawing" if _WORTH.search(comment, opening.end(), stop) else ""), opening.end(), stop
