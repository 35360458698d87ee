"""One report in every format: each reader must find the same numbers, and every leftover in its place.

`fixtures/formats/` holds the files and, written by hand, what they state and what was left behind in them.
The packages that are only another wrapping of a file (.docm, .wps, .mht, .zip …) are made here.
"""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from conftest import Program

from validator import readers
from validator.model.document import Kind
from validator.model.finding import Finding
from validator.model.report import ReportResult
from validator.pipeline import Options, check_report
from validator.plugins import collect
from validator.readers._base import Reader
from validator.rulepacks import load_rules

FOLDER = Path(__file__).parents[1] / "fixtures" / "formats"
OPTIONS = Options(profile="county_annual")
READERS: dict[str, Reader] = {one.format: one for one in collect(readers, "READER").values()}
COUNTED = ("attachment", "picture")
"""Not text: named or counted in a notice about the file."""

NOT_HERE = {
    "doc": {
        "alt": "LibreOffice writes none into .doc",
        "name": "LibreOffice loses the name of the content control",
    },
    "docx": {"annotation": "the report has no reading aids over its characters"},
    "html": {
        "deleted": "LibreOffice writes it like any other text",
        "field": "LibreOffice writes the result only",
        "textbox": "LibreOffice writes it as a paragraph",
        "watermark": "LibreOffice writes a picture of it",
    },
    "mht": {
        "attachment": "made of the page, which has none",
        "deleted": "LibreOffice writes it like any other text",
        "field": "LibreOffice writes the result only",
        "textbox": "LibreOffice writes it as a paragraph",
        "watermark": "LibreOffice writes a picture of it",
    },
    "ods": {
        "attachment": "LibreOffice embeds no file by itself",
        "deleted": "no tracked changes in the sheet",
    },
    "ofd": {"annotation": "no stamp or text of a reviewer on the page; the remark is shown as a comment"},
    "pdf": {
        "alt": "not in an untagged PDF",
        "annotation": "no stamps or text boxes; the comment is shown as such",
        "attachment": "LibreOffice attaches no file",
        "hidden": "LibreOffice leaves hidden text out",
        "watermark": "LibreOffice draws it as lines",
    },
    "pptx": {
        "attachment": "LibreOffice embeds no file by itself",
        "diagram": "LibreOffice writes no SmartArt",
        "header": "headers are for handouts only",
        "name": "LibreOffice writes no sections or custom shows",
    },
    "rtf": {"attachment": "LibreOffice writes a picture of it"},
    "xls": {
        "alt": "LibreOffice writes none into .xls",
        "attachment": "LibreOffice embeds no file by itself",
        "watermark": "a sheet has a picture at most",
    },
    "xlsx": {
        "attachment": "LibreOffice embeds no file by itself",
        "diagram": "LibreOffice writes no SmartArt",
        "watermark": "a sheet has a picture at most",
    },
}
"""Parts of a reader that no file of the folder can show, by format, with the reason; its own tests do."""

Row = dict[str, Any]


def rows(name: str) -> list[Row]:
    return [json.loads(line) for line in (FOLDER / name).read_text("utf-8").splitlines()]


DOCS: dict[str, Row] = {row["doc"]: row for row in rows("docs.jsonl")}
NAMES = [one for one, row in DOCS.items() if row["format"] in READERS]
FACTS, STATUSES, PLANTED = rows("facts.jsonl"), rows("status.jsonl"), rows("planted.jsonl")


def facts(name: str) -> list[Row]:
    """What a file states: all that the report does, or only its table."""
    return [row for row in FACTS if DOCS[name]["facts"] in ("all", row["place"])]


def statuses(name: str) -> dict[str, str]:
    """Status of every required indicator."""
    if DOCS[name]["facts"] == "all":
        return {row["indicator"]: row["status"] for row in STATUSES}
    stated = {row["indicator"] for row in facts(name)}
    return {row["indicator"]: "reported" if row["indicator"] in stated else "absent" for row in STATUSES}


def planted(name: str) -> list[Row]:
    """What was left behind in a file, with the part where it stands there."""
    return [row | {"part": row["in"][name]} for row in PLANTED if name in row["in"]]


@cache
def maker(name: str) -> ModuleType:
    """A module of the maker that needs nothing but the standard library (packing, source)."""
    spec = importlib.util.spec_from_file_location(f"formats_{name}", FOLDER / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def rewrapped(name: str, data: bytes) -> bytes:
    kinds = {
        ".docm": "application/vnd.ms-word.document.macroEnabled.main+xml",
        ".dotx": "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
    }
    suffix = Path(name).suffix
    if suffix in kinds:
        data = maker("packing").retyped(data, kinds[suffix])
    elif suffix == ".mht":
        data = maker("packing").web_archive(data.decode())
    elif name == "strict.docx":
        data = maker("packing").strict(data)
    return data


@pytest.fixture(scope="session")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], ReportResult]:
    """The result of a file of the folder, read once."""
    rules = load_rules()
    folder = tmp_path_factory.mktemp("formats")

    @cache
    def result(name: str) -> ReportResult:
        origin = DOCS[name]["origin"]
        path = FOLDER / "files" / name
        if origin:
            path = folder / name
            path.write_bytes(rewrapped(name, (FOLDER / "files" / origin).read_bytes()))
        return check_report(path, name, rules, OPTIONS)

    return result


Checked = Callable[[str], ReportResult]


