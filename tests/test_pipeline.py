"""One report and many: what goes wrong stays inside the report, and the order never depends on anything."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("validator.facts.statuses", reason="the stage of facts is not there")

from validator import pipeline
from validator.checks._base import Check, Context
from validator.model.document import Document
from validator.model.fact import Reading
from validator.model.finding import Finding, IndicatorResult
from validator.model.location import Location
from validator.model.report import ReportResult
from validator.model.rule import Profile, Rules
from validator.model.words import Bilingual, Lang, Severity, Status
from validator.pipeline import Options, check_report, choose_profile
from validator.reporters import json as json_reporter
from validator.reporters._base import Look
from validator.runner import PARALLEL_FROM, check_paths, read_paths

PROFILES = {
    "yearly": Profile(
        id="yearly",
        name=Bilingual("年度", "yearly"),
        require=(),
        titles=("*年*总结",),
        stages={"draft": {"PLC": Severity.INFO, "PLC002": Severity.WARNING, "DOC": Severity.INFO}},
    ),
    "filed": Profile(id="filed", name=Bilingual("归档", "filed"), require=(), paths=("archive/*.txt",)),
}
RULES = Rules(profiles=PROFILES)


def hole(code: str, context: Context) -> Finding:
    return Finding(
        code=code,
        severity=Severity.ERROR,
        message=Bilingual("没有填", "not filled in"),
        remedy=Bilingual("填写", "fill in"),
        location=context.document.locate(0, 0, 1),
        block=0,
        start=0,
        end=1,
    )


def two_holes(context: Context) -> Iterator[Finding]:
    yield hole("PLC002", context)
    yield hole("PLC001", context)


def raises(_context: Context) -> Iterator[Finding]:
    raise ZeroDivisionError
    yield


@pytest.fixture
def report(folder: Path) -> Path:
    path = folder / "a.txt"
    path.write_text("某县2020年工作总结\n\n全县招生12人。\n", "utf-8")
    return path


def use(monkeypatch: pytest.MonkeyPatch, *finds: object) -> None:
    """Only these checks, besides the one of the document itself."""
    from validator.checks.document import CHECK

    made = tuple(Check(codes=(), find=one) for one in finds)  # type: ignore[arg-type]
    monkeypatch.setattr(pipeline, "all_checks", lambda: (CHECK, *made))


def codes(result: ReportResult) -> list[str]:
    return [one.code for one in result.findings]


def test_a_check_that_raises_is_a_finding_and_the_others_go_on(
    report: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    use(monkeypatch, raises, two_holes)
    result = check_report(report, "a.txt", RULES, Options())
    assert codes(result) == ["PLC001", "PLC002", "DOC010"]
    assert "ZeroDivisionError" in result.findings[-1].message.zh
    assert result.document is not None
    assert capsys.readouterr().err == ""
    check_report(report, "a.txt", RULES, Options(debug=True))
    assert "Traceback" in capsys.readouterr().err


def test_a_stage_that_raises_is_a_finding_of_its_report(
    report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_document: Document, _rules: Rules) -> Reading:
        raise RecursionError

    monkeypatch.setattr(pipeline, "read_facts", broken)
    for run in (check_paths, read_paths):
        done = run(["a.txt"], RULES, Options())
        assert codes(done.reports[0]) == ["DOC010"]
        assert [one.path for one in done.ledger.unreadable] == ["a.txt"]


@pytest.mark.parametrize(
    ("stage", "expected"),
    [
        ("draft", {"PLC001": "info", "PLC002": "warning", "DOC010": "error"}),
        ("submission", {"PLC001": "error", "PLC002": "error", "DOC010": "error"}),
    ],
)
def test_stages_grade_by_code_then_by_family_but_never_a_failure(
    report: Path, monkeypatch: pytest.MonkeyPatch, stage: str, expected: dict[str, str]
) -> None:
    use(monkeypatch, raises, two_holes)
    result = check_report(report, "a.txt", RULES, Options(profile="yearly", stage=stage))
    assert {one.code: one.severity.value for one in result.findings} == expected


@pytest.mark.parametrize(
    ("title", "path", "asked", "expected"),
    [
        ("某县2020年工作总结", "a.txt", None, "yearly"),
        ("通知", "x/archive/a.txt", None, "filed"),
        ("通知", "archive/a.txt", None, "filed"),
        ("通知", "a.txt", None, None),
        ("某县2020年工作总结", "archive/a.txt", "filed", "filed"),
    ],
)
def test_which_profile(title: str, path: str, asked: str | None, expected: str | None) -> None:
    found = choose_profile(title, path, RULES, Options(profile=asked))
    assert (found.id if found else None) == expected


def test_indicators_that_do_not_apply(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = IndicatorResult(
        id="x", name=Bilingual("甲", "A"), status=Status.ABSENT, required=True, role="actual"
    )
    monkeypatch.setattr(pipeline, "judge", lambda *_: (one, replace(one, id="y")))
    use(monkeypatch)
    result = check_report(report, "a.txt", RULES, Options(not_applicable={"x": "没有这项工作"}))
    assert [one.status for one in result.indicators] == [Status.NOT_APPLICABLE, Status.ABSENT]


def test_files_that_cannot_be_read_are_findings_and_in_the_ledger(folder: Path) -> None:
    (folder / "a.txt").write_text("总结。", "utf-8")
    (folder / "b.pdf").write_bytes(b"%PDF-1.4")
    (folder / "c.txt").symlink_to("nowhere")
    (folder / "d.py").write_text("", "utf-8")
    run = check_paths(["."], RULES, Options())
    assert run.ledger.checked == ("a.txt",)
    assert [one.path for one in run.ledger.unreadable] == ["b.pdf", "c.txt"]
    assert [one.path for one in run.ledger.skipped] == ["d.py"]
    assert run.ledger.found == 4
    by_path = {one.path: one.findings for one in run.reports}
    assert [by_path[path][0].code for path in ("b.pdf", "c.txt")] == ["DOC001", "DOC001"]
    assert by_path["c.txt"][0].location == Location(part="file")
    assert all(one.fingerprint for found in by_path.values() for one in found)


def test_an_empty_document_is_no_pass(folder: Path) -> None:
    (folder / "a.txt").write_text("\n \n", "utf-8")
    result = check_paths(["a.txt"], RULES, Options()).reports[0]
    assert set(codes(result)) & {"DOC001", "DOC009"}


def test_many_processes_say_the_same_as_one(folder: Path) -> None:
    for number in range(PARALLEL_FROM + 2):
        (folder / f"{number}.txt").write_text(f"某县2020年工作总结\n\n招聘XX人，引进{number}人。\n", "utf-8")
    (folder / "bad.docx").write_bytes(b"PK\x03\x04")
    runs = [check_paths(["."], RULES, Options(jobs=jobs, seconds=None)) for jobs in (1, 3)]
    assert json_reporter.REPORTER.check is not None
    first, second = (json_reporter.REPORTER.check(run, RULES, Look(lang=Lang.ZH)) for run in runs)
    assert first == second
    assert json.loads(first)["ledger"]["found"] == PARALLEL_FROM + 3


def test_every_code_is_told_in_both_languages() -> None:
    for code in pipeline.all_codes().values():
        texts = (*code.title, *code.meaning, *code.remedy, code.bad, code.good)
        assert all(texts), code.id
        assert code.title.zh != code.title.en, code.id
