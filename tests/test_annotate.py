"""Comments on exactly the characters that were found, and nothing else of the file changed."""

from __future__ import annotations

import pytest

from tests.wordcomments import (
    assert_untouched,
    chars,
    commented,
    comments,
    made,
    own,
    read,
    root_of,
)
from tests.wordfiles import (
    MERGED,
    NAMES,
    TITLE,
    box,
    cell,
    complex_field,
    drawing,
    members,
    package,
    par,
    run,
)
from validator.annotate.word import annotate
from validator.model.location import Location
from validator.model.words import Lang

BOLD, RED, BIG = "<w:b/>", '<w:color w:val="FF0000"/>', '<w:sz w:val="44"/><w:szCs w:val="44"/>'
WHO = 'w:id="7" w:author="甲" w:date="2024-01-02T03:04:05Z"'
TYPES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
OLD = (
    f'<w:comments {NAMES}><w:comment w:id="4" w:author="李主任" w:initials="李">'
    f"{par('此数请再核')}</w:comment></w:comments>"
)


def word(body: str, rels: tuple[tuple[str, str, str], ...] = (), **parts: str) -> bytes:
    return package({"[Content_Types].xml": TYPES, **members(TITLE + body, rels, **parts)})


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/>{''.join(f'<w:tr>{one}</w:tr>' for one in rows)}</w:tbl>"


def inserted(*inner: str) -> str:
    return f"<w:ins {WHO}>{''.join(inner)}</w:ins>"


def deleted(text: str) -> str:
    return f'<w:del {WHO}><w:r><w:delText xml:space="preserve">{text}</w:delText></w:r></w:del>'


SHOWN = {
    "in the middle of a run": (par("全县新建学校XX所。"), "XX"),
    "at the start of a run": (par("XX所学校"), "XX"),
    "at the end of a run": (par("学校XX"), "XX"),
    "a whole run": (par("学校", run("XX", BOLD), "所"), "XX"),
    "over two looks": (par(run("新建X", BOLD), run("X所", RED)), "XX"),
    "over four runs": (par(run("建X", BOLD), run("X", RED), run("X", BIG), "X所"), "XXXX"),
    "one character of a long text": (par("甲" * 500 + "X" + "乙" * 500), "X"),
    "blanks at the edges": (par("投入  X  万元"), " X "),
    "blanks that do not count": (par("<w:r><w:t> 投入 X 万元 </w:t></w:r>"), "入 X"),
    "an empty slot of blanks": (par("占比为　　，"), "　　"),
    "signs of XML": (par("投入&lt;X&gt;&amp;万元"), "<X>&"),
    "a text with an XML comment": (par("<w:r><w:t>投入<!-- 内 -->X万元</w:t></w:r>"), "X万"),
    "CDATA": (par("<w:r><w:t><![CDATA[投入X万元]]></w:t></w:r>"), "X"),
    "over a tab": (par("<w:r><w:t>投入X</w:t><w:tab/><w:t>万元</w:t></w:r>"), "X\t万"),
    "a tab alone": (par("<w:r><w:t>投入</w:t><w:tab/><w:t>万元</w:t></w:r>"), "\t"),
    "behind a page mark of Word": (par("<w:r><w:lastRenderedPageBreak/><w:t>投入X万</w:t></w:r>"), "X"),
    "after a break in the run": (par("<w:r><w:t>投入X</w:t><w:br/><w:t>增长Y%</w:t></w:r>"), "Y"),
    "an insertion": (par("投入", inserted(run("X万")), "元"), "X"),
    "from text into an insertion": (par("投入X", inserted(run("X万")), "元"), "XX"),
    "an insertion that was moved": (par("投入", f"<w:moveTo {WHO}>{run('X万')}</w:moveTo>", "元"), "X"),
    "over a deletion": (par("投入X", deleted("三"), "X万元"), "XX"),
    "a hyperlink": (par("见", f'<w:hyperlink w:anchor="a">{run("网站X页")}</w:hyperlink>'), "X"),
    "from text into a hyperlink": (par("见X", f'<w:hyperlink w:anchor="a">{run("X页")}</w:hyperlink>'), "XX"),
    "the result of a field": (par("共", complex_field(" REF a ", result="X所学校"), "。"), "X"),
    "from a field into the text": (par("共", complex_field(" REF a ", result="X"), "X所"), "XX"),
    "a simple field": (par("共", f'<w:fldSimple w:instr=" REF a ">{run("X所")}</w:fldSimple>'), "X"),
    "a content control": (
        par("共", f"<w:sdt><w:sdtPr/><w:sdtContent>{run('XX所')}</w:sdtContent></w:sdt>"),
        "X所",
    ),
    "a block in a control": (f"<w:sdt><w:sdtPr/><w:sdtContent>{par('共XX所')}</w:sdtContent></w:sdt>", "XX"),
    "a smart tag": (par("在", f'<w:smartTag w:element="p">{run("XX县")}</w:smartTag>'), "XX"),
    "custom XML": (par("在", f'<w:customXml w:element="p">{run("XX县")}</w:customXml>'), "XX"),
    "directions": (par(f'<w:bdo w:val="ltr">{run("在XX县")}</w:bdo>'), "XX"),
    "a cell": (table(cell("指标") + cell("数值"), cell("学校数") + cell("XX所")), "XX"),
    "a merged cell": (table(cell("甲", MERGED) + cell("乙"), cell("", "<w:vMerge/>") + cell("XX所")), "XX"),
    "the only cell of a table": (table(cell("新建学校XX所")), "XX"),
    "a table in a table": (
        table(f"<w:tc><w:tcPr/>{table(cell('内') + cell('XX所'))}<w:p/></w:tc>" + cell("外")),
        "XX",
    ),
    "a cell of a control": (
        table(f"<w:sdt><w:sdtPr/><w:sdtContent>{cell('共XX所')}</w:sdtContent></w:sdt>" + cell("外")),
        "XX",
    ),
    "a run in alternative content": (
        par(
            '<mc:AlternateContent><mc:Choice Requires="wps">' + run("共XX所") + "</mc:Choice>"
            "<mc:Fallback>" + run("共XX所") + "</mc:Fallback></mc:AlternateContent>"
        ),
        "XX",
    ),
    "a paragraph without properties": ("<w:p><w:r><w:t>共XX所</w:t></w:r></w:p>", "XX"),
    "pretty-printed XML": (
        "<w:p>\n  <w:r>\n    <w:rPr>\n      <w:b/>\n    </w:rPr>\n    <w:t>共XX所</w:t>\n  </w:r>\n</w:p>\n",
        "XX",
    ),
}


