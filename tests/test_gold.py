"""The invented reports of `fixtures/gold/`, scored against what a person wrote down about them.

The program is run from the outside; matching and counting are done here and share nothing with it. Each
pair in `FLOORS` is the lowest (precision, recall) that is let through, in the order of `JUDGED`. Floors only
rise. A new batch is a folder beside the others and a line in `FLOORS`.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
FIXTURES = ROOT / "fixtures" / "gold"
PROFILES = {"government": "gov_annual"}
"""Of the batches that are no reports of a bureau."""
JUDGED = ("facts", "placeholders", "tied placeholders", "banned", "statuses")
FLOORS = {
    "bureau": ((0.99, 1.0), (1.0, 0.98), (1.0, 0.95), (1.0, 1.0), (1.0, 0.99)),
    "bureau2": ((1.0, 0.97), (1.0, 1.0), (1.0, 0.92), (1.0, 1.0), (1.0, 0.97)),
    "bureau3": ((1.0, 1.0), (1.0, 1.0), (1.0, 1.0), (1.0, 1.0), (1.0, 1.0)),
    "round4": ((1.0, 1.0), (1.0, 1.0), (1.0, 0.97), (1.0, 1.0), (1.0, 0.99)),
    "round5": ((1.0, 1.0), (1.0, 1.0), (1.0, 0.85), (1.0, 1.0), (1.0, 1.0)),
    "round6": ((1.0, 0.99), (1.0, 1.0), (0.96, 0.91), (1.0, 1.0), (1.0, 1.0)),
    "round7": ((1.0, 1.0), (1.0, 1.0), (0.95, 0.85), (1.0, 1.0), (1.0, 1.0)),
    "round8": ((1.0, 0.99), (1.0, 1.0), (0.95, 0.85), (1.0, 1.0), (1.0, 1.0)),
    "round9": ((1.0, 1.0), (1.0, 1.0), (0.99, 1.0), (1.0, 0.97), (1.0, 1.0)),
    "government": ((1.0, 0.98), (1.0, 1.0), (1.0, 1.0), (1.0, 1.0), (1.0, 1.0)),
}


def complete(folder: Path) -> bool:
    """Whether everything has been written down about the reports of a batch."""
    names = ["docs", "facts", "placeholders", "banned"]
    names += [] if folder.name in PROFILES else ["status"]
    return all((folder / f"{name}.jsonl").exists() for name in names)


BATCHES = sorted(one.parent.name for one in FIXTURES.glob("*/text") if complete(one.parent))

Row = dict[str, Any]
Span = tuple[tuple[int, int], tuple[int, int]]


@dataclass
class Score:
    """Counts of one comparison, and what went wrong in words."""

    right: int = 0
    missed: list[str] = field(default_factory=list)
    invented: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        total = self.right + len(self.invented)
        return self.right / total if total else 1.0

    @property
    def recall(self) -> float:
        total = self.right + len(self.missed)
        return self.right / total if total else 1.0

    def report(self, name: str) -> str:
        head = f"{name}: precision {self.precision:.4f}, recall {self.recall:.4f} ({self.right} right)"
        return "\n".join(
            [
                head,
                *(f"  missed    {one}" for one in self.missed),
                *(f"  invented  {one}" for one in self.invented),
            ]
        )


def gold(batch: str, name: str) -> list[Row]:
    path = FIXTURES / batch / f"{name}.jsonl"
    return [json.loads(row) for row in path.read_text("utf-8").splitlines()] if path.exists() else []


def run(*arguments: str) -> str:
    command = [sys.executable, "-m", "validator", *arguments]
    done = subprocess.run(command, capture_output=True, cwd=ROOT, check=False)
    assert done.returncode in (0, 1), done.stderr.decode()
    return done.stdout.decode()


@pytest.fixture(scope="session", params=BATCHES)
def batch(request: pytest.FixtureRequest) -> tuple[str, list[Row], list[Row]]:
    """Name of the batch, its reports as checked, its facts."""
    folder = f"fixtures/gold/{request.param}/text"
    profile = PROFILES.get(request.param, "county_annual")
    checked = json.loads(run("check", folder, "--profile", profile, "--format", "json"))
    facts = [json.loads(row) for row in run("facts", folder, "--format", "jsonl").splitlines()]
    return request.param, checked["reports"], facts


def name_of(row: Row) -> str:
    return str(row.get("doc") or Path(row["path"]).name)


# ── facts and statuses ───────────────────────────────────────────────────────
def key(row: Row) -> tuple[str, str, str, str]:
    return name_of(row), row["indicator"], row["role"], f"{row['value']:.6g}"


def score_facts(batch: str, found: list[Row]) -> Score:
    wanted = {key(row): row for row in gold(batch, "facts")}
    neutral = {(doc, indicator, value) for doc, indicator, role, value in wanted if role == "ignore"}
    must = {one: row for one, row in wanted.items() if one[2] != "ignore"}
    stated = {key(row): row for row in found if row["value"] is not None}
    score = Score(right=len(must.keys() & stated.keys()))
    score.missed = [f"{one} {must[one]['text']}" for one in must if one not in stated]
    score.invented = [
        f"{one} {row['text']}"
        for one, row in stated.items()
        if one not in must and (one[0], one[1], one[3]) not in neutral
    ]
    return score


def score_statuses(batch: str, reports: list[Row]) -> Score:
    stated = {(name_of(one), item["id"]): item["status"] for one in reports for item in one["indicators"]}
    score = Score()
    for row in gold(batch, "status"):
        accepted = row["status"] if isinstance(row["status"], list) else [row["status"]]
        got = stated.get((row["doc"], row["indicator"]))
        if got in accepted:
            score.right += 1
        else:
            score.missed.append(f"{row['doc']} {row['indicator']}: {accepted}, not {got}")
    return score


# ── passages ─────────────────────────────────────────────────────────────────
def rendition(batch: str, doc: str) -> str:
    """The lines in which the program counts, for a format that has none of its own."""
    from validator.readers._choose import read_file

    return read_file(FIXTURES / batch / "text" / doc, doc).source


def gold_spans(batch: str, name: str) -> Iterator[tuple[Row, Span]]:
    """A .docx has no lines: its passages are given by context, one after the other; `\\t` parts cells."""
    texts: dict[str, str] = {}
    last: dict[tuple[str, str], int] = {}
    for row in gold(batch, name):
        if row["line"] is not None:
            start = (row["line"], row["column"])
        else:
            text = texts.setdefault(row["doc"], rendition(batch, row["doc"]))
            context = row["context"].replace("\t", "\n")
            seen = (row["doc"], context + str(row["at"]))
            at = text.find(context, last.get(seen, 0))
            assert at >= 0, row
            last[seen] = at + 1
            head = text[: at + row["at"] - 1]
            start = (head.count("\n") + 1, len(head) - head.rfind("\n"))
        yield row, (start, (start[0], start[1] + max(1, len(row["text"]))))


def found_span(finding: Row) -> Span:
    place = finding["location"]
    start = (place["line"], place["column"])
    return start, max((place["end_line"], place["end_column"]), (start[0], start[1] + 1))


def overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def score_passages(batch: str, name: str, reports: list[Row], family: str) -> tuple[Score, Score]:
    """By place, and (of those found) by the indicator that they are tied to."""
    left = {name_of(one): [f for f in one["findings"] if f["code"].startswith(family)] for one in reports}
    score, tied = Score(), Score()
    for row, span in gold_spans(batch, name):
        here = left[row["doc"]]
        match = next((one for one in here if overlap(found_span(one), span)), None)
        where = f"{row['doc']}:{span[0][0]}:{span[0][1]} {row['text']!r} {row.get('context', '')}"
        if match is None:
            score.missed.append(where)
            continue
        score.right += 1
        if family == "PLC":
            here.remove(match)
        _tie(tied, row, match, where)
    covered = [(row["doc"], span) for row, span in gold_spans(batch, name)]
    for doc, rest in left.items():
        for one in rest:
            if family == "PLC" or not any(doc == d and overlap(found_span(one), s) for d, s in covered):
                score.invented.append(
                    f"{doc}:{one['location']['line']}:{one['location']['column']} {one['text']!r}"
                )
    return score, tied


def _tie(tied: Score, row: Row, match: Row, where: str) -> None:
    wanted, got = row.get("indicator"), match["indicator"]
    if wanted and wanted == got:
        tied.right += 1
    elif wanted:
        tied.missed.append(f"{where} {wanted}, not {got}")
    elif got:
        tied.invented.append(f"{where} {got}")


def judged(batch: str, reports: list[Row], facts: list[Row]) -> dict[str, Score]:
    placeholders, tied = score_passages(batch, "placeholders", reports, "PLC")
    banned, _ = score_passages(batch, "banned", reports, "BAN")
    return {
        "facts": score_facts(batch, facts),
        "placeholders": placeholders,
        "tied placeholders": tied,
        "banned": banned,
        "statuses": score_statuses(batch, reports),
    }


def test_nothing_falls_below_its_floor(batch: tuple[str, list[Row], list[Row]]) -> None:
    name, reports, facts = batch
    scores = judged(name, reports, facts)
    assert tuple(scores) == JUDGED
    assert name in FLOORS, "\n".join(score.report(f"{name} {what}") for what, score in scores.items())
    below = [
        f"floor {floor}, {score.report(f'{name} {what}')}"
        for (what, score), floor in zip(scores.items(), FLOORS[name], strict=True)
        if score.precision < floor[0] or score.recall < floor[1]
    ]
    assert not below, "\n".join(below)


def test_every_report_of_the_batch_was_read(batch: tuple[str, list[Row], list[Row]]) -> None:
    name, reports, _ = batch
    expected: Callable[[Row], str] = name_of
    assert sorted(map(expected, reports)) == sorted(map(expected, gold(name, "docs")))
