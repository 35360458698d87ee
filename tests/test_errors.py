"""Why the system refused, in words of the user."""

from __future__ import annotations

import errno

import pytest

from validator.model.errors import system_reason


@pytest.mark.parametrize(
    ("error", "zh"),
    [
        (FileNotFoundError(errno.ENOENT, "No such file or directory"), "没有这个文件或文件夹"),
        (PermissionError(errno.EACCES, "Permission denied"), "没有权限，或正被别的程序打开"),
        (OSError(errno.ENOSPC, "No space left on device"), "磁盘满了"),
        (OSError(9999, "Something rare"), "Something rare"),
        (OSError(), "OSError"),
    ],
)
def test_reasons(error: OSError, zh: str) -> None:
    assert system_reason(error).zh == zh
