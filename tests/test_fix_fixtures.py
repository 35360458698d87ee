"""Mending of every report of the repository: nothing safe is left of the vendors, and nothing else is lost."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from fixing import banned, checked, is_safe_left, rules, texts

from validator.mending._engine import FORMATS, mend
from validator.mending._words import significant
from validator.model.report import ReportResult

ROOT = Path(__file__).parent.parent / "fixtures"
SUFFIXES = (".txt", ".md", ".docx")
FILES = sorted(
    one
    for folder in ("gold", "formats/files")
    for one in (ROOT / folder).rglob("*")
    if one.suffix in SUFFIXES and one.stem != "README"
)
STAYS = {
    # What a person has to take out, by file: it holds a placeholder, or stands in a chart, a diagram, a
    # picture, a field or a tracked change.
    "report.docx": {
        "www.qinghe-moban.top",
        "更多精品模板免费下载",
        "海量范文免费下载。",
        "会员专享图示",
        'FILLIN "更多材料请加微信：qingmo_yu07"',
        "送审稿由XX股排版",
        "（核对：漏报XX人次，加V信qingmo88领范文）",
        "XX县送审样稿 请勿外传",
    },
    "a14_traps_2025.md": {"公开方式：（主动公开）　返回顶部　共3页"},
}

LATER = {
    "r09_sports_science_2024.txt": "【返回顶部】 【加入收藏】",
    "c01_xian_2022.txt": "体制内写作素材共享平台",
}
"""What is found only when the passage beside it is gone."""


@pytest.mark.parametrize("path", FILES, ids=[one.relative_to(ROOT).as_posix() for one in FILES])
def test_vendors_go_and_nothing_else(path: Path, tmp_path: Path) -> None:
    before = checked(path)
    assert before.format in FORMATS
    for unsafe in (False, True):
        done = mend(path.read_bytes(), before, rules(), unsafe=unsafe)
        if not banned(before):
            assert (done.data, done.changes, done.waiting, done.left) == (None, (), (), ())
            return
        assert done.refused is None
        assert not is_safe_left(done)
        if unsafe:
            assert set(banned(done.report)) <= STAYS.get(path.name, set())
            assert not done.waiting
        copy = tmp_path / path.name
        copy.write_bytes(done.data if done.data is not None else path.read_bytes())
        _compare(before, checked(copy), copy, unsafe=unsafe)


def _compare(before: ReportResult, after: ReportResult, copy: Path, *, unsafe: bool) -> None:
    gone, new = texts(before) - texts(after), texts(after) - texts(before)
    lost, gained = _characters(gone), _characters(new)
    assert not gained - lost
    named = Counter("".join("".join(one.split()) for one in [*banned(before), LATER.get(copy.name, "")]))
    assert not {one for one in lost - gained - named if significant(one)}
    assert _values(after) == _values(before)
    assert mend(copy.read_bytes(), after, rules(), unsafe=unsafe).data is None


def _characters(blocks: Counter[str]) -> Counter[str]:
    return Counter("".join(blocks.elements()))


def _values(report: ReportResult) -> set[tuple[object, ...]]:
    return {(one.indicator, one.value) for one in report.facts}
