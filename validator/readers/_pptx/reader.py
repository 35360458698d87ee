"""Presentations: slides in order with their notes and comments, masters, properties."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from validator.model.document import Block, Document, Kind, Notice
from validator.text import headings

from .. import _drawingml as dml
from .. import _limits, _notices
from .. import _ooxml as ox
from .._base import Source
from .._draft import Draft, assemble, rendition
from .._drawingml import every, inner, local
from .slide import UNNUMBERED, Deck, Slide, placeholder

if TYPE_CHECKING:
    from lxml.etree import _Element

_PROMPT = re.compile(
    r"单击(?:此处|图标|以)|点击(?:此处|图标)?(?:编辑|添加)|^第[一二三四五六七八九]级$|^编辑母版"
    r"|^[二三四五]级$|母版(?:标题|文本|副标题)样式|Click (?:to|icon)|Edit Master|Outline Level"
    r"|^(?:Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth) level|^[‹<]#[›>]$"
    r"|^\d{4}[-/年]\d{1,2}[-/月]\d{1,2}日?$|^<(?:header|footer|date/time|number)>$",
    re.IGNORECASE,
)
_FIRST = re.compile(r"\s*(?:第?\s*[一1１]\s*(?:部分|章|编|篇|节|[、．.])|[（(]\s*[一1１]\s*[）)]|①)")
_SIZE = (12192000, 6858000)


def read(source: Source) -> Document:
    """Read a presentation.

    Raises:
        ReadError: damaged, encrypted, or over a limit.
    """
    deck = _Presentation(ox.Package(source.data, source.path))
    found = list(deck.slides())
    _rank(found)
    found += [*deck.masters(), *deck.sections()]
    properties, title = dml.properties(deck.package)
    found += properties
    text = rendition(found)
    blocks, title = assemble(found, title)
    return Document(
        path=source.path,
        format="pptx",
        encoding=None,
        source=text,
        blocks=blocks,
        title=title,
        notices=tuple(deck.notices(blocks)),
    )


def _rank(found: Sequence[Draft]) -> None:
    """Levels of the titles of slides: by their numbers where they have some. A title without a number opens
    what follows where the numbers begin anew behind it, and else stands below them."""
    following: tuple[int, bool] | None = None
    for draft in reversed(found):
        if draft.style is None:
            continue
        number = headings.level(draft.text)
        if number is not None:
            draft.style = 2 * number
            following = (number, bool(_FIRST.match(draft.text)))
        else:
            opens = following is not None and following[1]
            draft.style = 2 * following[0] - 1 if following is not None and opens else UNNUMBERED
            following = None if opens else following


class _Presentation:
    """The parts of one presentation."""

    def __init__(self, package: ox.Package) -> None:
        self.package = package
        self.main = self._main_part()
        self.root = package.xml(self.main)
        self.relations = package.relations(self.main)
        size = inner(self.root, "sldSz")
        self.deck = Deck(
            package=package,
            media=dml.Media(),
            width=_length(size, "cx", _SIZE[0]),
            height=_length(size, "cy", _SIZE[1]),
        )
        self.layouts: set[str] = set()
        self.total = 0
        self.wordless: list[int] = []

    def _main_part(self) -> str:
        main = self.package.related_main("ppt/presentation.xml")
        if main is not None:
            return main
        raise _limits.damaged(
            self.package.shown,
            "不是演示文稿（找不到幻灯片目录）",
            "not a presentation (no presentation part)",
        )

    def slides(self) -> Iterator[Draft]:
        """Every slide with its notes and comments; the title slide gives the title."""
        listed = inner(self.root, "sldIdLst")
        count = size = 0
        for one in listed if listed is not None else ():
            relation = self.relations.get(ox.attribute(one, "r:id") or "")
            if local(one) != "sldId" or relation is None or relation.external:
                continue
            if not self.package.has(relation.target):
                raise _limits.damaged(
                    self.package.shown,
                    f"缺少内部文件 {relation.target}",
                    f"part {relation.target} is missing",
                )
            self.total += 1
            slide = Slide(self.deck, relation.target, self.total)
            pictures = len(self.deck.media.pictures)
            drafts = slide.drafts()
            self.layouts.update(slide.layouts())
            shown = any(
                draft.visible and draft.kind is not Kind.META and draft.text.strip() for draft in drafts
            )
            if len(self.deck.media.pictures) > pictures and not shown and not slide.hidden:
                self.wordless.append(self.total)
            count += len(drafts)
            size += sum(len(draft.text) for draft in drafts)
            _limits.check_size(self.package.shown, count, size)
            yield from drafts

    def masters(self) -> Iterator[Draft]:
        """Text that stands on masters and layouts; what only prompts for input is left out."""
        seen: set[str] = set()
        for master in self._parts(self.relations, "slideMaster"):
            layouts = self._parts(self.package.relations(master), "slideLayout")
            used = any(one in self.layouts for one in layouts)
            yield from self._furniture(master, seen, used=used)
            for layout in layouts:
                yield from self._furniture(layout, seen, used=layout in self.layouts)
        for kind in ("notesMaster", "handoutMaster"):
            for part in self._parts(self.relations, kind):
                yield from self._furniture(part, seen, used=False)

    def _furniture(self, part: str, seen: set[str], *, used: bool) -> Iterator[Draft]:
        canvas = dml.Canvas(package=self.package, part=part, media=dml.Media(), where="母版")
        tree = inner(self.package.xml(part), "cSld", "spTree")
        for shape in dml.shapes(tree) if tree is not None else ():
            held = placeholder(shape.element)
            body = inner(shape.element, "txBody")
            if held is not None and held.get("type") in ("dt", "sldNum", "sldImg"):
                continue
            for text in dml.paragraphs(body) if body is not None else ():
                if text in seen or (held is not None and _PROMPT.search(text)):
                    continue
                seen.add(text)
                name = "footer" if self.deck.is_low(shape.element) else "header"
                shown = used and held is None and not shape.hidden
                yield Draft(text=text, kind=Kind.FURNITURE, part=name, visible=shown)
            for draft in canvas.extras(shape):
                if draft.text not in seen:
                    seen.add(draft.text)
                    draft.visible = draft.visible and used
                    yield draft

    def _parts(self, relations: dict[str, ox.Relation], kind: str) -> list[str]:
        found = (one.target for one in relations.values() if one.type == kind and not one.external)
        return [one for one in dict.fromkeys(found) if self.package.has(one)]

    def sections(self) -> Iterator[Draft]:
        """Names of the sections into which the slides are grouped, and of custom shows."""
        for one in every(self.root, "section", "custShow"):
            name = (one.get("name") or "").strip()
            if name and name not in ("默认节", "无标题节", "Default Section", "Untitled Section"):
                yield Draft(text=name, kind=Kind.META, part="name")

    def notices(self, blocks: tuple[Block, ...]) -> Iterable[Notice]:
        """What is left in the presentation, and what of it was not read."""
        media = self.deck.media
        yield from _notices.draft_notices(blocks, comments=self.deck.comments)
        yield from _notices.pages_without_text(self.wordless, self.total)
        yield from _notices.unread(self.deck.package.unread())
        yield from _notices.embedded(media.embedded)
        yield from _notices.pictures(len(media.pictures), media.pictures)


def _length(element: _Element | None, key: str, default: int) -> int:
    value = (element.get(key) or "") if element is not None else ""
    return int(value) if value.isdecimal() and 0 < len(value) < 12 else default
