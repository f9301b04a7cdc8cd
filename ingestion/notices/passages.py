"""Lines of a text joined into passages: characters with their places, spaces of the typesetting taken out."""

import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ingestion.notices.notice import Source, Value
from ingestion.notices.numbering import marker_of

LINE = re.compile(r"[^\n\r\f\v\u2028\x85]+")
PAGE_NUMBER = re.compile(r"[-—–－·\s]*\d{1,3}[-—–－·\s]*|第\s*\d+\s*页(?:\s*共\s*\d+\s*页)?|[×✕\s]+")
ENDED = tuple("。：；！？:;!?")
LABEL = re.compile(r"[\u4e00-\u9fff ]{2,8}[：:]")
LABELLED = re.compile(r"[\u4e00-\u9fff ]{0,6}(?:单位|对象|主体|名称|金额|经费|资金|时间|地点|地址|内容|周期|期限|要求|方式|类别|编号|"
                      r"[项题榜]目?[一二三四五六七八九十\d]{1,2})\s*[：:]\s*\S")
"""A line of a card, where the one above it is one too: 揭榜对象：……"""
UNFINISHED = tuple("，、,（(《“〔")
OWN_LINE = re.compile(r"(?:联\s*系\s*人|联系电话|联系方式|电\s*话|咨询电话|传\s*真|(?:电子)?邮\s*箱|(?:通讯|通信|邮寄)?地\s*址|邮\s*(?:政编码|编)|网\s*址|"
                      r"(?:主办|承办|协办|指导|支持)单位|填表说明|抄\s*送|主\s*送)\s*[：:]|附\s*件\s*\d{0,2}\s*(?:[：:].*)?$|.*印发$")
"""Lines that begin something of their own, however full the line above them is."""
WIDE = str.maketrans("０１２３４５６７８９％．－ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ", "0123456789%.-ABCDEFGHIJKLMNOPQRSTUVWXYZ")
HALF = {",": "，", "(": "（", ")": "）", ":": "：", ";": "；", "!": "！", "?": "？"}
CELLS_APART = 7
"""How many lines apart two numbers alone on their lines are cells of an upright table; pages are longer."""
CJK = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff]")
SENTENCE_AT_MOST = 1_500
"""Characters; the patterns take time by the square of a sentence."""
COLUMNS = re.compile(r"(?<=[\u4e00-\u9fff\d）])\s+(?=[\u4e00-\u9fff])")
TITLE_ENDED = re.compile("》的(?:通知|公告|通告|决定|意见|函)$|^[^。；，]{0,30}关于[^。；，]{4,60}的(?:通知|公告|通告|决定|函)$")
WRAP_AT_MOST, RAGGED = 48, 6
"""Longest line of a page set in lines, and how many characters shorter a full line may be (kinsoku, digits)."""


@dataclass(frozen=True)
class Passage:
    """`text` for reading; `at[i]` is where text[i] stands in the clean text. `cite` leads back to the original."""

    text: str
    at: tuple[int, ...]
    origin: Callable[[int, int], Source]

    def source(self, start: int = 0, end: int | None = None) -> Source:
        """The words text[start:end] as the original has them; the span must not be empty."""
        last = len(self.text) if end is None else end
        return self.origin(self.at[start], self.at[last - 1] + 1)

    def value(self, said, start: int = 0, end: int | None = None) -> Value:
        return Value(said, self.source(start, end))

    def part(self, start: int, end: int | None = None) -> "Passage":
        """text[start:end] without blanks at its ends; may be empty."""
        last = len(self.text) if end is None else end
        while start < last and self.text[start].isspace():
            start += 1
        while last > start and self.text[last - 1].isspace():
            last -= 1
        return Passage(self.text[start:last], self.at[start:last], self.origin)

    def said(self) -> Value[str]:
        """The whole passage as a value."""
        return self.value(self.text)


def joined(passages: list[Passage]) -> Passage:
    """Several passages read as one, in order; the list must not be empty."""
    texts, at, last = [passages[0].text], list(passages[0].at), passages[0].text[-1:]
    for one in passages[1:]:
        if last and one.text and _run_together(last, one.text[0]):
            texts.append(" ")
            at.append(one.at[0] - 1)
        texts.append(one.text)
        at.extend(one.at)
        last = one.text[-1:] or last
    return Passage("".join(texts), tuple(at), passages[0].origin)


