"""Does a value cover the whole that the report is about, or a part of it, or another place?"""

from __future__ import annotations

import re
from collections.abc import Iterable

from validator.model.rule import Indicator
from validator.model.words import Scope
from validator.text.lazy import lazy

NAME = "\ue001"
"""Stands for the lost name of a place: X县, 某县."""
_CUT = lazy("[，。；：、“”()！？]")
_INSTITUTION = lazy(
    "(?:[^\\W\\dA-Z_]|[\ue000\ue001]){1,12}(?:小学|中学|(?<!各类)(?<!中小)学校|幼儿园|分园|校区|[^城乡]镇|[^城]乡|街道|社区|公司|学院|开发区|产业园|园区|片区|高新区|都市圈|经济圈|经济带|党支部)$"
)
_OTHER_PLACE = lazy("([^\\W\\dA-Z_]{2,4})(?:市|县|区|州|盟|旗)$")
_OWN_WORDS = lazy(
    "(?:全|我|本|各|该|整个|辖|县|全县|全市|市|城|全新|撤县设|建成|发展|[为给对由从把将让向在与被])$"
)
_WHOLE = lazy("(?:全省|全市|全县|全区|全州|我省|我市|我县|我区|全社会|全系统|各级各类)[^\\W\\dA-Z_]{0,4}$")
_PART_WORDS = lazy(
    "(?:脱贫县|脱贫地区|脱贫人口|贫困县|贫困地区|民营|国有|外资|限额以上|限上|规模以下|单位|每个|平均每|某|部分|个别|首批|新建的?|该校|该镇|该园|其)$"
)
_DONE_BY = lazy("(?:累计|全年|今年|当年|年内|已){0,2}(?:完成|实现)?$")
_ELSEWHERE = lazy("同期全[国省市]|全[国省市]同期|全[国球]$")
_ONE_SCHOOL = lazy(
    "(?:[^\\W\\dA-Z_]{2}(?<!普通)(?<!全[县区市省州])(?<!我[县区市省])(?:初中|高中)|[县区市一二三四五六七八九十][一二三四五六七八九十实]中)$"
)
_OVERALL = lazy("^(?:全年|全县|全市|全区|总共|合计|共计)")
_VOCATIONAL = lazy("职业|职教|中专|技工|技师|实训")
_LEVEL = lazy("全([国省市])[^\\W\\dA-Z_]{0,4}$")
_LABEL = 10
_LEVELS = "国省市县"
_PLACE_WORD = lazy("[全我][国省市县区州]|我们|我局|本[县市区]")
_OF_WHICH = lazy("其中(?:[^\\W\\dA-Z_]|[\ue000\ue001]){2,8}$")
_BUILT = lazy("(?:新建|改建|扩建|撤并|建成|改造|整改|督查|覆盖|走访|评选|培训)[^，。；]{0,12}$")
_SECTORS = {
    "preschool": lazy("幼儿园|公办园|民办园|学前|园位|托位"),
    "basic": lazy("小学|初中|中学|高中|义务教育|(?<!投用)(?<!新建)(?<!建成)(?<!改造)学校|校区|实验楼"),
}
_SECTOR_NAMES = {"preschool": lazy("园|学前|幼"), "basic": lazy("小学|初中|高中|义务")}
_BUILT_LIST = lazy(
    "((?:[^，。；]{2,30}[0-9\ue000][^，。；]{0,3}[所个处]，){0,3}[^，。；]{2,30})[0-9\ue000]+[余多]?[所个处]，(?:可|共|预计|累计|可以)?$"
)
_LED_BY = 3
"""Characters from the last comma of such a list to the name: 可, 预计."""
_LIST_REACH = 180
_SUBJECT = lazy(
    "^(?![^，。；]*等[一二三四五六七八九十0-9]{1,3}个?(?:项目|学校|工程|所))(?:其中，?)?(?:[一二三四五六七八九]是)?(?:[“”\u4e00-\u9fff0-9]|年){2,16}?(?:小学|中学|学校|幼儿园|分园|园区|校区|职教中心|职业学院)"
    "(?:[^，所]{0,12}(?:竣工|建成|投用|投入使用|开学|开园|开工|扩建|改造|启用|交付|完工|如期))"
)


