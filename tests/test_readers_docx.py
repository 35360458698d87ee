"""Word documents: every place where text stands, revisions, hidden text, tables; and hostile files."""

from __future__ import annotations

import io
import zipfile

import pytest

from tests.wordfiles import (
    MERGED,
    NAMES,
    STRICT_R,
    STRICT_W,
    WIDE,
    R,
    assert_rendition,
    cell,
    members,
    package,
    par,
    read,
    read_bytes,
    relationships,
    run,
    seen,
)
from validator.model.document import Kind
from validator.model.errors import ReadError
from validator.readers import _limits
from validator.readers._base import Source
from validator.readers.docx import READER


def test_headings_by_style_and_by_number() -> None:
    document = read(
        par("县教育局2023年工作总结", style="T")
        + par("目录行\t1", style="TOC1")
        + par("一、教育", style="1")
        + par("规模", style="2")
        + par("全县", "5.2", "万人。", style="loop")
        + par("其他", style="mine")
        + par("（一）师资。共有教师。")
        + par("（二）经费")
        + par("充足。", extra='<w:outlineLvl w:val="9"/>')
    )
    assert document.title == "县教育局2023年工作总结"
    assert [(b.text, b.kind.value, b.level, b.section, b.paragraph) for b in document.blocks] == [
        ("县教育局2023年工作总结", "heading", 0, (), None),
        ("目录行\t1", "furniture", 0, (), None),
        ("一、教育", "heading", 1, ("一、教育",), None),
        ("规模", "heading", 2, ("一、教育", "规模"), None),
        ("全县5.2万人。", "paragraph", 0, ("一、教育", "规模"), 1),
        ("其他", "heading", 1, ("其他",), None),
        ("（一）师资。共有教师。", "paragraph", 0, ("其他", "（一）师资"), 1),
        ("（二）经费", "heading", 3, ("其他", "（二）经费"), None),
        ("充足。", "paragraph", 0, ("其他", "（二）经费"), 1),
    ]


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        (run("甲") + "<w:r><w:tab/></w:r>" + run("乙"), ["甲\t乙"]),
        (run("甲") + "<w:r><w:br/></w:r>" + run("乙"), ["甲", "乙"]),
        (run("甲") + '<w:r><w:br w:type="page"/></w:r>' + run("乙"), ["甲", "乙"]),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>' + run("达标"), ["☑达标"]),
        ('<w:r><w:sym w:font="X" w:char="zz"/></w:r>' + run("甲"), ["甲"]),
        ("<w:r><w:t>  甲\n乙 </w:t></w:r>", ["甲 乙"]),
        (run("1") + "<w:r><w:noBreakHyphen/></w:r>" + run("2"), ["1-2"]),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{run('控件')}</w:sdtContent></w:sdt>", ["控件"]),
        (f"<w:smartTag>{run('标')}</w:smartTag><w:customXml>{run('签')}</w:customXml>", ["标签"]),
        (f'<w:fldSimple w:instr="DATE">{run("2023年")}</w:fldSimple>', ["2023年"]),
        ("<w:r><w:instrText> PAGE </w:instrText></w:r>" + run("3"), ["3"]),
        ("<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>", ["x=1"]),
        (
            "<w:r><w:ruby><w:rt><w:r><w:t>pin</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>拼</w:t></w:r></w:rubyBase></w:ruby></w:r>",
            ["拼", "pin"],
        ),
        (run("　　缩进") + run("  "), ["缩进"]),
        (run("占比") + run("    ") + run("%"), ["占比    %"]),
    ],
)
def test_runs(inner: str, expected: list[str]) -> None:
    document = read(par("县工作总结") + f"<w:p>{inner}</w:p>")
    assert [block.text for block in document.blocks[1:]] == expected


