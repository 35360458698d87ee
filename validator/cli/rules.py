"""`validator rules list|show|test|coverage|path`: what the packs hold, whether it holds, what it misses."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from validator.cli._base import Command, Session
from validator.cli._common import unknown
from validator.cli._project import add_project, configuration, rules_of
from validator.cli._ruleview import list_lines, show_lines, shown_ids
from validator.model.errors import UserError
from validator.model.words import Bilingual, ExitCode, Lang
from validator.text.escape import visible

if TYPE_CHECKING:
    from validator.model.rule import Rules
    from validator.trial import Outcome

ACTIONS = ("list", "show", "test", "coverage", "path")


def _add_arguments(parser: argparse.ArgumentParser, lang: Lang) -> None:
    zh = lang is Lang.ZH
    parser.add_argument(
        "action",
        choices=ACTIONS,
        metavar="|".join(ACTIONS),
        help="列出规则，看一条规则，运行规则自带的例子，看规则在一批报告里漏了什么，规则文件夹在哪里"
        if zh
        else "list the rules, show one, run their examples, see what they miss, print their folder",
    )
    parser.add_argument(
        "targets",
        nargs="*",
        metavar="ID|PATH",
        help="show 要看的规则；coverage 要读的报告" if zh else "the rule to show; the reports for coverage",
    )
    parser.add_argument(
        "--all",
        action="store_true",
        help="coverage 全部列出，不截短" if zh else "coverage: do not cut the lists",
    )
    parser.add_argument(
        "--rules",
        action="append",
        default=[],
        metavar="PATH",
        help="自己的规则文件或文件夹（validator.yaml 写明的不必再写）"
        if zh
        else "own rule packs, besides those of validator.yaml",
    )
    add_project(parser, lang)


def _run(arguments: argparse.Namespace, session: Session) -> ExitCode:
    from validator.rulepacks.loader import rules_root

    most = {"show": 1, "coverage": len(arguments.targets)}.get(arguments.action, 0)
    if len(arguments.targets) > most:
        extra = arguments.targets[most]
        raise UserError(f"多余的参数：{extra}", f"unexpected argument: {extra}")
    if arguments.action == "path":
        session.streams.write(f"{rules_root()}\n")
        return ExitCode.OK
    rules = rules_of(arguments, configuration(arguments))
    if arguments.action == "test":
        return _test(rules, session)
    if arguments.action == "coverage":
        lines = _coverage(rules, arguments, session)
    elif arguments.action == "list":
        lines = list_lines(rules, session)
    else:
        lines = _shown(rules, arguments.targets[0] if arguments.targets else None, session)
    session.streams.write("".join(f"{visible(one)}\n" for one in lines))
    return ExitCode.OK


def _shown(rules: Rules, asked: str | None, session: Session) -> Iterator[str]:
    if asked is None:
        raise UserError(
            "请写明要看哪条规则，例如 validator rules show economy.gdp；全部规则：validator rules list",
            "name a rule, e.g. validator rules show economy.gdp; all rules: validator rules list",
        )
    known = shown_ids(rules)
    if asked not in known:
        raise unknown(("规则", "rule"), asked, known)
    return show_lines(rules, asked, session)


def _coverage(rules: Rules, arguments: argparse.Namespace, session: Session) -> Iterator[str]:
    from validator.cli._coverage import coverage_lines
    from validator.coverage import cover
    from validator.pipeline import Options
    from validator.runner import read_paths

    if not arguments.targets:
        raise UserError(
            "请写明要读哪些报告，例如 validator rules coverage 总结/",
            "name the reports to read, e.g. validator rules coverage reports/",
        )
    run = read_paths(arguments.targets, rules, Options(explain=True))
    return coverage_lines(cover(run, rules), rules, session, whole=arguments.all)


def _test(rules: Rules, session: Session) -> ExitCode:
    from validator.trial import run_examples

    outcomes = run_examples(rules)
    failed = [one for one in outcomes if not one.passed and not one.excused]
    lines = [row for one in failed for row in _failure(one, session)]
    lines.append(_verdict(outcomes, len(shown_ids(rules)) - len(rules.profiles), len(failed), session))
    session.streams.write("".join(f"{one}\n" for one in lines))
    return ExitCode.FINDINGS if failed else ExitCode.OK


def _failure(one: Outcome, session: Session) -> Iterator[str]:
    yield visible(f"{one.place}  {one.rule}")
    zh, en = (f"（{one.change.zh}）", f" ({one.change.en})") if one.change else ("", "")
    yield visible(session.say(f"  例子{zh}：{one.text}", f"  example{en}:  {one.text}"))
    yield visible(session.say(f"  应得：{one.expected}", f"  expected: {one.expected}"))
    yield visible(session.say(f"  实得：{one.got}", f"  got:      {one.got}"))


def _verdict(outcomes: Sequence[Outcome], rules: int, failed: int, session: Session) -> str:
    end = (
        session.say("全部通过", "all passed")
        if not failed
        else session.say(f"{failed} 个没通过", f"{failed} failed")
    )
    changed = sum(1 for one in outcomes if one.change)
    plain = len(outcomes) - changed
    excused = sum(1 for one in outcomes if one.excused)
    zh, en = (f"，有理由豁免 {excused} 个", f", {excused} excused with a reason") if excused else ("", "")
    return session.say(
        f"{rules} 条规则，{plain} 个例子，{changed} 个变形{zh}，{end}",
        f"{rules} rules, {plain} examples, {changed} changed forms{en}, {end}",
    )


COMMAND = Command(
    help=Bilingual("查看规则，检验规则自带的例子", "show the rules and test their examples"),
    add_arguments=_add_arguments,
    run=_run,
    epilog=Bilingual(
        "例：validator rules show economy.gdp\n    validator rules coverage 总结/",
        "Examples: validator rules show economy.gdp\n          validator rules coverage reports/",
    ),
)