def scope(
    text: str, start: int, indicator: Indicator, title: str, level: str = "", *, again: bool = False
) -> Scope:
    """Scope of a name that begins at `start` of a sentence, by what stands before it.

    `again` tells that the paragraph has stated the indicator already: 其中县本级… is a part of that.
    """
    if _labelled(text, start, indicator):
        return Scope.PART
    left = text[max(0, start - 16) : start]
    cuts = [match.end() for match in _CUT.finditer(left)]
    near = left[cuts[-1] :] if cuts else left
    if _above(near, level) or _ELSEWHERE.search(near):
        return Scope.OTHER
    if _WHOLE.search(near):
        return Scope.WHOLE
    if (indicator.parts or again) and _OF_WHICH.search(near):
        return Scope.PART
    if near.endswith(indicator.parts) or _PART_WORDS.search(near):
        return Scope.PART
    overall = _OVERALL.search(near) is not None
    near = _DONE_BY.sub("", near, count=1)
    if (_INSTITUTION.search(near) or _ONE_SCHOOL.search(near)) and not _carries(near, indicator):
        return Scope.PART
    place = _OTHER_PLACE.search(near)
    if place and not _OWN_WORDS.search(place[1]) and place[0] not in title and place[1][-2:] not in title:
        return Scope.OTHER
    if (
        indicator.kind == "count"
        and not indicator.flow
        and indicator.unit in ("所", "家")
        and _BUILT.search(near)
    ):
        return Scope.PART
    if (
        indicator.parts
        and indicator.kind == "count"
        and not overall
        and _of_one_sector(text[:start], indicator)
    ):
        return Scope.PART
    return Scope.WHOLE


def _labelled(text: str, start: int, indicator: Indicator) -> bool:
    """小学：在校学生1.2万人: a part is named before the colon."""
    return (
        start > 0 and text.find("：", 0, _LABEL) == start - 1 and text[: start - 1].endswith(indicator.parts)
    )


def _carries(near: str, indicator: Indicator) -> bool:
    """What the one vocational school of a county does in vocational education is the county's."""
    return _VOCATIONAL.search(near) is not None and _VOCATIONAL.search(indicator.name.zh) is not None


def _above(near: str, level: str) -> bool:
    """全省森林覆盖率 in a county's report is the province's, 全市 that of the city above."""
    match = _LEVEL.search(near)
    return match is not None and bool(level) and _LEVELS.index(match[1]) < _LEVELS.index(level)


def places(words: Iterable[str]) -> list[str]:
    """The words that name a place as a whole: 全县, 我市, 我们."""
    return [word for word in words if _PLACE_WORD.fullmatch(word)]


def own_place(words: Iterable[str], level: str) -> bool:
    """Whether the last place named is the one that the report is about; `level` is how far that reaches."""
    named = places(words)
    if not named:
        return False
    rank = _LEVELS.find(named[-1][-1].replace("区", "县"))
    return named[-1][0] != "全" or rank < 0 or rank >= _LEVELS.find(level or "市")


def _of_one_sector(before: str, indicator: Indicator) -> bool:
    """新建公办园8所，新增学位2520个: the places are those of the schools just named, of one sector only.

    Of an indicator of that sector they are the whole: 幼儿园512所，在园幼儿6.14万人.
    """
    if _SUBJECT.match(before):
        return True
    if "，" not in before[-_LED_BY:]:
        return False
    match = _BUILT_LIST.search(before[-_LIST_REACH:])
    if not match or "其中" in match[1]:
        return False
    named = [sector for sector, words in _SECTORS.items() if words.search(match[1])]
    own = [sector for sector in named if _SECTOR_NAMES[sector].search(indicator.name.zh)]
    return (
        len(named) == 1
        and not own
        and not re.search(
            "各级各类|中小学(?:校)?[、和与]幼儿园|新改扩建学校|扩建学校|学校总数|新\\(?改、?扩\\)?建学校",
            match[1],
        )
    )
