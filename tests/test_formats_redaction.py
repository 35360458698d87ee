"""Personal numbers in a report: masked wherever others may read, shown at the desk, and no place moves."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import pytest
from format_parsers import SHOWN
from repositories import ran, report, write

from validator.cli._common import reporters_for

IDENTITY, MOBILE, OTHER = "110105194912310029", "13812345678", "13987654321"
NUMBERS = (IDENTITY, MOBILE, OTHER)
MASKED = ("110105********0029", "138****5678", "139****4321")
LINES = (
    f"棠溪县工作总结（联系电话{MOBILE}）",
    f"一、生态建设（身份证号{IDENTITY}）",
    f"森林覆盖率达到61.2%（联系人手机{MOBILE}），引进人才XX名。",
    f"（此处填写身份证号{IDENTITY}）",
    f"更多范文请加微信{OTHER}。",
)
REPORTS = {f"报告.{kind}": report(kind, *LINES) for kind in ("txt", "md", "html", "docx")}
FORMS = [(form, name) for form in ("check", "facts", "read") for name in reporters_for(form)]
PEOPLE = [(form, name) for form, name in FORMS if not reporters_for(form)[name].hosted]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("numbers")
    write(place, REPORTS)
    return place


@cache
def printed(folder: Path, form: str, name: str, *more: str, ci: str = "") -> str:
    environment = {"CI": ci} if ci else {}
    done = ran(folder, form, *REPORTS, "--format", name, *more, **environment)
    assert done.code == (1 if form == "check" else 0)
    return done.out


def shown(form: str, name: str, out: str) -> str:
    """Everything that the output shows, without what a console breaks lines with."""
    texts = "".join(SHOWN[name](out))
    return re.sub(r"\s", "", texts + ("" if reporters_for(form)[name].binary else out))


@pytest.mark.parametrize("ci", ["", "true"])
@pytest.mark.parametrize(("form", "name"), FORMS)
def test_no_output_that_others_may_read_has_a_personal_number(
    folder: Path, form: str, name: str, ci: str
) -> None:
    at_the_desk = not reporters_for(form)[name].hosted and not ci
    text = shown(form, name, printed(folder, form, name, ci=ci))
    assert any(one in text for one in NUMBERS) is at_the_desk
    if not at_the_desk:
        assert any(one in text for one in MASKED)
    elif (form, name) == ("check", "console"):
        assert all(one in text for one in NUMBERS)


@pytest.mark.parametrize(("form", "name"), FORMS)
def test_the_numbers_are_shown_where_that_is_asked_for(folder: Path, form: str, name: str) -> None:
    text = shown(form, name, printed(folder, form, name, "--no-redact", ci="true"))
    assert [one for one in NUMBERS if one in text] != []


@pytest.mark.parametrize(("form", "name"), PEOPLE)
def test_they_are_masked_on_the_console_where_that_is_asked_for(folder: Path, form: str, name: str) -> None:
    text = shown(form, name, printed(folder, form, name, "--redact"))
    assert [one for one in NUMBERS if one in text] == []


@pytest.mark.parametrize("name", ["console", "jsonl"])
def test_the_reasons_for_a_fact_are_masked(folder: Path, name: str) -> None:
    arguments = ("--explain", "--indicator", "environment.forest_coverage")
    plain = shown("facts", name, printed(folder, "facts", name, *arguments, "--no-redact", ci="true"))
    masked = shown("facts", name, printed(folder, "facts", name, *arguments, ci="true"))
    assert [one for one in NUMBERS if one in plain] != []
    assert [one for one in NUMBERS if one in masked] == []


@pytest.mark.parametrize("ci", ["0", "false"])
def test_a_variable_that_says_no_is_no_service(folder: Path, ci: str) -> None:
    assert MOBILE in shown("check", "console", printed(folder, "check", "console", ci=ci))


def test_only_characters_change_and_no_place(folder: Path) -> None:
    masked, plain = (printed(folder, "check", "json", *more, ci="true") for more in ((), ("--no-redact",)))
    assert masked != plain
    assert len(masked) == len(plain)
    for one, other in zip(masked, plain, strict=True):
        assert one == other or (one == "*" and other.isdigit())
    places = [
        [
            (finding["code"], finding["anchor"], finding["fingerprint"], finding["location"]["column"])
            for one in json.loads(out)["reports"]
            for finding in one["findings"]
        ]
        for out in (masked, plain)
    ]
    assert places[0] == places[1]
    assert len(places[0]) >= 3 * len(REPORTS)
