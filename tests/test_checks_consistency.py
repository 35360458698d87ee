"""Numbers that agree or do not: true and false cases of every CON code, and the arithmetic below them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.checks._base import Context
from validator.facts.reading import read_facts
from validator.model.document import Block, Cell, Document, Kind
from validator.pipeline import all_checks
from validator.readers._base import Source
from validator.readers.markdown import READER
from validator.rulepacks.loader import load_rules
from validator.text.arithmetic import Answer, Interval, compare, parse, written

RULES = load_rules()
TITLE = "河阳县教育局2025年工作总结和2026年工作思路"


def codes(document: Document) -> list[str]:
    reading = read_facts(document, RULES)
    context = Context(document=document, reading=reading, rules=RULES, profile=None, indicators=())
    return sorted(
        finding.code
        for check in all_checks()
        if any(code.id.startswith("CON") for code in check.codes)
        for finding in check.find(context)
    )


def prose(text: str, *, title: str = TITLE) -> Document:
    return READER.read(Source(path="a.md", suffix=".md", data=f"# {title}\n\n{text}\n".encode()))


WRONG = {
    # a value, the one before and the change
    "中考人均总分602.3分，比上年（598.1分）净增4.1分。": "CON002",
    "中考人均总分由598.1分提高到602.3分，提高3.2分。": "CON002",
    "招聘新教师由80人增加到120人，增加50人。": "CON002",
    "高新技术企业总数由36家增加到42家，净增8家。": "CON002",
    "专利授权量由120件增加到152件，增长36.7%。": "CON002",
    "专利授权量由152件减少到120件，下降31%。": "CON002",
    "专利授权量由152件减少到120件，增长21.1%。": "CON002",
    "森林覆盖率由60.8%提高到61.2%，提高1.4个百分点。": "CON002",
    "九年义务教育巩固率从95.1%提升到97.3%，提升1.2个百分点。": "CON002",
    "社会消费品零售总额由90.2亿元增加到98.7亿元，增长12.4%。": "CON002",
    "体育场地面积由50万平方米扩大到60万平方米，增长25%。": "CON002",
    "城镇居民人均可支配收入由34120元提高到36850元，增长9.1%。": "CON002",
    "一般公共预算收入由11.8亿元增加到12.3亿元，增加0.9亿元。": "CON002",
    # parts and wholes, by the packs
    "全年招聘新教师120人，其中自主招聘145人。": "CON001",
    "高考一本上线1312人，本科上线1206人。": "CON001",
    "申报高新技术企业11家，有望通过15家。": "CON001",
    "新增高新技术企业49家，高新技术企业总数达到42家。": "CON001",
    "全社会研发经费支出6.53亿元，占GDP比重1.58%。地区生产总值286.4亿元。": "CON001",
    "全社会研发经费支出4.53亿元，规模以上工业企业研发经费支出5.9亿元。": "CON001",
    "全县在校学生3200人，在园幼儿860人，今年招生9800人。": "CON001",
    # impossible percentages
    "普惠性幼儿园覆盖率达到192.5%。": "CON006",
    "九年义务教育巩固率985%。": "CON006",
    "高中学业水平考试合格率提高到109.2％。": "CON006",
    "公办园在园幼儿占比151.3%。": "CON006",
    "因灾损失下降120%。": "CON006",
    "学生近视率减少了105%。": "CON006",
    "群众满意度保持在１９９％。": "CON006",
    # years
    "## 一、2024年工作完成情况\n\n工作扎实。": "CON007",
    "## 二、2025年工作思路\n\n工作扎实。": "CON007",
    "## 二、2026年工作思路\n\n到2024年底前建成投用新校区。": "CON005",
    "## 二、2026年工作思路\n\n确保2025年12月底前完成主体工程。": "CON005",
    "## 下一步工作打算\n\n力争2023年公办园占比达到60%。": "CON005",
}
RIGHT = [
    "中考人均总分602.3分，比上年（598.1分）净增4.2分。",
    "中考人均总分由602.3分降至598.1分，下降4.2分。",
    "招聘新教师由80人增加到120人，增加40人。",
    "招聘新教师由80人增加到120人，增长50%。",
    "招聘新教师由80人增加到120人，增长0.5倍。",
    "专利授权量由120件增加到152件，增长26.7%。",
    "专利授权量由152件减少到120件，下降21.1%。",
    "专利授权量由120件增加到152件，增长近三成。",
    "森林覆盖率由60.8%提高到61.2%，提高0.4个百分点。",
    "森林覆盖率由60.8%提高到61.2%，提高0.5个百分点。",
    "社会消费品零售总额由90.2亿元增加到98.7亿元，增长9.4%。",
    "体育场地面积由50万平方米扩大到60万平方米，增长20%。",
    "体育场地面积由49万平方米扩大到约60万平方米，增长25%。",
    "地区生产总值由262.1亿元增加到286.4亿元，增长5.6%。",
    "人均体育场地面积由1.83平方米提高到2.58平方米，2025年增长3.2%。",
    "一般公共预算收入由2020年的9.1亿元增加到12.3亿元，同比增长4.1%。",
    "社会消费品零售总额由90.2亿元增加到98.7亿元，按可比口径增长7.1%。",
    "全年招聘新教师120人，其中自主招聘45人。",
    "高考一本上线312人，本科上线1206人。",
    "高考一本上线312人。",
    "全社会研发经费支出4.53亿元，占GDP比重1.58%。地区生产总值286.4亿元。",
    "全社会研发经费支出4.57亿元，占GDP比重1.5%。地区生产总值286.4亿元。",
    "申报高新技术企业15家，有望通过11家。",
    "普惠性幼儿园覆盖率达到92.5%。",
    "学校体育场馆开放率达到100%。",
    "高中阶段毛入学率达到101.2%。",
    "学前三年毛入园率102.5%。",
    "完成目标任务的125%，占比提高明显。",
    "专利授权量增长132%。",
    "投资完成率达到112%。",
    "## 一、2025年工作完成情况\n\n工作扎实。",
    "## 二、2026年工作思路\n\n到2026年底前建成投用新校区。",
    "## 二、2026年工作思路\n\n到2027年公办园占比达到60%。",
    "## 二、2026年工作思路\n\n2024年底前已建成的校区要管好用好。",
    "## 一、2025年工作完成情况\n\n到2024年底建成投用的新校区运转良好。",
    "## 2021—2025年工作回顾\n\n工作扎实。",
    "## 一、“十四五”以来工作总结\n\n工作扎实。",
]


@pytest.mark.parametrize(("text", "code"), WRONG.items(), ids=list(WRONG))
def test_what_is_wrong_is_found_once(text: str, code: str) -> None:
    assert codes(prose(text)) == [code]


@pytest.mark.parametrize("text", RIGHT)
def test_what_is_right_is_left_alone(text: str) -> None:
    assert codes(prose(text)) == []


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("河阳县教育局工作总结", "## 一、2024年工作完成情况\n\n好。", []),
        ("河阳县2025年政府工作报告", "## 一、2024年工作回顾\n\n好。", []),
        ("河阳县教育局2025年工作总结", "## 二、2026年工作打算\n\n好。", []),
        ("河阳县教育局2025年工作总结", "## 二、2025年工作打算\n\n好。", ["CON007"]),
        ("河阳县教育局2026年工作要点", "## 一、重点工作\n\n到2025年底前完成改造。", ["CON005"]),
        ("河阳县教育局2026年工作要点", "## 一、重点工作\n\n到2026年底前完成改造。", []),
    ],
)
def test_years_by_the_title(title: str, text: str, expected: list[str]) -> None:
    assert codes(prose(text, title=title)) == expected


def table(rows: list[list[str]]) -> Document:
    blocks, at = [], 0
    for row, cells in enumerate(rows, start=1):
        for column, text in enumerate(cells, start=1):
            blocks.append(
                Block(
                    text=text,
                    offsets=range(at, at + max(1, len(text))),
                    kind=Kind.CELL,
                    cell=Cell(table=1, row=row, column=column),
                )
            )
            at += len(text) + 1
    source = "\n".join(cell for row in rows for cell in row)
    return Document(path="", format="txt", encoding=None, source=source, blocks=tuple(blocks))


HEAD = ["学校", "班数", "学生数", "合格率"]
ROWS = [["一中", "30", "1,520", "96.5"], ["二中", "18", "860", "91.2"], ["三小", "12", "540", "99.0"]]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([HEAD, *ROWS, ["合计", "60", "2,920", "95.1"]], []),
        ([HEAD, *ROWS, ["合计", "60", "2920", "287"]], []),
        ([HEAD, *ROWS, ["合计", "61", "2920", "95.1"]], ["CON003"]),
        ([HEAD, *ROWS, ["总计", "61", "2,290", "95.1"]], ["CON003", "CON003"]),
        ([HEAD, ["合计", "60", "2920", "95.1"], *ROWS], []),
        ([HEAD, ["合计", "60", "2930", "95.1"], *ROWS], ["CON003"]),
        ([HEAD, *ROWS, ["合计", "", "2920", "95.1"]], []),
        ([HEAD, ROWS[0], ["二中", "", "860", "91.2"], ROWS[2], ["合计", "60", "2920", "95"]], []),
        ([HEAD, *ROWS, ["小计", "60", "2920", ""], ["合计", "66", "2920", ""]], []),
        ([HEAD, ROWS[0], ["其中：住校", "9", "300", "97"], ["合计", "30", "1520", "96.5"]], []),
        ([["项目", "投入（万元）"], ["改造", "12.35"], ["设备", "7.26"], ["合计", "19.6"]], []),
        ([["项目", "投入（万元）"], ["改造", "12.35"], ["设备", "7.26"], ["合计", "29.61"]], ["CON003"]),
        ([["学校", "平均分"], ["一中", "602"], ["二中", "571"], ["合计", "590"]], []),
        ([["学校", "学生数"], ["一中", "602"], ["合计", "603"]], []),
    ],
)
def test_totals(rows: list[list[str]], expected: list[str]) -> None:
    assert codes(table(rows)) == expected


def test_the_message_says_what_is_due() -> None:
    document = prose("中考人均总分602.3分，比上年（598.1分）净增4.1分。")
    reading = read_facts(document, RULES)
    context = Context(document=document, reading=reading, rules=RULES, profile=None, indicators=())
    (finding,) = [one for check in all_checks() for one in check.find(context) if one.code == "CON002"]
    assert "应增加4.2分" in finding.message.zh
    assert "up 4.2分, not up 4.1分" in finding.message.en


# ── arithmetic ───────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("text", "names", "value"),
    [
        ("a + b * 2", ("a", "b"), 8),
        ("(a + b) * 2", ("a", "b"), 10),
        ("x.y / 4", ("x.y",), 3),
        ("a - b - 1.5", ("a", "b"), Fraction(-5, 2)),
        ("x.y / (a - 2)", ("x.y", "a"), None),
    ],
)
def test_expressions(text: str, names: tuple[str, ...], value: Fraction | None) -> None:
    known = {"a": Interval.of(2), "b": Interval.of(3), "x.y": Interval.of(12)}
    expression = parse(text)
    found = expression.value(known)
    assert expression.names == names
    assert (found.exact if found else None) == value


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os')",
        "a if b else c",
        "a ** 9",
        "a // b",
        "-a",
        "a[0]",
        "lambda: a",
        "a < b",
        "'x' + a",
        "True + a",
        "1e400 + 9999999999999",
        "a +",
        "",
        "f(a)",
        "(a).b()",
        "+".join(["a"] * 200),
        "(" * 300 + "a" + ")" * 300,
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the words differ, that it is refused matters
        parse(text)


@pytest.mark.parametrize(
    ("claim", "computed", "relation", "answer"),
    [
        ((4.2, "4.2"), (4.2, "4.2"), "=", Answer.CONSISTENT),
        ((4.1, "4.1"), (4.2, "4.2"), "=", Answer.ROUNDING),
        ((4.0, "4.0"), (4.2, "4.2"), "=", Answer.WRONG),
        ((4.0, "4"), (4.2, "4.2"), "=", Answer.CONSISTENT),
        ((5.0, "5"), (4.0, "4"), "<=", Answer.ROUNDING),
        ((4.0, "4"), (5.0, "5"), "<=", Answer.CONSISTENT),
        ((4.0, "4"), (6.0, "6"), ">=", Answer.WRONG),
    ],
)
def test_three_answers(
    claim: tuple[float, str], computed: tuple[float, str], relation: str, answer: Answer
) -> None:
    found = compare(written(*claim), written(*computed), relation)
    if relation == "<=" and answer is Answer.ROUNDING:
        assert found is not Answer.WRONG
    else:
        assert found is answer


@given(st.integers(1, 10**6), st.integers(0, 4), st.sampled_from([1, 10**4, 10**8]))
def test_a_number_as_written_holds_what_rounds_to_it(number: int, places: int, scale: int) -> None:
    digits = f"{number / 10**places:.{places}f}"
    found = written(float(digits) * scale, digits)
    assert found.low < found.exact < found.high
    assert abs((found.high - found.low) - Fraction(scale, 10**places)) < Fraction(1, 10**6)


@given(*(st.fractions(-1000, 1000) for _ in range(4)))
def test_intervals_hold_every_result(a: Fraction, b: Fraction, c: Fraction, d: Fraction) -> None:
    one, two = Interval(min(a, b), max(a, b), a), Interval(min(c, d), max(c, d), c)
    for result, exact in ((one + two, a + c), (one - two, a - c), (one * two, a * c), (-one, -a)):
        assert result.low <= exact <= result.high
        assert result.exact == exact
