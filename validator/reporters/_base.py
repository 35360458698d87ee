"""What a reporter is. An output is one module of this package with a `REPORTER` of this type."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from validator.model.finding import Code
from validator.model.report import Run
from validator.model.rule import Rules
from validator.model.words import Lang


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How an output is to look. `columns` is the width of the console; `color` is only ever true for
    a terminal; `symbols` tells whether the console can show ✓ and its like. `folder` is the absolute
    path that relative paths of reports start from, `root` the one that a host's paths start from (the top of
    the repository), both with `/`. `codes` are all finding codes."""

    lang: Lang = Lang.ZH
    version: str = ""
    columns: int = 80
    color: bool = False
    symbols: bool = True
    verbose: bool = False
    profile: str | None = None
    all_scopes: bool = False
    indicator: str | None = None
    explain: bool = False
    folder: str = ""
    root: str = ""
    codes: Mapping[str, Code] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reporter:
    """One output: `check` renders findings, `facts` what is stated, `read` the blocks as they were read;
    None where it has no such form.

    Machine formats give bytes, which are written as they are; texts are for people and are fitted to
    the encoding of the console. `suffixes` choose the format for `--output` without `--format`. A `hosted`
    output is read by machines and may be public, so personal numbers are masked in it. A `binary` one is no
    text at all: it goes to a file or a pipe, never to a terminal.
    """

    name: str
    media_type: str
    suffixes: tuple[str, ...] = ()
    hosted: bool = True
    binary: bool = False
    check: Callable[[Run, Rules, Look], str | bytes] | None = None
    facts: Callable[[Run, Rules, Look], str | bytes] | None = None
    read: Callable[[Run, Rules, Look], str | bytes] | None = None
