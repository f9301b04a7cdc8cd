"""Open a file somebody brought: its text, where each part of it stands, and what could not be read.

DOCX, PDF, HTML and RTF are taken apart in a process of their own under limits of memory and time (child.py): what
breaks a parser breaks that process, and the person is told so.
"""

import json
import pathlib
import subprocess
import sys
import threading

import structlog

from ingestion.decoding import decode
from ingestion.documents import child
from ingestion.documents.document import Document, join
from ingestion.documents.kinds import kind_of
from ingestion.documents.pieces import Piece, Pieces, Unreadable
from models.errors import Invalid

ROOT = pathlib.Path(__file__).parents[2]
SECONDS = 30
"""Wall time of one file; child.SECONDS is its time on a processor."""
SLOTS = threading.BoundedSemaphore(2)
"""Files read at once by one process: each may hold child.MEMORY."""
log = structlog.get_logger()


def open_document(name: str, data: bytes, field: str = "file") -> Document:
    """The text of a DOCX, PDF, HTML, TXT or RTF file. Time and memory are bounded.

    A scan without a text layer comes back without text, and its warnings say so. Invalid for `field`, with the reason,
    for what cannot or must not be read: a password, a macro, a bomb, a wrong extension, a file cut short.
    """
    try:
        kind = kind_of(name, data)
        found = _plain(data) if kind == "txt" else _in_child(kind, data)
    except Unreadable as error:
        raise Invalid(str(error), field=field) from None
    return join(name, kind, found.pieces, found.warnings, found.pages)


def _plain(data: bytes) -> Pieces:
    text, warnings = decode(data)
    found = Pieces(warnings=warnings)
    for line in text.splitlines():
        found.add(Piece(line))
    return found


def _in_child(kind: str, data: bytes) -> Pieces:
    command = [sys.executable, "-P", "-m", child.__name__, kind]
    environment = {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", "LANG": "C.UTF-8"}
    with SLOTS:
        try:
            done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS, env=environment, cwd="/",
                                  check=False)
        except subprocess.TimeoutExpired:
            raise Unreadable(f"文件太复杂，读了 {SECONDS} 秒还没读完") from None
    if done.returncode:
        log.warning("document.unread", kind=kind, size=len(data), code=done.returncode, error=_last(done.stderr))
        raise Unreadable("文件太复杂或者内容坏了，读不了。请重新保存一份再传")
    answer = json.loads(done.stdout)
    if "refused" in answer:
        raise Unreadable(answer["refused"])
    return Pieces([Piece(*piece) for piece in answer["pieces"]], answer["warnings"], answer["pages"])


def _last(stderr: bytes) -> str:
    """The last line of a traceback without what it quotes of the file."""
    lines = stderr.decode("utf-8", "replace").strip().splitlines()
    return lines[-1].split(":")[0] if lines else ""
