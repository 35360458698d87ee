"""Folding: many spellings, one text, and a way back to every character."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validator.text.fold import HOLE, fold, fold_character, fold_word

SPELLINGS = {
    "８６．５％": "86.5%",
    "（一）": "(一)",
    "Ｒ＆Ｄ": "R&D",
    "r&d": "R&D",
    "地 区 生 产 总 值": "地区生产总值",
    "队伍": "队伍",
    "收拾": "收拾",
    "地区　生产总值": "地区生产总值",
    "增长 5.2 %": "增长5.2%",
    "1 234 567元": "1234567元",
    "体\u200b育": "体育",
    "教\ufeff育": "教育",
    "經費": "经费",
    "學校總數": "学校总数",
    "增长5.2%[1]。": "增长5.2%。",
    "党建[12]经费": "党建经费",
    "a,b": "A，B",
    "1,234": "1,234",
    "5:30": "5:30",
    "总数: 3": "总数：3",
    "「三化」": "“三化”",
    "5～6%": "5～6%",
    "5~6%": "5～6%",
    "R D": "R D",
    "5 6": "5 6",
    "": "",
    " ": "",
    "二○二五": "二〇二五",
    "ＧＤＰ": "GDP",
    "㎡": "㎡",
    "好?": "好？",
    "soft\u00adware": "SOFTWARE",
    "5–6": "5-6",
}


@pytest.mark.parametrize(("text", "folded"), SPELLINGS.items())
def test_spellings(text: str, folded: str) -> None:
    assert fold_word(text) == folded


@pytest.mark.parametrize("text", ["按照教字〔2023〕12号", "数据[2023]", "[1]"])
def test_brackets_that_are_no_note_marks_stay(text: str) -> None:
    assert len(fold_word(text)) == len(text)


ALPHABET = "地区生產总值达到１２3４５.,，。％% 　\u200b\ufeff[1]〔〕（）()XxＸ萬億元\t\xa0-–～~人"
texts = st.one_of(st.text(ALPHABET, max_size=60), st.text(max_size=40))


@settings(max_examples=300, deadline=None)
@given(texts)
def test_every_folded_character_knows_its_own(text: str) -> None:
    folded = fold(text)
    assert len(folded.at) == len(folded.text) + 1
    assert folded.at[-1] == len(text)
    assert all(one < other for one, other in zip(folded.at[:-1], folded.at[1:], strict=True))
    plain = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？"}
    for character, at in zip(folded.text, folded.at, strict=False):
        original = text[at]
        if original.isspace():
            assert character == " "
        else:
            assert character in (fold_character(original), plain.get(original))


@settings(max_examples=200, deadline=None)
@given(texts)
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold_word(text)
    assert fold_word(once) == once


@settings(max_examples=200, deadline=None)
@given(texts, st.data())
def test_spans_lead_back_into_the_text(text: str, data: st.DataObject) -> None:
    folded = fold(text)
    if not folded.text:
        return
    start = data.draw(st.integers(0, len(folded.text) - 1))
    end = data.draw(st.integers(start, len(folded.text)))
    first, last = folded.span(start, end)
    assert 0 <= first <= last <= len(text)
    if end > start:
        assert (
            fold_word(text[first:last]).replace(" ", "") in folded.text.replace(" ", "")
            or "[" in text
            or "〔" in text
        )


@settings(max_examples=200, deadline=None)
@given(st.text(ALPHABET, min_size=1, max_size=40), st.data())
def test_each_hole_becomes_one_character(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6, unique=True)))
    holes = list(zip(cuts[::2], cuts[1::2], strict=False))
    folded = fold(text, holes)
    at = [place for character, place in zip(folded.text, folded.at, strict=False) if character == HOLE]
    assert at == [start for start, _ in holes]


def test_an_empty_hole_stands_before_its_place() -> None:
    assert fold("占比为%。", [(3, 3)]).text == f"占比为{HOLE}%。"
    assert fold("占比为", [(3, 3)]).text == f"占比为{HOLE}"
