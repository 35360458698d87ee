"""What belongs to a vendor although no rule knows it: shop signs, slogans, and his name once it is known."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from validator.checks._banned_extent import CUTS, SEGMENT, prose
from validator.checks._banned_match import WIDE, Folds, Match
from validator.model.document import Block, Document, Kind
from validator.model.words import Bilingual
from validator.text.fold import fold
from validator.text.lazy import lazy

_LONG = 80
_NEAR = 4
"""Slogans stand so many lines from a vendor line, on either side."""
_ADDRESS = lazy(
    r"(?:HTTPS?：//|WWW\.)[A-Z0-9./?？=&%#_~～：-]{3,}|(?<![A-Z0-9@.])[A-Z0-9-]{2,40}\.(?:COM|NET|CN|CC|TOP|VIP|XYZ|SITE|SHOP)(?![A-Z0-9.])[A-Z0-9./?？=&%#_~～：-]*"
)
_OFFICIAL = lazy(
    r"\.(?:GOV|EDU|ORG|MIL|AC)\.CN|@|\b(?:XINHUANET|NEWS|PEOPLE|CCTV|CHINANEWS|CNR|CHINADAILY|XUEXI|QQ)\.(?:COM|CN)"
    r"|\bGITHUB\."
)
_NAME = lazy(
    r"(?:^|[【《“「])([\u4e00-\u9fffA-Z0-9]{2,10}?)(?:[】》”」]|整理|出品|独家|荣誉出品|原创|提醒您|友情提醒|，)|"
    r"本(?:文档|资料|材料|文|稿件?)(?:由|来自|来源于)([\u4e00-\u9fffA-Z0-9]{2,12}?)(?:提供|整理|制作|出品|发布|上传|下载|，|。|$)|"
    r"(?:关注|搜索)[^，。]{0,8}(?:公众号|微信)[“「]?([\u4e00-\u9fffA-Z0-9]{2,12})[”」]?|"
    r"(?:版权|著作权)归([\u4e00-\u9fffA-Z0-9]{2,10}?)所有|"
    r"(?:移步|认准|进入|访问|光顾)[“「]([\u4e00-\u9fffA-Z0-9]{2,10})[”」](?:小店|店铺|微店|网店|工作室)"
)
_TRADE = lazy(
    "公文|范文|文库|文秘|材料|写作|笔杆|秘书|文稿|文椟|文档|文案|资料|课件|文书|讲话稿|体制内|文行|文苑|文集|文网|文斋|墨|稿|模板|文印|素材|PPT|WORD"
)
_OWN_LINE = lazy(
    "局|[县市区]人民|政府|学校|小学|中学|工作|报告|总结|计划|公报|联系人|电话|地址|邮编|来源|时间|日期|作者|第[0-9一二三四五六七八九十]+[页期号]|年[0-9]{1,2}月|字号|打印|关闭|分享|核稿|拟稿|签发|校对|审核|承办|印发|共印"
)
_OWN = lazy(
    "局|县|市|区|政府|学校|小学|中学|教育|科技|体育|人民|党|委员会|工作|报告|总结|计划|年|会员|群众|公众号|微信|免费|本文|更多|材料$|资料$|全套|完整版|声明|版权|注意|提示|附件|关于|打击|活动|举报|倒卖|警惕|通知|作者|本站|本网|原创"
)
_WATERMARK = 240
_AGAIN = lazy(r"(.{2,40}?)(?:[ ·|/*，、-]{0,3}\1){2,}")
_STAMP = lazy(
    "预览|样稿|样张|试读|试看|会员|VIP|勿用|盗版|仅供|转载|水印|试用|(?:禁止|严禁|请勿)(?:外传|转|复制|传播)"
)
_PIECE = lazy(CUTS + r"|(?<=】)(?=.)|(?=【)")
_VENDOR = Bilingual("资料贩卖者的名称", "name of a document vendor")
_SITE = Bilingual("资料网站网址", "the address of a vendor's site")
_SLOGAN = Bilingual("资料贩卖者的宣传语", "slogan of a document vendor")
_NOTICE = Bilingual("下载提示、“仅供学习”一类声明", "download or confidentiality notice of a vendor")


def _sure(block: int, span: tuple[int, int], code: str, note: Bilingual) -> Match:
    return Match(block=block, start=span[0], end=span[1], code=code, strength="sure", note=note)


def shop_lines(document: Document, folds: Folds) -> list[Match]:
    """A short line of names and slogans around a commercial address is a shop sign, not a sentence."""
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
        plain = folds[index]
        alone = _ADDRESS.fullmatch(plain.text.strip()) is not None
        signs = alone or len(SEGMENT.split(text)) > 1 or WIDE.search(text) is not None
        if not signs or _OFFICIAL.search(plain.text) or _OWN_LINE.search(text):
            continue
        for match in _ADDRESS.finditer(plain.text):
            span = plain.span(*match.span())
            wide = WIDE.search(block.text, *span) is not None
            found.append(replace(_sure(index, span, "BAN005", _SITE), obfuscated=wide))
    return found


def repeated(document: Document, folds: Folds) -> list[Match]:
    """One word again and again and nothing else: what a watermark leaves in the text."""
    found = []
    for index, block in enumerate(document.blocks):
        if len(block.text) > _WATERMARK:
            continue
        plain = folds[index]
        match = _AGAIN.fullmatch(plain.text)
        if match and (_ADDRESS.search(match[1]) or _TRADE.search(match[1]) or _STAMP.search(match[1])):
            found.append(_sure(index, plain.span(*match.span()), "BAN004", _NOTICE))
    return found


def line_mates(document: Document, kept: Sequence[Match]) -> list[Match]:
    """The other pieces of a shop sign: name and slogan beside an address, a handle or an offer."""
    found = []
    for index in sorted({one.block for one in kept if one.strength == "sure"}):
        text = document.blocks[index].text
        spans = [(one.start, one.end) for one in kept if one.block == index]
        if len(text) > 120 or _rest(text, spans).rstrip().endswith("。"):
            continue
        at = 0
        for piece in [*_PIECE.finditer(text), None]:
            start, end = at, piece.start() if piece else len(text)
            at = piece.end() if piece else end
            words = text[start:end].strip("【】[]（）()*> -—")
            sentence = piece is not None and piece[0] in ("。", "；")
            taken = sentence or any(start < stop and begin < end for begin, stop in spans)
            if taken or not words or _OWN_LINE.search(words) or not re.search("[\u4e00-\u9fff]{2}", words):
                continue
            name = len(words) <= 10 and not re.search("[，。！0-9]", words)
            begin = text.index(words, start)
            span = _with_brackets(text, begin, begin + len(words))
            found.append(_sure(index, span, *(("BAN001", _VENDOR) if name else ("BAN004", _NOTICE))))
    return found


def _rest(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text in front of the passages at its end: a sentence keeps its full stop before an advertisement."""
    for start, end in sorted(spans, reverse=True):
        if not text[end:].strip():
            text = text[:start]
    return text


