"""Lines of styled text, drawn plain or coloured by the same model.

Whatever is put into a line is made harmless first; colour never comes from the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from validator.reporters._base import Look
from validator.text.escape import visible
from validator.text.width import break_at, width


class Style(StrEnum):
    """What a piece of text is; the value is its look on a terminal with colour."""

    PLAIN = ""
    TITLE = "bold"
    SECTION = "bold cyan"
    ERROR = "bold red"
    WARNING = "bold yellow"
    INFO = "blue"
    OK = "bold green"
    DIM = "dim"
    MARK = "bold white on red"


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a line."""

    text: str
    style: Style = Style.PLAIN


@dataclass(frozen=True, slots=True)
class Line:
    """One logical line; it is wrapped to the width of the console, with `hang` more spaces from the
    second row on."""

    spans: tuple[Span, ...] = ()
    indent: int = 0
    hang: int = 0


def line(*spans: Span | str, indent: int = 0, hang: int = 0) -> Line:
    """A line of spans; a bare string is plain."""
    return Line(tuple(Span(one) if isinstance(one, str) else one for one in spans), indent, hang)


def draw(lines: Iterable[Line], look: Look) -> str:
    """The lines as text for the console, each row ending in a line feed."""
    rows = [row for one in lines for row in _rows(one, look)]
    if look.color:
        return _colored(rows)
    return "".join("".join(span.text for span in row).rstrip() + "\n" for row in rows)


def _rows(one: Line, look: Look) -> list[list[Span]]:
    text, styles = _flat(one.spans, color=look.color)
    rows: list[list[Span]] = []
    at, indent = 0, one.indent
    while True:
        room = max(10, look.columns - indent)
        rest = text[at:]
        end = at + (len(rest) if width(rest) <= room else break_at(rest, room))
        rows.append([Span(" " * indent), *_spans(text, styles, at, end)])
        while end < len(text) and text[end] == " ":
            end += 1
        if end >= len(text):
            return rows
        at, indent = end, one.indent + one.hang


def _flat(spans: Sequence[Span], *, color: bool) -> tuple[str, list[Style]]:
    texts: list[str] = []
    styles: list[Style] = []
    for span in spans:
        text = visible(span.text)
        if span.style is Style.MARK:
            text = (text or " ") if color else f"【{text}】"
        texts.append(text)
        styles += [span.style] * len(text)
    return "".join(texts), styles


def _spans(text: str, styles: Sequence[Style], start: int, end: int) -> list[Span]:
    spans: list[Span] = []
    while start < end:
        stop = start + 1
        while stop < end and styles[stop] is styles[start]:
            stop += 1
        spans.append(Span(text[start:stop], styles[start]))
        start = stop
    return spans


def _colored(rows: Iterable[Sequence[Span]]) -> str:
    """Through rich, as text objects only: no markup, no guessing of links or numbers."""
    from io import StringIO

    from rich.console import Console
    from rich.text import Text

    out = StringIO()
    console = Console(
        file=out,
        force_terminal=True,
        color_system="standard",
        legacy_windows=False,
        no_color=False,
        width=1000,
        highlight=False,
        markup=False,
        emoji=False,
        _environ={},
    )
    for row in rows:
        text = Text(end="\n")
        for span in row:
            text.append(span.text, style=span.style.value)
        console.print(text, soft_wrap=True)
    return out.getvalue()
