"""`validator read`: what the checks see, for people and for machines."""

from __future__ import annotations

import json
from pathlib import Path

import docx

from tests.conftest import Program

TEXT = """河阳县教育局2024年工作总结

一、教育

全县在校学生2.4万人。

<!-- QQ群 12345678 -->
"""


def test_people_see_each_block_with_its_place(folder: Path, program: Program) -> None:
    (folder / "a.md").write_text(TEXT, encoding="utf-8")
    done = program("read", "a.md")
    assert (done.code, done.err) == (0, "")
    lines = [line.strip() for line in done.out.splitlines()]
    assert lines[0] == "a.md  md  utf-8  标题：河阳县教育局2024年工作总结"
    at = lines.index("全县在校学生2.4万人。")
    assert lines[at - 1] == "3  段落  一、教育 第1段  第5行"
    at = lines.index("QQ群 12345678")
    assert lines[at - 1].endswith("不计数")
    assert "not counted" in program("--lang", "en", "read", "a.md").out


def test_machines_get_one_record_a_block(folder: Path, program: Program) -> None:
    (folder / "a.md").write_text(TEXT, encoding="utf-8")
    (folder / "b.txt").write_bytes(b"\xff\xfe\x00\x01\x02")
    done = program("read", "a.md", "b.txt", "--format", "jsonl")
    records = [json.loads(line) for line in done.out.splitlines()]
    assert done.code == 0
    assert [one["kind"] for one in records[:3]] == ["heading", "heading", "paragraph"]
    assert records[2]["states"] is True
    assert records[2]["location"]["line"] == 5
    assert records[-1]["path"] == "b.txt"
    assert "UTF-8" in records[-1]["error"]


def test_notices_are_shown(folder: Path, program: Program) -> None:
    document = docx.Document()
    document.add_paragraph("河阳县教育局2024年工作总结")
    hidden = document.add_paragraph("可见").add_run("看不见的文字")
    hidden.font.hidden = True
    document.save("a.docx")
    done = program("read", "a.docx")
    assert done.code == 0
    assert "DOC006 有 1 处隐藏文字" in done.out


def test_a_file_that_cannot_be_read(folder: Path, program: Program) -> None:
    (folder / "a.docx").write_bytes(b"PK\x03\x04broken")
    done = program("read", "a.docx")
    assert done.code == 2
    assert "损坏" in done.out


def test_hostile_text_stays_text(folder: Path, program: Program) -> None:
    (folder / "a.txt").write_text("[red]全县\x1b[31m在校\u202e学生", encoding="utf-8")
    done = program("read", "a.txt", "--color", "always")
    assert "[red]" in done.out
    assert "\x1b[31m在校" not in done.out
    assert "\u202e" not in done.out
