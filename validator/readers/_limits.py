"""What a reader will take on at most. Time and memory of a report are limited outside, by its worker."""

from __future__ import annotations

from validator.model.errors import ReadError

MOST_FILE_BYTES = 200 * 1024 * 1024
MOST_MEMBERS = 5000
MOST_MEMBER_BYTES = 150 * 1024 * 1024
MOST_BYTES = 400 * 1024 * 1024
MOST_BLOCKS = 100_000
"""Paragraphs and filled cells of one report."""
MOST_CHARACTERS = 5_000_000
MOST_DEPTH = 60
"""Tables in tables, objects in objects. Word itself stops far earlier."""


def over(shown: str, zh: str, en: str) -> ReadError:
    """The error for a report that goes beyond a limit; `zh` and `en` name it: 内部文件超过 5000 个."""
    return ReadError("DOC007", f"{shown}：{zh}，未检查", f"{shown}: {en}, not checked")


def damaged(shown: str, zh: str, en: str) -> ReadError:
    """The error for a report that is not what it should be; `zh` and `en` say what is wrong."""
    return ReadError(
        "DOC001",
        f"{shown}：{zh}，请用 Word 或 WPS 打开确认后重新导出",
        f"{shown}: {en}; open it and export it again",
    )


def encrypted(shown: str) -> ReadError:
    """The error for a report with a password."""
    return ReadError(
        "DOC002",
        f"{shown}：文件已加密，请取消密码后再检查",
        f"{shown}: the file is encrypted; remove the password",
    )


def check_size(shown: str, blocks: int, characters: int = 0) -> None:
    """Stop when a report has got too many paragraphs and cells, or too much text.

    Raises:
        ReadError: DOC007.
    """
    if blocks > MOST_BLOCKS:
        raise over(
            shown, f"段落和单元格超过 {MOST_BLOCKS} 个", f"more than {MOST_BLOCKS} paragraphs and cells"
        )
    if characters > MOST_CHARACTERS:
        raise over(shown, f"文字超过 {MOST_CHARACTERS} 个", f"more than {MOST_CHARACTERS} characters")
