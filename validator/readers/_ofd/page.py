"""What is on a page of an OFD: characters with their places, hidden ones apart, lines, fills, pictures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from .. import _limits
from .._page.page import Box, Drawn, Fill, Glyph, Layer, Page, Style, covered, turn
from .draw import SAME, Space, paint_area, path
from .res import Paint, Resources
from .text import TextObject, is_shown, quadrant_of, style_of
from .xml import attributes, child, children, name, number, numbers, parts, text

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_OBJECTS = 3_000_000
_TINY = 1.6
"""Font size in points below which nobody reads."""
_SAME_COLOUR = 24
_CLEAR = 0.06
_SCAN = 0.65
_BROKEN = 0.5
_MANY_PATHS = 50
_STRIP = 24.0
_AGAIN = 0.1
_FALSE = ("false", "0")
_GROUPS = ("layer", "pageblock", "content", "cellcontent")
_WHITE = (255, 255, 255)


@dataclass(slots=True)
class Budget:
    """Objects and characters taken from a file so far: templates and composite units can be used again
    and again, so that a small file can be a large one."""

    shown: str
    objects: int = 0
    characters: int = 0

    def add(self, objects: int = 0, characters: int = 0) -> None:
        """Count.

        Raises:
            ReadError: DOC007, when it is too much.
        """
        self.objects += objects
        self.characters += characters
        if self.objects > MOST_OBJECTS:
            raise _limits.over(
                self.shown, f"页面图元超过 {MOST_OBJECTS} 个", f"more than {MOST_OBJECTS} objects"
            )
        _limits.check_size(self.shown, 0, self.characters)


@dataclass(frozen=True, slots=True, kw_only=True)
class _State:
    """What holds for all objects of a group."""

    space: Space
    alpha: float = 1.0
    shown: bool = True
    parameter: str = ""
    artifact: bool = False
    units: frozenset[str] = frozenset()


@dataclass(slots=True, kw_only=True)
class Content:
    """Everything that has been found on one page, in the order of painting."""

    resources: Resources
    budget: Budget
    drawn: Drawn = field(default_factory=Drawn)
    glyphs: list[Glyph] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    broken: int = 0
    _painted: set[tuple[str, int | None, bool, int, int]] = field(default_factory=set)

    def walk(self, elements: Iterable[_Element], space: Space, *, artifact: bool = False) -> None:
        """Take in objects and groups of objects.

        Raises:
            ReadError: DOC007 for more nested or more numerous objects than a report has.
        """
        state = _State(space=space, artifact=artifact)
        stack: list[tuple[Iterator[_Element], _State]] = [(iter(elements), state)]
        while stack:
            siblings, state = stack[-1]
            element = next(siblings, None)
            if element is None:
                stack.pop()
                continue
            inner = self._object(element, state)
            if inner is not None:
                if len(stack) >= _limits.MOST_DEPTH:
                    raise _limits.over(self.budget.shown, "页面图元嵌套过深", "objects are nested too deeply")
                stack.append(inner)

    def _object(self, element: _Element, state: _State) -> tuple[Iterator[_Element], _State] | None:
        kind = name(element)
        self.budget.add(objects=1)
        self.drawn.objects += 1
        values = attributes(element)
        if kind in _GROUPS:
            parameter = values.get("drawparam", state.parameter)
            behind = state.artifact or values.get("type", "").lower() == "background"
            return iter(element), replace(state, parameter=parameter, artifact=behind)
        inner = parts(element)
        if "actions" in inner:
            self.links.extend(uris(element))
        if kind == "textobject":
            self._text(element, inner, values, state)
        elif kind == "pathobject":
            self._path(inner, values, state)
        elif kind == "imageobject":
            self._image(values, state)
        elif kind in ("compositeobject", "compositegraphicunit"):
            return self._composite(values, state)
        return None

    def _composite(self, values: dict[str, str], state: _State) -> tuple[Iterator[_Element], _State] | None:
        key = values.get("resourceid", "")
        unit = self.resources.units.get(key)
        if unit is None or key in state.units:
            return None
        return iter(unit), replace(
            state,
            space=state.space.inside(values.get("boundary"), values.get("ctm")),
            alpha=state.alpha * _alpha(values),
            shown=state.shown and is_shown(values),
            parameter=values.get("drawparam", state.parameter),
            units=state.units | {key},
        )

    def _text(
        self, element: _Element, inner: dict[str, _Element], values: dict[str, str], state: _State
    ) -> None:
        item = TextObject(element, values, state.space, self.resources.fonts.get(values.get("font", ""), ""))
        paint, painted, face = style_of(
            inner, values, self.resources, parameter=state.parameter, alpha=state.alpha
        )
        painted = painted and state.shown and is_shown(values) and paint.alpha >= _CLEAR
        for code, angle in item.codes():
            self.budget.add(characters=len(code))
            style = Style(
                size=item.size,
                quadrant=quadrant_of(angle),
                colour=paint.colour,
                alpha=paint.alpha,
                unpainted=not painted,
                face=face,
                order=self.drawn.objects,
                artifact=state.artifact,
            )
            glyphs = item.glyphs(code, style)
            if not self._is_again(glyphs):
                self.glyphs.extend(glyphs)
        self.broken += item.broken

    def _is_again(self, glyphs: Sequence[Glyph]) -> bool:
        """Whether the same text has just been painted here: twice is how some programs make it bold."""
        first = glyphs[0]
        reach = max(_AGAIN * first.style.size, 0.1)
        key = "".join(one.text for one in glyphs), first.style.quadrant, first.style.unpainted
        column, row = int(first.x0 // reach), int(first.y // reach)
        near = [(*key, column + x, row + y) for x in (-1, 0, 1) for y in (-1, 0, 1)]
        if any(one in self._painted for one in near):
            return True
        self._painted.add((*key, column, row))
        return False

    def _path(self, inner: dict[str, _Element], values: dict[str, str], state: _State) -> None:
        if not is_shown(values) or not state.shown:
            return
        parameter = values.get("drawparam", state.parameter)
        alpha = state.alpha * _alpha(values)
        paints: list[Paint | None] = []
        for wanted, usual in (("stroke", "true"), ("fill", "false")):
            paint = None
            if values.get(wanted, usual).lower() not in _FALSE:
                paint = self.resources.paint(inner.get(f"{wanted}color"), f"{wanted}color", parameter)
                paint = replace(paint, alpha=paint.alpha * alpha) if alpha < 1 else paint
            paints.append(paint)
        data = text(inner.get("abbreviateddata"))
        space = state.space.inside(values.get("boundary"), values.get("ctm"))
        path(data, space, self.drawn, stroke=paints[0], fill=paints[1], order=self.drawn.objects)

    def _image(self, values: dict[str, str], state: _State) -> None:
        if not state.shown or not is_shown(values) or _alpha(values) < _CLEAR:
            return
        box = state.space.around(values.get("boundary"))
        self.drawn.images.append(box)
        paint_area(self.drawn, Fill(box, None, False, self.drawn.objects))

    def page(self, number: int, box: Box) -> Page:
        """The page with its text laid apart by direction, and what nobody sees of it."""
        total = sum(1 for one in self.glyphs if not one.text.isspace())
        readable = bool(total) and self.broken < total * _BROKEN
        glyphs = self.glyphs if readable else []
        unpainted = sum(1 for one in glyphs if one.style.unpainted)
        scanned = covered(self.drawn.images, box) >= _SCAN and unpainted * 2 > len(glyphs)
        kept: dict[int, list[Glyph]] = {}
        slanting: list[Glyph] = []
        hidden: list[Glyph] = []
        for glyph, out in zip(glyphs, _hidden(glyphs, box, self.drawn.fills, scanned=scanned), strict=True):
            if out:
                hidden.append(glyph)
            elif glyph.style.quadrant is None:
                slanting.append(glyph)
            else:
                kept.setdefault(glyph.style.quadrant, []).append(glyph)
        layers = [
            Layer(box=box.turned(q), glyphs=kept[q], rules=[one.turned(q) for one in self.drawn.rules])
            for q in sorted(kept, key=lambda one: (-len(kept[one]), one))
        ]
        drawn = bool(self.drawn.images) or self.drawn.curves > 0 or self.drawn.paths > _MANY_PATHS
        return Page(
            number=number,
            box=box,
            layers=layers,
            slanting=slanting,
            hidden=hidden,
            images=[] if scanned or (not readable and total) else self.drawn.images,
            readable=readable or not total,
            broken=self.broken,
            drawn_only=drawn and not layers,
        )


def uris(element: _Element) -> Iterator[str]:
    """Addresses that the actions of an object, a page or a document lead to (12.4)."""
    for actions in children(element, "actions"):
        for one in actions.iter():
            if name(one) == "uri" and (address := attributes(one).get("uri", "").strip()):
                yield address


def page_space(area: _Element | None, default: Box) -> Space:
    """The space of a page: its physical box in millimetres, or that of the document (7.5)."""
    found = numbers(text(child(area, "physicalbox")), 4)
    if found is None or found[2] <= 0 or found[3] <= 0:
        return Space(SAME, default)
    x, y, width, height = found
    return Space(SAME, Box(x, y, x + width, y + height))


def _alpha(values: dict[str, str]) -> float:
    return min(1.0, max(0.0, number(values.get("alpha"), 255.0) / 255))


def _hidden(glyphs: Sequence[Glyph], page: Box, fills: Sequence[Fill], *, scanned: bool) -> Iterator[bool]:
    """For each character whether it is on the page without being seen."""
    strips: dict[int, list[Fill]] = {}
    for fill in fills:
        low, high = max(fill.box.y0, page.y0), min(fill.box.y1, page.y1)
        for strip in range(int(low // _STRIP), int(high // _STRIP) + 1):
            strips.setdefault(strip, []).append(fill)
    for glyph in glyphs:
        style = glyph.style
        if style.unpainted:
            # A scanner writes the recognised text unpainted over its picture: that is the text of the page.
            yield not scanned
            continue
        middle = ((glyph.x0 + glyph.x1) / 2, glyph.y + 0.3 * style.size)
        x, y = turn(*middle, (4 - (style.quadrant or 0)) % 4)
        yield (
            style.size < _TINY
            or not page.holds(x, y)
            or _is_lost(style, x, y, strips.get(int(y // _STRIP), ()))
        )


def _is_lost(style: Style, x: float, y: float, fills: Sequence[Fill]) -> bool:
    """Whether text is painted over, or has the colour of its ground."""
    if style.colour is None:
        return False
    ground: tuple[int, int, int] | None = _WHITE
    for fill in fills:
        if fill.box.holds(x, y):
            if fill.order < style.order:
                ground = fill.colour
            elif fill.opaque:
                return True
    return ground is not None and all(
        abs(one - other) <= _SAME_COLOUR for one, other in zip(style.colour, ground, strict=True)
    )
