"""The words and marks of the console in the language and with the characters that it can show."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from validator.model.report import Run
from validator.model.words import Bilingual, Lang, Severity
from validator.reporters._base import Look

WAYS = {
    "comment": Bilingual("文中注明", "comments"),
    "path": Bilingual("配置排除", "ignored by the configuration"),
    "waiver": Bilingual("豁免清单", "waivers"),
    "baseline": Bilingual("存量", "baseline"),
    "base": Bilingual("原有", "there before"),
}
"""In which ways a finding may be accepted, in the order in which they are told."""


@dataclass(frozen=True, slots=True)
class Tongue:
    """How this console is spoken to."""

    look: Look

    @property
    def lang(self) -> Lang:
        """The language of the messages."""
        return self.look.lang

    def say(self, zh: str, en: str) -> str:
        """The text of the language."""
        return en if self.look.lang is Lang.EN else zh

    @property
    def ok(self) -> str:
        """The mark of what is in order."""
        return "✓" if self.look.symbols else "[OK]"

    @property
    def arrow(self) -> str:
        """The mark of what to do."""
        return "→" if self.look.symbols else "->"

    def mark(self, severity: Severity) -> str:
        """The mark of a severity, with a word where colour and shape do not tell."""
        if severity is Severity.ERROR:
            return "✗" if self.look.symbols else "x"
        return "!" if severity is Severity.WARNING else "-"

    def label(self, zh: str, en: str, value: str) -> str:
        """`问：体育股`, or nothing where there is no value."""
        return self.say(f"{zh}：{value}", f"{en}: {value}") if value else ""

    def join_short(self, *parts: str) -> str:
        """The parts that are not empty, in one pair of brackets."""
        shown = [part for part in parts if part]
        if not shown:
            return ""
        return self.say(f"（{'，'.join(shown)}）", f" ({', '.join(shown)})")

    def counted(self, counts: Mapping[Severity, int], *, always: Collection[Severity] = ()) -> str:
        """`错误 3 个，警告 1 个`: every level that occurs, and those of `always`."""
        words = {
            Severity.ERROR: ("错误", "errors"),
            Severity.WARNING: ("警告", "warnings"),
            Severity.INFO: ("提示", "notes"),
        }
        return self.say("，", ", ").join(
            self.say(f"{zh} {counts.get(level, 0)} 个", f"{counts.get(level, 0)} {en}")
            for level, (zh, en) in words.items()
            if counts.get(level) or level in always
        )

    def places(self, counts: Mapping[Severity, int]) -> str:
        """`错误 3 处，警告 1 处`: the places of every level that occurs, each by the worst that is there."""
        return self.counted(counts).replace(" 个", " 处")

    @property
    def no_profile(self) -> str:
        """What is said where no list of requirements applies."""
        return self.say(
            "未指定要求清单，没有查缺报（看不出是哪类报告时，用 --profile 指定）",
            "no profile: nothing is required of this report (choose one with --profile)",
        )

    def accepted(self, run: Run) -> str:
        """`50 处（存量 40，豁免清单 10）`: how many findings are accepted and in which ways, or nothing."""
        ways = [one.waived_by for report in run.reports for one in report.findings if one.waived is not None]
        if not ways:
            return ""
        counts = [f"{words.get(self.lang)} {ways.count(way)}" for way, words in WAYS.items() if way in ways]
        return self.say(f"{len(ways)} 处", str(len(ways))) + self.join_short(*counts)