def _run_together(left: str, right: str) -> bool:
    """Whether two lines would make one word of a number and the next."""
    return left.isascii() and right.isascii() and left.isalnum() and right.isalnum()


def lines(clean: str, origin: Callable[[int, int], Source]) -> list[Passage]:
    """The lines that hold something, page numbers left out."""
    found = (_tidied([(match.start(), match.group())], origin) for match in LINE.finditer(clean)
             if not PAGE_NUMBER.fullmatch(match.group()))
    return [line for line in found if line.text]


def passages(clean: str, origin: Callable[[int, int], Source]) -> list[Passage]:
    """The paragraphs: lines that a page broke are joined again, headings and numbered items stand alone."""
    rows = _without_page_numbers([(match.start(), match.group()) for match in LINE.finditer(clean)
                                  if match.group().strip()])
    width = _wrap_width([len(row.strip()) for _, row in rows], [row.strip().endswith(ENDED) for _, row in rows])
    groups: list[list[tuple[int, str]]] = []
    for row in rows:
        over = bool(groups) and width is not None and _over_a_page(clean, groups[-1], row)
        if groups and (over or not _in_table(groups, row[1]) and _goes_on(groups[-1], row[1].strip(), width)):
            groups[-1].append(row)
        else:
            groups.append([row])
    return [one for one in (_tidied(group, origin) for group in groups) if one.text]


