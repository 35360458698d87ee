"""Paths as the user gave them -> the files to check, in order, and why others were left."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from validator import git
from validator.model.errors import UserError
from validator.model.report import LedgerEntry
from validator.model.words import Bilingual

HIDDEN = Bilingual("隐藏文件", "hidden file")
HIDDEN_FOLDER = Bilingual("隐藏文件夹", "hidden folder")
TOOL_FOLDER = Bilingual("程序自用的文件夹", "folder of a tool")
LOCK = Bilingual("Word 打开文件时的临时文件", "lock file of an open Word document")
IGNORED = Bilingual(".gitignore 排除", "ignored by .gitignore")
CODE = Bilingual("程序或数据文件，不是报告", "code or data, not a report")
PICTURE = Bilingual("图片、音视频，不是报告", "picture, sound or film, not a report")
SYSTEM = Bilingual("系统或临时文件，不是报告", "system or temporary file, not a report")
LINKED_FOLDER = Bilingual("文件夹的快捷链接，没有进入", "linked folder, not followed")
LINKED_AWAY = Bilingual("链接到文件夹以外的文件", "link to a file outside the folder")
SUBMODULE = Bilingual("git 子模块没有取出", "submodule that is not checked out")
NO_FILE = Bilingual("不是普通文件", "not a regular file")

TOOL_FOLDERS = frozenset(
    {"node_modules", "__pycache__", "__macosx", "$recycle.bin", "system volume information"}
)


Refuse = Callable[[Path, bool], Bilingual | None]
"""Why a file is not to be checked, or None. It is told whether the user named the file itself."""


def _suffixes(reason: Bilingual, words: str) -> dict[str, Bilingual]:
    return {f".{word}": reason for word in words.split()}


NO_REPORT = {
    **_suffixes(
        CODE, "py pyc pyi ipynb js mjs cjs ts tsx jsx css scss java class c h cc cpp hpp cs go rs rb php"
    ),
    **_suffixes(
        CODE,
        "sh bash zsh ps1 bat cmd pl lua r sql yaml yml json jsonl ndjson sarif rdjson toml cfg ini conf env "
        "lock",
    ),
    **_suffixes(
        CODE, "parquet pickle pkl npy npz db sqlite sqlite3 exe dll so dylib msi jar whl o a wasm map"
    ),
    **_suffixes(
        PICTURE, "png jpg jpeg gif bmp tif tiff webp svg ico heic psd ai mp3 wav m4a mp4 mov avi mkv wmv flv"
    ),
    **_suffixes(PICTURE, "ttf otf woff woff2"),
    **_suffixes(SYSTEM, "tmp temp bak swp lnk url log ds_store crdownload part download"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One file to check: its path, and the path as shown (posix, as given). `member` is the place of
    a report in the directory of the archive that `path` is."""

    path: Path
    shown: str
    member: int | None = None


@dataclass(slots=True)
class _Walk:
    """What one argument yields while it is walked."""

    root: Path
    found: list[Found] = field(default_factory=list)
    skipped: list[tuple[str, Bilingual]] = field(default_factory=list)

    def enter(self, path: Path, reason: Bilingual | None) -> None:
        """Take a file, or leave it for a reason."""
        if reason is None:
            self.found.append(Found(path=path, shown=path.as_posix()))
        else:
            self.skipped.append((path.as_posix(), reason))


def discover(
    paths: Sequence[str], refuse: Refuse | None = None, *, may_be_empty: bool = False
) -> tuple[tuple[Found, ...], tuple[LedgerEntry, ...]]:
    """Files to check, sorted by their shown path and each once, and the files left with the reason.

    Files are taken as given; in folders, what is clearly no report is left. `refuse` may leave more,
    of what was named, too. The order of `paths` does not matter.

    Raises:
        UserError: a path does not exist, or there is nothing to check in it; with `may_be_empty` only
            the first.
    """
    walks = [_walk(given, refuse) for given in sorted(set(paths))]
    if not may_be_empty:
        for given, walk in zip(sorted(set(paths)), walks, strict=True):
            if not walk.found:
                raise _nothing(given, walk)
    chosen: dict[str, Found] = {}
    for one in sorted((one for walk in walks for one in walk.found), key=lambda one: one.shown):
        chosen.setdefault(_identity(one.path), one)
    found = tuple(sorted(chosen.values(), key=lambda one: _order(one.shown)))
    taken = set(chosen)
    skipped: dict[str, LedgerEntry] = {}
    for walk in walks:
        for shown, reason in walk.skipped:
            if _identity(Path(shown)) not in taken:
                skipped.setdefault(shown, LedgerEntry(path=shown, zh=reason.zh, en=reason.en))
    if not paths:
        raise UserError("没有给出要检查的文件", "no files to check were given")
    return found, tuple(sorted(skipped.values(), key=lambda one: _order(one.path)))


def _order(shown: str) -> tuple[str, ...]:
    return PurePosixPath(shown).parts


def _identity(path: Path) -> str:
    return os.path.normcase(os.path.realpath(path))


