"""The summary in Markdown: what it says, that nothing in it is taken for markup, that it stays small."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from runs import HOSTILE, RULES, found, hostile, many, missing, report, required, run

from validator.model.document import Block, Document
from validator.model.location import Location
from validator.model.report import Run
from validator.model.words import Bilingual, Lang, Severity, Status
from validator.reporters import markdown
from validator.reporters._base import Look
from validator.reporters._markup import code, markup, prose
from validator.reporters.markdown import LIMIT, REPORTER
from validator.text.escape import visible

RENDERER = MarkdownIt("gfm-like")
ALLOWED = {
    "h2", "h3", "p", "strong", "code", "table", "thead", "tbody", "tr", "th", "td", "details", "summary", "sub",
    "blockquote",
}  # fmt: skip


class Page(HTMLParser):
    """The elements of a rendered page, the cells of each row, and the text outside of code."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.attributes: set[str] = set()
        self.tables: list[list[int]] = []
        self.code: list[str] = []
        self.outside = ""
        self._code = 0
        self.open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.attributes.update(name for name, _ in attrs)
        self.open.append(tag)
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append(0)
        elif tag in ("td", "th"):
            self.tables[-1][-1] += 1
        elif tag == "code":
            self._code += 1
            self.code.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        self._code -= tag == "code"

    def handle_comment(self, data: str) -> None:
        self.elements.add("comment")

    def handle_data(self, data: str) -> None:
        if self._code:
            self.code[-1] += data
        else:
            self.outside += data


def rendered(of: Run, **look: Any) -> str:
    assert REPORTER.check is not None
    out = REPORTER.check(of, RULES, Look(**look))
    assert isinstance(out, bytes)
    return out.decode()


def page(text: str) -> Page:
    return Page(RENDERER.render(text))


FULL = run(
    report(
        missing(),
        found(),
        found(severity=Severity.WARNING, location=Location(part="header", paragraph=1), text="XX"),
        found(waived="型号", waived_by="comment"),
        found(waived="已批准", waived_by="waiver"),
        found(waived="已批准", waived_by="waiver"),
        indicators=(
            required(Status.ABSENT),
            required(Status.REPORTED, "a"),
            required(Status.PLACEHOLDER, "b"),
            required(Status.BLANK, "c"),
            required(Status.NO_VALUE, "d"),
            required(Status.CONFLICTING, "e"),
            required(Status.NOT_APPLICABLE, "f"),
        ),
        title="总结",
    ),
    report(path="报告/乙.docx", indicators=(required(Status.REPORTED),)),
    report(path="报告/丙.docx"),
    report(found("DOC001", location=Location(part="file")), path="坏.doc"),
    skipped=3,
    unreadable=("坏.doc",),
)


def test_the_whole_summary() -> None:
    assert (
        rendered(FULL, version="9.9")
        == """\
## ❌ 报告检查：错误 3 个，警告 1 个，没读成 1 份

找到 7 份文件，检查了 3 份，跳过 3 份，没读成 1 份；应报 7 项，已填 2 项（28%）。

**下一步**：把没读成的文件另存为 `.docx`，把 2 处占位换成实际内容，补上没提到的 1 项指标，然后再检查一次。代码的含义：validator explain DOC001

### 指标填报情况

| 报告 | 应报 | 已填 | 占位 | 空白 | 有名无数 | 未提及 | 矛盾 |
| --- | --- | --- | --- | --- | --- | --- | --- |
| `报告/甲.docx` | 6 | 1 | 1 | 1 | 1 | 1 | 1 |
| `报告/乙.docx` | 1 | 1 | 0 | 0 | 0 | 0 | 0 |
| **合计** | 7 | 2 | 1 | 1 | 1 | 1 | 1 |

另有 1 份报告没有要求清单。

### 没读成的文件（1 份）

| 文件 | 原因 |
| --- | --- |
| `坏.doc` | 文件已损坏 |

### 逐份报告

<details open>
<summary><code>报告/甲.docx</code>：错误 2 个，警告 1 个</summary>

标题：`总结`

**没有提到的指标（1 项）**

| 指标 | 应写在 | 怎么写 | 问谁 |
| --- | --- | --- | --- |
| ❌ 体育场地面积 | 体育 | 体育场地面积96万平方米 | 体育股 |

**要改的地方（2 处）**

| 位置 | 问题 | 原文 | 怎么改 |
| --- | --- | --- | --- |
| `四、体育 第2段` | ❌ 占位符“X”：还没有填数 `PLC001` | `【X】` | 换成真实数字。 |
| `页眉 第1段` | ⚠️ 占位符“X”：还没有填数 `PLC001` | `【XX】` | 换成真实数字。 |

</details>

### 跳过的文件（3 份）

| 原因 | 份数 |
| --- | --- |
| 不是报告 | 3 |

### 已豁免的问题（3 处）

| 方式 | 处数 |
| --- | --- |
| 豁免清单 | 2 |
| 文中注明 | 1 |

<sub>validator 9.9</sub>
"""
    )


