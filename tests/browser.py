"""The system's Chromium for tests of pages: no network, no download, and a record of what a page does."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

PROGRAM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass
class Opened:
    """A page, every address that it asked for, and everything that it complained of."""

    page: Any
    asked: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def scroll_width(self) -> int:
        return self.page.evaluate("document.documentElement.scrollWidth")

    def until(self, expression: str, seconds: float = 15.0) -> None:
        """Wait for an expression to be true. The browser's own waiting needs `eval`, which a page may forbid."""
        end = time.monotonic() + seconds
        while not self.page.evaluate(expression):
            assert time.monotonic() < end, expression
            self.page.wait_for_timeout(20)

    def focused(self) -> str:
        """The id, or else the text, of what has the focus."""
        return self.page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()")


@contextmanager
def chromium() -> Iterator[Any]:
    """A running browser; skips the test by name where there is none."""
    api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    if PROGRAM is None:
        pytest.skip("Chromium is not installed")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=PROGRAM, args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def opened(browser: Any, file: Path, fragment: str = "", **context: Any) -> Iterator[Opened]:
    """A file opened from disk in a window of its own; 1280 × 900 unless told otherwise."""
    window = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **context})
    shown = Opened(window.new_page())
    shown.page.on("request", lambda request: shown.asked.append(request.url))
    shown.page.on("console", lambda message: shown.said.append(message.text))
    shown.page.on("pageerror", lambda error: shown.said.append(str(error)))
    try:
        shown.page.goto(file.as_uri() + fragment)
        yield shown
    finally:
        window.close()
