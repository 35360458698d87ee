"""Mending of Word documents made by hand: only the elements of vendor text go, every other byte stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from fixing import ADS, BLANK, OWN, TITLE, banned, mended, only_changed, parts_of, written
from wordfiles import NAMES, members, par, relationships, run

from validator.model.errors import UserError

AD, TRIAL = ADS["offer"], ADS["trial"]
HEAD = par(TITLE) + par(OWN)
TAIL = par(BLANK)
SECTION = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'


def _cell(*inner: str) -> str:
    return f"<w:tc><w:tcPr/>{''.join(inner)}</w:tc>"


def _table(*rows: tuple[str, ...]) -> str:
    body = "".join(f"<w:tr>{''.join(cells)}</w:tr>" for cells in rows)
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{body}</w:tbl>"


DOCUMENT = "word/document.xml"


@pytest.mark.parametrize(
    ("gone", "rest"),
    [
        pytest.param(par(AD), "", id="paragraph"),
        pytest.param(par(AD) + par(TRIAL), "", id="two"),
        pytest.param(
            par(run("更多工作总结范文请"), run("加微信：gong", "<w:b/>"), run("wen_lib88")), "", id="split"
        ),
        pytest.param(par(run(AD), "<w:r><w:br/></w:r>", run(TRIAL)), "", id="break"),
        pytest.param(
            f"<w:p w:rsidR='00AB'><w:r><w:t>{AD}</w:t></w:r><w:proofErr w:type='spellEnd'/></w:p>",
            "",
            id="quotes",
        ),
        pytest.param(par(AD, extra=SECTION), par(extra=SECTION), id="section"),
        pytest.param(
            par('<w:bookmarkStart w:id="1" w:name="_GoBack"/><w:bookmarkEnd w:id="1"/>', AD), "", id="cursor"
        ),
        pytest.param(
            par('<w:bookmarkStart w:id="7" w:name="甲"/>', AD) + par(BLANK, '<w:bookmarkEnd w:id="7"/>'),
            par('<w:bookmarkStart w:id="7" w:name="甲"/>') + par(BLANK, '<w:bookmarkEnd w:id="7"/>'),
            id="bookmark",
        ),
        pytest.param(
            par('<w:commentRangeStart w:id="0"/>', AD, '<w:commentRangeEnd w:id="0"/>'),
            par('<w:commentRangeStart w:id="0"/>', '<w:commentRangeEnd w:id="0"/>'),
            id="comment range",
        ),
        pytest.param(
            par(AD, '<w:r><w:br w:type="page"/></w:r>'),
            par('<w:r><w:br w:type="page"/></w:r>'),
            id="page break",
        ),
        pytest.param(
            _table((_cell(par("指标")), _cell(par(AD)))),
            _table((_cell(par("指标")), _cell(par()))),
            id="cell",
        ),
        pytest.param(
            _table((_cell(par("甲", style="1"), par(AD)), _cell(par("乙")))),
            _table((_cell(par("甲", style="1")), _cell(par("乙")))),
            id="cell of two",
        ),
        pytest.param(
            _table((_cell(par("甲")),), (_cell(par("乙")),))
            + par(AD)
            + _table((_cell(par("丙")),), (_cell(par("丁")),)),
            _table((_cell(par("甲")),), (_cell(par("乙")),))
            + par()
            + _table((_cell(par("丙")),), (_cell(par("丁")),)),
            id="between tables",
        ),
    ],
)
def test_paragraphs(tmp_path: Path, gone: str, rest: str) -> None:
    path = written(tmp_path, members(HEAD + gone + TAIL + SECTION))
    before = path.read_bytes()
    done = mended(path)
    parts = only_changed(before, done, DOCUMENT)
    assert parts[DOCUMENT] == parts_of(before)[DOCUMENT].replace(gone, rest)
    assert banned(done.report) == []
    assert all(one.safe for one in done.changes)
    path.write_bytes(done.data or b"")
    assert mended(path).data is None


def test_the_last_paragraph_keeps_the_table_from_the_end(tmp_path: Path) -> None:
    body = HEAD + _table((_cell(par("甲")), _cell(par("乙")))) + "{}" + SECTION
    path = written(tmp_path, members(body.format(par(AD))))
    parts = parts_of(mended(path).data or b"")
    assert f"{body.format(par())}</w:body>" in parts[DOCUMENT]


@pytest.mark.parametrize(
    "paragraph",
    [
        par(AD, '<w:r><w:drawing><a:blip r:embed="r9"/></w:drawing></w:r>'),
        par(AD, '<w:r><w:pict><v:shape><v:imagedata r:id="r9"/></v:shape></w:pict></w:r>'),
        par(
            AD,
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>',
        ),
        par(f'<w:ins w:id="3" w:author="王">{run(AD)}</w:ins>'),
        par(f'<w:del w:id="3" w:author="王"><w:r><w:delText>{AD}</w:delText></w:r></w:del>'),
        par(AD, extra='<w:rPr><w:ins w:id="3" w:author="王"/></w:rPr>'),
        par(f"<w:sdt><w:sdtPr/><w:sdtContent>{run(AD)}</w:sdtContent></w:sdt>"),
        par(run(AD, "<w:vanish/>")),
        par(f"{OWN}{AD}"),
    ],
)
def test_what_is_more_than_text_is_never_safe(tmp_path: Path, paragraph: str) -> None:
    path = written(tmp_path, members(HEAD + paragraph + TAIL))
    done = mended(path)
    assert done.data is None
    assert done.waiting or done.left


@pytest.mark.parametrize(
    ("paragraph", "rest"),
    [
        (par(f"{OWN}（{AD}）{BLANK}"), par(f"{OWN}{BLANK}")),
        (
            par(run(f"{OWN}（更多工作总结范文请加"), run("微信：gong", "<w:i/>"), run(f"wen_lib88）{BLANK}")),
            par(run(OWN), run("", "<w:i/>"), run(BLANK)),
        ),
        (par(f"A&amp;B公司{OWN}&#12304;{TRIAL}】&lt;完&gt;"), par(f"A&amp;B公司{OWN}&lt;完&gt;")),
        (par(run(AD, "<w:vanish/>")), ""),
        (par(OWN, run(AD, "<w:vanish/>")), par(OWN, run("", "<w:vanish/>"))),
        (
            par(AD, "<w:r><w:pict><v:shape/></w:pict></w:r>"),
            par(run(""), "<w:r><w:pict><v:shape/></w:pict></w:r>"),
        ),
    ],
)
def test_inside_a_paragraph_when_asked(tmp_path: Path, paragraph: str, rest: str) -> None:
    path = written(tmp_path, members(HEAD + paragraph + TAIL))
    before = path.read_bytes()
    assert mended(path).data is None
    done = mended(path, unsafe=True)
    parts = only_changed(before, done, DOCUMENT)
    assert parts[DOCUMENT] == parts_of(before)[DOCUMENT].replace(paragraph, rest)
    assert banned(done.report) == []


def _link(text: str, key: str = "L") -> str:
    return f'<w:hyperlink r:id="{key}" w:history="1">{run(text)}</w:hyperlink>'


LINKED = (("L", "hyperlink", "https://www.qinghe-gongwenku.top/vip"),)


def test_a_link_that_is_all_vendor_goes_with_its_address(tmp_path: Path) -> None:
    gone = par(_link(TRIAL))
    path = written(tmp_path, members(HEAD + gone + TAIL, LINKED))
    before = path.read_bytes()
    done = mended(path)
    parts = only_changed(before, done, DOCUMENT, "word/_rels/document.xml.rels")
    assert gone not in parts[DOCUMENT]
    assert "gongwenku" not in "".join(parts.values())
    assert parts["word/_rels/document.xml.rels"] == relationships(("s", "styles", "styles.xml"))


def test_a_link_of_the_reports_own_words_becomes_text(tmp_path: Path) -> None:
    path = written(tmp_path, members(HEAD + par(OWN, _link("附件下载")) + TAIL, LINKED))
    assert mended(path).data is None
    parts = parts_of(mended(path, unsafe=True).data or b"")
    assert par(OWN, run("附件下载")) in parts[DOCUMENT]
    assert "gongwenku" not in "".join(parts.values())


def test_a_link_elsewhere_stays_when_its_words_go(tmp_path: Path) -> None:
    own = (("L", "hyperlink", "https://www.qinghe.gov.cn/"),)
    path = written(tmp_path, members(HEAD + par(_link(TRIAL)) + TAIL, own))
    parts = parts_of(mended(path).data or b"")
    assert par('<w:hyperlink r:id="L" w:history="1"></w:hyperlink>') in parts[DOCUMENT]


def test_clean_documents_are_left_alone(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        members(
            HEAD + _table((_cell(par("甲")), _cell(par()))) + TAIL,
            (("h1", "header", "header1.xml"),),
            header1=f"<w:hdr {NAMES}>{par('青河县教育局')}</w:hdr>",
        ),
    )
    done = mended(path, unsafe=True)
    assert (done.data, done.changes, done.waiting, done.left) == (None, (), (), ())


def test_signed_documents_are_refused(tmp_path: Path) -> None:
    parts = members(HEAD + par(AD) + TAIL)
    parts["_xmlsignatures/sig1.xml"] = "<Signature/>"
    with pytest.raises(UserError, match="signed"):
        mended(written(tmp_path, parts))


def test_a_part_in_another_encoding_is_left(tmp_path: Path) -> None:
    parts = members(HEAD + par(AD) + TAIL)
    text = '<?xml version="1.0" encoding="UTF-16"?>' + str(parts[DOCUMENT])
    parts[DOCUMENT] = text.encode("utf-16")
    done = mended(written(tmp_path, parts))
    assert done.data is None
    assert done.left


def test_numbers_of_lists_do_not_move(tmp_path: Path) -> None:
    numbering = (
        f'<w:numbering {NAMES}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    listed = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    body = par(TITLE) + par(OWN, extra=listed) + par(AD, extra=listed) + par(BLANK, extra=listed) + par(TRIAL)
    path = written(tmp_path, members(body, (("n", "numbering", "numbering.xml"),), numbering=numbering))
    done = mended(path)
    assert [one.before for one in done.changes] == [TRIAL]
    after = [one.text for one in done.report.document.blocks] if done.report.document else []
    assert f"3. {BLANK}" in after
