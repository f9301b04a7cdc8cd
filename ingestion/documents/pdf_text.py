"""The text layer of a PDF, line by line. Runs in child.py: a process of its own, so PDFium needs no lock."""

import pypdfium2

from ingestion.documents.pieces import Piece, Pieces, Unreadable

MOST_PAGES = 500


def read(data: bytes) -> Pieces:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise Unreadable("这份 PDF 加了密码，请去掉密码再传") from None
        raise Unreadable("这份 PDF 打不开，可能没有传完整。请重新导出再传") from None
    found = Pieces(pages=len(document))
    if not found.pages:
        raise Unreadable("这份 PDF 里没有一页，请重新导出再传")
    broken, blank = [], []
    for number in range(1, min(found.pages, MOST_PAGES) + 1):
        if found.full:
            break
        try:
            lines = _lines(document, number)
        except pypdfium2.PdfiumError:
            broken.append(number)
            continue
        if not lines:
            blank.append(number)
        for line in lines:
            found.add(Piece(line, "line", number))
    _tell(found, broken, blank)
    return found


def _lines(document: pypdfium2.PdfDocument, number: int) -> list[str]:
    page = document[number - 1]
    layer = page.get_textpage()
    text = layer.get_text_range()
    layer.close()
    page.close()
    return [line for line in text.replace("\x02", "").splitlines() if line.strip()]  # U+0002: a hyphen at a line's end


def _tell(found: Pieces, broken: list[int], blank: list[int]) -> None:
    if broken:
        found.warnings.append(f"第 {_list(broken)} 页坏了，读不出")
    if blank and not found.pieces:
        found.warnings.append("这份 PDF 是扫描件，没有文字层，读不出字。可以作为附件保存，内容请手工填写")
    elif blank:
        found.warnings.append(f"第 {_list(blank)} 页没有文字，可能是扫描的图片")
    if found.pages > MOST_PAGES:
        found.warnings.append(f"共 {found.pages} 页，只读了前 {MOST_PAGES} 页")


def _list(pages: list[int]) -> str:
    shown = "、".join(map(str, pages[:10]))
    return shown if len(pages) <= 10 else f"{shown} 等 {len(pages)} "
