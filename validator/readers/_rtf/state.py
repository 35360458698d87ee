"""What a walk through an RTF file keeps: the state of each group, and what is found beside the body."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from .._draft import Draft
from .._flow import Mode
from .._flowfields import Field
from .._flowstory import Story


class Words:
    """Text that is not of the report's stories: a title, a field code, a name. It is collected and handed
    to `close` at the end of its group; without `close` it is dropped."""

    __slots__ = ("_close", "_pieces", "wanted")

    def __init__(self, close: Callable[[str], None] | None = None) -> None:
        self.wanted = close is not None
        self._close = close
        self._pieces: list[str] = []

    def add(self, text: str) -> None:
        """Append a piece."""
        if self.wanted:
            self._pieces.append(text)

    def take(self) -> str:
        """What has been collected so far, once."""
        text = "".join(self._pieces)
        self._pieces.clear()
        return text

    def close(self) -> None:
        """The end of the group."""
        if self._close is not None:
            self._close(self.take())


@dataclass(slots=True)
class Shape:
    """A drawing object: its type, whether its properties hide it, and the property that is being read."""

    type: int = 0
    hidden: bool = False
    name: str = ""


class State:
    """What a group inherits, and what its end gives back. A group has a copy once it sets something."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.words: Words | None = None
        self.field: Field | None = None
        self.shape: Shape | None = None
        self.uc = 1
        self.nested = False
        self.object = False
        self.reset_paragraph()
        self.reset_run(0)

    def reset_paragraph(self) -> None:
        r"""``\pard``."""
        self.style = 0
        self.level: int | None = None
        self.based: int | None = None
        self.intbl = False
        self.itap = 0
        self.tinted = False

    def reset_run(self, font: int) -> None:
        r"""``\plain``. `double` is the font of double-byte characters, where `side` is theirs."""
        self.font = font
        self.double: int | None = None
        self.side = False
        self.hidden = self.deleted = self.white = self.shaded = self.tiny = False
        self.revised = 0

    def copy(self) -> State:
        """A state of its own for a group."""
        new = object.__new__(State)
        new.__dict__.update(self.__dict__)
        return new

    @property
    def tables(self) -> int:
        """In how many tables the paragraph stands."""
        return self.itap or (1 if self.intbl else 0)

    @property
    def mode(self) -> Mode:
        """How a run is seen here. White text is hidden unless something may be behind it; what that is
        in a table or a text box is not known here."""
        if self.deleted:
            return Mode.DELETED
        if self.hidden or self.tiny:
            return Mode.HIDDEN
        if self.white and not (self.shaded or self.tinted or self.tables or self.story.part == "textbox"):
            return Mode.HIDDEN
        return Mode.SHOWN


@dataclass(slots=True)
class Found:
    """What is beside the body: stories and properties."""

    furniture: list[Draft] = field(default_factory=list)
    notes: dict[str, list[Draft]] = field(default_factory=lambda: {"footnote": [], "endnote": []})
    comments: list[Draft] = field(default_factory=list)
    properties: list[Draft] = field(default_factory=list)
    title: str = ""
