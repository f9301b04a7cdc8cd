"""The text of a web page: what a reader sees of it. Scripts are never run, nothing is fetched. Runs in child.py."""

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ingestion.decoding import decode
from ingestion.documents.pieces import Piece, Pieces, Unreadable

UNSEEN = frozenset("script style noscript template head iframe object embed svg math canvas audio video select".split())
BLOCKS = frozenset(
    "address article aside blockquote body br caption center dd details dialog div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol p pre section "
    "summary table tbody td tfoot th thead title tr ul".split())
HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.I)
ALIASES = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs"}
MOST_NODES = 2_000_000
DEEPEST = 5_000
"""Elements open at once. A parser of HTML takes time by the square of it."""
OPENED = re.compile(r"<(?:(/)|[A-Za-z])[^<>]*>?")
VOID = re.compile(r"<(?:br|img|hr|input|meta|link|li|p|td|tr|th|dt|dd|option|col|source|area|wbr)\b", re.I)


def read(data: bytes) -> Pieces:
    text, warnings = decoded(data)
    if depth(text) > DEEPEST:
        raise Unreadable("网页的层数太多，读不了。请在浏览器里另存为 PDF 再传")
    found = Pieces(warnings=warnings)
    title = re.search(r"<title[^>]{0,200}>([^<]{1,300})", text, re.I)
    if title:
        found.add(Piece(_plain(LexborHTMLParser(f"<p>{title[1]}</p>").text()), "heading"))
    _Walk(found).go(LexborHTMLParser(text).root)
    if not found.pieces:
        found.warnings.append("网页里没有文字。内容可能是打开以后才由程序载入的，请在浏览器里另存为 PDF 再传")
    return found


def decoded(data: bytes) -> tuple[str, list[str]]:
    """By the charset the page declares, where its bytes agree with it; else as any text."""
    declared = CHARSET.search(data[:4096])
    name = declared[1].decode().lower() if declared else ""
    if name and b"\x00" not in data[:4096]:
        try:
            return data.decode(ALIASES.get(name, name)), []
        except (LookupError, UnicodeDecodeError):
            pass  # a page that declares what it is not: read by its bytes
    if b"\x00" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable("网页里有零字节，可能没有传完整。请在浏览器里重新保存再传")
    return decode(data)


def depth(text: str) -> int:
    """About how many elements are open at once, at most: those that need no closing tag are not counted."""
    open_now = deepest = 0
    for tag in OPENED.finditer(text):
        if tag[1]:
            open_now = max(0, open_now - 1)
        elif not VOID.match(tag[0]):
            open_now += 1
            deepest = max(deepest, open_now)
    return deepest


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


class _Walk:
    """Goes through the tree without recursion, however deep it is, and adds a piece a block."""

    def __init__(self, found: Pieces):
        self.found, self.words, self.kind = found, [], "paragraph"
        self.tables: list[list[int]] = []  # number, row, column of each table the walk is inside of
        self.numbered = 0

    def go(self, root: LexborNode | None) -> None:
        node, nodes = root, 0
        while node is not None and not self.found.full and nodes < MOST_NODES:
            nodes += 1
            entered = self.enter(node)
            if entered and node.child is not None:
                node = node.child
                continue
            while node is not None:
                if entered:
                    self.leave(node)
                if node.next is not None:
                    node = node.next
                    break
                node, entered = node.parent, True
        self.close()

    def enter(self, node: LexborNode) -> bool:
        """Open an element or take up a text; whether its children are to be visited."""
        tag = node.tag
        if tag is None:  # lexbor's parser has no name for a processing instruction (<?…>)
            return False
        if tag == "-text":
            self.words.append(node.text_content or "")
            return False
        if tag.startswith(("-", "!")) and tag != "-undef" or tag in UNSEEN or "hidden" in node.attributes:
            return tag == "-document"
        if tag in BLOCKS:
            self.close()
        if tag in HEADINGS:
            self.kind = "heading"
        if tag == "table":
            self.numbered += 1
            self.tables.append([self.numbered, 0, 0])
        elif self.tables and tag == "tr":
            self.tables[-1][1:] = [self.tables[-1][1] + 1, 0]
        elif self.tables and tag in ("td", "th"):
            self.tables[-1][2] += 1
        return True

    def leave(self, node: LexborNode) -> None:
        if node.tag in BLOCKS:
            self.close()
        if node.tag in HEADINGS:
            self.kind = "paragraph"
        if node.tag == "table" and self.tables:
            self.tables.pop()

    def close(self) -> None:
        text, self.words = _plain("".join(self.words)), []
        if not text:
            return
        if self.tables and self.tables[-1][2]:
            self.cell(text, *self.tables[-1])
        else:
            self.found.add(Piece(text, self.kind))

    def cell(self, text: str, table: int, row: int, column: int) -> None:
        """A cell, or the next paragraph of the cell just added."""
        last = self.found.pieces[-1] if self.found.pieces else None
        if last is not None and last[3:] == (table, row, column):
            self.found.pieces[-1] = last._replace(text=f"{last.text}\n{text}")
            self.found.characters += len(text) + 1
        else:
            self.found.add(Piece(text, "cell", None, table, row, column))
