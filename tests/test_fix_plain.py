"""Mending of text files: the lines that are vendor text go, and no other byte changes."""

from __future__ import annotations

from pathlib import Path

import pytest
from fixing import ADS, BLANK, OWN, TITLE, banned, mended

NAMES = list(ADS)
BOMS = {
    "utf-8-sig": b"\xef\xbb\xbf",
    "utf-16-le+bom": b"\xff\xfe",
    "utf-16-be+bom": b"\xfe\xff",
    "gb18030+bom": b"\x84\x31\x95\x33",
}


def _encode(text: str, encoding: str) -> bytes:
    codec = encoding.removesuffix("+bom").replace("-sig", "")
    return BOMS.get(encoding, b"") + text.encode(codec)


def _lines(*lines: str) -> list[str]:
    return list(lines)


def _write(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("suffix", ["txt", "md"])
@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "gb18030", "gb18030+bom", "utf-16-le+bom", "utf-16-be+bom", "utf-16-le"],
)
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_only_the_lines_go(tmp_path: Path, suffix: str, encoding: str, ending: str) -> None:
    before = [ADS["offer"], "", TITLE, "", f"　　{OWN}", "", ADS["resale"], "", BLANK, "", ADS["pan"]]
    after = ["", TITLE, "", f"　　{OWN}", "", "", BLANK, "", ""]
    path = _write(tmp_path, f"a.{suffix}", _encode(ending.join(before), encoding))
    done = mended(path)
    assert done.data == _encode(ending.join(after), encoding)
    assert not done.waiting
    assert not done.left
    assert banned(done.report) == []


def test_mixed_line_ends_and_blanks_stay(tmp_path: Path) -> None:
    kept = f"{TITLE}\r\n\n\t　{OWN}  \n"
    more = f"{BLANK}\r\r\n \n"
    path = _write(tmp_path, "a.txt", (kept + f"  {ADS['trial']}\t\r\n" + more + ADS["group"]).encode())
    assert mended(path).data == (kept + more).encode()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("place", ["first", "middle", "last"])
def test_every_kind_of_line_at_every_place(tmp_path: Path, name: str, place: str) -> None:
    own = [TITLE, OWN, BLANK]
    at = {"first": 0, "middle": 2, "last": 3}[place]
    text = "\n".join([*own[:at], ADS[name], *own[at:]]) + "\n"
    done = mended(_write(tmp_path, "a.txt", text.encode()))
    assert done.data == ("\n".join(own) + "\n").encode()
    assert all(one.safe for one in done.changes)


@pytest.mark.parametrize(
    ("line", "rest"),
    [
        (f"{OWN}（{ADS['offer']}）{BLANK}", f"{OWN}{BLANK}"),
        (f"{OWN}【{ADS['trial']}】下一步抓好落实。", f"{OWN}下一步抓好落实。"),
        (f"{ADS['offer']}　　第 1 页 共 4 页", "　　第 1 页 共 4 页"),
    ],
)
def test_inside_a_line_only_when_asked(tmp_path: Path, line: str, rest: str) -> None:
    text = f"{TITLE}\n\n{{}}\n{BLANK}\n"
    path = _write(tmp_path, "a.txt", text.format(line).encode())
    done = mended(path)
    assert done.data is None
    assert [(one.safe, one.before, one.after) for one in done.waiting] == [(False, line, rest)]
    assert mended(path, unsafe=True).data == text.format(rest).encode()


@pytest.mark.parametrize(
    "line",
    [
        f"核稿时间2024年12月　　{ADS['resale']}",
        f"送审稿由XX股排版　　{ADS['group']}",
        f"联系人：王某某 {ADS['offer']}",
        f"{ADS['offer']}，全年招聘新教师126人",
    ],
)
def test_a_line_that_the_report_owns_in_part_is_never_safe(tmp_path: Path, line: str) -> None:
    done = mended(_write(tmp_path, "a.txt", f"{TITLE}\n\n{line}\n\n{OWN}\n".encode()))
    assert done.data is None
    assert done.waiting or done.left


@pytest.mark.parametrize("suffix", ["txt", "md"])
def test_a_line_joined_to_the_vendors_by_chance_is_judged_by_itself(tmp_path: Path, suffix: str) -> None:
    text = f"# {TITLE}\n\n{OWN}\n\n附件：任务分解清单\n{ADS['trial']}\n\n{BLANK}\n"
    done = mended(_write(tmp_path, f"a.{suffix}", text.encode()))
    assert done.data == text.replace(f"{ADS['trial']}\n", "").encode()


@pytest.mark.parametrize("unsafe", [False, True])
@pytest.mark.parametrize(
    "line",
    [
        "加微信gongwen_lib88领范文，漏报XX人次",
        "会员资料20XX年　严禁外传",
    ],
)
def test_placeholders_stay(tmp_path: Path, line: str, unsafe: bool) -> None:
    done = mended(_write(tmp_path, "a.txt", f"{TITLE}\n\n{line}\n\n{OWN}\n".encode()), unsafe=unsafe)
    assert "XX" in (done.data or line.encode()).decode()


