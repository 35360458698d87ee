"""The mini-language of wordings: expansion, trees, and titles."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validator.text.wordings import LIMIT, expand, heads, parse, pieces, title_matches

EXPANSIONS = {
    "在校生": ("在校生",),
    "在校(学)生": ("在校学生", "在校生"),
    "(省|省级)企业": ("省企业", "省级企业", "企业"),
    "{规模以上|规上}企业": ("规模以上企业", "规上企业"),
    "流失教师|教师流失": ("流失教师", "教师流失"),
    "教师(人(数))": ("教师人数", "教师人", "教师"),
    "投入#打造": ("投入#打造",),
}


@pytest.mark.parametrize(("wording", "variants"), EXPANSIONS.items())
def test_expansion(wording: str, variants: tuple[str, ...]) -> None:
    assert expand(wording) == variants


@pytest.mark.parametrize("wording", ["(甲)", "{(甲)|}", "(甲|)"])
def test_what_is_optional_as_a_whole_still_is_a_word(wording: str) -> None:
    assert expand(wording) == ("甲",)


@pytest.mark.parametrize("wording", ["在校(学生", "在校学)生", "{甲|乙", "甲}", "", "()"])
def test_mistakes(wording: str) -> None:
    with pytest.raises(ValueError, match=r"unbalanced|no '|nothing"):
        expand(wording)


def test_too_many_variants() -> None:
    with pytest.raises(ValueError, match=str(LIMIT)):
        expand("{甲|乙}" * 10)


@pytest.mark.parametrize("wording", ["甲(乙", "甲)乙", "甲{乙", "甲}"])
def test_a_tree_of_unbalanced_brackets(wording: str) -> None:
    with pytest.raises(ValueError, match=r"unbalanced|no '"):
        parse(wording)


def test_full_width_brackets_are_text() -> None:
    assert parse("二星（标准星）") == ("二星(标准星)",)
    assert pieces("投入#打造*基地") == ("投入", "#", "打造", "*", "基地")


def leaves(tree: object) -> list[str]:
    """All strings that a tree stands for, in no order."""
    if isinstance(tree, str):
        return [tree]
    if not tree:
        return [""]
    assert isinstance(tree, tuple)
    head, rest = tree[0], tree[1:]
    tails = leaves(rest)
    starts = [head] if isinstance(head, str) else [one for option in head for one in leaves(option)]
    return [one + tail for one in starts for tail in tails]


words = st.text("甲乙丙丁", min_size=1, max_size=3)
wordings = st.recursive(
    words,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("".join),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: "{" + "|".join(parts) + "}"),
        st.lists(inner, min_size=1, max_size=2).map(lambda parts: "(" + "|".join(parts) + ")"),
    ),
    max_leaves=6,
)


@settings(max_examples=200, deadline=None)
@given(wordings)
def test_the_tree_stands_for_what_the_expansion_lists(wording: str) -> None:
    try:
        variants = expand(wording)
    except ValueError:
        return
    tree = parse(wording)
    assert {one for one in leaves(tree) if one} == set(variants)
    assert {one[:2] for one in variants} <= heads(tree)


@pytest.mark.parametrize(
    ("pattern", "title", "fits"),
    [
        ("*年*工作总结", "临川县２０２３年工作总结", True),
        ("{教育|教体}局*总结", "教体局年终总结", True),
        ("{教育|教体}局*总结", "水利局年终总结", False),
        ("*年*总结", "关于春游的通知", False),
        ("统计公报", "教育 统计 公报", True),
    ],
)
def test_titles(pattern: str, title: str, fits: bool) -> None:
    assert title_matches(pattern, title) is fits
