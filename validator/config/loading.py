"""Finds `validator.yaml`, reads it and checks it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from validator.model.config import Config, Ignore, Origin, PathRule
from validator.model.errors import UserError, system_reason
from validator.model.rule import Rules
from validator.yamlfile import parsing, schema
from validator.yamlfile.conflict import refuse_conflict
from validator.yamlfile.problem import Marks, nearest, problem

NAME = "validator.yaml"
_WRONG_NAMES = ("validator.yml", ".validator.yaml", ".validator.yml")
_LISTS = ("reports", "paths", "ignore")


def find_config(start: Path) -> Path | None:
    """The `validator.yaml` of the folder of `start` or the nearest one above, up to the repository's top.

    Raises:
        UserError: a file is there under a name that looks right and would not be read.
    """
    try:
        folder = start.resolve()
    except OSError:
        return None
    for one in (folder, *folder.parents):
        if (one / NAME).is_file():
            return one / NAME
        for wrong in _WRONG_NAMES:
            if (one / wrong).is_file():
                path = shown(one / wrong)
                raise UserError(f"{path}：配置文件应叫 {NAME}，请改名", f"{path}: rename the file to {NAME}")
        if (one / ".git").exists():
            return None
    return None


def load_config(path: Path, schema_file: Path) -> Config:
    """The configuration in a file.

    Raises:
        UserError: the file cannot be read or is wrong; one line with file, line, column and remedy.
    """
    name = shown(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        why = system_reason(error)
        raise problem(name, None, f"配置读不出来（{why.zh}）", f"cannot be read ({why.en})") from None
    refuse_conflict(data, name)
    raw, marks = parsing.parse(data, name)
    raw = {} if raw is None else raw
    if not isinstance(raw, dict):
        raise marks.error(
            (), "配置应为“键: 值”，例如 stage: review", "not a mapping; write e.g. stage: review"
        )
    schema.check(raw, marks, json.loads(schema_file.read_text("utf-8")))
    return _config(raw, marks, path)


def check_config(config: Config, rules: Rules, codes: Mapping[str, object]) -> None:
    """See that every profile, indicator and code that the configuration names is there.

    Raises:
        UserError: for the first one that is not.
    """
    families = {code[:3] for code in codes}
    known = {
        "profile": (rules.profiles, "要求清单", "profile"),
        "not_applicable": (rules.indicators, "指标", "indicator"),
        "severity": ({*codes, *families}, "问题代码", "finding code"),
    }
    for key, origin in _all_values(config):
        if key not in known:
            continue
        there, zh, en = known[key]
        for name in [origin.value] if key == "profile" else origin.value:
            if name not in there:
                _unknown(origin.place, name, there, zh, en)
    for one in config.ignore:
        for code in one.codes:
            if code not in codes and code not in families:
                _unknown(one.place, code, {*codes, *families}, "问题代码", "finding code")


def shown(path: Path) -> str:
    """A path as a user would type it here: relative where it lies below the current folder."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except (OSError, ValueError):
        return path.as_posix()


def _all_values(config: Config) -> Iterator[tuple[str, Origin]]:
    yield from config.values.items()
    for one in config.paths:
        yield from one.values.items()


def _unknown(place: str, name: str, known: Any, zh: str, en: str) -> None:
    near_zh, near_en = nearest(name, sorted(known))
    raise problem(place, None, f"没有这个{zh}：{name}{near_zh}", f"no such {en}: {name}{near_en}")


def _config(raw: Mapping[str, Any], marks: Marks, path: Path) -> Config:
    def origins(values: Mapping[str, Any], *way: str | int) -> dict[str, Origin]:
        return {key: Origin(value=value, place=marks.line((*way, key))) for key, value in values.items()}

    for index, one in enumerate(raw.get("paths", ())):
        if len(one) == 1:
            zh, en = (
                "这一条只有 files，没有规定任何设置",
                "nothing is set for these files; add e.g. stage: draft",
            )
            raise marks.error(("paths", index, "files"), zh, en)
    reports = raw.get("reports", {})
    return Config(
        file=marks.shown,
        folder=path.resolve().parent.as_posix(),
        include=tuple(reports.get("include", ())),
        exclude=tuple(reports.get("exclude", ())),
        include_place=marks.line(("reports", "include")),
        exclude_place=marks.line(("reports", "exclude")),
        values=origins({key: value for key, value in raw.items() if key not in _LISTS}),
        paths=tuple(
            PathRule(
                match=tuple(one["files"]),
                values={k: v for k, v in origins(one, "paths", index).items() if k != "files"},
                place=marks.line(("paths", index)),
            )
            for index, one in enumerate(raw.get("paths", ()))
        ),
        ignore=tuple(
            Ignore(
                match=tuple(one["files"]),
                codes=tuple(one["codes"]),
                reason=one["reason"],
                place=marks.line(("ignore", index)),
            )
            for index, one in enumerate(raw.get("ignore", ()))
        ),
    )
