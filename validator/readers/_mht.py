"""The parts of a web archive (RFC 2557): the page, its frames, Word's headers and footers, embedded files.

The MIME structure is split here and not by `email.parser`, which recurses and compares every line with
every boundary that is open; that module reads the headers of the parts.
"""

from __future__ import annotations

import binascii
import html
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import header, message, policy
from email.errors import HeaderParseError
from email.parser import BytesHeaderParser
from urllib.parse import unquote

from validator.model.document import Document
from validator.model.errors import ReadError

from . import _limits
from ._base import Source
from ._html.reader import decoded, document

_MOST_PARTS = 2000
_MOST_DEPTH = 8
_MOST_HEADER = 100_000
_LONGEST = 2000
"""Longer headers with parameters are cut: the library counts quotation marks at every semicolon."""
_BLANK_LINE = re.compile(rb"\r?\n[ \t]*\r?\n|\A\r?\n")
_BEFORE = b"\xef\xbb\xbf \t\r\n"
_PAGES = ("text/html", "application/xhtml+xml")
_ASIDE = ("image/", "text/", "font/", "audio/", "video/", "multipart/")
_NO_FILES = re.compile(
    r".*(?:xml|javascript|ecmascript|officetheme|font|x-shockwave-flash)|application/json", re.IGNORECASE
)
_NO_SUFFIXES = (
    ".thmx",
    ".css",
    ".js",
    ".woff",
    ".woff2",
    ".ttf",
    ".otf",
    ".eot",
    ".wmz",
    ".emz",
    ".gif",
    ".png",
    ".jpg",
)
_HEADERS = ("header.htm", "header.html")


@dataclass(frozen=True, slots=True)
class _Part:
    """A part that is no container: its headers and its bytes as they stand."""

    headers: message.Message
    body: bytes

    @property
    def kind(self) -> str:
        """Its type in lower case."""
        return self.headers.get_content_type().lower()

    @property
    def name(self) -> str:
        """The last word of its address, else its file name."""
        address = str(self.headers.get("Content-Location", "")).strip()
        named = unquote(re.split(r"[/\\\\]", address)[-1]) if address else ""
        return named or _readable(str(self.headers.get_filename() or ""))


def read(source: Source) -> Document:
    """Read a web archive.

    Raises:
        ReadError: damaged, or over a limit.
    """
    data = source.data.lstrip(_BEFORE)
    headers, _ = _head(data, source.path)
    parts = list(_parts(data, source.path))
    root = _root(headers, parts)
    if root is None:
        raise _limits.damaged(source.path, "网页归档里找不到网页", "the web archive holds no page")
    text, encoding = _page(root, source)
    pages = [(text, "")]
    files: list[str] = []
    for part in parts:
        if part is root:
            continue
        if part.kind in _PAGES:
            region = "header" if part.name.lower() in _HEADERS else ""
            pages.append((_page(part, source)[0], region))
        elif _is_file(part):
            files.append(part.name or part.kind)
    subject = _subject(headers)
    if subject and subject not in text:
        pages.append((html.escape(subject), "properties"))
    return document(source.path, pages, form="mht", encoding=encoding, attached=files)


def _head(data: bytes, shown: str) -> tuple[message.Message, bytes]:
    """The headers at the beginning and what follows them."""
    end = _BLANK_LINE.search(data, 0, _MOST_HEADER)
    if end is None and len(data) > _MOST_HEADER:
        raise _broken(shown)
    head, body = (data[: end.start()], data[end.end() :]) if end else (data, b"")
    headers = BytesHeaderParser(policy=policy.compat32).parsebytes(head)
    for name in ("Content-Type", "Content-Disposition"):
        value = str(headers.get(name, ""))
        if len(value) > _LONGEST:
            headers.replace_header(name, value[:_LONGEST])
    return headers, body


def _broken(shown: str) -> ReadError:
    return _limits.damaged(shown, "网页归档的结构已损坏", "the structure of the web archive is damaged")


