"""What a subcommand is. One is one module of this package with a `COMMAND` of this type."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass

from validator.cli._streams import Streams
from validator.model.words import Bilingual, ExitCode, Lang

_NOTHING = Bilingual("", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """What every subcommand is given: its language, its streams, and whether to show tracebacks.

    `lang_given` tells whether somebody chose the language, or it is only the default.
    """

    lang: Lang
    streams: Streams
    lang_given: bool = False
    debug: bool = False

    def say(self, zh: str, en: str) -> str:
        """The text of the session's language."""
        return en if self.lang is Lang.EN else zh


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """`help` is one line; `add_arguments` declares the options, `run` does the work."""

    help: Bilingual
    add_arguments: Callable[[argparse.ArgumentParser, Lang], None]
    run: Callable[[argparse.Namespace, Session], ExitCode]
    epilog: Bilingual = _NOTHING
