"""Waivers and the baseline: what they accept, what survives an edit, and what is told when they are over."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import Program

HEAD = "棠溪县工作总结\n\n"
TEXT = HEAD + "全年招聘教师XX人，引进博士X人，流失X人。\n\n更多范文请加QQ群123456789。\n"
WAIVERS = "validator-waivers.yaml"
BASELINE = "validator-baseline.json"


@pytest.fixture
def run(run: Program) -> Program:
    """Runs a command line at the top of a repository with one report."""
    report(TEXT)
    return run


def report(text: str, name: str = "a.md") -> None:
    Path(name).write_text(text, "utf-8")


def found(run: Program, *arguments: str) -> list[tuple[str, str, str | None]]:
    """(code, text, way in which it is accepted) of every finding, those of the policy's files included."""
    reports = json.loads(run("check", ".", "--format", "json", *arguments).out)["reports"]
    return [(one["code"], one["text"], one["waived_by"]) for report in reports for one in report["findings"]]


def standing(run: Program, *arguments: str) -> list[str]:
    return [code for code, _, way in found(run, *arguments) if way is None]


def test_what_stands_is_three_placeholders_and_an_advertisement(run: Program) -> None:
    assert standing(run) == ["PLC001", "PLC001", "PLC001", "BAN002"]


def test_a_waiver_accepts_one_finding_and_says_why(run: Program) -> None:
    done = run("waive", "a.md", "plc001", "--text", "XX", "--reason", "原文如此", "--owner", "李主任")
    assert done.code == 0
    assert found(run)[0] == ("PLC001", "XX", "waiver")
    assert standing(run) == ["PLC001", "PLC001", "BAN002"]
    assert "原文如此" in run("check", "a.md", "--verbose").out
    text = Path(WAIVERS).read_text("utf-8")
    for expected in ("code: PLC001", "file: a.md", "text: XX", "reason: 原文如此", "owner: 李主任"):
        assert expected in text


@pytest.mark.parametrize(
    ("words", "accepted"),
    [
        ("博士X", [1]),
        ("X人，流失", [1]),
        ("流失X人。", [2]),
        ("教师XX人，引进博士X人", None),
        ("全年招聘", None),
        ("博士XX", None),
    ],
)
def test_a_waiver_chooses_by_the_words_around_the_finding(
    run: Program, words: str, accepted: list[int] | None
) -> None:
    done = run("waive", "a.md", "PLC001", "--text", words, "--reason", "原文如此")
    assert done.code == (2 if accepted is None else 0)
    ways = [at for at, (_, _, way) in enumerate(found(run)) if way == "waiver"]
    assert ways == (accepted or [])


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("a.md", "PLC001", "--reason", "原文"), "有 3 处"),
        (("a.md", "PLC001", "--reason", "……", "--all"), "--reason"),
        (("a.md", "PLC002", "--reason", "原文"), "没有这样的问题"),
        (("a.md", "PLC01", "--reason", "原文"), "没有这个问题代码"),
        (("a.md", "DOC001", "--reason", "原文"), "不能豁免"),
        (("a.md", "BAN002", "--reason", "原文", "--expires", "2026-13-01"), "不是日期"),
        (("a.md", "BAN002", "--reason", "原文", "--expires", "2020-01-01"), "已经过去"),
        (("没有.md", "BAN002", "--reason", "原文"), "没有.md"),
    ],
)
def test_a_waiver_that_makes_no_sense_is_refused(
    run: Program, arguments: tuple[str, ...], words: str
) -> None:
    done = run("waive", *arguments)
    assert done.code == 2
    assert words in done.err
    assert not Path(WAIVERS).exists()


def test_waivers_are_added_to_a_file_with_comments(run: Program) -> None:
    Path(WAIVERS).write_text(
        "# 我们的说明\nwaivers:\n  # 第一条\n  - {code: BAN002, file: '*.md', reason: 示例}\n", "utf-8"
    )
    assert run("waive", "a.md", "PLC001", "--reason", "原文如此", "--all").code == 0
    text = Path(WAIVERS).read_text("utf-8")
    assert "# 我们的说明" in text
    assert "# 第一条" in text
    assert standing(run) == []


