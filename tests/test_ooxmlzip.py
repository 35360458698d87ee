"""Members of a ZIP file that are changed or added, and all its other bytes, which stay."""

from __future__ import annotations

import io
import zipfile

import pytest

from validator.ooxmlzip import UnchangeableError, rewritten


def _archive(*, comment: bytes = b"") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", "<w/>" * 50, zipfile.ZIP_DEFLATED)
        archive.writestr("media/图.png", b"\x89PNG" * 30, zipfile.ZIP_STORED)
        with archive.open(zipfile.ZipInfo("word/late.xml"), "w", force_zip64=True) as late:
            late.write(b"late")
        archive.comment = comment
    return stream.getvalue()


def _read(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {one: archive.read(one) for one in archive.namelist()}


@pytest.mark.parametrize("comment", [b"", b"a note"])
def test_nothing_changed_is_the_same_bytes(comment: bytes) -> None:
    data = _archive(comment=comment)
    assert rewritten(data, {}) == data


@pytest.mark.parametrize("name", ["word/document.xml", "media/图.png", "word/late.xml", "Word/Document.XML"])
def test_one_member_changes_and_the_others_are_copied(name: str) -> None:
    data = _archive(comment=b"a note")
    before = _read(data)
    done = rewritten(data, {name: b"new" * 99})
    own = next(one for one in before if one.lower() == name.lower())
    assert _read(done) == {**before, own: b"new" * 99}
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(io.BytesIO(done)) as new:
        assert old.comment == new.comment
        for one, other in zip(old.infolist(), new.infolist(), strict=True):
            assert (one.filename, one.date_time, one.external_attr) == (
                other.filename,
                other.date_time,
                other.external_attr,
            )
            assert one.compress_type == other.compress_type


def test_new_members_stand_behind_all_others() -> None:
    data = _archive()
    done = rewritten(data, {"word/document.xml": b"<x/>"}, {"word/comments.xml": b"<c/>", "批注.xml": b""})
    assert list(_read(done)) == [*_read(data), "word/comments.xml", "批注.xml"]
    assert _read(done)["word/comments.xml"] == b"<c/>"
    assert rewritten(data, {}, {"a": b"1"}) == rewritten(data, {}, {"a": b"1"})


def test_a_small_member_has_no_sizes_of_a_large_one() -> None:
    done = rewritten(_archive(), {"word/late.xml": b"new"})
    with zipfile.ZipFile(io.BytesIO(done)) as archive:
        at = archive.getinfo("word/late.xml").header_offset
    name, extra = (
        int.from_bytes(done[at + 26 : at + 28], "little"),
        int.from_bytes(done[at + 28 : at + 30], "little"),
    )
    assert b"\x01\x00\x10\x00" not in done[at + 30 + name : at + 30 + name + extra]


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"PK",
        _archive()[:-30],
        _archive()[40:],
        b"x" + _archive(),
        _archive().replace(b"PK\1\2", b"PK\1\3"),
    ],
    ids=["empty", "short", "cut", "headless", "shifted", "directory"],
)
def test_what_is_irregular_is_refused(broken: bytes) -> None:
    with pytest.raises(UnchangeableError):
        rewritten(broken, {"word/document.xml": b""})


def test_a_member_that_is_not_there_is_refused() -> None:
    with pytest.raises(UnchangeableError):
        rewritten(_archive(), {"word/none.xml": b""})
