"""Numbers that a web page or a PDF broke: named as damaged, never read as another number."""

from __future__ import annotations

import pytest
from engine import TITLE, document, facts, packs, read
from test_placeholders_found import marked

from validator.checks._base import Context
from validator.checks.placeholders import CHECK
from validator.facts.reading import read_facts

DAMAGED = [
    "体育场馆开放率已达⟦20230⟧%。",
    "公办园覆盖率为⟦2023⟧%。",
    "该校于⟦20022⟧年建成。",
    "⟦202223⟧至2023年共投入3亿元。",
    "⟦20224⟧月市委编办批复，在⟦202110⟧月挂牌。",
    "财政收入增长⟦8..3⟧%。",
    "全年支出⟦12.5.3⟧万元。",
    "普惠率为⟦9�.5⟧%，开放率为⟦9□.5⟧%。",
    "⟦2O23⟧年招生800人，完成率⟦1OO⟧%。",
    "发放资助金额⟦52、05.3⟧万元。",
    "收入⟦5第2页共18页2.3⟧亿元。",
    "同比增长⟦8.⟧\n3%，成效明显。",
    "发放资助金额⟦5⟧\n2、05.3万元，惠及学生。",
    "发放资助金额⟦5⟧\n\n2、05.3万元，惠及学生。",
    "固定资产投资增长⟦16.5⟧\n2、%；消费平稳。",
    "下拨资金⟦579.⟧\n413万元。",
    "建筑面积⟦1２.⟧\n5平方米。",
]
SOUND = [
    "增长2023%，增长2000%，增长120.5%。",
    "2023年、2022-2023年、距今20000年前、20100年来。",
    "2023年12月，202312期，20231201。",
    "毛入园率、巩固率分别达98.2%、99.5%。",
    "一、2024年工作；1、2024年打算；2、05班获奖。",
    "第2.1.3条，系统升级到2.10.3版，IP为10.5.3.1。",
    "共5页，第2页。",
    "O2O模式，H2O，3O级。",
    "建成图书室12\n2、3人获评先进。",
    "一是抓党建，二是抓教学\n2、05班获奖。",
    "工作开展情况如下：\n1、05年以来投入3亿元。",
    "完成投资3.5亿元。\n3%的学校达标。",
    "分别为1.\n2.投入3万元。",
]


def damaged(text: str) -> list[tuple[int, int, str]]:
    """`(line, column, text)` of the damaged numbers, both places from 0."""
    return [
        (one.location.line - 1 - TITLE.count("\n"), one.location.column - 1, one.text)
        for one in read(text).holes
        if one.code == "PLC007"
    ]


@pytest.mark.parametrize("text", DAMAGED)
def test_a_damaged_number_is_named_at_its_place(text: str) -> None:
    plain, spans = marked(text)
    expected = [
        (plain.count("\n", 0, start), start - plain.rfind("\n", 0, start) - 1, plain[start:end])
        for start, end in spans
    ]
    assert damaged(plain) == expected


@pytest.mark.parametrize("text", SOUND)
def test_a_sound_number_is_left_alone(text: str) -> None:
    assert damaged(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "一般公共预算收入达到20230万元",  # no year, no percent: a number like any other
        "一般公共预算收入20.3亿元，\n3%的增幅。",
    ],
)
def test_what_is_whole_is_read(text: str) -> None:
    assert facts(text)[0].startswith("revenue actual")


@pytest.mark.parametrize(
    "text",
    [
        "固定资产投资增长16.5\n\n2、%；消费平稳。",
        "森林覆盖率达到20230%。",
        "一般公共预算收入12.\n\n5亿元。",
        "党建经费5\n\n2、05.3万元。",
    ],
)
def test_no_other_number_is_read_from_the_rest(text: str) -> None:
    told = facts(text)
    assert all(one.split()[2] == "?" for one in told), told


def test_the_remedy_is_to_look_at_the_original_and_the_severity_a_warning() -> None:
    source = document(TITLE + "公共体育场馆开放率达20230%。\n")
    reading = read_facts(source, packs())
    context = Context(document=source, reading=reading, rules=packs(), profile=None, indicators=())
    (one,) = CHECK.find(context)
    assert (one.code, one.severity, one.text) == ("PLC007", "warning", "20230")
    assert "对照原件" in one.remedy.zh
    assert "占位符" not in one.message.zh