@pytest.mark.parametrize("lang", Lang)
def test_the_page_is_well_formed(lang: Lang) -> None:
    shown = page(rendered(FULL, version="9.9", lang=lang))
    assert shown.open == []
    assert shown.elements <= ALLOWED
    assert "**" not in shown.outside
    assert [set(rows) for rows in shown.tables] == [{8}, {2}, {4}, {4}, {2}, {2}]


def test_english() -> None:
    text = rendered(FULL, lang=Lang.EN)
    assert text.startswith("## ❌ Report check: 3 errors, 1 warnings, 1 unreadable\n")
    assert (
        "| report | required | reported | placeholder | blank | no value | not mentioned | conflicting |"
        in text
    )
    assert "Accepted findings (3)" in text


@pytest.mark.parametrize(
    ("of", "head"),
    [
        (run(report()), "## ✅ 报告检查：没有发现问题"),
        (run(report(found(waived="行"))), "## ✅ 报告检查：没有发现问题"),
        (run(report(found(severity=Severity.INFO))), "## ✅ 报告检查：提示 1 个"),
        (run(report(found(severity=Severity.WARNING))), "## ⚠️ 报告检查：警告 1 个"),
        (run(report(found("DOC001"), path="a"), unreadable=("a",)), "## ❌ 报告检查：错误 1 个，没读成 1 份"),
    ],
)
def test_the_verdict(of: Run, head: str) -> None:
    assert rendered(of).splitlines()[0] == head


def test_only_a_single_report_is_unfolded() -> None:
    one = report(found())
    assert "<details open>" in rendered(run(one))
    assert "<details open>" not in rendered(run(one, replace(one, path="b.docx")))


def test_the_words_around_a_finding_are_shown() -> None:
    text = "体育场地面积X平方米。"
    block = Block(text=text, offsets=range(len(text)))
    document = Document(path="a", format="txt", encoding="utf-8", source=text, blocks=(block,))
    shown = rendered(run(report(found(block=0, start=6, end=7), document=document, encoding="utf-8")))
    assert "`体育场地面积【X】平方米。`" in shown
    assert "`四、体育 第2段  第3行第5列`" in shown


@pytest.mark.parametrize("lang", Lang)
@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_of_a_document_is_markup(text: str, lang: Lang) -> None:
    out = rendered(hostile(text), lang=lang, version="1")
    shown = page(out)
    assert shown.elements <= ALLOWED
    assert shown.attributes <= {"open"}
    assert shown.open == []
    assert [set(rows) for rows in shown.tables] == [{8}, {2}, {4}, {4}, {4}, {4}, {2}, {2}]
    assert not re.search(r"@\w|#\d|GH-\d|://|www\.|x\.com|deadbeef|:smile:|\$x", shown.outside)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u202e\u200f\u2066\ud800-\udfff]", out)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_code_span_shows_its_text(text: str) -> None:
    shown = page(f"| a |\n| --- |\n| {code(text, empty='（空）')} |\n")
    assert shown.tables == [[1, 1]]
    assert len(shown.code) == (1 if text else 0)
    if "\\|" not in text and text.isprintable() and text.strip():
        assert shown.code == [text.strip(" ") if text.startswith("`") else visible(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("占位符“X”：还没有填数", "占位符“X”：还没有填数"),
        ("占位符“{{甲}} <b>”：模板", "占位符“`{{甲}} <b>`”：模板"),
        ("见 www.x.com 和 @someone #123。", "见 `www.x.com` 和 `@someone #123`。"),
        ("数值2.35没有写单位（平方米）", "数值2.35没有写单位（平方米）"),
        ("'GDP' is missing. Write it: 5%", "'GDP' is missing. Write it: 5%"),
        ("在例子.com写", "在例子`.com`写"),
        ("甲.中国", "甲`.`中国"),
        ("提交deadbeef1，学年2023-2024", "提交`deadbeef1`，学年2023-2024"),
        ("“没有结束 *a*", "“没有结束 `*a*`"),
        ("", ""),
    ],
)
def test_what_means_something_stands_in_code(text: str, expected: str) -> None:
    assert prose(text) == expected