@pytest.mark.parametrize(("body", "text"), SHOWN.values(), ids=SHOWN)
def test_exactly_the_characters_found(body: str, text: str) -> None:
    data = word(body)
    done = commented(data, text)
    assert [one.shown for one in own(done.data).values()] == [text]
    assert (done.added, done.beside, done.left) == (1, 0, 0)
    assert_untouched(data, done.data)


NUMBERS = (
    f'<w:numbering {NAMES}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)


@pytest.mark.parametrize(("text", "shown"), [("XX", "XX"), ("1. 5万", "5万"), ("1.", "5万元投入XX所")])
def test_automatic_numbers_are_not_in_the_text(text: str, shown: str) -> None:
    listed = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    data = word(par("5万元投入XX所", extra=listed), (("n", "numbering", "numbering.xml"),), numbering=NUMBERS)
    assert [one.shown for one in own(commented(data, text).data).values()] == [shown]
    assert_untouched(data, commented(data, text).data)


@pytest.mark.parametrize(
    ("body", "text", "part"),
    [
        (par("投入", run("三X万", "<w:vanish/>"), "元"), "X", "hidden"),
        (par("投入", deleted("三X万"), "元"), "X", "deleted"),
        (par("投入", f"<w:moveFrom {WHO}>{run('三X万')}</w:moveFrom>", "元"), "X", "deleted"),
    ],
)
def test_hidden_and_deleted_characters(body: str, text: str, part: str) -> None:
    data = word(body)
    done = commented(data, text, part=part)
    (one,) = own(done.data).values()
    assert (one.shown, getattr(one, part)) == ("", text)
    assert_untouched(data, done.data)


def test_one_comment_for_each_finding_in_their_order() -> None:
    data = word(par("新建XX所，投入YY万元，", run("占ZZ", BOLD), run("%。", RED)))
    texts = ("XX", "XX", "建XX所", "YY万元，占Z", "ZZ", "X", "%")
    done = commented(data, *texts)
    assert [one.shown for one in own(done.data).values()] == list(texts)
    assert [*own(done.data)] == list(range(len(texts)))
    assert_untouched(data, done.data)


@pytest.mark.parametrize(
    ("body", "text", "around"),
    [
        (par("见图", drawing("<a:p/>"), run("前") + f"<w:r>{box('XX县')}</w:r>", "后"), "XX", ""),
        (par(f"<w:r><w:t>前</w:t>{box('XX县')}<w:t>后</w:t></w:r>"), "XX", ""),
        (par("前", "<m:oMath><m:r><m:t>x=XX</m:t></m:r></m:oMath>", "后"), "XX", ""),
        (
            par(
                "前<w:r/>"[:1],
                "<w:r><w:ruby><w:rt><w:r><w:t>pin</w:t></w:r></w:rt><w:rubyBase>"
                "<w:r><w:t>拼</w:t></w:r></w:rubyBase></w:ruby></w:r>",
                "后",
            ),
            "拼",
            "pin拼",
        ),
    ],
    ids=["text box", "text box between words", "formula", "phonetic guide"],
)
def test_what_cannot_be_cut_is_commented_whole(body: str, text: str, around: str) -> None:
    data = word(body)
    (one,) = own(commented(data, text).data).values()
    assert "前" not in one.shown
    assert "后" not in one.shown
    assert one.shown.startswith(around)
    assert_untouched(data, commented(data, text).data)


def test_a_text_box_that_stands_twice_has_one_comment() -> None:
    inner = f"<w:txbxContent>{par('共印XX份')}</w:txbxContent>"
    twice = (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><a:graphic><a:graphicData>'
        f"<wps:wsp><wps:txbx>{inner}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict><v:shape>{inner}</v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    data = word(par("前", twice, "后"))
    done = commented(data, "XX")
    (one,) = own(done.data).values()
    assert one.lines[0].startswith("【文本框 第1段“共印XX份”】")
    assert (one.shown, done.beside) == ("共印XX份", 1)
    assert_untouched(data, done.data)


NOTE = f'<w:footnotes {NAMES}><w:footnote w:id="2">{par("口径见XX文件")}</w:footnote></w:footnotes>'
END = f'<w:endnotes {NAMES}><w:endnote w:id="2">{par("口径见XX文件")}</w:endnote></w:endnotes>'
HEADER = f"<w:hdr {NAMES}>{par('送审XX稿')}</w:hdr>"


@pytest.mark.parametrize(
    ("kind", "part", "place", "shown"),
    [
        ("footnotes", NOTE, "脚注 第1段“口径见XX文件”", "mark"),
        ("endnotes", END, "尾注 第1段“口径见XX文件”", "mark"),
        ("header", HEADER, "页眉 第1段“送审XX稿”", "start"),
        ("footer", HEADER.replace("hdr", "ftr"), "页脚 第1段“送审XX稿”", "start"),
        ("comments", OLD.replace("此数", "XX"), "批注 第1段“XX请再核”", "start"),
    ],
)
def test_where_word_takes_no_comments_the_place_is_named(
    kind: str, part: str, place: str, shown: str
) -> None:
    marks = {"footnotes": "footnoteReference", "endnotes": "endnoteReference"}
    mark = f'<w:r><w:{marks[kind]} w:id="2"/></w:r>' if kind in marks else ""
    data = word(par("甲", mark, "乙"), (("k", kind, f"{kind}.xml"),), **{kind: part})
    done = commented(data, "XX")
    (one,) = own(done.data).values()
    assert one.lines[0] == f"【{place}】这里要改。"
    assert done.beside == 1
    assert_untouched(data, done.data)
    order = [one.tag.rpartition("}")[2] for one in root_of(done.data).iter()]
    at = order.index("commentRangeStart")
    if shown == "mark":
        assert at < order.index(marks[kind]) < order.index("commentRangeEnd")
        assert one.shown == ""
    else:
        assert at < order.index("t")


def test_what_is_about_the_file_stands_at_the_beginning() -> None:
    data = word(par("甲"))
    place = Location(part="file")
    done = annotate(data, read(data), [made("DOC009", place), made("DOC015", place)], Lang.ZH)
    found = own(done.data)
    assert [one.lines[-1] for one in found.values()] == ["这里要改。 [DOC009]", "这里要改。 [DOC015]"]
    first = next(one for one in root_of(done.data).iter() if one.tag.endswith("}p"))
    tags = [one.tag.rpartition("}")[2] for one in first]
    assert tags == ["pPr", *["commentRangeStart", "commentRangeEnd", "r"] * 2, "r"]
    assert_untouched(data, done.data)


def test_an_empty_cell_and_a_body_without_paragraphs() -> None:
    data = word(table(cell("学校数") + cell("")))
    document = read(data)
    at = next(at for at, one in enumerate(document.blocks) if not one.text)
    done = annotate(data, document, [made("IND004", document.locate(at, 0, 0), block=at)], Lang.ZH)
    assert (len(own(done.data)), done.beside) == (1, 0)
    last = [one for one in root_of(done.data).iter() if one.tag.endswith("}tc")][-1]
    assert [one.tag.rpartition("}")[2] for one in last.iter()][-1] == "commentReference"
    assert_untouched(data, done.data)
    bare = package(members("<w:sectPr/>"))
    done = annotate(bare, read(bare), [made("DOC009", Location(part="file"))], Lang.ZH)
    assert len(own(done.data)) == 1


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (par("一、教育工作") + par("在校学生5万人。"), "一、教育工作"),
        (par("教育", style="1") + par("在校学生5万人。"), "教育"),
        (
            par(run("一、教", BOLD), run("育工作", RED)) + table(cell("在校学生") + cell("5万人")),
            "一、教育工作",
        ),
        (par("在校学生5万人。"), "县工作总结"),
    ],
)
def test_what_is_missing_is_told_at_its_heading(body: str, shown: str) -> None:
    data = word(body)
    document = read(data)
    at = next(at for at, one in enumerate(document.blocks) if "在校学生" in one.text)
    done = annotate(data, document, [made("IND001", document.locate(at, 0, 0))] * 2, Lang.ZH)
    assert [one.shown for one in own(done.data).values()] == [shown] * 2
    assert done.beside == 0


