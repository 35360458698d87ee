"""The loader of rule packs: errors with place and remedy, overriding, the cache, where packs are found."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import validator
from validator.model.errors import UserError
from validator.model.rule import Requirement
from validator.model.words import Bilingual, Severity
from validator.rulepacks import _cache, load_rules, loader, rules_root

CHECKOUT = Path(__file__).resolve().parents[1]

INDICATOR = """\
pack: indicators
indicators:
  - id: local.reading_rooms
    name: {zh: 图书室数, en: Reading rooms}
    unit: 个
    kind: count
    wordings: ["图书室(数)"]
    examples:
      - {text: 建成图书室18个。, expect: [{role: actual, value: 18}]}
"""
PROFILE = """\
pack: profiles
profiles:
  - id: local_annual
    name: 本地总结
    applies: {titles: ["*总结"], paths: ["reports/*"]}
    require:
      - education.schools
      - {id: economy.gdp, role: [actual, change], with: [change]}
    stages:
      draft: {IND: info, PLC001: error}
"""
PLACEHOLDERS = """\
pack: placeholders
lexicon:
  counter: [人, 个]
rules:
  - id: local.letter
    code: PLC001
    note: {zh: 字母占位, en: a letter}
    patterns: ["某某<counter>"]
    regex: ["Q{2,9}"]
    examples:
      - {text: 招聘某某人。, find: [某某人]}
"""
WITHOUT_EXAMPLES = INDICATOR.partition("    examples:")[0]
BANNED = """\
pack: banned
rules:
  - id: local.vendor
    code: BAN001
    strength: context
    extend: line
    obfuscated: true
    note: {zh: 供货商, en: a vendor}
    patterns: ["文稿代写"]
    examples:
      - {text: 今年没有。, find: []}