@given(st.text(alphabet="`|\\ a\n*_<>&@#.:/[]()!~“”甲1-w$", max_size=40))
def test_any_text_keeps_the_table(text: str) -> None:
    shown = page(f"| a | b |\n| --- | --- |\n| 1 {code(text)} | 2 {prose(text)} |\n")
    assert shown.tables == [[2, 2]]
    assert shown.elements <= {"table", "thead", "tbody", "tr", "th", "td", "code"}
    assert page(f"甲 {prose(text)}\n").elements <= {"p", "code"}
    fold = page(f"<details>\n<summary><code>{markup(text)}</code></summary>\n\n甲\n\n</details>\n")
    assert fold.elements == {"details", "summary", "code", "p"}


def test_long_words_take_no_longer_than_their_length() -> None:
    for text in ("a" * 200_000, "a@" * 100_000, "“" * 200_000, "0" * 200_000, "@ " * 100_000, "`a" * 100_000):
        assert prose(text)


def size(text: str) -> int:
    return len(text.encode())


def test_large_runs_stay_below_the_limit_and_say_what_is_left_out() -> None:
    of = many(20_000)
    text = rendered(of)
    assert LIMIT * 0.9 < size(text) <= LIMIT < 1 << 20
    said = re.search(r"有 (\d+) 处没有列出（(.*?)）", text)
    assert said
    total, levels = int(said[1]), dict(re.findall(r"(\w+) (\d+) 个", said[2]))
    assert total == sum(map(int, levels.values()))
    assert levels["提示"] == "6660"
    rows = re.findall(r"^\| `第\d+段", text, re.MULTILINE)
    assert len(rows) + total == 20_000
    assert sum(map(int, re.findall(r"这份报告还有 (\d+) 处没有列出", text))) <= total
    assert text.index("没有列出") < text.index("### ")
    assert rendered(of) == text


def test_the_least_severe_is_left_out_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markdown, "LIMIT", 5000)
    of = run(
        *(
            report(
                *(
                    found(severity=level, location=Location(paragraph=at))
                    for at, level in enumerate(list(Severity) * 5)
                ),
                path=f"{number}.docx",
            )
            for number in range(3)
        )
    )
    text = rendered(of)
    assert size(text) <= 5000
    assert text.count("| ❌") == 15
    assert text.count("| ⚠️") > 0
    assert "| ℹ️" not in text
    assert "提示 15 个）" in text


def test_many_reports_and_long_texts_stay_below_the_limit() -> None:
    long = "长" * 5000
    words = {"message": Bilingual(long, long), "remedy": Bilingual(long, long), "text": long}
    names = tuple(f"{at}-{'甲' * 60}.docx" for at in range(5000))
    of = run(
        *(
            report(
                found(**words), path=name, indicators=(required(Status.ABSENT), required(Status.BLANK, "b"))
            )
            for name in names
        ),
        *(report(path=f"坏{name}") for name in names),
        skipped=5000,
        unreadable=tuple(f"坏{name}" for name in names),
    )
    text = rendered(of)
    assert size(text) <= LIMIT
    assert "份报告没有列出" in text
    assert "行没有列出" in text


def test_the_reports_that_lack_most_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markdown, "MATRIX", 60)
    full, poor = required(Status.REPORTED), required(Status.ABSENT)
    of = run(report(path="a.docx", indicators=(full,)), report(path="b.docx", indicators=(poor,)))
    text = rendered(of)
    assert "| `b.docx` | 1 |" in text
    assert "`a.docx`" not in text
    assert "还有 1 份报告没有列出。" in text
    assert "| **合计** | 2 |" in text
