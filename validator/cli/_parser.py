"""argparse that speaks the user's language and names the nearest option."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterable, Sequence
from gettext import gettext
from typing import NoReturn

from validator.model.errors import UserError
from validator.model.words import Lang
from validator.text.width import wrap

_MESSAGES = (
    (r"the following arguments are required: (.+)", "缺少参数：{0}"),
    (r"argument (.+?): expected one argument", "{0} 后面要写一个值"),
    (r"argument (.+?): expected at least one argument", "{0} 后面至少要写一个值"),
    (r"argument (.+?): invalid int value: (.+)", "{0} 要写整数，不能是 {1}"),
    (r"argument (.+?): ignored explicit argument (.+)", "{0} 后面不能写值（{1}）"),
    (r"argument (.+?): not allowed with argument (.+)", "{0} 不能和 {1} 一起用"),
)


class _Formatter(argparse.HelpFormatter):
    """Help with lines of at most 80 columns, counted as a terminal draws them."""

    zh = True

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=28, width=78)

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, prefix or ("用法：" if self.zh else "usage: "))

    def _split_lines(self, text: str, width: int) -> list[str]:
        return [line for part in text.splitlines() for line in wrap(part, width)]

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return "\n".join(indent + line for part in text.splitlines() for line in wrap(part, width))


class _EnglishFormatter(_Formatter):
    zh = False


class Parser(argparse.ArgumentParser):
    """A parser whose mistakes are `UserError`s in both languages."""

    def __init__(self, prog: str, lang: Lang, description: str, epilog: str = "") -> None:
        zh = lang is Lang.ZH
        super().__init__(
            prog=prog,
            description=description,
            epilog=epilog or None,
            formatter_class=_Formatter if zh else _EnglishFormatter,
            add_help=False,
            allow_abbrev=False,
        )
        self.lang = lang
        self._positionals.title = "参数" if zh else "arguments"
        self.options = self.add_argument_group("选项" if zh else "options")
        self.general = self.add_argument_group("通用选项" if zh else "general options")
        say = (lambda a, _: a) if zh else (lambda _, b: b)
        self.general.add_argument("-h", "--help", action="help", help=say("显示本说明", "show this help"))
        self.general.add_argument(
            "--lang", choices=("zh", "en"), help=say("说明和结果用的语言", "language of messages")
        )
        self.general.add_argument(
            "--debug", action="store_true", help=say("程序出错时显示详细信息", "show tracebacks of failures")
        )

    def format_help(self) -> str:
        """The help, with what is worked out only for it."""
        for action in self._actions:
            if isinstance(action, Output) and action.told is not None:
                action.help = action.told()
        text = super().format_help()
        if self.lang is Lang.ZH:
            for group in self._action_groups:
                text = text.replace(f"\n{group.title}:\n", f"\n{group.title}：\n")
        return text

    def strict_parse(self, arguments: Sequence[str]) -> argparse.Namespace:
        """Parse all of `arguments`.

        Raises:
            UserError: an option is unknown, a value wrong or missing.
        """
        parsed, rest = self.parse_known_args(list(arguments))
        if rest:
            raise self._unknown(rest[0])
        return parsed

    def _unknown(self, word: str) -> UserError:
        name = word.split("=", 1)[0]
        known = [option for action in self._actions for option in action.option_strings]
        import difflib

        near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
        if not word.startswith("-"):
            return UserError(f"多余的参数：{word}", f"unexpected argument: {word}")
        return UserError(
            f"没有这个选项：{name}" + (f"。是不是 {near[0]}？" if near else f"。用法见 {self.prog} --help"),
            f"no such option: {name}"
            + (f"; did you mean {near[0]}?" if near else f"; see {self.prog} --help"),
        )

    def error(self, message: str) -> NoReturn:
        """Called by argparse.

        Raises:
            UserError: always.
        """
        see = f"{self.prog} --help"
        if match := re.fullmatch(r"argument (.+?): invalid choice: (.+?) \(choose from (.+)\)", message):
            raise _no_choice(
                match[1], match[2].strip("'"), [one.strip(" '") for one in match[3].split(",")], see
            )
        for pattern, zh in _MESSAGES:
            if match := re.fullmatch(pattern, message):
                raise UserError(f"{zh.format(*match.groups())}。用法见 {see}", f"{message}; see {see}")
        raise UserError(f"参数有误：{message}。用法见 {see}", f"{gettext(message)}; see {see}")


def _no_choice(option: str, word: str, choices: Sequence[str], see: str) -> UserError:
    import difflib

    near = difflib.get_close_matches(word, choices, n=1, cutoff=0.5)
    return UserError(
        f"{option} 不能是 {word}，可以是：{'、'.join(choices)}"
        + (f"。是不是 {near[0]}？" if near else f"。用法见 {see}"),
        f"{option} cannot be {word}; choose from {', '.join(choices)}"
        + (f"; did you mean {near[0]}?" if near else f"; see {see}"),
    )


class Output(argparse.Action):
    """Collects `--format` and `--output` in the order they are given, in `namespace.outputs`.

    `told` gives the help when somebody asks for it.
    """

    told: Callable[[], str] | None = None

    def __call__(
        self,
        parser: argparse.ArgumentParser,  # noqa: ARG002 - the interface of argparse
        namespace: argparse.Namespace,
        values: str | Sequence[object] | None,
        option_string: str | None = None,  # noqa: ARG002
    ) -> None:
        given = list(getattr(namespace, "outputs", None) or [])
        namespace.outputs = [*given, (self.dest, str(values))]
