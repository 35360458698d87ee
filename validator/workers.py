"""Work in processes that can be killed: every job has its own time and memory.

A report comes from anyone, and a parser in C that hangs or eats the machine cannot be stopped from
inside. So jobs run in worker processes; one that is over its time is killed, one that is over its
memory fails, one that crashes is noticed, and the other jobs go on.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from multiprocessing import connection
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import BaseContext
    from multiprocessing.process import BaseProcess

Job = TypeVar("Job")
Result = TypeVar("Result")

_READY = "ready"
_DONE = "done"
_NO_MEMORY = 77
"""Exit code of a worker that has run out of memory."""
_MOST_JOBS = 100
"""A worker is replaced after so many jobs: the memory that one left behind is not the next one's."""
_WATCH_SECONDS = 0.1
"""How often memory is looked at where the system itself sets no limit."""


class Ended(StrEnum):
    """Why a job has no result."""

    TIME = "time"
    MEMORY = "memory"
    DIED = "died"


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    pipe: Connection
    job: int | None = None
    deadline: float | None = None
    ready: bool = False
    done: int = 0


class Pool(Generic[Job, Result]):
    """Up to `size` worker processes that each run `call(job)`, one job at a time.

    `seconds` is the time of a job and `memory` the bytes it may use beyond what a fresh worker has;
    None means no limit. `call`, jobs and results are pickled. Use it as a context manager: what still
    runs at its end is killed.
    """

    def __init__(
        self, call: Callable[[Job], Result], *, size: int, seconds: float | None, memory: int | None
    ) -> None:
        self._call = call
        self._size = max(1, size)
        self._seconds = seconds
        self._memory = memory
        self._context = _context()
        self._workers: list[_Worker] = []

    def __enter__(self) -> Pool[Job, Result]:
        return self

    def __exit__(self, *_exception: object) -> None:
        for worker in self._workers:
            if worker.job is None and worker.ready:
                with suppress(OSError):
                    worker.pipe.send(None)
            else:
                worker.process.kill()
            worker.pipe.close()
        for worker in self._workers:
            worker.process.join()
        self._workers.clear()

    def map(self, jobs: Sequence[Job], done: Callable[[], None] | None = None) -> list[Result | Ended]:
        """The result of each job in order, or why it has none. `done` is called after each."""
        results: list[Result | Ended] = [Ended.DIED] * len(jobs)
        waiting = deque(range(len(jobs)))
        told = 0
        while waiting or any(worker.job is not None for worker in self._workers):
            self._give_out(jobs, waiting)
            busy = [worker for worker in self._workers if worker.job is not None]
            ready = set(connection.wait([worker.pipe for worker in busy], self._pause(busy)))
            for worker in busy:
                if worker.pipe in ready:
                    self._receive(worker, results)
                elif reason := self._overrun(worker):
                    self._lose(worker, results, reason)
            if done is not None:
                ended = len(jobs) - len(waiting) - sum(worker.job is not None for worker in self._workers)
                for _ in range(told, ended):
                    done()
                told = max(told, ended)
        return results

    def _give_out(self, jobs: Sequence[Job], waiting: deque[int]) -> None:
        idle = [worker for worker in self._workers if worker.job is None]
        while waiting and (idle or len(self._workers) < self._size):
            worker = idle.pop() if idle else self._start()
            worker.job = waiting.popleft()
            worker.deadline = self._deadline() if worker.ready else None
            try:
                worker.pipe.send(jobs[worker.job])
            except OSError:
                waiting.appendleft(worker.job)
                self._drop(worker)

    def _deadline(self) -> float | None:
        return None if self._seconds is None else time.monotonic() + self._seconds

    def _start(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        # A forked worker inherits our ends of all pipes; were they left open, it would outlive us.
        forked = self._context.get_start_method() == "fork"
        inherited = [ours, *(worker.pipe for worker in self._workers)] if forked else []
        process = self._context.Process(  # type: ignore[attr-defined]
            target=_serve, args=(theirs, self._call, self._memory, inherited), daemon=True
        )
        process.start()
        theirs.close()
        worker = _Worker(process, ours)
        self._workers.append(worker)
        return worker

    def _pause(self, busy: Sequence[_Worker]) -> float | None:
        """How long to wait for an answer before looking at the clock or at the memory."""
        now = time.monotonic()
        waits = [max(0.0, worker.deadline - now) for worker in busy if worker.deadline is not None]
        if self._memory is not None and not _SETS_LIMIT:
            waits.append(_WATCH_SECONDS)
        return min(waits, default=None)

    def _overrun(self, worker: _Worker) -> Ended | None:
        if worker.deadline is not None and time.monotonic() >= worker.deadline:
            return Ended.TIME
        if self._memory is not None and not _SETS_LIMIT and used(worker.process.pid or 0) > self._memory:
            return Ended.MEMORY
        return None

    def _receive(self, worker: _Worker, results: list[Result | Ended]) -> None:
        try:
            kind, value = worker.pipe.recv()
        except (EOFError, OSError):
            worker.process.join()
            no_memory = worker.process.exitcode == _NO_MEMORY
            self._lose(worker, results, Ended.MEMORY if no_memory else Ended.DIED)
            return
        if kind == _READY:
            worker.ready, worker.deadline = True, self._deadline()
            return
        if worker.job is not None:
            results[worker.job] = value
        worker.job = worker.deadline = None
        worker.done += 1
        if worker.done >= _MOST_JOBS:
            self._drop(worker)

    def _lose(self, worker: _Worker, results: list[Result | Ended], reason: Ended) -> None:
        if worker.job is not None:
            results[worker.job] = reason
        self._drop(worker)

    def _drop(self, worker: _Worker) -> None:
        worker.process.kill()
        worker.process.join()
        worker.pipe.close()
        self._workers.remove(worker)


_SETS_LIMIT = sys.platform == "linux"
"""Whether a process can be given a limit of memory that the system keeps."""


def _context() -> BaseContext:
    """Fork is by far the fastest start, and safe only in a process without threads."""
    if sys.platform != "linux":
        return multiprocessing.get_context("spawn")
    threads = sum(1 for _ in Path("/proc/self/task").iterdir())
    return multiprocessing.get_context("fork" if threads == 1 else "forkserver")


def _serve(
    pipe: Connection, call: Callable[[Any], Any], memory: int | None, inherited: Sequence[Connection]
) -> None:
    """The life of a worker: answers jobs until it is told to end or its parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for other in inherited:
        other.close()
    if memory is not None and _SETS_LIMIT:
        _limit_memory(memory)
    try:
        with suppress(EOFError, OSError):
            pipe.send((_READY, None))
            while (job := pipe.recv()) is not None:
                pipe.send((_DONE, call(job)))
    except MemoryError:
        # What is left in such a process is not to be trusted with another word, let alone another job.
        os._exit(_NO_MEMORY)


def _limit_memory(memory: int) -> None:
    if sys.platform == "linux":
        import resource

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        limit = pages * resource.getpagesize() + memory
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        if hard == resource.RLIM_INFINITY or limit < hard:
            resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


def used(pid: int) -> int:
    """Bytes of memory that a process holds, 0 when it is gone."""
    import psutil

    try:
        return int(psutil.Process(pid).memory_info().rss)
    except psutil.Error:
        return 0
