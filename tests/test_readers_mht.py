"""Web archives: the page by whatever program saved it, frames, Word's headers, embedded files; hostile MIME."""

from __future__ import annotations

import base64
import contextlib
import quopri
import random
import time
from collections.abc import Iterable
from pathlib import Path

import pytest

from validator.model.document import Document
from validator.model.errors import ReadError
from validator.readers._base import Source
from validator.readers._choose import read_file
from validator.readers.mht import READER

PAGE = """<html xmlns:v="urn:schemas-microsoft-com:vml"><head><title>年终总结</title></head><body>
<h1>白苇县教育局2024年工作总结</h1><h2>一、教育</h2>
<p>在校学生5.2万人，占比98.2%。</p>
<p><img src="report.files/image001.png" alt="操场"></p></body></html>
"""
HEADER = """<html><body><div style='mso-element:footnote-separator' id=fs><p>&nbsp;</p></div>
<div style='mso-element:header' id=h1><p class=MsoHeader>白苇县教育局</p></div>
<div style='mso-element:footer' id=f1><p class=MsoFooter>第1页</p></div></body></html>"""
BOUNDARY = "----=_NextPart_01DB57A0.5F3A1B20"


def part(
    kind: str,
    body: str | bytes,
    *,
    coding: str = "quoted-printable",
    name: str = "",
    more: Iterable[str] = (),
) -> bytes:
    data = body.encode() if isinstance(body, str) else body
    if coding == "quoted-printable":
        data = quopri.encodestring(data)
    elif coding == "base64":
        data = base64.encodebytes(data)
    lines = [f"Content-Type: {kind}", f"Content-Transfer-Encoding: {coding}"]
    lines += [f"Content-Location: file:///C:/1/{name}"] if name else []
    return "\r\n".join([*lines, *more, "", ""]).encode() + data.replace(b"\n", b"\r\n")


def archive(
    *parts: bytes, head: Iterable[str] = ("MIME-Version: 1.0",), kind: str = "multipart/related", more: str = "", end: bool = True
) -> bytes:  # fmt: skip
    lines = [*head, f'Content-Type: {kind};{more}\r\n\tboundary="{BOUNDARY}"', "", "This is a web archive."]
    data = "\r\n".join(lines).encode()
    for one in parts:
        data += f"\r\n--{BOUNDARY}\r\n".encode() + one
    return data + (f"\r\n--{BOUNDARY}--\r\n".encode() if end else b"")


def html(
    text: str = PAGE, charset: str = "utf-8", codec: str = "utf-8", coding: str = "quoted-printable"
) -> bytes:
    return part(f'text/html; charset="{charset}"', text.encode(codec), coding=coding, name="a.htm")


def read(data: bytes) -> Document:
    return READER.read(Source(path="a.mht", suffix=".mht", data=data))


def texts(document: Document, where: str = "body") -> list[str]:
    return [block.text for block in document.blocks if block.part == where]


BODY = ["白苇县教育局2024年工作总结", "一、教育", "在校学生5.2万人，占比98.2%。"]


@pytest.mark.parametrize("coding", ["quoted-printable", "base64", "8bit", "binary"])
@pytest.mark.parametrize(
    ("charset", "codec"), [("utf-8", "utf-8"), ("gb2312", "gb18030"), ("unicode", "utf-16")]
)
def test_codings(coding: str, charset: str, codec: str) -> None:
    if codec == "utf-16":
        coding = "base64"
    document = read(archive(html(charset=charset, codec=codec, coding=coding)))
    assert texts(document) == BODY
    assert document.source == PAGE or document.source.rstrip() == PAGE.rstrip()
    assert document.encoding in ("utf-8", "gb18030", "utf-16-le")
    assert document.title == BODY[0]
    place = document.locate(3, 0, 3)
    assert document.source.split("\n")[place.line - 1][place.column - 1 :].startswith("在校学生")
    assert [(one.code, "一、教育" in one.zh) for one in document.notices] == [("DOC013", True)]


HEADS = {
    "word": ["MIME-Version: 1.0"],
    "wps": ["From: <Saved by WPS>", "Subject: =?utf-8?B?" + base64.b64encode("总结稿".encode()).decode() + "?=", "MIME-Version: 1.0"],
    "chrome": [
        "From: <Saved by Blink>", "Snapshot-Content-Location: https://v.cn/a?b", "Subject: =?utf-8?Q?=E6=80=BB?=",
        "Date: Thu, 26 Dec 2024 09:00:00 -0000", "MIME-Version: 1.0",
    ],
    "explorer": ["From: <\\263 Windows Internet Explorer 8>", "Subject: abc", "mime-version: 1.0", "X-MimeOLE: Produced"],
}  # fmt: skip


