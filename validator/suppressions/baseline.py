"""The findings that stood when the check was introduced: they are counted, and do not fail the check.

The file lists for every report the code, the anchor and how many; it can only shrink.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from validator.model.finding import Code, Finding
from validator.model.location import Location
from validator.model.report import ReportResult, Run
from validator.model.words import Bilingual, Severity
from validator.suppressions._base import (
    Known,
    Policy,
    Suppression,
    policy_report,
    read_files,
    still_there,
    waived,
)
from validator.suppressions._known import match
from validator.text.escape import json_safe
from validator.yamlfile.conflict import refuse_conflict
from validator.yamlfile.problem import problem

NAME = "validator-baseline.json"
_VERSION = 1

RUL003 = Code(
    id="RUL003",
    title=Bilingual("存量问题已减少", "baseline can shrink"),
    severity=Severity.INFO,
    meaning=Bilingual(
        "存量文件里记的一些问题已经改好。不缩减存量文件，同样的问题再出现时就不会报告。",
        "Some findings of the baseline are gone. Until it is shrunk, they could come back unnoticed.",
    ),
    bad="validator-baseline.json: 40 → 报告里只剩 35",
    good="validator baseline",
    remedy=Bilingual(
        "运行 validator baseline 缩减存量文件，并一并提交。", "Run validator baseline and commit the file."
    ),
)


def load(path: Path, shown: str) -> tuple[Known, ...]:
    """What a baseline file holds.

    Raises:
        UserError: the file is missing, cannot be read, or is no baseline.
    """
    try:
        data = path.read_bytes()
        refuse_conflict(data, shown)
        raw = json.loads(data)
    except FileNotFoundError:
        raise problem(
            shown,
            None,
            "配置里写了存量文件，但文件不存在。请先运行 validator baseline 生成",
            "the configuration names this baseline, and it is not there; write it with validator baseline",
        ) from None
    except (OSError, ValueError):
        raise _broken(shown) from None
    try:
        if raw["schema_version"] != _VERSION:
            raise _broken(shown)
        return tuple(_known(one) for one in raw["findings"])
    except (KeyError, TypeError, ValueError):
        raise _broken(shown) from None


def _broken(shown: str) -> Exception:
    return problem(
        shown,
        None,
        "存量文件已损坏，请从版本库恢复，或删去后运行 validator baseline 重新生成",
        "not a baseline of this program; restore it, or delete it and run validator baseline",
    )


def _known(raw: dict[str, Any]) -> Known:
    count = raw.get("count", 1)
    values = (raw["file"], raw["code"], raw["anchor"], raw.get("text", ""))
    if not isinstance(count, int) or count < 1 or not all(isinstance(one, str) for one in values):
        raise ValueError(raw)
    file, code, anchor, text = values
    return Known(file=file, code=code, anchor=anchor, indicator=raw.get("indicator"), count=count, text=text)


def dump(known: Iterable[Known]) -> bytes:
    """The file of a baseline: sorted, one finding a line, so that a change of it is readable."""
    lines = []
    for one in sorted(known, key=lambda one: (one.file, one.code, one.indicator or "", one.anchor)):
        record = {"file": one.file, "code": one.code, "anchor": one.anchor}
        if one.indicator is not None:
            record["indicator"] = one.indicator
        if one.text:
            record["text"] = one.text
        entry = record if one.count == 1 else {**record, "count": one.count}
        lines.append("    " + json_safe(json.dumps(entry, ensure_ascii=False)))
    body = ",\n".join(lines)
    findings = f"[\n{body}\n  ]" if lines else "[]"
    return f'{{\n  "schema_version": {_VERSION},\n  "findings": {findings}\n}}\n'.encode()


def _settle(run: Run, policy: Policy) -> Run:
    if not policy.baseline:
        return run
    matched, left = match(policy.baseline, run, policy.where, still_there(run, policy))
    settled = waived(run, _accepts(matched, policy.baseline_file), "baseline")
    return policy_report(settled, policy.baseline_file, _mended(left, run, policy))


def _accepts(matched: frozenset[tuple[str, int]], reason: str) -> Callable[[ReportResult, int], str | None]:
    return lambda report, index: reason if (report.path, index) in matched else None


def _mended(left: Counter[Known], run: Run, policy: Policy) -> Sequence[Finding]:
    checked, there = read_files(run, policy.where), still_there(run, policy)

    def can_be_told(file: str) -> bool:
        # An archive that was read tells what is no longer in it, whatever else was checked.
        return file in checked or (not there(file) and (policy.whole or policy.exists(file)))

    count = sum(number for one, number in left.items() if can_be_told(one.file))
    if not count:
        return ()
    return (
        Finding(
            code=RUL003.id,
            severity=RUL003.severity,
            message=Bilingual(
                f"存量文件里有 {count} 处问题已不存在", f"{count} findings of the baseline are gone"
            ),
            remedy=RUL003.remedy,
            location=Location(part="file", end_column=2),
        ),
    )


SUPPRESSION = Suppression(settle=_settle, turn=3, codes=(RUL003,))
