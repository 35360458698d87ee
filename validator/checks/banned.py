"""Banned text: advertising and notices of document vendors, and what a web page or a news medium left.

Every part of the file is searched, what a reader sees and what not. A `sure` rule stands alone; a
`context` rule counts only near a sure sign of a vendor. A vendor whose name is learned from a sure passage
is found wherever the name stands by itself. Where matches overlap or touch, they are one passage.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from validator.checks._banned_extent import Spans
from validator.checks._banned_lines import ad_lines
from validator.checks._banned_match import Folds, Match, all_matches
from validator.checks._banned_signs import headed, line_mates, repeated, shop_lines, slogans, vendors
from validator.checks._base import Check, Context
from validator.model.document import Document
from validator.model.finding import Code, Finding
from validator.model.rule import BannedRule
from validator.model.words import Bilingual, Severity


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
    _code(
        7,
        Bilingual("网页、媒体留下的文字", "Left over from a web page or a news medium"),
        Bilingual(
            "转载时带进来的责任编辑、稿件来源、版权声明、“更多精彩内容”“分享到”、播放器按钮和网页模板标记。",
            "Credits of editors, sources, copyright notices, sharing and player buttons, marks of page templates.",
        ),
        "（来源：某某新闻网 责任编辑：张某）",
        _DELETE,
    ),
)
_BY_ID = {code.id: code for code in CODES}
_SITE = "BAN007"
_TOUCH = 1
_TELLING = ("BAN002", "BAN003", "BAN005", "BAN004", "BAN001", "BAN007", "BAN006")
"""Which kind a passage is that could be of two: the most telling first."""


def find(context: Context) -> Iterator[Finding]:
    """One finding for each passage, in document order."""
    document = context.document
    folds = Folds(document)
    matches = all_matches(document, context.rules.banned, folds)
    matches += shop_lines(document, folds) + repeated(document, folds)
    spoken = ad_lines(document, context.rules.banned, folds, matches)
    vendor = _vendor(matches + spoken)
    blocks = {one.block for one in vendor}
    kept = [one for one in matches if one.strength == "sure" or _beside(one, blocks)]
    if vendor:
        kept += headed(document, kept)
        kept += line_mates(document, [one for one in kept if one.code != _SITE])
        kept += vendors(document, [one for one in kept if one.code != _SITE], folds)
        kept += slogans(document, {one.block for one in kept})
    for match in _joined(document, _apart(kept + spoken)):
        yield _finding(document, match)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What the findings of a document rest on, before any of it is extended to its line or joined.

    `cores` are the very places where a rule matched, `names` those of vendors that were learned from them,
    `mates` the other pieces of lines that a vendor shares with nobody.
    """

    cores: tuple[Match, ...]
    names: tuple[Match, ...]
    mates: tuple[Match, ...]


def signs(document: Document, rules: Sequence[BannedRule]) -> Signs:
    """The signs of vendors and sites in a document: who takes text out has to know what gave it away."""
    folds = Folds(document)
    own = shop_lines(document, folds) + repeated(document, folds)
    cores = all_matches(document, [replace(one, extend="match") for one in rules], folds) + own
    told = _vendor(all_matches(document, rules, folds) + own)
    return Signs(
        cores=tuple(cores),
        names=tuple(vendors(document, told, folds)),
        mates=tuple(line_mates(document, [_middle(one) for one in _vendor(cores)])),
    )


def _vendor(matches: Sequence[Match]) -> list[Match]:
    return [one for one in matches if one.strength == "sure" and one.code != _SITE]


def _middle(match: Match) -> Match:
    """The match narrowed to one character, so that it takes one piece only of those that it reaches into."""
    at = (match.start + match.end) // 2
    return replace(match, start=at, end=at + 1)


def _beside(match: Match, sure: set[int]) -> bool:
    """A weak sign counts near a sure one of a vendor: in the same block or next to it."""
    return any(abs(match.block - one) <= 2 for one in sure)


