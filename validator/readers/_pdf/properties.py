"""Properties of a PDF: its information dictionary and its XMP packets."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from .pdfium import string

_NAMES = (
    *("Title", "Author", "Subject", "Keywords", "Creator", "Producer"),
    *("Company", "Manager", "Category", "Comments", "Publisher", "Source"),
)
_METADATA = re.compile(rb"/Type\s*/Metadata\b")
_STREAM = re.compile(rb"stream\r?\n")
_MOST_PACKETS = 20
_MOST_BYTES = 2_000_000
_WANTED = frozenset(
    (
        *("title", "creator", "description", "subject", "publisher", "rights", "contributor", "source"),
        *("Keywords", "Company", "Manager", "CreatorTool", "Producer", "AuthorsPosition", "CaptionWriter"),
        *("Credit", "Headline", "Instructions", "WebStatement", "Owner", "UsageTerms", "category", "Label"),
    )
)


def information(handle: Any) -> dict[str, str]:
    """The information dictionary: known names with their values."""
    found: dict[str, str] = {}
    for name in _NAMES:
        text = _entry(handle, name.encode())
        if text:
            found[name] = text
    return found


def _entry(handle: Any, name: bytes) -> str:
    return string(lambda buffer, size: pdfium.FPDF_GetMetaText(handle, name, buffer, size)).strip()


def packets(data: bytes) -> Iterator[str]:
    """Texts of the XMP packets of a file; PDFium does not give them. A broken packet says nothing."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=True)
    for packet in _packets(data):
        root = etree.fromstring(packet, parser)
        for element in root.iter() if root is not None else ():
            if not isinstance(element.tag, str):
                continue
            for name, value in element.attrib.items():
                if _local(str(name)) in _WANTED and str(value).strip():
                    yield str(value).strip()
            if _local(element.tag) in _WANTED:
                for text in element.itertext():
                    if str(text).strip():
                        yield str(text).strip()


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _packets(data: bytes) -> Iterator[bytes]:
    count = 0
    start = data.find(b"<x:xmpmeta")
    while start >= 0 and count < _MOST_PACKETS:
        end = data.find(b"</x:xmpmeta>", start, start + _MOST_BYTES)
        if end < 0:
            break
        yield data[start : end + len(b"</x:xmpmeta>")]
        count += 1
        start = data.find(b"<x:xmpmeta", end)
    if count:
        return
    for match in _METADATA.finditer(data):
        stream = _STREAM.search(data, match.end(), match.end() + 500)
        if stream is None or count >= _MOST_PACKETS:
            continue
        count += 1
        try:
            inner = zlib.decompressobj().decompress(
                data[stream.end() : stream.end() + _MOST_BYTES], _MOST_BYTES
            )
        except zlib.error:
            continue
        found = inner.find(b"<x:xmpmeta")
        if found >= 0:
            yield inner[found : inner.rfind(b">") + 1]
