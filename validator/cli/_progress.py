"""A bar for long runs on a terminal: how many reports are done, how fast, and how long it will take."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from validator.cli._base import Session

if TYPE_CHECKING:
    from rich.progress import Progress

_AFTER_SECONDS = 1.5
_EVERY_SECONDS = 0.1


class Bar:
    """Shown on standard error once a run has taken a moment, and gone when it is done.

    It is drawn by whoever calls `advance`, never by a thread of its own: workers are forked meanwhile.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._total = self._done = 0
        self._began = self._drawn = 0.0
        self._shown: Progress | None = None

    def start(self, total: int) -> None:
        """So many reports will be read."""
        self._total, self._done, self._began = total, 0, time.monotonic()

    def advance(self) -> None:
        """One more is done."""
        self._done += 1
        now = time.monotonic()
        if self._done >= self._total:
            return
        if now - self._began >= _AFTER_SECONDS and now - self._drawn >= _EVERY_SECONDS:
            self._draw()
            self._drawn = now

    def stop(self) -> None:
        """Take the bar away, also when the run was broken off."""
        if self._shown is not None:
            self._shown.stop()
            self._shown = None

    def _draw(self) -> None:
        if self._shown is None:
            self._shown = self._new()
            self._shown.start()
        rate = self._done / (time.monotonic() - self._began)
        left = round((self._total - self._done) / rate)
        words = self._session.say(
            f"每秒 {rate:.1f} 份，还要约 {_span(left)}", f"{rate:.1f} a second, about {_span(left)} left"
        )
        self._shown.update(self._shown.task_ids[0], completed=self._done, words=words)
        self._shown.refresh()

    def _new(self) -> Progress:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        shown = Progress(
            TextColumn(self._session.say("检查中", "checking"), markup=False),
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            TextColumn("{task.fields[words]}", markup=False),
            console=Console(file=self._session.streams.err),
            auto_refresh=False,
            transient=True,
        )
        shown.add_task("", total=self._total, words="")
        return shown


def progress_on(session: Session) -> Bar | None:
    """A bar, where a person looks at standard error."""
    return Bar(session) if session.streams.err.isatty() else None


def _span(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"{minutes}:{rest:02d}"