@pytest.mark.parametrize("program", HEADS)
@pytest.mark.parametrize("name", ["总结.mht", "总结.mhtml", "总结.doc"])
def test_recognised_by_content(program: str, name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(archive(html(), head=HEADS[program]))
    document = read_file(path, name)
    assert (document.format, texts(document)) == ("mht", BODY)


@pytest.mark.parametrize(
    "data",
    [
        b"<html><p>MIME-Version: 1.0",
        "MIME-Version 说明\n正文".encode(),
        b"From: a\r\nSubject: b\r\nContent-Type: text/plain\r\n\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related",
        b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n",
        b"",
    ],
)
def test_not_recognised(data: bytes) -> None:
    assert not READER.sniff(Source(path="a.txt", suffix=".txt", data=data))


def test_a_page_alone() -> None:
    data = b"MIME-Version: 1.0\r\n" + html()
    assert READER.sniff(Source(path="a.mht", suffix=".mht", data=data))
    assert texts(read(data)) == BODY


def test_root_is_the_part_that_is_named() -> None:
    frame = part("text/html", "<p>广告页</p>", more=["Content-ID: <frame-0>"])
    root = part("text/html", "<p>主页面的正文</p>", more=["Content-ID: <frame-1>"])
    document = read(archive(frame, root, more=' type="text/html"; start="<frame-1>";'))
    assert texts(document) == ["主页面的正文", "广告页"]
    assert document.source.startswith("<p>主页面")
    block = document.blocks[1]
    assert document.source[block.offsets[0] : block.offsets[-1] + 1] == "广告页"


def test_the_other_parts() -> None:
    document = read(
        archive(
            html(),
            part("text/html", HEADER, name="report.files/header.htm"),
            part("text/xml", "<xml>不读</xml>", name="report.files/filelist.xml"),
            part("image/png", b"\x89PNG", coding="base64", name="report.files/image001.png"),
            part("application/x-mso", b"1", coding="base64", name="report.files/oledata.mso"),
            part("application/x-mso", b"1", coding="base64", name="report.files/editdata.mso"),
            part("application/vnd.ms-excel", b"1", coding="base64", name="%E9%99%84%E8%A1%A8.xls"),
            part("text/css", "p{}", name="a.css"),
            head=HEADS["wps"],
        )
    )
    assert texts(document, "header") == ["白苇县教育局"]
    assert texts(document, "footer") == ["第1页"]
    assert texts(document, "attachment") == ["oledata.mso", "附表.xls"]
    assert texts(document, "properties") == ["年终总结", "总结稿"]
    assert texts(document, "alt") == ["操场"]
    assert [one.code for one in document.notices] == ["DOC013", "DOC012"]
    assert texts(document) == BODY


def test_tables_of_several_pages_have_their_own_numbers() -> None:
    table = "<table><tr><td>甲</td><td>乙</td></tr><tr><td>1</td><td>2</td></tr></table>"
    document = read(archive(part("text/html", table), part("text/html", table)))
    assert sorted({block.cell.table for block in document.blocks if block.cell}) == [1, 2]


def test_nested_alternative() -> None:
    inner = 'Content-Type: multipart/alternative; boundary="x"\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\n纯文本\r\n--x\r\n'.encode()
    inner += part("text/html", "<p>网页的正文</p>") + b"\r\n--x--\r\n"
    assert texts(read(archive(inner))) == ["网页的正文"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (archive(), "DOC001"),
        (archive(part("image/png", b"1")), "DOC001"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n--a\r\n", "DOC001"),
        (archive(html()[:-90], end=False), "DOC001"),
        (archive(part("text/html", b"\0\xff\xfe\xff", coding="base64")), "DOC001"),
        (archive(part("text/html", b"A", coding="x").replace(b"Encoding: x", b"Encoding: base64")), "DOC001"),
        (archive(*[b"\r\n\r\nx"] * 2500), "DOC007"),
        (
            b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=a\r\n" + b"X: y\r\n" * 50_000,
            "DOC001",
        ),
    ],
)
def test_refused(data: bytes, code: str) -> None:
    with pytest.raises(ReadError) as caught:
        read(data)
    assert caught.value.code == code


def test_a_picture_that_is_cut_off_does_no_harm() -> None:
    assert texts(read(archive(html(), part("image/png", b"1", coding="base64"), end=False))) == BODY


def test_deep_nesting_ends() -> None:
    data = b""
    for depth in range(3000):
        data += b'Content-Type: multipart/related; boundary="b%d"\r\n\r\n--b%d\r\n' % (depth, depth)
    with pytest.raises(ReadError) as caught:
        read(b"MIME-Version: 1.0\r\n" + data)
    assert caught.value.code == "DOC007"


def test_long_headers_take_no_time() -> None:
    start = time.perf_counter()
    with contextlib.suppress(ReadError):
        read(
            b'MIME-Version: 1.0\r\nContent-Type: multipart/related; a="'
            + b";" * 90_000
            + b"; boundary=x\r\n\r\n--x\r\n"
        )
    with contextlib.suppress(ReadError):
        read(archive(html(), head=["Subject: " + "=?" * 40_000, "MIME-Version: 1.0"]))
    assert time.perf_counter() - start < 60, "a guard against a hang, not a measurement"


def test_damaged() -> None:
    sound = archive(html(), part("text/html", HEADER, name="header.htm"), head=HEADS["wps"])
    for seed in range(300):
        chance = random.Random(seed)
        data = bytearray(sound)
        for _ in range(chance.randint(1, 12)):
            at = chance.randrange(len(data))
            data[at : at + chance.randint(0, 3)] = bytes(
                chance.randrange(256) for _ in range(chance.randint(0, 3))
            )
        with contextlib.suppress(ReadError):
            read(bytes(data[: chance.randint(1, len(data))] if seed % 4 == 0 else data))
