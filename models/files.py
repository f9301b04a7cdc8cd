"""Files named by their content: the row says what it is, the bytes lie under settings.files_folder/<sha256>."""

import threading
import uuid

from sqlalchemy import BigInteger, CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Id, Line, When, now, ref

PDFIUM = threading.RLock()
"""PDFium keeps its state for the whole process and is not thread-safe: hold this while a document is open."""


class FileFacts:
    """What is known of a file, whoever brought it."""

    sha256: Mapped[str] = mapped_column(String(64), index=True)
    name: Mapped[Line]
    """The name it was uploaded under, cleaned; shown, never used as a path."""
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int] = mapped_column(BigInteger)
    pages: Mapped[int | None]


class StoredFile(FileFacts, Base):
    __tablename__ = "stored_file"

    id: Mapped[Id]
    uploaded_by_id: Mapped[uuid.UUID] = ref("user_account.id")
    uploaded_at: Mapped[When] = mapped_column(default=now)

    __table_args__ = (CheckConstraint("length(sha256) = 64", name="sha256_length"),)
