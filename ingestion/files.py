"""Uploads kept by their content: the row says what a file is, its bytes lie once under settings.files_folder."""

import datetime as dt
import hashlib
import io
import os
import pathlib
import re
import secrets
from typing import Any, BinaryIO

import pypdfium2
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from ingestion.file_types import EXTENSIONS, PDF, recognise
from models.accounts import User
from models.audit import record
from models.base import now
from models.errors import Invalid, NotFound
from models.files import PDFIUM, FileFacts, StoredFile
from models.publication import ObjectionFile
from models.sheets import SheetBatch
from settings import Settings

MEGABYTE = 1024 * 1024
NAME_NOISE = re.compile(r'[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069<>:"/\\|?*\ud800-\udfff]')
LONGEST_NAME = 120
PAGE_WIDTH = 1240
"""Pixels across a rendered page: A4 at 150 dots an inch."""
ORPHAN_AGE = dt.timedelta(days=1)
SHEET_AGE = dt.timedelta(days=30)
"""How long a sheet is kept after it was brought in: its mistakes can be fetched, and personal data is not hoarded."""
MAX_PAGE_PIXELS = 12_000_000


def store(session: Session, settings: Settings, actor: User, name: str, content: BinaryIO | bytes,
          field: str = "file") -> StoredFile:
    """Check and keep an upload. Flushes. The bytes are durable before the row exists; without its row, a file is swept.

    Invalid (for `field`) names what is wrong: too large, empty, broken, not of an allowed type.
    """
    stored = StoredFile(uploaded_by_id=actor.id, **keep(settings, name, content, field))
    session.add(stored)
    session.flush()
    record(session, actor, "file.stored", stored, sha256=stored.sha256)
    return stored


def keep(settings: Settings, name: str, content: BinaryIO | bytes, field: str = "file") -> dict[str, Any]:
    """Check and keep the bytes, for a row of the caller's own: the columns of FileFacts. Invalid as in `store`."""
    data = read_within(content, settings.max_upload_mb, field)
    recognised = recognise(data, field)
    return {"sha256": keep_bytes(settings, data), "name": clean_name(name, EXTENSIONS[recognised.media_type]),
            "size": len(data), "media_type": recognised.media_type, "pages": recognised.pages}


def keep_bytes(settings: Settings, data: bytes) -> str:
    """Keep bytes that another check has let through, for a row of the caller's own. Their SHA-256."""
    digest = hashlib.sha256(data).hexdigest()
    _write_once(settings.files_folder, digest, data)
    return digest


def path_of(settings: Settings, stored: FileFacts) -> pathlib.Path:
    """Where the bytes lie. NotFound where they are gone."""
    path = settings.files_folder / stored.sha256
    if not path.is_file():
        raise NotFound(f"找不到“{stored.name}”，请联系管理员")
    return path


def open_file(settings: Settings, stored: FileFacts) -> BinaryIO:
    """The bytes of a stored file, to be closed by the caller."""
    return path_of(settings, stored).open("rb")


def page_image(settings: Settings, stored: StoredFile, page: int) -> bytes:
    """Page `page` (from 1) of a stored PDF as PNG, PAGE_WIDTH wide; a stored image as it is. NotFound past the end."""
    path = path_of(settings, stored)
    if stored.media_type != PDF:
        return path.read_bytes()
    if not 1 <= page <= (stored.pages or 0):
        raise NotFound(f"“{stored.name}”没有第 {page} 页")
    with PDFIUM, pypdfium2.PdfDocument(path) as document:
        width, height = document[page - 1].get_size()
        scale = min(PAGE_WIDTH / width, (MAX_PAGE_PIXELS / (width * height)) ** 0.5)
        image = document[page - 1].render(scale=scale).to_pil()
    picture = io.BytesIO()
    image.save(picture, "PNG")
    return picture.getvalue()


def sweep(session: Session, settings: Settings) -> int:
    """Remove the bytes that no row names: uploads whose request failed after they were written. How many were removed.

    Only what is older than ORPHAN_AGE: a younger file's row may not be committed yet.
    """
    folder, before = settings.files_folder, now().timestamp() - ORPHAN_AGE.total_seconds()
    old = {path.name: path for path in folder.glob("*") if path.is_file() and path.stat().st_mtime < before}
    named = {digest for table in (StoredFile, ObjectionFile)
             for digest in session.scalars(select(table.sha256).where(table.sha256.in_(old)))}
    named |= set(session.scalars(select(SheetBatch.sha256).where(SheetBatch.sha256.in_(old), or_(
        SheetBatch.finished_at.is_(None), SheetBatch.finished_at > now() - SHEET_AGE))))
    orphans = [path for name, path in old.items() if name not in named and path.stat().st_mtime < before]
    for path in orphans:
        path.unlink()
    return len(orphans)


def clean_name(name: str, extension: str) -> str:
    """A name to show: no path, no control or direction characters, and the extension its content has."""
    stem = _shown(name)
    if "." in stem:
        stem = stem.rsplit(".", 1)[0].strip(" .")
    return f"{stem[:LONGEST_NAME] or '文件'}.{extension}"


def plain_name(name: str) -> str:
    """A name to show as it was given: no path, no control or direction characters."""
    return _shown(name)[-LONGEST_NAME:] or "文件"


def _shown(name: str) -> str:
    return NAME_NOISE.sub("", name.replace("\\", "/").rsplit("/", 1)[-1]).strip(" .")


def read_within(content: BinaryIO | bytes, limit_mb: int, field: str = "file") -> bytes:
    """The bytes of an upload. Invalid, for `field`, where it is larger than `limit_mb`."""
    stream = io.BytesIO(content) if isinstance(content, bytes) else content
    data = stream.read(limit_mb * MEGABYTE + 1)
    if len(data) > limit_mb * MEGABYTE:
        size = len(data)
        while chunk := stream.read(MEGABYTE):
            size += len(chunk)
        shown = max(limit_mb + 1, round(size / MEGABYTE))
        raise Invalid(f"文件 {shown} MB，超过 {limit_mb} MB。可以分成两份上传", field=field)
    return data


def _write_once(folder: pathlib.Path, digest: str, data: bytes) -> None:
    target = folder / digest
    if target.is_file() and target.stat().st_size == len(data):
        os.utime(target)  # used again: a sweep must not take it for an orphan before its new row is there
        return
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / f".{digest}.{secrets.token_hex(4)}"
    try:
        with draft.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.rename(target)
    except OSError:
        draft.unlink(missing_ok=True)  # a full disk is not filled further
        raise
    directory = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
