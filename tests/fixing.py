"""What the tests of mending share: rules, a run over bytes, and the texts of the blocks of a report."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from wordfiles import package

from validator.mending._engine import mend
from validator.mending._model import Mended
from validator.model.report import ReportResult
from validator.model.rule import Rules
from validator.pipeline import Options, check_report
from validator.rulepacks.loader import load_rules

TITLE = "青河县教育局2024年工作总结"
OWN = "全年招聘新教师126人，其中幼儿园教师31人，比上年增加9人。"
BLANK = "新增学位XX个，建成风雨操场（ ）处。"
ADS = {
    "offer": "更多工作总结范文请加微信：gongwen_lib88",
    "trial": "试读结束，完整版请付费下载",
    "resale": "本资料为会员专享，严禁倒卖转售",
    "pan": "网盘链接：https://pan.baidu.com/s/1aBcDeFgHiJ 提取码：ab12",
    "group": "公文写作交流QQ群：731904265",
}
"""Lines that are vendor text and nothing else."""


@cache
def rules() -> Rules:
    return load_rules()


def checked(path: Path) -> ReportResult:
    return check_report(path, path.as_posix(), rules(), Options())


def mended(path: Path, *, unsafe: bool = False) -> Mended:
    return mend(path.read_bytes(), checked(path), rules(), unsafe=unsafe)


def banned(report: ReportResult) -> list[str]:
    return [one.text for one in report.findings if one.code.startswith("BAN")]


def texts(report: ReportResult) -> Counter[str]:
    """The texts of the blocks without blanks, as often as each stands there."""
    assert report.document is not None
    return Counter(key for one in report.document.blocks if (key := "".join(one.text.split())))


def is_safe_left(done: Mended) -> bool:
    """Whether anything that is safe to take out was left."""
    return any(one.safe for one in done.waiting)


def written(folder: Path, parts: Mapping[str, str | bytes]) -> Path:
    path = folder / "a.docx"
    path.write_bytes(package(parts))
    return path


def parts_of(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {one: archive.read(one).decode() for one in archive.namelist()}


def raw_members(data: bytes) -> dict[str, bytes]:
    """The members as they lie there, with their headers."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        infos = archive.infolist()
        stops = [*(one.header_offset for one in infos[1:]), archive.start_dir]
        return {one.filename: data[one.header_offset : stop] for one, stop in zip(infos, stops, strict=True)}


def only_changed(before: bytes, done: Mended, *names: str) -> dict[str, str]:
    assert done.data is not None
    old, new = raw_members(before), raw_members(done.data)
    assert list(old) == list(new)
    assert {one for one in old if old[one] != new[one]} == set(names)
    return parts_of(done.data)