def headed(document: Document, kept: Sequence[Match]) -> list[Match]:
    """The name in front of a contact on a line of a page's head or foot that got into a paragraph."""
    found = []
    for one in kept:
        block = document.blocks[one.block]
        if one.strength != "sure" or isinstance(block.offsets, range):
            continue
        name = _HEAD.search(block.text, max(0, one.start - _WIDTH), one.start)
        if name is None or not _TRADE.search(name[1]):
            continue
        begin = next((at for at in _line_starts(document, block) if name.start(1) <= at < name.end(1)), None)
        if begin is not None:
            found.append(_sure(one.block, (begin, name.end(1)), "BAN001", _VENDOR))
    return found


_WIDTH = 16
_HEAD = lazy("([\u4e00-\u9fffA-Za-z0-9]{2,12})(?:　|  |[|｜])[　 ]{0,4}$")


def _line_starts(document: Document, block: Block) -> list[int]:
    """Where the lines of the source begin that the reader joined to one block."""
    offsets = block.offsets
    return [at for at in range(1, len(block.text)) if "\n" in document.source[offsets[at - 1] : offsets[at]]]


def vendors(document: Document, kept: Sequence[Match], folds: Folds) -> list[Match]:
    """Names learned from sure passages, found where they stand by themselves."""
    names = sorted({name for match in kept for name in _names(document, match, folds)})
    out = []
    for index in range(len(document.blocks) if names else 0):
        plain = folds[index]
        for name in names:
            at = plain.text.find(name)
            while at >= 0:
                if _alone(plain.text, at, at + len(name)) or _TRADE.search(name):
                    span = _with_brackets(document.blocks[index].text, *plain.span(at, at + len(name)))
                    out.append(_sure(index, span, "BAN001", _VENDOR))
                at = plain.text.find(name, at + len(name))
    return out


def _with_brackets(text: str, start: int, end: int) -> tuple[int, int]:
    """The name with the brackets around it, where nothing else is in them but what its owner did."""
    opening = text[start - 1 : start]
    after = _BY.match(text, end)
    if after and opening and _PAIRS.get(opening) == after[1]:
        return start - 1, after.end()
    return start, end


_BY = lazy("(?:[·•: ：]?(?:整理|供稿|提供|出品|独家|原创|首发|制作))?([】）)〕］])")
_PAIRS = {"【": "】", "（": "）", "(": ")", "〔": "〕", "［": "］"}


def _names(document: Document, match: Match, folds: Folds) -> set[str]:
    if match.strength != "sure" or len(document.blocks[match.block].text) > 160:
        return set()
    names = set()
    text = document.blocks[match.block].text
    passage = fold(text[match.start : match.end]) if prose(text) else folds[match.block]
    for found in _NAME.finditer(passage.text):
        name = next((one for one in found.groups() if one), "")
        if found.group()[-1:] == "，" and not _TRADE.search(name):
            continue
        quoted = found.group()[-1:] in ("”", "》", "」") and not found.groups()[-1]
        if name and not _OWN.search(name) and (not quoted or _TRADE.search(name)):
            names.add(name)
    return names


def _alone(text: str, start: int, end: int) -> bool:
    left = text[start - 1 : start]
    right = text[end : end + 2]
    return (not left or left in "【《“「|。，：(") and (
        not right or right[0] in "】》”」|，。：！·)" or right in ("整理", "出品", "提醒")
    )


def slogans(document: Document, banned: set[int]) -> list[Match]:
    """Short lines among vendor lines after the end of the report are vendor text too."""
    blocks = document.blocks
    body = [
        i
        for i, one in enumerate(blocks)
        if one.kind is not Kind.META and one.part == "body" and one.text.strip()
    ]
    last = max((i for i in body if i not in banned and len(blocks[i].text) > 40), default=-1)
    tail = [i for i in body if i > last] if last >= 0 else []
    out = []
    for place, index in enumerate(tail):
        before, after = tail[max(0, place - _NEAR) : place], tail[place + 1 : place + 1 + _NEAR]
        among = banned.intersection(before) and banned.intersection(after)
        if index in banned or not among or blocks[index].kind is Kind.CELL:
            continue
        text = blocks[index].text
        if not re.search("[0-9局县市区科股室办]|年|抄送|附件|联系人|印发", text):
            out.append(_sure(index, (0, len(text.rstrip())), "BAN003", _SLOGAN))
    return out
