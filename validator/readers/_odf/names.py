"""OpenDocument files: a package of XML or one flat file, opened with limits; short names of its tags."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import unquote

from .. import _limits
from .. import _ooxml as ox
from .._base import Source

if TYPE_CHECKING:
    from lxml.etree import _Element

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_SPACES = {
    "office": f"{_OASIS}office:1.0",
    "style": f"{_OASIS}style:1.0",
    "text": f"{_OASIS}text:1.0",
    "table": f"{_OASIS}table:1.0",
    "draw": f"{_OASIS}drawing:1.0",
    "fo": f"{_OASIS}xsl-fo-compatible:1.0",
    "svg": f"{_OASIS}svg-compatible:1.0",
    "meta": f"{_OASIS}meta:1.0",
    "chart": f"{_OASIS}chart:1.0",
    "form": f"{_OASIS}form:1.0",
    "manifest": f"{_OASIS}manifest:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
    "xml": "http://www.w3.org/XML/1998/namespace",
    "dc": "http://purl.org/dc/elements/1.1/",
    "math": "http://www.w3.org/1998/Math/MathML",
    "field": "urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0",
    "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
}
_PREFIXES = {space: prefix for prefix, space in _SPACES.items()}
_MOST_NAMES = 20_000
TEXT_TYPE = "application/vnd.oasis.opendocument.text"


class _Names(dict[object, str]):
    """Short names by tag; the same few tags come again and again."""

    def __missing__(self, tag: object) -> str:
        space, _, local = tag[1:].partition("}") if isinstance(tag, str) and tag[:1] == "{" else ("", "", "")
        short = f"{_PREFIXES.get(space, '')}:{local}"
        if len(self) < _MOST_NAMES:
            self[tag] = short
        return short


_NAMES = _Names()


def name(element: _Element) -> str:
    """Tag with its usual prefix: `text:p`."""
    return _NAMES[element.tag]


@cache
def clark(wanted: str) -> str:
    """The full name of a short one."""
    prefix, _, local = wanted.partition(":")
    return f"{{{_SPACES[prefix]}}}{local}"


def get(element: _Element, wanted: str) -> str:
    """Value of an attribute by its short name; "" where it is not set."""
    return element.get(clark(wanted)) or ""


def whole(element: _Element, wanted: str, default: int = 1) -> int:
    """A whole number of an attribute; `default` where it is none, also for absurd ones."""
    found = ox.number(get(element, wanted))
    return default if found is None else found


def child(element: _Element | None, *path: str) -> _Element | None:
    """The first child by these short names, one level for each."""
    for wanted in path:
        if element is None:
            return None
        element = element.find(clark(wanted))
    return element


def text_of(element: _Element) -> str:
    """All text inside."""
    return "".join(str(one) for one in element.itertext())


@dataclass(slots=True, kw_only=True)
class Parts:
    """The XML of one document. In a flat file all roots are the same element."""

    shown: str
    content: _Element
    styles: _Element | None
    meta: _Element | None
    package: ox.Package | None

    def object(self, element: _Element) -> _Element | None:
        """Root of the document inside a `draw:object`: a chart, a formula; None where it is none of XML."""
        inner = next((one for one in element if name(one) in ("office:document", "math:math")), None)
        if inner is not None or self.package is None:
            return inner
        folder = posixpath.normpath(unquote(get(element, "xlink:href")).lstrip("/"))
        part = posixpath.join(folder, "content.xml")
        return self.package.xml(part) if self.package.has(part) else None


def opened(source: Source) -> Parts:
    """Open a text document.

    Raises:
        ReadError: damaged, encrypted, over a limit, or another kind of document.
    """
    parts = _packed(source) if source.data.startswith(b"PK") else _flat(source)
    if child(parts.content, "office:body", "office:text") is None:
        raise _limits.damaged(source.path, "不是 ODT 文档（找不到正文）", "not an OpenDocument text")
    return parts


def _packed(source: Source) -> Parts:
    package = ox.Package(source.data, source.path)
    if package.has("META-INF/manifest.xml"):
        manifest = package.xml("META-INF/manifest.xml")
        if next(manifest.iter(clark("manifest:encryption-data")), None) is not None:
            raise _limits.encrypted(source.path)
    return Parts(
        shown=source.path,
        content=package.xml("content.xml"),
        styles=package.xml("styles.xml") if package.has("styles.xml") else None,
        meta=package.xml("meta.xml") if package.has("meta.xml") else None,
        package=package,
    )


def _flat(source: Source) -> Parts:
    from lxml import etree

    # huge_tree: pictures stand in the text of a flat file. Its size is limited, its depth by the walk.
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=True,
        collect_ids=False,
        remove_comments=True,
        remove_pis=True,
    )
    if len(source.data) > _limits.MOST_MEMBER_BYTES:
        raise _limits.over(source.path, "文件过大", "too large")
    try:
        root = etree.fromstring(source.data.strip(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _limits.damaged(source.path, "不是有效的 XML", "not valid XML") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise _limits.damaged(source.path, "含有 DTD，已拒绝", "holds a DTD, refused")
    return Parts(shown=source.path, content=root, styles=root, meta=root, package=None)
