"""Decoding of text files: UTF-8, GB18030 and UTF-16, with or without a byte order mark."""

from __future__ import annotations

from functools import cache

# The characters that fill half of any Chinese text; the wider list is level 1 of GB 2312.
_TOP = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学"
    "法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外"
    "天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很"
    "情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别教"
)
_MARKS = frozenset("，。、；：？！“”‘’（）《》【】〔〕—…·％×＋－　＿「」『』①②③④⑤→□■●○√‰〇")
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8", "utf-8-sig"),
    (b"\xff\xfe", "utf-16-le", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be", "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030", "gb18030"),
)
_GUESSES = ("gb18030", "utf-16-le", "utf-16-be")
_SAMPLE = 20_000
_PLAUSIBLE = 0.45
_SURE = 0.7
_CONTROL_SHARE = 0.01
_DAMAGE_RATIO = 10
_CERTAIN = 16
"""So many characters of several bytes are valid UTF-8 by chance in no other encoding."""


def decode(data: bytes) -> tuple[str, str]:
    """Text and encoding name of a text file; the byte order mark is dropped, line ends become LF.

    Raises:
        ValueError: when the bytes are no text in any of these encodings (binary, damaged, with NULs).
    """
    text, name = _decode(data)
    if "\0" in text:
        raise ValueError("the file contains NUL characters")
    controls = sum(1 for char in text[:_SAMPLE] if char < " " and char not in "\t\n\r\f\v\x1a\x1b")
    if controls > max(2, _CONTROL_SHARE * min(len(text), _SAMPLE)):
        raise ValueError("the file contains control characters: it is not text")
    return text.replace("\r\n", "\n").replace("\r", "\n"), name


def _decode(data: bytes) -> tuple[str, str]:
    for mark, codec, name in _BOMS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], codec, name), name
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _guess(data)
    if sum(1 for char in text[:_SAMPLE] if char > "\x7f") >= _CERTAIN:
        return text, "utf-8"
    if text.isascii() or _score(text) < _SURE:
        best, found, name = _best(data)
        if best >= _SURE and best > _score(text) and _enough(found, text):
            return found, name
    return text, "utf-8"


def _enough(found: str, text: str) -> bool:
    # A few ASCII letters read as UTF-16 can make a common Chinese character by chance.
    if "\0" in text:
        return True
    return sum(1 for char in found if "一" <= char <= "鿿") >= (6 if text.isascii() else 2)


def _strict(data: bytes, codec: str, name: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        message = f"damaged {name} text at byte {error.start}"
        raise ValueError(message) from error


def _guess(data: bytes) -> tuple[str, str]:
    if _is_damaged_utf8(data):
        raise ValueError("damaged UTF-8 text")
    best, text, name = _best(data)
    if best < _PLAUSIBLE:
        raise ValueError("no text in UTF-8, GB18030 or UTF-16")
    return text, name


def _best(data: bytes) -> tuple[float, str, str]:
    found = (-1.0, "", "")
    for codec in _GUESSES:
        if codec != "gb18030" and len(data) % 2:
            continue
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        score = _score(text)
        if score > found[0]:
            found = (score, text, codec)
    return found


def _is_damaged_utf8(data: bytes) -> bool:
    lossy = data.decode("utf-8", errors="replace")
    lost = lossy.count("�")
    kept = sum(1 for char in lossy if "　" <= char <= "鿿" or "！" <= char <= "～")
    return kept > _DAMAGE_RATIO * lost


@cache
def _level_one() -> frozenset[str]:
    last = {0xD7: 0xFA}
    rows = (bytes((row, cell)) for row in range(0xB0, 0xD8) for cell in range(0xA1, last.get(row, 0xFF)))
    return frozenset(b"".join(rows).decode("gb2312"))


def _score(text: str) -> float:
    """How much `text` looks like Chinese or ASCII text: 0 to 1, below 0 for control characters."""
    sample = text[:_SAMPLE]
    common = _level_one()
    total = 0.0
    counted = 0
    for char in sample:
        if char in "\r\n\t":
            continue
        counted += 1
        if char in _TOP or char in _MARKS:
            total += 1
        elif char in common or " " <= char <= "~" or "！" <= char <= "～":
            total += 0.8
        elif "一" <= char <= "鿿":
            total += 0.4
        elif char < " ":
            total -= 3
    return total / counted if counted else 1.0
