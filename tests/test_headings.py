"""Heading numbers: their levels, what is a heading, what is run into a paragraph."""

from __future__ import annotations

import pytest

from validator.text.headings import is_heading, lead, level


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("第一部分　全年工作回顾", 1),
        ("第3章 保障措施", 1),
        ("第二节 师资", 2),
        ("一、党建工作", 2),
        ("十二、附则", 2),
        ("　　二、二〇二四年打算", 2),
        ("一、二〇二三年回顾", 2),
        ("（一）学前教育", 3),
        ("(十)体育", 3),
        ("1.办学规模", 4),
        ("１．办学规模", 4),
        ("3、师资", 4),
        ("2.2024年安排", 4),
        ("（1）幼儿园", 5),
        ("①公办园", 6),
        ("一是抓质量", 7),
        ("三要抓落实", 7),
        ("1.5万人", None),
        ("2.4亿元", None),
        ("2023年工作", None),
        ("三、四线城市", None),
        ("五、六年级学生", None),
        ("（2024年3月）", None),
        ("第一次会议", None),
        ("", None),
    ],
)
def test_level(line: str, expected: int | None) -> None:
    assert level(line) == expected


@pytest.mark.parametrize(
    "line",
    [
        "一、聚力提质，教育质量稳步提高",
        "（一）学前教育",
        "1.办学规模",
        "1. 教育",
        "一、主要目标：",
        "（三）校园安全管理抓实抓细。",
        "第一部分 回顾",
    ],
)
def test_is_heading(line: str) -> None:
    assert is_heading(line)


@pytest.mark.parametrize(
    "line",
    [
        "（一）新建学校5所，新增学位1600个；",
        "1. 新增学位 2,600 个",
        "2．教师流失  人",
        "3.达标率__%",
        "一是抓质量",
        "一、",
        "（二）计划招聘教师___名。",
        "1.办学规模。全县共有学校12所。",
        "二、" + "很长的标题" * 12,
        "一、指标\t数值",
        "各位代表",
    ],
)
def test_is_no_heading(line: str) -> None:
    assert not is_heading(line)


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ("1.党建全面加强，氛围有新气象。各支部认真落实。", "1.党建全面加强，氛围有新气象"),
        ("一是质量整体提升。一本上线12人。", "一是质量整体提升"),
        ("　　（一）补齐短板。计划新建学校2所。", "（一）补齐短板"),
        ("（二）改革取得进展。", "（二）改革取得进展"),
        ("1．在校生4.37万人。同比下降。", None),
        ("（一）第一句" + "很长" * 30 + "。后文。", None),
        ("（一）甲；乙。丙。", None),
        ("全县稳步发展。后文。", None),
        ("（一）没有句号", None),
        ("一、。", None),
    ],
)
def test_lead(paragraph: str, expected: str | None) -> None:
    assert lead(paragraph) == expected
