"""Groups that a sentence lists beside their number: 设6个竞赛项目：焊工、电工……, 分为小发明、小改造……五类."""

import re

from ingestion.notices.notice import Value
from ingestion.notices.numbering import NUMERAL, numeral
from ingestion.notices.passages import Passage, split
from ingestion.notices.reading import Reading

COUNT = rf"(?P<count>\d{{1,2}}|{NUMERAL}{{1,3}})\s?[个大类项]{{0,2}}\s?"
KIND = (r"(?:竞赛|比赛|参赛|大赛|赛事|申报|征集|评选|专业|技术|行业|产业|决赛)?(?:项目|赛项|赛道|职业(?:（工种）)?|工种|组别|类别|类型|方向|领域|单元|板块|专项|专题|赛题|"
        r"课题|榜单|命题|主题|大类|类|组|项)")
ITEM = r"[^、，。；：]{2,30}?"
AFTER = re.compile(rf"(?:设置?|设立|设有|开设|分为?|分设|划分为?|共设?|包括|包含|确定|发布|征集|聚焦|围绕)(?:有|了)?(?:以下|下列|如下)?{COUNT}{KIND}"
                   rf"[^、，。；：]{{0,6}}[，：、（]?\s?(?:分别)?(?:是|为|即|包括|包含|：|有)?：?\s?"
                   rf"(?P<list>{ITEM}(?:、{ITEM})+(?:(?:和|及|以及){ITEM})?)(?=[。；）]|，|$|等)")
BEFORE = re.compile(rf"(?:设置?|设立|设有|开设|分为?|分设|划分为?|共设?|包括|包含|按照?)(?:有|了)?：?"
                    rf"(?P<list>{ITEM}(?:、{ITEM})*(?:(?:和|及|以及|与){ITEM})?)(?:等|共|这)?{COUNT}{KIND}"
                    r"(?:进行|组织|开展|分别|评审|申报|征集)?(?=[，。；）（]|$)")
AND = re.compile(r"以及|[、和及与]")
COMMA = re.compile("、")
OF_CONTEST = re.compile("赛|奖|征集|申报|评选|成果|作品|揭榜|榜单|项目")
NO_GROUPS = re.compile("阶段|环节|步骤|等次|档次|等级|方面|维度|指标|部分|评委|专家|[名个]人$|奖$|赛$(?<!专项赛)")


def counted_groups(reading: Reading) -> list[Value[str]]:
    """The groups of the first sentence that counts and lists them, where the list has as many as it says."""
    for section, sentence in reading.sentences():
        if not OF_CONTEST.search(sentence.text + section.name):
            continue
        for pattern in (AFTER, BEFORE):
            for match in pattern.finditer(sentence.text):
                names = _listed(sentence, match)
                if names and not NO_GROUPS.search(sentence.text[match.end("list"):match.end()]) \
                        and not any(NO_GROUPS.search(name.text) for name in names):
                    return [name.said() for name in names]
    return []


def _listed(sentence: Passage, match: re.Match[str]) -> list[Passage]:
    """The names, where they are as many as the count: 、 alone parts them for choice, then 和 and 及 too."""
    count, whole = numeral(match["count"]), sentence.part(*match.span("list"))
    for between in (COMMA, AND):
        names = split(whole, between)
        if len(names) == count > 1:
            return names
    last = split(whole, COMMA)  # 甲、乙和丙: only the last 和 parts
    if last and len(last) == count - 1 and (one := re.search("以及|和|及|与", last[-1].text)):
        return [*last[:-1], last[-1].part(0, one.start()), last[-1].part(one.end())]
    return []
