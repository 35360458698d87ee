"""Checks a pack against the JSON Schema of its kind."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path as FilePath
from typing import Any

from validator.yamlfile import schema as schemas
from validator.yamlfile.problem import Marks, nearest


@lru_cache(maxsize=2)
def _schema(path: FilePath) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def kinds(schema: FilePath) -> tuple[str, ...]:
    """The kinds of packs that the schema knows."""
    return tuple(_schema(schema)["properties"]["pack"]["enum"])


def check(data: Any, marks: Marks, schema: FilePath) -> None:
    """Check one pack.

    Raises:
        UserError: for the first thing in the file that the schema does not allow.
    """
    if not isinstance(data, dict):
        raise marks.error(
            (),
            "规则包是空的或不是“键: 值”，开头应写“pack: indicators”",
            "empty or no mapping; begin with 'pack: indicators'",
        )
    known = kinds(schema)
    if "pack" not in data:
        zh, en = (
            f"缺少键“pack”，应写 {'、'.join(known)} 之一",
            f"missing key 'pack'; write one of {', '.join(known)}",
        )
        raise marks.error((), zh, en)
    kind = data["pack"]
    if kind not in known:
        zh, en = nearest(kind, known)
        zh, en = zh or f"，应为 {'、'.join(known)}", en or f"; use one of {', '.join(known)}"
        raise marks.error(("pack",), f"未知的规则包种类“{kind}”{zh}", f"unknown kind of pack '{kind}'{en}")
    used = {"$defs": _schema(schema)["$defs"], "$ref": f"#/$defs/{kind}_pack"}
    schemas.check(data, marks, used)