def test_revisions_are_accepted_and_counted() -> None:
    document = read(
        par("县工作总结")
        + par(
            "学校",
            f'<w:ins w:id="1">{run("5")}</w:ins>',
            '<w:del w:id="2"><w:r><w:delText>4</w:delText></w:r></w:del>',
            "所",
        )
        + par(f"<w:moveFrom>{run('搬走')}</w:moveFrom>", f"<w:moveTo>{run('搬来')}</w:moveTo>")
        + par("前半", extra="<w:rPr><w:del/></w:rPr>")
        + par("后半")
        + par(run("格式", "<w:rPrChange><w:rPr/></w:rPrChange>"))
    )
    assert seen(document) == [
        ("body", "县工作总结"),
        ("body", "学校5所"),
        ("deleted", "4"),
        ("body", "搬来"),
        ("deleted", "搬走"),
        ("body", "前半后半"),
        ("body", "格式"),
    ]
    assert [b.states for b in document.blocks if b.part == "deleted"] == [False, False]
    assert [(n.code, n.block) for n in document.notices] == [("DOC004", 2)]
    assert "6" in document.notices[0].zh


def test_hidden_text_does_not_mix() -> None:
    document = read(
        par("县工作总结")
        + par(
            "占比",
            run("藏", "<w:vanish/>"),
            run("X", '<w:vanish w:val="0"/>'),
            run("密", '<w:rStyle w:val="secret"/>'),
            "%",
        )
    )
    assert seen(document)[1:] == [("body", "占比X%"), ("hidden", "藏密")]
    assert [(n.code, n.block) for n in document.notices] == [("DOC006", 2)]


def test_tables() -> None:
    nested = f"<w:tbl><w:tr>{cell('里1')}{cell('里2')}</w:tr></w:tbl>"
    table = (
        "<w:tbl>"
        f"<w:tr>{cell('指标')}{cell('值', WIDE)}</w:tr>"
        f"<w:tr>{cell('甲', MERGED)}{cell('1')}{cell('')}</w:tr>"
        f"<w:tr>{cell('被盖住', '<w:vMerge/>')}<w:sdt><w:sdtContent>{cell('3')}</w:sdtContent></w:sdt>"
        f"<w:tc>{par('前')}{par('后')}{nested}</w:tc></w:tr></w:tbl>"
    )
    document = read(
        par("县工作总结") + table + f"<w:tbl><w:tr>{cell('框里的正文')}</w:tr></w:tbl>" + par("末。")
    )
    found = [
        (b.cell.table, b.cell.row, b.cell.column, b.cell.row_span, b.cell.column_span, b.text)
        for b in document.blocks
        if b.cell
    ]
    assert found == [
        (1, 1, 1, 1, 1, "指标"),
        (1, 1, 2, 1, 2, "值"),
        (1, 2, 1, 2, 1, "甲"),
        (1, 2, 2, 1, 1, "1"),
        (1, 2, 3, 1, 1, ""),
        (1, 3, 2, 1, 1, "3"),
        (1, 3, 3, 1, 1, "前 后"),
        (2, 1, 1, 1, 1, "里1"),
        (2, 1, 2, 1, 1, "里2"),
    ]
    assert ("hidden", "被盖住") in seen(document)
    assert [(b.text, b.kind.value) for b in document.blocks[-2:]] == [
        ("框里的正文", "paragraph"),
        ("末。", "paragraph"),
    ]


def test_long_cells_keep_their_paragraphs() -> None:
    long = "这一格里写的是一整篇总结的正文，" * 10
    document = read(
        par("考核表") + f"<w:tbl><w:tr>{cell('总结')}<w:tc>{par(long)}<w:p/>{par(long)}</w:tc></w:tr></w:tbl>"
    )
    assert [b.cell.column for b in document.blocks if b.cell] == [1, 2, 2]


def test_text_boxes_once_watermarks_links_and_alternatives() -> None:
    box = f"<w:txbxContent>{par('框内文字')}</w:txbxContent>"
    drawing = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
        f'<wp:docPr descr="图说" title="图题"/>{box}</w:drawing>'
        f"</mc:Choice><mc:Fallback><w:pict><v:shape>{box}</v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    link = f'<w:hyperlink r:id="h" w:tooltip="提示">{run("点我")}</w:hyperlink>'
    field = '<w:r><w:instrText> HYPERLINK "https://b.cn/x" </w:instrText></w:r>'
    document = read(
        par("县工作总结") + par("正文", drawing) + par(link) + par("域", field),
        rels=(("h", "hyperlink", "https://a.cn/?q=1"), ("hd", "header", "header1.xml")),
        header1=f"<w:hdr {NAMES}>{par('页眉')}<w:p><w:r><w:pict>"
        '<v:shape alt="底图"><v:textpath string="内部资料"/></v:shape>'
        "</w:pict></w:r></w:p></w:hdr>",
    )
    assert seen(document) == [
        ("body", "县工作总结"),
        ("body", "正文"),
        ("alt", "图说"),
        ("alt", "图题"),
        ("textbox", "框内文字"),
        ("body", "点我"),
        ("link", "https://a.cn/?q=1"),
        ("alt", "提示"),
        ("body", "域"),
        ("link", "https://b.cn/x"),
        ("header", "页眉"),
        ("alt", "底图"),
        ("watermark", "内部资料"),
    ]
    states = {block.part: block.states for block in document.blocks}
    assert states["textbox"]
    assert not any(states[part] for part in ("alt", "link", "header", "watermark"))


