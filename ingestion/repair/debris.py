"""What a crawler carried along from the web page around a text: where it came from, how often read, a closing cross."""

import re

from ingestion.repair.draft import Edit, Found
from ingestion.repair.repaired import Kind

LABELS = r"(?:来源|來源|文章来源|作者|编辑|责任编辑|发布时间|發布時間|发布日期|日期|时间|访问次数|訪問次數|浏览次数|浏览量|浏览|阅读|点击数|点击|字号|字体)"
HEADER = re.compile(rf"^[ \t]*(?:{LABELS}[ \t]*[:：][^\n:：]*(?:[:：]//[^\s]*|[:：]\d\d)*[ \t]*){{2,}}$\n?", re.MULTILINE)
COUNTED = re.compile(r"访问次数|訪問次數|浏览|阅读|点击|字号|字体")
CLOSING = re.compile(r"\n[ \t]*(?:[×✕✖xX]|关闭|\[?关闭窗口\]?|【?打印】?|上一篇.{0,60}|下一篇.{0,60})[ \t]*(?=\n*\Z)")
FIRST_LINES = 12
"""Where a page's header can stand: further down such a line is the writer's."""


def mend(text: str) -> Found:
    found = Found()
    head = "".join(text.split("\n", FIRST_LINES)[:FIRST_LINES])
    for match in HEADER.finditer(text, 0, min(len(text), len(head) + FIRST_LINES)):
        if COUNTED.search(match[0]):
            found.edits.append(Edit(*match.span(), "", Kind.debris, 0.97, "网页的来源、访问次数一行，不是正文"))
    last = text.rfind("\n", 0, len(text.rstrip()))
    if last >= 0 and (match := CLOSING.match(text, last)):
        found.edits.append(Edit(*match.span(), "", Kind.debris, 0.95, "网页的关闭按钮，不是正文"))
    return found
