"""Which report of which archive a path means."""

from __future__ import annotations

import pytest

from validator.text.members import split_member


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("材料.zip!/一中/总结.docx", ("材料.zip", "一中/总结.docx")),
        ("a/材料.ZIP!/总结.docx", ("a/材料.ZIP", "总结.docx")),
        ("材料.zip!/急!/总结.docx", ("材料.zip", "急!/总结.docx")),
        ("急!/总结.docx", ("急!/总结.docx", "")),
        ("材料.zip", ("材料.zip", "")),
    ],
)
def test_members(path: str, expected: tuple[str, str]) -> None:
    assert split_member(path) == expected
