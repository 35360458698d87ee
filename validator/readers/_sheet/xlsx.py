"""Workbooks: sheets with what their cells show, and every other place of the file where text stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from validator.model.document import Block, Document, Kind, Notice

from .. import _drawingml as dml
from .. import _limits, _notices
from .. import _ooxml as ox
from .._base import Source
from .._draft import Draft, assemble, rendition
from .._drawingml import local
from .drafts import Grid, drafts
from .region import Item
from .xlsxcells import Book, CellStream, strings
from .xlsxextras import Extras, names, pivot_texts
from .xlsxmerge import hidden_columns, merge, split_hidden
from .xlsxstyles import styles

if TYPE_CHECKING:
    from lxml.etree import _Element

_HIDDEN = ("hidden", "veryHidden")


def read(source: Source) -> Document:
    """Read a workbook.

    Raises:
        ReadError: damaged, encrypted, or over a limit.
    """
    workbook = _Workbook(ox.Package(source.data, source.path))
    grids = workbook.grids()
    found = [*drafts(grids, source.path), *workbook.rest(grids)]
    _limits.check_size(source.path, len(found), sum(len(one.text) for one in found))
    text = rendition(found)
    blocks, title = assemble(found, workbook.title)
    return Document(
        path=source.path,
        format="xlsx",
        encoding=None,
        source=text,
        blocks=blocks,
        title=title,
        notices=tuple(workbook.notices(blocks)),
    )


class _Workbook:
    """The parts of one workbook."""

    def __init__(self, package: ox.Package) -> None:
        self.package = package
        self.main = self._main_part()
        self.root = package.xml(self.main)
        self.relations = package.relations(self.main)
        setup = dml.inner(self.root, "workbookPr")
        text = self._part("sharedStrings")
        style = self._part("styles")
        self.book = Book(
            strings=strings(package, text) if text else [],
            styles=styles(package.xml(style) if style else None),
            date1904=setup is not None and setup.get("date1904") in ("1", "true"),
        )
        self.media = dml.Media()
        self.comments = 0
        self.uncomputed: list[str] = []
        self.literals: dict[str, None] = {}
        self.title = ""

    def _main_part(self) -> str:
        main = self.package.related_main("xl/workbook.xml")
        if main is not None:
            return main
        raise _limits.damaged(
            self.package.shown, "不是 Excel 工作簿（找不到工作表目录）", "not a workbook (no workbook part)"
        )

    def _part(self, kind: str) -> str | None:
        found = (one for one in self.relations.values() if one.type == kind and not one.external)
        return next((one.target for one in found if self.package.has(one.target)), None)

    def grids(self) -> list[Grid]:
        """All sheets in the order of their tabs."""
        out: list[Grid] = []
        listed = dml.inner(self.root, "sheets")
        count = 0
        for sheet in listed if listed is not None else ():
            relation = self.relations.get(ox.attribute(sheet, "r:id") or "")
            if local(sheet) != "sheet" or relation is None or relation.external:
                continue
            if not self.package.has(relation.target):
                raise _limits.damaged(
                    self.package.shown,
                    f"缺少内部文件 {relation.target}",
                    f"part {relation.target} is missing",
                )
            grid = self._grid(sheet.get("name") or "", relation.target, hidden=sheet.get("state") in _HIDDEN)
            count += len(grid.items) + len(grid.hidden_cells)
            _limits.check_size(self.package.shown, count)
            out.append(grid)
        return out

    def _grid(self, name: str, part: str, *, hidden: bool) -> Grid:
        reading = CellStream(self.package, part, self.book)
        cells, root = reading.cells, reading.root
        items = _without_zeros(root, cells.items, cells.zeros)
        items, covered = merge(root, items, self.package.shown)
        items, unseen = split_hidden(items, cells.hidden_rows, hidden_columns(root))
        grid = Grid(
            name=name,
            items=items,
            hidden=hidden,
            hidden_cells=[*cells.hidden, *covered, *unseen],
            hidden_rows=cells.hidden_rows,
        )
        extras = Extras(self.package, part, root, grid, self.media)
        grid.extras = list(extras.drafts())
        self.comments += extras.comments
        self.uncomputed += [f"工作表“{name}”"] * len(cells.uncomputed)
        self.media.pictures += [f"工作表“{name}”"] * len(cells.pictures)
        self.literals |= cells.literals
        return grid

    def rest(self, grids: Iterable[Grid]) -> Iterator[Draft]:
        """What belongs to no sheet: names, text in formulas, cached data, other files, properties."""
        yield from names(self.root)
        for text in self.literals:
            part = "link" if "://" in text else "field"
            yield Draft(text=text, kind=Kind.META, part=part, visible=part == "link")
        yield from self._cached(grids)
        yield from self._external()
        found, self.title = dml.properties(self.package)
        yield from found

    def _cached(self, grids: Iterable[Grid]) -> Iterator[Draft]:
        """Source data that a pivot table carries along, as far as no sheet shows it."""
        parts = [one for one in self.relations.values() if one.type == "pivotCacheDefinition"]
        if not parts:
            return
        known = {item.text.strip() for grid in grids if not grid.hidden for item in grid.items}
        for text in pivot_texts(self.package, parts):
            if text not in known:
                known.add(text)
                yield Draft(text=text, kind=Kind.META, part="hidden", visible=False)

    def _external(self) -> Iterator[Draft]:
        for relation in self.relations.values():
            if relation.type == "externalLink" and self.package.has(relation.target):
                for one in self.package.relations(relation.target).values():
                    if one.external and one.target:
                        yield Draft(text=one.target, kind=Kind.META, part="link")
            elif relation.type == "cellImage" and self.package.has(relation.target):
                canvas = dml.Canvas(
                    package=self.package, part=relation.target, media=dml.Media(), where="工作簿"
                )
                for holder in self.package.xml(relation.target):
                    for shape in dml.shapes(holder):
                        yield from canvas.extras(shape)

    def notices(self, blocks: tuple[Block, ...]) -> Iterator[Notice]:
        """What is left in the workbook, and what of it was not read."""
        yield from _notices.draft_notices(blocks, comments=self.comments)
        if self.uncomputed:
            where = "、".join(dict.fromkeys(self.uncomputed))
            count = len(self.uncomputed)
            yield Notice(
                code="DOC014",
                zh=f"有 {count} 个公式没有保存计算结果（{where}），请用 Excel 或 WPS 打开后保存，再检查",
                en=f"{count} formulas have no stored result; open and save the file in Excel or WPS",
            )
        yield from _notices.unread(self.package.unread())
        yield from _notices.embedded(self.media.embedded)
        yield from _notices.pictures(len(self.media.pictures), self.media.pictures)


def _without_zeros(root: _Element, items: list[Item], zeros: list[Item]) -> list[Item]:
    """Where a sheet is set not to show zeros a zero is an empty cell."""
    view = dml.inner(root, "sheetViews", "sheetView")
    if view is None or view.get("showZeros") not in ("0", "false"):
        return items
    gone = {id(one) for one in zeros}
    return [one for one in items if id(one) not in gone]
