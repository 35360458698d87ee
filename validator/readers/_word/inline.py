"""What is inside the paragraphs of a story: runs, fields, links, controls, revisions."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from validator.model.document import Kind
from validator.text.lazy import lazy

from .. import _ooxml as ox
from .._draft import Draft
from .field import Words, read_code, read_form
from .look import is_dark, look_of
from .runs import CHARACTERS, Runs, symbol, text_of
from .styles import Style
from .trace import Traced

if TYPE_CHECKING:
    from lxml.etree import _Element

    from .drawing import Drawings
    from .record import Shared
    from .story import Ground

REMOVED = frozenset(("w:del", "w:moveFrom"))
_REVISIONS = frozenset(
    f"w:{one}"
    for one in [
        *("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge", "rPrChange", "pPrChange"),
        *("tblPrChange", "trPrChange", "tcPrChange", "sectPrChange", "numberingChange"),
    ]
)
_WITH_REVISIONS = ("w:pPr", "w:rPr", "w:trPr", "w:tcPr", "w:tblPr")
_SILENT = frozenset(
    [
        *("w:rPr", "w:pPr", "w:sdtEndPr", "w:smartTagPr", "w:customXmlPr", "w:fldData", "w:rubyPr"),
        *("m:ctrlPr", "m:rPr", "m:oMathParaPr"),
    ]
)
_MARKS = ("w:commentRangeStart", "w:commentRangeEnd")
_DRAWINGS = ("w:drawing", "w:pict", "w:object")
_SYMBOLS = ("w:sym", "w16se:symEx")
PROMPT = lazy(r"单击|点击|轻触|此处|选择一项|输入|click|tap |choose|enter ", re.IGNORECASE)
"""A prompt of an empty content control. Word keeps them all in the file, also when they are not shown."""


class StoryLike(Protocol):
    """What runs need of the story that they are in."""

    shared: Shared
    file: str
    kind: Kind
    ground: Ground
    drawings: Drawings


@dataclass(slots=True)
class _Field:
    code: list[str] = field(default_factory=list)
    in_code: bool = True


@dataclass(slots=True)
class _State:
    """Where a run stands."""

    deleted: bool
    hidden: bool = False


class Inline:
    """Reads the content of paragraphs into `Runs`. Fields may reach over several paragraphs."""

    def __init__(self, story: StoryLike) -> None:
        self._story = story
        self._record = story.shared.record
        self._styles = story.shared.styles
        self._relations = story.shared.package.relations(story.file)
        self._fields: list[_Field] = []
        self._codes: list[_Field] = []
        self._balanced = True
        self._style: Style = self._styles.paragraph("")
        self._white = True
        self._hidden = False
        self._traced = story.shared.traced

    @property
    def in_field(self) -> bool:
        """Whether a field that began in an earlier paragraph is still open."""
        return bool(self._fields)

    def start(self, element: _Element) -> None:
        """Begin with a story; a field that never ends must not swallow the rest of it."""
        kinds = [ox.value(one, "w:fldCharType") for one in ox.inside(element, "w:fldChar")]
        self._balanced = kinds.count("begin") == kinds.count("end")

    def paragraph(self, element: _Element, runs: Runs, style: Style, properties: dict[str, _Element]) -> None:
        """Everything in a paragraph."""
        shading = properties.get("w:shd")
        backed = style.backed if shading is None else is_dark(shading)
        self._style = style
        self._white = self._story.ground.white and not backed
        if properties:
            self.count(next(iter(element)), "w:pPr")
        self._inline(element, runs, deleted=self._story.ground.gone)

    def count(self, element: _Element, tag: str) -> None:
        """Count an element when it is a revision, and those in its properties; note who made it."""
        if tag in _REVISIONS:
            if tag == "w:rPrChange" and _goes_on(element):
                return
            self._record.revisions += 1
            author = (ox.attribute(element, "w:author") or "").strip()
            if author:
                self._record.authors.setdefault(author)
        elif tag in _WITH_REVISIONS:
            for inner in element:
                self.count(inner, ox.name(inner))

    def control_words(self, properties: _Element) -> list[Draft]:
        """Title, tag and choices of a content control (`w:sdtPr`)."""
        drafts: list[Draft] = []
        for tag in ("w:alias", "w:tag"):
            drafts += self._record.once(ox.value(ox.child(properties, tag)), "name")
        for item in ox.inside(properties, "w:listItem"):
            words = [ox.value(item, "w:displayText"), ox.value(item, "w:value")]
            for one in dict.fromkeys(words):
                if not PROMPT.search(one):
                    drafts += self._record.once(one, "name")
        return drafts

    def loose(self, element: _Element, tag: str, runs: Runs) -> None:
        """An element of a paragraph that stands outside one."""
        self._style = self._styles.paragraph("")
        self._white = self._story.ground.white
        self.child(element, tag, runs, deleted=self._story.ground.gone)

    def child(self, child: _Element, tag: str, runs: Runs, *, deleted: bool) -> None:
        """One element of a paragraph."""
        if tag in ("w:r", "m:r"):
            self._run(child, runs, deleted=deleted)
        elif tag in REMOVED:
            self._inline(child, runs, deleted=True)
        elif tag == "w:sdtPr":
            runs.boxes += self.control_words(child)
        elif tag == "mc:AlternateContent":
            shown = self._story.drawings.choose(child, runs)
            if shown is not None:
                self._inline(shown, runs, deleted=deleted)
        elif tag == "w:rt":
            self._guide(child, runs)
        elif tag in ("w:t", "w:delText", "m:t") or tag in _DRAWINGS:
            self._run_child(child, tag, runs, _State(deleted))
        elif tag not in _SILENT:
            self._around(child, tag, runs)
            self._inline(child, runs, deleted=deleted)

    def _inline(self, element: _Element, runs: Runs, *, deleted: bool) -> None:
        for child in element:
            tag = ox.name(child)
            if tag in _REVISIONS:
                self.count(child, tag)
            self.child(child, tag, runs, deleted=deleted)

    def _around(self, element: _Element, tag: str, runs: Runs) -> None:
        if tag == "w:hyperlink":
            found = self._relations.get(ox.value(element, "r:id"))
            if found is not None and found.external and found.target:
                anchor = ox.value(element, "w:anchor")
                target = found.target + (f"#{anchor}" if anchor and "#" not in found.target else "")
                runs.boxes.append(Draft(text=target, kind=Kind.META, part="link"))
            tip = ox.value(element, "w:tooltip").strip()
            if tip:
                runs.boxes.append(Draft(text=tip, kind=Kind.META, part="alt"))
        elif tag == "w:fldSimple":
            self._field(read_code(ox.value(element, "w:instr")), runs, _State(self._story.ground.gone))
        elif tag == "w:subDoc":
            found = self._relations.get(ox.value(element, "r:id"))
            if found is not None:
                runs.boxes += self._record.embed(found.target)

    def _guide(self, element: _Element, runs: Runs) -> None:
        """A phonetic guide stands above the text and is no part of its sentence."""
        text = "".join(text_of(one) for one in ox.inside(element, "w:t")).strip()
        if text:
            runs.boxes.append(Draft(text=text, kind=Kind.META, part="annotation"))

    # Runs.

    def _run(self, element: _Element, runs: Runs, *, deleted: bool) -> None:
        first = next(iter(element), None)
        look = self._style.look
        if first is not None and ox.name(first) == "w:rPr":
            named = ox.value(ox.child(first, "w:rStyle"))
            look = self._styles.get(named).look.over(look) if named else look
            look = look_of(first).over(look)
            self.count(first, "w:rPr")
        look = look.over(self._styles.base)
        state = _State(deleted, self._hidden or look.is_hidden(on_white=self._white))
        for child in element:
            self._run_child(child, ox.name(child), runs, state)

    def _run_child(self, child: _Element, tag: str, runs: Runs, state: _State) -> None:
        hidden, deleted = state.hidden, state.deleted
        if tag in ("w:t", "w:delText", "m:t"):
            text = self._text_of(child)
            self._text(text, runs, hidden=hidden, deleted=deleted or tag == "w:delText")
        elif tag in ("w:br", "w:cr"):
            runs.end_line(hidden=hidden, deleted=deleted)
        elif tag in CHARACTERS or tag in _SYMBOLS:
            sign = symbol(child) if tag in _SYMBOLS else CHARACTERS[tag]
            sign = Traced.of(sign, child) if self._traced else sign
            self._text(sign, runs, hidden=hidden, deleted=deleted)
        elif tag in ("w:instrText", "w:delInstrText"):
            self._code(child.text or "", runs, state)
        elif tag == "w:fldChar":
            self._field_mark(child, runs, state)
        elif tag == "mc:AlternateContent":
            shown = self._story.drawings.choose(child, runs)
            for inner in shown if shown is not None else ():
                self._run_child(inner, ox.name(inner), runs, state)
        else:
            self._other(child, tag, runs, state)

    def _other(self, child: _Element, tag: str, runs: Runs, state: _State) -> None:
        if tag in _DRAWINGS:
            before = len(runs.boxes)
            self._story.drawings.read(child, runs)
            if state.hidden or state.deleted:
                _unshow(runs.boxes[before:], "deleted" if state.deleted else "hidden")
        elif tag not in _SILENT:
            outer, self._hidden = self._hidden, state.hidden
            self._inline(child, runs, deleted=state.deleted)
            self._hidden = outer

    def _text_of(self, element: _Element) -> str:
        text = text_of(element)
        if not self._traced:
            return text
        # What is missing at the front are blanks that do not count.
        whole = (element.text or "").replace("\n", " ").replace("\r", " ")
        return Traced.of(text, element, len(whole) - len(whole.lstrip(" ")) if text != whole else 0)

    def _text(self, text: str, runs: Runs, *, hidden: bool, deleted: bool) -> None:
        if self._codes and self._balanced:
            # Text before a field's separator is part of its code, as in { IF { PAGE } = 1 "甲" "乙" }.
            self._codes[-1].code.append(text)
        else:
            runs.add(text, hidden=hidden, deleted=deleted)

    # Fields.

    def _code(self, text: str, runs: Runs, state: _State) -> None:
        if self._fields and self._fields[-1].in_code:
            self._fields[-1].code.append(text)
        else:
            self._field(read_code(text), runs, state)

    def _field_mark(self, element: _Element, runs: Runs, state: _State) -> None:
        kind = ox.value(element, "w:fldCharType")
        form = ox.child(element, "w:ffData")
        if form is not None:
            shown, words = read_form(form)
            self._text(shown, runs, hidden=state.hidden, deleted=state.deleted)
            for one in words:
                runs.boxes += self._record.once(one, "field")
        if kind == "begin":
            self._fields.append(_Field())
            self._codes.append(self._fields[-1])
        elif kind in ("separate", "end") and self._fields:
            top = self._fields[-1]
            if top.in_code:
                top.in_code = False
                self._codes.pop()
                self._field(read_code("".join(top.code)), runs, state)
            if kind == "end":
                self._fields.pop()

    def _field(self, words: Words, runs: Runs, state: _State) -> None:
        if words.shown:
            self._text(words.shown, runs, hidden=state.hidden, deleted=state.deleted)
        runs.boxes += [Draft(text=one, kind=Kind.META, part="link") for one in words.links if one]
        runs.boxes += [Draft(text=one, kind=Kind.META, part="alt") for one in words.tips]
        runs.boxes += self._record.once(words.scanned, "field")


def _goes_on(change: _Element) -> bool:
    """Whether a change of looks is that of the run before: one over a run that was cut in two, because
    something stands between now, is still one revision."""
    properties = change.getparent()
    run = None if properties is None else properties.getparent()
    before = None if run is None or ox.name(run) != "w:r" else run.getprevious()
    while before is not None and (
        ox.name(before) in _MARKS or ox.child(before, "w:commentReference") is not None
    ):
        before = before.getprevious()
    if before is None or ox.name(before) != "w:r":
        return False
    other = ox.child(ox.child(before, "w:rPr"), "w:rPrChange")
    return other is not None and _change(other) == _change(change)


def _change(change: _Element) -> tuple[str, str, list[tuple[str, dict[str, str]]]]:
    inside = [
        (ox.name(one), {str(key): str(value) for key, value in one.attrib.items()}) for one in change.iter()
    ]
    return ox.value(change, "w:author"), ox.value(change, "w:date"), inside[1:]


def _unshow(drafts: list[Draft], part: str) -> None:
    """A drawing in a hidden or deleted run goes with it."""
    for one in drafts:
        if one.visible and one.kind is not Kind.META:
            one.part, one.visible, one.cell = part, False, None
            one.kind = Kind.PARAGRAPH if one.kind is Kind.CELL else one.kind
