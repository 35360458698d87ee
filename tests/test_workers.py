"""Jobs in worker processes: order, time, memory, crashes, and nobody left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from validator.workers import Ended, Pool, used

MEGABYTE = 1 << 20
HANG = 600


def work(job: tuple[str, int]) -> int:
    """What the jobs of these tests do, by name."""
    what, number = job
    if what == "hang":
        time.sleep(HANG)
    elif what == "die":
        os._exit(number)
    elif what == "signal":
        os.kill(os.getpid(), signal.SIGKILL)
    elif what == "eat":
        kept = bytearray(number * MEGABYTE)
        kept[:: 1 << 12] = b"\1" * len(kept[:: 1 << 12])
        time.sleep(HANG if number > 300 else 0)
    elif what == "pid":
        return os.getpid()
    return number


def run(
    *jobs: tuple[str, int], size: int = 2, seconds: float | None = None, memory: int | None = None
) -> list[int | Ended]:
    with Pool(work, size=size, seconds=seconds, memory=memory) as pool:
        return pool.map(jobs)


@pytest.mark.parametrize("size", [1, 3])
def test_results_come_in_the_order_of_the_jobs(size: int) -> None:
    assert run(*(("count", number) for number in range(20)), size=size) == list(range(20))


def test_no_jobs() -> None:
    assert run() == []


def test_a_pool_can_be_used_again() -> None:
    with Pool(work, size=2, seconds=None, memory=None) as pool:
        assert pool.map([("count", 1)]) == [1]
        assert pool.map([("count", 2), ("count", 3)]) == [2, 3]


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (("hang", 0), Ended.TIME),
        (("die", 3), Ended.DIED),
        (("die", 0), Ended.DIED),
        pytest.param(
            ("signal", 0), Ended.DIED, marks=pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
        ),
        (("eat", 600), Ended.MEMORY),
    ],
)
def test_the_others_go_on(bad: tuple[str, int], reason: Ended) -> None:
    jobs = [("count", 1), bad, ("count", 2), ("count", 3)]
    assert run(*jobs, size=1, seconds=5, memory=256 * MEGABYTE) == [1, reason, 2, 3]


def test_memory_within_the_limit_is_fine() -> None:
    assert run(("eat", 100), memory=256 * MEGABYTE) == [100]


def test_memory_watched_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("validator.workers._SETS_LIMIT", False)
    assert run(("eat", 600), ("count", 1), seconds=60, memory=256 * MEGABYTE) == [Ended.MEMORY, 1]
    assert used(os.getpid()) > MEGABYTE
    assert used(2**22 + 1) == 0


def test_workers_are_replaced_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("validator.workers._MOST_JOBS", 2)
    pids = run(*[("pid", 0)] * 6, size=1)
    assert len(set(pids)) == 3


def test_nothing_runs_on_after_the_end() -> None:
    with Pool(work, size=2, seconds=1, memory=None) as pool:
        pids = pool.map([("pid", 0), ("hang", 0)])
    assert isinstance(pids[0], int)
    assert used(pids[0]) == 0


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is POSIX")
def test_workers_end_with_their_parent(tmp_path: Path) -> None:
    script = (
        "import os, sys, time; sys.path[:0] = [sys.argv[1], sys.argv[2]]\n"
        "from test_workers import work; from validator.workers import Pool\n"
        "pool = Pool(work, size=2, seconds=None, memory=None)\n"
        "print(*pool.map([('pid', 0)]), flush=True); time.sleep(600)\n"
    )
    here = Path(__file__).resolve()
    parent = subprocess.Popen(
        [sys.executable, "-c", script, str(here.parent), str(here.parents[1])],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    parent.stdout.close()
    for _ in range(100):
        if used(child) == 0:
            break
        time.sleep(0.1)
    assert used(child) == 0
