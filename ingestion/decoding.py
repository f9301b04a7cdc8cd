"""Text out of bytes in an encoding nobody declared, for documents and sheets alike.

In this order: a mark at the beginning; UTF-16 without one; UTF-8, also cut off in a character; lines of UTF-8 and of
GB18030, as files put together have them; GB18030 or Big5, whichever reads as usual Chinese; whatever is likeliest.
"""

import codecs
import re

import charset_normalizer

from ingestion.documents.pieces import Unreadable

MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
         (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
SAMPLE = 65_536
USUAL = frozenset("的一是了在有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所"
                  "技术需求合同项目企业专家研究单位公司教授本科博士金額萬元號簡歷學這國業與點發會東門書電來時們為個對說經過開關無專應")
"""Characters that Chinese texts of this kind are full of, simplified and traditional."""
MIXED = "文件里混着两种文字编码，已逐行读出，请核对"
MOST_LOST = 0.01
LIKELY = 0.15
"""Chance bytes read as UTF-16 hit the usual characters one time in 400."""
HAN = re.compile("[\u4e00-\u9fff]")
MIXED_BYTES = 12
"""GB18030 reads many a UTF-8 line without complaint: so many bytes of UTF-8 lines with Chinese are no chance."""


def decode(data: bytes, *, zeros: bool = False) -> tuple[str, list[str]]:
    """(text, warnings). Unreadable where the bytes are no text, or in no encoding that is known here.

    `zeros`: let stray zero bytes through, for a table that refuses the one cell they stand in.
    """
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _whole(data[len(mark):], encoding)
    wide = _wide(data)
    if wide:
        return _whole(data, wide)
    if b"\x00" in data and not zeros:
        raise Unreadable("文件里有零字节，不是文字文件，或者没有传完整")
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError as error:
        if len(data) - error.start <= 3 and error.reason == "unexpected end of data":
            return data[:error.start].decode("utf-8"), ["文件末尾少了半个字，可能没有传完整"]
    return _eight_bit(data)


def _whole(data: bytes, encoding: str) -> tuple[str, list[str]]:
    try:
        return data.decode(encoding), []
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
    return _few_lost(text)


def _few_lost(text: str) -> tuple[str, list[str]]:
    lost = text.count("\ufffd")
    if lost > max(1, MOST_LOST * len(text)):
        raise Unreadable("认不出文字编码，请用记事本另存为 UTF-8 再传")
    return text, [f"有 {lost} 处字符坏了，读不出，显示成 \ufffd"]


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: its line ends and digits leave zeros on one side of the pairs, or it reads as Chinese."""
    sample = data[:SAMPLE]
    if len(data) < 4 or len(data) % 2 or b"\x00" not in sample:
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if min(even, odd) * 20 <= max(even, odd) and max(even, odd) * 20 >= len(sample):
        return "utf-16-le" if odd > even else "utf-16-be"
    read = {encoding: sample.decode(encoding, "replace") for encoding in ("utf-16-le", "utf-16-be")}
    best = max(read, key=lambda encoding: _likely(read[encoding]))
    return best if _likely(read[best]) > LIKELY and "\x00" not in read[best] else None


def _likely(text: str) -> float:
    """Share of characters that are usual Chinese ones or printable ASCII."""
    return sum(char in USUAL or " " <= char <= "~" or char in "\r\n\t" for char in text) / max(1, len(text))


def _eight_bit(data: bytes) -> tuple[str, list[str]]:
    mixed, of_utf8 = _line_by_line(data)
    if mixed is not None and of_utf8 >= MIXED_BYTES:
        return mixed, [MIXED]
    read = [text for text in (_strict(data, encoding) for encoding in ("gb18030", "big5hkscs")) if text is not None]
    best = max(read, key=_usual, default=None)
    if best is not None and HAN.search(best) and _usual(best):
        return best, []
    if mixed is not None:
        return mixed, [MIXED] if of_utf8 else []
    likely = charset_normalizer.from_bytes(data[:SAMPLE]).best()
    if likely is not None and likely.encoding not in ("utf_7",):
        return _few_lost(data.decode(likely.encoding, "replace")) if _strict(data, likely.encoding) is None \
            else (_strict(data, likely.encoding), [])
    return _few_lost(data.decode("gb18030", "replace"))


def _strict(data: bytes, encoding: str) -> str | None:
    """The text, half a character at the very end left out; None where the bytes are not in this encoding."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        if len(data) - error.start > 3 or error.start < len(data) / 2:
            return None
        return _strict(data[:error.start], encoding)


def _usual(text: str) -> float:
    """Share of the Chinese characters of a sample that are usual ones."""
    sample = text[:SAMPLE]
    han = len(HAN.findall(sample))
    return sum(char in USUAL for char in sample) / han if han else 0.0


def _line_by_line(data: bytes) -> tuple[str | None, int]:
    """(text, bytes of the lines with Chinese that are UTF-8); no text where a line is neither UTF-8 nor GB18030."""
    lines, of_utf8 = [], 0
    for line in data.split(b"\n"):
        text = _line(line, "utf-8")
        if text is None:
            text = _line(line, "gb18030")
        elif not line.isascii() and HAN.search(text):
            of_utf8 += len(line)
        if text is None:
            return None, 0
        lines.append(text)
    return "\n".join(lines), of_utf8


def _line(line: bytes, encoding: str) -> str | None:
    try:
        return line.decode(encoding)
    except UnicodeDecodeError:
        return None
