"""Which kind of document a file is, told by its bytes; what must not be read, or goes by a wrong name, is refused."""

import io
import pathlib
import re
import zipfile

from ingestion.documents.pieces import Unreadable
from ingestion.file_types import MAX_MEMBERS, MAX_RATIO, MAX_UNPACKED, OLE, PROGRAMS

READ = "能读的有 DOCX、DOC、PDF、HTML、TXT、RTF"
EXTENSIONS = {".pdf": "pdf", ".docx": "docx", ".doc": "doc", ".wps": "doc", ".dot": "doc", ".html": "html",
              ".htm": "html", ".xhtml": "html", ".mht": "mhtml", ".mhtml": "mhtml", ".txt": "txt",
              ".text": "txt", ".md": "txt", ".rtf": "rtf"}
WORD_OPENS = frozenset({"doc", "docx", "rtf", "html", "mhtml"})
"""What goes by the name of a DOC: offices and their systems save pages and RTF under it, and Word opens them."""
NAMES = {"pdf": "PDF", "docx": "DOCX", "doc": "DOC", "html": "网页", "mhtml": "单文件网页", "txt": "纯文本", "rtf": "RTF"}
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
WORD = "WordDocument".encode("utf-16-le")
WORKBOOK = "Workbook".encode("utf-16-le")
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
PAGE = re.compile(rb"^(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?>(?:<!--.*?-->\s*)*)"
                  rb"<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
"""With an atomic group: comments could else be told apart in more ways than there is time for."""
TAGS = re.compile(rb"<(?:p|div|table|br|h[1-6]|ul|ol|span|meta|title)\b", re.I)
IN_ONE_FILE = re.compile(rb"\s*(?:(?:[\w-]+:|[ \t])[^\r\n]*\r?\n)*?MIME-Version:", re.I)
WORD_XML = re.compile(rb"progid=[\"']Word\.Document|<w:wordDocument|<pkg:package", re.I)
HEAD = 4096
SAVE_AS = "请用 Word 或 WPS 打开，选“另存为”，类型选 DOCX，再传"


def kind_of(name: str, data: bytes) -> str:
    """pdf | docx | doc | html | mhtml | txt | rtf. Unreadable, saying why, for everything else."""
    kind = _by_content(data)
    extension = pathlib.PurePath(name.replace("\\", "/")).suffix.lower()
    if extension in (".docm", ".dotm"):
        raise Unreadable(f"{extension} 文件可以带宏，不能传。{SAVE_AS}")
    named = EXTENSIONS.get(extension)
    if kind is None:
        page = named == "html" or named in (None, "doc") and TAGS.search(data[:HEAD])
        return "html" if page else _text(named, extension)
    if named == "doc" and kind in WORD_OPENS:
        return kind
    if kind in ("html", "mhtml") and named == "txt":
        return "txt"  # the source of a page, saved as text
    if named not in (None, kind) or named is None and extension in (".xls", ".xlsx", ".png", ".jpg"):
        raise Unreadable(f"文件名写的是 {extension}，内容却是 {NAMES[kind]}。请把扩展名改成 {_extension(kind)} 再传")
    return kind


def _by_content(data: bytes) -> str | None:
    """The kind that the first bytes tell; None for what may be text."""
    if not data.strip(b"\x00\r\n\t "):
        raise Unreadable("文件是空的，请重新选一份")
    if data.startswith(PROGRAMS) and b"\x00" in data[:HEAD]:  # a text may begin with MZ or #!
        raise Unreadable(f"这是一个程序文件，不能传。{READ}")
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK"):
        return _office(data)
    if data.startswith(OLE):
        return _ole(data)
    if data.lstrip().startswith(b"{\\rtf"):
        return "rtf"
    if data.startswith(PICTURES):
        raise Unreadable("这是一张图片，读不出字。可以作为附件保存，内容请手工填写")
    if WORD_XML.search(data[:HEAD]):
        raise Unreadable(f"这是 Word 的 XML 文件。{SAVE_AS}")
    if IN_ONE_FILE.match(data[:HEAD]) and b"text/html" in data[:HEAD].lower():
        return "mhtml"
    return "html" if PAGE.match(data[:HEAD]) else None


def _ole(data: bytes) -> str:
    """doc, unless the name of a stream tells otherwise: whether it is one, and whole, its reader finds out."""
    if WORD not in data and ENCRYPTED in data:
        raise Unreadable("这份文件加了密码，请去掉密码再传")
    if WORD not in data and WORKBOOK in data:
        raise Unreadable("这是一份表格，不是文档。表格请用“导入”")
    return "doc"


def _office(data: bytes) -> str:
    """docx. The members' sizes are judged before anything is inflated; zipfile stops at the size a member gives."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, RuntimeError):
        raise Unreadable("这份文件打不开，可能没有传完整。请重新保存再传") from None
    unpacked = sum(member.file_size for member in members)
    if len(members) > MAX_MEMBERS or unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * len(data):
        raise Unreadable("这份文件展开后太大，不能传")
    names = {member.filename for member in members}
    if any("vbaProject" in name for name in names):
        raise Unreadable("这份文件带宏，不能传。请另存为不带宏的 DOCX 再传")
    if "word/document.xml" in names:
        if any(member.flag_bits & 1 for member in members):
            raise Unreadable("这份文件加了密码，请去掉密码再传")
        return "docx"
    if "xl/workbook.xml" in names:
        raise Unreadable("这是一份表格，不是文档。表格请用“导入”")
    raise Unreadable(f"压缩包不能传，请解开后一份一份传。{READ}")


def _text(named: str | None, extension: str) -> str:
    if named not in (None, "txt"):
        raise Unreadable(f"文件名写的是 {extension}，内容却不是 {NAMES[named]}。可能没有传完整，或者扩展名改错了")
    if named is None and extension not in ("", ".csv", ".tsv", ".log"):
        raise Unreadable(f"认不出这种文件。{READ}")
    return "txt"


def _extension(kind: str) -> str:
    return next(extension for extension, one in EXTENSIONS.items() if one == kind)
