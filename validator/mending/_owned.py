"""Which words beside a sign of a vendor are the report's own, and what a bureau may write without any vendor.

The check shows a person the whole line and asks to look; here nobody looks. So words that stand apart from
the sign, and in which no vendor speaks, are left; and what the report may have written itself is not sure.
"""

from __future__ import annotations

import re

from validator.text.lazy import lazy

Span = tuple[int, int]

_SPEAKS = lazy(
    "更多|全套|海量|精品|优质|完整|全文|材料|资料|文档|范文|模板|文稿|讲话稿|原稿|原创|可编辑|下载|试读|试看|预览|会员|VIP|年卡|季卡|月卡"
    "|微信|QQ|扣扣|公众号|视频号|小程序|扫码|扫一扫|长按|二维码|关注|添加|咨询|客服|小编|私信|回复|获取|领取|索取|免费|付费|付款|购买"
    "|严禁|禁止|请勿|不得|谢绝|仅供|仅限|版权|侵权|必究|追究|转载|转售|转卖|倒卖|删除|网站|文库|公文|文秘|写作|课件|教案|真题|素材"
    "|需要|想要|如需|欢迎|订阅|充值|积分|点赞|收藏|分享|独家|专享|正版|官网|店铺|旺旺|淘宝|网盘|提取码|搜索|试用|入群|进群|加群|交流群"
    r"|薇|➕|www|http|\.com|\.cn|[A-Za-z0-9][A-Za-z0-9_.-]{5,}|[0-9]{5,}",
    re.IGNORECASE,
)
_PRESS = lazy("来源|稿源|记者|编辑|责编|通讯员|实习生|作者|审核|校对")
"""Words of a news medium, which go with what else it left."""
_GAP = lazy(r"\s+")
_PAGE = lazy(r"[第共]\s*[0-9]+\s*页")
_COUNT = lazy(
    r"[0-9０-９][0-9０-９.,，]* ?[余多]?[万亿]?"
    r"(?:[人名所个项次场件家处户亩辆栋班位]|平方|公里|公顷|百分点|学位)"
    r"(?![一-鿿]{0,4}(?:笔友|会员|用户|粉丝|读者|网友|写手|同行|好友))"
)
"""A number with a unit in which a bureau counts, and no shop; a shop counts those who buy from it."""
_BUREAU = lazy(
    r"[县市区州盟旗乡镇][一-鿿]{0,12}(?:局|委|办|厅|政府|中心|学校|大队)"
    r"|20[0-9]{2}年[一-鿿“”]{0,16}(?:总结|报告|要点|计划|方案|思路)(?=$|[，,：: ])"
)
"""A public body, or the name of a paper as its heading has it."""
_CREDIT = lazy(
    r"(?:责任?编辑?|编辑?|编审|校对|审核|初审|复审|终审|签发|主编|记者|通讯员|作者|撰稿)\s*[：:/|丨]"
)
"""Who wrote, edited or released it: a bulletin of the bureau has such a line of its own."""
_NOTICE = lazy("未经|转载|仅供|仅限|版权|外传|内部|不得|禁止|严禁|请勿|翻印|传播")
_TRADE = lazy(
    "范文|模板|文库|文档|下载|会员|VIP|完整版|全文|试读|试看|预览|网盘|提取码|购买|付费|付款|充值|领取|索取|倒卖|转售|转卖|贩卖|盗版|素材"
    "|课件|教案|真题|公文|文秘|写作|代写|润色|店铺|旺旺|淘宝|更多|全套|海量|精品|原创|客服|本站|本店|站长|侵权",
    re.IGNORECASE,
)
"""Words of the trade in documents, which no bureau uses of its own papers."""


def bare(text: str, start: int, end: int, signs: Span, *, press: bool = False) -> Span:
    """The piece `text[start:end]` without the words at its ends that stand apart from the signs in it and in
    which no vendor speaks, or with `press` no news medium; `signs` are the first and the last character of
    them. Characters that are set apart one by one are a disguise and no words."""
    first, last = signs
    rules = (_SPEAKS, _PRESS) if press else (_SPEAKS,)
    limit = min((one.start() for rule in rules for one in rule.finditer(text, start, first)), default=first)
    for gap in _GAP.finditer(text, start, limit):
        if _is_own(text[start : gap.start()]):
            start = gap.end()
    limit = max((one.end() for rule in rules for one in rule.finditer(text, last, end)), default=last)
    for gap in _GAP.finditer(text, limit, end):
        if _is_own(text[gap.end() : end]):
            return start, gap.end()
    return start, end


def _is_own(words: str) -> bool:
    return bool(_PAGE.search(words)) or any(len(one.strip("—-–·.")) > 1 for one in words.split())


def counts(text: str, *around: Span) -> bool:
    """Whether a number of people, schools … stands in one of the stretches."""
    return any(_COUNT.search(text, *one) for one in around)


def names_body(text: str, *around: Span) -> bool:
    """Whether one of the stretches names a public body or a paper of this year: it may run into the signs."""
    return any(_BUREAU.search(text, *one) for one in around)


def is_credit(text: str) -> bool:
    """Whether it names who wrote, edited or released a paper."""
    return bool(_CREDIT.search(text))


def is_trade(text: str) -> bool:
    """Whether it speaks of the trade in documents."""
    return bool(_TRADE.search(text))


def is_notice(text: str) -> bool:
    """Whether it is a notice on who may read or pass something on."""
    return bool(_NOTICE.search(text))
