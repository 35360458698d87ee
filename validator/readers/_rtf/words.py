"""Control words of RTF that open a group of their own, by the specification of RTF 1.9.1."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from validator.model.document import Kind
from validator.text.lazy import lazy

from .. import _flow
from .._draft import Draft
from .._flowfields import Field
from .._flowstory import Story
from .formats import FORMATS
from .state import Shape, Words
from .walk import Handler, Vocabulary, Walk

_AUTOMATIC = lazy(r"(?:[A-Za-z ]{0,30}|[一-鿿]{0,5})[ _]?[\d.]+")
"""A name that a program gives: 图片 3, PowerPlusWaterMarkObject1, 文字1; or a number alone."""
_WORD_ART = range(136, 176)
"""Shape types whose text is drawn as a picture: a watermark of Word is one."""
_MOST_DIGITS = 6


# The head of the file.


class _Feed(Words):
    """Text that is handed on at once, as what it belongs to is known only now."""

    __slots__ = ("_give",)

    def __init__(self, give: Callable[[str], None]) -> None:
        super().__init__()
        self.wanted = True
        self._give = give

    def add(self, text: str) -> None:
        self._give(text)


def _font_table(walk: Walk, _: int | None) -> None:
    walk.state.words = _Feed(walk.fonts.add)


def _colour_table(walk: Walk, _: int | None) -> None:
    walk.state.words = _Feed(walk.colours.add)


def _style_sheet(walk: Walk, _: int | None) -> None:
    walk.state.words = walk.style_words


# Destinations.


def _nothing(walk: Walk, _: int | None) -> None:
    """The group is known, and its text belongs where the group stands."""


def _drop(walk: Walk, _: int | None) -> None:
    walk.state.words = Words()


def _into(close: Callable[[Walk, str], None]) -> Handler:
    def handle(walk: Walk, _: int | None) -> None:
        walk.state.words = Words(partial(close, walk))

    return handle


def _story(walk: Walk, part: str, kind: Kind, *, hidden: bool = False) -> None:
    state = walk.state
    state.story = Story(walk.volume, part, kind, hidden=hidden)
    state.words = state.field = None
    state.nested = False
    state.reset_paragraph()
    state.reset_run(walk.default_font)


def _opens_story(part: str, kind: Kind) -> Handler:
    def handle(walk: Walk, _: int | None) -> None:
        walk.flush(final=True)
        _story(walk, part, kind)

    return handle


def _text_box(walk: Walk, _: int | None) -> None:
    walk.flush(final=True)
    shape, kind = walk.state.shape, walk.state.story.kind
    _story(walk, "textbox", kind, hidden=shape is not None and shape.hidden)


def _author(walk: Walk, text: str) -> None:
    walk.found.comments += walk.volume.once(text, "comment")


def _property(walk: Walk, text: str) -> None:
    if text.strip():
        walk.found.properties.append(Draft(text=text.strip(), kind=Kind.META, part="properties"))


def _title(walk: Walk, text: str) -> None:
    _property(walk, text)
    walk.found.title = walk.found.title or text.strip()


def _property_name(walk: Walk, text: str) -> None:
    if not text.isascii():
        _property(walk, text)


def _label(walk: Walk, text: str) -> None:
    walk.state.story.paragraph.label = _flow.label(text)


def _box(part: str) -> Callable[[Walk, str], None]:
    def close(walk: Walk, text: str) -> None:
        walk.state.story.paragraph.box(text, part)

    return close


def _once(part: str) -> Callable[[Walk, str], None]:
    def close(walk: Walk, text: str) -> None:
        walk.state.story.paragraph.boxes += walk.volume.once(text, part)

    return close


def _nested_properties(walk: Walk, _: int | None) -> None:
    walk.state.nested = True


def _either(walk: Walk, _: int | None) -> None:
    walk.skip_inner_group()


def _field(walk: Walk, _: int | None) -> None:
    walk.state.field = Field()


def _field_code(walk: Walk, text: str) -> None:
    if walk.state.field is not None:
        walk.state.field.code += text


def _form_words(walk: Walk, text: str) -> None:
    if not _AUTOMATIC.fullmatch(text.strip()):
        _once("field")(walk, text)


def _form_item(walk: Walk, text: str) -> None:
    if walk.state.field is not None:
        walk.state.field.items.append(text)


def _picture(walk: Walk, _: int | None) -> None:
    state = walk.state
    state.words = Words()
    if not state.object:
        state.story.paragraph.picture()


def _object(walk: Walk, _: int | None) -> None:
    walk.state.object = True


def _object_class(walk: Walk, text: str) -> None:
    walk.state.story.paragraph.boxes += walk.volume.embed(text.strip() or "OLE")


def _shape(walk: Walk, _: int | None) -> None:
    walk.state.shape = Shape()


def _shape_name(walk: Walk, text: str) -> None:
    if walk.state.shape is not None:
        walk.state.shape.name = text.strip()


def _shape_value(walk: Walk, _: int | None) -> None:
    shape = walk.state.shape
    walk.state.words = Words(partial(_shape_property, walk, shape, shape.name if shape else ""))


def _shape_property(walk: Walk, shape: Shape | None, name: str, value: str) -> None:
    paragraph = walk.state.story.paragraph
    if name == "shapeType" and shape is not None:
        shape.type = int(value) if value.strip().isdecimal() and len(value) < _MOST_DIGITS else 0
    elif name == "gtextUNICODE":
        if shape is None or not shape.type or shape.type in _WORD_ART:
            paragraph.box(value, "watermark", Kind.FURNITURE)
        else:
            paragraph.box(value, "textbox", walk.state.story.kind)
    elif name in ("wzDescription", "wzTooltip") or (name == "wzName" and not _AUTOMATIC.fullmatch(value)):
        paragraph.boxes += walk.volume.once(value, "alt")
    elif name == "pibName":
        paragraph.box(value, "link")
    elif name == "fHidden" and shape is not None:
        shape.hidden = value.strip() == "1"


def _old_properties(walk: Walk, _: int | None) -> None:
    walk.volume.revisions += 1
    walk.skip_group()


_OPENS: dict[bytes, Handler] = {
    b"fonttbl": _font_table,
    b"colortbl": _colour_table,
    b"stylesheet": _style_sheet,
    **dict.fromkeys((b"info", b"userprops", b"formfield"), _drop),
    **dict.fromkeys((b"header", b"headerl", b"headerr", b"headerf"), _opens_story("header", Kind.FURNITURE)),
    **dict.fromkeys((b"footer", b"footerl", b"footerr", b"footerf"), _opens_story("footer", Kind.FURNITURE)),
    b"footnote": _opens_story("footnote", Kind.PARAGRAPH),
    b"annotation": _opens_story("comment", Kind.META),
    **dict.fromkeys((b"shptxt", b"dptxbxtext"), _text_box),
    b"atnauthor": _into(_author),
    b"title": _into(_title),
    **dict.fromkeys(
        (
            *(b"subject", b"author", b"operator", b"keywords", b"doccomm", b"comment", b"category"),
            *(b"manager", b"company", b"hlinkbase", b"staticval", b"linkval", b"docvar"),
        ),
        _into(_property),
    ),
    b"propname": _into(_property_name),
    **dict.fromkeys((b"listtext", b"pntext"), _into(_label)),
    **dict.fromkeys((b"xe", b"tc", b"tcn"), _into(_once("field"))),
    b"hlsrc": _into(_box("link")),
    b"upr": _either,
    b"field": _field,
    b"fldinst": _into(_field_code),
    b"ffl": _into(_form_item),
    **dict.fromkeys((b"ffhelptext", b"ffstattext", b"ffdeftext", b"ffname"), _into(_form_words)),
    b"pict": _picture,
    b"object": _object,
    b"objclass": _into(_object_class),
    **dict.fromkeys((b"shp", b"shpgrp", b"picprop", b"background"), _shape),
    b"sn": _into(_shape_name),
    b"sv": _shape_value,
    b"nesttableprops": _nested_properties,
    **dict.fromkeys((b"oldpprops", b"oldtprops", b"oldsprops"), _old_properties),
    **dict.fromkeys(
        (
            *(b"ud", b"shppict", b"shpinst", b"do", b"fldrslt", b"result", b"hl"),
            *(b"mmath", b"moMath", b"moMathPara", b"rtf"),
        ),
        _nothing,
    ),
}
_SKIPS = frozenset(
    b"nonshppict nonesttables shprslt mmathPict filetbl listtable listoverridetable revtbl rsidtbl generator "
    b"xmlnstbl bkmkstart bkmkend pgdsctbl template nextfile objdata objalias objsect htmltag mhtmltag "
    b"pn pnseclvl datafield datastore themedata colorschememapping latentstyles fchars lchars private "
    b"atnid atnicn atrfstart atrfend atndate atnparent atnref atntime fldtype ftnsep ftnsepc ftncn "
    b"aftnsep aftnsepc aftncn falt panose fname fontemb hlloc hlfr blipuid ffformat "
    b"keycode defchp defpap".split()
)
_PLAIN = frozenset(
    b"b i ul uld uldb uldash ulw ulwave ulth ulnone strike striked caps scaps outl shad sub super nosupersub "
    b"lang langfe langnp langfenp noproof insrsid charrsid pararsid kerning expnd expndtw charscalex ab ai "
    b"loch hich dbch ltrch rtlch fcs ltrpar rtlpar ltrrow rtlrow ql qr qc qj qd li ri fi lin rin culi curi "
    b"cufi sb sa lisb lisa sl slmult keep keepn widctlpar nowidctlpar adjustright aspalpha aspnum faauto "
    b"wrapdefault ls ilvl tx tqr tqc tqdec tb revauth revdttm revauthdel revdttmdel embo impr".split()
)
"""Words that only change how text looks: a group that begins with one is no unknown one."""
VOCABULARY = Vocabulary(formats=FORMATS, opens=_OPENS, skips=_SKIPS, plain=_PLAIN)
