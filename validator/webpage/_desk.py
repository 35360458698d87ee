"""Takes files in, checks them one batch after the other, and leaves nothing behind."""

from __future__ import annotations

import multiprocessing
import queue
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from validator.discovery import Found, member_reason
from validator.model.errors import UserError
from validator.model.report import LedgerEntry
from validator.model.words import Bilingual
from validator.webpage import _names as names
from validator.webpage._checking import Setup, check
from validator.webpage._results import Batch, Choice, Outcome, Results, State

MOST_WAITING = 10
_SWEEP_SECONDS = 30.0
_LAST_SECONDS = 10.0
_KILL_SECONDS = 0.02

Checker = Callable[..., Outcome]


class Upload(Protocol):
    """A file as it was sent."""

    @property
    def filename(self) -> str | None:
        """The name that the browser gave it."""

    def save(self, dst: Path) -> None:
        """Write it to a path."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What may be sent at once, in bytes and files."""

    file: int = 50 << 20
    request: int = 200 << 20
    files: int = 50

    @property
    def words(self) -> Bilingual:
        """The limits in a sentence."""
        file, whole = self.file >> 20, self.request >> 20
        return Bilingual(
            f"一次最多 {self.files} 份文件，每份不超过 {file} MB，合计不超过 {whole} MB。"
            "请分几次检查，或把文件里的大图压缩后再试",
            f"at most {self.files} files at once, each of at most {file} MB, together at most {whole} MB; "
            "send them in parts, or make large pictures in them smaller",
        )


class Busy(Exception):  # noqa: N818 - what the desk is
    """Too much is waiting, or the desk is closed."""


class _GivenUp(Exception):  # noqa: N818 - no error: somebody has ended the program
    """The check is not needed any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Order:
    batch: Batch
    folder: Path
    files: Sequence[Found]
    left: Sequence[LedgerEntry]


class Desk:
    """Checks what it is given in a thread of its own. `folder` is a private folder of ours."""

    def __init__(
        self,
        setup: Setup,
        folder: Path,
        *,
        results: Results | None = None,
        limits: Limits | None = None,
        checker: Checker = check,
    ) -> None:
        self.setup = setup
        self.results = results or Results()
        self.limits = limits or Limits()
        self._folder = folder
        self._checker = checker
        self._closed = threading.Event()
        self._taking = threading.Lock()
        self._orders: queue.Queue[_Order | None] = queue.Queue(MOST_WAITING)
        self._thread = threading.Thread(target=self._work, name="check", daemon=True)
        self._thread.start()

    def take(self, uploads: Iterable[Upload], choice: Choice) -> Batch:
        """Put the files in a folder of their own and have them checked.

        Raises:
            Busy: too much is waiting, or the desk is closed.
            OSError: the folder cannot be written to.
        """
        with self._taking:
            return self._take(uploads, choice)

    def _take(self, uploads: Iterable[Upload], choice: Choice) -> Batch:
        if self._closed.is_set():
            raise Busy
        folder = Path(tempfile.mkdtemp(prefix="batch-", dir=self._folder))
        try:
            order = self._order(uploads, choice, folder)
            self.results.add(order.batch)
            self._orders.put_nowait(order)
        except queue.Full:
            shutil.rmtree(folder, ignore_errors=True)
            order.batch.state = State.FAILED
            raise Busy from None
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return order.batch

    def _order(self, uploads: Iterable[Upload], choice: Choice, folder: Path) -> _Order:
        files: list[Found] = []
        left: list[LedgerEntry] = []
        taken: set[str] = set()
        for number, upload in enumerate(uploads):
            if self._closed.is_set():
                raise Busy
            given = names.clean(upload.filename)
            name = names.distinct(given, taken)
            taken.add(name)
            reason = member_reason(given)
            if reason is None:
                # The suffix is letters and digits; nothing else of the name becomes part of a path.
                path = folder / f"{number:04d}{names.suffix(name)}"
                upload.save(path)
                if path.stat().st_size <= self.limits.file:
                    files.append(Found(path=path, shown=name))
                    continue
                path.unlink()
                reason = self._too_large()
            left.append(LedgerEntry(path=name, zh=reason.zh, en=reason.en))
        return _Order(batch=Batch(choice=choice, total=len(files)), folder=folder, files=files, left=left)

    def _too_large(self) -> Bilingual:
        most = self.limits.file >> 20
        return Bilingual(
            f"文件超过 {most} MB，没有检查。请把里面的大图压缩后再试",
            f"larger than {most} MB, not checked; make large pictures in it smaller and try again",
        )

    def _work(self) -> None:
        _spare_children_signals()
        while True:
            try:
                order = self._orders.get(timeout=_SWEEP_SECONDS)
            except queue.Empty:
                self.results.sweep()
                continue
            if order is None:
                return
            self._check(order)

    def _check(self, order: _Order) -> None:
        batch = order.batch
        batch.state = State.RUNNING

        def tell(more: int) -> None:
            if self._closed.is_set():
                raise _GivenUp
            batch.done += more

        try:
            tell(0)
            batch.outcome = self._checker(order.files, order.left, batch.choice, self.setup, tell)
            state = State.DONE
        except _GivenUp:
            state = State.FAILED
        except UserError as error:
            batch.failure, state = Bilingual(error.zh, error.en), State.FAILED
        except Exception as error:  # noqa: BLE001 - the page tells it; the next batch is checked all the same
            kind = type(error).__name__
            batch.failure = Bilingual(f"程序内部出错（{kind}），没有检查完", f"the program failed ({kind})")
            state = State.FAILED
        finally:
            shutil.rmtree(order.folder, ignore_errors=True)
        batch.state = state

    def close(self) -> None:
        """Take nothing more and forget everything; what is being checked is given up.

        It waits for the thread: a process that ends while the thread is starting a worker leaves one that
        complains on the terminal.
        """
        self._closed.set()
        with self._taking:
            self._drop_orders()
        self._orders.put(None)
        end = time.monotonic() + _LAST_SECONDS
        while self._thread.is_alive() and time.monotonic() < end:
            for worker in multiprocessing.active_children():
                with suppress(OSError):
                    worker.kill()
            self._thread.join(_KILL_SECONDS)
        self.results.clear()

    def _drop_orders(self) -> None:
        while True:
            try:
                order = self._orders.get_nowait()
            except queue.Empty:
                return
            if order is not None:
                shutil.rmtree(order.folder, ignore_errors=True)


def _spare_children_signals() -> None:
    """Let the processes that this thread starts live without Ctrl-C and without the end of the terminal.

    A terminal sends these to all that was started from it, and one that is still loading would answer with a
    traceback. They inherit the mask of the thread. Their resource tracker, which ignores Ctrl-C by itself, is
    started in between, as starting it takes that off the mask.
    """
    if sys.platform != "win32":
        from multiprocessing import resource_tracker

        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGHUP})
        with suppress(OSError):
            resource_tracker.ensure_running()
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
