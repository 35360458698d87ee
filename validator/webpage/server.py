"""The server on the loopback interface, from its first page to its end."""

from __future__ import annotations

import logging
import multiprocessing.util
import os
import signal
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from waitress import wasyncore
from waitress.channel import HTTPChannel
from waitress.server import create_server

from validator.model.errors import UserError, system_reason
from validator.model.words import Lang
from validator.webpage._checking import Setup
from validator.webpage._desk import Desk
from validator.webpage._guard import Guard
from validator.webpage._intake import channel_of
from validator.webpage.app import create_app

HOST = "127.0.0.1"
_MOST_BODY = 512 << 20
"""Bytes of a request that are taken in to be refused with a page; browsers show none to what is cut off."""
_THREADS = 6
_PAUSE_SECONDS = 0.3
_SHORT = "/tmp"  # noqa: S108 - the folder made in it is private
_MOST_PATH = 60
"""Bytes of a path in which a socket of worker processes fits: systems allow 104 to 108 for all of it."""
_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
_LAST_SECONDS = 3.0
"""How long the end waits for answers that are being made or sent, the goodbye among them."""


def listen(port: int) -> socket.socket:
    """A socket on this machine's own address; port 0 is a free one.

    Raises:
        UserError: the port cannot be had.
    """
    found = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if sys.platform == "win32":
        # Without it another program could listen on the same port and be sent the reports.
        found.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
    else:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((HOST, port))
        found.listen()
    except OSError as error:
        found.close()
        why = system_reason(error)
        raise UserError(
            f"端口 {port} 用不了（{why.zh}）。换一个，或不写 --port，自动选一个空闲的",
            f"port {port} cannot be used ({why.en}); choose another, or leave --port out for a free one",
        ) from None
    return found


class Server:
    """A page that is served from `run` until `stop`, or until `stopped` is set. `address` is what a browser
    opens."""

    def __init__(
        self, setup: Setup, lang: Lang, port: int, folder: Path, stopped: threading.Event | None = None
    ) -> None:
        self._socket = listen(port)
        self.guard = Guard(port=self._socket.getsockname()[1])
        self.desk = Desk(setup, folder)
        self._stopped = stopped or threading.Event()
        self._sockets: dict[int, Any] = {}
        self._server = create_server(
            create_app(self.guard, self.desk, lang, self.stop),
            map=self._sockets,
            sockets=[self._socket],
            threads=_THREADS,
            ident=None,
            max_request_body_size=_MOST_BODY,
        )
        self._server.channel_class = channel_of(self.guard)  # type: ignore[union-attr]

    @property
    def address(self) -> str:
        """Where a browser gets in, with the token."""
        return self.guard.address

    def stop(self) -> None:
        """End `run` soon; from any thread."""
        self._stopped.set()

    def run(self) -> None:
        """Serve until `stop`."""
        try:
            while not self._stopped.is_set():
                self._round()
            end = time.monotonic() + _LAST_SECONDS
            while self._owes() and time.monotonic() < end:
                self._round()
        finally:
            self._stopped.set()
            self.close()

    def _owes(self) -> bool:
        """Whether somebody's answer is still being made or sent."""
        channels = [one for one in self._sockets.values() if isinstance(one, HTTPChannel)]
        return any(channel.requests or channel.total_outbufs_len for channel in channels)

    def _round(self) -> None:
        wasyncore.loop(timeout=_PAUSE_SECONDS, use_poll=True, map=self._sockets, count=1)

    def close(self) -> None:
        """Close all connections and forget all results."""
        self._server.task_dispatcher.shutdown(timeout=1)
        wasyncore.close_all(self._sockets)
        self._socket.close()
        self.desk.close()


@contextmanager
def private_folder() -> Iterator[Path]:
    """A folder that only this user can enter, for this process's temporary files, too: a server and a parser
    of forms keep large requests in files of their own. It is gone afterwards."""
    before = tempfile.tempdir
    _make_folder_of_workers()
    with tempfile.TemporaryDirectory(prefix="validator-", ignore_cleanup_errors=True) as name:
        tempfile.tempdir = name
        try:
            yield Path(name)
        finally:
            tempfile.tempdir = before


def _make_folder_of_workers() -> None:
    """The folder of the socket by which worker processes are asked for, and theirs to remove at the very end.

    The path of a socket must be short, and not every system's temporary folder has a short one.
    """
    before = tempfile.tempdir
    if sys.platform != "win32" and len(os.fsencode(tempfile.gettempdir())) > _MOST_PATH:
        tempfile.tempdir = _SHORT
    try:
        multiprocessing.util.get_temp_dir()
    finally:
        tempfile.tempdir = before


@contextmanager
def stopped_by_signals() -> Iterator[threading.Event]:
    """An event that Ctrl-C sets, and whatever else ends a process in a way that it can answer.

    A signal only sets it: nothing is broken off by one that comes twice or while files are removed. One that
    the process was started to ignore stays ignored.
    """
    stopped = threading.Event()

    def stop(_number: int, _frame: object) -> None:
        stopped.set()

    known = [getattr(signal, name) for name in _SIGNALS if hasattr(signal, name)]
    numbers = [number for number in known if signal.getsignal(number) is not signal.SIG_IGN]
    before = {number: signal.signal(number, stop) for number in numbers}
    try:
        yield stopped
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def serve(setup: Setup, lang: Lang, port: int, ready: Callable[[str], None]) -> None:
    """Serve the page until somebody ends it; to be called in the main thread, which gets the signals. `ready`
    is told the address once it can be opened.

    Raises:
        UserError: the port cannot be had.
    """
    logging.getLogger("waitress").addHandler(logging.NullHandler())
    logging.getLogger("waitress").propagate = False
    with stopped_by_signals() as stopped, private_folder() as folder:
        server = Server(setup, lang, port, folder, stopped)
        ready(server.address)
        server.run()
