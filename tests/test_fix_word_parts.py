"""Mending of what stands beside the text of a Word document: running lines, watermarks, boxes, properties."""

from __future__ import annotations

from pathlib import Path

import pytest
from fixing import ADS, BLANK, OWN, TITLE, mended, only_changed, parts_of, written
from wordfiles import NAMES, REL, R, members, par, run

AD, TRIAL = ADS["offer"], ADS["trial"]
HEAD = par(TITLE) + par(OWN)
TAIL = par(BLANK)
DOCUMENT = "word/document.xml"
CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
DC = "http://purl.org/dc/elements/1.1/"


def _header(*inner: str, root: str = "hdr") -> str:
    return f"<w:{root} {NAMES}>{''.join(inner)}</w:{root}>"


def _vml(text: str) -> str:
    return (
        '<w:r><w:rPr><w:noProof/></w:rPr><w:pict><v:shapetype id="_x0000_t136"/>'
        f'<v:shape id="PowerPlusWaterMarkObject1" type="#_x0000_t136"><v:textpath string="{text}"/></v:shape></w:pict></w:r>'
    )


def _drawn(text: str, name: str = "PowerPlusWaterMarkObject") -> str:
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><wp:docPr id="1" name="{name}"/>'
        f"<a:graphic><a:graphicData><wps:wsp><wps:txbx><w:txbxContent>{par(text)}</w:txbxContent></wps:txbx>"
        "</wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape>"
        f"<v:textbox><w:txbxContent>{par(text)}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


HEADERS = (("h1", "header", "header1.xml"), ("h2", "header", "header2.xml"), ("f1", "footer", "footer1.xml"))


@pytest.mark.parametrize("shape", [_vml(AD), _drawn(AD), _drawn(AD, "水印 3")])
def test_watermarks(tmp_path: Path, shape: str) -> None:
    path = written(
        tmp_path,
        members(
            HEAD + TAIL,
            HEADERS,
            header1=_header(par(shape, "青河县教育局")),
            header2=_header(f"<w:sdt><w:sdtPr/><w:sdtContent>{par(shape)}</w:sdtContent></w:sdt>"),
            footer1=_header(par("内部资料"), root="ftr"),
        ),
    )
    before = path.read_bytes()
    done = mended(path)
    parts = only_changed(before, done, "word/header1.xml", "word/header2.xml")
    assert parts["word/header1.xml"] == _header(par("青河县教育局"))
    assert parts["word/header2.xml"] == _header(
        f"<w:sdt><w:sdtPr/><w:sdtContent>{par()}</w:sdtContent></w:sdt>"
    )
    assert [one.safe for one in done.changes] == [True]


@pytest.mark.parametrize(
    "shape",
    [
        _vml("内部资料 注意保存"),
        _vml("机密"),
        _vml(AD).replace("</w:pict>", '<v:shape><v:imagedata r:id="p"/></v:shape></w:pict>'),
        _vml(AD).replace("</w:pict>", '<v:shape><v:textpath string="青河县教育局"/></v:shape></w:pict>'),
    ],
)
def test_watermarks_of_the_report_stay(tmp_path: Path, shape: str) -> None:
    path = written(tmp_path, members(HEAD + TAIL, HEADERS[:1], header1=_header(par(shape))))
    assert mended(path, unsafe=True).data is None


def test_running_lines_in_every_copy(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        members(
            HEAD + TAIL,
            HEADERS,
            header1=_header(par(AD)),
            header2=_header(par("青河县教育局"), par(AD)),
            footer1=_header(par(run(TRIAL), run("　　")), root="ftr"),
        ),
    )
    done = mended(path)
    parts = parts_of(done.data or b"")
    assert parts["word/header1.xml"] == _header(par())
    assert parts["word/header2.xml"] == _header(par("青河县教育局"))
    assert parts["word/footer1.xml"] == _header(par(), root="ftr")


