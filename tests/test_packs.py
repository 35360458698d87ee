"""Our own packs: complete, well formed, and with wordings that cannot match by accident."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from validator.model.rule import Rules
from validator.pipeline import Options, choose_profile
from validator.rulepacks import load_rules, rules_root
from validator.text.fold import fold_word
from validator.text.wordings import expand

CATALOGUE = {
    "party": """branches_standardised branches_standardised_share branches_applied branches_to_rectify funding
        two_star_branches three_star_branches""",
    "education": """students_enrolled new_students kindergarten_children schools full_time_teachers new_places
        preschool_gross_enrolment_rate inclusive_kindergarten_coverage public_kindergarten_share
        compulsory_retention_rate senior_gross_enrolment_rate gaokao_tier1_count gaokao_undergraduate_count
        gaokao_rank zhongkao_mean_score zhongkao_rank academic_test_pass_rate construction_investment
        special_bonds campus_network_funding teachers_recruited teachers_self_recruited teachers_introduced
        teachers_lost vocational_tasks campus_culture_investment training_base_investment vocational_land
        public_spending schools_to_expand principal_allowance""",
    "science": """hightech_applied hightech_expected hightech_total hightech_new tech_smes rd_firms
        innovative_firm_share industrial_rd_expenditure hightech_value_added_share rd_expenditure rd_gdp_ratio
        city_projects provincial_projects economy_projects patents_granted invention_patents_per_10k
        tech_contracts""",
    "sports": """venue_area venue_area_per_capita village_fitness_coverage public_venue_opening_rate
        school_venue_opening_rate organisations_per_10k instructors_per_1k mass_sports_funding_per_capita
        regular_exercise_share fitness_pass_rate""",
    "economy": """gdp fiscal_revenue industrial_value_added_growth fixed_investment_growth retail_sales
        urban_income rural_income urban_jobs urbanisation_rate grain_output""",
    "environment": "good_air_days_share forest_coverage",
}
IDS = {f"{domain}.{name}" for domain, names in CATALOGUE.items() for name in names.split()}
NOT_REQUIRED = {
    "education": """kindergarten_children schools full_time_teachers preschool_gross_enrolment_rate
        inclusive_kindergarten_coverage public_kindergarten_share compulsory_retention_rate
        senior_gross_enrolment_rate gaokao_undergraduate_count academic_test_pass_rate
        campus_culture_investment vocational_land public_spending""",
    "science": "hightech_total rd_expenditure patents_granted invention_patents_per_10k tech_contracts",
    "sports": "regular_exercise_share fitness_pass_rate",
}
REQUIRED = {one for one in IDS if one.partition(".")[0] not in ("economy", "environment")} - {
    f"{domain}.{name}" for domain, names in NOT_REQUIRED.items() for name in names.split()
}
TWO_CHARACTERS = "招生 固投 社零 高企 校建 东扩 南扩 西扩 北扩 东拓 南拓 西拓 北拓 扩展 扩征 新征"
"""Wordings so short that they stand only beside a number of a fitting unit."""


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Rules:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VALIDATOR_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
        return load_rules()


def test_the_catalogue_is_complete(rules: Rules) -> None:
    assert len(IDS) == 77
    assert set(rules.indicators) == IDS


def test_what_a_county_must_report(rules: Rules) -> None:
    profile = rules.profiles["county_annual"]
    assert len(REQUIRED) == 45
    assert {one.indicator for one in profile.require} == REQUIRED
    assert len(profile.require) == 45
    roles = {one.indicator: one.roles for one in profile.require if one.roles != ("actual",)}
    assert roles == {
        "science.hightech_new": ("target",),
        "science.tech_smes": ("target",),
        "education.schools_to_expand": ("target", "actual"),
        "education.principal_allowance": ("target", "actual"),
    }


@pytest.mark.parametrize(
    ("title", "profile"),
    [
        ("临川县教科体局2024年工作总结", "county_annual"),
        ("临川县教科体局2024年上半年工作总结", None),
        ("临川县教科体局2024年第一季度工作总结", None),
        ("临川县教科体局校园安全专项工作总结", None),
        ("2024年教育体育工作情况汇报", None),
        ("教育科技体育事业发展统计公报", "county_annual"),
        ("2024年临川县教育、科技和体育事业统计公报", "county_annual"),
        ("2024年教育体育和科学技术工作情况汇报", "county_annual"),
        ("临川县2025年政府工作报告", "gov_annual"),
        ("关于召开春季运动会的通知", None),
    ],
)
def test_titles_choose_a_profile(rules: Rules, title: str, profile: str | None) -> None:
    chosen = choose_profile(title, "report.txt", rules, Options())
    assert (chosen.id if chosen else None) == profile


def test_growth_alone_satisfies_where_it_is_usual(rules: Rules) -> None:
    roles = {one.indicator: one.roles for one in rules.profiles["gov_annual"].require}
    assert "change" in roles["economy.gdp"]
    assert {"economy.urban_jobs", "environment.forest_coverage", "science.rd_gdp_ratio"} <= set(roles)


@pytest.mark.parametrize("identifier", sorted(IDS))
def test_every_indicator_is_told_in_full(rules: Rules, identifier: str) -> None:
    one = rules.indicators[identifier]
    assert re.search("[\u4e00-\u9fff]", one.name.zh)
    assert re.search("[a-z]", one.name.en)
    for word in (one.section, one.owner, one.how, one.source):
        assert re.search("[\u4e00-\u9fff]", word)
    assert one.range != (None, None)
    assert re.search("[0-9]", one.how)
    assert one.growth == (
        identifier in ("economy.industrial_value_added_growth", "economy.fixed_investment_growth")
    )
    assert (one.unit == "名") == (one.kind == "rank")
    assert one.unit != "%" or one.kind == "ratio"


@pytest.mark.parametrize("identifier", sorted(IDS))
def test_every_indicator_has_examples_of_both_kinds(rules: Rules, identifier: str) -> None:
    examples = rules.indicators[identifier].examples
    assert any(expected.get("value") is not None for one in examples for expected in one.expect)
    assert any(not one.expect or "status" in one.expect[0] for one in examples)
    assert len({one.text for one in examples}) == len(examples) >= 2


@pytest.mark.parametrize("identifier", sorted(IDS))
def test_example_values_are_plausible_and_in_the_text(rules: Rules, identifier: str) -> None:
    indicator = rules.indicators[identifier]
    low, high = indicator.range
    for example in indicator.examples:
        for expected in example.expect:
            value: Any = expected.get("value")
            if value is None:
                continue
            assert re.search("[0-9]", example.text)
            if expected.get("role") != "change":
                assert low is None or value >= low
                assert high is None or value <= high


@pytest.mark.parametrize("identifier", sorted(IDS))
def test_no_wording_is_so_short_that_it_matches_by_accident(rules: Rules, identifier: str) -> None:
    indicator = rules.indicators[identifier]
    for wording in indicator.wordings:
        for variant in expand(wording):
            plain = re.sub("[*#]", "", fold_word(variant))
            assert len(plain) >= 2, wording
            assert len(plain) >= 3 or plain in TWO_CHARACTERS, wording


def test_no_two_indicators_share_a_wording(rules: Rules) -> None:
    owner: dict[str, str] = {}
    for one in rules.indicators.values():
        for wording in one.wordings:
            for variant in expand(wording):
                if variant.startswith("城乡"):
                    continue  # one name for both, urban and rural
                assert owner.setdefault(fold_word(variant), one.id) == one.id, variant


def test_no_indicator_forbids_its_own_name(rules: Rules) -> None:
    for one in rules.indicators.values():
        own = {fold_word(variant) for wording in one.wordings for variant in expand(wording)}
        for wording in one.never:
            variants = {fold_word(variant) for variant in expand(wording)}
            assert not variants & own, wording
            assert min(map(len, variants)) >= 3, wording


def test_schema_describes_every_key_in_both_languages() -> None:
    schema = json.loads((rules_root() / "schema" / "pack.schema.json").read_text(encoding="utf-8"))
    silent = []

    def walk(node: Any, path: str) -> None:
        if isinstance(node, dict):
            for name, sub in node.get("properties", {}).items():
                if path.endswith(("if", "anyOf")):
                    continue
                text = sub.get("description") or schema["$defs"].get(
                    sub.get("$ref", "").rpartition("/")[2], {}
                ).get("description", "")
                if " / " not in text or not re.search("[\u4e00-\u9fff]", text):
                    silent.append(f"{path}.{name}")
            for key, sub in node.items():
                if key not in ("if", "not", "then", "else", "allOf"):
                    walk(sub, f"{path}/{key}")

    walk(schema, "")
    assert silent == []


def test_schema_itself_is_sound() -> None:
    from jsonschema import Draft202012Validator

    schema = json.loads((rules_root() / "schema" / "pack.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("path", sorted(rules_root().rglob("*.yaml")), ids=lambda path: path.name)
def test_every_pack_points_editors_to_the_schema(path: Path) -> None:
    head = path.read_text(encoding="utf-8").partition("\n")[0]
    found = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", head)
    assert found
    assert (path.parent / found[1]).resolve() == rules_root() / "schema" / "pack.schema.json"


README = (rules_root() / "README.md").read_text(encoding="utf-8")


def test_packs_in_the_readme_load(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VALIDATOR_CACHE_DIR", str(tmp_path / "cache"))
    blocks = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)
    assert len(blocks) == 3
    for number, block in enumerate(blocks):
        (tmp_path / f"{number}.yaml").write_text(block, encoding="utf-8")
        assert load_rules([tmp_path / f"{number}.yaml"]).indicators


def test_the_readme_names_every_key_of_an_indicator_in_both_languages() -> None:
    schema = json.loads((rules_root() / "schema" / "pack.schema.json").read_text(encoding="utf-8"))
    for half in README.split("\n---\n"):
        for key in schema["$defs"]["indicator"]["properties"]:
            assert f"`{key}`" in half or f"`{key}: " in half, key
