"""Blanks that a PDF set round numbers, and blanks that stretch a two-character word to the width of its neighbours."""

import re
from collections.abc import Iterator

from ingestion.repair.draft import Edit, Found
from ingestion.repair.layout import Line
from ingestion.repair.repaired import Kind

H = r"[\u3400-\u4dbf\u4e00-\u9fff]"
BEFORE = re.compile(r"(?<=[\u4e00-\u9fff，。、；：（“《]) +(?=\d{1,6}(?![\d-])|[xX×]{2,})")
AFTER = re.compile(r"(?<![A-Za-z\d])(\d{1,6}(?:\.\d+)?[%‰+]?|[xX×]{2,}) +(?=[\u4e00-\u9fff）”》])")
MARKED = re.compile(r" +(?=[，。、；：！？）”》])|(?<=[（“《]) +")
PRINTED = re.compile(r"印发$|^\d{1,3} (?![年月日个号元万名项家次室天条人份周岁])")
"""Lines whose blanks part what stands in them: the imprint at a document's foot, a numbered row."""
STRETCHED = re.compile(rf"(?:^[ \u3000]*|(?<=[：:]))({H})([ \u3000]{{2,8}})({H})(?=[：:]|[ \u3000]{{2,}})", re.MULTILINE)
CHAPTER = re.compile(rf"^(?:第[一二三四五六七八九十百\d]{{1,4}}[章节编篇] ?)({H})([ \u3000]{{1,4}})({H})$", re.MULTILINE)
LABELS = "单位|电话|地址|邮编|传真|邮箱|姓名|日期|时间|性别|职务|职称|抄送|主送|网址|手机|学历|专业"
LABEL = re.compile("^(?:" + "|".join(f"({one[0]})([ \\u3000]{{1,6}})({one[1]})" for one in LABELS.split("|"))
                   + ")(?=[：:])", re.MULTILINE)


def around_numbers(lines: list[Line]) -> Iterator[Edit]:
    """For lines of a PDF: 2020 年 6 月 30 日 is 2020年6月30日; telephones and the numbers of rows keep their blanks."""
    for line in lines:
        if PRINTED.search(line.text):
            continue
        spans = {match.span() for pattern in (BEFORE, MARKED) for match in pattern.finditer(line.text)}
        spans |= {(match.end(1), match.end()) for match in AFTER.finditer(line.text)}
        for start, end in sorted(spans):
            yield Edit(line.start + start, line.start + end, "", Kind.space, 0.95, "PDF 在数字和标点旁边加的空格")


def mend(text: str) -> Found:
    """Stretched words, in any text: 组  长, 总 则."""
    edits = []
    for pattern in (STRETCHED, CHAPTER, LABEL):
        for match in pattern.finditer(text):
            first, blank, second = [number for number in range(1, match.re.groups + 1) if match[number] is not None]
            edits.append(Edit(*match.span(blank), "", Kind.space, 0.93,
                              f"为对齐而撑开的“{match[first]}{match[second]}”"))
    return Found(sorted(set(edits)))
