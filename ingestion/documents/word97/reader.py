"""The text of a DOC: paragraphs, tables, text boxes, headers. Deleted and hidden words are left out. Runs in child.py.

Footnotes and comments are not read, nor are the numbers that Word gives paragraphs by itself.
"""

import struct

from ingestion.documents.pieces import Piece, Pieces, Unreadable
from ingestion.documents.word97 import fib
from ingestion.documents.word97.characters import MOST, Characters
from ingestion.documents.word97.container import Container
from ingestion.documents.word97.properties import Paragraphs, unseen
from ingestion.documents.word97.stories import Stories, header_ranges

MOST_HEADERS = 6_000
"""Headers and footers looked at: those of a thousand sections."""


def read(data: bytes) -> Pieces:
    container = Container(data)
    if "WordDocument" not in container:
        raise Unreadable("这是一份表格，不是文档。表格请用“导入”" if "Workbook" in container or "Book" in container
                         else "认不出这种文件，也可能没有传完整。能读的有 DOCX、DOC、PDF、HTML、TXT、RTF")
    if container.has_macros:
        raise Unreadable("这份文件带宏，不能传。请另存为不带宏的 DOCX 再传")
    try:
        return _read(container)
    except (struct.error, IndexError):
        raise Unreadable(fib.BROKEN) from None


def _read(container: Container) -> Pieces:
    word = container.stream("WordDocument")
    block = fib.read_fib(word)
    table = container.stream(block.table)

    def part(index: int) -> bytes:
        offset, length = block.places[index]
        return table[offset:offset + length]

    stories = Stories(Characters(word, part(fib.PIECES)),
                      Paragraphs(word, part(fib.PARAGRAPHS), container.stream("Data")),
                      unseen(word, part(fib.CHARACTERS)))
    found, lengths = Pieces(), block.lengths
    stories.add(found, 0, lengths.main)
    if lengths.main > MOST and not found.full:
        found.warnings.append(f"文件太长，只读了前 {MOST:,} 字")
    boxes = sum(lengths[:6])
    stories.add(found, boxes, boxes + lengths.boxes)
    _edges(found, stories, lengths, part(fib.HEADERS))
    if stories.numbered:
        found.warnings.append("Word 自动生成的编号没有读出，只读了正文")
    if not found.pieces:
        found.warnings.append("这份 DOC 里没有文字，可能全是图片。可以作为附件保存，内容请手工填写")
    return found


def _edges(found: Pieces, stories: Stories, lengths: fib.Lengths, index: bytes) -> None:
    """What stands at the top and foot of the pages, each text once."""
    first = lengths.main + lengths.footnotes
    places = struct.unpack_from(f"<{min(len(index) // 4, MOST_HEADERS)}I", index)
    if any(one > other for one, other in zip(places, places[1:], strict=False)):
        return
    seen = set()
    for kind, start, end in header_ranges(tuple(min(place, lengths.headers) for place in places)):
        text = "\n".join(line.strip() for line, _mark, _paragraph in stories.lines(first + start, first + end)
                         if line.strip())
        if text not in seen:
            seen.add(text)
            found.add(Piece(text, kind))
