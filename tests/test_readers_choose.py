"""Which reader takes a file: content before suffix, and clear refusals."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from validator.model.errors import ReadError
from validator.readers import _limits
from validator.readers._choose import read_file, supported_suffixes

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TEXT = "江陵县教育局2023年工作总结\n全县在校学生5万人。\n"


def zipped(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return stream.getvalue()


def save(folder: Path, name: str, data: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def code_of(path: Path) -> tuple[str, str]:
    with pytest.raises(ReadError) as caught:
        read_file(path, f"dir/{path.name}")
    error = caught.value
    assert error.zh.startswith(f"dir/{path.name}：")
    assert error.en.startswith(f"dir/{path.name}: ")
    assert "\n" not in error.zh + error.en
    return error.code, error.zh


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("a.txt", TEXT, "txt"),
        ("a.TXT", TEXT.encode("gb18030"), "txt"),
        ("a.md", f"# {TEXT}", "md"),
        ("a.markdown", TEXT, "md"),
        ("a.htm", "<p>甲</p>", "html"),
        ("a.csv", "指标,数值\n在校学生,5万人\n", "csv"),
        ("a.rtf", TEXT, "txt"),
        ("a.doc", "{\\rtf1\\ansi abc}", "rtf"),
        ("a.docx", TEXT, "txt"),
        ("a.doc", TEXT, "txt"),
        ("noname", TEXT, "txt"),
        ("a.docx", "<html><body><p>甲</p></body></html>", "html"),
        ("a.doc", "<!DOCTYPE html><p>甲</p>", "html"),
        ("a.txt", "<!DOCTYPE html><p>甲</p>", "html"),
    ],
)
def test_content_first(tmp_path: Path, name: str, data: bytes | str, expected: str) -> None:
    document = read_file(save(tmp_path, name, data), "shown/a")
    assert (document.format, document.path) == (expected, "shown/a")
    assert document.blocks


@pytest.mark.parametrize(
    ("name", "data", "code", "word"),
    [
        ("a.docx", OLE + b"\0" * 600, "DOC001", "损坏"),
        ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "DOC002", "加密"),
        ("a.xls", OLE + "EncryptedPackage".encode("utf-16-le"), "DOC002", "加密"),
        ("a.doc", OLE + b"\0" * 600, "DOC001", "a.doc"),
        ("a.wps", OLE + b"\0" * 600, "DOC001", "a.wps"),
        ("a.pdf", b"%PDF-1.7\n", "DOC001", "损坏"),
        ("a.txt", b"%PDF-1.7\n", "DOC001", "损坏"),
        ("a.docx", zipped("xl/workbook.xml"), "DOC001", "a.docx"),
        ("a.bin", zipped("ppt/presentation.xml"), "DOC001", "a.bin"),
        ("a.ofd", zipped("OFD.xml"), "DOC001", "a.ofd"),
        ("a.zip", zipped("a.txt"), "DOC008", "压缩包"),
        ("a.docx", zipped("a.txt"), "DOC001", "Word"),
        ("a.docx", b"PK\x03\x04 cut off", "DOC001", "损坏"),
        ("a.7z", b"7z\xbc\xaf\x27\x1c", "DOC008", "7-Zip"),
        ("a.docx", b"Rar!\x1a\x07", "DOC008", "RAR"),
        ("a.xyz", TEXT, "DOC008", ".xyz"),
        ("a.docx", bytes(range(256)), "DOC001", "损坏"),
        ("a.txt", bytes(range(256)), "DOC001", "UTF-8"),
        ("a.md", "version https://git-lfs.example/spec/v1\noid sha256:0\n", "DOC001", "LFS"),
    ],
)
def test_refusals(tmp_path: Path, name: str, data: bytes | str, code: str, word: str) -> None:
    found, message = code_of(save(tmp_path, name, data))
    assert found == code
    assert word in message


def test_what_cannot_be_opened(tmp_path: Path) -> None:
    assert code_of(tmp_path / "没有.txt")[0] == "DOC001"
    assert code_of(tmp_path)[0] == "DOC001"


def test_size_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_limits, "MOST_FILE_BYTES", 10)
    assert code_of(save(tmp_path, "a.txt", TEXT))[0] == "DOC007"


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.docx", "a.bin"])
def test_empty_files_have_no_blocks(tmp_path: Path, name: str) -> None:
    assert read_file(save(tmp_path, name, b""), name).blocks == ()


def test_supported_suffixes() -> None:
    assert {".docx", ".html", ".md", ".txt"} <= set(supported_suffixes())
    assert list(supported_suffixes()) == sorted(supported_suffixes())
