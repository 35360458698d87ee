"""Refuses large requests of strangers before their body is taken in."""

from __future__ import annotations

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError
from werkzeug.http import parse_cookie

from validator.webpage._guard import Guard

MOST_OF_STRANGERS = 1 << 20
"""Bytes that are taken in without a cookie, only to say in words why they are refused."""


def channel_of(guard: Guard) -> type[HTTPChannel]:
    """The kind of connection that the server is to use.

    The server keeps a body on the disk until it has all of it, and only then asks the application: any page
    in the browser that tries all ports could fill the disk.
    """

    class Parser(HTTPRequestParser):
        def parse_header(self, header_plus: bytes) -> None:
            super().parse_header(header_plus)
            large = self.chunked or self.content_length > MOST_OF_STRANGERS
            cookie = parse_cookie(self.headers.get("COOKIE", "")).get(guard.cookie, "")
            if large and not guard.is_session(cookie):
                raise ParsingError("only for whoever runs validator serve")

    class Channel(HTTPChannel):
        parser_class = Parser

    return Channel
