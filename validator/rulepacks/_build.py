"""From the plain collection to typed rules. No checks: the collection has passed them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from validator.model.rule import (
    After,
    BannedRule,
    ConsistencyRule,
    Example,
    Indicator,
    Pattern,
    PlaceholderRule,
    Profile,
    Requirement,
    Rules,
)
from validator.model.words import Bilingual, Severity

Plain = Mapping[str, Any]


def build_rules(collection: Mapping[str, Any], version: str) -> Rules:
    """Typed rules of a collection."""
    return Rules(
        indicators={one["id"]: _indicator(one) for one in collection["indicators"]},
        placeholders=tuple(_placeholder(one) for one in collection["placeholders"]),
        banned=tuple(_banned(one) for one in collection["banned"]),
        consistency=tuple(_consistency(one) for one in collection["consistency"]),
        profiles={one["id"]: _profile(one) for one in collection["profiles"]},
        heads={wording: tuple(heads) for wording, heads in collection["heads"].items()},
        version=version,
    )


def _text(value: str | Mapping[str, str]) -> Bilingual:
    if isinstance(value, str):
        return Bilingual(value, value)
    return Bilingual(value["zh"], value.get("en", value["zh"]))


def _examples(raw: Plain) -> tuple[Example, ...]:
    found = []
    for one in raw.get("examples", ()):
        expect = one["expect"] if "expect" in one else [{"find": text} for text in one["find"]]
        found.append(
            Example(
                text=one["text"], expect=tuple(expect), section=one.get("section", ""), place=raw["place"]
            )
        )
    return tuple(found)


def _indicator(raw: Plain) -> Indicator:
    low, high = raw.get("range", (None, None))
    return Indicator(
        id=raw["id"],
        name=_text(raw["name"]),
        wordings=tuple(raw["wordings"]),
        unit=raw["unit"],
        kind=raw["kind"],
        never=tuple(raw.get("not", ())),
        after=tuple(
            After(indicators=tuple(one["indicators"]), wordings=tuple(one["wordings"]))
            for one in raw.get("after", ())
        ),
        rank_of=tuple(raw.get("rank_of", ())),
        parts=tuple(raw.get("parts", ())),
        flow=raw.get("flow", False),
        growth=raw.get("growth", False),
        constant_price=raw.get("constant_price", False),
        range=(low, high),
        section=raw.get("section", ""),
        owner=raw.get("owner", ""),
        how=raw.get("how", ""),
        source=raw.get("source", ""),
        examples=_examples(raw),
        excused=raw.get("excused", {}),
        place=raw["place"],
    )


def _patterns(raw: Plain) -> tuple[Pattern, ...]:
    return tuple(Pattern(expression=one, triggers=tuple(triggers)) for one, triggers in raw["compiled"])


def _placeholder(raw: Plain) -> PlaceholderRule:
    return PlaceholderRule(
        id=raw["id"],
        code=raw.get("code", ""),
        allow=raw.get("allow", False),
        patterns=_patterns(raw),
        note=_text(raw["note"]),
        formats=tuple(raw.get("formats", ())),
        examples=_examples(raw),
        excused=raw.get("excused", {}),
        place=raw["place"],
    )


def _banned(raw: Plain) -> BannedRule:
    return BannedRule(
        id=raw["id"],
        code=raw.get("code", ""),
        allow=raw.get("allow", False),
        strength=raw.get("strength", "sure"),
        extend=raw.get("extend", "match"),
        patterns=_patterns(raw),
        note=_text(raw["note"]),
        obfuscated=raw.get("obfuscated", False),
        examples=_examples(raw),
        excused=raw.get("excused", {}),
        place=raw["place"],
    )


def _consistency(raw: Plain) -> ConsistencyRule:
    return ConsistencyRule(
        id=raw["id"],
        note=_text(raw["note"]),
        claim=raw["claim"],
        relation=raw["relation"],
        expression=raw["from"],
        examples=tuple(
            Example(text=one["text"], expect=({"verdict": one["verdict"]},), place=raw["place"])
            for one in raw["examples"]
        ),
        excused=raw.get("excused", {}),
        place=raw["place"],
    )


def _profile(raw: Plain) -> Profile:
    applies = raw.get("applies", {})
    return Profile(
        id=raw["id"],
        name=_text(raw["name"]),
        require=tuple(_requirement(one) for one in raw["require"]),
        titles=tuple(applies.get("titles", ())),
        except_titles=tuple(applies.get("except", ())),
        paths=tuple(applies.get("paths", ())),
        stages={
            stage: {code: Severity(severity) for code, severity in grades.items()}
            for stage, grades in raw.get("stages", {}).items()
        },
        place=raw["place"],
    )


def _requirement(raw: str | Plain) -> Requirement:
    if isinstance(raw, str):
        return Requirement(indicator=raw)
    role = raw.get("role", "actual")
    return Requirement(
        indicator=raw["id"],
        roles=(role,) if isinstance(role, str) else tuple(role),
        companions=tuple(raw.get("with", ())),
    )