@pytest.mark.parametrize("name", NAMES)
def test_the_file_is_read_by_its_reader(checked: Checked, name: str) -> None:
    result = checked(name)
    unread = [
        one.message.zh
        for one in result.findings
        if one.code in ("DOC001", "DOC002", "DOC007", "DOC008", "DOC010")
    ]
    assert not unread
    assert (result.format, result.title) == (DOCS[name]["format"], DOCS[name]["title"])


@pytest.mark.parametrize("name", NAMES)
def test_facts_are_the_same_in_every_format(checked: Checked, name: str) -> None:
    stated = sorted(
        (one.indicator, one.role.value, f"{one.value:.10g}")
        for one in checked(name).facts
        if one.value is not None and one.scope.value == "whole"
    )
    wanted = sorted((row["indicator"], row["role"], f"{row['value']:.10g}") for row in facts(name))
    assert stated == wanted


@pytest.mark.parametrize("name", NAMES)
def test_statuses_are_the_same_in_every_format(checked: Checked, name: str) -> None:
    judged = {one.id: one.status.value for one in checked(name).indicators if one.required}
    assert judged == statuses(name)


def plain(text: str) -> str:
    return "".join(text.split())


def block_text(result: ReportResult, finding: Finding) -> str:
    document = result.document
    return plain(document.blocks[finding.block].text) if document and finding.block is not None else ""


def found(result: ReportResult) -> Iterator[tuple[str, str, str]]:
    """Part, code and the text of the block of each finding."""
    for one in result.findings:
        yield one.location.part, one.code, block_text(result, one)


@pytest.mark.parametrize("name", NAMES)
def test_everything_left_behind_is_found_in_its_place(checked: Checked, name: str) -> None:
    seen = list(found(checked(name)))
    missed = []
    for row in planted(name):
        part, text, code = row["part"], plain(row["text"]), row["code"]
        if part in COUNTED:
            there = any(one == code for _, one, _ in seen)
        else:
            there = any((part, code) == (where, one) and text in block for where, one, block in seen)
        if not there:
            elsewhere = sorted({(where, one) for where, one, block in seen if text and text in block})
            missed.append(f"{part} {row['text']} {code}, found: {elsewhere}")
    assert not missed


@pytest.mark.parametrize("name", [one for one in NAMES if DOCS[one]["facts"] == "all"])
def test_every_paragraph_and_heading_is_whole_and_in_order(checked: Checked, name: str) -> None:
    """A line that was wrapped, a page that was turned, a note or a comment inside: the sentence is one."""
    document = checked(name).document
    assert document is not None
    shown = [one for one in document.blocks if one.states]
    texts = [plain(one.text) for one in shown]
    headings = dict.fromkeys(plain(one.text) for one in shown if one.kind is Kind.HEADING)
    wanted = [(kind, plain(text)) for kind, text in maker("source").paragraphs() if kind != "table"]
    places = [next((at for at, one in enumerate(texts) if text in one), None) for _, text in wanted]
    assert [text for (_, text), at in zip(wanted, places, strict=True) if at is None] == []
    assert places == sorted(at for at in places if at is not None)
    assert [text for kind, text in wanted if kind != "p" and text not in headings] == []


@pytest.mark.parametrize("name", NAMES)
def test_what_is_out_of_sight_states_nothing(checked: Checked, name: str) -> None:
    """Hidden, deleted and furniture blocks never count as the report's text."""
    document = checked(name).document
    assert document is not None
    loud = [
        one.text for one in document.blocks
        if one.states and one.part in ("hidden", "deleted", "header", "footer", "properties", "link", "alt", "watermark")
    ]  # fmt: skip
    assert not loud


@pytest.mark.parametrize("kind", sorted({DOCS[name]["format"] for name in NAMES}))
def test_every_part_of_a_reader_is_shown(kind: str) -> None:
    shown = {"body"} | {
        row["part"] for name in NAMES if DOCS[name]["format"] == kind for row in planted(name)
    }
    shown.add("table")
    assert set(READERS[kind].parts) - shown == set(NOT_HERE.get(kind, ()))


def test_every_format_has_a_file() -> None:
    assert set(READERS) == {row["format"] for row in DOCS.values()}


def test_members_of_an_archive_are_reports_of_their_own(program: Program, folder: Path) -> None:
    files = FOLDER / "files"
    members = {
        "教科体局总结.docx": (files / "report.docx").read_bytes(),
        "附件/指标附表.xlsx": (files / "report.xlsx").read_bytes(),
        "附件/文字稿.txt": (files / "report.txt").read_bytes(),
        "附件/照片.png": b"\x89PNG\r\n\x1a\n",
    }
    Path("report.zip").write_bytes(maker("packing").archive(members))
    done = program("facts", "report.zip", "--profile", "county_annual", "--format", "jsonl")
    stated = sorted(
        (row["path"], row["indicator"], row["role"], f"{row['value']:.10g}")
        for row in map(json.loads, done.out.splitlines())
        if row["value"] is not None
    )
    names = {
        "report.docx": "教科体局总结.docx",
        "report.xlsx": "附件/指标附表.xlsx",
        "report.txt": "附件/文字稿.txt",
    }
    wanted = sorted(
        (f"report.zip!/{names[doc]}", row["indicator"], row["role"], f"{row['value']:.10g}")
        for doc in names
        for row in facts(doc)
    )
    assert stated == wanted
    run = program("check", "report.zip", "--profile", "county_annual", "--format", "json")
    ledger = json.loads(run.out)["ledger"]
    assert (ledger["checked"], "照片.png" in json.dumps(ledger, ensure_ascii=False)) == (3, True)