@pytest.mark.parametrize(
    "written",
    [
        "waivers: [{code: BAN002, file: a.md, reason: 示例}]\n",
        "waivers:\n- {code: BAN002, file: a.md, reason: 示例}\n",
    ],
)
def test_a_file_that_cannot_be_added_to_stays_as_it_is(run: Program, written: str) -> None:
    Path(WAIVERS).write_text(written, "utf-8")
    done = run("waive", "a.md", "PLC001", "--reason", "原文如此", "--all")
    if done.code == 2:
        assert WAIVERS in done.err
        assert Path(WAIVERS).read_text("utf-8") == written
    else:
        assert standing(run) == []


@pytest.mark.parametrize(
    ("entry", "place", "words"),
    [
        ("{code: PLC001, file: a.md}", "2", "reason"),
        ("{code: PLC001, reason: 原文}", "2", "file"),
        ("{code: DOC010, file: a.md, reason: 原文}", "2", "不能豁免"),
        ("{code: PLC001, file: a.md, reason: 原文, expires: 2026-02-30}", "2", "没有这一天"),
        ("{code: PLC001, file: a.md, reason: 原文, expires: 明年}", "2", "expires"),
        ("{code: PLC001, file: a.md, reason: 原文, ankor: x}", "2", "是否想写“anchor”"),
    ],
)
def test_a_mistake_in_the_waivers_is_one_line(run: Program, entry: str, place: str, words: str) -> None:
    Path(WAIVERS).write_text(f"waivers:\n  - {entry}\n", "utf-8")
    done = run("check", "a.md")
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
    assert f"{WAIVERS}:{place}" in done.err
    assert words in done.err


def test_a_waiver_that_is_over_is_told_and_counts_no_more(run: Program) -> None:
    Path(WAIVERS).write_text(
        "waivers:\n  - {code: PLC001, file: a.md, reason: 原文, owner: 李主任, expires: 2024-12-31}\n",
        "utf-8",
    )
    assert standing(run) == ["PLC001", "PLC001", "PLC001", "BAN002", "RUL001"]
    out = run("check", ".").out
    assert "豁免已于 2024-12-31 过期：PLC001，a.md（李主任）" in out


def test_a_waiver_holds_through_its_last_day(run: Program) -> None:
    from datetime import datetime

    today = datetime.now().astimezone().date().isoformat()
    Path(WAIVERS).write_text(
        f"waivers:\n  - {{code: PLC, file: a.md, reason: 原文, expires: {today}}}\n", "utf-8"
    )
    assert run("check", ".").code == 2  # a family is too wide for a waiver
    Path(WAIVERS).write_text(
        f"waivers:\n  - {{code: PLC001, file: a.md, reason: 原文, expires: {today}}}\n", "utf-8"
    )
    assert standing(run) == ["BAN002"]


@pytest.mark.parametrize(
    ("entry", "arguments", "told"),
    [
        ("{code: PLC002, file: a.md, reason: 原文}", ["."], True),
        ("{code: PLC001, file: 没有.md, reason: 原文}", ["."], True),
        ("{code: PLC001, file: b.md, reason: 原文}", ["a.md"], False),
    ],
)
def test_a_waiver_that_fits_nothing_is_told_where_the_run_can_know(
    run: Program, entry: str, arguments: list[str], told: bool
) -> None:
    report(HEAD + "完成。\n", "b.md")
    Path(WAIVERS).write_text(f"waivers:\n  - {entry}\n", "utf-8")
    out = run("check", *arguments).out
    assert ("RUL002" in out) is told


def test_the_finding_about_a_waiver_stands_at_its_line(run: Program) -> None:
    Path(WAIVERS).write_text("waivers:\n\n  - {code: PLC002, file: a.md, reason: 原文}\n", "utf-8")
    told = json.loads(run("check", ".", "--format", "json").out)["reports"][-1]
    assert (told["path"], told["findings"][0]["location"]["line"]) == (WAIVERS, 3)


