"""The characters of RTF: code pages, character sets of fonts, surrogates, and characters with a name."""

from __future__ import annotations

import codecs
import re
from functools import cache

_CHARSETS = {
    0: "cp1252",
    77: "mac_roman",
    78: "shift_jis",
    79: "cp949",
    80: "gb18030",
    81: "big5",
    128: "cp932",
    129: "cp949",
    130: "johab",
    134: "gb18030",
    136: "cp950",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
    254: "cp437",
    255: "cp850",
}
"""`\\fcharset` of a font, RTF 1.9.1 "Font Table". 1 is the default code page, 2 a font of symbols."""
SYMBOL = "symbol"
_SYMBOL_SET = 2
_OF_PAGE = {
    936: "gb18030",
    54936: "gb18030",
    65001: "utf-8",
    10000: "mac_roman",
    10008: "gb2312",
    0: "cp1252",
}
_WESTERN = ("cp1252", "latin-1")
_PAIRS = re.compile(rb"(?<![\x80-\xff])((?:[\xa1-\xfe][\xa1-\xfe])+)(?![\x80-\xff])")
_DOUBLE = frozenset({"gb18030", "gb2312", "big5", "cp950", "cp932", "shift_jis", "cp949", "johab", "utf-8"})

CHARACTERS = {
    b"tab": "\t",
    b"emdash": "—",
    b"endash": "–",
    b"emspace": "\u2003",
    b"enspace": "\u2002",
    b"qmspace": "\u2005",
    b"bullet": "•",
    b"lquote": "‘",
    b"rquote": "’",
    b"ldblquote": "“",
    b"rdblquote": "”",
    b"zwj": "\u200d",
    b"zwnj": "\u200c",
    b"zwbo": "\u200b",
    b"zwnbo": "\u2060",
    b"ltrmark": "\u200e",
    b"rtlmark": "\u200f",
}
SIGNS = {b"~": "\u00a0", b"_": "-", b"\t": "\t"}
LITERALS = frozenset((b"{", b"}", b"\\"))


@cache
def of_page(number: int) -> str | None:
    """The codec of a Windows code page; None where there is none."""
    for name in (_OF_PAGE.get(number), f"cp{number}"):
        if name:
            try:
                return codecs.lookup(name) and name
            except LookupError:
                continue
    return None


def of_charset(number: int, page: str) -> str:
    """The codec of a font by its character set; `page` is the default of the document."""
    return SYMBOL if number == _SYMBOL_SET else _CHARSETS.get(number, page)


def is_double(codec: str) -> bool:
    """Whether a character of the codec can take more than one byte."""
    return codec in _DOUBLE


def decode(data: bytes, codec: str, page: str, *, final: bool) -> tuple[str, bytes]:
    """Text of bytes, and the first byte of a character that goes on in the next run.

    A western font often holds Chinese, as its writer never set a character set; so what is valid in the
    default code page, or in GBK where that is western, is read as that.
    """
    if not is_double(codec):
        if codec in _WESTERN and not data.isascii():
            return _mixed(data, codec, page if is_double(page) else "gb18030"), b""
        return data.decode(codec, "replace"), b""
    decoder = codecs.getincrementaldecoder(codec)("replace")
    text = decoder.decode(data, final)
    return text, b"" if final else decoder.getstate()[0]


def _mixed(data: bytes, western: str, wide: str) -> str:
    """The whole in `wide`, where it is valid there and has a pair of high bytes, which `“A”` has not; else
    each row of such pairs."""
    try:
        text = data.decode(wide)
    except UnicodeDecodeError:
        pass
    else:
        if wide == "utf-8" or _PAIRS.search(data):
            return text
    rows = (_row(piece, wide if at % 2 else western, western) for at, piece in enumerate(_PAIRS.split(data)))
    return "".join(rows)


def _row(data: bytes, codec: str, western: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return data.decode(western, "replace")
