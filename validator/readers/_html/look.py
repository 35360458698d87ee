"""How HTML hides text: styles, attributes and simple rules of the style sheets inside a page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from validator.text.lazy import lazy

_GONE = lazy(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0*\.?0+(?![.\d])|mso-hide\s*:\s*all",
    re.IGNORECASE,
)
_SHOWN = lazy(r"(?:display\s*:\s*(?!none)|visibility\s*:\s*visible|opacity\s*:\s*1)", re.IGNORECASE)
_SIZE = lazy(
    r"(?:^|[;{\s])font(?:-size)?\s*:[^;]{0,80}?(?<![\w.#-])(\d*\.?\d+)\s*(pt|px|em|rem|%|)(?![\w.])",
    re.IGNORECASE,
)
_COLOUR = lazy(r"(?:^|[;{\s])color\s*:\s*([^;!]+)", re.IGNORECASE)
_GROUND = lazy(r"(?:^|[;{\s])background(?:-color|-image)?\s*:\s*([^;!]+)", re.IGNORECASE)
_NUMBERS = lazy(r"\d*\.?\d+%?")
_BRACES = lazy(r"[{}]")
_SELECTOR = lazy(r"([a-z][a-z0-9]*)?([.#][\w-]+)?", re.IGNORECASE)
_NAMES = lazy(r"[.#][\w-]+")
_TINY = {"pt": 1.5, "px": 2.0, "em": 0.1, "rem": 0.1, "%": 10.0, "": 0.0}
_WHITE_NAMES = frozenset(("white", "#fff", "#ffffff", "snow", "transparent"))
_NO_GROUND = frozenset(("none", "inherit", "initial", "unset", "transparent"))
_ALMOST_WHITE = 250
_MOST_RULES = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What is said about an element; None where nothing is. `ground` is a background that is not white."""

    gone: bool = False
    tiny: bool | None = None
    white: bool | None = None
    ground: bool | None = None

    @property
    def hidden(self) -> bool:
        """Whether text with this look is not seen."""
        return bool(self.gone or self.tiny or (self.white and not self.ground))

    def over(self, other: Look) -> Look:
        """This look where it says something, else the other: for an element and what it stands in."""
        return Look(
            gone=self.gone or other.gone,
            tiny=other.tiny if self.tiny is None else self.tiny,
            white=other.white if self.white is None else self.white,
            ground=other.ground if self.ground is None else self.ground,
        )


PLAIN = Look()


def look_of(declarations: str) -> Look:
    """What the declarations of a style say."""
    if not declarations:
        return PLAIN
    colour, ground = (next(iter(one.findall(declarations)[-1:]), "") for one in (_COLOUR, _GROUND))
    return Look(
        gone=bool(_GONE.search(declarations)),
        tiny=_tiny(declarations),
        white=is_white(colour) if colour else None,
        ground=_ground(ground) if ground else None,
    )


def _tiny(declarations: str) -> bool | None:
    size = _SIZE.search(declarations)
    if not size:
        return None
    return float(size[1]) <= _TINY[size[2].lower()]


def is_white(value: str) -> bool:
    """Whether a colour cannot be told from white paper."""
    value = value.strip().lower()
    if value in _WHITE_NAMES:
        return True
    if value.startswith("#") and len(value) == 7:
        return all(
            part in ("fa", "fb", "fc", "fd", "fe", "ff") for part in (value[1:3], value[3:5], value[5:])
        )
    if not value.startswith("rgb"):
        return False
    parts = [
        float(one.rstrip("%")) * (2.55 if one.endswith("%") else 1) for one in _NUMBERS.findall(value)[:4]
    ]
    if len(parts) == 4 and parts[3] == 0:
        return True
    return len(parts) >= 3 and all(one >= _ALMOST_WHITE for one in parts[:3])


def _ground(value: str) -> bool | None:
    value = value.strip().lower()
    word = value.split()[0] if value.split() else ""
    if word in _NO_GROUND:
        return None
    return not is_white(value if value.startswith("rgb") else word)


@dataclass(slots=True)
class Sheets:
    """The rules of the style sheets inside a page that name one tag, class or id; others are left out."""

    rules: dict[str, Look] = field(default_factory=dict)
    again: set[str] = field(default_factory=set)
    linked: bool = False
    """Whether style sheets outside the page exist: then nobody knows the grounds, and white is believed."""

    def add(self, css: str) -> None:
        """Take in a style sheet."""
        for heads, declarations in _rules(css):
            shows = bool(_SHOWN.search(declarations))
            look = None
            for head in heads.split(","):
                head = head.strip()  # noqa: PLW2901
                if shows and not _SELECTOR.fullmatch(head):
                    # A script or another class may show again what a simple rule hides.
                    self.again.update(one.lower() for one in _NAMES.findall(head))
                elif head and _SELECTOR.fullmatch(head) and len(self.rules) < _MOST_RULES:
                    look = look or look_of(declarations)
                    if look != PLAIN:
                        key = head.lower()
                        self.rules[key] = look.over(self.rules.get(key, PLAIN))

    def look(self, tag: str, values: Mapping[str, str]) -> Look:
        """What the sheets, the attributes and the style of an element say about it."""
        found = self._by_rules(tag, values) if self.rules else PLAIN
        if tag == "font" and "color" in values:
            found = replace(found, white=is_white(values["color"]))
        if "bgcolor" in values or "background" in values:
            found = replace(found, ground=not is_white(values.get("bgcolor", "")))
        if "hidden" in values:
            found = replace(found, gone=True)
        found = look_of(values.get("style", "")).over(found)
        return replace(found, white=None) if self.linked and found.white else found

    def _by_rules(self, tag: str, values: Mapping[str, str]) -> Look:
        names = [f".{one}" for one in values.get("class", "").lower().split()[:20]]
        if values.get("id"):
            names.append(f"#{values['id'].lower()}")
        found = self.rules.get(tag, PLAIN)
        for name in names:
            for key in (name, tag + name):
                own = self.rules.get(key)
                if own is not None:
                    found = (replace(own, gone=False) if name in self.again else own).over(found)
        return found


def _rules(css: str) -> Iterator[tuple[str, str]]:
    """Selectors and declarations of the rules that stand in no block of conditions."""
    css = re.sub(r"/\*.*?(?:\*/|\Z)|<!--|-->", " ", css, flags=re.DOTALL)
    depth, start, head = 0, 0, ""
    for brace in _BRACES.finditer(css):
        if brace[0] == "{":
            depth += 1
            if depth == 1:
                head, start = css[start : brace.start()].rpartition(";")[2].strip(), brace.end()
        elif depth:
            depth -= 1
            if not depth:
                if not head.startswith("@"):
                    yield head, css[start : brace.start()]
                start = brace.end()
