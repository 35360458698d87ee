"""The server on the loopback interface, from its first page to its end."""

from __future__ import annotations

import logging
import multiprocessing.util
import socket
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from waitress import wasyncore
from waitress.server import create_server

from validator.model.errors import UserError
from validator.model.words import Lang
from validator.webpage._checking import Setup
from validator.webpage._desk import Desk
from validator.webpage._guard import Guard
from validator.webpage.app import create_app

HOST = "127.0.0.1"
_MOST_BODY = 512 << 20
"""Bytes of a request that are taken in to be refused with a page; browsers show none to what is cut off."""
_THREADS = 6
_PAUSE_SECONDS = 0.3
_LAST_ROUNDS = 5


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
        why = error.strerror or type(error).__name__
        raise UserError(
            f"端口 {port} 用不了（{why}）。换一个，或不写 --port，自动选一个空闲的",
            f"port {port} cannot be used ({why}); choose another, or leave --port out for a free one",
        ) from None
    return found


class Server:
    """A page that is served from `run` until `stop`. `address` is what a browser opens."""

    def __init__(self, setup: Setup, lang: Lang, port: int, folder: Path) -> None:
        self._socket = listen(port)
        self.guard = Guard(port=self._socket.getsockname()[1])
        self.desk = Desk(setup, folder)
        self._stopped = threading.Event()
        self._sockets: dict[int, socket.socket] = {}
        self._server = create_server(
            create_app(self.guard, self.desk, lang, self.stop),
            map=self._sockets,
            sockets=[self._socket],
            threads=_THREADS,
            ident=None,
            max_request_body_size=_MOST_BODY,
        )

    @property
    def address(self) -> str:
        """Where a browser gets in, with the token."""
        return self.guard.address

    def stop(self) -> None:
        """End `run` soon; from any thread."""
        self._stopped.set()

    def run(self) -> None:
        """Serve until `stop` or Ctrl-C."""
        try:
            while not self._stopped.is_set():
                self._round()
            for _ in range(_LAST_ROUNDS):
                self._round()
        except (KeyboardInterrupt, SystemExit):
            self._stopped.set()
        finally:
            self.close()

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
    # The folder of the worker processes is theirs to remove at the very end.
    multiprocessing.util.get_temp_dir()
    before = tempfile.tempdir
    with tempfile.TemporaryDirectory(prefix="validator-", ignore_cleanup_errors=True) as name:
        tempfile.tempdir = name
        try:
            yield Path(name)
        finally:
            tempfile.tempdir = before


def serve(setup: Setup, lang: Lang, port: int, ready: Callable[[str], None]) -> None:
    """Serve the page until somebody ends it. `ready` is told the address once it can be opened.

    Raises:
        UserError: the port cannot be had.
    """
    logging.getLogger("waitress").addHandler(logging.NullHandler())
    logging.getLogger("waitress").propagate = False
    with private_folder() as folder:
        server = Server(setup, lang, port, folder)
        ready(server.address)
        server.run()
