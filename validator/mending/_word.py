"""Word documents: what takes vendor text out of them, and the file without it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import partial

from validator.mending._aside import link_change, property_change, watermark_changes
from validator.mending._model import Change, Edit, Left, Passage, Plan
from validator.mending._paragraphs import paragraph_change
from validator.mending._parts import Parts
from validator.mending._site import Site
from validator.mending._words import merged, significant
from validator.mending._xmlbytes import UneditableError
from validator.model.errors import UserError
from validator.model.words import Bilingual
from validator.ooxmlzip import UnchangeableError, rewritten
from validator.readers._base import Source
from validator.readers._word.reader import read_traced

_TIED = Bilingual("请在 Word 或 WPS 中处理", "edit it in Word")
_BESIDE = Bilingual(
    "和报告自己的内容连在一起，请人工处理", "it stands beside the report's own text; a person must look"
)
_TEXTS = frozenset(("body", "header", "footer", "textbox", "footnote", "endnote", "comment"))
_SIGNATURES = "_xmlsignatures/"


class Word:
    """A Word file, opened to be changed."""

    def __init__(self, data: bytes, shown: str, suffix: str) -> None:
        self.document, package = read_traced(Source(path=shown, suffix=suffix, data=data))
        self._data = data
        self._shown = shown
        if any(one.startswith(_SIGNATURES) for one in package.members):
            raise UserError(
                f"{shown}：文件有数字签名，一改签名就失效，所以没有改；请先移除签名",
                f"{shown}: the file is signed and any change would break the signature; remove that first",
            )
        self._parts = Parts(package)
        self._site = Site(self.document, self._parts)

    def plan(self, passages: Sequence[Passage]) -> Plan:
        """The changes in the order of the blocks, and the findings that no change takes out."""
        site = self._site
        site.mark(passages)
        banned = {one.block for one in passages}
        changes: list[Change] = []
        for paragraph, atoms in site.content.items():
            if any(one.block in banned and not site.is_watermark(one) for one in atoms):
                changes += _made(partial(paragraph_change, site, paragraph))
        changes += _made(partial(watermark_changes, site))
        for passage in self._beside(passages, _removed(changes)):
            make = link_change if site.document.blocks[passage.block].part == "link" else property_change
            changes += _made(partial(make, site, passage))
        done = _removed(changes)
        left = [
            Left(finding=one.finding, why=self._why(one)) for one in passages if not self._is_done(one, done)
        ]
        changes.sort(key=lambda one: one.removed)
        return Plan(changes=tuple(changes), left=tuple(left))

    def without(self, edits: Sequence[Edit]) -> bytes:
        """The file without these bytes of its parts.

        Raises:
            UserError: the archive is written so that its members cannot be replaced.
        """
        by_part: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for one in edits:
            by_part[one.part].append((one.start, one.end))
        changed = {part: _cut(self._parts.bytes_of(part).data, spans) for part, spans in by_part.items()}
        try:
            return rewritten(self._data, changed)
        except UnchangeableError:
            raise UserError(
                f"{self._shown}：文件的打包方式特殊，没法只改一处；请用 Word 或 WPS 另存后再运行",
                f"{self._shown}: packed in an unusual way, so that no single place can be changed; "
                "save it again in Word first",
            ) from None

    def _beside(self, passages: Sequence[Passage], done: set[tuple[int, int]]) -> list[Passage]:
        """One passage of each block of links and properties that is still there."""
        found = {
            one.block: one
            for one in passages
            if self.document.blocks[one.block].part in ("link", "properties") and not self._is_done(one, done)
        }
        return list(found.values())

    def _why(self, one: Passage) -> Bilingual:
        return _BESIDE if self.document.blocks[one.block].part in _TEXTS else _TIED

    def _is_done(self, one: Passage, done: set[tuple[int, int]]) -> bool:
        text = self.document.blocks[one.block].text
        return all((one.block, at) in done for at in range(one.start, one.end) if significant(text[at]))


def _made(make: Callable[[], Iterable[Change]]) -> list[Change]:
    try:
        return list(make())
    except UneditableError:
        return []


def _removed(changes: Iterable[Change]) -> set[tuple[int, int]]:
    return {(block, at) for one in changes for block, start, end in one.removed for at in range(start, end)}


def _cut(data: bytes, spans: Iterable[tuple[int, int]]) -> bytes:
    pieces, done = [], 0
    for start, end in merged(spans):
        pieces.append(data[done:start])
        done = end
    return b"".join([*pieces, data[done:]])
