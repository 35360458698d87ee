"""Who may ask: the browser that was given the token, on this machine, from this page.

Other programs and other pages in the same browser can reach a port of the loopback interface, too. So every
request must name the address itself as its host (a foreign name that was made to point here does not), carry
the cookie that only the token buys, and, where it changes something, come from a page of our own.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Request, Response

PAGE_POLICY = (
    "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "X-Robots-Tag": "noindex",
}


def _secret() -> str:
    return secrets.token_urlsafe(32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """The secrets of one run of the program. `token` is in the address that is printed, `session` in the
    cookie, `key` in the forms."""

    port: int
    token: str = field(default_factory=_secret, repr=False)
    session: str = field(default_factory=_secret, repr=False)
    key: str = field(default_factory=_secret, repr=False)

    @property
    def hosts(self) -> tuple[str, ...]:
        """The hosts that we answer to."""
        names = (f"127.0.0.1:{self.port}", f"localhost:{self.port}")
        return (*names, "127.0.0.1", "localhost") if self.port == 80 else names

    @property
    def cookie(self) -> str:
        """The name of the cookie. Ports share cookies, so that each page needs its own."""
        return f"validator-{self.port}"

    @property
    def address(self) -> str:
        """Where a browser gets in."""
        return f"http://127.0.0.1:{self.port}/enter/{self.token}"

    def is_our_host(self, request: Request) -> bool:
        """Whether the request was sent to this address and not to a name that points to it."""
        return request.headers.get("Host", "").lower() in self.hosts

    def is_token(self, given: str) -> bool:
        """Whether this is the token of the address."""
        return _same(given, self.token)

    def is_known(self, request: Request) -> bool:
        """Whether the browser has the cookie."""
        return self.is_session(request.cookies.get(self.cookie, ""))

    def is_session(self, given: str) -> bool:
        """Whether this is what our cookie holds."""
        return _same(given, self.session)

    def is_from_us(self, request: Request) -> bool:
        """Whether a page of ours sent the form.

        Browsers say `null` for the origin of a form of a page without a referrer, ours too; the key in the
        form tells it from a foreign one.
        """
        origin = request.headers.get("Origin", "null")
        if origin not in {"null", f"http://{request.headers.get('Host', '').lower()}"}:
            return False
        if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
            return False
        return _same(request.args.get("key", ""), self.key)

    def let_in(self, response: Response) -> None:
        """Give the browser the cookie, for as long as it is open."""
        response.set_cookie(self.cookie, self.session, httponly=True, samesite="Strict", path="/")


def seal(response: Response) -> Response:
    """Add what keeps the answer out of caches, frames and other pages."""
    for name, value in HEADERS.items():
        response.headers[name] = value
    response.headers.setdefault("Content-Security-Policy", PAGE_POLICY)
    return response


def _same(one: str, other: str) -> bool:
    return secrets.compare_digest(one.encode("utf-8", "surrogatepass"), other.encode())
