"""What a source says, taken apart: each entry under the name by which it will be known again."""

import hashlib
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

import feedparser
from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from ingestion.documents.html_text import ALIASES, DEEPEST, decoded, depth
from ingestion.documents.pieces import Unreadable
from ingestion.sheets.cells import Columns
from ingestion.sheets.fields import SheetKind
from ingestion.sheets.mapping import recognised
from ingestion.sheets.tables import open_table
from ingestion.validation import CONTROL, UNSEEN
from models.errors import Invalid
from models.sources import SourceFormat

MOST = 2_000
"""Entries of one source; who has more brings them as a spreadsheet."""
_TITLE, _TEXT, _LINK = 120, 5_000, 1_000
_LINKS = ("link", "url", "链接", "网址")
_CHARSET = re.compile(r"charset=[\"']?([\w-]+)", re.I)


@dataclass(frozen=True)
class Entry:
    """One entry as a person will read it."""

    key: str
    title: str
    text: str
    link: str

    @property
    def digest(self) -> str:
        return _hash(f"{self.title}\0{self.text}\0{self.link}")


def read_entries(form: SourceFormat, data: bytes, url: str, entry_selector: str = "", title_selector: str = "",
                 content_type: str = "") -> list[Entry]:
    """The entries of `data`, each key once, in the source's order. Invalid where it is no such source, or has none."""
    match form:
        case SourceFormat.feed:
            found = _feed(data, url)
        case SourceFormat.html:
            found = _page(_text(data, content_type), url, entry_selector, title_selector)
        case _:
            found = _rows(form, data, url)
    entries: dict[str, Entry] = {}
    for entry in found:
        entries.setdefault(entry.key, entry)
        if len(entries) > MOST:
            raise Invalid(f"一个来源最多 {MOST:,} 条，更多的请用表格导入", field="location")
    if not entries:
        raise Invalid("读到了，但里面一条内容也没有：请核对地址和格式", field="location")
    return list(entries.values())


def _feed(data: bytes, url: str) -> Iterator[Entry]:
    if b"<!ENTITY" in data[:100_000].upper():
        raise Invalid("这份 RSS 里定义了 XML 实体，不读", field="location")
    parsed = feedparser.parse(io.BytesIO(data), response_headers={"content-location": url})
    if not parsed.get("version"):
        raise Invalid("这个地址给的不是 RSS 或 Atom", field="location")
    for one in parsed.entries:
        text = next((content.get("value", "") for content in one.get("content", [])), "") or one.get("summary", "")
        yield from _entry(one.get("id") or one.get("link") or one.get("title", ""), _plain(one.get("title", "")),
                          _plain(text), one.get("link", ""))


def _rows(form: SourceFormat, data: bytes, url: str) -> Iterator[Entry]:
    table = open_table(f"source.{form}", data, SheetKind.demand)
    columns = Columns(SheetKind.demand, table, recognised(table, SheetKind.demand))
    for row in table.rows:
        if row.error:
            raise Invalid(f"第 {row.number} 行：{row.error}", field="location")
        cells = columns.of(row)
        link = next((row.cells[name] for name in _LINKS if row.cells.get(name)), "")
        yield from _entry(cells("_id") or link or cells("title"), cells("title"), cells("text"),
                          urljoin(url, link) if link else "")


def _page(html: str, url: str, entry_selector: str, title_selector: str) -> Iterator[Entry]:
    if depth(html) > DEEPEST:
        raise Invalid("网页的层数太多，读不了", field="location")
    tree = LexborHTMLParser(html)
    for node in tree.css("script, style, noscript, template"):
        node.decompose()
    for node in select(tree.root, entry_selector):
        anchor = node if node.tag == "a" else node.css_first("a[href]")
        link = urljoin(url, anchor.attributes.get("href") or "") if anchor else ""
        head = (next(iter(select(node, title_selector)), None) if title_selector else None) or anchor or node
        title, text = _joined(head), _joined(node)
        text = text.removeprefix(title).strip()
        yield from _entry(link if anchor else title, title, text, link if link.startswith("http") else "")


def select(node: LexborNode | None, selector: str) -> list[LexborNode]:
    """The nodes under `node` that a CSS selector means. Invalid where it is none."""
    try:
        return node.css(selector) if node is not None else []
    except (ValueError, SelectolaxError):
        raise Invalid(f"“{selector}”不是 CSS 选择器，像 ul.list > li 这样写", field="entry_selector") from None


def _entry(name: str, title: str, text: str, link: str) -> Iterator[Entry]:
    """An entry with its words made fit to be shown; none where it has no title."""
    title, text = _clean(title.replace("\n", " "))[:_TITLE], _clean(text)[:_TEXT]
    link = link if link.startswith(("http://", "https://")) and len(link) <= _LINK else ""
    if title:
        yield Entry(_hash(name.strip()), title, text, link)


def _plain(html: str) -> str:
    """The words of a piece of HTML, a line a block."""
    if "<" not in html and "&" not in html:
        return html
    tree = LexborHTMLParser(html)
    return _joined(tree.body) if tree.body else ""


def _joined(node: LexborNode) -> str:
    return re.sub(r"[ \t\xa0]*\n\s*", "\n", re.sub(r"[ \t\xa0]+", " ", node.text(separator="\n", strip=True)))


def _clean(text: str) -> str:
    return CONTROL.sub("", UNSEEN.sub("", text)).strip()


def _text(data: bytes, content_type: str) -> str:
    """An HTML page's text: by what the answer says, else what the page says, else how its bytes look."""
    said = _CHARSET.search(content_type)
    try:
        if said:
            name = said[1].lower()
            return data.decode(ALIASES.get(name, name))
    except (LookupError, UnicodeDecodeError):
        pass  # a site that declares what it does not send
    try:
        return decoded(data)[0]
    except Unreadable as error:
        raise Invalid(str(error), field="location") from None


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
