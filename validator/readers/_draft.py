"""From pieces of text in reading order to blocks: title, headings, section paths, paragraph numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from validator.model.document import Block, Cell, Kind
from validator.text import headings
from validator.text.lazy import lazy

_TITLE_STRONG = lazy(
    r"工作(?:总结|情况|思路|要点|计划|报告|汇报|安排|打算|方案|意见|规划|述评|小结|综述)"
    r"|公报|(?:情况|总结)(?:的)?(?:汇报|报告)"
)
_TITLE_WEAK = lazy(
    r"(?:总结|计划|报告|汇报|公报|意见|方案|安排|要点|规划|通知|讲话|纲要|简报|发言|办法|回顾|综述)$"
)
_TITLE_TAIL = lazy(r"\s*[（(【\[〔][^（(【\[〔]*[）)】\]〕]\s*$")
_SENTENCE = lazy(r"[。；！？]|，.*，")
_OFFICE_END = (*"局府办委校厅处院所会", "中心", "集团")
_TITLE_LINES = 12
_TITLE_LENGTH = 60
_COUNTED = ("header", "footer", "footnote", "endnote", "comment", "textbox", "diagram", "notes")
_LINE_ENDS = dict.fromkeys(map(ord, "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"), " ")
_IN_PLACE = ("body", "textbox", "hidden", "deleted", "link", "alt", "chart", "diagram", "field", "attachment")


@dataclass(slots=True, kw_only=True)
class Draft:
    """A piece of text before sections are known. `style` is the level that markup gives a heading."""

    text: str
    offsets: Sequence[int] = ()
    widths: Mapping[int, int] = field(default_factory=dict)
    kind: Kind = Kind.PARAGRAPH
    part: str = "body"
    style: int | None = None
    cell: Cell | None = None
    page: int | None = None
    visible: bool = True
    title: bool = False

    @property
    def prose(self) -> bool:
        """Whether it is visible running text of the body, so that it can be a title or a heading."""
        return self.part == "body" and self.visible and self.kind in (Kind.PARAGRAPH, Kind.HEADING)


def rendition(drafts: Iterable[Draft]) -> str:
    """The plain-text rendition of a format that has no lines of its own: a line for each draft, whose
    offsets are set to that line."""
    lines: list[str] = []
    at = 0
    for draft in drafts:
        line = draft.text
        if line.splitlines() != [line]:
            line = line.translate(_LINE_ENDS)
        draft.offsets = range(at, at + max(1, len(line)))
        lines.append(line)
        at += len(line) + 1
    return "\n".join(lines)


class Outline:
    """The section path while a document is walked through, and the number of the paragraph in its section."""

    def __init__(self) -> None:
        self._open: list[tuple[int | None, int | None, str]] = []
        self._paragraph = 0

    @property
    def path(self) -> tuple[str, ...]:
        """Heading texts from the outermost to the innermost."""
        return tuple(text for _, _, text in self._open)

    def heading(self, text: str, style: int | None, *, run_in: bool = False) -> None:
        """Open a section; a heading that is run into its paragraph does not restart the count."""
        entry = (style, headings.level(text), text)
        while self._open and not _outranks(self._open[-1], entry):
            self._open.pop()
        self._open.append(entry)
        if not run_in:
            self._paragraph = 0

    def next_paragraph(self) -> int:
        """Number of the next paragraph of the section, from 1."""
        self._paragraph += 1
        return self._paragraph


def _outranks(upper: tuple[int | None, int | None, str], lower: tuple[int | None, int | None, str]) -> bool:
    for one, other in zip(upper[:2], lower[:2], strict=True):
        if isinstance(one, int) and isinstance(other, int):
            return one < other
    return upper[0] is not None


def assemble(drafts: Sequence[Draft], fallback: str = "") -> tuple[tuple[Block, ...], str]:
    """Blocks in the same order, and the title of the document (`fallback` where the text has none)."""
    index = _title_index(drafts)
    title = fallback if index is None else _title_text(drafts, index)
    outline = Outline()
    counts: dict[str, int] = {}
    blocks = tuple(_block(draft, outline, counts, is_title=at == index) for at, draft in enumerate(drafts))
    return blocks, title


def _block(draft: Draft, outline: Outline, counts: dict[str, int], *, is_title: bool) -> Block:
    kind, level, paragraph = draft.kind, 0, None
    if is_title:
        kind = Kind.HEADING
    elif draft.prose:
        kind, level = _open_section(draft, outline)
        if kind is Kind.PARAGRAPH:
            paragraph = outline.next_paragraph()
    elif draft.part in _COUNTED and draft.cell is None:
        counts[draft.part] = paragraph = counts.get(draft.part, 0) + 1
    section = outline.path if draft.part in _IN_PLACE and not is_title else ()
    return Block(
        text=draft.text,
        offsets=draft.offsets,
        widths=draft.widths,
        kind=kind,
        part=draft.part,
        level=level,
        section=section,
        paragraph=paragraph,
        cell=draft.cell,
        page=draft.page,
        visible=draft.visible,
    )


def _open_section(draft: Draft, outline: Outline) -> tuple[Kind, int]:
    text = draft.text.strip()
    number = headings.level(text)
    if draft.style is not None:
        outline.heading(text, draft.style)
        return Kind.HEADING, draft.style
    if headings.is_heading(text):
        outline.heading(text.removesuffix("。"), None)
        return Kind.HEADING, number or 0
    opening = headings.lead(text)
    if opening is not None and number is not None and number < headings.RUN_IN_ONLY:
        outline.heading(opening, None, run_in=True)
    return Kind.PARAGRAPH, 0


def _title_index(drafts: Sequence[Draft]) -> int | None:
    marked = [at for at, one in enumerate(drafts) if one.title and one.prose and one.text.strip()]
    if marked:
        return marked[0]
    styled = [at for at, one in enumerate(drafts) if one.prose and one.style is not None and one.text.strip()]
    top = [at for at in styled if drafts[at].style == 1]
    if top and top == styled[:1] and headings.level(drafts[top[0]].text) is None:
        return top[0]
    return title_of([(one.text if _is_shown(one) else "", one.prose) for one in drafts])


def _is_shown(draft: Draft) -> bool:
    return draft.prose or (draft.kind is Kind.FURNITURE and draft.part == "body")


def title_of(lines: Iterable[tuple[str, bool]]) -> int | None:
    """Index of the line that is the title; each line comes with whether it may be one (no page furniture)."""
    first: list[tuple[int, str, bool]] = []
    seen = 0
    for at, (text, able) in enumerate(lines):
        if not text.strip():
            continue
        first.append((at, text.strip(), able))
        seen += able
        if seen >= _TITLE_LINES or len(first) >= 3 * _TITLE_LINES:
            break
    for wanted in (_looks_strong, _looks_weak):
        for able in (True, False):
            for at, text, may in first:
                if may is able and _plain(text) and wanted(text):
                    return at
    return next((at for at, text, able in first if able and len(text) < _TITLE_LENGTH), None)


def _plain(text: str) -> bool:
    if len(text) >= _TITLE_LENGTH or _SENTENCE.search(text) or text.endswith(("：", ":", "，", "、")):
        return False
    return (
        "\t" not in text and headings.level(text) is None and not text.startswith(("——", "《", "【", "来源"))
    )


def _looks_strong(text: str) -> bool:
    return bool(_TITLE_STRONG.search(text))


def _looks_weak(text: str) -> bool:
    return bool(_TITLE_WEAK.search(_TITLE_TAIL.sub("", text)))


def _title_text(drafts: Sequence[Draft], index: int) -> str:
    text = drafts[index].text.strip()
    before = drafts[index - 1].text.strip() if index else ""
    if (
        re.match(r"(?:\d{4}|[XＸ×二]|关于)", text)
        and before.endswith(_OFFICE_END)
        and drafts[index - 1].prose
        and len(before) + len(text) < _TITLE_LENGTH
        and _plain(before)
    ):
        return before + text
    return text