def _without_page_numbers(rows: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """A number alone on its line is a page's, unless another stands within a few lines: those are cells of a table."""
    alone = [at for at, (_, row) in enumerate(rows) if PAGE_NUMBER.fullmatch(row)]
    cells = {at for one, other in itertools.pairwise(alone) if other - one <= CELLS_APART for at in (one, other)
             if rows[at][1].strip().isdecimal()}
    dropped = set(alone) - cells
    return [row for at, row in enumerate(rows) if at not in dropped]


def _goes_on(group: list[tuple[int, str]], line: str, width: int | None) -> bool:
    before = group[-1][1].strip()
    so_far = "".join(part for _, part in group[-4:])
    if OWN_LINE.match(line) or len(COLUMNS.findall(before)) > 1 and not re.search("[，。]", before):
        return False
    if _open(so_far) and not before.endswith(ENDED) and not LABEL.match(line):
        return True
    if width is None or before.endswith(ENDED) or marker_of(line) is not None or TITLE_ENDED.search(before):
        return False
    if LABEL.match(before) and LABELLED.match(line):
        return False
    return before.endswith(UNFINISHED) or len(before) >= width - RAGGED


def _in_table(groups: list[list[tuple[int, str]]], line: str) -> bool:
    """Whether the line above is a row of a table: it has as many columns as the one before it or as this one."""
    above = _columns(groups[-1][-1][1])
    return above > 1 and above in (_columns(line), _columns(groups[-2][-1][1]) if len(groups) > 1 else 0)


def _columns(line: str) -> int:
    """How many words stand apart in a line; 1 for a sentence."""
    return 1 if re.search("[，。；]", line) else len(line.split())


def _over_a_page(clean: str, group: list[tuple[int, str]], row: tuple[int, str]) -> bool:
    """Whether a sentence goes on after the number of a page: the line above it has no end and is no heading."""
    start, said = group[-1]
    between, above, line = clean[start + len(said):row[0]], said.strip(), row[1].strip()
    if not between.strip() or above.endswith(ENDED) or above.endswith(("）", ")")) or marker_of(line):
        return False
    so_far = "".join(part for _, part in group[-4:])
    return not OWN_LINE.match(line) and bool(re.search("[，。、；]", so_far)) or above.endswith(UNFINISHED)


def _open(text: str) -> bool:
    """Whether a bracket of a title or a parenthesis opened near the end is still open."""
    return any(text.rfind(left) > text.rfind(right) and len(text) - text.rfind(left) < 60
               for left, right in ("《》", "（）", "“”"))


def _wrap_width(lengths: list[int], ended: list[bool]) -> int | None:
    """The width of the page where lines were broken by it, else None.

    A page set in lines has many of about the greatest length that stop in mid-sentence; text with a line a paragraph
    has long lines or ones that end.
    """
    if len(lengths) < 4:
        return None
    width = sorted(lengths)[int(len(lengths) * 0.9)]
    full = sum(length >= width - RAGGED and not end for length, end in zip(lengths, ended, strict=True))
    return width if 12 <= width <= WRAP_AT_MOST and full >= max(3, 0.25 * len(lengths)) else None


def _tidied(rows: list[tuple[int, str]], origin: Callable[[int, int], Source]) -> Passage:
    chars: list[tuple[int, str]] = []
    for row in rows:
        new = list(_spaced(*row))
        if chars and new and _run_together(chars[-1][1], new[0][1]):
            chars.append((row[0] - 1, " "))
        chars.extend(new)
    text = _full_width("".join(char for _, char in chars))
    return Passage(text, tuple(at for at, _ in chars), origin)


def _spaced(start: int, row: str) -> Iterator[tuple[int, str]]:
    """The line's characters; a blank stays, as one, only between two of a kind (two words, two columns)."""
    row = row.translate(WIDE)
    kept = [index for index, char in enumerate(row) if not char.isspace() and char not in "\ufeff\u200b"]
    for before, index in zip([None, *kept], kept, strict=False):
        if before is not None and index - before > 1 and _two_words(row[before], row[index]):
            yield start + before + 1, " "
        yield start + index, row[index]


def _two_words(left: str, right: str) -> bool:
    if (CJK.match(left) or left in "+）”》") and (CJK.match(right) or right in "“（《"):
        return True
    return left.isascii() and right.isascii() and (
        left.isalpha() and right.isalnum() or left.isdigit() and right.isdigit())


def _full_width(text: str) -> str:
    """Half-width marks beside a Chinese character as the full-width ones they stand for; lengths stay."""
    out = list(text)
    for index, char in enumerate(text):
        if char in HALF and (_chinese(text, index - 1) or _chinese(text, index + 1)):
            out[index] = HALF[char]
        elif char == "." and _chinese(text, index - 1) and not text[index + 1:index + 2].isalnum() \
                or char == "." and _chinese(text, index - 1) and _chinese(text, index + 1):
            out[index] = "。"
    return "".join(out)


def _chinese(text: str, index: int) -> bool:
    return 0 <= index < len(text) and (bool(CJK.match(text[index])) or text[index] in "”》）】〕。，、；：\"")


def sentences(passage: Passage) -> list[Passage]:
    """The passage cut at 。；！？, the marks left out. What goes on for longer than a sentence does is cut anyway."""
    cuts = [match.start() for match in re.finditer("[。；！？]", passage.text)]
    edges = zip([0, *(cut + 1 for cut in cuts)], [*cuts, len(passage.text)], strict=True)
    return [part for low, high in edges for at in range(low, max(high, low + 1), SENTENCE_AT_MOST)
            if (part := passage.part(at, min(high, at + SENTENCE_AT_MOST))).text]


def split(passage: Passage, between: re.Pattern[str]) -> list[Passage]:
    """The parts between the separators that stand outside brackets and quotation marks; empty ones left out."""
    depth, edges = 0, [0]
    separators = {match.start(): match.end() for match in between.finditer(passage.text)}
    for at, char in enumerate(passage.text):
        depth = max(0, depth + (char in "（(《“") - (char in "）)》”"))
        if depth == 0 and at in separators:
            edges += [at, separators[at]]
    edges.append(len(passage.text))
    parts = (passage.part(low, high) for low, high in zip(edges[::2], edges[1::2], strict=True))
    return [part for part in parts if part.text]


def clause_start(text: str, place: int) -> int:
    """Where the clause begins that `place` stands in: after 。；， or a bracket that is still open."""
    start = max(text.rfind(mark, 0, place) for mark in "，；。") + 1
    while start and text.count("）", start, place) > text.count("（", start, place):  # it lies inside a closed bracket
        opened = text.rfind("（", 0, start)
        start = max(text.rfind(mark, 0, max(opened, 0)) for mark in "，；。") + 1
    opened = text.rfind("（", start, place)
    return opened + 1 if opened >= 0 and text.find("）", opened, place) < 0 else start
