"""Checks a YAML file against a JSON Schema and says what is wrong in the author's terms."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from validator.model.errors import UserError
from validator.yamlfile.problem import Marks, Path, nearest

_TYPES = {
    "string": ("文字", "text"),
    "number": ("数字", "a number"),
    "integer": ("整数", "an integer"),
    "boolean": ("true 或 false", "true or false"),
    "array": ("列表", "a list"),
    "object": ("“键: 值”的组合", "a mapping"),
    "null": ("null", "null"),
}


def check(data: Any, marks: Marks, schema: Mapping[str, Any]) -> None:
    """Check the plain value of one file.

    Raises:
        UserError: for the first thing in the file that the schema does not allow.
    """
    from jsonschema import Draft202012Validator

    errors = list(Draft202012Validator(schema).iter_errors(data))
    misspelt = {tuple(one.absolute_path) for one in errors if one.validator == "additionalProperties"}
    # A key that is missing may well be there, misspelt: the unknown key is what helps.
    errors = [
        one for one in errors if one.validator != "required" or tuple(one.absolute_path) not in misspelt
    ]
    if errors:
        raise min((_told(one, marks) for one in errors), key=lambda one: one[0])[1]


def _told(error: Any, marks: Marks) -> tuple[tuple[int, int, str], UserError]:
    while error.validator in ("anyOf", "oneOf") and error.context:
        error = min(error.context, key=lambda one: (-len(one.absolute_path), one.validator == "type"))
    path: Path = tuple(error.absolute_path)
    about_a_key = "propertyNames" in error.absolute_schema_path
    tell = _bad_key if about_a_key else _TELLERS.get(str(error.validator), _other)
    path, key, zh, en = tell(error, path)
    line, column = marks.at(path, key=key)
    return (line, column, en), marks.error(path, zh, en, key=key)


Told = tuple[Path, bool, str, str]


def _unknown_key(error: Any, path: Path) -> Told:
    known = list(error.schema.get("properties", ()))
    name = next(one for one in error.instance if one not in known)
    zh, en = nearest(name, known)
    zh, en = zh or f"，可用的有 {'、'.join(known)}", en or f"; there are {', '.join(known)}"
    return (*path, name), True, f"未知的键“{name}”{zh}", f"unknown key '{name}'{en}"


def _bad_key(error: Any, path: Path) -> Told:
    name = str(error.instance)
    form = error.validator_value
    return (*path, name), True, f"键“{name}”不合规定（{form}）", f"key '{name}' is not in the form {form}"


def _missing(error: Any, path: Path) -> Told:
    names = [one for one in error.validator_value if one not in error.instance]
    head = f"“{error.instance['id']}”" if isinstance(error.instance.get("id"), str) else ""
    lead = f"'{error.instance['id']}': " if head else ""
    zh = f"{head}缺少键“{'”、“'.join(names)}”，请补上"
    return path, False, zh, f"{lead}missing key {', '.join(names)}; add it"


def _wrong_type(error: Any, path: Path) -> Told:
    wanted = _listed(error.validator_value)
    zh = "或".join(_TYPES[one][0] for one in wanted)
    en = " or ".join(_TYPES[one][1] for one in wanted)
    name, value = _name(path), _shown(error.instance)
    if "string" in wanted and isinstance(error.instance, bool | int | float):
        value_zh, value_en = f"{value}，请加引号", f"{value}; put it into quotes"
    else:
        value_zh = value_en = value
    return path, False, f"“{name}”应为{zh}，写的是 {value_zh}", f"'{name}' must be {en}, not {value_en}"


def _wrong_choice(error: Any, path: Path) -> Told:
    known = [str(one) for one in _listed(error.validator_value)]
    zh, en = nearest(error.instance, known)
    zh, en = zh or f"，应为 {'、'.join(known)} 之一", en or f"; use one of {', '.join(known)}"
    name, value = _name(path), _shown(error.instance)
    return path, False, f"“{name}”不能是 {value}{zh}", f"'{name}' cannot be {value}{en}"


def _wrong_form(error: Any, path: Path) -> Told:
    name, value, form = _name(path), _shown(error.instance), error.validator_value
    return (
        path,
        False,
        f"“{name}”的写法 {value} 不合规定（{form}）",
        f"'{name}' {value} is not in the form {form}",
    )


def _empty(error: Any, path: Path) -> Told:
    least = error.validator_value
    zh = f"“{_name(path)}”是空的或不足 {least} 项，请补上"
    return path, False, zh, f"'{_name(path)}' is empty or has fewer than {least}; add what is missing"


def _too_many(error: Any, path: Path) -> Told:
    most = error.validator_value
    return path, False, f"“{_name(path)}”最多 {most} 项", f"'{_name(path)}' has more than {most} items"


def _other(error: Any, path: Path) -> Told:
    name = _name(path)
    return path, False, f"“{name}”不合规定：{error.message}", f"'{name}' is not allowed: {error.message}"


_TELLERS = {
    "additionalProperties": _unknown_key,
    "pattern": _wrong_form,
    "required": _missing,
    "type": _wrong_type,
    "enum": _wrong_choice,
    "const": _wrong_choice,
    "minItems": _empty,
    "minLength": _empty,
    "minProperties": _empty,
    "maxItems": _too_many,
}


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _name(path: Path) -> str:
    return next((str(one) for one in reversed(path) if isinstance(one, str)), "pack")


def _shown(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 40 else text[:39] + "…"
