"""Decoding: every encoding that reports come in, and everything that is no text."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.text.encodings import decode

TEXT = "江陵县教育局2023年工作总结\n全县在校学生5.2万人，占比（  ）%。\n"
CODECS = ("utf-8", "gb18030", "utf-16-le", "utf-16-be")
SENTENCES = (
    "全县各级各类学校共有教职工三千余人。",
    "我们坚持把教育放在优先发展的位置，",
    "新增学位1,200个；投入XX万元，",
    "下一步，重点做好以下工作：",
    "科技创新能力不断提高，增长5.6%。\n",
    "经常参加体育锻炼人数比例达到 ** %。\r\n",
)


@pytest.mark.parametrize("codec", CODECS)
def test_without_mark(codec: str) -> None:
    assert decode(TEXT.encode(codec)) == (TEXT, codec)


@pytest.mark.parametrize(
    ("mark", "codec", "name"),
    [
        (codecs.BOM_UTF8, "utf-8", "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16-be"),
        (b"\x84\x31\x95\x33", "gb18030", "gb18030"),
    ],
)
def test_mark_is_dropped(mark: bytes, codec: str, name: str) -> None:
    assert decode(mark + TEXT.encode(codec)) == (TEXT, name)


@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=12), st.sampled_from(CODECS))
def test_round_trip(sentences: list[str], codec: str) -> None:
    text = "".join(sentences)
    assert decode(text.encode(codec)) == (text.replace("\r\n", "\n"), codec)


@given(st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=126), max_size=60))
def test_ascii_is_utf8(text: str) -> None:
    assert decode(text.encode()) == (text, "utf-8")


@pytest.mark.parametrize("text", ["", "a", "X", "5%", "abc\n", "é", "中", "中文", "全县", "×××"])
def test_short_utf8(text: str) -> None:
    assert decode(text.encode()) == (text, "utf-8")


@pytest.mark.parametrize("text", ["江陵县", "在校学生人数", "教育科技体育局2021年工作总结"])
def test_short_gb18030(text: str) -> None:
    assert decode(text.encode("gb18030")) == (text, "gb18030")


def test_rare_and_traditional_characters() -> None:
    text = "䶮江縣教育局工作總結：在校學生人數為五萬人，𠮷安學校。"
    assert decode(text.encode("gb18030")) == (text, "gb18030")
    assert decode(text.encode("utf-16-le")) == (text, "utf-16-le")


def test_line_ends_become_lf() -> None:
    assert decode("一\r\n二\r三\n".encode())[0] == "一\n二\n三\n"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode() * 20 + b"\xff" + TEXT.encode(),
        (TEXT * 3).encode()[:-2],
        TEXT.encode() * 10 + TEXT.encode("gb18030"),
        TEXT.encode("gb18030")[1:],
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 4,
        b"text with \x00 a NUL",
        TEXT.encode() + b"\x00",
        bytes(range(1, 32)) * 8,
        codecs.BOM_UTF8 + b"\xff\xfe",
        codecs.BOM_UTF16_LE + b"\x00",
        b"\x00" * 64,
    ],
)
def test_no_text(data: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        decode(data)
