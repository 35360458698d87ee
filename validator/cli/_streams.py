"""Standard output and error that no character can break, whatever the console's encoding is."""

from __future__ import annotations

import codecs
import os
import sys
from dataclasses import dataclass
from typing import TextIO

from validator.text.escape import log_safe, lookalike

_HANDLER = "validator.lookalike"


def _replace(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(lookalike, error.object[error.start : error.end])), error.end


codecs.register_error(_HANDLER, _replace)


@dataclass(frozen=True, slots=True, kw_only=True)
class Streams:
    """The two streams of the process."""

    out: TextIO
    err: TextIO

    @property
    def terminal(self) -> bool:
        """Whether a person looks at standard output."""
        return self.out.isatty()

    def can_show(self, text: str) -> bool:
        """Whether the encoding of standard output has all characters of `text`."""
        try:
            text.encode(self.out.encoding or "ascii")
        except (UnicodeEncodeError, LookupError):
            return False
        return True

    def write(self, content: str | bytes) -> None:
        """Write to standard output. Bytes go out as they are, except to a terminal; no line of a text is a
        command to the CI service that keeps the log."""
        buffer = getattr(self.out, "buffer", None)
        if isinstance(content, bytes) and buffer is not None and not self.terminal:
            self.out.flush()
            buffer.write(content)
            buffer.flush()
            return
        self.out.write(content.decode() if isinstance(content, bytes) else log_safe(content))
        self.out.flush()

    def note(self, line: str) -> None:
        """Write one line to standard error."""
        self.err.write(log_safe(line) + "\n")
        self.err.flush()


def standard_streams() -> Streams:
    """The process's streams, made safe: what they cannot show is replaced by a look-alike or `?`."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors=_HANDLER)
    return Streams(out=sys.stdout, err=sys.stderr)


def silence() -> None:
    """After a broken pipe: nothing more can be written, also not by the interpreter at its end."""
    null = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        try:
            os.dup2(null, stream.fileno())
        except (OSError, ValueError):
            continue
