"""The package around the comments: strict files, other members, content types, limits, hostile words."""

from __future__ import annotations

import dataclasses
import io
import zipfile
from xml.etree import ElementTree as ET

import pytest

from tests.test_annotate import OLD, TYPES, word
from tests.wordcomments import assert_untouched, commented, comments, finding, own, read
from tests.wordfiles import STRICT_R, STRICT_W, TITLE, R, W, members, package, par
from validator.annotate.word import annotate
from validator.model.errors import ReadError, UserError
from validator.model.words import Bilingual, Lang


def test_a_strict_file_stays_strict() -> None:
    parts = members(TITLE + par("新建XX所"))
    data = package(
        {
            "[Content_Types].xml": TYPES,
            **{name: str(one).replace(W, STRICT_W).replace(R, STRICT_R) for name, one in parts.items()},
        }
    )
    done = commented(data, "XX")
    assert [one.shown for one in own(done.data).values()] == ["XX"]
    assert_untouched(data, done.data)
    with zipfile.ZipFile(io.BytesIO(done.data)) as archive:
        for name in ("word/document.xml", "word/comments.xml"):
            assert W not in archive.read(name).decode()
        relations = ET.fromstring(archive.read("word/_rels/document.xml.rels"))
        assert relations[-1].get("Type") == f"{STRICT_R}/comments"


def test_content_types_and_relationships_are_added_once() -> None:
    done = commented(commented(word(par("新建XX所")), "XX").data, "XX").data
    with zipfile.ZipFile(io.BytesIO(done)) as archive:
        assert archive.namelist().count("word/comments.xml") == 1
        types = archive.read("[Content_Types].xml").decode()
        relations = archive.read("word/_rels/document.xml.rels").decode()
    assert types.count("comments+xml") == 1
    assert types.startswith(TYPES[: TYPES.index("<Types")])
    assert relations.count("/comments") == 1
    assert len({one.get("Id") for one in ET.fromstring(relations)}) == len(ET.fromstring(relations))


def test_the_head_of_the_part_stays() -> None:
    head = '<?xml version="1.0" encoding="utf-8" standalone="yes"?>\r\n'
    parts = members(TITLE + par("新建XX所"))
    body = str(parts["word/document.xml"]).replace(
        "<w:document ", '<w:document mc:Ignorable="w14" xmlns:w14="urn:w14" '
    )
    parts["word/document.xml"] = head + body
    with zipfile.ZipFile(io.BytesIO(commented(package(parts), "XX").data)) as archive:
        after = archive.read("word/document.xml").decode()
    assert after.startswith(head.strip())
    first = [sorted(one[one.index("<w:document") :].partition(">")[0].split()) for one in (body, after)]
    assert first[0] == first[1]


def test_other_members_are_copied_as_they_lie() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in members(TITLE + par("新建XX所")).items():
            archive.writestr(name, content, zipfile.ZIP_DEFLATED)
        archive.writestr("word/media/图1.png", b"\x89PNG" * 100, zipfile.ZIP_STORED)
        archive.writestr("word/vbaProject.bin", b"macro" * 100, zipfile.ZIP_DEFLATED, 9)
        with archive.open("word/late.bin", "w", force_zip64=True) as late:
            late.write(b"z" * 1000)
        archive.comment = b"note"
    data = stream.getvalue()
    done = commented(data, "XX").data
    assert_untouched(data, done)
    with zipfile.ZipFile(io.BytesIO(done)) as archive:
        assert archive.comment == b"note"
        assert archive.read("word/vbaProject.bin") == b"macro" * 100


def test_the_same_report_gives_the_same_bytes() -> None:
    data = word(par("新建XX所"))
    assert commented(data, "XX").data == commented(data, "XX").data


def test_text_of_the_report_stays_text() -> None:
    hostile = "</w:t><w:t>&amp;\x00\x1b[31m\u202eX\ufffe\ud800" + "长" * 5000
    data = word(par("甲") + par("XX"))
    document = read(data)
    bad = dataclasses.replace(finding(document, "XX"), message=Bilingual(hostile, hostile))
    done = annotate(data, document, [bad], Lang.ZH)
    (comment,) = own(done.data).values()
    assert comment.lines[0].startswith("</w:t><w:t>&amp;\\x00\\x1b[31m\\u202eX�\\ud800长长")
    assert len(comment.lines[0]) < 2000
    assert_untouched(data, done.data)


def test_english_comments() -> None:
    data = word(par("新建XX所"))
    document = read(data)
    done = annotate(data, document, [finding(document, "XX")], Lang.EN)
    assert next(iter(own(done.data).values())).lines == ["change this.", "change this. [PLC001]"]


def test_a_file_that_changed_meanwhile_is_refused() -> None:
    document = read(word(par("新建XX所")))
    with pytest.raises(UserError, match="has changed"):
        annotate(word(par("新建XX所学校")), document, [], Lang.ZH)


def test_a_member_that_is_lost_is_told() -> None:
    data = package({"word/media/a.png": b"x" * 50, **members(par("新建XX所"))})
    broken = data[20:]
    with pytest.raises(ReadError):
        commented(broken, "XX")


def test_no_more_comments_than_word_opens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("validator.annotate.word.MOST_COMMENTS", 3)
    data = word(par("新建XX所"), (("k", "comments", "comments.xml"),), comments=OLD)
    done = commented(data, "XX", "X", "新", "建")
    assert (done.added, done.left, len(comments(done.data))) == (2, 2, 3)
