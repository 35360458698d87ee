"""Resources of an OFD document that text needs: colours, names of fonts, composite units."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .xml import Files, attributes, child, children, name, number

if TYPE_CHECKING:
    from lxml.etree import _Element

Colour = tuple[int, int, int]
_BLACK: Colour = (0, 0, 0)
_FULL = 255.0
_MOST_PARENTS = 8
_CMYK = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Paint:
    """What fills characters or an area: no colour where a pattern or a shading does; alpha 1 is opaque."""

    colour: Colour | None = _BLACK
    alpha: float = 1.0


BLACK = Paint()


@dataclass(slots=True, kw_only=True)
class Resources:
    """What `PublicRes`, `DocumentRes` and `PageRes` define, by their numbers."""

    spaces: dict[str, tuple[str, float]] = field(default_factory=dict)
    parameters: dict[str, _Element] = field(default_factory=dict)
    units: dict[str, _Element] = field(default_factory=dict)
    fonts: dict[str, str] = field(default_factory=dict)

    def read(self, files: Files, owner: _Element | None, base: str) -> None:
        """Take in the resource files that an element of the file `base` names.

        Raises:
            ReadError: when one of them is damaged.
        """
        for reference in children(owner, "publicres", "documentres", "pageres"):
            part = files.find("".join(str(one) for one in reference.itertext()), base)
            if part is not None:
                self._take(files.xml(part))

    def _take(self, root: _Element) -> None:
        for group in root:
            for one in group:
                values = attributes(one)
                key, kind = values.get("id", ""), name(one)
                if kind == "colorspace":
                    bits = number(values.get("bitspercomponent"), 8.0)
                    most = 2.0**bits - 1 if 1 <= bits <= 16 else _FULL
                    self.spaces[key] = (values.get("type", "").upper(), most)
                elif kind == "font":
                    self.fonts[key] = values.get("fontname", "")
                elif kind == "drawparam":
                    self.parameters[key] = one
                elif kind == "compositegraphicunit":
                    self.units[key] = one

    def paint(self, own: _Element | None, wanted: str, parameter: str) -> Paint:
        """The colour of an object: its own element (`fillcolor`, `strokecolor`), else that of its drawing
        parameter, which may lean on another (8.2), else black."""
        if own is None and not parameter:
            return BLACK
        for _ in range(_MOST_PARENTS):
            if own is not None:
                return self._colour(own)
            found = self.parameters.get(parameter)
            if found is None:
                break
            own = child(found, wanted)
            parameter = attributes(found).get("relative", "")
        return BLACK

    def _colour(self, element: _Element) -> Paint:
        values = attributes(element)
        alpha = min(1.0, max(0.0, number(values.get("alpha"), _FULL) / _FULL))
        if len(element) or "index" in values:
            return Paint(colour=None, alpha=alpha)
        kind, most = self.spaces.get(values.get("colorspace", ""), ("", _FULL))
        parts = [_component(word, most) for word in values.get("value", "").replace(",", " ").split()[:5]]
        return Paint(colour=_rgb(kind, parts), alpha=alpha)


def _component(word: str, most: float) -> float:
    """One component, 0 to 1; also in the form `#ff` (7.4)."""
    if word.startswith("#"):
        digits = word[1:]
        ok = 0 < len(digits) <= 4 and all(one in "0123456789abcdefABCDEF" for one in digits)
        return min(1.0, int(digits, 16) / most) if ok else 0.0
    return min(1.0, max(0.0, number(word) / most))


def _rgb(kind: str, parts: list[float]) -> Colour:
    if kind == "CMYK" or (not kind and len(parts) == _CMYK):
        cyan, magenta, yellow, black = (*parts, 0.0, 0.0, 0.0, 0.0)[:4]
        shades = [(1 - one) * (1 - black) for one in (cyan, magenta, yellow)] if parts else [0.0] * 3
    elif len(parts) == 1:
        shades = parts * 3
    else:
        shades = [*parts, 0.0, 0.0, 0.0][:3]
    red, green, blue = (round(one * _FULL) for one in shades)
    return red, green, blue