def _apart(matches: Sequence[Match]) -> list[Match]:
    """One finding a passage: of matches that overlap the surest and longest stays."""
    masked: dict[int, list[tuple[int, int]]] = {}
    for match in matches:
        if match.obfuscated:
            masked.setdefault(match.block, []).append((match.start, match.end))
    disguised = {block: Spans(spans) for block, spans in masked.items()}
    kept: dict[int, list[Match]] = {}
    for match in sorted(
        matches, key=lambda one: (one.strength != "sure", one.start - one.end, _TELLING.index(one.code))
    ):
        others = kept.setdefault(match.block, [])
        at = bisect_left(others, match.end, key=lambda one: one.start)
        if at and others[at - 1].end > match.start:
            continue
        mask = match.block in disguised and disguised[match.block].touch(match.start, match.end)
        others.insert(at, replace(match, obfuscated=mask))
    return [one for block in sorted(kept) for one in kept[block]]


def _joined(document: Document, matches: Sequence[Match]) -> Iterator[Match]:
    """Sentences of one kind that follow each other are one passage."""
    last: Match | None = None
    for match in matches:
        if last is not None and _follows(document, last, match):
            last = replace(last, end=match.end, obfuscated=last.obfuscated or match.obfuscated)
            continue
        if last is not None:
            yield last
        last = match
    if last is not None:
        yield last


def _follows(document: Document, last: Match, match: Match) -> bool:
    if match.block != last.block or match.code != last.code:
        return False
    between = document.blocks[match.block].text[last.end : match.start]
    return len(between) <= _TOUCH and not between.strip("，,。；、！!) ）】") and "　" not in between


_WHERE = {
    "header": Bilingual("在页眉里删掉。", "Delete it in the header."),
    "footer": Bilingual("在页脚里删掉。", "Delete it in the footer."),
    "watermark": Bilingual(
        "删除水印（Word：设计—水印—删除水印）。", "Remove the watermark (Word: Design > Watermark)."
    ),
    "comment": Bilingual("删除这条批注。", "Delete this comment."),
    "link": Bilingual("去掉这个链接。", "Remove this link."),
    "alt": Bilingual("在图片的替代文字里删掉。", "Delete it in the picture's alternative text."),
    "deleted": Bilingual(
        "已用修订删除，在“审阅”里接受这处修订。", "It is deleted already: accept this revision."
    ),
    "hidden": Bilingual("先显示隐藏文字，再整句删去。", "Show hidden text, then delete the whole passage."),
    "field": Bilingual(
        "显示域代码（Word：Alt+F9），删掉这个域。", "Show field codes (Word: Alt+F9) and delete the field."
    ),
    "chart": Bilingual("在图表里删掉。", "Delete it in the chart."),
    "diagram": Bilingual("在图示里删掉。", "Delete it in the diagram."),
}
"""How to get at what does not stand in the text, by the part; elsewhere the code's own remedy is enough."""


def _title(title: str, note: str, mark: str) -> str:
    return title if note.casefold() in title.casefold() else f"{title}{mark}{note}"


def _finding(document: Document, match: Match) -> Finding:
    block = document.blocks[match.block]
    code = _BY_ID["BAN006" if block.part == "properties" else match.code]
    text = block.text[match.start : match.end]
    disguise_zh = "（变形写法）" if match.obfuscated else ""
    disguise_en = " (in disguise)" if match.obfuscated else ""
    return Finding(
        code=code.id,
        severity=code.severity,
        message=Bilingual(
            _title(code.title.zh, match.note.zh, "：") + disguise_zh,
            _title(code.title.en, match.note.en, ": ") + disguise_en,
        ),
        remedy=_WHERE.get(block.part, code.remedy),
        location=document.locate(match.block, match.start, match.end),
        text=text,
        block=match.block,
        start=match.start,
        end=match.end,
        obfuscated=match.obfuscated,
    )


CHECK = Check(codes=CODES, find=find)
