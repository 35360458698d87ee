"""The words, letters and classes of the page: a letter tells what a colour tells."""

from __future__ import annotations

from dataclasses import dataclass

from validator.model.words import Bilingual, Lang, Role, Severity, Status

ROLES = {
    Role.PREVIOUS: Bilingual("上年", "earlier"),
    Role.TARGET: Bilingual("计划", "planned"),
    Role.CHANGE: Bilingual("增减", "change"),
}
"""Roles that are named beside a value; what was reached goes without saying."""


@dataclass(frozen=True, slots=True)
class Sign:
    """How a status or a severity is shown: a word, a letter for where there is little room, a class."""

    word: str
    letter: str
    css: str


_STATUSES = {
    Status.REPORTED: ("已填", "✓", "reported", "✓", "ok"),
    Status.PLACEHOLDER: ("占位", "占", "placeholder", "X", "ph"),
    Status.BLANK: ("空白", "空", "blank", "B", "bl"),
    Status.NO_VALUE: ("有名无数", "无", "no number", "N", "nv"),
    Status.ABSENT: ("未提及", "缺", "not mentioned", "M", "ab"),
    Status.CONFLICTING: ("矛盾", "矛", "conflicting", "C", "cf"),
    Status.NOT_APPLICABLE: ("不适用", "－", "not applicable", "–", "na"),
}
_SEVERITIES = {
    Severity.ERROR: ("错误", "错", "error", "E", "e"),
    Severity.WARNING: ("警告", "警", "warning", "W", "w"),
    Severity.INFO: ("提示", "提", "note", "N", "i"),
}


def status_sign(status: Status, lang: Lang) -> Sign:
    """How a status is shown."""
    return _sign(_STATUSES[status], lang)


def severity_sign(severity: Severity, lang: Lang) -> Sign:
    """How a severity is shown."""
    return _sign(_SEVERITIES[severity], lang)


def waived_sign(lang: Lang) -> Sign:
    """How an accepted finding is shown."""
    return _sign(("已豁免", "免", "accepted", "A", "v"), lang)


def _sign(words: tuple[str, str, str, str, str], lang: Lang) -> Sign:
    zh, zh_letter, en, en_letter, css = words
    return Sign(en, en_letter, css) if lang is Lang.EN else Sign(zh, zh_letter, css)
