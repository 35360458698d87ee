"""Drawings of a Word document: text boxes, WordArt, pictures, charts, diagrams, objects, links on them."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from typing import TYPE_CHECKING

from validator.model.document import Kind

from .. import _drawingml as dml
from .. import _ooxml as ox
from .._draft import Draft
from .choice import branches, only_there
from .record import Shared
from .runs import Runs

if TYPE_CHECKING:
    from lxml.etree import _Element

_NAMED = frozenset(
    [
        *("wp:docPr", "pic:cNvPr", "wps:cNvPr", "a:cNvPr"),
        *("v:shape", "v:rect", "v:roundrect", "v:oval", "v:line", "v:image", "v:group", "v:imagedata"),
    ]
)
_RUNNING = ("header", "footer")
_WATERMARK_NAMES = ("watermark", "水印")


class Drawings:
    """Reads the drawings of one story. `inside` reads the paragraphs of a text box."""

    def __init__(
        self, shared: Shared, file: str, part: str, kind: Kind, inside: Callable[[_Element, str], list[Draft]]
    ) -> None:
        self._shared = shared
        self._record = shared.record
        self._package = shared.package
        self._relations = shared.package.relations(file)
        self._part = part
        self._kind = kind
        self._inside = inside

    def read(self, element: _Element, runs: Runs) -> None:
        """Everything in a `w:drawing`, `w:pict` or `w:object`; the drafts follow the paragraph."""
        self._walk(element, runs, box="textbox", preview=ox.name(element) == "w:object")

    def choose(self, element: _Element, runs: Runs) -> _Element | None:
        """The branch of alternative content that is shown; what only the others say is hidden text."""
        shown, others = branches(element)
        if shown is not None and others:
            for text in only_there(shown, others):
                runs.boxes.append(Draft(text=text, kind=self._kind, part="hidden", visible=False))
            for other in others:
                for one in ox.inside(other, "v:shape", "v:imagedata"):
                    self._words(one, runs)
        return shown

    def _walk(self, element: _Element, runs: Runs, *, box: str, preview: bool) -> None:
        if self._part in _RUNNING and _is_watermark(element):
            box = "watermark"
        if _is_hidden(element):
            first = len(runs.boxes)
            self._inner(element, runs, box=box, preview=preview)
            for draft in runs.boxes[first:]:
                if draft.visible and draft.kind is not Kind.META:
                    draft.part, draft.visible = "hidden", False
        else:
            self._inner(element, runs, box=box, preview=preview)

    def _inner(self, element: _Element, runs: Runs, *, box: str, preview: bool) -> None:
        for child in element:
            tag = ox.name(child)
            if tag == "w:txbxContent":
                runs.boxes.extend(self._inside(child, box))
                continue
            if tag == "mc:AlternateContent":
                shown = self.choose(child, runs)
                if shown is not None:
                    self._walk(shown, runs, box=box, preview=preview)
                continue
            if tag == "a:p":
                self._plain_text(child, runs, box)
                continue
            if tag in _NAMED:
                self._words(child, runs)
            self._one(child, tag, runs, preview=preview)
            self._walk(child, runs, box=box, preview=preview)

    def _one(self, child: _Element, tag: str, runs: Runs, *, preview: bool) -> None:
        if tag == "v:textpath":
            self._word_art(child, runs)
        elif tag in ("a:blip", "v:imagedata", "v:fill"):
            self._picture(child, tag, runs, preview=preview)
        elif tag in ("a:hlinkClick", "a:hlinkHover"):
            self._link(child, "r:id", runs)
            runs.boxes += self._record.once(ox.attribute(child, "tooltip"), "alt")
        elif tag in ("c:chart", "cx:chart"):
            runs.boxes += self._chart(child)
        elif tag == "dgm:relIds":
            runs.boxes += self._diagram(child)
        elif tag == "o:OLEObject":
            self._object(child, runs)
        elif tag == "w:control":
            runs.boxes += self._control(child)

    def _words(self, element: _Element, runs: Runs) -> None:
        """Alternative text and link of a shape."""
        for wanted in ("descr", "title", "alt", "o:title"):
            runs.boxes += self._record.once(ox.attribute(element, wanted), "alt")
        href = (ox.attribute(element, "href") or "").strip()
        if href and not href.startswith("#"):
            runs.boxes.append(Draft(text=href, kind=Kind.META, part="link"))

    def _word_art(self, element: _Element, runs: Runs) -> None:
        words = " ".join((ox.attribute(element, "string") or "").split())
        if words:
            running = self._part in _RUNNING
            kind, part = (Kind.FURNITURE, "watermark") if running else (self._kind, "textbox")
            runs.boxes.append(Draft(text=words, kind=kind, part=part))

    def _plain_text(self, paragraph: _Element, runs: Runs, box: str) -> None:
        text = dml.paragraph(paragraph)
        if text:
            runs.boxes.append(Draft(text=text, kind=self._kind, part=box))

    def _picture(self, element: _Element, tag: str, runs: Runs, *, preview: bool) -> None:
        keys = [
            one for one in ("r:embed", "r:id", "r:link", "r:href", "r:pict") if ox.attribute(element, one)
        ]
        for key in keys:
            self._link(element, key, runs)
        if not preview and (tag != "v:fill" or keys):
            runs.pictures += 1

    def _link(self, element: _Element, key: str, runs: Runs) -> None:
        found = self._relations.get(ox.attribute(element, key) or "")
        if found is not None and found.external and found.target:
            runs.boxes.append(Draft(text=found.target, kind=Kind.META, part="link"))

    def _first(self, element: _Element, key: str) -> str | None:
        """The part that an attribute names, when it is not read yet."""
        found = self._relations.get(ox.attribute(element, key) or "")
        if found is None or found.external or found.target in self._shared.read:
            return None
        self._shared.read.add(found.target)
        return found.target

    def _chart(self, element: _Element) -> list[Draft]:
        part = self._first(element, "r:id")
        if part is None:
            return []
        texts = dml.chart_texts(self._package.xml(part))
        drafts: list[Draft] = []
        for one in self._package.relations(part).values():
            if one.external:
                drafts += self._record.once(one.target, "link")
            elif one.type == "chartUserShapes":
                for body in dml.every(self._package.xml(one.target), "txBody"):
                    texts += dml.paragraphs(body)
            elif one.type in ("package", "oleObject"):
                drafts += self._record.embed(f"图表数据（{posixpath.basename(one.target)}）")
        shown = [Draft(text=text, kind=Kind.FURNITURE, part="chart") for text in dict.fromkeys(texts)]
        return shown + drafts

    def _diagram(self, element: _Element) -> list[Draft]:
        part = self._first(element, "r:dm")
        if part is None:
            return []
        data = self._package.xml(part)
        texts = dml.paragraphs(data)
        drafts = [Draft(text=text, kind=self._kind, part="diagram") for text in texts]
        # Beside the texts stands the picture that was last drawn of them: it should say the same.
        drawn = _drawn(data, self._relations)
        if drawn and self._package.has(drawn):
            known = {"".join(text.split()) for text in texts}
            drafts += [
                Draft(text=text, kind=self._kind, part="hidden", visible=False)
                for text in dict.fromkeys(dml.paragraphs(self._package.xml(drawn)))
                if "".join(text.split()) not in known
            ]
        for one in self._package.relations(part).values():
            if one.external:
                drafts += self._record.once(one.target, "link")
        return drafts

    def _object(self, element: _Element, runs: Runs) -> None:
        found = self._relations.get(ox.attribute(element, "r:id") or "")
        if found is not None and found.external:
            self._link(element, "r:id", runs)
            return
        kind = (ox.attribute(element, "ProgID") or "").strip()
        file = posixpath.basename(found.target) if found is not None else ""
        runs.boxes += self._record.embed(f"{kind}（{file}）" if kind and file else kind or file or "OLE")

    def _control(self, element: _Element) -> list[Draft]:
        """An ActiveX control: its caption and value stand in a part of its own, as text or as bytes."""
        drafts = self._record.once(ox.attribute(element, "w:name"), "name")
        part = self._first(element, "r:id")
        if part is None or not part.lower().endswith(".xml"):
            return drafts
        for one in self._package.xml(part).iter():
            if ox.attribute(one, "ax:name") in ("Caption", "Value", "GroupName"):
                drafts += self._record.once(ox.attribute(one, "ax:value"), "field")
        if any(one.type == "activeXControlBinary" for one in self._package.relations(part).values()):
            drafts += self._record.embed(f"ActiveX（{posixpath.basename(part)}）")
        return drafts


def _drawn(data: _Element, relations: dict[str, ox.Relation]) -> str | None:
    """The part with the picture of a diagram; its id stands in an extension of the data."""
    for one in dml.every(data, "dataModelExt"):
        found = relations.get(one.get("relId") or "")
        if found is not None and not found.external:
            return found.target
    return None


def _is_hidden(element: _Element) -> bool:
    """Whether the drawing is switched off: nothing of it is on the page."""
    if ox.name(element) not in ("wp:anchor", "wp:inline"):
        return False
    flags = (ox.attribute(element, "hidden"), ox.value(ox.child(element, "wp:docPr"), "hidden"))
    return any(one in ("1", "true") for one in flags)


def _is_watermark(element: _Element) -> bool:
    """Whether a drawing of a header is a watermark: by its name, or because its text is bent WordArt."""
    tag = ox.name(element)
    if tag in ("wp:anchor", "wp:inline"):
        name = (ox.value(ox.child(element, "wp:docPr"), "name")).lower()
        return any(one in name for one in _WATERMARK_NAMES)
    if tag == "wps:wsp":
        warp = ox.child(ox.child(element, "wps:bodyPr"), "a:prstTxWarp")
        return warp is not None and ox.attribute(warp, "prst") != "textNoShape"
    return False
