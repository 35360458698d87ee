"""Where something stands, for machines and for people."""

from __future__ import annotations

from dataclasses import dataclass

from validator.model.words import Lang

PARTS = {
    "body": ("正文", "body"),
    "header": ("页眉", "header"),
    "footer": ("页脚", "footer"),
    "footnote": ("脚注", "footnote"),
    "endnote": ("尾注", "endnote"),
    "comment": ("批注", "comment"),
    "textbox": ("文本框", "text box"),
    "watermark": ("水印", "watermark"),
    "properties": ("文件属性", "document properties"),
    "link": ("链接地址", "link target"),
    "alt": ("图片替代文字", "alternative text"),
    "hidden": ("隐藏文字", "hidden text"),
    "deleted": ("修订删除的文字", "deleted text"),
    "chart": ("图表", "chart"),
    "diagram": ("图示", "diagram"),
    "annotation": ("注释", "annotation"),
    "notes": ("演讲备注", "speaker notes"),
    "field": ("域代码", "field code"),
    "name": ("名称", "name"),
    "attachment": ("嵌入文件", "embedded file"),
    "file": ("文件", "file"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """One place in a report. Lines and columns are 1-based and count characters of the decoded source
    (text formats) or of the plain-text rendition (all others); the end is exclusive.

    `paragraph` counts within the section of the body, or within the part elsewhere. In a workbook
    `sheet` is the name of the sheet, and `row` and `cell` are its row and column.
    """

    part: str = "body"
    line: int = 1
    column: int = 1
    end_line: int = 1
    end_column: int = 1
    page: int | None = None
    paragraph: int | None = None
    table: int | None = None
    row: int | None = None
    cell: int | None = None
    sheet: str | None = None
    section: tuple[str, ...] = ()

    def address(self, lang: Lang = Lang.ZH) -> str:
        """The place as one would tell it to a colleague: 「四、体育 第2段」, 「表2 第4行第3列」, 「页眉」."""
        zh = lang is Lang.ZH
        words = []
        if self.part != "body":
            words.append(PARTS.get(self.part, (self.part, self.part))[0 if zh else 1])
        elif self.section and self.section[-1] != self.sheet:
            words.append(self.section[-1])
        if self.page is not None:
            words.append(f"第{self.page}页" if zh else f"page {self.page}")
        if self.sheet is not None:
            words.append(f"工作表“{self.sheet}”" if zh else f'sheet "{self.sheet}"')
            if self.row is not None and self.cell is not None:
                words.append(f"{column_letters(self.cell)}{self.row}")
        elif self.table is not None:
            words.append(
                f"表{self.table} 第{self.row}行第{self.cell}列"
                if zh
                else f"table {self.table}, row {self.row}, column {self.cell}"
            )
        elif self.paragraph is not None:
            words.append(f"第{self.paragraph}段" if zh else f"paragraph {self.paragraph}")
        if not words:
            words.append("正文" if zh else "body")
        return (" " if zh else ", ").join(words)


def column_letters(number: int) -> str:
    """The name of a sheet's column: 1 is A, 27 is AA."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
