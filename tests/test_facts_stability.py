"""What must not matter to the facts of a report: line breaks, width, blanks, and text about other things."""

from __future__ import annotations

from functools import lru_cache

import pytest
from engine import told
from hypothesis import given, settings
from hypothesis import strategies as st

from validator.facts.reading import read_facts
from validator.model.rule import Rules
from validator.rulepacks import load_rules

TITLE = "临川县教科体局2023年工作总结"
BODY = [
    "一、教育工作",
    "全县现有各级各类学校116所，在校学生2.35万人，全年招聘新教师45名。高考一本上线人数212人，比上年增加18人；"
    "中考人均总分546.3分，列全市第4名。",
    "全年校建项目投入1.2亿元，新增学位1350个，争取到专项债券5600万元。",
    "二、科技工作",
    "全社会研发经费支出占GDP比重达到1.32%，规模以上工业企业研发经费支出由1.1亿元增长到1.36亿元。获批省级科技计划项目X项。",
    "三、体育工作",
    "全县体育场地面积86.5万平方米，增长5.3%，人均体育场地面积2.35平方米，公共体育场馆开放率100%。",
    "四、2024年工作打算",
    "计划新增高新技术企业6家，人均体育场地面积达到2.45平方米。",
]
LEANING = [
    "全县粮食播种面积31.4万亩，总产量12.6万吨；认定登记技术合同96项，成交额2.4亿元，比上年增长12%。",
    "安排480万元（含上年结转60万元）用于校园城域网提速改造。",
    "高企。申报21家，有望通过14家，总数86家。",
]
"""Sentences whose names lean on what stands apart from them."""
WIDE = {ord(a): ord(b) for a, b in zip("0123456789.%", "０１２３４５６７８９．％", strict=True)}


@lru_cache(maxsize=1)
def rules() -> Rules:
    return load_rules()


def facts(lines: list[str], separator: str = "\n\n") -> list[str]:
    from engine import document

    reading = read_facts(document(separator.join([TITLE, *lines]) + "\n"), rules())
    return [told(one) for one in reading.facts]


@lru_cache(maxsize=1)
def expected() -> list[str]:
    return facts(BODY)


def test_the_sample_is_read() -> None:
    assert len(expected()) >= 18
    assert {"education.schools actual 116", "education.zhongkao_rank actual 4"} <= set(expected())
    assert "sports.venue_area_per_capita target 2.45" in expected()


paragraphs = [at for at, line in enumerate(BODY) if len(line) > 20]


FILLER = [
    "一年来，全局上下坚持稳中求进，持续改进作风，深入一线帮助基层解决实际困难，各项重点工作有力有序推进，"
    "群众满意程度不断提高，安全形势总体平稳，干部精神面貌焕然一新，为来年发展打下了坚实基础。",
    "面对复杂的外部环境，我们坚持问题导向，完善工作机制，层层压实责任，定期调度通报，做到件件有着落、事事有回音，"
    "形成了齐抓共管的良好局面，也积累了不少可以推广的经验和做法。",
    "认真落实意识形态工作责任制，把理论学习摆在首位，采取集中研讨、专题辅导、现场观摩等多种形式，推动学习走深走实，"
    "不断增强服务大局的本领，广大党员在急难险重任务面前冲锋在前。",
    "扎实开展矛盾纠纷排查化解，畅通群众诉求渠道，及时回应社会关切，依法办理来信来访，妥善处置各类突发事件，"
    "守住了不发生重大安全事故的底线，维护了系统内部的和谐稳定。",
    "主动接受人大法律监督、政协民主监督和社会各界的监督，认真办理建议提案，坚持政务公开，规范权力运行，"
    "厉行节约，反对浪费，机关运转效能进一步提升，窗口服务受到办事群众好评。",
    "同时也要看到，工作中还有不少短板，部分同志攻坚克难的劲头不足，少数单位抓落实的办法不多，对照上级要求和群众期盼，"
    "还有较大差距，需要在今后工作中采取有力措施认真加以解决。",
]


@settings(max_examples=40, deadline=None)
@given(st.integers(18, 56), st.sampled_from(["\n", "\n\n", "\n　　"]))
def test_a_report_may_be_wrapped_at_any_width(width: int, separator: str) -> None:
    lines = [*BODY, "五、自身建设", *FILLER]
    wrapped = [
        "\n".join(line[start : start + width] for start in range(0, len(line), width)) for line in lines
    ]
    assert facts(wrapped, separator) == expected()


@settings(max_examples=40, deadline=None)
@given(st.lists(st.booleans(), min_size=len(BODY), max_size=len(BODY)))
def test_width_of_digits_does_not_matter(wide: list[bool]) -> None:
    lines = [line.translate(WIDE) if yes else line for line, yes in zip(BODY, wide, strict=True)]
    assert facts(lines) == expected()


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(paragraphs), st.lists(st.integers(0, 200), max_size=12), st.sampled_from(" 　\u200b"))
def test_a_blank_between_characters_does_not_matter(at: int, cuts: list[int], blank: str) -> None:
    """One blank, not inside of a number and not beside an X, where it would be a form's blank."""
    line = BODY[at]
    out = ""
    for index, character in enumerate(line):
        around = line[max(0, index - 1) : index + 1]
        plain = len(around) == 2 and all("\u4e00" <= one <= "\u9fff" for one in around)
        unit = line[index : index + 1] in "人名所个家项元万亿平分位" or around[:1] in "第为达至占约近率"
        out += (blank if index in cuts and plain and not unit else "") + character
    assert facts([*BODY[:at], out, *BODY[at + 1 :]]) == expected()


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 30), st.booleans())
def test_what_leans_on_other_words_may_be_wide_and_hold_invisible_signs(at: int, wide: bool) -> None:
    plain = facts(["六、其他工作", *(f"- {line}" for line in LEANING)], "\n")
    assert len(plain) == 7
    lines = [line.translate(WIDE) if wide else line for line in LEANING]
    cut = [f"{line[:at]}\u200b{line[at:]}" for line in lines]
    assert facts(["六、其他工作", *(f"- {line}" for line in cut)], "\n") == plain


UNRELATED = [
    "全局干部职工团结一心，各项工作平稳有序。",
    "办公室整理档案126卷，印发简报18期。",
    "机关食堂完成改造，新增桌椅20套，节约用电3.2%。",
    "会议强调，要守牢底线，抓好落实。",
]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(UNRELATED), min_size=1, max_size=3))
def test_an_unrelated_paragraph_changes_nothing(more: list[str]) -> None:
    assert facts([*BODY, "五、机关建设", *more]) == expected()


@pytest.mark.parametrize("separator", ["\n", "\n\n", "\r\n", "\n　　"])
def test_the_way_paragraphs_are_parted_does_not_matter(separator: str) -> None:
    assert facts(BODY, separator) == expected()


def test_the_same_text_gives_the_same_facts() -> None:
    assert facts(BODY) == facts(BODY)
