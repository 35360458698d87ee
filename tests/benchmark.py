"""What a run costs: `python tests/benchmark.py`. Figures to read, not a test: nothing here passes or fails.

Start-up is the whole process, side by side with a bare interpreter that imports yaml, re and json; the
goal is a ratio of 2.5. Reading stands beside what the library alone needs for the same file; the goal for
Word is 1.5. Facts of one report should take time in proportion to its length, and nearly the same whether
the packs hold 77 indicators or 1,000 (goal: under 2 times). Processor time is taken, the least of several
runs, so that the figures of a busy machine are near those of an idle one.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from validator.facts.reading import read_facts
from validator.model.rule import Rules
from validator.pipeline import Options, check_report
from validator.readers._choose import read_file
from validator.rulepacks import load_rules

REPORT = "临河县教育科技体育局2024年工作总结\n在校学生5.2万人。\n"
LENGTHS = (5_000, 20_000, 100_000, 1_000_000)
ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "fixtures" / "gold" / "government" / "text" / "city_linhe_2026.txt"


def best(work: Callable[[], object], times: int) -> float:
    """The processor time of the cheapest of several runs, children among it, in seconds."""
    return min(_spent(work) for _ in range(times))


def _spent(work: Callable[[], object]) -> float:
    start = _clock()
    work()
    return _clock() - start


def _clock() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def process(*arguments: str) -> Callable[[], object]:
    """A run of the interpreter with these arguments, its output thrown away; byte code is kept."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, *arguments]
    return lambda: subprocess.run(command, capture_output=True, check=False, env=environment)


def start_up(folder: Path) -> None:
    """The small report against the bare interpreter."""
    path = folder / "small.txt"
    path.write_text(REPORT, encoding="utf-8")
    check = process("-m", "validator", "check", str(path))
    check()  # the rules and the expressions are kept now
    base = best(process("-c", "import yaml, re, json"), 9)
    print(f"import yaml, re, json  {base * 1000:6.0f} ms")
    for name, run in (("--version", process("-m", "validator", "--version")), ("check small.txt", check)):
        spent = best(run, 9)
        print(f"validator {name:<13}{spent * 1000:6.0f} ms   ratio {spent / base:.1f}")


def _unzipped(path: Path) -> None:
    """Every XML part of a package, unpacked and parsed by lxml."""
    from lxml import etree

    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(archive.read(name))


def _pages(path: Path) -> None:
    """The text of every page by PDFium."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    for page in document:
        page.get_textpage().get_text_range()
    document.close()


def _streams(path: Path) -> None:
    """Every stream of a compound file by olefile."""
    import olefile

    with olefile.OleFileIO(path) as container:
        for name in container.listdir():
            container.openstream(name).read()


BARE: dict[str, Callable[[Path], object]] = {
    **dict.fromkeys((".docx", ".odt", ".ofd", ".xlsx", ".ods", ".pptx"), _unzipped),
    **dict.fromkeys((".doc", ".wps", ".xls"), _streams),
    ".pdf": _pages,
}


def formats() -> None:
    """Reading one report in every format, beside the library alone (for the others: beside the bytes)."""
    for path in sorted((ROOT / "fixtures" / "formats" / "files").glob("report.*")):
        if path.suffix == ".zip":
            continue
        bare = BARE.get(path.suffix, Path.read_bytes)
        spent = best(lambda path=path: read_file(path, path.name), 9)  # type: ignore[misc]
        base = best(lambda path=path, bare=bare: bare(path), 9)  # type: ignore[misc]
        print(
            f"{path.name:<13}{spent * 1000:7.1f} ms   {bare.__name__.strip('_')} alone {base * 1000:6.1f} ms"
        )


def long_word_files(folder: Path) -> None:
    """Word files of two lengths as Word writes them: some runs a paragraph, with properties."""
    import docx

    for length in (20_000, 200_000):
        document = docx.Document()
        for _ in range(length // 80):
            paragraph = document.add_paragraph()
            for piece in (
                "全县在校学生2.4万人，",
                "比上年增长3.1%；新建学校2所，",
                "新增学位1080个，投入资金1.2亿元。",
            ) * 2:
                paragraph.add_run(piece).bold = len(piece) > 14
        path = folder / f"{length}.docx"
        document.save(str(path))
        spent = best(lambda path=path: read_file(path, path.name), 5)  # type: ignore[misc]
        base = best(lambda path=path: _unzipped(path), 5)  # type: ignore[misc]
        print(f"Word, {length:>7,} characters {spent * 1000:6.0f} ms   ratio {spent / base:.2f}")


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
            line += f", {lots * 1000:8.0f} ms with 1,000, {lots / few:.2f} times as long"
        print(line)


def checking(folder: Path) -> None:
    """A whole check of one report, without start-up: a long one, and one of very many short lines."""
    rules = load_rules()
    text = SAMPLE.read_text(encoding="utf-8")
    lines = (
        "投入资金{}亿元，完成年度计划。",
        "新建学校{}所。",
        "推进校园文化建设，覆盖{}个镇。",
        "压实{}个单位责任；",
    )
    reports = {
        "100,000 characters": (text * (100_000 // len(text) + 1))[:100_000],
        "20,000 one-line paragraphs": "\n\n".join(lines[at % 4].format(at % 97) for at in range(20_000)),
    }
    for name, written in reports.items():
        path = folder / "checked.txt"
        path.write_text(written, encoding="utf-8")
        spent = best(lambda path=path: check_report(path, path.name, rules, Options()), 2)  # type: ignore[misc]
        print(f"check of {name:<27}{spent * 1000:6.0f} ms")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        start_up(Path(name))
        formats()
        long_word_files(Path(name))
        reading(Path(name))
        checking(Path(name))
