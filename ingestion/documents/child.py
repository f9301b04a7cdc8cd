"""A process of its own that reads one untrusted file: standard input to JSON on standard output, under limits.

`python -P -m ingestion.documents.child KIND`. It imports nothing of the project but the reader of that kind, holds no
secret, writes no file, and is given up on when it takes too long (apart.py).
"""

import importlib
import json
import resource
import sys

from ingestion.documents.pieces import Unreadable

MEMORY = 1 << 30
SECONDS = 20
READERS = {"pdf": "ingestion.documents.pdf_text", "docx": "ingestion.documents.docx_text",
           "doc": "ingestion.documents.word97.reader", "html": "ingestion.documents.html_text",
           "mhtml": "ingestion.documents.mhtml_text", "rtf": "ingestion.documents.rtf_text"}
OUT_OF_MEMORY = 3


def main(kind: str) -> int:
    _limit()
    reader = importlib.import_module(READERS[kind])
    try:
        found = reader.read(sys.stdin.buffer.read())
    except Unreadable as error:
        answer = {"refused": str(error)}
    except MemoryError:
        return OUT_OF_MEMORY
    else:
        answer = {"pieces": found.pieces, "warnings": found.warnings, "pages": found.pages}
    sys.stdout.buffer.write(json.dumps(answer).encode())
    return 0


def _limit() -> None:
    for what, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_FSIZE, 0),
                       (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
