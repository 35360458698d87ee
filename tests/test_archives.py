"""ZIP archives of reports: every member is a report of its own, or is accounted for."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest

from tests.conftest import Done, Program

TEXT = "河阳县教育局2024年工作总结\n\n全县在校学生X人。\n"


def archive(members: dict[str, bytes], *, encoding: str | None = None) -> bytes:
    """A ZIP as packers write it: with `encoding`, names are in that code page and nothing says so."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in members.items():
            if encoding is None:
                packed.writestr(name, data)
                continue
            info = zipfile.ZipInfo("x" * len(name.encode(encoding)))
            packed.writestr(info, data)
    content = out.getvalue()
    if encoding is not None:
        for name in members:
            raw = name.encode(encoding)
            content = content.replace(b"x" * len(raw), raw, 1)
        for name in members:
            raw = name.encode(encoding)
            content = content.replace(b"x" * len(raw), raw, 1)
    return content


def word(text: str) -> bytes:
    document = docx.Document()
    for paragraph in text.splitlines():
        document.add_paragraph(paragraph)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def checked(done: Done) -> dict[str, Any]:
    found = json.loads(done.out)
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize("encoding", [None, "gb18030", "utf-8"])
def test_members_are_reports_of_their_own(folder: Path, program: Program, encoding: str | None) -> None:
    members = {
        "各校/一中总结.txt": TEXT.encode(),
        "二中.docx": word(TEXT),
        "校门口的照片.png": b"\x89PNG",
    }
    (folder / "材料.zip").write_bytes(archive(members, encoding=encoding))
    done = program("check", "材料.zip", "--format", "json")
    result = checked(done)
    assert done.code == 1
    assert {one["path"] for one in result["reports"]} == {
        "材料.zip!/各校/一中总结.txt",
        "材料.zip!/二中.docx",
    }
    assert [one["path"] for one in result["ledger"]["skipped"]] == ["材料.zip!/校门口的照片.png"]
    assert (result["ledger"]["found"], result["ledger"]["checked"]) == (3, 2)
    for report in result["reports"]:
        assert "PLC001" in {one["code"] for one in report["findings"]}


def test_facts_of_members(folder: Path, program: Program) -> None:
    (folder / "a.zip").write_bytes(archive({"b.txt": "全县小学在校学生12345人。".encode()}))
    done = program("facts", "a.zip", "--format", "jsonl", "--all-scopes")
    assert [json.loads(line)["path"] for line in done.out.splitlines()] == ["a.zip!/b.txt"]


def test_a_document_named_zip(folder: Path, program: Program) -> None:
    (folder / "a.zip").write_bytes(word(TEXT))
    result = checked(program("check", "a.zip", "--format", "json"))
    assert [(one["path"], one["format"]) for one in result["reports"]] == [("a.zip", "docx")]


def named(name: str) -> bytes:
    return archive({name: TEXT.encode()})


def encrypted() -> bytes:
    data = bytearray(named("a.txt"))
    data[6] |= 1
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    return bytes(data)


def huge_directory() -> bytes:
    data = bytearray(named("a.txt"))
    at = data.index(b"PK\x05\x06")
    data[at + 12 : at + 16] = b"\xff\xff\xff\xff"
    return bytes(data)


def damaged_member() -> bytes:
    data = bytearray(archive({"a.txt": TEXT.encode() * 50}))
    at = data.index(b"PK\x01\x02")
    data[40 : at - 1] = b"\0" * (at - 41)
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "path", "code", "words"),
    [
        (named("../../a.txt"), "a.zip!/../../a.txt", "DOC001", "以外"),
        (named("/etc/a.txt"), "a.zip!//etc/a.txt", "DOC001", "以外"),
        (named("C:/a.txt"), "a.zip!/C:/a.txt", "DOC001", "以外"),
        (encrypted(), "a.zip!/a.txt", "DOC002", "加密"),
        (archive({"b.zip": named("a.txt")}), "a.zip!/b.zip", "DOC008", "压缩包里的压缩包"),
        (archive({"a.png": b""}), "a.zip", "DOC009", "没有可检查的文件"),
        (archive({}), "a.zip", "DOC009", "空的"),
        (b"PK\x03\x04 and no more", "a.zip", "DOC001", "损坏"),
        (b"not an archive", "a.zip", "DOC001", "损坏"),
        (huge_directory(), "a.zip", "DOC007", "目录过大"),
        (damaged_member(), "a.zip!/a.txt", "DOC001", "损坏"),
        (archive({f"{n}.txt": b"" for n in range(5001)}), "a.zip", "DOC007", "超过 5000 个"),
    ],
)
def test_what_cannot_be_read_is_one_finding(
    folder: Path, program: Program, data: bytes, path: str, code: str, words: str
) -> None:
    (folder / "a.zip").write_bytes(data)
    (folder / "healthy.txt").write_text(TEXT, encoding="utf-8")
    done = program("check", ".", "--format", "json")
    result = checked(done)
    assert done.code == 1
    assert result["ledger"]["checked"] == 1
    assert [one["path"] for one in result["ledger"]["unreadable"]] == [path]
    bad = next(one for one in result["reports"] if one["path"] == path)
    assert [one["code"] for one in bad["findings"]] == [code]
    assert words in bad["findings"][0]["message"]


def test_folders_of_tools_and_lock_files_are_left(folder: Path, program: Program) -> None:
    members = {"__MACOSX/._a.docx": b"x", "~$a.docx": b"x", ".git/b.txt": b"x", "a.txt": TEXT.encode()}
    (folder / "a.zip").write_bytes(archive(members))
    result = checked(program("check", "a.zip", "--format", "json"))
    assert [one["path"] for one in result["reports"]] == ["a.zip!/a.txt"]
    assert len(result["ledger"]["skipped"]) == 3


def test_a_time_limit_is_a_finding(folder: Path, program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    from validator.readers import txt
    from validator.runner import check_paths  # noqa: F401 - loaded before the fork

    (folder / "slow.txt").write_text(TEXT * 3000, encoding="utf-8")
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    done = program("check", ".", "--timeout", "1", "--format", "json")
    slow = next(one for one in checked(done)["reports"] if one["path"] == "slow.txt")
    assert txt.READER.format == "txt"
    assert [one["code"] for one in slow["findings"]] == ["DOC007"]
    assert "1 秒" in slow["findings"][0]["message"]
    assert checked(done)["ledger"]["checked"] == 1