def _parts(data: bytes, shown: str) -> Iterator[_Part]:
    """All parts that are no containers, in order."""
    waiting: list[tuple[bytes, int]] = [(data, 0)]
    count = 0
    while waiting:
        data, depth = waiting.pop()
        headers, body = _head(data, shown)
        count += 1
        if count > _MOST_PARTS:
            raise _limits.over(shown, f"内部文件超过 {_MOST_PARTS} 个", f"more than {_MOST_PARTS} parts")
        if headers.get_content_maintype() != "multipart":
            yield _Part(headers, body)
            continue
        if depth >= _MOST_DEPTH:
            raise _limits.over(shown, "内部文件嵌套过深", "parts are nested too deeply")
        inner = _split(headers, body, shown)
        waiting.extend((one, depth + 1) for one in reversed(inner))


def _split(headers: message.Message, body: bytes, shown: str) -> list[bytes]:
    boundary = headers.get_boundary()
    if not boundary:
        raise _broken(shown)
    mark = re.escape(boundary.encode("utf-8", "surrogateescape"))
    inner: list[bytes] = []
    start = -1
    for found in re.finditer(rb"^--" + mark + rb"(--)?[ \t]*\r?$", body, re.MULTILINE):
        if start >= 0:
            inner.append(body[start : found.start()])
        if len(inner) > _MOST_PARTS:
            raise _limits.over(shown, f"内部文件超过 {_MOST_PARTS} 个", f"more than {_MOST_PARTS} parts")
        if found[1]:
            return inner
        start = found.end() + 1
    if start >= 0:
        inner.append(body[start:])
        if _head(body[start:], shown)[0].get_content_type().lower() in (*_PAGES, "text/plain"):
            raise _limits.damaged(shown, "网页归档不完整", "the web archive is cut off")
    return inner


def _root(headers: message.Message, parts: list[_Part]) -> _Part | None:
    """The page: the part that the archive starts with, else the first that is one."""
    start = str(headers.get_param("start") or "").strip().strip("<>")
    pages = [one for one in parts if one.kind in _PAGES]
    for part in pages if start else ():
        if str(part.headers.get("Content-ID", "")).strip().strip("<>") == start:
            return part
    return pages[0] if pages else next((one for one in parts if one.kind == "text/plain"), None)


def _page(part: _Part, source: Source) -> tuple[str, str]:
    coding = str(part.headers.get("Content-Transfer-Encoding", "")).strip().lower()
    body = part.body
    if coding == "quoted-printable":
        body = quopri.decodestring(body)
    elif coding == "base64":
        try:
            body = binascii.a2b_base64(body)
        except binascii.Error as error:
            raise _limits.damaged(
                source.path, "网页归档里的网页已损坏", "the page in the web archive is damaged"
            ) from error
    declared = str(part.headers.get_content_charset() or "")
    return decoded(Source(path=source.path, suffix=".html", data=body), declared)


def _is_file(part: _Part) -> bool:
    """Whether a part is a file of its own and does not serve the page."""
    if part.kind.startswith(_ASIDE) or _NO_FILES.fullmatch(part.kind):
        return False
    name = part.name.lower()
    # Word keeps embedded objects in oledata.mso, and only settings in editdata.mso.
    return not name.endswith(_NO_SUFFIXES) and (
        part.kind != "application/x-mso" or name.startswith("oledata")
    )


def _subject(headers: message.Message) -> str:
    """The title that the archive was saved under; old programs write it in GBK as it is."""
    raw = next((str(value) for name, value in headers.raw_items() if name.lower() == "subject"), "")[
        :_LONGEST
    ]
    data = raw.encode("utf-8", "surrogateescape")
    try:
        return _readable(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _readable(data.decode("gb18030", "replace"))


def _readable(value: str) -> str:
    """A header in plain characters."""
    try:
        pieces = header.decode_header(value[:_LONGEST])
        words = [
            one.decode(codec or "utf-8", "replace") if isinstance(one, bytes) else one
            for one, codec in pieces
        ]
    except (HeaderParseError, LookupError, ValueError):
        return value.strip()
    return "".join(words).strip()