EDITS = {
    "nothing": (TEXT, []),
    "a line above": (HEAD + "新增一段。\n\n" + TEXT.removeprefix(HEAD), []),
    "a neighbour is filled in": (TEXT.replace("XX", "12"), ["RUL003"]),
    "two neighbours are filled in": (TEXT.replace("XX", "12").replace("流失X人", "流失3人"), ["RUL003"]),
    "the words before change": (TEXT.replace("全年招聘教师", "全市上下共招聘"), []),
    "the words after change": (TEXT.replace("人，引进", "名教师，引进"), []),
    "a new one": (TEXT + "\n培训校长X名。\n", ["PLC001"]),
    "one more of the same": (TEXT + "\n" + TEXT.removeprefix(HEAD), ["PLC001"] * 3 + ["BAN002"]),
    "another code": (TEXT + "\n年检率为  %。\n", ["PLC002"]),
    "all mended": (HEAD + "完成。\n", ["RUL003"]),
}


@pytest.mark.parametrize(("text", "expected"), EDITS.values(), ids=EDITS)
def test_what_stands_beside_a_baseline_after_an_edit(run: Program, text: str, expected: list[str]) -> None:
    assert run("baseline", ".").code == 0
    assert standing(run) == []
    report(text)
    assert sorted(standing(run)) == sorted(expected)


def test_a_baseline_follows_a_file_that_was_moved(run: Program) -> None:
    run("baseline", ".")
    Path("a.md").rename("改名.md")
    assert standing(run) == []


def test_a_copy_is_new(run: Program) -> None:
    run("baseline", ".")
    report(TEXT, "b.md")
    assert standing(run) == ["PLC001", "PLC001", "PLC001", "BAN002"]


def test_a_baseline_shrinks_and_does_not_grow_by_itself(run: Program) -> None:
    run("baseline", ".")
    report(TEXT.replace("XX", "12") + "\n培训校长X名。\n")
    done = run("baseline", ".")
    assert done.code == 1
    assert "原有 4 处，现剩 3 处" in done.err
    assert "1 处新问题没有收入" in done.err
    assert standing(run) == ["PLC001"]
    assert run("baseline", ".", "--accept-new").code == 0
    assert standing(run) == []


def test_a_baseline_of_some_files_keeps_what_is_known_of_the_others(run: Program) -> None:
    report(TEXT, "b.md")
    run("baseline", ".")
    report(HEAD + "完成。\n")
    assert run("baseline", "a.md").code == 0
    assert standing(run) == []
    files = {one["file"] for one in json.loads(Path(BASELINE).read_text("utf-8"))["findings"]}
    assert files == {"b.md"}


def test_a_baseline_is_written_the_same_again(run: Program) -> None:
    run("baseline", ".")
    first = Path(BASELINE).read_bytes()
    run("baseline", ".")
    assert Path(BASELINE).read_bytes() == first


def test_what_was_not_checked_is_in_no_baseline(run: Program) -> None:
    Path("坏.docx").write_bytes(b"PK\x03\x04")
    run("baseline", ".")
    assert standing(run) == ["DOC001"]


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{}",
        '{"schema_version": 2, "findings": []}',
        '{"schema_version": 1, "findings": [{"file": 1}]}',
        "\xff",
    ],
)
def test_a_damaged_baseline_is_told(run: Program, content: str) -> None:
    Path(BASELINE).write_bytes(content.encode("latin-1"))
    done = run("check", ".")
    assert (done.code, done.err.count("\n")) == (2, 1)
    assert BASELINE in done.err


def test_everything_accepted_is_counted_by_the_way(run: Program) -> None:
    Path("validator.yaml").write_text("ignore: [{files: ['*'], codes: [BAN], reason: 旧资料}]\n", "utf-8")
    run("waive", "a.md", "PLC001", "--text", "XX", "--reason", "原文")
    run("baseline", ".")
    done = run("check", ".")
    assert done.code == 0
    assert "另有已接受的问题 4 处（配置排除 1，豁免清单 1，存量 2），不计入" in done.out
    assert run("check", ".", "--no-baseline").code == 1


def test_the_configuration_says_how_much_a_stale_waiver_counts(run: Program) -> None:
    Path(WAIVERS).write_text("waivers:\n  - {code: PLC002, file: a.md, reason: 原文}\n", "utf-8")
    for severity in ("error", "info"):
        Path("validator.yaml").write_text(f"severity: {{RUL: {severity}}}\n", "utf-8")
        told = json.loads(run("check", ".", "--format", "json").out)["reports"][-1]["findings"]
        assert [one["severity"] for one in told] == [severity]
