"""What is judged, and by what weight where the notice says one."""

import re
from dataclasses import replace
from decimal import Decimal

from ingestion.notices.apart import apart
from ingestion.notices.notice import SILENT, Indicator, Value
from ingestion.notices.outline import Section
from ingestion.notices.passages import Passage
from ingestion.notices.reading import Reading
from ingestion.notices.tabulated import weights

LIST = r"(?P<list>[^。；：]{2,120}?)"
MEASURED = (
    re.compile(rf"(?:以|按照?|将|把)(?P<lead>[^。；]*?(?:的|：))?{LIST}(?:为|作为)(?:主要)?(?:评价)?(?:指标|依据|标准)"),
    re.compile(r"(?:考察|评比|评价|考核|评审)(?:、(?:考察|评比|评价|考核|评审))?(?:内容|指标|标准|要点|重点)?(?:为|包括|：|主要包括|主要从)?"
               r"(?P<lead>)(?<=[察比价核审为括：从容标准点])(?P<list>[^。；：，]{0,30}?性(?:、|和|及|，)[^。；：]{2,80}?)(?:等|$|。)"),
    re.compile(rf"(?:主要)?(?:从|按照?)(?P<lead>){LIST}(?:等)?(?:[\d两二三四五六七八九十]{{1,2}}\s?个)?(?:方面|维度)"),
)
AND, COMMA = re.compile("、|，|以及|和|及"), re.compile("、")
WEIGHTED = re.compile(r"(?P<name>[\u4e00-\u9fffA-Za-z“”]{2,24}?)(?:（[^（）\d]{1,30}）)?\s?"
                      r"[（(，]?\s?(?:占(?:比|(?:总成绩|总分|综合成绩|总评|比重)的?)?|权重(?:为|占)?|分值为?|配分|计|：|满分)?[：为]?\s?"
                      r"(?:(?P<weight>\d{1,3}(?:\.\d+)?)\s?(?P<unit>[%％]|分)(?!以[上下]|及以上|的|者|钟)|"
                      r"(?<=[重为：])(?P<share>0\.\d{1,3})(?![\d分]))")
DESCRIBED_WITH_WEIGHT = re.compile(r"(?P<name>[\u4e00-\u9fffA-Za-z“”]{2,12})[：:][^。；：]{4,120}?"
                                   r"[（(](?P<weight>\d{1,3}(?:\.\d+)?)\s?分[）)]")
"""创新性：构思新颖，在本行业有明显改进（30分）."""
NO_INDICATOR = re.compile("低于|高于|不足|得分|以上各项|达到|[加扣]$")
OF = re.compile("^.*(?:对|从|按照?|根据|就).*的(?=[\u4e00-\u9fff]{2})")
LEADS = re.compile("^(?:其中|包括|主要|重点|分别|考[察核]|评价|和|及|与|为)+(?=[\u4e00-\u9fff]{2})")
SCORING = re.compile("评分|评审|评价|评选|评比|权重|计分|考核|打分|成绩")
TOTALS = re.compile("总分|满分|合计?$|^评分|评分$|标准分?$|百分制|分值|权重$")
FROM = re.compile("^.*?(?:从|由|按照?)(?=[\u4e00-\u9fff]{2})")
"""Before the first name of a list: 甲赛道从技术路线……."""
TOTAL = 100
NEARLY, LISTED_AT_LEAST = (Decimal("0.8"), Decimal("1.2")), 3
"""Sums of weights that were meant to be the whole, of so many indicators at least."""
JUDGED = re.compile("指标|评[价比审选分]|考[察核]|打分")
PARTICIPLE = re.compile("(?:产生|实现|取得|带来|获得)的")
KINDS_OF = re.compile("(?P<list>[\u4e00-\u9fff]{2}型(?:、[\u4e00-\u9fff]{2}型){2,})“?[三四五六七八]型")
"""知识型、技能型……“五型”班组: what a squad is judged by."""
DESCRIBED = re.compile("以?(?:产生|实现|取得|带来|获得)的|.*的|以")


def indicators(reading: Reading) -> tuple[Indicator, ...]:
    """Weighted ones where a section gives weights that add up to the whole, else those that a sentence lists."""
    found = [*_weighted(reading), *weights(reading)]
    weighed = {one.track.value for one in found}
    if found and None in weighed:
        return tuple(found)
    return (*found, *(one for one in _listed(reading) if not found or one.track.value not in {*weighed, None}))


