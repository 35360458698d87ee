"""Names of reports inside archives: `材料.zip!/一中.docx`, as the URLs of Java have it."""

from __future__ import annotations

from validator.text.lazy import lazy

SEPARATOR = "!/"
"""Between the path of an archive and the name of a member."""
_MARK = lazy(r"(?i)(?<=\.zip)!/")
# a folder may end in an exclamation mark, too, so the archive is part of the mark


def split_member(path: str) -> tuple[str, str]:
    """The archive that a path leads into and the member's name there; the path and "" for any other file."""
    archive, *member = _MARK.split(path, maxsplit=1)
    return archive, member[0] if member else ""