@pytest.mark.parametrize("suffix", ["txt", "md"])
def test_clean_reports_are_left_alone(tmp_path: Path, suffix: str) -> None:
    text = f"{TITLE}\r\n\r\n{OWN}\r\n家长可在“青河教育”微信公众号免费下载入学指南。\n{BLANK}"
    done = mended(_write(tmp_path, f"a.{suffix}", text.encode()), unsafe=True)
    assert (done.data, done.changes, done.waiting) == (None, (), ())


@pytest.mark.parametrize(
    ("ad", "rest"),
    [
        ("> {}\n", ""),
        ("- {}\n", ""),
        ("**{}**\n", ""),
        ("# {}\n", ""),
        ("<center>{}</center>\n", ""),
        ("*{}*  \n", ""),
        ("| {} |\n", ""),
    ],
)
def test_markup_goes_with_its_line(tmp_path: Path, ad: str, rest: str) -> None:
    text = f"# {TITLE}\n\n{OWN}\n\n{{}}\n{BLANK}\n"
    done = mended(_write(tmp_path, "a.md", text.format(ad.format(ADS["offer"])).encode()))
    assert done.data == text.format(rest).encode()


@pytest.mark.parametrize(
    ("line", "rest"),
    [
        (f"<!-- {ADS['offer']} -->\n", ""),
        ("[上级通知](https://www.qhgongwenku.top/vip)\n", "[上级通知]()\n"),
    ],
)
def test_what_markdown_hides_only_when_asked(tmp_path: Path, line: str, rest: str) -> None:
    text = f"# {TITLE}\n\n{OWN}\n\n{{}}\n\n{ADS['trial']}\n\n{BLANK}\n"
    path = _write(tmp_path, "a.md", text.format(line).encode())
    assert mended(path).data == text.format(line).replace(f"{ADS['trial']}\n", "", 1).encode()
    assert mended(path, unsafe=True).data == text.format(rest).replace(f"{ADS['trial']}\n", "", 1).encode()


def test_the_end_of_a_comment_stays(tmp_path: Path) -> None:
    text = f"# {TITLE}\n\n<!-- 说明\n{ADS['offer']} -->\n\n{OWN}\n"
    done = mended(_write(tmp_path, "a.md", text.encode()), unsafe=True)
    assert done.data is not None
    assert done.data.decode() == f"# {TITLE}\n\n<!-- 说明\n -->\n\n{OWN}\n"


def test_accepted_findings_stay(tmp_path: Path) -> None:
    allow = "<!-- validator: allow BAN002 宣传案例原文 -->"
    text = f"# {TITLE}\n\n{allow}\n{ADS['offer']}\n\n{OWN}\n\n{ADS['trial']}\n"
    done = mended(_write(tmp_path, "a.md", text.encode()), unsafe=True)
    assert done.data == text.replace(f"{ADS['trial']}\n", "").encode()


def test_a_second_time_changes_nothing(tmp_path: Path) -> None:
    text = f"{ADS['offer']}\n{TITLE}\n\n{OWN}（{ADS['trial']}）\n{ADS['resale']}\n"
    path = _write(tmp_path, "a.txt", text.encode())
    for unsafe in (False, True):
        data = mended(path, unsafe=unsafe).data
        assert data is not None
        path.write_bytes(data)
        again = mended(path, unsafe=unsafe)
        assert again.data is None


def test_a_name_learned_from_what_goes_is_still_told(tmp_path: Path) -> None:
    text = f"{TITLE}\n\n本文由河西公文苑整理，更多范文请加微信：hexigw88\n\n{OWN}【河西公文苑】{BLANK}\n"
    done = mended(_write(tmp_path, "a.txt", text.encode()))
    assert done.data == text.replace("本文由河西公文苑整理，更多范文请加微信：hexigw88\n", "").encode()
    assert [one.after for one in done.waiting] == [f"{OWN}【】{BLANK}"]


def test_an_encoding_that_does_not_come_back_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from validator.mending import _plain
    from validator.model.errors import UserError

    path = _write(tmp_path, "a.txt", f"{TITLE}\n{ADS['offer']}\n{OWN}\n".encode())
    monkeypatch.setattr(_plain, "_codec", lambda document: "gb18030")
    with pytest.raises(UserError, match="encoding is irregular"):
        mended(path)


def test_many_lines_take_a_moment(tmp_path: Path) -> None:
    text = "".join(f"{TITLE[:-4]}第{at}项：{OWN}\n{ADS['offer']}\n" for at in range(300))
    done = mended(_write(tmp_path, "a.txt", text.encode()))
    assert done.data is not None
    assert ADS["offer"] not in done.data.decode()