def test_headers_notes_comments() -> None:
    document = read(
        par("县工作总结"),
        rels=(
            ("a", "header", "header1.xml"),
            ("b", "header", "header2.xml"),
            ("c", "footer", "footer1.xml"),
            ("d", "footnotes", "footnotes.xml"),
            ("e", "endnotes", "endnotes.xml"),
            ("f", "comments", "comments.xml"),
        ),
        header1=f"<w:hdr {NAMES}>{par('同一页眉')}</w:hdr>",
        header2=f"<w:hdr {NAMES}>{par('同一页眉')}{par('首页')}</w:hdr>",
        footer1=f"<w:ftr {NAMES}><w:tbl><w:tr>{cell('页脚格')}{cell('')}</w:tr></w:tbl></w:ftr>",
        footnotes=f'<w:footnotes {NAMES}><w:footnote w:type="separator">{par("线")}</w:footnote>'
        f"<w:footnote>{par('脚注X')}</w:footnote></w:footnotes>",
        endnotes=f"<w:endnotes {NAMES}><w:endnote>{par('尾注')}</w:endnote></w:endnotes>",
        comments=f"<w:comments {NAMES}><w:comment>{par('请核对')}</w:comment></w:comments>",
    )
    assert [(b.part, b.text, b.kind.value) for b in document.blocks[1:]] == [
        ("header", "同一页眉", "furniture"),
        ("header", "首页", "furniture"),
        ("footer", "页脚格", "furniture"),
        ("footnote", "脚注X", "paragraph"),
        ("endnote", "尾注", "paragraph"),
        ("comment", "请核对", "meta"),
    ]
    assert [(n.code, n.block) for n in document.notices] == [("DOC005", 6)]


def test_properties() -> None:
    parts = members(par("正文"))
    kinds = (("core-properties", "docProps/core.xml"), ("extended-properties", "docProps/app.xml"))
    parts["_rels/.rels"] = relationships(
        ("rId1", "officeDocument", "word/document.xml"),
        *((kind, kind, target) for kind, target in kinds),
        ("c", "custom-properties", "docProps/custom.xml"),
    )
    parts["docProps/core.xml"] = (
        '<c xmlns:d="urn:d"><d:title>题名</d:title>'
        "<d:keywords>公众号</d:keywords><d:revision>3</d:revision></c>"
    )
    parts["docProps/app.xml"] = "<P><Company>某文库</Company><Pages>3</Pages></P>"
    parts["docProps/custom.xml"] = '<P><property name="来源"><v>某网站</v></property></P>'
    document = read_bytes(package(parts))
    found = [b.text for b in document.blocks if b.part == "properties"]
    assert found == ["题名", "公众号", "某文库", "某网站"]


def test_title_falls_back_to_the_properties_only_without_text() -> None:
    assert read(par("正文")).title == "正文"
    assert read("<w:p/>").title == ""


@pytest.mark.parametrize("main", ["word/document.xml", "word/document2.xml", "文档/正 文.xml"])
def test_strict_files_and_other_main_parts(main: str) -> None:
    xml = f'<w:document xmlns:w="{STRICT_W}"><w:body>{par("县工作总结")}{par("正文。")}</w:body></w:document>'
    rels = relationships(("a", "officeDocument", "/" + main.replace(" ", "%20"))).replace(R, STRICT_R)
    document = read_bytes(package({"_rels/.rels": rels, main: xml}))
    assert seen(document) == [("body", "县工作总结"), ("body", "正文。")]


