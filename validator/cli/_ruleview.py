"""Rules as text: the list of all, and everything about one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from validator.cli._base import Session
from validator.text.width import pad, width

if TYPE_CHECKING:
    from validator.model.rule import BannedRule, Example, Indicator, PlaceholderRule, Profile, Rules


def shown_ids(rules: Rules) -> tuple[str, ...]:
    """Ids of everything that can be shown, sorted."""
    leftovers = (one.id for one in _leftovers(rules))
    relations = (one.id for one in rules.consistency)
    return tuple(sorted({*rules.indicators, *rules.profiles, *leftovers, *relations}))


def _leftovers(rules: Rules) -> tuple[PlaceholderRule | BannedRule, ...]:
    return (*rules.placeholders, *rules.banned)


def list_lines(rules: Rules, session: Session) -> Iterator[str]:
    """All rules by pack with their counts, profiles last."""
    packs: dict[str, list[tuple[str, str]]] = {}
    lang = session.lang
    for indicator in rules.indicators.values():
        about = f"{indicator.name.get(lang)}{session.say('，', ', ')}{indicator.unit}".rstrip("，, ")
        packs.setdefault(_pack(indicator.place), []).append((indicator.id, about))
    for rule in _leftovers(rules):
        about = f"{rule.code}  {_allow(rule, session)}{rule.note.get(lang)}"
        packs.setdefault(_pack(rule.place), []).append((rule.id, about))
    for relation in rules.consistency:
        packs.setdefault(_pack(relation.place), []).append((relation.id, relation.note.get(lang)))
    for profile in rules.profiles.values():
        count = len(profile.require)
        about = profile.name.get(lang) + session.say(f"，应报 {count} 项", f", {count} required")
        packs.setdefault(_pack(profile.place), []).append((profile.id, about))
    for pack, rows in packs.items():
        yield session.say(f"{pack}（{len(rows)} 条）", f"{pack} ({len(rows)})")
        room = max(width(name) for name, _ in rows)
        yield from (f"  {pad(name, room)}  {about}" for name, about in rows)
        yield ""
    total = len(rules.indicators) + len(rules.placeholders) + len(rules.banned) + len(rules.consistency)
    yield session.say(
        f"共 {total} 条规则，{len(rules.profiles)} 份要求清单",
        f"{total} rules, {len(rules.profiles)} profiles",
    )


def show_lines(rules: Rules, asked: str, session: Session) -> Iterator[str]:
    """Everything about one rule; several may share an id across kinds."""
    if asked in rules.indicators:
        yield from _indicator(rules.indicators[asked], rules, session)
    if asked in rules.profiles:
        yield from _profile(rules.profiles[asked], rules, session)
    for rule in _leftovers(rules):
        if rule.id == asked:
            yield from _leftover(rule, session)
    for relation in rules.consistency:
        if relation.id == asked:
            yield f"{relation.id}  {relation.note.get(session.lang)}"
            yield f"  {relation.claim} {relation.relation} {relation.expression}"
            yield from _examples(relation.examples, session)
            yield from _field(session.say("定义在", "defined in"), relation.place)


def _indicator(one: Indicator, rules: Rules, session: Session) -> Iterator[str]:
    lang, say = session.lang, session.say
    yield f"{one.id}  {one.name.get(lang)}"
    yield from _field(say("单位", "unit"), one.unit)
    yield from _field(say("类型", "kind"), one.kind)
    low, high = one.range
    if low is not None or high is not None:
        yield from _field(say("合理范围", "range"), f"{_bound(low)} – {_bound(high)} {one.unit}")
    yield from _field(say("应写在", "section"), one.section)
    yield from _field(say("问谁", "owner"), one.owner)
    yield from _field(say("写法", "how"), one.how)
    yield from _field(say("依据", "source"), one.source)
    required = [p.id for p in rules.profiles.values() if any(r.indicator == one.id for r in p.require)]
    yield from _field(say("谁要求报", "required by"), ", ".join(required))
    yield from _list(say("算提到的说法", "wordings"), one.wordings)
    yield from _list(say("不算的说法", "not"), one.never)
    for after in one.after:
        named = ", ".join(after.indicators)
        yield from _list(say(f"紧跟在 {named} 之后时也算", f"also directly after {named}"), after.wordings)
    yield from _examples(one.examples, session)
    yield from _field(say("定义在", "defined in"), one.place)


def _profile(one: Profile, rules: Rules, session: Session) -> Iterator[str]:
    lang, say = session.lang, session.say
    yield f"{one.id}  {one.name.get(lang)}"
    yield from _list(say("标题是这样的报告", "titles"), one.titles)
    yield from _list(say("放在这里的报告", "paths"), one.paths)
    rows = []
    for need in one.require:
        rule = rules.indicators.get(need.indicator)
        name = rule.name.get(lang) if rule else ""
        roles = "" if need.roles == ("actual",) else f" [{', '.join(need.roles)}]"
        rows.append(f"{need.indicator}  {name}{roles}")
    yield from _list(say(f"应报 {len(rows)} 项", f"{len(rows)} required"), rows)
    for stage, grades in one.stages.items():
        yield from _field(
            say(f"阶段 {stage}", f"stage {stage}"), ", ".join(f"{k}={v.value}" for k, v in grades.items())
        )
    yield from _field(say("定义在", "defined in"), one.place)


def _leftover(one: PlaceholderRule | BannedRule, session: Session) -> Iterator[str]:
    say = session.say
    yield f"{one.id}  {one.code}  {_allow(one, session)}{one.note.get(session.lang)}"
    yield from _list(say("式样", "patterns"), [pattern.expression for pattern in one.patterns])
    yield from _examples(one.examples, session)
    yield from _field(say("定义在", "defined in"), one.place)


def _examples(examples: Sequence[Example], session: Session) -> Iterator[str]:
    rows = []
    for one in examples:
        expected = "; ".join(", ".join(f"{k}={v}" for k, v in want.items()) for want in one.expect)
        rows.append(f"{one.text}  => {expected or session.say('没有', 'nothing')}")
    yield from _list(session.say("例子", "examples"), rows)


def _allow(rule: PlaceholderRule | BannedRule, session: Session) -> str:
    return session.say("（例外）", "(exception) ") if rule.allow else ""


def _field(label: str, value: str) -> Iterator[str]:
    if value:
        yield f"  {pad(label, 12)} {value}"


def _list(label: str, values: Sequence[str]) -> Iterator[str]:
    if values:
        yield f"  {label}"
        yield from (f"    {value}" for value in values)


def _bound(value: float | None) -> str:
    return "…" if value is None else f"{value:,.12g}"


def _pack(place: str) -> str:
    """The file of `file:line`."""
    head, _, tail = place.rpartition(":")
    return head if head and tail.isdigit() else place
