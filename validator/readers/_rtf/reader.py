"""RTF files: the body, and what stands beside it."""

from __future__ import annotations

from validator.model.document import Document

from .._base import Source
from .._draft import assemble, rendition
from .._flow import notices, without_pictures, without_repeats
from .walk import Walk
from .words import VOCABULARY


def read(source: Source) -> Document:
    """Read an RTF file.

    Raises:
        ReadError: cut off, or over a limit.
    """
    walk = Walk(source.data, source.path, VOCABULARY)
    walk.run()
    found = walk.found
    drafts, marks = without_pictures(
        [
            *walk.body.finish(),
            *without_repeats(found.furniture),
            *found.notes["footnote"],
            *found.notes["endnote"],
            *found.comments,
            *found.properties,
        ]
    )
    text = rendition(drafts)
    blocks, title = assemble(drafts, found.title)
    return Document(
        path=source.path,
        format="rtf",
        encoding=walk.page,
        source=text,
        blocks=blocks,
        title=title,
        notices=tuple(notices(walk.volume, blocks, marks)),
    )
