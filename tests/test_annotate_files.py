"""`validator annotate`: whole files, where they go, and what other programs make of them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from conftest import Program

from tests.wordcomments import assert_untouched, own
from validator.model.finding import Finding
from validator.model.words import Severity
from validator.pipeline import Options, check_report
from validator.rulepacks import load_rules

FIXTURES = Path(__file__).parents[1] / "fixtures"
REPORTS = sorted(FIXTURES.rglob("*.docx"))
OPTIONS = Options(profile="county_annual")
NAMES = [one.relative_to(FIXTURES).as_posix() for one in REPORTS]
Findings = Callable[[Path], tuple[Finding, ...]]


@pytest.fixture(scope="module")
def findings() -> Findings:
    rules = load_rules()
    return lambda path: check_report(path, path.name, rules, OPTIONS).findings


@pytest.fixture
def report(folder: Path) -> Path:
    document = docx.Document()
    document.add_paragraph("河阳县教育局2024年工作总结")
    document.add_paragraph("一、教育")
    line = document.add_paragraph("全县新建学校X")
    line.add_run("X所，").bold = True
    line.add_run("在校学生2.4万人。")
    document.save("总结.docx")
    return folder / "总结.docx"


@pytest.mark.parametrize("path", REPORTS, ids=NAMES)
def test_every_word_report_of_the_fixtures(
    program: Program, folder: Path, findings: Findings, path: Path
) -> None:
    target = folder / "报告-批注.docx"
    done = program("annotate", str(path), "-o", str(target), "--profile", "county_annual", "--no-config")
    assert (done.code, done.err) == (0, "")
    expected = findings(path)
    found = own(target.read_bytes())
    assert len(found) == len(expected)
    for comment, one in zip(found.values(), expected, strict=True):
        assert comment.lines[-1].endswith(f" [{one.code}]")
        assert one.message.zh.rstrip("。") in comment.lines[0]
        seen = {"hidden": comment.hidden, "deleted": comment.deleted}.get(one.location.part, comment.shown)
        if one.text and not comment.lines[0].startswith("【"):
            assert seen == one.text
        elif one.code == "IND001":
            assert seen.strip("。") in (*one.location.section, seen if not one.location.section else "")
    assert_untouched(path.read_bytes(), target.read_bytes())
    assert _told(findings(target)) == _told(expected)


def _told(found: tuple[Finding, ...]) -> list[tuple[str, str, str, tuple[str, ...]]]:
    """What is said of a report, but for the comments that are left in it."""
    return [
        (one.code, one.message.zh, one.text, one.location.section) for one in found if one.code != "DOC005"
    ]


def test_the_commented_file_lies_beside_the_report(program: Program, report: Path) -> None:
    before = report.read_bytes()
    done = program("annotate", "总结.docx")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("已写入 总结-批注.docx：")
    assert "XX" in {one.shown for one in own((report.parent / "总结-批注.docx").read_bytes()).values()}
    assert report.read_bytes() == before
    assert sorted(one.name for one in report.parent.iterdir()) == ["总结-批注.docx", "总结.docx"]
    assert Path("总结-批注.docx").stat().st_mode == report.stat().st_mode


def test_an_existing_file_is_overwritten_only_when_told(program: Program, report: Path) -> None:
    assert program("annotate", "总结.docx").code == 0
    Path("总结-批注.docx").write_text("mine", encoding="utf-8")
    done = program("annotate", "总结.docx")
    assert done.code == 2
    assert "已有同名的文件：总结-批注.docx。加 --force 覆盖它" in done.err
    assert Path("总结-批注.docx").read_text("utf-8") == "mine"
    assert program("annotate", "总结.docx", "--force").code == 0
    assert own(Path("总结-批注.docx").read_bytes())


@pytest.mark.parametrize("way", ["same", "dotted", "symlink", "hardlink", "other report"])
def test_a_report_is_never_overwritten(program: Program, report: Path, way: str) -> None:
    before = report.read_bytes()
    target = {"same": "总结.docx", "dotted": "./x/../总结.docx"}.get(way, "另一.docx")
    Path("x").mkdir()
    if way == "symlink":
        Path(target).symlink_to("总结.docx")
    elif way == "hardlink":
        os.link("总结.docx", target)
    done = program("annotate", "总结.docx", "-o", target, "--force")
    if way == "other report":
        assert done.code == 0
        Path(target).unlink()
        Path("x/总结-批注.docx").write_bytes(before)
        done = program("annotate", "总结.docx", "x/总结-批注.docx", "--output-dir", "x", "--force")
        target = "x/总结-批注.docx"
    assert done.code == 2
    assert "不能覆盖原文件" in done.err
    assert report.read_bytes() == before
    assert way not in ("symlink", "hardlink", "other report") or Path(target).read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("总结.docx", "-o", "批注.doc"), "批注只能写进 .docx 文件"),
        (("总结.docx", "-o", "批注"), "批注只能写进 .docx 文件"),
        (("总结.docx", "-o", "a.docx", "--output-dir", "x"), "-o 和 --output-dir 只能写一个"),
        (("总结.docx", "b.docx", "-o", "a.docx"), "有多份报告时不能用 -o"),
        (("总结.docx", "x/总结.docx", "--output-dir", "y"), "会写到同一个文件 y/总结-批注.docx"),
        (("总结.docx", "-o", "x/folder.docx"), "是文件夹，请用 --output-dir"),
        (("没有.docx",), "找不到文件"),
        (("总结.docx", "--profile", "county_anual"), "是不是 county_annual"),
        (("总结.docx", "-o", "总结.docx/a.docx"), "写不了文件"),
    ],
)
def test_what_cannot_be_done_is_said(
    program: Program, report: Path, arguments: tuple[str, ...], message: str
) -> None:
    Path("x/folder.docx").mkdir(parents=True)
    shutil.copy("总结.docx", "x/总结.docx")
    shutil.copy("总结.docx", "b.docx")
    done = program("annotate", *arguments)
    assert done.code == 2
    assert message in done.err
    assert not list(report.parent.rglob("*-批注*"))
    assert not list(report.parent.rglob("*.tmp"))


def test_several_reports_go_to_a_folder(program: Program, report: Path) -> None:
    Path("全部").mkdir()
    for name in ("甲", "乙"):
        shutil.copy("总结.docx", f"全部/{name}.docx")
    assert program("annotate", "全部/甲.docx", "全部/乙.docx", "--output-dir", "批注/本年").code == 0
    assert sorted(one.name for one in Path("批注/本年").iterdir()) == ["乙-批注.docx", "甲-批注.docx"]
    assert program("annotate", "全部").code == 0
    assert len(list(Path("全部").iterdir())) == 4
    assert program("annotate", "全部", "--force").code == 0
    assert len(list(Path("全部").iterdir())) == 4


@pytest.mark.parametrize("suffix", [".doc", ".odt", ".rtf", ".pdf", ".html"])
def test_other_formats_are_told_the_way(program: Program, folder: Path, suffix: str) -> None:
    shutil.copy(FIXTURES / "formats" / "files" / f"report{suffix}", f"我的 总结{suffix}")
    done = program("annotate", f"我的 总结{suffix}")
    assert done.code == 2
    assert "这种格式加不了批注：请用 Word/WPS 另存为 .docx 再试，或用 --format html 看网页报告" in done.err
    quote = '"' if os.name == "nt" else "'"
    assert f"validator check {quote}我的 总结{suffix}{quote} --format html --output" in done.err
    assert [one.name for one in folder.iterdir()] == [f"我的 总结{suffix}"]
    english = program("--lang", "en", "annotate", f"我的 总结{suffix}").err
    assert "this format takes no comments" in english


def test_one_bad_file_does_not_stop_the_others(program: Program, report: Path) -> None:
    Path("坏.docx").write_bytes(b"PK\x03\x04broken")
    Path("文字.txt").write_text("某县工作总结\n新建学校XX所。\n", encoding="utf-8")
    with zipfile.ZipFile("包.zip", "w") as archive:
        archive.write("总结.docx")
    done = program("annotate", "坏.docx", "文字.txt", "包.zip", "总结.docx")
    assert done.code == 2
    assert Path("总结-批注.docx").is_file()
    assert [line.partition("：")[2].partition("：")[0] for line in done.err.splitlines()] == [
        "包.zip!/总结.docx",
        "坏.docx",
        "文字.txt",
    ]


def test_nothing_found_writes_nothing(program: Program, folder: Path) -> None:
    document = docx.Document()
    document.core_properties.comments = ""
    document.add_paragraph("请按时参会。")
    document.save("通知.docx")
    done = program("annotate", "通知.docx", "-o", "x.docx")
    assert (done.code, done.out) == (
        0,
        "通知.docx：没有发现问题，但没有查缺报（看不出是哪类报告，可用 --profile 指定要求清单）；"
        "不用加批注，没有写文件\n",
    )
    assert [one.name for one in folder.iterdir()] == ["通知.docx"]


def test_accepted_findings_and_the_configuration_count(program: Program, report: Path) -> None:
    accepted = "ignore: [{files: ['*'], codes: [PLC], reason: 由办公室统一填写}]\n"
    Path("validator.yaml").write_text(accepted, encoding="utf-8")
    for more, seen in (("--no-config", True), ("--force", False)):
        done = program("annotate", "总结.docx", "--profile", "county_annual", more)
        assert done.code == 0
        codes = [one.lines[-1][-7:-4] for one in own(Path("总结-批注.docx").read_bytes()).values()]
        assert ("PLC" in codes, "IND" in codes) == (seen, True)


@pytest.mark.parametrize("suffix", [".docm", ".dotx"])
def test_templates_and_macros_keep_their_kind(program: Program, report: Path, suffix: str) -> None:
    with zipfile.ZipFile("总结.docx") as old, zipfile.ZipFile(f"总结{suffix}", "w") as new:
        for member in old.infolist():
            new.writestr(member, old.read(member))
        new.writestr("word/vbaProject.bin", b"macro" * 50)
    assert program("annotate", f"总结{suffix}").code == 0
    assert_untouched(Path(f"总结{suffix}").read_bytes(), Path(f"总结-批注{suffix}").read_bytes())


def test_a_word_file_with_another_suffix_becomes_docx(program: Program, report: Path) -> None:
    report.rename("总结.doc")
    assert program("annotate", "总结.doc").code == 0
    assert own(Path("总结-批注.docx").read_bytes())


def test_a_failed_write_leaves_nothing(
    program: Program, report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise OSError(28, "No space left on device")

    Path("总结-批注.docx").write_text("old", encoding="utf-8")
    monkeypatch.setattr("os.fsync", fails)
    done = program("annotate", "总结.docx", "--force")
    assert done.code == 2
    assert "写不了文件 总结-批注.docx" in done.err
    assert Path("总结-批注.docx").read_text("utf-8") == "old"
    assert sorted(one.name for one in report.parent.iterdir()) == ["总结-批注.docx", "总结.docx"]


def test_severities_do_not_matter(program: Program, report: Path) -> None:
    done = program("check", "总结.docx", "--format", "json")
    found = json.loads(done.out)["reports"][0]["findings"]
    assert Severity.ERROR.value in {one["severity"] for one in found}
    program("annotate", "总结.docx")
    assert len(own(Path("总结-批注.docx").read_bytes())) == len(found)


# LibreOffice.

OFFICE = shutil.which("soffice")
needs_office = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")


def _converted(source: Path, form: str, folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    profile = f"-env:UserInstallation={(folder.parent / 'office').as_uri()}"
    command = [
        OFFICE or "",
        profile,
        "--headless",
        "--convert-to",
        form,
        "--outdir",
        str(folder),
        str(source),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return folder / f"{source.stem}.{form.partition(':')[0]}"


@needs_office
@pytest.mark.parametrize("path", [one for one in REPORTS if "formats" in one.parts or "a09" in one.name][:2])
def test_libreoffice_opens_it_and_loses_nothing(program: Program, folder: Path, path: Path) -> None:
    target = folder / "commented.docx"
    plain = folder / "plain.docx"
    shutil.copy(path, plain)
    program("annotate", str(plain), "-o", str(target), "--profile", "county_annual", "--no-config")
    text = [
        _converted(one, "txt:Text (encoded):UTF8", folder / "txt").read_text("utf-8")
        for one in (plain, target)
    ]
    assert text[0] == text[1]
    assert _converted(target, "pdf", folder / "pdf").stat().st_size > 10_000
    back = _converted(target, "docx", folder / "back").read_bytes()
    before, after = (own_lines(one) for one in (target.read_bytes(), back))
    assert before == after


def own_lines(data: bytes) -> list[str]:
    """The comments by what they say, in whatever order the program put them."""
    import io
    from xml.etree import ElementTree as ET

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = ET.fromstring(archive.read("word/comments.xml"))
    texts = ("".join(t.text or "" for t in one.iter() if t.tag.endswith("}t")) for one in root)
    return sorted(texts)


def test_what_was_not_asked_for_is_said(program: Program, folder: Path) -> None:
    document = docx.Document()
    document.core_properties.comments = ""
    document.add_paragraph("参会人数XX人。")
    document.save("通知.docx")
    done = program("annotate", "通知.docx")
    assert done.code == 0
    assert "1 条批注；没有查缺报" in done.out
    accepted = "ignore: [{files: ['*'], codes: [PLC], reason: 由办公室统一填写}]\n"
    (folder / "validator.yaml").write_text(accepted, encoding="utf-8")
    done = program("annotate", "通知.docx", "-o", "x.docx")
    assert (done.code, done.out) == (
        0,
        "通知.docx：没有新的问题（已豁免的不加批注）；不用加批注，没有写文件\n",
    )