def _weighted(reading: Reading) -> list[Indicator]:
    found: list[tuple[Indicator, Section, Passage]] = []
    for section, sentence in reading.sentences():
        if not any(SCORING.search(words) for words in (sentence.text, section.name, section.above)):
            continue
        if stood := apart(sentence):
            track = _track(reading, section, sentence)
            found.extend((replace(one, track=track), section, sentence) for one in stood)
            continue
        described = DESCRIBED_WITH_WEIGHT.fullmatch(sentence.text)
        matches = [one for one in ([described] if described else WEIGHTED.finditer(sentence.text))
                   if not TOTALS.search(one["name"]) and not NO_INDICATOR.search(one["name"])]
        found.extend((_indicator(reading, section, sentence, one), section, sentence) for one in matches)
    return _whole(found)


def _whole(found: list[tuple[Indicator, Section, Passage]]) -> list[Indicator]:
    """Those whose weights make a whole for their group: in a sentence, in a section, in the one above, in all."""
    kept: set[int] = set()
    for place in (lambda _, said: str(said.at[0]), lambda section, _: section.path, lambda section, _: section.above,
                  lambda *_: ""):
        sums: dict[tuple[str | None, str], Decimal] = {}
        rest = [(at, one, (one.track.value, place(section, said))) for at, (one, section, said) in enumerate(found)
                if at not in kept]
        for _, one, key in rest:
            sums[key] = sums.get(key, Decimal(0)) + (one.weight.value or 0)
        kept |= {at for at, _, key in rest if sums[key] == 1}
    return [one for at, (one, _, _) in enumerate(found) if at in (kept or _nearly_whole(found))]


def _nearly_whole(found: list[tuple[Indicator, Section, Passage]]) -> set[int]:
    """A section's list that does not add up, where nothing does: contradictions.py says by how much."""
    sections: dict[int, list[int]] = {}
    for at, (_, section, _) in enumerate(found):
        sections.setdefault(id(section), []).append(at)
    return {at for places in sections.values() for at in places if len(places) >= LISTED_AT_LEAST and NEARLY[0] <= sum(
        (found[place][0].weight.value or Decimal(0) for place in places), Decimal(0)) <= NEARLY[1]}


def _indicator(reading: Reading, section: Section, sentence: Passage, match: re.Match[str]) -> Indicator:
    name = LEADS.sub("", OF.sub("", match["name"]))
    group = reading.group_in(name)
    name = FROM.sub("", name.removeprefix(group) if group else name)
    start = match.end("name") - len(name)
    said = match.groupdict().get("share")
    share = Decimal(said) if said else Decimal(match["weight"]) / TOTAL
    weight = sentence.value(share, match.start("share" if said else "weight"), match.end())
    return Indicator(_track(reading, section, sentence), sentence.value(name, start, match.end("name")), weight)


def _listed(reading: Reading) -> list[Indicator]:
    found: list[Indicator] = []
    for section, sentence in reading.sentences():
        if kinds := KINDS_OF.search(sentence.text):
            names = _split(sentence, *kinds.span("list"), between=COMMA)
            found.extend(Indicator(SILENT, name, SILENT) for name in names)
        for pattern in MEASURED:
            if match := pattern.search(sentence.text):
                names = _names(sentence, match)
                if len(names) > 1 and JUDGED.search(sentence.text):
                    track = _track(reading, section, sentence)
                    found.extend(Indicator(track, name, SILENT) for name in names)
                    break
    return found


def _track(reading: Reading, section: Section, sentence: Passage) -> Value[str]:
    """The group that the sentence names, or the words before it in its section."""
    above = reading.parents.get(id(section))
    titles = [one.title for one in (section, above) if one and one.title]
    for passage in [sentence, *titles[:1], *section.body[:1], *titles[1:]]:
        named = sum(group in passage.text for group in reading.groups) if len(reading.groups) < 20 else 1
        if named < 2 and (track := reading.track_in(passage)):
            return track
    return SILENT


def _names(sentence: Passage, match: re.Match[str]) -> list[Value[str]]:
    """The names at the end of the list: what describes the first of them (解决……的项目数量) is left off."""
    low, high = match.span("list")
    masked = PARTICIPLE.sub(lambda one: one.group()[:-1] + "·", sentence.text[low:high])
    tail = low + masked.rfind("的") + 1
    names = _split(sentence, tail, high)
    return names if len(names) > 1 else _split(sentence, low, high)


def _split(sentence: Passage, low: int, high: int, between: re.Pattern[str] = AND) -> list[Value[str]]:
    edges = [low, *(place for match in between.finditer(sentence.text, low, high) for place in match.span()), high]
    out = []
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        lead = DESCRIBED.match(sentence.text[start:end])
        named = sentence.part(start + (lead.end() if lead else 0), end)
        if 2 <= len(named.text) <= 16 and not re.search(r"\d[%％分]", named.text):
            out.append(named.said())
    return out
