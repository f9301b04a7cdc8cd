"""The text of a DOCX: paragraphs, tables, text boxes, headers. Deleted and hidden words are left out. Runs in child.py.

WordprocessingML as in ECMA-376 part 1, §17; elements are told by their local names, so strict files read alike.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from lxml import etree

from ingestion.documents.pieces import Piece, Pieces, Unreadable

LEFT_OUT = frozenset({"del", "moveFrom", "Fallback", "instrText", "delText", "pPr", "rPr", "tblPr", "sectPr"})
HEADING = re.compile(r"(?i)heading|title|标题|^[1-9]$")
BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
EDGES = re.compile(r"word/(header|footer)\d*\.xml")


def read(data: bytes) -> Pieces:
    found = Pieces()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            source = archive.read("word/document.xml")
            body = _xml(source)
            edges = [(match[1], _xml(archive.read(name))) for name in sorted(archive.namelist())
                     if (match := EDGES.fullmatch(name))]
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, OSError, RuntimeError, ValueError):
        raise Unreadable("这份 DOCX 打不开，可能没有传完整。请重新保存再传") from None
    _Walk(found, boxed=b"txbxContent" in source).blocks(body, "paragraph")
    _edges(found, edges)
    if b":numPr" in source:
        found.warnings.append("Word 自动生成的编号没有读出，只读了正文")
    if not found.pieces:
        found.warnings.append("这份 DOCX 里没有文字，可能全是图片。可以作为附件保存，内容请手工填写")
    return found


def _xml(data: bytes) -> etree._Element:
    """The root element. No entity is expanded and nothing is fetched; a document type has no business here."""
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data:
        raise Unreadable("这份 DOCX 里有不该有的外部引用，不能读。请用 Word 或 WPS 另存一份再传")
    try:
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except etree.XMLSyntaxError:
        raise Unreadable("这份 DOCX 的内容坏了，读不下去。请用 Word 或 WPS 重新保存再传") from None


def _local(element: etree._Element) -> str:
    """The name without its namespace; empty for comments and instructions."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


class _Walk:
    """Goes through a part in reading order and adds its pieces. `boxed`: the part has text boxes."""

    def __init__(self, found: Pieces, boxed: bool):
        self.found, self.boxed, self.tables = found, boxed, 0

    def blocks(self, parent: etree._Element, kind: str) -> None:
        for child in parent:
            name = _local(child)
            if self.found.full:
                return
            if name == "p":
                self.found.add(Piece(_text(child), "heading" if kind == "paragraph" and _is_heading(child) else kind))
                if self.boxed:
                    self.boxes(child, kind)
            elif name == "tbl":
                self.table(child)
            elif name and name not in LEFT_OUT:
                self.blocks(child, kind)

    def boxes(self, paragraph: etree._Element, kind: str) -> None:
        """The text boxes anchored in a paragraph."""
        for element in paragraph.iter():
            if _local(element) == "txbxContent" and not _within(element, LEFT_OUT, paragraph):
                self.blocks(element, kind)

    def table(self, table: etree._Element) -> None:
        self.tables += 1
        number = self.tables
        for row, tr in enumerate((one for one in _inside(table, "tr")), 1):
            column = 1
            for cell in _inside(tr, "tc"):
                text = "\n".join(line for line in _lines(cell) if line.strip())
                self.found.add(Piece(text, "cell", None, number, row, column))
                column += _span(cell)


def _inside(parent: etree._Element, wanted: str) -> Iterator[etree._Element]:
    """Children of that name, also through content controls; not those of tables inside."""
    for child in parent:
        name = _local(child)
        if name == wanted:
            yield child
        elif name in ("sdt", "sdtContent", "customXml", "ins"):
            yield from _inside(child, wanted)


def _lines(cell: etree._Element) -> Iterator[str]:
    """The paragraphs of a cell, those of a table within it too."""
    for element in cell.iter():
        if _local(element) == "p" and not _within(element, LEFT_OUT, cell):
            yield _text(element)


def _within(element: etree._Element, names: frozenset[str], top: etree._Element) -> bool:
    for parent in element.iterancestors():
        if parent is top:
            return False
        if _local(parent) in names:
            return True
    return False


def _text(element: etree._Element) -> str:
    return "".join(_runs(element))


def _runs(element: etree._Element) -> Iterator[str]:
    for child in element:
        name = _local(child)
        if name == "t":
            yield child.text or ""
        elif name in BREAKS:
            yield BREAKS[name]
        elif name == "r" and _hidden(child):
            continue
        elif name and name not in LEFT_OUT and name not in ("txbxContent", "tbl"):
            yield from _runs(child)


def _hidden(run: etree._Element) -> bool:
    """Whether a run is formatted as hidden text: nobody who signed the paper saw it."""
    return any(_local(mark) == "vanish" and _value(mark) not in ("0", "false", "off")
               for properties in run if _local(properties) == "rPr" for mark in properties)


def _span(cell: etree._Element) -> int:
    for properties in cell:
        if _local(properties) == "tcPr":
            for mark in properties:
                if _local(mark) == "gridSpan" and (_value(mark) or "").isdecimal():
                    return max(1, min(int(_value(mark)), 63))
    return 1


def _is_heading(paragraph: etree._Element) -> bool:
    return any(_local(mark) == "pStyle" and HEADING.search(_value(mark) or "")
               for properties in paragraph if _local(properties) == "pPr" for mark in properties)


def _value(mark: etree._Element) -> str | None:
    return next((value for name, value in mark.attrib.items() if name.rpartition("}")[2] == "val"), None)


def _edges(found: Pieces, edges: list[tuple[str, etree._Element]]) -> None:
    """What stands at the top and foot of the pages, each text once."""
    seen = set()
    for kind, root in edges:
        text = "\n".join(line for line in _lines(root) if line.strip())
        if text not in seen:
            seen.add(text)
            found.add(Piece(text, kind))
