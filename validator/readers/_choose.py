"""Which reader takes a file: by what is in it first, by its suffix second."""

from __future__ import annotations

from functools import cache
from pathlib import Path, PurePosixPath

from validator import plugins, readers
from validator.model.document import Document
from validator.model.errors import ReadError, system_reason
from validator.text import encodings

from . import _archive, _container, _limits
from ._base import Reader, Source

_LFS = b"version https://git-lfs"
_MAGIC = (
    (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
    (b"Rar!", "RAR"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
)
_TEXT = "txt"
_NO_TEXT = (b"PK", _container.OLE, b"%PDF-", b"{\\rtf")
_PLAIN_SUFFIXES = (".txt", ".text", ".md", ".markdown")
_PLAIN_BYTES = 64 * 1024
_BINARY_SIGNS = (b"\0", b"%PDF-", b"{\\rtf", b"PK\x03\x04", b"MIME-Version")


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
    if found is not None and not found.binary:
        return found
    if (
        (found is not None or not source.suffix)
        and not source.data.startswith(_NO_TEXT)
        and _is_text(source.data)
    ):
        return next(reader for reader in _readers().values() if reader.format == _TEXT)
    if found is not None:
        return found
    raise _unsupported(source, source.suffix or "?")


def _is_text(data: bytes) -> bool:
    try:
        encodings.decode(data)
    except ValueError:
        return False
    return True


def _refuse_foreign(source: Source) -> None:
    data = source.data
    if _container.has_stream(source, "EncryptedPackage"):
        raise _limits.encrypted(source.path)
    for magic, name in _MAGIC:
        if data.startswith(magic):
            raise _unsupported(source, name)
    if source.suffix == ".zip":
        raise ReadError(
            "DOC008",
            f"{source.path}：压缩包里的压缩包没有展开，请解压后检查",
            f"{source.path}: an archive inside an archive is not opened; unpack it and check that",
        )


def _unsupported(source: Source, name: str) -> ReadError:
    return ReadError(
        "DOC008",
        f"{source.path}：文件类型 {name} 暂不支持，请另存为 .docx",
        f"{source.path}: file type {name} is not supported; save it as .docx",
    )


def read_file(path: Path, shown: str, member: int | None = None) -> Document:
    """Read a report; `shown` is its path as the user knows it.

    `member` is its place in the directory of the archive `path`.

    Raises:
        ReadError: when it cannot be read; the code tells why (DOC001, DOC002, DOC007, DOC008).
    """
    suffix = path.suffix.lower() if member is None else PurePosixPath(shown).suffix.lower()
    data = _bytes(path, shown) if member is None else _archive.member_bytes(path, shown, member)
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


def is_plain(path: Path) -> bool:
    """Whether the file is a short text: read by nothing but linear code of our own."""
    if path.suffix.lower() not in _PLAIN_SUFFIXES:
        return False
    try:
        with path.open("rb") as stream:
            data = stream.read(_PLAIN_BYTES + 1)
    except OSError:
        return True
    return len(data) <= _PLAIN_BYTES and not any(sign in data[:1024] for sign in _BINARY_SIGNS)


def _bytes(path: Path, shown: str) -> bytes:
    try:
        with path.open("rb") as stream:
            data = stream.read(_limits.MOST_FILE_BYTES + 1)
    except OSError as error:
        reason = system_reason(error)
        raise ReadError(
            "DOC001", f"{shown}：无法打开（{reason.zh}）", f"{shown}: cannot be opened ({reason.en})"
        ) from error
    if len(data) > _limits.MOST_FILE_BYTES:
        raise ReadError(
            "DOC007",
            f"{shown}：文件超过 {_limits.MOST_FILE_BYTES >> 20} MB，未检查",
            f"{shown}: larger than {_limits.MOST_FILE_BYTES >> 20} MB, not checked",
        )
    return data
