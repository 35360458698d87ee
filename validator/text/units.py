"""Units by family: 亿元, 万元 and 元 are one family and convert into each other."""

from __future__ import annotations

from fractions import Fraction

_FAMILIES: dict[str, dict[str, Fraction | int]] = {
    "money": {"元": 1, "块": 1, "人民币": 1},
    "dollar": {"美元": 1},
    "percent": {"%": 1, "‰": Fraction(1, 10), "个百分比": 1},
    "points": {"个百分点": 1, "百分点": 1},
    "multiple": {"倍": 1, "番": 1},
    "people": {"人": 1, "名": 1, "位": 1, "个人": 1, "个位次": 1, "位次": 1, "个名次": 1},
    "visits": {"人次": 1, "场次": 1, "家次": 1, "件次": 1, "项次": 1, "班次": 1, "次": 1},
    "things": dict.fromkeys(
        ("个", "家", "户", "所", "项", "件", "支", "座", "处", "条", "批", "间", "片", "场", "种"), 1
    ),
    "area": {
        "平方米": 1,
        "㎡": 1,
        "M²": 1,
        "M2": 1,
        "平米": 1,
        "公顷": 10**4,
        "平方公里": 10**6,
        "平方千米": 10**6,
    },
    "land": {"亩": 1},
    "mass": {"吨": 1, "公斤": Fraction(1, 1000), "千克": Fraction(1, 1000), "斤": Fraction(1, 2000)},
    "score": {"分": 1},
    "time": dict.fromkeys(
        (
            "年",
            "月",
            "日",
            "天",
            "小时",
            "分钟",
            "岁",
            "个月",
            "年级",
            "周年",
            "周",
            "秒",
            "时",
            "点",
            "季度",
            "月份",
            "学年",
            "号",
        ),
        1,
    ),
    "other": dict.fromkeys(
        (
            "公里",
            "千米",
            "米",
            "千瓦时",
            "千瓦",
            "度",
            "册",
            "套",
            "辆",
            "台",
            "张",
            "份",
            "篇",
            "本",
            "万字",
            "枚",
            "块",
            "门",
            "类",
            "级",
            "届",
            "版",
            "大",
            "期",
            "节",
            "课时",
            "床",
            "株",
            "头",
            "只",
            "棵",
            "例",
            "起",
            "宗",
            "笔",
            "立方米",
            "组",
            "对",
            "班",
            "轮",
            "省",
            "市",
            "县",
            "镇",
            "乡",
            "村",
            "社区",
            "字",
            "兆",
            "支队伍",
            "个亿",
            "毫克",
            "微克",
            "人年",
        ),
        1,
    ),
}
UNITS: dict[str, tuple[str, Fraction]] = {
    unit: (family, Fraction(factor))
    for family, table in reversed(_FAMILIES.items())
    for unit, factor in table.items()
}
UNITS["个亿"] = ("money", Fraction(10**8))
UNITS["块钱"] = ("money", Fraction(1))

_FITS = {
    "人": ("people",),
    "名": ("people", "rank"),
    "个": ("things",),
    "所": ("things",),
    "家": ("things",),
    "项": ("things",),
    "件": ("things",),
    "分": ("score",),
    "亩": ("land",),
    "吨": ("mass",),
    "平方米": ("area",),
    "%": ("percent",),
    "元": ("money",),
}
_SCALES = {"万亿": 10**12, "亿": 10**8, "万": 10**4, "千": 10**3, "百": 100}
CONVERTIBLE = {
    ("area", "亩"): Fraction(1, 1) / Fraction("666.6666667"),
    ("land", "平方米"): Fraction("666.6666667"),
}


def family(unit: str) -> str | None:
    """Family of a unit as written, None for a word that is no unit."""
    known = UNITS.get(unit)
    return known[0] if known else None


def split(unit: str) -> tuple[int, str]:
    """The scale of a unit and what is left: 万元 is 10,000 and 元, 亿元 10^8 and 元, 个 1 and 个."""
    if unit in UNITS:
        return 1, unit
    for scale, factor in _SCALES.items():
        if unit.startswith(scale) and unit[len(scale) :] in UNITS:
            return factor, unit[len(scale) :]
    return 1, unit


def fits(unit: str, wanted: str, *, ratio: bool = False) -> bool:
    """Whether a quantity with `unit` can be a level of an indicator whose unit is `wanted`.

    Bureaus count things with whatever classifier sounds right (4项 for 个), so the classifiers for
    things are one family; those for people too, and a ratio per head may use 个 for people. A unit of
    no family of its own (公里, 册) fits only itself.
    """
    group = family(unit)
    _, base = split(wanted)
    if group is None or family(base) is None:
        return False
    if group in _FITS.get(base, (family(base),)):
        return group not in ("other", "time") or unit == base
    if ratio and (unit, base) == ("个", "人"):
        return True
    return (group, base) in CONVERTIBLE


def convert(value: Fraction, unit: str, wanted: str) -> Fraction:
    """`value` in `unit` as a value in `wanted`. The units must fit."""
    group, factor = UNITS[unit]
    scale, base = split(wanted)
    if (group, base) in CONVERTIBLE:
        return value * factor * CONVERTIBLE[group, base] / scale
    return value * factor / (UNITS[base][1] * scale)
