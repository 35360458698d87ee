"""Mending beside words of the report's own: they stay, and what a bureau may write itself goes only when asked."""

from __future__ import annotations

from pathlib import Path

import pytest
from fixing import ADS, OWN, TITLE, mended, parts_of, written
from wordfiles import NAMES, complex_field, members, par

from validator.model.words import Lang

AD = "更多材料加微信gongwen_lib88"


def _mended(folder: Path, *lines: str, unsafe: bool = False, name: str = "a.txt") -> tuple[str, list[bool]]:
    """The file afterwards, and for each change that was made or offered whether it is safe."""
    path = folder / name
    path.write_text("\n\n".join([TITLE, OWN, *lines, ""]), encoding="utf-8")
    done = mended(path, unsafe=unsafe)
    text = done.data.decode() if done.data is not None else path.read_text(encoding="utf-8")
    return text, [one.safe for one in (*done.changes, *done.waiting)]


# What an office writes into the line that a vendor then fills up.
BESIDE = [
    "第 3 页",
    "第3页 共10页",
    "— 3 —",
    "2025年1月5日",
    "青河县教育局",
    TITLE,
    "附件1",
    "抄送：县委办公室",
    "（主动公开）",
    "招生股 王立军",
]


@pytest.mark.parametrize("own", BESIDE)
@pytest.mark.parametrize("order", ["{0} {1}", "{1} {0}"], ids=["before", "behind"])
def test_words_beside_an_advertisement_stay(tmp_path: Path, own: str, order: str) -> None:
    line = order.format(own, AD)
    for unsafe in (False, True):
        text, safe = _mended(tmp_path, line, unsafe=unsafe)
        assert own in text.split("\n\n", 2)[2]
        assert not any(safe)
    assert AD not in text


@pytest.mark.parametrize(
    "line",
    ["青河县教育局更多材料加微信gongwen_lib88", "青河县2024年工作总结，完整版加微信gongwen_lib88"],
)
def test_words_that_run_into_an_advertisement_go_only_when_asked(tmp_path: Path, line: str) -> None:
    text, safe = _mended(tmp_path, line)
    assert line in text
    assert safe == [False]


@pytest.mark.parametrize(
    "line",
    [
        "加 微 信 g w 1 2 3 4 5 领取范文",
        "海量范文 精品模板 加微信gongwen_lib88 免费领取",
        "【青墨文库】更多材料 加微信gongwen_lib88",
        "更多范文请加 微信：gongwen_lib88 或 QQ：731904265",
    ],
)
def test_pieces_in_which_a_vendor_speaks_go_with_it(tmp_path: Path, line: str) -> None:
    text, safe = _mended(tmp_path, line)
    assert text == f"{TITLE}\n\n{OWN}\n\n\n"
    assert safe == [True]


# A bulletin of the bureau has an editor, its sign-up a group, its papers a notice.
CREDITS = ["责任编辑：王立军", "编辑：王立军　审核：赵敏", "（责任编辑：赵敏）"]
OWNABLE = ["未经许可，不得转载。", "仅供内部学习使用", "报名QQ群：734512098"]


@pytest.mark.parametrize("line", CREDITS + OWNABLE)
def test_what_a_bureau_may_write_itself(tmp_path: Path, line: str) -> None:
    text, safe = _mended(tmp_path, line)
    assert line in text
    assert not any(safe)


@pytest.mark.parametrize("line", CREDITS)
def test_credits_are_never_taken_unasked(tmp_path: Path, line: str) -> None:
    text, _ = _mended(tmp_path, line, ADS["resale"])
    assert line in text
    assert ADS["resale"] not in text


@pytest.mark.parametrize("line", OWNABLE[:2])
def test_in_the_company_of_a_vendor_it_is_his(tmp_path: Path, line: str) -> None:
    text, _ = _mended(tmp_path, line, ADS["resale"])
    assert line not in text


@pytest.mark.parametrize("line", ["来源：青河日报", "分享到微信", "返回顶部"])
def test_what_a_web_page_left_goes(tmp_path: Path, line: str) -> None:
    text, _ = _mended(tmp_path, line)
    assert line not in text


@pytest.mark.parametrize("line", ["来源：青河日报 记者 王立军 返回顶部", "分享到微信 记者 王立军 编辑：赵敏"])
def test_what_a_medium_left_goes_whole(tmp_path: Path, line: str) -> None:
    text, _ = _mended(tmp_path, line, unsafe=True)
    assert text == f"{TITLE}\n\n{OWN}\n\n\n"


@pytest.mark.parametrize("own", ["青河县教育局", "2025年1月5日"])
def test_words_beside_what_a_medium_left_stay(tmp_path: Path, own: str) -> None:
    text, _ = _mended(tmp_path, f"{own} 返回顶部")
    assert f"\n{own}" in text


def test_the_place_is_that_of_the_line_though_lines_are_one_paragraph(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(f"# {TITLE}\n\n{OWN}\n{ADS['offer']}\n{OWN}\n{ADS['pan']}\n", encoding="utf-8")
    places = [one.where.get(Lang.ZH) for one in mended(path).changes]
    assert [one.split()[0] for one in places] == ["第4行", "第6行"]


@pytest.mark.parametrize(
    ("line", "own"),
    [
        (AD, "2025年1月5日"),
        (AD, "2025年秋季招生"),
    ],
)
def test_a_sign_that_runs_over_into_the_next_line(tmp_path: Path, line: str, own: str) -> None:
    path = tmp_path / "a.md"
    path.write_text(f"# {TITLE}\n\n{OWN}\n{line}\n{own} {AD}\n", encoding="utf-8")
    text = (mended(path, unsafe=True).data or b"").decode()
    assert text == f"# {TITLE}\n\n{OWN}\n{own} \n"


@pytest.mark.parametrize("more", ["", "\n报名QQ群：734512098"])
def test_a_word_of_the_next_line_is_not_cut(tmp_path: Path, more: str) -> None:
    path = tmp_path / "a.md"
    text = f"# {TITLE}\n\n编辑：王立军\n审核：赵敏\n责任编辑：李明　签发：陈强{more}\n"
    path.write_text(text, encoding="utf-8")
    done = mended(path, unsafe=True)
    assert "\n任编辑" not in (done.data or path.read_bytes()).decode()


def test_the_number_of_the_page_in_a_footer_stays(tmp_path: Path) -> None:
    footer = f"<w:ftr {NAMES}>{par('第 ', complex_field(' PAGE ', result='3'), f' 页 {AD}')}</w:ftr>"
    body = par(TITLE) + par(OWN)
    path = written(tmp_path, members(body, (("f1", "footer", "footer1.xml"),), footer1=footer))
    assert mended(path).data is None
    after = parts_of(mended(path, unsafe=True).data or b"")["word/footer1.xml"]
    assert after == footer.replace(AD, "")