"""


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VALIDATOR_CACHE_DIR", str(tmp_path / "cache"))


@pytest.fixture
def pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return Path("mine.yaml")


def refusal(path: Path, text: str | bytes, *, codes: tuple[str, ...] = ()) -> UserError:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(UserError) as caught:
        load_rules([path], codes=codes)
    assert "\n" not in caught.value.zh
    assert "\n" not in caught.value.en
    return caught.value


def edited(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, old
    return text.replace(old, new)


# One case a line: the text, the place, and what the message says in Chinese and in English.
ERRORS = {
    "unknown key": (edited(INDICATOR, "wordings:", "wording:"), "7:5", "“wording”，是否想写“wordings”？", "did you mean 'wordings'?"),
    "unknown key without a like": (edited(INDICATOR, "    unit: 个", "    xyzzy: 1\n    unit: 个"), "5:5", "可用的有 id、", "there are id,"),
    "missing key": (edited(INDICATOR, "    unit: 个\n", ""), "3:5", "“local.reading_rooms”缺少键“unit”，请补上", "missing key unit"),
    "no examples": (WITHOUT_EXAMPLES, "3:5", "缺少键“examples”", "missing key examples"),
    "empty examples": (WITHOUT_EXAMPLES + "    examples: []\n", "8:15", "“examples”是空的", "'examples' is empty"),
    "wrong type": (edited(INDICATOR, '["图书室(数)"]', "图书室"), "7:15", "“wordings”应为列表", "must be a list"),
    "number for text": (edited(INDICATOR, "    kind: count", "    owner: 12\n    kind: count"), "6:12", "请加引号", "put it into quotes"),
    "octal is no number": (edited(INDICATOR, "value: 18", "value: 010"), "9:58", "“value”应为数字", "must be a number"),
    "wrong choice": (edited(INDICATOR, "kind: count", "kind: cuont"), "6:11", "是否想写“count”？", "did you mean 'count'?"),
    "no is no boolean": (edited(INDICATOR, "    kind: count", "    flow: no\n    kind: count"), "6:11", "应为true 或 false", "true or false"),
    "bad id": (edited(INDICATOR, "id: local.reading_rooms", "id: 图书室"), "3:9", "不合规定", "not in the form"),
    "unknown unit": (edited(INDICATOR, "unit: 个", "unit: 万园"), "5:11", "不认识的单位“万园”", "unknown unit '万园'"),
    "range upside down": (edited(INDICATOR, "    unit", "    range: [9, 1]\n    unit"), "5:12", "请对调", "swap them"),
    "range of three": (edited(INDICATOR, "    unit", "    range: [1, 2, 3]\n    unit"), "5:12", "最多 2 项", "more than 2"),
    "unbalanced wording": (edited(INDICATOR, "图书室(数)", "图书室(数"), "7:16", "括号不配对", "full-width"),
    "wording too wide": (
        edited(INDICATOR, "图书室(数)", "图书室" + "(数|量|率)" * 6), "7:16", "超过400种写法，请拆成几条", "more than 400 variants",
    ),
    "empty wording": (edited(INDICATOR, '"图书室(数)"', '"()"'), "7:16", "请至少留一个必有的词", "must be there"),
    "key twice": (edited(INDICATOR, "    unit: 个", "    unit: 个\n    unit: 所"), "6:5", "键“unit”重复，前一个在第5行", "first on line 5"),
    "id twice": (INDICATOR + INDICATOR.partition("indicators:\n")[2], "10:9", "已在 mine.yaml:3 定义", "already defined at mine.yaml:3"),
    "unknown base": (edited(INDICATOR, "    unit", "    extends: education.school\n    unit"), "5:14", "是否想写“education.schools”？", "did you mean"),
    "unknown after": (
        edited(INDICATOR, "    unit", "    after: [{indicators: [economy.gpd], wordings: [占]}]\n    unit"),
        "5:27", "没有代号为“economy.gpd”的指标，是否想写“economy.gdp”？", "did you mean 'economy.gdp'?",
    ),
    "unknown rank_of": (edited(INDICATOR, "    unit", "    rank_of: [nowhere]\n    unit"), "5:15", "“nowhere”", "'nowhere'"),
    "unknown in example": (edited(INDICATOR, "role: actual", "indicator: x.y"), "9:48", "“x.y”", "'x.y'"),
    "unknown role in example": (edited(INDICATOR, "role: actual", "role: actaul"), "9:43", "是否想写“actual”", "'actual'"),
    "unknown in require": (edited(PROFILE, "- education.schools", "- education.school"), "7:9", "“education.schools”", "'education.schools'"),
    "unknown id in require": (edited(PROFILE, "id: economy.gdp", "id: economy.gpd"), "8:14", "“economy.gdp”", "'economy.gdp'"),
    "unknown role in list": (edited(PROFILE, "[actual, change], w", "[actual, chnge], w"), "8:42", "“change”", "'change'"),
    "unknown role": (edited(PROFILE, "role: [actual, change]", "role: tarket"), "8:33", "“target”", "'target'"),
    "unknown severity": (edited(PROFILE, "IND: info", "IND: inof"), "10:20", "“info”", "'info'"),
    "unknown family": (edited(PROFILE, "IND: info", "IDN: info"), "10:15", "键“IDN”不合规定", "key 'IDN'"),
    "title too wide": (edited(PROFILE, "*总结", "*总结)"), "5:24", "括号不配对", "unbalanced"),
    "missing code": (edited(PLACEHOLDERS, "    code: PLC001\n", ""), "5:5", "缺少键“code”", "missing key code"),
    "missing pattern": (BANNED.replace('    patterns: ["文稿代写"]\n', ""), "3:5", "缺少键“regex”", "missing key regex"),
    "code form": (edited(PLACEHOLDERS, "PLC001", "PLC1"), "6:11", "不合规定", "not in the form"),
    "no word list": (edited(PLACEHOLDERS, "<counter>", "<county>"), "8:16", "<county>", "<county>"),
    "runaway regex": (edited(PLACEHOLDERS, "Q{2,9}", "Q+"), "9:13", "不能用", "cannot be used"),
    "unknown strength": (edited(BANNED, "strength: context", "strength: shure"), "5:15", "“sure”", "'sure'"),
    "no pack": (INDICATOR.partition("\n")[2], "1:1", "缺少键“pack”", "missing key 'pack'"),
    "unknown pack": (edited(INDICATOR, "pack: indicators", "pack: indicator"), "1:7", "“indicators”", "'indicators'"),
    "empty file": ("", "1:1", "规则包是空的", "empty"),
    "a list": ("- a\n", "1:1", "规则包是空的或不是", "no mapping"),
    "colon in a value": (edited(INDICATOR, "unit: 个", "unit: a: b"), "5:12", "请把整个值放进引号", "into quotes"),
    "no colon": (edited(INDICATOR, "    unit: 个", "    unit：个"), "5:5", "应写半角冒号加空格", "lacks a"),
    "tab": (edited(INDICATOR, "    unit", "\tunit"), "5:1", "制表符", "a tab"),
    "open quote": (edited(INDICATOR, '(数)"]', "(数)]"), None, "不配对", "does not match"),
    "alias": (edited(INDICATOR, "unit: 个", "unit: *个"), None, "YAML 写法有误", "broken YAML"),
    "percent": (edited(INDICATOR, "unit: 个", "unit: %"), "5:11", "放进引号", "into quotes"),
    "tag": (edited(INDICATOR, "unit: 个", "unit: !!python/name:os.system 个"), "5:11", "不支持标签", "is not supported"),
    "two documents": (INDICATOR + "---\n" + INDICATOR, "10:1", "只能有一份内容", "one document"),
    "key of two": (edited(INDICATOR, "    unit", "    [a, b]: 1\n    unit"), "5:5", "键必须是文字", "must be text"),
    "gb18030": (INDICATOR.encode("gb18030"), "4:1", "不是 UTF-8", "not UTF-8"),
    "control character": (INDICATOR + "# \x07\n", None, "YAML 写法有误", "broken YAML"),
}  # fmt: skip


@pytest.mark.parametrize("name", ERRORS)
def test_error_names_place_and_remedy(pack: Path, name: str) -> None:
    text, place, zh, en = ERRORS[name]
    error = refusal(pack, text)
    where = "mine.yaml:" if place is None else f"mine.yaml:{place}: "
    assert error.zh.startswith(where), error.zh
    assert error.en.startswith(where), error.en
    assert zh in error.zh
    assert en in error.en


def test_the_first_error_of_the_file_is_told(pack: Path) -> None:
    text = edited(edited(INDICATOR, "unit: 个", "unti: 个"), "kind: count", "kind: cuont")
    assert refusal(pack, text).zh.startswith(("mine.yaml:3:5", "mine.yaml:5:5"))


def test_unknown_code_is_refused_where_the_codes_are_known(pack: Path) -> None:
    codes = [f"{family}{number:03}" for family in ("IND", "PLC", "BAN") for number in range(1, 9)]
    error = refusal(pack, edited(PLACEHOLDERS, "PLC001", "PLC009"), codes=codes)
    assert error.zh.startswith("mine.yaml:5: 未知的问题代码“PLC009”，是否想写“PLC00")
    error = refusal(pack, edited(PROFILE, "PLC001", "DOC001"), codes=codes)
    assert error.en.startswith("mine.yaml:3: unknown finding code 'DOC001'")


def test_nesting_and_aliases_are_bounded(pack: Path) -> None:
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n"
    for before, after in zip("abcdefg", "bcdefgh", strict=True):
        bomb += f"{after}: &{after} [{', '.join([f'*{before}'] * 9)}]\n"
    assert "内容太多" in refusal(pack, bomb).zh
    assert "嵌套太深" in refusal(pack, "a: " + "[" * 60 + "]" * 60 + "\n").zh
    assert "内容太多或嵌套太深" in refusal(pack, "a: &a [*a]\n").zh


@pytest.mark.parametrize("given", ["nowhere", "empty"])
def test_no_pack_there(pack: Path, given: str) -> None:
    Path("empty").mkdir()
    with pytest.raises(UserError) as caught:
        load_rules([Path(given)])
    assert caught.value.zh.startswith(f"{given}: ")


def test_typed_rules(pack: Path) -> None:
    folder = Path("mine")
    (folder / "deep").mkdir(parents=True)
    for name, text in (
        ("a.yml", INDICATOR),
        ("deep/b.yaml", PROFILE),
        ("c.yaml", PLACEHOLDERS),
        ("d.yaml", BANNED),
    ):
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "notes.txt").write_text("not a pack", encoding="utf-8")
    rules = load_rules([folder])
    indicator = rules.indicators["local.reading_rooms"]
    assert indicator.name == Bilingual("图书室数", "Reading rooms")
    assert indicator.place == "mine/a.yml:3"
    assert indicator.range == (None, None)
    assert indicator.examples[0].expect == ({"role": "actual", "value": 18},)
    profile = rules.profiles["local_annual"]
    assert profile.name == Bilingual("本地总结", "本地总结")
    assert profile.require == (
        Requirement(indicator="education.schools"),
        Requirement(indicator="economy.gdp", roles=("actual", "change"), companions=("change",)),
    )
    assert profile.titles == ("*总结",)
    assert profile.paths == ("reports/*",)
    assert profile.stages == {"draft": {"IND": Severity.INFO, "PLC001": Severity.ERROR}}
    placeholder = rules.placeholders[-1]
    assert placeholder.patterns[0].expression == "Q{2,9}"
    assert "某某" in placeholder.patterns[1].expression
    assert placeholder.examples[0].expect == ({"find": "某某人"},)
    banned = rules.banned[-1]
    assert (banned.code, banned.strength, banned.extend, banned.obfuscated) == (
        "BAN001",
        "context",
        "line",
        True,
    )
    assert banned.examples[0].expect == ()


def test_only_plain_words_are_typed(pack: Path) -> None:
    words = "[no, yes, on, 12:30, 010, 1e3, 2024-01-01, '5', 0x1F, .5]"
    pack.write_text(edited(INDICATOR, '["图书室(数)"]', words), encoding="utf-8")
    found = load_rules([pack]).indicators["local.reading_rooms"].wordings
    assert found == ("no", "yes", "on", "12:30", "010", "1e3", "2024-01-01", "5", "0x1F", ".5")


def test_byte_order_mark_and_crlf(pack: Path) -> None:
    pack.write_bytes(b"\xef\xbb\xbf" + INDICATOR.replace("\n", "\r\n").encode())
    assert load_rules([pack]).indicators["local.reading_rooms"].place == "mine.yaml:3"


def test_own_indicator_replaces_ours(pack: Path) -> None:
    ours = load_rules()
    pack.write_text(edited(INDICATOR, "local.reading_rooms", "education.schools"), encoding="utf-8")
    rules = load_rules([pack])
    assert rules.indicators["education.schools"].wordings == ("图书室(数)",)
    assert rules.indicators["education.schools"].owner == ""
    assert list(rules.indicators) == list(ours.indicators)


def test_own_indicator_extends_ours(pack: Path) -> None:
    ours = load_rules().indicators["education.schools"]
    pack.write_text(
        "pack: indicators\nindicators:\n"
        "  - {id: education.schools, extends: education.schools, owner: 综合股}\n"
        "  - {id: local.schools, extends: education.schools, wordings: [教学点(数)]}\n",
        encoding="utf-8",
    )
    found = load_rules([pack]).indicators
    same, other = found["education.schools"], found["local.schools"]
    assert (same.owner, same.wordings, same.place) == ("综合股", ours.wordings, "mine.yaml:3")
    assert (other.owner, other.wordings, other.unit) == ("综合股", ("教学点(数)",), ours.unit)


def test_a_rule_that_extends_keeps_the_patterns_of_its_base(pack: Path) -> None:
    other = Path("other.yaml")
    pack.write_text(PLACEHOLDERS, encoding="utf-8")
    head = "pack: placeholders\nrules:\n  - {id: local.letter, extends: local.letter, "
    other.write_text(head + "code: PLC002}\n", encoding="utf-8")
    rule = load_rules([pack, other]).placeholders[-1]
    assert (rule.code, len(rule.patterns)) == ("PLC002", 2)
    other.write_text(head + "patterns: [空着]}\n", encoding="utf-8")
    rule = load_rules([pack, other]).placeholders[-1]
    assert (rule.code, [one.expression for one in rule.patterns]) == ("PLC001", ["空着"])


def test_later_packs_win(pack: Path) -> None:
    other = Path("other.yaml")
    pack.write_text(INDICATOR, encoding="utf-8")
    other.write_text(edited(INDICATOR, "unit: 个", "unit: 所"), encoding="utf-8")
    assert load_rules([pack, other]).indicators["local.reading_rooms"].unit == "所"
    assert load_rules([other, pack]).indicators["local.reading_rooms"].unit == "个"


def test_version_follows_the_content(pack: Path) -> None:
    pack.write_text(INDICATOR, encoding="utf-8")
    first = load_rules([pack]).version
    assert first.startswith(validator.__version__ + "+")
    assert load_rules([pack]).version == first
    assert load_rules().version != first
    pack.write_text(INDICATOR + "# changed\n", encoding="utf-8")
    assert load_rules([pack]).version != first


def test_cached_rules_are_the_same(tmp_path: Path) -> None:
    made = load_rules()
    kept = list((tmp_path / "cache").iterdir())
    assert [path.suffix for path in kept] == [".json"]
    assert load_rules() == made


def test_cache_needs_neither_yaml_nor_schema(tmp_path: Path) -> None:
    load_rules()
    code = (
        "import sys; from validator.rulepacks import load_rules; rules = load_rules();"
        "print(len(rules.indicators), sorted({'yaml', 'jsonschema'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=CHECKOUT, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == [str(len(load_rules().indicators)), "[]"]


@pytest.mark.parametrize(
    "harm", [b"", b"{", b"[]", b"\xff\xfe", b'{"key": 1}', "wrong content", "missing field"]
)
def test_damaged_cache_is_made_anew(tmp_path: Path, harm: bytes | str) -> None:
    made = load_rules()
    (path,) = (tmp_path / "cache").iterdir()
    good = path.read_bytes()
    if harm == "wrong content":
        harm = json.dumps({"key": json.loads(good)["key"], "collection": [1]}).encode()
    elif harm == "missing field":
        whole = json.loads(good)
        del whole["collection"]["indicators"][0]["unit"]
        harm = json.dumps(whole).encode()
    assert isinstance(harm, bytes)
    path.write_bytes(harm)
    assert load_rules() == made
    assert path.read_bytes() == good


def test_cache_that_cannot_be_written_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder", encoding="utf-8")
    monkeypatch.setenv("VALIDATOR_CACHE_DIR", str(blocked / "below"))
    assert load_rules().indicators


def test_only_the_newest_are_kept(pack: Path, tmp_path: Path) -> None:
    pack.write_text(INDICATOR, encoding="utf-8")
    load_rules([pack])
    folder = tmp_path / "cache"
    (oldest,) = folder.iterdir()
    os.utime(oldest, (1, 1))
    for number in range(8):
        _cache.keep(f"{number}", {})
        os.utime(folder / f"rules-{number}.json", (number + 2, number + 2))
    load_rules([pack])
    assert {path.name for path in folder.iterdir()} == {
        oldest.name,
        *(f"rules-{number}.json" for number in range(1, 8)),
    }


@pytest.mark.parametrize(
    ("platform", "environment", "expected"),
    [
        ("linux", {"VALIDATOR_CACHE_DIR": "/own"}, "/own"),
        ("linux", {"XDG_CACHE_HOME": "/xdg"}, "/xdg/indicator-validator"),
        ("linux", {"HOME": "/home/li"}, "/home/li/.cache/indicator-validator"),
        ("darwin", {"HOME": "/Users/li"}, "/Users/li/Library/Caches/indicator-validator"),
    ],
)
@pytest.mark.skipif(os.name == "nt", reason="the home folder is found in another way there")
def test_place_of_the_cache(
    platform: str, environment: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("VALIDATOR_CACHE_DIR", "XDG_CACHE_HOME", "HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", platform)
    assert _cache.cache_folder() == Path(expected)


def test_packs_of_the_checkout() -> None:
    assert rules_root() == CHECKOUT / "rules"


def test_packs_inside_an_installed_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "site" / "validator"
    package.mkdir(parents=True)
    shutil.copytree(CHECKOUT / "rules", package / "_rules")
    monkeypatch.setattr(validator, "__file__", str(package / "__init__.py"))
    assert rules_root() == package / "_rules"
    assert load_rules().indicators["economy.gdp"].place.startswith("rules/indicators/economy.yaml:")


def test_no_packs_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(validator, "__file__", str(tmp_path / "validator" / "__init__.py"))
    with pytest.raises(UserError, match="install indicator-validator again"):
        loader.rules_root()
