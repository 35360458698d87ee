"""Whatever the text, every character of every block stands where its offset says; and no input is a crash."""

from __future__ import annotations

import io
import random
import time
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validator.model.document import Document
from validator.model.errors import ReadError
from validator.readers import docx, html, markdown, txt
from validator.readers._base import Reader, Source

READERS = {one.READER.format: one.READER for one in (txt, markdown, html)}
TOKENS = [
    "\n",
    "\n\n",
    "\t",
    "\x0b",
    "\u3000\u3000",
    "|",
    "|---|",
    "#",
    "##",
    "-",
    ">",
    "```",
    "`",
    "*",
    "**",
    "***",
    "_",
    "__",
    "~~",
    "[",
    "]",
    "(",
    ")",
    "!",
    "<",
    ">",
    "<!--",
    "-->",
    "&times;",
    "&nbsp;",
    "&amp",
    "&#;",
    "&",
    "\\",
    '"',
    "'",
    "=",
    "==",
    "---",
    "<td>",
    "</td>",
    "<tr>",
    "<table>",
    "</table>",
    "<p>",
    "</p>",
    "<br>",
    "<div>",
    "</div>",
    "<title>",
    "</title>",
    "<script>",
    "</script>",
    "<![",
    "<?",
    "<h2>",
    "https://a.cn",
    "<a@b.cn>",
    "X人",
    "12",
    "%",
    "一、",
    "（一）",
    "1.",
    "第1页",
    "第2页",
    "工作总结",
    "教育",
    "增长",
    "。",
    "，",
    "；",
    "𠮷",
    "deep",
    "word",
    "[x]",
    "a\tb\n",
    "c\td\n",
]
PIECES = [
    *TOKENS,
    " ",
    "    ",
    "\r\n",
    "<p hidden>",
    '<td rowspan="2">',
    '<a href="https://a.cn?b=1&amp;c=2">',
    "\u2028",
]


def read(reader: Reader, text: str) -> Document:
    return reader.read(Source(path="a", suffix=reader.suffixes[0], data=text.encode()))


def assert_places(document: Document) -> None:
    for at, block in enumerate(document.blocks):
        assert len(block.offsets) == max(1, len(block.text))
        assert list(block.offsets) == sorted(block.offsets)
        for index, char in enumerate(block.text):
            start = block.offsets[index]
            raw = document.source[start : start + block.widths.get(index, 1)]
            assert (
                raw in (char, "\\" + char)
                or raw[0] in "&<"
                or (char == " " and not raw.strip(" \t\n>"))  # lines of a quotation are joined by a blank
                or (char == " " and not raw.strip())
                or "<" in raw
            )
        for start in (0, len(block.text)):
            document.locate(at, start, len(block.text))


@pytest.mark.parametrize("name", sorted(READERS))
@settings(max_examples=200, deadline=None)
@given(pieces=st.lists(st.sampled_from(PIECES), max_size=50))
def test_places(name: str, pieces: list[str]) -> None:
    assert_places(read(READERS[name], "".join(pieces)))


@pytest.mark.parametrize("name", sorted(READERS))
@settings(max_examples=100, deadline=None)
@given(text=st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=200))
def test_any_text(name: str, text: str) -> None:
    assert_places(read(READERS[name], text))


@pytest.mark.parametrize("name", sorted(READERS))
@pytest.mark.parametrize(
    "unit",
    [
        "[",
        "*a ",
        "**名 ",
        "` ``",
        "<a ",
        '<a "',
        "<!--",
        "&#",
        "<div>",
        "</p>",
        "<title>",
        "| ",
        "教育\n",
        "<b>",
    ],
)
def test_long_hostile_text_is_linear(name: str, unit: str) -> None:
    started = time.perf_counter()
    read(READERS[name], unit * (60_000 // len(unit)))
    assert time.perf_counter() - started < 60, "a guard against a hang, not a measurement"


def small_docx() -> bytes:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "_rels/.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            '<Relationship Id="a" '
            'Type="http://x/officeDocument" Target="word/document.xml"/></Relationships>',
        )
        body = "<w:p><w:r><w:t>正文</w:t></w:r></w:p>" * 20
        archive.writestr(
            "word/document.xml", f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>'
        )
    return stream.getvalue()


def test_damaged_packages_are_read_errors() -> None:
    good = small_docx()
    rng = random.Random(7)
    codes: set[str] = set()
    for _ in range(400):
        data = bytearray(good)
        for _ in range(rng.randint(1, 6)):
            data[rng.randrange(len(data))] = rng.randrange(256)
        try:
            docx.READER.read(Source(path="a.docx", suffix=".docx", data=bytes(data)))
        except ReadError as error:
            codes.add(error.code)
    assert codes <= {"DOC001", "DOC002", "DOC007"}
