"""`validator init`: the first configuration, from what lies in a folder, and the CI files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import Program, write

CLEAN = "棠溪县教育科技体育局2024年工作总结\n\n全年招聘教师12人。\n"


def report(run: Program, *arguments: str) -> dict[str, dict[str, object]]:
    out = run("check", "--format", "json", *arguments)[1]
    return {one["path"]: one for one in json.loads(out)["reports"]}


def test_init_writes_a_configuration_that_holds(run: Program) -> None:
    write(
        {
            "README.md": "# 说明\n",
            "报告/2023年/a.txt": CLEAN,
            "报告/2023年/b.txt": CLEAN,
            "报告/{临}/c.txt": CLEAN,
        }
    )
    code, _, err = run("init")
    assert (code, "找到 3 份报告" in err) == (0, True)
    found = report(run, ".")
    assert {path: one["year"] for path, one in found.items()} == {
        "报告/2023年/a.txt": 2023,
        "报告/2023年/b.txt": 2023,
        "报告/{临}/c.txt": 2024,
    }
    assert run("init")[0] == 2


def test_init_writes_ci_files_at_the_top_only(run: Program) -> None:
    write({"局/a.txt": CLEAN})
    done = run("init", "局", "--ci", "github")
    assert (done.code, "最上层" in done.err, list(Path("局").iterdir())) == (2, True, [Path("局/a.txt")])
    assert run("init", "局").code == 0


def test_init_says_where_there_is_no_report(run: Program) -> None:
    done = run("init")
    assert (done.code, done.err.splitlines()[0]) == (0, "这里还没有报告")


def test_init_looks_at_a_folder_from_end_to_end(run: Program) -> None:
    files = {f"报告/{number:02}.txt": CLEAN for number in range(9)}
    write({**files, "报告/99.txt": "食堂采购清单\n\n大米20袋。\n", "总结.txt": CLEAN, "年报.txt": CLEAN})
    assert run("init").code == 0
    text = Path("validator.yaml").read_text("utf-8")
    assert '"报告/*"' not in text
    assert "年报.txt" in report(run, ".")
    assert report(run, ".")["报告/99.txt"]["profile"] is None


@pytest.mark.parametrize(
    ("service", "file"),
    [
        ("github", ".github/workflows/validator.yml"),
        ("gitlab", ".gitlab-ci.yml"),
        ("pre-commit", ".pre-commit-config.yaml"),
    ],
)
def test_init_writes_ci_files_once(run: Program, service: str, file: str) -> None:
    import yaml

    from validator import __version__

    write({"a.txt": CLEAN})
    assert run("init", "--ci", service)[0] == 0
    text = Path(file).read_text("utf-8")
    assert yaml.safe_load(text)
    assert f"indicator-validator=={__version__}" in text
    code, _, err = run("init", "--ci", service)
    assert code == 2
    assert file in err
    assert Path(file).read_text("utf-8") == text
