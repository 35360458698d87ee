"""PDFium by its C interface: documents and pages that are closed whatever happens, and its strings.

PDFium is not thread-safe; reports are read in processes, never in threads.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from .. import _limits
from .._base import Source

MOST_PAGES = 2000
MOST_STRING_BYTES = 4 * 1024 * 1024
_LOCKED = (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)


@contextmanager
def document(source: Source) -> Iterator[Any]:
    """An open document; an owner's password does not matter, only one that is needed for reading.

    Raises:
        ReadError: encrypted (DOC002), damaged (DOC001) or too many pages (DOC007).
    """
    handle = pdfium.FPDF_LoadMemDocument64(source.data, len(source.data), None)
    if not handle:
        if pdfium.FPDF_GetLastError() in _LOCKED:
            raise _limits.encrypted(source.path)
        raise _limits.damaged(
            source.path, "PDF 文件已损坏，打不开", "the PDF is damaged and cannot be opened"
        )
    try:
        if pdfium.FPDF_GetPageCount(handle) > MOST_PAGES:
            raise _limits.over(source.path, f"超过 {MOST_PAGES} 页", f"more than {MOST_PAGES} pages")
        yield handle
    finally:
        pdfium.FPDF_CloseDocument(handle)


@contextmanager
def page(handle: Any, index: int, shown: str) -> Iterator[tuple[Any, Any]]:
    """A page and its text page; `index` counts from 0.

    Raises:
        ReadError: the page cannot be loaded (DOC001).
    """
    loaded = pdfium.FPDF_LoadPage(handle, index)
    if not loaded:
        raise _limits.damaged(shown, f"第 {index + 1} 页已损坏", f"page {index + 1} is damaged")
    try:
        text = pdfium.FPDFText_LoadPage(loaded)
        if not text:
            raise _limits.damaged(shown, f"第 {index + 1} 页已损坏", f"page {index + 1} is damaged")
        try:
            yield loaded, text
        finally:
            pdfium.FPDFText_ClosePage(text)
    finally:
        pdfium.FPDF_ClosePage(loaded)


@contextmanager
def forms(handle: Any) -> Iterator[Any]:
    """The form environment of a document, which gives field values with their inheritance."""
    info = pdfium.FPDF_FORMFILLINFO(version=2)
    form = pdfium.FPDFDOC_InitFormFillEnvironment(handle, info)
    try:
        yield form
    finally:
        if form:
            pdfium.FPDFDOC_ExitFormFillEnvironment(form)


def string(call: Callable[[Any, int], int], *, encoding: str = "utf-16-le") -> str:
    """What a function writes that is called with a buffer and its length in bytes; "" where there is
    nothing or where it is absurdly long."""
    size = int(call(None, 0))
    if not 0 < size <= MOST_STRING_BYTES:
        return ""
    buffer = ctypes.create_string_buffer(size)
    call(ctypes.cast(buffer, ctypes.c_void_p), size)
    return buffer.raw[:size].decode(encoding, "replace").rstrip("\0")


def wide(call: Callable[[Any, int], int]) -> str:
    """As `string`, for functions whose buffer is declared as wide characters."""
    return string(lambda buffer, size: call(ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR)), size))


def marked(call: Callable[[Any, int, Any], Any]) -> str:
    """As `wide`, for the functions about marks, which give the length through a pointer."""
    needed = ctypes.c_ulong()

    def measured(buffer: Any, size: int) -> int:
        return int(needed.value) if call(buffer, size, needed) else 0

    return wide(measured)
