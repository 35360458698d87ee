"""Banned text: advertising, contact handles and notices of document vendors.

Every part of the file is searched, what a reader sees and what not. A `sure` rule stands alone; a
`context` rule counts only beside one: in the same block, or in a document in which a sure rule holds.
A vendor whose name is learned from a sure passage is found wherever the name stands by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from validator.checks._base import Check, Context
from validator.model.document import Block, Document, Kind
from validator.model.finding import Code, Finding
from validator.model.rule import BannedRule
from validator.model.words import Bilingual, Severity
from validator.text.fold import Folded, fold
from validator.text.lazy import lazy


def _code(number: int, title: Bilingual, meaning: Bilingual, bad: str, remedy: Bilingual) -> Code:
    return Code(
        id=f"BAN{number:03}",
        title=title,
        severity=Severity.ERROR,
        meaning=meaning,
        bad=bad,
        good="（删去）",
        remedy=remedy,
    )


_DELETE = Bilingual("整句删去。", "Delete the whole passage.")
CODES = (
    _code(
        1,
        Bilingual("资料贩卖者的名称", "Name of a document vendor"),
        Bilingual(
            "范文网站、资料店铺的名称留在了报告里。", "The name of a template shop is left in the report."
        ),
        "某某公文网整理",
        _DELETE,
    ),
    _code(
        2,
        Bilingual("招揽用的联系方式", "A vendor's contact handle"),
        Bilingual(
            "微信号、QQ号、QQ群、公众号等招揽生意的联系方式，包括“薇信”“扣扣”“V信”等变形写法。",
            "A WeChat or QQ handle or group that invites customers, also in disguise.",
        ),
        "更多材料请加微信gongwen_01",
        _DELETE,
    ),
    _code(
        3,
        Bilingual("会员推销、禁止转卖的声明", "Membership offer or resale notice"),
        Bilingual(
            "推销会员、声明“会员资料 严禁外传”“打击倒卖”等文字。",
            "Offers of membership, and notices that forbid passing the material on.",
        ),
        "会员资料 严禁外传",
        _DELETE,
    ),
    _code(
        4,
        Bilingual("下载提示、“仅供学习”一类声明", "Download or confidentiality notice of a vendor"),
        Bilingual(
            "“完整版请下载”“仅供学习交流”“如有侵权请联系删除”等网站文字。",
            "Notices of a site: download the full version, for study only, contact us for removal.",
        ),
        "试读结束，完整版请付费下载",
        _DELETE,
    ),
    _code(
        5,
        Bilingual("资料网站、网盘的链接", "Link to a vendor's site or a file share"),
        Bilingual(
            "资料网站的网址、网盘链接和提取码。", "The address of a template shop, or a link to a file share."
        ),
        "https://pan.baidu.com/s/… 提取码：ab12",
        _DELETE,
    ),
    _code(
        6,
        Bilingual("文件属性里的资料贩卖者信息", "Vendor in the document properties"),
        Bilingual(
            "文件属性（标题、作者、备注等）里留有资料网站的名称或联系方式。",
            "Title, author or comments of the file name a vendor.",
        ),
        "文件属性“备注”：更多范文请加微信",
        Bilingual(
            "在“文件—信息—检查文档”里删除文档属性。",
            "Remove the document properties (File, Info, Inspect Document).",
        ),
    ),
)
_BY_ID = {code.id: code for code in CODES}
_SEGMENT = lazy(r"[　|｜\t]|\s{2,}|[。！；!]|\s[-—·]\s")
_CLAUSE = lazy(r"[，。；：！▍|｜\s]")
_LONG = 80
_SENTENCE = lazy("[。！；]")
_FILLERS = frozenset(" .·・-*_~❤♥♡✿★☆丶'`^")
_PULLED = lazy(
    "(?:[A-Z\u4e00-\u9fff][ .·・*_~❤♥♡✿★☆丶'`^-]){2,}[A-Z0-9\u4e00-\u9fff]|[微威薇企扣秋][❤♥♡✿★☆丶·*._~-]"
    "|(?<![A-Z0-9])[A-Z][ .·・*_~-][A-Z](?![A-Z0-9])"
)
_ADDRESS = lazy(
    r"(?:HTTPS?://|WWW\.)[A-Z0-9./?=&%#_~-]{3,}|(?<![A-Z0-9@.])[A-Z0-9-]{2,40}\.(?:COM|NET|CN|CC|TOP|VIP|XYZ|SITE|SHOP)(?![A-Z0-9.])[A-Z0-9./?=&%#_~-]*"
)
_OFFICIAL = lazy(r"\.(?:GOV|EDU|ORG|MIL|AC)\.CN|@")
_NAME = lazy(
    r"(?:^|[【《“「])([\u4e00-\u9fffA-Z0-9]{2,10}?)(?:[】》”」]|整理|出品|独家|荣誉出品|原创|提醒您|友情提醒|，)|"
    r"本(?:文档|资料|材料|文|稿件?)(?:由|来自|来源于)([\u4e00-\u9fffA-Z0-9]{2,12}?)(?:提供|整理|制作|出品|发布|上传|下载|，|。|$)|"
    r"(?:关注|搜索)[^，。]{0,8}(?:公众号|微信)[“「]?([\u4e00-\u9fffA-Z0-9]{2,12})[”」]?|"
    r"(?:版权|著作权)归([\u4e00-\u9fffA-Z0-9]{2,10}?)所有"
)
_TRADE = lazy(
    "公文|范文|文库|文秘|材料|写作|笔杆|秘书|文稿|文椟|文档|文案|资料|课件|文书|讲话稿|体制内|文行|文苑|文集|文网|文斋|墨|稿|模板|文印|素材|PPT|WORD"
)
_OWN_LINE = lazy(
    "局|[县市区]人民|政府|学校|小学|中学|工作|报告|总结|计划|公报|联系人|电话|地址|邮编|来源|时间|日期|作者|第[0-9一二三四五六七八九十]+[页期号]|年[0-9]{1,2}月|字号|打印|关闭|分享"
)
_OWN = lazy(
    "局|县|市|区|政府|学校|小学|中学|教育|科技|体育|人民|党|委员会|工作|报告|总结|计划|年|会员|群众|公众号|微信|免费|本文|更多|材料$|资料$|全套|完整版|声明|版权|注意|提示|附件|关于|打击|活动|举报|倒卖|警惕|通知|作者|本站|本网|原创"
)


@dataclass(slots=True)
class _Match:
    block: int
    start: int
    end: int
    code: str
    strength: str
    note: Bilingual
    obfuscated: bool


@lru_cache(maxsize=512)
def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression)


def find(context: Context) -> Iterator[Finding]:
    """One finding for each passage, in document order."""
    document = context.document
    folded: dict[int, Folded] = {}
    matches: list[_Match] = []
    for index, block in enumerate(document.blocks):
        if block.text.strip():
            matches += _block(document, index, context.rules.banned, folded)
    matches += _shop_lines(document, folded)
    sure_blocks = {one.block for one in matches if one.strength == "sure"}
    kept = [one for one in matches if one.strength == "sure" or _beside(one, sure_blocks)]
    if sure_blocks:
        kept += _line_mates(document, kept)
        kept += _vendors(document, kept, folded)
        kept += _slogans(document, {one.block for one in kept})
    for match in _apart(kept):
        yield _finding(document, match)


def _shop_lines(document: Document, folded: dict[int, Folded]) -> list[_Match]:
    """A short line of names and slogans around a commercial address is a shop sign, not a sentence."""
    note = Bilingual("资料网站网址", "the address of a vendor's site")
    found = []
    for index, block in enumerate(document.blocks):
        text = block.text.strip()
        if (
            len(text) > _LONG
            or text.endswith(("。", "；"))
            or block.kind is Kind.META
            or block.cell is not None
        ):
            continue
        plain = _fold(document, index, folded)
        if len(_SEGMENT.split(text)) < 2 or _OFFICIAL.search(plain.text) or _OWN_LINE.search(text):
            continue
        for match in _ADDRESS.finditer(plain.text):
            span = plain.span(*match.span())
            found.append(_Match(index, *span, "BAN005", "sure", note, obfuscated=False))
    return found


def _line_mates(document: Document, kept: Sequence[_Match]) -> list[_Match]:
    """The other pieces of a shop sign: name and slogan beside an address, a handle or an offer."""
    found = []
    for index in sorted({one.block for one in kept if one.strength == "sure"}):
        text = document.blocks[index].text
        if len(text) > 120 or text.rstrip().endswith("。"):
            continue
        spans = [(one.start, one.end) for one in kept if one.block == index]
        at = 0
        for piece in [*_SEGMENT.finditer(text), None]:
            start, end = at, piece.start() if piece else len(text)
            at = piece.end() if piece else end
            words = text[start:end].strip("【】[]（）()*> -—")
            taken = any(start < stop and begin < end for begin, stop in spans)
            if taken or not words or _OWN_LINE.search(words) or not re.search("[\u4e00-\u9fff]{2}", words):
                continue
            code = "BAN001" if len(words) <= 10 and not re.search("[，。！0-9]", words) else "BAN004"
            begin = text.index(words, start)
            note = _BY_ID[code].title
            found.append(_Match(index, begin, begin + len(words), code, "sure", note, obfuscated=False))
    return found


def _beside(match: _Match, sure: set[int]) -> bool:
    """A weak sign counts near a sure one: the same block, the neighbours, or a tail full of them."""
    if match.strength == "document":
        return bool(sure)
    return any(abs(match.block - one) <= 2 for one in sure)


def _fold(document: Document, index: int, folded: dict[int, Folded]) -> Folded:
    if index not in folded:
        folded[index] = fold(document.blocks[index].text)
    return folded[index]


def _block(
    document: Document, index: int, rules: Sequence[BannedRule], folded: dict[int, Folded]
) -> list[_Match]:
    plain = _fold(document, index, folded)
    allowed: list[tuple[int, int]] = []
    found: list[_Match] = []
    for rule in rules:
        for start, end in _hits(rule, plain.text):
            if any(start < stop and begin < end for begin, stop in allowed):
                continue
            if rule.allow:
                allowed.append((start, end))
                continue
            span = _extend(document.blocks[index], *plain.span(start, end), rule.extend)
            found.append(_Match(index, *span, rule.code, rule.strength, rule.note, rule.obfuscated))
    return found + _pulled_apart(document, index, rules, plain)


def _hits(rule: BannedRule, text: str) -> Iterator[tuple[int, int]]:
    for pattern in rule.patterns:
        if pattern.triggers and not any(word in text for word in pattern.triggers):
            continue
        for match in _compiled(pattern.expression).finditer(text):
            if match.end() > match.start():
                yield match.span()


def _pulled_apart(document: Document, index: int, rules: Sequence[BannedRule], plain: Folded) -> list[_Match]:
    """w e i 信, 企.业.微.信, m-a-i-l: the same rules on the text without the signs put in between."""
    if not _PULLED.search(plain.text):
        return []
    kept = [at for at, character in enumerate(plain.text) if character not in _FILLERS]
    text = "".join(plain.text[at] for at in kept)
    found = []
    for rule in rules:
        if rule.allow or rule.code != "BAN002":
            continue
        for start, end in _hits(rule, text):
            first, last = kept[start], kept[end - 1] + 1
            if _PULLED.search(plain.text, first, last):
                span = _extend(document.blocks[index], *plain.span(first, last), rule.extend)
                found.append(_Match(index, *span, rule.code, rule.strength, rule.note, obfuscated=True))
    return found


def _extend(block: Block, start: int, end: int, how: str) -> tuple[int, int]:
    """The passage that a match stands for: itself, its segment between blanks and bars, or its sentence."""
    if how == "match":
        return start, end
    cut = _SEGMENT if how == "segment" else _SENTENCE
    text = block.text
    before = [one.end() for one in cut.finditer(text, 0, start) if one.end() <= start]
    after = cut.search(text, end)
    if (after.start() if after else len(text)) - (before[-1] if before else 0) > _LONG:
        before = [one.end() for one in _CLAUSE.finditer(text, 0, start) if one.end() <= start]
        after = _CLAUSE.search(text, end)
    left = before[-1] if before else 0
    right = after.start() + (text[after.start()] in "。！；!") if after else len(text)
    while left < start and text[left].isspace():
        left += 1
    while right > end and text[right - 1].isspace():
        right -= 1
    return left, right


def _vendors(document: Document, kept: Sequence[_Match], folded: dict[int, Folded]) -> list[_Match]:
    """Names learned from sure passages, found where they stand by themselves."""
    names: set[str] = set()
    for match in kept:
        block = document.blocks[match.block]
        if match.strength != "sure" or len(block.text) > 160:
            continue
        for found in _NAME.finditer(_fold(document, match.block, folded).text):
            name = next((one for one in found.groups() if one), "")
            quoted = found.group()[-1:] in ("”", "》", "」")
            if name and not _OWN.search(name) and (not quoted or _TRADE.search(name)):
                names.add(name)
    note = Bilingual("资料贩卖者的名称", "name of a document vendor")
    out = []
    for index in range(len(document.blocks)):
        plain = _fold(document, index, folded)
        for name in sorted(names):
            at = plain.text.find(name)
            while at >= 0:
                if _alone(plain.text, at, at + len(name)) or _TRADE.search(name):
                    start, end = plain.span(at, at + len(name))
                    out.append(_Match(index, start, end, "BAN001", "sure", note, obfuscated=False))
                at = plain.text.find(name, at + len(name))
    return out


def _alone(text: str, start: int, end: int) -> bool:
    left = text[start - 1 : start]
    right = text[end : end + 2]
    return (not left or left in "【《“「|。，：") and (
        not right or right[0] in "】》”」|，。：！" or right in ("整理", "出品", "提醒")
    )


def _slogans(document: Document, banned: set[int]) -> list[_Match]:
    """Short lines among vendor lines after the end of the report are vendor text too."""
    blocks = document.blocks
    body = [
        i
        for i, one in enumerate(blocks)
        if one.kind is not Kind.META and one.part == "body" and one.text.strip()
    ]
    last = max((i for i in body if i not in banned and len(blocks[i].text) > 40), default=-1)
    tail = [i for i in body if i > last]
    note = Bilingual("资料贩卖者的宣传语", "slogan of a document vendor")
    out = []
    for place, index in enumerate(tail):
        around = [one for one in (tail[:place], tail[place + 1 :]) if any(i in banned for i in one)]
        if index in banned or len(around) < 2 or blocks[index].kind is Kind.CELL:
            continue
        if not re.search("[0-9局县市区科股室办]|年|抄送|附件|联系人|印发", blocks[index].text):
            text = blocks[index].text
            out.append(_Match(index, 0, len(text.rstrip()), "BAN003", "sure", note, obfuscated=False))
    return out


def _apart(matches: Sequence[_Match]) -> list[_Match]:
    """One finding a passage: what lies inside another, or mostly so, is dropped."""
    kept: list[_Match] = []
    for match in sorted(
        matches, key=lambda one: (one.strength != "sure", one.start - one.end, one.block, one.start)
    ):
        clash = [
            one
            for one in kept
            if one.block == match.block and match.start < one.end and one.start < match.end
        ]
        if not clash:
            kept.append(match)
    return sorted(kept, key=lambda one: (one.block, one.start))


def _joined(title: str, note: str, mark: str) -> str:
    return title if note.casefold() in title.casefold() else f"{title}{mark}{note}"


def _finding(document: Document, match: _Match) -> Finding:
    block = document.blocks[match.block]
    code = _BY_ID["BAN006" if block.part == "properties" else match.code]
    text = block.text[match.start : match.end]
    disguise_zh = "（变形写法）" if match.obfuscated else ""
    disguise_en = " (in disguise)" if match.obfuscated else ""
    return Finding(
        code=code.id,
        severity=code.severity,
        message=Bilingual(
            _joined(code.title.zh, match.note.zh, "：") + disguise_zh,
            _joined(code.title.en, match.note.en, ": ") + disguise_en,
        ),
        remedy=code.remedy,
        location=document.locate(match.block, match.start, match.end),
        text=text,
        block=match.block,
        start=match.start,
        end=match.end,
    )


CHECK = Check(codes=CODES, find=find)
