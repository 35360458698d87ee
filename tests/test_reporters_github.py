"""Workflow commands of GitHub Actions: escaped, at most ten of a level, one for a binary file."""

from __future__ import annotations

import re
from typing import Any

import pytest
from runs import CODES, HOSTILE, RULES, found, hostile, many, missing, report, run

from validator.model.location import Location
from validator.model.report import Run
from validator.model.words import Bilingual, Lang, Severity
from validator.reporters._base import Look
from validator.reporters.github import REPORTER

COMMAND = re.compile(r"::(error|warning|notice) (.*?)::(.*)")


def rendered(of: Run, **look: Any) -> str:
    assert REPORTER.check is not None
    out = REPORTER.check(of, RULES, Look(codes=CODES, **look))
    assert isinstance(out, bytes)
    return out.decode()


def commands(text: str) -> list[tuple[str, dict[str, str], str]]:
    """The annotations as the runner of GitHub reads them."""
    done = []
    for row in text.splitlines()[:-1]:
        match = COMMAND.fullmatch(row)
        assert match, row
        properties = dict(one.split("=", 1) for one in match[2].split(","))
        plain = {
            key: value.replace("%3A", ":").replace("%2C", ",").replace("%0A", "\n").replace("%25", "%")
            for key, value in properties.items()
        }
        done.append((match[1], plain, match[3].replace("%0A", "\n").replace("%25", "%")))
    return done


def test_a_finding_of_a_text_format() -> None:
    text = rendered(run(report(found(), path="报告/甲,乙.md", format="md")))
    assert text.splitlines() == [
        "::error file=报告/甲%2C乙.md,line=3,col=5,endLine=3,endColumn=9,title=PLC001 符号%3A 占位%2C 甲"
        "::四、体育 第2段：占位符“X”：还没有填数%0A怎么改：换成真实数字。",
        "validator：检查了 1 份，跳过 0 份，没读成 0 份；错误 1 个，警告 0 个",
    ]


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (Location(line=3, column=5, end_line=4, end_column=2), ["file", "line", "endLine", "title"]),
        (Location(part="file"), ["file", "title"]),
        (Location(), ["file", "line", "col", "endLine", "endColumn", "title"]),
    ],
)
def test_columns_and_lines_only_where_they_are_taken(place: Location, expected: list[str]) -> None:
    text = rendered(run(report(found(location=place), format="txt")))
    assert list(commands(text)[0][1]) == expected


def test_a_code_without_description_is_its_own_title() -> None:
    assert commands(rendered(run(report(found("PLC009"), format="txt"))))[0][1]["title"] == "PLC009"


def test_a_binary_file_has_one_annotation_that_lists_its_findings() -> None:
    of = run(
        report(
            found(severity=Severity.WARNING),
            missing(),
            found(waived="行", waived_by="waiver"),
            *(found(severity=Severity.INFO, message=Bilingual("长" * 500, "long")) for _ in range(20)),
        )
    )
    ((level, properties, message),) = commands(rendered(of))
    assert level == "error"
    assert properties == {"file": "报告/甲.docx", "title": "甲.docx：错误 1 个，警告 1 个，提示 20 个"}
    lines = message.split("\n")
    assert lines[0] == "IND001 四、体育 第2段：缺少“体育场地面积”"
    assert lines[1].startswith("PLC001 ")
    assert lines[-1] == "…… 还有 10 条"
    assert len(lines) == 13
    assert all(len(one) <= 160 for one in lines)


def test_the_level_of_a_binary_file_is_its_worst() -> None:
    of = run(
        report(found(severity=Severity.INFO), path="a.pdf", format="pdf"),
        report(found(severity=Severity.WARNING), found(severity=Severity.INFO), path="b.pdf", format="pdf"),
        report(found(waived="行"), path="c.pdf", format="pdf"),
    )
    assert [level for level, _, _ in commands(rendered(of))] == ["warning", "notice"]


def test_a_member_of_an_archive_is_shown_at_the_archive() -> None:
    of = run(report(found(), path="报送/全部.zip!/甲/总结.txt", format="txt"))
    ((_, properties, _),) = commands(rendered(of))
    assert properties["file"] == "报送/全部.zip"
    assert properties["title"].startswith("甲/总结.txt：")


def test_paths_start_at_the_top_of_the_repository() -> None:
    of = run(report(found(), path="../报告/甲.md", format="md"))
    ((_, properties, _),) = commands(rendered(of, folder="/w/repo/tools", root="/w/repo"))
    assert properties["file"] == "报告/甲.md"


@pytest.mark.parametrize(("count", "shown"), [(9, 9), (10, 10), (11, 9), (25, 9)])
def test_the_tenth_annotation_of_a_level_tells_of_the_others(count: int, shown: int) -> None:
    for level in Severity:
        of = run(report(*(found(severity=level) for _ in range(count)), format="txt"))
        got = commands(rendered(of))
        assert sum(one[1].get("file") is not None for one in got) == shown
        if shown < count:
            assert got[-1][1] == {"title": "validator"}
            assert f"还有 {count - shown} 条未显示" in got[-1][2]


def test_the_most_severe_come_first_and_every_file_has_its_turn() -> None:
    got = commands(rendered(many(20_000)))
    assert [level for level, _, _ in got] == ["error"] * 10 + ["warning"] * 10 + ["notice"] * 10
    assert [one[1].get("file") for one in got[:10]] == [
        *(f"报告/{at}.{'md' if at % 2 else 'docx'}" for at in range(9)),
        None,
    ]
    assert [one[1]["line"] for one in got[10:15]] == ["2"] * 5
    # 5 files as a whole with 1,000 findings each, and 4 findings of text files
    assert "还有 8336 条未显示" in got[9][2]


def test_large_runs_stay_small_and_account_for_all() -> None:
    text = rendered(many(20_000))
    assert len(text.encode()) < 100_000
    assert len(text.splitlines()) <= 31
    assert text.splitlines()[-1].endswith("错误 6680 个，警告 6660 个，提示 6660 个")
    assert text == rendered(many(20_000))


def test_totals_tell_of_accepted_and_unread_files() -> None:
    of = run(
        report(found(waived="行", waived_by="path")),
        report(found("DOC001", location=Location(part="file")), path="坏.doc", format="doc"),
        skipped=2,
        unreadable=("坏.doc",),
    )
    assert rendered(of).splitlines()[-1] == (
        "validator：检查了 1 份，跳过 2 份，没读成 1 份；错误 1 个，警告 0 个，已豁免 1 处"
    )
    assert rendered(of, lang=Lang.EN).splitlines()[-1] == (
        "validator: 1 checked, 2 skipped, 1 unreadable; 1 errors, 0 warnings, 1 accepted"
    )


def test_english() -> None:
    text = rendered(run(report(*[found()] * 11, format="md")), lang=Lang.EN)
    assert "a placeholder%0Awhat to do: Write the number." in text
    assert "2 more not shown" in text


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_of_a_document_is_a_command(text: str) -> None:
    out = rendered(hostile(text))
    rows = out.split("\n")
    assert rows.pop() == ""
    got = commands(out)
    assert len(got) == 5
    assert len(rows) == 6
    assert not rows[-1].lstrip().startswith("::")
    assert "##[" not in out
    assert "##vso[" not in out
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u202e\u200f\u2066]", out)
    for _, properties, _ in got:
        assert set(properties) <= {"file", "line", "col", "endLine", "endColumn", "title"}
