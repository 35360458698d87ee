"""The parts of the documentation that are made from the code.

`python tests/generated_docs.py` writes docs/codes.md and fills the blocks between
`<!-- generated: NAME -->` and `<!-- end generated -->` of the pages in `PAGES`. test_docs.py makes
sure that nobody forgets it.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path

from validator import cli, readers
from validator.cli._common import reporters_for
from validator.cli.explain import FAMILIES, SEVERITIES
from validator.cli.main import _load
from validator.model.finding import Code
from validator.model.location import PARTS
from validator.model.words import Bilingual, Lang
from validator.pipeline import all_codes
from validator.plugins import collect, names
from validator.readers._base import Reader
from validator.rulepacks.loader import load_rules
from validator.suppressions._base import NEVER_WAIVED

ROOT = Path(__file__).resolve().parents[1]
PAGES = {"README.md": Lang.EN, "README.zh-CN.md": Lang.ZH}
CODES_PAGE = "docs/codes.md"
EXAMPLE = "docs/example.txt"
PART_WORDS = {
    **PARTS,
    "table": ("表格", "tables"),
    "picture": ("图片（只计数）", "pictures (counted)"),
    "attachment": ("嵌入文件（只列名）", "embedded files (named)"),
}
_BLOCK = re.compile(r"(<!-- generated: (\w+) -->\n).*?(<!-- end generated -->)", re.DOTALL)


def commands() -> list[str]:
    """Names of the subcommands."""
    return [name for name in names(cli) if name != "main"]


def _table(lang: Lang, head: tuple[Bilingual, ...], rows: Iterator[tuple[str, ...]]) -> str:
    lines = [tuple(one.get(lang) for one in head), ("---",) * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _commands(lang: Lang) -> str:
    rows = ((f"`validator {name}`", _load(name).help.get(lang)) for name in commands())
    return _table(lang, (Bilingual("命令", "command"), Bilingual("用途", "what it does")), rows)


def _formats(lang: Lang) -> str:
    found = collect(readers, "READER").values()
    rows = (
        (one.format, " ".join(f"`{suffix}`" for suffix in one.suffixes), _parts(one, lang)) for one in found
    )
    head = (
        Bilingual("格式", "format"),
        Bilingual("后缀", "suffixes"),
        Bilingual("读哪些部分", "parts that are read"),
    )
    return _table(lang, head, rows)


def _parts(reader: Reader, lang: Lang) -> str:
    index = 0 if lang is Lang.ZH else 1
    return ("、" if lang is Lang.ZH else ", ").join(PART_WORDS[part][index] for part in reader.parts)


def _outputs(lang: Lang) -> str:
    rows = (
        (f"`validator {form}`", " ".join(f"`{name}`" for name in reporters_for(form)))
        for form in ("check", "facts", "read")
    )
    return _table(
        lang, (Bilingual("命令", "command"), Bilingual("`--format` 可选", "values of `--format`")), rows
    )


def _profiles(lang: Lang) -> str:
    found = load_rules().profiles.values()
    rows = ((f"`{one.id}`", one.name.get(lang), str(len(one.require))) for one in found)
    head = (
        Bilingual("代号", "id"),
        Bilingual("报告", "report"),
        Bilingual("应报指标", "indicators"),
    )
    return _table(lang, head, rows)


def _families(lang: Lang) -> str:
    rows = (
        (family, FAMILIES[family].get(lang), f"{codes[0]}–{codes[-1]}" if len(codes) > 1 else codes[0])
        for family, group in groupby(all_codes(), key=lambda code: code[:3])
        for codes in [list(group)]
    )
    head = (Bilingual("类", "family"), Bilingual("说的是", "about"), Bilingual("代码", "codes"))
    return _table(lang, head, rows)


def _sample(lang: Lang) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "validator", "--lang", lang.value, "check", EXAMPLE],
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1"},
        capture_output=True,
        check=False,
    )
    if done.returncode != 1:
        raise RuntimeError(done.stderr.decode("utf-8", "replace"))
    text = done.stdout.decode("utf-8").replace("\r\n", "\n")
    return f"```text\n$ validator check {EXAMPLE}\n{text}```\n"


BLOCKS: dict[str, Callable[[Lang], str]] = {
    "commands": _commands,
    "families": _families,
    "formats": _formats,
    "outputs": _outputs,
    "profiles": _profiles,
    "sample": _sample,
}


def filled(page: str, lang: Lang) -> str:
    """`page` with every generated block made anew.

    Raises:
        KeyError: a block has a name that nothing generates.
    """
    return _BLOCK.sub(lambda match: match[1] + BLOCKS[match[2]](lang) + match[3], page)


def codes_page() -> str:
    """The page of all finding codes, in both languages."""
    head = (
        "# 问题代码 Finding codes\n\n"
        "<!-- Made by tests/generated_docs.py from the code; do not edit. -->\n\n"
        "与 `validator explain 代码` 的内容相同。严重程度是默认值，要求清单里的 `stages` 可以另定。\n\n"
        "The same as `validator explain CODE`. The severity is the default; a profile grades it.\n\n"
        "豁免（任何格式）/ To accept a finding in any format:\n\n"
        "```sh\nvalidator waive REPORT PLC001 --reason 原因 --expires 2026-12-31\n```\n\n"
        "豁免（.md、.html）：在同一行，或单独一行写在那一段前面；原因必填。"
        "To accept a finding in .md or .html, on its line or alone before its paragraph, with the reason:\n\n"
        "```html\n<!-- validator: allow PLC001 原因 reason -->\n"
        "<!-- validator: allow-file PLC001 原因 reason -->\n```\n"
    )
    parts = [head]
    for family, group in groupby(all_codes().values(), key=lambda code: code.id[:3]):
        title = FAMILIES[family]
        parts.append(f"\n## {family} {title.zh} / {title.en}\n")
        parts += [_code(code) for code in group]
    return "".join(parts)


def _code(code: Code) -> str:
    severity = SEVERITIES[code.severity]
    never = (
        "\n不能豁免：没有检查，就谈不上通过。 Cannot be accepted: unchecked is no pass.\n"
        if code.id in NEVER_WAIVED
        else ""
    )
    return (
        f"\n### {code.id}\n\n"
        f"**{_plain(code.title.zh)} / {_plain(code.title.en)}** ({severity.zh} {severity.en})\n\n"
        f"{_plain(code.meaning.zh)}\n\n{_plain(code.meaning.en)}\n\n"
        f"错误 bad:\n\n```text\n{code.bad}\n```\n\n正确 good:\n\n```text\n{code.good}\n```\n\n"
        f"怎么改：{_plain(code.remedy.zh)}\n\nRemedy: {_plain(code.remedy.en)}\n{never}"
    )


def _plain(text: str) -> str:
    return re.sub(r"([\\`*_<>\[\]])", r"\\\1", text)


def main() -> None:
    """Write everything that is generated."""
    for name, lang in PAGES.items():
        path = ROOT / name
        path.write_text(filled(path.read_text(encoding="utf-8"), lang), encoding="utf-8", newline="\n")
    (ROOT / CODES_PAGE).write_text(codes_page(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
