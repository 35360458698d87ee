"""PDF: text by its place, tables by their lines, page furniture, hidden text, comments, forms, scans."""

from __future__ import annotations

from importlib.util import find_spec

from validator.model.document import Document
from validator.model.errors import ReadError

from ._base import Reader, Source

_SIGN = b"%PDF-"
_SIGN_WITHIN = 1024


def _sniff(source: Source) -> bool:
    # Anything may stand before the sign (ISO 32000-1, annex H, note 13), but not another format.
    head = source.data[:_SIGN_WITHIN]
    return head.startswith(_SIGN) or (_SIGN in head and not head.startswith((b"PK", b"\xd0\xcf\x11\xe0")))


def _read(source: Source) -> Document:
    if find_spec("pypdfium2") is None:
        raise ReadError(
            "DOC008",
            f"{source.path}：这台机器上没有 PDF 读取组件 pypdfium2，请安装后再检查，或提供 .docx",
            f"{source.path}: the PDF component pypdfium2 is not installed; install it or provide a .docx",
        )
    from ._pdf.reader import read

    return read(source)


READER = Reader(
    format="pdf",
    suffixes=(".pdf",),
    sniff=_sniff,
    read=_read,
    binary=True,
    parts=(
        *("body", "table", "header", "footer", "footnote", "comment", "watermark", "annotation"),
        *("properties", "link", "alt", "hidden", "attachment", "picture"),
    ),
)
