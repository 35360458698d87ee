"""A summary in Markdown for people who look at a pull request: the verdict, what is complete, what to do.

Made for the step summary of GitHub Actions, which is lost as a whole when it is larger than 1 MiB; what
does not fit is left out from the least severe on, and counted. Text of documents and names of files stand
in code spans.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from validator.model.report import LedgerEntry, ReportResult, Run
from validator.model.rule import Rules
from validator.model.words import Bilingual, Severity, Status
from validator.reporters._base import Look, Reporter
from validator.reporters._hosted import accepted, clipped, from_root, repository_path
from validator.reporters._markdown import (
    MARKS,
    MOST_TEXT,
    MOST_WORDS,
    Item,
    chosen,
    drawn,
    fitted,
    fold,
    row,
    table,
)
from validator.reporters._markup import code, prose
from validator.reporters._summary import next_step
from validator.reporters._tongue import WAYS, Tongue

LIMIT = 900 << 10
"""Bytes of the whole summary."""
_SPARE = 1000
"""Bytes kept for headings and for the line about what was left out."""
MATRIX = 200 << 10
"""Bytes of the rows about completeness, and of those about files that could not be read."""
_REASONS = 50
_COLUMNS = (
    (Status.REPORTED, "已填", "reported"),
    (Status.PLACEHOLDER, "占位", "placeholder"),
    (Status.BLANK, "空白", "blank"),
    (Status.NO_VALUE, "有名无数", "no value"),
    (Status.ABSENT, "未提及", "not mentioned"),
    (Status.CONFLICTING, "矛盾", "conflicting"),
)


def _check(run: Run, rules: Rules, look: Look) -> bytes:
    tongue = Tongue(look)
    head = [_verdict(run, tongue), _account(run, tongue)]
    if step := next_step(run, rules, tongue):
        head.append(f"**{tongue.say('下一步', 'Next')}**{tongue.say('：', ': ')}{prose(step)}\n\n")
    middle = [_matrix(run, look, tongue), _unreadable(run, look, tongue)]
    end = [_skipped(run, tongue), _accepted(run, tongue), _signed(look)]
    room = LIMIT - sum(len(one.encode()) for one in (*head, *middle, *end)) - _SPARE
    left_out, details = _details(run, rules, look, tongue, room)
    return "".join([*head, left_out, *middle, details, *end]).encode()


def _verdict(run: Run, tongue: Tongue) -> str:
    found = {level: run.count(level) for level in Severity}
    unread = len(run.ledger.unreadable)
    bad = found[Severity.ERROR] or unread
    mark = MARKS[Severity.ERROR] if bad else MARKS[Severity.WARNING] if found[Severity.WARNING] else "✅"
    counts = [
        tongue.counted(found),
        tongue.say(f"没读成 {unread} 份", f"{unread} unreadable") if unread else "",
    ]
    said = tongue.say("，", ", ").join(filter(None, counts)) or tongue.say("没有发现问题", "nothing found")
    return f"## {mark} {tongue.say('报告检查：', 'Report check: ')}{said}\n\n"


def _account(run: Run, tongue: Tongue) -> str:
    ledger = run.ledger
    counts = [
        tongue.say(f"找到 {ledger.found} 份文件", f"{ledger.found} files found"),
        tongue.say(f"检查了 {len(ledger.checked)} 份", f"{len(ledger.checked)} checked"),
        tongue.say(f"跳过 {len(ledger.skipped)} 份", f"{len(ledger.skipped)} skipped"),
        tongue.say(f"没读成 {len(ledger.unreadable)} 份", f"{len(ledger.unreadable)} unreadable"),
    ]
    text = tongue.say("，", ", ").join(counts)
    required = [one for report in run.reports for one in report.required]
    if required:
        done = sum(one.status is Status.REPORTED for one in required)
        share = done * 100 // len(required)
        text += tongue.say(
            f"；应报 {len(required)} 项，已填 {done} 项（{share}%）",
            f"; {done} of {len(required)} required indicators reported ({share}%)",
        )
    else:
        text += tongue.say("；没有指定要求清单，没有查缺报", "; no profile, so nothing was required")
    return text + tongue.say("。", ".") + "\n\n"


def _matrix(run: Run, look: Look, tongue: Tongue) -> str:
    """Reports × statuses; where not all fit, those that lack most."""
    asked = [one for one in run.reports if one.required]
    if not asked:
        return ""
    rows = [_matrix_row(code(clipped(repository_path(one, look), MOST_TEXT)), [one]) for one in asked]
    lacking = sorted(
        range(len(asked)),
        key=lambda at: (
            sum(one.status is Status.REPORTED for one in asked[at].required) - len(asked[at].required)
        ),
    )
    kept = len(fitted((rows[at] for at in lacking), MATRIX))
    shown = [rows[at] for at in sorted(lacking[:kept])]
    if len(asked) > 1:
        shown.append(_matrix_row(tongue.say("**合计**", "**total**"), asked))
    head = [tongue.say("报告", "report"), tongue.say("应报", "required")]
    head += [tongue.say(zh, en) for _, zh, en in _COLUMNS]
    more = len(asked) - kept
    rest = tongue.say(f"还有 {more} 份报告没有列出。", f"{more} more reports not shown.") if more else ""
    without = len(run.ledger.checked) - len(asked)
    if without > 0:
        rest += tongue.say(f"另有 {without} 份报告没有要求清单。", f" {without} reports have no profile.")
    title = tongue.say("指标填报情况", "Completeness")
    return f"### {title}\n\n{table(head, shown)}\n" + (f"{rest.strip()}\n\n" if rest else "")


def _matrix_row(name: str, reports: Sequence[ReportResult]) -> str:
    counts = Counter(one.status for report in reports for one in report.required)
    return row([name, str(counts.total()), *(str(counts[status]) for status, _, _ in _COLUMNS)])


def _unreadable(run: Run, look: Look, tongue: Tongue) -> str:
    found = run.ledger.unreadable
    rows = [
        row(
            (
                code(clipped(from_root(one.path, look), MOST_TEXT)),
                prose(clipped(_reason(one, tongue), MOST_WORDS)),
            )
        )
        for one in found
    ]
    head = (tongue.say("文件", "file"), tongue.say("原因", "reason"))
    title = tongue.say(f"没读成的文件（{len(found)} 份）", f"Unreadable files ({len(found)})")
    return _listed(title, head, rows, fitted(rows, MATRIX), tongue)


def _reason(one: LedgerEntry, tongue: Tongue) -> str:
    """Why a file could not be read, without its name, which stands beside it."""
    return tongue.say(one.zh, one.en).removeprefix(one.path).lstrip("：: ")


def _listed(title: str, head: Sequence[str], rows: Sequence[str], kept: Sequence[str], tongue: Tongue) -> str:
    if not rows:
        return ""
    more = len(rows) - len(kept)
    rest = tongue.say(f"还有 {more} 行没有列出。\n\n", f"{more} more rows not shown.\n\n") if more else ""
    return f"### {title}\n\n{table(head, kept)}\n{rest}"


def _skipped(run: Run, tongue: Tongue) -> str:
    counts = Counter(tongue.say(one.zh, one.en) for one in run.ledger.skipped)
    title = tongue.say(f"跳过的文件（{counts.total()} 份）", f"Skipped files ({counts.total()})")
    head = (tongue.say("原因", "reason"), tongue.say("份数", "files"))
    rows = _count_rows((prose(clipped(reason, MOST_WORDS)), count) for reason, count in counts.items())
    return _listed(title, head, rows, rows[:_REASONS], tongue)


def _accepted(run: Run, tongue: Tongue) -> str:
    counts = Counter(one.finding.waived_by for one in accepted(run))
    title = tongue.say(f"已豁免的问题（{counts.total()} 处）", f"Accepted findings ({counts.total()})")
    head = (tongue.say("方式", "by"), tongue.say("处数", "findings"))
    other = Bilingual("其他", "other")
    names = ((WAYS.get(way, other).get(tongue.lang), count) for way, count in counts.items())
    rows = _count_rows((prose(name), count) for name, count in names)
    return _listed(title, head, rows, rows, tongue)


def _count_rows(counts: Iterable[tuple[str, int]]) -> list[str]:
    return [row((name, str(count))) for name, count in sorted(counts, key=lambda one: (-one[1], one[0]))]


def _details(run: Run, rules: Rules, look: Look, tongue: Tongue, room: int) -> tuple[str, str]:
    """What to say about what was left out, and the reports."""
    unread = {one.path for one in run.ledger.unreadable}
    read = (fold(one, rules, look, tongue) for one in run.reports if one.path not in unread)
    folds = [one for one in read if one.items]
    shown, left = chosen(folds, room, tongue)
    texts = [drawn(one, opened=len(folds) == 1, tongue=tongue) for one in shown]
    if texts:
        texts.insert(0, f"### {tongue.say('逐份报告', 'Reports')}\n\n")
    return _left_out(left, tongue), "".join(texts)


def _left_out(left: Sequence[Item], tongue: Tongue) -> str:
    if not left:
        return ""
    counts = tongue.counted(Counter(one.severity for one in left))
    return tongue.say(
        f"> ⚠️ 篇幅所限，有 {len(left)} 处没有列出（{counts}）。全部见 `--format json` 的输出。\n\n",
        f"> ⚠️ {len(left)} places are not shown here for want of room ({counts}). "
        "All are in the output of `--format json`.\n\n",
    )


def _signed(look: Look) -> str:
    return f"<sub>validator {prose(look.version)}</sub>\n" if look.version else ""


REPORTER = Reporter(name="markdown", media_type="text/markdown", suffixes=(".md",), check=_check)
