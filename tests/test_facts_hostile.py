"""Any text at all is read: without an exception, in time that grows with its length, at places that exist."""

from __future__ import annotations

import re
import time

import pytest
from engine import document, packs
from hypothesis import given, settings
from hypothesis import strategies as st

from validator.checks import banned, indicators, placeholders
from validator.checks._base import Context
from validator.facts._scope import scope
from validator.facts.reading import read_facts
from validator.facts.statuses import judge
from validator.model.document import Document

PIECES = re.split(
    " ",
    "在校学生 体育场地面积 人均体育场地面积 高新技术企业 地区生产总值 固定资产投资 招聘 新教师 投入 党建经费 城镇 农村 "
    "居民人均可支配收入 中考人均总分 列全市第 占 比重 分别 增长 达到 由 提高到 比上年 力争 其中 全国 "
    "12 3.5 1,234 5.26万 三成 两万三 一百二十 〇 % 人 亿元 万元 平方米 个百分点 家 名 位 次 年 "
    "X XX ×× X.X ** __ …… （ ） 【待补充】 {{n}} <数> 20XX年 X月X日 某某小学 待定 "
    "， 。 、 ； ： “ ” ( ) - — ～ \n \t | # 和 与 一、 （一） 1. 2023年 2024年工作打算 \u3000 \u200b \u0301 "
    "更多材料加微信 会员 下载 www.a-b.com QQ群： 免费 严禁外传",
)
characters = st.characters(exclude_categories=("Cc", "Cs"))
texts = st.lists(st.one_of(st.sampled_from(PIECES), st.text(characters, max_size=3)), max_size=40).map(
    "".join
)


def everything(read: Document) -> None:
    rules = packs()
    reading = read_facts(read, rules)
    profile = rules.profiles["county_annual"]
    results = judge(reading, rules, profile)
    context = Context(document=read, reading=reading, rules=rules, profile=profile, indicators=results)
    lines = read.source.count("\n") + 1
    places = [one.location for one in (*reading.facts, *reading.holes, *reading.mentions)]
    for check in (banned.CHECK, indicators.CHECK, placeholders.CHECK):
        places += [one.location for one in check.find(context)]
    for place in places:
        if place.line is not None:
            assert place.column is not None
            assert place.end_line is not None
            assert place.end_column is not None
            assert 1 <= place.line <= place.end_line <= lines
            assert place.line < place.end_line or place.column <= place.end_column


@settings(max_examples=120, deadline=None)
@given(texts, st.sampled_from([".txt", ".md", ".html"]))
def test_any_text_is_read(text: str, suffix: str) -> None:
    everything(document("2023年工作总结\n\n正文：" + text, suffix))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.sampled_from(PIECES), min_size=1, max_size=4), min_size=2, max_size=6))
def test_any_table_is_read(rows: list[list[str]]) -> None:
    cells = [[cell.replace("\n", "").replace("|", "").replace("\t", "") for cell in row] for row in rows]
    lines = ["| " + " | ".join(row) + " |" for row in cells]
    lines.insert(1, "|" + " --- |" * len(cells[0]))
    everything(document("# 2023年工作总结\n\n" + "\n".join(lines) + "\n", ".md"))


LONG = [
    "12人，",
    "X",
    "占",
    "在校学生12人。",
    " ",
    "_",
    "*",
    "一百",
    "【",
    "（",
    "“",
    "招聘",
    "由12%提高到13%",
    "待补充",
    "http://a",
    "加V",
    "QQ群：",
]


@pytest.mark.parametrize("unit", LONG)
def test_long_texts_take_time_in_proportion(unit: str) -> None:
    read = document("2023年工作总结\n\n正文" + (unit * 20000)[:20000])
    start = time.perf_counter()
    everything(read)
    assert time.perf_counter() - start < 60, "a guard against a hang, not a measurement"


@pytest.mark.parametrize("unit", ["在校学生", "在校学生、", "新增学位", "技术合同12项，", "高企。申报"])
def test_many_names_in_one_sentence_take_time_in_proportion(unit: str) -> None:
    read = document("2023年工作总结\n\n正文" + (unit * 3000)[:3000])
    start = time.perf_counter()
    everything(read)
    assert time.perf_counter() - start < 60, "a guard against a hang, not a measurement"


def test_names_only_are_read_in_proportion() -> None:
    """A place of names in a long paragraph is judged by what stands near it, not by all before it."""
    rule = packs().indicators["education.new_places"]
    text = "新建公办园8所，" * 40 + "新增学位" * 40000
    start = time.perf_counter()
    for at in range(400, len(text), 40):
        scope(text, at, rule, "临川县2023年工作总结")
    assert time.perf_counter() - start < 30, "a guard against a hang, not a measurement"


def test_a_number_of_thousands_of_digits() -> None:
    everything(document("2023年工作总结\n\n在校学生" + "1" * 5000 + "人。"))


NUMBERS = {
    "a numeral that is none": "在校学生百分之八十五百人。",
    "named fractions run together": "占百分之八十五百分之六十。",
}


@pytest.mark.parametrize("text", NUMBERS.values(), ids=list(NUMBERS))
def test_numbers_that_are_none(text: str) -> None:
    everything(document(f"2023年工作总结\n\n{text}"))
