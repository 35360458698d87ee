"""Every format of `check` and `facts`, those to come included, keeps the contract of the exit code.

The formats are collected: nothing here names one.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from format_parsers import SHOWN
from repositories import ran, write

from validator.cli._common import reporters_for

FORMATS = tuple(reporters_for("check"))
TITLE = "棠溪县图书馆2024年工作小结\n\n"
EXPIRED = "waivers:\n  - {code: PLC001, file: '*.txt', reason: 原文, expires: 2020-12-31}\n"
FAILING: dict[str, tuple[bytes, tuple[str, ...]]] = {
    "IND": ("棠溪县教育科技体育局2024年工作总结\n\n全年招聘教师12人。\n".encode(), ()),
    "PLC": (f"{TITLE}全年新聘人员XX名。\n".encode(), ()),
    "BAN": (f"{TITLE}更多范文请加QQ群123456789。\n".encode(), ()),
    "CON": (f"{TITLE}招聘新教师由60人增加到90人，增长52%。\n".encode(), ("--fail-on", "warning")),
    "DOC": (b"\x00\x01\xff\xfe" * 40, ()),
    "RUL": (f"{TITLE}全年任务按计划完成。\n".encode(), ("--fail-on", "warning")),
}
"""A report for every family of codes, and what makes the check fail for it."""


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    write(tmp_path, {"小结.txt": f"{TITLE}全年任务按计划完成。\n".encode()})
    return tmp_path


@pytest.fixture
def failing(tmp_path: Path, family: str) -> Path:
    """A folder with one report that has a finding of the family."""
    write(tmp_path, {"小结.txt": FAILING[family][0]})
    if family == "RUL":
        write(tmp_path, {"validator-waivers.yaml": EXPIRED.encode(), ".git/HEAD": b""})
    return tmp_path


def test_every_family_of_codes_has_a_report_here() -> None:
    from validator.pipeline import all_codes

    assert {code[:3] for code in all_codes()} == set(FAILING)


def test_every_format_can_be_read_here() -> None:
    assert {one for form in ("check", "facts", "read") for one in reporters_for(form)} == set(SHOWN)


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("family", FAILING)
def test_every_format_fails_alike(failing: Path, family: str, name: str) -> None:
    more = FAILING[family][1]
    arguments = ("check", "小结.txt", "--format", name)
    done = ran(failing, *arguments, *more)
    assert (done.code, done.err) == (1, "")
    assert family in "".join(SHOWN[name](done.out))
    to_file = ran(failing, *arguments, *more, "--output", "结果")
    assert (to_file.code, to_file.out, to_file.err) == (1, "", "已写入 结果\n")
    written = (failing / "结果").read_bytes().decode(errors="surrogateescape")
    assert family in "".join(SHOWN[name](written))
    if name != "console":
        assert written == done.out
    for file in ((), ("--output", "结果")):
        assert ran(failing, *arguments, "--fail-on", "never", *file).code == 0


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("more", [(), ("--fail-on", "info"), ("--max-warnings", "0"), ("--fail-on", "never")])
def test_a_report_in_order_passes_in_every_format(clean: Path, name: str, more: tuple[str, ...]) -> None:
    for file in ((), ("--output", "结果")):
        assert ran(clean, "check", "小结.txt", "--format", name, *more, *file).code == 0


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize(
    "wrong",
    [("没有.txt",), ("小结.txt", "--profile", "没有"), ("小结.txt", "--rules", "没有.yaml"), ("空",)],
    ids=["file", "profile", "rules", "nothing to check"],
)
def test_what_could_not_be_done_is_2_in_every_format(clean: Path, name: str, wrong: tuple[str, ...]) -> None:
    (clean / "空").mkdir()
    for file in ((), ("--output", "结果")):
        done = ran(clean, "check", *wrong, "--format", name, *file)
        assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
        assert not (clean / "结果").exists()


@pytest.mark.parametrize("family", ["PLC"])
def test_many_formats_at_once_give_one_exit_code(failing: Path, family: str) -> None:
    pairs = [word for name in FORMATS for word in ("--format", name, "--output", f"结果.{name}")]
    done = ran(failing, "check", "小结.txt", *pairs)
    assert (done.code, done.out) == (1, "")
    assert all((failing / f"结果.{name}").stat().st_size for name in FORMATS)
    assert ran(failing, "check", "小结.txt", *pairs, "--fail-on", "never").code == 0


@pytest.mark.parametrize("name", reporters_for("facts"))
def test_facts_fail_only_where_nothing_was_read(clean: Path, name: str) -> None:
    write(clean, {"坏.txt": FAILING["DOC"][0]})
    for paths, code in ((["小结.txt"], 0), (["小结.txt", "坏.txt"], 0), (["坏.txt"], 2), (["没有.txt"], 2)):
        assert ran(clean, "facts", *paths, "--format", name).code == code
        assert ran(clean, "facts", *paths, "--format", name, "--output", "结果").code == code
