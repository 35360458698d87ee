"""What is said about mending: the changes like a diff, and what is done and left for a person."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from validator.mending._model import Change, Left, Mended
from validator.model.report import ReportResult
from validator.model.words import Bilingual, Lang
from validator.reporters._entries import absent, address
from validator.reporters._lines import Line, Span, Style, line
from validator.reporters._tongue import Tongue

_AROUND = 24
_MOST = 120
_LISTED = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """How it is said: the language and look, and what masks personal numbers."""

    tongue: Tongue
    mask: Callable[[str], str]

    def both(self, text: Bilingual) -> str:
        """The text of the language."""
        return text.get(self.tongue.lang)


def diff_lines(path: str, target: str, mended: Mended, talk: Talk) -> Iterator[Line]:
    """The changes as a diff shows them: the place, the line that goes, and what is left of it."""
    if mended.changes:
        yield line(Span(f"--- {path}", Style.TITLE))
        yield line(Span(f"+++ {target}", Style.TITLE))
    for change in mended.changes:
        yield line(Span(f"@@ {talk.both(change.where)} @@", Style.SECTION))
        before, after = _window(change)
        for row in talk.mask(before).split("\n"):
            yield line(Span(f"-{row}", Style.ERROR))
        if after is not None:
            for row in talk.mask(after).split("\n"):
                yield line(Span(f"+{row}", Style.OK))


def done_lines(path: str, mended: Mended, talk: Talk, target: str, kept: str = "") -> Iterator[Line]:
    """What was taken out and where the file is now; `kept` is where the old one is."""
    tongue = talk.tongue
    if not mended.changes:
        return
    where = tongue.say("：已改", ": changed") if target == path else f" {tongue.arrow} {target}"
    yield line(Span(tongue.ok, Style.OK), " ", Span(path, Style.TITLE), where, hang=2)
    if kept:
        yield line(tongue.say(f"原文件保存在 {kept}", f"the old file is kept as {kept}"), indent=2, hang=2)
    count = len(mended.changes)
    yield line(tongue.say(f"删了 {count} 处：", f"taken out: {count}"), indent=2)
    yield from _changes(mended.changes, talk)


def left_lines(path: str, report: ReportResult, mended: Mended, talk: Talk, *, diff: bool) -> Iterator[Line]:
    """What was not changed: what --unsafe would change, and what a person has to look at."""
    tongue = talk.tongue
    nothing = not (mended.changes or mended.waiting or mended.left)
    if nothing:
        what = tongue.say("没有要删的", "nothing to take out")
        yield line(
            Span(tongue.ok, Style.OK), " ", Span(path, Style.TITLE), tongue.say("：", ": "), what, hang=2
        )
        return
    if not mended.changes:
        what = tongue.say("没有可以放心删的", "nothing that can be taken out safely")
        yield line(Span(path, Style.TITLE), tongue.say("：", ": "), what, hang=2)
    if mended.waiting:
        count = len(mended.waiting)
        yield line(
            Span(
                tongue.say(
                    f"还有 {count} 处要加 --unsafe 才改（先用 --unsafe --diff 看清楚）：",
                    f"{count} more only with --unsafe (look first with --unsafe --diff):",
                ),
                Style.WARNING,
            ),
            indent=2,
        )
        yield from _changes(mended.waiting, talk)
    if mended.left:
        what = tongue.say(f"要请人看 {len(mended.left)} 处：", f"for a person to look at: {len(mended.left)}")
        yield line(Span(what, Style.WARNING), indent=2)
        yield from _left(mended.left, talk)
    if not diff:
        yield from _rest(report, tongue)


def _changes(changes: Sequence[Change], talk: Talk) -> Iterator[Line]:
    for change in changes[:_LISTED]:
        before, after = _window(change)
        words = talk.mask(_gone(change) if after is not None else before)
        yield line(Span(f"{talk.both(change.where)}  ", Style.DIM), words, indent=4, hang=2)
    yield from _more(len(changes), talk)


def _left(left: Sequence[Left], talk: Talk) -> Iterator[Line]:
    for one in left[:_LISTED]:
        place = address(one.finding, talk.tongue.lang)
        words = talk.mask(_short(one.finding.text))
        yield line(
            Span(f"{place}  ", Style.DIM), words, Span(f"  {talk.both(one.why)}", Style.DIM), indent=4, hang=2
        )
    yield from _more(len(left), talk)


def _more(count: int, talk: Talk) -> Iterator[Line]:
    if count > _LISTED:
        rest = count - _LISTED
        yield line(talk.tongue.say(f"……另有 {rest} 处", f"... and {rest} more"), indent=4)


def _rest(report: ReportResult, tongue: Tongue) -> Iterator[Line]:
    """What else the report still needs from a person."""
    blanks = sum(one.code.startswith("PLC") and one.waived is None for one in report.findings)
    missing = len(absent(report))
    parts = [
        tongue.say(f"占位 {blanks} 处", f"{blanks} placeholders") if blanks else "",
        tongue.say(f"没提到的指标 {missing} 项", f"{missing} indicators not mentioned") if missing else "",
    ]
    said = [one for one in parts if one]
    if said:
        listed = tongue.say("、", ", ").join(said)
        yield line(tongue.say(f"还要人工补：{listed}", f"still to be filled in: {listed}"), indent=2)


def other_format(report: ReportResult, count: int, lang: Lang) -> str:
    """What to do with a report of a format that cannot be changed in single places."""
    suffix = report.format.upper()
    if report.format in ("doc", "rtf", "odt", "html", "mht"):
        zh, en = (
            "请在 Word 或 WPS 中另存为 .docx 再运行",
            "save it as .docx in Word or WPS and run this again",
        )
    else:
        zh, en = (
            "请在它的源文件（如 .docx）里改",
            "change the file that it was made from (such as a .docx)",
        )
    return Bilingual(
        f"{report.path}：有 {count} 处要删，但 {suffix} 文件改不了；{zh}",
        f"{report.path}: {count} passages to take out, but {suffix} files cannot be changed; {en}",
    ).get(lang)


def _gone(change: Change) -> str:
    """The text that goes out of a line that stays."""
    before, after = change.before, change.after or ""
    first, last = _common(before, after)
    return _short(before[first : len(before) - last])


def _window(change: Change) -> tuple[str, str | None]:
    """The line before and after, of long ones only what is around the cut."""
    if change.after is None:
        return _short(change.before), None
    first, last = _common(change.before, change.after)
    start, end = max(0, first - _AROUND), max(0, last - _AROUND)
    if start <= _AROUND // 2:
        start = 0
    if end <= _AROUND // 2:
        end = 0

    def cut(text: str) -> str:
        return ("…" if start else "") + text[start : len(text) - end] + ("…" if end else "")

    return cut(change.before), cut(change.after)


def _common(before: str, after: str) -> tuple[int, int]:
    """How many characters two texts have in common at their heads and at their ends."""
    most = min(len(before), len(after))
    first = next((at for at in range(most) if before[at] != after[at]), most)
    last = next((at for at in range(most - first) if before[-1 - at] != after[-1 - at]), most - first)
    return first, last


def _short(text: str) -> str:
    return text if len(text) <= _MOST else f"{text[: _MOST - 20]}…{text[-19:]}"
