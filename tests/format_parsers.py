"""Every format as its reader reads it: the texts that are shown, with all escapes taken back.

A reader fails where the output is not what the format asks for, or where a text of a document became part
of its structure. `SHOWN` has one for each format; a new format needs one here.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote_to_bytes

from lxml import etree
from markdown_it import MarkdownIt

from validator.text.escape import visible

_COMMAND = re.compile(r"::(error|warning|notice) ((?:\w+=[^,:]*,)*\w+=[^,:]*)::(.*)")
_ESCAPES = {"%3A": ":", "%2C": ",", "%0D": "\r", "%0A": "\n", "%25": "%"}
_KEYS = {"file", "line", "col", "endLine", "endColumn", "title"}
_XML = {
    "junit": {"testsuites", "testsuite", "testcase", "failure", "error", "skipped", "system-out"},
    "checkstyle": {"checkstyle", "file", "error"},
}
_MARKDOWN = {
    "h2", "h3", "p", "strong", "code", "table", "thead", "tbody", "tr", "th", "td", "details", "summary", "sub",
    "blockquote",
}  # fmt: skip


def texts_of(value: Any) -> Iterator[str]:
    """All strings of a JSON value, keys included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, one in value.items():
            yield key
            yield from texts_of(one)
    elif isinstance(value, list):
        for one in value:
            yield from texts_of(one)


def _json(out: str) -> Iterator[str]:
    yield from texts_of(json.loads(out))


def _jsonl(out: str) -> Iterator[str]:
    for row in out.split("\n")[:-1]:
        yield from texts_of(json.loads(row))


def _sarif(out: str) -> Iterator[str]:
    for one in texts_of(json.loads(out)):
        yield one.replace("{{", "{").replace("}}", "}")
        yield re.sub(r"\\([\\\[\]])", r"\1", one)
    for one in re.findall(r'"uri": "([^"]*)"', out):
        yield visible(unquote_to_bytes(one).decode(errors="surrogateescape"))


def _xml(name: str) -> Callable[[str], Iterator[str]]:
    def shown(out: str) -> Iterator[str]:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        root = etree.fromstring(out.encode(), parser)
        assert {one.tag for one in root.iter() if isinstance(one.tag, str)} <= _XML[name]
        assert root.getroottree().docinfo.internalDTD is None
        for one in root.iter():
            yield from (one.text or "", one.tail or "", *map(str, one.attrib.values()))

    return shown


def commands(out: str) -> Iterator[tuple[str, dict[str, str], str]]:
    """The commands of a log as the runner of GitHub reads them: name, properties, message."""

    def plain(text: str) -> str:
        for escape, char in _ESCAPES.items():
            text = text.replace(escape, char)
        return text

    for row in out.split("\n"):
        if row.strip().startswith("::"):
            match = _COMMAND.fullmatch(row)
            assert match, row
            properties = dict(one.split("=", 1) for one in match[2].split(","))
            assert set(properties) <= _KEYS
            yield match[1], {key: plain(value) for key, value in properties.items()}, plain(match[3])


def _github(out: str) -> Iterator[str]:
    *rows, last, end = out.split("\n")
    assert end == ""
    assert not last.strip().startswith("::")
    found = list(commands(out))
    assert len(found) == len(rows)
    for _, properties, message in found:
        yield from (*properties.values(), message)


def _csv(out: str) -> Iterator[str]:
    head, *rows = csv.reader(io.StringIO(out, newline=""))
    for row in rows:
        assert len(row) == len(head)
        assert not any(cell[:1] in {"=", "@", "\t", "\r"} for cell in row)
        yield from (cell.removeprefix("'") for cell in row)


class _Page(HTMLParser):
    """Elements, attributes, texts, and what stands outside of code."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.attributes: list[tuple[str, str, str]] = []
        self.texts: list[str] = []
        self.outside = ""
        self._open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        self._open.append(tag)
        self.texts.append("")

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            continue
        self.texts.append("")

    def handle_data(self, data: str) -> None:
        if self._open[-1:] not in (["script"], ["style"]):
            self.texts[-1:] = ["".join(self.texts[-1:]) + data]
        if not {"code", "script", "style"}.intersection(self._open):
            self.outside += data


def _markdown(out: str) -> Iterator[str]:
    page = _Page(MarkdownIt("gfm-like").render(out))
    assert page.found <= _MARKDOWN
    assert {name for _, name, _ in page.attributes} <= {"open"}
    assert not re.search(r"@\w|://", page.outside)
    yield from page.texts


def _html(out: str) -> Iterator[str]:
    page = _Page(out)
    assert not {"img", "iframe", "object", "embed", "base"} & page.found
    for _, name, value in page.attributes:
        assert not name.startswith("on")
        assert name not in ("action", "formaction")
        assert not value.strip().lower().startswith(("javascript:", "http://x", "data:text"))
    assert "alert(1)" not in "".join(re.findall(r"(?s)<script[^>]*>(.*?)</script>", out))
    yield from page.texts
    yield from (value for *_, value in page.attributes)


def _xlsx(out: str) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(out.encode(errors="surrogateescape"))) as book:
        for name in book.namelist():
            root = etree.fromstring(book.read(name))
            assert not list(root.iter("{*}f", "{*}ddeLink", "{*}oleObject"))
            if name.endswith(".rels"):
                targets = [
                    one.get("Target", "") for one in root.iter() if one.get("TargetMode") == "External"
                ]
                assert not [one for one in targets if one.startswith("http://x")]
            for one in root.iter("{*}t"):
                yield re.sub("_x([0-9A-Fa-f]{4})_", lambda code: chr(int(code[1], 16)), one.text or "")


def _console(out: str) -> Iterator[str]:
    out = out.replace("\\x3a", ":")
    yield from out.split("\n")
    yield re.sub(r"\n *", "", out)


SHOWN: dict[str, Callable[[str], Iterator[str]]] = {
    "checkstyle": _xml("checkstyle"),
    "console": _console,
    "csv": _csv,
    "github": _github,
    "gitlab": _json,
    "html": _html,
    "json": _json,
    "jsonl": _jsonl,
    "junit": _xml("junit"),
    "markdown": _markdown,
    "rdjson": _json,
    "sarif": _sarif,
    "xlsx": _xlsx,
}
