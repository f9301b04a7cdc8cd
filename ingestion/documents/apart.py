"""Take a file apart in a process of its own under limits of memory and time (child.py).

What breaks a parser breaks that process, and the person is told so.
"""

import json
import pathlib
import subprocess
import sys
import threading

import structlog

from ingestion.documents import child
from ingestion.documents.pieces import Piece, Pieces, Unreadable

ROOT = pathlib.Path(__file__).parents[2]
SECONDS = 30
"""Wall time of one file; child.SECONDS is its time on a processor."""
SLOTS = threading.BoundedSemaphore(2)
"""Files read at once by one process: each may hold child.MEMORY."""
log = structlog.get_logger()


def read_apart(kind: str, data: bytes) -> Pieces:
    """What the reader of that kind (child.READERS) finds. Unreadable, with the reason, where it finds nothing."""
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
