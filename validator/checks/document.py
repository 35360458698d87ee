"""The document itself: can it be read, and is it a finished document.

A file that cannot be read, an encrypted one, a scan without text are findings and never a pass. In a
submission nobody should find unresolved revisions, comments or hidden text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from validator.checks._base import Check, Context
from validator.model.document import Document, Kind, Notice
from validator.model.finding import Code, Finding
from validator.model.location import Location
from validator.model.words import Bilingual, Severity

CODES = (
    Code(
        id="DOC001",
        title=Bilingual("文件读不出来", "file cannot be read"),
        severity=Severity.ERROR,
        meaning=Bilingual(
            "文件损坏、没有读取权限，或者不是它的后缀所说的格式，因此没有检查。",
            "The file is damaged, may not be read, or is not what its suffix says; it was not checked.",
        ),
        bad="总结.docx（内容不完整，Word 也打不开）",
        good="总结.docx（Word 能正常打开）",
        remedy=Bilingual(
            "用 Word 或 WPS 打开确认，另存为 .docx 后重新检查。",
            "Open it in Word or WPS, save it as .docx and check again.",
        ),
    ),
    Code(
        id="DOC002",
        title=Bilingual("文件有密码", "file is encrypted"),
        severity=Severity.ERROR,
        meaning=Bilingual(
            "文件设了打开密码，读不到内容，因此没有检查。",
            "A password protects the file; it was not checked.",
        ),
        bad="总结.docx（打开时要求输入密码）",
        good="总结.docx（不用密码就能打开）",
        remedy=Bilingual("去掉打开密码后重新保存。", "Remove the password and save it again."),
    ),
    Code(
        id="DOC003",
        title=Bilingual("只有图片，没有文字", "no text layer"),
        severity=Severity.ERROR,
        meaning=Bilingual(
            "页面是扫描件或截图，里面没有可读的文字，因此没有检查。",
            "The pages are scans or screenshots without readable text; they were not checked.",
        ),
        bad="总结.pdf（扫描件）",
        good="总结.docx，或由 Word 直接导出的 PDF",
        remedy=Bilingual(
            "请提供 Word 原件，或先做文字识别再检查。",
            "Provide the original document, or run text recognition first.",
        ),
    ),
    Code(
        id="DOC004",
        title=Bilingual("还有没处理的修订", "unresolved revisions"),
        severity=Severity.WARNING,
        meaning=Bilingual(
            "文件里留有修订痕迹。检查时按“全部接受”来读。",
            "The document holds tracked changes. It is read as if all were accepted.",
        ),
        bad="正文里有删除线和带颜色的插入文字",
        good="修订都已接受或拒绝",
        remedy=Bilingual("在“审阅”里接受或拒绝全部修订。", "Accept or reject all changes."),
    ),
    Code(
        id="DOC005",
        title=Bilingual("还留着批注", "comments left"),
        severity=Severity.WARNING,
        meaning=Bilingual(
            "文件里还有批注，报送后对方看得到。", "The document holds comments that the recipient will see."
        ),
        bad="页边有批注“此数待核实”",
        good="批注都已处理并删除",
        remedy=Bilingual("逐条处理后，在“审阅”里删除全部批注。", "Deal with the comments, then delete them."),
    ),
    Code(
        id="DOC006",
        title=Bilingual("有隐藏文字", "hidden text"),
        severity=Severity.WARNING,
        meaning=Bilingual(
            "文件里有设为隐藏的文字，页面上看不到，报送后别人却能读出来。隐藏文字里的数不算已填。",
            "The document holds text formatted as hidden: not seen on the page, but anybody can read it. "
            "A number in hidden text does not count as stated.",
        ),
        bad="段落里有一段文字设了“隐藏”格式",
        good="没有隐藏文字",
        remedy=Bilingual(
            "显示隐藏文字，有用的取消隐藏，没用的删除。", "Show hidden text; unhide or delete it."
        ),
    ),
    Code(
        id="DOC007",
        title=Bilingual("文件超过限制", "over a limit"),
        severity=Severity.ERROR,
        meaning=Bilingual(
            "文件太大、压缩比异常、层层嵌套，或读的时间、内存超过上限，为安全起见没有读完。",
            "The file is too large, packed too tight, nested too deep, or took more time or memory than "
            "allowed, and was not read to the end.",
        ),
        bad="一份总结解压后有几百兆",
        good="几兆以内的普通文档",
        remedy=Bilingual(
            "删去大图和附件，或分成几份；确认文件可信时可用 --timeout、--memory 放宽。",
            "Remove large pictures and attachments, or split the file; --timeout and --memory allow more.",
        ),
    ),
    Code(
        id="DOC008",
        title=Bilingual("不支持这种文件", "unsupported file type"),
        severity=Severity.ERROR,
        meaning=Bilingual(
            "这种格式还读不了，因此没有检查。", "This format cannot be read yet; the file was not checked."
        ),
        bad="总结.rar",
        good="总结.docx",
        remedy=Bilingual("用 Word 或 WPS 另存为 .docx 后重新检查。", "Save it as .docx and check again."),
    ),
    Code(
        id="DOC009",
        title=Bilingual("文件里没有文字", "no text in the document"),
        severity=Severity.ERROR,
        meaning=Bilingual(
            "文件能打开，但页面上没有任何文字，没有内容可以检查。",
            "The file opens but shows no text at all; there is nothing to check.",
        ),
        bad="空白文档",
        good="有正文的文档",
        remedy=Bilingual("确认选对了文件。", "Make sure it is the right file."),
    ),
    Code(
        id="DOC010",
        title=Bilingual("检查程序出错", "internal failure"),
        severity=Severity.ERROR,
        meaning=Bilingual(
            "程序检查这份文件时出错，结果不完整。这不是文件的问题，也不能当作通过。",
            "The program failed on this file and the result is incomplete. It is not the document's fault, "
            "and it is no pass.",
        ),
        bad="（程序的问题，与写法无关）",
        good="（程序的问题，与写法无关）",
        remedy=Bilingual(
            "请把文件和加上 --debug 后的输出一起反馈给维护者。",
            "Please report it with the file and the output of --debug.",
        ),
    ),
    Code(
        id="DOC012",
        title=Bilingual("文件里嵌有别的文件", "embedded files"),
        severity=Severity.WARNING,
        meaning=Bilingual(
            "文件里嵌入了别的文件（如 Excel 工作簿），嵌入文件的内容没有检查。",
            "The document holds other files, such as a workbook; what is in them was not checked.",
        ),
        bad="正文里双击图标能打开另一个表格",
        good="表格直接写在正文里，或作为单独文件一起检查",
        remedy=Bilingual(
            "不需要的删除；需要的另存为单独的文件一起检查。",
            "Delete it, or save it as a file of its own and check that too.",
        ),
    ),
    Code(
        id="DOC013",
        title=Bilingual("图片里的文字没有检查", "pictures were not read"),
        severity=Severity.INFO,
        meaning=Bilingual(
            "文件里有图片。图片里如果有文字，本程序读不到。",
            "The document holds pictures. Text inside them cannot be read.",
        ),
        bad="数据表是一张截图",
        good="数据表是真正的表格",
        remedy=Bilingual(
            "请自己看一遍图片；里面的数要写进正文或表格。",
            "Look at the pictures yourself; write numbers into the text or a table.",
        ),
    ),
    Code(
        id="DOC014",
        title=Bilingual("公式没有计算结果", "formulas without a result"),
        severity=Severity.WARNING,
        meaning=Bilingual(
            "表格里有公式，可是文件没有存下算出来的数，读不到。",
            "The sheet holds formulas whose results are not stored, so that they cannot be read.",
        ),
        bad="单元格里只有 =SUM(B2:B9)，没有结果",
        good="用 Excel 或 WPS 打开并保存过，结果已存入",
        remedy=Bilingual(
            "用 Excel 或 WPS 打开，保存一次再检查。", "Open it in Excel or WPS, save it, and check again."
        ),
    ),
    Code(
        id="DOC015",
        title=Bilingual("文件有的部分没有读到", "parts of the file were not read"),
        severity=Severity.WARNING,
        meaning=Bilingual(
            "文件里存有页眉、批注、工作表一类的内容，但没有别处用到它，打开时也看不到；多半是文件损坏了。",
            "The file holds a header, comments or a sheet that nothing refers to, so that it is not shown "
            "either; most likely the file is damaged.",
        ),
        bad="word/header3.xml 在文件里，可是正文没有用它",
        good="用 Word 或 WPS 打开并重新保存过的文件",
        remedy=Bilingual(
            "用 Word 或 WPS 打开，另存一份再检查。", "Open it in Word or WPS, save it anew and check again."
        ),
    ),
)

_BY_ID = {code.id: code for code in CODES}


def document_finding(code: str, message: Bilingual, location: Location, block: int | None = None) -> Finding:
    """A finding about the document itself; an unknown code is reported as DOC001."""
    known = _BY_ID.get(code, _BY_ID["DOC001"])
    return Finding(
        code=known.id,
        severity=known.severity,
        message=message,
        remedy=known.remedy,
        location=location,
        block=block,
    )


def _find(context: Context) -> Iterator[Finding]:
    document = context.document
    for notice in document.notices:
        yield document_finding(
            notice.code, Bilingual(notice.zh, notice.en), _place(document, notice), notice.block
        )
    if not _has_text(document) and not any(notice.code == "DOC003" for notice in document.notices):
        yield document_finding(
            "DOC009",
            Bilingual("文件里没有可读的文字", "the document holds no readable text"),
            Location(part="file"),
        )


def _place(document: Document, notice: Notice) -> Location:
    if notice.block is None:
        return Location(part="file")
    text = document.blocks[notice.block].text
    return document.locate(notice.block, 0, len(text))


def _has_text(document: Document) -> bool:
    blocks: Iterable[str] = (one.text for one in document.blocks if one.visible and one.kind is not Kind.META)
    return any(any(char.isalnum() for char in text) for text in blocks)


CHECK = Check(codes=CODES, find=_find)
