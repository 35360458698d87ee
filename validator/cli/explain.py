"""`validator explain CODE`: what a finding means, how it looks, what to do, how to accept it."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from validator.cli._base import Command, Session
from validator.cli._common import unknown
from validator.model.errors import UserError
from validator.model.words import Bilingual, ExitCode, Lang, Severity
from validator.text.width import wrap

if TYPE_CHECKING:
    from validator.model.finding import Code

COLUMNS = 80
FAMILIES = {
    "IND": Bilingual("指标：该报的数", "indicators: what must be reported"),
    "PLC": Bilingual("占位：没有填的地方", "placeholders: what was not filled in"),
    "BAN": Bilingual("广告：不该留在报告里的文字", "banned text: what must not be in a report"),
    "CON": Bilingual("数字前后对不对得上", "consistency of the numbers"),
    "DOC": Bilingual("文件本身", "the document itself"),
    "RUL": Bilingual("规则文件", "the rule packs"),
}
SEVERITIES = {
    Severity.ERROR: Bilingual("错误", "error"),
    Severity.WARNING: Bilingual("警告", "warning"),
    Severity.INFO: Bilingual("提示", "note"),
}


def _add_arguments(parser: argparse.ArgumentParser, lang: Lang) -> None:
    zh = lang is Lang.ZH
    parser.add_argument(
        "code",
        nargs="?",
        metavar="CODE",
        help="代码，如 PLC001；或一类代码，如 PLC"
        if zh
        else "a code such as PLC001, or a family such as PLC",
    )
    parser.add_argument("--list", action="store_true", help="列出全部代码" if zh else "list all codes")


def _run(arguments: argparse.Namespace, session: Session) -> ExitCode:
    from validator.pipeline import all_codes

    codes = all_codes()
    asked = (arguments.code or "").strip().upper()
    if arguments.list or asked in FAMILIES:
        lines = list(_listed(codes, asked, session))
    elif asked in codes:
        lines = list(_explained(codes[asked], session))
    elif asked:
        raise unknown(("代码", "code"), arguments.code, (*codes, *FAMILIES))
    else:
        raise UserError(
            "请写明代码，例如 validator explain PLC001；全部代码：validator explain --list",
            "name a code, e.g. validator explain PLC001; all codes: validator explain --list",
        )
    session.streams.write("\n".join(lines) + "\n")
    return ExitCode.OK


def _listed(codes: Mapping[str, Code], family: str, session: Session) -> Iterator[str]:
    shown = [code for code in codes.values() if code.id.startswith(family)]
    before = ""
    for code in shown:
        if code.id[:3] != before:
            if before:
                yield ""
            before = code.id[:3]
            title = FAMILIES.get(before)
            yield f"{before}  {title.get(session.lang)}" if title else before
        severity = SEVERITIES[code.severity].get(session.lang)
        yield f"  {code.id}  {severity}  {code.title.get(session.lang)}"
    if not shown:
        yield session.say("这一类还没有代码", "there are no codes in this family yet")


def _explained(code: Code, session: Session) -> Iterator[str]:
    lang, say = session.lang, session.say
    title, severity = code.title.get(lang), SEVERITIES[code.severity].get(lang)
    yield f"{code.id}  " + say(f"{title}（{severity}）", f"{title} ({severity})")
    yield ""
    yield from wrap(code.meaning.get(lang), COLUMNS)
    for label, text in (
        (say("错误写法", "Bad"), code.bad),
        (say("正确写法", "Good"), code.good),
        (say("怎么改", "Remedy"), code.remedy.get(lang)),
        (say("怎么豁免", "How to waive"), _waiving(code, session)),
    ):
        yield ""
        yield label
        yield from (f"  {row}" for part in text.splitlines() for row in wrap(part, COLUMNS - 2))


def _waiving(code: Code, session: Session) -> str:
    from validator.suppressions._base import NEVER_WAIVED

    if code.id in NEVER_WAIVED:
        return session.say("不能豁免：没有检查，就谈不上通过。", "Not at all: unchecked is no pass.")
    if code.id.startswith("RUL"):
        return session.say(
            "不能豁免；可在 validator.yaml 的 severity 里改级别。",
            "Not at all; `severity` in validator.yaml can change how much it counts.",
        )
    return session.say(
        f"任何格式的报告：validator waive 报告 {code.id} --reason 原因\n"
        "在 .md 或 .html 里，把下面的说明写在同一行，或单独一行写在那一段前面，原因必填：\n"
        f"<!-- validator: allow {code.id} 原因 -->\n"
        f"整份文件：<!-- validator: allow-file {code.id} 原因 -->",
        f"In any format: validator waive REPORT {code.id} --reason REASON\n"
        "In .md and .html, on the same line or alone before the paragraph; the reason is obligatory:\n"
        f"<!-- validator: allow {code.id} reason -->\n"
        f"For the whole file: <!-- validator: allow-file {code.id} reason -->",
    )


COMMAND = Command(
    help=Bilingual("说明某个代码是什么意思、怎么改", "explain a finding code"),
    add_arguments=_add_arguments,
    run=_run,
    epilog=Bilingual("例：validator explain PLC001", "Example: validator explain PLC001"),
)
