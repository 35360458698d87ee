"""Which reader takes a file: by what is in it first, by its suffix second."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from validator import plugins, readers
from validator.model.document import Document
from validator.model.errors import ReadError
from validator.text import encodings

from ._base import Reader, Source

_MOST_BYTES = 200 * 1024 * 1024
_LFS = b"version https://git-lfs"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MAGIC = (
    (b"%PDF-", "PDF"),
    (b"{\\rtf", "RTF"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
    (b"Rar!", "RAR"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
)
_ZIP_SIGNS = (
    (b"xl/workbook.xml", "XLSX"),
    (b"ppt/presentation.xml", "PPTX"),
    (b"OFD.xml", "OFD"),
    (b"application/vnd.oasis.opendocument", "ODF"),
)
_TEXT = "txt"


@cache
def _readers() -> dict[str, Reader]:
    return plugins.collect(readers, "READER")


def supported_suffixes() -> tuple[str, ...]:
    """Suffixes of all readers, sorted, lower case with the dot."""
    return tuple(sorted(suffix for reader in _readers().values() for suffix in reader.suffixes))


def choose(source: Source) -> Reader:
    """The reader for this content.

    Raises:
        ReadError: for an encrypted file (DOC002) and for a type that no reader knows (DOC008).
    """
    for reader in _readers().values():
        if reader.sniff(source):
            return reader
    _refuse_foreign(source)
    by_suffix = {suffix: reader for reader in _readers().values() for suffix in reader.suffixes}
    found = by_suffix.get(source.suffix)
    is_zip = source.data.startswith(b"PK\x03\x04")
    if found is not None and (is_zip or not _is_zip_format(found)):
        return found
    if (found is not None or source.suffix in ("", ".doc", ".wps", ".wpt")) and _is_text(source.data):
        return next(reader for reader in _readers().values() if reader.format == _TEXT)
    if found is not None:
        return found
    raise _unsupported(source, source.suffix or "?")


def _is_zip_format(reader: Reader) -> bool:
    return ".docx" in reader.suffixes


def _is_text(data: bytes) -> bool:
    try:
        encodings.decode(data)
    except ValueError:
        return False
    return True


def _refuse_foreign(source: Source) -> None:
    data = source.data
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise _encrypted(source, "文件已加密", "the file is encrypted")
        if source.suffix.startswith((".docx", ".docm", ".dotx")):
            raise _encrypted(
                source,
                "不是 .docx（已加密，或是旧版 .doc 改了后缀）",
                "not a .docx (encrypted, or an old .doc renamed)",
            )
        raise _unsupported(source, source.suffix or ".doc")
    for magic, name in _MAGIC:
        if data.startswith(magic):
            raise _unsupported(source, name)
    if data.startswith(b"PK\x03\x04"):
        for sign, name in _ZIP_SIGNS:
            if sign in data:
                raise _unsupported(source, name)


def _encrypted(source: Source, zh: str, en: str) -> ReadError:
    return ReadError(
        "DOC002",
        f"{source.path}：{zh}，请取消密码后另存为 .docx",
        f"{source.path}: {en}; remove the password and save it as .docx",
    )


def _unsupported(source: Source, name: str) -> ReadError:
    return ReadError(
        "DOC008",
        f"{source.path}：文件类型 {name} 暂不支持，请另存为 .docx",
        f"{source.path}: file type {name} is not supported; save it as .docx",
    )


def read_file(path: Path, shown: str) -> Document:
    """Read a report; `shown` is its path as the user knows it.

    Raises:
        ReadError: when it cannot be read; the code tells why (DOC001, DOC002, DOC007, DOC008).
    """
    suffix = path.suffix.lower()
    data = _bytes(path, shown)
    if data.startswith(_LFS):
        raise ReadError(
            "DOC001",
            f"{shown}：只是 Git LFS 指针，不是文件本身，请先运行 git lfs pull",
            f"{shown}: a Git LFS pointer, not the file itself; run git lfs pull first",
        )
    source = Source(path=shown, suffix=suffix, data=data)
    if not data:
        known = next((one.format for one in _readers().values() if suffix in one.suffixes), _TEXT)
        return Document(path=shown, format=known, encoding=None, source="", blocks=())
    return choose(source).read(source)


def _bytes(path: Path, shown: str) -> bytes:
    try:
        with path.open("rb") as stream:
            data = stream.read(_MOST_BYTES + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ReadError(
            "DOC001", f"{shown}：无法打开（{reason}）", f"{shown}: cannot be opened ({reason})"
        ) from error
    if len(data) > _MOST_BYTES:
        raise ReadError(
            "DOC007",
            f"{shown}：文件超过 {_MOST_BYTES >> 20} MB，未检查",
            f"{shown}: larger than {_MOST_BYTES >> 20} MB, not checked",
        )
    return data
