"""YAML without its traps, and with the place of everything.

`no`, `12:30`, `010` and `2024-01-01` stay text; only true/false, decimal numbers and null are typed.
A key that stands twice is refused, as are tags that would make objects.
"""

from __future__ import annotations

from typing import Any

from validator.model.errors import UserError
from validator.text.lazy import lazy
from validator.yamlfile.problem import Marks, Path, problem

_INTEGER = lazy(r"-?(?:0|[1-9][0-9]{0,17})")
_FLOAT = lazy(r"-?(?:0|[1-9][0-9]{0,17})\.[0-9]{1,17}")
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}
_PLAIN_TAGS = ("str", "int", "float", "bool", "null", "timestamp", "merge", "value", "map", "seq")
_MAX_NODES = 200_000
_MAX_DEPTH = 30
# A sign in the parser's own words, then the remedy in both languages.
_REMEDIES = (
    (
        "mapping values are not allowed",
        "这里不能有冒号；值里有冒号时请把整个值放进引号",
        "no colon is allowed here; put a value with a colon into quotes",
    ),
    (
        "could not find expected ':'",
        "这一行缺少冒号，应写半角冒号加空格",
        "this line lacks a ': ' after its key",
    ),
    ("undefined alias", "以 * 开头的值要放进引号", "put a value that begins with * into quotes"),
    ("cannot start any token", "这个字符开头的值要放进引号", "put a value that begins with this into quotes"),
    ("another document", "一个文件只能有一份内容，请删去“---”", "a file holds one document; remove '---'"),
    ("special characters", "文件里有控制字符，请删去", "the file has control characters; remove them"),
)


def parse(data: bytes, shown: str) -> tuple[Any, Marks]:
    """The plain value of a YAML file, and where everything in it stands.

    Raises:
        UserError: not UTF-8, broken YAML, a key twice, a tag, or a file that is too large.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        zh, en = "文件不是 UTF-8 编码，请另存为 UTF-8", "not UTF-8; save the file as UTF-8"
        raise problem(shown, (line, 1), zh, en) from None
    return _Walk(shown).document(text)


class _Walk:
    """Turns nodes into values and notes where each stands."""

    def __init__(self, shown: str) -> None:
        self.shown = shown
        self.values: dict[Path, tuple[int, int]] = {}
        self.keys: dict[Path, tuple[int, int]] = {}
        self.nodes = 0

    def document(self, text: str) -> tuple[Any, Marks]:
        import yaml

        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        try:
            node = yaml.compose(text, Loader=loader)
        except yaml.YAMLError as error:
            raise self.broken(error, text) from None
        value = None if node is None else self.value(node, ())
        return value, Marks(shown=self.shown, values=self.values, keys=self.keys)

    def broken(self, error: Exception, text: str) -> UserError:
        reason = str(getattr(error, "problem", None) or getattr(error, "reason", None) or error)
        mark = getattr(error, "problem_mark", None)
        if mark is None or "expected ':'" in reason:
            mark = getattr(error, "context_mark", None) or mark
        zh, en = "缩进、括号或引号不配对", "the indent, a bracket or a quote does not match"
        for sign, chinese, english in _REMEDIES:
            if sign in reason:
                zh, en = chinese, english
                break
        if mark and _line(text, mark.line)[mark.column : mark.column + 1] == "\t":
            zh, en = "缩进用了制表符（Tab），请改用空格", "a tab is used to indent; use blanks"
        place = (mark.line + 1, mark.column + 1) if mark else None
        return problem(
            self.shown, place, f"YAML 写法有误：{zh}，请对照前几行检查", f"broken YAML: {en} ({reason})"
        )

    def value(self, node: Any, path: Path) -> Any:
        place = self.values[path] = (node.start_mark.line + 1, node.start_mark.column + 1)
        self.nodes += 1
        if self.nodes > _MAX_NODES or len(path) > _MAX_DEPTH:
            raise problem(self.shown, place, "内容太多或嵌套太深", "too much content, or nested too deep")
        kind, _, name = str(node.tag).rpartition(":")
        if kind != "tag:yaml.org,2002" or name not in _PLAIN_TAGS:
            zh, en = f"不支持标签“{node.tag}”，请删去", f"tag '{node.tag}' is not supported; remove it"
            raise problem(self.shown, place, zh, en)
        if node.id == "mapping":
            return self.mapping(node, path)
        if node.id == "sequence":
            return [self.value(one, (*path, index)) for index, one in enumerate(node.value)]
        return node.value if node.style or name == "str" else _scalar(node.value)

    def mapping(self, node: Any, path: Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            place = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
            if key_node.id != "scalar":
                raise problem(self.shown, place, "键必须是文字", "a key must be text")
            key = str(key_node.value)
            if key in found:
                first = self.keys[*path, key][0]
                zh = f"键“{key}”重复，前一个在第{first}行，请删去一个"
                en = f"key '{key}' stands twice, first on line {first}; remove one"
                raise problem(self.shown, place, zh, en)
            self.keys[*path, key] = place
            found[key] = self.value(value_node, (*path, key))
        return found


def _line(text: str, number: int) -> str:
    return next(iter(text.split("\n")[number : number + 1]), "")


def _scalar(text: str) -> Any:
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    return text
