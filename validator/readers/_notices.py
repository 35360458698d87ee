"""What readers notice about a document, in the same words for every format."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from validator.model.document import Block, Notice

_SHOWN = 5


def first_of(blocks: Sequence[Block], part: str) -> int | None:
    """Index of the first block of a part: where a notice about that part is placed."""
    return next((at for at, block in enumerate(blocks) if block.part == part), None)


def draft_notices(
    blocks: Sequence[Block], *, revisions: int = 0, comments: int = 0, hidden: int | None = None
) -> Iterator[Notice]:
    """What a finished document does not hold: revisions (DOC004), comments (DOC005), hidden text (DOC006).

    `hidden` is counted from the blocks of that part when it is not given.
    """
    if revisions:
        at = first_of(blocks, "deleted")
        yield Notice(
            code="DOC004",
            zh=f"还有 {revisions} 处修订未接受或拒绝",
            en=f"{revisions} tracked changes are neither accepted nor rejected",
            block=at,
        )
    if comments:
        at = first_of(blocks, "comment")
        yield Notice(
            code="DOC005", zh=f"还有 {comments} 条批注", en=f"{comments} comments are left", block=at
        )
    if hidden is None:
        hidden = sum(1 for block in blocks if block.part == "hidden")
    if hidden:
        at = first_of(blocks, "hidden")
        yield Notice(
            code="DOC006", zh=f"有 {hidden} 处隐藏文字", en=f"{hidden} pieces of hidden text", block=at
        )


def pictures(count: int, places: Sequence[str] = (), block: int | None = None) -> Iterator[Notice]:
    """Pictures, whose text was not read (DOC013). `places` are addresses for people, the first few
    are named; `block` is the block at or before the first picture."""
    if count:
        named = "、".join(dict.fromkeys(places[:_SHOWN]))
        more = "等" if len(places) > _SHOWN else ""
        where = f"（{named}{more}）" if named else ""
        yield Notice(
            code="DOC013",
            zh=f"有 {count} 张图片，图片里的文字没有检查{where}",
            en=f"{count} pictures, whose text was not checked" + (f" ({named})" if named else ""),
            block=block,
        )


def embedded(names: Sequence[str], block: int | None = None) -> Iterator[Notice]:
    """Files inside the file, which were not checked (DOC012), by the names or types that it gives them."""
    if names:
        named = "、".join(names[:_SHOWN]) + ("等" if len(names) > _SHOWN else "")
        yield Notice(
            code="DOC012",
            zh=f"文件里嵌有 {len(names)} 个别的文件，没有检查：{named}",
            en=f"{len(names)} embedded files were not checked: {', '.join(names[:_SHOWN])}",
            block=block,
        )


def unread(names: Sequence[str]) -> Iterator[Notice]:
    """Parts of a package with text that nothing leads to (DOC015), by name."""
    if names:
        named = "、".join(names[:_SHOWN]) + ("等" if len(names) > _SHOWN else "")
        yield Notice(
            code="DOC015",
            zh=f"文件里有 {len(names)} 个部分没有读到：{named}，文件可能已损坏",
            en=f"{len(names)} parts were not read: {', '.join(names[:_SHOWN])}; the file may be damaged",
        )


def pages_without_text(pages: Sequence[int], total: int) -> Iterator[Notice]:
    """Pages that are only a picture or whose characters cannot be told (DOC003), by number."""
    if pages:
        ranges = page_ranges(pages)
        yield Notice(
            code="DOC003",
            zh=f"共 {total} 页，第 {ranges} 页没有可读的文字，没有检查",
            en=f"pages {ranges.replace('、', ', ')} of {total} have no readable text and were not checked",
        )


def page_ranges(pages: Sequence[int]) -> str:
    """Page numbers for people: 1–3、7."""
    spans: list[list[int]] = []
    for page in sorted(set(pages)):
        if spans and page == spans[-1][1] + 1:
            spans[-1][1] = page
        else:
            spans.append([page, page])
    return "、".join(str(first) if first == last else f"{first}–{last}" for first, last in spans)
