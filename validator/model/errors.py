"""Errors that the user can mend. Everything else that is raised is a bug."""

from __future__ import annotations


class UserError(Exception):
    """The run cannot be done as asked: one line that names the place and the remedy, exit code 2.

    `zh` and `en` are whole sentences; the command line shows the one of its language.
    """

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en


class ReadError(Exception):
    """A report cannot be read: becomes a finding of that report while the run goes on.

    `code` is the finding's code (unreadable, encrypted, over a limit, unsupported type).
    """

    def __init__(self, code: str, zh: str, en: str) -> None:
        super().__init__(en)
        self.code = code
        self.zh = zh
        self.en = en
