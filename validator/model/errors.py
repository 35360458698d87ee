"""Errors that the user can mend. Everything else that is raised is a bug."""

from __future__ import annotations

import errno

from validator.model.words import Bilingual


class UserError(Exception):
    """The run cannot be done as asked: one line that names the place and the remedy, exit code 2.

    `zh` and `en` are whole sentences; the command line shows the one of its language.
    """

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en


class ReadError(Exception):
    """A report cannot be read: becomes a finding of that report while the run goes on.

    `code` is the finding's code (unreadable, encrypted, over a limit, unsupported type).
    """

    def __init__(self, code: str, zh: str, en: str) -> None:
        super().__init__(en)
        self.code = code
        self.zh = zh
        self.en = en


_REASONS = {
    errno.ENOENT: Bilingual("没有这个文件或文件夹", "no such file or folder"),
    errno.ENOTDIR: Bilingual("路径中间有一段不是文件夹", "part of the path is no folder"),
    errno.EISDIR: Bilingual("这是文件夹，不是文件", "it is a folder"),
    errno.EACCES: Bilingual("没有权限，或正被别的程序打开", "no permission, or open in another program"),
    errno.EPERM: Bilingual("没有权限", "no permission"),
    errno.EBUSY: Bilingual("正被别的程序使用", "in use by another program"),
    errno.EROFS: Bilingual("所在的盘只能读", "the disk is read-only"),
    errno.ENOSPC: Bilingual("磁盘满了", "the disk is full"),
    errno.EFBIG: Bilingual("文件太大", "the file is too large"),
    errno.ENAMETOOLONG: Bilingual("名称太长", "the name is too long"),
    errno.ELOOP: Bilingual("链接绕成了圈", "the links go in a circle"),
    errno.EEXIST: Bilingual("已经存在", "it is there already"),
    errno.EADDRINUSE: Bilingual("已被别的程序占用", "in use by another program"),
    errno.EIO: Bilingual("磁盘读写出错", "the disk failed"),
}


def system_reason(error: OSError) -> Bilingual:
    """Why the system refused, in words of the user; in its own where there are none."""
    own = error.strerror or type(error).__name__
    return _REASONS.get(error.errno or 0, Bilingual(own, own))


def unwritable(file: object, error: OSError) -> UserError:
    """The error for a file that cannot be written."""
    why = system_reason(error)
    return UserError(f"写不了文件 {file}（{why.zh}）", f"cannot write {file} ({why.en})")
