"""The text of a page kept in one file (MHTML, RFC 2557), as Word and many office systems save one, often as .doc."""

import email
from email.errors import CloseBoundaryNotFoundDefect
from email.message import Message

from ingestion.documents import html_text
from ingestion.documents.pieces import Pieces, Unreadable


def read(data: bytes) -> Pieces:
    """What the first page in it reads as; the pictures and style sheets beside it are left alone."""
    try:
        message = email.message_from_bytes(data)
        page = _page(message)
    except (ValueError, LookupError, RecursionError):
        page = None
    if not page or any(isinstance(one, CloseBoundaryNotFoundDefect) for one in message.defects):
        raise Unreadable("这份单文件网页没有传完整，或者里面没有正文。请用 Word 或 WPS 另存为 DOCX 再传")
    return html_text.read(page)


def _page(message: Message) -> bytes | None:
    for part in message.walk():
        if part.get_content_type() == "text/html":
            content = part.get_payload(decode=True)
            return content if isinstance(content, bytes) else None
    return None
