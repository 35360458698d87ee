"""A vendor who speaks to his reader, in whatever words, and lines of a report that use the same words."""

from __future__ import annotations

import pytest
from banned_asks import ASKED, BESIDE, OWN
from banned_lines import KINDS
from engine import TITLE, document, packs

from validator.checks._banned_lines import weigh
from validator.checks._base import Context
from validator.checks.banned import CHECK
from validator.model.fact import Reading
from validator.model.finding import Finding

BODY = "全区现有各级各类学校86所，在校学生1.92万人，各项工作平稳推进，群众满意程度不断提高，为来年发展打下坚实基础。"
SURE = "更多材料请加微信：lc_gw2023"


def found(text: str, suffix: str = ".txt") -> list[Finding]:
    nothing = Reading(facts=(), holes=(), mentions=())
    read = document(TITLE + text, suffix)
    return list(
        CHECK.find(Context(document=read, reading=nothing, rules=packs(), profile=None, indicators=()))
    )


@pytest.mark.parametrize("line", [one for lines in ASKED.values() for one in lines])
def test_a_line_that_speaks_to_its_reader(line: str) -> None:
    """Alone between two paragraphs of a report it is found, most of it, and nothing else."""
    findings = found(f"{BODY}\n\n{line}\n\n{BODY}\n")
    assert all(one.text in line for one in findings)
    assert sum(len(one.text) for one in findings) >= 0.6 * len(line.replace(" ", ""))


@pytest.mark.parametrize("line", BESIDE)
def test_a_faint_line_counts_beside_a_sure_one_outside_the_report(line: str) -> None:
    assert not found(f"{BODY}\n\n{line}\n\n{BODY}\n")
    assert any(one.text != SURE for one in found(f"{BODY}\n\n{SURE}\n\n{line}\n"))
    inside = found(f"{BODY}\n\n{SURE}\n\n{line}\n\n{BODY}\n")
    assert {one.text for one in inside} <= {SURE, line}


@pytest.mark.parametrize("line", OWN)
def test_the_report_uses_the_same_words(line: str) -> None:
    assert not found(f"{BODY}\n\n{line}\n\n{BODY}\n")
    assert not found(f"{BODY}\n\n{BODY}\n\n{line}\n")


def test_known_words_of_vendors_and_titles_of_reports_lie_apart() -> None:
    sure = [one.strip("⟦⟧") for one in KINDS["membership"]]
    titles = ("河西区教育局2024年工作总结", "述职报告", "一、主要工作", "附件：重点任务清单.docx")
    assert max(weigh(one)[0] for one in titles) < min(2, max(weigh(one)[0] for one in sure))


def test_a_sentence_before_an_advertisement_stays_a_sentence() -> None:
    """The brackets of a blank in the sentence cut no piece of a shop sign out of it."""
    text = "对照要求，新增攻坚任务清单【 】项；投入60万元，合办“3+2”班。（更多总结范文加薇❤：hx88461）"
    assert [one.text for one in found(f"{text}\n\n{BODY}\n")] == ["（更多总结范文加薇❤：hx88461）"]


def test_the_name_in_front_of_a_contact_on_a_line_of_a_page() -> None:
    """A head or foot of a page that the reader joined to the paragraph it broke."""
    text = "全年发放补助资金120万元，惠及企业26家。科技创新券发放工作有序\n墨香公文网　客服Q：3 1 0 6 8 8 2 4 5　第 3 页\n推进，持券企业达到38家，服务满意程度稳步提高。\n"
    assert [one.text for one in found(text)] == ["墨香公文网", "客服Q：3 1 0 6 8 8 2 4 5"]


@pytest.mark.parametrize(
    "field", ["{{article.title}}", "{{ item.value | money }}", "<%=content%>", "{% if x %}"]
)
def test_fields_of_programs_are_placeholders_and_no_banned_text(field: str) -> None:
    assert not found(f"全年争取项目资金{field}万元。{BODY}\n")
