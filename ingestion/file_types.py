"""What an uploaded file really is, read from its bytes and never from its name; what could hurt a reader is refused."""

import io
import struct
import zipfile
from dataclasses import dataclass

import pypdfium2
from PIL import Image

from ingestion.documents.apart import read_apart
from ingestion.documents.pieces import Unreadable
from models.errors import Invalid
from models.files import PDFIUM

MAX_MEMBERS = 1000
MAX_UNPACKED = 200 * 1024 * 1024
MAX_RATIO = 100
MAX_PIXELS = 40_000_000
ALLOWED = "只收 PDF、DOCX、DOC、XLSX、PNG、JPEG"
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DOC = "application/msword"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PNG = "image/png"
JPEG = "image/jpeg"
EXTENSIONS = {PDF: "pdf", DOCX: "docx", DOC: "doc", XLSX: "xlsx", PNG: "png", JPEG: "jpg"}
OFFICE = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How a compound file begins: [MS-CFB] 2.2."""
PROGRAMS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"#!")
JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


@dataclass(frozen=True)
class Recognised:
    """A file that may be kept. `pages`: of a PDF, else None."""

    media_type: str
    pages: int | None = None


def recognise(data: bytes, field: str = "file") -> Recognised:
    """The real type of `data`. Invalid for anything empty, executable, broken, oversized inside or not allowed."""
    try:
        return _recognise(data)
    except Invalid as error:
        raise Invalid(error.message, field=field) from None


def _recognise(data: bytes) -> Recognised:
    if not data:
        raise Invalid("文件是空的，请重新选一份")
    if data.startswith(PROGRAMS):
        raise Invalid(f"这是一个程序文件，不能上传。{ALLOWED}")
    if data.startswith(b"%PDF-"):
        return Recognised(PDF, _pdf_pages(data))
    if data.startswith(b"PK\x03\x04"):
        return Recognised(_office_type(data))
    if data.startswith(OLE):
        return Recognised(_word_97(data))
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        _check_picture(data, _png_size(data))
        return Recognised(PNG)
    if data.startswith(b"\xff\xd8\xff"):
        _check_picture(data, _jpeg_size(data))
        return Recognised(JPEG)
    raise Invalid(f"认不出这种文件。{ALLOWED}")


def _pdf_pages(data: bytes) -> int:
    try:
        pages = _count_pages(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise Invalid("这份 PDF 加了密码，请去掉密码再传") from None
        raise Invalid("这份 PDF 打不开，可能没有传完整。请重新导出再传") from None
    if not pages:
        raise Invalid("这份 PDF 里没有一页，请重新导出再传")
    return pages


def _count_pages(data: bytes) -> int:
    with PDFIUM, pypdfium2.PdfDocument(data) as document:
        return len(document)


def _office_type(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    except zipfile.BadZipFile:
        raise Invalid("这份文件打不开，可能没有传完整。请重新保存再传") from None
    unpacked = sum(member.file_size for member in members)
    if len(members) > MAX_MEMBERS or unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * len(data):
        raise Invalid("这份文件展开后太大，不能上传")
    if any("vbaProject" in member.filename for member in members):
        raise Invalid("这份文件带宏，请另存为不带宏的 DOCX 或 XLSX 再传")
    found = next((OFFICE[member.filename] for member in members if member.filename in OFFICE), None)
    if found is None:
        raise Invalid(f"压缩包不能上传。{ALLOWED}")
    return found


def _word_97(data: bytes) -> str:
    """Taken apart as a whole, since only its reader knows whether it is sound, locked or carries macros."""
    try:
        read_apart("doc", data)
    except Unreadable as error:
        raise Invalid(str(error)) from None
    return DOC


def _png_size(data: bytes) -> tuple[int, int]:
    if len(data) < 33 or data[12:16] != b"IHDR":
        raise Invalid("这张 PNG 打不开，可能没有传完整")
    return struct.unpack(">II", data[16:24])


def _jpeg_size(data: bytes) -> tuple[int, int]:
    """Width and height from the first start-of-frame segment (ITU-T T.81, B.2.2)."""
    place = 2
    while place + 9 <= len(data) and data[place] == 0xFF:
        marker = data[place + 1]
        if marker in JPEG_FRAMES:
            height, width = struct.unpack(">HH", data[place + 5:place + 9])
            return width, height
        place += 2 + struct.unpack(">H", data[place + 2:place + 4])[0]
    raise Invalid("这张 JPEG 打不开，可能没有传完整")


def _check_picture(data: bytes, size: tuple[int, int]) -> None:
    """Refuse what is too large by its header before decoding, and what does not decode to its end."""
    width, height = size
    if width * height > MAX_PIXELS:
        raise Invalid(f"图片有 {width * height // 10_000:,} 万像素，超过 {MAX_PIXELS // 10_000:,} 万。请缩小再传")
    try:
        Image.open(io.BytesIO(data), formats=("PNG", "JPEG")).load()
    except (OSError, SyntaxError, ValueError):
        raise Invalid("这张图片打不开，可能没有传完整。请重新导出再传") from None
