"""The end of the console's report: the account of all files, the counts, and what to do next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from validator.model.report import LedgerEntry, Run
from validator.model.rule import Rules
from validator.model.words import Severity
from validator.reporters._base import Look
from validator.reporters._entries import spoken
from validator.reporters._lines import Line, Span, Style, line
from validator.reporters._tongue import Tongue

_FEW = 3


def summary(run: Run, rules: Rules, look: Look, tongue: Tongue) -> Iterator[Line]:
    """Files found, checked, skipped and unreadable with the reasons; errors and warnings; the next step."""
    ledger = run.ledger
    yield line(Span(("─" if look.symbols else "-") * min(40, look.columns), Style.DIM))
    counts = [
        tongue.say(f"找到 {ledger.found} 份文件", f"{ledger.found} files found"),
        tongue.say(f"检查了 {len(ledger.checked)} 份", f"{len(ledger.checked)} checked"),
    ]
    if ledger.skipped:
        counts.append(tongue.say(f"跳过 {len(ledger.skipped)} 份", f"{len(ledger.skipped)} skipped"))
    if ledger.unreadable:
        counts.append(
            tongue.say(f"没读成 {len(ledger.unreadable)} 份", f"{len(ledger.unreadable)} unreadable")
        )
    yield line(tongue.say("，", ", ").join(counts))
    yield from _account(ledger.skipped, tongue.say("跳过", "skipped"), look, tongue)
    yield from _account(ledger.unreadable, tongue.say("没读成", "unreadable"), look, tongue)
    yield _counts(run, tongue)
    if accepted := tongue.accepted(run):
        yield line(
            tongue.say(f"另有已接受的问题 {accepted}，不计入", f"accepted and not counted: {accepted}"),
            hang=2,
        )
    if step := next_step(run, rules, tongue):
        yield line(Span(tongue.say("下一步：", "Next: "), Style.TITLE), step, hang=2)


def _account(found: Sequence[LedgerEntry], word: str, look: Look, tongue: Tongue) -> Iterator[Line]:
    reasons: dict[str, list[str]] = {}
    for one in found:
        reasons.setdefault(tongue.say(one.zh, one.en), []).append(one.path)
    for reason, paths in sorted(reasons.items()):
        shown = paths if look.verbose else paths[:_FEW]
        names = tongue.say("、", ", ").join(shown)
        if len(shown) < len(paths):
            names += tongue.say(f" 等 {len(paths)} 个", f" and {len(paths) - len(shown)} more")
        yield line(f"{word}", tongue.say("：", ": "), f"{names}", tongue.join_short(reason), indent=2, hang=2)


def _counts(run: Run, tongue: Tongue) -> Line:
    errors, warnings, infos = (run.count(one) for one in Severity)
    spans = [
        Span(tongue.say(f"错误 {errors} 个", f"{errors} errors"), Style.ERROR if errors else Style.OK),
        Span(
            tongue.say(f"，警告 {warnings} 个", f", {warnings} warnings"),
            Style.WARNING if warnings else Style.PLAIN,
        ),
    ]
    if infos:
        spans.append(Span(tongue.say(f"，提示 {infos} 个", f", {infos} notes")))
    if note := merged(run, tongue):
        spans.append(Span(tongue.join_short(note), Style.DIM))
    return line(*spans, hang=2)


def merged(run: Run, tongue: Tongue) -> str:
    """That several findings at one place are one entry of the lists, where there are such."""
    counts = [spoken(one) for one in run.reports]
    total, shown = sum(all_ for all_, _ in counts), sum(some for _, some in counts)
    if total == shown:
        return ""
    return tongue.say(
        f"同一处有几个问题的合成一条，共 {shown} 条", f"those at one place are one entry: {shown} entries"
    )


def next_step(run: Run, rules: Rules, tongue: Tongue) -> str:
    """What to do now, in the order in which it is best done; empty where everything is in order."""
    standing = [one for report in run.reports for one in report.findings if one.waived is None]
    absent = sum(one.code == "IND001" for one in standing)
    holes = sum(one.code.startswith("PLC") for one in standing)
    banned = sum(one.code.startswith("BAN") for one in standing)
    steps = []
    if run.ledger.unreadable:
        steps.append(tongue.say("把没读成的文件另存为 .docx", "save the unreadable files as .docx"))
    if banned:
        steps.append(tongue.say(f"删掉 {banned} 处广告", f"delete {banned} vendor texts"))
    if holes:
        steps.append(tongue.say(f"把 {holes} 处占位换成实际内容", f"fill in {holes} placeholders"))
    if absent:
        steps.append(tongue.say(f"补上没提到的 {absent} 项指标", f"add {absent} missing indicators"))
    if steps:
        done = tongue.say("，".join(steps) + "，然后再检查一次。", ", ".join(steps) + "; then check again.")
        code = min((one.severity.rank, one.code) for one in standing)[1]
        return done + tongue.say(
            f"代码的含义：validator explain {code}", f" About a code: validator explain {code}"
        )
    if standing:
        return tongue.say(
            "按上面的位置逐处修改，然后再检查一次。", "change the places above, then check again."
        )
    if rules.profiles and any(report.profile is None for report in run.reports):
        known = tongue.say("、", ", ").join(
            f"{one.id} ({one.name.get(tongue.lang)})" for one in rules.profiles.values()
        )
        return tongue.say(
            f"要查该报的数报了没有，加 --profile 指定要求清单：{known}",
            f"to check what must be reported, choose a profile with --profile: {known}",
        )
    return ""
