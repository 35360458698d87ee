"""What a run costs: `python tests/benchmark.py`. Figures to read, not a test: nothing here passes or fails.

Start-up is the whole process, side by side with a bare interpreter that imports yaml, re and json; the
goal is a ratio of 2.5. Reading is the facts of one report: time in proportion to its length, and nearly
the same whether the packs hold 77 indicators or 1,000.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from validator.facts.reading import read_facts
from validator.model.rule import Rules
from validator.readers._choose import read_file
from validator.rulepacks import load_rules

REPORT = "临河县教育科技体育局2024年工作总结\n在校学生5.2万人。\n"
LENGTHS = (5_000, 20_000, 100_000, 1_000_000)
SAMPLE = Path(__file__).parent.parent / "fixtures" / "government" / "text" / "city_linhe_2026.txt"


def best(work: Callable[[], object], times: int) -> float:
    """The shortest of several runs, in seconds."""
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        spent.append(time.perf_counter() - start)
    return min(spent)


def process(*arguments: str) -> Callable[[], object]:
    """A run of the interpreter with these arguments, its output thrown away."""
    return lambda: subprocess.run([sys.executable, *arguments], capture_output=True, check=False)


def start_up(folder: Path) -> None:
    """The small report against the bare interpreter."""
    path = folder / "small.txt"
    path.write_text(REPORT, encoding="utf-8")
    check = process("-m", "validator", "check", str(path))
    check()
    base = best(process("-c", "import yaml, re, json"), 9)
    print(f"import yaml, re, json  {base * 1000:6.0f} ms")
    for name, run in (("--version", process("-m", "validator", "--version")), ("check small.txt", check)):
        spent = best(run, 9)
        print(f"validator {name:<13}{spent * 1000:6.0f} ms   ratio {spent / base:.1f}")


def many(rules: Rules, count: int) -> Rules:
    """The same rules with made-up indicators, up to `count`."""
    known = dict(rules.indicators)
    model = next(iter(known.values()))
    for number in range(count - len(known)):
        name = f"{chr(0x4E00 + 7 * number)}{chr(0x5000 + 11 * number)}项目投入"
        known[f"made.i{number}"] = replace(model, id=f"made.i{number}", wordings=(name,), never=(), after=())
    return replace(rules, indicators=known)


def reading(folder: Path) -> None:
    """Facts of one report at several lengths and numbers of indicators."""
    rules = load_rules()
    text = SAMPLE.read_text(encoding="utf-8")
    for length in LENGTHS:
        path = folder / "long.txt"
        path.write_text((text * (length // len(text) + 1))[:length], encoding="utf-8")
        document = read_file(path, "long.txt")
        times = 3 if length <= 100_000 else 1
        few = best(lambda document=document: read_facts(document, rules), times)  # type: ignore[misc]
        line = f"{length:>9,} characters  {few * 1000:8.0f} ms with {len(rules.indicators)} indicators"
        if length <= 100_000:
            more = many(rules, 1_000)
            lots = best(lambda document=document, more=more: read_facts(document, more), times)  # type: ignore[misc]
            line += f", {lots * 1000:8.0f} ms with 1,000"
        print(line)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        start_up(Path(name))
        reading(Path(name))
