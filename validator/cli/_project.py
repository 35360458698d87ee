"""The configuration that holds for a command line, and what follows from it."""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from validator.cli._base import Session
from validator.cli._common import STDOUT, folder_of, repository, unknown
from validator.cli._parser import Parser
from validator.cli._progress import progress_on
from validator.model.config import STAGES, Config, Origin
from validator.model.errors import UserError
from validator.model.words import Lang

if TYPE_CHECKING:
    from datetime import date

    from validator.model.rule import Rules
    from validator.pipeline import Options
    from validator.runner import Selection
    from validator.suppressions._base import Policy

_FLAGS = ("profile", "stage", "fail_on", "max_warnings", "jobs", "timeout", "memory", "redact")
SECONDS = 20
MEGABYTES = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A configuration with the rules, the options and the paths that a command line asks for.

    `session` speaks the language of the configuration, where nobody chose another. `outputs` are the
    absolute paths that this run writes to: what an earlier run left there is no report.
    """

    config: Config
    rules: Rules
    options: Options
    session: Session
    paths: tuple[str, ...]
    force_exclude: bool = False
    outputs: frozenset[str] = frozenset()

    def selection(self) -> Selection:
        """Which files are to be read: those of the configuration; of files named, all unless told."""
        from validator.config.settings import excluded, inside
        from validator.model.words import Bilingual
        from validator.runner import Selection

        config = self.config
        narrowed = bool(config.include or config.exclude)

        def refuse(path: Path, named: bool) -> Bilingual | None:  # noqa: FBT001 - the form of Refuse
            if not named and os.path.realpath(path) in self.outputs:
                return Bilingual("本程序的输出文件", "an output of this program")
            if not narrowed or (named and not self.force_exclude):
                return None
            place = excluded(config, inside(config, str(path)))
            return Bilingual(f"{place} 排除", f"excluded by {place}") if place else None

        return Selection(
            config=config,
            refuse=refuse if narrowed or self.outputs else None,
            may_be_empty=narrowed and self.force_exclude,
            progress=progress_on(self.session),
        )

    def policy(self, *, with_baseline: bool = True, first_waiver: bool = False) -> Policy:
        """What the project has decided about known findings, as of today.

        Raises:
            UserError: waivers or a baseline that the configuration names are not there, or are wrong.
        """
        from validator.policy import load_policy
        from validator.rulepacks.loader import rules_root

        return load_policy(
            self.config,
            rules_root() / "schema",
            today(),
            with_baseline=with_baseline,
            first_waiver=first_waiver,
        )


def today() -> date:
    """The day on this machine: waivers hold through their last one."""
    from datetime import datetime

    return datetime.now().astimezone().date()


def add_project(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """Declare the options that say which configuration holds."""
    zh = lang is Lang.ZH
    add = (parser.options if isinstance(parser, Parser) else parser).add_argument
    add(
        "--config",
        metavar="FILE",
        help="配置文件（默认从第一个路径向上找 validator.yaml）"
        if zh
        else "configuration (default: validator.yaml, searched upwards from the first path)",
    )
    add("--no-config", action="store_true", help="不用配置文件" if zh else "use no configuration")


def add_force_exclude(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """Declare the option for hooks, which name every file."""
    (parser.options if isinstance(parser, Parser) else parser).add_argument(
        "--force-exclude",
        action="store_true",
        help="直接写明的文件也按配置排除（用于提交钩子）"
        if lang is Lang.ZH
        else "the configuration may leave files that are named, too (for hooks)",
    )


def open_project(arguments: argparse.Namespace, session: Session) -> Project:
    """Find and read the configuration, and load the rules.

    Raises:
        UserError: the configuration, a pack or an option is wrong, or no path was given.
    """
    config = configuration(arguments)
    if not session.lang_given and (lang := config.value("lang")):
        session = replace(session, lang=Lang(lang))
    outputs = [
        value for kind, value in getattr(arguments, "outputs", ()) if kind == "output" and value != STDOUT
    ]
    if outputs:
        _check_outputs(outputs, arguments, config)
    rules = rules_of(arguments, config)
    if config.file:
        from validator.config.loading import check_config
        from validator.pipeline import all_codes

        check_config(config, rules, all_codes())
    return Project(
        config=config,
        rules=rules,
        options=_options(arguments, config, session),
        session=session,
        paths=_paths(arguments, config),
        force_exclude=getattr(arguments, "force_exclude", False),
        outputs=frozenset(map(os.path.realpath, outputs)),
    )


def _check_outputs(outputs: Sequence[str], arguments: argparse.Namespace, config: Config) -> None:
    from validator.cli._outputs import check_places
    from validator.config.loading import NAME
    from validator.policy import baseline_path, waivers_path

    own = [waivers_path(config), baseline_path(config)]
    own += [Path(config.folder) / NAME, *([Path(arguments.config)] if arguments.config else ())]
    check_places(outputs, _paths(arguments, config), own)


def configuration(arguments: argparse.Namespace) -> Config:
    """The configuration of the command line's paths, with what the options say on top.

    Raises:
        UserError: it is wrong, or is named and not there.
    """
    paths: Sequence[str] = getattr(arguments, "paths", None) or ["."]
    start = folder_of(paths[0])
    flags = _flags(vars(arguments))
    if not arguments.no_config:
        from validator.config.loading import find_config, load_config
        from validator.rulepacks.loader import rules_root

        file = Path(arguments.config) if arguments.config else find_config(start)
        if file is not None:
            schema = rules_root() / "schema" / "validator.schema.json"
            return replace(load_config(file, schema), flags=flags)
    elif arguments.config:
        raise UserError("--config 和 --no-config 不能一起用", "--config and --no-config exclude each other")
    return Config(folder=repository(start).as_posix(), flags=flags)


def _flags(arguments: Mapping[str, Any]) -> dict[str, Origin]:
    return {
        key: Origin(value=arguments[key], place=f"--{key.replace('_', '-')}")
        for key in _FLAGS
        if arguments.get(key) is not None
    }


def _paths(arguments: argparse.Namespace, config: Config) -> tuple[str, ...]:
    given = tuple(getattr(arguments, "paths", None) or ())
    if not given and not config.file:
        raise UserError(
            "请写明要检查哪个文件或文件夹，例如：validator check 总结.docx",
            "say which file or folder to read, e.g.: validator check report.docx",
        )
    return given or (".",)


def rules_of(arguments: argparse.Namespace, config: Config) -> Rules:
    """Our packs, those of the configuration, and those of the command line.

    Raises:
        UserError: a pack is missing or wrong, or the profile asked for does not exist.
    """
    from validator.rulepacks.loader import load_rules

    own = [Path(config.folder) / one for one in config.value("rules", ())]
    rules = load_rules([*map(_near, own), *(Path(one) for one in arguments.rules)])
    profile = getattr(arguments, "profile", None)
    if profile is not None and profile not in rules.profiles:
        raise unknown(("要求清单", "profile"), profile, tuple(rules.profiles))
    return rules


def _near(path: Path) -> Path:
    """The path as a user would type it, so that errors name it so."""
    from validator.config.loading import shown

    return Path(shown(path))


def _options(arguments: argparse.Namespace, config: Config, session: Session) -> Options:
    from validator.pipeline import Options

    jobs, seconds, megabytes = (
        config.value(key, default)
        for key, default in (("jobs", None), ("timeout", SECONDS), ("memory", MEGABYTES))
    )
    if jobs is not None and jobs < 1:
        raise UserError("--jobs 至少是 1", "--jobs is at least 1")
    for name, number in (("timeout", seconds), ("memory", megabytes)):
        if number < 0:
            raise UserError(f"--{name} 不能小于 0", f"--{name} cannot be negative")
    return Options(
        profile=config.value("profile"),
        stage=config.value("stage", STAGES[-1]),
        jobs=jobs,
        seconds=seconds or None,
        memory=megabytes << 20 or None,
        debug=session.debug,
        explain=getattr(arguments, "explain", False),
    )