def test_existing_comments_stay_and_numbers_go_on() -> None:
    marked = '<w:commentRangeStart w:id="4"/>' + run("新建XX") + '<w:commentRangeEnd w:id="4"/>'
    marked += '<w:r><w:commentReference w:id="4"/></w:r>'
    rels = (("k", "comments", "comments.xml"), ("e", "commentsExtended", "commentsExtended.xml"))
    data = word(par(marked, "所"), rels, comments=OLD, commentsExtended="<x/>")
    done = commented(data, "XX所", "XX")
    found = comments(done.data)
    assert [*found] == [4, 5, 6]
    assert (found[4].lines, found[4].shown) == (["此数请再核"], "新建XX")
    assert [one.shown for one in own(done.data).values()] == ["XX所", "XX"]
    assert_untouched(data, done.data)


def test_a_second_run_adds_to_the_first_and_finds_no_more() -> None:
    data = word(par("新建", run("XX所", BOLD)))
    once = commented(data, "XX").data
    twice = commented(once, "XX所", "XX").data
    assert [one.shown for one in own(twice).values()] == ["XX", "XX所", "XX"]
    assert_untouched(data, once)
    assert_untouched(once, twice)
    assert [one.part for one in read(twice).blocks] == ["body", "body"]
    assert [one.code for one in read(twice).notices] == ["DOC005"]


