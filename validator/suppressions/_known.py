"""Which findings of a run are among those that were known before."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator

from validator.model.finding import Finding
from validator.model.report import Run
from validator.suppressions._base import Known, can_be_waived
from validator.text.redact import redact

Place = tuple[str, int]
"""A finding: the path of its report as shown, and its index there."""
_TEXT = 40
"""How much of a finding's text a list of known ones shows to its reader."""
_Keys = Callable[[str, str, str], Iterable[Hashable]]


def match(
    known: Iterable[Known], run: Run, where: Callable[[str], str], exists: Callable[[str], bool]
) -> tuple[frozenset[Place], Counter[Known]]:
    """The findings that are known, and how many of each known one were not met.

    A known one accounts for at most `count` findings of its code. In the same file the anchor must agree,
    or else one half of it, as what stands on the other side was edited. A known one whose file is gone
    accounts for findings with the same anchor in a file without known ones of its own: the file was moved.
    """
    left: Counter[Known] = Counter()
    for one in known:
        left[one] += one.count
    files = {one.file for one in left}
    gone = {file for file in files if not exists(file)}
    standing = dict(_standing(run, where))
    matched: set[Place] = set()
    for keys in (_exact, _before, _after, _moved(files, gone)):
        index: defaultdict[Hashable, list[Known]] = defaultdict(list)
        for one in left:
            for key in keys(one.file, one.code, one.anchor):
                index[key].append(one)
        for place, (file, finding) in standing.items():
            if place in matched:
                continue
            candidates = (
                one for key in keys(file, finding.code, finding.anchor) for one in index.get(key, ())
            )
            taken = next((one for one in candidates if left[one] > 0), None)
            if taken is not None:
                left[taken] -= 1
                matched.add(place)
    return frozenset(matched), +left


def known_of(
    run: Run, where: Callable[[str], str], take: Callable[[Place], bool] = lambda _: True
) -> tuple[Known, ...]:
    """The findings that stand and may be accepted, and that `take` wants; equal ones are counted."""
    texts: dict[tuple[str, str, str, str | None], str] = {}
    counts: Counter[tuple[str, str, str, str | None]] = Counter()
    for place, (file, finding) in _standing(run, where):
        if take(place):
            key = (file, finding.code, finding.anchor, finding.indicator)
            counts[key] += 1
            texts.setdefault(key, redact(" ".join(finding.text.split()))[:_TEXT])
    return tuple(
        Known(file=key[0], code=key[1], anchor=key[2], indicator=key[3], count=count, text=texts[key])
        for key, count in counts.items()
    )


def _standing(run: Run, where: Callable[[str], str]) -> Iterator[tuple[Place, tuple[str, Finding]]]:
    for report in run.reports:
        file = where(report.path)
        for index, finding in enumerate(report.findings):
            if can_be_waived(finding):
                yield (report.path, index), (file, finding)


def _exact(file: str, code: str, anchor: str) -> Iterator[Hashable]:
    yield file, code, anchor


def _before(file: str, code: str, anchor: str) -> Iterator[Hashable]:
    yield file, code, anchor.partition(".")[0]


def _after(file: str, code: str, anchor: str) -> Iterator[Hashable]:
    yield file, code, anchor.partition(".")[2]


def _moved(files: set[str], gone: set[str]) -> _Keys:
    def keys(file: str, code: str, anchor: str) -> Iterator[Hashable]:
        if file in gone or file not in files:
            yield code, anchor

    return keys
