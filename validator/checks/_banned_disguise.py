"""What is written so that no filter may know it, read as it is meant: 丅载 is 下载, 更.多 is 更多, x点com is x.com.

A disguise proves nothing by itself, as people mistype and readers of scans misread. It counts where the text,
read as it is meant, is banned text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from validator.text.lazy import lazy

_HEARTS = "❤♥♡"
_SIGNS = f"./—|丨·・*_~～{_HEARTS}✿★☆丶'`^-"
_BETWEEN = frozenset(" " + _SIGNS)
_LETTER = "A-Z0-9\u4e00-\u9fff"
APART = lazy(
    f"(?:[A-Z\u4e00-\u9fff][ {_SIGNS}]){{2,}}[{_LETTER}]|[微威薇企扣秋][{_SIGNS}]"
    f"|(?<![A-Z0-9])[A-Z][ {_SIGNS}][A-Z](?![A-Z0-9])"
)
"""Letters with signs in between, as far as a contact may be written so."""
_DOTTED = lazy(rf"[\u4e00-\u9fff]([{_SIGNS}])(?:[{_LETTER}]\1){{2,}}[{_LETTER}]")
"""Chinese characters with one and the same sign in between, which no word is."""
_RUN = lazy(rf"[{_LETTER}]([ {_SIGNS}])(?:[{_LETTER}]\1)+[{_LETTER}]?")

_LETTERS = str.maketrans(
    "АВСЕНІКМОРТХУЅЈѴавсенікмортхуѕјѵΑΒΕΖΗΙΚΜΝΟΡΤΥΧαχν∨√",
    "ABCEHIKMOPTXYSJVABCEHIKMOPTXYSJVABEZHIKMNOPTYXAXVVV",
)
_BLACK = {
    first + at: chr(ord("A") + at) for first in (0x1F150, 0x1F170) for at in range(26)
}  # 🅥 in a circle, 🆇 in a box
_HEARTED = dict.fromkeys(map(ord, "❥💓💔💕💖💗💘💙💚💛💜💝💞🖤🤍🤎🧡🩷"), "❤")
_TRADITIONAL = str.maketrans(
    "載買賣費碼掃網頁註禁權獲領盜傳嚴勵訂閱讀範庫檔筆寫冩潤閱覽試結繫係聯衛圖書課譽勞雙優給請謝絕贈購鏈接環節",
    "载买卖费码扫网页注禁权获领盗传严励订阅读范库档笔写写润阅览试结系系联卫图书课誉劳双优给请谢绝赠购链接环节",
)
_ALIKE: Mapping[str, str] = {
    "公众号": "[公工供恭蚣功弓龚攻宫躬巩拱][众重种仲粽肿钟][号呺耗毫浩濠]|(?<![A-Z0-9])GZH(?![A-Z0-9])|公Z号|公众H(?![A-Z])|G众号",
    "微信": "[薇徽葳巍崴徵徾幑徴溦嶶][信芯心新欣馨]|[微威]芯(?![片电半科])|[薇微葳徽威]X(?=[：A-Z0-9])|(?<![A-Z])(?:WEI信|微XIN(?![A-Z]))",
    "会员": "[荟烩绘汇]员|[会荟]圆|会猿",
    "下载": "[丅芐吓][载戴栽]|下[栽戴儎]",
    "资料": "[姿咨滋]料|资[廖聊]",
    "范文": "[笵饭犯]文|范纹",
    "材料": "[财裁]料|材廖",
    "文库": "文[裤酷厍绔]",
    "网盘": "[罔网][磐槃]|罔盘",
    "百度": "[佰柏]度|百渡",
    "免费": "[兔冕勉]费|免沸",
    "付费": "付[沸废]",
    "领取": "[岭翎玲]取|领娶",
    "获取": "获娶|惑取",
    "关注": "关[紸炷蛀]",
    "扫码": "扫[马玛蚂犸]|扫MA(?![A-Z])",
    "代写": "[贷袋待]写",
    "客服": "客伏|愘服",
    "联系": "联[细糸]",
    "私信": f"私[{_HEARTS}]信?",
    "扣": "扌口",
    "信": "亻言",
    "加": "(?<!瑜)[伽迦珈葭](?=我?(?:[入薇微V扣]|QQ))",
    "下": "丅(?![字型形])",
}
"""Words that filters look for, and how else they are spelled by sound and by shape."""
_WORDS = frozenset(("公众号", "工种号", "公种号"))
_KINDS = {f"w{at}": word for at, word in enumerate(_ALIKE)}
_SPELLED = lazy("|".join(f"(?P<{kind}>{_ALIKE[word]})" for kind, word in _KINDS.items()))

_ENDING = "(?:COM|NET|CN|CC|TOP|VIP|XYZ|SITE|SHOP|INFO|ORG)(?![A-Z0-9])"
_POINT = r" ?(?:[。·•丶.]|点|點|[(\[【{](?:\.|点|點|DOT|。)[)\]】}]|\bDOT\b) ?"
_ADDRESS = lazy(
    rf"(?<![A-Z0-9@.])[A-Z][A-Z0-9-]{{1,30}}(?:{_POINT}[A-Z0-9-]{{2,30}}){{0,3}}{_POINT}{_ENDING}"
)
_POINTS = lazy(_POINT)
_LETTERED = lazy("(?<![A-Z0-9])[A-Z0-9](?: [A-Z0-9])+(?![A-Z0-9])")
_DIGITS = lazy("[①-⑨⓪❶-❾⓿⒈-⒐]{3,}|[①-⑨⓪❶-❾⓿⒈-⒐0-9]{5,}")


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as it is meant. Character `i` stands for `source[starts[i]:ends[i]]`; `tricks` are the
    places in the source where something was put right that nobody writes by custom or mistake."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    changes: Sequence[int]
    tricks: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The place in the source behind `text[start:end]`."""
        return self.starts[start], self.ends[end - 1]

    def changed(self, start: int, end: int) -> bool:
        """Whether anything between these places of the source reads otherwise than it is written."""
        return _any(self.changes, start, end)

    def tricky(self, start: int, end: int) -> bool:
        """Whether anything between these places of the source is there to deceive."""
        return _any(self.tricks, start, end)


