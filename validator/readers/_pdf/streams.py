"""Whether a PDF is all there: PDFium mends what it can and says nothing about text that is lost.

Compressed streams are unpacked once, without keeping anything: a broken one is damage, a huge one is a
bomb. Fonts are looked at too, for a broken one loses its characters; pictures are not.
"""

from __future__ import annotations

import re
import zlib

from validator.model.errors import ReadError

from .. import _limits
from .._base import Source

_STREAM = re.compile(rb">>\s*stream\r?\n")
_FILTER = re.compile(rb"/Filter\s*\[?\s*/(?:FlateDecode|Fl)\b")
_NO_TEXT = re.compile(rb"/Image\b|/EmbeddedFile\b")
_LENGTH = re.compile(rb"/Linearized\b.{0,200}?/L\s+(\d{1,12})", re.DOTALL)
_DICTIONARY = 2000
_TAIL = 2048
_STEP = 1 << 20


def check(source: Source) -> None:
    """Look through the file as it stands.

    Raises:
        ReadError: a broken stream or a file that was cut off (DOC001); too much when unpacked (DOC007).
    """
    data = source.data
    whole = _LENGTH.search(data, 0, _TAIL)
    if whole and int(whole[1]) > len(data):
        raise cut_off(source.path)
    if b"/Encrypt" in data:
        return
    total = 0
    for match in _STREAM.finditer(data):
        start = data.rfind(b"obj", max(0, match.start() - _DICTIONARY), match.start())
        head = data[max(start, match.start() - _DICTIONARY) : match.start()]
        if start >= 0 and _FILTER.search(head) and not _NO_TEXT.search(head):
            total += _unpacked(source, match.end(), _limits.MOST_BYTES - total)


def is_cut_off(source: Source) -> bool:
    """Whether the end of the file is missing; only told of files whose table of objects is broken."""
    return b"%%EOF" not in source.data[-_TAIL:]


def cut_off(shown: str) -> ReadError:
    """The error for a file without its end."""
    return _limits.damaged(
        shown, "PDF 文件不完整，后面的内容缺失", "the PDF is incomplete, its end is missing"
    )


def _unpacked(source: Source, start: int, most: int) -> int:
    """Size of a stream when unpacked. One without its checksum is let pass: some programs leave it out."""
    most = min(most, _limits.MOST_MEMBER_BYTES)
    end = source.data.find(b"endstream", start)
    view = memoryview(source.data)[start : end if end >= 0 else None]
    unpacker = zlib.decompressobj()
    total = 0
    try:
        for at in range(0, len(view), _STEP):
            chunk: bytes | memoryview = view[at : at + _STEP]
            while chunk and not unpacker.eof:
                total += len(unpacker.decompress(chunk, _STEP))
                chunk = unpacker.unconsumed_tail
                if total > most:
                    raise _limits.over(
                        source.path, f"解压后超过 {most >> 20} MB", f"more than {most >> 20} MB when unpacked"
                    )
    except zlib.error as error:
        raise _limits.damaged(source.path, "PDF 里有损坏的内容", "the PDF holds damaged content") from error
    return total
