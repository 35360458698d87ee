"""The examples that rules carry: what passes, what fails, and how a failure is told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest
from conftest import Program

from validator.model.rule import BannedRule, ConsistencyRule, Indicator, PlaceholderRule, Rules
from validator.rulepacks import load_rules
from validator.trial import Outcome, run_examples

Rule = TypeVar("Rule", Indicator, PlaceholderRule, BannedRule, ConsistencyRule)
INDICATOR = """pack: indicators
indicators:
  - id: local.rooms
    name: {{zh: 图书室数, en: Reading rooms}}
    unit: 个
    kind: count
    wordings: ["(乡村)图书室(数)"]
    parts: [中心校]
    examples:
      - {example}
"""
EXAMPLES = [
    # (example, passes, got)
    ("{text: 全县图书室18个。, expect: [{role: actual, value: 18}]}", True, "{role: actual, value: 18}"),
    ("{text: 全县图书室18个。, expect: [{role: actual, value: 19}]}", False, "{role: actual, value: 18}"),
    ("{text: 全县图书室18个。, expect: [{role: target, value: 18}]}", False, "{role: actual, value: 18}"),
    ("{text: 全县图书室18个。, expect: []}", False, "{role: actual, value: 18}"),
    ("{text: 培训管理员18人。, expect: []}", True, "[]"),
    ("{text: 图书室稳步增加。, expect: []}", True, "{status: no_value}"),
    ("{text: 图书室稳步增加。, expect: [{status: no_value}]}", True, "{status: no_value}"),
    ("{text: 图书室X个。, expect: [{status: placeholder}]}", True, "{status: placeholder}"),
    ("{text: 图书室X个。, expect: []}", False, "{status: placeholder}"),
    ("{text: 图书室    个。, expect: [{status: blank}]}", True, "{status: blank}"),
    ("{text: 图书室18个。, expect: [{status: placeholder}]}", False, "{role: actual, value: 18}"),
    (
        "{text: 图书室18个，增长5.9%。, expect: [{role: actual, value: 18}]}",
        False,
        "{role: actual, value: 18}; {role: change, value: 5.9, of: actual}",
    ),
    (
        "{text: 图书室18个，增长5.9%。, expect: [{role: actual, value: 18}, {role: change, value: 5.9, of: actual}]}",
        True,
        "{role: actual, value: 18}; {role: change, value: 5.9, of: actual}",
    ),
    (
        "{text: 图书室18个，增长5.9%。, expect: [{role: actual, value: 18}, {role: change, value: 5.9, of: target}]}",
        False,
        "{role: actual, value: 18}; {role: change, value: 5.9, of: actual}",
    ),
    (
        "{text: 图书室达到20个。, section: 2025年工作打算, expect: [{role: target, value: 20}]}",
        True,
        "{role: target, value: 20}",
    ),
    ("{text: 中心校图书室9个。, expect: []}", True, "{role: actual, value: 9, scope: part}"),
    (
        "{text: 中心校图书室9个。, expect: [{role: actual, value: 9}]}",
        False,
        "{role: actual, value: 9, scope: part}",
    ),
    (
        "{text: 中心校图书室9个。, expect: [{role: actual, value: 9, scope: part}]}",
        True,
        "{role: actual, value: 9, scope: part}",
    ),
]


def outcomes(path: Path, text: str, *, changed: bool = False) -> list[Outcome]:
    path.write_text(text, "utf-8")
    found = run_examples(without_other_examples(load_rules([path]), str(path)))
    return [one for one in found if changed or one.change is None]


def without_other_examples(rules: Rules, place: str) -> Rules:
    """All rules, of which only those of `place` have examples: the others have a test of their own."""

    def one(rule: Rule) -> Rule:
        return rule if rule.place.startswith(place) else replace(rule, examples=())

    return replace(
        rules,
        indicators={identifier: one(rule) for identifier, rule in rules.indicators.items()},
        placeholders=tuple(map(one, rules.placeholders)),
        banned=tuple(map(one, rules.banned)),
        consistency=tuple(map(one, rules.consistency)),
    )


@pytest.fixture
def pack(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VALIDATOR_CACHE_DIR", str(folder / "cache"))
    return Path("mine.yaml")


def listed(examples: list[str]) -> str:
    return "\n      - ".join(examples)


def test_indicators(pack: Path) -> None:
    found = outcomes(pack, INDICATOR.format(example=listed([one for one, _, _ in EXAMPLES])))
    assert {(one.rule, one.place) for one in found} == {("local.rooms", "mine.yaml:3")}
    told = [(example, one.passed, one.got) for (example, _, _), one in zip(EXAMPLES, found, strict=True)]
    assert told == EXAMPLES


def changed(pack: Path, text: str) -> list[tuple[str, str, bool]]:
    found = outcomes(pack, text, changed=True)
    return [(one.change.zh if one.change else "", one.text, one.passed) for one in found]


def test_an_example_that_holds_is_changed_and_tried_again(pack: Path) -> None:
    example = (
        "{text: 全县图书室18个，增长5.9%。, expect: [{role: actual, value: 18}, {role: change, value: 5.9}]}"
    )
    assert changed(pack, INDICATOR.format(example=example)) == [
        ("", "全县图书室18个，增长5.9%。", True),
        ("数字字母改成全角", "全县图书室１８个，增长５．９％。", True),
        ("字间加空格", "全 县 图 书 室18个，增 长5.9%。", True),
        ("数字换成X", "全县图书室X个，增长X%。", True),
        ("删掉数字", "全县图书室个，增长%。", True),
        ("单位换成别的", "全县图书室18公里，增长5.9公里。", True),
    ]


def test_what_must_not_be_read_stays_unread(pack: Path) -> None:
    assert changed(pack, INDICATOR.format(example="{text: 培训18人。, expect: []}")) == [
        ("", "培训18人。", True),
        ("数字字母改成全角", "培训１８人。", True),
        ("字间加空格", "培 训18人。", True),
    ]


def test_an_example_that_fails_is_not_changed(pack: Path) -> None:
    example = "{text: 图书室18个。, expect: [{role: actual, value: 19}]}"
    assert len(outcomes(pack, INDICATOR.format(example=example), changed=True)) == 1


def test_a_change_that_goes_unnoticed_fails_unless_it_is_excused(pack: Path) -> None:
    text = rule("placeholders", "{text: 招生#@@人。, find: ['#@@']}", regex="#@@|12")
    assert changed(pack, text) == [
        ("", "招生#@@人。", True),
        ("占位处填上数", "招生12人。", False),
    ]
    found = outcomes(pack, text + "    excused: {filled: 这家单位用12代替空白}\n", changed=True)
    assert [(one.passed, one.excused) for one in found] == [(True, ""), (False, "这家单位用12代替空白")]


def test_banned_text_is_spaced_out(pack: Path) -> None:
    extra = "strength: sure\n    extend: match\n    "
    example = "{text: 更多材料找小张五五五。, find: [找小张五五五]}"
    text = rule("banned", example, regex="找小张五{1,5}", extra=extra)
    assert changed(pack, text)[1:] == [("字间加空格", "更 多 材 料 找 小 张 五 五 五。", True)]


CONSISTENCY = """pack: consistency
rules:
  - id: mine.relation
    note: {{zh: 试, en: trial}}
    claim: education.gaokao_tier1_count
    relation: "<="
    from: education.gaokao_undergraduate_count
    examples:
      - {example}
