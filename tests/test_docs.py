"""The documentation says what the code does: generated parts, commands, options, codes, links."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import generated_docs as docs
import pytest

from validator import readers
from validator.cli._common import reporters_for
from validator.cli._parser import Parser
from validator.cli.main import _load
from validator.model.words import Lang
from validator.pipeline import all_codes
from validator.plugins import collect
from validator.rulepacks.loader import load_rules

ROOT = docs.ROOT
READMES = tuple(docs.PAGES)
WRITTEN = (*READMES, "CONTRIBUTING.md", "CHANGELOG.md", "docs/ci.md", "docs/ci.zh-CN.md")
EVERY = (*WRITTEN, docs.CODES_PAGE, "rules/README.md")
STALE = "run `python tests/generated_docs.py`"

SET_UP_AND_CHECK = "python3 -m venv .venv && .venv/bin/pip install -q . && .venv/bin/validator check fixtures/formats/files/report.docx"
SET_UP_AND_TEST = (
    "python3 -m venv .venv && .venv/bin/python -m pip install -q --upgrade pip && "
    ".venv/bin/python -m pip install -q -e . --group test && .venv/bin/python -m pytest -n auto"
)


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def fences(name: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)\n```$", text(name), re.DOTALL | re.MULTILINE)


def options_of(name: str) -> set[str]:
    command = _load(name)
    parser = Parser(f"validator {name}", Lang.ZH, "")
    command.add_arguments(parser, Lang.ZH)
    actions: list[argparse.Action] = parser._actions
    return {option for action in actions for option in action.option_strings}


@pytest.mark.parametrize(("name", "lang"), docs.PAGES.items())
def test_generated_blocks_are_in_step(name: str, lang: Lang) -> None:
    assert text(name) == docs.filled(text(name), lang), STALE


@pytest.mark.parametrize("name", READMES)
def test_every_block_is_used(name: str) -> None:
    assert set(re.findall(r"<!-- generated: (\w+) -->", text(name))) == set(docs.BLOCKS)


def test_page_of_codes_is_in_step() -> None:
    assert text(docs.CODES_PAGE) == docs.codes_page(), STALE


@pytest.mark.parametrize("name", READMES)
def test_the_two_commands(name: str) -> None:
    set_up = [one for one in fences(name, "sh") if one.startswith("python3 -m venv") and "example" not in one]
    assert set_up == [SET_UP_AND_CHECK, SET_UP_AND_TEST]


def test_powershell_has_the_same_commands() -> None:
    def steps(command: str) -> list[str]:
        command = re.sub(r"\.venv(/bin/|\\Scripts\\)", "", command).replace("\\", "/")
        command = command.replace("py -3", "python3").replace(" && ", "; ").replace("python -m pip", "pip")
        return command.split("; ")

    shell = [steps(one) for one in fences("README.zh-CN.md", "sh") if "venv" in one]
    power = [steps(one) for one in fences("README.zh-CN.md", "powershell") if "venv" in one]
    assert power == shell


def test_ci_runs_the_command_of_the_readme() -> None:
    assert SET_UP_AND_TEST in text(".ci/run").splitlines()
    assert "exec </dev/null" in text(".ci/run")


@pytest.mark.parametrize("name", READMES)
def test_subcommands(name: str) -> None:
    said = set(re.findall(r"validator (check|[a-z]+)\b", " ".join(re.findall(r"`[^`\n]+`", text(name)))))
    assert said - {"install"} == set(docs.commands())


@pytest.mark.parametrize("name", READMES)
def test_formats(name: str) -> None:
    page = text(name)
    for reader in collect(readers, "READER").values():
        assert all(f"`{suffix}`" in page for suffix in reader.suffixes)
    for form in ("check", "facts"):
        assert all(f"`{output}`" in page for output in reporters_for(form))
    for profile in load_rules().profiles:
        assert f"`{profile}`" in page


def test_what_is_not_read_yet_is_not_promised() -> None:
    suffixes = {suffix for reader in collect(readers, "READER").values() for suffix in reader.suffixes}
    for name in READMES:
        table = text(name).split("<!-- generated: formats -->")[1].split("<!-- end generated -->")[0]
        assert set(re.findall(r"`(\.\w+)`", table)) == suffixes
        assert "DOC008" in text(name)


@pytest.mark.parametrize("name", WRITTEN)
def test_options_exist(name: str) -> None:
    known = {option for command in docs.commands() for option in options_of(command)}
    others = {"--group", "--upgrade", "--cov", "--check"}
    assert set(re.findall(r"(?<![-\w!])--[a-z][a-z-]*", text(name))) <= known | others


@pytest.mark.parametrize("name", EVERY)
def test_codes_exist(name: str) -> None:
    assert set(re.findall(r"\b[A-Z]{3}\d{3}\b", text(name))) <= set(all_codes())


@pytest.mark.parametrize("name", READMES)
def test_exit_codes(name: str) -> None:
    page = text(name)
    stated = re.findall(r"^\| (\d) \|", page, re.MULTILINE) or re.findall(r"\*\*退出码\*\*.*", page)
    assert len(stated) in (1, 3)
    assert {"0", "1", "2"} <= set(re.findall(r"\d", " ".join(stated)))
    assert "--fail-on" in page


@pytest.mark.parametrize("name", EVERY)
def test_links_resolve(name: str) -> None:
    folder = (ROOT / name).parent
    targets = re.findall(r"\]\(([^)#\s]+)", text(name))
    assert [one for one in targets if "://" not in one and not (folder / one).exists()] == []


@pytest.mark.parametrize("name", [*EVERY, ".ci/run", ".github/workflows/ci.yml", ".pre-commit-config.yaml"])
def test_no_path_of_some_machine(name: str) -> None:
    page = text(name).removeprefix("#!/usr/bin/env bash").replace("/dev/null", "")
    assert re.findall(r"(?:(?<=[\s`\"'(=])|^)/[a-z]\w*/[^\s`]*", page, re.MULTILINE) == []
    assert re.findall(r"\b[A-Z]:\\\S*", page) == []


def test_contributing_names_what_there_is() -> None:
    page = text("CONTRIBUTING.md")
    package = ROOT / "validator"
    folders = {f"{one.name}/" for one in package.iterdir() if (one / "__init__.py").exists()}
    listed = set(re.findall(r"^\| `([\w/.]+)` \|", page, re.MULTILINE))
    assert folders <= listed
    assert all((package / one).exists() for one in listed)
    for name in re.findall(r"`(\w+/_?\w+\.py)`\)", page):
        assert (package / name).is_file()


def test_dependencies_are_explained() -> None:
    import tomllib

    project = tomllib.loads(text("pyproject.toml"))
    wanted = [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    wanted += [
        one for group in project["dependency-groups"].values() for one in group if isinstance(one, str)
    ]
    table = text("CONTRIBUTING.md").split("## Dependencies")[1].split("\n## ")[0]
    assert [one for one in wanted if re.split(r"[><=~\[]", one)[0] not in table] == []


def test_page_without_a_generator_is_noticed(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        docs.filled("<!-- generated: nothing -->\n<!-- end generated -->", Lang.ZH)
