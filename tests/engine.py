"""A small set of indicators and a short notation for what is read, for the tests of the stages of facts."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from validator.facts.reading import read_facts
from validator.facts.statuses import judge
from validator.model.document import Document
from validator.model.fact import Fact, Reading
from validator.model.rule import After, Indicator, Requirement, Rules
from validator.model.rule import Profile as ProfileRule
from validator.model.words import Bilingual, Role, Scope
from validator.readers._choose import read_file
from validator.rulepacks import load_rules


def indicator(identifier: str, unit: str, kind: str, *wordings: str, **more: Any) -> Indicator:
    name = Bilingual(identifier, identifier)
    return Indicator(id=identifier, name=name, wordings=wordings, unit=unit, kind=kind, **more)


INDICATORS = (
    indicator("gdp", "亿元", "amount", "{地区生产总值|GDP}"),
    indicator("revenue", "亿元", "amount", "一般公共预算收入"),
    indicator("investment", "%", "ratio", "固定资产投资", growth=True),
    indicator("urban", "元", "amount", "城镇居民人均可支配收入"),
    indicator("rural", "元", "amount", "农村居民人均可支配收入", never=("脱贫县农村居民人均可支配收入",)),
    indicator("forest", "%", "ratio", "森林覆盖率"),
    indicator("grain", "吨", "amount", "粮食(总)产量"),
    indicator("students", "人", "count", "在校(学)生(人数|数)", parts=("小学", "初中")),
    indicator("schools", "所", "count", "{各级各类学校|学校总数}"),
    indicator("recruits", "人", "count", "招聘#新教师", "招聘新教师", flow=True),
    indicator("funding", "万元", "amount", "党建经费", "投入#支持党建"),
    indicator("patents", "件", "count", "专利授权(量)"),
    indicator("area", "平方米", "area", "体育场地面积"),
    indicator("per_head", "平方米", "ratio", "人均体育场地面积"),
    indicator("score", "分", "score", "中考平均分"),
    indicator("score_rank", "名", "rank", "中考{名次|排名}", rank_of=("score",)),
    indicator("branches", "个", "count", "达标(党)支部"),
    indicator(
        "branch_share",
        "%",
        "ratio",
        "达标支部占比",
        after=(After(indicators=("branches",), wordings=("占(比)",)),),
    ),
)


@lru_cache(maxsize=1)
def packs() -> Rules:
    """Our own packs."""
    return load_rules()


@lru_cache(maxsize=1)
def small() -> Rules:
    """The indicators above with the placeholder rules of our packs."""
    return Rules(indicators={one.id: one for one in INDICATORS}, placeholders=packs().placeholders)


def document(text: str | bytes, suffix: str = ".txt") -> Document:
    """What the real reader makes of a file with this text."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"报告{suffix}"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_file(path, path.name)


TITLE = "临川县2023年工作总结\n\n"


def read(text: str, *, title: str = TITLE, suffix: str = ".txt", rules: Rules | None = None) -> Reading:
    """Read a report that consists of a title and `text`."""
    return read_facts(document(title + text, suffix), rules or small())


def told(fact: Fact) -> str:
    """`gdp actual 12.5`, `gdp change/target up 5%`, with the scope behind unless it is whole."""
    role = fact.role.value
    if fact.role is Role.CHANGE:
        role += f"/{fact.of} {fact.direction}"
    value = "?" if fact.value is None else f"{fact.value:.10g}"
    value += fact.unit if fact.role is Role.CHANGE else ""
    return " ".join(
        [fact.indicator, role, value, *([fact.scope.value] if fact.scope is not Scope.WHOLE else [])]
    )


def facts(text: str, **more: Any) -> list[str]:
    """The facts of a report in this notation, in document order."""
    return [told(one) for one in read(text, **more).facts]


def status(
    text: str, wanted: str, *roles: str, not_applicable: Mapping[str, str] | None = None, **more: Any
) -> str:
    """Status of one required indicator."""
    requirement = Requirement(indicator=wanted, roles=roles or ("actual",))
    profile = ProfileRule(id="p", name=Bilingual("p", "p"), require=(requirement,))
    results = judge(read(text, **more), more.get("rules") or small(), profile, not_applicable)
    return next(one.status.value for one in results if one.id == wanted)
