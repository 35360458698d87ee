"""The grammar between a name and its number: which words may stand there, and what they mean.

A gap is explained when it consists of known words only; one unknown noun in it and there is no link.
The last verb decides: 达 introduces a level, 增长 a difference, 由 an earlier value, 列全市第 a rank.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from validator.text.lazy import lazy

_LEXICON: dict[str, str] = {
    "to": "增加到|增加至|增长到|增长至|增至|增到|提高到|提高至|提升到|提升至|提升为|上升到|上升至|升至|升到|升为|扩大到|扩大至|扩至|"
    "降至|降到|降为|冲到|提到|提至|拉到|拉高到|推高到|推到|涨到|涨至|下降到|下降至|减少到|减少至|减至|降低到|降低至|回落到|回落至|调整到|调整为|调整至|优化到|优化至|优化为|优化调整为|增为|变为|"
    "发展到|发展至|壮大到|攀升至|攀升到|跃升至|跃升到|跃升为|跃居|前移至|前移到|前进到|前进至|进到|进至|推进到|攀至|攀上|迈至|拓展到|拓展至|压减至|"
    "压减到|压降至|缩小到|缩小至|恢复到|回升至|回升到|改善到|达到了|收窄到|收窄至|扩展到|扩展至|晋升至|上升为|到|至",
    "level": "现已达到|现已达|现已有|现为|现达|折合人民币|折合成|折合|折算为|折算|列支了|列支|挤出了|挤出|筹措到位|筹措|筹集|筹得|调剂|财政掏了|财政拿出|财政安排|财政拨付|财政投入|财政出了|做到了|做到|达到|达至|达成|达|共有|现有|拥有|已有|实有|有|完成|实现|为|是|控制在|稳定在|保持在|维持在|稳定保持在|保持|维持|不低于|不少于|不高于|"
    "不超过|低于|少于|不足|不到|至少|接近|将近|逼近|高达|多达|仅为|仅|只有|累积|约为|约有|分别为|分别是|各为|合格|落实|争取到|争取|需要|需|投入|安排|统筹|"
    "花了|花费|花去|掏了|掏出|投进去|投进|投了|到账|拨付|开支|支出|发放|立了|争来|拿到|拿下|招进|招了|过关|建起|添了|升到了|实际完成|录得|争取到位|争取到手|到手|拿到手|到位了|新评了|新评|新立了|拿了|拿回|拿下了|评了|评出|评上|评上了|评定|奖励了|奖励|奖了|批了|批下来|拨了|发了|给了|争来了|争到|争到了|要来|跑来|分到|得了|办了|招收|预计需|取得|获批|获得|获|力争达到|锁定|总共|概算|总预算|到位|新入库|入库|累计入库|新增入库|落实到位|到位资金|用了|使用了|使用|立项|获批立项|在|做到|应达到|应达|满|首次达到|开展|报告|≥|=|＝|≤|>|<",
    "milestone": "突破|跨过|跨越|迈上|跃上|站上|首超|首破|超过|超|逾|破|过|首次突破|首次超过|迈过|冲上|跨上|跨入",
    "up": "增长率为|增长率|增长速度|增速|增幅|增长|增加|净增加|净增长|净增|新增|提高|提升|上升|扩大|进步|前进|攀升|跃升|进位|上浮|增收|多增|涨幅|上涨|"
    "+|增加了|增长了|提高了|提升了|上升了|前移|往前挪了|往前挪|前挪了|前挪|快速增长|稳步增长|升高|增高|增产|增收|加快|提速|提速了|多增|涨了|涨|多申报|多投入|多支出|多拨付|多到位|多招聘|多招|多完成|多安排|高出|多出|多了|超出|高了|高|增|长|升|多",
    "down": "往后退了|往后退|后挪了|后挪|少支出|少投入|少招聘|少完成|下降|降低|减少|回落|下滑|缩小|负增长|后退|退步|下跌|降幅|压减|缩减|收窄|减少了|下降了|降低了|减产|减收|放缓|净减少|净减|低了|低|减|降|少了|少|退后|后移",
    "from": "由|从",
    "compare": "同比|环比|比上年同期|比上年末|比上年|比去年同期|比去年底|较去年底|比上年底|较上年底|比去年末|较去年末|比去年|比年初|相比|相较|较上年同期|较上年末|较上年|较去年同期|较去年|较年初|与上年相比|与去年相比|"
    "同上年比|和上年比|比往年|较往年|较前年|比前一年|较前一年|比前年|较同期|比同期|同口径|按可比口径计算|按可比口径|可比口径|"
    "按不变价格计算|按不变价计算|按不变价格|按不变价|按可比价格计算|按可比价计算|按可比价格|按可比价|扣除价格因素|扣除价格因素后|"
    "上年同期的|上年同期为|上年同期|去年同期|去年底|去年末|上年底|前年底|前年|上年的|上年为|上年末为|上年末|上年|去年的|去年为|去年|年初|上一年|比上一年|较上一年|上届|前一年|比上学年|较上学年|上学年|上年度|比上年度|较上年度",
    "rank": "位居|位列|位次居|稳居|排名|排到|排第|里排|中排|排位|排在|排到|排|列|居|名列|占|位次|位次为|居于|跃居|由|继续位居|继续居|均居|名次|综合排名|总排名|排行",
    "whole_place": "全市|全州|全地区|全盟|设区市|市内|全市各县区|全市各县|各县区|各县|各区县|县级|市级|市|县",
    "other_place": "全省|全国|全区|西部地区|西部|中部地区|中部|东部|北方|南方|省内|国内|世界|全球|省|中国西部|中国",
    "period": "年均|年平均|平均每年|每年|累计|五年共|五年来|五年|三年来|三年|3年|5年|四年|4年|“十四五”期间|“十三五”期间|“十四五”以来|“十三五”以来|"
    "“十四五”|“十三五”|“十二五”|“十五五”|“十五五”期间|“十五五”时期|“十四五”时期|十四五|十三五|十五五|期间|近五年|近三年|连续|翻|累计完成|累计达|累计达到|累计实现|累计新增|累计招聘|累计投入|过去五年|这五年",
    "national": "高于全国平均水平|高于全国平均|高于全国|高于全省平均水平|高于全省平均|高于全省|低于全国|低于全省|高于全市平均|高于全市|低于全市|高出全国平均水平|高出全国|高出全省|高出全市|"
    "快于全国|快于全省|快于全市|比全国高|比全省高|比全市高|超过全国|高于|快于|优于|领先|分别高于|超出|距|全国平均|全省平均|平均水平|全省平均水平|全国平均水平|距全省平均水平还有|对|贡献率|差距",
    "noun": "高基数上|基数上|最终核实数|核实数|核定数|快报数|的基础上|基础上|的基数上|人数|个数|件数|家数|户数|所数|项数|数量|总数|总量|总额|总规模|规模|保有量|存量|拥有量|总值|金额|资金|经费|额|数|比例|占比|比重|比率|率|水平|指标|数值|值|面积|"
    "总人数|总计|合计|共计|总共|共|计|小计|一项|项目|工作|任务|情况|成绩|总分|平均分|强度|投入|支出|量|总面积|总产|产量|本年度|其数|名单|的|了|之|并|且|而|又|也|再|等|个|学生|教师|企业|党支部|支部|占|比|成交额|实际数|完成数|清单|流失|台阶|大关|关口|门槛|新台阶|大台阶|增速为|在内|以上企业|名额|整体|综合",
    "adverb": "无论如何|不管怎样|怎么也|怎么说也|说什么也|说什么|再怎么也|起码|少说|好歹|咬牙|占了大头|占大头|占了多数|占多数|占了一多半|占了一大半|是大头|是主力|挑大梁|唱主角|明年|来年|下一年|接连|先后|相继|与上年持平|同上年持平|与去年持平|较上年持平|较去年持平|同比持平|持平|没动|没变|未变|不变|还是|冲一冲|冲刺|我们|本县|本市|本区|全年|今年|当年|本年|本年度|年末|年底|年内|年度|目前|截至目前|截至年底|截至年末|截止目前|截至|到年底|到年末|已经|已|均|都|各|分别|双双|大约|约|近|预计|预期|力争|确保|"
    "计划|拟|将|目标|目标值|任务|继续|进一步|首次|再次|历史性|大幅|稳步|持续|快速|逐年|有效|全部|全面|全县|全市|全省|全区|全州|我县|我市|我区|我省|总体|也|又|再|更|还|就|实际|较好|圆满|成功|"
    "初步|初步统计|初步核算|其中|累计|最高|最低|平均|超额|一举|顺利|能|可|可望|有望|应|要|须|为|于|从|一年|上半年|下半年|一季度|前三季度|三季度|上半年末|同期|本期|“|”|历史|新高|再创新高|创历史新高|明显|显著|双|逆势|恢复性|较快|高质量|基本|仍|仍然|依然|始终|率先|左右|以上|则|突出|比较|略|稍|微|小幅|稳中有升|稳中有进|又好又快|达标|原|曾|分别为|主要|总|总体上|有|即|即将|届时|全系统|辖区|辖区内|全社会|小幅度|大幅度|大幅度地|强劲|平稳|稳定|名义|实际|回升|企稳|止跌|由负转正|预计全年|计划全年|预算|实",
    "punct": "，|、|：|(|)|“|”|—|-|—— | |·|《|》|/|且|,",
}
_ORDER = (
    "to",
    "compare",
    "period",
    "national",
    "milestone",
    "level",
    "up",
    "down",
    "from",
    "rank",
    "whole_place",
    "other_place",
    "noun",
    "adverb",
    "punct",
)


def _vocabulary() -> dict[str, str]:
    words: dict[str, str] = {}
    for kind in _ORDER:
        for word in _LEXICON[kind].split("|"):
            if word:
                words.setdefault(word, kind)
    return words


_WORDS = _vocabulary()
_LONGEST = max(map(len, _WORDS))
_YEAR = lazy(
    r"(?:[到至]?(?:20\d\d|19\d\d)年(?:\d{1,2}月)?(?:末|底|初|度)?(?:的|为|时)?)|“?十[三四五]五”?(?:末|初|期末)(?:的|为)?|\d{1,2}月末|[一二三四]季度"
)
_COMPARE_YEAR = lazy(r"(?:比|较|与|同|和|在)(?=(?:20\d\d|19\d\d)年|“?十[二三四五]五)")
_NUMBER = r"[\d一二两三四五六七八九十]{1,3}"
_ASIDE = lazy(
    rf"连续{_NUMBER}年|(?:分|先后)?{_NUMBER}(?:个批次|批次?)|(?:剔除|扣除|不含|不考虑)[^，。；\d]{{2,12}}(?:因素|后|，)后?"
    r"|\((?:含|不含|包括|不包括|按|以|即|简称|原|剔除|扣除|特殊类型)[^()，。；\d\ue000]{1,14}\)"
    r"|\([^()，。；\d\ue000]{2,20}(?:口径|标准|准)\)"
    r"|从[^，。；：\d\ue000]{2,14}(?:中|里|内)(?=列支|挤出|安排|划拨|解决|支出|调剂|拨付|拿出|筹措)"
    rf"|{_NUMBER}[道个]大?(?:台阶|关口|大关|门槛)"
    rf"|(?:连续)?(?:跨越|跨过|迈上|连跨|连上|跨上|迈过)了?{_NUMBER}个[百千万亿]{{1,3}}元?级?大?(?:台阶|关口|大关|门槛)"
)
"""Remarks between name and number that say nothing of what the number is."""
_MOST_UNKNOWN = 8
LIMIT = 40
"""Longer gaps than this are not read: a name and its number stand together."""


@dataclass(frozen=True, slots=True)
class Gap:
    """An explained gap: the kinds of its words in order, and the words."""

    kinds: tuple[str, ...]
    words: tuple[str, ...]
    year: int | None = None

    def has(self, *kinds: str) -> bool:
        """Whether any word is of one of these kinds."""
        return any(kind in kinds for kind in self.kinds)

    @property
    def verb(self) -> str:
        """Kind of the last word that says what the number is; empty where none does."""
        for kind in reversed(self.kinds):
            if kind in ("to", "level", "milestone", "up", "down", "from", "national"):
                return kind
        return ""


_COUNT = rf"(?:(?:参评|参考|参加排名)的)?(?:\d{{1,3}}个?|{_NUMBER}个)(?:兄弟|同类|参评|参考)?"
_COUNTIES = r"(?:县区|县市区|[县区市]\([县区市](?:[、/]?[县区市])?\)|区县|市县|旗县区?|[县区市]、[县区市](?:、[县区市])?|县|区|市)"
_INSIDE = r"(?:当中|之中|中|里[面头]?|内)"
_AMONG = lazy(
    rf"在?全([市省州国])(?:{_COUNT})?{_COUNTIES}?{_INSIDE}?|(?:在|(?:参评|参考)的){_COUNT}{_COUNTIES}{_INSIDE}"
)
"""在全市11个县（区）里排到第6名: among how many places is no number of the indicator."""


def explain(text: str) -> Gap | None:
    """Read a gap; None where it holds anything unknown."""
    if len(text) > LIMIT:
        return None
    gap, at = _read(text)
    return gap if at == len(text) else None


def unknown(text: str) -> str:
    """What keeps a gap from being read: the first piece that is no known word, "" where there is none."""
    _, at = _read(text)
    end = at + 1
    while end < len(text) and end - at < _MOST_UNKNOWN and not _begins(text, end):
        end += 1
    return text[at:end]


def _begins(text: str, at: int) -> bool:
    """Whether a known word begins there that is no chance character of an unknown one (邻县)."""
    found = _word(text, at)
    return found is not None and (len(found[1]) > 1 or found[0] == "punct")


def _read(text: str) -> tuple[Gap, int]:
    """The words of `text` from its start, and where the known ones end."""
    kinds: list[str] = []
    words: list[str] = []
    year = None
    at = 0
    while at < len(text):
        found = _word(text, at)
        if found is None:
            break
        kind, word = found
        if kind == "year":
            digits = re.search(r"(?:20|19)\d\d", word)
            year = int(digits[0]) if digits else year
        kinds.append(kind)
        words.append(word)
        at += len(word)
    return Gap(tuple(kinds), tuple(words), year), at


def _word(text: str, at: int) -> tuple[str, str] | None:
    """Kind and text of the longest known word at `at`."""
    match = _YEAR.match(text, at)
    if match:
        return "year", match[0]
    match = _AMONG.match(text, at)
    if match:
        return "other_place" if match[1] in ("省", "国") else "whole_place", match[0]
    match = _COMPARE_YEAR.match(text, at)
    if match:
        return "compare", match[0]
    match = _ASIDE.match(text, at)
    if match:
        return "adverb", match[0]
    for size in range(min(_LONGEST, len(text) - at), 0, -1):
        kind = _WORDS.get(text[at : at + size])
        if kind is not None:
            return kind, text[at : at + size]
    return None
