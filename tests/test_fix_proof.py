"""What happens when the proof of a change fails: nothing that is not proven is written, and that is said."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from conftest import Program
from fixing import ADS, BLANK, OWN, TITLE, mended

from validator.mending import _engine, _plain
from validator.mending._model import Edit

TEXT = f"{ADS['offer']}\n{TITLE}\n\n{OWN}\n{ADS['trial']}\n{BLANK}\n"


@pytest.fixture
def report(folder: Path) -> Path:
    path = folder / "a.txt"
    path.write_text(TEXT, "utf-8", newline="\n")
    return path


@pytest.mark.parametrize("lost", [OWN, "126", "XX", "（ ）"])
def test_a_change_that_takes_more_than_it_names(
    report: Path, program: Program, monkeypatch: pytest.MonkeyPatch, lost: str
) -> None:
    honest = _plain.Plain.without

    def greedy(self: _plain.Plain, edits: Sequence[Edit]) -> bytes:
        return honest(self, edits).replace(lost.encode(), b"")

    monkeypatch.setattr(_plain.Plain, "without", greedy)
    done = mended(report)
    assert done.data is None
    assert {one.finding.text for one in done.left} == {ADS["offer"], ADS["trial"]}
    told = program("fix", "--in-place", "a.txt")
    assert told.code == 0
    assert "删掉会牵动报告的其他文字，没有删" in told.out
    assert report.read_text("utf-8") == TEXT


def test_only_the_change_that_cannot_be_proven_stays(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    honest = _plain.Plain.without

    def greedy(self: _plain.Plain, edits: Sequence[Edit]) -> bytes:
        data = honest(self, edits)
        return data.replace(OWN.encode(), b"") if ADS["trial"].encode() not in data else data

    monkeypatch.setattr(_plain.Plain, "without", greedy)
    done = mended(report)
    assert done.data == TEXT.replace(f"{ADS['offer']}\n", "").encode()
    assert [one.finding.text for one in done.left] == [ADS["trial"]]


def test_banned_text_that_never_ends(report: Path, program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_engine, "_ROUNDS", 1)
    told = program("fix", "--in-place", "a.txt")
    assert told.code == 2
    assert "没有写文件" in told.err
    assert report.read_text("utf-8") == TEXT


def test_a_file_that_changed_since_it_was_checked(report: Path) -> None:
    from fixing import checked, rules

    from validator.model.errors import UserError

    before = checked(report)
    for data in (TEXT.replace("126", "127"), TEXT + "。"):
        with pytest.raises(UserError):
            _engine.mend(data.encode(), before, rules(), unsafe=False)
