"""Damaged reports, made from sound ones: `python tests/damage.py --count 2000 --seed 1`.

Makes the files, runs the real command line over the folder and says what does not hold: every file is in
the ledger, nothing is printed to stderr, no finding says that the program failed. `--only docx` takes only
seeds with this suffix; `--keep DIR` leaves the files there. The same seed gives the same files.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import damage_binary
import damage_bytes
import damage_zip
from damage_bytes import Change

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
MOST_SEED_BYTES = 3_000_000
SLOW = frozenset((*damage_bytes.SLOW, *damage_zip.SLOW, *damage_binary.SLOW))
REFUSED = frozenset({"DOC001", "DOC002", "DOC003", "DOC007", "DOC008", "DOC009"})
"""The codes of a report that was not read; DOC010 is none of them: it says that the program failed."""
_ARCHIVES = (".zip",)
"""Not damaged here: a ledger counts their members, so that files could not be compared with it."""


@dataclass(frozen=True, slots=True)
class Damaged:
    """One damaged file: `name` tells its number, what was done to it and the seed it was."""

    name: str
    data: bytes


def seeds(folder: Path = FIXTURES, only: str = "") -> list[Path]:
    """The sound files, sorted: those of `formats/files` and the Word documents of the others."""
    found = [*(folder / "formats" / "files").rglob("*"), *folder.glob("*/text/*.docx")]
    return sorted(
        path
        for path in set(found)
        if path.is_file()
        and path.suffix.lower() not in _ARCHIVES
        and (not only or path.suffix.lower() == "." + only.lower().lstrip("."))
        and 0 < path.stat().st_size < MOST_SEED_BYTES
    )


def families(data: bytes, suffix: str) -> tuple[tuple[Change, ...], ...]:
    """The kinds of damage that fit a file, told by its content, then by its suffix."""
    if data.startswith(b"PK\x03\x04"):
        return (damage_bytes.ANY, damage_zip.ZIP, damage_zip.ZIP)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return (damage_bytes.ANY, damage_binary.OLE, damage_binary.OLE)
    if data.startswith(b"%PDF"):
        return (damage_bytes.ANY, damage_binary.PDF, damage_binary.PDF)
    if data.startswith(b"{\\rtf"):
        return (damage_bytes.ANY, damage_binary.RTF, damage_binary.RTF)
    if suffix in (".mht", ".mhtml"):
        return (damage_bytes.ANY, damage_bytes.TEXT, damage_bytes.MIME, damage_bytes.MARKUP)
    if b"<" in data[:300]:
        return (damage_bytes.ANY, damage_bytes.TEXT, damage_bytes.MARKUP, damage_bytes.MARKUP)
    return (damage_bytes.ANY, damage_bytes.TEXT, damage_bytes.TABLE)


def damaged(path: Path, number: int, seed: int, *, slow: bool = True) -> Damaged:
    """The `number`-th damaged file of a run with `seed`, made from `path`; most have one fault.

    Without `slow` there are no files that take seconds because they have got large."""
    random = Random(f"{seed}/{number}/{path.name}")
    data = path.read_bytes()
    done = []
    for _ in range(random.choice((1, 1, 1, 2))):
        change = random.choice(random.choice(families(data, path.suffix.lower())))
        if change in SLOW and (random.random() < 0.8 or not slow):
            change = random.choice(damage_bytes.ANY)
        data = change(random, data or b"\0")
        done.append(change.__name__)
    return Damaged(f"{number:05d}-{'-'.join(done)}-{path.name}", data)


def chosen_seed(found: Sequence[Path], number: int) -> Path:
    """The seed of the `number`-th damaged file: the formats in turn, and the seeds of a format in turn."""
    by_suffix: dict[str, list[Path]] = {}
    for path in found:
        by_suffix.setdefault(path.suffix.lower(), []).append(path)
    groups = list(by_suffix.values())
    group = groups[number % len(groups)]
    return group[number // len(groups) % len(group)]


def generate(found: Sequence[Path], count: int, seed: int) -> Iterator[Damaged]:
    """`count` damaged files."""
    return (damaged(chosen_seed(found, number), number, seed) for number in range(count))


def faults(files: Sequence[str], done: subprocess.CompletedProcess[str]) -> list[str]:
    """What does not hold of a run of `validator check FOLDER --format json` over damaged files."""
    told = [f"exit code {done.returncode} instead of 1"] if done.returncode != 1 else []
    told += [f"stderr: {done.stderr[-2000:]}"] if done.stderr.strip() else []
    try:
        record = json.loads(done.stdout)
    except ValueError:
        return [*told, "the output is not JSON"]
    ledger = record["ledger"]
    if ledger["found"] != len(files):
        told.append(f"{len(files)} files were made, {ledger['found']} are in the ledger")
    seen = {Path(report["path"]).name: report for report in record["reports"]}
    told += [f"{name}: not in the results" for name in files if name not in seen]
    unreadable = {Path(entry["path"]).name for entry in ledger["unreadable"]}
    for name, report in seen.items():
        codes = [finding["code"] for finding in report["findings"]]
        if "DOC010" in codes:
            told.append(f"{name}: the program failed on it")
        elif name in unreadable and (len(codes) != 1 or codes[0] not in REFUSED):
            told.append(f"{name}: not read, and the findings are {codes}")
    return told


def outcomes(done: subprocess.CompletedProcess[str]) -> str:
    """How many files were read, and how many refused with which code; time and memory are DOC007."""
    try:
        record = json.loads(done.stdout)
    except ValueError:
        return ""
    unreadable = {entry["path"] for entry in record["ledger"]["unreadable"]}
    counts = Counter(
        report["findings"][0]["code"] if report["path"] in unreadable else "read"
        for report in record["reports"]
    )
    return ", ".join(f"{name} {count}" for name, count in sorted(counts.items()))


def main() -> int:
    """The command line of this file; 0 when everything holds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", metavar="SUFFIX")
    parser.add_argument("--seeds", type=Path, default=FIXTURES, metavar="DIR")
    parser.add_argument("--keep", type=Path, metavar="DIR")
    chosen = parser.parse_args()
    found = seeds(chosen.seeds, chosen.only)
    if not found:
        parser.error(f"no seeds in {chosen.seeds}")
    with tempfile.TemporaryDirectory() as temporary:
        folder = chosen.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        files = []
        for one in generate(found, chosen.count, chosen.seed):
            (folder / one.name).write_bytes(one.data)
            files.append(one.name)
        command = [sys.executable, "-m", "validator", "check", str(folder), "--format", "json"]
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    told = faults(files, done)
    head = f"{len(files)} files from {len(found)} seeds, seed {chosen.seed}: {len(told)} faults"
    sys.stdout.write("\n".join([head, outcomes(done), *told, ""]))
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main())
