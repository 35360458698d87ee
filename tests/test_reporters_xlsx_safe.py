"""The list of what is missing holds no formula, no link and no secret, has limits, and opens elsewhere."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
import runs
from conftest import Program
from listruns import (
    ABOUT,
    CHANGE,
    FIRST,
    LIST,
    SEVERAL,
    STATED,
    county,
    graded,
    made,
    opened,
    result,
    rule,
    table,
    value_fact,
)

from validator.cli import _streams
from validator.model.location import Location
from validator.model.rule import Rules
from validator.model.words import Bilingual, Lang, Status
from validator.reporters import _xlsx_book as book

SOFFICE = shutil.which("soffice")


HOSTILE = (
    *runs.HOSTILE,
    "=1+1",
    "+1",
    "-1+cmd|' /C calc'!A0",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    '=HYPERLINK("http://x.example","x")',
    "http://x.example/a",
    "https://x.example",
    "mailto:a@b.example",
    "internal:Sheet1!A1",
    "external:c:\\x.xlsx",
    "ftp://x.example",
    "{=SUM(A1)}",
    "_x0041_",
    "123",
    "1e5",
    "TRUE",
    "#REF!",
    "&C&\"Arial\"",
    "\x0b\x0c\x00\x1f\x7f",
    "\ufdd0\U0001ffff",
)  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("lang", list(Lang))
def test_hostile_texts_stay_texts(text: str, lang: Lang) -> None:
    both = Bilingual(text, text)
    rules = Rules(indicators={"pupils": rule("pupils", text, text, text, text)})
    rules = replace(
        rules, indicators={"pupils": replace(rules.indicators["pupils"], name=both, section=text)}
    )
    one = replace(result("pupils", Status.ABSENT), name=both)
    conflict = replace(
        result("pupils", Status.CONFLICTING, value_fact("pupils", 1, text, value_text=text, text=text)),
        name=both,
    )
    base = runs.hostile(text)
    findings = (graded("IND001", "pupils", message=both, remedy=both, location=Location(section=(text,))),)
    report = county(text, indicators=(one, conflict), findings=findings, profile=text, title=text)
    report = replace(report, facts=(value_fact("pupils", 1, text, value_text=text, text=text),))
    data = made(replace(base, reports=(*base.reports, report)), lang, rules)
    workbook = opened(data)
    for sheet in workbook:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in ("s", "n"), cell
                assert cell.hyperlink is None
                assert cell.data_type == "n" or not isinstance(cell.value, int | float)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        parts = b"".join(archive.read(name) for name in names)
    assert not re.search(rb"<f[ >]|<hyperlink|TargetMode|[\x00-\x08\x0b\x0c\x0e-\x1f]", parts)
    assert not any("external" in name.lower() or "vba" in name.lower() for name in names)


def test_texts_are_kept_as_they_are() -> None:
    """No apostrophe before an equals sign, which would be copied into the report."""
    text = "=2024年在校学生=4.2万人"
    finding = graded("PLC001", "pupils", message=Bilingual(text, text))
    row = table(opened(made(runs.run(county(findings=(finding,)))))[CHANGE])[0]
    assert row["问题"] == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("甲" * 32_767, "甲" * 32_767),
        ("甲" * 32_768, "甲" * 32_766 + "…"),
        ("\U00020000" * 16_383, "\U00020000" * 16_383),
        ("\U00020000" * 16_384, "\U00020000" * 16_383 + "…"),
        ("\x00" * 20_000, ("\\x00" * 20_000)[:32_766] + "…"),
        ("甲" + " \n" * 40_000 + "乙", None),
    ],
)
def test_a_cell_holds_so_many_characters(text: str, shown: str | None) -> None:
    out = book.cell_text(text)
    assert shown is None or out == shown
    assert len(out.encode("utf-16-le")) // 2 <= book.MOST_CHARACTERS
    finding = graded("PLC001", "pupils", message=Bilingual(text, text), text=text)
    assert table(opened(made(runs.run(county(findings=(finding,)))))[CHANGE])[0]["问题"] == out


@pytest.mark.parametrize("lang", list(Lang))
def test_more_rows_than_a_sheet_has(monkeypatch: pytest.MonkeyPatch, lang: Lang) -> None:
    monkeypatch.setattr(book, "MOST_ROWS", 8)
    workbook = opened(made(runs.run(*(county(f"{at}.txt") for at in range(4))), lang))
    for sheet in workbook.worksheets[:3]:
        assert sheet.max_row == 8
        said = sheet["A2"].value
        assert re.match("还有 [0-9]+ 行放不下|[0-9]+ more rows", said)
    assert workbook.worksheets[0]["A2"].value.startswith("还有 15 行" if lang is Lang.ZH else "15 more")
    cells = " ".join(str(one.sqref) for one in workbook.worksheets[0].data_validations.dataValidation)
    assert {int(one) for one in re.findall("[0-9]+", cells)} <= set(range(FIRST, 9))


def test_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    first = made(SEVERAL)
    monkeypatch.setenv("USER", "someone")
    monkeypatch.setattr("getpass.getuser", lambda: "someone")
    assert made(SEVERAL) == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        core = archive.read("docProps/core.xml").decode()
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert "2000-01-01T00:00:00Z" in core
    assert re.search("<dc:creator></dc:creator>|<dc:creator/>", core)


def test_very_many_findings() -> None:
    data = made(runs.many(20_000))
    assert len(data) < 3_000_000
    workbook = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
    rows = sum(1 for _ in workbook[CHANGE].iter_rows(min_row=FIRST))
    assert rows == 20_000


def test_a_validation_is_not_written_again_for_every_report() -> None:
    workbook = opened(made(runs.run(*(county(f"{at}.txt") for at in range(600)))))
    found = workbook[LIST].data_validations.dataValidation
    # five indicators, five hundred cells each at most
    assert len(found) == 10
    assert sum(len(str(one.sqref).split()) for one in found) == 3000


def test_nothing_heavy_is_imported_before_it_is_used() -> None:
    code = "import sys, validator.reporters.xlsx; sys.exit('xlsxwriter' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


REPORT = "教科体局2024年工作总结\n\n一、教育\n\n全县在校学生X万人。自主招聘教师71人。\n\n二、体育\n\n体育场地面积X平方米。\n"


@pytest.fixture
def report(folder: Path) -> Path:
    path = folder / "总结.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


@pytest.mark.usefixtures("report")
def test_the_suffix_chooses_the_format(program: Program, folder: Path) -> None:
    done = program("check", "总结.txt", "--profile", "county_annual", "--output", "缺项清单.xlsx")
    assert (done.code, done.out) == (1, "")
    rows = table(opened((folder / "缺项清单.xlsx").read_bytes())[LIST])
    units = {row["指标"]: (row["状态"], row["单位"]) for row in rows}
    assert units["在校学生数"] == ("占位", "万人")
    assert units["体育场地面积"] == ("占位", "平方米")
    assert "自主招聘教师数" not in units
    assert program("facts", "总结.txt", "--output", "数.xlsx").code == 0
    assert [row["数值"] for row in table(opened((folder / "数.xlsx").read_bytes())[STATED])] == [71]


@pytest.mark.usefixtures("report")
def test_no_bytes_on_a_terminal(program: Program, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_streams.Streams, "terminal", property(lambda self: True))
    for command in ("check", "facts"):
        done = program(command, "总结.txt", "--format", "json" if command == "check" else "jsonl",
                       "--output", "a.json", "--format", "xlsx")  # fmt: skip
        assert done.code == 2
        assert "xlsx 要写入文件，请加 --output 清单.xlsx" in done.err
        assert done.err.count("\n") == 1
        assert done.out == ""
        assert not (folder / "a.json").exists()
    assert "goes to a file" in program("--lang", "en", "check", "总结.txt", "--format", "xlsx").err
    assert program("check", "总结.txt", "--format", "xlsx", "--output", "b.xlsx").code == 1


@pytest.mark.usefixtures("report")
def test_bytes_in_a_pipe(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "validator", "facts", "总结.txt", "--format", "xlsx"],
        capture_output=True,
        cwd=folder,
        check=True,
    )
    assert opened(done.stdout).sheetnames == [STATED, ABOUT]


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_reads_the_same(tmp_path: Path) -> None:
    hostile = county("=甲.txt", findings=(graded("PLC001", "pupils", message=Bilingual("=1+1", "")),))
    data = made(runs.run(county(), hostile))
    (tmp_path / "list.xlsx").write_bytes(data)
    workbook = opened(data)
    every_sheet = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    for target in (every_sheet, "pdf"):
        subprocess.run(
            [
                str(SOFFICE),
                f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
                "--headless",
                "--convert-to",
                target,
                "list.xlsx",
            ],
            cwd=tmp_path,
            capture_output=True,
            timeout=120,
            check=True,
        )
    assert (tmp_path / "list.pdf").read_bytes().startswith(b"%PDF")
    for sheet in workbook:
        with (tmp_path / f"list-{sheet.title}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        for shown, row in zip(rows, sheet.iter_rows(values_only=True), strict=True):
            texts_there = [value for value in row if isinstance(value, str)]
            assert [value for value in shown if value in texts_there] == texts_there
    assert "=1+1" in (tmp_path / f"list-{CHANGE}.csv").read_text(encoding="utf-8")
