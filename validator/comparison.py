"""The reports as they were in another version, so that only what is new counts."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from validator import git
from validator.discovery import Found, Refuse
from validator.model.config import Config
from validator.model.report import Run
from validator.model.rule import Rules
from validator.model.words import Bilingual
from validator.pipeline import Options
from validator.runner import check_files
from validator.suppressions._base import Known
from validator.suppressions._known import known_of
from validator.text.members import split_member


def unchanged(changes: git.Changes, also: Refuse | None = None) -> Refuse:
    """Refuses every file that is as it was in the version compared with, and what `also` refuses."""
    reason = Bilingual(f"自 {changes.ref} 以来没有改动", f"not changed since {changes.ref}")

    def refuse(path: Path, named: bool) -> Bilingual | None:  # noqa: FBT001 - the form of Refuse
        if _place(path) not in changes.files:
            return reason
        return also(path, named) if also is not None else None

    return refuse


def known_before(
    run: Run,
    changes: git.Changes,
    rules: Rules,
    options: Options,
    config: Config,
    where: Callable[[str], str],
) -> tuple[Known, ...]:
    """The findings of the earlier versions of the run's reports, as if they stood in the present files.

    A file that is new, or whose earlier version cannot be had, has none. Where there is a new one, the
    findings of those that are gone are given under their old names: it may be one of them, moved and edited.
    """
    with tempfile.TemporaryDirectory(prefix="validator-") as folder:
        found: list[Found] = []
        for number, (shown, earlier) in enumerate(_versions(run, changes)):
            data = git.content(earlier)
            if data is None:
                continue
            # A folder of its own for each: the name stays, and with it the suffix and the profile.
            path = Path(folder) / str(number) / Path(shown).name
            path.parent.mkdir()
            path.write_bytes(data)
            found.append(Found(path=path, shown=shown))
        if not found:
            return ()
        return known_of(check_files(found, rules, options, config), where)


def _versions(run: Run, changes: git.Changes) -> Iterator[tuple[str, git.Earlier]]:
    """The earlier versions that matter, each with the path under which its findings are known."""
    new: set[str] = set()
    for shown in dict.fromkeys(split_member(report.path)[0] for report in run.reports):
        earlier = changes.files.get(_place(Path(shown)))
        if earlier is not None:
            yield shown, earlier
        else:
            new |= {Path(shown).suffix.lower(), Path(shown).stem}
    for one in changes.gone:
        path = Path(one.path)
        if not new.isdisjoint({path.suffix.lower(), path.stem}):
            yield (one.top / path).as_posix(), one


def _place(path: Path) -> Path:
    """The absolute path of a file with the links of its folder, but not its own, followed."""
    return Path(os.path.realpath(path.parent)) / path.name
