"""How far a banned passage reaches: its line, its brackets, or its clauses inside a paragraph of the report.

A match is only the part that gives a vendor away. What the clerk has to delete is the whole passage, and
nothing of the report around it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import accumulate

from validator.model.document import Block, Document
from validator.text.lazy import lazy

Span = tuple[int, int]

CUTS = r"[　|｜\t]|\s{2,}|[。！；!]|\s[-—·]\s"
SEGMENT = lazy(CUTS)
"""Where one piece of a line ends: wide blanks, bars, the end of a sentence."""
_PIECES = lazy(CUTS + r"|(?<=】)(?=.)|(?=【)")
_LONG = 80
_REACH = 300
_CLAUSE = lazy(r"[，,。；：:！!▍|｜▌　\t]|\s{2,}")
_OPENING = "【（(〔[《{〖“"
_CLOSING = "】）)〕]》}〗”"
_FENCE = lazy(r"[-—–*＊=~～_]{2,}|[※★☆◆◇■□●▲→←↓#♦✦]+|\*{1,}")
_VENDOR = lazy(
    "更多|全套|海量|精品|优质|完整|全文|原文|剩余|材料|资料|文档|范文|模板|文稿|讲话稿|原稿|原创|可编辑|下载|试读|试看|预览|会员|VIP|vip"
    "|年卡|季卡|月卡|微信|QQ|公众号|视频号|小程序|扫码|扫一扫|长按|二维码|关注|添加|联系|咨询|客服|小编|私信|回复|获取|领取|索取|免费"
    "|付费|付款|购买|未经|未获|严禁|禁止|请勿|不得|谢绝|仅供|仅限|版权|侵权|必究|追究|转载|转售|转卖|倒卖|删除|出处|来源|来自|本文|本站"
    "|本店|本网|本报|本刊|本号|此文|此件|声明|整理|提供|编辑|校对|审核|记者|投稿|报料|爆料|点击|搜索|复制|镜像|摘编|传播|客户端|APP|app|授权|稿件|观点|网站"
    "|文库|需要|想要|如需|如有|欢迎|敬请|请在|请加|请登录|加我|薇|➕|热线|电话|邮箱|照抄|参考|学习|订阅|充值|积分|在看|点赞|收藏|分享"
    "|[A-Za-z0-9][A-Za-z0-9_.-]{5,}|[0-9]{5,}"
)


class Spans:
    """Spans of one text; whether a span touches one of them is told without looking at each."""

    def __init__(self, spans: Iterable[Span]) -> None:
        ordered = sorted(spans)
        self._starts = [start for start, _ in ordered]
        self._ends = list(accumulate((end for _, end in ordered), max))

    def touch(self, start: int, end: int) -> bool:
        before = bisect_left(self._starts, end)
        return before > 0 and self._ends[before - 1] > start


def extend(text: str, start: int, end: int, how: str, breaks: Sequence[int] = ()) -> Span:
    """The passage in `text` that the match `text[start:end]` stands for; `how` is that of the rule.

    `breaks` are places in `text` at which a line of its own begins, see `line_breaks`. A passage reaches at
    most `_REACH` characters to either side.
    """
    if how == "match":
        return start, end
    low, high = max(0, start - _REACH), min(len(text), end + _REACH)
    near = [one - low for one in breaks[bisect_left(breaks, low) : bisect_left(breaks, high)]]
    left, right = _near(text[low:high], start - low, end - low, how, near, whole=not prose(text))
    return left + low, right + low


def _near(text: str, start: int, end: int, how: str, breaks: Sequence[int], *, whole: bool) -> Span:
    inner = _fenced(text, start, end) or _bracketed(text, start, end)
    if inner:
        return inner
    left, right = _piece(text, start, end, line=how == "line")
    left = max([left, *(one for one in breaks if one <= start)])
    right = min([right, *(one for one in breaks if one >= end)])
    if right - left > _LONG or not whole:
        chain = _chain(text, left, right, start, end)
        if (chain[0] - left) + (right - chain[1]) > _SLACK:
            left, right = chain
    return _trimmed(text, left, right, start, end)


def line_breaks(document: Document, block: Block) -> list[int]:
    """Where the lines begin of which a reader made one paragraph although their lengths show that they are none.

    Wrapped lines are about equally long; lines of an advertisement are not.
    """
    if isinstance(block.offsets, range):
        return []
    starts = [
        at
        for at in range(1, len(block.text))
        if block.offsets[at] > block.offsets[at - 1] + 1
        and "\n" in document.source[block.offsets[at - 1] : block.offsets[at]]
    ]
    begins = [0, *starts]
    lengths = [stop - begin for begin, stop in zip(begins, starts, strict=False)]
    return starts if lengths and max(lengths) - min(lengths) > _RAGGED else []


_RAGGED = 6
_SLACK = 4
_STOPS = "。；;！!"


def prose(text: str) -> bool:
    """Whether the block is a sentence and not a line that stands by itself."""
    return text[-_LONG:].rstrip().endswith(("。", "；", ";"))


def _piece(text: str, start: int, end: int, *, line: bool) -> Span:
    cut = _SENTENCE if line else _PIECES
    before = [one.end() for one in cut.finditer(text, 0, start) if one.end() <= start]
    after = cut.search(text, end)
    left = before[-1] if before else 0
    right = after.start() + (text[after.start()] in _STOPS) if after else len(text)
    return left, right


_SENTENCE = lazy("[。！；]")


def _chain(text: str, left: int, right: int, start: int, end: int) -> Span:
    """The clauses around the match in which a vendor speaks, cut where his words begin and end."""
    marks = [one.span() for one in _CLAUSE.finditer(text, left, right)]
    begins = [left, *(stop for _, stop in marks)]
    ends = [*(begin for begin, _ in marks), right]
    clauses = list(zip(begins, ends, strict=True))
    first = max(i for i, (begin, _) in enumerate(clauses) if begin <= start)
    last = min((i for i, (_, stop) in enumerate(clauses) if stop >= end), default=len(clauses) - 1)
    while first > 0 and _VENDOR.search(text, *clauses[first - 1]):
        first -= 1
    while last < len(clauses) - 1 and _VENDOR.search(text, *clauses[last + 1]):
        last += 1
    stop = _last_word(text, end, clauses[last][1], right)
    aside = _ASIDE.match(text, stop)
    return _first_word(text, clauses[first][0], start), aside.end() if aside else stop


_ASIDE = lazy("[（(][^（()）]{0,20}(?:备注|验证|口令|同号|注明|在线|暗号)[^（()）]{0,20}[）)]")


def _first_word(text: str, begin: int, start: int) -> int:
    word = _VENDOR.search(text, begin, start)
    at = word.start() if word else start
    return begin if at - begin <= 2 else at


def _last_word(text: str, end: int, stop: int, right: int) -> int:
    at = max((one.end() for one in _VENDOR.finditer(text, end, stop)), default=end)
    if stop - at <= _SLACK:
        at = stop
    return at + 1 if at < right and text[at] in _STOPS else at


def _bracketed(text: str, start: int, end: int) -> Span | None:
    """The brackets around the match, where they hold one passage."""
    depth = 0
    for left in range(start - 1, max(-1, start - _LONG), -1):
        if text[left] in _CLOSING:
            depth += 1
        elif text[left] in _OPENING:
            if depth == 0:
                return _closed(text, left, end)
            depth -= 1
        elif text[left] == "\n":
            break
    return None


def _closed(text: str, left: int, end: int) -> Span | None:
    if text[left] in "“《":
        return None
    closing = _CLOSING[_OPENING.index(text[left])]
    right = text.find(closing, end, end + _LONG)
    other = text.find(text[left], end, right) if right >= 0 else -1
    return (left, right + 1) if right >= 0 and other < 0 else None


def _fenced(text: str, start: int, end: int) -> Span | None:
    """A passage between two equal signs, put into a sentence of the report: 成---…---立."""
    fences = list(_FENCE.finditer(text, max(0, start - _LONG), min(len(text), end + _LONG)))
    left = [one for one in fences if one.end() <= start]
    right = [one for one in fences if one.start() >= end]
    if not left or not right or left[-1][0][0] != right[0][0][0]:
        return None
    return left[-1].start(), right[0].end()


def _trimmed(text: str, left: int, right: int, start: int, end: int) -> Span:
    while left < start and (text[left].isspace() or text[left] in "，,、"):
        left += 1
    while right > end and (text[right - 1].isspace() or text[right - 1] in "，,、"):
        right -= 1
    return left, right
