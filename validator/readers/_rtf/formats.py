"""Control words of RTF that set something, wherever they stand: characters, paragraphs, rows of tables."""

from __future__ import annotations

from .._flowstory import RowDef
from . import codes, tokens
from .state import State
from .walk import Handler, Walk

_TINY = 2
"""Half points."""
_MOST_SKIPPED = 1000
_INSERTED, _DELETED, _FORMATTED = 1, 2, 3


def _on(number: int | None) -> bool:
    return number != 0


# Characters and paragraphs.


def _par(walk: Walk, _: int | None) -> None:
    walk.flush(final=True)
    state = walk.state
    if state.words is not None:
        state.words.add("\n")
    elif state.deleted:
        # With all revisions accepted the next paragraph goes on here.
        state.story.paragraph.carry()
    else:
        state.story.end_paragraph(walk.styles.look(state.style, state.level), state.tables)


def _line(walk: Walk, _: int | None) -> None:
    walk.flush(final=True)
    state = walk.state
    if state.words is not None:
        state.words.add(" ")
    else:
        state.story.paragraph.end_line(state.mode)


def _section(walk: Walk, number: int | None) -> None:
    walk.flush(final=True)
    if walk.state.story.paragraph:
        _par(walk, number)


def _pard(walk: Walk, _: int | None) -> None:
    walk.own().reset_paragraph()


def _plain(walk: Walk, _: int | None) -> None:
    walk.own().reset_run(walk.default_font)


def _style(walk: Walk, number: int | None) -> None:
    state = walk.own()
    state.style = number or 0
    if walk.styles.is_hidden(state.style):
        state.hidden = True


def _run_style(walk: Walk, number: int | None) -> None:
    if walk.state.words is walk.style_words:
        walk.own().style = number or 0
    elif walk.styles.is_hidden(number or 0):
        walk.own().hidden = True


def _based(walk: Walk, number: int | None) -> None:
    walk.own().based = number


def _outline(walk: Walk, number: int | None) -> None:
    walk.own().level = number or 0


def _unicode(walk: Walk, number: int | None) -> None:
    walk.unicode(0xFFFD if number is None else number)


def _uc(walk: Walk, number: int | None) -> None:
    walk.own().uc = min(max(0, 1 if number is None else number), _MOST_SKIPPED)


def _binary(walk: Walk, number: int | None) -> None:
    walk.at = tokens.after_binary(walk.data, walk.at, number or 0)


def _font(walk: Walk, number: int | None) -> None:
    state = walk.own()
    walk.flush(goes_on=True)
    walk.fonts.entry = state.font = number or 0
    if state.side:
        state.double = state.font


def _associated_font(walk: Walk, number: int | None) -> None:
    if walk.state.side:
        walk.own().double = number or 0


def _side(double: bool) -> Handler:  # noqa: FBT001
    def handle(walk: Walk, _: int | None) -> None:
        if walk.state.side != double:
            walk.own().side = double

    return handle


def _hidden(walk: Walk, number: int | None) -> None:
    walk.own().hidden = _on(number)


def _deleted(walk: Walk, number: int | None) -> None:
    state = walk.own()
    state.deleted = _on(number)
    state.revised = _DELETED if state.deleted else 0


def _revised(walk: Walk, number: int | None) -> None:
    state = walk.own()
    if not state.deleted:
        state.revised = _INSERTED if _on(number) else 0


def _reformatted(walk: Walk, _: int | None) -> None:
    if not walk.state.revised:
        walk.own().revised = _FORMATTED


def _size(walk: Walk, number: int | None) -> None:
    walk.own().tiny = number is not None and 0 < number <= _TINY


def _associated_size(walk: Walk, number: int | None) -> None:
    if walk.state.side:
        _size(walk, number)


def _colour(walk: Walk, number: int | None) -> None:
    walk.own().white = walk.colours.is_white(number or 0)


def _shaded(walk: Walk, number: int | None) -> None:
    walk.own().shaded = bool(number) and not walk.colours.is_white(number or 0)


def _tinted(walk: Walk, number: int | None) -> None:
    walk.own().tinted = bool(number) and not walk.colours.is_white(number or 0)


# The head of the file.


def _page(walk: Walk, number: int | None) -> None:
    walk.page = codes.of_page(number or 0) or walk.page


def _set_page(name: str) -> Handler:
    def handle(walk: Walk, _: int | None) -> None:
        walk.page = name

    return handle


def _default_font(walk: Walk, number: int | None) -> None:
    walk.default_font = walk.own().font = number or 0