def _any(places: Sequence[int], start: int, end: int) -> bool:
    at = bisect_left(places, start)
    return at < len(places) and places[at] < end


class _Draft:
    """A reading in the making: characters, each with the place it comes from."""

    def __init__(self, source: str) -> None:
        self.text = source
        self.starts: Sequence[int] = range(len(source))
        self.ends: Sequence[int] = range(1, len(source) + 1)
        self.changes: set[int] = set()
        self.tricks: set[int] = set()

    def translate(self, table: Mapping[int, str | int], *, trick: bool) -> None:
        plain = self.text.translate(table)
        if plain == self.text:
            return
        for at, (old, new) in enumerate(zip(self.text, plain, strict=True)):
            if old != new:
                self._note(at, trick=trick)
        self.text = plain

    def drop(self, signs: frozenset[str]) -> None:
        kept = [at for at, character in enumerate(self.text) if character not in signs]
        self._take("".join(self.text[at] for at in kept), [(at, at) for at in kept])

    def replace(self, pattern: re.Pattern[str], plain: Callable[[re.Match[str]], str]) -> None:
        pieces: list[str] = []
        places: list[tuple[int, int]] = []
        done = 0
        for match in pattern.finditer(self.text):
            word = plain(match)
            if word == match[0]:
                continue
            pieces += [self.text[done : match.start()], word]
            places += [(at, at) for at in range(done, match.start())]
            places += [(match.start(), match.end() - 1)] * len(word)
            for at in range(*match.span()):
                self._note(at, trick=True)
            done = match.end()
        if done:
            places += [(at, at) for at in range(done, len(self.text))]
            self._take("".join([*pieces, self.text[done:]]), places)

    def _note(self, at: int, *, trick: bool) -> None:
        self.changes.add(self.starts[at])
        if trick:
            self.tricks.add(self.starts[at])

    def _take(self, text: str, places: Sequence[tuple[int, int]]) -> None:
        starts, ends = self.starts, self.ends
        self.text = text
        self.starts = [starts[first] for first, _ in places]
        self.ends = [ends[last] for _, last in places]

    def reading(self) -> Reading:
        return Reading(self.text, self.starts, self.ends, sorted(self.changes), sorted(self.tricks))


def readings(text: str) -> Iterator[tuple[Reading, bool]]:
    """What the folded `text` may mean besides what it says, and whether signs between letters were left out."""
    draft = _Draft(text)
    _put_right(draft)
    if draft.changes:
        yield draft.reading(), False
    if not APART.search(text):
        return
    seen = {draft.text}
    for kept in ("", _HEARTS, "_-"):
        draft = _Draft(text)
        draft.drop(_BETWEEN - set(kept))
        _put_right(draft)
        if draft.text not in seen:
            seen.add(draft.text)
            yield draft.reading(), True


def dotted(text: str, start: int, end: int) -> bool:
    """Whether the place holds Chinese characters with one sign between each two of them."""
    return _DOTTED.search(text, start, end) is not None


def whole(text: str, start: int, end: int) -> tuple[int, int]:
    """The place, as far as letters with signs in between go on at either side of it."""
    for run in _RUN.finditer(text, max(0, start - 60), min(len(text), end + 60)):
        if run.start() < end and start < run.end():
            start, end = min(start, run.start()), max(end, run.end())
    return start, end


def _put_right(draft: _Draft) -> None:
    if not draft.text.isascii():
        draft.translate(_TRADITIONAL, trick=False)
        draft.translate(_LETTERS, trick=True)
        draft.translate(_BLACK | _HEARTED, trick=True)
        draft.replace(_DIGITS, _digits)
        draft.replace(_SPELLED, _word)
    draft.replace(_LETTERED, lambda match: match[0].replace(" ", ""))
    draft.replace(_ADDRESS, _address)


def _word(match: re.Match[str]) -> str:
    return match[0] if match[0] in _WORDS else _KINDS[match.lastgroup or ""]


def _address(match: re.Match[str]) -> str:
    return _POINTS.sub(".", match[0])


def _digits(match: re.Match[str]) -> str:
    return "".join(_DIGIT.get(one, one) for one in match[0])


_DIGIT = {chr(first + at): str(at + 1) for first in (0x2460, 0x2776, 0x2488) for at in range(9)} | {
    "⓪": "0",
    "⓿": "0",
}
