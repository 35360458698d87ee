"""What was checked, in memory only: the last few, for a while."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from validator.model.report import Ledger, ReportResult, Run
from validator.model.words import Bilingual, Lang

_NOTHING = Bilingual("", "")


class State(StrEnum):
    """How far a check is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What the page was asked for: a list of requirements or None for the one that the title tells."""

    profile: str | None = None
    stage: str = "submission"
    lang: Lang = Lang.ZH


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The run; the commented Word files by the path of their report, or why there is none."""

    run: Run
    words: Mapping[str, bytes | Bilingual] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """About how many bytes it holds: the Word files and the texts."""
        words = sum(len(one) for one in self.words.values() if isinstance(one, bytes))
        texts = (one.document.source for one in self.run.reports if one.document is not None)
        return words + sum(4 * len(text) for text in texts)


@dataclass(slots=True, kw_only=True)
class Batch:
    """Files that were sent together. Only the desk changes it."""

    id: str = field(default_factory=lambda: secrets.token_urlsafe(9))
    choice: Choice
    total: int
    done: int = 0
    state: State = State.WAITING
    outcome: Outcome | None = None
    failure: Bilingual = _NOTHING
    born: float = 0.0

    def report(self, number: int) -> ReportResult | None:
        """A report by its place, or None."""
        reports = self.outcome.run.reports if self.outcome else ()
        return reports[number] if 0 <= number < len(reports) else None


def alone(report: ReportResult, run: Run) -> Run:
    """A run of this one report."""
    unread = tuple(one for one in run.ledger.unreadable if one.path == report.path)
    checked = tuple(one for one in run.ledger.checked if one == report.path)
    return Run(reports=(report,), ledger=Ledger(checked=checked, unreadable=unread))


class Results:
    """The last `most` batches, none older than `seconds` and all together not much over `size` bytes.

    What is still being checked is never dropped.
    """

    def __init__(
        self,
        most: int = 20,
        seconds: float = 3600,
        size: int = 400 << 20,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._most, self._seconds, self._size, self._clock = most, seconds, size, clock
        self._held: dict[str, Batch] = {}
        self._lock = threading.Lock()

    def add(self, batch: Batch) -> None:
        """Keep a batch, and drop what is too much."""
        batch.born = self._clock()
        with self._lock:
            self._held[batch.id] = batch
        self.sweep()

    def get(self, number: str) -> Batch | None:
        """The batch, or None where it was dropped or never was."""
        self.sweep()
        with self._lock:
            return self._held.get(number)

    def sweep(self) -> None:
        """Drop what is too old, and the oldest where it is too much."""
        now = self._clock()
        with self._lock:
            held = list(self._held.values())
            ended = [one for one in held if one.state in {State.DONE, State.FAILED}]
            gone = [one for one in ended if now - one.born > self._seconds]
            left = [one for one in held if one not in gone]
            size = sum(one.outcome.size for one in left if one.outcome)
            for one in left[:-1]:
                if len(left) <= self._most and size <= self._size:
                    break
                if one in ended:
                    gone.append(one)
                    size -= one.outcome.size if one.outcome else 0
                    left = [other for other in left if other is not one]
            for one in gone:
                del self._held[one.id]

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._held.clear()

    def __len__(self) -> int:
        with self._lock:
            return len(self._held)
