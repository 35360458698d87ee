"""Twenty thousand findings in every format: within the limits of its host, and nothing is left out unsaid."""

from __future__ import annotations

import gzip
import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Callable

import pytest
import runs
from format_parsers import commands
from lxml import etree
from repositories import ran

from validator.cli._common import reporters_for
from validator.reporters._base import Look

FOUND = 20_000
FORMATS = tuple(reporters_for("check"))
MOST_BYTES = {
    "gitlab": 100_000_000,
    "html": 50_000_000,
    "junit": 30_000_000,
    "markdown": 1 << 20,
    "xlsx": 20_000_000,
}
"""What a host takes, or a desktop program opens, as far as there is a limit of size."""


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """One report with so many leftovers, in every format from one run."""
    folder = tmp_path_factory.mktemp("large")
    lines = ("".join(f"第{at}村慰问X人，" for _ in range(200)) + "共计若干。" for at in range(FOUND // 200))
    (folder / "大.txt").write_text("\n\n".join(("棠溪县工作小结", *lines)), "utf-8")
    pairs = [word for name in FORMATS for word in ("--format", name, "--output", f"{name}.out")]
    assert ran(folder, "check", "大.txt", "--timeout", "300", *pairs).code == 1
    return {name: (folder / f"{name}.out").read_bytes().decode(errors="surrogateescape") for name in FORMATS}


def _github(out: str) -> tuple[int, int]:
    found = list(commands(out))
    assert max(Counter(name for name, *_ in found).values()) <= 10
    more = re.search(r"还有 (\d+) 条未显示", found[-1][2])
    return len(found) - bool(more), int(more[1]) if more else 0


def _markdown(out: str) -> tuple[int, int]:
    more = re.search(r"有 (\d+) 处没有列出", out)
    return out.count("`PLC001` |"), int(more[1]) if more else 0


def _sarif(out: str) -> tuple[int, int]:
    (log,) = json.loads(out)["runs"]
    assert len(log["results"]) <= 5_000
    assert len(gzip.compress(out.encode())) < 10_000_000
    told = " ".join(one["message"]["text"] for one in log["invocations"][0]["toolExecutionNotifications"])
    more = re.search(r"还有 (\d+) 个问题超出上限", told)
    return len(log["results"]), int(more[1]) if more else 0


def _junit(out: str) -> tuple[int, int]:
    root = etree.fromstring(out.encode(), etree.XMLParser(huge_tree=True))
    more = re.search(r"还有 (\d+) 项没有写入", out)
    own = [one for one in root.iter("testsuite") if one.get("name") != "validator"]
    assert len(list(root.iter("testcase"))) == int(root.get("tests", ""))
    return sum(int(one.get("tests", "")) for one in own), int(more[1]) if more else 0


def _xlsx(out: str) -> tuple[int, int]:
    with zipfile.ZipFile(io.BytesIO(out.encode(errors="surrogateescape"))) as book:
        words = [one.text for one in etree.fromstring(book.read("xl/sharedStrings.xml")).iter("{*}t")]
        cells = b"".join(book.read(name) for name in book.namelist() if "/sheet" in name)
    return cells.count(b't="s"><v>%d</v>' % words.index("PLC001")), 0


COUNTED: dict[str, Callable[[str], tuple[int, int]]] = {
    "checkstyle": lambda out: (out.count("<error "), 0),
    "console": lambda out: (out.count("  PLC001\n"), 0),
    "github": _github,
    "gitlab": lambda out: (len(json.loads(out)), 0),
    "html": lambda out: (FOUND if re.search(r"20[,  ]?000", out) else 0, 0),
    "json": lambda out: (len(json.loads(out)["reports"][0]["findings"]), 0),
    "junit": _junit,
    "markdown": _markdown,
    "rdjson": lambda out: (len(json.loads(out)["diagnostics"]), 0),
    "sarif": _sarif,
    "xlsx": _xlsx,
}
"""How many findings an output shows, and how many it says it left out."""


@pytest.mark.parametrize("name", FORMATS)
def test_every_finding_is_shown_or_counted(written: dict[str, str], name: str) -> None:
    shown, left_out = COUNTED[name](written[name])
    assert shown + left_out == FOUND
    assert shown
    assert len(written[name].encode(errors="surrogateescape")) < MOST_BYTES.get(name, 100_000_000)


@pytest.mark.parametrize("name", ["github", "junit", "markdown", "sarif"])
def test_what_long_messages_push_over_the_limit_is_said(name: str) -> None:
    render = reporters_for("check")[name].check
    assert render is not None
    out = render(runs.many(FOUND, words=60), runs.RULES, Look(version="1", codes=runs.CODES))
    assert isinstance(out, bytes)
    assert len(out) < MOST_BYTES.get(name, 100_000_000)
    _, left_out = COUNTED[name](out.decode())
    assert left_out
