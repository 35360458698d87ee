"""Small git repositories, apart from the settings of the person who runs the tests."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path


def environment() -> dict[str, str]:
    """The environment without what a hook or a user tells git, and with an author."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    people = {
        f"GIT_{who}_{what}": f"{who}@example" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    return {**clean, **people, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}


@dataclass(frozen=True)
class Repository:
    """One repository with a branch `main`."""

    top: Path

    @classmethod
    def new(cls, top: Path) -> Repository:
        top.mkdir(parents=True, exist_ok=True)
        one = cls(top)
        one.run("init", "-q", "-b", "main")
        return one

    def run(self, *arguments: str) -> str:
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.top,
            env=environment(),
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def commit(self, message: str) -> str:
        """Commit everything and return the commit."""
        self.run("add", "--all")
        self.run("commit", "-q", "-m", message)
        return self.run("rev-parse", "HEAD")

    def clone(self, place: Path, *options: str) -> Repository:
        """A clone as a server gives it, also a shallow one."""
        self.run("clone", "-q", *options, self.top.as_uri(), str(place))
        return Repository(place)
