"""Small closed vocabularies: languages, severities, statuses, roles, scopes."""

from __future__ import annotations

from enum import IntEnum, StrEnum
from typing import NamedTuple


class Lang(StrEnum):
    """Language of messages. Chinese is the language of the clerk and the default."""

    ZH = "zh"
    EN = "en"


class Bilingual(NamedTuple):
    """One message in both languages."""

    zh: str
    en: str

    def get(self, lang: Lang) -> str:
        """The text in `lang`."""
        return self.en if lang is Lang.EN else self.zh


class Severity(StrEnum):
    """How bad a finding is; the fail policy compares severities."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 is the most severe."""
        return {"error": 0, "warning": 1, "info": 2}[self.value]


class Status(StrEnum):
    """Verdict on one indicator of one report."""

    REPORTED = "reported"
    PLACEHOLDER = "placeholder"
    BLANK = "blank"
    NO_VALUE = "no_value"
    ABSENT = "absent"
    CONFLICTING = "conflicting"
    NOT_APPLICABLE = "not_applicable"


class Role(StrEnum):
    """What a stated value is: reached, of an earlier period, planned, or a difference."""

    ACTUAL = "actual"
    PREVIOUS = "previous"
    TARGET = "target"
    CHANGE = "change"


class Scope(StrEnum):
    """What a stated value covers. Only `whole` counts for a status."""

    WHOLE = "whole"
    PART = "part"
    OTHER = "other"
    PERIOD = "period"
    MILESTONE = "milestone"


class ExitCode(IntEnum):
    """What the process says: nothing to do, findings, or the run itself could not be done as asked."""

    OK = 0
    FINDINGS = 1
    USAGE = 2
