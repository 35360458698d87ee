"""Pictures on pages: how many there are, and which pages are nothing but a picture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from validator.model.document import Block, Notice

from .. import _notices
from .furniture import Sheet
from .page import Page

_SPECK, _STRIP = 20.0, 6.0
_LARGE = 0.5
_FEW = 50
"""A page that is mostly a picture and has fewer characters than these besides was not read."""


@dataclass(slots=True)
class Pictures:
    """Of one document. `pages` has the page of each; one that is repeated at its place counts once."""

    pages: list[int] = field(default_factory=list)
    mostly_picture: set[int] = field(default_factory=set)
    _seen: set[tuple[int, ...]] = field(default_factory=set)

    def take(self, page: Page) -> None:
        """Count the pictures of one page, without specks and strips."""
        for image in page.images:
            place = tuple(round(one) for one in image)
            small = max(image.width, image.height) < _SPECK or min(image.width, image.height) < _STRIP
            if not small and place not in self._seen:
                self._seen.add(place)
                self.pages.append(page.number)
        area = sum(one.width * one.height for one in page.images)
        if area >= _LARGE * page.box.width * page.box.height:
            self.mostly_picture.add(page.number)

    def scans(self, sheets: Sequence[Sheet]) -> Iterator[int]:
        """Pages that are a picture with a few words beside it; so are pages with only furniture."""
        for sheet in sheets:
            size = sum(len(row.text) for row in sheet.rows) + sum(
                len(row.text) for table in sheet.tables for cell in table.cells for row in cell.rows
            )
            if sheet.number in self.mostly_picture and size < _FEW:
                yield sheet.number

    def notices(self, blocks: Sequence[Block], unread: set[int]) -> Iterator[Notice]:
        """What is said of the pictures on pages that were read."""
        shown = [one for one in self.pages if one not in unread]
        if shown:
            block = next((at for at, one in enumerate(blocks) if one.page == shown[0]), None)
            yield from _notices.pictures(len(shown), [f"第{one}页" for one in shown], block)
