"""Finds the rule packs and makes typed rules of them."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import validator
from validator.model.errors import UserError, system_reason
from validator.model.rule import Rules
from validator.rulepacks import _cache, _expressions
from validator.rulepacks._build import build_rules
from validator.rulepacks._source import Source
from validator.text.wordings import wording_heads
from validator.yamlfile.problem import nearest, problem

_FORMAT = "6"
"""Number of the form in which collections are kept; raise it when the form changes."""
_SUFFIXES = (".yaml", ".yml")


def rules_root() -> Path:
    """The folder of our packs: inside the installed package, else `rules/` of the checkout.

    Raises:
        UserError: neither is there, so the installation is broken.
    """
    package = Path(validator.__file__).resolve().parent
    for folder in (package / "_rules", package.parent / "rules"):
        if (folder / "schema" / "pack.schema.json").is_file():
            return folder
    raise UserError(
        "找不到随程序安装的规则包，请重新安装 indicator-validator",
        "the rule packs of the program are missing; install indicator-validator again",
    )


def load_rules(extra: Sequence[Path] = (), *, codes: Collection[str] = ()) -> Rules:
    """Our packs and the user's own (files or folders of .yaml files), as typed rules.

    An item of a later pack replaces the one with its id, or builds on one that it `extends`.
    `codes` are the finding codes that exist; with them, a rule or stage with an unknown code is refused.

    Raises:
        UserError: a pack is not there or wrong; one line with file, line, column and remedy.
    """
    root = rules_root()
    sources = [*_ours(root), *_theirs(extra)]
    digest = _digest(sources, (root / "schema" / "pack.schema.json").read_bytes())
    version = f"{validator.__version__}+{digest[:8]}"
    rules = _recalled(digest, version)
    if rules is None:
        from validator.rulepacks._collect import collect

        collection = collect(sources, root / "schema" / "pack.schema.json")
        collection["heads"] = _heads(collection["indicators"])
        rules = build_rules(collection, version)
        _cache.keep(digest, collection)
    if codes:
        _check_codes(rules, codes)
    _expressions.use_kept(rules)
    return rules


def _heads(indicators: Sequence[Mapping[str, Any]]) -> dict[str, tuple[str, ...]]:
    """With which characters each wording can begin: worked out once, kept with the collection."""
    wordings = [
        wording
        for one in indicators
        for wording in (
            *one["wordings"],
            *one.get("not", ()),
            *(word for after in one.get("after", ()) for word in after["wordings"]),
        )
    ]
    return {wording: wording_heads(wording) for wording in wordings}


def _recalled(digest: str, version: str) -> Rules | None:
    kept = _cache.recall(digest)
    if kept is None:
        return None
    try:
        return build_rules(kept, version)
    except (AttributeError, KeyError, LookupError, TypeError, ValueError):
        return None


def _ours(root: Path) -> Iterator[Source]:
    for path in sorted(root.rglob("*.yaml"), key=lambda path: path.relative_to(root).as_posix()):
        yield Source(shown=f"rules/{path.relative_to(root).as_posix()}", data=path.read_bytes())


def _theirs(extra: Sequence[Path]) -> Iterator[Source]:
    for layer, given in enumerate(extra, start=1):
        for path in _pack_files(given):
            shown = path.as_posix()
            try:
                data = path.read_bytes()
            except OSError as error:
                reason = system_reason(error)
                raise problem(
                    shown, None, f"规则包读不出来（{reason.zh}）", f"cannot be read ({reason.en})"
                ) from None
            yield Source(shown=shown, data=data, layer=layer)


def _pack_files(given: Path) -> list[Path]:
    if given.is_file():
        return [given]
    shown = given.as_posix()
    if not given.is_dir():
        raise problem(shown, None, "没有这个规则包，请检查路径", "no such rule pack; check the path")
    found = [path for path in given.rglob("*") if path.suffix.lower() in _SUFFIXES and path.is_file()]
    if not found:
        raise problem(shown, None, "文件夹里没有 .yaml 规则包", "the folder holds no .yaml rule pack")
    return sorted(found, key=lambda path: path.relative_to(given).as_posix())


def _digest(sources: Sequence[Source], schema: bytes) -> str:
    digest = hashlib.sha256(f"{_FORMAT}\0{validator.__version__}\0".encode())
    pieces = [piece for one in sources for piece in (f"{one.layer}\0{one.shown}".encode(), one.data)]
    for part in (schema, *pieces):
        digest.update(f"{len(part)}\0".encode())
        digest.update(part)
    return digest.hexdigest()[:32]


def _check_codes(rules: Rules, codes: Collection[str]) -> None:
    families = {code[:3] for code in codes}
    used = [(one.place, one.code) for one in rules.placeholders if one.code]
    used += [(one.place, one.code) for one in rules.banned if one.code]
    for profile in rules.profiles.values():
        used += [(profile.place, code) for stage in profile.stages.values() for code in stage]
    for place, code in used:
        if code not in codes and code not in families:
            zh, en = nearest(code, sorted(codes))
            raise problem(place, None, f"未知的问题代码“{code}”{zh}", f"unknown finding code '{code}'{en}")
