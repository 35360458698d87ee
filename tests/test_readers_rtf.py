"""RTF as Word, WPS, WordPad, TextEdit and LibreOffice write it: every place where text stands; hostile files."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validator.model.document import Document
from validator.model.errors import ReadError
from validator.readers._base import Source
from validator.readers._choose import read_file
from validator.readers.rtf import READER

FONTS = (
    r"{\fonttbl{\f0\froman\fcharset0\fprq2{\*\panose 02020603050405020304}Times New Roman;}"
    r"{\f13\fnil\fcharset134{\*\panose 02010600030101010101}\'cb\'ce\'cc\'e5{\*\falt SimSun};}"
    r"{\f3\froman\fcharset2 Symbol;}{\f4\fnil\fcharset2 Wingdings;}{\f5\fnil\fcharset136 PMingLiU;}"
    r"{\f6\fnil\fcharset128 MS Mincho;}{\f7\fnil\fcharset2 Odd Font;}{\flomajor\f31500\fcharset0 Arial;}}"
)
COLOURS = r"{\colortbl;\red0\green0\blue0;\red255\green255\blue255;\red0\green0\blue128;}"
STYLES = (
    r"{\stylesheet{\ql \fs21 \snext0 Normal;}{\s1\sbasedon0\snext0 \outlinelevel0 heading 1;}"
    r"{\s2\sbasedon0 \'b1\'ea\'cc\'e2 2;}{\s3\sbasedon1 mine;}{\s4 Title;}{\s5 toc 1;}{\s6\sbasedon6 loop;}"
    r"{\s7\sbasedon1\outlinelevel9 body again;}{\*\cs10 \additive Default;}{\*\cs11\v secret;}}"
)
HEAD = r"{\rtf1\ansi\ansicpg936\deff0\uc1" + FONTS + COLOURS + STYLES


def gbk(text: str) -> str:
    """Text as Word writes it in a font of the Chinese character set."""
    return "".join(
        one if one.isascii() else "".join(rf"\'{byte:02x}" for byte in one.encode("gb18030")) for one in text
    )


def uni(text: str) -> str:
    """Text as other programs write it."""
    units = [
        int.from_bytes(text.encode("utf-16-le")[at : at + 2], "little")
        for at in range(0, len(text.encode("utf-16-le")), 2)
    ]
    return "".join(chr(one) if one < 128 else rf"\u{one - 65536 if one > 32767 else one}?" for one in units)


def rtf(body: str, head: str = HEAD) -> bytes:
    return (head + re.sub(r"[⟦]([^⟧]*)[⟧]", lambda found: gbk(found[1]), body) + "}").encode("latin-1")


def read_bytes(data: bytes) -> Document:
    document = READER.read(Source(path="a.rtf", suffix=".rtf", data=data))
    lines = document.source.split("\n") if document.blocks else []
    assert len(lines) == len(document.blocks)
    for at, block in enumerate(document.blocks):
        place = document.locate(at, 0, len(block.text))
        assert (place.line, place.column) == (at + 1, 1)
    return document


def read(body: str, head: str = HEAD) -> Document:
    return read_bytes(rtf(body, head))


def seen(document: Document) -> list[tuple[str, str]]:
    return [(block.part, block.text) for block in document.blocks]


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks]


def cells(document: Document) -> list[tuple[str, int, int, int, int, int]]:
    return [
        (one.text, one.cell.table, one.cell.row, one.cell.column, one.cell.row_span, one.cell.column_span)
        for one in document.blocks
        if one.cell
    ]


def codes(document: Document) -> list[str]:
    return [one.code for one in document.notices]


def error(data: bytes) -> str:
    with pytest.raises(ReadError) as caught:
        READER.read(Source(path="d/a.rtf", suffix=".rtf", data=data))
    assert caught.value.zh.startswith("d/a.rtf：")
    assert caught.value.en.startswith("d/a.rtf: ")
    return caught.value.code


def outcome(data: bytes) -> str:
    try:
        read_bytes(data)
    except ReadError as found:
        return found.code
    return ""


# Which files are RTF.


@pytest.mark.parametrize("name", ["a.rtf", "a.doc", "a.wps", "a.docx", "a.txt", "noname"])
@pytest.mark.parametrize("before", [b"", b"\xef\xbb\xbf", b"\r\n \t"])
def test_content_decides(tmp_path: Path, name: str, before: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(before + rtf(r"\pard ⟦全县概况⟧\par"))
    document = read_file(path, name)
    assert (document.format, texts(document)) == ("rtf", ["全县概况"])


def test_a_text_with_the_suffix_is_read_as_text(tmp_path: Path) -> None:
    (tmp_path / "a.rtf").write_text("全县在校学生5万人。\n", "utf-8")
    assert read_file(tmp_path / "a.rtf", "a.rtf").format == "txt"


# Characters.


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (r"\f13 ⟦全县共有学校⟧176⟦所⟧", "全县共有学校176所"),
        # As Word writes it: a group for each run, the fonts of each script beside the run.
        (
            r"{\rtlch\fcs1 \af0\afs24 \ltrch\fcs0 \fs21\insrsid1 \loch\af0\hich\af0\dbch\f13 ⟦全县⟧}"
            r"{\rtlch\fcs1 \af0 \ltrch\fcs0 \insrsid1 \hich\af0\dbch\af13\loch\f0 5.2}"
            r"{\loch\af0\hich\af0\dbch\af13 ⟦万人。⟧}",
            "全县5.2万人。",
        ),
        # The two bytes of a character in two runs; ASCII as the second byte; line ends in between.
        (r"\f13 {\'c8}{\'ab}\b \'cf\b0 \'d8", "全县"),
        (r"\f13 \'e9F{}\'e9" + "\r\n" + r"F", "镕镕"),
        (r"\f13 \'95\\", "昞"),
        (r"\f5 \'bf\'a4\f6 \'8a\'77", "縣学"),
        # A western font: Chinese all the same, and western text that is no valid Chinese.
        (r"\f0 ⟦全县⟧ caf\'e9 d\'e9j\'e0", "全县 café déjà"),
        (r"\f0 \'93A\'94", "“A”"),
        (r"\u20840?\u21439 ?", "全县"),
        (r"\uc2\u20840\'c8\'ab\u21439\'cf\'d8{\uc0\u20840\u21439}", "全县全县"),
        # A writer that gives both bytes and counts them as one.
        (r"\f13\u20840\'c8\'ab\u21439\'cf\'d8", "全县"),
        (r"\u-10174?\u-8265?\u131083?", "𠮷𠀋"),
        (r"\u-10174?x\u-8265?", "x\ufffd"),
        (r"\u8220\ldblquote \u20840\{x}", "“全x"),
        (r"{\upr{\f13 ⟦全??⟧}{\*\ud{\u20840?\u21439?}}}", "全县"),
        (r"a\emdash b\endash c\lquote d\rquote\ldblquote e\rdblquote\bullet", "a—b–c‘d’“e”•"),
        (r"a\~b\_c\-d\{\}\\e\tab f\emspace g\zwnj h\:i", "a\u00a0b-cd{}\\e\tf\u2003g\u200chi"),
        (r"{\f4\'fe}⟦达标⟧{\f4\u-3928 ?}{\f3\'b4}{\f7 a}", "☑达标□×a"),
        (r"{\field{\*\fldinst SYMBOL 254 \\f \"Wingdings\"}{\fldrslt}}⟦达标⟧", "☑达标"),
        (r"⟦甲⟧{\*\unknown {\xx \}⟦乙⟧}\bin3 }}}⟦丙⟧}⟦丁⟧", "甲丁"),
        (r"⟦甲⟧{\*\b ⟦乙⟧}{\*\charrsid5 ⟦丙⟧}", "甲乙丙"),
        (r"⟦甲⟧\bin4 {}\{⟦乙⟧", "甲乙"),
        (r"⟦甲⟧\bin-4 ⟦乙⟧", "甲乙"),
        (r"{\unknown ⟦甲⟧}{\pict\pngblip 8950}{\nonshppict{\pict ab}}⟦乙⟧", "甲乙"),
        (r"{\mmath{\*\moMath{\mf{\*\mfPr{\mctrlPr}}{\mnum{\mr\mscr0 a}}{\mden{\mr b}}}}{\mmathPict{\pict 00}}}", "ab"),
    ],
)  # fmt: skip
def test_characters(body: str, expected: str) -> None:
    assert texts(read(r"\pard\plain " + body + r"\par")) == [expected]


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        (r"{\rtf1\ansi\deff0{\fonttbl{\f0 Arial;}}", gbk("全县"), "全县"),
        (r"{\rtf1\ansi\ansicpg950", r"\'bf\'a4\'a4\'a4", "縣中"),
        (r"{\rtf1\ansi\ansicpg65001", "全县".encode().decode("latin-1"), "全县"),
        (r"{\rtf1\ansi\ansicpg936", "全县".encode("gbk").decode("latin-1"), "全县"),
        (r"{\rtf1\ansi\ansicpg1252{\fonttbl\f0\fnil\fcharset134 PingFang;\f1\fcharset0 A;}", r"\f0 " + gbk("全县") + r"\f1 \'e9", "全县é"),
        (r"{\rtf1\ansi\ansicpg99999{\fonttbl{\f0\fcharset999 x;}}", r"\f0 ab", "ab"),
        (r"{\rtf1\mac\deff0{\fonttbl{\f0\fcharset77 x;}}", r"\'8e", "é"),
        (r"{\rtf1\pca{\fonttbl{\f1\cpg936 x;}}", r"\f1 " + gbk("县"), "县"),
        (r"{\rtf1", uni("全县𠮷"), "全县𠮷"),
    ],
)  # fmt: skip
def test_code_pages(head: str, body: str, expected: str) -> None:
    assert texts(read(body + r"\par", head)) == [expected]


# Paragraphs.


def test_headings_by_style_and_by_number() -> None:
    document = read(
        r"\pard\plain\s4 ⟦县教育局2023年工作总结⟧\par"
        r"\pard\plain\s5 ⟦目录行⟧\tab 1\par"
        r"\pard\plain\s1\outlinelevel0 ⟦一、教育⟧\par"
        r"\pard\plain\s2 ⟦规模⟧\par"
        r"\pard\plain\s6 ⟦全县5.2万人。⟧\line ⟦换行。⟧\par"
        r"\pard\plain\s3 ⟦其他⟧\par"
        r"\pard\plain\s7 ⟦正文样式⟧\par"
        r"\pard\plain\s1\outlinelevel9 ⟦正文级别⟧\page ⟦（二）经费⟧\par\pard ⟦末段"
        "⟧"
    )
    assert document.title == "县教育局2023年工作总结"
    assert [(b.text, b.kind.value, b.level, b.section, b.paragraph) for b in document.blocks] == [
        ("县教育局2023年工作总结", "heading", 0, (), None),
        ("目录行\t1", "furniture", 0, (), None),
        ("一、教育", "heading", 1, ("一、教育",), None),
        ("规模", "heading", 2, ("一、教育", "规模"), None),
        ("全县5.2万人。", "paragraph", 0, ("一、教育", "规模"), 1),
        ("换行。", "paragraph", 0, ("一、教育", "规模"), 2),
        ("其他", "heading", 1, ("其他",), None),
        ("正文样式", "paragraph", 0, ("其他",), 1),
        ("正文级别", "paragraph", 0, ("其他",), 2),
        ("（二）经费", "heading", 3, ("其他", "（二）经费"), None),
        ("末段", "paragraph", 0, ("其他", "（二）经费"), 1),
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (r"{\listtext\pard\plain\dbch\f13 ⟦一、⟧\tab}⟦教育⟧", "一、教育"),
        (r"{\pntext\f0 1.\tab}{\*\pn\pnlvlbody{\pntxta .}}⟦教育⟧", "1. 教育"),
        (r"{\listtext\pard\plain\f3 \'b7\tab}⟦教育⟧", "教育"),
        (r"{\listtext 1.\tab}{\v ⟦藏⟧}", "藏"),
    ],
)
def test_list_labels_as_they_are_shown(body: str, expected: str) -> None:
    assert texts(read(r"\pard\plain " + body + r"\par")) == [expected]


def test_text_edit_ends_paragraphs_with_a_backslash() -> None:
    assert texts(read("\\f13 ⟦甲⟧\\\n⟦乙⟧\\\n")) == ["甲", "乙"]


# Tables.

ROW = r"\trowd\trgaph108\trleft-108\cellx2000\cellx4000\cellx6000 "


def test_table_with_empty_cells_and_rows_without_a_definition() -> None:
    document = read(
        r"\pard ⟦前⟧\par" + ROW + r"\pard\intbl ⟦指标⟧\cell ⟦数⟧\par ⟦值⟧\cell\cell" + r"{" + ROW + r"\row}"
        r"\pard\intbl ⟦学校⟧\cell 176\cell ⟦所⟧\cell\row\pard ⟦后⟧\par"
        + ROW
        + r"\pard\intbl a\cell b\cell c\cell d\cell"
    )
    assert cells(document) == [
        ("指标", 1, 1, 1, 1, 1),
        ("数 值", 1, 1, 2, 1, 1),
        ("", 1, 1, 3, 1, 1),
        ("学校", 1, 2, 1, 1, 1),
        ("176", 1, 2, 2, 1, 1),
        ("所", 1, 2, 3, 1, 1),
        ("a", 2, 1, 1, 1, 1),
        ("b", 2, 1, 2, 1, 1),
        ("c", 2, 1, 3, 1, 1),
        ("d", 2, 1, 4, 1, 1),
    ]
    assert [one.text for one in document.blocks if not one.cell] == ["前", "后"]


def test_merged_cells_and_what_is_hidden_under_them() -> None:
    document = read(
        r"\trowd\clvmgf\cellx1000\clmgf\cellx2000\clmrg\cellx3000\pard\intbl a\cell b\cell ⟦盖一⟧\cell\row"
        r"\trowd\clvmrg\cellx1000\cellx2030\cellx3000\pard\intbl ⟦盖二⟧\cell c\cell d\cell\row"
        r"\trowd\cellx1000\cellx3000\pard\intbl e\cell f\cell\row"
        r"\trowd\trleft1000\cellx2000\cellx3000\pard\intbl g\cell h\cell\row\pard\par"
    )
    assert cells(document) == [
        ("a", 1, 1, 1, 2, 1),
        ("b", 1, 1, 2, 1, 2),
        ("c", 1, 2, 2, 1, 1),
        ("d", 1, 2, 3, 1, 1),
        ("e", 1, 3, 1, 1, 1),
        ("f", 1, 3, 2, 1, 2),
        ("g", 1, 4, 2, 1, 1),
        ("h", 1, 4, 3, 1, 1),
    ]
    assert [one.text for one in document.blocks if one.part == "hidden"] == ["盖一", "盖二"]


def test_nested_table_as_word_writes_it() -> None:
    inner = (
        r"\pard\intbl\itap2 {⟦内一⟧\nestcell{\nonesttables\par }}{⟦内二⟧\nestcell{\nonesttables\par }}"
        r"\pard\intbl\itap2 {{\*\nesttableprops\trowd\cellx900\cellx1800\nestrow}{\nonesttables\par }}"
    )
    document = read(
        ROW
        + r"\pard\intbl ⟦外一⟧\cell ⟦外二⟧\par"
        + inner
        + r"\pard\intbl\itap1 \cell ⟦外三⟧\cell{"
        + ROW
        + r"\row}\pard ⟦后⟧"
    )
    assert cells(document) == [
        ("外一", 1, 1, 1, 1, 1),
        ("外二", 1, 1, 2, 1, 1),
        ("内一", 2, 1, 1, 1, 1),
        ("内二", 2, 1, 2, 1, 1),
        ("外三", 1, 1, 3, 1, 1),
    ]


def test_a_frame_of_one_cell_holds_ordinary_paragraphs() -> None:
    document = read(
        r"\pard ⟦县教育局2023年工作总结⟧\par\trowd\cellx9000\pard\intbl ⟦一、教育⟧\par\par ⟦全县5.2万人。⟧\cell\row\pard ⟦后⟧\par"
    )
    assert [(one.text, one.kind.value, one.section) for one in document.blocks] == [
        ("县教育局2023年工作总结", "heading", ()),
        ("一、教育", "heading", ("一、教育",)),
        ("全县5.2万人。", "paragraph", ("一、教育",)),
        ("后", "paragraph", ("一、教育",)),
    ]


# Everything beside the body.


def test_every_place() -> None:
    document = read(
        r"{\info{\title ⟦标题属性⟧}{\subject ⟦主题⟧}{\author ⟦作者⟧}{\keywords ⟦关键词⟧}{\doccomm ⟦备注⟧}"
        r"{\*\company ⟦单位⟧}{\*\manager ⟦经理⟧}{\creatim\yr2023}{\nofpages3}{\unknown ⟦不显示⟧}}"
        r"{\*\userprops{\propname ⟦来源⟧}\proptype30{\staticval ⟦文库⟧}{\propname Kind}\proptype30{\staticval x1}}"
        r"{\*\docvar {varname}{⟦变量⟧}}"
        r"{\header\pard ⟦页眉⟧{\shp{\*\shpinst{\sp{\sn shapeType}{\sv 136}}{\sp{\sn gtextUNICODE}{\sv ⟦内部资料⟧}}"
        r"{\sp{\sn wzName}{\sv PowerPlusWaterMarkObject1}}}{\shprslt{\pict 00}}}\par}"
        r"{\headerf\pard ⟦首页页眉⟧\par}{\footerr\pard ⟦页脚⟧\par}{\sectd}{\header\pard ⟦页眉⟧\par}"
        r"\pard ⟦正文⟧{\footnote\pard\plain\chftn ⟦脚注文⟧}⟦续⟧{\footnote\ftnalt\pard\plain ⟦尾注文⟧}"
        r"{\*\atnid G}{\*\atnauthor ⟦批注人⟧}\chatn {\*\annotation{\*\atndate 1}{\*\atnref 0}\pard\plain ⟦批注文⟧}⟦完。⟧"
        r"{\field{\*\fldinst {HYPERLINK \"http://a.invalid/x\" \\o \"⟦提示⟧\"}}{\fldrslt{\ul ⟦链接文⟧}}}\par"
        r"\pard ⟦锚点⟧{\shp{\*\shpinst\shpleft0{\sp{\sn shapeType}{\sv 202}}{\sp{\sn wzDescription}{\sv ⟦替代⟧}}"
        r"{\sp{\sn pihlShape}{\sv {\*\hl{\hlfr }{\hlsrc http://b.invalid/y}}}}"
        r"{\shptxt \pard\plain ⟦框内一⟧\par\trowd\cellx1\cellx2\pard\intbl p\cell q\cell\row\pard}}"
        r"{\shprslt{\*\do\dptxbx{\dptxbxtext\pard ⟦框内一⟧\par}}}}\par"
        r"\pard {\*\do\dobxpage\dptxbx{\dptxbxtext\pard ⟦旧框⟧\par}\dpx0}⟦旧锚⟧\par"
        r"\pard {\*\shppict{\pict{\*\picprop{\sp{\sn wzDescription}{\sv ⟦图意⟧}}{\sp{\sn wzName}{\sv ⟦图片⟧ 1}}}\pngblip 89}}"
        r"{\object\objemb{\*\objclass Excel.Sheet.12}{\*\objdata 0102}{\result{\pict 00}}}\par"
        r"\pard {\xe ⟦索引项⟧}⟦选⟧{\field{\*\fldinst{ FORMDROPDOWN }{\*\formfield{\fftype2\ffres1{\*\ffl ⟦甲⟧}{\*\ffl ⟦乙⟧}{\*\ffhelptext ⟦帮助⟧}}}}{\fldrslt}}"
        r"{\field{\*\fldinst FORMCHECKBOX{\*\formfield{\fftype1\ffres25\ffdefres1}}}{\fldrslt}}"
        r"{\field{\*\fldinst MACROBUTTON None [⟦单击填写⟧]}{\fldrslt}}{\field{\*\fldinst { MERGEFIELD ⟦校数⟧ }}{\fldrslt 12}}\par"
    )
    assert seen(document) == [
        ("body", "正文续完。链接文"),
        ("link", "http://a.invalid/x"),
        ("alt", "提示"),
        ("body", "锚点"),
        ("alt", "替代"),
        ("link", "http://b.invalid/y"),
        ("textbox", "框内一"),
        ("textbox", "p"),
        ("textbox", "q"),
        ("body", "旧锚"),
        ("textbox", "旧框"),
        ("alt", "图意"),
        ("attachment", "Excel.Sheet.12"),
        ("body", "选乙☑[单击填写]12"),
        ("field", "索引项"),
        ("field", "帮助"),
        ("field", "甲"),
        ("field", "乙"),
        ("field", "MERGEFIELD 校数"),
        ("header", "页眉"),
        ("watermark", "内部资料"),
        ("header", "首页页眉"),
        ("footer", "页脚"),
        ("footnote", "脚注文"),
        ("endnote", "尾注文"),
        ("comment", "批注人"),
        ("comment", "批注文"),
        ("properties", "标题属性"),
        ("properties", "主题"),
        ("properties", "作者"),
        ("properties", "关键词"),
        ("properties", "备注"),
        ("properties", "单位"),
        ("properties", "经理"),
        ("properties", "来源"),
        ("properties", "文库"),
        ("properties", "x1"),
        ("properties", "varname变量"),
    ]
    assert codes(document) == ["DOC005", "DOC012", "DOC013"]
    assert document.notices[2].zh == "有 1 张图片，图片里的文字没有检查（第2段）"
    furniture = ("header", "footer", "watermark")
    assert {one.kind.value for one in document.blocks if one.part in furniture} == {"furniture"}
    assert document.title == "正文续完。链接文"


def test_revisions() -> None:
    document = read(
        r"\pard {\revised\revauth1 ⟦插入甲⟧}{\revised\revauth1\b ⟦再插⟧}{\deleted\revauthdel1 ⟦删除乙⟧}⟦原文丙，⟧"
        r"{\deleted\par}⟦接上段。⟧\par{\mvf ⟦移走⟧}{\mvt ⟦移来⟧}{\crauth1\crdate5\b ⟦改式⟧}\par{\*\oldpprops\pard\b}"
    )
    assert seen(document) == [
        ("body", "插入甲再插原文丙，接上段。"),
        ("deleted", "删除乙"),
        ("body", "移来改式"),
        ("deleted", "移走"),
    ]
    assert [one.visible for one in document.blocks] == [True, False, True, False]
    assert [(one.code, one.block) for one in document.notices] == [("DOC004", 1)]
    assert document.notices[0].zh == "还有 6 处修订未接受或拒绝"


@pytest.mark.parametrize(
    "run",
    [
        r"{\v ⟦藏⟧}",
        r"\v ⟦藏⟧\v0 ",
        r"{\cs11 ⟦藏⟧}",
        r"{\cf2 ⟦藏⟧}",
        r"{\fs2 ⟦藏⟧}",
        r"{\dbch\af13\afs2 ⟦藏⟧}",
    ],
)
def test_hidden_text(run: str) -> None:
    document = read(rf"\pard ⟦前⟧{run}⟦后⟧\par")
    assert [(one.part, one.text, one.visible) for one in document.blocks] == [
        ("body", "前后", True),
        ("hidden", "藏", False),
    ]
    assert codes(document) == ["DOC006"]


@pytest.mark.parametrize(
    "run",
    [
        r"{\v\v0 ⟦显⟧}",
        r"{\v\plain ⟦显⟧}",
        r"{\cf2\highlight3 ⟦显⟧}",
        r"{\cf2\chcbpat3 ⟦显⟧}",
        r"\cbpat3\cf2 ⟦显⟧\cf0 ",
        r"{\rtlch\afs2\ltrch\fs21 ⟦显⟧}",
        r"{\webhidden ⟦显⟧}",
    ],
)
def test_text_that_only_looks_hidden(run: str) -> None:
    assert seen(read(rf"\pard ⟦前⟧{run} ⟦后⟧\par"))[0] == ("body", "前显 后")


def test_white_text_in_a_table_is_on_a_coloured_ground() -> None:
    document = read(
        r"\trowd\clcbpat3\cellx1\clcbpat3\cellx2\pard\intbl\cf2 ⟦指标⟧\cell ⟦数值⟧\cell\row\pard ⟦后⟧"
    )
    assert texts(document) == ["指标", "数值", "后"]


def test_a_hidden_shape() -> None:
    document = read(r"\pard {\shp{\*\shpinst{\sp{\sn fHidden}{\sv 1}}{\shptxt\pard ⟦藏⟧\par}}}⟦甲⟧\par")
    assert [(one.part, one.text, one.visible) for one in document.blocks] == [
        ("body", "甲", True),
        ("hidden", "藏", False),
    ]


def test_a_chinese_equation_field_shows_its_text() -> None:
    document = read(r"\pard {\field{\*\fldinst EQ \\o\\ac(⟦○⟧,⟦甲⟧)}{\fldrslt}}⟦类⟧\par")
    assert texts(document)[0] == "甲类"


# Damaged and hostile files.


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (rtf(r"\pard ⟦甲⟧\par")[:-1], "DOC001"),
        (rtf(r"\pard ⟦甲⟧\par")[:-5], "DOC001"),
        (rtf(r"\pard ⟦甲⟧\par")[:200], "DOC001"),
        (rtf(r"{\*\unknown ⟦甲⟧\par"), "DOC001"),
        (rtf(r"\bin99999999999999999999 x"), "DOC001"),
        (b"{\\rtf1", "DOC001"),
        (b"", "DOC001"),
        (b"\xff\x00{\\rtf1 a}", "DOC001"),
        (b"\xff\x00" * 99, "DOC001"),
        (b"{\\rtf1 \\", "DOC001"),
        (rtf("{" * 200_000), "DOC007"),
        (rtf(r"{\b " * 200_000), "DOC007"),
        (rtf(r"\itap100000 x\nestcell"), "DOC007"),
        (rtf(r"\trowd\cellx1\pard\intbl " + r"\cell\row" * 100_001), "DOC007"),
    ],
)
def test_refused(data: bytes, code: str) -> None:
    started = time.monotonic()
    assert error(data) == code
    assert time.monotonic() - started < 20


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (r"\pard ⟦甲⟧}\par ⟦乙⟧", ["甲", "乙"]),
        (r"\pard ⟦甲⟧\par}}}}", ["甲"]),
        (r"\pard ⟦甲⟧\par}" + "\0" * 9, ["甲"]),
        (r"\cell\row\nestcell\nestrow ⟦甲⟧\cellx\cellx1\trowd\row", None),
        (r"\u\u-\u99999999999?\uc-1\uc99999\'zz\'⟦甲⟧", None),
        (r"{\stylesheet{\s1\sbasedon2 x;}{\s2\sbasedon1 y;}}\pard\s1 ⟦甲⟧", ["甲"]),
        (r"{\fldrslt ⟦甲⟧}{\sv x}{\sn y}{\objclass z}{\ffl w}{\ud }{\upr}", None),
        (r"{\upr", None),
    ],
)
def test_odd_but_readable(body: str, expected: list[str] | None) -> None:
    if body == r"{\upr":
        assert error(rtf(body)) == "DOC001"
        return
    document = read(body)
    assert expected is None or texts(document) == expected


def test_time_is_linear() -> None:
    run = r"{\rtlch\fcs1 \af0 \ltrch\fcs0 \insrsid1 \loch\af0\hich\af0\dbch\f13 ⟦全县各级各类学校⟧}{\b 5.2}"
    started = time.monotonic()
    document = read(r"\pard " + run * 20_000 + r"\par")
    assert len(document.blocks[0].text) == 20_000 * 11
    assert time.monotonic() - started < 10


WORDS = [r"\par", r"\cell", r"\row", r"\trowd", r"\cellx1", r"\intbl", r"\itap2", r"\nestcell", r"\nestrow", r"\pard", r"\plain", r"\v", r"\v0", r"\deleted", r"\u20840", r"\u-10174", r"\u-8265", r"\uc0", r"\uc2", r"\'c8", r"\'ab", r"\f13", r"\f3", r"\dbch", r"\loch", r"\af13", r"\s1", r"\cs11", r"\tab", r"\line", r"\page", r"\sect", r"\*", r"\~", r"\bin2", r"{", r"}", r"{\footnote", r"{\header", r"{\*\annotation", r"{\shp", r"{\*\shpinst", r"{\shptxt", r"{\sp", r"{\sn", r"{\sv", r"{\field", r"{\*\fldinst", r"{\fldrslt", r"{\listtext", r"{\pict", r"{\object", r"{\*\objclass", r"{\info", r"{\title", r"{\stylesheet", r"{\fonttbl", r"{\colortbl", r"{\*\nesttableprops", r"{\upr", r"{\*\ud", r"{\xe", r"{\*\formfield", r"{\*\ffl", r"{\*\unknown", r"HYPERLINK", r"EQ", r"MACROBUTTON", r"\\o(a,b)", r"gtextUNICODE", r"136", r"shapeType", r"\clmrg", r"\clvmrg", r"\trleft-9", r"\ftnalt", r"\nonesttables", r"\crauth1", r"\red255", r"\cf2", r"\fs2", r";", r"\}", r"\{", r"\\", r"\ansicpg936", r"\fcharset134"]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from([*WORDS, "甲", "5.2", " ", "\n"]), max_size=60))
def test_any_sequence_of_words(pieces: list[str]) -> None:
    body = "".join(gbk(one) + (" " if one.startswith(("\\", "{\\")) else "") for one in pieces)
    depth = 0
    for token in re.findall(r"\\.|[{}]", body):
        depth = depth + 1 if token == "{" else max(0, depth - 1) if token == "}" else depth
    data = (HEAD + body + "}" * (depth + 1)).encode("latin-1")
    assert outcome(data) in ("", "DOC001", "DOC007")


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes(data: bytes) -> None:
    assert outcome(b"{\\rtf1" + data) in ("", "DOC001", "DOC007")
