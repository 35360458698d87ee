"""What was mended opens in the programs of others: python-docx, and LibreOffice where it is installed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from fixing import ADS, BLANK, OWN, TITLE, mended

docx = pytest.importorskip("docx", reason="python-docx is not installed")
SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")


def _made(path: Path) -> None:
    document = docx.Document()
    document.core_properties.title = TITLE
    document.core_properties.comments = ADS["group"]
    document.add_heading(TITLE, 0)
    document.add_paragraph(ADS["offer"])
    document.add_heading("一、教育工作", 1)
    paragraph = document.add_paragraph(OWN[:12])
    paragraph.add_run(OWN[12:]).bold = True
    document.add_paragraph(f"{BLANK}（{ADS['trial']}）")
    table = document.add_table(2, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "指标", "数值"
    table.cell(1, 0).text, table.cell(1, 1).text = "新增学位", "1200个"
    table.cell(1, 1).add_paragraph(ADS["resale"])
    document.add_section()
    document.add_paragraph(OWN)
    document.sections[0].header.paragraphs[0].text = ADS["pan"]
    document.sections[0].footer.paragraphs[0].text = "第1页"
    document.save(path)


def _texts(document: object) -> list[str]:
    return [one.text for one in document.paragraphs]  # type: ignore[attr-defined]


@pytest.mark.parametrize("unsafe", [False, True])
def test_python_docx(tmp_path: Path, unsafe: bool) -> None:
    path = tmp_path / "a.docx"
    _made(path)
    before = _texts(docx.Document(path))
    path.write_bytes(mended(path, unsafe=unsafe).data or b"")
    after = docx.Document(path)
    own = [one for one in before if one != ADS["offer"]]
    assert _texts(after) == [one.replace(f"（{ADS['trial']}）", "") if unsafe else one for one in own]
    assert [cell.text for row in after.tables[0].rows for cell in row.cells] == [
        "指标",
        "数值",
        "新增学位",
        "1200个",
    ]
    assert after.sections[0].header.paragraphs[0].text == ""
    assert after.sections[0].footer.paragraphs[0].text == "第1页"
    assert (after.core_properties.title, after.core_properties.comments) == (TITLE, "")
    assert len(after.sections) == 2


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    _made(path)
    path.write_bytes(mended(path, unsafe=True).data or b"")
    subprocess.run(
        [
            SOFFICE or "",
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            *("--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(tmp_path), str(path)),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    shown = (tmp_path / "a.txt").read_text("utf-8-sig")
    assert TITLE in shown
    assert shown.count(OWN) == 2
    assert BLANK in shown
    assert not any(one in shown for one in ADS.values())