def _walk(given: str, refuse: Refuse | None) -> _Walk:
    if not given:
        raise _missing(given)
    root = Path(given)
    walk = _Walk(root)
    try:
        mode = root.stat().st_mode
    except (OSError, ValueError):
        if given and root.is_symlink():
            raise UserError(
                f"链接指向的文件不存在：{given}", f"the link points to a file that does not exist: {given}"
            ) from None
        raise _missing(given) from None
    if not stat.S_ISDIR(mode):
        walk.enter(root, refuse(root, True) if refuse else None)
        return walk
    listed = _listed_by_git(root)
    inside = os.path.realpath(root)
    for path in _entries(root, walk):
        reason = _reason(path, inside) or _ignored(path, root, listed)
        walk.enter(path, reason or (refuse(path, False) if refuse else None))
    for name in sorted(listed or ()):
        if _is_missing_submodule(root / name):
            walk.enter(root / name, SUBMODULE)
    return walk


def _is_missing_submodule(path: Path) -> bool:
    """Git lists a submodule as one entry; where it was not fetched, an empty folder is all there is."""
    return path.is_dir() and not any(path.iterdir())


def _entries(root: Path, walk: _Walk) -> Iterator[Path]:
    """Files below `root`. Folders that are not entered go to the ledger; a folder that cannot be
    listed is given as if it were a file, so that the reader reports it."""
    folders = [root]
    while folders:
        folder = folders.pop()
        try:
            entries = list(os.scandir(folder))
        except OSError:
            yield folder
            continue
        for entry in entries:
            path = folder / entry.name
            if not entry.is_dir():
                yield path
            elif reason := _folder_reason(entry):
                walk.skipped.append((path.as_posix(), reason))
            else:
                folders.append(path)


def _folder_reason(entry: os.DirEntry[str]) -> Bilingual | None:
    if entry.name.startswith("."):
        return HIDDEN_FOLDER
    if entry.name.lower() in TOOL_FOLDERS:
        return TOOL_FOLDER
    return LINKED_FOLDER if entry.is_symlink() else None


def member_reason(name: str) -> Bilingual | None:
    """Why a member of an archive is not taken, by its name inside, or None."""
    parts = PurePosixPath(name).parts
    if any(part.lower() in TOOL_FOLDERS for part in parts[:-1]):
        return TOOL_FOLDER
    if any(part.startswith(".") and part != ".." for part in parts[:-1]):
        return HIDDEN_FOLDER
    return _name_reason(parts[-1] if parts else "")


def _reason(path: Path, inside: str) -> Bilingual | None:
    """Why a file of a folder is not taken, or None. A broken link is taken: the reader reports it."""
    if path.name.startswith(("~$", ".")):
        return _name_reason(path.name)
    if path.is_symlink():
        target = os.path.realpath(path)
        if os.path.lexists(target) and os.path.commonpath([inside, target]) != inside:
            return LINKED_AWAY
    elif path.exists() and not path.is_file() and not path.is_dir():
        return NO_FILE
    return _name_reason(path.name)


def _name_reason(name: str) -> Bilingual | None:
    if name.startswith("~$"):
        return LOCK
    if name.startswith("."):
        return HIDDEN
    if name.lower() in {"thumbs.db", "desktop.ini"}:
        return SYSTEM
    return NO_REPORT.get(PurePosixPath(name).suffix.lower())


def _ignored(path: Path, root: Path, listed: frozenset[str] | None) -> Bilingual | None:
    if listed is None:
        return None
    parts = PurePosixPath(unicodedata.normalize("NFC", path.relative_to(root).as_posix())).parts
    # A repository inside the repository is listed as one entry; what is in it is not git's to ignore.
    known = any("/".join(parts[:count]) in listed for count in range(1, len(parts) + 1))
    return None if known else IGNORED


def _listed_by_git(root: Path) -> frozenset[str] | None:
    """Files of `root` that git tracks or does not ignore, or None outside a repository.

    A folder that is ignored as a whole was named by the user: nothing is ignored in it.
    """
    absolute = root.resolve()
    if not any((folder / ".git").exists() for folder in (absolute, *absolute.parents)):
        return None
    if git.run(absolute, "check-ignore", "-q", str(absolute)) is not None:
        return None
    out = git.run(absolute, "ls-files", "-co", "--exclude-standard", "-z")
    if out is None:
        return None
    names = (unicodedata.normalize("NFC", os.fsdecode(name)).rstrip("/") for name in out.split(b"\0"))
    return frozenset(name for name in names if name)


def _missing(given: str) -> UserError:
    path = Path(given)
    try:
        names = sorted(one.name for one in path.parent.iterdir()) if given else []
    except (OSError, ValueError):
        names = []
    import difflib

    near = difflib.get_close_matches(path.name, names, n=1, cutoff=0.6)
    shown = (path.parent / near[0]).as_posix() if near else ""
    return UserError(
        f"找不到文件或文件夹：{given}" + (f"。是不是 {shown}？" if near else "。请检查路径"),
        f"no such file or folder: {given}" + (f"; did you mean {shown}?" if near else ""),
    )


def _nothing(given: str, walk: _Walk) -> UserError:
    if not walk.skipped:
        return UserError(
            f"文件夹是空的，没有可检查的文件：{given}。请换一个放有报告的文件夹",
            f"nothing to check, the folder is empty: {given}; name one that holds reports",
        )
    reasons = Counter(reason for _, reason in walk.skipped)
    zh = "，".join(f"{reason.zh} {count} 个" for reason, count in sorted(reasons.items()))
    en = ", ".join(f"{count} x {reason.en}" for reason, count in sorted(reasons.items()))
    return UserError(
        f"文件夹里没有可检查的文件：{given}（跳过：{zh}）", f"nothing to check in {given} (skipped: {en})"
    )