def test_text_boxes_in_both_forms(tmp_path: Path) -> None:
    box = _drawn(AD, "文本框 1")
    path = written(tmp_path, members(HEAD + par(box, BLANK)))
    parts = parts_of(mended(path).data or b"")
    assert parts[DOCUMENT].count(f"<w:txbxContent>{par()}</w:txbxContent>") == 2
    assert BLANK in parts[DOCUMENT]


def test_passages_in_both_forms_of_a_text_box(tmp_path: Path) -> None:
    path = written(tmp_path, members(HEAD + par(_drawn(f"{OWN}（{AD}）", "文本框 1"))))
    parts = parts_of(mended(path, unsafe=True).data or b"")
    assert parts[DOCUMENT].count(f"<w:txbxContent>{par(OWN)}</w:txbxContent>") == 2


def test_notes_keep_their_mark(tmp_path: Path) -> None:
    mark = "<w:r><w:footnoteRef/></w:r>"
    notes = f'<w:footnotes {NAMES}><w:footnote w:id="1">{{}}</w:footnote></w:footnotes>'
    path = written(
        tmp_path,
        members(
            HEAD + par(OWN, '<w:r><w:footnoteReference w:id="1"/></w:r>'),
            (("n", "footnotes", "footnotes.xml"),),
            footnotes=notes.format(par(mark, AD)),
        ),
    )
    assert parts_of(mended(path).data or b"")["word/footnotes.xml"] == notes.format(par(mark))


def _with_properties(folder: Path, *, core: str = "", custom: str = "", app: str = "") -> Path:
    kinds = (
        ("core-properties", "docProps/core.xml"),
        ("extended-properties", "docProps/app.xml"),
        ("custom-properties", "docProps/custom.xml"),
    )
    rels = "".join(
        f'<Relationship Id="p{at}" Type="{R}/{kind}" Target="{file}"/>'
        for at, (kind, file) in enumerate(kinds)
    )
    parts = members(HEAD + TAIL)
    parts["_rels/.rels"] = (
        f'<Relationships xmlns="{REL}"><Relationship Id="d" Type="{R}/officeDocument" Target="word/document.xml"/>{rels}</Relationships>'
    )
    parts["docProps/core.xml"] = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n<cp:coreProperties xmlns:cp="{CORE}" xmlns:dc="{DC}">{core}</cp:coreProperties>'
    )
    parts["docProps/app.xml"] = f'<Properties xmlns="e">{app}</Properties>'
    parts["docProps/custom.xml"] = f'<Properties xmlns="c" xmlns:vt="v">{custom}</Properties>'
    return written(folder, parts)


def test_properties(tmp_path: Path) -> None:
    title, author = f"<dc:title>{TITLE}</dc:title>", f"<dc:creator>{ADS['group']}</dc:creator>"
    company, manager = f"<Company>{AD}</Company>", "<Manager>王某</Manager>"
    first = f'<property fmtid="a" pid="2" name="来源"><vt:lpwstr>{ADS["pan"]}</vt:lpwstr></property>'
    second = '<property fmtid="a" pid="3" name="处室"><vt:lpwstr>办公室</vt:lpwstr></property>'
    path = _with_properties(tmp_path, core=title + author, custom=first + second, app=company + manager)
    before = path.read_bytes()
    done = mended(path)
    parts = only_changed(before, done, "docProps/core.xml", "docProps/app.xml", "docProps/custom.xml")
    assert parts["docProps/core.xml"].endswith(f'"{DC}">{title}</cp:coreProperties>')
    assert parts["docProps/core.xml"].startswith(
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
    )
    assert parts["docProps/app.xml"] == f'<Properties xmlns="e">{manager}</Properties>'
    assert parts["docProps/custom.xml"] == f'<Properties xmlns="c" xmlns:vt="v">{second}</Properties>'


def test_a_property_in_part_only_when_asked(tmp_path: Path) -> None:
    path = _with_properties(tmp_path, core=f"<dc:title>{TITLE}【{AD}】</dc:title>")
    assert mended(path).data is None
    done = mended(path, unsafe=True)
    assert f"<dc:title>{TITLE}</dc:title>" in parts_of(done.data or b"")["docProps/core.xml"]