def test_a_comment_that_only_looks_like_ours_is_read() -> None:
    words = {"x": "validator", "y": "加微信qingmo77 [PLC001]"}
    rels = (("k", "comments", "comments.xml"),)
    for author, initials, text, seen in (
        ("validator", "V", "改 [PLC001]", False),
        ("validator", "V", "加微信qingmo77", True),
        ("validator", "X", words["y"], True),
        ("李主任", "V", words["y"], True),
    ):
        part = OLD.replace("李主任", author).replace('"李"', f'"{initials}"').replace("此数请再核", text)
        blocks = read(word(par("甲"), rels, comments=part)).blocks
        assert any(one.part == "comment" for one in blocks) is seen


def test_a_change_of_looks_that_is_cut_is_still_one_revision() -> None:
    change = f"<w:b/><w:rPrChange {WHO}><w:rPr/></w:rPrChange>"
    data = word(par(run("新建XX所学校", change), run("Y", change.replace('"甲"', '"乙"'))))
    done = commented(data, "XX", "建")
    notices = [[one.zh for one in read(each).notices if one.code == "DOC004"] for each in (data, done.data)]
    assert notices == [["还有 2 处修订未接受或拒绝"]] * 2
    assert_untouched(data, done.data)


def test_marks_do_not_make_a_line_higher_and_are_never_hidden() -> None:
    data = word(par(run("小X字", '<w:vanish/><w:sz w:val="12"/>')))
    root = root_of(commented(data, "X").data)
    mark = next(
        one for one in root.iter() if one.tag.endswith("}r") and one[-1].tag.endswith("}commentReference")
    )
    assert [one.tag.rpartition("}")[2] for one in mark.iter()] == ["r", "rPr", "sz", "commentReference"]


def test_characters_keep_their_looks_wherever_a_run_is_cut() -> None:
    look = '<w:rStyle w:val="a"/><w:rFonts w:eastAsia="仿宋"/><w:b/><w:sz w:val="32"/>'
    data = word(par(run("一二三四五六", look), style="1"))
    for start in range(6):
        for end in range(start + 1, 7):
            done = commented(data, "一二三四五六"[start:end])
            assert chars(done.data) == chars(data)
