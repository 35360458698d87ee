"""Names in text: the longest holds, longer names that are something else keep it out, no overlaps."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from engine import indicator
from hypothesis import given, settings
from hypothesis import strategies as st

from validator.facts import _matcher, _quantities
from validator.facts._matcher import Dictionary, select
from validator.text.fold import fold_word
from validator.text.wordings import expand

NAMES = (
    indicator("area", "平方米", "area", "体育场地面积"),
    indicator("per_head", "平方米", "ratio", "人均体育场地面积"),
    indicator("students", "人", "count", "在校(学)生(人数|数)", never=("在校生活动",)),
    indicator("firms", "家", "count", "{高新技术企业|高企}(数|总数)"),
    indicator("applied", "家", "count", "申报*高新技术企业"),
    indicator("recruits", "人", "count", "招聘#新教师", "#*新教师入职"),
    indicator("funds", "万元", "amount", "投入#打造*基地"),
    indicator("both_a", "人", "count", "教职工"),
    indicator("both_b", "人", "count", "教职工"),
)
DICTIONARY = Dictionary(NAMES)


def names(text: str) -> list[tuple[str, str]]:
    folded = fold_word(text)
    starts = {one.start: one.end for one in _quantities.find(folded)}
    return [
        (one.name.indicator, folded[one.start : one.end]) for one in select(DICTIONARY.find(folded, starts))
    ]


FOUND = {
    "体育场地面积40万平方米": [("area", "体育场地面积")],
    "人均体育场地面积2.3平方米": [("per_head", "人均体育场地面积")],
    "在校学生人数、在校生数": [("students", "在校学生人数"), ("students", "在校生数")],
    "在校生活动12场": [],
    "高企总数16家，高新技术企业数": [("firms", "高企总数"), ("firms", "高新技术企业数")],
    "申报国家高新技术企业9家": [("applied", "申报国家高新技术企业")],
    "申报工作，高新技术企业9家": [("firms", "高新技术企业")],
    "招聘45名新教师": [("recruits", "招聘45名新教师")],
    "招聘了45名新教师": [("recruits", "招聘了45名新教师")],
    "投入60万元打造实训教学基地": [("funds", "投入60万元打造实训教学基地")],
    "投入人力打造基地": [],
    "教职工3200人": [("both_a", "教职工"), ("both_b", "教职工")],
    "高 新 技 术 企 业16家": [("firms", "高新技术企业")],
    "": [],
}


@pytest.mark.parametrize(("text", "expected"), FOUND.items(), ids=[one or "nothing" for one in FOUND])
def test_names(text: str, expected: list[tuple[str, str]]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("在校生", {"students"}),
        ("教职工", {"both_a", "both_b"}),
        ("在校生9人", set()),
        ("全县在校生", set()),
        ("", set()),
    ],
)
def test_whole(text: str, expected: set[str]) -> None:
    assert DICTIONARY.whole(text) == expected


VARIANTS = [
    (one.id, variant)
    for one in NAMES
    for wording in one.wordings
    for variant in expand(wording)
    if "#" not in variant and "*" not in variant
]


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(VARIANTS), st.text("甲乙丙，。12 ", max_size=8), st.text("丁戊。，34 ", max_size=8))
def test_every_variant_is_found_in_any_surroundings(
    variant: tuple[str, str], before: str, after: str
) -> None:
    identifier, text = variant
    assert identifier in {one for one, _ in names(before + text + after)}


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from([text for _, text in VARIANTS] + ["，", "12人", "甲"]), max_size=8))
def test_hits_of_different_spans_never_overlap(parts: list[str]) -> None:
    text = fold_word("".join(parts))
    spans = sorted({(one.start, one.end) for one in select(DICTIONARY.find(text, {}))})
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(spans))


def test_many_indicators_do_not_slow_it_down(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten times as many names mean no more tries: a name is tried only where its first characters stand."""
    text = fold_word("全县在校学生2.3万人，体育场地面积40万平方米，招聘45名新教师。" * 40)

    def tries(count: int) -> int:
        made = [
            indicator(f"i{n}", "人", "count", f"{chr(0x4E00 + 7 * n)}{chr(0x5000 + 11 * n)}人数")
            for n in range(count)
        ]
        tried: list[str] = []
        real = _matcher._best

        def counted(name: _matcher.Name, *rest: Any) -> _matcher.Hit | None:
            tried.append(name.wording)
            return real(name, *rest)

        with monkeypatch.context() as patched:
            patched.setattr(_matcher, "_best", counted)
            Dictionary([*NAMES, *made]).find(text, {})
        return len(tried)

    assert 0 < tries(600) <= 1.2 * tries(60)
