"""What the comments of a Word file stand on, read by other means than the program's own."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

import docx

from validator.annotate.word import Annotated, annotate
from validator.model.document import Document
from validator.model.finding import Finding
from validator.model.words import Bilingual, Lang, Severity
from validator.readers._base import Source
from validator.readers.docx import READER

_SIGNS = {"tab": "\t", "noBreakHyphen": "-", "br": "\n", "cr": "\n", "sym": "☐"}
_HIDING = ("vanish",)


def local(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def value(element: ET.Element, name: str) -> str:
    return next((one for key, one in element.attrib.items() if key.rpartition("}")[2] == name), "")


@dataclass
class Comment:
    """A comment: who, what it says, and what stands between its marks, by how it is seen."""

    author: str = ""
    initials: str = ""
    lines: list[str] = field(default_factory=list)
    shown: str = ""
    hidden: str = ""
    deleted: str = ""
    marks: list[str] = field(default_factory=list)
    inside: set[str] = field(default_factory=set)


@dataclass
class Char:
    """A character of the main part with all that decides how it looks and where it is."""

    char: str
    look: str
    path: tuple[str, ...]
    states: frozenset[str]


def root_of(data: bytes, name: str = "word/document.xml") -> ET.Element:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return ET.fromstring(archive.read(name))


def walk(
    element: ET.Element, path: tuple[ET.Element, ...] = ()
) -> Iterator[tuple[ET.Element, tuple[ET.Element, ...]]]:
    yield element, path
    for child in element:
        yield from walk(child, (*path, element))


def _look(path: tuple[ET.Element, ...]) -> str:
    run = next((one for one in reversed(path) if local(one) == "r"), None)
    properties = [one for one in run if local(one) == "rPr"] if run is not None else []
    return ET.canonicalize(ET.tostring(properties[0])).strip() if properties and len(properties[0]) else ""


def _states(element: ET.Element, path: tuple[ET.Element, ...], look: str) -> frozenset[str]:
    states = set()
    if local(element) == "delText" or any(local(one) in ("del", "moveFrom") for one in path):
        states.add("deleted")
    if any(f":{one}" in look for one in _HIDING):
        states.add("hidden")
    if any(local(one) == "Fallback" for one in path):
        states.add("fallback")
    return frozenset(states)


def _text(element: ET.Element) -> str:
    if local(element) in ("t", "delText"):
        text = "".join(element.itertext())
        return text if value(element, "space") == "preserve" else text.strip(" \n\r")
    return _SIGNS.get(local(element), "")


def chars(data: bytes) -> list[Char]:
    """Every character of the main part."""
    found = []
    for element, path in walk(root_of(data)):
        if not any(local(one) == "r" for one in path) or (
            local(element) == "tab" and local(path[-1]) == "tabs"
        ):
            continue
        look = _look(path)
        tags = tuple(local(one) for one in path if local(one) != "rPr")
        found += [Char(one, look, tags, _states(element, path, look)) for one in _text(element)]
    return found


def comments(data: bytes) -> dict[int, Comment]:
    """The comments by number."""
    found: dict[int, Comment] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if "word/comments.xml" not in archive.namelist():
            return {}
    for one in root_of(data, "word/comments.xml"):
        number = int(value(one, "id") or -1)
        assert number not in found or number < 0
        lines = ["".join(_text(t) for t in p.iter() if local(t) == "t") for p in one if local(p) == "p"]
        found[number] = Comment(value(one, "author"), value(one, "initials"), lines)
    open_now: list[int] = []
    for element, path in walk(root_of(data)):
        tag = local(element)
        if tag.startswith("comment"):
            number = int(value(element, "id") or -1)
            found[number].marks.append(tag)
            found[number].inside |= {local(one) for one in path}
            if tag == "commentRangeStart":
                open_now.append(number)
            elif tag == "commentRangeEnd":
                open_now.remove(number)
        elif any(local(one) == "r" for one in path):
            states = _states(element, path, _look(path))
            for number in open_now if "fallback" not in states else ():
                _add(found[number], _text(element), states)
    assert not open_now
    return found


def _add(comment: Comment, text: str, states: frozenset[str]) -> None:
    if "deleted" in states:
        comment.deleted += text
    elif "hidden" in states:
        comment.hidden += text
    else:
        comment.shown += text


def own(data: bytes) -> dict[int, Comment]:
    """The comments that the program wrote."""
    found = {number: one for number, one in comments(data).items() if one.author == "validator"}
    for one in found.values():
        assert one.initials == "V"
        assert one.marks == ["commentRangeStart", "commentRangeEnd", "commentReference"]
        assert not one.inside & {"txbxContent", "ruby", "oMath"}
    return found


def read(data: bytes) -> Document:
    return READER.read(Source(path="a.docx", suffix=".docx", data=data))


def finding(document: Document, text: str, *, part: str | None = None, code: str = "PLC001") -> Finding:
    """A finding on the first place of `text`."""
    for at, block in enumerate(document.blocks):
        start = block.text.find(text)
        if start >= 0 and part in (None, block.part):
            place = document.locate(at, start, start + len(text))
            return made(code, place, text=text, block=at, start=start, end=start + len(text))
    raise AssertionError((text, [one.text for one in document.blocks]))


def made(code: str, place: object, **more: object) -> Finding:
    message = Bilingual("这里要改", "change this")
    return Finding(
        code=code, severity=Severity.ERROR, message=message, remedy=message, location=place, **more
    )  # type: ignore[arg-type]


def commented(data: bytes, *texts: str, part: str | None = None) -> Annotated:
    """The file with a comment on each of these texts."""
    document = read(data)
    return annotate(data, document, [finding(document, one, part=part) for one in texts], Lang.ZH)


def assert_untouched(before: bytes, after: bytes) -> None:
    """All that is not a comment is as it was: members, characters with their looks and places, blocks."""
    changed = (
        "word/document.xml",
        "word/comments.xml",
        "[Content_Types].xml",
        "word/_rels/document.xml.rels",
    )
    with zipfile.ZipFile(io.BytesIO(before)) as old, zipfile.ZipFile(io.BytesIO(after)) as new:
        assert new.testzip() is None
        assert set(new.namelist()) - set(old.namelist()) <= set(changed)
        assert new.namelist()[: len(old.namelist())] == old.namelist()
        for member in old.infolist():
            kept = new.getinfo(member.filename)
            assert (kept.compress_type, kept.date_time) == (member.compress_type, member.date_time)
            if member.filename not in changed:
                assert new.read(member.filename) == old.read(member.filename), member.filename
    assert chars(after) == chars(before)
    assert _blocks(after) == _blocks(before)
    now = comments(after)
    for number, one in comments(before).items():
        assert now[number] == one
    assert [one.text for one in _paragraphs(after)] == [one.text for one in _paragraphs(before)]


def _blocks(data: bytes) -> list[tuple[object, ...]]:
    kept = [one for one in read(data).blocks if one.part != "comment"]
    return [(one.text, one.kind, one.part, one.level, one.section, one.cell, one.visible) for one in kept]


def _paragraphs(data: bytes) -> list[object]:
    try:
        return list(docx.Document(io.BytesIO(data)).paragraphs)
    except (KeyError, ValueError):  # python-docx opens no strict files and no templates
        return []