def test_main_part_by_content_type() -> None:
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Override PartName="/w/d.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
        "</Types>"
    )
    xml = f"<w:document {NAMES}><w:body>{par('正文')}</w:body></w:document>"
    assert read_bytes(package({"[Content_Types].xml": types, "w/d.xml": xml})).title == "正文"


def test_written_by_another_library() -> None:
    docx = pytest.importorskip("docx")
    made = docx.Document()
    made.add_paragraph("县教育局2023年工作总结", style="Title")
    made.add_heading("一、教育", 1)
    paragraph = made.add_paragraph("在校学生XX人。")
    made.add_comment(paragraph.runs, text="待核", author="甲", initials="j")
    made.sections[0].header.paragraphs[0].text = "内部资料"
    table = made.add_table(2, 2)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "合并"
    stream = io.BytesIO()
    made.save(stream)
    document = read_bytes(stream.getvalue())
    assert_rendition(document)
    assert document.title == "县教育局2023年工作总结"
    assert [b.cell and (b.cell.row, b.cell.column, b.cell.row_span) for b in document.blocks if b.cell] == [
        (1, 1, 2),
        (1, 2, 1),
        (2, 2, 1),
    ]
    assert {"header", "comment", "properties"} <= {b.part for b in document.blocks}
    assert READER.sniff(Source(path="a", suffix=".bin", data=stream.getvalue()))


def refused(data: bytes) -> str:
    with pytest.raises(ReadError) as caught:
        read_bytes(data)
    assert "\n" not in caught.value.zh + caught.value.en
    assert caught.value.zh.startswith("a.docx：")
    return caught.value.code


DTD = '<!DOCTYPE d [<!ENTITY n "藏"><!ENTITY f SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("entity", ["&n;", "&f;", ""])
def test_entities_are_refused(entity: str) -> None:
    parts = members("")
    parts["word/document.xml"] = f"{DTD}<w:document {NAMES}><w:body>{par('甲')}{entity}</w:body></w:document>"
    assert refused(package(parts)) == "DOC001"


def test_broken_files() -> None:
    good = package(members(par("正文" * 500)))
    assert refused(good[: len(good) // 2]) == "DOC001"
    assert refused(b"PK\x03\x04") == "DOC001"
    assert refused(package({"a.txt": "x"})) == "DOC001"
    parts = members("")
    parts["word/document.xml"] = "<w:document><unclosed>"
    assert refused(package(parts)) == "DOC001"
    at = good.index(b"word/document.xml") + 40
    assert refused(good[:at] + bytes(20) + good[at + 20 :]) == "DOC001"


def test_deep_xml_is_refused() -> None:
    assert refused(package(members("<w:sdt>" * 5000 + "</w:sdt>" * 5000))) == "DOC001"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_duplicate_members_are_refused() -> None:
    stream = io.BytesIO(package(members(par("甲"))))
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("word/document.xml", "<x/>")
    assert refused(stream.getvalue()) == "DOC001"


def test_encrypted_members_are_refused() -> None:
    data = bytearray(package(members(par("甲"))))
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    assert refused(bytes(data)) == "DOC002"


def test_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = package(members(par("甲" * 400_000)))
    assert len(bomb) < 10_000
    with monkeypatch.context() as patch:
        patch.setattr(_limits, "MOST_MEMBER_BYTES", 1_000_000)
        assert refused(bomb) == "DOC007"
    with monkeypatch.context() as patch:
        patch.setattr(_limits, "MOST_BYTES", 1_000_000)
        assert refused(bomb) == "DOC007"
    monkeypatch.setattr(_limits, "MOST_MEMBERS", 3)
    assert refused(package(members(par("甲")))) == "DOC007"


def test_kinds() -> None:
    document = read(
        par("县工作总结")
        + par("一、教育")
        + f"<w:tbl><w:tr>{cell('a')}{cell('b')}</w:tr></w:tbl>"
        + par("正文。")
    )
    assert [b.kind for b in document.blocks] == [
        Kind.HEADING,
        Kind.HEADING,
        Kind.CELL,
        Kind.CELL,
        Kind.PARAGRAPH,
    ]
