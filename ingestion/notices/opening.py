"""The text of a notice's file, as it was received: the places of the sources are places in this text."""

from ingestion.decoding import decode
from ingestion.documents.opening import open_document
from ingestion.documents.pieces import Unreadable
from models.errors import Invalid


def notice_text(name: str, data: bytes) -> str:
    """A TXT file's characters untouched; of a DOCX, DOC, PDF, HTML or RTF file what its reader gives.

    Invalid for `file` with the reason where it cannot be read or holds no text (a scan).
    """
    if name.lower().endswith(".txt"):
        try:
            return decode(data)[0]
        except Unreadable as error:
            raise Invalid(str(error), field="file") from None
    document = open_document(name, data)
    if not document.text:
        raise Invalid("；".join(document.warnings) or "文件里没有可读的文字", field="file")
    return document.text