"""


@pytest.mark.parametrize(
    ("example", "passed"),
    [
        ("{text: 高考一本上线300人，本科上线900人。, verdict: consistent}", [True] * 4),
        ("{text: 高考一本上线950人，本科上线900人。, verdict: wrong}", [True] * 4),
        ("{text: 高考一本上线950人，本科上线900人。, verdict: consistent}", [False]),
        ("{text: 高考一本上线950人。, verdict: unknown}", [True] * 4),
    ],
)
def test_relations(pack: Path, example: str, passed: list[bool]) -> None:
    found = outcomes(pack, CONSISTENCY.format(example=example), changed=True)
    assert [one.passed for one in found] == passed


RULE = """pack: {pack}
rules:
  - id: mine.rule
    code: {code}
    {extra}note: {{zh: 试, en: trial}}
    regex: ["{regex}"]
    examples:
      - {example}
"""


def rule(pack: str, example: str, *, regex: str = "#@{2,4}", extra: str = "") -> str:
    code = "PLC001" if pack == "placeholders" else "BAN002"
    return RULE.format(pack=pack, code=code, extra=extra, regex=regex, example=example)


PLACEHOLDERS = [
    ("{text: 招生#@@人、引进#@@@人。, find: ['#@@', '#@@@']}", True),
    ("{text: 招生#@@人、引进#@@@人。, find: ['#@@@', '#@@']}", False),
    ("{text: 招生#@@人、引进#@@@人。, find: ['#@@']}", False),
    ("{text: 招生#@@人。, find: []}", False),
    ("{text: 招生12人。, find: []}", True),
    ("{text: 招生12人。, find: ['12']}", False),
    ("{text: 招生#@@人、X人。, find: ['#@@', X]}", True),
]


def test_placeholders(pack: Path) -> None:
    found = outcomes(pack, rule("placeholders", listed([one for one, _ in PLACEHOLDERS])))
    told = [(example, one.passed) for (example, _), one in zip(PLACEHOLDERS, found, strict=True)]
    assert told == PLACEHOLDERS


def test_a_rule_for_cells_is_tried_in_a_cell(pack: Path) -> None:
    text = rule(
        "placeholders", "{text: '#@@', find: ['#@@']}", regex="^#@{2}$", extra="formats: [cell]\n    "
    )
    (one,) = outcomes(pack, text)
    assert (one.passed, one.got) == (True, "[“#@@”]")


BANNED = [
    ("{text: 更多材料找小张五五五。, find: [找小张五五五]}", True),
    ("{text: 更多材料找小张五五五。, find: [小张]}", True),
    ("{text: 更多材料找小张五五五。, find: []}", False),
    ("{text: 更多材料找小张五五五。, find: [更多]}", False),
    ("{text: 材料找小李。, find: [找小李]}", False),
    ("{text: 材料找小李。, find: []}", True),
    ("{text: 找小张五五五，找小张五五五。, find: [找小张五五五, 找小张五五五]}", True),
    ("{text: 找小张五五五。, find: [没有的话]}", False),
]


def test_banned(pack: Path) -> None:
    extra = "strength: sure\n    extend: match\n    "
    found = outcomes(
        pack, rule("banned", listed([one for one, _ in BANNED]), regex="找小张五{1,5}", extra=extra)
    )
    told = [(example, one.passed) for (example, _), one in zip(BANNED, found, strict=True)]
    assert told == BANNED


def test_our_own_examples_hold() -> None:
    failed = [one for one in run_examples(load_rules()) if not one.passed]
    assert [
        f"{one.place} {one.rule}: {one.text} expected {one.expected}, got {one.got}" for one in failed
    ] == []


def test_the_command(program: Program, pack: Path) -> None:
    examples = [
        "{text: 图书室18个。, expect: [{role: actual, value: 19}]}",
        r'{text: "图书室18个\e[31m。", expect: []}',
    ]
    pack.write_text(INDICATOR.format(example=listed(examples)), "utf-8")
    done = program("rules", "test", "--rules", "mine.yaml")
    assert done.code == 1
    assert "图书室18个␛[31m。" in done.out or "\\x1b" in done.out
    assert "mine.yaml:3  local.rooms\n  例子：图书室18个。\n  应得：{role: actual, value: 19}\n" in done.out
    assert "  实得：{role: actual, value: 18}\n" in done.out
    assert "个没通过\n" in done.out
    assert "\x1b" not in done.out
    english = program("rules", "test", "--rules", "mine.yaml", "--lang", "en").out
    assert "  got:      {role: actual, value: 18}\n" in english
