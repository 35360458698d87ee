"""What users are promised of every run: same findings in any encoding, same bytes anywhere, one line per mistake."""

from __future__ import annotations

import codecs
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import Program

ROOT = Path(__file__).parents[1]
TEXTS = ROOT / "fixtures" / "gold" / "bureau" / "text"
PLAIN = sorted(one.name for one in TEXTS.iterdir() if one.suffix in (".txt", ".md"))
WORD = "a09_template_annual.docx"


def reports(out: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(out)["reports"]
    return found


def plain(path: Path) -> str:
    """The fixtures are of several encodings themselves."""
    data = path.read_bytes()
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")


# ── encodings ────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("name", PLAIN)
def test_a_gb18030_copy_gives_the_same_findings(program: Program, folder: Path, name: str) -> None:
    text = plain(TEXTS / name)
    told = {}
    for encoding in ("utf-8", "gb18030"):
        Path(name).write_bytes(text.encode(encoding))
        (report,) = reports(program("check", name, "--format", "json").out)
        assert report.pop("encoding") == encoding
        told[encoding] = report, program("facts", name, "--format", "jsonl").out
    assert told["gb18030"] == told["utf-8"]


# ── same input, same bytes ───────────────────────────────────────────────────
def output(files: list[Path], arguments: tuple[str, ...], cwd: Path, environment: dict[str, str]) -> bytes:
    dropped = {"LC_ALL", "LC_CTYPE", "LC_MESSAGES", "LANG", "VALIDATOR_LANG", "PYTHONHASHSEED"}
    clean = {name: value for name, value in os.environ.items() if name not in dropped}
    done = subprocess.run(
        [sys.executable, "-m", "validator", arguments[0], *map(str, files), *arguments[1:], "--lang", "zh"],
        capture_output=True,
        cwd=cwd,
        env={**clean, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", **environment},
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr
    return done.stdout


@pytest.mark.parametrize(
    "arguments",
    [("check", "--format", "json"), ("check", "--verbose"), ("facts", "--format", "jsonl")],
    ids=" ".join,
)
def test_the_bytes_depend_on_nothing_but_the_input(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    files = [tmp_path / "in" / name for name in (WORD, PLAIN[0], PLAIN[2])]
    (tmp_path / "in").mkdir()
    (tmp_path / "elsewhere").mkdir()
    for one in files:
        shutil.copy(TEXTS / one.name, one)
    first = output(files, arguments, tmp_path / "elsewhere", {"PYTHONHASHSEED": "0", "LC_ALL": "C.UTF-8"})
    assert first
    others = [
        (files[::-1], "elsewhere", {"PYTHONHASHSEED": "1", "LC_ALL": "C"}),
        (files[1:] + files[:1], ".", {"PYTHONHASHSEED": "4242", "LC_ALL": "en_US.UTF-8"}),
        ([*files, files[0]], "in", {"PYTHONHASHSEED": "7", "LC_ALL": "zh_CN.GB18030", "TZ": "Asia/Shanghai"}),
    ]
    for order, cwd, environment in others:
        assert output(order, arguments, tmp_path / cwd, environment) == first, (order, cwd, environment)


# ── one bad file does not hide the others ────────────────────────────────────
def test_a_truncated_word_file_is_a_finding_and_the_other_is_checked(program: Program, folder: Path) -> None:
    whole = (TEXTS / WORD).read_bytes()
    Path("坏.docx").write_bytes(whole[: len(whole) // 2])
    Path("好.docx").write_bytes(whole)
    done = program("check", "坏.docx", "好.docx", "--format", "json")
    assert (done.code, done.err) == (1, "")
    told = {one["path"]: one for one in reports(done.out)}
    assert [one["code"] for one in told["坏.docx"]["findings"]] == ["DOC001"]
    assert "PLC001" in {one["code"] for one in told["好.docx"]["findings"]}
    ledger = json.loads(done.out)["ledger"]
    assert (ledger["found"], ledger["checked"]) == (2, 1)
    assert [one["path"] for one in ledger["unreadable"]] == ["坏.docx"]


# ── what the user did is one line ────────────────────────────────────────────
INDICATOR = """\
pack: indicators
indicators:
  - id: local.rooms
    name: {zh: 图书室数, en: Reading rooms}
    unit: 个
    kind: count
    wordings: ["乡村图书室"]
    examples:
      - {text: 乡村图书室18个。, expect: [{role: actual, value: 18}]}
"""
PROFILE = """\
pack: profiles
profiles:
  - id: local_annual
    name: {zh: 本地总结, en: Local report}
    applies: {titles: ["*总结"]}
    require:
      - economy.gpd
"""
MISTAKES = {
    # name: (pack or nothing, arguments, file and place, remedy)
    "no such path": (None, ["sumary.txt"], "sumary.txt", "是不是 summary.txt？"),
    "no such path, none like it": (None, ["nowhere/x.txt"], "nowhere/x.txt", "请检查路径"),
    "empty folder": (None, ["empty"], "empty", "文件夹是空的"),
    "unknown option": (None, ["summary.txt", "--fromat", "json"], "--fromat", "是不是 --format？"),
    "broken YAML": (INDICATOR.replace('"]', '"'), ["summary.txt"], "mine.yaml:8:", "括号或引号不配对"),
    "unknown key": (INDICATOR.replace("wordings", "wording"), ["summary.txt"], "mine.yaml:7:5: ", "“wordings”"),
    "unknown id": (PROFILE, ["summary.txt"], "mine.yaml:7:9: ", "是否想写“economy.gdp”？"),
}  # fmt: skip


@pytest.mark.parametrize("command", ["check", "facts"])
@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_one_line_with_place_and_remedy(
    program: Program, folder: Path, command: str, name: str
) -> None:
    pack, arguments, place, remedy = MISTAKES[name]
    Path("summary.txt").write_text("临川县教科体局2023年工作总结\n\n招聘新教师12人。\n", "utf-8")
    Path("empty").mkdir()
    if pack is not None:
        Path("mine.yaml").write_text(pack, "utf-8")
        arguments = [*arguments, "--rules", "mine.yaml"]
    done = program(command, *arguments)
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
    assert done.err.startswith("错误：")
    assert place in done.err
    assert remedy in done.err