def _charset(walk: Walk, number: int | None) -> None:
    walk.fonts.set_codec(codes.of_charset(number or 0, walk.page))


def _font_page(walk: Walk, number: int | None) -> None:
    if name := codes.of_page(number or 0):
        walk.fonts.set_codec(name)


def _rgb(walk: Walk, number: int | None) -> None:
    walk.flush(final=True)
    walk.colours.rgb.append(min(max(0, number or 0), 255))


# Tables.


def _row_def(state: State) -> RowDef:
    return state.story.nested_row if state.nested else state.story.row


def _new_row(walk: Walk, _: int | None) -> None:
    story = walk.state.story
    if walk.state.nested:
        story.nested_row = RowDef()
    else:
        story.row = RowDef()


def _row_left(walk: Walk, number: int | None) -> None:
    _row_def(walk.state).left = number or 0


def _cell_edge(walk: Walk, number: int | None) -> None:
    _row_def(walk.state).end_cell(number or 0)


def _merged_beside(walk: Walk, _: int | None) -> None:
    _row_def(walk.state).beside = True


def _merged_above(walk: Walk, _: int | None) -> None:
    _row_def(walk.state).above = True


def _in_table(walk: Walk, number: int | None) -> None:
    walk.own().intbl = _on(number)


def _nesting(walk: Walk, number: int | None) -> None:
    walk.own().itap = max(0, number or 0)


def _cell(walk: Walk, *, nested: bool) -> None:
    walk.flush(final=True)
    state = walk.state
    if state.words is None:
        level = max(2, state.itap) if nested else 1
        state.story.end_cell(walk.styles.look(state.style, state.level), level)


def _row(walk: Walk, *, nested: bool) -> None:
    walk.flush(final=True)
    state = walk.state
    if state.words is None:
        state.story.end_row(max(2, state.itap) if nested else 1, nested=nested)


def _endnote(walk: Walk, _: int | None) -> None:
    if walk.state.story.part == "footnote":
        walk.state.story.part = "endnote"


def _form_number(name: str) -> Handler:
    def handle(walk: Walk, number: int | None) -> None:
        if walk.state.field is not None:
            setattr(walk.state.field, name, number or 0)

    return handle


FORMATS: dict[bytes, Handler] = {
    **dict.fromkeys((b"line", b"lbr", b"softline", b"page", b"column"), _line),
    **dict.fromkeys((b"crauth", b"trauth"), _reformatted),
    **dict.fromkeys((b"chcbpat", b"cb", b"highlight", b"chshdng"), _shaded),
    **dict.fromkeys((b"cbpat", b"shading"), _tinted),
    **dict.fromkeys((b"red", b"green", b"blue"), _rgb),
    **dict.fromkeys((b"cs", b"ts", b"ds"), _run_style),
    b"par": _par,
    b"sect": _section,
    b"pard": _pard,
    b"plain": _plain,
    b"s": _style,
    b"sbasedon": _based,
    b"outlinelevel": _outline,
    b"u": _unicode,
    b"uc": _uc,
    b"bin": _binary,
    b"f": _font,
    b"af": _associated_font,
    b"dbch": _side(True),
    **dict.fromkeys((b"loch", b"hich", b"rtlch", b"ltrch"), _side(False)),
    b"v": _hidden,
    b"deleted": _deleted,
    b"mvf": _deleted,
    b"revised": _revised,
    b"mvt": _revised,
    b"fs": _size,
    b"afs": _associated_size,
    b"cf": _colour,
    b"ansicpg": _page,
    b"mac": _set_page("mac_roman"),
    b"pc": _set_page("cp437"),
    b"pca": _set_page("cp850"),
    b"deff": _default_font,
    b"fcharset": _charset,
    b"cpg": _font_page,
    b"trowd": _new_row,
    b"trleft": _row_left,
    b"cellx": _cell_edge,
    b"clmrg": _merged_beside,
    b"clvmrg": _merged_above,
    b"intbl": _in_table,
    b"itap": _nesting,
    b"cell": lambda walk, _: _cell(walk, nested=False),
    b"nestcell": lambda walk, _: _cell(walk, nested=True),
    b"row": lambda walk, _: _row(walk, nested=False),
    b"nestrow": lambda walk, _: _row(walk, nested=True),
    b"ftnalt": _endnote,
    b"ffres": _form_number("choice"),
    b"ffdefres": _form_number("default"),
}
"""By the specification of RTF 1.9.1."""
