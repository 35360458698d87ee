"""A first `validator.yaml` for a folder, from what lies in it."""

from __future__ import annotations

import glob
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from validator.model.words import Lang
from validator.text.lazy import lazy

_YEAR = lazy(r"(?<!\d)(20\d\d)(?:年度?)?(?!\d)")
_PROJECT_FILE = lazy(
    r"(?i:readme|changelog|licen[sc]e|copying|contributing|code_of_conduct|security|notice|authors)(?:[._-].*)?"
)
_MOST_FOLDERS = 40
_A_FOLDER = 4
_MOST_SAMPLES = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a folder holds: relative paths with `/` of the files that may be reports, and for those that
    were looked into the profile that the title fits, or None."""

    paths: tuple[str, ...]
    profiles: Mapping[str, str | None]

    @property
    def project_files(self) -> tuple[str, ...]:
        """Files about the repository itself: README and the like, at its top."""
        return tuple(one for one in self.paths if "/" not in one and _PROJECT_FILE.fullmatch(one))

    @property
    def folders(self) -> dict[str, list[str]]:
        """The reports by their folder; "." is the top."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for one in self.paths:
            if one not in self.project_files:
                found[PurePosixPath(one).parent.as_posix()].append(one)
        return dict(found)


def sample(paths: Sequence[str]) -> list[str]:
    """Some paths of every folder, from its first to its last, so that looking into them is quick."""
    folders: defaultdict[str, list[str]] = defaultdict(list)
    for path in paths:
        folders[PurePosixPath(path).parent.as_posix()].append(path)
    chosen: list[str] = []
    for those in folders.values():
        last = len(those) - 1
        at = {last * step // (_A_FOLDER - 1) for step in range(_A_FOLDER)}
        chosen += [those[one] for one in sorted(at)]
    return chosen[:_MOST_SAMPLES]


def propose(seen: Seen, lang: Lang) -> str:
    """The text of a configuration, with comments that explain it in the language."""
    zh = lang is Lang.ZH
    project = [_escaped(one) for one in seen.project_files]
    lines = _HEAD_ZH if zh else _HEAD_EN
    if project:
        comment = "说明文件，不是报告" if zh else "about the repository, no reports"
        lines += f"\nreports:\n  # {comment}\n  exclude: {json.dumps(project, ensure_ascii=False)}\n"
    rules = list(_path_rules(seen, zh=zh))
    if rules:
        comment = (
            "某些文件另行规定，后面的优先；期末和往年的报告可以各用各的阶段、年份和要求清单"
            if zh
            else "settings of some files, later ones win: a stage, a year, a list of requirements"
        )
        lines += f"\n# {comment}\npaths:\n" + "\n".join(rules) + "\n"
    return lines


def _path_rules(seen: Seen, *, zh: bool) -> Iterator[str]:
    """A rule for every folder whose name tells the year, or whose reports all want one profile."""
    for folder, reports in sorted(seen.folders.items())[:_MOST_FOLDERS]:
        year = next((match[1] for match in _YEAR.finditer(folder)), None) if folder != "." else None
        profiles = [seen.profiles[one] for one in reports if one in seen.profiles]
        profile = profiles[0] if len(set(profiles)) == 1 and len(profiles) > 1 else None
        if year is None and profile is None:
            continue
        pattern = "./*" if folder == "." else f"{_escaped(folder)}/*"
        count = f"{len(reports)} 份" if zh else f"{len(reports)} files"
        yield f"  - files: {json.dumps([pattern], ensure_ascii=False)}  # {count}"
        if year is not None:
            yield f"    year: {year}"
        if profile is not None:
            yield f"    profile: {profile}"


def _escaped(path: str) -> str:
    return "".join(f"[{char}]" if char in "{}" else char for char in glob.escape(path))


_HEAD_ZH = """\
# 检查工作总结的配置。每一项的意思：validator config --schema；某个文件按什么检查：validator config 文件
lang: zh

# 阶段：draft 起草，review 审核，submission 报送（最严）
stage: submission

# 有这一级及以上的问题就不通过：error 错误，warning 警告，info 提示，never 从不
fail_on: error
"""
_HEAD_EN = """\
# Configuration of the check. What each key means: validator config --schema; what holds for a file:
# validator config FILE
lang: en

# how far the reports are: draft, review, submission (strictest)
stage: submission

# findings from this severity on fail the check: error, warning, info, never
fail_on: error
"""
